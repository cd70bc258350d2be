/* The one entry of layout, and a flow's root. layout.md 1, 4. */
#include "layout/internal.h"

static Result lay_out(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    switch ((BoxKind)box->kind) {
    case BOX_REPLACED: return layout_replaced(job, box, space);
    case BOX_FLEX: return layout_flex(job, box, space, resume);
    case BOX_GRID: return layout_grid(job, box, space, resume);
    case BOX_TABLE: return layout_table(job, box, space, resume);
    case BOX_COLUMNS: return layout_columns(job, box, space, resume);
    default: return layout_block(job, box, space, resume);
    }
}

static bool is_unbreakable(const Box *box)
{
    return box->kind == BOX_REPLACED || box->kind == BOX_TABLE || (box->is & BOX_IS_MONOLITHIC);
}

Result layout_box(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    bool sliced = resume && resume->sliced > 0;
    if (!sliced) {
        Result got = lay_out(job, box, space, resume);
        if (!got.fragment || got.fragment->height <= space->room || !is_unbreakable(box) ||
            !slice_needed(space, got.fragment->height))
            return got;
    }
    Space free = space_unbreakable(space);
    const BreakToken *begun = !sliced ? resume : resume->count ? resume->child[0] : NULL;
    return slice_next(job, box, space, resume, lay_out(job, box, &free, begun));
}

/* Frame after frame goes on at a child further on: a box's children are counted through once. */
const Box *box_child(Layout *job, const Box *box, BoxId id)
{
    bool numbered = box->last < job->box_count && box->id < id && id <= box->last && box->first;
    if (!numbered) {
        const Box *child = box->first;
        while (child && child->id != id)
            child = child->next;
        return child;
    }
    if (!job->children)
        job->children = arena_alloc(job->arena, sizeof *job->children * job->box_count);
    if (job->children[box->first->id].parent != box->id)
        for (const Box *child = box->first; child; child = child->next) {
            job->children[child->id].box = child;
            job->children[child->id].parent = box->id;
        }
    return job->children[id].parent == box->id ? job->children[id].box : NULL;
}

/* Only here appeal is compared: a frame costs at most two layouts. */
Result layout_flow(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    Result got = layout_box(job, box, space, resume);
    bool better = got.fragment && got.rest && !got.rest->parallel && !got.forced && !got.spanner && got.best.box &&
                  got.appeal < got.best.appeal;
    if (!better)
        return got;
    Space again = *space;
    again.stop = got.best;
    Result second = layout_box(job, box, &again, resume);
    second.shortage = len_min(second.shortage, got.shortage);
    return second.fragment ? second : got;
}

/* Replaced boxes are monolithic. */
Result layout_replaced(Layout *job, const Box *box, const Space *space)
{
    Sizes sizes = size_box(job, box, space);
    Fragment *fragment = fragment_new(job, box, FRAGMENT_BOX);
    fragment->border = sizes.border;
    fragment->padding = sizes.padding;
    fragment->width = sizes.width + edges_x(sizes.border) + edges_x(sizes.padding);
    fragment->height = sizes.height + edges_y(sizes.border) + edges_y(sizes.padding);
    Result result = {.fragment = fragment,
                     .appeal = APPEAL_PERFECT,
                     .tallest = fragment->height,
                     .shortage = LEN_MAX,
                     .consumed = fragment->height,
                     .floats = space->floats,
                     .end = strut_join((Strut){0}, sizes.margin.bottom)};
    if (space->frame && fragment->height > space->room && !space->at_top)
        return (Result){.shortage = fragment->height - space->room, .tallest = fragment->height};
    return result;
}
