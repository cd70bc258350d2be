/* Flex and grid containers over several frames: css-flexbox-1 10, css-grid-2 13; layout.md 3, 4.
 * The container is laid out unbroken first. Items that stand beside one another there make a band; a frame ends between
 * two bands, or inside one, whose items are then parallel flows: each is cut by itself and goes on in the next frame. */
#include "layout/internal.h"

#include <stdlib.h>

typedef struct {
    const Box *box;
    Len x, y, width, height; /* border box in the unbroken container; y from its content edge */
    int band, order;
    bool open;  /* not finished in this frame */
    Len bottom; /* in this frame; NONE: not there */
    int link;   /* index among the links; -1 */
} BandItem;
typedef struct {
    Len top, bottom;
    int first, count;
} Band;
typedef struct {
    Flow *flow;
    BandItem *items;
    int count;
    Band *bands;
    int band_count;
} Bands;

static int by_place(const void *a, const void *b)
{
    const BandItem *x = a, *y = b;
    return x->y != y->y ? (x->y < y->y ? -1 : 1) : x->order - y->order;
}

static void collect(Bands *b, const Fragment *whole)
{
    Flow *flow = b->flow;
    Arena *arena = flow->job->fragments;
    b->items = NEW_ARRAY(arena, BandItem, whole->count + 1);
    b->bands = NEW_ARRAY(arena, Band, whole->count + 1);
    for (int i = 0; i < whole->count; i++) {
        const Fragment *item = whole->link[i].fragment;
        if (item->box->is & BOX_IS_ABSPOS)
            continue;
        Len moved_x = 0, moved_y = 0;
        relative_offset(item->box, flow->sizes.width, flow->sizes.height, &moved_x, &moved_y);
        b->items[b->count] = (BandItem){.box = item->box,
                                        .x = whole->link[i].x - moved_x,
                                        .y = whole->link[i].y - moved_y - whole->border.top - whole->padding.top,
                                        .width = item->width,
                                        .height = item->height,
                                        .order = b->count};
        b->count++;
    }
    qsort(b->items, (size_t)b->count, sizeof *b->items, by_place);
    for (int i = 0; i < b->count; i++) {
        BandItem *item = &b->items[i];
        Band *band = b->band_count ? &b->bands[b->band_count - 1] : NULL;
        if (!band || item->y >= band->bottom) {
            band = &b->bands[b->band_count++];
            *band = (Band){item->y, item->y, i, 0};
        }
        band->bottom = len_max(band->bottom, item->y + item->height);
        band->count++;
        item->band = b->band_count - 1;
    }
}

/* ---- breaks between bands ---- */

static bool is_column_frame(const Bands *b)
{
    return b->flow->space->frame && b->flow->space->frame->kind == FRAME_COLUMN;
}

static uint16_t forced_before(const Bands *b, int n)
{
    bool column = is_column_frame(b);
    for (int i = 0; n > 0 && i < b->bands[n].count; i++) {
        const Box *box = b->items[b->bands[n].first + i].box;
        if (break_is_forced(box->break_before, column))
            return box->break_before;
    }
    for (int i = 0; n > 0 && i < b->bands[n - 1].count; i++) {
        const Box *box = b->items[b->bands[n - 1].first + i].box;
        if (break_is_forced(box->break_after, column))
            return box->break_after;
    }
    return 0;
}

static Appeal appeal_before(const Bands *b, int n)
{
    bool column = is_column_frame(b);
    if (n == 0)
        return APPEAL_LAST_RESORT;
    if (b->flow->avoid)
        return APPEAL_AVOID;
    for (int i = 0; i < b->bands[n].count; i++)
        if (break_is_avoid(b->items[b->bands[n].first + i].box->break_before, column))
            return APPEAL_AVOID;
    for (int i = 0; i < b->bands[n - 1].count; i++)
        if (break_is_avoid(b->items[b->bands[n - 1].first + i].box->break_after, column))
            return APPEAL_AVOID;
    return APPEAL_PERFECT;
}

static bool has_forced(const Bands *b)
{
    for (int n = 1; n < b->band_count; n++)
        if (forced_before(b, n))
            return true;
    for (int i = 0; i < b->count; i++)
        if (b->items[i].box->has & BOX_HAS_FORCED_BREAK)
            return true;
    return false;
}

static void push(Bands *b, const BreakToken *token)
{
    VEC_PUSH(b->flow->job->fragments, b->flow->tokens, token);
}

static const BreakToken *band_token(Bands *b, int n, Len used)
{
    BreakToken *token = token_new(b->flow->job, b->flow->box, TOKEN_INSIDE);
    token->row = n;
    token->row_used = used;
    return token;
}

static Stop cut_before_band(Bands *b, int n, Appeal appeal, uint16_t forced)
{
    for (int i = 0; i < b->bands[n].count; i++) {
        BreakToken *token = token_new(b->flow->job, b->items[b->bands[n].first + i].box, TOKEN_BEFORE);
        token->forced = forced != 0;
        push(b, token);
    }
    return (Stop){.cut = true, .rest = band_token(b, n, 0), .appeal = appeal, .forced = forced};
}

/* ---- one band ---- */

static const BreakToken *token_of(const BreakToken *resume, const Box *box)
{
    for (int i = 0; resume && i < resume->count; i++)
        if (resume->child[i]->box == box->id)
            return resume->child[i];
    return NULL;
}

/* Below what stands over it; NONE: that is not finished yet. */
static Len below_others(const Bands *b, const Band *band, const BandItem *item, Len y)
{
    for (int i = band->first; &b->items[i] != item; i++) {
        const BandItem *above = &b->items[i];
        bool over = above->x < item->x + item->width && item->x < above->x + above->width &&
                    above->y + above->height <= item->y;
        if (over && above->open)
            return NONE;
        if (over && above->bottom != NONE)
            y = len_max(y, above->bottom + item->y - above->y - above->height);
    }
    return y;
}

static Result lay_item(Bands *b, const BandItem *item, Len y, bool first, const BreakToken *token)
{
    Flow *flow = b->flow;
    const StyleBox *style = item->box->style->box;
    Space space = flow_space(flow, item->box, y);
    space.at_top = flow->space->at_top && first;
    space.width = item->width;
    space.width_rule = RULE_EXACT;
    space.floats = NULL;
    space.stop = (Cut){0};
    space.columns = false;
    if (item->box->kind == BOX_REPLACED || style->height.keyword != KW_AUTO) {
        space.height = item->height;
        space.height_rule = RULE_EXACT;
    }
    return layout_flow(flow->job, item->box, &space, token);
}

/* What is finished is as high as it was unbroken, or as its band has become. */
static void stretch_items(Bands *b, const Band *band, Len bottom)
{
    Flow *flow = b->flow;
    for (int i = band->first; i < band->first + band->count; i++) {
        const BandItem *item = &b->items[i];
        if (item->link < 0 || item->open)
            continue;
        Link *link = &flow->links.at[item->link];
        Len owed = item->height - link->fragment->used_before;
        if (item->y + item->height == band->bottom)
            owed = len_max(owed, item->height < band->bottom - band->top ? owed : bottom - link->y);
        Len height = len_min(owed, len_max(bottom - link->y, 0));
        if (height <= link->fragment->height || item->box->kind == BOX_REPLACED)
            continue;
        Fragment *taller = arena_copy(flow->job->fragments, link->fragment, sizeof *taller);
        taller->height = height;
        link->fragment = taller;
    }
}

typedef struct {
    bool open, any;
    Appeal appeal;
    uint16_t forced;
    Len bottom;
} BandEnd;

static BandEnd lay_band(Bands *b, int n, const BreakToken *resume)
{
    Flow *flow = b->flow;
    const Band *band = &b->bands[n];
    Len top = flow->y, used = resume ? resume->row_used : 0, room = flow_room(flow, 0);
    bool frame_top = top == 0 || (flow->resume && top == flow->content_y && !flow->placed);
    BandEnd end = {.appeal = APPEAL_PERFECT, .bottom = top};
    for (int i = band->first; i < band->first + band->count; i++) {
        BandItem *item = &b->items[i];
        const BreakToken *token = token_of(resume, item->box);
        item->open = false;
        item->bottom = NONE;
        item->link = -1;
        if (resume && !token)
            continue;
        bool inside = token && token->kind == TOKEN_INSIDE;
        Len y = inside ? top : below_others(b, band, item, len_max(top, top + item->y - band->top - used));
        bool first = frame_top && y == top;
        Result got = {.shortage = LEN_MAX};
        if (y != NONE && (y < room || first))
            got = lay_item(b, item, y, first, inside ? token : NULL);
        flow->shortage = len_min(flow->shortage, got.shortage);
        if (!got.fragment) {
            push(b, inside ? token : token_new(flow->job, item->box, TOKEN_BEFORE));
            item->open = end.open = true;
            if (y != NONE && y < room)
                end.appeal = (Appeal)len_min(end.appeal, y > top ? APPEAL_AVOID : APPEAL_LAST_RESORT);
            continue;
        }
        item->link = flow->links.count;
        flow_take(flow, &got, got.fragment, item->x, y);
        end.any = true;
        item->bottom = y + got.fragment->height;
        end.bottom = len_max(end.bottom, item->bottom);
        if (got.rest)
            push(b, got.rest);
        if (got.rest && !got.rest->parallel) {
            item->open = end.open = true;
            end.appeal = (Appeal)len_min(end.appeal, got.appeal);
            end.forced = got.forced ? got.forced : end.forced;
        }
    }
    end.bottom = len_max(end.bottom, top + band->bottom - band->top - used);
    if (end.open && room < LEN_MAX / 2)
        end.bottom = len_max(room, top);
    stretch_items(b, band, end.bottom);
    return end;
}

/* What still runs beside its band from an earlier frame. */
static void lay_beside(Bands *b, const BreakToken *resume)
{
    for (int i = 0; resume && i < b->count; i++) {
        const BreakToken *token = token_of(resume, b->items[i].box);
        if (!token || b->items[i].band == resume->row || (resume->all_seen ? false : !token->parallel))
            continue;
        Result got = lay_item(b, &b->items[i], b->flow->content_y, true, token);
        if (got.fragment)
            flow_take(b->flow, &got, got.fragment, b->items[i].x, b->flow->content_y);
        if (got.rest || !got.fragment)
            push(b, got.rest ? got.rest : token);
    }
}

static Stop lay_bands(Bands *b, const BreakToken *resume)
{
    Flow *flow = b->flow;
    int start = resume ? resume->row : 0;
    lay_beside(b, resume);
    for (int n = start; n < b->band_count; n++) {
        const Band *band = &b->bands[n];
        const BreakToken *on = resume && n == start && resume->count ? resume : NULL;
        bool obeyed = on && on->row_used == 0;
        Len before_y = flow->y;
        if (n > start)
            flow->y += band->top - b->bands[n - 1].bottom;
        else if (n == 0 && !on)
            flow->y += band->top;
        Appeal here = appeal_before(b, n);
        uint16_t forced = n > start && !obeyed ? forced_before(b, n) : 0;
        bool stopped = flow->space->stop.box == b->items[band->first].box->id && n > start;
        if (forced || stopped)
            return cut_before_band(b, n, forced ? APPEAL_PERFECT : here, forced);
        int links = flow->links.count, tokens = flow->tokens.count;
        Pending *pending = flow->pending;
        Len baseline = flow->baseline, last = flow->last_baseline;
        BandEnd end = lay_band(b, n, on);
        if (end.open && !end.forced && n > start && (end.appeal < here || !end.any)) {
            flow->links.count = links;
            flow->tokens.count = tokens;
            flow->pending = pending;
            flow->baseline = baseline;
            flow->last_baseline = last;
            flow->y = before_y;
            return cut_before_band(b, n, here, 0);
        }
        if (!end.any && end.open && !flow->space->at_top && !flow->resume)
            return (Stop){.refused = true, .appeal = APPEAL_LAST_RESORT};
        Len used = flow_room(flow, flow->y);
        flow->y = end.bottom;
        flow->placed = flow->placed || end.any;
        if (end.open)
            return (Stop){.cut = true,
                          .rest = band_token(b, n, len_max(1, (on ? on->row_used : 0) + used)),
                          .appeal = end.appeal,
                          .forced = end.forced};
        if (n > start && here >= flow->best.appeal)
            flow->best = (Cut){b->items[band->first].box->id, 0, here};
    }
    return (Stop){.appeal = APPEAL_PERFECT};
}

Result layout_in_bands(Layout *job, const Box *box, const Space *space, const BreakToken *resume,
                       Result (*whole)(Layout *job, const Box *box, const Space *space))
{
    if (resume && resume->kind == TOKEN_BEFORE)
        resume = NULL;
    if (!space->frame && !resume)
        return whole(job, box, space);
    Space free = space_unbreakable(space);
    Result got = whole(job, box, &free);
    bool fits = got.fragment->height <= space->room;
    if ((box->is & BOX_IS_MONOLITHIC) && !fits && !space->at_top)
        return (Result){.shortage = got.fragment->height - space->room, .tallest = got.fragment->height};
    if (!resume && fits && !(box->has & BOX_HAS_FORCED_BREAK))
        return got;
    if (box->is & BOX_IS_MONOLITHIC)
        return got;
    Flow flow = flow_begin(job, box, space, resume);
    flow.at_start = false;
    Bands bands = {.flow = &flow};
    collect(&bands, got.fragment);
    if (!resume && fits && !has_forced(&bands))
        return got;
    if (flow.content_y > space->room && !space->at_top && !resume)
        return (Result){.shortage = flow.content_y - space->room};
    if (!resume)
        pend_positioned_children(&flow);
    Stop stop = resume && resume->all_seen ? (Stop){.appeal = APPEAL_PERFECT} : lay_bands(&bands, resume);
    if (resume && resume->all_seen)
        lay_beside(&bands, resume);
    return flow_finish(&flow, stop);
}
