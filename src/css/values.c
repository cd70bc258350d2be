/* Cursors, basic types, and making values. See values.h. */
#include "css/values.h"

#include <math.h>

/* ---- moving ---- */
const Token *range_peek(TokenRange *in)
{
    while (in->at < in->end && in->at->kind == TOKEN_SPACE)
        in->at++;
    return in->at < in->end ? in->at : NULL;
}

bool range_empty(TokenRange *in)
{
    return range_peek(in) == NULL;
}

bool take_word(TokenRange *in, const char *word)
{
    const Token *t = range_peek(in);
    if (!t || t->kind != TOKEN_IDENT || !token_is(t, word))
        return false;
    in->at++;
    return true;
}

bool take_delim(TokenRange *in, char delim)
{
    const Token *t = range_peek(in);
    bool found = t && (delim == ','   ? t->kind == TOKEN_COMMA
                       : delim == ':' ? t->kind == TOKEN_COLON
                                      : token_is_delim(t, delim));
    in->at += found;
    return found;
}

uint16_t peek_keyword(TokenRange *in)
{
    const Token *t = range_peek(in);
    return t && t->kind == TOKEN_IDENT ? keyword_find(t->text, t->size) : 0;
}

bool take_function(TokenRange *in, const char *name, TokenRange *arguments)
{
    const Token *t = range_peek(in);
    if (!t || t->kind != TOKEN_FUNCTION || (name && !token_is(t, name)))
        return false;
    *arguments = token_inside(t, in->end);
    in->at = token_after(t, in->end);
    return true;
}

TokenRange take_until_comma(TokenRange *in)
{
    TokenRange part = {in->at, in->at};
    while (part.end < in->end && part.end->kind != TOKEN_COMMA)
        part.end = token_after(part.end, in->end);
    in->at = part.end < in->end ? part.end + 1 : part.end;
    return range_trim(part);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool word_in_list(const char *words, const char *text, size_t size)
{
    while (*words) {
        size_t i = 0;
        while (i < size && words[i] && words[i] != ' ' && words[i] == lower(text[i]))
            i++;
        if (i == size && (words[i] == ' ' || words[i] == 0))
            return size > 0;
        while (*words && *words != ' ')
            words++;
        words += *words == ' ';
    }
    return false;
}

/* ---- making ---- */
const Value *value_new(Reader *reader, Value value)
{
    return arena_copy(reader->arena, &value, sizeof value);
}

const Value *value_keyword(Reader *reader, uint16_t keyword)
{
    if (!reader->keywords[keyword]) {
        Value value = {.kind = VALUE_KEYWORD, .keyword = keyword};
        reader->keywords[keyword] = value_new(reader, value);
    }
    return reader->keywords[keyword];
}

const Value *value_list(Reader *reader, const ValueList *list)
{
    Value *items = NEW_ARRAY(reader->arena, Value, list->count);
    for (int i = 0; i < list->count; i++)
        items[i] = *list->at[i];
    return value_new(reader, (Value){.kind = VALUE_LIST, .count = list->count, .items = items});
}

const Value *value_pair(Reader *reader, const Value *one, const Value *two)
{
    Value *items = NEW_ARRAY(reader->arena, Value, 2);
    items[0] = *one;
    items[1] = *two;
    return value_new(reader, (Value){.kind = VALUE_LIST, .count = 2, .items = items});
}

const Value *value_function(Reader *reader, const char *name, const ValueList *list)
{
    Value *value = arena_copy(reader->arena, value_list(reader, list), sizeof(Value));
    value->kind = VALUE_FUNCTION;
    value->text = name_of(reader->names, name);
    return value;
}

Value value_of_len(Len len)
{
    return (Value){.kind = VALUE_SIZE, .size.len = len};
}

Value value_of_percent(int32_t ratio)
{
    return (Value){.kind = VALUE_SIZE, .size.percent = ratio, .size.has_percent = true};
}

Value value_of_size_keyword(uint16_t keyword)
{
    return (Value){.kind = VALUE_SIZE, .size.keyword = keyword};
}

Name intern_token(Reader *reader, const Token *token)
{
    return name_intern(reader->names, token->text, token->size);
}

Name intern_lower(Reader *reader, const Token *token)
{
    char small[64];
    char *text = token->size < sizeof small ? small : arena_alloc(reader->arena, token->size + 1);
    for (uint32_t i = 0; i < token->size; i++)
        text[i] = lower(token->text[i]);
    return name_intern(reader->names, text, token->size);
}

/* ---- identifiers, strings, urls ---- */
static const Value *ident_value(Reader *reader, const Token *t, bool lowered)
{
    Value value = {.kind = VALUE_IDENT, .keyword = keyword_find(t->text, t->size)};
    value.text = lowered ? intern_lower(reader, t) : intern_token(reader, t);
    return value_new(reader, value);
}

const Value *take_keyword_of(Reader *reader, TokenRange *in, const char *words)
{
    const Token *t = range_peek(in);
    if (!t || t->kind != TOKEN_IDENT || !word_in_list(words, t->text, t->size))
        return NULL;
    in->at++;
    uint16_t keyword = keyword_find(t->text, t->size);
    return keyword ? value_keyword(reader, keyword) : ident_value(reader, t, true);
}

const Value *take_custom_ident(Reader *reader, TokenRange *in)
{
    const Token *t = range_peek(in);
    if (!t || t->kind != TOKEN_IDENT || keyword_is_wide(keyword_find(t->text, t->size)) || token_is(t, "default"))
        return NULL;
    in->at++;
    return ident_value(reader, t, false);
}

const Value *take_string(Reader *reader, TokenRange *in)
{
    const Token *t = range_peek(in);
    if (!t || t->kind != TOKEN_STRING)
        return NULL;
    in->at++;
    return value_new(reader, (Value){.kind = VALUE_STRING, .text = intern_token(reader, t)});
}

static const Value *url_value(Reader *reader, const Token *t)
{
    bool local = t->size == 0 || t->text[0] == '#';
    return value_new(reader,
                     (Value){.kind = VALUE_URL, .text = intern_token(reader, t), .base = local ? NULL : reader->base});
}

const Value *take_url(Reader *reader, TokenRange *in)
{
    const Token *t = range_peek(in);
    TokenRange arguments;
    if (!t)
        return NULL;
    if (t->kind == TOKEN_URL) {
        in->at++;
        return url_value(reader, t);
    }
    TokenRange saved = *in;
    if (!take_function(in, "url", &arguments) && !take_function(in, "src", &arguments))
        return NULL;
    t = range_peek(&arguments);
    if (t && t->kind == TOKEN_STRING)
        return url_value(reader, t);
    *in = saved;
    return NULL;
}

/* ---- numbers ---- */
static int32_t to_int(double value)
{
    double rounded = floor(value + 0.5);
    return rounded >= 2147483647.0 ? INT32_MAX : rounded <= -2147483647.0 ? -INT32_MAX : (int32_t)rounded;
}

static int32_t to_ratio(double value)
{
    return to_int(value * RATIO_ONE);
}

/* A number from a token or a constant math function of one of two types. */
static bool take_plain(Reader *reader, TokenRange *in, MathType wanted, double *number, bool *integer,
                       const Calc **calc)
{
    const Token *t = range_peek(in);
    *calc = NULL;
    if (!t)
        return false;
    if ((t->kind == TOKEN_NUMBER && wanted == MATH_NUMBER) || (t->kind == TOKEN_PERCENTAGE && wanted == MATH_PERCENT)) {
        *number = t->number;
        *integer = t->integer;
        in->at++;
        return true;
    }
    if (t->kind != TOKEN_FUNCTION)
        return false;
    TokenRange saved = *in;
    MathType type;
    const Calc *tree = take_math(reader, in, false, &type);
    if (!tree || type != wanted) {
        *in = saved;
        return false;
    }
    if (!calc_constant(tree, number))
        *calc = tree;
    *integer = true; /* a math function is rounded where an integer is asked for */
    return true;
}

static const Value *number_value(Reader *reader, ValueKind kind, double scaled, const Calc *calc)
{
    return value_new(reader, (Value){.kind = (uint8_t)kind, .number = to_int(scaled), .size.calc = calc});
}

const Value *take_integer(Reader *reader, TokenRange *in, int least)
{
    TokenRange saved = *in;
    double number = 0;
    bool integer, math = range_peek(in) && in->at->kind == TOKEN_FUNCTION;
    const Calc *calc;
    if (take_plain(reader, in, MATH_NUMBER, &number, &integer, &calc) && integer && (math || number >= least))
        return number_value(reader, VALUE_INTEGER, number < least ? least : number, calc);
    *in = saved;
    return NULL;
}

const Value *take_number(Reader *reader, TokenRange *in, double least)
{
    TokenRange saved = *in;
    double number = 0;
    bool integer, math = range_peek(in) && in->at->kind == TOKEN_FUNCTION;
    const Calc *calc;
    if (take_plain(reader, in, MATH_NUMBER, &number, &integer, &calc) && (math || number >= least))
        return number_value(reader, VALUE_NUMBER, (number < least ? least : number) * RATIO_ONE, calc);
    *in = saved;
    return NULL;
}

const Value *take_percentage(Reader *reader, TokenRange *in)
{
    double number = 0;
    bool integer;
    const Calc *calc;
    if (!take_plain(reader, in, MATH_PERCENT, &number, &integer, &calc))
        return NULL;
    return number_value(reader, VALUE_PERCENTAGE, number / 100 * RATIO_ONE, calc);
}

const Value *take_number_or_percentage(Reader *reader, TokenRange *in, double least)
{
    const Value *number = take_number(reader, in, least);
    TokenRange saved = *in;
    const Value *percentage = number ? NULL : take_percentage(reader, in);
    if (!percentage)
        return number;
    if (percentage->number < least * RATIO_ONE) {
        *in = saved;
        return NULL;
    }
    Value value = *percentage;
    value.kind = VALUE_NUMBER;
    return value_new(reader, value);
}

/* ---- lengths ---- */
bool unit_find(const Token *token, Unit *unit, double *factor)
{
    static const struct {
        const char *name;
        uint8_t unit;
        double factor;
    } units[] = {
        {"px", UNIT_LEN, 768},
        {"pt", UNIT_LEN, 1024},
        {"mm", UNIT_LEN, 73728 / 25.4},
        {"em", UNIT_EM, 1},
        {"rem", UNIT_REM, 1},
        {"cm", UNIT_LEN, 73728 / 2.54},
        {"in", UNIT_LEN, 73728},
        {"pc", UNIT_LEN, 12288},
        {"q", UNIT_LEN, 73728 / 101.6},
        {"ex", UNIT_EX, 1},
        {"rex", UNIT_REX, 1},
        {"ch", UNIT_CH, 1},
        {"rch", UNIT_RCH, 1},
        {"cap", UNIT_CAP, 1},
        {"rcap", UNIT_RCAP, 1},
        {"ic", UNIT_IC, 1},
        {"ric", UNIT_RIC, 1},
        {"lh", UNIT_LH, 1},
        {"rlh", UNIT_RLH, 1},
        {"vw", UNIT_VW, 1},
        {"vh", UNIT_VH, 1},
        {"vi", UNIT_VI, 1},
        {"vb", UNIT_VB, 1},
        {"vmin", UNIT_VMIN, 1},
        {"vmax", UNIT_VMAX, 1},
        {"svw", UNIT_VW, 1},
        {"svh", UNIT_VH, 1},
        {"svi", UNIT_VI, 1},
        {"svb", UNIT_VB, 1},
        {"svmin", UNIT_VMIN, 1},
        {"svmax", UNIT_VMAX, 1},
        {"lvw", UNIT_VW, 1},
        {"lvh", UNIT_VH, 1},
        {"lvi", UNIT_VI, 1},
        {"lvb", UNIT_VB, 1},
        {"lvmin", UNIT_VMIN, 1},
        {"lvmax", UNIT_VMAX, 1},
        {"dvw", UNIT_VW, 1},
        {"dvh", UNIT_VH, 1},
        {"dvi", UNIT_VI, 1},
        {"dvb", UNIT_VB, 1},
        {"dvmin", UNIT_VMIN, 1},
        {"dvmax", UNIT_VMAX, 1},
        {"deg", UNIT_DEGREE, 1},
        {"grad", UNIT_DEGREE, 0.9},
        {"rad", UNIT_DEGREE, 57.295779513082320877},
        {"turn", UNIT_DEGREE, 360},
        {"s", UNIT_SECOND, 1},
        {"ms", UNIT_SECOND, 0.001},
        {"dpi", UNIT_DPI, 1},
        {"dpcm", UNIT_DPI, 2.54},
        {"dppx", UNIT_DPI, 96},
        {"x", UNIT_DPI, 96},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (token_unit_compare(token, units[i].name) == 0) {
            *unit = (Unit)units[i].unit;
            *factor = units[i].factor;
            return true;
        }
    return false;
}

static Len clamp_len(double len)
{
    return len > LEN_CLAMP ? LEN_CLAMP : len < -LEN_CLAMP ? -LEN_CLAMP : to_int(len);
}

static const Calc *unit_leaf(Reader *reader, Unit unit, double number)
{
    Calc *leaf = NEW(reader->arena, Calc);
    leaf->op = CALC_LEAF;
    leaf->unit = (uint8_t)unit;
    leaf->number = number;
    return leaf;
}

static const Value *dimension_size(Reader *reader, const Token *t, int allow)
{
    Unit unit;
    double factor;
    if (!unit_find(t, &unit, &factor) || unit >= UNIT_DEGREE || (t->number < 0 && !(allow & ALLOW_NEGATIVE)))
        return NULL;
    Value value = {.kind = VALUE_SIZE};
    if (unit == UNIT_LEN)
        value.size.len = clamp_len(t->number * factor);
    else if (t->number != 0)
        value.size.calc = unit_leaf(reader, unit, t->number);
    return value_new(reader, value);
}

static const Value *math_size(Reader *reader, TokenRange *in, int allow)
{
    MathType type;
    double number;
    const Calc *calc = take_math(reader, in, (allow & ALLOW_PERCENT) != 0, &type);
    if (!calc || !(type == MATH_LENGTH || (type == MATH_PERCENT && (allow & ALLOW_PERCENT)) ||
                   (type == MATH_NUMBER && (allow & ALLOW_NUMBER))))
        return NULL;
    if (type == MATH_NUMBER && calc_constant(calc, &number)) {
        if (number < 0 && !(allow & ALLOW_NEGATIVE))
            number = 0;
        return value_new(reader, (Value){.kind = VALUE_SIZE, .size = {.number = to_ratio(number), .is_number = true}});
    }
    Calc *tree = arena_copy(reader->arena, calc, sizeof *calc);
    tree->not_negative = !(allow & ALLOW_NEGATIVE);
    return value_new(reader, (Value){.kind = VALUE_SIZE, .size = {.calc = tree, .is_number = type == MATH_NUMBER}});
}

const Value *take_size(Reader *reader, TokenRange *in, int allow)
{
    const Token *t = range_peek(in);
    const Value *value = NULL;
    TokenRange saved = *in;
    if (!t)
        return NULL;
    if (t->kind == TOKEN_FUNCTION) {
        value = math_size(reader, in, allow);
        if (!value)
            *in = saved;
        return value;
    }
    bool negative = t->number < 0 && !(allow & ALLOW_NEGATIVE);
    if (t->kind == TOKEN_DIMENSION)
        value = dimension_size(reader, t, allow);
    else if (t->kind == TOKEN_PERCENTAGE && (allow & ALLOW_PERCENT) && !negative)
        value = value_new(reader, value_of_percent(to_ratio(t->number / 100)));
    else if (t->kind == TOKEN_NUMBER && (allow & ALLOW_NUMBER) && !negative)
        value =
            value_new(reader, (Value){.kind = VALUE_SIZE, .size = {.number = to_ratio(t->number), .is_number = true}});
    else if (t->kind == TOKEN_NUMBER && t->number == 0)
        value = value_new(reader, value_of_len(0));
    else if (t->kind == TOKEN_NUMBER && (allow & ALLOW_UNITLESS) && !negative)
        value = value_new(reader, value_of_len(clamp_len(t->number * LEN_PX)));
    in->at += value != NULL;
    return value;
}

const Value *take_angle(Reader *reader, TokenRange *in, bool zero)
{
    const Token *t = range_peek(in);
    Unit unit;
    double factor, number;
    if (!t)
        return NULL;
    if (t->kind == TOKEN_DIMENSION && unit_find(t, &unit, &factor) && unit == UNIT_DEGREE) {
        in->at++;
        return number_value(reader, VALUE_ANGLE, t->number * factor * 1024, NULL);
    }
    if (t->kind == TOKEN_NUMBER && t->number == 0 && zero) {
        in->at++;
        return number_value(reader, VALUE_ANGLE, 0, NULL);
    }
    TokenRange saved = *in;
    MathType type;
    const Calc *calc = t->kind == TOKEN_FUNCTION ? take_math(reader, in, false, &type) : NULL;
    if (calc && type == MATH_ANGLE && calc_constant(calc, &number))
        return number_value(reader, VALUE_ANGLE, number * 1024, NULL);
    *in = saved;
    return NULL;
}

bool take_repeated(Reader *reader, TokenRange *in, const char *words, ValueList *list)
{
    const Value *value;
    int before = list->count;
    while ((value = take_keyword_of(reader, in, words)) != NULL) {
        for (int i = before; i < list->count; i++)
            if (value_equal(list->at[i], value))
                return false;
        VEC_PUSH(reader->arena, *list, value);
    }
    return list->count > before;
}

/* ---- positions: css-values-4 9.1 <position>, also with three parts for backgrounds ---- */
typedef struct {
    uint16_t keyword; /* of an edge or center */
    const Value *offset;
} PositionPart;

static bool is_horizontal(uint16_t keyword)
{
    return keyword == KW_LEFT || keyword == KW_RIGHT;
}

static bool is_vertical(uint16_t keyword)
{
    return keyword == KW_TOP || keyword == KW_BOTTOM;
}

const Value *value_from_far_edge(Reader *reader, const Value *offset)
{
    if (!offset->size.calc) {
        int64_t percent = (int64_t)RATIO_ONE - offset->size.percent;
        Value value = value_of_percent(percent > INT32_MAX ? INT32_MAX : (int32_t)percent);
        value.size.len = -offset->size.len;
        return value_new(reader, value);
    }
    Calc *negated = NEW(reader->arena, Calc), *sum = NEW(reader->arena, Calc);
    const Calc **inner = NEW_ARRAY(reader->arena, const Calc *, 1), **outer = NEW_ARRAY(reader->arena, const Calc *, 2);
    inner[0] = offset->size.calc;
    *negated = (Calc){.op = CALC_NEGATE, .count = 1, .items = inner};
    outer[0] = unit_leaf(reader, UNIT_PERCENT, 100);
    outer[1] = negated;
    *sum = (Calc){.op = CALC_SUM, .count = 2, .items = outer};
    return value_new(reader, (Value){.kind = VALUE_SIZE, .size.calc = sum});
}

static const Value *part_size(Reader *reader, PositionPart part)
{
    bool far = part.keyword == KW_RIGHT || part.keyword == KW_BOTTOM;
    if (part.offset)
        return far ? value_from_far_edge(reader, part.offset) : part.offset;
    return value_new(reader, value_of_percent(far ? RATIO_ONE : part.keyword == KW_CENTER ? RATIO_ONE / 2 : 0));
}

static int position_parts(Reader *reader, TokenRange *in, PositionPart parts[4])
{
    int count = 0;
    while (count < 4) {
        uint16_t keyword = peek_keyword(in);
        if (keyword == KW_CENTER || is_horizontal(keyword) || is_vertical(keyword)) {
            parts[count++] = (PositionPart){keyword, NULL};
            in->at++;
            continue;
        }
        const Value *offset = take_size(reader, in, ALLOW_PERCENT | ALLOW_NEGATIVE);
        if (!offset)
            break;
        parts[count++] = (PositionPart){0, offset};
    }
    return count;
}

/* Joins "right 3px" to one part; returns the number of parts, 0 for what can't be joined. */
static int join_offsets(PositionPart parts[4], int count)
{
    int to = 0;
    for (int i = 0; i < count; i++) {
        if (!parts[i].keyword)
            return 0;
        parts[to] = parts[i];
        if (i + 1 < count && !parts[i + 1].keyword) {
            if (parts[i].keyword == KW_CENTER)
                return 0;
            parts[to].offset = parts[++i].offset;
        }
        to++;
    }
    return to == 2 ? 2 : 0;
}

const Value *take_position(Reader *reader, TokenRange *in)
{
    TokenRange saved = *in;
    PositionPart parts[4], x = {KW_CENTER, NULL}, y = {KW_CENTER, NULL};
    int count = position_parts(reader, in, parts);
    bool ordered = count == 2; /* "3px top", "left 3px": x first */
    if (count > 2) {
        count = join_offsets(parts, count);
        ordered = false;
    }
    bool good = count > 0;
    if (count == 1) {
        if (is_vertical(parts[0].keyword))
            y = parts[0];
        else
            x = parts[0];
    } else if (count == 2) {
        bool lengths = ordered && (!parts[0].keyword || !parts[1].keyword);
        bool swapped = is_vertical(parts[0].keyword) || is_horizontal(parts[1].keyword);
        good = !(swapped && lengths);
        x = parts[swapped];
        y = parts[!swapped];
        good = good && !is_vertical(x.keyword) && !is_horizontal(y.keyword);
    }
    if (!good) {
        *in = saved;
        return NULL;
    }
    return value_pair(reader, part_size(reader, x), part_size(reader, y));
}
