/* layout/grid.h: what the files of grid layout share. css-grid-2. */
#ifndef N2P_LAYOUT_GRID_H
#define N2P_LAYOUT_GRID_H

#include "layout/internal.h"

typedef enum { AXIS_COLUMNS, AXIS_ROWS } GridAxis;
enum { GRID_LINES_MAX = 1000 }; /* lines further out are taken as this one */

typedef struct {
    Size min, max;     /* sizing functions; a keyword auto, min-content, max-content, or a length-percentage */
    int32_t flex;      /* fr of the max function, RATIO_ONE = 1; 0: none */
    const Size *fit;   /* argument of fit-content() */
    bool repeated_fit; /* made by repeat(auto-fit): vanishes where empty */
    bool empty;        /* such a one that is: no size, no gutter */
    Len base, limit;   /* limit LEN_MAX: infinite */
    Len planned, increase;
    bool frozen;
    Len at;              /* from the content edge */
    bool grows_for_ever; /* 12.5: a limit that was infinite and is taken from an item */
} Track;
typedef struct LineName {
    Name name;
    int line; /* from 0 */
} LineName;

typedef struct { /* one axis of a grid */
    VEC(Track) tracks;
    VEC(LineName) names;
    int explicit_count; /* tracks that are written out; those before them come first in `tracks` */
    int before;         /* implicit tracks before the explicit ones */
    Len gap;
    Len size; /* of all tracks with gutters */
} GridLines;

typedef struct Subgrid { /* what a grid hands down to a subgrid in it, by axis */
    int count[2];        /* tracks it spans; 0: not a subgrid in this axis */
    const Len *size[2];  /* less its margins, borders and paddings at the ends */
    Len gap[2];
    const struct LineName *names[2]; /* of the lines around those tracks */
    int name_count[2];
} Subgrid;

typedef struct {
    const Box *box;
    bool inner; /* of a subgrid: asks for room here, is laid out there */
    int order, index;
    int start[2], span[2]; /* tracks by axis */
    Edges margin;
    bool auto_margin[4]; /* top right bottom left */
    Len shim;            /* down to the baseline of its row's others */
    bool locked;         /* while placing: its major line is given, the other was found */
    Len min, max, least; /* contributions in the axis being sized, margins counted; least: the minimum contribution */
    bool least_is_size;  /* it comes from a size that is written out */
    Len edges[2];        /* margins, borders, padding */
    const Fragment *fragment;
    Pending *pending;
} GridItem;

typedef struct {
    Layout *job;
    const Box *box;
    Len width, height;        /* content box; NONE: not known */
    const Subgrid *inherited; /* NULL: not a subgrid */
    GridLines lines[2];
    GridItem *items;
    int count;
} Grid;

typedef enum { TRACKS_DEFINITE, TRACKS_MIN_CONTENT, TRACKS_MAX_CONTENT } TrackRule;

/* grid_place.c: 8 */
void grid_place(Grid *grid);
bool grid_is_subgrid(const Box *box, GridAxis axis);
/* grid_tracks.c: 7.2, 12 */
void grid_read_tracks(Grid *grid, GridAxis axis, Len available);
void grid_add_implicit(Grid *grid, GridAxis axis, int before, int count);
void grid_size_tracks(Grid *grid, GridAxis axis, Len available, TrackRule rule, bool stretch);
void grid_place_tracks(Grid *grid, GridAxis axis, Len available, const Value *align);
Len grid_extent(const Grid *grid, GridAxis axis, int start, int span);

#endif
