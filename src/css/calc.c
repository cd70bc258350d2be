/* Math functions: css-values-4 10. Parsed to a tree whose types are checked; relative units are put in
 * at computed-value time; what still depends on a percentage waits in Size.calc for size_resolve. */
#include <math.h>

#include "css/values.h"

enum { DEPTH_MOST = 64 };

/* Powers of the dimensions that a value has. */
typedef struct {
    signed char length, percent, angle, time, resolution;
} Type;
typedef struct {
    const Calc *calc; /* NULL: not valid */
    Type type;
} Typed;
typedef struct {
    Reader *reader;
    bool percent_is_length;
} Math;

static Typed take_sum(Math *math, TokenRange *in);

static bool same_type(Type a, Type b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static const Calc *leaf(Arena *arena, Unit unit, double number)
{
    Calc *calc = NEW(arena, Calc);
    *calc = (Calc){.op = CALC_LEAF, .unit = (uint8_t)unit, .number = number};
    return calc;
}

static const Calc *node(Arena *arena, CalcOp op, const Calc *const *items, int count)
{
    Calc *calc = NEW(arena, Calc);
    *calc = (Calc){.op = (uint8_t)op, .count = count, .items = arena_copy(arena, items, sizeof *items * (size_t)count)};
    return calc;
}

static const Calc *node_one(Arena *arena, CalcOp op, const Calc *item)
{
    return node(arena, op, &item, 1);
}

/* ---- values ---- */
static Typed typed_leaf(Math *math, Unit unit, double number)
{
    Type type = {0};
    if (unit == UNIT_PERCENT && !math->percent_is_length)
        type.percent = 1;
    else if (unit == UNIT_PERCENT || (unit >= UNIT_LEN && unit < UNIT_DEGREE))
        type.length = 1;
    else if (unit == UNIT_DEGREE)
        type.angle = 1;
    else if (unit == UNIT_SECOND)
        type.time = 1;
    else if (unit == UNIT_DPI)
        type.resolution = 1;
    return (Typed){leaf(math->reader->arena, unit, number), type};
}

static Typed take_constant(Math *math, TokenRange *in)
{
    static const struct {
        const char *name;
        double value;
    } constants[] = {{"pi", 3.14159265358979323846},
                     {"e", 2.7182818284590452354},
                     {"infinity", HUGE_VAL},
                     {"-infinity", -HUGE_VAL},
                     {"nan", 0}};
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (take_word(in, constants[i].name))
            return typed_leaf(math, UNIT_NUMBER, constants[i].value);
    return (Typed){0};
}

/* ---- functions ---- */
typedef enum {
    ARGS_CALC,
    ARGS_SAME,
    ARGS_CLAMP,
    ARGS_ROUND,
    ARGS_TWO,
    ARGS_TRIG,
    ARGS_ARC,
    ARGS_ATAN2,
    ARGS_POW,
    ARGS_NUMBER,
    ARGS_HYPOT,
    ARGS_LOG,
    ARGS_ABS,
    ARGS_SIGN
} ArgumentRule;
static const struct {
    const char *name;
    uint8_t op, rule;
} functions[] = {
    {"calc", CALC_SUM, ARGS_CALC},     {"-webkit-calc", CALC_SUM, ARGS_CALC}, {"-moz-calc", CALC_SUM, ARGS_CALC},
    {"min", CALC_MIN, ARGS_SAME},      {"max", CALC_MAX, ARGS_SAME},          {"clamp", CALC_CLAMP, ARGS_CLAMP},
    {"round", CALC_ROUND, ARGS_ROUND}, {"mod", CALC_MOD, ARGS_TWO},           {"rem", CALC_REM, ARGS_TWO},
    {"sin", CALC_SIN, ARGS_TRIG},      {"cos", CALC_COS, ARGS_TRIG},          {"tan", CALC_TAN, ARGS_TRIG},
    {"asin", CALC_ASIN, ARGS_ARC},     {"acos", CALC_ACOS, ARGS_ARC},         {"atan", CALC_ATAN, ARGS_ARC},
    {"atan2", CALC_ATAN2, ARGS_ATAN2}, {"pow", CALC_POW, ARGS_POW},           {"sqrt", CALC_SQRT, ARGS_NUMBER},
    {"exp", CALC_EXP, ARGS_NUMBER},    {"hypot", CALC_HYPOT, ARGS_HYPOT},     {"log", CALC_LOG, ARGS_LOG},
    {"abs", CALC_ABS, ARGS_ABS},       {"sign", CALC_SIGN, ARGS_SIGN},
};

static bool count_fits(ArgumentRule rule, int count)
{
    switch (rule) {
    case ARGS_SAME:
    case ARGS_HYPOT: return count >= 1;
    case ARGS_CLAMP: return count == 3;
    case ARGS_ROUND:
    case ARGS_LOG: return count == 1 || count == 2;
    case ARGS_TWO:
    case ARGS_ATAN2:
    case ARGS_POW: return count == 2;
    default: return count == 1;
    }
}

static bool types_fit(ArgumentRule rule, Type type)
{
    Type number = {0}, angle = {.angle = 1};
    switch (rule) {
    case ARGS_TRIG: return same_type(type, number) || same_type(type, angle);
    case ARGS_ARC:
    case ARGS_POW:
    case ARGS_NUMBER:
    case ARGS_LOG: return same_type(type, number);
    default: return true;
    }
}

static Type result_type(ArgumentRule rule, Type type)
{
    Type number = {0}, angle = {.angle = 1};
    if (rule == ARGS_ARC || rule == ARGS_ATAN2)
        return angle;
    return rule == ARGS_TRIG || rule == ARGS_SIGN || rule == ARGS_POW || rule == ARGS_NUMBER || rule == ARGS_LOG
               ? number
               : type;
}

static int take_strategy(TokenRange *in)
{
    static const char *const names[] = {"nearest", "up", "down", "to-zero"};
    for (int i = 0; i < 4; i++)
        if (take_word(in, names[i]))
            return take_delim(in, ',') ? i : -1;
    return 0;
}

static Typed finish_function(Math *math, CalcOp op, ArgumentRule rule, const Calc *const *items, int count, Type type,
                             int strategy)
{
    Typed result = {0};
    Arena *arena = math->reader->arena;
    if (!count_fits(rule, count) || !types_fit(rule, type))
        return result;
    if (rule == ARGS_CALC)
        return (Typed){items[0], type};
    if (op == CALC_ROUND && count == 1) { /* the step is 1, of numbers only */
        Type number = {0};
        if (!same_type(type, number))
            return result;
        const Calc *two[] = {items[0], leaf(arena, UNIT_NUMBER, 1)};
        result.calc = node(arena, op, two, 2);
    } else {
        result.calc = node(arena, op, items, count);
    }
    Calc *changed = arena_copy(arena, result.calc, sizeof *changed);
    changed->strategy = (uint8_t)strategy;
    /* the trigonometric functions take degrees; a number is in radians */
    Type number = {0};
    if (rule == ARGS_TRIG && same_type(type, number))
        changed->strategy = 1;
    return (Typed){changed, result_type(rule, type)};
}

static Typed take_arguments(Math *math, TokenRange in, CalcOp op, ArgumentRule rule)
{
    VEC(const Calc *) items = {0};
    Type type = {0};
    int strategy = op == CALC_ROUND ? take_strategy(&in) : 0, typed = 0;
    if (strategy < 0)
        return (Typed){0};
    do {
        Typed item;
        if (op == CALC_CLAMP && items.count != 1 && take_word(&in, "none")) {
            item.calc = leaf(math->reader->arena, UNIT_NUMBER, items.count ? HUGE_VAL : -HUGE_VAL);
        } else {
            item = take_sum(math, &in);
            if (!item.calc || (typed && !same_type(type, item.type)))
                return (Typed){0};
            type = item.type;
            typed = 1;
        }
        VEC_PUSH(math->reader->arena, items, item.calc);
    } while (take_delim(&in, ','));
    if (!range_empty(&in))
        return (Typed){0};
    return finish_function(math, op, rule, items.at, items.count, type, strategy);
}

static Typed take_math_function(Math *math, TokenRange *in)
{
    const Token *t = range_peek(in);
    Typed result = {0};
    for (size_t i = 0; t && i < sizeof functions / sizeof *functions; i++) {
        TokenRange arguments;
        if (!token_is(t, functions[i].name))
            continue;
        if (math->reader->depth >= DEPTH_MOST || !take_function(in, NULL, &arguments))
            return result;
        math->reader->depth++;
        result = take_arguments(math, arguments, (CalcOp)functions[i].op, (ArgumentRule)functions[i].rule);
        math->reader->depth--;
        return result;
    }
    return result;
}

static Typed take_value(Math *math, TokenRange *in)
{
    const Token *t = range_peek(in);
    Unit unit;
    double factor;
    if (!t)
        return (Typed){0};
    switch (t->kind) {
    case TOKEN_NUMBER: in->at++; return typed_leaf(math, UNIT_NUMBER, t->number);
    case TOKEN_PERCENTAGE: in->at++; return typed_leaf(math, UNIT_PERCENT, t->number);
    case TOKEN_DIMENSION:
        if (!unit_find(t, &unit, &factor))
            return (Typed){0};
        in->at++;
        return typed_leaf(math, unit, t->number * factor);
    case TOKEN_IDENT: return take_constant(math, in);
    case TOKEN_FUNCTION: return take_math_function(math, in);
    case TOKEN_OPEN_ROUND: {
        TokenRange inside = token_inside(t, in->end);
        if (math->reader->depth >= DEPTH_MOST)
            return (Typed){0};
        math->reader->depth++;
        Typed value = take_sum(math, &inside);
        math->reader->depth--;
        in->at = token_after(t, in->end);
        return range_empty(&inside) ? value : (Typed){0};
    }
    default: return (Typed){0};
    }
}

static Type scale_type(Type a, Type b, int sign)
{
    return (Type){(signed char)(a.length + sign * b.length), (signed char)(a.percent + sign * b.percent),
                  (signed char)(a.angle + sign * b.angle), (signed char)(a.time + sign * b.time),
                  (signed char)(a.resolution + sign * b.resolution)};
}

static bool wild_type(Type t)
{
    return t.length > 20 || t.length < -20 || t.percent > 20 || t.percent < -20 || t.angle > 20 || t.angle < -20 ||
           t.time > 20 || t.time < -20 || t.resolution > 20 || t.resolution < -20;
}

static Typed take_product(Math *math, TokenRange *in)
{
    Arena *arena = math->reader->arena;
    VEC(const Calc *) items = {0};
    Typed product = take_value(math, in);
    if (!product.calc)
        return product;
    VEC_PUSH(arena, items, product.calc);
    for (;;) {
        TokenRange saved = *in; /* the space before + or - counts */
        bool over = take_delim(in, '/');
        if (!over && !take_delim(in, '*')) {
            *in = saved;
            break;
        }
        Typed factor = take_value(math, in);
        product.type = scale_type(product.type, factor.type, over ? -1 : 1);
        if (!factor.calc || wild_type(product.type))
            return (Typed){0};
        VEC_PUSH(arena, items, over ? node_one(arena, CALC_INVERT, factor.calc) : factor.calc);
    }
    if (items.count > 1)
        product.calc = node(arena, CALC_PRODUCT, items.at, items.count);
    return product;
}

/* + and - need spaces around them. */
static int take_sign(TokenRange *in)
{
    const Token *t = in->at;
    while (t < in->end && t->kind == TOKEN_SPACE) /* more than one where a variable was empty */
        t++;
    if (t == in->at || t + 1 >= in->end || t[1].kind != TOKEN_SPACE)
        return 0;
    int sign = token_is_delim(t, '+') ? 1 : token_is_delim(t, '-') ? -1 : 0;
    if (sign)
        in->at = t + 2;
    return sign;
}

static Typed take_sum(Math *math, TokenRange *in)
{
    Arena *arena = math->reader->arena;
    VEC(const Calc *) items = {0};
    Typed first = take_product(math, in);
    if (!first.calc)
        return first;
    VEC_PUSH(arena, items, first.calc);
    for (int sign; (sign = take_sign(in)) != 0;) {
        Typed next = take_product(math, in);
        if (!next.calc || !same_type(first.type, next.type))
            return (Typed){0};
        VEC_PUSH(arena, items, sign < 0 ? node_one(arena, CALC_NEGATE, next.calc) : next.calc);
    }
    if (items.count > 1)
        first.calc = node(arena, CALC_SUM, items.at, items.count);
    return first;
}

static MathType type_of(Type type)
{
    static const Type types[] = {
        [MATH_NUMBER] = {0},         [MATH_LENGTH] = {.length = 1}, [MATH_PERCENT] = {.percent = 1},
        [MATH_ANGLE] = {.angle = 1}, [MATH_TIME] = {.time = 1},     [MATH_RESOLUTION] = {.resolution = 1}};
    for (int i = 0; i < MATH_BAD; i++)
        if (same_type(type, types[i]))
            return (MathType)i;
    return MATH_BAD;
}

const Calc *take_math(Reader *reader, TokenRange *in, bool percent_is_length, MathType *type)
{
    Math math = {reader, percent_is_length};
    TokenRange saved = *in;
    Typed result = take_math_function(&math, in);
    *type = MATH_BAD;
    if (result.calc)
        *type = type_of(result.type);
    if (*type == MATH_BAD)
        *in = saved;
    return *type == MATH_BAD ? NULL : result.calc;
}

/* ---- evaluation ----
 * number + percent of a base, or a tree that is not linear in the base. */
typedef struct {
    double number, percent;
    const Calc *rest;
} Term;
typedef struct {
    Arena *arena;       /* NULL: no trees are built, percentages count 0 */
    const Units *units; /* NULL: relative units count 0 */
} Evaluation;

static double unit_value(const Units *u, Unit unit)
{
    if (unit < UNIT_EM || unit > UNIT_VMAX)
        return 1;
    if (!u)
        return 0;
    double width = u->page_width, height = u->page_height;
    switch (unit) {
    case UNIT_EM: return u->em;
    case UNIT_REM: return u->rem;
    case UNIT_EX: return u->ex;
    case UNIT_REX: return u->rex;
    case UNIT_CH: return u->ch;
    case UNIT_RCH: return u->rch;
    case UNIT_CAP: return u->cap;
    case UNIT_RCAP: return u->rcap;
    case UNIT_IC: return u->ic;
    case UNIT_RIC: return u->ric;
    case UNIT_LH: return u->lh;
    case UNIT_RLH: return u->rlh;
    case UNIT_VW: return width / 100;
    case UNIT_VH: return height / 100;
    case UNIT_VI: return (u->vertical ? height : width) / 100;
    case UNIT_VB: return (u->vertical ? width : height) / 100;
    case UNIT_VMIN: return (width < height ? width : height) / 100;
    case UNIT_VMAX: return (width > height ? width : height) / 100;
    default: return 1;
    }
}

static double round_to(double a, double step, int strategy)
{
    if (step == 0 || !isfinite(a))
        return 0;
    if (!isfinite(step))
        return 0;
    double q = a / fabs(step);
    double whole = strategy == 1 ? ceil(q) : strategy == 2 ? floor(q) : strategy == 3 ? trunc(q) : floor(q + 0.5);
    return whole * fabs(step);
}

static double modulus(double a, double b, bool floored)
{
    if (b == 0 || !isfinite(a))
        return 0;
    if (!isfinite(b))
        return a;
    double left = fmod(a, b);
    return floored && left != 0 && (left < 0) != (b < 0) ? left + b : left;
}

static double many(const Calc *calc, const double *v, int count)
{
    double result = v[0];
    for (int i = 1; i < count; i++) {
        if (calc->op == CALC_MIN)
            result = v[i] < result ? v[i] : result;
        else if (calc->op == CALC_MAX)
            result = v[i] > result ? v[i] : result;
        else if (calc->op == CALC_SUM)
            result += v[i];
        else if (calc->op == CALC_PRODUCT)
            result *= v[i];
        else if (calc->op == CALC_HYPOT)
            result = hypot(result, v[i]);
    }
    return calc->op == CALC_HYPOT ? fabs(result) : result;
}

static double apply(const Calc *calc, const double *v, int count)
{
    const double degree = 57.295779513082320877, radian = calc->strategy ? 1 : 1 / degree;
    switch (calc->op) {
    case CALC_NEGATE: return -v[0];
    case CALC_INVERT: return 1 / v[0];
    case CALC_CLAMP: return v[1] > v[2] ? (v[2] > v[0] ? v[2] : v[0]) : v[1] > v[0] ? v[1] : v[0];
    case CALC_ROUND: return round_to(v[0], v[1], calc->strategy);
    case CALC_MOD: return modulus(v[0], v[1], true);
    case CALC_REM: return modulus(v[0], v[1], false);
    case CALC_SIN: return sin(v[0] * radian);
    case CALC_COS: return cos(v[0] * radian);
    case CALC_TAN: return tan(v[0] * radian);
    case CALC_ASIN: return asin(v[0]) * degree;
    case CALC_ACOS: return acos(v[0]) * degree;
    case CALC_ATAN: return atan(v[0]) * degree;
    case CALC_ATAN2: return atan2(v[0], v[1]) * degree;
    case CALC_POW: return pow(v[0], v[1]);
    case CALC_SQRT: return sqrt(v[0]);
    case CALC_LOG: return count == 2 ? log(v[0]) / log(v[1]) : log(v[0]);
    case CALC_EXP: return exp(v[0]);
    case CALC_ABS: return fabs(v[0]);
    case CALC_SIGN: return v[0] > 0 ? 1 : v[0] < 0 ? -1 : 0;
    default: return many(calc, v, count);
    }
}

static const Calc *term_tree(Arena *arena, Term term)
{
    if (term.rest)
        return term.rest;
    if (term.percent == 0)
        return leaf(arena, UNIT_LEN, term.number);
    if (term.number == 0)
        return leaf(arena, UNIT_PERCENT, term.percent);
    const Calc *two[] = {leaf(arena, UNIT_LEN, term.number), leaf(arena, UNIT_PERCENT, term.percent)};
    return node(arena, CALC_SUM, two, 2);
}

static Term evaluate(const Evaluation *e, const Calc *calc);

/* The operations that keep a term linear; false: it doesn't. */
static bool linear(const Calc *calc, const Term *terms, Term *result)
{
    if (calc->op == CALC_NEGATE) {
        *result = (Term){-terms[0].number, -terms[0].percent, NULL};
        return true;
    }
    if (calc->op == CALC_SUM) {
        *result = (Term){0};
        for (int i = 0; i < calc->count; i++) {
            result->number += terms[i].number;
            result->percent += terms[i].percent;
        }
        return true;
    }
    if (calc->op == CALC_PRODUCT) { /* of one that has a percentage */
        *result = (Term){.number = 1};
        for (int i = 0; i < calc->count; i++) {
            if (terms[i].percent != 0 && result->percent != 0)
                return false;
            double scale = result->number, number = terms[i].number;
            *result = (Term){scale * number,
                             terms[i].percent != 0 ? terms[i].percent * scale : result->percent * number, NULL};
        }
        return true;
    }
    return false;
}

/* min, max, hypot, a sum or a product of many numbers. */
static Term evaluate_long(const Evaluation *e, const Calc *calc)
{
    double result = evaluate(e, calc->items[0]).number;
    for (int i = 1; i < calc->count; i++) {
        double two[2] = {result, evaluate(e, calc->items[i]).number};
        result = many(calc, two, 2);
    }
    return (Term){.number = result};
}

static Term evaluate_node(const Evaluation *e, const Calc *calc)
{
    enum { FEW = 8 };
    if (!e->arena && calc->count > FEW)
        return evaluate_long(e, calc);
    Term few[FEW], result;
    double numbers_few[FEW];
    const Calc *trees_few[FEW];
    bool small = calc->count <= FEW, plain = true, straight = true;
    int count = calc->count;
    Term *terms = small ? few : NEW_ARRAY(e->arena, Term, count);
    double *numbers = small ? numbers_few : NEW_ARRAY(e->arena, double, count);
    const Calc **trees = small ? trees_few : NEW_ARRAY(e->arena, const Calc *, count);
    for (int i = 0; i < count; i++) {
        terms[i] = evaluate(e, calc->items[i]);
        numbers[i] = terms[i].number;
        plain = plain && terms[i].percent == 0 && !terms[i].rest;
        straight = straight && !terms[i].rest;
    }
    if (plain || !e->arena)
        return (Term){.number = apply(calc, numbers, count)};
    if (straight && linear(calc, terms, &result))
        return result;
    for (int i = 0; i < count; i++)
        trees[i] = term_tree(e->arena, terms[i]);
    Calc *tree = arena_copy(e->arena, node(e->arena, (CalcOp)calc->op, trees, count), sizeof *tree);
    tree->strategy = calc->strategy;
    return (Term){.rest = tree};
}

static Term evaluate(const Evaluation *e, const Calc *calc)
{
    if (calc->op != CALC_LEAF)
        return evaluate_node(e, calc);
    if (calc->unit == UNIT_PERCENT && e->arena)
        return (Term){.percent = calc->number};
    return (Term){.number = calc->number * unit_value(e->units, (Unit)calc->unit)};
}

static Len to_len(double value)
{
    return value != value       ? 0
           : value > LEN_CLAMP  ? LEN_CLAMP
           : value < -LEN_CLAMP ? -LEN_CLAMP
                                : (Len)floor(value + 0.5);
}

static int32_t to_percent(double value)
{
    double ratio = floor(value / 100 * RATIO_ONE + 0.5);
    return ratio != ratio ? 0 : ratio > INT32_MAX ? INT32_MAX : ratio < -INT32_MAX ? -INT32_MAX : (int32_t)ratio;
}

static bool mentions(const Calc *calc, Unit first, Unit last)
{
    if (calc->op == CALC_LEAF)
        return calc->unit >= first && calc->unit <= last;
    for (int i = 0; i < calc->count; i++)
        if (mentions(calc->items[i], first, last))
            return true;
    return false;
}

static bool has_percentage(const Calc *calc)
{
    return mentions(calc, UNIT_PERCENT, UNIT_PERCENT);
}

Size calc_compute(Arena *arena, const Calc *calc, const Units *units)
{
    Evaluation e = {arena, units};
    Term term = evaluate(&e, calc);
    Size size = {0};
    bool floored = calc->not_negative && (term.rest || term.percent < 0 || term.number < 0);
    if (!term.rest && term.percent == 0) {
        size.len = to_len(floored ? 0 : term.number);
        size.has_percent = has_percentage(calc);
    } else if (!term.rest && !floored) {
        size.len = to_len(term.number);
        size.percent = to_percent(term.percent);
        size.has_percent = true;
    } else {
        const Calc *two[] = {leaf(arena, UNIT_LEN, 0), term_tree(arena, term)};
        size.calc = floored ? node(arena, CALC_MAX, two, 2) : two[1];
        size.has_percent = true;
    }
    return size;
}

double calc_number(const Calc *calc, const Units *units)
{
    Evaluation e = {NULL, units};
    Term term = evaluate(&e, calc);
    double number = term.number;
    return number != number ? 0 : number > 1e18 ? 1e18 : number < -1e18 ? -1e18 : number;
}

bool calc_constant(const Calc *calc, double *number)
{
    if (mentions(calc, UNIT_EM, UNIT_VMAX))
        return false;
    *number = calc_number(calc, NULL);
    return true;
}

/* ---- used values ---- */
static double resolve(const Calc *calc, double base)
{
    enum { MOST = 32 };
    double v[MOST];
    if (calc->op == CALC_LEAF)
        return calc->unit == UNIT_PERCENT ? calc->number / 100 * base : calc->number;
    if (calc->count > MOST) { /* only min, max, hypot, sums and products are that long */
        double result = resolve(calc->items[0], base);
        for (int i = 1; i < calc->count; i++) {
            double two[2] = {result, resolve(calc->items[i], base)};
            result = many(calc, two, 2);
        }
        return result;
    }
    for (int i = 0; i < calc->count; i++)
        v[i] = resolve(calc->items[i], base);
    return apply(calc, v, calc->count);
}

Len size_resolve(Size size, Len base)
{
    if (size.calc)
        return to_len(resolve(size.calc, base == NONE ? 0 : base));
    if (size.keyword || size.is_number)
        return 0;
    return size.has_percent && base != NONE ? len_add(size.len, len_ratio(base, size.percent)) : size.len;
}
