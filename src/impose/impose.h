/* impose/impose.h: pages put on sheets (print-ready.md H4). Never for a file that an offset shop imposes itself.
 *   in    display pages in reading order; how they lie on the sheet
 *   out   sheets as display pages of their own: trim is the sheet; without tags, links and bookmarks; crop and fold marks in all
 *         inks
 * Pages and what they point to must live as long as the sheets. */
#ifndef N2P_IMPOSE_H
#define N2P_IMPOSE_H

#include "paint/paint.h"

typedef struct {
    int columns, rows;
    bool booklet; /* saddle-stitched: 8-1, 2-7, 6-3, 4-5; printed on both sides, turned over the short edge */
    Len creep;    /* how far each further sheet's pages move to the spine: the paper's thickness */
} Imposition;

/* "booklet", "2up", "4up", "nup:3x2"; creep as "0.1mm", NULL: none. NULL: understood; else what is wrong, as a sentence. */
const char *impose_read(Arena *arena, const char *words, const char *creep, Imposition *imposition);
int impose_sides(const Imposition *imposition, int pages); /* of sheets */
/* Side i from 0; empty places stay white. */
const DisplayPage *impose_side(Arena *arena, const Imposition *imposition, const DisplayPage *const *pages, int count,
                               int i);

#endif
