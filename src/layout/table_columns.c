/* How wide the columns of a table are: css-tables-3 4 (CSS 2.2 17.5.2). */
#include "layout/table.h"

Len outer_spacing(const Table *t)
{
    return t->columns > 0 ? len_clamp((int64_t)t->spacing_x * (t->columns + 1)) : 0;
}

static void column_hint(Table *t, int column, Size width, Len edges, bool border_box)
{
    if (width.keyword)
        return;
    if (width.has_percent) {
        if (width.percent > t->percent[column])
            t->percent[column] = width.percent;
        return;
    }
    Len used = border_box ? len_max(width.len, edges) : width.len + edges;
    t->sized[column] = true;
    if (t->fixed)
        t->width[column] = used;
    else
        t->max[column] = len_max(t->min[column], len_max(used, t->sized[column] ? len_min(t->max[column], used) : 0));
}

static Len cell_edges(Table *t, const Cell *cell)
{
    return edges_x(cell_borders(t, cell)) + edges_x(used_padding(cell->box->style, 0));
}

static void cell_intrinsic(Table *t, const Cell *cell, Len *min, Len *max)
{
    layout_intrinsic(t->job, cell->box, min, max);
    if (t->collapse) {
        Len change = edges_x(cell_borders(t, cell)) - edges_x(used_border(cell->box->style));
        *min += change;
        *max += change;
    }
}

static void spread(Len *at, int count, Len total, const Len *weights)
{
    int64_t sum = 0, done = 0;
    for (int i = 0; i < count; i++)
        sum += weights[i];
    int shift = 0; /* the product stays in 64 bits */
    while (sum >> shift > INT32_MAX)
        shift++;
    Len given = 0;
    for (int i = 0; i < count; i++) {
        done += sum ? weights[i] : 1;
        Len until = len_scale(total, done >> shift, sum ? sum >> shift : count);
        at[i] = len_add(at[i], until - given);
        given = until;
    }
}

void measure_columns(Table *t)
{
    t->measured = true;
    for (int i = 0; i < t->columns; i++)
        if (t->column_box[i] && !t->fixed)
            column_hint(t, i, t->column_box[i]->style->box->width, 0, true);
    for (int i = 0; i < t->cells.count; i++) {
        const Cell *cell = &t->cells.at[i];
        if (cell->columns > 1)
            continue;
        Len min, max;
        cell_intrinsic(t, cell, &min, &max);
        t->min[cell->column] = len_max(t->min[cell->column], min);
        t->max[cell->column] = len_max(t->max[cell->column], max);
        Size width = cell->box->style->box->width;
        if (width.has_percent && width.percent > t->percent[cell->column])
            t->percent[cell->column] = width.percent;
        if (!width.keyword && !width.has_percent)
            t->sized[cell->column] = true;
    }
    for (int i = 0; i < t->columns; i++)
        t->max[i] = len_max(t->max[i], t->min[i]);
    for (int i = 0; i < t->cells.count; i++) { /* spans last: what their columns lack is shared out */
        const Cell *cell = &t->cells.at[i];
        if (cell->columns == 1)
            continue;
        Len min, max, have_min = len_clamp((int64_t)t->spacing_x * (cell->columns - 1)), have_max = have_min;
        cell_intrinsic(t, cell, &min, &max);
        for (int c = cell->column; c < cell->column + cell->columns; c++) {
            have_min = len_add(have_min, t->min[c]);
            have_max = len_add(have_max, t->max[c]);
        }
        Len weights[TABLE_COLUMNS_MOST];
        memcpy(weights, &t->max[cell->column], sizeof(Len) * (size_t)cell->columns);
        if (min > have_min)
            spread(&t->min[cell->column], cell->columns, min - have_min, weights);
        if (max > have_max)
            spread(&t->max[cell->column], cell->columns, max - have_max, weights);
        for (int c = cell->column; c < cell->column + cell->columns; c++)
            t->max[c] = len_max(t->max[c], t->min[c]);
    }
}

void table_intrinsic(Layout *job, const Box *box, Len *min, Len *max)
{
    ArenaMark mark = arena_mark(job->fragments);
    Table *t = table_of(job, box);
    if (job->break_words)
        t = table_working_copy(job, t);
    if (job->break_words || !t->measured)
        measure_columns(t);
    *min = *max = len_add(edges_x(t->edges), outer_spacing(t));
    Len most = 0;
    for (int i = 0; i < t->columns; i++) {
        *min = len_add(*min, t->min[i]);
        *max = len_add(*max, t->max[i]);
        if (t->percent[i] > 0)
            most = len_max(most, len_scale(t->max[i], RATIO_ONE, t->percent[i]));
    }
    *max = len_max(*max, most);
    for (const Box *child = box->first; child; child = child->next) {
        if (child->kind != BOX_CAPTION)
            continue;
        Len a, b;
        layout_intrinsic(job, child, &a, &b);
        *min = len_max(*min, a + edges_x(used_margin(child->style, 0)));
        *max = len_max(*max, *min);
    }
    arena_rewind(job->fragments, mark);
}

static void fixed_columns(Table *t, Len available)
{
    for (int i = 0; i < t->columns; i++) {
        if (t->column_box[i])
            column_hint(t, i, t->column_box[i]->style->box->width, 0, true);
    }
    if (t->rows.count > 0)
        for (int i = t->rows.at[0].first_cell; i < t->rows.at[0].first_cell + t->rows.at[0].cell_count; i++) {
            const Cell *cell = &t->cells.at[i];
            Size width = cell->box->style->box->width;
            if (width.keyword)
                continue;
            for (int c = cell->column; c < cell->column + cell->columns; c++)
                if (!t->sized[c] && t->percent[c] == 0) {
                    Size part = width;
                    part.len /= cell->columns;
                    part.percent /= cell->columns;
                    column_hint(t, c, part, cell_edges(t, cell) / cell->columns,
                                cell->box->style->box->sizing == KW_BORDER_BOX);
                }
        }
    int automatic = 0;
    Len used = 0;
    for (int i = 0; i < t->columns; i++) {
        if (t->percent[i] && !t->sized[i])
            t->width[i] = len_ratio(available, t->percent[i]);
        automatic += !t->sized[i] && !t->percent[i];
        used = len_add(used, t->width[i]);
    }
    Len left = len_max(0, available - used), given = 0;
    int seen = 0;
    for (int i = 0; i < t->columns && automatic; i++)
        if (!t->sized[i] && !t->percent[i]) {
            seen++;
            Len until = len_scale(left, seen, automatic);
            t->width[i] = until - given;
            given = until;
        }
    if (automatic == 0 && left > 0) {
        Len weights[TABLE_COLUMNS_MOST];
        memcpy(weights, t->width, sizeof *weights * (size_t)t->columns);
        spread(t->width, t->columns, left, weights);
    }
}

static void auto_columns(Table *t, Len available)
{
    int64_t least = 0, most = 0;
    for (int i = 0; i < t->columns; i++) {
        if (t->percent[i])
            t->max[i] = len_max(t->min[i], len_ratio(available, t->percent[i]));
        least += t->min[i];
        most += t->max[i];
    }
    if (available <= least) {
        memcpy(t->width, t->min, sizeof *t->width * (size_t)t->columns);
        return;
    }
    if (available < most) { /* between: each gets its share of what it could take */
        Len want[TABLE_COLUMNS_MOST];
        for (int i = 0; i < t->columns; i++)
            want[i] = t->max[i] - t->min[i];
        memcpy(t->width, t->min, sizeof *t->width * (size_t)t->columns);
        spread(t->width, t->columns, (Len)(available - least), want);
        return;
    }
    memcpy(t->width, t->max, sizeof *t->width * (size_t)t->columns);
    Len weights[TABLE_COLUMNS_MOST];
    int64_t flexible = 0;
    for (int i = 0; i < t->columns; i++) {
        weights[i] = t->sized[i] || t->percent[i] ? 0 : t->max[i];
        flexible += weights[i];
    }
    if (flexible == 0)
        for (int i = 0; i < t->columns; i++) {
            weights[i] = t->percent[i] ? 0 : t->max[i];
            flexible += weights[i];
        }
    if (flexible == 0)
        memcpy(weights, t->max, sizeof *weights * (size_t)t->columns);
    spread(t->width, t->columns, (Len)(available - most), weights);
}

Len column_left(const Table *t, int column)
{
    Len x = t->edges.left + t->spacing_x;
    for (int i = t->rtl ? t->columns - 1 : 0; i != column; i += t->rtl ? -1 : 1)
        x = len_add(x, t->width[i] + t->spacing_x);
    return x;
}

Len cell_left(const Table *t, const Cell *cell)
{
    return column_left(t, t->rtl ? cell->column + cell->columns - 1 : cell->column);
}

Len cell_width(const Table *t, const Cell *cell)
{
    Len width = len_clamp((int64_t)t->spacing_x * (cell->columns - 1));
    for (int i = cell->column; i < cell->column + cell->columns; i++)
        width = len_add(width, t->width[i]);
    return width;
}

/* How wide a table may be in its container; NONE: as it likes. */
Len table_room(const Sizes *sizes, const Space *space)
{
    if (space->width == NONE || space->width_rule == RULE_MIN || space->width_rule == RULE_MAX)
        return NONE;
    return space->width - (space->width_rule == RULE_EXACT ? 0 : edges_x(sizes->margin));
}

static Len sum_of(const Len *at, int count)
{
    Len sum = 0;
    for (int i = 0; i < count; i++)
        sum = len_add(sum, at[i]);
    return sum;
}

/* A table is as wide as its longest words at least (css-tables-3 4.2). Where that is wider than its container they are
 * broken, if overflow-wrap lets them, and columns narrowed in proportion. The width that columns have then. */
static Len narrow_columns(Table *t, Len room)
{
    Len whole[TABLE_COLUMNS_MOST], give[TABLE_COLUMNS_MOST];
    memcpy(whole, t->min, sizeof *whole * (size_t)t->columns);
    memset(t->min, 0, sizeof *t->min * (size_t)t->columns);
    t->job->break_words = true;
    measure_columns(t);
    t->job->break_words = false;
    Len least = sum_of(t->min, t->columns);
    for (int i = 0; i < t->columns; i++)
        give[i] = len_max(0, whole[i] - t->min[i]);
    if (room > least && sum_of(give, t->columns) > 0)
        spread(t->min, t->columns, room - least, give);
    return len_max(room, least);
}

void size_columns(Table *t, const Sizes *sizes, const Space *space)
{
    Len inner = sizes->width + edges_x(sizes->border) + edges_x(sizes->padding) - edges_x(t->edges) - outer_spacing(t);
    if (t->fixed) {
        fixed_columns(t, len_max(inner, 0));
        return;
    }
    if (!t->measured || t->job->break_words)
        measure_columns(t);
    Len room = table_room(sizes, space);
    bool automatic = t->box->style->box->width.keyword || t->box->style->box->width.has_percent;
    if (room != NONE && automatic && !t->job->break_words) {
        room = len_max(0, room - edges_x(t->edges) - outer_spacing(t));
        if (sum_of(t->min, t->columns) > room)
            inner = narrow_columns(t, room);
    }
    auto_columns(t, len_max(inner, 0));
}
