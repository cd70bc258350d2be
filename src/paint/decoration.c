/* Borders, outlines, rules. css-backgrounds-3, CSS 2.2 8.5, css-ui-4 (outline). */
#include "paint/internal.h"

static const Path *polygon(Arena *arena, const Len (*points)[2], int count)
{
    Path *path = NEW(arena, Path);
    PathStep *steps = NEW_ARRAY(arena, PathStep, count + 1);
    for (int i = 0; i < count; i++)
        steps[i] = (PathStep){i == 0 ? PATH_MOVE : PATH_LINE, {points[i][0], points[i][1]}};
    steps[count] = (PathStep){.kind = PATH_CLOSE};
    *path = (Path){count + 1, steps, false};
    return path;
}

/* A straight line of any style; solid ones are rectangles. */
void paint_rule(Painter *painter, const Box *box, Rect rect, uint16_t line_style, Color color, bool vertical)
{
    if (rect_is_empty(rect) || !color_visible(color) || line_style == KW_NONE || line_style == KW_HIDDEN)
        return;
    Len thickness = vertical ? rect.width : rect.height;
    if (line_style == KW_DOUBLE && thickness >= 3 * LEN_PT / 4) {
        Len third = thickness / 3;
        if (vertical) {
            paint_rect(painter, box, (Rect){rect.x, rect.y, third, rect.height}, color);
            paint_rect(painter, box, (Rect){rect.x + rect.width - third, rect.y, third, rect.height}, color);
        } else {
            paint_rect(painter, box, (Rect){rect.x, rect.y, rect.width, third}, color);
            paint_rect(painter, box, (Rect){rect.x, rect.y + rect.height - third, rect.width, third}, color);
        }
        return;
    }
    if (line_style != KW_DOTTED && line_style != KW_DASHED) {
        paint_rect(painter, box, rect, color);
        return;
    }
    Path *path = NEW(painter->arena, Path);
    PathStep *steps = NEW_ARRAY(painter->arena, PathStep, 2);
    Len half = thickness / 2, length = vertical ? rect.height : rect.width;
    bool dotted = line_style == KW_DOTTED;
    Len dash = dotted ? 0 : 3 * thickness, inset = dotted ? half : 0, period = dotted ? 2 * thickness : 6 * thickness;
    Len run = length - 2 * inset;
    int periods = period > 0 ? (int)((run + period / 2) / period) : 0;
    if (periods > 0)
        period = dotted ? run / periods : period;
    steps[0] = vertical ? (PathStep){PATH_MOVE, {rect.x + half, rect.y + inset}}
                        : (PathStep){PATH_MOVE, {rect.x + inset, rect.y + half}};
    steps[1] = vertical ? (PathStep){PATH_LINE, {rect.x + half, rect.y + rect.height - inset}}
                        : (PathStep){PATH_LINE, {rect.x + rect.width - inset, rect.y + half}};
    *path = (Path){2, steps, false};
    PaintOp *op = op_add(painter, OP_STROKE, box);
    op->tag = NULL;
    op->color = color;
    op->at.path.path = path;
    op->at.path.line_width = thickness;
    op->at.path.dash[0] = dash;
    op->at.path.dash[1] = dotted ? period : 3 * thickness;
    op->at.path.round = dotted;
}

typedef struct {
    Len width;
    uint16_t style;
    Color color;
} Side;

static Color shade(Color color, bool darker)
{
    if (color.space != COLOR_RGB)
        return color;
    for (int i = 0; i < 3; i++)
        color.c[i] = darker ? (uint16_t)(color.c[i] * 2 / 3) : color.c[i];
    return color;
}

static bool side_visible(const Side *side)
{
    return side->width > 0 && side->style != KW_NONE && side->style != KW_HIDDEN && color_visible(side->color);
}

static bool color_equal(Color a, Color b)
{
    return a.space == b.space && a.alpha == b.alpha && memcmp(a.c, b.c, sizeof a.c) == 0 && a.spot == b.spot;
}

/* One side as a trapezium, mitred against its neighbours. */
static void paint_mitred(Painter *painter, const Box *box, Rect outer, Rect inner, int side, Color color)
{
    Len o[4][2] = {{outer.x, outer.y},
                   {outer.x + outer.width, outer.y},
                   {outer.x + outer.width, outer.y + outer.height},
                   {outer.x, outer.y + outer.height}};
    Len n[4][2] = {{inner.x, inner.y},
                   {inner.x + inner.width, inner.y},
                   {inner.x + inner.width, inner.y + inner.height},
                   {inner.x, inner.y + inner.height}};
    int a = side, b = (side + 1) % 4;
    Len points[4][2] = {{o[a][0], o[a][1]}, {o[b][0], o[b][1]}, {n[b][0], n[b][1]}, {n[a][0], n[a][1]}};
    PaintOp *op = op_add(painter, OP_FILL, box);
    op->tag = NULL;
    op->color = color;
    op->at.path.path = polygon(painter->arena, points, 4);
}

static Rect inset(Rect r, Len top, Len right, Len bottom, Len left)
{
    return (Rect){r.x + left, r.y + top, r.width - left - right, r.height - top - bottom};
}

/* The outer or inner one of `parts` rings that a border is divided into. */
static void paint_ring(Painter *painter, const Box *box, Rect rect, const Side sides[4], int parts, bool inner_half)
{
    Len w[4], from[4];
    for (int i = 0; i < 4; i++) {
        w[i] = sides[i].width / parts;
        from[i] = inner_half ? sides[i].width - w[i] : 0;
    }
    Rect outer = inset(rect, from[0], from[1], from[2], from[3]);
    Rect inner = inset(outer, w[0], w[1], w[2], w[3]);
    for (int i = 0; i < 4; i++)
        if (side_visible(&sides[i]))
            paint_mitred(painter, box, outer, inner, i, sides[i].color);
}

/* Round borders of one colour are a ring; others are mitred inside the ring. */
static void paint_round_border(Painter *painter, const Box *box, Rect rect, Edges border, Radii radii,
                               const Side sides[4], bool equal)
{
    Rect inner = inset(rect, border.top, border.right, border.bottom, border.left);
    const Path *ring = path_ring(painter->arena, rect, radii, inner, radii_inside(radii, border));
    if (equal) {
        PaintOp *op = op_add(painter, OP_FILL, box);
        op->tag = NULL;
        op->color = sides[0].color;
        op->at.path.path = ring;
        return;
    }
    op_add(painter, OP_CLIP, NULL)->at.path.path = ring;
    for (int i = 0; i < 4; i++)
        if (side_visible(&sides[i]))
            paint_mitred(painter, box, rect, inner, i, sides[i].color);
    op_add(painter, OP_RESTORE, NULL);
}

void paint_border(Painter *painter, const Box *box, const Style *style, Rect rect, Edges border)
{
    const StyleDecoration *d = style->decoration;
    if (d->border_image_source && paint_border_image(painter, box, style, rect, border))
        return;
    Side sides[4] = {{border.top, d->border_top_style, used_color(d->border_top_color, style)},
                     {border.right, d->border_right_style, used_color(d->border_right_color, style)},
                     {border.bottom, d->border_bottom_style, used_color(d->border_bottom_color, style)},
                     {border.left, d->border_left_style, used_color(d->border_left_color, style)}};
    bool any = false, equal = true;
    for (int i = 0; i < 4; i++) {
        any = any || side_visible(&sides[i]);
        if (sides[i].width > 0 && (sides[i].style != KW_SOLID ||
                                   !color_equal(sides[i].color, sides[0].width > 0 ? sides[0].color : sides[i].color)))
            equal = false;
        if (sides[i].width > 0 && sides[i].color.alpha < 65535)
            equal = false;
    }
    if (!any || (rect.width <= 0 && rect.height <= 0))
        return;
    int visible = 0;
    for (int i = 0; i < 4; i++)
        visible += side_visible(&sides[i]);
    Radii radii;
    if (radii_of(style, rect, painter->open, &radii)) {
        paint_round_border(painter, box, rect, border, radii, sides, equal && visible == 4);
        return;
    }
    if (visible == 1 || equal) {
        bool straight = visible == 1;
        const Rect lines[4] = {{rect.x, rect.y, rect.width, border.top},
                               {rect.x + rect.width - border.right, rect.y + (straight ? 0 : border.top), border.right,
                                rect.height - (straight ? 0 : border.top + border.bottom)},
                               {rect.x, rect.y + rect.height - border.bottom, rect.width, border.bottom},
                               {rect.x, rect.y + (straight ? 0 : border.top), border.left,
                                rect.height - (straight ? 0 : border.top + border.bottom)}};
        bool mitre = straight && (border.top > 0) + (border.right > 0) + (border.bottom > 0) + (border.left > 0) > 1;
        bool flat = false;
        for (int i = 0; i < 4; i++)
            flat = flat || (side_visible(&sides[i]) && (sides[i].style == KW_SOLID || sides[i].style == KW_DOUBLE ||
                                                        sides[i].style == KW_DOTTED || sides[i].style == KW_DASHED));
        if (!mitre && flat) {
            for (int i = 0; i < 4; i++)
                if (side_visible(&sides[i]))
                    paint_rule(painter, box, lines[i], sides[i].style, sides[i].color, i % 2 == 1);
            return;
        }
    }
    Side solid[4], dark[4], light[4], twice[4];
    for (int i = 0; i < 4; i++) {
        bool top_left = i == 0 || i == 3;
        solid[i] = dark[i] = light[i] = twice[i] = sides[i];
        bool ring = sides[i].style == KW_GROOVE || sides[i].style == KW_RIDGE;
        if (sides[i].style == KW_INSET || sides[i].style == KW_OUTSET)
            solid[i].color = shade(sides[i].color, (sides[i].style == KW_INSET) == top_left);
        if (ring || sides[i].style == KW_DOUBLE || sides[i].style == KW_DOTTED || sides[i].style == KW_DASHED)
            solid[i].style = KW_NONE;
        if (!ring)
            dark[i].style = light[i].style = KW_NONE;
        bool groove = sides[i].style == KW_GROOVE;
        dark[i].color = shade(sides[i].color, groove == top_left);
        light[i].color = shade(sides[i].color, groove != top_left);
        if (sides[i].style != KW_DOUBLE)
            twice[i].style = KW_NONE;
    }
    Rect inner = inset(rect, border.top, border.right, border.bottom, border.left);
    for (int i = 0; i < 4; i++)
        if (side_visible(&solid[i]))
            paint_mitred(painter, box, rect, inner, i, solid[i].color);
    paint_ring(painter, box, rect, dark, 2, false);
    paint_ring(painter, box, rect, light, 2, true);
    paint_ring(painter, box, rect, twice, 3, false);
    paint_ring(painter, box, rect, twice, 3, true);
    const Rect lines[4] = {{rect.x, rect.y, rect.width, border.top},
                           {rect.x + rect.width - border.right, rect.y, border.right, rect.height},
                           {rect.x, rect.y + rect.height - border.bottom, rect.width, border.bottom},
                           {rect.x, rect.y, border.left, rect.height}};
    for (int i = 0; i < 4; i++)
        if (side_visible(&sides[i]) && (sides[i].style == KW_DOTTED || sides[i].style == KW_DASHED))
            paint_rule(painter, box, lines[i], sides[i].style, sides[i].color, i % 2 == 1);
}

void paint_outline(Painter *painter, const Box *box, const Style *style, Rect rect)
{
    const StyleDecoration *d = style->decoration;
    Len width = d->outline_width, offset = size_resolve(d->outline_offset, 0);
    if (width <= 0 || d->outline_style == KW_NONE || style->text->visibility != KW_VISIBLE)
        return;
    /* A negative offset shrinks the outline until its inside is gone. */
    Len across = len_max(-rect.width / 2, offset) + width, down = len_max(-rect.height / 2, offset) + width;
    Rect outer = {rect.x - across, rect.y - down, rect.width + 2 * across, rect.height + 2 * down};
    uint16_t line = d->outline_style == KW_AUTO ? KW_SOLID : d->outline_style;
    Color color = used_color(d->outline_color, style);
    const Rect lines[4] = {{outer.x, outer.y, outer.width, width},
                           {outer.x + outer.width - width, outer.y + width, width, outer.height - 2 * width},
                           {outer.x, outer.y + outer.height - width, outer.width, width},
                           {outer.x, outer.y + width, width, outer.height - 2 * width}};
    for (int i = 0; i < 4; i++)
        paint_rule(painter, box, lines[i], line, color, i % 2 == 1);
}
