/* The box tree as stable XML. */
#include "box/internal.h"

static const char *const kinds[] = {"block",    "inline", "replaced", "table-wrap", "table", "caption",
                                    "colgroup", "col",    "group",    "row",        "cell",  "flex",
                                    "grid",     "marker", "page",     "margin",     "notes", "columns"};

static void dump(const Box *box, Buffer *out, int depth)
{
    buffer_format(out, "%*s<%s id=\"%u\"", depth, "", kinds[box->kind], box->id);
    if (box->node)
        buffer_format(out, " element=\"%s\"", box->node->name);
    if (box->pseudo)
        buffer_format(out, " pseudo=\"%s\"",
                      box->pseudo == 'b'   ? "before"
                      : box->pseudo == 'a' ? "after"
                      : box->pseudo == 'm' ? "marker"
                                           : "first-letter");
    if (box->is & BOX_IS_FLOAT)
        buffer_text(out, " float=\"yes\"");
    if (box->is & BOX_IS_ABSPOS)
        buffer_text(out, " positioned=\"yes\"");
    if (box->is & BOX_IS_SPANNER)
        buffer_text(out, " spanner=\"yes\"");
    if (box->source.line)
        buffer_format(out, " at=\"%d:%d\"", box->source.line, box->source.column);
    if (!box->first && !box->lines && !box->marker) {
        buffer_text(out, "/>\n");
        return;
    }
    buffer_text(out, ">\n");
    if (box->marker)
        dump(box->marker, out, depth + 1);
    if (box->lines) {
        buffer_format(out, "%*s<text%s>", depth + 1, "", box->lines->empty ? " empty=\"yes\"" : "");
        buffer_xml(out, paragraph_text(box->lines->paragraph), paragraph_size(box->lines->paragraph));
        buffer_text(out, "</text>\n");
        for (int i = 0; i < box->lines->count; i++)
            if (box->lines->items[i].kind == INLINE_ATOM || box->lines->items[i].kind == INLINE_FLOAT ||
                box->lines->items[i].kind == INLINE_ABSPOS)
                dump(box->lines->items[i].box, out, depth + 1);
    }
    for (const Box *child = box->first; child; child = child->next)
        dump(child, out, depth + 1);
    buffer_format(out, "%*s</%s>\n", depth, "", kinds[box->kind]);
}

void box_dump(const Box *root, Buffer *out)
{
    dump(root, out, 0);
}
