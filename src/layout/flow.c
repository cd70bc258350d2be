/* A fragment of a block container in the making: where children go, what they leave behind; floats,
 * positioned boxes, markers. layout.md 3. */
#include "layout/internal.h"

Strut strut_join(Strut strut, Len margin)
{
    return margin >= 0 ? (Strut){len_max(strut.plus, margin), strut.minus}
                       : (Strut){strut.plus, len_min(strut.minus, margin)};
}

BreakToken *token_new(Layout *job, const Box *box, TokenKind kind)
{
    BreakToken *token = NEW(job->fragments, BreakToken);
    token->box = box->id;
    token->kind = (uint8_t)kind;
    return token;
}

const BreakToken *token_copy(Arena *arena, const BreakToken *token)
{
    if (!token)
        return NULL;
    BreakToken *copy = NEW(arena, BreakToken);
    *copy = *token;
    const BreakToken **children = NEW_ARRAY(arena, const BreakToken *, token->count);
    for (int i = 0; i < token->count; i++)
        children[i] = token_copy(arena, token->child[i]);
    copy->child = children;
    if (token->positioned)
        copy->positioned = arena_copy(arena, token->positioned, sizeof *token->positioned);
    copy->deferred = arena_copy(arena, token->deferred, sizeof *token->deferred * (size_t)token->deferred_count);
    return copy;
}

Fragment *fragment_new(Layout *job, const Box *box, FragmentKind kind)
{
    Fragment *fragment = NEW(job->fragments, Fragment);
    fragment->box = box;
    fragment->kind = (uint8_t)kind;
    fragment->baseline = fragment->last_baseline = NONE;
    fragment->atom = -1;
    return fragment;
}

/* Offset of a relatively positioned box in a containing block (CSS 2.2 9.4.3). */
void relative_offset(const Box *box, Len width, Len height, Len *x, Len *y)
{
    if (!(box->is & BOX_IS_RELATIVE))
        return;
    const StyleBox *style = box->style->box;
    bool rtl = box->style->text->direction == KW_RTL && style->right.keyword == 0;
    if (style->left.keyword == 0 && !rtl)
        *x += size_resolve(style->left, width);
    else if (style->right.keyword == 0)
        *x -= size_resolve(style->right, width);
    if (style->top.keyword == 0 && !(style->top.has_percent && height == NONE))
        *y += size_resolve(style->top, height == NONE ? 0 : height);
    else if (style->bottom.keyword == 0 && !(style->bottom.has_percent && height == NONE))
        *y -= size_resolve(style->bottom, height == NONE ? 0 : height);
}

void flow_add(Flow *flow, const Fragment *fragment, Len x, Len y)
{
    if (fragment->kind != FRAGMENT_LINE && fragment->box)
        relative_offset(fragment->box, flow->sizes.width, flow->sizes.height, &x, &y);
    VEC_PUSH(flow->job->fragments, flow->links, ((Link){fragment, len_clamp(x), len_clamp(y)}));
}

void take_pending(Pending **into, Pending *from, Len x, Len y)
{
    for (Pending *p = from, *after; p; p = after) {
        after = p->next;
        p->x += x;
        p->y += y;
        p->next = *into;
        *into = p;
    }
}

void flow_take(Flow *flow, const Result *got, const Fragment *fragment, Len x, Len y)
{
    flow_add(flow, fragment, x, y);
    if (flow->baseline == NONE && fragment->baseline != NONE)
        flow->baseline = y + fragment->baseline;
    if (fragment->last_baseline != NONE)
        flow->last_baseline = y + fragment->last_baseline;
    take_pending(&flow->pending, got->pending, x, y);
    flow->tallest = len_max(flow->tallest, got->tallest);
    flow->shortage = len_min(flow->shortage, got->shortage);
}

Len flow_room(const Flow *flow, Len y)
{
    return flow->space->frame ? len_add(flow->space->room, -y) : LEN_MAX;
}

Space flow_space(const Flow *flow, const Box *child, Len y)
{
    const Space *outer = flow->space;
    Space space = {.width = flow->sizes.width,
                   .height = flow->sizes.height,
                   .percent_width = flow->sizes.width,
                   .percent_height = flow->sizes.height,
                   .rtl = flow->box->style->text->direction == KW_RTL};
    space.floats = flow->floats;
    space.bfc_x = flow->bfc_x;
    space.bfc_y = len_add(flow->bfc_y, y);
    space.margins_done = true;
    space.frame = outer->frame;
    space.room = flow_room(flow, y);
    space.at_top = outer->at_top && y == 0;
    space.avoid = flow->avoid;
    space.columns = outer->columns && !(child->is & BOX_IS_NEW_FC);
    space.stop = outer->stop;
    space.spanner = outer->spanner;
    space.grid_pitch = outer->grid_pitch;
    space.grid_offset = len_add(outer->grid_offset, y);
    space.fit = outer->fit;
    space.width_rule = RULE_STRETCH;
    space.height_rule = RULE_FIT;
    if (child->is & (BOX_IS_FLOAT | BOX_IS_INLINE_LEVEL))
        space.width_rule = RULE_FIT;
    if (child->kind == BOX_TABLE && !(child->is & BOX_IS_ANONYMOUS))
        space.width_rule = RULE_FIT;
    return space;
}

Space space_unbreakable(const Space *space)
{
    Space free = *space;
    free.frame = NULL;
    free.room = LEN_MAX;
    free.at_top = true;
    free.stop = (Cut){0};
    free.avoid = false;
    return free;
}

/* ---- floats ---- */

static void push_token(Flow *flow, const BreakToken *token)
{
    BreakToken *beside = NEW(flow->job->fragments, BreakToken);
    *beside = *token;
    beside->parallel = true;
    VEC_PUSH(flow->job->fragments, flow->tokens, (const BreakToken *)beside);
}

void place_float(Flow *flow, const Box *box, Len y_least, const BreakToken *resume)
{
    Layout *job = flow->job;
    bool left = (box->is & BOX_IS_LEFT) != 0;
    Space space = flow_space(flow, box, y_least);
    space.width_rule = RULE_FIT;
    space.floats = NULL;
    Sizes sizes = size_box(job, box, &space);
    Edges margin = sizes.margin;
    if (resume && resume->kind == TOKEN_INSIDE)
        margin.top = 0;
    Len outer = sizes.width + edges_x(sizes.border) + edges_x(sizes.padding) + edges_x(margin);
    const Exclusions *floats = flow->floats;
    uint16_t clear = box->style->box->clear;
    Len least = flow->bfc_y + y_least;
    if (clear != KW_NONE)
        least =
            len_max(least, exclusions_clear(floats, clear == KW_LEFT || clear == KW_BOTH || clear == KW_INLINE_START,
                                            clear == KW_RIGHT || clear == KW_BOTH || clear == KW_INLINE_END));
    Len x, top, x0 = flow->bfc_x + flow->content_x;
    exclusions_place(floats, left, least, outer, x0, x0 + flow->sizes.width, &x, &top);
    Len y = top - flow->bfc_y;
    bool begun = space.frame && resume && resume->kind == TOKEN_INSIDE; /* it has been too high for a frame already */
    Space free = space_unbreakable(&space);
    Result got = {0};
    if (!begun)
        got = layout_box(job, box, &free, resume);
    const BreakToken *rest = NULL;
    if (begun || (space.frame && y + margin.top + got.fragment->height > flow->space->room)) {
        Space tight = space;
        tight.room = flow_room(flow, y + margin.top);
        tight.at_top = flow->space->at_top && y <= 0;
        tight.avoid = false;
        tight.stop = (Cut){0};
        tight.columns = false;
        Result cut = layout_flow(job, box, &tight, resume);
        if (!cut.fragment) {
            BreakToken *token = token_new(job, box, TOKEN_BEFORE);
            if (resume)
                *token = *resume;
            push_token(flow, token);
            flow->shortage = len_min(flow->shortage, len_max(1, cut.shortage));
            flow->tallest = len_max(flow->tallest, cut.tallest);
            return;
        }
        got = cut;
        rest = cut.rest;
    }
    flow->floats = exclusions_add(job->fragments, floats, left, x, x + outer, top,
                                  len_add(top + margin.top + (rest ? 0 : margin.bottom), got.fragment->height));
    Len keep_baseline = flow->baseline, keep_last = flow->last_baseline;
    flow_take(flow, &got, got.fragment, x - flow->bfc_x + margin.left, y + margin.top);
    flow->baseline = keep_baseline;
    flow->last_baseline = keep_last;
    if (rest)
        push_token(flow, rest);
}

/* ---- list markers ---- */

/* Outside markers end before the item's border edge, on the baseline of its first line. */
void place_marker(Flow *flow, Len baseline)
{
    const Box *marker = flow->box->marker;
    if (!marker || (flow->resume && flow->resume->kind == TOKEN_INSIDE && !flow->resume->marker_open))
        return;
    Space space = flow_space(flow, marker, baseline);
    space = space_unbreakable(&space);
    space.width_rule = RULE_MAX;
    space.floats = NULL;
    Result got = layout_box(flow->job, marker, &space, NULL);
    Len own = got.fragment->baseline == NONE ? got.fragment->height : got.fragment->baseline;
    Edges margin = used_margin(marker->style, flow->sizes.width);
    bool rtl = flow->box->style->text->direction == KW_RTL;
    Len x =
        rtl ? flow->content_x + flow->sizes.width + margin.right : flow->content_x - got.fragment->width - margin.right;
    flow_add(flow, got.fragment, x, baseline - own);
}

/* ---- positioned boxes ---- */

void flow_pend(Flow *flow, uint8_t kind, const Box *box, Len x, Len y, Len width)
{
    Pending *pending = NEW(flow->job->fragments, Pending);
    *pending = (Pending){.kind = kind, .box = box, .x = x, .y = y, .width = width, .next = flow->pending};
    flow->pending = pending;
}

static bool solve_axis(Len container, Size start, Size end, Len start_margin, Len end_margin, bool auto_start,
                       bool auto_end, Len size, Len fixed, Len *at)
{
    if (start.keyword == 0) {
        Len from = size_resolve(start, container);
        *at = from + start_margin;
        if (end.keyword == 0 && (auto_start || auto_end)) {
            Len left = container - from - size_resolve(end, container) - size - start_margin - end_margin;
            if (auto_start && auto_end)
                *at = from + (left > 0 ? left / 2 : 0);
            else if (auto_start)
                *at = from + left;
        }
        return true;
    }
    if (end.keyword == 0) {
        *at = container - size_resolve(end, container) - end_margin - size;
        return true;
    }
    *at = fixed + start_margin;
    return false;
}

/* CSS 2.2 10.3.7, 10.6.4: in a padding box of width and height at 0, 0. */
static Result lay_positioned(Layout *job, const Box *box, const Space *outer, Len width, Len height, Len static_x,
                             Len static_y, Len *x, Len *y)
{
    const StyleBox *style = box->style->box;
    Space space = {.width = width,
                   .height = height,
                   .percent_width = width,
                   .percent_height = height,
                   .width_rule = RULE_FIT,
                   .height_rule = RULE_FIT,
                   .room = LEN_MAX,
                   .at_top = true,
                   .margins_done = true,
                   .grid_pitch = outer->grid_pitch,
                   .fit = outer->fit};
    Edges margin = used_margin(box->style, width);
    bool both_x = style->left.keyword == 0 && style->right.keyword == 0,
         both_y = style->top.keyword == 0 && style->bottom.keyword == 0;
    Len inset_x = (style->left.keyword == 0 ? size_resolve(style->left, width) : 0) +
                  (style->right.keyword == 0 ? size_resolve(style->right, width) : 0);
    if (box->kind != BOX_REPLACED && style->width.keyword == KW_AUTO && both_x) {
        space.width = width - inset_x - edges_x(margin);
        space.width_rule = RULE_EXACT;
    } else if (style->left.keyword != 0 && style->right.keyword != 0) {
        space.width = len_max(0, width - static_x);
    } else {
        space.width = len_max(0, width - inset_x);
    }
    if (box->kind != BOX_REPLACED && style->height.keyword == KW_AUTO && both_y) {
        space.height =
            height - size_resolve(style->top, height) - size_resolve(style->bottom, height) - edges_y(margin);
        space.height_rule = RULE_EXACT;
    }
    Result got = layout_box(job, box, &space, NULL);
    solve_axis(width, style->left, style->right, margin.left, margin.right, style->margin_left.keyword == KW_AUTO,
               style->margin_right.keyword == KW_AUTO, got.fragment->width, static_x, x);
    solve_axis(height, style->top, style->bottom, margin.top, margin.bottom, style->margin_top.keyword == KW_AUTO,
               style->margin_bottom.keyword == KW_AUTO, got.fragment->height, static_y, y);
    return got;
}

/* ---- positioned boxes over frames ---- */

static void push_positioned(Flow *flow, const BreakToken *rest, const Positioned *positioned, Len y)
{
    BreakToken *token = arena_copy(flow->job->fragments, rest, sizeof *token);
    Positioned *next = arena_copy(flow->job->fragments, positioned, sizeof *next);
    next->y = y;
    token->positioned = next;
    token->parallel = true;
    VEC_PUSH(flow->job->fragments, flow->tokens, (const BreakToken *)token);
}

/* The part of it that stands in this frame; the rest is left to the containing block's next fragment. */
static Result lay_positioned_part(Flow *flow, const Positioned *p, const BreakToken *resume)
{
    bool at_top = flow->space->at_top && p->y == 0; /* where something must be set */
    Len room = len_max(flow->space->room - p->y, at_top ? LEN_PX : -LEN_MAX);
    const BreakToken *inside = resume && resume->kind == TOKEN_INSIDE ? resume : NULL;
    Result got = {0};
    if (room > 0) {
        Space space = {.width = p->width,
                       .height = p->height,
                       .percent_width = p->base_width,
                       .percent_height = p->base_height,
                       .width_rule = RULE_EXACT,
                       .height_rule = p->height == NONE ? RULE_FIT : RULE_EXACT,
                       .frame = flow->space->frame,
                       .room = room,
                       .at_top = at_top,
                       .margins_done = true,
                       .grid_pitch = flow->space->grid_pitch,
                       .grid_offset = flow->space->grid_offset + p->y,
                       .fit = flow->space->fit};
        got = layout_flow(flow->job, p->box, &space, inside);
    }
    if (!got.fragment)
        push_positioned(flow, inside ? inside : token_new(flow->job, p->box, TOKEN_BEFORE), p, len_max(0, -room));
    else if (got.rest)
        push_positioned(flow, got.rest, p, 0);
    return got;
}

/* Positioned boxes that an earlier frame has not finished. */
void flow_resume_positioned(Flow *flow)
{
    const BreakToken *resume = flow->resume;
    for (int i = 0; resume && resume->kind == TOKEN_INSIDE && i < resume->count; i++) {
        const Positioned *p = resume->child[i]->positioned;
        if (!p)
            continue;
        Result got = lay_positioned_part(flow, p, resume->child[i]);
        if (!got.fragment)
            continue;
        VEC_PUSH(flow->job->fragments, flow->links, ((Link){got.fragment, p->x, p->y}));
        take_pending(&flow->pending, got.pending, p->x, p->y);
    }
}

/* Whether it runs over the frame's end and may be cut there; what is far off is not worth pages. */
static bool is_cut_positioned(const Flow *flow, const Box *box, Len y, Len height)
{
    const Space *space = flow->space;
    bool block = flow->box->kind == BOX_BLOCK || flow->box->kind == BOX_FLEX || flow->box->kind == BOX_GRID;
    if (!space->frame || !block || (box->is & BOX_IS_FIXED) || space->frame->balanced || space->room >= LEN_MAX / 2)
        return false;
    return y + height > space->room && height > 0 && y / 20 < space->frame->height;
}

static bool has_top(const Box *box)
{
    return box->style->box->top.keyword == 0;
}

static bool is_pending(const Flow *flow, const Box *box)
{
    for (const Pending *p = flow->pending; p; p = p->next)
        if (p->box == box)
            return true;
    return false;
}

/* What is placed from the top of a container belongs to its first part, even where it stands in a later one: below
 * `inside`, what this container holds so and has not met yet. */
static void pend_ahead(Flow *flow, const Box *inside)
{
    for (int i = 0; inside->lines && i < inside->lines->count; i++) {
        const InlineItem *item = &inside->lines->items[i];
        if (item->kind == INLINE_ABSPOS && has_top(item->box) && !(item->box->is & BOX_IS_FIXED) &&
            !is_pending(flow, item->box))
            flow_pend(flow, PENDING_ABSPOS, item->box, flow->content_x, flow->content_y, flow->sizes.width);
    }
    for (const Box *child = inside->first; child; child = child->next)
        if ((child->has & BOX_HAS_ABSPOS) && !(child->is & (BOX_IS_POSITIONED | BOX_IS_SPANNER)) &&
            !child->style->decoration->transform)
            pend_ahead(flow, child);
}

/* Boxes whose containing block is this one are laid out now that its size is known; others go on up. */
void flow_resolve_pending(Flow *flow, Fragment *fragment)
{
    bool resumed = flow->resume && flow->resume->kind == TOKEN_INSIDE;
    if ((fragment->cut & CUT_AFTER) && !resumed && (flow->box->is & BOX_IS_POSITIONED) &&
        (flow->box->has & BOX_HAS_ABSPOS))
        pend_ahead(flow, flow->box);
    Pending *waiting = flow->pending, *left = NULL;
    flow->pending = NULL;
    bool root = (flow->box->is & BOX_IS_ROOT) != 0;
    Pending *ordered = NULL;
    for (Pending *next; waiting; waiting = next) { /* they were stacked: back to document order */
        next = waiting->next;
        waiting->next = ordered;
        ordered = waiting;
    }
    for (Pending *pending = ordered, *next; pending; pending = next) {
        next = pending->next;
        bool mine = pending->kind == PENDING_ABSPOS && (flow->box->is & BOX_IS_POSITIONED) &&
                    !(pending->box->is & BOX_IS_FIXED);
        if (pending->kind == PENDING_ABSPOS && (flow->box->style->decoration->transform))
            mine = true;
        if (!mine || root) {
            pending->next = left;
            left = pending;
            continue;
        }
        if (resumed && has_top(pending->box))
            continue; /* set with the first part */
        Len x, y, dx = fragment->border.left, dy = fragment->border.top - fragment->used_before;
        if (fragment->cut & CUT_BEFORE)
            dy += flow->sizes.border.top - fragment->border.top;
        Len width = fragment->width - edges_x(fragment->border), height = fragment->height - edges_y(fragment->border);
        if (fragment->full_height > 0)
            height = fragment->full_height - edges_y(flow->sizes.border);
        Result got = lay_positioned(flow->job, pending->box, flow->space, width, height, pending->x - dx,
                                    pending->y - dy, &x, &y);
        if (is_cut_positioned(flow, pending->box, y + dy, got.fragment->height)) {
            const StyleBox *style = pending->box->style->box;
            bool automatic = style->height.keyword == KW_AUTO && (style->top.keyword || style->bottom.keyword) &&
                             pending->box->kind != BOX_REPLACED;
            Positioned part = {
                pending->box, x + dx, y + dy, got.fragment->width, automatic ? NONE : got.fragment->height,
                width,        height};
            got = lay_positioned_part(flow, &part, NULL);
            if (!got.fragment)
                continue;
        }
        VEC_PUSH(flow->job->fragments, flow->links, ((Link){got.fragment, x + dx, y + dy}));
        take_pending(&left, got.pending, x + dx, y + dy);
    }
    flow->pending = left;
}
