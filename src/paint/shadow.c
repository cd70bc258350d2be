/* Shadows of boxes (css-backgrounds-3 6) and of text (css-text-decor-4 5). Vectors, not pictures: a blurred shadow is
 * a few steps, which together fade over the blur's width. */
#include "paint/internal.h"

enum { BLUR_STEPS = 8 };

static Rect grown_rect(Rect r, Len out)
{
    return (Rect){r.x - out, r.y - out, r.width + 2 * out, r.height + 2 * out};
}

static Radii grown_radii(Radii radii, Len out)
{
    for (int k = 0; k < 4; k++)
        for (int a = 0; a < 2; a++)
            radii.corner[k][a] = radii.corner[k][a] ? len_max(0, radii.corner[k][a] + out) : 0;
    return radii;
}

/* Of step i of a blur: how far outside the shadow's edge, and what of its colour. */
static Len step_offset(Len blur, int i)
{
    return blur > 0 ? len_scale(blur, BLUR_STEPS - 1 - 2 * i, 2 * (BLUR_STEPS - 1)) : 0;
}

static Color step_color(Color color, Len blur)
{
    if (blur > 0)
        color.alpha = (uint16_t)(color.alpha / BLUR_STEPS);
    return color;
}

typedef struct {
    Color color;
    Len x, y, blur, spread;
    bool inset;
} Shadow;

static bool read_shadow(const Value *value, const Style *style, Shadow *shadow)
{
    if (value->kind != VALUE_LIST || value->count < 5)
        return false;
    const Value *v = value->items;
    *shadow = (Shadow){used_color(v[0].color, style),
                       v[1].size.len,
                       v[2].size.len,
                       v[3].size.len,
                       v[4].size.len,
                       value->count > 5 && v[5].keyword == KW_INSET};
    return color_visible(shadow->color);
}

/* The rectangle that paints all there is. */
static Rect everywhere(Rect r)
{
    return grown_rect(r, 20000 * LEN_PT);
}

static void paint_outer(Painter *painter, const Box *box, const Shadow *s, Rect rect, Radii radii)
{
    op_add(painter, OP_CLIP, NULL)->at.path.path = path_ring(painter->arena, everywhere(rect), (Radii){0}, rect, radii);
    Rect moved = {rect.x + s->x, rect.y + s->y, rect.width, rect.height};
    for (int i = 0; i < (s->blur > 0 ? BLUR_STEPS : 1); i++) {
        Len out = s->spread + step_offset(s->blur, i);
        Rect r = grown_rect(moved, out);
        if (!rect_is_empty(r))
            fill_path(painter, box, path_rounded(painter->arena, r, grown_radii(radii, out)),
                      step_color(s->color, s->blur));
    }
    op_add(painter, OP_RESTORE, NULL);
}

static void paint_inner(Painter *painter, const Box *box, const Shadow *s, Rect inner, Radii radii)
{
    op_add(painter, OP_CLIP, NULL)->at.path.path = path_rounded(painter->arena, inner, radii);
    Rect moved = {inner.x + s->x, inner.y + s->y, inner.width, inner.height};
    for (int i = 0; i < (s->blur > 0 ? BLUR_STEPS : 1); i++) {
        Len in = s->spread + step_offset(s->blur, i);
        Rect hole = grown_rect(moved, -in);
        const Path *path = rect_is_empty(hole) ? path_rect(painter->arena, inner)
                                               : path_ring(painter->arena, everywhere(inner), (Radii){0}, hole,
                                                           grown_radii(radii, -in));
        fill_path(painter, box, path, step_color(s->color, s->blur));
    }
    op_add(painter, OP_RESTORE, NULL);
}

void paint_box_shadows(Painter *painter, const Box *box, const Style *style, Rect rect, Edges border, bool inset)
{
    const Value *list = style->decoration->box_shadow;
    if (!list || list->kind != VALUE_LIST)
        return;
    Radii radii;
    radii_of(style, rect, painter->open, &radii);
    Rect inner = {rect.x + border.left, rect.y + border.top, rect.width - border.left - border.right,
                  rect.height - border.top - border.bottom};
    for (int i = list->count - 1; i >= 0; i--) {
        Shadow s;
        if (!read_shadow(&list->items[i], style, &s) || s.inset != inset)
            continue;
        if (!inset)
            paint_outer(painter, box, &s, rect, radii);
        else if (!rect_is_empty(inner))
            paint_inner(painter, box, &s, inner, radii_inside(radii, border));
    }
}

static void paint_glyph_shadow(Painter *painter, const GlyphRun *run, Len x, Len y, Color color)
{
    PaintOp *op = op_add(painter, OP_GLYPHS, NULL);
    op->color = color;
    op->at.glyphs.run = run;
    op->at.glyphs.x = x;
    op->at.glyphs.y = y;
    op->text = ""; /* the text itself says it */
}

void paint_text_shadows(Painter *painter, const Style *style, const GlyphRun *run, Len x, Len y)
{
    static const int8_t around[BLUR_STEPS][2] = {{10, 0},  {7, 7},   {0, 10},  {-7, 7},
                                                 {-10, 0}, {-7, -7}, {0, -10}, {7, -7}};
    const Value *list = style->text->shadow;
    if (!list || list->kind != VALUE_LIST)
        return;
    for (int i = list->count - 1; i >= 0; i--) {
        Shadow s;
        if (!read_shadow(&list->items[i], style, &s))
            continue;
        if (s.blur <= 0) {
            paint_glyph_shadow(painter, run, x + s.x, y + s.y, s.color);
            continue;
        }
        for (int k = 0; k < BLUR_STEPS; k++)
            paint_glyph_shadow(painter, run, x + s.x + len_scale(s.blur, around[k][0], 30),
                               y + s.y + len_scale(s.blur, around[k][1], 30), step_color(s.color, s.blur));
    }
}
