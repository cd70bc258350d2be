/* The CSS Syntax and colour parsing cases in tests/css/parsing: what we parse, printed as their JSON, must be theirs. */
#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "css/color.h"
#include "css/rules.h"

static const char folder[] = "tests/css/parsing/";
static Memory memory;
static Arena *arena;

/* Where we follow newer text than the cases, or keep less than they ask for. */
static const struct {
    const char *file, *input, *reason;
} known[] = {
    {"", "", ""},
    {"color3.json", "cmyk(0, 0, 0, 0)", "cmyk() is what Prince's and Antenna House's sheets write for device-cmyk()"},
};

static const char *known_reason(const char *file, const char *input)
{
    for (size_t i = 1; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].file, file) == 0 && strcmp(known[i].input, input) == 0)
            return known[i].reason;
    return NULL;
}

/* ---- tokens as JSON ---- */
static json_t *text_json(const char *text, size_t size)
{
    return json_stringn_nocheck(text, size);
}

static json_t *pair(const char *kind, json_t *value)
{
    return json_pack("[so]", kind, value);
}

static json_t *number_value(const Token *t)
{
    return t->integer && fabs(t->number) < 1e15 ? json_integer((json_int_t)t->number) : json_real(t->number);
}

/* The shortest digits that read back as the number, as the cases write them: 0.67, 1200.0, 1.23e31. */
static void representation(const Token *t, char *out, size_t room)
{
    char text[40];
    double value = fabs(t->number);
    int precision = 0;
    do
        snprintf(text, sizeof text, "%.*e", precision, value);
    while (strtod(text, NULL) != value && precision++ < 17);
    int exponent = atoi(strchr(text, 'e') + 1);
    const char *sign = t->number < 0 || (t->sign && t->raw[0] == '-') ? "-" : t->sign ? "+" : "";
    if (t->integer)
        snprintf(out, room, "%s%.0f", sign, value);
    else if (exponent >= -4 && exponent < 16)
        snprintf(out, room, "%s%.*f", sign, precision - exponent > 1 ? precision - exponent : 1, value);
    else
        snprintf(out, room, "%s%.*fe%d", sign, precision, strtod(text, NULL) / pow(10, exponent), exponent);
}

static json_t *number_json(const char *kind, const Token *t)
{
    char text[400];
    representation(t, text, sizeof text);
    json_t *list = pair(kind, json_string(text));
    json_array_append_new(list, number_value(t));
    json_array_append_new(list, json_string(t->integer ? "integer" : "number"));
    if (t->kind == TOKEN_DIMENSION)
        json_array_append_new(list, text_json(t->text, t->size));
    return list;
}

static void append_values(json_t *list, TokenRange range);

static json_t *block_json(const char *kind, const Token *open, const Token *end)
{
    json_t *list = json_array();
    json_array_append_new(list, json_string(kind));
    if (open->kind == TOKEN_FUNCTION)
        json_array_append_new(list, text_json(open->text, open->size));
    append_values(list, token_inside(open, end));
    return list;
}

static json_t *error_json(const char *what)
{
    return json_pack("[ss]", "error", what);
}

static json_t *value_json(const Token *t, const Token *end)
{
    switch (t->kind) {
    case TOKEN_SPACE: return json_string(" ");
    case TOKEN_IDENT: return pair("ident", text_json(t->text, t->size));
    case TOKEN_FUNCTION: return block_json("function", t, end);
    case TOKEN_AT: return pair("at-keyword", text_json(t->text, t->size));
    case TOKEN_HASH: return json_pack("[sos]", "hash", text_json(t->text, t->size), t->integer ? "id" : "unrestricted");
    case TOKEN_STRING: return pair("string", text_json(t->text, t->size));
    case TOKEN_BAD_STRING: return error_json("bad-string");
    case TOKEN_URL: return pair("url", text_json(t->text, t->size));
    case TOKEN_BAD_URL: return error_json("bad-url");
    case TOKEN_NUMBER: return number_json("number", t);
    case TOKEN_PERCENTAGE: return number_json("percentage", t);
    case TOKEN_DIMENSION: return number_json("dimension", t);
    case TOKEN_CDO: return json_string("<!--");
    case TOKEN_CDC: return json_string("-->");
    case TOKEN_OPEN_SQUARE: return block_json("[]", t, end);
    case TOKEN_OPEN_ROUND: return block_json("()", t, end);
    case TOKEN_OPEN_CURLY: return block_json("{}", t, end);
    case TOKEN_CLOSE_SQUARE: return error_json("]");
    case TOKEN_CLOSE_ROUND: return error_json(")");
    case TOKEN_CLOSE_CURLY: return error_json("}");
    default: return text_json(t->raw, t->raw_size);
    }
}

/* The cases know ~= |= ^= $= *= as one token: pairs of delimiters that touch. */
static json_t *match_operator(const Token *t, const Token *end)
{
    if (t + 1 >= end || t->kind != TOKEN_DELIM || t[1].kind != TOKEN_DELIM || t[1].raw != t->raw + 1)
        return NULL;
    return t[1].delim == '=' && t->delim < 128 && strchr("~|^$*", (char)t->delim) ? text_json(t->raw, 2) : NULL;
}

static void append_values(json_t *list, TokenRange range)
{
    for (const Token *t = range.at; t < range.end;) {
        json_t *operator= match_operator(t, range.end);
        json_array_append_new(list, operator? operator: value_json(t, range.end));
        t = operator? t + 2 : token_after(t, range.end);
    }
}

static json_t *values_json(TokenRange range)
{
    json_t *list = json_array();
    append_values(list, range);
    return list;
}

/* "@charset" is a mark for the decoder, not an at-rule. */
static bool is_charset(const SyntaxItem *item)
{
    return item->kind == SYNTAX_AT_RULE && token_is(item->first, "charset");
}

static json_t *item_json(const SyntaxItem *item)
{
    switch (item->kind) {
    case SYNTAX_AT_RULE:
        if (is_charset(item))
            return error_json("invalid");
        return json_pack("[soo?o?]", "at-rule", text_json(item->first->text, item->first->size),
                         values_json(item->prelude), item->has_block ? values_json(item->block) : json_null());
    case SYNTAX_QUALIFIED:
        return json_pack("[soo]", "qualified rule", values_json(item->prelude), values_json(item->block));
    case SYNTAX_DECLARATION:
        return json_pack("[soob]", "declaration", text_json(item->first->text, item->first->size),
                         values_json(item->prelude), item->important);
    default: return error_json("invalid");
    }
}

/* ---- one function for each file ---- */
static TokenRange tokens_of(const char *text, size_t size)
{
    TokenList list = {0};
    Tokenizer tokenizer = tokenizer_start(arena, css_preprocess(arena, text, size), 1, 1);
    tokens_read(&tokenizer, &list);
    return (TokenRange){list.at, list.at + list.count};
}

static TokenRange input_tokens(const json_t *input)
{
    return tokens_of(json_string_value(input), json_string_length(input));
}

static json_t *component_values(const json_t *input)
{
    return values_json(input_tokens(input));
}

static json_t *one_component_value(const json_t *input)
{
    TokenRange in = range_trim(input_tokens(input));
    if (in.at >= in.end)
        return error_json("empty");
    return token_after(in.at, in.end) == in.end ? value_json(in.at, in.end) : error_json("extra-input");
}

static json_t *declaration_list(const json_t *input)
{
    TokenRange in = input_tokens(input);
    json_t *list = json_array();
    SyntaxItem item;
    while (syntax_next_in_block(&in, &item))
        json_array_append_new(list, item_json(&item));
    return list;
}

static json_t *one_declaration(const json_t *input)
{
    TokenRange in = input_tokens(input);
    SyntaxItem item;
    if (range_empty(&in))
        return error_json("empty");
    return syntax_declaration(in, &item) ? item_json(&item) : error_json("invalid");
}

static json_t *one_rule(const json_t *input)
{
    TokenRange in = input_tokens(input);
    SyntaxItem item, more;
    if (!syntax_next_rule(&in, false, &item))
        return error_json("empty");
    json_t *rule = item_json(&item);
    if (!syntax_next_rule(&in, false, &more))
        return rule;
    json_decref(rule);
    return error_json("extra-input");
}

static json_t *rules(const json_t *input, bool top_level)
{
    TokenRange in = input_tokens(input);
    json_t *list = json_array();
    SyntaxItem item;
    for (bool first = true; syntax_next_rule(&in, top_level, &item); first = false)
        if (!(first && top_level && is_charset(&item)))
            json_array_append_new(list, item_json(&item));
    return list;
}

static json_t *rule_list(const json_t *input)
{
    return rules(input, false);
}

static json_t *style_sheet(const json_t *input)
{
    return rules(input, true);
}

static json_t *an_plus_b(const json_t *input)
{
    TokenRange in = input_tokens(input);
    int a, b;
    if (!syntax_an_plus_b(&in, &a, &b) || !range_empty(&in))
        return json_null();
    return json_pack("[ii]", a, b);
}

static json_t *uranges(const json_t *input)
{
    TokenRange in = input_tokens(input);
    json_t *list = json_array();
    while (in.at < in.end) {
        uint32_t first, last;
        bool good = syntax_urange(take_until_comma(&in), &first, &last);
        json_array_append_new(list, good ? json_pack("[ii]", first, last) : json_null());
    }
    return list;
}

static Reader *reader_new(void)
{
    Reader *reader = NEW(arena, Reader);
    reader_start(reader, arena, names_new(arena), NULL, NULL, ORIGIN_AUTHOR, NULL, NULL);
    return reader;
}

static bool parse_color(const char *text, size_t size, Color *color)
{
    TokenRange in = tokens_of(text, size);
    return color_parse(reader_new(), &in, color) && range_empty(&in);
}

static json_t *color_json(const json_t *input)
{
    Color color;
    char text[100];
    if (!parse_color(json_string_value(input), json_string_length(input), &color))
        return json_null();
    if (color.space == COLOR_CURRENT)
        return json_string("currentcolor");
    int c[3];
    for (int i = 0; i < 3; i++)
        c[i] = (int)lround(color.c[i] / 257.0);
    if (color.alpha == 65535)
        snprintf(text, sizeof text, "rgb(%d, %d, %d)", c[0], c[1], c[2]);
    else
        snprintf(text, sizeof text, "rgba(%d, %d, %d, %g)", c[0], c[1], c[2], round(color.alpha / 65.535) / 1000);
    return json_string(text);
}

/* ---- running a file ---- */
static json_t *load(const char *file)
{
    json_error_t error;
    char path[200];
    snprintf(path, sizeof path, "%s%s", folder, file);
    json_t *cases = json_load_file(path, JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
    if (!cases)
        fail_msg("%s: line %d: %s", path, error.line, error.text);
    return cases;
}

static bool same(const json_t *a, const json_t *b)
{
    if (json_is_number(a) && json_is_number(b)) {
        double x = json_number_value(a), y = json_number_value(b);
        return fabs(x - y) <= 1e-9 * fmax(fabs(x), 1);
    }
    if (!json_is_array(a) || !json_is_array(b))
        return json_equal(a, b);
    if (json_array_size(a) != json_array_size(b))
        return false;
    for (size_t i = 0; i < json_array_size(a); i++)
        if (!same(json_array_get(a, i), json_array_get(b, i)))
            return false;
    return true;
}

/* Alternating inputs and results. */
static void run(const char *file, json_t *(*function)(const json_t *))
{
    json_t *cases = load(file);
    int failed = 0;
    for (size_t i = 0; i + 1 < json_array_size(cases); i += 2) {
        const json_t *input = json_array_get(cases, i), *wanted = json_array_get(cases, i + 1);
        json_t *got = function(input);
        bool equal = same(got, wanted);
        if (!equal && !known_reason(file, json_string_value(input))) {
            char *g = json_dumps(got, JSON_ENCODE_ANY | JSON_COMPACT),
                 *w = json_dumps(wanted, JSON_ENCODE_ANY | JSON_COMPACT);
            print_error("%s: %s\n  got    %s\n  wanted %s\n", file, json_string_value(input), g, w);
            free(g);
            free(w);
            failed++;
        }
        if (equal && known_reason(file, json_string_value(input))) {
            print_error("%s: %s is listed as different but isn't\n", file, json_string_value(input));
            failed++;
        }
        json_decref(got);
    }
    assert_true(json_array_size(cases) > 2);
    json_decref(cases);
    assert_int_equal(failed, 0);
}

/* Colours that we turn into sRGB: the case's input and its result must be the same colour. */
static void run_equal_colors(const char *file)
{
    json_t *cases = load(file);
    int failed = 0;
    for (size_t i = 0; i + 1 < json_array_size(cases); i += 2) {
        const json_t *input = json_array_get(cases, i), *wanted = json_array_get(cases, i + 1);
        Color got, want;
        bool valid = parse_color(json_string_value(input), json_string_length(input), &got);
        bool good = json_is_null(wanted)
                        ? !valid
                        : valid && parse_color(json_string_value(wanted), json_string_length(wanted), &want) &&
                              memcmp(got.c, want.c, sizeof got.c) == 0 && got.alpha == want.alpha;
        if (good || known_reason(file, json_string_value(input)))
            continue;
        print_error("%s: %s is not %s\n", file, json_string_value(input),
                    json_is_null(wanted) ? "refused" : json_string_value(wanted));
        failed++;
    }
    assert_true(json_array_size(cases) > 2);
    json_decref(cases);
    assert_int_equal(failed, 0);
}

#define FILE_TEST(name, file, function) \
    static void name(void **state)      \
    {                                   \
        (void)state;                    \
        run(file, function);            \
    }
FILE_TEST(test_component_value_list, "component_value_list.json", component_values)
FILE_TEST(test_one_component_value, "one_component_value.json", one_component_value)
FILE_TEST(test_declaration_list, "declaration_list.json", declaration_list)
FILE_TEST(test_one_declaration, "one_declaration.json", one_declaration)
FILE_TEST(test_one_rule, "one_rule.json", one_rule)
FILE_TEST(test_rule_list, "rule_list.json", rule_list)
FILE_TEST(test_stylesheet, "stylesheet.json", style_sheet)
FILE_TEST(test_an_plus_b, "An+B.json", an_plus_b)
FILE_TEST(test_urange, "urange.json", uranges)
FILE_TEST(test_color3, "color3.json", color_json)
FILE_TEST(test_color3_hsl, "color3_hsl.json", color_json)
FILE_TEST(test_color3_keywords, "color3_keywords.json", color_json)
FILE_TEST(test_color4_hwb, "color4_hwb.json", color_json)

static void test_color4_lab(void **state)
{
    (void)state;
    run_equal_colors("color4_lab_lch_oklab_oklch.json");
}

static void test_color4_function(void **state)
{
    (void)state;
    run_equal_colors("color4_color_function.json");
}

static int setup(void **state)
{
    (void)state;
    arena = arena_new(&memory);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    memory_free_all(&memory);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_component_value_list),
        cmocka_unit_test(test_one_component_value),
        cmocka_unit_test(test_declaration_list),
        cmocka_unit_test(test_one_declaration),
        cmocka_unit_test(test_one_rule),
        cmocka_unit_test(test_rule_list),
        cmocka_unit_test(test_stylesheet),
        cmocka_unit_test(test_an_plus_b),
        cmocka_unit_test(test_urange),
        cmocka_unit_test(test_color3),
        cmocka_unit_test(test_color3_hsl),
        cmocka_unit_test(test_color3_keywords),
        cmocka_unit_test(test_color4_hwb),
        cmocka_unit_test(test_color4_lab),
        cmocka_unit_test(test_color4_function),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
