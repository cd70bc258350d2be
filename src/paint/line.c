/* Lines of text: glyph runs, inline boxes, text decoration; pictures and leaders. css-text-decor-4. */
#include "paint/internal.h"

typedef struct {
    const Fragment *line;
    const LinePiece *pieces;
    int count;
    Len y;
} LinePieces;

static bool has_line(const Value *lines, uint16_t keyword)
{
    if (!lines)
        return false;
    if (lines->kind == VALUE_LIST) {
        for (int i = 0; i < lines->count; i++)
            if (lines->items[i].keyword == keyword)
                return true;
        return false;
    }
    return lines->keyword == keyword;
}

/* A decoration of `thickness` whose upper edge is at y; a double one has its second line on the side it grows to. */
static void stroke_line(Painter *painter, const Box *box, Rect rect, uint16_t style, Color color, bool upwards)
{
    if (style == KW_DOUBLE) {
        Len second = upwards ? -2 * rect.height : 2 * rect.height;
        paint_rect(painter, box, rect, color);
        paint_rect(painter, box, (Rect){rect.x, rect.y + second, rect.width, rect.height}, color);
    } else {
        paint_rule(painter, box, rect, style == KW_WAVY ? KW_SOLID : style, color, false);
    }
}

/* The lines of one decorating box over a run; y: its baseline. Underlines grow down from their offset, overlines up. */
static void decorate(Painter *painter, const Box *box, const Style *style, const GlyphRun *run, Len x, Len y, bool over)
{
    const StyleDecoration *d = style->decoration;
    const Value *lines = d->decoration_line;
    if (!lines || style->text->visibility != KW_VISIBLE)
        return;
    Len size = style->font->size.len;
    FontMetrics metrics = font_metrics(box_first_font(painter->context->fonts, style), size);
    Len thickness =
        d->decoration_thickness.keyword ? metrics.underline_thickness : size_resolve(d->decoration_thickness, size);
    thickness = len_max(thickness, LEN_PT / 4);
    Color color = used_color(d->decoration_color, style);
    Size offset = style->text->underline_offset;
    if (!over && has_line(lines, KW_UNDERLINE)) {
        Len below =
            offset.keyword ? metrics.underline_offset - metrics.underline_thickness / 2 : size_resolve(offset, size);
        stroke_line(painter, box, (Rect){x, y + below, run->width, thickness}, d->decoration_style, color, false);
    }
    if (!over && has_line(lines, KW_OVERLINE))
        stroke_line(painter, box, (Rect){x, y - metrics.ascent - thickness, run->width, thickness}, d->decoration_style,
                    color, true);
    if (over && has_line(lines, KW_LINE_THROUGH))
        stroke_line(painter, box, (Rect){x, y - metrics.strike_offset - thickness / 2, run->width, thickness},
                    d->decoration_style, color, false);
}

/* Where the baseline of an inline box is in its line: found from the piece of its box. */
static Len owner_baseline(const LinePieces *l, int owner, Len otherwise)
{
    const InlineOwner *o = &l->line->line->lines->owners[owner];
    for (int i = 0; i < l->count; i++)
        if (l->pieces[i].kind == 'b' && l->pieces[i].box == o->box && o->metrics)
            return l->y + l->pieces[i].y + o->box->style->decoration->border_top_width +
                   size_resolve(o->box->style->box->padding_top, l->line->line->available) + o->metrics->ascent;
    return otherwise;
}

/* Decorations of the inline boxes around a run, and of the blocks around the line: each at the height of its own baseline. */
static void decorate_all(Painter *painter, const LinePieces *l, const LinePiece *piece, Len x, Len y, bool over)
{
    const Inline *lines = l->line->line->lines;
    int owner =
        piece->run->span >= 0 && piece->run->span < lines->span_count ? (int)lines->spans[piece->run->span].owner : 0;
    for (const Decorating *d = painter->decorating; d; d = d->outer)
        decorate(painter, l->line->box, d->style, piece->run, x,
                 l->line->baseline == NONE ? y : l->y + l->line->baseline, over);
    for (; owner > 0; owner = lines->owners[owner].parent)
        if (lines->owners[owner].box->style->decoration->decoration_line)
            decorate(painter, lines->owners[owner].box, lines->owners[owner].box->style, piece->run, x,
                     owner_baseline(l, owner, y), over);
}

static void paint_run(Painter *painter, const LinePieces *l, const LinePiece *piece, Len x, Len y)
{
    const Box *box = piece->box->kind == BOX_INLINE ? piece->box : l->line->box;
    const Style *style = piece->box->style;
    if (style->text->visibility != KW_VISIBLE)
        return;
    paint_text_shadows(painter, style, piece->run, x, y);
    decorate_all(painter, l, piece, x, y, false);
    PaintOp *op = op_add(painter, OP_GLYPHS, box);
    op->color = style->text->color;
    op->order = (uint64_t)piece->run->from + 1;
    op->at.glyphs.run = piece->run;
    op->at.glyphs.x = x;
    op->at.glyphs.y = y;
    decorate_all(painter, l, piece, x, y, true);
}

static void paint_inline_box(Painter *painter, const LinePiece *piece, Len x, Len y)
{
    const Box *box = piece->box;
    const Style *style = box->style;
    if (style->text->visibility == KW_VISIBLE) {
        const StyleDecoration *d = style->decoration;
        bool rtl = style->text->direction == KW_RTL;
        bool left = rtl ? piece->ends : piece->starts, right = rtl ? piece->starts : piece->ends;
        Edges border = {d->border_top_width, right ? d->border_right_width : 0, d->border_bottom_width,
                        left ? d->border_left_width : 0};
        Edges padding = {0};
        Rect rect = {x, y, piece->width, piece->height};
        painter->open = (Sides){false, !right, false, !left};
        paint_background(painter, box, style, rect, border, padding);
        paint_border(painter, box, style, rect, border);
        painter->open = (Sides){0};
    }
    if (painter->artifact)
        return;
    if (box->marks && piece->starts && box->marks->anchor) {
        PaintOp *op = op_add(painter, OP_ANCHOR, box);
        op->text = box->marks->anchor;
        op->at.mark.x = x;
        op->at.mark.y = y;
    }
    if (box->href) {
        PaintOp *op = op_add(painter, OP_LINK, box);
        op->text = box->href;
        op->at.rect.x = x;
        op->at.rect.y = y;
        op->at.rect.width = piece->width;
        op->at.rect.height = piece->height;
    }
}

void paint_line(Painter *painter, const Fragment *line, Len x, Len y,
                void (*atom)(Painter *, const Fragment *, Len, Len))
{
    const LinePiece *pieces;
    int count = layout_line_pieces(painter->arena, line, &pieces);
    const LineBox *box = line->line;
    Len over = box->end.natural + box->end.indent - box->available;
    if (over > LEN_PT && box->available > 0 && !painter->artifact && (!box->justify || box->end.overfull))
        diag_warn(painter->context->diag, "line-overfull", line->box->source, "a line is %d pt too wide for its column",
                  (over + LEN_PT / 2) / LEN_PT);
    LinePieces all = {line, pieces, count, y};
    for (int i = 0; i < count; i++) {
        Len px = x + pieces[i].x, py = y + pieces[i].y;
        switch (pieces[i].kind) {
        case 'b': paint_inline_box(painter, &pieces[i], px, py); break;
        case 't': paint_run(painter, &all, &pieces[i], px, py); break;
        case 'a': atom(painter, pieces[i].fragment, px, py); break;
        }
    }
    for (int i = 0; i < count; i++)
        if (pieces[i].kind == 'b')
            paint_outline(painter, pieces[i].box, pieces[i].box->style,
                          (Rect){x + pieces[i].x, y + pieces[i].y, pieces[i].width, pieces[i].height});
}

/* ---- pictures ---- */

static Len position(const Value *value, int axis, Len room)
{
    const Value *item = value && value->kind == VALUE_LIST && axis < value->count ? &value->items[axis] : NULL;
    return item && (item->kind == VALUE_SIZE || item->kind == VALUE_LENGTH) ? size_resolve(item->size, room) : room / 2;
}

static Edges used_edges(const Box *box) /* border, also where a slice has none */
{
    const StyleDecoration *d = box->style->decoration;
    return (Edges){d->border_top_width, d->border_right_width, d->border_bottom_width, d->border_left_width};
}

void paint_replaced(Painter *painter, const Fragment *f, Len x, Len y)
{
    const Box *box = f->box;
    if (!box->image || box->style->text->visibility != KW_VISIBLE)
        return;
    Rect content = {x + f->border.left + f->padding.left, y + f->border.top + f->padding.top,
                    f->width - f->border.left - f->border.right - f->padding.left - f->padding.right,
                    f->height - f->border.top - f->border.bottom - f->padding.top - f->padding.bottom};
    bool sliced = (f->cut & (CUT_BEFORE | CUT_AFTER)) && f->full_height > 0;
    if (sliced) { /* the whole picture, of which the slice shows a part */
        Edges border = used_edges(box);
        content.y = y - f->used_before + border.top + f->padding.top;
        content.height = f->full_height - border.top - border.bottom - f->padding.top - f->padding.bottom;
        op_add(painter, OP_CLIP, NULL)->at.path.path = path_rect(painter->arena, (Rect){x, y, f->width, f->height});
    }
    if (rect_is_empty(content)) {
        if (sliced)
            op_add(painter, OP_RESTORE, NULL);
        return;
    }
    Rect drawn = content;
    Len nw = box->natural_width, nh = box->natural_height;
    uint16_t fit = box->style->box->object_fit;
    if (fit == KW_SCALE_DOWN)
        fit = nw <= content.width && nh <= content.height ? KW_NONE : KW_CONTAIN;
    if (fit != KW_FILL && nw > 0 && nh > 0) {
        bool by_width = (int64_t)content.width * nh <= (int64_t)content.height * nw;
        if (fit == KW_COVER)
            by_width = !by_width;
        drawn.width = fit == KW_NONE ? nw : by_width ? content.width : len_scale(content.height, nw, nh);
        drawn.height = fit == KW_NONE ? nh : by_width ? len_scale(content.width, nh, nw) : content.height;
        drawn.x = content.x + position(box->style->box->object_position, 0, content.width - drawn.width);
        drawn.y = content.y + position(box->style->box->object_position, 1, content.height - drawn.height);
    }
    bool cropped = drawn.x < content.x || drawn.x - content.x > content.width - drawn.width || drawn.y < content.y ||
                   drawn.y - content.y > content.height - drawn.height;
    if (cropped)
        op_add(painter, OP_CLIP, NULL)->at.path.path = path_rect(painter->arena, content);
    PaintOp *op = op_add(painter, OP_IMAGE, box);
    op->order = 1;
    op->at.rect.x = drawn.x;
    op->at.rect.y = drawn.y;
    op->at.rect.width = drawn.width;
    op->at.rect.height = drawn.height;
    op->at.rect.image = box->image;
    op->at.rect.alt = box->alt;
    if (box->tag && box->tag->role == TAG_FIGURE && box->tag->bbox[2] == 0) {
        Tag *tag = (Tag *)box->tag; /* the one fact of a figure that is known only now */
        tag->bbox[0] = content.x;
        tag->bbox[1] = content.y;
        tag->bbox[2] = content.width;
        tag->bbox[3] = content.height;
    }
    if (cropped)
        op_add(painter, OP_RESTORE, NULL);
    if (sliced)
        op_add(painter, OP_RESTORE, NULL);
}

/* ---- leaders: the text repeated, aligned so that the leaders of all lines stand under each other ---- */

void paint_leader(Painter *painter, const Fragment *f, Len x, Len y)
{
    const Style *style = f->box->style;
    const Font *font = box_first_font(painter->context->fonts, style);
    Len size = style->font->size.len;
    ShapeRequest request = {.text = f->box->leader,
                            .size = strlen(f->box->leader),
                            .to = (uint32_t)strlen(f->box->leader),
                            .script = 0x4C61746Eu};
    Glyph *glyphs;
    int count = font_shape(painter->arena, font, size, &request, &glyphs);
    Len unit = 0;
    for (int i = 0; i < count; i++)
        unit += glyphs[i].advance;
    if (unit <= 0 || count == 0)
        return;
    Len gap = size / 4, first = (x + gap + unit - 1) / unit * unit;
    int times = (int)((x + f->width - gap - first) / unit);
    if (times <= 0)
        return;
    Glyph *all = NEW_ARRAY(painter->arena, Glyph, times * count);
    Buffer text = {.arena = painter->arena};
    for (int t = 0; t < times; t++) {
        for (int i = 0; i < count; i++) {
            all[t * count + i] = glyphs[i];
            all[t * count + i].cluster += (uint32_t)text.size;
        }
        buffer_text(&text, f->box->leader);
    }
    GlyphRun *run = NEW(painter->arena, GlyphRun);
    *run = (GlyphRun){.font = font,
                      .size = size,
                      .to = (uint32_t)text.size,
                      .text = text.data,
                      .span = -1,
                      .count = times * count,
                      .glyphs = all,
                      .width = unit * times};
    PaintOp *op = op_add(painter, OP_GLYPHS, NULL);
    op->color = style->text->color;
    op->at.glyphs.run = run;
    op->at.glyphs.x = first;
    op->at.glyphs.y = y + f->height;
}
