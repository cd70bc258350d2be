/* Gradients of CSS as axial and radial shadings. css-images-4 3. */
#include "paint/internal.h"

#include <math.h>

typedef struct {
    Color color;
    double at;
    bool known;
} Stop;

static Stop clear_stop(Color neighbour, double at)
{
    neighbour.alpha = 0;
    return (Stop){neighbour, at, true};
}

/* Colours are mixed premultiplied: on its way to a transparent stop a colour stays what it is. */
static int part_transparent(Arena *arena, Stop **stops, int count)
{
    const Stop *in = *stops;
    bool any = false;
    for (int i = 0; i < count; i++)
        any = any || in[i].color.alpha == 0;
    if (!any)
        return count;
    Stop *out = NEW_ARRAY(arena, Stop, 2 * count);
    int n = 0;
    for (int i = 0; i < count; i++) {
        bool clear = in[i].color.alpha == 0;
        if (clear && i > 0 && in[i - 1].color.alpha > 0)
            out[n++] = clear_stop(in[i - 1].color, in[i].at);
        if (clear && i + 1 < count && in[i + 1].color.alpha > 0)
            out[n++] = clear_stop(in[i + 1].color, in[i].at);
        if (!clear || n == 0 || (i > 0 && in[i - 1].color.alpha == 0 && (i + 1 == count || in[i + 1].color.alpha == 0)))
            out[n++] = in[i];
    }
    *stops = out;
    return n;
}

/* The line from 0 to 1 is covered, whatever the first and last stops are: then no colour depends on how ends extend. */
static int cover_line(Arena *arena, Stop **stops, int count)
{
    Stop *out = NEW_ARRAY(arena, Stop, count + 2), *in = *stops;
    int n = 0;
    if (in[0].at > 0)
        out[n++] = (Stop){in[0].color, 0, true};
    memcpy(out + n, in, sizeof *in * (size_t)count);
    n += count;
    if (in[count - 1].at <= 1)
        out[n++] = (Stop){in[count - 1].color, in[count - 1].at < 1 ? 1 : 1.0 + 1.0 / 4096, true};
    *stops = out;
    return n;
}

static double stop_position(const Value *value, double length)
{
    if (value->kind == VALUE_ANGLE)
        return value->number / 1024.0 / 360.0;
    if (length <= 0)
        return 0;
    return (double)size_resolve(value->size, (Len)length) / length;
}

/* Positions that are not said are spread between their neighbours; none lies before an earlier one. */
static int read_stops(Arena *arena, const Value *gradient, int first, double length, const Style *style, Stop **out)
{
    Stop *stops = NEW_ARRAY(arena, Stop, 2 * gradient->count + 2);
    int count = 0;
    for (int i = first; i < gradient->count; i++) {
        const Value *item = &gradient->items[i];
        if (item->kind != VALUE_LIST || item->count == 0 || item->items[0].kind != VALUE_COLOR)
            continue;
        Color color = used_color(item->items[0].color, style);
        for (int k = 1; k < item->count || k == 1; k++) {
            stops[count].color = color;
            stops[count].known = k < item->count;
            if (stops[count].known)
                stops[count].at = stop_position(&item->items[k], length);
            count++;
        }
    }
    if (count == 0)
        return 0;
    if (!stops[0].known)
        stops[0] = (Stop){stops[0].color, 0, true};
    if (!stops[count - 1].known)
        stops[count - 1] = (Stop){stops[count - 1].color, 1, true};
    double least = stops[0].at;
    for (int i = 0; i < count; i++) {
        if (stops[i].known) {
            stops[i].at = least = fmax(least, stops[i].at);
            continue;
        }
        int next = i;
        while (!stops[next].known)
            next++;
        double to = fmax(least, stops[next].at);
        stops[i].at = least + (to - least) / (next - i + 1);
        stops[i].known = true;
        least = stops[i].at;
    }
    *out = stops;
    return part_transparent(arena, out, count);
}

/* Stops outside 0..1 move the ends of the gradient's line. */
static void set_stops(Arena *arena, Gradient *gradient, const Stop *stops, int count)
{
    double from = stops[0].at, to = stops[count - 1].at;
    double span = to - from;
    GradientStop *out = NEW_ARRAY(arena, GradientStop, count);
    for (int i = 0; i < count; i++)
        out[i] = (GradientStop){stops[i].color, span > 0 ? (int32_t)lround((stops[i].at - from) / span * RATIO_ONE)
                                                : i == 0 ? 0
                                                         : RATIO_ONE};
    double x0 = gradient->x0, y0 = gradient->y0, r0 = gradient->r0, dx = gradient->x1 - x0, dy = gradient->y1 - y0,
           dr = gradient->r1 - r0;
    if (span <= 0)
        to = from + 1.0 / 4096;
    gradient->x0 = (Len)lround(x0 + from * dx);
    gradient->y0 = (Len)lround(y0 + from * dy);
    gradient->r0 = (Len)lround(fmax(0, r0 + from * dr));
    gradient->x1 = (Len)lround(x0 + to * dx);
    gradient->y1 = (Len)lround(y0 + to * dy);
    gradient->r1 = (Len)lround(fmax(0, r0 + to * dr));
    gradient->stops = out;
    gradient->count = count;
}

static void linear_line(const Value *direction, Rect rect, Gradient *gradient, double *length)
{
    double w = rect.width, h = rect.height, angle = 180;
    if (direction->kind == VALUE_ANGLE)
        angle = direction->number / 1024.0;
    if (direction->kind == VALUE_LIST) {
        double x = 0, y = 0;
        for (int i = 0; i < direction->count; i++) {
            uint16_t k = direction->items[i].keyword;
            x += k == KW_RIGHT ? 1 : k == KW_LEFT ? -1 : 0;
            y += k == KW_TOP ? 1 : k == KW_BOTTOM ? -1 : 0;
        }
        angle = x == 0   ? (y > 0 ? 0 : 180)
                : y == 0 ? (x > 0 ? 90 : 270)
                         : atan2(x * h, y * w) * 180 / 3.14159265358979323846;
    }
    double radians = angle * 3.14159265358979323846 / 180, s = sin(radians), c = cos(radians);
    *length = fabs(w * s) + fabs(h * c);
    double cx = rect.x + w / 2, cy = rect.y + h / 2;
    gradient->x0 = (Len)lround(cx - s * *length / 2);
    gradient->y0 = (Len)lround(cy + c * *length / 2);
    gradient->x1 = (Len)lround(cx + s * *length / 2);
    gradient->y1 = (Len)lround(cy - c * *length / 2);
}

static void radial_circle(const Value *shape, const Value *place, Rect rect, Gradient *gradient, double *length)
{
    double w = rect.width, h = rect.height;
    double cx = size_resolve(place->items[0].size, rect.width), cy = size_resolve(place->items[1].size, rect.height);
    bool circle = false, closest = false, side = false;
    double rx = -1, ry = -1;
    for (int i = 0; i < shape->count; i++) {
        const Value *v = &shape->items[i];
        if (v->kind == VALUE_SIZE && rx < 0)
            rx = size_resolve(v->size, rect.width);
        else if (v->kind == VALUE_SIZE)
            ry = size_resolve(v->size, rect.height);
        else if (v->keyword == KW_CIRCLE)
            circle = true;
        else if (v->text) {
            closest = strncmp(v->text, "closest", 7) == 0;
            side = strstr(v->text, "side") != NULL;
        }
    }
    if (rx < 0) {
        double x_near = fmin(fabs(cx), fabs(w - cx)), x_far = fmax(fabs(cx), fabs(w - cx)),
               y_near = fmin(fabs(cy), fabs(h - cy)), y_far = fmax(fabs(cy), fabs(h - cy));
        double x = closest ? x_near : x_far, y = closest ? y_near : y_far;
        if (circle) {
            rx = ry = side ? (closest ? fmin(x, y) : fmax(x, y)) : hypot(x, y);
        } else if (side) {
            rx = x;
            ry = y;
        } else {
            rx = x * 1.41421356237309505;
            ry = y * 1.41421356237309505;
        }
    }
    if (ry < 0)
        ry = rx;
    rx = fmax(rx, 1);
    ry = fmax(ry, 1);
    double scale = ry / rx;
    gradient->radial = true;
    gradient->x0 = gradient->x1 = gradient->y0 = gradient->y1 = 0;
    gradient->r0 = 0;
    gradient->r1 = (Len)lround(rx);
    gradient->matrix = (Matrix){RATIO_ONE,
                                0,
                                0,
                                (int32_t)fmin(fmax(scale * RATIO_ONE, 1), 2147483000.0),
                                rect.x + (Len)lround(cx),
                                rect.y + (Len)lround(cy)};
    *length = rx;
}

/* ---- conic gradients: sectors of one colour ---- */

enum { SECTORS = 360 }; /* at most, for each stop */

static Color mix(Color a, Color b, double t)
{
    if (a.space != b.space)
        return t < 0.5 ? a : b;
    for (int i = 0; i < 4; i++)
        a.c[i] = (uint16_t)lround(a.c[i] + (b.c[i] - a.c[i]) * t);
    a.alpha = (uint16_t)lround(a.alpha + (b.alpha - a.alpha) * t);
    return a;
}

static bool same_color(const Color *a, const Color *b)
{
    return a->space == b->space && a->alpha == b->alpha && a->spot == b->spot && memcmp(a->c, b->c, sizeof a->c) == 0;
}

typedef struct {
    Arena *arena;
    double turn;
    VEC(Sector) list;
} Sectors;

static void add_sector(Sectors *s, double from, double to, Color color) /* in turns; cut to the one turn there is */
{
    from = fmax(from, 0);
    to = fmin(to, 1);
    if (to > from)
        VEC_PUSH(s->arena, s->list,
                 ((Sector){color, (from + s->turn) * 2 * 3.14159265358979323846,
                           (to + s->turn) * 2 * 3.14159265358979323846}));
}

static void add_span(Sectors *s, const Stop *a, const Stop *b, double shift)
{
    int parts = same_color(&a->color, &b->color) ? 1 : (int)ceil((b->at - a->at) * SECTORS);
    parts = parts < 1 ? 1 : parts > SECTORS ? SECTORS : parts;
    for (int i = 0; i < parts; i++)
        add_sector(s, shift + a->at + (b->at - a->at) * i / parts, shift + a->at + (b->at - a->at) * (i + 1) / parts,
                   parts == 1 ? a->color : mix(a->color, b->color, (i + 0.5) / parts));
}

bool conic_of(Arena *arena, const Value *value, Rect rect, const Style *style, Conic *conic)
{
    Stop *stops;
    int count = value->count > 2 && value->items[1].kind == VALUE_LIST && value->items[1].count >= 2
                    ? read_stops(arena, value, 2, 0, style, &stops)
                    : 0;
    if (count == 0)
        return false;
    Sectors s = {.arena = arena, .turn = value->items[0].number / 1024.0 / 360};
    double first = stops[0].at, last = stops[count - 1].at, period = last - first;
    bool repeats = strncmp(value->text, "repeating-", 10) == 0, repeat = repeats && period > 1.0 / SECTORS;
    if (repeats && !repeat) { /* nothing to repeat: the last colour */
        stops += count - 1;
        count = 1;
    }
    if (!repeat)
        add_sector(&s, 0, first, stops[0].color);
    for (double shift = repeat ? -ceil(last / period) * period : 0; shift + first < 1; shift += repeat ? period : 2)
        for (int i = 0; i + 1 < count; i++)
            add_span(&s, &stops[i], &stops[i + 1], shift);
    if (!repeat)
        add_sector(&s, last, 1, stops[count - 1].color);
    conic->x = rect.x + size_resolve(value->items[1].items[0].size, rect.width);
    conic->y = rect.y + size_resolve(value->items[1].items[1].size, rect.height);
    conic->count = s.list.count;
    conic->sectors = s.list.at;
    return conic->count > 0;
}

/* NULL: an image that is no gradient, or a conic one, which has no shading. */
const Gradient *gradient_of(Arena *arena, const Value *value, Rect rect, const Style *style)
{
    if (value->kind != VALUE_FUNCTION || !strstr(value->text, "-gradient") || value->count < 2)
        return NULL;
    Gradient *gradient = NEW(arena, Gradient);
    gradient->matrix = (Matrix){RATIO_ONE, 0, 0, RATIO_ONE, 0, 0};
    gradient->repeat = strncmp(value->text, "repeating-", 10) == 0;
    double length;
    int first = 1;
    if (strstr(value->text, "linear")) {
        linear_line(&value->items[0], rect, gradient, &length);
    } else if (strstr(value->text, "radial") && value->items[1].kind == VALUE_LIST && value->items[1].count >= 2) {
        radial_circle(&value->items[0], &value->items[1], rect, gradient, &length);
        first = 2;
    } else {
        return NULL;
    }
    Stop *stops;
    int count = read_stops(arena, value, first, length, style, &stops);
    if (count == 0)
        return NULL;
    if (gradient->repeat && stops[count - 1].at - stops[0].at < 1.0 / 4096) { /* nothing to repeat: the last colour */
        stops += count - 1;
        count = 1;
    }
    if (!gradient->repeat && count > 1)
        count = cover_line(arena, &stops, count);
    set_stops(arena, gradient, stops, count);
    return gradient;
}
