/* layout/table.h: what the files of table layout share. css-tables-3; layout.md 3 (Tables). */
#ifndef N2P_LAYOUT_TABLE_H
#define N2P_LAYOUT_TABLE_H

#include "layout/internal.h"

enum { TABLE_COLUMNS_MOST = 1000 };

typedef struct {
    Len width;
    uint16_t style;
    Color color;
    int rank;
} Border;
typedef struct {
    const Box *box;
    int row, column, rows, columns;
} Cell;
typedef struct {
    const Box *box, *group;
    int first_cell, cell_count; /* cells that begin in this row */
    const int *over;            /* cells that reach into it from above */
    int over_count;
} Row;
typedef struct Table {
    Layout *job;
    const Box *box;
    bool collapse, fixed;
    Len spacing_x, spacing_y;
    int columns;
    VEC(Row) rows;
    VEC(Cell) cells;
    bool rtl;               /* columns run from right to left */
    const Box **column_box; /* <col> of a column */
    Len *min, *max, *width; /* by column, as what follows */
    int32_t *percent;
    bool *sized;
    bool measured;         /* min, max, percent and sized say what the cells ask for */
    Border *across, *down; /* collapsed: [rows + 1][columns], [rows][columns + 1] */
    Edges edges;           /* border and padding of the table box; collapsed: half of the outer borders */
} Table;

/* ---- table_grid.c: which cell stands where ---- */
/* Its grid and borders, kept from one page to the next. */
Table *table_of(Layout *job, const Box *box);
Table *table_working_copy(Layout *job, const Table *kept); /* with columns of its own */
int head_rows(const Table *t);

/* ---- table_borders.c: collapsed borders, CSS 2.2 17.6.2 ---- */
void collapse_borders(Table *t, Arena *arena);
Edges cell_borders(const Table *t, const Cell *cell); /* what a cell's box has: half of the collapsed ones */
Edges table_edges(const Table *t);
/* The borders of rows that stand at `tops`, as boxes of their own. */
void add_collapsed_borders(const Table *t, Flow *flow, const int *rows, const Len *tops, const Len *heights, int count);
const Box *without_borders(Layout *job, const Box *box);
void strip_borders(Table *t, Flow *flow, int from); /* of cells and rows, from that link on */

/* ---- table_columns.c: how wide columns are, css-tables-3 4 ---- */
void measure_columns(Table *t);
void size_columns(Table *t, const Sizes *sizes, const Space *space); /* fills t->width of a working copy */
Len table_room(const Sizes *sizes, const Space *space);              /* of the container; NONE: as the table likes */
Len outer_spacing(const Table *t);
Len column_left(const Table *t, int column); /* of its left edge, in the table's border box */
Len cell_left(const Table *t, const Cell *cell);
Len cell_width(const Table *t, const Cell *cell);

#endif
