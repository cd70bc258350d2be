/* Where grid items go: css-grid-2 8. Lines are counted from the first explicit one, 0; implicit tracks may lie before. */
#include "layout/grid.h"

typedef struct {
    uint16_t kind; /* KW_AUTO, KW_SPAN, 0: a line */
    int number;
    Name name;
} GridLine;

static GridLine read_line(const Value *value)
{
    GridLine line = {.kind = KW_AUTO};
    if (!value || value->kind != VALUE_LIST)
        return line;
    line.kind = 0;
    for (int i = 0; i < value->count; i++) {
        const Value *item = &value->items[i];
        if (item->kind == VALUE_INTEGER)
            line.number = item->number < -GRID_LINES_MAX  ? -GRID_LINES_MAX
                          : item->number > GRID_LINES_MAX ? GRID_LINES_MAX
                                                          : item->number;
        else if (item->kind == VALUE_KEYWORD && item->keyword == KW_SPAN)
            line.kind = KW_SPAN;
        else
            line.name = item->text;
    }
    return line;
}

/* ---- named lines and areas ---- */

/* The edge of a named area, -1: none of that name. */
static int area_edge(const Grid *grid, GridAxis axis, Name name, bool end)
{
    const Value *areas = grid->box->style->flex->template_areas;
    int found = -1;
    for (int y = 0; areas && areas->kind == VALUE_LIST && y < areas->count; y++)
        for (int x = 0; x < areas->items[y].count; x++) {
            int at = axis == AXIS_COLUMNS ? x : y;
            if (areas->items[y].items[x].text != name || !name)
                continue;
            if (found < 0)
                found = end ? at + 1 : at;
            found = end ? (int)len_max(found, at + 1) : (int)len_min(found, at);
        }
    return found;
}

/* name-start and name-end are lines of the area `name`. */
static bool has_name(const Grid *grid, GridAxis axis, int line, Name name)
{
    const GridLines *lines = &grid->lines[axis];
    for (int i = 0; i < lines->names.count; i++)
        if (lines->names.at[i].name == name && lines->names.at[i].line == line)
            return true;
    const Value *areas = grid->box->style->flex->template_areas;
    size_t length = strlen(name);
    bool starts = length > 6 && strcmp(name + length - 6, "-start") == 0,
         ends = length > 4 && strcmp(name + length - 4, "-end") == 0;
    size_t own = length - (starts ? 6 : 4);
    for (int y = 0; (starts || ends) && areas && areas->kind == VALUE_LIST && y < areas->count; y++)
        for (int x = 0; x < areas->items[y].count; x++) {
            Name area = areas->items[y].items[x].text;
            if (area && strlen(area) == own && strncmp(area, name, own) == 0)
                return area_edge(grid, axis, area, ends) == line;
        }
    return false;
}

/* The n-th line of that name, from the front or, n negative, from the end; implicit lines have every name. */
static int named_line(const Grid *grid, GridAxis axis, Name name, int n)
{
    int last = grid->lines[axis].explicit_count, left = n > 0 ? n : -n;
    for (int i = 0; i <= last; i++) {
        int line = n > 0 ? i : last - i;
        if (has_name(grid, axis, line, name) && --left == 0)
            return line;
    }
    return n > 0 ? last + left : -left;
}

/* From a line, n lines of that name on, in the direction of `step`. */
static int span_to(const Grid *grid, GridAxis axis, int from, const GridLine *span, int step)
{
    int n = span->number ? span->number : 1;
    if (!span->name)
        return from + step * n;
    int line = from;
    while (n > 0) {
        line += step;
        bool outside = line < 0 || line > grid->lines[axis].explicit_count;
        if (outside || has_name(grid, axis, line, span->name))
            n--;
        if (line < -GRID_LINES_MAX || line > 2 * GRID_LINES_MAX)
            break;
    }
    return line;
}

static int line_at(const Grid *grid, GridAxis axis, const GridLine *line, bool end)
{
    if (line->name && line->number == 0) {
        int edge = area_edge(grid, axis, line->name, end);
        return edge >= 0 ? edge : named_line(grid, axis, line->name, 1);
    }
    if (line->name)
        return named_line(grid, axis, line->name, line->number);
    return line->number > 0 ? line->number - 1 : grid->lines[axis].explicit_count + 1 + line->number;
}

enum { NO_LINE = -100000 }; /* placed automatically */

/* css-grid-2 8.3 */
static void resolve(const Grid *grid, GridItem *item, GridAxis axis)
{
    const StyleFlex *style = item->box->style->flex;
    GridLine start = read_line(axis == AXIS_COLUMNS ? style->column_start : style->row_start),
             end = read_line(axis == AXIS_COLUMNS ? style->column_end : style->row_end);
    int from = NO_LINE, span = 1;
    if (start.kind == 0 && end.kind == 0) {
        int to = line_at(grid, axis, &end, true);
        from = line_at(grid, axis, &start, false);
        span = to > from ? to - from : to < from ? from - to : 1;
        from = to < from ? to : from;
    } else if (start.kind == 0) {
        from = line_at(grid, axis, &start, false);
        span = end.kind == KW_SPAN ? span_to(grid, axis, from, &end, 1) - from : 1;
    } else if (end.kind == 0) {
        int to = line_at(grid, axis, &end, true);
        from = start.kind == KW_SPAN ? span_to(grid, axis, to, &start, -1) : to - 1;
        span = to - from;
    } else { /* a span of a named line counts as 1 where nothing says from which */
        const GridLine *said = start.kind == KW_SPAN ? &start : &end;
        span = said->kind == KW_SPAN && !said->name && said->number ? said->number : 1;
    }
    item->start[axis] = from;
    item->span[axis] = span < 1 ? 1 : span > GRID_LINES_MAX ? GRID_LINES_MAX : span;
}

/* ---- which cells are taken ---- */

typedef struct {
    Arena *arena;
    bool *taken; /* row by row along the minor axis */
    int minor, room, used;
} Cells;

static void cells_need(Cells *cells, int major)
{
    if (major <= cells->room)
        return;
    int room = cells->room ? cells->room : 16;
    while (room < major)
        room *= 2;
    bool *taken = NEW_ARRAY(cells->arena, bool, (size_t)room *(size_t)cells->minor);
    if (cells->room)
        memcpy(taken, cells->taken, (size_t)cells->room * (size_t)cells->minor);
    cells->taken = taken;
    cells->room = room;
}

static bool cells_free(const Cells *cells, int major, int minor, int major_span, int minor_span)
{
    if (minor + minor_span > cells->minor)
        return false;
    for (int y = major; y < major + major_span && y < cells->room; y++)
        for (int x = minor; x < minor + minor_span; x++)
            if (cells->taken[(size_t)y * (size_t)cells->minor + (size_t)x])
                return false;
    return true;
}

static void cells_take(Cells *cells, int major, int minor, int major_span, int minor_span)
{
    cells_need(cells, major + major_span);
    for (int y = major; y < major + major_span; y++)
        for (int x = minor; x < minor + minor_span && x < cells->minor; x++)
            cells->taken[(size_t)y * (size_t)cells->minor + (size_t)x] = true;
    cells->used = (int)len_max(cells->used, major + major_span);
}

/* ---- css-grid-2 8.5 ---- */

static bool flow_is(const Grid *grid, uint16_t word)
{
    const Value *flow = grid->box->style->flex->auto_flow;
    for (int i = 0; flow && flow->kind == VALUE_LIST && i < flow->count; i++)
        if (flow->items[i].keyword == word)
            return true;
    return flow && flow->kind == VALUE_KEYWORD && flow->keyword == word;
}

/* Lines before the explicit grid: all starts are moved so that none is negative. */
static void add_lines_before(Grid *grid, GridAxis axis)
{
    int least = 0;
    for (int i = 0; i < grid->count; i++)
        if (grid->items[i].start[axis] != NO_LINE && grid->items[i].start[axis] < least)
            least = grid->items[i].start[axis];
    for (int i = 0; i < grid->count; i++)
        if (grid->items[i].start[axis] != NO_LINE)
            grid->items[i].start[axis] -= least;
    grid->lines[axis].before = -least;
}

static int minor_count(const Grid *grid, GridAxis axis)
{
    int count = grid->lines[axis].before + grid->lines[axis].explicit_count;
    for (int i = 0; i < grid->count; i++) {
        const GridItem *item = &grid->items[i];
        int end = (item->start[axis] == NO_LINE ? 0 : item->start[axis]) + item->span[axis];
        count = (int)len_max(count, end);
    }
    return count < 1 ? 1 : count;
}

static void settle(GridItem *item, Cells *cells, GridAxis minor, int major_at, int minor_at)
{
    item->start[minor] = minor_at;
    item->start[!minor] = major_at;
    cells_take(cells, major_at, minor_at, item->span[!minor], item->span[minor]);
}

/* Items whose major line is given: the first free place in it, after those placed there before unless dense. */
static void place_locked(Grid *grid, Cells *cells, GridAxis minor, bool dense)
{
    GridAxis major = !minor;
    for (int i = 0; i < grid->count; i++) {
        GridItem *item = &grid->items[i];
        if (item->start[major] == NO_LINE || item->start[minor] != NO_LINE)
            continue;
        int at = 0;
        for (int k = 0; !dense && k < i; k++) {
            const GridItem *other = &grid->items[k];
            if (other->start[minor] != NO_LINE && other->start[major] == item->start[major] && other->locked)
                at = (int)len_max(at, other->start[minor] + other->span[minor]);
        }
        while (at + item->span[minor] <= cells->minor &&
               !cells_free(cells, item->start[major], at, item->span[major], item->span[minor]))
            at++;
        if (at + item->span[minor] > cells->minor) { /* the implicit grid grows in the minor axis */
            Cells wider = {.arena = cells->arena, .minor = at + item->span[minor]};
            cells_need(&wider, cells->room ? cells->room : 1);
            for (int y = 0; y < cells->room; y++)
                memcpy(wider.taken + (size_t)y * (size_t)wider.minor, cells->taken + (size_t)y * (size_t)cells->minor,
                       (size_t)cells->minor);
            wider.used = cells->used;
            *cells = wider;
        }
        settle(item, cells, minor, item->start[major], at);
        item->locked = true;
    }
}

static void place_auto(Grid *grid, Cells *cells, GridAxis minor, bool dense)
{
    GridAxis major = !minor;
    int at_major = 0, at_minor = 0;
    const GridItem *like = NULL; /* dense: of equal size, placed last: none finds a place before it */
    for (int i = 0; i < grid->count; i++) {
        GridItem *item = &grid->items[i];
        if (item->start[major] != NO_LINE)
            continue;
        int fixed = item->start[minor];
        if (dense && (fixed != NO_LINE || !like || like->span[0] != item->span[0] || like->span[1] != item->span[1]))
            at_major = at_minor = 0;
        like = fixed == NO_LINE ? item : NULL;
        if (fixed != NO_LINE) {
            if (fixed < at_minor)
                at_major++;
            at_minor = fixed;
            while (!cells_free(cells, at_major, at_minor, item->span[major], item->span[minor]))
                at_major++;
        } else {
            while (!cells_free(cells, at_major, at_minor, item->span[major], item->span[minor])) {
                at_minor++;
                if (at_minor + item->span[minor] > cells->minor) {
                    at_minor = 0;
                    at_major++;
                }
            }
        }
        settle(item, cells, minor, at_major, at_minor);
    }
}

/* A subgrid has no implicit tracks: items stay within those it spans. */
static void keep_inside(Grid *grid, GridAxis axis)
{
    int count = grid->inherited ? grid->inherited->count[axis] : 0;
    for (int i = 0; count > 0 && i < grid->count; i++) {
        GridItem *item = &grid->items[i];
        item->span[axis] = item->span[axis] < count ? item->span[axis] : count;
        if (item->start[axis] != NO_LINE)
            item->start[axis] = (int)len_max(0, len_min(item->start[axis], count - item->span[axis]));
    }
}

/* Every item gets its tracks; implicit tracks are added to both axes. */
void grid_place(Grid *grid)
{
    GridAxis minor = flow_is(grid, KW_COLUMN) ? AXIS_ROWS : AXIS_COLUMNS;
    bool dense = flow_is(grid, KW_DENSE);
    for (int i = 0; i < grid->count; i++)
        for (int axis = 0; axis < 2; axis++)
            resolve(grid, &grid->items[i], (GridAxis)axis);
    keep_inside(grid, AXIS_COLUMNS);
    keep_inside(grid, AXIS_ROWS);
    add_lines_before(grid, AXIS_COLUMNS);
    add_lines_before(grid, AXIS_ROWS);
    Cells cells = {.arena = grid->job->fragments, .minor = minor_count(grid, minor)};
    for (int i = 0; i < grid->count; i++) {
        const GridItem *item = &grid->items[i];
        if (item->start[0] != NO_LINE && item->start[1] != NO_LINE)
            cells_take(&cells, item->start[!minor], item->start[minor], item->span[!minor], item->span[minor]);
    }
    place_locked(grid, &cells, minor, dense);
    place_auto(grid, &cells, minor, dense);
    keep_inside(grid, AXIS_COLUMNS);
    keep_inside(grid, AXIS_ROWS);
    for (int axis = 0; axis < 2; axis++) {
        int count = grid->lines[axis].before + grid->lines[axis].explicit_count;
        for (int i = 0; i < grid->count; i++)
            count = (int)len_max(count, grid->items[i].start[axis] + grid->items[i].span[axis]);
        grid_add_implicit(grid, (GridAxis)axis, grid->lines[axis].before, count);
    }
}
