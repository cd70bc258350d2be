/* Floats of a block formatting context: a list from the newest back, each knowing how far down all
 * older ones reach, so that a query stops where none can matter. CSS 2.2 9.5.1. */
#include "layout/internal.h"

void exclusions_band(const Exclusions *floats, Len y, Len height, Len *left, Len *right)
{
    Len below = len_add(y, height > 0 ? height : 1);
    for (; floats && floats->max_bottom > y; floats = floats->older) {
        if (floats->bottom <= y || floats->top >= below || floats->bottom <= floats->top)
            continue;
        if (floats->left)
            *left = len_max(*left, floats->x1);
        else
            *right = len_min(*right, floats->x0);
    }
}

Len exclusions_next(const Exclusions *floats, Len y)
{
    Len next = LEN_MAX;
    for (; floats && floats->max_bottom > y; floats = floats->older)
        if (floats->bottom > y && floats->bottom < next)
            next = floats->bottom;
    return next;
}

void exclusions_place(const Exclusions *floats, bool left, Len y, Len width, Len edge_left, Len edge_right, Len *x,
                      Len *top)
{
    if (floats)
        y = len_max(y, floats->lowest_top);
    for (;;) {
        Len from = edge_left, to = edge_right;
        exclusions_band(floats, y, 1, &from, &to);
        Len next = exclusions_next(floats, y);
        bool alone = from == edge_left && to == edge_right;
        if (width <= to - from || alone || next == LEN_MAX) {
            *x = left ? from : to - width;
            *top = y;
            return;
        }
        y = next;
    }
}

const Exclusions *exclusions_add(Arena *arena, const Exclusions *floats, bool left, Len x0, Len x1, Len top, Len bottom)
{
    Exclusions *added = NEW(arena, Exclusions);
    *added = (Exclusions){floats, left, x0, x1, top, bottom, bottom, left ? bottom : -LEN_MAX, left ? -LEN_MAX : bottom,
                          top};
    if (floats) {
        added->max_bottom = len_max(bottom, floats->max_bottom);
        added->left_bottom = len_max(added->left_bottom, floats->left_bottom);
        added->right_bottom = len_max(added->right_bottom, floats->right_bottom);
        added->lowest_top = len_max(top, floats->lowest_top);
    }
    return added;
}

Len exclusions_clear(const Exclusions *floats, bool left, bool right)
{
    Len edge = -LEN_MAX;
    if (floats && left)
        edge = len_max(edge, floats->left_bottom);
    if (floats && right)
        edge = len_max(edge, floats->right_bottom);
    return edge;
}
