/* Which cell stands where: rows, spans, groups. css-tables-3 3 (CSS 2.2 17.5). */
#include "layout/table.h"

static void add_columns(Table *t, const Box *box)
{
    if (box->kind == BOX_COLGROUP && box->first) {
        for (const Box *child = box->first; child; child = child->next)
            add_columns(t, child);
        return;
    }
    for (int i = 0; i < box->col_span && t->columns < TABLE_COLUMNS_MOST; i++)
        t->column_box[t->columns++] = box;
}

static void add_row(Table *t, const Box *row, const Box *group, int **until)
{
    int index = t->rows.count, column = 0;
    Row added = {row, group, t->cells.count, 0};
    for (const Box *cell = row->first; cell; cell = cell->next) {
        if (cell->kind != BOX_CELL)
            continue;
        while (column < TABLE_COLUMNS_MOST && (*until)[column] > index)
            column++;
        if (column >= TABLE_COLUMNS_MOST)
            break;
        int columns = cell->col_span;
        if (column + columns > TABLE_COLUMNS_MOST)
            columns = TABLE_COLUMNS_MOST - column;
        int rows = cell->row_span > 0 ? cell->row_span : 65534;
        for (int i = column; i < column + columns; i++)
            (*until)[i] = index + rows;
        VEC_PUSH(t->job->fragments, t->cells, ((Cell){cell, index, column, rows, columns}));
        added.cell_count++;
        column += columns;
        t->columns = column > t->columns ? column : t->columns;
    }
    VEC_PUSH(t->job->fragments, t->rows, added);
}

static void add_group(Table *t, const Box *group)
{
    int *until = NEW_ARRAY(t->job->fragments, int, TABLE_COLUMNS_MOST);
    int first_cell = t->cells.count;
    for (const Box *row = group->first; row; row = row->next)
        if (row->kind == BOX_ROW)
            add_row(t, row, group, &until);
    for (int i = first_cell; i < t->cells.count; i++) /* spans end with their group */
        if (t->cells.at[i].row + t->cells.at[i].rows > t->rows.count)
            t->cells.at[i].rows = t->rows.count - t->cells.at[i].row;
}

static bool is_head(const Box *group)
{
    return group->style->box->display == KW_TABLE_HEADER_GROUP;
}

static bool is_foot(const Box *group)
{
    return group->style->box->display == KW_TABLE_FOOTER_GROUP;
}

static void build_grid(Table *t)
{
    const Box *head = NULL, *foot = NULL;
    for (const Box *child = t->box->first; child; child = child->next) {
        if (child->kind == BOX_COL || child->kind == BOX_COLGROUP)
            add_columns(t, child);
        if (child->kind == BOX_GROUP && is_head(child) && !head)
            head = child;
        if (child->kind == BOX_GROUP && is_foot(child) && !foot)
            foot = child;
    }
    if (head)
        add_group(t, head);
    for (const Box *child = t->box->first; child; child = child->next)
        if (child->kind == BOX_GROUP && child != head && child != foot)
            add_group(t, child);
    if (foot)
        add_group(t, foot);
}

int head_rows(const Table *t)
{
    int n = 0;
    while (n < t->rows.count && is_head(t->rows.at[n].group))
        n++;
    return n;
}

Table *table_new(Layout *job, const Box *box)
{
    Table *t = NEW(job->fragments, Table);
    t->job = job;
    t->box = box;
    t->collapse = box->style->text->border_collapse == KW_COLLAPSE;
    t->spacing_x = t->collapse ? 0 : size_resolve(box->style->text->spacing_x, 0);
    t->spacing_y = t->collapse ? 0 : size_resolve(box->style->text->spacing_y, 0);
    t->fixed = box->style->box->table_layout == KW_FIXED && box->style->box->width.keyword == 0;
    build_grid(t);
    if (t->collapse)
        collapse_borders(t);
    t->edges = table_edges(t);
    return t;
}
