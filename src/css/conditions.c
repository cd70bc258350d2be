/* Media queries (mediaqueries-4) and @supports conditions (css-conditional-3, -4), decided when read. */
#include "css/rules.h"

typedef enum { FALSE, TRUE, UNKNOWN } Truth;

static Truth negate(Truth t)
{
    return t == UNKNOWN ? UNKNOWN : t == TRUE ? FALSE : TRUE;
}

static Truth conjoin(Truth a, Truth b)
{
    return a == FALSE || b == FALSE ? FALSE : a == UNKNOWN || b == UNKNOWN ? UNKNOWN : TRUE;
}

static Truth disjoin(Truth a, Truth b)
{
    return negate(conjoin(negate(a), negate(b)));
}

/* ---- features ---- */
static const CssContext standard = {.media = "print", .page_width = 609562, .page_height = 862095}; /* A4 */

static const CssContext *context_of(const Reader *reader)
{
    const CssContext *given = reader->context;
    return given && given->page_width > 0 && given->page_height > 0 ? given : &standard;
}

static const char *media_of(const Reader *reader)
{
    return reader->context && reader->context->media ? reader->context->media : "print";
}

/* The feature's value on this paper; kinds: l length, n number, i integer, r ratio, d resolution. */
static bool range_feature(const CssContext *context, const char *name, size_t size, char *kind, double *value)
{
    static const struct {
        const char *name;
        char kind;
        double value;
    } features[] = {{"width", 'l', 0},
                    {"height", 'l', 0},
                    {"device-width", 'l', 0},
                    {"device-height", 'l', 0},
                    {"aspect-ratio", 'r', 0},
                    {"device-aspect-ratio", 'r', 0},
                    {"resolution", 'd', 300},
                    {"color", 'i', 8},
                    {"color-index", 'i', 0},
                    {"monochrome", 'i', 0},
                    {"horizontal-viewport-segments", 'i', 1},
                    {"vertical-viewport-segments", 'i', 1}};
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        if (!word_in_list(features[i].name, name, size))
            continue;
        *kind = features[i].kind;
        *value = i == 0 || i == 2   ? context->page_width
                 : i == 1 || i == 3 ? context->page_height
                 : *kind == 'r'     ? (double)context->page_width / context->page_height
                                    : features[i].value;
        return true;
    }
    return false;
}

/* What a feature of named values is on paper; known: all its values. */
static bool discrete_feature(const CssContext *context, const Token *name, const char **value, const char **known)
{
    static const char *const features[][3] = {
        {"scan", "", "interlace progressive"},
        {"grid", "0", ""},
        {"update", "none", "none slow fast"},
        {"overflow-block", "paged", "none scroll optional-paged paged"},
        {"overflow-inline", "none", "none scroll"},
        {"hover", "none", "none hover"},
        {"any-hover", "none", "none hover"},
        {"pointer", "none", "none coarse fine"},
        {"any-pointer", "none", "none coarse fine"},
        {"color-gamut", "srgb", "srgb p3 rec2020"},
        {"video-color-gamut", "srgb", "srgb p3 rec2020"},
        {"dynamic-range", "standard", "standard high"},
        {"video-dynamic-range", "standard", "standard high"},
        {"inverted-colors", "none", "none inverted"},
        {"scripting", "none", "none initial-only enabled"},
        {"display-mode", "browser", "fullscreen standalone minimal-ui browser picture-in-picture"},
        {"prefers-color-scheme", "light", "light dark"},
        {"prefers-reduced-motion", "reduce", "no-preference reduce"},
        {"prefers-reduced-transparency", "no-preference", "no-preference reduce"},
        {"prefers-reduced-data", "no-preference", "no-preference reduce"},
        {"prefers-contrast", "no-preference", "no-preference less more custom"},
        {"forced-colors", "none", "none active"},
        {"nav-controls", "none", "none back"},
        {"environment-blending", "opaque", "opaque additive subtractive"},
    };
    if (token_is(name, "orientation")) {
        *value = context->page_height >= context->page_width ? "portrait" : "landscape";
        *known = "portrait landscape";
        return true;
    }
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (token_is(name, features[i][0])) {
            *value = features[i][1];
            *known = features[i][2];
            return true;
        }
    return false;
}

static bool take_feature_value(Reader *reader, TokenRange *in, char kind, double *value)
{
    static const Units units = {.em = 16 * LEN_PX,
                                .rem = 16 * LEN_PX,
                                .ex = 8 * LEN_PX,
                                .ch = 8 * LEN_PX,
                                .cap = 11 * LEN_PX,
                                .ic = 16 * LEN_PX,
                                .lh = 19 * LEN_PX,
                                .rlh = 19 * LEN_PX};
    if (kind == 'l') {
        const Value *size = take_size(reader, in, ALLOW_NEGATIVE);
        if (size)
            *value = size_compute(reader->arena, size, &units).len;
        return size != NULL;
    }
    if (kind == 'd') {
        const Token *t = range_peek(in);
        Unit unit;
        double factor;
        if (!t || t->kind != TOKEN_DIMENSION || !unit_find(t, &unit, &factor) || unit != UNIT_DPI)
            return false;
        *value = t->number * factor;
        in->at++;
        return true;
    }
    const Value *number = kind == 'i' ? take_integer(reader, in, -INT_MAX) : take_number(reader, in, -1e9);
    if (!number)
        return false;
    *value = kind == 'i' ? number->number : number->number / (double)RATIO_ONE;
    if (kind == 'r' && take_delim(in, '/')) {
        const Value *below = take_number(reader, in, 0);
        if (!below)
            return false;
        *value = below->number ? number->number / (double)below->number : 1e9;
    }
    return true;
}

typedef enum {
    COMPARE_NONE,
    COMPARE_EQUAL,
    COMPARE_LESS,
    COMPARE_LESS_EQUAL,
    COMPARE_GREATER,
    COMPARE_GREATER_EQUAL
} Comparison;

static Comparison take_comparison(TokenRange *in)
{
    const Token *t = range_peek(in);
    if (!t)
        return COMPARE_NONE;
    if (take_delim(in, '='))
        return COMPARE_EQUAL;
    bool less = token_is_delim(t, '<'), greater = token_is_delim(t, '>');
    if (!less && !greater)
        return COMPARE_NONE;
    in->at++;
    bool equal = in->at < in->end && token_is_delim(in->at, '=');
    in->at += equal;
    return less ? (equal ? COMPARE_LESS_EQUAL : COMPARE_LESS) : equal ? COMPARE_GREATER_EQUAL : COMPARE_GREATER;
}

static bool compare(double a, Comparison how, double b)
{
    switch (how) {
    case COMPARE_EQUAL: return a == b;
    case COMPARE_LESS: return a < b;
    case COMPARE_LESS_EQUAL: return a <= b;
    case COMPARE_GREATER: return a > b;
    case COMPARE_GREATER_EQUAL: return a >= b;
    default: return false;
    }
}

/* name, name: value, min-name: value */
static Truth plain_feature(Reader *reader, TokenRange in)
{
    const CssContext *context = context_of(reader);
    const Token *name = range_peek(&in);
    const char *text = name->text, *value, *known;
    size_t size = name->size;
    char kind;
    double have, want;
    in.at++;
    if (range_empty(&in)) {
        if (range_feature(context, text, size, &kind, &have))
            return have > 0;
        if (discrete_feature(context, name, &value, &known))
            return strcmp(value, "none") != 0 && strcmp(value, "0") != 0 && strcmp(value, "") != 0 &&
                   strcmp(value, "no-preference") != 0;
        return UNKNOWN;
    }
    if (!take_delim(&in, ':'))
        return UNKNOWN;
    Comparison how = COMPARE_EQUAL;
    if (size > 4 && (word_in_list("min-", text, 4) || word_in_list("max-", text, 4))) {
        how = text[1] == 'i' || text[1] == 'I' ? COMPARE_GREATER_EQUAL : COMPARE_LESS_EQUAL;
        text += 4;
        size -= 4;
    }
    if (range_feature(context, text, size, &kind, &have)) {
        if (!take_feature_value(reader, &in, kind, &want) || !range_empty(&in))
            return UNKNOWN;
        if (how != COMPARE_EQUAL && want < 0 && kind != 'l')
            return FALSE;
        return compare(have, how, want);
    }
    const Token *wanted = range_peek(&in);
    if (!discrete_feature(context, name, &value, &known) || !wanted || in.end - in.at != 1)
        return UNKNOWN;
    if (wanted->kind == TOKEN_NUMBER)
        return strcmp(value, "0") == 0 ? wanted->number == 0 : UNKNOWN;
    if (wanted->kind != TOKEN_IDENT || !word_in_list(known, wanted->text, wanted->size))
        return UNKNOWN;
    return token_is(wanted, value);
}

/* width >= 10cm, 10cm < width <= 20cm */
static Truth ranged_feature(Reader *reader, TokenRange in)
{
    const CssContext *context = context_of(reader);
    const Token *name = range_peek(&in);
    char kind;
    double have, want;
    Comparison how;
    if (name->kind == TOKEN_IDENT && range_feature(context, name->text, name->size, &kind, &have)) {
        in.at++;
        how = take_comparison(&in);
        if (!how || !take_feature_value(reader, &in, kind, &want) || !range_empty(&in))
            return UNKNOWN;
        return compare(have, how, want);
    }
    for (const Token *t = in.at; t < in.end; t = token_after(t, in.end)) { /* value first: find the feature */
        if (t->kind != TOKEN_IDENT || !range_feature(context, t->text, t->size, &kind, &have))
            continue;
        if (!take_feature_value(reader, &in, kind, &want) || !(how = take_comparison(&in)) || range_peek(&in) != t)
            return UNKNOWN;
        Truth first = compare(want, how, have);
        bool up = how == COMPARE_LESS || how == COMPARE_LESS_EQUAL;
        in.at = t + 1;
        if (range_empty(&in))
            return first;
        Comparison next = take_comparison(&in);
        bool next_up = next == COMPARE_LESS || next == COMPARE_LESS_EQUAL;
        if (how == COMPARE_EQUAL || !next || next == COMPARE_EQUAL || up != next_up ||
            !take_feature_value(reader, &in, kind, &want) || !range_empty(&in))
            return UNKNOWN;
        return conjoin(first, compare(have, next, want));
    }
    return UNKNOWN;
}

static bool has_comparison(TokenRange in)
{
    for (const Token *t = in.at; t < in.end; t = token_after(t, in.end))
        if (token_is_delim(t, '<') || token_is_delim(t, '>') || token_is_delim(t, '='))
            return true;
    return false;
}

/* ---- conditions, for both: not, and, or, parentheses ---- */
typedef Truth (*Leaf)(Reader *reader, TokenRange inside, const Token *function);

static Truth condition(Reader *reader, TokenRange *in, Leaf leaf, bool may_or, bool *valid);

static Truth condition_part(Reader *reader, TokenRange *in, Leaf leaf, bool *valid)
{
    const Token *t = range_peek(in);
    if (!t || (t->kind != TOKEN_OPEN_ROUND && t->kind != TOKEN_FUNCTION) || reader->depth > 32) {
        *valid = false;
        return UNKNOWN;
    }
    TokenRange inside = token_inside(t, in->end);
    in->at = token_after(t, in->end);
    if (t->kind == TOKEN_FUNCTION)
        return leaf(reader, inside, t);
    const Token *first = range_peek(&inside);
    bool nested = first && (first->kind == TOKEN_OPEN_ROUND || first->kind == TOKEN_FUNCTION || token_is(first, "not"));
    if (nested) {
        bool good = true;
        TokenRange copy = inside;
        reader->depth++;
        Truth truth = condition(reader, &copy, leaf, true, &good);
        reader->depth--;
        if (good && range_empty(&copy))
            return truth;
    }
    return leaf(reader, inside, NULL);
}

static Truth condition(Reader *reader, TokenRange *in, Leaf leaf, bool may_or, bool *valid)
{
    if (take_word(in, "not"))
        return negate(condition_part(reader, in, leaf, valid));
    Truth truth = condition_part(reader, in, leaf, valid);
    bool and = false, or = false;
    for (;;) {
        if (! or &&take_word(in, "and")) {
            and = true;
            truth = conjoin(truth, condition_part(reader, in, leaf, valid));
        } else if (may_or && !and&&take_word(in, "or")) {
            or = true;
            truth = disjoin(truth, condition_part(reader, in, leaf, valid));
        } else {
            return truth;
        }
    }
}

static Truth media_leaf(Reader *reader, TokenRange inside, const Token *function)
{
    const Token *first = range_peek(&inside);
    if (function || !first)
        return UNKNOWN;
    if (has_comparison(inside))
        return ranged_feature(reader, inside);
    return first->kind == TOKEN_IDENT ? plain_feature(reader, inside) : UNKNOWN;
}

static bool query_matches(Reader *reader, TokenRange in)
{
    bool valid = true;
    const Token *first = range_peek(&in);
    if (!first)
        return false;
    TokenRange saved = in;
    bool not = take_word(&in, "not");
    if (!not )
        take_word(&in, "only");
    const Token *type = range_peek(&in);
    if (type && type->kind == TOKEN_IDENT && !token_is(type, "not") && !token_is(type, "only") &&
        !token_is(type, "and") && !token_is(type, "or") && !token_is(type, "layer")) {
        in.at++;
        Truth truth = token_is(type, "all") || token_is(type, media_of(reader));
        if (take_word(&in, "and"))
            truth = conjoin(truth, condition(reader, &in, media_leaf, false, &valid));
        return valid && range_empty(&in) && (not ? negate(truth) : truth) == TRUE;
    }
    in = saved;
    Truth truth = condition(reader, &in, media_leaf, true, &valid);
    return valid && range_empty(&in) && truth == TRUE;
}

bool media_matches(Reader *reader, TokenRange query)
{
    query = range_trim(query);
    if (query.at >= query.end)
        return true;
    bool matches = false;
    while (query.at < query.end)
        matches = query_matches(reader, take_until_comma(&query)) || matches;
    return matches;
}

static bool query_in_arena(Arena *arena, const char *query, const CssContext *context)
{
    Reader *reader = NEW(arena, Reader);
    TokenList list = {0};
    reader_start(reader, arena, names_new(arena), NULL, NULL, ORIGIN_AUTHOR, context, NULL);
    Tokenizer tokenizer = tokenizer_start(arena, css_preprocess(arena, query, strlen(query)), 1, 1);
    tokens_read(&tokenizer, &list);
    return media_matches(reader, (TokenRange){list.at, list.at + list.count});
}

bool css_media_matches(const char *query, const CssContext *context)
{
    Memory memory = {.limit = 0};
    if (setjmp(memory.out)) {
        memory_free_all(&memory);
        return false;
    }
    bool matches = query_in_arena(arena_new(&memory), query, context);
    memory_free_all(&memory);
    return matches;
}

/* ---- @supports ---- */
static Truth declaration_supported(Reader *reader, TokenRange inside)
{
    SyntaxItem item;
    DeclarationList list = {0};
    if (!syntax_declaration(inside, &item))
        return FALSE;
    Diag *diag = reader->diag;
    reader->diag = NULL;
    bool good = declaration_add(reader, &list, &item);
    reader->diag = diag;
    return good;
}

static Truth supports_leaf(Reader *reader, TokenRange inside, const Token *function)
{
    if (!function)
        return declaration_supported(reader, inside);
    if (token_is(function, "selector")) {
        TokenRange in = range_trim(inside);
        for (const Token *t = in.at; t < in.end; t = token_after(t, in.end))
            if (t->kind == TOKEN_COMMA)
                return FALSE;
        return selectors_parse(reader, in, NULL) != NULL;
    }
    if (token_is(function, "font-format")) {
        const Token *t = range_peek(&inside);
        return t && (token_unit_compare(t, "opentype") == 0 || token_unit_compare(t, "truetype") == 0 ||
                     token_unit_compare(t, "woff") == 0 || token_unit_compare(t, "woff2") == 0);
    }
    return FALSE;
}

bool supports_matches(Reader *reader, TokenRange in)
{
    bool valid = true;
    Truth truth = condition(reader, &in, supports_leaf, true, &valid);
    return valid && range_empty(&in) && truth == TRUE;
}
