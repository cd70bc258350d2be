/* What the files of raster share. Planes are drawn three at a time: the red, green and blue of a cairo surface are light, or
 * what paper is left of an ink (1 - ink): cairo's compositing and blend modes are then those of ISO 32000-1 11.3 and 11.7.4. */
#ifndef N2P_RASTER_INTERNAL_H
#define N2P_RASTER_INTERNAL_H

#include "asset/color_profile.h"
#include "raster/library.h"
#include "raster/raster.h"

enum { SURFACES = RASTER_PLANES / 3, PROCESS_INKS = 4 };

typedef struct { /* of pictures of one profile */
    const ColorProfile *from;
    const ColorTransform *made;
} PictureWay;

struct Raster {
    Arena *arena;
    PdfWriter *writer;
    Diag *diag;
    bool press;
    const ColorProfile *profile; /* of the press */
    VEC(PictureWay) ways;
    ColorTransform *seen;
    Color spots[RASTER_PLANES - PROCESS_INKS]; /* full; of the whole document, as they come */
    int spot_count;
};

typedef enum { PUSHED_STATE, PUSHED_GROUP, PUSHED_NOTHING } PushKind;
typedef struct {
    uint8_t kind;
    uint16_t blend;
    double opacity;
    double scale; /* before */
} Pushed;

typedef struct Canvas {
    Raster *raster;
    Arena *arena; /* of the page */
    int planes, surfaces;
    cairo_t *at[SURFACES];
    VEC(Pushed) pushed;
    int groups;   /* that are open */
    double scale; /* how many times as large things are drawn as they say */
} Canvas;

/* paint.c: what a colour is on each plane */
typedef struct {
    double light[RASTER_PLANES];
    bool kept[RASTER_PLANES]; /* overprint: what is there stays */
    double alpha;
} Paint;
Paint paint_of(Canvas *canvas, const Color *color, bool mixed);
void paint_overprint(const Canvas *canvas, Paint *paint);
void fill_paint(Canvas *canvas, const Paint *paint, void (*draw)(cairo_t *cairo, const void *user), const void *user);
void fill_gradient(Canvas *canvas, const Gradient *gradient, void (*draw)(cairo_t *cairo, const void *user),
                   const void *user);
int raster_spot(Raster *raster, const Color *color); /* plane of a spot; -1: its alternate is printed */

/* picture.c */
void draw_picture(Canvas *canvas, const PaintOp *op);

#endif
