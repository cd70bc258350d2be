/* Counter styles: css-counter-styles-3: the predefined ones in a table, @counter-style, the complex ones in code. */
#include <stdio.h>

#include "style/cascade.h"

struct CounterStyles {
    VEC(CounterStyleRule) rules; /* the last of a name counts; layers ignored within an origin's order */
};

typedef struct {
    const char *name;
    uint8_t system;
    const char *symbols;  /* separated by spaces; additive: weight symbol ... */
    const char *suffix;   /* NULL: ". " */
    int low, high;        /* low > high: the system's own range */
    const char *negative; /* NULL: "-" */
    const char *fallback;
} Predefined;

static const Predefined predefined[] = {
#include "style/counter_styles.def"
};

static const Predefined *find_predefined(const char *name)
{
    for (size_t i = 0; i < sizeof predefined / sizeof *predefined; i++)
        if (text_equal_nocase(predefined[i].name, name))
            return &predefined[i];
    return NULL;
}

void counter_styles_prepare(Cascade *cascade)
{
    CounterStyles *styles = NEW(cascade->arena, CounterStyles);
    static const uint8_t origins[] = {ORIGIN_AGENT, ORIGIN_USER, ORIGIN_AUTHOR};
    for (int o = 0; o < 3; o++)
        for (int s = 0; s < cascade->sheet_count; s++)
            for (int i = 0; cascade->sheets[s]->origin == origins[o] && i < cascade->sheets[s]->counter_styles.count;
                 i++)
                VEC_PUSH(cascade->arena, styles->rules, cascade->sheets[s]->counter_styles.at[i]);
    cascade->counter_styles = styles;
}

static const CounterStyleRule *find_rule(const Cascade *cascade, Name name)
{
    const CounterStyles *styles = cascade->counter_styles;
    for (int i = styles->rules.count - 1; i >= 0; i--)
        if (styles->rules.at[i].name == name)
            return &styles->rules.at[i];
    return NULL;
}

/* ---- a style in one shape ---- */
typedef struct {
    uint8_t system;
    int count, first;
    const char *const *symbols;
    const int *weights;
    const char *before, *after; /* of a negative number */
    const char *prefix, *suffix, *pad_symbol;
    int pad, low, high;
    int range_count; /* > 0: ranges instead of low and high */
    const int (*ranges)[2];
    Name fallback;
    const char *special; /* name of an algorithm in code; NULL: by system */
} Shape;

static const char *const *split(Arena *arena, const char *text, bool weighted, int *count, const int **weights)
{
    VEC(const char *) list = {0};
    VEC(int) numbers = {0};
    while (*text) {
        if (weighted) {
            int number = 0;
            for (; *text >= '0' && *text <= '9'; text++)
                number = number * 10 + (*text - '0');
            VEC_PUSH(arena, numbers, number);
            text += *text == ' ';
        }
        size_t size = strcspn(text, " ");
        const char *symbol = arena_string(arena, text, size);
        VEC_PUSH(arena, list, symbol);
        text += size + (text[size] == ' ');
    }
    *count = list.count;
    *weights = numbers.at;
    return list.at;
}

static void system_range(Shape *s)
{
    s->low = s->system == COUNTER_ALPHABETIC || s->system == COUNTER_SYMBOLIC ? 1
             : s->system == COUNTER_ADDITIVE                                  ? 0
                                                                              : -INT_MAX;
    s->high = INT_MAX;
}

static Shape from_predefined(Arena *arena, const Predefined *p, Names *names)
{
    Shape s = {.system = p->system,
               .first = 1,
               .before = p->negative ? p->negative : "-",
               .after = "",
               .prefix = "",
               .suffix = p->suffix ? p->suffix : ". "};
    bool special = p->symbols[0] == '@';
    if (special)
        s.special = p->symbols + 1;
    else
        s.symbols = split(arena, p->symbols, p->system == COUNTER_ADDITIVE, &s.count, &s.weights);
    if (strcmp(p->name, "decimal-leading-zero") == 0) {
        s.pad = 2;
        s.pad_symbol = "0";
    }
    system_range(&s);
    if (p->low <= p->high) {
        s.low = p->low;
        s.high = p->high;
    }
    s.fallback = p->fallback ? name_of(names, p->fallback) : NULL;
    return s;
}

static bool find_shape(Cascade *cascade, Name name, int depth, Shape *shape);

static Shape from_rule(Cascade *cascade, const CounterStyleRule *rule, int depth)
{
    Shape s = {.system = rule->system,
               .count = rule->symbol_count,
               .first = rule->first,
               .symbols = rule->symbols,
               .weights = rule->weights,
               .before = "-",
               .after = "",
               .prefix = "",
               .suffix = ". "};
    if (rule->system == COUNTER_EXTENDS) {
        if (depth > 16 || !find_shape(cascade, rule->extends, depth + 1, &s))
            find_shape(cascade, name_of(cascade->names, "decimal"), 0, &s);
    } else {
        system_range(&s);
    }
    if (rule->negative_before) {
        s.before = rule->negative_before;
        s.after = rule->negative_after;
    }
    s.prefix = rule->prefix ? rule->prefix : s.prefix;
    s.suffix = rule->suffix ? rule->suffix : s.suffix;
    if (rule->pad_symbol) {
        s.pad = rule->pad;
        s.pad_symbol = rule->pad_symbol;
    }
    if (rule->range_count == -1) {
        s.range_count = 0;
        system_range(&s);
    } else if (rule->range_count > 0) {
        s.range_count = rule->range_count;
        s.ranges = rule->ranges;
    }
    s.fallback = rule->fallback ? rule->fallback : s.fallback;
    return s;
}

static bool find_shape(Cascade *cascade, Name name, int depth, Shape *shape)
{
    const CounterStyleRule *rule = find_rule(cascade, name);
    if (rule) {
        *shape = from_rule(cascade, rule, depth);
        return true;
    }
    const Predefined *p = find_predefined(name);
    if (p)
        *shape = from_predefined(cascade->arena, p, cascade->names);
    return p != NULL;
}

/* ---- algorithms: css-counter-styles-3 2 and 7 ---- */
static bool put_digits(const Shape *s, uint32_t value, bool bijective, Buffer *out)
{
    const char *digits[40];
    int count = 0;
    uint32_t base = (uint32_t)s->count;
    if (base < 2 && !(bijective && base == 1))
        return false;
    if (base == 1) {
        for (uint32_t i = 0; i < value && i < 1000; i++)
            buffer_text(out, s->symbols[0]);
        return value > 0 && value <= 1000;
    }
    do {
        if (bijective)
            value--;
        digits[count++] = s->symbols[value % base];
        value /= base;
    } while (value > 0 && count < 40);
    while (count > 0)
        buffer_text(out, digits[--count]);
    return true;
}

static bool put_additive(const Shape *s, uint32_t value, Buffer *out)
{
    if (value == 0) {
        for (int i = 0; i < s->count; i++)
            if (s->weights[i] == 0) {
                buffer_text(out, s->symbols[i]);
                return true;
            }
        return false;
    }
    for (int i = 0; i < s->count && value > 0; i++) {
        uint32_t weight = (uint32_t)s->weights[i], times = weight ? value / weight : 0;
        if (times > 500)
            return false;
        for (uint32_t t = 0; t < times; t++)
            buffer_text(out, s->symbols[i]);
        value -= times * weight;
    }
    return value == 0;
}

/* Chinese, Japanese, Korean longhand: 7.1. digits: ten, then ten, hundred, thousand, ten thousand. */
typedef struct {
    const char *digits[10], *units[4]; /* units: tens, hundreds, thousands, ten thousands */
    bool korean, informal, korean_formal;
} Longhand;

static void put_group(const Longhand *l, int group, bool first, bool chinese, Buffer *out)
{
    static const int powers[] = {1000, 100, 10, 1};
    bool zero = false, any = false;
    for (int i = 0; i < 4; i++) {
        int digit = group / powers[i] % 10;
        if (digit == 0) {
            zero = true;
            continue;
        }
        if (chinese && zero && (any || !first))
            buffer_text(out, l->digits[0]);
        zero = false;
        const char *unit = i < 3 ? l->units[2 - i] : NULL;
        bool drop = digit == 1 && unit &&
                    ((l->informal && !chinese && !l->korean_formal) ||
                     (chinese && l->informal && i == 2 && group < 20 && first));
        if (!drop)
            buffer_text(out, l->digits[digit]);
        if (unit)
            buffer_text(out, unit);
        any = true;
    }
}

static bool put_longhand(const char *name, uint32_t value, Buffer *out)
{
    static const struct {
        const char *name;
        Longhand longhand;
        bool chinese;
    } kinds[] = {
        {"simp-chinese-informal",
         {{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"十", "百", "千", "万"}, false, true, false},
         true},
        {"simp-chinese-formal",
         {{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}, {"拾", "佰", "仟", "万"}, false, false, false},
         true},
        {"trad-chinese-informal",
         {{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"十", "百", "千", "萬"}, false, true, false},
         true},
        {"trad-chinese-formal",
         {{"零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"}, {"拾", "佰", "仟", "萬"}, false, false, false},
         true},
        {"japanese-informal",
         {{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"十", "百", "千", "万"}, false, true, false},
         false},
        {"japanese-formal",
         {{"零", "壱", "弐", "参", "四", "伍", "六", "七", "八", "九"}, {"拾", "百", "阡", "萬"}, false, false, false},
         false},
        {"korean-hangul-formal",
         {{"영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"}, {"십", "백", "천", "만"}, true, false, true},
         false},
        {"korean-hanja-informal",
         {{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"十", "百", "千", "萬"}, true, true, false},
         false},
        {"korean-hanja-formal",
         {{"零", "壹", "貳", "參", "四", "五", "六", "七", "八", "九"}, {"拾", "百", "仟", "萬"}, true, false, true},
         false},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const Longhand *l = &kinds[i].longhand;
        if (strcmp(kinds[i].name, name) != 0)
            continue;
        if (value == 0)
            buffer_text(out, l->digits[0]);
        int high = (int)(value / 10000), low = (int)(value % 10000);
        if (high) {
            Longhand upper = *l;
            bool bare = high == 1 && l->korean && l->informal; /* informal Korean: 10000 is the unit alone */
            if (!bare)
                put_group(&upper, high, true, kinds[i].chinese, out);
            buffer_text(out, l->units[3]);
            if (l->korean && low)
                buffer_text(out, " ");
        }
        if (low) {
            if (high && kinds[i].chinese && low < 1000) {
                buffer_text(out, l->digits[0]);
                put_group(l, low, true, true, out);
            } else {
                put_group(l, low, high == 0, kinds[i].chinese, out);
            }
        }
        return true;
    }
    return false;
}

/* 7.2 */
static bool put_ethiopic(uint32_t value, Buffer *out)
{
    uint32_t groups[6];
    int count = 0;
    if (value == 0)
        return false;
    if (value == 1) {
        buffer_utf8(out, 0x1369);
        return true;
    }
    for (; value; value /= 100)
        groups[count++] = value % 100;
    for (int i = count - 1; i >= 0; i--) {
        uint32_t tens = groups[i] / 10, ones = groups[i] % 10;
        bool bare = groups[i] == 0 || (groups[i] == 1 && i == count - 1) || (groups[i] == 1 && i % 2 == 1);
        if (!bare && tens)
            buffer_utf8(out, 0x1372 + tens - 1);
        if (!bare && ones)
            buffer_utf8(out, 0x1369 + ones - 1);
        if (i % 2 == 1 && groups[i] != 0)
            buffer_utf8(out, 0x137B);
        else if (i % 2 == 0 && i > 0)
            buffer_utf8(out, 0x137C);
    }
    return true;
}

static bool in_range(const Shape *s, int value)
{
    if (s->range_count <= 0)
        return value >= s->low && value <= s->high;
    for (int i = 0; i < s->range_count; i++)
        if (value >= s->ranges[i][0] && value <= s->ranges[i][1])
            return true;
    return false;
}

/* 2: a representation that is longer than this may be left to the fallback (there: 60 code points). */
enum { LENGTH_MOST = 4096 };

static bool too_long(const char *symbol, uint32_t times)
{
    return strlen(symbol) * (uint64_t)times > LENGTH_MOST;
}

static bool put_core(const Shape *s, int value, uint32_t magnitude, Buffer *out)
{
    if (s->special)
        return strcmp(s->special, "ethiopic") == 0 ? put_ethiopic(magnitude, out)
                                                   : put_longhand(s->special, magnitude, out);
    if (s->count <= 0)
        return false;
    switch (s->system) {
    case COUNTER_CYCLIC: {
        int64_t at = ((int64_t)value - 1) % s->count;
        buffer_text(out, s->symbols[at < 0 ? at + s->count : at]);
        return true;
    }
    case COUNTER_FIXED: {
        int64_t at = (int64_t)value - s->first;
        if (at < 0 || at >= s->count)
            return false;
        buffer_text(out, s->symbols[at]);
        return true;
    }
    case COUNTER_SYMBOLIC: {
        if (magnitude == 0 || magnitude > (uint32_t)s->count * 500)
            return false;
        uint32_t times = (magnitude - 1) / (uint32_t)s->count + 1;
        const char *symbol = s->symbols[(magnitude - 1) % (uint32_t)s->count];
        for (uint32_t i = 0; i < times && !too_long(symbol, times); i++)
            buffer_text(out, symbol);
        return !too_long(symbol, times);
    }
    case COUNTER_ALPHABETIC: return magnitude > 0 && put_digits(s, magnitude, true, out);
    case COUNTER_ADDITIVE: return put_additive(s, magnitude, out);
    default: return put_digits(s, magnitude, false, out);
    }
}

static int length_of(const char *text, size_t size)
{
    int count = 0;
    for (size_t i = 0; i < size; i++)
        count += (text[i] & 0xC0) != 0x80;
    return count;
}

/* The representation without prefix and suffix; false: use the fallback. */
static bool represent(Arena *arena, const Shape *s, int value, Buffer *out)
{
    Buffer core = {.arena = arena};
    bool uses_negative = s->special || (s->system != COUNTER_CYCLIC && s->system != COUNTER_FIXED);
    bool negative = value < 0 && uses_negative;
    uint32_t magnitude = value < 0 ? (uint32_t) - (int64_t)value : (uint32_t)value;
    buffer_text(&core, "");
    if (!in_range(s, value) || !put_core(s, value, magnitude, &core))
        return false;
    int padding = s->pad - length_of(core.data, core.size);
    if (negative)
        padding -= length_of(s->before, strlen(s->before)) + length_of(s->after, strlen(s->after));
    if (padding > 0 && too_long(s->pad_symbol, (uint32_t)padding))
        return false;
    if (negative)
        buffer_text(out, s->before);
    for (; padding > 0; padding--)
        buffer_text(out, s->pad_symbol);
    buffer_add(out, core.data, core.size);
    if (negative)
        buffer_text(out, s->after);
    return true;
}

static void put_counter(Cascade *cascade, Arena *arena, const Shape *shape, int value, Buffer *out)
{
    Shape s = *shape;
    for (int depth = 0; depth < 16; depth++) {
        if (represent(arena, &s, value, out))
            return;
        if (!s.fallback || !find_shape(cascade, s.fallback, 0, &s))
            break;
    }
    buffer_format(out, "%d", value);
}

static bool value_shape(Cascade *cascade, Arena *arena, const Value *style, Shape *shape)
{
    if (!style || style->kind == VALUE_IDENT)
        return find_shape(cascade, style ? style->text : name_of(cascade->names, "decimal"), 0, shape) ||
               find_shape(cascade, name_of(cascade->names, "decimal"), 0, shape);
    if (style->kind != VALUE_FUNCTION || style->count < 2)
        return false;
    static const struct {
        uint16_t keyword;
        uint8_t system;
    } systems[] = {{KW_CYCLIC, COUNTER_CYCLIC},
                   {KW_NUMERIC, COUNTER_NUMERIC},
                   {KW_ALPHABETIC, COUNTER_ALPHABETIC},
                   {KW_SYMBOLIC, COUNTER_SYMBOLIC},
                   {KW_FIXED, COUNTER_FIXED}};
    const char **symbols = NEW_ARRAY(arena, const char *, style->count);
    for (int i = 1; i < style->count; i++)
        symbols[i - 1] = style->items[i].text;
    *shape = (Shape){.count = style->count - 1,
                     .symbols = symbols,
                     .first = 1,
                     .before = "-",
                     .after = "",
                     .prefix = "",
                     .suffix = " "};
    for (int i = 0; i < 5; i++)
        if (systems[i].keyword == style->items[0].keyword)
            shape->system = systems[i].system;
    system_range(shape);
    return true;
}

const char *counter_text(Cascade *cascade, Arena *arena, const Value *style, int value)
{
    Shape shape;
    Buffer out = {.arena = arena};
    if (style && style->kind == VALUE_STRING)
        return style->text;
    if (!value_shape(cascade, arena, style, &shape))
        return arena_format(arena, "%d", value);
    put_counter(cascade, arena, &shape, value, &out);
    return out.data ? out.data : "";
}

const char *counter_marker_text(Cascade *cascade, Arena *arena, const Value *style, int value)
{
    Shape shape;
    Buffer out = {.arena = arena};
    if (style->kind == VALUE_STRING)
        return style->text;
    if (!value_shape(cascade, arena, style, &shape))
        return arena_format(arena, "%d. ", value);
    buffer_text(&out, shape.prefix);
    put_counter(cascade, arena, &shape, value, &out);
    buffer_text(&out, shape.suffix);
    return out.data;
}

const char *counter_name_text(Cascade *cascade, Arena *arena, Name style, int value)
{
    Value ident = {.kind = VALUE_IDENT, .text = style};
    return counter_text(cascade, arena, style ? &ident : NULL, value);
}

const char *style_counter_text(Arena *arena, const StyleTree *tree, Name counter_style, int value)
{
    Cascade *cascade = (Cascade *)(uintptr_t)tree->cascade;
    return counter_name_text(cascade, arena, counter_style, value);
}
