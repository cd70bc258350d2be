/* Block formatting: children one below the other, margins collapsing, breaks between them.
 * CSS 2.2 8.3.1, 9.4.1, 9.5; layout.md 3 (Block), 4. */
#include "layout/internal.h"

bool break_is_forced(uint16_t value, bool column)
{
    switch (value) {
    case KW_PAGE:
    case KW_LEFT:
    case KW_RIGHT:
    case KW_RECTO:
    case KW_VERSO:
    case KW_ALWAYS:
    case KW_ALL: return true;
    case KW_COLUMN: return column;
    default: return false;
    }
}

bool break_is_avoid(uint16_t value, bool column)
{
    return value == KW_AVOID || (column ? value == KW_AVOID_COLUMN : value == KW_AVOID_PAGE);
}

static bool zero_height(const StyleBox *style)
{
    bool height = style->height.keyword == KW_AUTO ||
                  (style->height.keyword == 0 && style->height.len == 0 && !style->height.has_percent);
    bool least = style->min_height.keyword != 0 || (style->min_height.len == 0 && !style->min_height.has_percent);
    return height && least;
}

/* The margins that collapse at a box's top, with those of its first descendants (CSS 2.2 8.3.1). */
static Strut lead(const Box *box, Len base, const Exclusions *floats, bool *through)
{
    *through = false;
    Edges margin = used_margin(box->style, base), border = used_border(box->style),
          padding = used_padding(box->style, base);
    Strut strut = strut_join((Strut){0}, margin.top);
    if ((box->is & (BOX_IS_NEW_FC | BOX_IS_COLUMN_FLOAT)) || box->kind != BOX_BLOCK || border.top || padding.top)
        return strut;
    if (box->lines && !box->lines->empty)
        return strut;
    for (const Box *child = box->first; child; child = child->next) {
        if (child->is & BOX_IS_COLUMN_FLOAT)
            continue;
        if (child->style->box->clear != KW_NONE && floats)
            return strut;
        bool empty;
        strut = strut_merge(strut, lead(child, base, floats, &empty));
        if (!empty)
            return strut;
    }
    if (border.bottom || padding.bottom || !zero_height(box->style->box) || (box->marker && box->first == NULL))
        return strut;
    *through = true;
    return strut_join(strut, margin.bottom);
}

/* Not taller than a page: to ask for no break inside more would only leave pages empty. */
static bool could_stay_whole(Layout *job, const Box *box, const Space *space)
{
    const Frame *page = space->frame;
    if (!page || job->box_count <= box->id)
        return true;
    while (page->outer)
        page = page->outer;
    if (!job->unbroken)
        job->unbroken = arena_alloc(job->arena, sizeof *job->unbroken * job->box_count);
    if (!job->unbroken[box->id].known || job->unbroken[box->id].width != space->width) {
        ArenaMark mark = arena_mark(job->fragments);
        Space whole = space_unbreakable(space);
        whole.floats = NULL;
        job->quiet++;
        Len height = layout_box(job, box, &whole, NULL).fragment->height;
        job->quiet--;
        arena_rewind(job->fragments, mark);
        job->unbroken[box->id].width = space->width;
        job->unbroken[box->id].height = height;
        job->unbroken[box->id].known = true;
    }
    return job->unbroken[box->id].height <= page->height;
}

Flow flow_begin(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    Flow flow = {.job = job,
                 .box = box,
                 .space = space,
                 .resume = resume,
                 .shortage = LEN_MAX,
                 .baseline = NONE,
                 .last_baseline = NONE};
    flow.sizes = size_box(job, box, space);
    flow.border = flow.sizes.border;
    flow.padding = flow.sizes.padding;
    Len edges_top = flow.border.top + flow.padding.top;
    bool resumed = resume && resume->kind == TOKEN_INSIDE;
    if (resumed && box->style->fragmentation->decoration != KW_CLONE)
        flow.border.top = flow.padding.top = 0;
    if (resumed && resume->used < edges_top && !resume->parallel) /* of padding taller than the frames before */
        flow.padding.top = edges_top - resume->used;
    flow.content_x = flow.border.left + flow.padding.left;
    flow.content_y = flow.y = flow.border.top + flow.padding.top;
    bool new_fc = (box->is & BOX_IS_NEW_FC) != 0;
    flow.bfc_x = new_fc ? 0 : space->bfc_x;
    flow.bfc_y = new_fc ? 0 : space->bfc_y;
    flow.floats = new_fc ? NULL : space->floats;
    flow.at_start = !new_fc && flow.content_y == 0 && !resumed;
    uint16_t inside = box->style->fragmentation->inside;
    flow.avoid = (space->avoid && !resumed) ||
                 (!resumed && break_is_avoid(inside, space->columns) && could_stay_whole(job, box, space));
    return flow;
}

/* ---- breaks between children ---- */

static Appeal between(const Flow *flow, const Box *before, const Box *after)
{
    bool column = flow->space->frame && flow->space->frame->kind == FRAME_COLUMN;
    Appeal appeal = flow->avoid ? APPEAL_AVOID : APPEAL_PERFECT;
    if (!before)
        return APPEAL_LAST_RESORT;
    if (break_is_avoid(before->break_after, column) || break_is_avoid(after->break_before, column))
        appeal = APPEAL_AVOID;
    return appeal;
}

static uint16_t forced_between(const Flow *flow, const Box *before, const Box *after)
{
    if (!flow->space->frame || !before)
        return 0;
    bool column = flow->space->frame->kind == FRAME_COLUMN;
    if (break_is_forced(after->break_before, column))
        return after->break_before;
    if (break_is_forced(before->break_after, column))
        return before->break_after;
    if (before->page_end != after->page_start)
        return KW_PAGE;
    return 0;
}

static Stop cut_before(Flow *flow, const Box *child, Appeal appeal, uint16_t forced)
{
    bool started = flow->placed || (flow->resume && flow->resume->kind == TOKEN_INSIDE) || flow->space->at_top ||
                   flow->links.count > 0;
    if (!started && !forced)
        return (Stop){.refused = true, .appeal = appeal};
    BreakToken *token = token_new(flow->job, child, TOKEN_BEFORE);
    token->forced = forced != 0;
    VEC_PUSH(flow->job->fragments, flow->tokens, (const BreakToken *)token);
    return (Stop){.cut = true, .appeal = appeal, .forced = forced};
}

/* ---- placing one child ---- */

static bool clears(const Box *child, bool left)
{
    uint16_t clear = child->style->box->clear;
    return clear == KW_BOTH || clear == (left ? KW_LEFT : KW_RIGHT) ||
           clear == (left ? KW_INLINE_START : KW_INLINE_END);
}

/* Auto margins take what is left between the floats. */
static Len beside_x(const Box *child, const Edges *margin, Len from, Len to, Len start, Len width)
{
    const StyleBox *style = child->style->box;
    Len left = to - from - width - edges_x(*margin);
    if (style->margin_left.keyword != KW_AUTO || left <= 0)
        return start;
    return from + (style->margin_right.keyword == KW_AUTO ? left / 2 : left);
}

/* A table is as wide as its columns: its margins are solved when that is known (CSS 2.2 10.3.3, 17.4). */
static Len table_margin(const Flow *flow, const Box *table, const Edges *margin, Len width)
{
    const StyleBox *style = table->style->box;
    bool rtl = flow->box->style->text->direction == KW_RTL;
    Len left = flow->sizes.width - width - edges_x(*margin);
    bool before = style->margin_left.keyword == KW_AUTO, after = style->margin_right.keyword == KW_AUTO;
    if (left > 0 && before)
        return after ? left / 2 : left;
    return rtl && !(left > 0 && after) ? margin->left + left : margin->left;
}

/* A box of its own formatting context stands beside floats where it fits (CSS 2.2 9.5). */
static Result lay_beside(Flow *flow, const Box *child, Space *space, const BreakToken *resume, Len *x, Len *y)
{
    Layout *job = flow->job;
    Len x0 = flow->bfc_x + flow->content_x, x1 = x0 + flow->sizes.width;
    Space plain = *space;
    for (int tries = 0;; tries++) {
        *space = plain;
        space->bfc_y = flow->bfc_y + *y;
        space->room = flow_room(flow, *y);
        space->at_top = plain.at_top && tries == 0; /* the floats that push it down stand in this frame */
        space->grid_offset = flow->space->grid_offset + *y;
        Len left = x0, right = x1;
        exclusions_band(flow->floats, flow->bfc_y + *y, 1, &left, &right);
        Edges margin = used_margin(child->style, flow->sizes.width);
        bool narrowed = left > x0 || right < x1;
        bool automatic = child->style->box->width.keyword == KW_AUTO && child->kind != BOX_REPLACED &&
                         space->width_rule == RULE_STRETCH;
        if (narrowed && automatic) {
            Len from = len_max(left, x0 + margin.left), to = len_min(right, x1 - margin.right);
            Edges border = used_border(child->style), padding = used_padding(child->style, flow->sizes.width);
            Size own = child->style->box->min_width; /* as in browsers its content may stick out, its edges may not */
            Len min =
                edges_x(border) + edges_x(padding) + (own.keyword == 0 ? size_resolve(own, flow->sizes.width) : 0);
            space->width = len_max(0, to - from) + edges_x(margin);
            *x = from - flow->bfc_x;
            if (to - from < min && tries < 1000 && exclusions_next(flow->floats, flow->bfc_y + *y) != LEN_MAX) {
                *y = exclusions_next(flow->floats, flow->bfc_y + *y) - flow->bfc_y;
                continue;
            }
        }
        Space free = *space;
        free.floats = NULL;
        Result got = layout_box(job, child, &free, resume);
        if (!got.fragment)
            return got;
        if (narrowed) {
            Len from = x0, to = x1;
            exclusions_band(flow->floats, flow->bfc_y + *y, got.fragment->height, &from, &to);
            Len at = len_max(from, x0 + margin.left), next = exclusions_next(flow->floats, flow->bfc_y + *y);
            Len start = space->rtl ? len_min(to, x1 - margin.right) - got.fragment->width : margin.left ? at : from;
            if (!automatic)
                *x = beside_x(child, &margin, from, to, start, got.fragment->width) - flow->bfc_x;
            if (got.fragment->width > to - at && next != LEN_MAX && tries < 1000) {
                *y = next - flow->bfc_y;
                continue;
            }
            if (automatic && (from > left || to < right) && next != LEN_MAX && tries < 1000) {
                *y = next - flow->bfc_y;
                continue;
            }
        }
        return got;
    }
}

typedef struct {
    Result got;
    Len x, y;
    bool through;
    Strut strut;
} Placed;

static Placed lay_child(Flow *flow, const Box *child, const BreakToken *resume, bool truncate)
{
    Placed p = {0};
    bool resumed = resume && resume->kind == TOKEN_INSIDE;
    Strut strut = lead(child, flow->sizes.width, flow->floats, &p.through);
    if (truncate || resumed)
        strut = (Strut){0};
    p.strut = strut_merge(flow->strut, strut);
    p.y = flow->at_start ? flow->y : flow->y + strut_sum(p.strut);
    if (truncate)
        p.y = flow->y;
    bool pushed = false;
    if (child->style->box->clear != KW_NONE && flow->floats && !resumed) {
        Len edge = exclusions_clear(flow->floats, clears(child, true), clears(child, false)) - flow->bfc_y;
        if (edge > p.y) {
            p.y = edge;
            flow->at_start = false;
            pushed = true;
        }
    }
    Space space = flow_space(flow, child, p.y);
    if (!truncate && !pushed && flow->space->at_top && flow->y == 0)
        space.at_top = true;
    Sizes sizes = size_box(flow->job, child, &space);
    p.x = flow->content_x + sizes.margin.left;
    space.bfc_x = len_add(flow->bfc_x, p.x);
    bool beside = (child->is & BOX_IS_NEW_FC) && flow->floats && flow->floats->max_bottom > flow->bfc_y + p.y;
    if (beside)
        p.got = lay_beside(flow, child, &space, resume, &p.x, &p.y);
    else
        p.got = layout_box(flow->job, child, &space, resume);
    if (!beside && child->kind == BOX_TABLE && p.got.fragment)
        p.x = flow->content_x + table_margin(flow, child, &sizes.margin, p.got.fragment->width);
    return p;
}

static void take_child(Flow *flow, const Box *child, const Placed *p)
{
    Len height = p->got.fragment->height;
    flow_take(flow, &p->got, p->got.fragment, p->x, p->y);
    if (!(child->is & BOX_IS_NEW_FC))
        flow->floats = p->got.floats;
    if (p->through && height == 0) {
        if (!flow->at_start)
            flow->strut = p->strut;
        return;
    }
    if (child->marker == NULL && flow->box->marker && flow->baseline != NONE && !flow->placed)
        place_marker(flow, flow->baseline);
    flow->y = len_add(p->y, height);
    flow->strut = p->got.end;
    flow->at_start = false;
    flow->placed = true;
}

static void push_rest(Flow *flow, const BreakToken *rest)
{
    VEC_PUSH(flow->job->fragments, flow->tokens, rest);
}

/* What still runs beside the flow from an earlier frame comes first. */
static const Box *resume_children(Flow *flow, const BreakToken **token)
{
    const BreakToken *resume = flow->resume;
    *token = NULL;
    if (!resume || resume->kind != TOKEN_INSIDE)
        return flow->box->first;
    const Box *next = resume->all_seen ? NULL : flow->box->first;
    for (int i = 0; i < resume->count; i++) {
        const BreakToken *t = resume->child[i];
        const Box *child = box_child(flow->job, flow->box, t->box);
        if (!child)
            continue;
        if (!t->parallel) {
            *token = t;
            return child;
        }
        Placed p = lay_child(flow, child, t, true);
        if (p.got.fragment) {
            flow_take(flow, &p.got, p.got.fragment, p.x, p.y);
            if (!(child->is & BOX_IS_NEW_FC))
                flow->floats = p.got.floats;
        }
        if (p.got.rest)
            push_rest(flow, p.got.rest);
        if (!resume->all_seen)
            next = child->next;
    }
    return next;
}

static void remember(Flow *flow, Cut cut)
{
    if (cut.box && cut.appeal >= flow->best.appeal)
        flow->best = cut;
}

static bool is_column_thing(const Flow *flow, const Box *child)
{
    return flow->space->columns && (child->is & (BOX_IS_SPANNER | BOX_IS_COLUMN_FLOAT));
}

Stop lay_children(Flow *flow)
{
    const BreakToken *token;
    const Box *before = NULL;
    const Box *child = resume_children(flow, &token);
    bool truncate =
        flow->resume && flow->resume->kind == TOKEN_INSIDE; /* an unforced break drops the margins after it */
    if (token && token->kind == TOKEN_BEFORE && token->forced)
        truncate = false;
    for (; child; before = child, child = child->next, token = NULL, truncate = truncate && !flow->placed) {
        if (is_column_thing(flow, child)) {
            if (child->id == flow->space->spanner)
                continue;
            if (child->is & BOX_IS_COLUMN_FLOAT) {
                flow_pend(flow, PENDING_COLUMN_FLOAT, child, flow->content_x, flow->y, flow->sizes.width);
                continue;
            }
            flow->spanner = child->id;
            flow->spanner_box = child;
            push_rest(flow, token_new(flow->job, child, TOKEN_BEFORE));
            return (Stop){.cut = true, .appeal = APPEAL_PERFECT};
        }
        bool at_top = flow->space->at_top && flow->y == 0;
        bool obeyed = token && token->kind == TOKEN_BEFORE && token->forced;
        uint16_t forced = obeyed ? 0 : forced_between(flow, before, child);
        Appeal here = between(flow, before, child);
        if ((forced && (!at_top || flow->placed)) ||
            (flow->space->stop.box == child->id && flow->space->stop.line == 0 && !at_top))
            return cut_before(flow, child, forced ? APPEAL_PERFECT : here, forced);
        Placed p = lay_child(flow, child, token, truncate);
        flow->shortage = len_min(flow->shortage, p.got.shortage);
        flow->tallest = len_max(flow->tallest, p.got.tallest);
        if (!p.got.fragment)
            return cut_before(flow, child, here, 0);
        const BreakToken *rest = p.got.rest;
        if (rest && !rest->parallel && !p.got.spanner) {
            bool worse = p.got.appeal < here && p.got.best.appeal < here;
            if (worse && !at_top && !p.got.forced && before)
                return cut_before(flow, child, here, 0);
        }
        take_child(flow, child, &p);
        if (before && !at_top)
            remember(flow, (Cut){child->id, 0, here});
        remember(flow, p.got.best);
        if (rest)
            push_rest(flow, rest);
        if (p.got.spanner) {
            flow->spanner = p.got.spanner;
            flow->spanner_box = p.got.spanner_box;
        }
        if (rest && !rest->parallel)
            return (Stop){.cut = true, .appeal = p.got.appeal, .forced = p.got.forced};
    }
    return (Stop){.appeal = APPEAL_PERFECT};
}

/* ---- the end ---- */

static const BreakToken *rest_token(Flow *flow, const Stop *stop, Len height, bool parallel)
{
    BreakToken *token = token_new(flow->job, flow->box, TOKEN_INSIDE);
    if (stop->rest)
        *token = *stop->rest;
    token->kind = TOKEN_INSIDE;
    token->all_seen = !stop->cut;
    token->parallel = parallel;
    token->sequence = (uint16_t)(flow->resume ? flow->resume->sequence + 1 : 1);
    token->used = len_add(flow->resume ? flow->resume->used : 0, height);
    token->marker_open = flow->box->marker && !flow->placed && (!flow->resume || flow->resume->marker_open);
    token->count = flow->tokens.count;
    token->child = (const BreakToken *const *)flow->tokens.at;
    return token;
}

static bool tokens_parallel(const Flow *flow)
{
    for (int i = 0; i < flow->tokens.count; i++)
        if (!flow->tokens.at[i]->parallel)
            return false;
    return true;
}

static Result refuse(const Flow *flow)
{
    return (Result){.shortage = flow->shortage, .tallest = flow->tallest, .appeal = APPEAL_LAST_RESORT};
}

Result flow_finish(Flow *flow, Stop stop)
{
    const Box *box = flow->box;
    const Space *space = flow->space;
    bool resumed = flow->resume && flow->resume->kind == TOKEN_INSIDE;
    bool clone = box->style->fragmentation->decoration == KW_CLONE;
    if (stop.refused)
        return refuse(flow);
    Edges full_border = flow->sizes.border, full_padding = flow->sizes.padding;
    bool ended = resumed && flow->resume->parallel; /* only what runs beside it is left */
    Len bottom = ended ? 0 : full_border.bottom + full_padding.bottom;
    Len owed_edges = edges_y(full_border) + edges_y(full_padding);
    Len used = resumed ? flow->resume->used : 0;
    bool definite = flow->sizes.height != NONE;
    Result result = {.appeal = stop.appeal,
                     .forced = stop.forced,
                     .best = flow->best,
                     .shortage = flow->shortage,
                     .tallest = flow->tallest,
                     .spanner = flow->spanner,
                     .spanner_box = flow->spanner_box};
    bool cut = stop.cut, new_fc = (box->is & BOX_IS_NEW_FC) != 0;
    Strut margin = strut_join((Strut){0}, flow->sizes.margin.bottom);
    bool open_end = !cut && !definite && !new_fc && bottom == 0 && flow->sizes.min_height == 0 &&
                    flow->sizes.max_height == LEN_MAX && box->kind == BOX_BLOCK;
    if (open_end) {
        result.end = strut_merge(flow->strut, margin);
        result.through = flow->at_start && !flow->placed;
    } else {
        if (!cut && !flow->at_start)
            flow->y += strut_sum(flow->strut);
        result.end = margin;
    }
    if (new_fc && flow->floats && (!cut || !space->frame))
        flow->y = len_max(flow->y, flow->floats->max_bottom - flow->bfc_y);
    Len content = flow->y + (cut ? 0 : bottom);
    Len total = definite ? flow->sizes.height + owed_edges : 0;
    Len height;
    bool over = false; /* height is owed to a later frame */
    if (definite) {
        height = len_max(total - used, 0);
    } else {
        Len least = len_max(flow->sizes.min_height + owed_edges - used, 0);
        Len most = flow->sizes.max_height == LEN_MAX ? LEN_MAX : len_max(flow->sizes.max_height + owed_edges - used, 0);
        height = len_max(len_min(content, most), cut ? 0 : flow->sizes.min_height > 0 ? least : 0);
    }
    if (flow->spanner) /* what is owed comes after the spanner */
        height = len_min(height, content);
    result.consumed = len_max(content, len_min(height, definite || !cut ? height : content));
    if (space->frame && height > space->room && !(box->is & BOX_IS_MONOLITHIC)) {
        over = true;
        height = len_max(space->room, 0);
        if (height == 0 && space->at_top)
            height = LEN_PX;
        if (!cut) /* owed height may be cut anywhere, an edge only where nothing else is left */
            result.appeal = content - bottom > space->room ? APPEAL_LAST_RESORT
                            : flow->avoid                  ? APPEAL_AVOID
                                                           : APPEAL_PERFECT;
        flow->shortage = result.shortage = len_min(result.shortage, len_max(1, content - space->room));
    } else if (cut && !definite && space->frame && flow->sizes.max_height == LEN_MAX && !tokens_parallel(flow) &&
               space->room < LEN_MAX / 2 && !flow->spanner) {
        height = len_max(height, space->room); /* a cut box fills its frame */
    }
    if (cut && stop.rest == NULL && tokens_parallel(flow))
        cut = false;
    bool waits = flow->tokens.count > 0 || stop.rest;
    bool flow_done = !over && (definite || !cut || flow->sizes.max_height != LEN_MAX);
    if (cut && !over && !flow->spanner && (definite || (flow->sizes.max_height != LEN_MAX && height < flow->y)))
        flow_done = true;
    else if (cut)
        flow_done = false;
    if (new_fc && !definite && waits && !cut && space->frame) /* stays open for its broken floats */
        flow_done = false;
    Fragment *fragment = fragment_new(flow->job, box, FRAGMENT_BOX);
    fragment->width = flow->sizes.width + edges_x(full_border) + edges_x(full_padding);
    fragment->height = height;
    fragment->border = flow->border;
    fragment->padding = flow->padding;
    fragment->used_before = used;
    fragment->full_height = definite ? total : 0;
    fragment->sequence = (uint16_t)(flow->resume ? flow->resume->sequence : 0);
    fragment->baseline = flow->baseline;
    fragment->last_baseline = flow->last_baseline;
    if (resumed)
        fragment->cut |= CUT_BEFORE;
    if (!flow_done || over) {
        fragment->cut |= CUT_AFTER;
        if (!clone)
            fragment->border.bottom = fragment->padding.bottom = 0;
    }
    flow_resume_positioned(flow);
    flow_resolve_pending(flow, fragment);
    if (waits || over || !flow_done || flow->tokens.count > 0)
        result.rest = rest_token(flow, &stop, fragment->height, flow_done && !over);
    fragment->rules = flow->rules.at;
    fragment->rule_count = flow->rules.count;
    fragment->count = flow->links.count;
    fragment->link = flow->links.at;
    result.fragment = fragment;
    result.pending = flow->pending;
    result.floats = new_fc ? space->floats : flow->floats;
    return result;
}

/* Tokens stand in the order of their floats, those that were begun first: the search goes on where it found one. */
static void resume_floats(Flow *flow)
{
    const BreakToken *resume = flow->resume;
    const Inline *lines = flow->box->lines;
    for (int i = 0, at = 0; resume && i < resume->count; i++)
        for (int k = 0; k < lines->count; k++, at = at + 1 < lines->count ? at + 1 : 0) {
            const InlineItem *item = &lines->items[at];
            if (item->kind != INLINE_FLOAT || item->box->id != resume->child[i]->box)
                continue;
            place_float(flow, item->box, flow->content_y, resume->child[i]);
            break;
        }
}

Result layout_block(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    Space free;
    if ((box->is & BOX_IS_MONOLITHIC) && space->frame) {
        free = space_unbreakable(space);
        free.floats = space->floats;
        Result got = layout_block(job, box, &free, NULL);
        got.tallest = len_max(got.tallest, got.fragment->height);
        if (got.fragment->height > space->room && !space->at_top)
            return (Result){.shortage = got.fragment->height - space->room, .tallest = got.fragment->height};
        return got;
    }
    if (resume && resume->kind == TOKEN_BEFORE)
        resume = NULL;
    Flow flow = flow_begin(job, box, space, resume);
    if (space->frame && flow.content_y > space->room && !space->at_top && !resume)
        return (Result){.shortage = flow.content_y - space->room};
    Stop stop;
    bool done = resume && resume->all_seen;
    if (space->frame && flow.content_y > space->room && !done) { /* padding fills this frame and goes on */
        BreakToken *token = token_new(job, box, TOKEN_INSIDE);
        stop = (Stop){.cut = true, .appeal = APPEAL_LAST_RESORT, .rest = token};
    } else if (box->lines) {
        resume_floats(&flow);
        stop = done ? (Stop){.appeal = APPEAL_PERFECT} : lay_lines(&flow);
    } else {
        stop = lay_children(&flow);
    }
    if (box->marker && !flow.placed && !stop.cut && !stop.refused &&
        !resume) { /* a list item without any line makes one */
        FontMetrics metrics = font_metrics(box_first_font(job->request->fonts, box->style), box->style->font->size.len);
        Extent extent = inline_extent(box->style, &metrics);
        place_marker(&flow, flow.y + extent.ascent);
        flow.y += extent.ascent + extent.descent;
        flow.placed = true;
    }
    return flow_finish(&flow, stop);
}
