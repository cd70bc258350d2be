/* paint/internal.h: what the files of paint share. */
#ifndef N2P_PAINT_INTERNAL_H
#define N2P_PAINT_INTERNAL_H

#include "paint/page.h"

typedef struct {
    Len x, y, width, height;
} Rect;

typedef struct Decorating { /* block-level ancestors with a text decoration */
    const Style *style;
    const struct Decorating *outer;
} Decorating;

typedef struct {
    bool top, right, bottom, left;
} Sides;

typedef struct Painter {
    Arena *arena;
    const PaintContext *context;
    VEC(PaintOp) ops;
    bool artifact;
    uint8_t artifact_kind; /* ArtifactKind */
    const Decorating *decorating;
    Sides open;        /* where the box that is drawn goes on elsewhere: no corner is round there */
    bool outlines;     /* blocks painted since the layers began have one */
    const Box *canvas; /* whose background was painted on the page */
} Painter;

PaintOp *op_add(Painter *painter, OpKind kind, const Box *box);
void paint_rect(Painter *painter, const Box *box, Rect rect, Color color);
Color used_color(Color color, const Style *style);
bool color_visible(Color color);
bool rect_is_empty(Rect rect);

/* shape.c */
typedef struct {
    Len corner[4][2];
} Radii; /* from the top left, clockwise: horizontal, vertical */
bool radii_of(const Style *style, Rect rect, Sides open, Radii *radii); /* false: all corners are square */
Radii radii_inside(Radii radii, Edges edges);
const Path *path_rounded(Arena *arena, Rect rect, Radii radii);
const Path *path_ring(Arena *arena, Rect outer, Radii outside, Rect inner, Radii inside); /* between the two */
const Path *path_rect(Arena *arena, Rect rect);
const Path *clip_path_of(Arena *arena, const Style *style, Rect border_box, Edges border,
                         Edges padding); /* NULL: none */

const Path *path_sector(Arena *arena, Len x, Len y, double radius, double from,
                        double to); /* of a circle; radians, clockwise from the top */
void fill_path(Painter *painter, const Box *box, const Path *path, Color color);

/* gradient.c, transform.c, background.c */
const Gradient *gradient_of(Arena *arena, const Value *value, Rect rect,
                            const Style *style); /* NULL: not linear or radial */
typedef struct {
    Color color;
    double from, to;
} Sector; /* radians, clockwise from the top */
typedef struct {
    Len x, y;
    int count;
    const Sector *sectors;
} Conic;
bool conic_of(Arena *arena, const Value *value, Rect rect, const Style *style, Conic *conic);
bool transform_of(const Style *style, Rect rect, Matrix *matrix);
void paint_background_in(Painter *painter, const Box *box, const Style *style, Rect rect, Rect area_box, Edges border,
                         Edges padding);

/* decoration.c: backgrounds, borders, outlines of a box; rect is its border box. edges: those it has here. */
void paint_background(Painter *painter, const Box *box, const Style *style, Rect rect, Edges border, Edges padding);
void paint_border(Painter *painter, const Box *box, const Style *style, Rect rect, Edges border);
void paint_outline(Painter *painter, const Box *box, const Style *style, Rect rect);
void paint_rule(Painter *painter, const Box *box, Rect rect, uint16_t line_style, Color color, bool vertical);

/* picture.c: the images of CSS */
typedef struct {
    const Value *value;
    const Image *image; /* NULL: a gradient */
    Len width, height;  /* natural size, 0: none */
} Picture;
bool picture_open(Painter *painter, const Box *box, const Value *value, Picture *picture); /* false: nothing to draw */
void paint_picture(Painter *painter, const Box *box, const Style *style, const Picture *picture, Rect rect);
void paint_picture_part(Painter *painter, const Box *box, const Style *style, const Picture *picture, Rect whole,
                        Rect from, Rect to);

/* border_image.c, shadow.c */
bool paint_border_image(Painter *painter, const Box *box, const Style *style, Rect rect,
                        Edges border); /* false: borders are drawn by their styles */
void paint_box_shadows(Painter *painter, const Box *box, const Style *style, Rect rect, Edges border, bool inset);
void paint_text_shadows(Painter *painter, const Style *style, const GlyphRun *run, Len x, Len y);

/* line.c */
void paint_line(Painter *painter, const Fragment *line, Len x, Len y,
                void (*atom)(Painter *, const Fragment *, Len, Len));
void paint_replaced(Painter *painter, const Fragment *fragment, Len x, Len y);
void paint_leader(Painter *painter, const Fragment *fragment, Len x, Len y);

#endif
