/* Fragments as stable XML: page, box, line, text; places in points relative to the page box. */
#include "layout/internal.h"

static void length(Buffer *out, const char *name, Len value)
{
    int64_t thousandths = ((int64_t)value * 1000 + (value < 0 ? -512 : 512)) / 1024;
    int64_t whole = thousandths / 1000, part = thousandths % 1000;
    buffer_format(out, " %s=\"%s%lld", name, thousandths < 0 && whole == 0 ? "-" : "", (long long)whole);
    if (part) {
        char digits[8];
        int64_t p = part < 0 ? -part : part;
        int n = 3;
        while (p % 10 == 0) {
            p /= 10;
            n--;
        }
        digits[0] = 0;
        buffer_format(out, ".%0*lld%s", n, (long long)p, digits);
    }
    buffer_text(out, "\"");
}

static void dump_line(const Fragment *line, Arena *arena, Buffer *out, Len x, Len y, int depth)
{
    const LinePiece *pieces;
    int count = layout_line_pieces(arena, line, &pieces);
    buffer_format(out, "%*s<line", depth * 1, "");
    length(out, "x", x + line->line->shift);
    length(out, "y", y);
    length(out, "width", line->line->end.natural);
    length(out, "height", line->height);
    length(out, "baseline", y + line->baseline);
    buffer_text(out, ">");
    const char *text = paragraph_text(line->line->lines->paragraph);
    const LineEnd *end = &line->line->end;
    buffer_xml(out, text + end->from, end->end - end->from);
    if (end->hyphen)
        buffer_text(out, "\u00AD");
    for (int i = 0; i < count; i++) {
        if (pieces[i].kind == 'a') {
            buffer_text(out, "<atom");
            length(out, "x", x + pieces[i].x);
            length(out, "y", y + pieces[i].y);
            length(out, "width", pieces[i].fragment->width);
            length(out, "height", pieces[i].fragment->height);
            buffer_text(out, "/>");
        }
    }
    buffer_text(out, "</line>\n");
}

static void dump_fragment(const Fragment *f, Arena *arena, Buffer *out, Len x, Len y, int depth)
{
    if (f->kind == FRAGMENT_LINE) {
        dump_line(f, arena, out, x, y, depth);
        return;
    }
    const char *name = f->box->node                 ? f->box->node->name
                       : f->box->kind == BOX_MARKER ? "marker"
                       : f->box->pseudo == 'b'      ? "before"
                       : f->box->pseudo == 'a'      ? "after"
                                                    : "anonymous";
    buffer_format(out, "%*s<box", depth, "");
    buffer_format(out, " element=\"%s\"", name);
    if (f->box->node && f->box->node->id) {
        buffer_text(out, " id=\"");
        buffer_xml(out, f->box->node->id, strlen(f->box->node->id));
        buffer_text(out, "\"");
    }
    length(out, "x", x);
    length(out, "y", y);
    length(out, "width", f->width);
    length(out, "height", f->height);
    if (f->cut & CUT_BEFORE)
        buffer_text(out, " continued=\"before\"");
    if (f->cut & CUT_AFTER)
        buffer_text(out, " continues=\"after\"");
    if (f->box->kind == BOX_REPLACED)
        buffer_text(out, " replaced=\"yes\"");
    if (f->count == 0) {
        buffer_text(out, "/>\n");
        return;
    }
    buffer_text(out, ">\n");
    for (int i = 0; i < f->count; i++)
        dump_fragment(f->link[i].fragment, arena, out, x + f->link[i].x, y + f->link[i].y, depth + 1);
    buffer_format(out, "%*s</box>\n", depth, "");
}

void layout_dump(const PageArea *page, Arena *arena, Buffer *out)
{
    buffer_format(out, " <page number=\"%d\"", page->number);
    length(out, "width", page->style->width);
    length(out, "height", page->style->height);
    if (page->blank)
        buffer_text(out, " blank=\"yes\"");
    buffer_text(out, ">\n");
    for (int k = 0; k < page->root->count; k++)
        dump_fragment(page->root->link[k].fragment, arena, out, page->x + page->root->link[k].x,
                      page->y + page->root->link[k].y, 2);
    for (int k = 0; k < page->fixed_count; k++)
        dump_fragment(page->fixed[k].fragment, arena, out, page->x + page->fixed[k].x, page->y + page->fixed[k].y, 2);
    for (int k = 0; k < MARGIN_BOX_COUNT; k++) {
        if (!page->margin[k].fragment)
            continue;
        buffer_text(out, "  <margin>\n");
        dump_fragment(page->margin[k].fragment, arena, out, page->margin[k].x, page->margin[k].y, 3);
        buffer_text(out, "  </margin>\n");
    }
    buffer_text(out, " </page>\n");
}
