/* Grid containers: css-grid-2. Items are placed, columns sized, items laid out in them, rows sized, items aligned;
 * all unbroken. A container that doesn't fit its frame is broken between rows, and inside where it must: bands.c. */
#include "layout/grid.h"

#include <stdlib.h>

/* ---- items ---- */

static int by_order(const void *a, const void *b)
{
    const GridItem *x = a, *y = b;
    return x->order != y->order ? (x->order < y->order ? -1 : 1) : x->index - y->index;
}

static void collect_items(Grid *grid)
{
    const Box *box = grid->box;
    grid->items = NEW_ARRAY(grid->job->fragments, GridItem, box->child_count + 1);
    for (const Box *child = box->first; child; child = child->next)
        if (!holds_only_positioned(child)) {
            grid->items[grid->count] =
                (GridItem){.box = child, .order = child->style->flex->order, .index = grid->count};
            grid->count++;
        }
    qsort(grid->items, (size_t)grid->count, sizeof *grid->items, by_order);
}

static void read_margins(GridItem *item, Len base)
{
    const StyleBox *b = item->box->style->box;
    item->margin = used_margin(item->box->style, base);
    item->auto_margin[0] = b->margin_top.keyword == KW_AUTO;
    item->auto_margin[1] = b->margin_right.keyword == KW_AUTO;
    item->auto_margin[2] = b->margin_bottom.keyword == KW_AUTO;
    item->auto_margin[3] = b->margin_left.keyword == KW_AUTO;
}

static uint16_t self_alignment(const Grid *grid, const GridItem *item, GridAxis axis)
{
    const StyleFlex *own = item->box->style->flex, *outer = grid->box->style->flex;
    uint16_t word = align_word(axis == AXIS_COLUMNS ? own->justify_self : own->align_self);
    if (word == 0 || word == KW_AUTO)
        word = align_word(axis == AXIS_COLUMNS ? outer->justify_items : outer->align_items);
    if (word == 0 || word == KW_NORMAL || word == KW_LEGACY || word == KW_AUTO) {
        bool ratio = item->box->kind == BOX_REPLACED || item->box->style->box->aspect_ratio;
        word = ratio ? KW_START : KW_STRETCH;
    }
    return word;
}

static bool stretches(const Grid *grid, const GridItem *item, GridAxis axis)
{
    const StyleBox *b = item->box->style->box;
    bool margins = axis == AXIS_COLUMNS ? item->auto_margin[1] || item->auto_margin[3]
                                        : item->auto_margin[0] || item->auto_margin[2];
    Size size = axis == AXIS_COLUMNS ? b->width : b->height;
    return size.keyword == KW_AUTO && !margins && self_alignment(grid, item, axis) == KW_STRETCH &&
           item->box->kind != BOX_REPLACED;
}

/* ---- contributions ---- */

static Len minimum_size(const GridItem *item, GridAxis axis, Len content, Len base)
{
    const StyleBox *b = item->box->style->box;
    Size size = axis == AXIS_COLUMNS ? b->width : b->height,
         least = axis == AXIS_COLUMNS ? b->min_width : b->min_height;
    uint16_t overflow = axis == AXIS_COLUMNS ? b->overflow_x : b->overflow_y;
    bool definite = size.keyword == 0 && !(size.has_percent && base == NONE);
    if (definite) /* its own size counts whole: the contribution is that of the outer size */
        return content;
    if (least.keyword == KW_AUTO)
        return overflow == KW_VISIBLE || overflow == KW_CLIP ? content : item->edges[axis];
    if (least.keyword)
        return content;
    Edges margin = item->margin;
    Len margins = axis == AXIS_COLUMNS ? edges_x(margin) : edges_y(margin);
    Len value = size_resolve(least, base == NONE ? 0 : base);
    return b->sizing == KW_BORDER_BOX ? len_max(value + margins, item->edges[axis]) : value + item->edges[axis];
}

static void set_edges(GridItem *item, Len base)
{
    Edges border = used_border(item->box->style), padding = used_padding(item->box->style, base);
    item->edges[AXIS_COLUMNS] = edges_x(border) + edges_x(padding) + edges_x(item->margin);
    item->edges[AXIS_ROWS] = edges_y(border) + edges_y(padding) + edges_y(item->margin);
}

static void finish_contribution(GridItem *item, GridAxis axis, Len base)
{
    const StyleBox *b = item->box->style->box;
    Size size = axis == AXIS_COLUMNS ? b->width : b->height;
    item->least_is_size = size.keyword == 0 && !size.has_percent;
    item->least = minimum_size(item, axis, item->min, base);
}

/* ---- subgrids (css-grid-2 9): their items ask for room in the tracks of the grid around ---- */

static Grid grid_new(Layout *job, const Box *box, Len width, Len height, const Subgrid *inherited);
static void measure_columns(Grid *grid);
static void measure_rows(Grid *grid, Flow *flow);

static bool is_any_subgrid(const Box *box)
{
    return grid_is_subgrid(box, AXIS_COLUMNS) || grid_is_subgrid(box, AXIS_ROWS);
}

static Len end_edge(const GridItem *item, GridAxis axis, bool start, Len base)
{
    Edges border = used_border(item->box->style), padding = used_padding(item->box->style, base);
    if (axis == AXIS_COLUMNS)
        return start ? item->margin.left + border.left + padding.left
                     : item->margin.right + border.right + padding.right;
    return start ? item->margin.top + border.top + padding.top : item->margin.bottom + border.bottom + padding.bottom;
}

/* known: by axis, whether the tracks have their sizes yet. */
static const Subgrid *hand_down(const Grid *grid, const GridItem *item, bool columns_known, bool rows_known)
{
    Subgrid *subgrid = NEW(grid->job->fragments, Subgrid);
    for (int axis = 0; axis < 2; axis++) {
        const GridLines *lines = &grid->lines[axis];
        int count = item->span[axis];
        Len *size = NEW_ARRAY(grid->job->fragments, Len, count);
        bool known = axis == AXIS_COLUMNS ? columns_known : rows_known;
        for (int i = 0; known && i < count; i++)
            size[i] = lines->tracks.at[item->start[axis] + i].base;
        Len base = columns_known ? grid_extent(grid, AXIS_COLUMNS, item->start[0], item->span[0]) : 0;
        if (known) {
            size[0] -= end_edge(item, (GridAxis)axis, true, base);
            size[count - 1] -= end_edge(item, (GridAxis)axis, false, base);
        }
        LineName *names = NEW_ARRAY(grid->job->fragments, LineName, lines->names.count + 1);
        subgrid->names[axis] = names;
        for (int i = 0; i < lines->names.count; i++) {
            int line = lines->names.at[i].line + lines->before - item->start[axis];
            if (line >= 0 && line <= count)
                names[subgrid->name_count[axis]++] = (LineName){lines->names.at[i].name, line};
        }
        subgrid->count[axis] = grid_is_subgrid(item->box, (GridAxis)axis) ? count : 0;
        subgrid->size[axis] = size;
        subgrid->gap[axis] = lines->gap;
    }
    return subgrid;
}

static void add_inner_items(Grid *grid, GridItem *subgrid, const Grid *inside, GridAxis axis, Len base)
{
    GridItem *items = NEW_ARRAY(grid->job->fragments, GridItem, grid->count + inside->count + 1);
    memcpy(items, grid->items, sizeof *items * (size_t)grid->count);
    for (int i = 0; i < inside->count; i++) {
        GridItem item = inside->items[i];
        bool first = item.start[axis] == 0, last = item.start[axis] + item.span[axis] == subgrid->span[axis];
        Len edges =
            (first ? end_edge(subgrid, axis, true, base) : 0) + (last ? end_edge(subgrid, axis, false, base) : 0);
        item.inner = true;
        item.min = len_add(item.min, edges);
        item.max = len_add(item.max, edges);
        item.least = len_add(item.least, edges);
        item.edges[axis] += edges;
        item.start[axis] += subgrid->start[axis];
        item.start[!axis] = subgrid->start[!axis];
        item.span[!axis] = subgrid->span[!axis];
        items[grid->count + i] = item;
    }
    subgrid->min = subgrid->max = subgrid->least = subgrid->edges[axis];
    items[subgrid - grid->items] = *subgrid;
    grid->items = items;
    grid->count += inside->count;
}

static void drop_inner_items(Grid *grid)
{
    int kept = 0;
    for (int i = 0; i < grid->count; i++)
        if (!grid->items[i].inner)
            grid->items[kept++] = grid->items[i];
    grid->count = kept;
}

static void ask_for_columns(Grid *grid, int count)
{
    for (int i = 0; i < count; i++) {
        if (!grid_is_subgrid(grid->items[i].box, AXIS_COLUMNS))
            continue;
        const Subgrid *tracks = hand_down(grid, &grid->items[i], false, false);
        Grid inside = grid_new(grid->job, grid->items[i].box, NONE, NONE, tracks);
        measure_columns(&inside);
        add_inner_items(grid, &grid->items[i], &inside, AXIS_COLUMNS, 0);
    }
}

static void ask_for_rows(Grid *grid, Flow *flow, int count)
{
    for (int i = 0; i < count; i++) {
        GridItem *item = &grid->items[i];
        if (!grid_is_subgrid(item->box, AXIS_ROWS))
            continue;
        Len area = grid_extent(grid, AXIS_COLUMNS, item->start[0], item->span[0]);
        const Subgrid *tracks = hand_down(grid, item, true, false);
        Grid inside = grid_new(grid->job, item->box, len_max(0, area - item->edges[AXIS_COLUMNS]), NONE, tracks);
        measure_columns(&inside);
        grid_size_tracks(&inside, AXIS_COLUMNS, inside.width, TRACKS_DEFINITE, true);
        grid_place_tracks(&inside, AXIS_COLUMNS, inside.width, NULL);
        measure_rows(&inside, flow);
        add_inner_items(grid, item, &inside, AXIS_ROWS, area);
    }
}

static void measure_columns(Grid *grid)
{
    int count = grid->count;
    for (int i = 0; i < count; i++) {
        GridItem *item = &grid->items[i];
        Len base = grid->width == NONE ? 0 : grid->width;
        read_margins(item, base);
        set_edges(item, base);
        layout_intrinsic(grid->job, item->box, &item->min, &item->max);
        item->min = len_add(item->min, edges_x(item->margin));
        item->max = len_add(item->max, edges_x(item->margin));
        finish_contribution(item, AXIS_COLUMNS, grid->width);
    }
    ask_for_columns(grid, count);
}

static Space item_space(const Grid *grid, Flow *flow, const GridItem *item, Len height)
{
    Space space = flow_space(flow, item->box, 0);
    space = space_unbreakable(&space);
    space.floats = NULL;
    space.columns = false;
    space.width = space.percent_width = grid_extent(grid, AXIS_COLUMNS, item->start[0], item->span[0]);
    space.height = space.percent_height = height;
    space.width_rule = stretches(grid, item, AXIS_COLUMNS) ? RULE_STRETCH : RULE_FIT;
    space.height_rule = RULE_FIT;
    return space;
}

static void lay_item(const Grid *grid, Flow *flow, GridItem *item, Len height)
{
    Space space = item_space(grid, flow, item, height);
    if (height != NONE && stretches(grid, item, AXIS_ROWS)) {
        space.height = len_max(0, height - edges_y(item->margin));
        space.height_rule = RULE_EXACT;
    }
    if (is_any_subgrid(item->box))
        space.subgrid = hand_down(grid, item, true, height != NONE);
    Result got = layout_box(grid->job, item->box, &space, NULL);
    item->fragment = got.fragment;
    item->pending = got.pending;
}

/* An item whose height depends on its row's can't take part in sizing it (css-grid-2 10.6). */
static bool is_cyclic(const Grid *grid, const GridItem *item)
{
    bool depends = false;
    for (int i = item->start[AXIS_ROWS]; i < item->start[AXIS_ROWS] + item->span[AXIS_ROWS]; i++) {
        const Track *track = &grid->lines[AXIS_ROWS].tracks.at[i];
        depends = depends || track->min.keyword || track->max.keyword || track->flex;
    }
    return depends && item->box->style->box->height.has_percent;
}

static bool by_baseline(const Grid *grid, const GridItem *item)
{
    bool orthogonal = item->box->style->text->writing_mode != grid->box->style->text->writing_mode;
    return !orthogonal && !is_cyclic(grid, item) && self_alignment(grid, item, AXIS_ROWS) == KW_BASELINE &&
           !item->auto_margin[0] && !item->auto_margin[2];
}

static Len baseline_of(const GridItem *item)
{
    const Fragment *f = item->fragment;
    return item->margin.top + (f->baseline == NONE ? f->height : f->baseline);
}

/* Items of a row that share a baseline are moved down to the lowest of them. */
static void set_shims(Grid *grid)
{
    for (int i = 0; i < grid->count; i++) {
        GridItem *item = &grid->items[i];
        item->shim = 0;
        for (int k = 0; by_baseline(grid, item) && k < grid->count; k++)
            if (grid->items[k].start[AXIS_ROWS] == item->start[AXIS_ROWS] && by_baseline(grid, &grid->items[k]))
                item->shim = len_max(item->shim, baseline_of(&grid->items[k]) - baseline_of(item));
    }
}

static void measure_rows(Grid *grid, Flow *flow)
{
    drop_inner_items(grid);
    grid->job->grid_depth++;
    for (int i = 0; i < grid->count; i++) {
        GridItem *item = &grid->items[i];
        Len area = grid_extent(grid, AXIS_COLUMNS, item->start[0], item->span[0]);
        read_margins(item, area);
        set_edges(item, area);
        lay_item(grid, flow, item, NONE);
    }
    grid->job->grid_depth--;
    set_shims(grid);
    for (int i = 0; i < grid->count; i++) {
        GridItem *item = &grid->items[i];
        item->min = item->max = len_add(item->fragment->height, edges_y(item->margin) + item->shim);
        finish_contribution(item, AXIS_ROWS, NONE);
    }
    ask_for_rows(grid, flow, grid->count);
}

/* ---- the container's own sizes ---- */

static bool content_stretches(const Value *align)
{
    uint16_t word = align_word(align);
    return word == 0 || word == KW_NORMAL || word == KW_STRETCH;
}

static Grid grid_new(Layout *job, const Box *box, Len width, Len height, const Subgrid *inherited)
{
    Grid grid = {.job = job, .box = box, .width = width, .height = height, .inherited = inherited};
    collect_items(&grid);
    grid_read_tracks(&grid, AXIS_COLUMNS, width);
    grid_read_tracks(&grid, AXIS_ROWS, height);
    grid_place(&grid);
    return grid;
}

/* Min-content and max-content width of the content. */
void grid_intrinsic(Layout *job, const Box *box, Len *min, Len *max)
{
    Grid grid = grid_new(job, box, NONE, NONE, NULL);
    measure_columns(&grid);
    grid_size_tracks(&grid, AXIS_COLUMNS, NONE, TRACKS_MIN_CONTENT, false);
    *min = grid.lines[AXIS_COLUMNS].size;
    grid_size_tracks(&grid, AXIS_COLUMNS, NONE, TRACKS_MAX_CONTENT, false);
    *max = len_max(*min, grid.lines[AXIS_COLUMNS].size);
}

static void size_rows(Grid *grid, const Sizes *sizes)
{
    const Value *align = grid->box->style->flex->align_content;
    bool stretch = content_stretches(align);
    grid_size_tracks(grid, AXIS_ROWS, grid->height, TRACKS_DEFINITE, stretch);
    Len size = grid->lines[AXIS_ROWS].size, wanted = len_max(sizes->min_height, len_min(size, sizes->max_height));
    if (grid->height == NONE && wanted != size) { /* now it is known */
        grid_size_tracks(grid, AXIS_ROWS, wanted, TRACKS_DEFINITE, stretch);
        size = wanted;
    }
    grid_place_tracks(grid, AXIS_ROWS, grid->height == NONE ? size : grid->height, align);
}

/* ---- alignment ---- */

static bool is_safe(const Value *value)
{
    return value && value->kind == VALUE_LIST && value->count > 1 && value->items[0].keyword == KW_SAFE;
}

static bool aligns_safely(const Grid *grid, const GridItem *item, GridAxis axis)
{
    const StyleFlex *own = item->box->style->flex, *outer = grid->box->style->flex;
    const Value *value = axis == AXIS_COLUMNS ? own->justify_self : own->align_self;
    uint16_t word = align_word(value);
    return is_safe(word != 0 && word != KW_AUTO ? value
                   : axis == AXIS_COLUMNS       ? outer->justify_items
                                                : outer->align_items);
}

static Len offset_in_area(const Grid *grid, const GridItem *item, GridAxis axis, Len area)
{
    bool columns = axis == AXIS_COLUMNS;
    Len size = columns ? item->fragment->width : item->fragment->height;
    bool rtl = columns && grid->box->style->text->direction == KW_RTL; /* places are mirrored later */
    Len before = !columns ? item->margin.top : rtl ? item->margin.right : item->margin.left;
    Len after = !columns ? item->margin.bottom : rtl ? item->margin.left : item->margin.right;
    bool auto_before = item->auto_margin[!columns ? 0
                                         : rtl    ? 1
                                                  : 3],
         auto_after = item->auto_margin[!columns ? 2
                                        : rtl    ? 3
                                                 : 1];
    Len room = area - size - before - after;
    if (auto_before || auto_after)
        return room <= 0 ? before : before + (auto_before && auto_after ? room / 2 : auto_before ? room : 0);
    if (room < 0 && aligns_safely(grid, item, axis))
        return before;
    switch (self_alignment(grid, item, axis)) {
    case KW_END:
    case KW_SELF_END:
    case KW_FLEX_END: return before + room;
    case KW_RIGHT: return before + (rtl ? 0 : room);
    case KW_LEFT: return before + (rtl ? room : 0);
    case KW_CENTER: return before + room / 2;
    case KW_BASELINE: return before + (columns ? 0 : item->shim);
    case KW_LAST_BASELINE: return before + (columns ? 0 : room);
    default: return before;
    }
}

enum { GRID_DEPTH_MOST = 6 };

/* Laid out again in its area, which gives percentages their base; deep in nested grids, where that would double the
 * work with each level, the fragment only becomes as high as the area. */
static void fit_height(const Grid *grid, Flow *flow, GridItem *item, Len height)
{
    Layout *job = grid->job;
    if (job->grid_depth < GRID_DEPTH_MOST || is_any_subgrid(item->box)) {
        job->grid_depth++;
        lay_item(grid, flow, item, height);
        job->grid_depth--;
        return;
    }
    Len wanted = height - edges_y(item->margin);
    if (!stretches(grid, item, AXIS_ROWS) || wanted == item->fragment->height)
        return;
    Fragment *fragment = arena_copy(job->fragments, item->fragment, sizeof *fragment);
    fragment->height = len_max(0, wanted);
    item->fragment = fragment;
}

static void place_item(const Grid *grid, Flow *flow, GridItem *item)
{
    Len width = grid_extent(grid, AXIS_COLUMNS, item->start[0], item->span[0]),
        height = grid_extent(grid, AXIS_ROWS, item->start[1], item->span[1]);
    fit_height(grid, flow, item, height);
    bool rtl = grid->box->style->text->direction == KW_RTL;
    Len x = grid->lines[AXIS_COLUMNS].tracks.at[item->start[0]].at + offset_in_area(grid, item, AXIS_COLUMNS, width);
    if (rtl) /* columns run from the right */
        x = grid->width - x - item->fragment->width;
    Len y = grid->lines[AXIS_ROWS].tracks.at[item->start[1]].at + offset_in_area(grid, item, AXIS_ROWS, height);
    Result got = {.fragment = item->fragment, .pending = item->pending, .shortage = LEN_MAX};
    flow_take(flow, &got, item->fragment, flow->content_x + x, flow->content_y + y);
}

/* Percentages of a height that was not known count once the rows have made it (css-grid-2 12.1). */
static bool has_percent_rows(const Box *box)
{
    const Value *rows = box->style->flex->template_rows;
    if (box->style->fragmentation->row_gap.has_percent)
        return true;
    for (int i = 0; rows && rows->kind == VALUE_LIST && i < rows->count; i++) {
        const Value *item = &rows->items[i];
        for (int k = 0; item->kind == VALUE_FUNCTION && k < item->count; k++)
            if (item->items[k].kind == VALUE_SIZE && item->items[k].size.has_percent)
                return true;
        if (item->kind == VALUE_SIZE && item->size.has_percent)
            return true;
    }
    return false;
}

static Grid sized_grid(Flow *flow, Len height)
{
    Grid grid = grid_new(flow->job, flow->box, flow->sizes.width, height, flow->space->subgrid);
    const Value *justify = flow->box->style->flex->justify_content;
    measure_columns(&grid);
    grid_size_tracks(&grid, AXIS_COLUMNS, grid.width, TRACKS_DEFINITE, content_stretches(justify));
    grid_place_tracks(&grid, AXIS_COLUMNS, grid.width, justify);
    measure_rows(&grid, flow);
    size_rows(&grid, &flow->sizes);
    return grid;
}

static Result lay_grid(Layout *job, const Box *box, const Space *space)
{
    Flow flow = flow_begin(job, box, space, NULL);
    flow.at_start = false;
    pend_positioned_children(&flow);
    Grid grid = sized_grid(&flow, flow.sizes.height);
    Len height = grid.lines[AXIS_ROWS].size;
    if (grid.height == NONE && has_percent_rows(box))
        grid = sized_grid(&flow, height);
    drop_inner_items(&grid);
    for (int i = 0; i < grid.count; i++)
        place_item(&grid, &flow, &grid.items[i]);
    flow.y = flow.content_y + height;
    flow.placed = true;
    return flow_finish(&flow, (Stop){.appeal = APPEAL_PERFECT});
}

Result layout_grid(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    return layout_in_bands(job, box, space, resume, lay_grid);
}
