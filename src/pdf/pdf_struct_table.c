/* Tables that hold together: every row as wide as the table, spans that neither overlap nor leave the row group, header
 * cells with a scope. ISO 14289-1 7.5, ISO 32000-1 14.8.5.7; print-ready.md U15. Cells are placed as CSS and HTML place them. */
#include "pdf/pdf_struct_tree.h"

enum { MOST_COLUMNS = 4096 };

typedef struct {
    PdfStruct *structure;
    VEC(Element) rows;
    VEC(int) ends;  /* of each row: the first row after its group */
    VEC(int) until; /* of each column: the first row in which it is free again */
    int columns;
} Grid;

static const Kid *element_kid(const PdfStruct *structure, uint32_t at)
{
    const Kid *kid = kid_at(structure, at);
    return kid->kind == KID_ELEMENT ? kid : NULL;
}

/* Chains run from the end: rows are put in from behind. */
static void add_rows(Grid *grid, Element holder)
{
    PdfStruct *structure = grid->structure;
    const Node *node = node_at(structure, holder);
    int from = grid->rows.count;
    for (uint32_t at = node->last; at; at = kid_at(structure, at)->before) {
        const Kid *kid = element_kid(structure, at);
        if (kid && node_at(structure, kid->what)->role == TAG_TR)
            VEC_PUSH(structure->arena, grid->rows, kid->what);
    }
    for (int i = from, k = grid->rows.count - 1; i < k; i++, k--) {
        Element swap = grid->rows.at[i];
        grid->rows.at[i] = grid->rows.at[k];
        grid->rows.at[k] = swap;
    }
    for (int i = from; i < grid->rows.count; i++)
        VEC_PUSH(structure->arena, grid->ends, grid->rows.count);
}

static void collect(Grid *grid, Element table)
{
    PdfStruct *structure = grid->structure;
    VEC(Element) groups = {0};
    for (uint32_t at = node_at(structure, table)->last; at; at = kid_at(structure, at)->before) {
        const Kid *kid = element_kid(structure, at);
        uint8_t role = kid ? node_at(structure, kid->what)->role : TAG_DIV;
        if (role == TAG_THEAD || role == TAG_TBODY || role == TAG_TFOOT)
            VEC_PUSH(structure->arena, groups, kid->what);
    }
    if (groups.count == 0)
        add_rows(grid, table);
    else
        while (groups.count > 0)
            add_rows(grid, groups.at[--groups.count]);
}

static bool is_taken(const Grid *grid, int column, int row)
{
    return column < grid->until.count && grid->until.at[column] > row;
}

static void take(Grid *grid, int column, int until)
{
    while (grid->until.count <= column)
        VEC_PUSH(grid->structure->arena, grid->until, 0);
    grid->until.at[column] = until;
    if (column >= grid->columns)
        grid->columns = column + 1;
}

/* A span ends where another cell comes down from above, and with its row group. */
static int place(Grid *grid, Node *cell, int row, int column)
{
    while (is_taken(grid, column, row))
        column++;
    int span = 1, rows = grid->ends.at[row] - row;
    while (span < cell->colspan && column + span < MOST_COLUMNS && !is_taken(grid, column + span, row))
        span++;
    cell->colspan = (uint16_t)span;
    if (cell->rowspan > rows)
        cell->rowspan = (uint16_t)rows;
    for (int i = 0; i < span; i++)
        take(grid, column + i, row + cell->rowspan);
    return column + span;
}

static void place_row(Grid *grid, int row)
{
    PdfStruct *structure = grid->structure;
    const Node *node = node_at(structure, grid->rows.at[row]);
    const uint32_t *kids = pdf_struct_kids(structure, node);
    int column = 0;
    for (uint32_t i = 0; i < node->count; i++)
        if (element_kid(structure, kids[i]))
            column = place(grid, node_at(structure, kid_at(structure, kids[i])->what), row, column);
}

static void add_cell(Grid *grid, Element row, int span)
{
    PdfStruct *structure = grid->structure;
    Element made = pdf_struct_new_node(structure);
    *node_at(structure, made) = (Node){.ref = pdf_reserve(structure->file),
                                       .parent = row,
                                       .role = TAG_TD,
                                       .colspan = (uint16_t)span,
                                       .rowspan = 1,
                                       .extra = -1};
    Node *node = node_at(structure, row);
    uint32_t before = node->last;
    node->last = pdf_struct_new_kid(structure, (Kid){.what = made, .kind = KID_ELEMENT, .before = before});
    node->count++;
}

static void fill_row(Grid *grid, int row)
{
    for (int column = 0; column < grid->columns;) {
        int from = column;
        while (column < grid->columns && !is_taken(grid, column, row))
            column++;
        if (column > from)
            add_cell(grid, grid->rows.at[row], column - from);
        else
            column++;
    }
}

/* A header cell beside data heads its row, if it stands in no head of the table; all others head their column. */
static void set_scopes(Grid *grid, int row)
{
    PdfStruct *structure = grid->structure;
    const Node *node = node_at(structure, grid->rows.at[row]);
    bool data = false, head = node_at(structure, node->parent)->role == TAG_THEAD;
    for (int pass = 0; pass < 2 && row > 0 && !head; pass++)
        for (uint32_t at = node->last; at; at = kid_at(structure, at)->before) {
            const Kid *kid = element_kid(structure, at);
            Node *cell = kid ? node_at(structure, kid->what) : NULL;
            data = data || (cell && cell->role == TAG_TD);
            if (pass == 1 && data && cell && cell->role == TAG_TH)
                cell->scope_row = true;
        }
}

void pdf_struct_keep_table(PdfStruct *structure, Element table)
{
    Grid grid = {.structure = structure};
    collect(&grid, table);
    for (int i = 0; i < grid.rows.count; i++) {
        place_row(&grid, i);
        set_scopes(&grid, i);
    }
    for (int i = 0; i < grid.until.count; i++)
        grid.until.at[i] = 0;
    for (int i = 0; i < grid.rows.count; i++) {
        place_row(&grid, i);
        fill_row(&grid, i);
    }
}
