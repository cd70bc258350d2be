/* Min-content and max-content widths (css-sizing-3 5). Each box asks each child once; results are kept by box. */
#include "layout/internal.h"

static Len fixed(Size size)
{
    return size.keyword || size.has_percent ? NONE : size_resolve(size, 0);
}

static void item_sizes(Layout *job, const Box *box, Len *min, Len *max)
{
    layout_intrinsic(job, box, min, max);
    Edges margin = used_margin(box->style, 0);
    *min = len_add(*min, edges_x(margin));
    *max = len_add(*max, edges_x(margin));
}

static void lines_intrinsic(Layout *job, const Box *box, Len *min, Len *max)
{
    const Inline *lines = box->lines;
    ArenaMark mark = arena_mark(job->scratch);
    Len *narrow = NEW_ARRAY(job->scratch, Len, lines->count + 1),
        *wide = NEW_ARRAY(job->scratch, Len, lines->count + 1);
    Len float_min = 0, float_max = 0;
    for (int i = 0; i < lines->count; i++) {
        const InlineItem *item = &lines->items[i];
        Len a, b;
        if (item->kind == INLINE_ATOM) {
            item_sizes(job, item->box, &narrow[i], &wide[i]);
        } else if (item->kind == INLINE_FLOAT) {
            item_sizes(job, item->box, &a, &b);
            float_min = len_max(float_min, a);
            float_max = len_add(float_max, b);
        } else if (item->edge) {
            Edges border = used_border(item->box->style), padding = used_padding(item->box->style, 0),
                  margin = used_margin(item->box->style, 0);
            bool start = (item->kind == INLINE_OPEN) == (item->box->style->text->direction != KW_RTL);
            narrow[i] = wide[i] =
                start ? border.left + padding.left + margin.left : border.right + padding.right + margin.right;
        }
    }
    Len a, b;
    text_intrinsic(text_breaks(job->scratch, lines->paragraph, narrow, &justify_ragged), job->break_words, min, &a);
    text_intrinsic(text_breaks(job->scratch, lines->paragraph, wide, &justify_ragged), false, &b, max);
    Len indent = fixed(box->style->text->indent);
    if (indent != NONE && indent > 0) {
        *max = len_add(*max, indent);
    }
    *min = len_max(*min, float_min);
    *max = len_add(*max, float_max);
    arena_rewind(job->scratch, mark);
}

static void children_intrinsic(Layout *job, const Box *box, Len *min, Len *max)
{
    *min = *max = 0;
    bool row = box->kind == BOX_FLEX &&
               (box->style->flex->direction == KW_ROW || box->style->flex->direction == KW_ROW_REVERSE);
    bool side_by_side = row || box->kind == BOX_ROW;
    for (const Box *child = box->first; child; child = child->next) {
        Len a, b;
        item_sizes(job, child, &a, &b);
        *min = side_by_side && !(row && box->style->flex->wrap != KW_NOWRAP) ? len_add(*min, a) : len_max(*min, a);
        *max = side_by_side ? len_add(*max, b) : len_max(*max, b);
    }
}

static void columns_intrinsic(Layout *job, const Box *box, Len *min, Len *max)
{
    const StyleFragmentation *f = box->style->fragmentation;
    int count = f->column_count > 0 ? f->column_count : 1;
    Len gap = f->column_gap.keyword ? box->style->font->size.len : size_resolve(f->column_gap, 0);
    Len width = fixed(f->column_width);
    children_intrinsic(job, box, min, max);
    if (width != NONE) {
        *min = f->column_count > 0 ? len_clamp((int64_t)len_min(*min, width)) : len_min(*min, width);
        *max = len_max(*max, width);
    }
    *min = len_clamp((int64_t)*min * count + (int64_t)gap * (count - 1));
    *max = len_clamp((int64_t)*max * count + (int64_t)gap * (count - 1));
}

static void compute(Layout *job, const Box *box, Len *min, Len *max)
{
    const StyleBox *style = box->style->box;
    Edges border = used_border(box->style), padding = used_padding(box->style, 0);
    Len edges = edges_x(border) + edges_x(padding);
    Len width = fixed(style->width);
    if (box->kind == BOX_REPLACED) {
        Space space = {.width = NONE,
                       .height = NONE,
                       .percent_width = NONE,
                       .percent_height = NONE,
                       .width_rule = RULE_FIT,
                       .height_rule = RULE_FIT};
        Len w, h;
        size_replaced(job, box, &space, &w, &h);
        *min = style->width.has_percent || style->max_width.has_percent ? 0 : w + edges;
        *max = w + edges;
        return;
    }
    if (box->kind == BOX_TABLE) {
        table_intrinsic(job, box, min, max);
        if (width != NONE) {
            Len wanted = style->sizing == KW_BORDER_BOX ? width : width + edges;
            *min = *max = len_max(*min, wanted);
        }
        return;
    }
    if (width != NONE) {
        *min = *max = style->sizing == KW_BORDER_BOX ? len_max(width, edges) : width + edges;
    } else {
        if (box->lines)
            lines_intrinsic(job, box, min, max);
        else if (box->kind == BOX_COLUMNS)
            columns_intrinsic(job, box, min, max);
        else if (box->kind == BOX_GRID)
            grid_intrinsic(job, box, min, max);
        else
            children_intrinsic(job, box, min, max);
        *min = len_add(*min, edges);
        *max = len_add(*max, edges);
    }
    Len least = fixed(style->min_width), most = fixed(style->max_width);
    if (most != NONE) {
        most = style->sizing == KW_BORDER_BOX ? most : most + edges;
        *min = len_min(*min, most);
        *max = len_min(*max, most);
    }
    if (least != NONE) {
        least = style->sizing == KW_BORDER_BOX ? least : least + edges;
        *min = len_max(*min, least);
        *max = len_max(*max, least);
    }
}

void layout_intrinsic(Layout *job, const Box *box, Len *min, Len *max)
{
    bool kept = !job->break_words && box->id > 0 && box->id < job->box_count && box->kind != BOX_MARGIN;
    if (kept && job->intrinsic[box->id].known) {
        *min = job->intrinsic[box->id].min;
        *max = job->intrinsic[box->id].max;
        return;
    }
    compute(job, box, min, max);
    if (kept) {
        job->intrinsic[box->id].min = *min;
        job->intrinsic[box->id].max = *max;
        job->intrinsic[box->id].known = true;
    }
}
