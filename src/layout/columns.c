/* Multi-column boxes: rows of columns between spanners, each filled and, where asked, balanced by a search on
 * real break positions; floats over several columns. css-multicol-1; layout.md 3 (Multicol). */
#include "layout/internal.h"

/* Columns in columns are laid out again at every trial of the outer ones: deep ones are balanced by one guess, deeper
 * ones not at all, so that the work doesn't grow by a power of the depth. */
enum { COLUMNS_MOST = 64, DEPTH_SEARCHED = 2, DEPTH_GUESSED = 4 };

typedef struct { /* what stays the same for all rows of one multi-column box */
    Flow *flow;
    const Box *content; /* the anonymous flow */
    int count;
    Len width, gap;
    const Box *const *waiting; /* floats that earlier rows had no place for */
    int waiting_count;
    bool balance; /* columns as high as the content needs, up to the limit */
    Len limit;
} Columns;

typedef struct { /* one row, filled at one height */
    const BreakToken *rest;
    BoxId spanner;
    const Box *spanner_box;
    uint16_t forced;
    Appeal appeal, end_appeal; /* of the breaks between its columns; of the one after the last */
    Len used;                  /* lowest end of a column */
    Len shortest;              /* end of the column that ends highest, of those that hold content */
    Len strip;                 /* heights of all columns together */
    Len shortage, tallest;
    bool overflow; /* more columns than there are */
    int filled;    /* columns that hold content */
    VEC(Link) links;
    VEC(const Box *) deferred;
    Pending *pending;
    Len tops[COLUMNS_MOST], ends[COLUMNS_MOST];
    int spans[COLUMNS_MOST]; /* column is under a float that began here, over so many columns */
    Len baseline, last_baseline;
} Row;

static Columns columns_of(Flow *flow)
{
    const StyleFragmentation *style = flow->box->style->fragmentation;
    Columns c = {.flow = flow, .content = flow->box->first};
    c.gap = style->column_gap.keyword ? flow->box->style->font->size.len
                                      : len_max(0, size_resolve(style->column_gap, flow->sizes.width));
    c.gap = len_min(c.gap, LEN_MAX / COLUMNS_MOST);
    Len available = flow->sizes.width;
    Len wanted = style->column_width.keyword ? NONE : len_max(LEN_PX, size_resolve(style->column_width, available));
    int count = style->column_count > 0 ? style->column_count : 0;
    if (wanted != NONE) { /* css-multicol-1 3.4 */
        int fit = (int)(((int64_t)available + c.gap) / (wanted + c.gap > 0 ? wanted + c.gap : 1));
        fit = fit < 1 ? 1 : fit;
        count = count > 0 && count < fit ? count : fit;
    }
    c.count = count < 1 ? 1 : count > COLUMNS_MOST ? COLUMNS_MOST : count;
    c.width = len_max(0, (available - c.gap * (c.count - 1)) / c.count);
    return c;
}

static Len column_x(const Columns *c, int i) /* cumulative rounding: the parts add up */
{
    Len total = c->flow->sizes.width - c->gap * (c->count - 1);
    if (c->flow->box->style->text->direction == KW_RTL)
        i = c->count - 1 - i;
    return c->flow->content_x + len_scale(total, i, c->count) + c->gap * i;
}

/* ---- floats over columns ---- */

static bool is_placed(const Row *row, const Box *box)
{
    for (int i = 0; i < row->links.count; i++)
        if (row->links.at[i].fragment->box == box)
            return true;
    for (int i = 0; i < row->deferred.count; i++)
        if (row->deferred.at[i] == box)
            return true;
    return false;
}

static Len usual_line(const Space *space)
{
    return space->grid_pitch > 0 ? space->grid_pitch : 12 * LEN_PT;
}

static void warn_too_tall(Layout *job, const Box *box)
{
    if (job->quiet == 0)
        diag_warn(job->diag, "page-overflow", box->source, "too tall for a page: it runs over the end of the columns");
}

/* below: room that is to stay under it. False: it is too high for what the row has left, and something stands above it. */
static bool place_over(const Columns *c, Row *row, const Space *base, const Box *box, int first, Len y, Len below)
{
    Layout *job = c->flow->job;
    int span = box->column_span < c->count ? box->column_span : c->count;
    Space space = space_unbreakable(base);
    space.width = space.percent_width =
        len_scale(c->flow->sizes.width - c->gap * (c->count - 1), span, c->count) + c->gap * (span - 1);
    space.width_rule = RULE_STRETCH;
    space.grid_offset = base->grid_offset + y + row->tops[first];
    Edges margin = used_margin(box->style, space.width);
    Result got = layout_box(job, box, &space, NULL);
    Len top = row->tops[first] + margin.top;
    bool first_of_page = base->at_top && row->tops[first] == 0;
    if (top + got.fragment->height + below > c->limit && !first_of_page)
        return false;
    if (top + got.fragment->height > c->limit)
        warn_too_tall(job, box);
    bool rtl = c->flow->box->style->text->direction == KW_RTL;
    Len x = column_x(c, rtl ? first + span - 1 : first) + margin.left; /* of the leftmost column */
    VEC_PUSH(job->fragments, row->links, ((Link){got.fragment, x, y + top}));
    for (int i = first; i < first + span; i++)
        row->tops[i] = top + got.fragment->height + margin.bottom;
    row->spans[first] = span;
    row->tallest = len_max(row->tallest, got.tallest);
    return true;
}

/* A float met in an empty column takes the top of it and the next; else of the next columns; else it waits for the
 * next row. True: this column is to be filled again. */
static bool take_column_floats(const Columns *c, Row *row, const Space *base, Pending *pending, int column, Len y)
{
    Pending *ordered = NULL;
    for (Pending *next; pending; pending = next) {
        next = pending->next;
        pending->next = ordered;
        ordered = pending;
    }
    bool again = false;
    for (; ordered; ordered = ordered->next) {
        if (ordered->kind != PENDING_COLUMN_FLOAT || is_placed(row, ordered->box))
            continue;
        int span = ordered->box->column_span < c->count ? ordered->box->column_span : c->count;
        bool here = ordered->y <= 0 && column + span <= c->count;
        int first = here ? column : column + 1;
        if (first + span <= c->count && place_over(c, row, base, ordered->box, first, y, here ? usual_line(base) : 0))
            again = again || here;
        else
            VEC_PUSH(c->flow->job->fragments, row->deferred, ordered->box);
    }
    return again;
}

/* ---- filling ---- */

static void column_take(const Columns *c, Row *row, const Result *got, int i, Len y)
{
    Len x = column_x(c, i), top = y + row->tops[i];
    VEC_PUSH(c->flow->job->fragments, row->links, ((Link){got->fragment, x, top}));
    for (Pending *p = got->pending, *next; p; p = next) {
        next = p->next;
        if (p->kind == PENDING_COLUMN_FLOAT)
            continue;
        p->x += x;
        p->y += top;
        p->next = row->pending;
        row->pending = p;
    }
    if (i == 0 && got->fragment->baseline != NONE)
        row->baseline = top + got->fragment->baseline;
    if (got->fragment->last_baseline != NONE)
        row->last_baseline = top + got->fragment->last_baseline;
    row->ends[i] = row->tops[i] + got->consumed;
    row->used = len_max(row->used, row->ends[i]);
    if (got->consumed > 0)
        row->shortest = row->filled == 0 ? row->ends[i] : len_min(row->shortest, row->ends[i]);
    row->filled += got->consumed > 0;
    row->strip = len_add(row->strip, row->ends[i]);
    row->shortage = len_min(row->shortage, got->shortage);
    row->tallest = len_max(row->tallest, got->tallest);
}

/* One row of columns of a height, from token on. y: of the row in the border box. */
static Row fill_row(const Columns *c, const BreakToken *token, const Space *base, Len y, Len height)
{
    Row row = {.rest = token ? token : token_new(c->flow->job, c->content, TOKEN_BEFORE),
               .appeal = APPEAL_PERFECT,
               .end_appeal = APPEAL_PERFECT,
               .shortage = LEN_MAX,
               .baseline = NONE,
               .last_baseline = NONE};
    Layout *job = c->flow->job;
    for (int i = 0; i < c->waiting_count; i++)
        if (!place_over(c, &row, base, c->waiting[i], 0, y, 0))
            VEC_PUSH(job->fragments, row.deferred, c->waiting[i]);
    int met = -1; /* the column whose own float stands over it: it must take what comes after that */
    for (int i = 0; i < c->count; i++) {
        Frame frame = {FRAME_COLUMN, height, base->frame, c->balance && height < c->limit};
        Space space = *base;
        Len room = len_max(height - row.tops[i], 0);
        space.frame = &frame;
        space.room = height >= LEN_MAX / 2 ? LEN_MAX : room;
        space.at_top = (base->at_top && row.tops[i] == 0) || met == i;
        space.columns = true;
        space.stop = (Cut){0};
        space.floats = NULL;
        space.grid_offset = base->grid_offset + y + row.tops[i];
        Result got = layout_flow(job, c->content, &space, token);
        if (row.tops[i] > 0 && (!got.fragment || (got.rest && got.consumed == 0 && !got.spanner && !got.forced)))
            continue; /* nothing has room below a float */
        if (!got.fragment)
            break;
        if (take_column_floats(c, &row, base, got.pending, i, y)) {
            met = i--;
            continue;
        }
        column_take(c, &row, &got, i, y);
        token = got.rest;
        row.rest = token;
        row.spanner = got.spanner;
        row.spanner_box = got.spanner_box;
        row.forced = got.forced;
        if (!token || row.spanner || (got.forced && got.forced != KW_COLUMN && got.forced != KW_ALWAYS))
            break;
        if (i + 1 < c->count && !got.forced)
            row.appeal = got.appeal < row.appeal ? got.appeal : row.appeal;
        row.end_appeal = got.appeal;
    }
    row.overflow = row.rest && !row.spanner && (!row.forced || row.forced == KW_COLUMN || row.forced == KW_ALWAYS);
    for (int i = 0; i < c->count; i++)
        row.used = len_max(row.used, row.tops[i]);
    return row;
}

static bool row_is_done(const Row *row)
{
    return !row->overflow;
}

static Row fill_trial(const Columns *c, const BreakToken *token, const Space *base, Len y, Len height)
{
    c->flow->job->quiet++;
    Row row = fill_row(c, token, base, y, height);
    c->flow->job->quiet--;
    return row;
}

/* used: where its lowest column ends, which may be too low a height for the same content: what follows the last line of
 * a column may need room that it doesn't use. */
static bool fits_at(const Columns *c, const BreakToken *token, const Space *base, Len y, Appeal least, Len height,
                    Len *used, Len *shortage)
{
    Arena *arena = c->flow->job->fragments;
    ArenaMark mark = arena_mark(arena);
    Row row = fill_trial(c, token, base, y, height);
    bool fits = row_is_done(&row) && row.appeal >= least;
    *used = row.used;
    *shortage = row.shortage;
    arena_rewind(arena, mark);
    return fits;
}

/* The least height at which the content fits as well as it does at the limit; layout.md 3, step 4. */
static Len balance_height(const Columns *c, const BreakToken *token, const Space *base, Len y, const Row *at_limit,
                          Len limit)
{
    Len height = len_max(at_limit->strip / c->count, at_limit->tallest), used, shortage;
    Len good = limit >= LEN_MAX / 2 ? at_limit->used : limit, lower = good - 1;
    bool guess = c->flow->job->balance_depth > DEPTH_SEARCHED;
    if (guess)
        height = len_add(height, height / 8);
    for (int step = 0; step < (guess ? 1 : 400) && height < good; step++) {
        if (fits_at(c, token, base, y, at_limit->appeal, height, &used, &shortage)) {
            good = height;
            lower = used;
            break;
        }
        Len more = shortage < LEN_MAX && shortage > 0 ? shortage : LEN_PT;
        if (step >= 60)
            more = len_max(more, (good - height) / 16);
        height = len_add(height, more);
    }
    for (int tries = guess ? 4 : 0; tries < 5; tries++) {
        lower = len_min(lower, good - 1);
        if (!fits_at(c, token, base, y, at_limit->appeal, lower, &used, &shortage))
            break;
        good = lower;
        lower = used;
    }
    return good;
}

static Len search_height(const Columns *c, const BreakToken *token, const Space *base, Len y, Len limit, bool balance)
{
    if (c->flow->job->balance_depth > DEPTH_GUESSED)
        return limit;
    Arena *arena = c->flow->job->fragments;
    ArenaMark mark = arena_mark(arena);
    Row first = fill_trial(c, token, base, y, limit);
    arena_rewind(arena, mark);
    if (!(balance || first.spanner) || first.overflow) /* before a spanner columns are always balanced */
        return limit;
    return balance_height(c, token, base, y, &first, limit);
}

/* A picture whose height may change by whole lines is the lever that lets all columns end on one line: of the changes
 * that fit take the one with the best breaks, of those the one whose columns end most evenly, and of those the one that
 * fills the page best. */
static Fit search_fit(const Columns *c, const BreakToken *token, const Space *base, Len y, Len limit, bool balance)
{
    static const int changes[] = {0, 1, -1, 2, -2, 3, -3, 4, -4, -5, -6};
    Arena *arena = c->flow->job->fragments;
    Fit best = base->fit;
    int64_t least = INT64_MAX;
    Len line = usual_line(base);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        ArenaMark mark = arena_mark(arena);
        Space space = *base;
        space.fit.picture_lines = changes[i];
        Len height = search_height(c, token, &space, y, limit, balance);
        Row row = fill_trial(c, token, &space, y, height);
        int64_t uneven = row.filled < c->count ? 3 : (row.used - row.shortest + line / 4) / line;
        int64_t left = limit < LEN_MAX / 2 ? (limit - row.used) / line : 0;
        int64_t cost = (changes[i] < 0 ? -changes[i] : changes[i]) + (APPEAL_PERFECT - row.appeal) * 1000000;
        cost += row.deferred.count * (int64_t)100000000;
        cost += row.overflow ? INT64_MAX / 2 : uneven * 10000 + left * 10; /* a full page: only bad breaks count */
        if (cost < least) {
            least = cost;
            best = space.fit;
        }
        arena_rewind(arena, mark);
        if (least <= (changes[i] < 0 ? -changes[i] : changes[i])) /* even and full: no later change is better */
            break;
    }
    return best;
}

/* ---- the whole box ---- */

static const BreakToken *columns_token(Flow *flow, const BreakToken *inside, const Row *row, bool spanner_done)
{
    BreakToken *token = token_new(flow->job, flow->box, TOKEN_INSIDE);
    if (inside)
        VEC_PUSH(flow->job->fragments, flow->tokens, inside);
    token->spanner = row->spanner;
    token->spanner_box = row->spanner_box;
    token->spanner_done = spanner_done;
    token->deferred = row->deferred.at;
    token->deferred_count = row->deferred.count;
    return token;
}

/* Below a spanner nothing had room: the page ends after it, as if the row had not been tried. */
static Stop stop_below(const Columns *c, const Box *spanner, const BreakToken *token)
{
    Row none = {.rest = token, .spanner = spanner->id};
    for (int i = 0; i < c->waiting_count; i++)
        VEC_PUSH(c->flow->job->fragments, none.deferred, c->waiting[i]);
    return (Stop){.cut = true,
                  .appeal = break_is_avoid(spanner->break_after, false) ? APPEAL_AVOID : APPEAL_PERFECT,
                  .rest = columns_token(c->flow, token, &none, true)};
}

/* rule: how far down rules go; a row that fills the box's own height has rules as tall as the box. */
static void take_row(Columns *c, const Row *row, Len y, Len rule)
{
    Flow *flow = c->flow;
    for (int i = 0; i < row->links.count; i++)
        flow_add(flow, row->links.at[i].fragment, row->links.at[i].x, row->links.at[i].y);
    if (flow->baseline == NONE)
        flow->baseline = row->baseline;
    if (row->last_baseline != NONE)
        flow->last_baseline = row->last_baseline;
    take_pending(&flow->pending, row->pending, 0, 0);
    flow->tallest = len_max(flow->tallest, row->tallest);
    for (int i = 0; i + 1 < c->count; i++) { /* rules stand between columns that both hold content */
        bool rtl = flow->box->style->text->direction == KW_RTL;
        Len x = rtl ? column_x(c, i) - c->gap / 2 : column_x(c, i + 1) - c->gap / 2;
        bool holds = row->ends[i] > 0 && row->ends[i + 1] > 0;
        Len from = 0;
        for (int k = 0; k <= i; k++)
            if (row->spans[k] && k + row->spans[k] > i + 1)
                from = row->tops[i];
        if (holds || (from == 0 && row->tops[i + 1] > 0 && row->ends[i] > 0))
            VEC_PUSH(flow->job->fragments, flow->rules, ((ColumnRule){x, y + from, y + rule}));
    }
}

/* Columns that a box of a height of its own has no room for go on beside it, as far as the next spanner; row is then
 * what comes after them. css-multicol-1 8.2. */
static void take_overflow_columns(Columns *c, Row *row, const Space *base, Len y, Len height)
{
    Flow *flow = c->flow;
    bool rtl = flow->box->style->text->direction == KW_RTL;
    Space space = *base;
    space.at_top = true; /* each takes a line at least */
    if (flow->job->quiet == 0)
        diag_warn(flow->job->diag, "columns-overfull", flow->box->source,
                  "the box is too low for its columns: more of them stand beside it");
    Len x = 0;
    while (row->rest && row->overflow) {
        const BreakToken *token = row->rest;
        x = len_add(x, (rtl ? -1 : 1) * (flow->sizes.width + c->gap));
        *row = fill_row(c, token, &space, y, len_max(height, LEN_PX));
        for (int i = 0; i < row->links.count; i++)
            flow_add(flow, row->links.at[i].fragment, len_add(x, row->links.at[i].x), row->links.at[i].y);
        take_pending(&flow->pending, row->pending, x, 0);
        if (row->links.count == 0 || row->rest == token)
            break;
    }
}

/* Floats that are left when the text is set stand below it, one under the other; those that don't fit go on. */
static const BreakToken *place_waiting(Columns *c)
{
    Flow *flow = c->flow;
    c->limit = LEN_MAX;
    for (int i = 0; i < c->waiting_count; i++) {
        Row row = {.baseline = NONE, .last_baseline = NONE};
        Space base = flow_space(flow, c->content, 0);
        base.width = base.percent_width = c->width;
        ArenaMark mark = arena_mark(flow->job->fragments);
        place_over(c, &row, &base, c->waiting[i], 0, flow->y, 0);
        bool at_top = flow->space->at_top && flow->y == 0;
        bool fits = !flow->space->frame || flow->y + row.tops[0] <= flow->space->room;
        if (!fits && at_top)
            warn_too_tall(flow->job, c->waiting[i]);
        if (!fits && !at_top) {
            arena_rewind(flow->job->fragments, mark);
            BreakToken *token = token_new(flow->job, flow->box, TOKEN_INSIDE);
            token->flow_done = true;
            token->deferred = c->waiting + i;
            token->deferred_count = c->waiting_count - i;
            return token;
        }
        flow_add(flow, row.links.at[0].fragment, row.links.at[0].x, row.links.at[0].y);
        flow->y += row.tops[0];
        flow->placed = true;
    }
    return NULL;
}

static const BreakToken *token_of(const BreakToken *resume, BoxId box)
{
    for (int i = 0; resume && i < resume->count; i++)
        if (resume->child[i]->box == box)
            return resume->child[i];
    return NULL;
}

/* A spanner at full width; false: it doesn't fit and goes to the next frame. *rest: what is left of it. */
static bool set_spanner(Columns *c, const Box *box, Strut *strut, const BreakToken **rest)
{
    Flow *flow = c->flow;
    const BreakToken *resume = token_of(flow->resume, box->id);
    Space space = flow_space(flow, box, flow->y);
    space.columns = false;
    space.floats = NULL;
    Sizes sizes = size_box(flow->job, box, &space);
    bool at_top = flow->space->at_top && flow->y == 0;
    Strut joined = resume || (at_top && flow->resume) ? (Strut){0} : strut_join(*strut, sizes.margin.top);
    Len y = flow->y + strut_sum(joined);
    space = flow_space(flow, box, y);
    space.columns = false;
    space.floats = NULL;
    space.at_top = at_top;
    Result got = layout_flow(flow->job, box, &space, resume);
    bool worse = got.rest && !got.rest->parallel && !got.forced && got.appeal < APPEAL_PERFECT; /* than one before it */
    if (!got.fragment || (worse && !at_top && !resume))
        return false;
    flow_take(flow, &got, got.fragment, flow->content_x + sizes.margin.left, y);
    flow->y = y + got.fragment->height;
    *rest = got.rest;
    *strut = strut_join((Strut){0}, sizes.margin.bottom);
    flow->placed = true;
    return true;
}

static Len row_limit(const Flow *flow, bool *own)
{
    Len bottom = flow->sizes.border.bottom + flow->sizes.padding.bottom;
    Len used = flow->resume && flow->resume->kind == TOKEN_INSIDE ? flow->resume->used : 0;
    Len limit = flow->space->frame
                    ? len_max(flow->space->room - flow->y - (flow->space->room < LEN_MAX / 2 ? bottom : 0), 0)
                    : LEN_MAX;
    Len height = flow->sizes.height != NONE ? flow->sizes.height : flow->sizes.max_height;
    *own = false;
    if (height < LEN_MAX) {
        Len rest = height + edges_y(flow->sizes.border) + edges_y(flow->sizes.padding) - used - bottom - flow->y;
        if (rest <= limit) {
            limit = len_max(rest, 0);
            *own = true;
        }
    }
    return limit;
}

static Result lay_columns(Layout *job, const Box *box, const Space *outer, const BreakToken *resume)
{
    if (resume && resume->kind == TOKEN_BEFORE)
        resume = NULL;
    if ((box->is & BOX_IS_MONOLITHIC) && outer->frame) {
        Space free = space_unbreakable(outer);
        Result got = layout_columns(job, box, &free, NULL);
        if (got.fragment->height > outer->room && !outer->at_top)
            return (Result){.shortage = got.fragment->height - outer->room, .tallest = got.fragment->height};
        return got;
    }
    Flow flow = flow_begin(job, box, outer, resume);
    if (outer->frame && flow.content_y > outer->room && !outer->at_top && !resume)
        return (Result){.shortage = flow.content_y - outer->room};
    Columns c = columns_of(&flow);
    if (resume) {
        c.waiting = resume->deferred;
        c.waiting_count = resume->deferred_count;
    }
    const BreakToken *token = token_of(resume, c.content->id);
    BoxId skip = resume && resume->spanner_done ? resume->spanner : 0;
    const Box *spanner = resume && !resume->spanner_done ? resume->spanner_box : NULL, *set = NULL;
    Strut strut = {0};
    Stop stop = {.appeal = APPEAL_PERFECT};
    bool flow_done = resume && (resume->flow_done || resume->all_seen);
    for (bool first = true; !flow_done; first = false) {
        if (spanner) {
            const BreakToken *left = NULL;
            if (!set_spanner(&c, spanner, &strut, &left) || left) {
                if (!flow.placed && !resume && !outer->at_top) {
                    stop.refused = true;
                    break;
                }
                Row waits = {.spanner = spanner->id, .spanner_box = spanner};
                if (left)
                    VEC_PUSH(job->fragments, flow.tokens, left);
                stop =
                    (Stop){.cut = true, .appeal = APPEAL_PERFECT, .rest = columns_token(&flow, token, &waits, false)};
                break;
            }
            skip = spanner->id;
            set = spanner;
            spanner = NULL;
        } else if (!first) {
            break;
        }
        flow.y += strut_sum(strut);
        bool own;
        Len limit = row_limit(&flow, &own);
        Space base = flow_space(&flow, c.content, 0);
        base.width = base.percent_width = c.width;
        base.percent_height = flow.sizes.height;
        base.spanner = skip;
        if (own && limit == 0 && flow.placed) { /* no height is left below a spanner: a line in each column */
            limit = LEN_PX;
            base.at_top = true;
        } else {
            base.at_top = own || (outer->at_top && flow.y == 0);
        }
        base.grid_offset = outer->grid_offset;
        bool balance = box->style->fragmentation->column_fill != KW_AUTO || limit >= LEN_MAX / 2 ||
                       (flow.sizes.height == NONE && !outer->frame && flow.sizes.max_height == LEN_MAX);
        c.balance = balance;
        c.limit = limit;
        if ((box->has & BOX_HAS_SNAPPED) && c.count > 1 && balance && !resume)
            base.fit = search_fit(&c, token, &base, flow.y, limit, balance);
        Len height = search_height(&c, token, &base, flow.y, limit, balance);
        Row row = fill_row(&c, token, &base, flow.y, height);
        Len tall = balance || row.spanner  ? row.used
                   : height >= LEN_MAX / 2 ? row.used
                                           : len_max(row.used, row.filled > 0 && own ? row.used : 0);
        if (row.filled == 0 && row.overflow && set) {
            stop = stop_below(&c, set, token);
            break;
        }
        if (row.filled == 0 && row.overflow && !outer->at_top && !flow.placed && !resume) {
            flow.shortage = len_min(flow.shortage, row.shortage);
            flow.tallest = len_max(flow.tallest, row.tallest);
            stop.refused = true;
            break;
        }
        take_row(&c, &row, flow.y, own && !row.spanner && flow.sizes.height != NONE ? limit : tall);
        flow.shortage = len_min(flow.shortage, row.shortage);
        flow.y += tall;
        flow.placed = flow.placed || tall > 0;
        flow.at_start = false;
        token = row.rest;
        strut = (Strut){0};
        c.waiting = (const Box *const *)row.deferred.at;
        c.waiting_count = row.deferred.count;
        flow_done = !token;
        if (!token)
            break;
        bool overfull = own && row.overflow;
        if (overfull) {
            take_overflow_columns(&c, &row, &base, flow.y - tall, height);
            token = row.rest;
        }
        if (row.spanner) {
            spanner = row.spanner_box;
            continue;
        }
        if (overfull)
            break;
        stop = (Stop){.cut = true,
                      .appeal = row.end_appeal,
                      .forced = row.forced == KW_COLUMN || row.forced == KW_ALWAYS ? 0 : row.forced};
        row.spanner = skip;
        row.spanner_box = NULL;
        stop.rest = columns_token(&flow, token, &row, true);
        break;
    }
    if (flow_done && !stop.cut && !stop.refused) {
        stop.rest = place_waiting(&c);
        stop.cut = stop.rest != NULL;
    }
    if (flow.sizes.height == NONE && !stop.cut && strut_sum(strut))
        flow.strut = strut;
    return flow_finish(&flow, stop);
}

Result layout_columns(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    job->balance_depth++;
    Result got = lay_columns(job, box, space, resume);
    job->balance_depth--;
    return got;
}
