/* <image>: url(), image-set(), gradients (css-images-3 and -4). Shapes: values.h. */
#include "css/values.h"

/* ---- stops ---- */
typedef struct {
    Reader *reader;
    bool angles; /* positions along a conic gradient */
} Stops;

static const Value *take_place(const Stops *stops, TokenRange *in)
{
    if (!stops->angles)
        return take_size(stops->reader, in, ALLOW_PERCENT | ALLOW_NEGATIVE);
    const Value *angle = take_angle(stops->reader, in, true);
    const Value *percentage = angle ? NULL : take_percentage(stops->reader, in);
    if (!percentage)
        return angle;
    return value_new(stops->reader, (Value){.kind = VALUE_ANGLE,
                                            .number = (int32_t)((int64_t)percentage->number * 360 * 1024 / RATIO_ONE)});
}

static bool take_stop(const Stops *stops, TokenRange *in, ValueList *items, int *colors)
{
    Arena *arena = stops->reader->arena;
    ValueList stop = {0};
    const Value *first = take_place(stops, in), *color = take_color(stops->reader, in);
    if (!color) {
        if (first)
            VEC_PUSH(arena, *items, first);
        return first != NULL && range_empty(in);
    }
    VEC_PUSH(arena, stop, color);
    for (const Value *place = first; stop.count < 3; place = NULL) {
        if (!place)
            place = take_place(stops, in);
        if (!place)
            break;
        VEC_PUSH(arena, stop, place);
    }
    VEC_PUSH(arena, *items, value_list(stops->reader, &stop));
    ++*colors;
    return range_empty(in);
}

static bool take_stops(const Stops *stops, TokenRange *in, ValueList *items)
{
    int colors = 0;
    bool hint = true;
    while (!range_empty(in)) {
        TokenRange part = take_until_comma(in);
        if (!take_stop(stops, &part, items, &colors))
            return false;
        bool is_hint = items->at[items->count - 1]->kind != VALUE_LIST;
        if (is_hint && hint) /* not first, not two in a row */
            return false;
        hint = is_hint;
    }
    return colors >= 1 && !hint;
}

/* ---- what stands before the stops ---- */
static const Value *angle_of(Reader *reader, int degrees)
{
    return value_new(reader, (Value){.kind = VALUE_ANGLE, .number = degrees * 1024});
}

/* "to <side>" (to is false: the older syntax, where the gradient comes from there). */
static const Value *take_sides(Reader *reader, TokenRange *in, bool to)
{
    uint16_t x = 0, y = 0;
    for (int i = 0; i < 2; i++) {
        uint16_t keyword = peek_keyword(in);
        if ((keyword == KW_LEFT || keyword == KW_RIGHT) && !x)
            x = keyword;
        else if ((keyword == KW_TOP || keyword == KW_BOTTOM) && !y)
            y = keyword;
        else
            break;
        in->at++;
    }
    if (!x && !y)
        return NULL;
    if (!to) {
        x = x == KW_LEFT ? KW_RIGHT : x ? KW_LEFT : 0;
        y = y == KW_TOP ? KW_BOTTOM : y ? KW_TOP : 0;
    }
    if (x && y)
        return value_pair(reader, value_keyword(reader, y), value_keyword(reader, x));
    return angle_of(reader, x == KW_RIGHT ? 90 : x == KW_LEFT ? 270 : y == KW_TOP ? 0 : 180);
}

/* "in <space>": read and left to the output. */
static void skip_interpolation(TokenRange *in)
{
    TokenRange saved = *in;
    if (!take_word(in, "in"))
        return;
    while (range_peek(in) && in->at->kind == TOKEN_IDENT && !take_word(in, "to") && !take_word(in, "at") &&
           !take_word(in, "from"))
        in->at++;
    if (in->at > saved.at &&
        (token_is(&in->at[-1], "to") || token_is(&in->at[-1], "at") || token_is(&in->at[-1], "from")))
        in->at--;
}

static const Value *take_linear(Reader *reader, TokenRange in, const char *name, bool old)
{
    Stops stops = {reader, false};
    ValueList items = {0};
    TokenRange saved = in, head = take_until_comma(&in);
    skip_interpolation(&head);
    const Value *direction = take_angle(reader, &head, true);
    if (direction && old)
        direction =
            value_new(reader, (Value){.kind = VALUE_ANGLE, .number = 90 * 1024 - direction->number % (360 * 1024)});
    if (!direction && (old || take_word(&head, "to")))
        direction = take_sides(reader, &head, !old);
    skip_interpolation(&head);
    if (!direction && head.at == saved.at)
        in = saved;
    else if (!range_empty(&head) && !direction)
        in = saved;
    else if (!range_empty(&head))
        return NULL;
    VEC_PUSH(reader->arena, items, direction ? direction : angle_of(reader, 180));
    return take_stops(&stops, &in, &items) ? value_function(reader, name, &items) : NULL;
}

/* Shape and extent or sizes, in any order. */
static const Value *take_ending_shape(Reader *reader, TokenRange *in)
{
    const Value *shape = NULL, *extent = NULL;
    ValueList items = {0}, sizes = {0};
    for (bool more = true; more;) {
        const Value *value;
        more = false;
        if (!shape && (value = take_keyword_of(reader, in, "circle ellipse")) != NULL) {
            shape = value;
            more = true;
        } else if (!extent && !sizes.count &&
                   (value = take_keyword_of(
                        reader, in, "closest-side closest-corner farthest-side farthest-corner contain cover")) !=
                       NULL) {
            extent = value;
            more = true;
        } else if (!extent && sizes.count < 2 && (value = take_size(reader, in, ALLOW_PERCENT)) != NULL) {
            VEC_PUSH(reader->arena, sizes, value);
            more = true;
        }
    }
    bool circle = shape && shape->keyword == KW_CIRCLE;
    if ((circle && sizes.count > 1) || (shape && !circle && sizes.count == 1) ||
        (sizes.count == 1 && sizes.at[0]->size.has_percent))
        return NULL;
    uint16_t kind = circle || (!shape && sizes.count == 1) ? KW_CIRCLE : KW_ELLIPSE;
    VEC_PUSH(reader->arena, items, value_keyword(reader, kind));
    if (extent)
        VEC_PUSH(reader->arena, items, extent);
    for (int i = 0; i < sizes.count; i++)
        VEC_PUSH(reader->arena, items, sizes.at[i]);
    if (!extent && !sizes.count)
        VEC_PUSH(reader->arena, items, value_keyword(reader, KW_FARTHEST_CORNER));
    return value_list(reader, &items);
}

static const Value *center(Reader *reader)
{
    Value half = value_of_percent(RATIO_ONE / 2);
    return value_pair(reader, &half, &half);
}

static const Value *take_radial(Reader *reader, TokenRange in, const char *name)
{
    Stops stops = {reader, false};
    ValueList items = {0};
    TokenRange saved = in, head = take_until_comma(&in), start = head;
    skip_interpolation(&head);
    const Value *shape = take_ending_shape(reader, &head), *position = NULL;
    if (!shape)
        return NULL;
    if (take_word(&head, "at") && (position = take_position(reader, &head)) == NULL)
        return NULL;
    skip_interpolation(&head);
    if (head.at == start.at)
        in = saved;
    else if (!range_empty(&head))
        return NULL;
    VEC_PUSH(reader->arena, items, shape);
    VEC_PUSH(reader->arena, items, position ? position : center(reader));
    return take_stops(&stops, &in, &items) ? value_function(reader, name, &items) : NULL;
}

static const Value *take_conic(Reader *reader, TokenRange in, const char *name)
{
    Stops stops = {reader, true};
    ValueList items = {0};
    TokenRange saved = in, head = take_until_comma(&in), start = head;
    const Value *angle = NULL, *position = NULL;
    skip_interpolation(&head);
    if (take_word(&head, "from") && (angle = take_angle(reader, &head, true)) == NULL)
        return NULL;
    if (take_word(&head, "at") && (position = take_position(reader, &head)) == NULL)
        return NULL;
    skip_interpolation(&head);
    if (head.at == start.at)
        in = saved;
    else if (!range_empty(&head))
        return NULL;
    VEC_PUSH(reader->arena, items, angle ? angle : angle_of(reader, 0));
    VEC_PUSH(reader->arena, items, position ? position : center(reader));
    return take_stops(&stops, &in, &items) ? value_function(reader, name, &items) : NULL;
}

/* ---- image-set(): the best resolution for print, first of a supported type ---- */
static double take_resolution(Reader *reader, TokenRange *in)
{
    const Token *t = range_peek(in);
    Unit unit;
    double factor, number = 0;
    MathType type;
    if (t && t->kind == TOKEN_DIMENSION && unit_find(t, &unit, &factor) && unit == UNIT_DPI) {
        in->at++;
        return t->number * factor;
    }
    const Calc *calc = t && t->kind == TOKEN_FUNCTION ? take_math(reader, in, false, &type) : NULL;
    return calc && type == MATH_RESOLUTION && calc_constant(calc, &number) ? number : -1;
}

static bool supported_type(const Token *t)
{
    static const char *const types[] = {"image/png", "image/jpeg", "image/webp", "image/gif", "image/jpg"};
    for (size_t i = 0; t && t->kind == TOKEN_STRING && i < sizeof types / sizeof *types; i++)
        if (token_unit_compare(t, types[i]) == 0)
            return true;
    return false;
}

static const Value *string_url(Reader *reader, const Value *string)
{
    return value_new(reader, (Value){.kind = VALUE_URL, .text = string->text, .base = reader->base});
}

static const Value *take_image_set(Reader *reader, TokenRange in)
{
    const Value *best = NULL;
    double best_dpi = 0;
    while (!range_empty(&in)) {
        TokenRange part = take_until_comma(&in), arguments;
        const Value *string = take_string(reader, &part),
                    *image = string ? string_url(reader, string) : take_image(reader, &part);
        double dpi = 96;
        bool good = true;
        if (!image)
            return NULL;
        while (!range_empty(&part)) {
            if (take_function(&part, "type", &arguments)) {
                good = supported_type(range_peek(&arguments));
                continue;
            }
            dpi = take_resolution(reader, &part);
            if (dpi < 0)
                return NULL;
        }
        if (good && (!best || dpi > best_dpi)) {
            best = image;
            best_dpi = dpi;
        }
    }
    return best;
}

const Value *take_image(Reader *reader, TokenRange *in)
{
    static const struct {
        const char *name, *standard;
        char kind;
    } gradients[] = {
        {"linear-gradient", "linear-gradient", 'l'},
        {"repeating-linear-gradient", "repeating-linear-gradient", 'l'},
        {"radial-gradient", "radial-gradient", 'r'},
        {"repeating-radial-gradient", "repeating-radial-gradient", 'r'},
        {"conic-gradient", "conic-gradient", 'c'},
        {"repeating-conic-gradient", "repeating-conic-gradient", 'c'},
        {"-webkit-linear-gradient", "linear-gradient", 'o'},
        {"-moz-linear-gradient", "linear-gradient", 'o'},
        {"-webkit-repeating-linear-gradient", "repeating-linear-gradient", 'o'},
    };
    TokenRange saved = *in, arguments;
    const Value *value = take_url(reader, in);
    if (value)
        return value;
    if (reader->depth > 16)
        return NULL;
    reader->depth++;
    if (take_function(in, "image-set", &arguments) || take_function(in, "-webkit-image-set", &arguments))
        value = take_image_set(reader, arguments);
    for (size_t i = 0; !value && i < sizeof gradients / sizeof *gradients; i++) {
        if (!take_function(in, gradients[i].name, &arguments))
            continue;
        const char *name = gradients[i].standard;
        value = gradients[i].kind == 'r'   ? take_radial(reader, arguments, name)
                : gradients[i].kind == 'c' ? take_conic(reader, arguments, name)
                                           : take_linear(reader, arguments, name, gradients[i].kind == 'o');
        break;
    }
    reader->depth--;
    if (!value)
        *in = saved;
    return value;
}
