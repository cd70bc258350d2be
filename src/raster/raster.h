/* raster/raster.h: from a display page to pixels, as its writer prints it. The door to cairo, which is loaded with the first
 * page: a plain run has none.
 *   in    a DisplayPage; the PdfWriter whose colours and inks it gets; a resolution
 *   out   a Bitmap: light of a file in RGB; of a file for a press an ink map: process inks and spots, each composed for itself
 * For proofs, the view of a page, and what preflight measures (print-ready.md 6, 9, 11). */
#ifndef N2P_RASTER_H
#define N2P_RASTER_H

#include "pdf/ink.h"

enum { RASTER_PLANES = 12 };
typedef struct {
    int width, height; /* pixels */
    int ppi;           /* as asked for, or less where the page would be too large */
    Len margin;        /* the first pixel is so far outside the trim's corner, on both axes */
    bool press;        /* planes are inks: 255 full; else red, green, blue: 255 full light */
    int count;         /* planes: 3, or 4 and a spot each; more than RASTER_PLANES are seen as their alternates */
    const char *names[RASTER_PLANES];
    uint8_t *data; /* rows from the top, count bytes a pixel */
} Bitmap;

typedef struct Raster Raster;
Raster *raster_new(Arena *arena, PdfWriter *writer, Diag *diag); /* lives as the arena, as transforms it has made */
/* The page with so much margin around its trim. NULL: cairo isn't there, or memory is out; reported. */
const Bitmap *raster_page(Raster *raster, Arena *arena, const DisplayPage *page, int ppi, Len margin);
/* What a bitmap looks like: three planes, sRGB; inks as the writer's profile has them on its paper, spots as their alternates. */
const Bitmap *raster_seen(Raster *raster, Arena *arena, const Bitmap *bitmap);

#endif
