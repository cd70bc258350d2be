/* paint/page.h: paints one page of fragments. See paint.h for what comes out. */
#ifndef N2P_PAINT_PAGE_H
#define N2P_PAINT_PAGE_H

#include "layout/layout.h"
#include "paint/paint.h"

typedef struct {
    FontSet *fonts;
    ImageSet *images;
    const Document *document;
    Diag *diag;
} PaintContext;
const DisplayPage *paint_page(Arena *arena, const PageArea *page, const PaintContext *context);

#endif
