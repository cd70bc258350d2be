/* V properties of generated content and pages: css-content-3, css-lists-3, css-gcpm-3, css-page-3. */
#include "css/values.h"

/* ---- content items ---- */
static const Value *take_counter_style(Reader *reader, TokenRange *in)
{
    const Value *value = take_string(reader, in);
    if (value)
        return value;
    const Token *t = range_peek(in);
    if (t && t->kind == TOKEN_FUNCTION) {
        TokenRange one = {in->at, token_after(in->at, in->end)};
        in->at = one.end;
        return token_is(t, "symbols") ? property_parse(reader, PROPERTY_LIST_STYLE_TYPE, one) : NULL;
    }
    return take_custom_ident(reader, in);
}

/* attr(name type?, fallback?): FUNCTION attr (IDENT name, IDENT type | KEYWORD none, fallback ...) */
static const Value *take_attr(Reader *reader, TokenRange in)
{
    ValueList list = {0};
    const Value *name = take_custom_ident(reader, &in);
    if (name && take_delim(&in, '|')) /* a namespace prefix */
        name = take_custom_ident(reader, &in);
    if (!name)
        return NULL;
    VEC_PUSH(reader->arena, list, name);
    const Value *type = take_custom_ident(reader, &in);
    if (!type && take_delim(&in, '%'))
        type = value_new(reader, (Value){.kind = VALUE_IDENT, .text = name_of(reader->names, "%")});
    VEC_PUSH(reader->arena, list, type ? type : value_keyword(reader, KW_NONE));
    if (take_delim(&in, ',')) {
        const Value *fallback = take_string(reader, &in);
        if (!fallback)
            fallback = take_url(reader, &in);
        if (!fallback && range_empty(&in))
            fallback = value_new(reader, (Value){.kind = VALUE_STRING, .text = name_of(reader->names, "")});
        if (!fallback)
            return NULL;
        VEC_PUSH(reader->arena, list, fallback);
    }
    return range_empty(&in) ? value_function(reader, "attr", &list) : NULL;
}

static const Value *take_counter(Reader *reader, TokenRange in, const char *name, bool separator)
{
    ValueList list = {0};
    const Value *value = take_custom_ident(reader, &in);
    if (!value || value->keyword == KW_NONE)
        return NULL;
    VEC_PUSH(reader->arena, list, value);
    if (separator) {
        if (!take_delim(&in, ',') || (value = take_string(reader, &in)) == NULL)
            return NULL;
        VEC_PUSH(reader->arena, list, value);
    }
    if (take_delim(&in, ',')) {
        if ((value = take_counter_style(reader, &in)) == NULL)
            return NULL;
        VEC_PUSH(reader->arena, list, value);
    }
    return range_empty(&in) ? value_function(reader, name, &list) : NULL;
}

/* name(ident, keyword?) */
static const Value *take_named(Reader *reader, TokenRange in, const char *name, const char *words)
{
    ValueList list = {0};
    const Value *value = take_custom_ident(reader, &in);
    if (!value)
        return NULL;
    VEC_PUSH(reader->arena, list, value);
    if (take_delim(&in, ',')) {
        if ((value = take_keyword_of(reader, &in, words)) == NULL)
            return NULL;
        VEC_PUSH(reader->arena, list, value);
    }
    return range_empty(&in) ? value_function(reader, name, &list) : NULL;
}

static const Value *take_leader(Reader *reader, TokenRange in)
{
    static const char *const kinds[][2] = {{"dotted", ". "}, {"solid", "_"}, {"space", " "}};
    ValueList list = {0};
    const Value *text = take_string(reader, &in);
    for (int i = 0; i < 3 && !text; i++)
        if (take_word(&in, kinds[i][0]))
            text = value_new(reader, (Value){.kind = VALUE_STRING, .text = name_of(reader->names, kinds[i][1])});
    if (!text || !range_empty(&in))
        return NULL;
    VEC_PUSH(reader->arena, list, text);
    return value_function(reader, "leader", &list);
}

static const Value *take_target(Reader *reader, TokenRange in, const char *name, bool counter, bool separator)
{
    ValueList list = {0};
    TokenRange arguments;
    const Value *value = take_url(reader, &in);
    if (!value)
        value = take_string(reader, &in);
    if (!value && take_function(&in, "attr", &arguments))
        value = take_attr(reader, arguments);
    if (!value)
        return NULL;
    VEC_PUSH(reader->arena, list, value);
    if (counter) {
        if (!take_delim(&in, ',') || (value = take_custom_ident(reader, &in)) == NULL)
            return NULL;
        VEC_PUSH(reader->arena, list, value);
        if (separator) {
            if (!take_delim(&in, ',') || (value = take_string(reader, &in)) == NULL)
                return NULL;
            VEC_PUSH(reader->arena, list, value);
        }
    }
    if (take_delim(&in, ',')) {
        value = counter ? take_counter_style(reader, &in)
                        : take_keyword_of(reader, &in, "content before after first-letter");
        if (!value)
            return NULL;
        VEC_PUSH(reader->arena, list, value);
    }
    return range_empty(&in) ? value_function(reader, name, &list) : NULL;
}

static const Value *take_content_part(Reader *reader, TokenRange in)
{
    ValueList list = {0};
    const Value *what = range_empty(&in) ? value_keyword(reader, KW_TEXT)
                                         : take_keyword_of(reader, &in, "text before after first-letter marker");
    if (!what || !range_empty(&in))
        return NULL;
    VEC_PUSH(reader->arena, list, what);
    return value_function(reader, "content", &list);
}

static const Value *take_content_function(Reader *reader, TokenRange *in)
{
    TokenRange a;
    if (take_function(in, "counter", &a))
        return take_counter(reader, a, "counter", false);
    if (take_function(in, "counters", &a))
        return take_counter(reader, a, "counters", true);
    if (take_function(in, "attr", &a))
        return take_attr(reader, a);
    if (take_function(in, "string", &a))
        return take_named(reader, a, "string", "first start last first-except");
    if (take_function(in, "element", &a))
        return take_named(reader, a, "element", "first start last first-except");
    if (take_function(in, "content", &a))
        return take_content_part(reader, a);
    if (take_function(in, "leader", &a))
        return take_leader(reader, a);
    if (take_function(in, "target-counter", &a))
        return take_target(reader, a, "target-counter", true, false);
    if (take_function(in, "target-counters", &a))
        return take_target(reader, a, "target-counters", true, true);
    if (take_function(in, "target-text", &a))
        return take_target(reader, a, "target-text", false, false);
    return take_image(reader, in);
}

static const Value *take_content_item(Reader *reader, TokenRange *in)
{
    const Token *t = range_peek(in);
    if (!t)
        return NULL;
    if (t->kind == TOKEN_FUNCTION) {
        TokenRange saved = *in;
        const Value *function = take_content_function(reader, in);
        if (!function)
            *in = saved;
        return function;
    }
    const Value *value = take_string(reader, in);
    if (!value)
        value = take_keyword_of(reader, in, "open-quote close-quote no-open-quote no-close-quote");
    if (!value && take_word(in, "contents")) {
        TokenRange none = {in->at, in->at};
        value = take_content_part(reader, none);
    }
    return value ? value : take_url(reader, in);
}

/* LIST */
static const Value *parse_content_items(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    const Value *item;
    while ((item = take_content_item(reader, in)) != NULL)
        VEC_PUSH(reader->arena, list, item);
    return list.count ? value_list(reader, &list) : NULL;
}

static const Value *parse_content(Reader *reader, TokenRange *in)
{
    const Value *plain = take_keyword_of(reader, in, "normal none");
    if (plain)
        return plain;
    const Value *items = parse_content_items(reader, in);
    if (items && take_delim(in, '/') && !parse_content_items(reader, in)) /* alternative text */
        return NULL;
    return items;
}

/* ---- counters, named strings ---- */
static const Value *take_counter_change(Reader *reader, TokenRange *in, int standard, bool may_reverse)
{
    TokenRange arguments;
    ValueList list = {0};
    bool reversed = may_reverse && take_function(in, "reversed", &arguments);
    const Value *name = take_custom_ident(reader, reversed ? &arguments : in);
    if (!name || name->keyword == KW_NONE || (reversed && !range_empty(&arguments)))
        return NULL;
    const Value *number = take_integer(reader, in, -INT_MAX);
    VEC_PUSH(reader->arena, list, name);
    VEC_PUSH(reader->arena, list,
             number ? number
                    : value_new(reader, (Value){.kind = VALUE_INTEGER, .number = reversed ? INT32_MIN : standard}));
    if (reversed)
        VEC_PUSH(reader->arena, list, value_keyword(reader, KW_REVERSE));
    return value_list(reader, &list);
}

static const Value *parse_counter_changes(Reader *reader, TokenRange *in, int standard, bool may_reverse)
{
    ValueList list = {0};
    const Value *none = take_keyword_of(reader, in, "none");
    if (none)
        return none;
    while (!range_empty(in)) {
        const Value *change = take_counter_change(reader, in, standard, may_reverse);
        if (!change)
            return NULL;
        VEC_PUSH(reader->arena, list, change);
    }
    return value_list(reader, &list);
}

static const Value *parse_string_set(Reader *reader, TokenRange *in)
{
    ValueList list = {0};
    const Value *none = take_keyword_of(reader, in, "none");
    if (none)
        return none;
    do {
        ValueList one = {0};
        const Value *name = take_custom_ident(reader, in), *items = name ? parse_content_items(reader, in) : NULL;
        if (!items)
            return NULL;
        VEC_PUSH(reader->arena, one, name);
        for (int i = 0; i < items->count; i++)
            VEC_PUSH(reader->arena, one, &items->items[i]);
        VEC_PUSH(reader->arena, list, value_list(reader, &one));
    } while (take_delim(in, ','));
    return value_list(reader, &list);
}

/* ---- pages: css-page-3 8.1 ---- */
static const struct {
    const char *name;
    int width, height; /* 1/100 mm, inches as 2540 */
} papers[] = {
    {"a0", 84100, 118900},       {"a1", 59400, 84100},       {"a2", 42000, 59400},         {"a3", 29700, 42000},
    {"a4", 21000, 29700},        {"a5", 14800, 21000},       {"a6", 10500, 14800},         {"a7", 7400, 10500},
    {"a8", 5200, 7400},          {"b3", 35300, 50000},       {"b4", 25000, 35300},         {"b5", 17600, 25000},
    {"b6", 12500, 17600},        {"jis-b3", 36400, 51500},   {"jis-b4", 25700, 36400},     {"jis-b5", 18200, 25700},
    {"letter", 21590, 27940},    {"legal", 21590, 35560},    {"ledger", 27940, 43180},     {"tabloid", 27940, 43180},
    {"executive", 18415, 26670}, {"berliner", 31500, 47000}, {"broadsheet", 37465, 57785},
};

static Len paper_len(int hundredths)
{
    return (Len)(((int64_t)hundredths * 73728 + 1270) / 2540);
}

static const Value *sizes(Reader *reader, Len width, Len height)
{
    Value x = value_of_len(width), y = value_of_len(height);
    return value_pair(reader, &x, &y);
}

static const Value *parse_page_size(Reader *reader, TokenRange *in)
{
    const Value *automatic = take_keyword_of(reader, in, "auto"), *width, *height;
    if (automatic)
        return automatic;
    if ((width = take_size(reader, in, 0)) != NULL) {
        height = take_size(reader, in, 0);
        return value_pair(reader, width, height ? height : width);
    }
    const Value *turn = take_keyword_of(reader, in, "portrait landscape");
    int paper = -1;
    for (int i = 0; i < (int)(sizeof papers / sizeof *papers) && paper < 0; i++)
        if (take_word(in, papers[i].name))
            paper = i;
    if (!turn)
        turn = take_keyword_of(reader, in, "portrait landscape");
    if (paper < 0)
        return turn;
    Len w = paper_len(papers[paper].width), h = paper_len(papers[paper].height);
    return turn && turn->keyword == KW_LANDSCAPE ? sizes(reader, h, w) : sizes(reader, w, h);
}

static const Value *parse_target(Reader *reader, TokenRange *in)
{
    TokenRange arguments;
    if (take_function(in, "attr", &arguments))
        return take_attr(reader, arguments);
    const Value *value = take_url(reader, in);
    return value ? value : take_string(reader, in);
}

const Value *parse_content_value(Reader *reader, int property, TokenRange *in)
{
    ValueList list = {0};
    switch (property) {
    case PROPERTY_PAGE: {
        const Value *automatic = take_keyword_of(reader, in, "auto");
        return automatic ? automatic : take_custom_ident(reader, in);
    }
    case PROPERTY_CONTENT: return parse_content(reader, in);
    case PROPERTY_COUNTER_RESET: return parse_counter_changes(reader, in, 0, true);
    case PROPERTY_COUNTER_SET: return parse_counter_changes(reader, in, 0, false);
    case PROPERTY_COUNTER_INCREMENT: return parse_counter_changes(reader, in, 1, false);
    case PROPERTY_STRING_SET: return parse_string_set(reader, in);
    case PROPERTY_BOOKMARK_LABEL: {
        const Value *none = take_keyword_of(reader, in, "none");
        return none ? none : parse_content_items(reader, in);
    }
    case PROPERTY_PAGE_SIZE: return parse_page_size(reader, in);
    case PROPERTY_MARKS: {
        const Value *none = take_keyword_of(reader, in, "none");
        if (none)
            return none;
        return take_repeated(reader, in, "crop cross", &list) ? value_list(reader, &list) : NULL;
    }
    case PROPERTY_LINK:
    case PROPERTY_ANCHOR: {
        const Value *none = take_keyword_of(reader, in, "none");
        return none ? none : parse_target(reader, in);
    }
    default: return NULL;
    }
}
