/* What no break can cut and no page can hold is laid out whole and set in slices, one a page, so that nothing is lost:
 * css-break-3 2 (monolithic), 4.4. A slice ends between lines where it can; a line stands in one slice only. */
#include "layout/internal.h"

enum { BEFORE_ALL = -LEN_MAX / 2, AFTER_ALL = LEN_MAX / 2 };

/* Only what a whole page can't hold: in a column that is shorter it sticks out, as css-multicol-1 8.1 has it. */
bool slice_needed(const Space *space, Len height)
{
    if (!space->frame || !space->at_top || height <= space->room)
        return false;
    const Frame *page = space->frame;
    while (page->outer)
        page = page->outer;
    return page == space->frame || height > page->height;
}

void slice_warn(Layout *job, const Box *box, bool first)
{
    if (first && job->quiet == 0)
        diag_warn(job->diag, "sliced", box->source, "taller than a page: cut into slices");
}

/* ---- where to cut ---- */

static void lower_edge(const Fragment *f, Len y, Len room, Len *edge)
{
    bool whole = (f->kind == FRAGMENT_LINE || f->box->kind == BOX_REPLACED) && f->height <= room;
    if (whole && y < *edge && y + f->height > *edge)
        *edge = y;
    for (int i = 0; !whole && i < f->count; i++)
        lower_edge(f->link[i].fragment, y + f->link[i].y, room, edge);
}

/* The lowest place above from + room that cuts no line and no picture; there if none. */
Len slice_edge(const Fragment *whole, Len from, Len room)
{
    Len edge = from + len_max(room, LEN_PX), last;
    int tries = 0;
    do {
        last = edge;
        lower_edge(whole, 0, room, &edge);
    } while (edge < last && edge > from && ++tries < 64);
    return edge > from && edge == last ? edge : from + len_max(room, LEN_PX);
}

/* ---- the part from `from` to `to` of what has been laid out ---- */

static const Fragment *trim(Layout *job, const Fragment *f, Len from, Len to);

static void trim_into(Layout *job, Fragment *into, Link link, Len from, Len to)
{
    const Fragment *part = trim(job, link.fragment, from - link.y, to - link.y);
    if (!part)
        return;
    Link *links = (Link *)into->link;
    Len shown = part == link.fragment ? 0 : len_max(0, len_min(from - link.y, link.fragment->height));
    links[into->count++] = (Link){part, link.x, link.y + shown};
}

static bool holds(Len y, Len from, Len to) /* a place without extent */
{
    return from <= y && y < to;
}

/* A line with boxes in it that is cut: they are too, its text stands where its baseline is. */
static const Fragment *trim_line(Layout *job, const Fragment *line, Len from, Len to)
{
    const LinePiece *pieces;
    int count = layout_line_pieces(job->fragments, line, &pieces);
    Box *box = NEW(job->fragments, Box);
    box->kind = BOX_BLOCK;
    box->is = BOX_IS_ANONYMOUS;
    box->has = line->box->has;
    box->source = line->box->source;
    box->style = style_anonymous(job->request->styles, line->box->style, KW_BLOCK);
    Fragment *slice = fragment_new(job, box, FRAGMENT_COLUMN);
    slice->width = line->width;
    slice->link = NEW_ARRAY(job->fragments, Link, count + 1);
    if (holds(line->baseline, from, to)) { /* the text, with hollow boxes in the place of those */
        Fragment *text = arena_copy(job->fragments, line, sizeof *text);
        Link *hollow = arena_copy(job->fragments, line->link, sizeof *hollow * (size_t)line->count);
        for (int i = 0; i < line->count; i++) {
            Fragment *atom = arena_copy(job->fragments, hollow[i].fragment, sizeof *atom);
            atom->kind = FRAGMENT_COLUMN;
            atom->count = atom->rule_count = 0;
            hollow[i].fragment = atom;
        }
        text->link = hollow;
        ((Link *)slice->link)[slice->count++] = (Link){text, 0, 0};
    }
    for (int i = 0; i < count; i++)
        if (pieces[i].kind == 'a')
            trim_into(job, slice, (Link){pieces[i].fragment, pieces[i].x, pieces[i].y}, from, to);
    return slice;
}

static const Fragment *trim(Layout *job, const Fragment *f, Len from, Len to)
{
    bool line = f->kind == FRAGMENT_LINE;
    Len top = len_max(0, len_min(from, f->height)), bottom = len_max(top, len_min(to, f->height));
    if (line && f->count == 0)
        return holds(0, from, to) ? f : NULL;
    if (line && from <= 0 && to >= f->height)
        return f;
    Fragment *part = line ? (Fragment *)trim_line(job, f, from, to) : arena_copy(job->fragments, f, sizeof *part);
    if (!line) {
        part->link = NEW_ARRAY(job->fragments, Link, f->count + 1);
        part->count = 0;
        for (int i = 0; i < f->count; i++)
            trim_into(job, part, f->link[i], from, to);
    }
    if (bottom == top && part->count == 0 && !holds(len_min(f->height, 0), from, to))
        return NULL;
    for (int i = 0; i < part->count; i++)
        ((Link *)part->link)[i].y -= top;
    part->height = bottom - top;
    part->baseline = part->last_baseline = NONE;
    if (line)
        return part;
    bool clone = f->box->style->fragmentation->decoration == KW_CLONE;
    part->used_before = f->used_before + top;
    part->full_height = f->full_height ? f->full_height : f->height;
    if (top > 0 && !clone) {
        part->cut |= CUT_BEFORE;
        part->border.top = 0;
    }
    if (bottom < f->height && !clone) {
        part->cut |= CUT_AFTER;
        part->border.bottom = 0;
    }
    return part;
}

/* from 0: all above belongs to it; to the whole height or more: all below too. */
const Fragment *slice_trim(Layout *job, const Fragment *whole, Len from, Len to)
{
    Fragment *slice = (Fragment *)trim(job, whole, from <= 0 ? BEFORE_ALL : from, to >= whole->height ? AFTER_ALL : to);
    return slice ? slice : fragment_new(job, whole->box, FRAGMENT_COLUMN);
}

/* The next slice of a box that was laid out whole. resume: of slices, with the token the box was begun from below. */
Result slice_next(Layout *job, const Box *box, const Space *space, const BreakToken *resume, Result whole)
{
    Len from = resume && resume->sliced ? resume->sliced : 0, height = whole.fragment->height;
    bool all = !space->frame || height - from <= space->room;
    Len to = all ? height : slice_edge(whole.fragment, from, space->room);
    slice_warn(job, box, from == 0);
    Result got = whole;
    got.fragment = slice_trim(job, whole.fragment, from, to);
    got.consumed = to - from;
    got.best = (Cut){0};
    if (from > 0)
        got.pending = NULL;
    if (all)
        return got;
    BreakToken *rest = token_new(job, box, TOKEN_INSIDE);
    const BreakToken *begun = resume && resume->sliced ? (resume->count ? resume->child[0] : NULL) : resume;
    const BreakToken **below = NEW_ARRAY(job->fragments, const BreakToken *, 1);
    below[0] = begun;
    rest->child = below;
    rest->count = begun ? 1 : 0;
    rest->sliced = rest->used = to;
    rest->sequence = (uint16_t)(resume ? resume->sequence + 1 : 1);
    got.rest = rest;
    got.end = (Strut){0};
    got.appeal = APPEAL_LAST_RESORT;
    got.shortage = height - to;
    return got;
}
