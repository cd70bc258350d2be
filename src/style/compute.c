/* From the declarations that win to a computed style: css-cascade-5 4, css-values-4, CSS 2.2 9.7. */
#include <stddef.h>

#include "style/cascade.h"

/* ---- where each property's field is ---- */
#define ROW_OF(group, type_name, id, letter, field) \
    [PROPERTY_##                                    \
        id] = {group, #letter[0], (uint16_t)offsetof(type_name, field), (uint16_t)sizeof(((type_name *)0)->field)},
#define FONT_ROW(id, css, letter, words, inherited, start, field) ROW_OF(GROUP_FONT, StyleFont, id, letter, field)
#define TEXT_ROW(id, css, letter, words, inherited, start, field) ROW_OF(GROUP_TEXT, StyleText, id, letter, field)
#define BOX_ROW(id, css, letter, words, inherited, start, field) ROW_OF(GROUP_BOX, StyleBox, id, letter, field)
#define DECORATION_ROW(id, css, letter, words, inherited, start, field) \
    ROW_OF(GROUP_DECORATION, StyleDecoration, id, letter, field)
#define FRAGMENTATION_ROW(id, css, letter, words, inherited, start, field) \
    ROW_OF(GROUP_FRAGMENTATION, StyleFragmentation, id, letter, field)
#define CONTENT_ROW(id, css, letter, words, inherited, start, field) \
    ROW_OF(GROUP_CONTENT, StyleContent, id, letter, field)
#define FLEX_ROW(id, css, letter, words, inherited, start, field) ROW_OF(GROUP_FLEX, StyleFlex, id, letter, field)
const FieldRow field_rows[PROPERTY_COUNT] = {
    PROPERTIES_FONT(FONT_ROW) PROPERTIES_TEXT(TEXT_ROW) PROPERTIES_BOX(BOX_ROW) PROPERTIES_DECORATION(DECORATION_ROW)
        PROPERTIES_FRAGMENTATION(FRAGMENTATION_ROW) PROPERTIES_CONTENT(CONTENT_ROW) PROPERTIES_FLEX(FLEX_ROW)};
const uint16_t group_sizes[GROUP_COUNT] = {sizeof(StyleFont),       sizeof(StyleText),          sizeof(StyleBox),
                                           sizeof(StyleDecoration), sizeof(StyleFragmentation), sizeof(StyleContent),
                                           sizeof(StyleFlex)};

const void *group_of(const Style *style, GroupId group)
{
    const void *const groups[GROUP_COUNT] = {style->font,          style->text,    style->box, style->decoration,
                                             style->fragmentation, style->content, style->flex};
    return groups[group];
}

enum { ROOM = 2048 };
_Static_assert(sizeof(StyleDecoration) <= ROOM && sizeof(StyleBox) <= ROOM && sizeof(StyleText) <= ROOM,
               "a group needs more room");

typedef struct {
    const Declaration *declaration;
    uint32_t rank; /* the later, the stronger */
    int place;     /* in the list of matched blocks */
} Winner;

typedef struct {
    Cascade *cascade;
    const ComputeContext *context;
    const MatchedList *matched;
    Winner *winners; /* LONGHAND_COUNT */
    const CustomSet *custom;
    const void *from[GROUP_COUNT]; /* the parent's or the initial group, as long as nothing changed */
    char *own[GROUP_COUNT];        /* our copy, NULL: unchanged */
    char *room;                    /* where copies are made: ROOM bytes for each group */
    Units units;
    const TokenText *expanded; /* the shorthand put in last */
    bool expanded_valid;
    const Value *expanded_values[SHORTHAND_LONGHANDS_MOST];
    TokenList tokens;
} Computing;

static Level level_of(const Computing *c, uint64_t key)
{
    return c->cascade->index.levels.at[key >> 54];
}

/* ---- who wins ---- */
typedef struct {
    Winner *winners;
    VEC(const Declaration *) custom;
    BucketMap custom_places; /* of names in it */
    uint32_t rank;
} Winning;

static void take_custom(Arena *arena, Winning *w, const Declaration *d)
{
    EntryIndices *place = bucket_make(arena, &w->custom_places, d->custom);
    if (place->count) {
        w->custom.at[place->at[0]] = d;
    } else {
        VEC_PUSH(arena, *place, w->custom.count);
        VEC_PUSH(arena, w->custom, d);
    }
}

static void take_block(Computing *c, Winning *w, int place, bool important)
{
    const DeclarationBlock *block = c->matched->at[place].block;
    if (important && !block->any_important)
        return;
    for (int i = 0; i < block->count; i++) {
        const Declaration *d = &block->at[i];
        if (d->important != important)
            continue;
        if (d->property == PROPERTY_CUSTOM)
            take_custom(c->cascade->arena, w, d);
        else
            w->winners[d->property] = (Winner){d, ++w->rank, place};
    }
}

/* Important declarations: the levels backwards, css-cascade-5 6.1. */
static void find_winners(Computing *c, Winning *w)
{
    const MatchedList *list = c->matched;
    bool any = false;
    for (int i = 0; i < list->count; i++) {
        take_block(c, w, i, false);
        any = any || list->at[i].block->any_important;
    }
    for (int end = list->count; any && end > 0;) {
        int start = end - 1;
        while (start > 0 && list->at[start - 1].key >> 54 == list->at[start].key >> 54)
            start--;
        for (int i = start; i < end; i++)
            take_block(c, w, i, true);
        end = start;
    }
}

/* For revert and revert-layer: the winner below the level of this one. */
static Winner next_winner(const Computing *c, int property, const Winner *winner, bool layer)
{
    uint64_t level = c->matched->at[winner->place].key >> 54;
    Level here = c->cascade->index.levels.at[level];
    Winner found = {0};
    for (int i = winner->place - 1; i >= 0 && !found.declaration; i--) {
        uint64_t key = c->matched->at[i].key;
        bool skip = layer ? key >> 54 >= level
                          : level_of(c, key).origin >= here.origin &&
                                !(here.origin == ORIGIN_AUTHOR && level_of(c, key).origin < ORIGIN_AUTHOR);
        const DeclarationBlock *block = c->matched->at[i].block;
        for (int d = block->count - 1; !skip && d >= 0 && !found.declaration; d--)
            if (block->at[d].property == property && !block->at[d].important)
                found = (Winner){&block->at[d], winner->rank, i};
    }
    return found;
}

/* ---- pseudo-elements that take some properties only: css-pseudo-4 2.1.1, 2.2.3, 4.1.1 ---- */
static bool is_text_style(int property)
{
    return property < PROPERTY_COLOR || property == PROPERTY_COLOR || property == PROPERTY_TEXT_TRANSFORM ||
           property == PROPERTY_TEXT_SHADOW ||
           (property >= PROPERTY_TEXT_DECORATION_LINE && property <= PROPERTY_TEXT_DECORATION_THICKNESS) ||
           property == PROPERTY_TEXT_UNDERLINE_OFFSET || property == PROPERTY_TEXT_UNDERLINE_POSITION ||
           property == PROPERTY_TEXT_DECORATION_SKIP_INK || property == PROPERTY_VERTICAL_ALIGN ||
           property == PROPERTY_OPACITY ||
           (property >= PROPERTY_BACKGROUND_COLOR && property <= PROPERTY_BACKGROUND_CLIP);
}

/* Inherited, but about the lines of a block and not about text. */
static bool is_block_text(int property)
{
    return property == PROPERTY_TEXT_ALIGN || property == PROPERTY_TEXT_ALIGN_LAST ||
           property == PROPERTY_TEXT_INDENT ||
           (property >= PROPERTY_LIST_STYLE_TYPE && property <= PROPERTY_LIST_STYLE_IMAGE);
}

static bool takes_property(PseudoElement pseudo, int property)
{
    switch (pseudo) {
    case PSEUDO_MARKER:
        return (property < PROPERTY_DISPLAY && !is_block_text(property)) || property == PROPERTY_UNICODE_BIDI ||
               property == PROPERTY_CONTENT;
    case PSEUDO_FIRST_LINE: return is_text_style(property);
    case PSEUDO_FIRST_LETTER:
        return is_text_style(property) || property == PROPERTY_FLOAT || property == PROPERTY_INITIAL_LETTER ||
               property == PROPERTY_BOX_SHADOW || property == PROPERTY_BOX_SIZING ||
               (property >= PROPERTY_MARGIN_TOP && property <= PROPERTY_PADDING_LEFT) ||
               (property >= PROPERTY_BORDER_TOP_WIDTH && property <= PROPERTY_BORDER_IMAGE_REPEAT);
    default: return true;
    }
}

static void limit_properties(Computing *c)
{
    PseudoElement pseudo = (PseudoElement)c->context->pseudo;
    if (pseudo != PSEUDO_MARKER && pseudo != PSEUDO_FIRST_LINE && pseudo != PSEUDO_FIRST_LETTER)
        return;
    for (int i = 0; i < LONGHAND_COUNT; i++) {
        int physical = i < PROPERTY_COUNT ? i : (int)(longhand_row(i) - property_rows);
        while (c->winners[i].declaration && !takes_property(pseudo, physical) &&
               level_of(c, c->matched->at[c->winners[i].place].key).origin != ORIGIN_AGENT)
            c->winners[i] = next_winner(c, i, &c->winners[i], false);
    }
}

/* ---- declared values ---- */
static bool is_set_by_user(const Cascade *cascade, const char *name)
{
    const char *const *pairs = cascade->context.custom;
    for (; pairs && pairs[0] && pairs[1]; pairs += 2)
        if (strcmp(pairs[0], name) == 0 || strcmp(pairs[0], name + 2) == 0)
            return true;
    return false;
}

/* The variables that a declaration names, and what they are here. NULL: it names none. */
static const char *variables_text(const Computing *c, const TokenText *text)
{
    Buffer out = {.arena = c->cascade->arena};
    const Token *end = text->at + text->count;
    for (const Token *t = text->at; t + 1 < end; t++) {
        if (t->kind != TOKEN_FUNCTION || !token_is(t, "var"))
            continue;
        TokenRange inside = token_inside(t, end);
        const Token *ident = range_peek(&inside);
        if (!ident || ident->kind != TOKEN_IDENT)
            continue;
        Name name = name_intern(c->cascade->names, ident->text, ident->size);
        const TokenText *value = custom_value(c->custom, name);
        buffer_format(&out, value ? "%s%s is '%s'%s" : "%s%s is not set", out.size ? "; " : "", name,
                      value ? tokens_excerpt(out.arena, value->at, value->at + value->count) : "",
                      is_set_by_user(c->cascade, name) ? ", from --set" : "");
    }
    return out.size ? out.data : NULL;
}

static const Value *warn_invalid(Computing *c, int property, const Winner *winner)
{
    const DeclarationBlock *block = c->matched->at[winner->place].block;
    if (c->cascade->diag && level_of(c, c->matched->at[winner->place].key).origin != ORIGIN_AGENT) {
        int index = diag_warn(c->cascade->diag, "css-bad-value",
                              (Source){block->file, winner->declaration->line, winner->declaration->column},
                              "with its variables put in, this is no value for '%s'", longhand_name(property));
        const char *variables = variables_text(c, winner->declaration->tokens);
        if (variables)
            diag_hint(c->cascade->diag, index, "%s", variables);
    }
    return value_keyword(c->cascade->reader, KW_UNSET);
}

static const Value *expand_tokens(Computing *c, int property, const Winner *winner)
{
    const TokenText *text = winner->declaration->tokens;
    Reader *reader = c->cascade->reader;
    if (c->expanded != text || !text->shorthand) {
        c->tokens = (TokenList){0};
        c->expanded = text;
        c->expanded_valid = substitute(c->cascade, c->custom, c->context->node, text, &c->tokens);
        if (c->expanded_valid && text->shorthand && !shorthand_is_all(text->shorthand)) {
            reader->base = text->base;
            c->expanded_valid =
                shorthand_parse(reader, text->shorthand, (TokenRange){c->tokens.at, c->tokens.at + c->tokens.count},
                                c->expanded_values);
        }
    }
    if (!c->expanded_valid)
        return warn_invalid(c, property, winner);
    reader->base = text->base;
    for (int i = 0; text->shorthand && i < text->shorthand->count; i++)
        if (text->shorthand->longhands[i] == property)
            return c->expanded_values[i] ? c->expanded_values[i] : value_keyword(reader, KW_INITIAL);
    const Value *value = property_parse(reader, property, (TokenRange){c->tokens.at, c->tokens.at + c->tokens.count});
    return value ? value : warn_invalid(c, property, winner);
}

/* The winning value with var() put in and revert followed; NULL: nobody says anything. */
static const Value *declared_value(Computing *c, int property, Winner winner)
{
    for (;;) {
        if (!winner.declaration)
            return NULL;
        const Value *value =
            winner.declaration->value ? winner.declaration->value : expand_tokens(c, property, &winner);
        if (value->kind != VALUE_KEYWORD || (value->keyword != KW_REVERT && value->keyword != KW_REVERT_LAYER))
            return value;
        winner = next_winner(c, property, &winner, value->keyword == KW_REVERT_LAYER);
    }
}

/* ---- fields ---- */
static char *own_group(Computing *c, GroupId group)
{
    if (!c->own[group]) {
        const void *from =
            c->from[group] == group_of(c->cascade->initial, group) ? c->cascade->raw[group] : c->from[group];
        c->own[group] = memcpy(c->room + group * ROOM, from, group_sizes[group]);
    }
    return c->own[group];
}

static const void *group_now(const Computing *c, GroupId group)
{
    return c->own[group] ? c->own[group] : c->from[group];
}

static void put_field(Computing *c, int property, const void *data)
{
    const FieldRow *row = &field_rows[property];
    if (memcmp((const char *)group_now(c, (GroupId)row->group) + row->offset, data, row->size) == 0 &&
        c->from[row->group] != group_of(c->cascade->initial, (GroupId)row->group))
        return;
    memcpy(own_group(c, (GroupId)row->group) + row->offset, data, row->size);
}

static int32_t stretch_value(uint16_t keyword)
{
    static const struct {
        uint16_t keyword;
        int16_t tenths;
    } words[] = {{KW_ULTRA_CONDENSED, 500}, {KW_EXTRA_CONDENSED, 625}, {KW_CONDENSED, 750},
                 {KW_SEMI_CONDENSED, 875},  {KW_SEMI_EXPANDED, 1125},  {KW_EXPANDED, 1250},
                 {KW_EXTRA_EXPANDED, 1500}, {KW_ULTRA_EXPANDED, 2000}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].keyword == keyword)
            return (int32_t)((int64_t)words[i].tenths * RATIO_ONE / 1000);
    return RATIO_ONE;
}

static int32_t weight_value(const Computing *c, uint16_t keyword)
{
    int32_t parent = c->context->parent ? c->context->parent->font->weight : 400;
    switch (keyword) {
    case KW_BOLD: return 700;
    case KW_BOLDER: return parent < 350 ? 400 : parent < 550 ? 700 : parent < 900 ? 900 : parent;
    case KW_LIGHTER: return parent < 100 ? parent : parent < 550 ? 100 : parent < 750 ? 400 : 700;
    default: return 400;
    }
}

static int32_t integer_value(Computing *c, int property, const Value *value)
{
    if (value->kind == VALUE_KEYWORD)
        return property == PROPERTY_FONT_WEIGHT ? weight_value(c, value->keyword) : INT32_MIN + value->keyword;
    if (!value->size.calc)
        return value->number;
    return value_compute(c->cascade->arena, value, &c->units)->number;
}

static Len line_width(Computing *c, const Value *value)
{
    if (value->kind == VALUE_KEYWORD)
        return value->keyword == KW_THIN ? LEN_PX : value->keyword == KW_THICK ? 5 * LEN_PX : 3 * LEN_PX;
    Len width = size_compute(c->cascade->arena, value, &c->units).len;
    return width < 0 ? 0 : width;
}

/* Percentages of the font size or the line height are absolute in the computed value. */
static Size size_value(Computing *c, int property, const Value *value)
{
    if (value->kind == VALUE_KEYWORD)
        return (Size){.keyword = value->keyword};
    Size size = size_compute(c->cascade->arena, value, &c->units);
    bool of_font = property == PROPERTY_LINE_HEIGHT || property == PROPERTY_LETTER_SPACING ||
                   property == PROPERTY_WORD_SPACING || property == PROPERTY_TEXT_DECORATION_THICKNESS ||
                   property == PROPERTY_TEXT_UNDERLINE_OFFSET || property == PROPERTY_TAB_SIZE;
    if (of_font && size.has_percent)
        return (Size){.len = size_resolve(size, c->units.em)};
    return size;
}

static bool is_null_keyword(const Cascade *cascade, int property, uint16_t keyword)
{
    const Value *initial = cascade->specified_initial[property];
    uint16_t standard = initial && initial->kind == VALUE_KEYWORD ? initial->keyword : KW_NONE;
    return keyword == standard &&
           (keyword == KW_NONE || keyword == KW_NORMAL || keyword == KW_AUTO || keyword == KW_STATIC);
}

static const Value *complex_value(Computing *c, int property, const Value *value)
{
    if (value->kind == VALUE_KEYWORD && is_null_keyword(c->cascade, property, value->keyword))
        return NULL;
    return intern_value(c->cascade->arena, &c->cascade->values, value_compute(c->cascade->arena, value, &c->units));
}

static void set_value(Computing *c, int property, const Value *value)
{
    union {
        uint16_t keyword;
        Size size;
        int32_t number;
        Color color;
        const Value *value;
    } field;
    memset(&field, 0, sizeof field);
    switch (field_rows[property].type) {
    case 'K': field.keyword = value->keyword; break;
    case 'L':
    case 'P':
    case 'F': field.size = size_value(c, property, value); break;
    case 'W': field.number = line_width(c, value); break;
    case 'N':
        if (value->kind == VALUE_KEYWORD)
            field.number = stretch_value(value->keyword);
        else
            field.number =
                value->size.calc ? value_compute(c->cascade->arena, value, &c->units)->number : value->number;
        break;
    case 'I': field.number = integer_value(c, property, value); break;
    case 'C':
        field.color = value->kind == VALUE_COLOR ? value->color : (Color){.space = COLOR_AUTO, .alpha = 65535};
        break;
    default: field.value = complex_value(c, property, value);
    }
    put_field(c, property, &field);
}

static void set_from(Computing *c, int property, const void *group)
{
    const FieldRow *row = &field_rows[property];
    put_field(c, property, (const char *)group + row->offset);
}

static void apply(Computing *c, int property, const Value *value)
{
    const FieldRow *row = &field_rows[property];
    uint16_t keyword = value->kind == VALUE_KEYWORD ? value->keyword : 0;
    bool inherits = property_rows[property].inherits;
    if (property == PROPERTY_COLOR && value->kind == VALUE_COLOR && value->color.space == COLOR_CURRENT)
        keyword = KW_INHERIT;
    if (keyword == KW_UNSET)
        keyword = inherits ? KW_INHERIT : KW_INITIAL;
    if (keyword == KW_INHERIT && c->context->parent)
        set_from(c, property, group_of(c->context->parent, (GroupId)row->group));
    else if (keyword == KW_INHERIT || keyword == KW_INITIAL)
        set_from(c, property, c->cascade->raw[row->group]);
    else
        set_value(c, property, value);
}

static void apply_winner(Computing *c, int property)
{
    const Value *value = declared_value(c, property, c->winners[property]);
    if (value)
        apply(c, property, value);
}

/* ---- units ---- */
static Len unit_of_size(Len size, int tenths)
{
    return len_scale(size, tenths, 10);
}

static void set_font_units(Computing *c, Units *u, Len size, const StyleFont *font, bool root)
{
    Len measured[4] = {unit_of_size(size, 5), unit_of_size(size, 5), unit_of_size(size, 7), size};
    if (c->cascade->metrics.measure && font)
        c->cascade->metrics.measure(c->cascade->metrics.user, font, size, measured);
    if (root) {
        u->rem = size;
        u->rex = measured[0];
        u->rch = measured[1];
        u->rcap = measured[2];
        u->ric = measured[3];
        return;
    }
    u->em = size;
    u->ex = measured[0];
    u->ch = measured[1];
    u->cap = measured[2];
    u->ic = measured[3];
}

static Len line_height_of(const StyleFont *font)
{
    Len size = font->size.len;
    if (font->line_height.keyword)
        return unit_of_size(size, 12);
    return font->line_height.is_number ? len_ratio(size, font->line_height.number)
                                       : size_resolve(font->line_height, size);
}

/* Relative to the parent's font, for font-size itself. */
static void start_units(Computing *c)
{
    const Style *parent = c->context->parent ? c->context->parent : c->cascade->initial,
                *root = c->cascade->root ? c->cascade->root : c->cascade->initial;
    Units *u = &c->units;
    u->page_width = c->cascade->viewport_width;
    u->page_height = c->cascade->viewport_height;
    set_font_units(c, u, parent->font->size.len, parent->font, false);
    set_font_units(c, u, root->font->size.len, root->font, true);
    u->lh = line_height_of(parent->font);
    u->rlh = line_height_of(root->font);
}

static Len keyword_size(const Computing *c, uint16_t keyword)
{
    static const struct {
        uint16_t keyword;
        int px10;
    } sizes[] = {{KW_XX_SMALL, 90}, {KW_X_SMALL, 100}, {KW_SMALL, 130},    {KW_MEDIUM, 160},
                 {KW_LARGE, 180},   {KW_X_LARGE, 240}, {KW_XX_LARGE, 320}, {KW_XXX_LARGE, 480}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i].keyword == keyword)
            return len_scale(LEN_PX, sizes[i].px10, 10);
    return keyword == KW_LARGER ? len_scale(c->units.em, 6, 5) : len_scale(c->units.em, 5, 6);
}

static void apply_font_size(Computing *c)
{
    const Value *value = declared_value(c, PROPERTY_FONT_SIZE, c->winners[PROPERTY_FONT_SIZE]);
    Size size = {0};
    if (value) {
        uint16_t keyword = value->kind == VALUE_KEYWORD ? value->keyword : 0;
        if (keyword == KW_INHERIT || keyword == KW_UNSET || keyword == KW_INITIAL) {
            apply(c, PROPERTY_FONT_SIZE, value);
        } else {
            size.len = keyword ? keyword_size(c, keyword)
                               : size_resolve(size_compute(c->cascade->arena, value, &c->units), c->units.em);
            if (size.len < 0)
                size.len = 0;
            put_field(c, PROPERTY_FONT_SIZE, &size);
        }
    }
}

static void finish_font_units(Computing *c)
{
    const StyleFont *font = group_now(c, GROUP_FONT);
    const StyleText *text = group_now(c, GROUP_TEXT);
    set_font_units(c, &c->units, font->size.len, font, false);
    if (c->context->root)
        set_font_units(c, &c->units, font->size.len, font, true);
    c->units.vertical = text->writing_mode != KW_HORIZONTAL_TB;
    apply_winner(c, PROPERTY_LINE_HEIGHT);
    font = group_now(c, GROUP_FONT);
    c->units.lh = line_height_of(font);
    if (c->context->root)
        c->units.rlh = c->units.lh;
}

/* ---- logical properties: the later of a logical and a physical declaration counts ---- */
static void map_logical(Computing *c)
{
    const StyleText *text = group_now(c, GROUP_TEXT);
    for (int i = PROPERTY_COUNT; i < LONGHAND_COUNT; i++) {
        if (!c->winners[i].declaration)
            continue;
        int physical = logical_to_physical(i, text->writing_mode, text->direction);
        Winner *other = &c->winners[physical];
        if (!other->declaration || other->rank < c->winners[i].rank)
            *other = c->winners[i];
    }
}

/* ---- what depends on other properties ---- */
static uint16_t blockified(uint16_t display)
{
    switch (display) {
    case KW_INLINE_TABLE: return KW_TABLE;
    case KW_INLINE_FLEX: return KW_FLEX;
    case KW_INLINE_GRID: return KW_GRID;
    case KW_INLINE_LIST_ITEM: return KW_LIST_ITEM;
    case KW_INLINE_BLOCK: return KW_FLOW_ROOT;
    case KW_INLINE:
    case KW_RUN_IN:
    case KW_TABLE_ROW_GROUP:
    case KW_TABLE_HEADER_GROUP:
    case KW_TABLE_FOOTER_GROUP:
    case KW_TABLE_ROW:
    case KW_TABLE_CELL:
    case KW_TABLE_COLUMN_GROUP:
    case KW_TABLE_COLUMN:
    case KW_TABLE_CAPTION: return KW_BLOCK;
    default: return display;
    }
}

bool blockifies_children(const Style *box_parent)
{
    uint16_t display = box_parent ? box_parent->box->display : 0;
    return display == KW_FLEX || display == KW_INLINE_FLEX || display == KW_GRID || display == KW_INLINE_GRID;
}

static void fix_box(Computing *c)
{
    const StyleBox *box = group_now(c, GROUP_BOX);
    uint16_t position = box->position ? box->position->keyword : KW_STATIC, display = box->display,
             floating = box->floating;
    bool out_of_flow = position == KW_ABSOLUTE || position == KW_FIXED,
         running = box->position && box->position->kind == VALUE_FUNCTION;
    if (display == KW_NONE)
        return;
    if (out_of_flow || running)
        floating = KW_NONE;
    if (c->context->root && display == KW_CONTENTS)
        display = KW_BLOCK;
    if (display != KW_CONTENTS && (out_of_flow || running || floating != KW_NONE || c->context->root ||
                                   blockifies_children(c->context->box_parent)))
        display = blockified(display);
    if (display != box->display)
        put_field(c, PROPERTY_DISPLAY, &display);
    if (floating != box->floating)
        put_field(c, PROPERTY_FLOAT, &floating);
}

static void fix_overflow(Computing *c)
{
    const StyleBox *box = group_now(c, GROUP_BOX);
    uint16_t x = box->overflow_x, y = box->overflow_y;
    bool x_scrolls = x != KW_VISIBLE && x != KW_CLIP, y_scrolls = y != KW_VISIBLE && y != KW_CLIP;
    if (x_scrolls && !y_scrolls)
        y = y == KW_VISIBLE ? KW_AUTO : KW_HIDDEN;
    else if (y_scrolls && !x_scrolls)
        x = x == KW_VISIBLE ? KW_AUTO : KW_HIDDEN;
    if (x != box->overflow_x)
        put_field(c, PROPERTY_OVERFLOW_X, &x);
    if (y != box->overflow_y)
        put_field(c, PROPERTY_OVERFLOW_Y, &y);
}

static bool invisible(uint16_t style)
{
    return style == KW_NONE || style == KW_HIDDEN;
}

static void fix_line_widths(Computing *c)
{
    static const short widths[][2] = {{PROPERTY_BORDER_TOP_WIDTH, PROPERTY_BORDER_TOP_STYLE},
                                      {PROPERTY_BORDER_RIGHT_WIDTH, PROPERTY_BORDER_RIGHT_STYLE},
                                      {PROPERTY_BORDER_BOTTOM_WIDTH, PROPERTY_BORDER_BOTTOM_STYLE},
                                      {PROPERTY_BORDER_LEFT_WIDTH, PROPERTY_BORDER_LEFT_STYLE},
                                      {PROPERTY_OUTLINE_WIDTH, PROPERTY_OUTLINE_STYLE},
                                      {PROPERTY_COLUMN_RULE_WIDTH, PROPERTY_COLUMN_RULE_STYLE}};
    for (int i = 0; i < 6; i++) {
        const FieldRow *width = &field_rows[widths[i][0]], *style = &field_rows[widths[i][1]];
        char *own = c->own[width->group];
        uint16_t kind;
        if (!own)
            continue;
        memcpy(&kind, own + style->offset, sizeof kind);
        if (invisible(kind))
            memset(own + width->offset, 0, width->size);
    }
}

static void fix_text(Computing *c)
{
    const StyleText *text = group_now(c, GROUP_TEXT);
    const Style *parent = c->context->parent;
    uint16_t align = text->align;
    if (align != KW_MATCH_PARENT && text->align_last != KW_MATCH_PARENT)
        return;
    if (align == KW_MATCH_PARENT) {
        align = parent ? parent->text->align : KW_START;
        bool rtl = parent && parent->text->direction == KW_RTL;
        if (align == KW_START || align == KW_END)
            align = (align == KW_START) != rtl ? KW_LEFT : KW_RIGHT;
        put_field(c, PROPERTY_TEXT_ALIGN, &align);
    }
    if (text->align_last == KW_MATCH_PARENT) {
        uint16_t last = parent ? parent->text->align_last : KW_AUTO;
        put_field(c, PROPERTY_TEXT_ALIGN_LAST, &last);
    }
}

static void fix_language(Computing *c)
{
    const StyleText *text = group_now(c, GROUP_TEXT);
    if (c->context->language && c->context->language != text->language) {
        StyleText *own = (StyleText *)(void *)own_group(c, GROUP_TEXT);
        own->language = c->context->language;
    }
}

/* ---- all of it ---- */
static const Style *intern_style(Computing *c)
{
    const void *groups[GROUP_COUNT];
    for (int g = 0; g < GROUP_COUNT; g++)
        groups[g] =
            c->own[g] ? intern_bytes(c->cascade->arena, &c->cascade->groups[g], c->own[g], group_sizes[g]) : c->from[g];
    Style style = {groups[GROUP_FONT],          groups[GROUP_TEXT],    groups[GROUP_BOX], groups[GROUP_DECORATION],
                   groups[GROUP_FRAGMENTATION], groups[GROUP_CONTENT], groups[GROUP_FLEX]};
    return style_intern(c->cascade, &style);
}

const Style *style_intern(Cascade *cascade, const Style *style)
{
    return intern_bytes(cascade->arena, &cascade->styles, style, sizeof *style);
}

static void apply_all(Computing *c)
{
    static const short early[] = {PROPERTY_FONT_FAMILY,  PROPERTY_FONT_WEIGHT, PROPERTY_FONT_STYLE,
                                  PROPERTY_FONT_STRETCH, PROPERTY_DIRECTION,   PROPERTY_WRITING_MODE};
    start_units(c);
    for (size_t i = 0; i < sizeof early / sizeof *early; i++)
        apply_winner(c, early[i]);
    apply_font_size(c);
    finish_font_units(c);
    map_logical(c);
    for (int i = PROPERTY_FONT_KERNING; i < PROPERTY_COUNT; i++)
        if (c->winners[i].declaration && i != PROPERTY_LINE_HEIGHT && i != PROPERTY_DIRECTION &&
            i != PROPERTY_WRITING_MODE)
            apply_winner(c, i);
}

Computed compute_style(Cascade *cascade, const ComputeContext *context, const MatchedList *matched)
{
    Computing c = {.cascade = cascade, .context = context, .matched = matched};
    Winner winners[LONGHAND_COUNT];
    _Alignas(16) char room[GROUP_COUNT * ROOM];
    Winning w = {.winners = winners};
    memset(winners, 0, sizeof winners);
    c.winners = winners;
    c.room = room;
    const Style *parent = context->parent ? context->parent : cascade->initial;
    for (int g = 0; g < GROUP_COUNT; g++)
        c.from[g] = group_of(g <= GROUP_TEXT ? parent : cascade->initial, (GroupId)g);
    find_winners(&c, &w);
    c.custom = w.custom.count ? custom_resolve(cascade, context->custom, context->node, w.custom.at, w.custom.count)
                              : custom_inherit(cascade, context->custom);
    if (context->root)
        c.custom = custom_override(cascade, c.custom, cascade->context.custom);
    limit_properties(&c);
    apply_all(&c);
    fix_box(&c);
    fix_overflow(&c);
    fix_line_widths(&c);
    fix_text(&c);
    fix_language(&c);
    return (Computed){intern_style(&c), c.custom};
}

/* ---- the initial style: every row's initial value through the same code ---- */
void initial_prepare(Cascade *cascade)
{
    static const Style none;
    Style style;
    ComputeContext context = {.page = true};
    Computing c = {.cascade = cascade, .context = &context};
    for (int g = 0; g < GROUP_COUNT; g++)
        cascade->raw[g] = arena_alloc(cascade->arena, group_sizes[g]);
    cascade->initial = &none;
    for (int g = 0; g < GROUP_COUNT; g++) {
        c.from[g] = cascade->raw[g];
        c.own[g] = cascade->raw[g];
    }
    Len medium = 16 * LEN_PX;
    c.units = (Units){.em = medium,
                      .rem = medium,
                      .ex = medium / 2,
                      .ch = medium / 2,
                      .cap = medium,
                      .ic = medium,
                      .lh = medium,
                      .rlh = medium};
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        cascade->specified_initial[i] = property_initial(cascade->reader, i);
        if (!cascade->specified_initial[i])
            continue;
        if (i == PROPERTY_FONT_SIZE)
            put_field(&c, i, &(Size){.len = medium});
        else
            set_value(&c, i, cascade->specified_initial[i]);
    }
    StyleText *text = cascade->raw[GROUP_TEXT];
    text->language = cascade->document->language ? name_of(cascade->names, cascade->document->language) : NULL;
    for (int g = 0; g < GROUP_COUNT; g++)
        c.own[g] = arena_copy(cascade->arena, cascade->raw[g], group_sizes[g]);
    fix_line_widths(&c);
    style = (Style){(void *)c.own[0], (void *)c.own[1], (void *)c.own[2], (void *)c.own[3],
                    (void *)c.own[4], (void *)c.own[5], (void *)c.own[6]};
    for (int g = 0; g < GROUP_COUNT; g++)
        intern_bytes(cascade->arena, &cascade->groups[g], c.own[g], group_sizes[g]);
    const void *groups[GROUP_COUNT];
    for (int g = 0; g < GROUP_COUNT; g++)
        groups[g] = intern_bytes(cascade->arena, &cascade->groups[g], c.own[g], group_sizes[g]);
    style = (Style){groups[0], groups[1], groups[2], groups[3], groups[4], groups[5], groups[6]};
    cascade->initial = style_intern(cascade, &style);
}
