/* A longhand's value by its row in properties.h; computing, comparing and serialising values. */
#include <stdio.h>

#include "css/values.h"

/* ---- parsing by type letter ---- */
static bool takes_percentage(int property)
{
    switch (property) {
    case PROPERTY_BORDER_SPACING_X:
    case PROPERTY_BORDER_SPACING_Y:
    case PROPERTY_COLUMN_WIDTH:
    case PROPERTY_OUTLINE_OFFSET:
    case PROPERTY_BLEED:
    case PROPERTY_BASELINE_GRID:
    case PROPERTY_BASELINE_GRID_ORIGIN: return false;
    default: return true;
    }
}

static int least_integer(int property)
{
    switch (property) {
    case PROPERTY_ORPHANS:
    case PROPERTY_WIDOWS:
    case PROPERTY_COLUMN_COUNT:
    case PROPERTY_COLUMN_SPAN:
    case PROPERTY_BOOKMARK_LEVEL: return 1;
    case PROPERTY_HYPHENATE_LIMIT_LINES: return 0;
    default: return -INT_MAX;
    }
}

static const Value *parse_weight(Reader *reader, TokenRange *in)
{
    const Value *number = take_number(reader, in, 1);
    if (!number || number->number / 1048576.0 > 1000)
        return NULL;
    return value_new(reader, (Value){.kind = VALUE_INTEGER, .number = (number->number + RATIO_ONE / 2) / RATIO_ONE});
}

static const Value *parse_stretch(Reader *reader, TokenRange *in)
{
    const Value *percentage = take_percentage(reader, in);
    if (!percentage || percentage->number < 0)
        return NULL;
    return value_new(reader, (Value){.kind = VALUE_NUMBER, .number = percentage->number});
}

static const Value *parse_fraction(Reader *reader, int property, TokenRange *in)
{
    if (property == PROPERTY_FONT_STRETCH)
        return parse_stretch(reader, in);
    if (property == PROPERTY_FLEX_GROW || property == PROPERTY_FLEX_SHRINK)
        return take_number(reader, in, 0);
    const Value *value = take_number_or_percentage(reader, in, -1e9);
    if (!value || property != PROPERTY_OPACITY || (value->number >= 0 && value->number <= RATIO_ONE))
        return value;
    return value_new(reader, (Value){.kind = VALUE_NUMBER, .number = value->number < 0 ? 0 : RATIO_ONE});
}

/* text-indent: a length with hanging (1) and each-line (2) in size.number. */
static const Value *parse_indent(Reader *reader, TokenRange *in)
{
    const Value *size = NULL;
    int flags = 0;
    while (!range_empty(in)) {
        int flag = take_word(in, "hanging") ? 1 : take_word(in, "each-line") ? 2 : 0;
        const Value *taken = flag || size ? NULL : take_size(reader, in, ALLOW_PERCENT | ALLOW_NEGATIVE);
        if ((!flag && !taken) || (flags & flag))
            return NULL;
        flags |= flag;
        size = taken ? taken : size;
    }
    if (!size || !flags)
        return size;
    Value value = *size;
    value.size.number = flags;
    return value_new(reader, value);
}

static const Value *parse_fit_content(Reader *reader, TokenRange *in)
{
    TokenRange arguments;
    if (!take_function(in, "fit-content", &arguments))
        return NULL;
    const Value *size = take_size(reader, &arguments, ALLOW_PERCENT);
    if (!size || !range_empty(&arguments))
        return NULL;
    Value value = *size;
    value.size.keyword = KW_FIT_CONTENT;
    return value_new(reader, value);
}

static bool is_box_size(int property)
{
    return (property >= PROPERTY_WIDTH && property <= PROPERTY_MAX_HEIGHT) || property == PROPERTY_FLEX_BASIS;
}

static const Value *parse_size(Reader *reader, int property, TokenRange *in, int allow)
{
    if (property == PROPERTY_TEXT_INDENT)
        return parse_indent(reader, in);
    if (is_box_size(property)) {
        if (take_word(in, "-webkit-fill-available") || take_word(in, "-moz-available") || take_word(in, "stretch"))
            return value_keyword(reader, KW_STRETCH);
        if (take_word(in, "-webkit-fit-content") || take_word(in, "-moz-fit-content"))
            return value_keyword(reader, KW_FIT_CONTENT);
        if (take_word(in, "-webkit-min-content") || take_word(in, "-moz-min-content") ||
            take_word(in, "-webkit-max-content") || take_word(in, "-moz-max-content"))
            return value_keyword(reader, token_unit_compare(in->at - 1, "-webkit-min-content") &&
                                                 token_unit_compare(in->at - 1, "-moz-min-content")
                                             ? KW_MAX_CONTENT
                                             : KW_MIN_CONTENT);
        const Value *value = parse_fit_content(reader, in);
        if (value)
            return value;
    }
    return take_size(reader, in, takes_percentage(property) ? allow | ALLOW_PERCENT : allow);
}

/* display's two-value syntax and older spellings: css-display-3 2. */
static const Value *parse_display(Reader *reader, TokenRange *in)
{
    bool block = false, inlined = false, list = false, flow = false, ruby = false;
    uint16_t inside = 0;
    while (!range_empty(in)) {
        uint16_t keyword = peek_keyword(in);
        if (take_word(in, "flow"))
            flow = true;
        else if (take_word(in, "ruby"))
            ruby = true;
        else if (take_word(in, "-webkit-box") || take_word(in, "-webkit-flex"))
            inside = KW_FLEX;
        else if (take_word(in, "-webkit-inline-box") || take_word(in, "-webkit-inline-flex"))
            return value_keyword(reader, KW_INLINE_FLEX);
        else if (keyword == KW_BLOCK || keyword == KW_INLINE || keyword == KW_LIST_ITEM || keyword == KW_FLOW_ROOT ||
                 keyword == KW_FLEX || keyword == KW_GRID || keyword == KW_TABLE) {
            bool again = (keyword == KW_BLOCK && block) || (keyword == KW_INLINE && inlined) ||
                         (keyword == KW_LIST_ITEM && list);
            block |= keyword == KW_BLOCK;
            inlined |= keyword == KW_INLINE;
            list |= keyword == KW_LIST_ITEM;
            if (again || (keyword != KW_BLOCK && keyword != KW_INLINE && keyword != KW_LIST_ITEM && inside))
                return NULL;
            if (keyword != KW_BLOCK && keyword != KW_INLINE && keyword != KW_LIST_ITEM)
                inside = keyword;
            in->at++;
        } else {
            return NULL;
        }
    }
    if ((block && inlined) || (flow && inside) || (list && inside && inside != KW_FLOW_ROOT))
        return NULL;
    if (list)
        return value_keyword(reader, inlined ? KW_INLINE_LIST_ITEM : KW_LIST_ITEM);
    if (ruby)
        return value_keyword(reader, block ? KW_BLOCK : KW_INLINE);
    if (!inlined)
        return value_keyword(reader, inside ? inside : KW_BLOCK);
    return value_keyword(reader, inside == KW_FLOW_ROOT ? KW_INLINE_BLOCK
                                 : inside == KW_FLEX    ? KW_INLINE_FLEX
                                 : inside == KW_GRID    ? KW_INLINE_GRID
                                 : inside == KW_TABLE   ? KW_INLINE_TABLE
                                                        : KW_INLINE);
}

/* What a K property takes beyond its keywords. */
static const Value *parse_keyword_extra(Reader *reader, int property, TokenRange *in)
{
    switch (property) {
    case PROPERTY_DISPLAY: return parse_display(reader, in);
    case PROPERTY_FONT_STYLE: {
        const Value *keyword = take_keyword_of(reader, in, "oblique");
        return keyword && take_angle(reader, in, true) ? keyword : NULL;
    }
    case PROPERTY_OVERFLOW_X:
    case PROPERTY_OVERFLOW_Y:
        return take_word(in, "overlay")                    ? value_keyword(reader, KW_AUTO)
               : take_word(in, "-moz-hidden-unscrollable") ? value_keyword(reader, KW_CLIP)
                                                           : NULL;
    case PROPERTY_TEXT_ALIGN: return take_word(in, "-moz-center") ? value_keyword(reader, KW_WEBKIT_CENTER) : NULL;
    case PROPERTY_UNICODE_BIDI: return take_word(in, "-webkit-isolate") ? value_keyword(reader, KW_ISOLATE) : NULL;
    case PROPERTY_IMAGE_ORIENTATION: return take_angle(reader, in, true) ? value_keyword(reader, KW_NONE) : NULL;
    default: return NULL;
    }
}

static const Value *parse_complex(Reader *reader, int property, TokenRange *in)
{
    if (property < PROPERTY_DISPLAY)
        return parse_text_value(reader, property, in);
    if (property < PROPERTY_BORDER_TOP_WIDTH)
        return parse_box_value(reader, property, in);
    if (property < PROPERTY_BREAK_BEFORE)
        return parse_decoration_value(reader, property, in);
    return property < PROPERTY_FLEX_DIRECTION ? parse_content_value(reader, property, in)
                                              : parse_grid_value(reader, property, in);
}

static const Value *parse_typed(Reader *reader, int property, char type, TokenRange *in)
{
    switch (type) {
    case 'L': return parse_size(reader, property, in, ALLOW_NEGATIVE);
    case 'P': return parse_size(reader, property, in, 0);
    case 'F': return take_size(reader, in, ALLOW_PERCENT | ALLOW_NUMBER);
    case 'W': return take_size(reader, in, 0);
    case 'N': return parse_fraction(reader, property, in);
    case 'I':
        return property == PROPERTY_FONT_WEIGHT ? parse_weight(reader, in)
                                                : take_integer(reader, in, least_integer(property));
    case 'C':
        return property == PROPERTY_OUTLINE_COLOR && take_word(in, "invert") ? value_keyword(reader, KW_AUTO)
                                                                             : take_color(reader, in);
    case 'V': return parse_complex(reader, property, in);
    default: return parse_keyword_extra(reader, property, in);
    }
}

static int row_property(int property)
{
    return property < PROPERTY_COUNT ? property : (int)(longhand_row(property) - property_rows);
}

const Value *property_parse(Reader *reader, int property, TokenRange in)
{
    in = range_trim(in);
    if (in.at >= in.end)
        return NULL;
    const PropertyRow *row = longhand_row(property);
    if (in.end - in.at == 1 && in.at->kind == TOKEN_IDENT) {
        uint16_t keyword = keyword_find(in.at->text, in.at->size);
        if (keyword_is_wide(keyword) || (keyword && word_in_list(row->keywords, in.at->text, in.at->size)))
            return value_keyword(reader, keyword);
    }
    const Value *value = parse_typed(reader, row_property(property), row->type, &in);
    return value && range_empty(&in) ? value : NULL;
}

const Value *property_initial(Reader *reader, int property)
{
    const char *text = longhand_row(property)->initial;
    TokenList list = {0};
    Tokenizer tokenizer = tokenizer_start(reader->arena, (Bytes){text, strlen(text)}, 1, 1);
    tokens_read(&tokenizer, &list);
    return property_parse(reader, property, (TokenRange){list.at, list.at + list.count});
}

/* ---- computing ---- */
static bool needs_units(const Value *value)
{
    if (value->size.calc)
        return true;
    for (int i = 0; i < value->count; i++)
        if (needs_units(&value->items[i]))
            return true;
    return false;
}

Size size_compute(Arena *arena, const Value *value, const Units *units)
{
    if (!value->size.calc)
        return value->size;
    Size size = {0};
    if (value->size.is_number) {
        double number = calc_number(value->size.calc, units);
        number = number > 2047 ? 2047 : number < -2047 ? -2047 : number;
        size.is_number = true;
        size.number = (int32_t)(number * RATIO_ONE);
        if (value->size.calc->not_negative && size.number < 0)
            size.number = 0;
        return size;
    }
    size = calc_compute(arena, value->size.calc, units);
    size.keyword = value->size.keyword; /* fit-content(...) */
    size.number = value->size.number;   /* text-indent's flags */
    return size;
}

static Value compute_one(Arena *arena, const Value *value, const Units *units)
{
    Value out = *value;
    if (value->size.calc && value->kind == VALUE_SIZE) {
        out.size = size_compute(arena, value, units);
    } else if (value->size.calc) {
        double scale = value->kind == VALUE_NUMBER       ? RATIO_ONE
                       : value->kind == VALUE_PERCENTAGE ? RATIO_ONE / 100.0
                       : value->kind == VALUE_ANGLE      ? 1024
                                                         : 1;
        double number = calc_number(value->size.calc, units) * scale;
        out.number = number > INT32_MAX    ? INT32_MAX
                     : number < -INT32_MAX ? -INT32_MAX
                                           : (int32_t)(number < 0 ? number - 0.5 : number + 0.5);
        out.size.calc = NULL;
    }
    if (value->count > 0 && needs_units(value)) {
        Value *items = NEW_ARRAY(arena, Value, value->count);
        for (int i = 0; i < value->count; i++)
            items[i] = compute_one(arena, &value->items[i], units);
        out.items = items;
    }
    return out;
}

const Value *value_compute(Arena *arena, const Value *value, const Units *units)
{
    if (!needs_units(value))
        return value;
    Value out = compute_one(arena, value, units);
    return arena_copy(arena, &out, sizeof out);
}

/* ---- comparing ---- */
static bool color_equal(const Color *a, const Color *b)
{
    return a->space == b->space && memcmp(a->c, b->c, sizeof a->c) == 0 && a->alpha == b->alpha && a->spot == b->spot &&
           (a->alternate == b->alternate || (a->alternate && b->alternate && color_equal(a->alternate, b->alternate)));
}

bool value_equal(const Value *a, const Value *b)
{
    if (a == b)
        return true;
    const Size *s = &a->size, *t = &b->size;
    if (a->kind != b->kind || a->keyword != b->keyword || a->text != b->text || a->number != b->number ||
        a->count != b->count || a->base != b->base)
        return false;
    if (s->len != t->len || s->percent != t->percent || s->number != t->number || s->keyword != t->keyword ||
        s->has_percent != t->has_percent || s->is_number != t->is_number || s->calc != t->calc)
        return false;
    if (a->kind == VALUE_COLOR && !color_equal(&a->color, &b->color))
        return false;
    for (int i = 0; i < a->count; i++)
        if (!value_equal(&a->items[i], &b->items[i]))
            return false;
    return true;
}

uint64_t value_hash(const Value *value)
{
    int32_t key[] = {value->kind,         value->keyword,     value->number,       value->size.len,
                     value->size.percent, value->size.number, value->size.keyword, value->count,
                     value->color.space,  value->color.c[0],  value->color.c[1],   value->color.c[2],
                     value->color.c[3],   value->color.alpha};
    uint64_t hash = hash_bytes(key, sizeof key, 7);
    if (value->text)
        hash = hash_bytes(value->text, strlen(value->text), hash);
    for (int i = 0; i < value->count; i++)
        hash = hash * 31 + value_hash(&value->items[i]);
    return hash;
}

/* ---- serialising ---- */
static void add_number(Buffer *out, double number)
{
    char text[40];
    snprintf(text, sizeof text, "%.4f", number);
    char *end = text + strlen(text);
    while (end[-1] == '0')
        *--end = 0;
    if (end[-1] == '.')
        *--end = 0;
    buffer_text(out, strcmp(text, "-0") == 0 ? "0" : text);
}

void size_serialise(Size size, Buffer *out)
{
    if (size.keyword) {
        buffer_text(out, keyword_text(size.keyword));
    } else if (size.is_number) {
        add_number(out, (double)size.number / RATIO_ONE);
    } else if (size.calc) {
        buffer_text(out, "calc(...)");
    } else if (size.has_percent && size.len == 0) {
        add_number(out, (double)size.percent / RATIO_ONE * 100);
        buffer_text(out, "%");
    } else if (size.has_percent) {
        buffer_text(out, "calc(");
        add_number(out, (double)size.percent / RATIO_ONE * 100);
        buffer_text(out, "% + ");
        add_number(out, (double)size.len / LEN_PT);
        buffer_text(out, "pt)");
    } else {
        add_number(out, (double)size.len / LEN_PT);
        buffer_text(out, "pt");
    }
}

void color_serialise(Color color, Buffer *out)
{
    static const char *const starts[] = {"rgb(", "device-cmyk(", "n2p-spot(", "color("};
    if (color.space == COLOR_CURRENT || color.space == COLOR_AUTO) {
        buffer_text(out, color.space == COLOR_AUTO ? "auto" : "currentcolor");
        return;
    }
    int count = color.space == COLOR_RGB ? 3 : color.space == COLOR_SPOT ? 1 : 4;
    buffer_text(out, starts[color.space]);
    if (color.space == COLOR_SPOT)
        buffer_format(out, "\"%s\" ", color.spot);
    if (color.space == COLOR_PROFILE)
        buffer_format(out, "%s ", color.spot);
    for (int i = 0; i < count; i++) {
        buffer_text(out, i ? " " : "");
        add_number(out, color.space == COLOR_RGB ? color.c[i] / 257.0 : color.c[i] / 65535.0);
    }
    if (color.alpha != 65535) {
        buffer_text(out, " / ");
        add_number(out, color.alpha / 65535.0);
    }
    buffer_text(out, ")");
}

static void serialise_items(const Value *value, Buffer *out)
{
    for (int i = 0; i < value->count; i++) {
        bool nested = value->items[i].kind == VALUE_LIST;
        buffer_text(out, i ? " " : "");
        buffer_text(out, nested ? "(" : "");
        value_serialise(&value->items[i], out);
        buffer_text(out, nested ? ")" : "");
    }
}

void value_serialise(const Value *value, Buffer *out)
{
    switch (value->kind) {
    case VALUE_KEYWORD: buffer_text(out, keyword_text(value->keyword)); break;
    case VALUE_IDENT: buffer_text(out, value->text ? value->text : "."); break;
    case VALUE_STRING: buffer_format(out, "\"%s\"", value->text); break;
    case VALUE_URL: buffer_format(out, "url(%s)", value->text); break;
    case VALUE_NUMBER: add_number(out, (double)value->number / RATIO_ONE); break;
    case VALUE_PERCENTAGE:
        add_number(out, (double)value->number / RATIO_ONE * 100);
        buffer_text(out, "%");
        break;
    case VALUE_ANGLE:
        add_number(out, value->number / 1024.0);
        buffer_text(out, "deg");
        break;
    case VALUE_LENGTH:
    case VALUE_SIZE: size_serialise(value->size, out); break;
    case VALUE_COLOR: color_serialise(value->color, out); break;
    case VALUE_FUNCTION:
        buffer_format(out, "%s(", value->text);
        serialise_items(value, out);
        buffer_text(out, ")");
        break;
    case VALUE_LIST: serialise_items(value, out); break;
    case VALUE_COMMA: buffer_text(out, ","); break;
    case VALUE_SLASH: buffer_text(out, "/"); break;
    default: buffer_format(out, "%d", value->number);
    }
}
