/* Shorthands with a grammar of their own: fonts, text, backgrounds, lists, flex, grids. */
#include "css/shorthands.h"

/* ---- fonts ---- */
enum {
    FONT_ROW_STYLE,
    FONT_ROW_CAPS,
    FONT_ROW_WEIGHT,
    FONT_ROW_STRETCH,
    FONT_ROW_SIZE,
    FONT_ROW_LINE,
    FONT_ROW_FAMILY
};

static bool system_font(Reader *reader, TokenRange *in, const Value **out)
{
    if (!take_keyword_of(reader, in, "caption icon menu message-box small-caption status-bar") || !range_empty(in))
        return false;
    ValueList list = {0};
    VEC_PUSH(reader->arena, list, value_keyword(reader, KW_SYSTEM_UI));
    out[FONT_ROW_FAMILY] = value_list(reader, &list);
    return true;
}

static const Value *take_font_style(Reader *reader, TokenRange *in)
{
    const Value *value = take_component(reader, PROPERTY_FONT_STYLE, in);
    if (value && value->keyword == KW_OBLIQUE)
        take_angle(reader, in, false);
    return value;
}

bool shorthand_font(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    TokenRange saved = *in;
    (void)row;
    if (system_font(reader, in, out))
        return true;
    *in = saved;
    for (int i = 0; i < 4; i++) {
        const Value *value;
        if (take_word(in, "normal"))
            continue;
        if (!out[FONT_ROW_STYLE] && (value = take_font_style(reader, in)) != NULL)
            out[FONT_ROW_STYLE] = value;
        else if (!out[FONT_ROW_CAPS] && (value = take_keyword_of(reader, in, "small-caps")) != NULL)
            out[FONT_ROW_CAPS] = value;
        else if (!out[FONT_ROW_WEIGHT] && (value = take_component(reader, PROPERTY_FONT_WEIGHT, in)) != NULL)
            out[FONT_ROW_WEIGHT] = value;
        else if (!out[FONT_ROW_STRETCH] && range_peek(in) && in->at->kind == TOKEN_IDENT &&
                 (value = take_component(reader, PROPERTY_FONT_STRETCH, in)) != NULL)
            out[FONT_ROW_STRETCH] = value;
        else
            break;
    }
    out[FONT_ROW_SIZE] = take_component(reader, PROPERTY_FONT_SIZE, in);
    if (!out[FONT_ROW_SIZE])
        return false;
    if (take_delim(in, '/') && (out[FONT_ROW_LINE] = take_component(reader, PROPERTY_LINE_HEIGHT, in)) == NULL)
        return false;
    out[FONT_ROW_FAMILY] = parse_font_family(reader, in);
    return out[FONT_ROW_FAMILY] != NULL;
}

/* The words of font-variant-* are all different: each goes to the longhand that takes it. */
bool shorthand_font_variant(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    VEC(Token) parts[6] = {{0}};
    if (take_word(in, "normal"))
        return true;
    if (take_word(in, "none")) {
        out[0] = value_keyword(reader, KW_NONE);
        return true;
    }
    while (range_peek(in)) {
        TokenRange one = {in->at, token_after(in->at, in->end)};
        int i = 0;
        while (i < row->count && (token_is(one.at, "normal") || token_is(one.at, "none") ||
                                  !property_parse(reader, row->longhands[i], one)))
            i++;
        if (i == row->count)
            return false;
        for (const Token *t = one.at; t < one.end; t++)
            VEC_PUSH(reader->arena, parts[i], *t);
        in->at = one.end;
    }
    for (int i = 0; i < row->count; i++) {
        if (!parts[i].count)
            continue;
        out[i] = property_parse(reader, row->longhands[i], (TokenRange){parts[i].at, parts[i].at + parts[i].count});
        if (!out[i])
            return false;
    }
    return true;
}

bool shorthand_synthesis(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    static const char *const words[] = {"weight", "style", "small-caps"};
    bool none = take_word(in, "none");
    for (int i = 0; i < row->count; i++)
        out[i] = value_keyword(reader, KW_NONE);
    while (!none && !range_empty(in)) {
        int i = 0;
        while (i < 3 && !take_word(in, words[i]))
            i++;
        if (i == 3)
            return false;
        out[i] = value_keyword(reader, KW_AUTO);
    }
    return true;
}

/* ---- text ---- */
bool shorthand_text_decoration(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    bool any = false;
    while (!range_empty(in)) {
        ValueList lines = {0};
        const Value *value = NULL;
        if (!out[0] && (value = take_keyword_of(reader, in, "none")) != NULL) {
            out[0] = value;
        } else if (!out[0] && take_repeated(reader, in, "underline overline line-through blink", &lines)) {
            out[0] = value = value_list(reader, &lines);
        }
        for (int i = 1; i < row->count && !value; i++)
            if (!out[i] && (value = take_component(reader, row->longhands[i], in)) != NULL)
                out[i] = value;
        if (!value)
            return false;
        any = true;
    }
    return any;
}

bool shorthand_white_space(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    static const struct {
        const char *word;
        uint16_t collapse, wrap;
    } words[] = {{"normal", KW_COLLAPSE, KW_WRAP},
                 {"pre", KW_PRESERVE, KW_NOWRAP},
                 {"pre-wrap", KW_PRESERVE, KW_WRAP},
                 {"pre-line", KW_PRESERVE_BREAKS, KW_WRAP}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take_word(in, words[i].word)) {
            out[0] = value_keyword(reader, words[i].collapse);
            out[1] = value_keyword(reader, words[i].wrap);
            return true;
        }
    if (take_word(in, "-moz-pre-wrap") || take_word(in, "-o-pre-wrap")) {
        out[0] = value_keyword(reader, KW_PRESERVE);
        return true;
    }
    return shorthand_any(reader, row, in, out);
}

bool shorthand_page_break(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    (void)row;
    if (take_word(in, "always"))
        out[0] = value_keyword(reader, KW_PAGE);
    else
        out[0] = take_keyword_of(reader, in, "auto avoid left right recto verso");
    return out[0] != NULL;
}

bool shorthand_legacy_break_inside(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    (void)row;
    out[0] = take_keyword_of(reader, in, "auto avoid");
    return out[0] != NULL;
}

bool shorthand_columns(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    int automatic = 0, taken = 0;
    for (; taken < 2 && !range_empty(in); taken++) {
        if (take_word(in, "auto"))
            automatic++;
        else if (!out[1] && (out[1] = take_component(reader, row->longhands[1], in)) != NULL)
            continue;
        else if (out[0] || (out[0] = take_component(reader, row->longhands[0], in)) == NULL)
            return false;
    }
    return taken > 0;
}

bool shorthand_list_style(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    int nones = 0, taken = 0;
    const Value *none = value_keyword(reader, KW_NONE);
    for (; !range_empty(in); taken++) {
        if (take_word(in, "none"))
            nones++;
        else if (!out[1] && (out[1] = take_component(reader, row->longhands[1], in)) != NULL)
            continue;
        else if (!out[2] && (out[2] = take_component(reader, row->longhands[2], in)) != NULL)
            continue;
        else if (out[0] || (out[0] = take_component(reader, row->longhands[0], in)) == NULL)
            return false;
    }
    if (nones > 2 || nones > !out[0] + !out[2])
        return false;
    if (nones && !out[0])
        out[0] = none;
    if (nones && !out[2])
        out[2] = none;
    return taken > 0;
}

/* ---- borders ---- */
bool shorthand_radius(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    (void)row;
    return take_radii(reader, in, out);
}

bool shorthand_border_image(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    bool any = false;
    while (!range_empty(in)) {
        if (!out[0] && (out[0] = take_component(reader, row->longhands[0], in)) != NULL) {
            any = true;
        } else if (!out[1] && (out[1] = take_border_image_part(reader, row->longhands[1], in)) != NULL) {
            any = true;
            if (!take_delim(in, '/'))
                continue;
            out[2] = take_border_image_part(reader, row->longhands[2], in);
            bool outset = take_delim(in, '/');
            if ((!out[2] && !outset) ||
                (outset && (out[3] = take_border_image_part(reader, row->longhands[3], in)) == NULL))
                return false;
        } else if (!out[4] && (out[4] = take_border_image_part(reader, row->longhands[4], in)) != NULL) {
            any = true;
        } else {
            return false;
        }
    }
    return any;
}

/* ---- backgrounds ---- */
enum { BG_COLOR, BG_IMAGE, BG_X, BG_Y, BG_SIZE, BG_REPEAT, BG_ATTACHMENT, BG_ORIGIN, BG_CLIP, BG_COUNT };

static bool take_layer(Reader *reader, const ShorthandRow *row, TokenRange *in, bool last, const Value **layer)
{
    static const short parts[] = {BG_IMAGE, BG_REPEAT, BG_ATTACHMENT};
    while (!range_empty(in)) {
        const Value *value = NULL;
        for (int i = 0; i < 3 && !value; i++)
            if (!layer[parts[i]])
                layer[parts[i]] = value = take_background_layer(reader, row->longhands[parts[i]], in);
        if (value)
            continue;
        if (!layer[BG_X] && (value = take_position(reader, in)) != NULL) {
            layer[BG_X] = &value->items[0];
            layer[BG_Y] = &value->items[1];
            if (take_delim(in, '/') &&
                (layer[BG_SIZE] = take_background_layer(reader, PROPERTY_BACKGROUND_SIZE, in)) == NULL)
                return false;
        } else if (!layer[BG_ORIGIN] &&
                   (value = take_background_layer(reader, PROPERTY_BACKGROUND_ORIGIN, in)) != NULL) {
            layer[BG_ORIGIN] = layer[BG_CLIP] = value;
        } else if (layer[BG_ORIGIN] && layer[BG_CLIP] == layer[BG_ORIGIN] &&
                   (value = take_background_layer(reader, PROPERTY_BACKGROUND_CLIP, in)) != NULL) {
            layer[BG_CLIP] = value;
        } else if (!layer[BG_CLIP] && take_word(in, "text")) {
            layer[BG_CLIP] = value_keyword(reader, KW_TEXT);
        } else if (!last || layer[BG_COLOR] || (layer[BG_COLOR] = take_color(reader, in)) == NULL) {
            return false;
        }
    }
    return true;
}

static const Value *layer_default(Reader *reader, const ShorthandRow *row, int part)
{
    if (part == BG_IMAGE)
        return value_keyword(reader, KW_NONE);
    if (part == BG_SIZE) {
        Value automatic = value_of_size_keyword(KW_AUTO);
        return value_pair(reader, &automatic, &automatic);
    }
    return &property_initial(reader, row->longhands[part])->items[0];
}

bool shorthand_background(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    ValueList lists[BG_COUNT] = {{0}};
    bool image = false, single = true;
    bool said[BG_COUNT] = {false};
    do {
        const Value *layer[BG_COUNT] = {NULL};
        TokenRange part = take_until_comma(in);
        bool last = in->at >= in->end && !(in->end > part.end && in->end[-1].kind == TOKEN_COMMA);
        if (part.at >= part.end || !take_layer(reader, row, &part, last, layer))
            return false;
        out[BG_COLOR] = layer[BG_COLOR];
        image = image || (layer[BG_IMAGE] && layer[BG_IMAGE]->kind != VALUE_KEYWORD);
        single = single && last;
        for (int i = BG_IMAGE; i < BG_COUNT; i++) {
            said[i] = said[i] || layer[i];
            VEC_PUSH(reader->arena, lists[i], layer[i] ? layer[i] : layer_default(reader, row, i));
        }
        if (last)
            break;
    } while (in->at <= in->end);
    for (int i = BG_IMAGE; i < BG_COUNT; i++)
        if (said[i] || lists[i].count > 1)
            out[i] = value_list(reader, &lists[i]);
    if (!image)
        out[BG_IMAGE] = NULL;
    return true;
}

bool shorthand_background_position(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    ValueList x = {0}, y = {0};
    (void)row;
    do {
        const Value *position = take_position(reader, in);
        if (!position)
            return false;
        VEC_PUSH(reader->arena, x, &position->items[0]);
        VEC_PUSH(reader->arena, y, &position->items[1]);
    } while (take_delim(in, ','));
    out[0] = value_list(reader, &x);
    out[1] = value_list(reader, &y);
    return true;
}

/* ---- flex, alignment ---- */
bool shorthand_flex(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    const Value *one = value_new(reader, (Value){.kind = VALUE_NUMBER, .number = RATIO_ONE}),
                *zero = value_new(reader, (Value){.kind = VALUE_NUMBER});
    if (take_word(in, "none")) {
        out[0] = out[1] = zero;
        return true;
    }
    while (!range_empty(in)) {
        if (!out[0] && (out[0] = take_number(reader, in, 0)) != NULL) {
            out[1] = take_number(reader, in, 0);
            if (!out[1])
                out[1] = one;
        } else if (out[2] || (out[2] = take_component(reader, row->longhands[2], in)) == NULL) {
            return false;
        }
    }
    if (!out[0])
        out[0] = out[1] = one;
    if (!out[2]) {
        Value none = value_of_len(0);
        out[2] = value_new(reader, none);
    }
    return true;
}

/* Alignments may have two words: try every place where the first may end. */
bool shorthand_place(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    for (const Token *cut = in->end; cut > in->at; cut--) {
        out[0] = property_parse(reader, row->longhands[0], (TokenRange){in->at, cut});
        if (!out[0])
            continue;
        bool rest = cut < in->end, baseline = out[0]->keyword == KW_BASELINE || out[0]->keyword == KW_LAST_BASELINE;
        out[1] = rest ? property_parse(reader, row->longhands[1], (TokenRange){cut, in->end})
                 : baseline && row->longhands[1] == PROPERTY_JUSTIFY_CONTENT
                     ? value_keyword(reader, KW_START)
                     : property_parse(reader, row->longhands[1], *in);
        if (!out[1])
            continue;
        in->at = in->end;
        return true;
    }
    return false;
}

/* ---- grids: css-grid-2 7.4, 7.8, 8.4 ---- */
static bool template_with_areas(Reader *reader, TokenRange *in, const Value **out)
{
    ValueList rows = {0}, tracks = {0};
    int columns = 0;
    while (range_peek(in) && !token_is_delim(in->at, '/')) {
        TokenRange one = {in->at, token_after(in->at, in->end)};
        if (in->at->kind == TOKEN_OPEN_SQUARE) {
            Token zero = {.kind = TOKEN_NUMBER, .integer = true};
            VEC(Token) list = {0}; /* "[a] 0": the names alone are no track list */
            for (const Token *t = one.at; t < one.end; t++)
                VEC_PUSH(reader->arena, list, *t);
            VEC_PUSH(reader->arena, list, zero);
            TokenRange names = {list.at, list.at + list.count};
            const Value *value = parse_tracks(reader, &names);
            if (!value || value->count != 2)
                return false;
            VEC_PUSH(reader->arena, tracks, &value->items[0]);
            in->at = one.end;
            continue;
        }
        if (!parse_areas(reader, in, &rows, &columns))
            return false;
        range_peek(in);
        one = (TokenRange){in->at, in->at < in->end ? token_after(in->at, in->end) : in->at};
        const Value *track = one.at < one.end ? property_parse(reader, PROPERTY_GRID_AUTO_ROWS, one) : NULL;
        bool sized = track && track->kind == VALUE_LIST;
        if (track)
            in->at = one.end;
        VEC_PUSH(reader->arena, tracks, sized ? &track->items[0] : value_new(reader, value_of_size_keyword(KW_AUTO)));
    }
    if (!rows.count)
        return false;
    out[0] = value_list(reader, &tracks);
    out[2] = value_list(reader, &rows);
    if (!areas_valid(out[2]))
        return false;
    if (take_delim(in, '/'))
        return (out[1] = parse_tracks(reader, in)) != NULL;
    return true;
}

bool shorthand_grid_template(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    TokenRange saved = *in;
    (void)row;
    if (take_word(in, "none") && range_empty(in))
        return true;
    *in = saved;
    if ((out[0] = parse_tracks(reader, in)) != NULL && take_delim(in, '/') &&
        (out[1] = parse_tracks(reader, in)) != NULL && range_empty(in))
        return true;
    *in = saved;
    out[0] = out[1] = NULL;
    return template_with_areas(reader, in, out);
}

/* "auto-flow dense?" then automatic tracks. */
static bool take_auto_flow(Reader *reader, TokenRange *in, uint16_t axis, const Value **flow, int property,
                           const Value **tracks)
{
    ValueList list = {0};
    bool dense = take_word(in, "dense"), automatic = take_word(in, "auto-flow");
    dense = dense || take_word(in, "dense");
    if (!automatic)
        return false;
    VEC_PUSH(reader->arena, list, value_keyword(reader, axis));
    if (dense)
        VEC_PUSH(reader->arena, list, value_keyword(reader, KW_DENSE));
    *flow = value_list(reader, &list);
    if (!range_empty(in)) {
        *tracks = property_parse(reader, property, *in);
        in->at = in->end;
        return *tracks != NULL;
    }
    return true;
}

bool shorthand_grid(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    TokenRange saved = *in, left = *in, right;
    if (shorthand_grid_template(reader, row, in, out) && range_empty(in))
        return true;
    *in = saved;
    memset(out, 0, sizeof *out * 6);
    left.end = left.at;
    while (left.end < in->end && !token_is_delim(left.end, '/'))
        left.end = token_after(left.end, in->end);
    if (left.end >= in->end)
        return false;
    right = range_trim((TokenRange){left.end + 1, in->end});
    left = range_trim(left);
    in->at = in->end;
    TokenRange part = left;
    if (take_auto_flow(reader, &part, KW_ROW, &out[5], PROPERTY_GRID_AUTO_ROWS, &out[3]))
        return (out[1] = parse_tracks(reader, &right)) != NULL && range_empty(&right);
    part = right;
    out[3] = out[5] = NULL;
    if (!take_auto_flow(reader, &part, KW_COLUMN, &out[5], PROPERTY_GRID_AUTO_COLUMNS, &out[4]))
        return false;
    return (out[0] = parse_tracks(reader, &left)) != NULL && range_empty(&left);
}

static bool is_name_only(const Value *line)
{
    return line->kind == VALUE_LIST && line->count == 1 && line->items[0].kind == VALUE_IDENT;
}

/* start / end, or row-start / column-start / row-end / column-end. A missing one copies a name. */
bool shorthand_grid_lines(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    int count = 0;
    do {
        if (count == row->count || (out[count] = parse_grid_line(reader, in)) == NULL)
            return false;
        count++;
    } while (take_delim(in, '/'));
    for (int i = count; i < row->count; i++) {
        const Value *model = out[i < 2 ? 0 : i - 2];
        if (row->count == 2)
            model = out[0];
        out[i] = is_name_only(model) ? model : value_keyword(reader, KW_AUTO);
    }
    return true;
}
