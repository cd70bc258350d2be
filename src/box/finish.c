/* The finished tree numbered, and told what its subtrees have: breaks joined (css-break-4 3.1), pages, marks. */
#include "box/internal.h"

static bool is_forced(uint16_t value)
{
    return value == KW_PAGE || value == KW_COLUMN || value == KW_LEFT || value == KW_RIGHT || value == KW_RECTO ||
           value == KW_VERSO || value == KW_ALWAYS || value == KW_ALL;
}

/* Of two values at one place: sides beat page beats column beats avoid; of two sides the later (css-break-4 3.1). */
static int break_rank(uint16_t value)
{
    switch (value) {
    case KW_LEFT:
    case KW_RIGHT:
    case KW_RECTO:
    case KW_VERSO: return 4;
    case KW_PAGE:
    case KW_ALL: return 3;
    case KW_ALWAYS:
    case KW_COLUMN: return 2;
    case KW_AUTO: return 0;
    default: return 1;
    }
}

static uint16_t join_breaks(uint16_t first, uint16_t later)
{
    return break_rank(later) >= break_rank(first) ? later : first;
}

void box_finish(Box *box, BoxId *next)
{
    box->id = (*next)++;
    if (box->is & BOX_IS_FLOAT)
        box->has |= BOX_HAS_FLOATS;
    if (box->is & BOX_IS_ABSPOS)
        box->has |= BOX_HAS_ABSPOS;
    if (box->is & BOX_IS_SPANNER)
        box->has |= BOX_HAS_SPANNER;
    if (box->marks)
        box->has |= BOX_HAS_MARKS;
    if (box->slot)
        box->has |= BOX_HAS_PAGE_FACT;
    if (box->style->box->snap_height)
        box->has |= BOX_HAS_SNAPPED;
    if (box->style->box->clear != KW_NONE)
        box->has |= BOX_HAS_CLEAR;
    if (box->marker)
        box_finish((Box *)box->marker, next);
    for (int i = 0; box->lines && i < box->lines->count; i++) {
        const InlineItem *item = &box->lines->items[i];
        if (item->kind == INLINE_CLOSE || (item->kind == INLINE_OPEN && item->box->id != 0))
            continue;
        box_finish((Box *)item->box, next);
        box->has |= item->box->has;
    }
    Box *last = NULL;
    for (Box *child = (Box *)box->first; child; child = (Box *)child->next) {
        box_finish(child, next);
        bool hides_spanners = (child->is & BOX_IS_NEW_FC) && !(child->is & BOX_IS_SPANNER);
        box->has |= hides_spanners ? child->has & ~(uint32_t)BOX_HAS_SPANNER : child->has;
        last = child;
    }
    const Value *page = box->style->fragmentation->page;
    Name own = page && page->kind != VALUE_KEYWORD ? page->text : page && page->text ? page->text : NULL;
    box->page_start = box->page_end = own;
    bool joins = box->kind == BOX_BLOCK || box->kind == BOX_COLUMNS;
    if (last && joins && !(box->is & BOX_IS_MONOLITHIC)) {
        if (!(box->first->is & (BOX_IS_FLOAT | BOX_IS_ABSPOS)) && box->kind != BOX_COLUMNS) {
            box->break_before = join_breaks(box->break_before, box->first->break_before);
            box->break_after = join_breaks(last->break_after, box->break_after);
        }
        if (box->first->page_start)
            box->page_start = box->first->page_start;
        if (last->page_end)
            box->page_end = last->page_end;
    }
    for (const Box *child = box->first; child; child = child->next)
        if (is_forced(child->break_before) || is_forced(child->break_after) || (child->has & BOX_HAS_FORCED_BREAK))
            box->has |= BOX_HAS_FORCED_BREAK;
    box->last = *next - 1;
}
