/* paint/internal.h: what the files of paint share. */
#ifndef N2P_PAINT_INTERNAL_H
#define N2P_PAINT_INTERNAL_H

#include "paint/page.h"

typedef struct { Len x, y, width, height; } Rect;

typedef struct Decorating { /* block-level ancestors with a text decoration */
    const Style *style;
    const struct Decorating *outer;
} Decorating;

typedef struct Painter {
    Arena *arena;
    const PaintContext *context;
    VEC(PaintOp) ops;
    bool artifact;
    const Decorating *decorating;
    const Box *canvas;      /* whose background was painted on the page */
} Painter;

PaintOp *op_add(Painter *painter, OpKind kind, const Box *box);
void paint_rect(Painter *painter, const Box *box, Rect rect, Color color);
Color used_color(Color color, const Style *style);
bool color_visible(Color color);
bool rect_is_empty(Rect rect);

/* decoration.c: backgrounds, borders, outlines of a box; rect is its border box. edges: those it has here. */
void paint_background(Painter *painter, const Box *box, const Style *style, Rect rect, Edges border, Edges padding);
void paint_border(Painter *painter, const Box *box, const Style *style, Rect rect, Edges border);
void paint_outline(Painter *painter, const Box *box, const Style *style, Rect rect);
void paint_rule(Painter *painter, const Box *box, Rect rect, uint16_t line_style, Color color, bool vertical);

/* line.c */
void paint_line(Painter *painter, const Fragment *line, Len x, Len y, void (*atom)(Painter *, const Fragment *, Len, Len));
void paint_replaced(Painter *painter, const Fragment *fragment, Len x, Len y);
void paint_leader(Painter *painter, const Fragment *fragment, Len x, Len y);

#endif
