/* The structure tree is printed: elements, attributes, the parent tree, the ids of notes. See pdf_struct.h.
 * ISO 32000-1 14.7.2 to 14.7.4, 14.8.5. */
#include <stdlib.h>

#include "pdf/pdf_number.h"
#include "pdf/pdf_struct_tree.h"

enum { FANOUT = 64 };

static void print_kid(PdfStruct *structure, const Kid *kid, Ref page)
{
    Buffer *out = &structure->out;
    switch (kid->kind) {
    case KID_ELEMENT: buffer_format(out, "%u 0 R ", node_at(structure, kid->what)->ref); break;
    case KID_PAGE:
        if (kid->page == page)
            buffer_format(out, "%u ", kid->what);
        else
            buffer_format(out, "<</Type/MCR/Pg %u 0 R/MCID %u>>", kid->page, kid->what);
        break;
    case KID_FORM:
        buffer_format(out, "<</Type/MCR/Pg %u 0 R/Stm %u 0 R/MCID %d>>", kid->page, structure->forms.at[kid->what].form,
                      structure->forms.at[kid->what].mcid);
        break;
    case KID_OBJECT: buffer_format(out, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>>", kid->page, kid->what); break;
    }
}

/* ISO 32000-1 14.8.5: attributes of tables and pictures. */
static void print_attributes(PdfStruct *structure, const Node *node, const Extra *extra)
{
    Buffer *out = &structure->out;
    if (extra && extra->box[0] != NONE) {
        buffer_text(out, "/A<</O/Layout/Placement/Block/BBox[");
        for (int i = 0; i < 4; i++) {
            pdf_len(out, extra->box[i]);
            buffer_text(out, i < 3 ? " " : "]>>");
        }
    }
    if (node->role == TAG_L && structure->version >= 20) /* PDF/UA-2 8.2.5.25 */
        buffer_format(out, "/A<</O/List/ListNumbering/%s>>", node->ordered ? "Ordered" : "Unordered");
    bool header = node->role == TAG_TH, cell = header || node->role == TAG_TD;
    if (header || (cell && (node->colspan > 1 || node->rowspan > 1))) {
        buffer_text(out, "/A<</O/Table");
        if (header)
            buffer_text(out, node->scope_row ? "/Scope/Row" : "/Scope/Column");
        if (node->colspan > 1)
            buffer_format(out, "/ColSpan %d", node->colspan);
        if (node->rowspan > 1)
            buffer_format(out, "/RowSpan %d", node->rowspan);
        buffer_text(out, ">>");
    }
}

static void print_extra(Buffer *out, const Extra *extra)
{
    if (!extra)
        return;
    if (extra->title) {
        buffer_text(out, "/T");
        pdf_print_text(out, extra->title);
    }
    if (extra->language) {
        buffer_text(out, "/Lang");
        pdf_print_text(out, extra->language);
    }
    if (extra->alt) {
        buffer_text(out, "/Alt");
        pdf_print_text(out, extra->alt);
    }
}

static void print_kids(PdfStruct *structure, const Node *node)
{
    Buffer *out = &structure->out;
    const uint32_t *kids = pdf_struct_kids(structure, node);
    Ref page = 0;
    for (uint32_t i = 0; i < node->count && !page; i++)
        if (kid_at(structure, kids[i])->kind == KID_PAGE)
            page = kid_at(structure, kids[i])->page;
    if (page)
        buffer_format(out, "/Pg %u 0 R", page);
    buffer_text(out, node->count == 1 ? "/K " : "/K[");
    for (uint32_t i = 0; i < node->count; i++)
        print_kid(structure, kid_at(structure, kids[i]), page);
    if (node->count != 1)
        buffer_text(out, "]");
}

static void put_element(PdfStruct *structure, Element element, Ref parent)
{
    Buffer *out = &structure->out;
    const Node *node = node_at(structure, element);
    const Extra *extra = node->extra >= 0 ? &structure->extras.at[node->extra] : NULL;
    out->size = 0;
    buffer_format(out, "<</S/%s/P %u 0 R", pdf_struct_role_name(node->role), parent);
    if (node->role == TAG_DOCUMENT && structure->name_space)
        buffer_format(out, "/NS %u 0 R", structure->name_space);
    if (node->role == TAG_NOTE)
        buffer_format(out, "/ID(note%u)", node->id);
    print_extra(out, extra);
    if (node->role == TAG_FIGURE && !(extra && extra->alt))
        buffer_text(out, "/Alt(Picture)"); /* U13: nobody said what it shows, and a note has told so */
    print_attributes(structure, node, extra);
    if (node->count > 0)
        print_kids(structure, node);
    buffer_text(out, ">>");
    pdf_put(structure->file, node->ref, out->data, out->size);
}

/* A number tree of two or more levels: nodes of FANOUT. Returns its root. */
static Ref put_parent_tree(PdfStruct *structure)
{
    Buffer *out = &structure->out;
    VEC(Ref) level = {0};
    int count = structure->parents.count, width = FANOUT;
    for (int i = 0; i < count; i += FANOUT) {
        int end = i + FANOUT < count ? i + FANOUT : count;
        Ref ref = pdf_reserve(structure->file);
        out->size = 0;
        buffer_format(out, "<</Limits[%d %d]/Nums[", i, end - 1);
        for (int k = i; k < end; k++)
            buffer_format(out, "%d %u 0 R ", k, structure->parents.at[k]);
        buffer_text(out, "]>>");
        pdf_put(structure->file, ref, out->data, out->size);
        VEC_PUSH(structure->arena, level, ref);
    }
    while (level.count > FANOUT) {
        int next = 0;
        for (int i = 0; i < level.count; i += FANOUT) {
            int end = i + FANOUT < level.count ? i + FANOUT : level.count;
            int most = end * width < count ? end * width : count;
            Ref ref = pdf_reserve(structure->file);
            out->size = 0;
            buffer_format(out, "<</Limits[%d %d]/Kids[", i * width, most - 1);
            for (int k = i; k < end; k++)
                buffer_format(out, "%u 0 R ", level.at[k]);
            buffer_text(out, "]>>");
            pdf_put(structure->file, ref, out->data, out->size);
            level.at[next++] = ref;
        }
        level.count = next;
        width *= FANOUT;
    }
    Ref root = pdf_reserve(structure->file);
    out->size = 0;
    buffer_text(out, level.count ? "<</Kids[" : "<</Nums[");
    for (int i = 0; i < level.count; i++)
        buffer_format(out, "%u 0 R ", level.at[i]);
    buffer_text(out, "]>>");
    pdf_put(structure->file, root, out->data, out->size);
    return root;
}

/* The only top element, if it is a Document: then no root of ours is needed. */
static Element own_document(const PdfStruct *structure)
{
    const Node *root = node_at(structure, 0);
    if (root->count != 1)
        return 0;
    const Kid *kid = kid_at(structure, root->last);
    return node_at(structure, kid->what)->role == TAG_DOCUMENT ? kid->what : 0;
}

/* Notes have ids, which the tree of ids must list (14.7.2), sorted. */
static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static Ref put_ids(PdfStruct *structure)
{
    VEC(char *) ids = {0};
    for (Element i = 1; i < structure->node_count; i++)
        if (node_at(structure, i)->role == TAG_NOTE)
            VEC_PUSH(structure->arena, ids,
                     arena_format(structure->arena, "note%u) %u 0 R ", node_at(structure, i)->id,
                                  node_at(structure, i)->ref));
    if (ids.count == 0)
        return 0;
    qsort(ids.at, (size_t)ids.count, sizeof *ids.at, by_text);
    Buffer out = {.arena = structure->arena};
    buffer_text(&out, "<</Names[");
    for (int i = 0; i < ids.count; i++) {
        buffer_text(&out, "(");
        buffer_text(&out, ids.at[i]);
    }
    buffer_text(&out, "]>>");
    Ref ref = pdf_reserve(structure->file);
    pdf_put(structure->file, ref, out.data, out.size);
    return ref;
}

Ref pdf_struct_document(const PdfStruct *structure)
{
    return structure->document;
}

Ref pdf_struct_end(PdfStruct *structure)
{
    if (structure->node_count <= 1)
        return 0;
    Ref tree = pdf_reserve(structure->file);
    Element top = own_document(structure);
    Ref document = top ? node_at(structure, top)->ref : pdf_reserve(structure->file);
    node_at(structure, 0)->ref = document;
    structure->document = document;
    if (structure->version >= 20) { /* ISO 32000-2 14.8.6: elements without a namespace are those of PDF 1.7 */
        structure->name_space = pdf_reserve(structure->file);
        pdf_put_text(structure->file, structure->name_space, "<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>");
    }
    pdf_struct_keep_rules(structure, top);
    if (!top)
        put_element(structure, 0, tree);
    for (Element i = 1; i < structure->node_count; i++) {
        Element parent = node_at(structure, i)->parent;
        put_element(structure, i, i == top ? tree : parent ? node_at(structure, parent)->ref : document);
    }
    Ref parents = put_parent_tree(structure), ids = put_ids(structure);
    Buffer *out = &structure->out;
    out->size = 0;
    buffer_format(out, "<</Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %d", document, parents,
                  structure->parents.count);
    if (ids)
        buffer_format(out, "/IDTree %u 0 R", ids);
    if (structure->name_space)
        buffer_format(out, "/Namespaces[%u 0 R]", structure->name_space);
    buffer_text(out, ">>");
    pdf_put(structure->file, tree, out->data, out->size);
    return tree;
}
