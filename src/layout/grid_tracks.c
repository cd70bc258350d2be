/* Grid tracks: what the templates say, and how wide or high tracks become. css-grid-2 7.2, 12. */
#include "layout/grid.h"

/* ---- templates ---- */

static Size track_size(const Value *value, Len available)
{
    Size size = value->size;
    if (size.keyword == 0 && size.has_percent && available == NONE)
        size = (Size){.keyword = KW_AUTO};
    return size;
}

static bool is_function(const Value *value, const char *name)
{
    return value->kind == VALUE_FUNCTION && strcmp(value->text, name) == 0;
}

static Track read_track(const Value *value, Len available)
{
    Track track = {.min = {.keyword = KW_AUTO}, .max = {.keyword = KW_AUTO}};
    if (is_function(value, "fr")) {
        track.flex = value->items[0].number;
        track.max = (Size){0};
    } else if (is_function(value, "minmax")) {
        track.min = track_size(&value->items[0], available);
        if (is_function(&value->items[1], "fr")) {
            track.flex = value->items[1].items[0].number;
            track.max = (Size){0};
        } else {
            track.max = track_size(&value->items[1], available);
        }
    } else if (is_function(value, "fit-content")) {
        track.max = (Size){.keyword = KW_MAX_CONTENT};
        if (!(value->items[0].size.has_percent && available == NONE))
            track.fit = &value->items[0].size;
    } else if (value->kind == VALUE_SIZE) {
        track.min = track.max = track_size(value, available);
    }
    return track;
}

static bool is_flexible(const Track *track) /* 0fr is flexible too, without growing */
{
    return track->max.keyword == 0 && track->flex > 0;
}

static Len fixed_size(const Track *track, Len available) /* for counting repetitions */
{
    Len min = track->min.keyword ? 0 : len_max(0, size_resolve(track->min, available));
    Len max = track->max.keyword || track->flex ? 0 : len_max(0, size_resolve(track->max, available));
    return len_max(len_max(min, max), LEN_PX);
}

static void add_names(Grid *grid, GridLines *lines, const Value *names)
{
    for (int i = 0; i < names->count; i++)
        VEC_PUSH(grid->job->fragments, lines->names, ((LineName){names->items[i].text, lines->tracks.count}));
}

static void add_tracks(Grid *grid, GridLines *lines, const Value *items, int count, Len available, bool fit)
{
    for (int i = 0; i < count; i++) {
        if (items[i].kind == VALUE_LIST) {
            add_names(grid, lines, &items[i]);
        } else if (items[i].kind != VALUE_KEYWORD && lines->tracks.count < GRID_LINES_MAX) {
            Track track = read_track(&items[i], available);
            track.repeated_fit = fit;
            VEC_PUSH(grid->job->fragments, lines->tracks, track);
        }
    }
}

/* How often tracks are repeated to fill the space (css-grid-2 7.2.3.2). */
static int auto_repetitions(const Value *template, const Value *repeat, Len available, Len gap)
{
    if (available == NONE)
        return 1;
    int64_t others = 0, one = 0;
    for (int i = 0; i < template->count; i++) {
        const Value *item = &template->items[i];
        const Value *inner = is_function(item, "repeat") ? item->items + 1 : item;
        int inner_count = is_function(item, "repeat") ? item->count - 1 : 1;
        int times = inner != item && item->items[0].kind == VALUE_INTEGER ? item->items[0].number : 1;
        for (int k = 0; k < inner_count; k++) {
            if (inner[k].kind == VALUE_LIST || inner[k].kind == VALUE_KEYWORD)
                continue;
            Track track = read_track(&inner[k], available);
            int64_t size = (int64_t)fixed_size(&track, available) + gap;
            if (item == repeat)
                one += size;
            else
                others += size * times;
        }
    }
    int64_t count = one > 0 ? ((int64_t)available + gap - others) / one : 1;
    return count < 1 ? 1 : count > GRID_LINES_MAX ? GRID_LINES_MAX : (int)count;
}

static Track implicit_track(const Grid *grid, GridAxis axis, int index, Len available)
{
    const StyleFlex *style = grid->box->style->flex;
    const Value *pattern = axis == AXIS_COLUMNS ? style->auto_columns : style->auto_rows;
    Value automatic = {.kind = VALUE_SIZE, .size = {.keyword = KW_AUTO}};
    if (!pattern || pattern->kind != VALUE_LIST || pattern->count == 0)
        return read_track(&automatic, available);
    int at = index % pattern->count;
    return read_track(&pattern->items[at < 0 ? at + pattern->count : at], available);
}

static Len axis_size(const Grid *grid, GridAxis axis)
{
    return axis == AXIS_COLUMNS ? grid->width : grid->height;
}

bool grid_is_subgrid(const Box *box, GridAxis axis)
{
    const StyleFlex *style = box->style->flex;
    const Value *template = axis == AXIS_COLUMNS ? style->template_columns : style->template_rows;
    return box->kind == BOX_GRID && template && template->kind == VALUE_LIST && template->count > 0 &&
           template->items[0].kind == VALUE_KEYWORD && template->items[0].keyword == KW_SUBGRID;
}

static void add_line_names(Grid *grid, GridLines *lines, const Value *names, int line, int last)
{
    for (int k = 0; names->kind == VALUE_LIST && k < names->count && line <= last; k++)
        VEC_PUSH(grid->job->fragments, lines->names, ((LineName){names->items[k].text, line}));
}

/* How often repeat(auto-fill) of a subgrid's line names is repeated, to name all of `count` lines. */
static int fill_names(const Value *template, int count)
{
    int64_t others = 0;
    int one = 0;
    for (int i = 1; i < template->count; i++) {
        const Value *item = &template->items[i];
        if (item->kind == VALUE_LIST)
            others++;
        else if (item->items[0].kind == VALUE_INTEGER)
            others += (int64_t)(item->count - 1) * item->items[0].number;
        else
            one = item->count - 1;
    }
    return one > 0 && others < count ? (int)((count - others) / one) : 0;
}

/* The tracks of the grid around, moved where the gutters differ (css-grid-2 2.4.2); line names as they come. */
static void inherit_tracks(Grid *grid, GridAxis axis, const Value *template, bool own_gap)
{
    GridLines *lines = &grid->lines[axis];
    const Subgrid *outer = grid->inherited;
    if (!own_gap)
        lines->gap = outer->gap[axis];
    int count = outer->count[axis], line = 0;
    for (int i = 0; i < count; i++) {
        Len inner = (i > 0) + (i + 1 < count);
        Len size = len_max(0, outer->size[axis][i] + (outer->gap[axis] - lines->gap) * inner / 2);
        Track track = {.min = {.len = size}, .max = {.len = size}};
        VEC_PUSH(grid->job->fragments, lines->tracks, track);
    }
    for (int i = 0; i < outer->name_count[axis]; i++)
        VEC_PUSH(grid->job->fragments, lines->names, outer->names[axis][i]);
    int times = fill_names(template, count + 1);
    for (int i = 1; i < template->count; i++) {
        const Value *item = &template->items[i];
        if (item->kind == VALUE_LIST) {
            add_line_names(grid, lines, item, line++, count);
            continue;
        }
        int repeats = item->items[0].kind == VALUE_INTEGER ? item->items[0].number : times;
        for (int n = 0; n < repeats && line <= count; n++)
            for (int k = 1; k < item->count; k++)
                add_line_names(grid, lines, &item->items[k], line++, count);
    }
    lines->explicit_count = count;
}

void grid_read_tracks(Grid *grid, GridAxis axis, Len available)
{
    const StyleFlex *style = grid->box->style->flex;
    const StyleFragmentation *gaps = grid->box->style->fragmentation;
    GridLines *lines = &grid->lines[axis];
    Size gap = axis == AXIS_COLUMNS ? gaps->column_gap : gaps->row_gap;
    lines->gap = gap.keyword ? 0 : len_max(0, size_resolve(gap, available == NONE ? 0 : available));
    const Value *template = axis == AXIS_COLUMNS ? style->template_columns : style->template_rows;
    if (grid->inherited && grid->inherited->count[axis] > 0) {
        inherit_tracks(grid, axis, template, gap.keyword == 0);
        return;
    }
    for (int i = 0; template && template->kind == VALUE_LIST && i < template->count; i++) {
        const Value *item = &template->items[i];
        if (!is_function(item, "repeat")) {
            add_tracks(grid, lines, item, 1, available, false);
            continue;
        }
        const Value *count = &item->items[0];
        bool fit = count->kind == VALUE_KEYWORD && count->keyword == KW_AUTO_FIT;
        int times =
            count->kind == VALUE_INTEGER ? count->number : auto_repetitions(template, item, available, lines->gap);
        for (int k = 0; k < times && lines->tracks.count < GRID_LINES_MAX; k++)
            add_tracks(grid, lines, item->items + 1, item->count - 1, available, fit);
    }
    const Value *areas = style->template_areas;
    int wanted = !areas || areas->kind != VALUE_LIST ? 0 : axis == AXIS_ROWS ? areas->count : areas->items[0].count;
    for (int i = 0; lines->tracks.count < wanted; i++)
        VEC_PUSH(grid->job->fragments, lines->tracks, implicit_track(grid, axis, i, available));
    lines->explicit_count = lines->tracks.count;
}

void grid_add_implicit(Grid *grid, GridAxis axis, int before, int count)
{
    GridLines *lines = &grid->lines[axis];
    Len available = axis_size(grid, axis);
    int explicit_count = lines->explicit_count;
    const Track *written = lines->tracks.at;
    lines->tracks.at = NEW_ARRAY(grid->job->fragments, Track, count + 1);
    lines->tracks.count = lines->tracks.room = count;
    for (int i = 0; i < count; i++) {
        int k = i - before;
        lines->tracks.at[i] = k >= 0 && k < explicit_count
                                  ? written[k]
                                  : implicit_track(grid, axis, k < 0 ? k : k - explicit_count, available);
        Track *track = &lines->tracks.at[i];
        bool empty = track->repeated_fit;
        for (int n = 0; empty && n < grid->count; n++)
            empty = i < grid->items[n].start[axis] || i >= grid->items[n].start[axis] + grid->items[n].span[axis];
        if (empty)
            *track = (Track){.empty = true};
    }
}

/* ---- sums ---- */

static Len gutters(const GridLines *lines, int start, int span)
{
    int shown = 0;
    for (int i = start; i < start + span; i++)
        shown += !lines->tracks.at[i].empty;
    return shown > 1 ? len_clamp((int64_t)lines->gap * (shown - 1)) : 0;
}

static Len sum_of_bases(const GridLines *lines)
{
    int64_t sum = gutters(lines, 0, lines->tracks.count);
    for (int i = 0; i < lines->tracks.count; i++)
        sum += lines->tracks.at[i].base;
    return len_clamp(sum);
}

Len grid_extent(const Grid *grid, GridAxis axis, int start, int span)
{
    const GridLines *lines = &grid->lines[axis];
    const Track *last = &lines->tracks.at[start + span - 1];
    return last->at + last->base - lines->tracks.at[start].at;
}

/* ---- sizes from items (12.5) ---- */

typedef enum { PHASE_MINIMUM, PHASE_MIN_CONTENT, PHASE_MAX_CONTENT, PHASE_LIMIT_MIN, PHASE_LIMIT_MAX } Phase;

static bool is_affected(const Track *track, Phase phase, TrackRule rule)
{
    uint16_t min = track->min.keyword, max = track->max.keyword;
    switch (phase) {
    case PHASE_MINIMUM: return min != 0;
    case PHASE_MIN_CONTENT: return min == KW_MIN_CONTENT || min == KW_MAX_CONTENT;
    case PHASE_MAX_CONTENT: return min == KW_MAX_CONTENT || (min == KW_AUTO && rule == TRACKS_MAX_CONTENT);
    case PHASE_LIMIT_MIN: return max != 0;
    case PHASE_LIMIT_MAX: return max == KW_MAX_CONTENT || max == KW_AUTO;
    }
    return false;
}

static Len contribution(const Grid *grid, const GridItem *item, const GridLines *lines, GridAxis axis, Phase phase,
                        TrackRule rule)
{
    switch (phase) {
    case PHASE_MAX_CONTENT:
    case PHASE_LIMIT_MAX: return item->max;
    case PHASE_MINIMUM: break;
    default: return item->min;
    }
    if (rule != TRACKS_DEFINITE)
        return item->min;
    bool automatic = false, flexible = false;
    int64_t most = 0; /* a fixed maximum limits the automatic minimum (6.6) */
    for (int i = item->start[axis]; i < item->start[axis] + item->span[axis]; i++) {
        const Track *track = &lines->tracks.at[i];
        automatic = automatic || track->min.keyword == KW_AUTO;
        flexible = flexible || is_flexible(track);
        if (track->max.keyword || is_flexible(track))
            most = LEN_MAX;
        else if (most < LEN_MAX)
            most += size_resolve(track->max, axis_size(grid, axis));
    }
    if (!automatic || (flexible && item->span[axis] > 1))
        return item->least;
    return (Len)(item->least > most && !item->least_is_size ? len_max((Len)most, item->edges[axis]) : item->least);
}

/* Equal shares to the tracks of the item that the phase is about, first up to their limits, then beyond. */
static void share(Track *tracks, int count, Len space, Phase phase, TrackRule rule, bool flexible)
{
    bool limits = phase >= PHASE_LIMIT_MIN;
    int64_t factors = 0;
    int affected = 0, intrinsic = 0;
    for (int i = 0; i < count; i++) {
        tracks[i].increase = 0;
        tracks[i].frozen = !is_affected(&tracks[i], phase, rule) || (flexible && !is_flexible(&tracks[i]));
        affected += !tracks[i].frozen;
        factors += tracks[i].frozen ? 0 : tracks[i].flex;
        intrinsic += !tracks[i].frozen && tracks[i].max.keyword != 0;
    }
    if (affected == 0 || space <= 0)
        return;
    if (flexible && factors > 0) { /* in proportion to their fr */
        int64_t done = 0;
        Len before = 0;
        for (int i = 0; i < count; i++) {
            if (tracks[i].frozen)
                continue;
            done += tracks[i].flex;
            Len until = len_scale(space, done, factors);
            tracks[i].increase = until - before;
            before = until;
        }
        space = 0;
    }
    for (int open_count = affected; space > 0 && open_count > 0;) { /* up to the limits */
        Len each = space / open_count, left = space % open_count;
        bool froze = false;
        Len spent = 0;
        for (int i = 0; i < count; i++) {
            Track *t = &tracks[i];
            if (t->frozen)
                continue;
            Len size = limits ? (t->limit == LEN_MAX ? t->base : t->limit) : t->base;
            Len most = limits ? (t->limit == LEN_MAX || t->grows_for_ever ? LEN_MAX : t->limit) : t->limit;
            Len room = most == LEN_MAX ? LEN_MAX : len_max(0, most - size - t->increase);
            Len share_of_it = each + (left > 0 ? 1 : 0);
            left -= left > 0;
            if (room <= share_of_it) {
                share_of_it = room;
                t->frozen = froze = true;
                open_count--;
            }
            t->increase += share_of_it;
            spent += share_of_it;
        }
        space -= spent;
        if (!froze)
            break;
    }
    if (space <= 0)
        return;
    int beyond = !limits && intrinsic > 0 ? intrinsic : affected, nth = 0;
    for (int i = 0; i < count; i++) {
        bool takes = is_affected(&tracks[i], phase, rule) && (!flexible || is_flexible(&tracks[i])) &&
                     (limits || intrinsic == 0 || tracks[i].max.keyword != 0);
        if (!takes)
            continue;
        tracks[i].increase += len_scale(space, nth + 1, beyond) - len_scale(space, nth, beyond);
        nth++;
    }
}

static bool crosses_flexible(const GridLines *lines, const GridItem *item, GridAxis axis)
{
    for (int i = item->start[axis]; i < item->start[axis] + item->span[axis]; i++)
        if (is_flexible(&lines->tracks.at[i]))
            return true;
    return false;
}

static void apply_phase(Grid *grid, GridAxis axis, Phase phase, TrackRule rule, int span, bool flexible)
{
    GridLines *lines = &grid->lines[axis];
    bool limits = phase >= PHASE_LIMIT_MIN;
    for (int i = 0; i < lines->tracks.count; i++)
        lines->tracks.at[i].planned = -1; /* no item asks */
    for (int n = 0; n < grid->count; n++) {
        const GridItem *item = &grid->items[n];
        if ((!flexible && item->span[axis] != span) || crosses_flexible(lines, item, axis) != flexible)
            continue;
        Track *tracks = &lines->tracks.at[item->start[axis]];
        int64_t space = contribution(grid, item, lines, axis, phase, rule);
        space -= gutters(lines, item->start[axis], item->span[axis]);
        for (int i = 0; i < item->span[axis]; i++)
            space -= limits && tracks[i].limit != LEN_MAX ? tracks[i].limit : tracks[i].base;
        share(tracks, item->span[axis], len_clamp(space), phase, rule, flexible);
        for (int i = 0; i < item->span[axis]; i++)
            tracks[i].planned = len_max(tracks[i].planned, space > 0 ? tracks[i].increase : 0);
    }
    for (int i = 0; i < lines->tracks.count; i++) {
        Track *t = &lines->tracks.at[i];
        if (t->planned < 0)
            continue;
        if (!limits) {
            t->base = len_add(t->base, t->planned);
            if (t->limit < t->base)
                t->limit = t->base;
            continue;
        }
        t->grows_for_ever = phase == PHASE_LIMIT_MIN && t->limit == LEN_MAX;
        if (is_affected(t, phase, rule))
            t->limit = len_add(t->limit == LEN_MAX ? t->base : t->limit, t->planned);
        if (phase == PHASE_LIMIT_MAX && t->fit)
            t->limit = len_max(t->base, len_min(t->limit, size_resolve(*t->fit, axis_size(grid, axis))));
    }
}

static void resolve_intrinsic(Grid *grid, GridAxis axis, TrackRule rule)
{
    int most = 1;
    bool flexible = false;
    for (int i = 0; i < grid->count; i++) {
        bool crosses = crosses_flexible(&grid->lines[axis], &grid->items[i], axis);
        flexible = flexible || crosses;
        most = crosses ? most : (int)len_max(most, grid->items[i].span[axis]);
    }
    for (int span = 1; span <= most; span++)
        for (int phase = PHASE_MINIMUM; phase <= PHASE_LIMIT_MAX; phase++)
            apply_phase(grid, axis, (Phase)phase, rule, span, false);
    for (int phase = PHASE_MINIMUM; flexible && phase <= PHASE_MAX_CONTENT; phase++)
        apply_phase(grid, axis, (Phase)phase, rule, 0, true);
    GridLines *lines = &grid->lines[axis];
    for (int i = 0; i < lines->tracks.count; i++)
        if (lines->tracks.at[i].limit == LEN_MAX)
            lines->tracks.at[i].limit = lines->tracks.at[i].base;
}

/* ---- free space (12.6 - 12.8) ---- */

static void maximize(GridLines *lines, Len available, TrackRule rule)
{
    if (rule == TRACKS_MIN_CONTENT)
        return;
    Len space = available == NONE ? LEN_MAX : len_max(0, available - sum_of_bases(lines));
    for (int rounds = 0; space > 0 && rounds <= lines->tracks.count; rounds++) {
        int open = 0;
        for (int i = 0; i < lines->tracks.count; i++)
            open += lines->tracks.at[i].limit > lines->tracks.at[i].base;
        if (open == 0)
            return;
        Len before = space;
        for (int i = 0, nth = 0; i < lines->tracks.count; i++) {
            Track *t = &lines->tracks.at[i];
            if (t->limit <= t->base)
                continue;
            Len more = available == NONE ? LEN_MAX : len_scale(before, nth + 1, open) - len_scale(before, nth, open);
            more = len_min(more, t->limit - t->base);
            nth++;
            t->base += more;
            space -= available == NONE ? 0 : more;
        }
    }
}

typedef struct { /* length of 1fr, RATIO_ONE = 1 */
    Len space;
    int64_t factors;
} Fraction;

static bool is_longer(Fraction a, Fraction b)
{
    return (__int128)a.space * b.factors > (__int128)b.space * a.factors;
}

static bool is_more(Len base, int32_t flex, Fraction fraction) /* a track's base, than that many fr */
{
    return is_longer((Fraction){base, flex}, fraction);
}

/* 1fr of tracks that are to fill `space`; those whose base is more than their part of it count as they are. */
static Fraction find_fraction(const Track *tracks, int count, Len space)
{
    Fraction found = {0, RATIO_ONE};
    for (int rounds = 0; rounds <= count; rounds++) {
        int64_t left = space, factors = 0;
        for (int i = 0; i < count; i++) {
            if (!is_flexible(&tracks[i]) || (rounds > 0 && is_more(tracks[i].base, tracks[i].flex, found)))
                left -= tracks[i].base;
            else
                factors += tracks[i].flex;
        }
        if (factors == 0 || left <= 0)
            return (Fraction){0, RATIO_ONE};
        Fraction now = {(Len)left, factors < RATIO_ONE ? RATIO_ONE : factors};
        if (rounds > 0 && !is_longer(found, now))
            return now;
        found = now;
    }
    return found;
}

static Fraction longest_fraction(const Grid *grid, GridAxis axis) /* where the space is not known */
{
    const GridLines *lines = &grid->lines[axis];
    const Track *tracks = lines->tracks.at;
    Fraction longest = {0, RATIO_ONE};
    for (int i = 0; i < lines->tracks.count; i++) {
        Fraction own = {tracks[i].base, tracks[i].flex > RATIO_ONE ? tracks[i].flex : RATIO_ONE};
        if (is_flexible(&tracks[i]) && is_longer(own, longest))
            longest = own;
    }
    for (int n = 0; n < grid->count; n++) {
        const GridItem *item = &grid->items[n];
        if (!crosses_flexible(lines, item, axis))
            continue;
        Len space = item->max - gutters(lines, item->start[axis], item->span[axis]);
        Fraction own = find_fraction(&tracks[item->start[axis]], item->span[axis], space);
        longest = is_longer(own, longest) ? own : longest;
    }
    return longest;
}

static void expand_flexible(Grid *grid, GridAxis axis, Len available, TrackRule rule)
{
    GridLines *lines = &grid->lines[axis];
    Track *tracks = lines->tracks.at;
    int count = lines->tracks.count;
    if (rule == TRACKS_MIN_CONTENT)
        return;
    Fraction fraction = available == NONE ? longest_fraction(grid, axis)
                                          : find_fraction(tracks, count, available - gutters(lines, 0, count));
    int64_t done = 0;
    Len before = 0;
    for (int i = 0; i < count; i++) {
        if (!is_flexible(&tracks[i]) || is_more(tracks[i].base, tracks[i].flex, fraction))
            continue;
        done += tracks[i].flex;
        Len until = len_scale(fraction.space, done, fraction.factors);
        tracks[i].base = len_max(tracks[i].base, until - before);
        before = until;
    }
}

static void stretch_auto(GridLines *lines, Len available)
{
    Len space = available - sum_of_bases(lines);
    int open = 0, nth = 0;
    for (int i = 0; i < lines->tracks.count; i++)
        open += lines->tracks.at[i].max.keyword == KW_AUTO;
    for (int i = 0; space > 0 && open > 0 && i < lines->tracks.count; i++) {
        if (lines->tracks.at[i].max.keyword != KW_AUTO)
            continue;
        lines->tracks.at[i].base += len_scale(space, nth + 1, open) - len_scale(space, nth, open);
        nth++;
    }
}

/* The items' contributions stand in min, max and least. */
void grid_size_tracks(Grid *grid, GridAxis axis, Len available, TrackRule rule, bool stretch)
{
    GridLines *lines = &grid->lines[axis];
    Len base = axis_size(grid, axis);
    for (int i = 0; i < lines->tracks.count; i++) {
        Track *t = &lines->tracks.at[i];
        t->base = t->min.keyword ? 0 : len_max(0, size_resolve(t->min, base));
        t->limit = is_flexible(t) ? t->base : t->max.keyword ? LEN_MAX : len_max(t->base, size_resolve(t->max, base));
        t->grows_for_ever = false;
    }
    resolve_intrinsic(grid, axis, rule);
    maximize(lines, available, rule);
    expand_flexible(grid, axis, available, rule);
    if (stretch && available != NONE)
        stretch_auto(lines, available);
    lines->size = sum_of_bases(lines);
}

/* Places of the tracks in the content box: justify-content, align-content. */
void grid_place_tracks(Grid *grid, GridAxis axis, Len available, const Value *align)
{
    GridLines *lines = &grid->lines[axis];
    int shown = 0, nth = 0;
    for (int i = 0; i < lines->tracks.count; i++)
        shown += !lines->tracks.at[i].empty;
    Len before = 0, between = 0;
    if (available != NONE && shown > 0)
        align_content(align_word(align), available - lines->size, shown, false, &before, &between);
    Len at = before;
    for (int i = 0; i < lines->tracks.count; i++) {
        Track *t = &lines->tracks.at[i];
        if (!t->empty && nth++ > 0)
            at += lines->gap + between;
        t->at = at;
        at += t->base;
    }
}
