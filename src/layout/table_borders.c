/* Collapsed borders: one winner for each edge of the grid, painted as boxes of their own. CSS 2.2 17.6.2. */
#include "layout/table.h"

static int style_rank(uint16_t style)
{
    static const uint16_t order[] = {KW_NONE,   KW_INSET,  KW_GROOVE, KW_OUTSET, KW_RIDGE,
                                     KW_DOTTED, KW_DASHED, KW_SOLID,  KW_DOUBLE};
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
        if (order[i] == style)
            return i;
    return 0;
}

static void compete(Border *winner, Len width, uint16_t style, Color color, const Style *of, int rank)
{
    if (winner->style == KW_HIDDEN)
        return;
    if (color.space == COLOR_CURRENT)
        color = of->text->color;
    Border other = {style == KW_NONE ? 0 : width, style, color, rank};
    bool wins = style == KW_HIDDEN || winner->style == 0;
    if (!wins && style != KW_NONE)
        wins =
            other.width > winner->width ||
            (other.width == winner->width && (style_rank(style) > style_rank(winner->style) ||
                                              (style_rank(style) == style_rank(winner->style) && rank > winner->rank)));
    if (wins)
        *winner = other;
}

static Border *across_at(const Table *t, int row, int column)
{
    return &t->across[row * t->columns + column];
}

static Border *down_at(const Table *t, int row, int column)
{
    return &t->down[row * (t->columns + 1) + column];
}

static void compete_box(Table *t, const Style *style, int row, int column, int rows, int columns, int rank)
{
    const StyleDecoration *d = style->decoration;
    for (int i = column; i < column + columns; i++) {
        compete(across_at(t, row, i), d->border_top_width, d->border_top_style, d->border_top_color, style, rank);
        compete(across_at(t, row + rows, i), d->border_bottom_width, d->border_bottom_style, d->border_bottom_color,
                style, rank);
    }
    for (int i = row; i < row + rows; i++) {
        compete(down_at(t, i, column), d->border_left_width, d->border_left_style, d->border_left_color, style, rank);
        compete(down_at(t, i, column + columns), d->border_right_width, d->border_right_style, d->border_right_color,
                style, rank);
    }
}

void collapse_borders(Table *t)
{
    int rows = t->rows.count;
    t->across = NEW_ARRAY(t->job->fragments, Border, (rows + 1) * t->columns + 1);
    t->down = NEW_ARRAY(t->job->fragments, Border, rows * (t->columns + 1) + 1);
    if (rows == 0 || t->columns == 0)
        return;
    for (int i = 0; i < t->cells.count; i++)
        compete_box(t, t->cells.at[i].box->style, t->cells.at[i].row, t->cells.at[i].column, t->cells.at[i].rows,
                    t->cells.at[i].columns, 6);
    for (int i = 0; i < rows; i++)
        compete_box(t, t->rows.at[i].box->style, i, 0, 1, t->columns, 5);
    for (int i = 0; i < rows;) {
        int from = i;
        while (i < rows && t->rows.at[i].group == t->rows.at[from].group)
            i++;
        compete_box(t, t->rows.at[from].group->style, from, 0, i - from, t->columns, 4);
    }
    for (int i = 0; i < t->columns; i++)
        if (t->column_box[i])
            compete_box(t, t->column_box[i]->style, 0, i, rows, 1, 3);
    compete_box(t, t->box->style, 0, 0, rows, t->columns, 1);
}

Edges cell_borders(const Table *t, const Cell *cell)
{
    if (!t->collapse)
        return used_border(cell->box->style);
    Edges e = {0};
    for (int i = cell->column; i < cell->column + cell->columns; i++) {
        e.top = len_max(e.top, across_at(t, cell->row, i)->width);
        e.bottom = len_max(e.bottom, across_at(t, cell->row + cell->rows, i)->width);
    }
    for (int i = cell->row; i < cell->row + cell->rows; i++) {
        e.left = len_max(e.left, down_at(t, i, cell->column)->width);
        e.right = len_max(e.right, down_at(t, i, cell->column + cell->columns)->width);
    }
    return (Edges){e.top / 2, (e.right + 1) / 2, (e.bottom + 1) / 2, e.left / 2};
}

Edges table_edges(const Table *t)
{
    if (!t->collapse) {
        Edges border = used_border(t->box->style), padding = used_padding(t->box->style, 0);
        return (Edges){border.top + padding.top, border.right + padding.right, border.bottom + padding.bottom,
                       border.left + padding.left};
    }
    Edges e = {0};
    int rows = t->rows.count;
    if (rows == 0 || t->columns == 0)
        return e;
    for (int i = 0; i < t->columns; i++) {
        e.top = len_max(e.top, across_at(t, 0, i)->width);
        e.bottom = len_max(e.bottom, across_at(t, rows, i)->width);
    }
    for (int i = 0; i < rows; i++) {
        e.left = len_max(e.left, down_at(t, i, 0)->width);
        e.right = len_max(e.right, down_at(t, i, t->columns)->width);
    }
    return (Edges){e.top / 2, (e.right + 1) / 2, (e.bottom + 1) / 2, e.left / 2};
}

/* Collapsed borders as thin boxes of their own: the painter needs to know nothing of tables. */
static void add_collapsed_border(Table *t, Flow *flow, const Border *border, Len x, Len y, Len width, Len height,
                                 bool across)
{
    if (border->width <= 0 || border->style == KW_HIDDEN || border->style == KW_NONE || border->style == 0)
        return;
    Layout *job = t->job;
    Box *box = arena_copy(job->fragments, t->box, sizeof *box);
    Style *style = arena_copy(job->fragments, box->style, sizeof *style);
    StyleDecoration *d = arena_copy(job->fragments, style->decoration, sizeof *d);
    d->background_color.alpha = 0;
    d->background_image = NULL;
    d->border_top_style = d->border_right_style = d->border_bottom_style = d->border_left_style = KW_NONE;
    d->border_top_width = d->border_left_width = d->border_right_width = d->border_bottom_width = 0;
    d->outline_style = KW_NONE;
    uint16_t line = border->style == KW_INSET ? KW_RIDGE : border->style == KW_OUTSET ? KW_GROOVE : border->style;
    if (across) {
        d->border_top_style = line;
        d->border_top_color = border->color;
        d->border_top_width = border->width;
    } else {
        d->border_left_style = line;
        d->border_left_color = border->color;
        d->border_left_width = border->width;
    }
    style->decoration = d;
    box->style = style;
    box->kind = BOX_BLOCK;
    box->is = 0;
    box->marks = NULL;
    box->href = NULL;
    Fragment *fragment = fragment_new(job, box, FRAGMENT_BOX);
    fragment->width = width;
    fragment->height = height;
    fragment->border = across ? (Edges){border->width, 0, 0, 0} : (Edges){0, 0, 0, border->width};
    flow_add(flow, fragment, x, y);
}

void add_collapsed_borders(Table *t, Flow *flow, const int *rows, const Len *tops, const Len *heights, int count)
{
    for (int k = 0; k <= count; k++) {
        int row = k < count ? rows[k] : rows[count - 1] + 1;
        Len y = k < count ? tops[k] : tops[count - 1] + heights[count - 1];
        for (int c = 0; c < t->columns; c++) {
            const Border *b = across_at(t, row, c);
            Len before = down_at(t, row < t->rows.count ? row : row - 1, c)->width / 2;
            Len x = column_left(t, c) - before;
            add_collapsed_border(
                t, flow, b, x, y - b->width / 2,
                t->width[c] + before +
                    (c == t->columns - 1 ? down_at(t, row < t->rows.count ? row : row - 1, c + 1)->width / 2 : 0),
                b->width, true);
        }
    }
    for (int k = 0; k < count; k++)
        for (int c = 0; c <= t->columns; c++) {
            const Border *b = down_at(t, rows[k], c);
            add_collapsed_border(t, flow, b, column_left(t, c) - b->width / 2, tops[k], b->width, heights[k], false);
        }
}

const Box *without_borders(Layout *job, const Box *box)
{
    Box *plain = arena_copy(job->fragments, box, sizeof *plain);
    Style *style = arena_copy(job->fragments, box->style, sizeof *style);
    StyleDecoration *d = arena_copy(job->fragments, style->decoration, sizeof *d);
    d->border_top_style = d->border_right_style = d->border_bottom_style = d->border_left_style = KW_NONE;
    style->decoration = d;
    plain->style = style;
    return plain;
}

/* Cells and rows under collapsed borders paint none of their own. */
void strip_borders(Table *t, Flow *flow, int from)
{
    for (int i = from; t->collapse && i < flow->links.count; i++) {
        Fragment *fragment = (Fragment *)flow->links.at[i].fragment;
        if (fragment->box->kind != BOX_CELL && fragment->box->kind != BOX_ROW)
            continue;
        fragment->box = without_borders(t->job, fragment->box);
    }
}
