/* The glyphs and boxes of a line, in visual order, for paint and dump. */
#include "layout/internal.h"

const Justify *justify_limits(const Style *style)
{
    const Value *value = style->text->justify_limits;
    const char *name = value && value->text ? value->text : "";
    if (strcmp(name, "narrow") == 0)
        return &justify_narrow;
    if (strcmp(name, "korean") == 0)
        return &justify_korean;
    if (strcmp(name, "korean-narrow") == 0)
        return &justify_korean_narrow;
    if (strcmp(name, "normal") == 0)
        return &justify_normal;
    bool korean = style->text->language && strncmp(style->text->language, "ko", 2) == 0;
    return korean ? &justify_korean : &justify_normal;
}

Len layout_line_width(const Fragment *line)
{
    return line->line->end.natural;
}

typedef struct {
    Len left, right;
    bool any, starts, ends;
} Extents;

/* How far each inline box of a line is moved from its place, with the boxes it stands in. */
static Link *owner_offsets(Arena *arena, const Inline *lines, Len width)
{
    Link *offset = NEW_ARRAY(arena, Link, lines->owner_count);
    for (int o = 1; o < lines->owner_count; o++) {
        offset[o] = offset[lines->owners[o].parent];
        relative_offset(lines->owners[o].box, width, NONE, &offset[o].x, &offset[o].y);
    }
    return offset;
}

int layout_line_pieces(Arena *arena, const Fragment *line, const LinePiece **pieces)
{
    const LineBox *box = line->line;
    const Inline *lines = box->lines;
    const Style *style = line->box->style;
    Justify own = *(box->justify ? justify_limits(style) : &justify_ragged);
    own.optical = style->text->optical_margin == KW_AUTO;
    const TextLine *set = text_line_again(arena, lines->paragraph, box->advances, &own, &box->end, box->available,
                                          box->justify ? ALIGN_JUSTIFY : ALIGN_NATURAL);
    Link *atoms = NEW_ARRAY(arena, Link, lines->count + 1);
    for (int i = 0; i < line->count; i++)
        atoms[line->link[i].fragment->atom] = line->link[i];
    Len ascent = box->strut_ascent, *shift = NEW_ARRAY(arena, Len, lines->owner_count);
    if (!lines->plain) {
        LineMetrics metrics = line_metrics(arena, lines, &box->end, atoms, lines->count);
        shift = metrics.shift;
    }
    VEC(LinePiece) runs = {0};
    const Link *offset = owner_offsets(arena, lines, box->available);
    Extents *extents = NEW_ARRAY(arena, Extents, lines->owner_count);
    Len start = box->shift;
    for (int i = 0; i < set->count; i++) {
        const TextPiece *piece = &set->pieces[i];
        Len x = start + piece->x, from = x, to = x + piece->width;
        int owner = 0;
        if (piece->kind == PIECE_RUN) {
            owner = piece->run->span >= 0 && piece->run->span < lines->span_count
                        ? (int)lines->spans[piece->run->span].owner
                        : 0;
            VEC_PUSH(arena, runs,
                     ((LinePiece){.kind = 't',
                                  .box = lines->owners[owner].box,
                                  .run = piece->run,
                                  .x = x + offset[owner].x,
                                  .y = ascent + shift[owner] + offset[owner].y}));
        } else {
            const InlineItem *item = &lines->items[piece->item];
            owner = item->owner;
            if (item->kind == INLINE_ATOM && atoms[piece->item].fragment) {
                Link at = {NULL, x + atoms[piece->item].x + offset[owner].x, atoms[piece->item].y + offset[owner].y};
                relative_offset(item->box, box->available, NONE, &at.x, &at.y);
                VEC_PUSH(
                    arena, runs,
                    ((LinePiece){
                        .kind = 'a', .box = item->box, .fragment = atoms[piece->item].fragment, .x = at.x, .y = at.y}));
            }
            bool rtl = item->box->style->text->direction == KW_RTL;
            Len margin_left = item->edge ? used_margin(item->box->style, box->available).left : 0,
                margin_right = item->edge ? used_margin(item->box->style, box->available).right : 0;
            if (item->kind == INLINE_OPEN || item->kind == INLINE_CLOSE) {
                bool left_side = (item->kind == INLINE_OPEN) != rtl;
                from = left_side ? x + margin_left : x;
                to = left_side ? to : to - margin_right;
                if (item->edge && item->kind == INLINE_OPEN)
                    extents[owner].starts = true;
                if (item->edge && item->kind == INLINE_CLOSE)
                    extents[owner].ends = true;
            } else if (item->kind != INLINE_ATOM) {
                continue;
            }
        }
        for (int o = owner; o > 0; o = lines->owners[o].parent) {
            extents[o].left = extents[o].any ? len_min(extents[o].left, from) : from;
            extents[o].right = extents[o].any ? len_max(extents[o].right, to) : to;
            extents[o].any = true;
        }
    }
    VEC(LinePiece) all = {0};
    for (int o = 1; o < lines->owner_count; o++) {
        if (!extents[o].any)
            continue;
        const Box *inline_box = lines->owners[o].box;
        const FontMetrics metrics = *lines->owners[o].metrics;
        Edges border = used_border(inline_box->style), padding = used_padding(inline_box->style, box->available);
        Len top = ascent + shift[o] - metrics.ascent - border.top - padding.top;
        Len height = metrics.ascent + metrics.descent + edges_y(border) + edges_y(padding);
        VEC_PUSH(arena, all,
                 ((LinePiece){.kind = 'b',
                              .box = inline_box,
                              .x = extents[o].left + offset[o].x,
                              .y = top + offset[o].y,
                              .width = extents[o].right - extents[o].left,
                              .height = height,
                              .starts = extents[o].starts,
                              .ends = extents[o].ends}));
    }
    for (int i = 0; i < runs.count; i++)
        VEC_PUSH(arena, all, runs.at[i]);
    *pieces = all.at;
    return all.count;
}
