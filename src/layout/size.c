/* Sizes of boxes: CSS 2.2 10.3 - 10.7, css-sizing-3, aspect ratios. Replaced boxes and all others
 * resolve preferred size, ratio and limits here. */
#include "layout/internal.h"

/* An edge is at most 23 m wide, so that the edges of a box and its content add up. */
enum { EDGE_MOST = 1 << 26 };

static Len edge(Len width)
{
    return len_max(-EDGE_MOST, len_min(width, EDGE_MOST));
}

Edges used_border(const Style *style)
{
    const StyleDecoration *d = style->decoration;
    return (Edges){edge(d->border_top_width), edge(d->border_right_width), edge(d->border_bottom_width),
                   edge(d->border_left_width)};
}

static Len positive(Size size, Len base)
{
    return len_max(0, edge(size_resolve(size, base)));
}

Edges used_padding(const Style *style, Len base)
{
    const StyleBox *b = style->box;
    return (Edges){positive(b->padding_top, base), positive(b->padding_right, base), positive(b->padding_bottom, base),
                   positive(b->padding_left, base)};
}

Edges used_margin(const Style *style, Len base)
{
    const StyleBox *b = style->box;
    return (Edges){edge(size_resolve(b->margin_top, base)), edge(size_resolve(b->margin_right, base)),
                   edge(size_resolve(b->margin_bottom, base)), edge(size_resolve(b->margin_left, base))};
}

/* A width as written, as a content width; NONE for auto. */
static Len specified_width(Layout *job, const Box *box, Size size, Len base, Len edges)
{
    Len min, max;
    switch (size.keyword) {
    case 0: break;
    case KW_MIN_CONTENT: layout_intrinsic(job, box, &min, &max); return len_max(0, min - edges);
    case KW_MAX_CONTENT: layout_intrinsic(job, box, &min, &max); return len_max(0, max - edges);
    case KW_FIT_CONTENT:
        layout_intrinsic(job, box, &min, &max);
        return len_max(0, (base == NONE ? max : len_max(min, len_min(max, base))) - edges);
    case KW_STRETCH: return base == NONE ? NONE : len_max(0, base - edges);
    default: return NONE;
    }
    if (size.has_percent && base == NONE)
        return NONE;
    Len width = size_resolve(size, base);
    return len_max(0, box->style->box->sizing == KW_BORDER_BOX ? width - edges : width);
}

static Len specified_height(const Box *box, Size size, Len base, Len edges)
{
    if (size.keyword || (size.has_percent && base == NONE))
        return NONE;
    Len height = size_resolve(size, base);
    return len_max(0, box->style->box->sizing == KW_BORDER_BOX ? height - edges : height);
}

static Len limit_width(Layout *job, const Box *box, Len width, Len base, Len edges)
{
    Len most = specified_width(job, box, box->style->box->max_width, base, edges);
    Len least = specified_width(job, box, box->style->box->min_width, base, edges);
    if (most != NONE)
        width = len_min(width, most);
    return least != NONE ? len_max(width, least) : width;
}

/* CSS 2.2 10.3.3: margins of an in-flow block take what is left. */
static void solve_margins(Sizes *s, const Space *space)
{
    Len used = s->width + edges_x(s->border) + edges_x(s->padding);
    Len left = len_clamp((int64_t)space->width - used - edges_x(s->margin));
    if (s->margin_left_auto && s->margin_right_auto) {
        if (left > 0) {
            s->margin.left = left / 2;
            s->margin.right = left - s->margin.left;
        } else if (space->rtl) {
            s->margin.left = left;
        }
    } else if (s->margin_left_auto) {
        s->margin.left = left;
    } else if (s->margin_right_auto) {
        s->margin.right = left;
    } else if (space->rtl) {
        s->margin.left = len_add(s->margin.left, left);
    }
}

static int32_t preferred_ratio(const Box *box)
{
    const Value *ratio = box->style->box->aspect_ratio;
    if (!ratio)
        return box->ratio;
    int32_t number = 0;
    bool automatic = ratio->keyword == KW_AUTO;
    if (ratio->kind == VALUE_NUMBER)
        number = ratio->number;
    for (int i = 0; ratio->kind == VALUE_LIST && i < ratio->count; i++) {
        const Value *item = &ratio->items[i];
        automatic = automatic || item->keyword == KW_AUTO;
        if (item->kind == VALUE_NUMBER)
            number = number ? (int32_t)((int64_t)number * RATIO_ONE / (item->number ? item->number : RATIO_ONE))
                            : item->number;
    }
    return automatic && box->ratio ? box->ratio : number;
}

/* -n2p-snap-height: <pitch> [<least lines> <most lines>]: the height becomes whole lines, changed by copyfit within limits. */
Len snapped_height(const Box *box, const Space *space, Len height)
{
    const Value *snap = box->style->box->snap_height;
    if (!snap)
        return height;
    Len pitch = space->grid_pitch;
    int less = -6, more = 4;
    Len extra = 0;
    const Value *items = snap->kind == VALUE_LIST ? snap->items : snap;
    int count = snap->kind == VALUE_LIST ? snap->count : 1, lengths = 0, integers = 0;
    for (int i = 0; i < count; i++) {
        bool length = items[i].kind == VALUE_SIZE || items[i].kind == VALUE_LENGTH;
        if (length && lengths++ == 0)
            pitch = items[i].size.len;
        else if (length)
            extra = items[i].size.len;
        else if (items[i].kind == VALUE_INTEGER && integers++ == 0)
            less = items[i].number;
        else if (items[i].kind == VALUE_INTEGER)
            more = items[i].number;
    }
    if (pitch <= 0)
        return height;
    int lines = (int)((height - extra + pitch / 2) / pitch);
    int change = space->fit.picture_lines < less   ? less
                 : space->fit.picture_lines > more ? more
                                                   : space->fit.picture_lines;
    lines += change;
    return (lines < 2 ? 2 : lines) * pitch + extra;
}

void size_replaced(Layout *job, const Box *box, const Space *space, Len *width, Len *height)
{
    const StyleBox *style = box->style->box;
    Edges border = used_border(box->style), padding = used_padding(box->style, space->percent_width);
    Len ex = edges_x(border) + edges_x(padding), ey = edges_y(border) + edges_y(padding);
    Len base = space->percent_width, hbase = space->percent_height;
    Len w = specified_width(job, box, style->width, base, ex);
    Len h = specified_height(box, style->height, hbase, ey);
    if (space->width_rule == RULE_EXACT)
        w = len_max(0, space->width - ex);
    if (space->height_rule == RULE_EXACT)
        h = len_max(0, space->height - ey);
    int32_t ratio = preferred_ratio(box);
    bool w_auto = w == NONE, h_auto = h == NONE;
    Len nw = box->natural_width, nh = box->natural_height;
    if (w_auto && h_auto) {
        w = nw != NONE ? nw : ratio && nh != NONE ? len_ratio(nh, ratio) : 300 * LEN_PX;
        h = ratio ? len_scale(w, RATIO_ONE, ratio) : nh != NONE ? nh : 150 * LEN_PX;
    } else if (w_auto) {
        w = ratio ? len_ratio(h, ratio) : nw != NONE ? nw : 300 * LEN_PX;
    } else if (h_auto) {
        h = ratio ? len_scale(w, RATIO_ONE, ratio) : nh != NONE ? nh : 150 * LEN_PX;
    }
    Len limited = limit_width(job, box, w, base, ex);
    if (limited != w && h_auto && ratio)
        h = len_scale(limited, RATIO_ONE, ratio);
    w = limited;
    Len most = specified_height(box, style->max_height, hbase, ey),
        least = specified_height(box, style->min_height, hbase, ey);
    Len bounded = h;
    if (most != NONE)
        bounded = len_min(bounded, most);
    if (least != NONE)
        bounded = len_max(bounded, least);
    if (bounded != h && w_auto && ratio)
        w = limit_width(job, box, len_ratio(bounded, ratio), base, ex);
    *width = w;
    *height = snapped_height(box, space, bounded);
}

Sizes size_box(Layout *job, const Box *box, const Space *space)
{
    const StyleBox *style = box->style->box;
    Sizes s = {.border = used_border(box->style)};
    Len base = space->percent_width == NONE ? 0 : space->percent_width;
    s.padding = used_padding(box->style, base);
    s.margin = used_margin(box->style, base);
    s.margin_left_auto = style->margin_left.keyword == KW_AUTO;
    s.margin_right_auto = style->margin_right.keyword == KW_AUTO;
    s.margin_top_auto = style->margin_top.keyword == KW_AUTO;
    s.margin_bottom_auto = style->margin_bottom.keyword == KW_AUTO;
    Len ex = edges_x(s.border) + edges_x(s.padding), ey = edges_y(s.border) + edges_y(s.padding);
    s.height = specified_height(box, style->height, space->percent_height, ey);
    if (space->height_rule == RULE_EXACT)
        s.height = len_max(0, space->height - ey);
    s.min_height = specified_height(box, style->min_height, space->percent_height, ey);
    s.max_height = specified_height(box, style->max_height, space->percent_height, ey);
    s.min_height = s.min_height == NONE ? 0 : s.min_height;
    s.max_height = s.max_height == NONE ? LEN_MAX : s.max_height;
    if (box->kind == BOX_REPLACED) {
        size_replaced(job, box, space, &s.width, &s.height);
        s.min_height = 0;
        s.max_height = LEN_MAX;
    } else {
        Len width = space->width_rule == RULE_EXACT ? len_max(0, space->width - ex)
                                                    : specified_width(job, box, style->width, space->percent_width, ex);
        int32_t ratio = preferred_ratio(box);
        if (width == NONE && ratio && s.height != NONE)
            width = len_ratio(s.height, ratio);
        if (width == NONE && (space->width_rule == RULE_STRETCH)) {
            width = len_max(0, space->width - ex - s.margin.left - s.margin.right);
        } else if (width == NONE) {
            Len min, max;
            layout_intrinsic(job, box, &min, &max);
            Len room = space->width == NONE ? LEN_MAX : space->width - s.margin.left - s.margin.right;
            Len fit = space->width_rule == RULE_MIN   ? min
                      : space->width_rule == RULE_MAX ? max
                                                      : len_max(min, len_min(max, room));
            width = len_max(0, fit - ex);
        }
        s.width = space->width_rule == RULE_EXACT ? width : limit_width(job, box, width, space->percent_width, ex);
        if (s.height == NONE && ratio && style->aspect_ratio)
            s.min_height = len_max(s.min_height, len_scale(s.width, RATIO_ONE, ratio));
    }
    if (s.height != NONE)
        s.height = len_max(s.min_height, len_min(s.height, s.max_height));
    if (space->width_rule == RULE_STRETCH && space->width != NONE)
        solve_margins(&s, space);
    return s;
}
