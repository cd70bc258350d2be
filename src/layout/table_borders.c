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
    return &t->across[(size_t)row * (size_t)t->columns + (size_t)column];
}

/* The border before a column, where the row begins. */
static Border *down_at(const Table *t, int row, int column)
{
    return &t->down[(size_t)row * ((size_t)t->columns + 1) + (size_t)column];
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
        Border *left = down_at(t, i, t->rtl ? column + columns : column),
               *right = down_at(t, i, t->rtl ? column : column + columns);
        compete(left, d->border_left_width, d->border_left_style, d->border_left_color, style, rank);
        compete(right, d->border_right_width, d->border_right_style, d->border_right_color, style, rank);
    }
}

/* No border runs through a cell. */
static void clear_inside(Table *t, const Cell *cell)
{
    for (int r = cell->row + 1; r < cell->row + cell->rows; r++)
        for (int c = cell->column; c < cell->column + cell->columns; c++)
            *across_at(t, r, c) = (Border){0};
    for (int r = cell->row; r < cell->row + cell->rows; r++)
        for (int c = cell->column + 1; c < cell->column + cell->columns; c++)
            *down_at(t, r, c) = (Border){0};
}

void collapse_borders(Table *t, Arena *arena)
{
    int rows = t->rows.count;
    t->across = arena_alloc(arena, sizeof(Border) * ((size_t)rows + 1) * (size_t)t->columns);
    t->down = arena_alloc(arena, sizeof(Border) * (size_t)rows * ((size_t)t->columns + 1));
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
    for (int i = 0; i < t->cells.count; i++)
        clear_inside(t, &t->cells.at[i]);
}

/* The halves of the collapsed borders around a part of the grid that lie inside it. */
static Edges half_borders(const Table *t, int row, int column, int rows, int columns)
{
    Len top = 0, bottom = 0, start = 0, end = 0;
    for (int i = column; i < column + columns; i++) {
        top = len_max(top, across_at(t, row, i)->width);
        bottom = len_max(bottom, across_at(t, row + rows, i)->width);
    }
    for (int i = row; i < row + rows; i++) {
        start = len_max(start, down_at(t, i, column)->width);
        end = len_max(end, down_at(t, i, column + columns)->width);
    }
    Len left = t->rtl ? end : start, right = t->rtl ? start : end;
    return (Edges){top / 2, (right + 1) / 2, (bottom + 1) / 2, left / 2};
}

Edges cell_borders(const Table *t, const Cell *cell)
{
    if (!t->collapse)
        return used_border(cell->box->style);
    return half_borders(t, cell->row, cell->column, cell->rows, cell->columns);
}

Edges table_edges(const Table *t)
{
    if (t->collapse)
        return t->rows.count && t->columns ? half_borders(t, 0, 0, t->rows.count, t->columns) : (Edges){0};
    Edges border = used_border(t->box->style), padding = used_padding(t->box->style, 0);
    return (Edges){border.top + padding.top, border.right + padding.right, border.bottom + padding.bottom,
                   border.left + padding.left};
}

/* A box with one border: at its top, or (down) at its left. */
static const Box *border_box(const Table *t, const Border *border, bool down)
{
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
    if (down) {
        d->border_left_style = line;
        d->border_left_color = border->color;
        d->border_left_width = border->width;
    } else {
        d->border_top_style = line;
        d->border_top_color = border->color;
        d->border_top_width = border->width;
    }
    style->decoration = d;
    box->style = style;
    box->kind = BOX_BLOCK;
    box->is = 0;
    box->marks = NULL;
    box->href = NULL;
    return box;
}

typedef struct {
    const Table *t;
    Flow *flow;
    bool down;
    const Border *last; /* neighbours mostly have the same: they share its box */
    const Box *box;
} BorderPainter;

static bool looks_alike(const Border *a, const Border *b)
{
    return a->width == b->width && a->style == b->style && memcmp(&a->color, &b->color, sizeof a->color) == 0;
}

/* Collapsed borders as thin boxes of their own: the painter needs to know nothing of tables. */
static void add_border(BorderPainter *p, const Border *border, Len x, Len y, Len length)
{
    if (border->width <= 0 || border->style == KW_HIDDEN || border->style == KW_NONE || border->style == 0)
        return;
    if (!p->last || !looks_alike(p->last, border))
        p->box = border_box(p->t, border, p->down);
    p->last = border;
    Fragment *fragment = fragment_new(p->t->job, p->box, FRAGMENT_BOX);
    fragment->width = p->down ? border->width : length;
    fragment->height = p->down ? length : border->width;
    fragment->border = p->down ? (Edges){0, 0, 0, border->width} : (Edges){border->width, 0, 0, 0};
    flow_add(p->flow, fragment, x, y);
}

/* Where the border before a column runs; columns: the last one's end. */
static Len line_x(const Table *t, int line)
{
    if (t->rtl)
        return line == 0 ? column_left(t, 0) + t->width[0] : column_left(t, line - 1);
    return line == t->columns ? column_left(t, line - 1) + t->width[line - 1] : column_left(t, line);
}

void add_collapsed_borders(const Table *t, Flow *flow, const int *rows, const Len *tops, const Len *heights, int count)
{
    BorderPainter across = {t, flow, false, NULL, NULL}, down = {t, flow, true, NULL, NULL};
    for (int k = 0; k <= count; k++) {
        int row = k < count ? rows[k] : rows[count - 1] + 1;
        Len y = k < count ? tops[k] : tops[count - 1] + heights[count - 1];
        for (int c = 0; c < t->columns; c++) { /* it begins with the border at its left */
            int left = t->rtl ? c + 1 : c, right = t->rtl ? c : c + 1, beside = row < t->rows.count ? row : row - 1;
            bool last = right == (t->rtl ? 0 : t->columns);
            Len before = down_at(t, beside, left)->width / 2, after = last ? down_at(t, beside, right)->width / 2 : 0;
            const Border *b = across_at(t, row, c);
            add_border(&across, b, column_left(t, c) - before, y - b->width / 2, t->width[c] + before + after);
        }
    }
    for (int k = 0; k < count; k++)
        for (int c = 0; c <= t->columns && t->columns > 0; c++) {
            const Border *b = down_at(t, rows[k], c);
            add_border(&down, b, line_x(t, c) - b->width / 2, tops[k], heights[k]);
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
