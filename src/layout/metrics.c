/* Heights of line boxes: half-leading and vertical-align (CSS 2.2 10.8). */
#include "layout/internal.h"

static Len whole_px(Len length)
{
    return (length + LEN_PX / 2) / LEN_PX * LEN_PX;
}

/* `normal` is made of whole pixels, as in browsers: what stands below such lines keeps to the pixel grid. */
static Len used_line_height(const Style *style, const FontMetrics *metrics)
{
    Size height = style->font->line_height;
    if (height.keyword == KW_NORMAL)
        return whole_px(metrics->ascent) + whole_px(metrics->descent) + whole_px(metrics->line_gap);
    if (height.is_number)
        return len_ratio(style->font->size.len, height.number);
    return size_resolve(height, style->font->size.len);
}

Extent inline_extent(const Style *style, const FontMetrics *metrics)
{
    Len leading = used_line_height(style, metrics) - metrics->ascent - metrics->descent;
    Len above = leading >= 0 ? (leading + 1) / 2 : leading / 2;
    return (Extent){metrics->ascent + above, metrics->descent + leading - above};
}

typedef struct {
    const Inline *lines;
    Extent *extent;
    Len *shift;
    bool *present, *aligned_to_line; /* vertical-align: top, bottom, of it or an ancestor */
    int *root;                       /* the owner whose subtree it belongs to */
} Metrics;

static Len length_shift(const Style *style, const FontMetrics *metrics)
{
    Size align = style->box->vertical_align;
    return -size_resolve(align, used_line_height(style, metrics));
}

/* How far an inline box's baseline lies below its parent's. */
static Len shift_of(const Style *style, const FontMetrics *own, Extent extent, const Style *parent_style,
                    const FontMetrics *parent)
{
    switch (style->box->vertical_align.keyword) {
    case 0: return length_shift(style, own);
    case KW_SUB: return parent_style->font->size.len / 5;
    case KW_SUPER: return -(parent_style->font->size.len / 3);
    case KW_TEXT_TOP: return extent.ascent - parent->ascent;
    case KW_TEXT_BOTTOM: return parent->descent - extent.descent;
    case KW_MIDDLE: return (extent.ascent - extent.descent) / 2 - parent->x_height / 2;
    default: return 0;
    }
}

static bool aligns_to_line(const Style *style)
{
    return style->box->vertical_align.keyword == KW_TOP || style->box->vertical_align.keyword == KW_BOTTOM;
}

static void prepare_owner(Metrics *m, int i)
{
    const InlineOwner *owner = &m->lines->owners[i];
    const Style *style = owner->box->style;
    m->extent[i] = inline_extent(style, owner->metrics);
    m->root[i] = 0;
    if (owner->parent < 0)
        return;
    int p = owner->parent;
    if (aligns_to_line(style)) {
        m->root[i] = i;
        m->shift[i] = 0;
    } else {
        m->root[i] = m->root[p];
        m->shift[i] = m->shift[p] + shift_of(style, owner->metrics, m->extent[i], m->lines->owners[p].box->style,
                                             m->lines->owners[p].metrics);
    }
}

static void mark_present(Metrics *m, const LineEnd *line)
{
    for (int i = 0; i < m->lines->span_count; i++) {
        const TextSpan *span = &m->lines->spans[i];
        if (span->from < line->end && span->to > line->from)
            for (int o = (int)span->owner; o >= 0 && !m->present[o]; o = m->lines->owners[o].parent)
                m->present[o] = true;
    }
    for (int i = 0; i < m->lines->count; i++) {
        const InlineItem *item = &m->lines->items[i];
        bool here = item->at >= line->from &&
                    (item->at < line->to || (item->at == line->to && line->forced && item->kind == INLINE_CLOSE) ||
                     line->to == line->from);
        if (here && (item->kind == INLINE_OPEN || item->kind == INLINE_CLOSE) && item->owner < m->lines->owner_count) {
            for (int o = item->owner; o >= 0 && !m->present[o]; o = m->lines->owners[o].parent)
                m->present[o] = true;
        }
    }
    m->present[0] = true;
}

typedef struct {
    Len top, bottom;
    bool any;
} Span;

static void include(Span *span, Len top, Len bottom)
{
    span->top = span->any ? len_min(span->top, top) : top;
    span->bottom = span->any ? len_max(span->bottom, bottom) : bottom;
    span->any = true;
}

static Extent atom_extent(const Fragment *fragment, const Edges *margin)
{
    Len height = fragment->height + margin->top + margin->bottom;
    bool baseline = fragment->last_baseline != NONE && fragment->box->kind != BOX_REPLACED;
    if (baseline &&
        (fragment->box->style->box->overflow_x == KW_HIDDEN || fragment->box->style->box->overflow_y == KW_HIDDEN))
        baseline = false;
    Len ascent = baseline ? fragment->last_baseline + margin->top : height;
    if (baseline &&
        (fragment->box->kind == BOX_TABLE || fragment->box->kind == BOX_FLEX || fragment->box->kind == BOX_GRID) &&
        fragment->baseline != NONE)
        ascent = fragment->baseline + margin->top;
    return (Extent){ascent, height - ascent};
}

/* atoms: one Link an item (fragment NULL: not an atom of this line); their y becomes the top of the
 * border box below the line's top. */
LineMetrics line_metrics(Arena *arena, const Inline *lines, const LineEnd *line, const Link *atoms, int atom_count)
{
    int n = lines->owner_count;
    Metrics m = {lines,
                 NEW_ARRAY(arena, Extent, n),
                 NEW_ARRAY(arena, Len, n),
                 NEW_ARRAY(arena, bool, n),
                 NEW_ARRAY(arena, bool, n),
                 NEW_ARRAY(arena, int, n)};
    mark_present(&m, line);
    for (int i = 0; i < n; i++)
        if (m.present[i])
            prepare_owner(&m, i);
    Span *spans = NEW_ARRAY(arena, Span, n); /* by root owner */
    for (int i = 0; i < n; i++)
        if (m.present[i])
            include(&spans[m.root[i]], m.shift[i] - m.extent[i].ascent, m.shift[i] + m.extent[i].descent);
    Len *atom_shift = NEW_ARRAY(arena, Len, atom_count + 1);
    for (int i = 0; i < atom_count; i++) {
        if (!atoms[i].fragment)
            continue;
        const Box *box = atoms[i].fragment->box;
        int owner = lines->items[i].owner;
        Edges margin = used_margin(box->style, 0);
        Extent extent = atom_extent(atoms[i].fragment, &margin);
        if (aligns_to_line(box->style))
            continue;
        atom_shift[i] = m.shift[owner] + shift_of(box->style, lines->owners[owner].metrics, extent,
                                                  lines->owners[owner].box->style, lines->owners[owner].metrics);
        if (box->style->box->vertical_align.keyword == 0)
            atom_shift[i] = m.shift[owner] - size_resolve(box->style->box->vertical_align,
                                                          used_line_height(box->style, lines->owners[owner].metrics));
        include(&spans[m.root[owner]], atom_shift[i] - extent.ascent, atom_shift[i] + extent.descent);
    }
    Span root = spans[0];
    Len top = root.top, bottom = root.bottom;
    for (int pass = 0; pass < 2; pass++) { /* top first, then bottom: each makes the line taller where it must */
        for (int i = 1; i < n; i++) {
            if (!m.present[i] || m.root[i] != i)
                continue;
            Len height = spans[i].bottom - spans[i].top;
            bool at_top = lines->owners[i].box->style->box->vertical_align.keyword == KW_TOP;
            if (height > bottom - top && at_top)
                bottom = top + height;
            else if (height > bottom - top)
                top = bottom - height;
        }
        for (int i = 0; i < atom_count; i++) {
            if (!atoms[i].fragment || !aligns_to_line(atoms[i].fragment->box->style))
                continue;
            Edges margin = used_margin(atoms[i].fragment->box->style, 0);
            Len height = atoms[i].fragment->height + margin.top + margin.bottom;
            if (height > bottom - top && atoms[i].fragment->box->style->box->vertical_align.keyword == KW_TOP)
                bottom = top + height;
            else if (height > bottom - top)
                top = bottom - height;
        }
    }
    for (int i = 1; i < n; i++) {
        if (!m.present[i] || m.root[i] == 0)
            continue;
        int r = m.root[i];
        bool at_top = lines->owners[r].box->style->box->vertical_align.keyword == KW_TOP;
        Len move = at_top ? top - spans[r].top : bottom - spans[r].bottom;
        m.shift[i] += move;
    }
    for (int i = 0; i < atom_count; i++) {
        if (!atoms[i].fragment)
            continue;
        const Box *box = atoms[i].fragment->box;
        Edges margin = used_margin(box->style, 0);
        Extent extent = atom_extent(atoms[i].fragment, &margin);
        Len y;
        if (box->style->box->vertical_align.keyword == KW_TOP)
            y = 0;
        else if (box->style->box->vertical_align.keyword == KW_BOTTOM)
            y = bottom - top - extent.ascent - extent.descent;
        else
            y = atom_shift[i] - extent.ascent - top;
        if (lines->owners[lines->items[i].owner].parent >= 0 && m.root[lines->items[i].owner] != 0 &&
            !aligns_to_line(box->style)) {
            int r = m.root[lines->items[i].owner];
            bool at_top = lines->owners[r].box->style->box->vertical_align.keyword == KW_TOP;
            y += at_top ? top - spans[r].top : bottom - spans[r].bottom;
        }
        ((Link *)atoms)[i].y = y + margin.top;
    }
    return (LineMetrics){-top, bottom, m.shift};
}
