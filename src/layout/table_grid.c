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

/* Cells of a row from `cell` on; where there are more than columns, the first that found none. */
static const Box *add_cells(Table *t, Arena *arena, const Box *cell, Row *row, int *until)
{
    int index = t->rows.count, column = 0;
    for (; cell; cell = cell->next) {
        if (cell->kind != BOX_CELL)
            continue;
        while (column < TABLE_COLUMNS_MOST && until[column] > index)
            column++;
        if (column >= TABLE_COLUMNS_MOST)
            return cell;
        int columns = (int)len_min(cell->col_span, TABLE_COLUMNS_MOST - column);
        int rows = cell->row_span > 0 ? cell->row_span : 65534;
        for (int i = column; i < column + columns; i++)
            until[i] = (int)len_max(until[i], index + rows);
        VEC_PUSH(arena, t->cells, ((Cell){cell, index, column, rows, columns}));
        row->cell_count++;
        column += columns;
        t->columns = column > t->columns ? column : t->columns;
    }
    return NULL;
}

/* A row of more cells than there are columns goes on in one below it. */
static void add_row(Table *t, Arena *arena, const Box *box, const Box *group, int *until)
{
    const Box *cell = box->first;
    do {
        Row row = {.box = box, .group = group, .first_cell = t->cells.count};
        cell = add_cells(t, arena, cell, &row, until);
        if (cell)
            diag_warn(t->job->diag, "table-too-wide", box->source,
                      "a row has more than %d columns: the others stand below", TABLE_COLUMNS_MOST);
        VEC_PUSH(arena, t->rows, row);
    } while (cell);
}

static void add_group(Table *t, Arena *arena, const Box *group)
{
    ArenaMark mark = arena_mark(t->job->scratch);
    int *until = NEW_ARRAY(t->job->scratch, int, TABLE_COLUMNS_MOST);
    int first_cell = t->cells.count;
    for (const Box *row = group->first; row; row = row->next)
        if (row->kind == BOX_ROW)
            add_row(t, arena, row, group, until);
    arena_rewind(t->job->scratch, mark);
    for (int i = first_cell; i < t->cells.count; i++) /* spans end with their group */
        if (t->cells.at[i].row + t->cells.at[i].rows > t->rows.count)
            t->cells.at[i].rows = t->rows.count - t->cells.at[i].row;
}

static void note_spans(Table *t, Arena *arena)
{
    for (int i = 0; i < t->cells.count; i++)
        for (int r = 1; r < t->cells.at[i].rows; r++)
            t->rows.at[t->cells.at[i].row + r].over_count++;
    for (int r = 0; r < t->rows.count; r++) {
        if (t->rows.at[r].over_count)
            t->rows.at[r].over = NEW_ARRAY(arena, int, t->rows.at[r].over_count);
        t->rows.at[r].over_count = 0;
    }
    for (int i = 0; i < t->cells.count; i++)
        for (int r = 1; r < t->cells.at[i].rows; r++) {
            Row *row = &t->rows.at[t->cells.at[i].row + r];
            ((int *)row->over)[row->over_count++] = i;
        }
}

static bool is_head(const Box *group)
{
    return group->style->box->display == KW_TABLE_HEADER_GROUP;
}

static bool is_foot(const Box *group)
{
    return group->style->box->display == KW_TABLE_FOOTER_GROUP;
}

static void build_grid(Table *t, Arena *arena)
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
        add_group(t, arena, head);
    for (const Box *child = t->box->first; child; child = child->next)
        if (child->kind == BOX_GROUP && child != head && child != foot)
            add_group(t, arena, child);
    if (foot)
        add_group(t, arena, foot);
    note_spans(t, arena);
}

/* CSS 2.2 17.2: only the first of several head groups is one. */
int head_rows(const Table *t)
{
    int n = 0;
    while (n < t->rows.count && is_head(t->rows.at[n].group) && t->rows.at[n].group == t->rows.at[0].group)
        n++;
    return n;
}

static void new_columns(Table *t, Arena *arena)
{
    t->min = NEW_ARRAY(arena, Len, t->columns);
    t->max = NEW_ARRAY(arena, Len, t->columns);
    t->width = NEW_ARRAY(arena, Len, t->columns);
    t->percent = NEW_ARRAY(arena, int32_t, t->columns);
    t->sized = NEW_ARRAY(arena, bool, t->columns);
}

static Table *table_new(Layout *job, Arena *arena, const Box *box)
{
    Table *t = NEW(arena, Table);
    ArenaMark mark = arena_mark(job->scratch);
    t->job = job;
    t->box = box;
    t->rtl = box->style->text->direction == KW_RTL;
    t->collapse = box->style->text->border_collapse == KW_COLLAPSE;
    t->spacing_x = t->collapse ? 0 : size_resolve(box->style->text->spacing_x, 0);
    t->spacing_y = t->collapse ? 0 : size_resolve(box->style->text->spacing_y, 0);
    t->fixed = box->style->box->table_layout == KW_FIXED && box->style->box->width.keyword == 0;
    t->column_box = NEW_ARRAY(job->scratch, const Box *, TABLE_COLUMNS_MOST);
    build_grid(t, arena);
    t->column_box = arena_copy(arena, t->column_box, sizeof *t->column_box * (size_t)t->columns);
    arena_rewind(job->scratch, mark);
    new_columns(t, arena);
    if (t->collapse)
        collapse_borders(t, arena);
    t->edges = table_edges(t);
    return t;
}

Table *table_of(Layout *job, const Box *box)
{
    if (box->id == 0 || box->id >= job->box_count)
        return table_new(job, job->fragments, box);
    if (!job->tables)
        job->tables = NEW_ARRAY(job->arena, struct Table *, job->box_count);
    if (!job->tables[box->id])
        job->tables[box->id] = table_new(job, job->arena, box);
    job->tables[box->id]->job = job;
    return job->tables[box->id];
}

Table *table_working_copy(Layout *job, const Table *kept)
{
    Table *t = arena_copy(job->fragments, kept, sizeof *t);
    size_t count = (size_t)t->columns;
    new_columns(t, job->fragments);
    t->measured = kept->measured && !t->fixed && !job->break_words;
    if (!t->measured)
        return t;
    memcpy(t->min, kept->min, sizeof *t->min * count);
    memcpy(t->max, kept->max, sizeof *t->max * count);
    memcpy(t->percent, kept->percent, sizeof *t->percent * count);
    memcpy(t->sized, kept->sized, sizeof *t->sized * count);
    return t;
}
