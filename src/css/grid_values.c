/* V properties of alignment and grids: css-align-3, css-grid-2. */
#include "css/values.h"

/* ---- alignment ---- */
static const char content_words[] =
    "normal stretch space-between space-around space-evenly start end center flex-start flex-end left right";
static const char self_words[] =
    "auto normal stretch start end center self-start self-end flex-start flex-end left right anchor-center";
static const char position_words[] = "start end center self-start self-end flex-start flex-end left right";

static const Value *take_baseline(Reader *reader, TokenRange *in)
{
    TokenRange saved = *in;
    bool last = take_word(in, "last");
    if (!last)
        take_word(in, "first");
    if (take_word(in, "baseline"))
        return value_keyword(reader, last ? KW_LAST_BASELINE : KW_BASELINE);
    *in = saved;
    return NULL;
}

static const Value *parse_alignment(Reader *reader, int property, TokenRange *in)
{
    bool content = property == PROPERTY_ALIGN_CONTENT || property == PROPERTY_JUSTIFY_CONTENT;
    bool justify =
        property == PROPERTY_JUSTIFY_CONTENT || property == PROPERTY_JUSTIFY_ITEMS || property == PROPERTY_JUSTIFY_SELF;
    bool may_auto = property == PROPERTY_ALIGN_SELF || property == PROPERTY_JUSTIFY_SELF;
    const Value *value = property == PROPERTY_JUSTIFY_CONTENT ? NULL : take_baseline(reader, in);
    if (value)
        return value;
    const Value *overflow =
        take_keyword_of(reader, in, property == PROPERTY_JUSTIFY_ITEMS ? "safe unsafe legacy" : "safe unsafe");
    if (overflow && overflow->keyword == KW_LEGACY && range_empty(in))
        return overflow;
    value = take_keyword_of(reader, in, overflow ? position_words : content ? content_words : self_words);
    if (!value || (value->keyword == KW_AUTO && !may_auto) ||
        (!justify && (value->keyword == KW_LEFT || value->keyword == KW_RIGHT)))
        return NULL;
    if (!overflow && property == PROPERTY_JUSTIFY_ITEMS)
        overflow = take_keyword_of(reader, in, "legacy");
    return overflow ? value_pair(reader, overflow, value) : value;
}

/* ---- tracks ---- */
static const Value *take_fr(Reader *reader, TokenRange *in)
{
    const Token *t = range_peek(in);
    ValueList list = {0};
    if (!t || t->kind != TOKEN_DIMENSION || token_unit_compare(t, "fr") != 0 || t->number < 0)
        return NULL;
    in->at++;
    double number = t->number > 2047 ? 2047 : t->number;
    VEC_PUSH(reader->arena, list,
             value_new(reader, (Value){.kind = VALUE_NUMBER, .number = (int32_t)(number * RATIO_ONE)}));
    return value_function(reader, "fr", &list);
}

static const Value *take_breadth(Reader *reader, TokenRange *in, bool flexible)
{
    const Value *value = take_keyword_of(reader, in, "auto min-content max-content");
    if (value)
        return value_new(reader, value_of_size_keyword(value->keyword));
    if (flexible && (value = take_fr(reader, in)) != NULL)
        return value;
    return take_size(reader, in, ALLOW_PERCENT);
}

static const Value *take_track_function(Reader *reader, TokenRange *in)
{
    TokenRange arguments;
    ValueList list = {0};
    if (take_function(in, "minmax", &arguments)) {
        const Value *least = take_breadth(reader, &arguments, false);
        const Value *most = least && take_delim(&arguments, ',') ? take_breadth(reader, &arguments, true) : NULL;
        if (!most || !range_empty(&arguments))
            return NULL;
        VEC_PUSH(reader->arena, list, least);
        VEC_PUSH(reader->arena, list, most);
        return value_function(reader, "minmax", &list);
    }
    if (take_function(in, "fit-content", &arguments)) {
        const Value *size = take_size(reader, &arguments, ALLOW_PERCENT);
        if (!size || !range_empty(&arguments))
            return NULL;
        VEC_PUSH(reader->arena, list, size);
        return value_function(reader, "fit-content", &list);
    }
    return NULL;
}

static const Value *take_track(Reader *reader, TokenRange *in)
{
    const Value *value = take_breadth(reader, in, true);
    TokenRange saved = *in;
    if (!value && (value = take_track_function(reader, in)) == NULL)
        *in = saved;
    return value;
}

/* [name ...] */
static bool take_line_names(Reader *reader, TokenRange *in, const Value **names)
{
    const Token *t = range_peek(in);
    ValueList list = {0};
    *names = NULL;
    if (!t || t->kind != TOKEN_OPEN_SQUARE)
        return true;
    TokenRange inside = token_inside(t, in->end);
    in->at = token_after(t, in->end);
    while (!range_empty(&inside)) {
        const Value *name = take_custom_ident(reader, &inside);
        if (!name || name->keyword == KW_SPAN || name->keyword == KW_AUTO)
            return false;
        VEC_PUSH(reader->arena, list, name);
    }
    *names = value_list(reader, &list);
    return true;
}

static bool take_track_list(Reader *reader, TokenRange *in, ValueList *list, bool repeats, bool subgrid);

static const Value *take_repeat(Reader *reader, TokenRange in, bool subgrid)
{
    ValueList list = {0};
    const Value *count = take_keyword_of(reader, &in, "auto-fill auto-fit");
    if (!count)
        count = take_integer(reader, &in, 1);
    if (!count || !take_delim(&in, ','))
        return NULL;
    VEC_PUSH(reader->arena, list, count);
    if (!take_track_list(reader, &in, &list, false, subgrid) || list.count < 2 || !range_empty(&in))
        return NULL;
    return value_function(reader, "repeat", &list);
}

static bool take_track_list(Reader *reader, TokenRange *in, ValueList *list, bool repeats, bool subgrid)
{
    for (;;) {
        const Value *names, *track;
        TokenRange arguments;
        if (!take_line_names(reader, in, &names))
            return false;
        if (names)
            VEC_PUSH(reader->arena, *list, names);
        if (repeats && take_function(in, "repeat", &arguments)) {
            track = take_repeat(reader, arguments, subgrid);
            if (!track)
                return false;
        } else {
            track = subgrid ? NULL : take_track(reader, in);
        }
        if (!track && (!names || !subgrid))
            return true;
        if (track)
            VEC_PUSH(reader->arena, *list, track);
    }
}

static bool has_track(const ValueList *list)
{
    for (int i = 0; i < list->count; i++)
        if (list->at[i]->kind != VALUE_LIST)
            return true;
    return false;
}

const Value *parse_tracks(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    const Value *none = take_keyword_of(reader, in, "none");
    if (none)
        return none;
    bool subgrid = take_word(in, "subgrid");
    if (subgrid)
        VEC_PUSH(reader->arena, list, value_keyword(reader, KW_SUBGRID));
    if (!take_track_list(reader, in, &list, true, subgrid) || !has_track(&list))
        return NULL;
    return value_list(reader, &list);
}

static const Value *parse_auto_tracks(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    const Value *track;
    while ((track = take_track(reader, in)) != NULL)
        VEC_PUSH(reader->arena, list, track);
    bool plain = list.count == 1 && list.at[0]->kind == VALUE_SIZE && list.at[0]->size.keyword == KW_AUTO;
    return plain ? value_keyword(reader, KW_AUTO) : list.count ? value_list(reader, &list) : NULL;
}

/* ---- areas: one string a row ---- */
static bool area_row(Reader *reader, const Value *string, ValueList *cells)
{
    for (const char *at = string->text; *at;) {
        const char *start = at;
        bool dots = *at == '.';
        if (*at == ' ' || *at == '\t' || *at == '\n') {
            at++;
            continue;
        }
        while (*at && *at != ' ' && *at != '\t' && *at != '\n' && (*at == '.') == dots)
            at++;
        Value cell = {.kind = VALUE_IDENT,
                      .text = dots ? NULL : name_intern(reader->names, start, (size_t)(at - start))};
        VEC_PUSH(reader->arena, *cells, value_new(reader, cell));
    }
    return cells->count > 0;
}

const Value *parse_areas(Reader *reader, TokenRange *in, ValueList *rows, int *columns)
{
    ValueList cells = {0};
    const Value *string = take_string(reader, in);
    if (!string || !area_row(reader, string, &cells) || (*columns && cells.count != *columns))
        return NULL;
    *columns = cells.count;
    const Value *row = value_list(reader, &cells);
    VEC_PUSH(reader->arena, *rows, row);
    return row;
}

bool areas_valid(const Value *areas)
{
    enum { CELLS_MOST = 10000 };
    int columns = areas->items[0].count;
    if ((int64_t)areas->count * columns > CELLS_MOST)
        return false;
    for (int y = 0; y < areas->count; y++)
        for (int x = 0; x < columns; x++) {
            Name name = areas->items[y].items[x].text;
            if (!name)
                continue;
            bool above = y > 0 && areas->items[y - 1].items[x].text == name,
                 left = x > 0 && areas->items[y].items[x - 1].text == name;
            bool corner = above && left && areas->items[y - 1].items[x - 1].text == name;
            if (above && left && !corner)
                return false;
            if (above && !left && x > 0 && areas->items[y - 1].items[x - 1].text == name)
                return false;
            if (left && !above && y > 0 && areas->items[y - 1].items[x - 1].text == name)
                return false;
            if (above || left)
                continue;
            for (int v = 0; v <= y; v++) /* the first cell: the name may not stand before */
                for (int u = 0; u < (v < y ? columns : x); u++)
                    if (areas->items[v].items[u].text == name)
                        return false;
        }
    return true;
}

static const Value *parse_area_rows(Reader *reader, TokenRange *in)
{
    ValueList rows = {0};
    int columns = 0;
    const Value *none = take_keyword_of(reader, in, "none");
    if (none)
        return none;
    while (!range_empty(in))
        if (!parse_areas(reader, in, &rows, &columns))
            return NULL;
    const Value *areas = value_list(reader, &rows);
    return areas_valid(areas) ? areas : NULL;
}

/* ---- lines ---- */
const Value *parse_grid_line(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    const Value *automatic = take_keyword_of(reader, in, "auto"), *number = NULL, *name = NULL;
    bool span = false, more = true;
    if (automatic)
        return automatic;
    while (more) {
        more = false;
        if (!span && take_word(in, "span"))
            span = more = true;
        else if (!number && (number = take_integer(reader, in, -INT_MAX)) != NULL)
            more = true;
        else if (!name && range_peek(in) && peek_keyword(in) != KW_AUTO &&
                 (name = take_custom_ident(reader, in)) != NULL)
            more = true;
    }
    if ((!number && !name) || (number && (number->number == 0 || (span && number->number < 0))))
        return NULL;
    if (span)
        VEC_PUSH(reader->arena, list, value_keyword(reader, KW_SPAN));
    if (number)
        VEC_PUSH(reader->arena, list, number);
    if (name)
        VEC_PUSH(reader->arena, list, name);
    return value_list(reader, &list);
}

static const Value *parse_auto_flow(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    const Value *dense = take_keyword_of(reader, in, "dense"), *axis = take_keyword_of(reader, in, "row column");
    if (!dense)
        dense = take_keyword_of(reader, in, "dense");
    if (axis || !dense)
        VEC_PUSH(reader->arena, list, axis ? axis : value_keyword(reader, KW_ROW));
    if (dense)
        VEC_PUSH(reader->arena, list, dense);
    return axis || dense ? value_list(reader, &list) : NULL;
}

const Value *parse_grid_value(Reader *reader, int property, TokenRange *in)
{
    switch (property) {
    case PROPERTY_GRID_TEMPLATE_COLUMNS:
    case PROPERTY_GRID_TEMPLATE_ROWS: return parse_tracks(reader, in);
    case PROPERTY_GRID_TEMPLATE_AREAS: return parse_area_rows(reader, in);
    case PROPERTY_GRID_AUTO_COLUMNS:
    case PROPERTY_GRID_AUTO_ROWS: return parse_auto_tracks(reader, in);
    case PROPERTY_GRID_AUTO_FLOW: return parse_auto_flow(reader, in);
    case PROPERTY_GRID_ROW_START:
    case PROPERTY_GRID_ROW_END:
    case PROPERTY_GRID_COLUMN_START:
    case PROPERTY_GRID_COLUMN_END: return parse_grid_line(reader, in);
    default: return parse_alignment(reader, property, in);
    }
}
