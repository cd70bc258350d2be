/* Paths: rounded boxes (css-backgrounds-3 4), basic shapes (css-shapes-1 3), and clipping to them. */
#include "paint/internal.h"

#include <math.h>

/* (4/3)(sqrt(2) - 1): a quarter of a circle as a cubic curve. */
static Len curve(Len radius)
{
    return len_scale(radius, 552285, 1000000);
}

typedef struct {
    Arena *arena;
    VEC(PathStep) steps;
} Pen;

static void move_to(Pen *pen, Len x, Len y)
{
    VEC_PUSH(pen->arena, pen->steps, ((PathStep){PATH_MOVE, {x, y}}));
}

static void line_to(Pen *pen, Len x, Len y)
{
    VEC_PUSH(pen->arena, pen->steps, ((PathStep){PATH_LINE, {x, y}}));
}

static void curve_to(Pen *pen, Len x1, Len y1, Len x2, Len y2, Len x, Len y)
{
    VEC_PUSH(pen->arena, pen->steps, ((PathStep){PATH_CURVE, {x1, y1, x2, y2, x, y}}));
}

static const Path *finish(Pen *pen, bool even_odd)
{
    Path *path = NEW(pen->arena, Path);
    *path = (Path){pen->steps.count, pen->steps.at, even_odd};
    return path;
}

static void close_path(Pen *pen)
{
    VEC_PUSH(pen->arena, pen->steps, ((PathStep){.kind = PATH_CLOSE}));
}

/* Corners from the top left, clockwise. */
static void rounded(Pen *pen, Rect r, Radii radii)
{
    const Len(*c)[2] = radii.corner;
    Len right = r.x + r.width, bottom = r.y + r.height;
    move_to(pen, r.x + c[0][0], r.y);
    line_to(pen, right - c[1][0], r.y);
    if (c[1][0] && c[1][1])
        curve_to(pen, right - c[1][0] + curve(c[1][0]), r.y, right, r.y + c[1][1] - curve(c[1][1]), right,
                 r.y + c[1][1]);
    line_to(pen, right, bottom - c[2][1]);
    if (c[2][0] && c[2][1])
        curve_to(pen, right, bottom - c[2][1] + curve(c[2][1]), right - c[2][0] + curve(c[2][0]), bottom,
                 right - c[2][0], bottom);
    line_to(pen, r.x + c[3][0], bottom);
    if (c[3][0] && c[3][1])
        curve_to(pen, r.x + c[3][0] - curve(c[3][0]), bottom, r.x, bottom - c[3][1] + curve(c[3][1]), r.x,
                 bottom - c[3][1]);
    line_to(pen, r.x, r.y + c[0][1]);
    if (c[0][0] && c[0][1])
        curve_to(pen, r.x, r.y + c[0][1] - curve(c[0][1]), r.x + c[0][0] - curve(c[0][0]), r.y, r.x + c[0][0], r.y);
    close_path(pen);
}

static void radius_of(const Value *value, Rect rect, Len out[2])
{
    out[0] = out[1] = 0;
    if (!value || value->kind != VALUE_LIST || value->count < 2)
        return;
    out[0] = len_max(0, size_resolve(value->items[0].size, rect.width));
    out[1] = len_max(0, size_resolve(value->items[1].size, rect.height));
}

static void fit_radii(Radii *radii, Rect rect) /* css-backgrounds-3 4.5 */
{
    int64_t num = 1, den = 1;
    const struct {
        int a, b, axis;
    } sides[4] = {{0, 1, 0}, {3, 2, 0}, {0, 3, 1}, {1, 2, 1}};
    for (int i = 0; i < 4; i++) {
        int64_t sum = (int64_t)radii->corner[sides[i].a][sides[i].axis] + radii->corner[sides[i].b][sides[i].axis];
        int64_t room = sides[i].axis ? rect.height : rect.width;
        if (sum > 0 && room * den < num * sum) {
            num = room;
            den = sum;
        }
    }
    for (int i = 0; i < 4 && num < den; i++)
        for (int k = 0; k < 2; k++)
            radii->corner[i][k] = len_scale(radii->corner[i][k], num, den);
}

bool radii_of(const Style *style, Rect rect, Sides open, Radii *radii)
{
    const bool cut[4] = {open.top || open.left, open.top || open.right, open.bottom || open.right,
                         open.bottom || open.left};
    const StyleDecoration *d = style->decoration;
    radius_of(d->radius_top_left, rect, radii->corner[0]);
    radius_of(d->radius_top_right, rect, radii->corner[1]);
    radius_of(d->radius_bottom_right, rect, radii->corner[2]);
    radius_of(d->radius_bottom_left, rect, radii->corner[3]);
    for (int i = 0; i < 4; i++)
        if (cut[i])
            radii->corner[i][0] = radii->corner[i][1] = 0;
    fit_radii(radii, rect);
    for (int i = 0; i < 4; i++)
        if (radii->corner[i][0] && radii->corner[i][1])
            return true;
    return false;
}

Radii radii_inside(Radii radii, Edges edges) /* of the padding or content box */
{
    const Len x[4] = {edges.left, edges.right, edges.right, edges.left},
              y[4] = {edges.top, edges.top, edges.bottom, edges.bottom};
    for (int i = 0; i < 4; i++) {
        radii.corner[i][0] = len_max(0, radii.corner[i][0] - x[i]);
        radii.corner[i][1] = len_max(0, radii.corner[i][1] - y[i]);
    }
    return radii;
}

const Path *path_rounded(Arena *arena, Rect rect, Radii radii)
{
    Pen pen = {.arena = arena};
    rounded(&pen, rect, radii);
    return finish(&pen, false);
}

const Path *path_ring(Arena *arena, Rect outer, Radii outside, Rect inner, Radii inside)
{
    Pen pen = {.arena = arena};
    rounded(&pen, outer, outside);
    rounded(&pen, inner, inside);
    return finish(&pen, true);
}

const Path *path_rect(Arena *arena, Rect rect)
{
    Pen pen = {.arena = arena};
    move_to(&pen, rect.x, rect.y);
    line_to(&pen, rect.x + rect.width, rect.y);
    line_to(&pen, rect.x + rect.width, rect.y + rect.height);
    line_to(&pen, rect.x, rect.y + rect.height);
    close_path(&pen);
    return finish(&pen, false);
}

static PathStep ray(uint8_t kind, Len x, Len y, double radius, double angle)
{
    return (PathStep){kind, {x + (Len)lround(radius * sin(angle)), y - (Len)lround(radius * cos(angle))}};
}

/* The arc is a polygon around it: sectors are cut off by a clip anyway. */
const Path *path_sector(Arena *arena, Len x, Len y, double radius, double from, double to)
{
    Pen pen = {.arena = arena};
    int parts = (int)ceil((to - from) / 0.5);
    parts = parts < 1 ? 1 : parts > 16 ? 16 : parts;
    move_to(&pen, x, y);
    for (int i = 0; i <= parts; i++)
        VEC_PUSH(arena, pen.steps, ray(PATH_LINE, x, y, radius * 1.1, from + (to - from) * i / parts));
    close_path(&pen);
    return finish(&pen, false);
}

/* ---- clip-path ---- */

static Rect reference_box(const Value *list, Rect border_box, Edges border, Edges padding)
{
    Rect r = border_box;
    for (int i = 0; i < list->count; i++) {
        uint16_t keyword = list->items[i].kind == VALUE_KEYWORD ? list->items[i].keyword : 0;
        if (keyword == KW_PADDING_BOX || keyword == KW_CONTENT_BOX)
            r = (Rect){r.x + border.left, r.y + border.top, r.width - border.left - border.right,
                       r.height - border.top - border.bottom};
        if (keyword == KW_CONTENT_BOX)
            r = (Rect){r.x + padding.left, r.y + padding.top, r.width - padding.left - padding.right,
                       r.height - padding.top - padding.bottom};
    }
    return r;
}

static Len shape_radius(const Value *value, Len center, Len size, Len base)
{
    if (value->kind == VALUE_KEYWORD || value->kind == VALUE_IDENT) {
        Len near = len_min(center, size - center), far = len_max(center, size - center);
        return value->text && strstr(value->text, "farthest") ? far : near;
    }
    return size_resolve(value->size, base);
}

static const Path *ellipse(Arena *arena, Rect r, Len cx, Len cy, Len rx, Len ry)
{
    (void)r;
    Radii radii;
    for (int i = 0; i < 4; i++) {
        radii.corner[i][0] = rx;
        radii.corner[i][1] = ry;
    }
    return path_rounded(arena, (Rect){cx - rx, cy - ry, 2 * rx, 2 * ry}, radii);
}

static const Path *shape_path(Arena *arena, const Value *shape, Rect r)
{
    const char *name = shape->text;
    if (strcmp(name, "circle") == 0 && shape->count >= 2) {
        Len cx = size_resolve(shape->items[1].items[0].size, r.width),
            cy = size_resolve(shape->items[1].items[1].size, r.height);
        bool keyword = shape->items[0].kind == VALUE_KEYWORD || shape->items[0].kind == VALUE_IDENT;
        bool far = keyword && shape->items[0].text && strstr(shape->items[0].text, "farthest");
        Len a = shape_radius(&shape->items[0], cx, r.width, r.width),
            b = shape_radius(&shape->items[0], cy, r.height, r.height);
        Len radius = keyword ? (far ? len_max(a, b) : len_min(a, b)) : a;
        return ellipse(arena, r, r.x + cx, r.y + cy, radius, radius);
    }
    if (strcmp(name, "ellipse") == 0 && shape->count >= 3) {
        Len cx = size_resolve(shape->items[2].items[0].size, r.width),
            cy = size_resolve(shape->items[2].items[1].size, r.height);
        return ellipse(arena, r, r.x + cx, r.y + cy, shape_radius(&shape->items[0], cx, r.width, r.width),
                       shape_radius(&shape->items[1], cy, r.height, r.height));
    }
    if (strcmp(name, "inset") == 0 && shape->count >= 4) {
        Len top = size_resolve(shape->items[0].size, r.height), right = size_resolve(shape->items[1].size, r.width);
        Len bottom = size_resolve(shape->items[2].size, r.height), left = size_resolve(shape->items[3].size, r.width);
        Rect in = {r.x + left, r.y + top, len_max(0, r.width - left - right), len_max(0, r.height - top - bottom)};
        Radii radii = {0};
        for (int i = 0; i < 4 && i + 4 < shape->count; i++)
            radius_of(&shape->items[4 + i], in, radii.corner[i]);
        fit_radii(&radii, in);
        return path_rounded(arena, in, radii);
    }
    if (strcmp(name, "polygon") == 0 && shape->count > 1) {
        Pen pen = {.arena = arena};
        for (int i = 1; i < shape->count; i++) {
            Len x = r.x + size_resolve(shape->items[i].items[0].size, r.width),
                y = r.y + size_resolve(shape->items[i].items[1].size, r.height);
            if (i == 1)
                move_to(&pen, x, y);
            else
                line_to(&pen, x, y);
        }
        close_path(&pen);
        return finish(&pen, shape->items[0].text && strcmp(shape->items[0].text, "evenodd") == 0);
    }
    return NULL;
}

const Path *clip_path_of(Arena *arena, const Style *style, Rect border_box, Edges border, Edges padding)
{
    const Value *list = style->decoration->clip_path;
    if (!list || list->kind != VALUE_LIST)
        return NULL;
    Rect r = reference_box(list, border_box, border, padding);
    for (int i = 0; i < list->count; i++)
        if (list->items[i].kind == VALUE_FUNCTION)
            return shape_path(arena, &list->items[i], r);
    return path_rect(arena, r);
}
