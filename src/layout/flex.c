/* Flexible boxes: css-flexbox-1 9, css-align-3. All is laid out unbroken; a container that doesn't fit its frame is broken
 * between its lines, and inside where it must: bands.c. */
#include "layout/internal.h"

#include <stdlib.h>

typedef struct {
    const Box *box;
    int order, index;
    Edges margin;
    bool auto_before, auto_after, auto_cross_before, auto_cross_after; /* margins */
    Len base, hypothetical, main, cross;                               /* border box */
    Len least, most;
    bool frozen;
    int64_t violation;
    const Fragment *fragment;
    Pending *pending;
    Len main_at, cross_at;
} Item;
typedef struct {
    int first, count;
    Len main, cross, at, baseline;
} FlexLine;
typedef struct {
    Flow *flow;
    bool row, reverse;
    Len main_gap, cross_gap;
    Len main_size; /* content box; NONE: as the content */
    Len cross_size;
    Item *items;
    int count;
    FlexLine *lines;
    int line_count;
} Flex;

uint16_t align_word(const Value *value)
{
    if (!value)
        return 0;
    if (value->kind == VALUE_LIST)
        return value->count ? value->items[value->count - 1].keyword : 0;
    return value->keyword;
}

static uint16_t item_alignment(const Flex *f, const Item *item)
{
    uint16_t own = align_word(item->box->style->flex->align_self);
    if (own == 0 || own == KW_AUTO)
        own = align_word(f->flow->box->style->flex->align_items);
    return own == 0 || own == KW_NORMAL ? KW_STRETCH : own;
}

static Len main_edges(const Flex *f, const Box *box)
{
    Edges border = used_border(box->style), padding = used_padding(box->style, f->flow->sizes.width);
    return f->row ? edges_x(border) + edges_x(padding) : edges_y(border) + edges_y(padding);
}

static Len outer_main(const Flex *f, const Item *item)
{
    return f->row ? edges_x(item->margin) : edges_y(item->margin);
}

static Len outer_cross(const Flex *f, const Item *item)
{
    return f->row ? edges_y(item->margin) : edges_x(item->margin);
}

static Space item_space(const Flex *f, const Item *item)
{
    Space space = flow_space(f->flow, item->box, 0);
    space = space_unbreakable(&space);
    space.floats = NULL;
    space.columns = false;
    space.percent_height = f->row ? f->cross_size : f->main_size;
    space.width_rule = RULE_FIT;
    return space;
}

/* A size as written, as a border box size; NONE: automatic. */
static Len definite(const Flex *f, const Item *item, Size size)
{
    Len base = f->row ? f->flow->sizes.width : f->main_size;
    if (size.keyword || (size.has_percent && base == NONE))
        return NONE;
    Len value = size_resolve(size, base), edges = main_edges(f, item->box);
    return item->box->style->box->sizing == KW_BORDER_BOX ? len_max(value, edges) : value + edges;
}

static Len content_main(const Flex *f, const Item *item, bool least)
{
    Len min, max;
    if (f->row) {
        if (item->box->kind == BOX_REPLACED) {
            Space space = item_space(f, item);
            Len w, h;
            size_replaced(f->flow->job, item->box, &space, &w, &h);
            return w + main_edges(f, item->box);
        }
        layout_intrinsic(f->flow->job, item->box, &min, &max);
        return least ? min : max;
    }
    Space space = item_space(f, item);
    uint16_t align = item_alignment(f, item);
    if (align == KW_STRETCH && item->box->style->box->width.keyword == KW_AUTO && item->box->kind != BOX_REPLACED) {
        space.width = len_max(0, f->flow->sizes.width - edges_x(item->margin));
        space.width_rule = RULE_EXACT;
    }
    space.height_rule = RULE_FIT;
    Box plain = *item->box;
    Style style = *plain.style;
    StyleBox sized = *style.box;
    if (sized.height.keyword == 0) {
        sized.height = (Size){.keyword = KW_AUTO};
        style.box = arena_copy(f->flow->job->fragments, &sized, sizeof sized);
        plain.style = arena_copy(f->flow->job->fragments, &style, sizeof style);
    }
    return layout_box(f->flow->job, arena_copy(f->flow->job->fragments, &plain, sizeof plain), &space, NULL)
        .fragment->height;
}

static void measure_item(Flex *f, Item *item)
{
    const StyleBox *style = item->box->style->box;
    const StyleFlex *flex = item->box->style->flex;
    item->margin = used_margin(item->box->style, f->flow->sizes.width);
    bool left = style->margin_left.keyword == KW_AUTO, right = style->margin_right.keyword == KW_AUTO;
    bool top = style->margin_top.keyword == KW_AUTO, bottom = style->margin_bottom.keyword == KW_AUTO;
    item->auto_before = f->row ? left : top;
    item->auto_after = f->row ? right : bottom;
    item->auto_cross_before = f->row ? top : left;
    item->auto_cross_after = f->row ? bottom : right;
    Size own = f->row ? style->width : style->height;
    Len specified = definite(f, item, own);
    Size basis = flex->basis;
    Len base = basis.keyword == KW_AUTO ? specified : basis.keyword ? NONE : definite(f, item, basis);
    item->base = base != NONE ? base : content_main(f, item, basis.keyword == KW_MIN_CONTENT);
    Size least = f->row ? style->min_width : style->min_height, most = f->row ? style->max_width : style->max_height;
    Len edges = main_edges(f, item->box);
    item->most = most.keyword ? LEN_MAX : definite(f, item, most);
    if (item->most == NONE)
        item->most = LEN_MAX;
    bool scrolls = f->row ? style->overflow_x != KW_VISIBLE : style->overflow_y != KW_VISIBLE;
    if (least.keyword == KW_AUTO && !scrolls) { /* css-flexbox-1 4.5 */
        Len content = len_min(content_main(f, item, true), item->most);
        item->least = specified != NONE ? len_min(content, specified) : content;
    } else {
        item->least = least.keyword ? edges : definite(f, item, least);
    }
    item->least = len_max(item->least == NONE ? 0 : item->least, edges);
    item->hypothetical = len_max(len_min(item->base, item->most), item->least);
}

static int by_order(const void *a, const void *b)
{
    const Item *x = a, *y = b;
    return x->order != y->order ? (x->order < y->order ? -1 : 1) : x->index - y->index;
}

bool holds_only_positioned(const Box *child) /* an anonymous block that holds nothing but abspos boxes */
{
    return (child->is & BOX_IS_ANONYMOUS) && child->lines && child->lines->empty;
}

void pend_positioned_children(Flow *flow)
{
    for (const Box *child = flow->box->first; child; child = child->next)
        for (int i = 0; holds_only_positioned(child) && i < child->lines->count; i++)
            if (child->lines->items[i].kind == INLINE_ABSPOS)
                flow_pend(flow, PENDING_ABSPOS, child->lines->items[i].box, flow->content_x, flow->content_y,
                          flow->sizes.width);
}

static void collect_items(Flex *f)
{
    Flow *flow = f->flow;
    f->items = NEW_ARRAY(flow->job->fragments, Item, flow->box->child_count + 1);
    pend_positioned_children(flow);
    for (const Box *child = flow->box->first; child; child = child->next) {
        if (holds_only_positioned(child))
            continue;
        f->items[f->count] = (Item){.box = child, .order = child->style->flex->order, .index = f->count};
        f->count++;
    }
    qsort(f->items, (size_t)f->count, sizeof *f->items, by_order);
    for (int i = 0; i < f->count; i++)
        measure_item(f, &f->items[i]);
}

static void collect_lines(Flex *f)
{
    bool wraps = f->flow->box->style->flex->wrap != KW_NOWRAP && f->main_size != NONE;
    f->lines = NEW_ARRAY(f->flow->job->fragments, FlexLine, f->count + 1);
    for (int i = 0; i < f->count; i++) {
        Len outer = f->items[i].hypothetical + outer_main(f, &f->items[i]);
        FlexLine *line = f->line_count ? &f->lines[f->line_count - 1] : NULL;
        if (!line || (wraps && line->count > 0 && (int64_t)line->main + f->main_gap + outer > f->main_size)) {
            line = &f->lines[f->line_count++];
            *line = (FlexLine){.first = i, .main = outer, .count = 1};
            continue;
        }
        line->main = len_add(line->main, f->main_gap + outer);
        line->count++;
    }
}

/* css-flexbox-1 9.7 */
static void flex_line(Flex *f, FlexLine *line)
{
    Item *items = &f->items[line->first];
    Len size = f->main_size;
    if (size == NONE)
        size = line->main;
    bool grows = line->main < size;
    for (int i = 0; i < line->count; i++) {
        items[i].main = items[i].hypothetical;
        int32_t factor = grows ? items[i].box->style->flex->grow : items[i].box->style->flex->shrink;
        items[i].frozen =
            factor == 0 || (grows ? items[i].base > items[i].hypothetical : items[i].base < items[i].hypothetical);
    }
    for (int round = 0; round <= line->count; round++) {
        int64_t left = size - (int64_t)f->main_gap * (line->count - 1), factors = 0, weights = 0;
        int open = 0;
        for (int i = 0; i < line->count; i++) {
            left -= outer_main(f, &items[i]) + (items[i].frozen ? items[i].main : items[i].base);
            if (items[i].frozen)
                continue;
            open++;
            int64_t factor = grows ? items[i].box->style->flex->grow : items[i].box->style->flex->shrink;
            factors += factor;
            weights += grows ? factor : factor * (items[i].base >> 4);
        }
        if (open == 0)
            break;
        if (factors < RATIO_ONE)
            left = left * factors / RATIO_ONE;
        int64_t total = 0, done = 0;
        Len given = 0;
        for (int i = 0; i < line->count; i++) {
            if (items[i].frozen)
                continue;
            int64_t factor = grows ? items[i].box->style->flex->grow : items[i].box->style->flex->shrink;
            done += grows ? factor : factor * (items[i].base >> 4);
            Len until = weights ? (Len)((__int128)left * done / weights) : 0;
            Len target = items[i].base + until - given;
            given = until;
            Len clamped = len_max(len_min(target, items[i].most), items[i].least);
            items[i].violation = (int64_t)clamped - target;
            items[i].main = clamped;
            total += items[i].violation;
        }
        for (int i = 0; i < line->count; i++)
            if (!items[i].frozen)
                items[i].frozen = total == 0 || (total > 0 ? items[i].violation > 0 : items[i].violation < 0);
    }
}

static void lay_item(Flex *f, Item *item, Len cross)
{
    Space space = item_space(f, item);
    if (f->row) {
        space.width = item->main;
        space.width_rule = RULE_EXACT;
        if (cross != NONE) {
            space.height = cross;
            space.height_rule = RULE_EXACT;
        }
    } else {
        space.height = item->main;
        space.height_rule = RULE_EXACT;
        space.width = cross != NONE ? cross : len_max(0, f->flow->sizes.width - edges_x(item->margin));
        space.width_rule = cross != NONE ? RULE_EXACT : RULE_FIT;
    }
    Result got = layout_box(f->flow->job, item->box, &space, NULL);
    item->fragment = got.fragment;
    item->pending = got.pending;
    item->cross = f->row ? got.fragment->height : got.fragment->width;
}

static Len item_baseline(const Flex *f, const Item *item)
{
    const Fragment *fragment = item->fragment;
    return item->margin.top + (f->row && fragment->baseline != NONE ? fragment->baseline : fragment->height);
}

static bool can_stretch(const Flex *f, const Item *item)
{
    Size cross = f->row ? item->box->style->box->height : item->box->style->box->width;
    return item_alignment(f, item) == KW_STRETCH && cross.keyword == KW_AUTO && !item->auto_cross_before &&
           !item->auto_cross_after;
}

static void size_cross(Flex *f)
{
    for (int l = 0; l < f->line_count; l++) {
        FlexLine *line = &f->lines[l];
        Len above = 0, below = 0;
        for (int i = line->first; i < line->first + line->count; i++) {
            Item *item = &f->items[i];
            bool column_stretch = !f->row && can_stretch(f, item) && item->box->kind != BOX_REPLACED;
            lay_item(f, item,
                     column_stretch && f->line_count == 1 ? len_max(0, f->flow->sizes.width - edges_x(item->margin))
                                                          : NONE);
            if (item_alignment(f, item) == KW_BASELINE && f->row) {
                above = len_max(above, item_baseline(f, item));
                below = len_max(below, item->cross + outer_cross(f, item) - item_baseline(f, item));
            } else {
                line->cross = len_max(line->cross, item->cross + outer_cross(f, item));
            }
        }
        line->baseline = above;
        line->cross = len_max(line->cross, above + below);
    }
    if (f->line_count == 1 && f->flow->box->style->flex->wrap == KW_NOWRAP && f->cross_size != NONE)
        f->lines[0].cross = f->cross_size;
    if (f->row && f->line_count == 1 && f->flow->box->style->flex->wrap == KW_NOWRAP)
        f->lines[0].cross = len_max(f->flow->sizes.min_height, len_min(f->lines[0].cross, f->flow->sizes.max_height));
}

/* Free space before the first, and between: justify-content, align-content. */
void align_content(uint16_t align, Len room, int count, bool reverse, Len *before, Len *between)
{
    *before = *between = 0;
    bool start = align == 0 || align == KW_NORMAL || align == KW_FLEX_START || align == KW_START || align == KW_LEFT ||
                 align == KW_STRETCH;
    if ((start && !reverse) || count == 0)
        return;
    if (start && reverse) {
        *before = 0;
        return;
    }
    switch (align) {
    case KW_FLEX_END:
    case KW_END:
    case KW_RIGHT: *before = room; break;
    case KW_CENTER: *before = room / 2; break;
    case KW_SPACE_BETWEEN: *between = room > 0 && count > 1 ? room / (count - 1) : 0; break;
    case KW_SPACE_AROUND:
        *between = room > 0 ? room / count : 0;
        *before = room > 0 ? *between / 2 : room / 2;
        break;
    case KW_SPACE_EVENLY:
        *between = room > 0 ? room / (count + 1) : 0;
        *before = room > 0 ? *between : room / 2;
        break;
    default: break;
    }
}

static void place_lines(Flex *f)
{
    const StyleFlex *style = f->flow->box->style->flex;
    bool wrap_reverse = style->wrap == KW_WRAP_REVERSE;
    Len used = f->cross_gap * (f->line_count > 0 ? f->line_count - 1 : 0);
    for (int l = 0; l < f->line_count; l++)
        used += f->lines[l].cross;
    Len size = f->cross_size == NONE ? used : f->cross_size, room = size - used;
    uint16_t align = align_word(style->align_content);
    bool multi = style->wrap != KW_NOWRAP;
    if (multi && (align == 0 || align == KW_NORMAL || align == KW_STRETCH) && room > 0)
        for (int l = 0; l < f->line_count; l++)
            f->lines[l].cross += len_scale(room, l + 1, f->line_count) - len_scale(room, l, f->line_count);
    Len before = 0, between = 0;
    if (multi && align && align != KW_STRETCH && align != KW_NORMAL)
        align_content(align, room, f->line_count, false, &before, &between);
    Len at = before;
    for (int l = 0; l < f->line_count; l++) {
        f->lines[l].at = wrap_reverse ? size - at - f->lines[l].cross : at;
        at += f->lines[l].cross + f->cross_gap + between;
    }
    f->cross_size = size;
}

static void place_cross(Flex *f, const FlexLine *line, Item *item)
{
    Len room = line->cross - item->cross - outer_cross(f, item);
    Len start = f->row ? item->margin.top : item->margin.left;
    Len move = 0;
    bool flipped = f->flow->box->style->flex->wrap == KW_WRAP_REVERSE;
    if (item->auto_cross_before || item->auto_cross_after) {
        move = room <= 0                                           ? 0
               : item->auto_cross_before && item->auto_cross_after ? room / 2
               : item->auto_cross_before                           ? room
                                                                   : 0;
    } else {
        switch (item_alignment(f, item)) {
        case KW_FLEX_END: move = flipped ? 0 : room; break;
        case KW_END:
        case KW_SELF_END: move = room; break;
        case KW_CENTER: move = room / 2; break;
        case KW_BASELINE: move = f->row ? line->baseline - item_baseline(f, item) : 0; break;
        case KW_FLEX_START:
        case KW_STRETCH: move = flipped ? room : 0; break;
        default: break;
        }
    }
    item->cross_at = line->at + start + move;
}

static void place_main(Flex *f, const FlexLine *line)
{
    Item *items = &f->items[line->first];
    Len used = f->main_gap * (line->count - 1);
    int autos = 0;
    for (int i = 0; i < line->count; i++) {
        used += items[i].main + outer_main(f, &items[i]);
        autos += items[i].auto_before + items[i].auto_after;
    }
    Len room = (f->main_size == NONE ? used : f->main_size) - used, before = 0, between = 0;
    if (autos == 0)
        align_content(align_word(f->flow->box->style->flex->justify_content), room, line->count, f->reverse, &before,
                      &between);
    Len at = before;
    for (int i = 0; i < line->count; i++) {
        Item *item = &items[i];
        Len share = autos && room > 0 ? room / autos : 0;
        at += (f->row ? item->margin.left : item->margin.top) + (item->auto_before ? share : 0);
        item->main_at = at;
        at += item->main + (f->row ? item->margin.right : item->margin.bottom) + (item->auto_after ? share : 0) +
              f->main_gap + between;
    }
}

static Len finish_item(Flex *f, const FlexLine *line, Item *item, Len main_total)
{
    if (can_stretch(f, item) && (f->row || f->line_count > 1 || item->box->kind == BOX_REPLACED)) {
        Len cross = len_max(0, line->cross - outer_cross(f, item));
        const StyleBox *style = item->box->style->box;
        Size least = f->row ? style->min_height : style->min_width,
             most = f->row ? style->max_height : style->max_width;
        Len base = f->row ? f->cross_size : f->flow->sizes.width;
        if (!most.keyword)
            cross =
                len_min(cross, size_resolve(most, base == NONE ? 0 : base) + (style->sizing == KW_BORDER_BOX ? 0 : 0));
        if (!least.keyword)
            cross = len_max(cross, size_resolve(least, base == NONE ? 0 : base));
        if (cross != item->cross)
            lay_item(f, item, cross);
    }
    place_cross(f, line, item);
    Len main_at = f->reverse ? main_total - item->main_at - item->main : item->main_at;
    Len x = f->flow->content_x + (f->row ? main_at : item->cross_at),
        y = f->flow->content_y + (f->row ? item->cross_at : main_at);
    Result got = {.fragment = item->fragment, .pending = item->pending, .shortage = LEN_MAX};
    flow_take(f->flow, &got, item->fragment, x, y);
    return f->row ? y + item->cross : y + item->main;
}

static Result lay_flex(Layout *job, const Box *box, const Space *space)
{
    Flow flow = flow_begin(job, box, space, NULL);
    flow.at_start = false;
    const StyleFlex *style = box->style->flex;
    const StyleFragmentation *gaps = box->style->fragmentation;
    Flex f = {.flow = &flow};
    f.row = style->direction == KW_ROW || style->direction == KW_ROW_REVERSE;
    f.reverse = style->direction == KW_ROW_REVERSE || style->direction == KW_COLUMN_REVERSE;
    if (f.row && box->style->text->direction == KW_RTL)
        f.reverse = !f.reverse;
    Len column_gap = gaps->column_gap.keyword ? 0 : size_resolve(gaps->column_gap, flow.sizes.width);
    Len row_gap =
        gaps->row_gap.keyword ? 0 : size_resolve(gaps->row_gap, flow.sizes.height == NONE ? 0 : flow.sizes.height);
    f.main_gap = f.row ? column_gap : row_gap;
    f.cross_gap = f.row ? row_gap : column_gap;
    f.main_size = f.row ? flow.sizes.width : flow.sizes.height;
    f.cross_size = f.row ? flow.sizes.height : flow.sizes.width;
    collect_items(&f);
    if (!f.row && f.main_size == NONE && flow.sizes.max_height < LEN_MAX) {
        Len total = 0;
        for (int i = 0; i < f.count; i++)
            total += f.items[i].hypothetical + outer_main(&f, &f.items[i]) + (i ? f.main_gap : 0);
        if (total > flow.sizes.max_height)
            f.main_size = flow.sizes.max_height;
    }
    collect_lines(&f);
    for (int l = 0; l < f.line_count; l++)
        flex_line(&f, &f.lines[l]);
    Len main_total = f.main_size;
    if (main_total == NONE) {
        main_total = 0;
        for (int l = 0; l < f.line_count; l++)
            main_total = len_max(main_total, f.lines[l].main);
        main_total = len_max(main_total, flow.sizes.min_height);
        if (main_total > 0 && flow.sizes.min_height > 0) {
            f.main_size = main_total;
            for (int l = 0; l < f.line_count; l++)
                flex_line(&f, &f.lines[l]);
        }
    }
    size_cross(&f);
    place_lines(&f);
    Len bottom = flow.content_y;
    for (int l = 0; l < f.line_count; l++) {
        place_main(&f, &f.lines[l]);
        for (int i = f.lines[l].first; i < f.lines[l].first + f.lines[l].count; i++)
            bottom = len_max(bottom, finish_item(&f, &f.lines[l], &f.items[i], main_total));
    }
    flow.y = flow.content_y + (f.row ? f.cross_size : main_total);
    if (f.row && f.count == 0)
        flow.y = flow.content_y;
    flow.placed = true;
    return flow_finish(&flow, (Stop){.appeal = APPEAL_PERFECT});
}

Result layout_flex(Layout *job, const Box *box, const Space *space, const BreakToken *resume)
{
    return layout_in_bands(job, box, space, resume, lay_flex);
}
