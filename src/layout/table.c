/* Tables: rows and the cells in them, spans, breaks between and inside rows, heads repeated, captions.
 * css-tables-3, css-break-3 4.4; layout.md 3 (Tables). */
#include "layout/table.h"

/* A cell's box with the borders it has here. */
static const Box *cell_box(Table *t, const Cell *cell)
{
    if (!t->collapse)
        return cell->box;
    Edges e = cell_borders(t, cell);
    Box *box = arena_copy(t->job->fragments, cell->box, sizeof *box);
    Style *style = arena_copy(t->job->fragments, box->style, sizeof *style);
    StyleDecoration *d = arena_copy(t->job->fragments, style->decoration, sizeof *d);
    d->border_top_width = e.top;
    d->border_right_width = e.right;
    d->border_bottom_width = e.bottom;
    d->border_left_width = e.left;
    style->decoration = d;
    box->style = style;
    return box;
}

/* end: where it is cut, in the table; NONE: not at all. */
static Result lay_cell(Table *t, const Flow *flow, const Cell *cell, Len y, const BreakToken *resume, Len end,
                       bool at_top)
{
    bool breakable = end != NONE;
    Space space = flow_space(flow, cell->box, y);
    if (!breakable)
        space = space_unbreakable(&space);
    else
        space.room = end - y;
    space.at_top = space.at_top || at_top;
    space.width = cell_width(t, cell);
    space.percent_width = space.width;
    space.percent_height = NONE;
    space.width_rule = RULE_EXACT;
    space.floats = NULL;
    space.columns = false;
    space.height_rule = RULE_FIT;
    const Box *box = cell_box(t, cell);
    return breakable ? layout_flow(t->job, box, &space, resume) : layout_box(t->job, box, &space, resume);
}

static bool uses_baseline(const Box *cell)
{
    uint16_t align = cell->style->box->vertical_align.keyword;
    return align != KW_TOP && align != KW_MIDDLE && align != KW_BOTTOM;
}

/* A cell's fragment at its row's height, its content moved by vertical-align. */
static const Fragment *stretch_cell(Table *t, const Fragment *cell, Len height, Len row_baseline)
{
    Fragment *tall = arena_copy(t->job->fragments, cell, sizeof *cell);
    Len room = height - cell->height, move = 0;
    uint16_t align = cell->box->style->box->vertical_align.keyword;
    if (align == KW_MIDDLE)
        move = room / 2;
    else if (align == KW_BOTTOM)
        move = room;
    else if (align != KW_TOP && row_baseline != NONE && cell->baseline != NONE)
        move = row_baseline - cell->baseline;
    move = len_max(0, move);
    tall->height = len_max(height, cell->height);
    if (move > 0) {
        Link *links = arena_copy(t->job->fragments, cell->link, sizeof(Link) * (size_t)cell->count);
        for (int i = 0; i < cell->count; i++)
            links[i].y += move;
        tall->link = links;
        tall->baseline = cell->baseline == NONE ? NONE : cell->baseline + move;
    }
    return tall;
}

static const Fragment *lengthen(Table *t, const Fragment *cell, Len height)
{
    Fragment *tall = arena_copy(t->job->fragments, cell, sizeof *cell);
    tall->height = len_max(height, cell->height);
    return tall;
}

static bool is_hidden_cell(const Table *t, const Fragment *cell)
{
    return !t->collapse && cell->box->style->text->empty_cells == KW_HIDE && cell->count == 0;
}

typedef struct {
    Len top, height, baseline;
} RowPlace;

static Len specified_row_height(const Box *box, Len base)
{
    Size height = box->style->box->height;
    if (height.keyword || (height.has_percent && base == NONE))
        return 0;
    return size_resolve(height, base);
}

static const BreakToken *cell_token(const BreakToken *resume, const Box *box)
{
    for (int i = 0; resume && i < resume->count; i++)
        if (resume->child[i]->box == box->id)
            return resume->child[i];
    return NULL;
}

typedef struct {
    Table *t;
    Flow *flow;
    const Fragment **fragments; /* by cell */
    Pending **pending;          /* by cell: boxes inside that a container further out places */
    RowPlace *places;           /* by row */
    int heads;                  /* rows of the head */
    int *shown, count;          /* rows that stand in this frame, from the top */
    Len *tops, *heights;
    int first;                 /* row of this frame, without the repeated head */
    bool begun;                /* of which an earlier frame shows a part */
    Len captions_below;        /* height of the captions that follow the last row */
    int *link;                 /* by cell: its place among the flow's links, from 1; 0: it has none */
    const BreakToken **tokens; /* by cell: where an earlier frame left it off */
    bool *done, *cut;          /* by cell: an earlier frame shows all of it; it is cut at the end of this one */
} TableFlow;

/* Where a cell stands in this frame. */
static int first_row_here(const TableFlow *f, const Cell *cell)
{
    return cell->row < f->first && cell->row + cell->rows > f->first ? f->first : cell->row;
}

static bool is_begun(const TableFlow *f, int cell)
{
    return f->done[cell] || f->tokens[cell];
}

/* Cells that begin in a row, laid out unbroken; the row's height. */
static const Fragment *keep_cell(TableFlow *f, int cell, Result got)
{
    f->pending[cell] = got.pending;
    return got.fragment;
}

/* The cell's fragment stands at x, y. */
static RowPlace measure_row(TableFlow *f, int row)
{
    Table *t = f->t;
    const Row *r = &t->rows.at[row];
    RowPlace place = {.baseline = NONE};
    Len below = 0;
    bool begun = f->begun && row == f->first;
    place.height = begun ? 0 : specified_row_height(r->box, NONE);
    for (int i = r->first_cell; i < r->first_cell + r->cell_count; i++) {
        const Cell *cell = &t->cells.at[i];
        if (!f->fragments[i])
            f->fragments[i] = keep_cell(f, i, lay_cell(t, f->flow, cell, f->flow->y, NULL, NONE, false));
        const Fragment *fragment = f->fragments[i];
        if (cell->rows == 1 && !begun && uses_baseline(cell->box) && fragment->baseline != NONE) {
            place.baseline = place.baseline == NONE ? fragment->baseline : len_max(place.baseline, fragment->baseline);
            below = len_max(below, fragment->height - fragment->baseline);
        }
        if (cell->rows == 1)
            place.height = len_max(place.height, fragment->height);
    }
    if (place.baseline != NONE)
        place.height = len_max(place.height, place.baseline + below);
    return place;
}

static Len rows_height(const TableFlow *f, int from, int to)
{
    Len height = f->places[from].height;
    for (int r = from + 1; r <= to; r++)
        height = len_add(height, f->t->spacing_y + f->places[r].height);
    return height;
}

/* A spanning cell's excess goes to the last row it spans. */
static void grow_for_spans(TableFlow *f, int row)
{
    Table *t = f->t;
    const Row *r = &t->rows.at[row];
    for (int n = 0; n < r->over_count; n++) {
        int i = r->over[n];
        const Cell *cell = &t->cells.at[i];
        if (cell->row + cell->rows - 1 != row || !f->fragments[i])
            continue;
        Len have = rows_height(f, first_row_here(f, cell), row);
        if (f->fragments[i]->height > have)
            f->places[row].height = len_add(f->places[row].height, f->fragments[i]->height - have);
    }
}

static void add_row_background(TableFlow *f, const Row *row, Len y, Len height, bool artifact)
{
    Table *t = f->t;
    Fragment *fragment = fragment_new(t->job, row->box, FRAGMENT_BOX);
    fragment->artifact = artifact;
    fragment->width = 0;
    for (int i = 0; i < t->columns; i++)
        fragment->width = len_add(fragment->width, t->width[i] + (i ? t->spacing_x : 0));
    fragment->height = height;
    flow_add(f->flow, fragment, t->edges.left + t->spacing_x, y);
}

static void place_cell(TableFlow *f, int i, int row, Len y, bool artifact)
{
    Table *t = f->t;
    const Cell *cell = &t->cells.at[i];
    if (!f->fragments[i])
        return;
    Len height = cell->rows == 1 ? f->places[row].height : 0; /* of the others: when their rows are known */
    Fragment *fragment = is_begun(f, i) ? (Fragment *)lengthen(t, f->fragments[i], height)
                                        : (Fragment *)stretch_cell(t, f->fragments[i], height,
                                                                   cell->rows == 1 ? f->places[row].baseline : NONE);
    fragment->artifact = artifact;
    if (is_hidden_cell(t, fragment))
        return;
    Len x = cell_left(t, cell);
    flow_add(f->flow, fragment, x, y);
    f->link[i] = f->flow->links.count;
    if (!artifact) {
        take_pending(&f->flow->pending, f->pending[i], x, y);
        f->pending[i] = NULL;
    }
    if (f->flow->baseline == NONE && fragment->baseline != NONE)
        f->flow->baseline = y + (f->places[row].baseline != NONE ? f->places[row].baseline : fragment->baseline);
}

/* Those that begin in the row, and in a frame's first row those that reach into it. */
static void place_cells(TableFlow *f, int row, Len y, bool artifact)
{
    const Row *r = &f->t->rows.at[row];
    for (int n = 0; row == f->first && n < r->over_count; n++)
        place_cell(f, r->over[n], row, y, artifact);
    for (int i = r->first_cell; i < r->first_cell + r->cell_count; i++)
        place_cell(f, i, row, y, artifact);
}

static bool is_spanned(const Table *t, int row) /* a cell from above reaches into this row */
{
    return t->rows.at[row].over_count > 0;
}

static void show_row(TableFlow *f, int row, Len height, bool artifact)
{
    f->places[row].top = f->flow->y;
    add_row_background(f, &f->t->rows.at[row], f->flow->y, height, artifact);
    place_cells(f, row, f->flow->y, artifact);
    f->shown[f->count] = row;
    f->tops[f->count] = f->flow->y;
    f->heights[f->count++] = height;
    f->flow->y = len_add(f->flow->y, height + f->t->spacing_y);
}

/* A part of a cell that shows nothing of its content. */
static Fragment *empty_part(TableFlow *f, int cell)
{
    Table *t = f->t;
    Fragment *part = fragment_new(t->job, cell_box(t, &t->cells.at[cell]), FRAGMENT_BOX);
    part->width = cell_width(t, &t->cells.at[cell]);
    part->border = used_border(part->box->style);
    return part;
}

static Fragment *as_later_part(const TableFlow *f, const Fragment *fragment)
{
    Fragment *part = arena_copy(f->t->job->fragments, fragment, sizeof *part);
    part->cut |= CUT_BEFORE;
    part->border.top = 0;
    return part;
}

static void resume_cell(TableFlow *f, int i, const BreakToken *resume)
{
    Table *t = f->t;
    const Cell *cell = &t->cells.at[i];
    f->tokens[i] = cell_token(resume, cell->box);
    f->done[i] = !f->tokens[i];
    f->fragments[i] = as_later_part(
        f, f->done[i] ? empty_part(f, i)
                      : keep_cell(f, i, lay_cell(t, f->flow, cell, f->flow->y, f->tokens[i], NONE, false)));
}

/* Cells that an earlier frame began and that reach into the first row of this one. */
static void resume_cells(TableFlow *f, const BreakToken *resume)
{
    if (!resume || f->first >= f->t->rows.count)
        return;
    const Row *r = &f->t->rows.at[f->first];
    for (int n = 0; n < r->over_count; n++)
        resume_cell(f, r->over[n], resume);
    for (int i = r->first_cell; f->begun && i < r->first_cell + r->cell_count; i++)
        resume_cell(f, i, resume);
}

static const BreakToken *row_token(TableFlow *f, int row)
{
    BreakToken *token = token_new(f->t->job, f->t->box, TOKEN_INSIDE);
    token->row = row;
    return token;
}

/* What this frame shows of a cell that is cut at `end`; *rest: what is left of it. */
static const Fragment *cell_part(TableFlow *f, int i, Len y, Len end, bool at_top, const BreakToken **rest)
{
    Fragment *part = NULL;
    *rest = NULL;
    if (!f->done[i]) {
        Result got = lay_cell(f->t, f->flow, &f->t->cells.at[i], y, f->tokens[i], end, at_top);
        *rest = got.rest;
        part = (Fragment *)keep_cell(f, i, got);
        if (!part)
            *rest = f->tokens[i] ? f->tokens[i] : token_new(f->t->job, f->t->cells.at[i].box, TOKEN_BEFORE);
    }
    if (!part)
        part = empty_part(f, i);
    if (is_begun(f, i))
        part = as_later_part(f, part);
    part->cut |= CUT_AFTER;
    part->border.bottom = 0;
    return part;
}

/* The table is cut before a row, or (inside) within it: the cells that reach over the cut are parallel flows, each
 * cut there and continued in the next frame. NULL: all of the row stands here. css-break-3 4.4, css-tables-3 6. */
static const BreakToken *cut_cells(TableFlow *f, int row, bool inside, bool at_top)
{
    Table *t = f->t;
    Flow *flow = f->flow;
    const Row *r = &t->rows.at[row];
    VEC(const BreakToken *) open = {0};
    int count = r->over_count + (inside ? r->cell_count : 0);
    const Fragment **parts = NEW_ARRAY(t->job->fragments, const Fragment *, count);
    Len end = inside ? flow->space->room : flow->y - t->spacing_y, bottom = inside ? flow->y : end;
    if (inside)
        f->places[row].top = flow->y;
    for (int n = 0; n < count; n++) {
        int i = n < r->over_count ? r->over[n] : r->first_cell + n - r->over_count;
        const BreakToken *rest;
        Len y = f->places[first_row_here(f, &t->cells.at[i])].top;
        parts[n] = cell_part(f, i, y, end, at_top, &rest);
        bottom = len_max(bottom, y + parts[n]->height);
        if (rest)
            VEC_PUSH(t->job->fragments, open, rest);
    }
    if (inside && open.count == 0)
        return NULL;
    if (inside) {
        f->places[row].height = bottom - flow->y;
        f->places[row].baseline = NONE;
        show_row(f, row, bottom - flow->y, false);
    }
    for (int n = 0; n < count; n++) {
        int i = n < r->over_count ? r->over[n] : r->first_cell + n - r->over_count;
        f->cut[i] = true;
        if (f->link[i]) {
            Link *link = &flow->links.at[f->link[i] - 1];
            link->fragment = lengthen(t, parts[n], bottom - link->y);
        }
    }
    flow->y = len_max(flow->y, bottom);
    BreakToken *rest = (BreakToken *)row_token(f, row);
    rest->row_begun = inside;
    rest->child = (const BreakToken *const *)open.at;
    rest->count = open.count;
    return rest;
}

static bool is_caption(const Box *child, bool top)
{
    return child->kind == BOX_CAPTION && (child->style->text->caption_side != KW_BOTTOM) == top;
}

static Result lay_caption(const Table *t, const Flow *flow, const Box *caption, Len width)
{
    Space space = flow_space(flow, caption, flow->y);
    space = space_unbreakable(&space);
    space.width = space.percent_width = width;
    space.floats = NULL;
    return layout_block(t->job, caption, &space, NULL);
}

static void place_captions(const Table *t, Flow *flow, Len width, bool top)
{
    for (const Box *child = t->box->first; child; child = child->next) {
        if (!is_caption(child, top))
            continue;
        Edges margin = used_margin(child->style, width);
        Result got = lay_caption(t, flow, child, width);
        flow->y += margin.top;
        flow_take(flow, &got, got.fragment, margin.left, flow->y);
        flow->y += got.fragment->height + margin.bottom;
        flow->placed = true;
    }
}

/* Captions below the table stay with its last row. */
static Len captions_height(const Table *t, const Flow *flow, Len width)
{
    Len height = 0;
    for (const Box *child = t->box->first; child; child = child->next)
        if (is_caption(child, false))
            height = len_add(height, lay_caption(t, flow, child, width).fragment->height +
                                         edges_y(used_margin(child->style, width)));
    return height;
}

/* The head again at the top of a later frame: an artifact. */
static void repeat_head(TableFlow *f)
{
    for (int r = 0; r < f->heads; r++) {
        f->places[r] = measure_row(f, r);
        grow_for_spans(f, r);
    }
    for (int r = 0; r < f->heads; r++)
        show_row(f, r, f->places[r].height, true);
}

/* A height of its own is shared by the rows: what each gets more. */
static Len extra_height(TableFlow *f, int first)
{
    const Sizes *sizes = &f->flow->sizes;
    if (sizes->height == NONE || first >= f->t->rows.count)
        return 0;
    Len wanted =
            sizes->height + edges_y(sizes->border) + edges_y(sizes->padding) - edges_y(f->t->edges) - f->t->spacing_y,
        natural = 0;
    for (int r = first; r < f->t->rows.count; r++) {
        f->places[r] = measure_row(f, r);
        grow_for_spans(f, r);
        natural = len_add(natural, f->places[r].height + f->t->spacing_y);
    }
    return len_max(0, wanted - natural);
}

/* css-break-3 3.1: `avoid` between a row and the next. */
static bool is_joined_to_next(const Table *t, int row)
{
    return row + 1 < t->rows.count && (break_is_avoid(t->rows.at[row].box->break_after, false) ||
                                       break_is_avoid(t->rows.at[row + 1].box->break_before, false));
}

/* Rows joined by spanning cells are kept together where a frame can hold them, and a head and the first row after it:
 * the last of those that begin with `row`. */
static int joined_end(const Table *t, int row)
{
    int heads = head_rows(t), end = row < heads && heads < t->rows.count ? heads : row;
    for (int r = row; r <= end; r++) {
        if (is_joined_to_next(t, r))
            end = (int)len_max(end, r + 1);
        for (int i = t->rows.at[r].first_cell; i < t->rows.at[r].first_cell + t->rows.at[r].cell_count; i++)
            end = (int)len_max(end, t->cells.at[i].row + t->cells.at[i].rows - 1);
    }
    return end < t->rows.count ? end : t->rows.count - 1;
}

/* Height of the rows from `row` on that are joined to it. */
static Len joined_height(TableFlow *f, int row)
{
    int end = joined_end(f->t, row);
    Len height = f->places[row].height;
    for (int r = row + 1; r <= end; r++) {
        f->places[r] = measure_row(f, r);
        grow_for_spans(f, r);
        height = len_add(height, f->t->spacing_y + f->places[r].height);
    }
    return height;
}

/* Rows from `first` on until the frame is full; NULL: all stand. *refused: not one fitted. */
static const BreakToken *place_rows(TableFlow *f, const BreakToken *resume, bool *refused)
{
    Table *t = f->t;
    Flow *flow = f->flow;
    const Space *space = flow->space;
    int first = f->first, left = t->rows.count - first;
    Len extra = extra_height(f, first), start = flow->y;
    for (int r = first; r < t->rows.count; r++) {
        Len more = len_scale(extra, r - first + 1, left) - len_scale(extra, r - first, left);
        f->places[r] = measure_row(f, r);
        Len own = f->places[r].height + more; /* without what spanning cells add to it */
        grow_for_spans(f, r);
        f->places[r].height += more;
        bool begun = f->begun && r == first, joins = !is_spanned(t, r) && !begun;
        Len height = f->places[r].height, joined = joins ? joined_height(f, r) : own;
        Len below = r == t->rows.count - 1 ? t->edges.bottom + f->captions_below : 0;
        Len room = space->frame ? space->room - flow->y - below : LEN_MAX;
        if (space->frame && (joined > room || height > room)) {
            Len whole = space->frame->height - (r >= f->heads && f->heads ? start : 0);
            bool at_top = space->at_top && flow->y == start && !flow->placed;
            bool after_head = r == f->heads && first < f->heads;
            bool may_part = (r == 0 || r >= f->heads) && !at_top && !after_head && !begun;
            if (may_part && (joined <= whole ? joined > room : own > room && own <= whole)) {
                flow->shortage = len_min(flow->shortage, flow->y + joined - space->room);
                *refused = r == 0 && !space->at_top && !resume;
                return *refused ? NULL : cut_cells(f, r, false, false);
            }
            const BreakToken *rest = NULL;
            if (height > room && (height > whole || height > own || after_head))
                rest = cut_cells(f, r, true, at_top);
            if (rest)
                return rest;
        }
        show_row(f, r, height, false);
        flow->placed = true;
    }
    return NULL;
}

/* A spanning cell was placed when later rows were not known: now they are. */
static void stretch_spanning_cell(TableFlow *f, int i)
{
    const Cell *cell = &f->t->cells.at[i];
    if (cell->rows < 2 || !f->link[i] || f->cut[i])
        return;
    Len height = rows_height(f, first_row_here(f, cell), cell->row + cell->rows - 1);
    f->flow->links.at[f->link[i] - 1].fragment =
        is_begun(f, i) ? lengthen(f->t, f->fragments[i], height) : stretch_cell(f->t, f->fragments[i], height, NONE);
}

static void stretch_spanning(TableFlow *f)
{
    for (int k = 0; k < f->count; k++) {
        const Row *r = &f->t->rows.at[f->shown[k]];
        for (int n = 0; f->shown[k] == f->first && n < r->over_count; n++)
            stretch_spanning_cell(f, r->over[n]);
        for (int i = r->first_cell; i < r->first_cell + r->cell_count; i++)
            stretch_spanning_cell(f, i);
    }
}

/* The rows from link `from` on go into a fragment of the table's own borders and background. */
static void close_grid(TableFlow *f, int from, Len top, Len width, Len height)
{
    Flow *flow = f->flow;
    Layout *job = f->t->job;
    Fragment *grid = fragment_new(job, f->t->box, FRAGMENT_BOX);
    grid->width = width;
    grid->height = height;
    grid->padding = flow->sizes.padding;
    if (f->t->collapse)
        grid->box = without_borders(job, f->t->box);
    else
        grid->border = flow->sizes.border;
    grid->count = flow->links.count - from;
    Link *links = NEW_ARRAY(job->fragments, Link, grid->count);
    for (int i = 0; i < grid->count; i++) {
        links[i] = flow->links.at[from + i];
        links[i].y -= top;
    }
    grid->link = links;
    grid->baseline = flow->baseline == NONE ? NONE : flow->baseline - top;
    flow->links.count = from;
    VEC_PUSH(job->fragments, flow->links, ((Link){grid, 0, top}));
}

static Result lay_table(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    Table *t = table_working_copy(job, table_of(job, box));
    Flow flow = flow_begin(job, box, space, resume);
    flow.at_start = false;
    size_columns(t, &flow.sizes, space);
    Len width = len_add(edges_x(t->edges), outer_spacing(t));
    for (int i = 0; i < t->columns; i++)
        width = len_add(width, t->width[i]);
    width =
        len_max(width, t->columns ? 0 : flow.sizes.width + edges_x(flow.sizes.border) + edges_x(flow.sizes.padding));
    flow.y = 0;
    Len width_room = table_room(&flow.sizes, space);
    if (!resume && job->quiet == 0 && width_room != NONE && width > width_room + LEN_PT)
        diag_warn(job->diag, "table-overfull", box->source, "table is %d pt wider than its column",
                  (width - width_room + LEN_PT / 2) / LEN_PT);
    if (!resume)
        place_captions(t, &flow, width, true);
    Len top = flow.y;
    int captions = flow.links.count, first = resume ? resume->row : 0, rows = t->rows.count + 1;
    TableFlow f = {.t = t,
                   .flow = &flow,
                   .heads = head_rows(t),
                   .fragments = NEW_ARRAY(job->fragments, const Fragment *, t->cells.count + 1),
                   .pending = NEW_ARRAY(job->fragments, Pending *, t->cells.count + 1),
                   .places = NEW_ARRAY(job->fragments, RowPlace, rows)};
    f.shown = NEW_ARRAY(job->fragments, int, rows + f.heads);
    f.tops = NEW_ARRAY(job->fragments, Len, rows + f.heads);
    f.heights = NEW_ARRAY(job->fragments, Len, rows + f.heads);
    f.tokens = NEW_ARRAY(job->fragments, const BreakToken *, t->cells.count + 1);
    f.done = NEW_ARRAY(job->fragments, bool, t->cells.count + 1);
    f.cut = NEW_ARRAY(job->fragments, bool, t->cells.count + 1);
    f.link = NEW_ARRAY(job->fragments, int, t->cells.count + 1);
    f.captions_below = captions_height(t, &flow, width);
    f.first = first;
    f.begun = resume && resume->row_begun;
    flow.y += t->edges.top + t->spacing_y;
    if (resume && first >= f.heads)
        repeat_head(&f);
    resume_cells(&f, resume);
    bool refused = false;
    const BreakToken *rest = place_rows(&f, resume, &refused);
    if (refused)
        return (Result){.shortage = flow.shortage, .tallest = flow.tallest, .appeal = APPEAL_LAST_RESORT};
    stretch_spanning(&f);
    if (t->collapse) {
        strip_borders(t, &flow, captions);
        if (f.count > 0)
            add_collapsed_borders(t, &flow, f.shown, f.tops, f.heights, f.count);
    }
    Len height = flow.y + t->edges.bottom - top;
    if (rest && space->frame) /* the spacing after a cut may run over the end of the frame */
        height = len_min(height, len_max(space->room - top, height - t->spacing_y));
    if (!rest && flow.sizes.height != NONE)
        height = len_max(height, flow.sizes.height + edges_y(flow.sizes.border) + edges_y(flow.sizes.padding) -
                                     (resume ? resume->used : 0));
    close_grid(&f, captions, top, width, height);
    flow.y = top + height;
    if (!rest)
        place_captions(t, &flow, width, false);
    bool cuts_cells = rest && (rest->row_begun || is_spanned(t, rest->row));
    Fragment *wrapper = fragment_new(job, box, FRAGMENT_COLUMN); /* captions and grid; paints nothing itself */
    wrapper->width = width;
    wrapper->height = flow.y;
    wrapper->baseline = wrapper->last_baseline = flow.baseline;
    wrapper->link = flow.links.at;
    wrapper->count = flow.links.count;
    wrapper->cut = (uint8_t)((resume ? CUT_BEFORE : 0) | (rest ? CUT_AFTER : 0));
    Result result = {.fragment = wrapper,
                     .appeal = cuts_cells && space->frame->balanced ? APPEAL_AVOID : APPEAL_PERFECT,
                     .shortage = flow.shortage,
                     .tallest = flow.tallest,
                     .consumed = flow.y,
                     .floats = space->floats,
                     .end = strut_join((Strut){0}, flow.sizes.margin.bottom),
                     .pending = flow.pending};
    if (rest) {
        BreakToken *token = arena_copy(job->fragments, rest, sizeof *token);
        token->used = (resume ? resume->used : 0) + flow.y;
        token->sequence = (uint16_t)(resume ? resume->sequence + 1 : 1);
        result.rest = token;
    }
    return result;
}

Result layout_table(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    if (resume && resume->kind == TOKEN_BEFORE)
        resume = NULL;
    if (!(box->is & BOX_IS_MONOLITHIC) || !space->frame)
        return lay_table(job, box, space, resume);
    Space free = space_unbreakable(space);
    Result got = lay_table(job, box, &free, NULL);
    if (got.fragment->height > space->room && !space->at_top)
        return (Result){.shortage = got.fragment->height - space->room, .tallest = got.fragment->height};
    return got;
}
