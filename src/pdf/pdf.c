/* Pages into a PDF file. See pdf.h.
 * A page is written when it is given: its content, its dictionary, its part of the parent tree. What stays: the glyphs that
 * were used, structure elements, destinations, four bytes a page. */
#include "pdf/pdf.h"

#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

static void set_target(PdfWriter *writer, const PdfTarget *target)
{
    if (target)
        writer->target = *target;
    else
        pdf_target_read(writer->arena, &(PdfTargetWords){0}, &writer->target);
}

/* What a standard asks for and nobody said. */
static void complete_facts(PdfWriter *writer)
{
    PdfFacts *facts = &writer->facts;
    if (!facts->title || !*facts->title)
        facts->title = "Untitled";
    facts->language = pdf_language(writer->arena, facts->language);
    if (!facts->language && (writer->target.pdfua || writer->target.pdfa == PDFA_2A || writer->target.pdfa == PDFA_3A))
        facts->language = "und";
}

PdfWriter *pdf_begin(Arena *arena, Output *output, const PdfFacts *facts, Diag *diag)
{
    PdfWriter *writer = NEW(arena, PdfWriter);
    writer->arena = arena;
    writer->scratch = arena_beside(arena);
    arena_alloc(writer->scratch, 16); /* its first block stays */
    writer->clean = arena_mark(writer->scratch);
    writer->output = output;
    writer->facts = *facts;
    set_target(writer, facts->target);
    complete_facts(writer);
    writer->diag = diag;
    writer->file = pdf_file_new(arena, output, writer->target.version, facts->compress);
    writer->objects = pdf_objects_new(arena, writer->scratch);
    writer->fonts = pdf_fonts_new(arena, writer->file, writer->objects, writer->target.pdfa == PDFA_1B, diag);
    writer->inks = pdf_inks_new(writer);
    writer->colors = pdf_colors_new(arena);
    writer->images = pdf_images_new(arena);
    writer->pictures = pdf_pictures_new(writer);
    writer->structure = pdf_struct_new(arena, writer->file, writer->target.version);
    writer->destinations = pdf_destinations_new(arena);
    writer->resources.arena = writer->last_resources.arena = arena;
    return writer;
}

static void set_box(PdfDict *dict, const char *key, Len left, Len bottom, Len right, Len top)
{
    char text[160];
    Buffer out = {.arena = NULL, .data = text, .room = sizeof text};
    Len values[] = {left, bottom, right, top};
    for (int i = 0; i < 4; i++) {
        pdf_len(&out, values[i]);
        pdf_space(&out);
    }
    text[out.size - 1] = 0;
    pdf_set_raw(dict, key, "[%s]", text);
}

/* X6: Trim in Bleed in Media. */
static void set_boxes(PdfDict *dict, const PdfWriter *writer)
{
    const DisplayPage *page = writer->page;
    Len edge = writer->edge, outer = edge - writer->bleed;
    Len width = len_add(page->width, 2 * edge), height = writer->height;
    set_box(dict, "MediaBox", 0, 0, width, height);
    if (writer->bleed > 0)
        set_box(dict, "BleedBox", outer, outer, width - outer, height - outer);
    set_box(dict, "TrimBox", edge, edge, len_add(page->width, edge), len_add(page->height, edge));
}

static Ref page_node(PdfWriter *writer)
{
    if (writer->pages.count % PAGES_A_NODE == 0)
        VEC_PUSH(writer->arena, writer->nodes, pdf_reserve(writer->file));
    return writer->nodes.at[writer->nodes.count - 1];
}

static void put_content(PdfWriter *writer, Ref ref, const Layer *layer)
{
    pdf_put_stream(writer->file, ref, "", PACK_DEFLATE,
                   (Bytes){layer->out.data ? layer->out.data : "", layer->out.size});
}

static void put_page(PdfWriter *writer, const Layer *layer)
{
    PdfDict *dict = pdf_dict(writer->objects);
    Ref content = pdf_reserve(writer->file);
    put_content(writer, content, layer);
    pdf_set_name(dict, "Type", "Page");
    pdf_set_ref(dict, "Parent", page_node(writer));
    pdf_set_ref(dict, "Contents", content);
    pdf_set_ref(dict, "Resources", pdf_resources(writer, layer));
    set_boxes(dict, writer);
    if (writer->transparent)
        pdf_set_raw(dict, "Group", "<</S/Transparency/CS/Device%s>>", /* X8 */
                    writer->target.color == TARGET_COLOR_CMYK ? "CMYK" : "RGB");
    if (layer->marked.count > 0)
        pdf_set_int(dict, "StructParents", pdf_parents(writer, layer));
    if (writer->annotations.count > 0) {
        PdfArray *list = pdf_array(writer->objects);
        for (int i = 0; i < writer->annotations.count; i++)
            pdf_add_ref(list, writer->annotations.at[i]);
        pdf_set_array(dict, "Annots", list);
    }
    if (writer->target.version >= 15 || writer->target.pdfua)
        pdf_set_name(dict, "Tabs", "S"); /* U28 */
    pdf_put_dict(writer->objects, writer->file, writer->page_ref, dict);
}

void pdf_page(PdfWriter *writer, const DisplayPage *given)
{
    const DisplayPage flat = pdf_flatten(writer, given), *page = &flat;
    writer->page = page;
    writer->bleed = len_max(page->bleed, writer->target.bleed);
    writer->marks = writer->target.marks | (page->crop_marks ? MARK_CROP : 0) | (page->cross_marks ? MARK_REGISTER : 0);
    writer->edge = writer->bleed + pdf_marks_room(writer);
    writer->height = len_add(page->height, 2 * writer->edge);
    writer->transparent = false;
    writer->annotations.count = 0;
    writer->page_ref = pdf_reserve(writer->file);
    pdf_label(writer, page);
    pdf_content_begin(writer);
    for (int i = 0; i < page->count; i++)
        pdf_content_op(writer, &page->ops[i]);
    pdf_content_restore(writer);
    pdf_marks(writer);
    pdf_content_end(writer);
    put_page(writer, pdf_layer(writer));
    VEC_PUSH(writer->arena, writer->pages, writer->page_ref);
    pdf_objects_reset(writer->objects);
    arena_rewind(writer->scratch, writer->clean);
    writer->page = NULL;
}

/* ---- the end ---- */

typedef struct {
    Ref ref;
    int pages;
} PageNode;

static void put_node(PdfWriter *writer, PageNode node, Ref parent, const void *kids, int count, bool leaf)
{
    Buffer *out = &writer->resources;
    out->size = 0;
    buffer_format(out, "<</Type/Pages/Count %d", node.pages);
    if (parent)
        buffer_format(out, "/Parent %u 0 R", parent);
    buffer_text(out, "/Kids[");
    for (int i = 0; i < count; i++)
        buffer_format(out, "%u 0 R ", leaf ? ((const Ref *)kids)[i] : ((const PageNode *)kids)[i].ref);
    buffer_text(out, "]>>");
    pdf_put(writer->file, node.ref, out->data, out->size);
}

/* A level of the tree below its parents, which get numbers here; the level above comes back in place. */
static int put_level(PdfWriter *writer, PageNode *level, int count, int *kids_from, bool leaf, const PageNode *below)
{
    int parents = (count + PAGES_A_NODE - 1) / PAGES_A_NODE;
    PageNode *above = NEW_ARRAY(writer->arena, PageNode, parents);
    for (int i = 0; i < parents; i++)
        above[i].ref = count > 1 ? pdf_reserve(writer->file) : 0;
    for (int i = 0; i < count; i++) {
        int first = i * PAGES_A_NODE, end = first + PAGES_A_NODE < *kids_from ? first + PAGES_A_NODE : *kids_from;
        const void *kids = leaf ? (const void *)(writer->pages.at + first) : (const void *)(below + first);
        put_node(writer, level[i], above[i / PAGES_A_NODE].ref, kids, end - first, leaf);
        above[i / PAGES_A_NODE].pages += level[i].pages;
    }
    *kids_from = count;
    memcpy(level, above, sizeof *above * (size_t)parents);
    return parents;
}

static Ref put_page_tree(PdfWriter *writer)
{
    int count = writer->nodes.count, kids = writer->pages.count;
    PageNode *level = NEW_ARRAY(writer->arena, PageNode, count + 1);
    PageNode *below = NEW_ARRAY(writer->arena, PageNode, count + 1);
    for (int i = 0; i < count; i++)
        level[i] = (PageNode){writer->nodes.at[i], i + 1 < count ? PAGES_A_NODE : kids - i * PAGES_A_NODE};
    bool leaf = true;
    Ref root = level[0].ref;
    do {
        root = level[0].ref;
        PageNode *saved = NEW_ARRAY(writer->arena, PageNode, count);
        memcpy(saved, level, sizeof *saved * (size_t)count);
        int last = count;
        count = put_level(writer, level, count, &kids, leaf, below);
        memcpy(below, saved, sizeof *saved * (size_t)last);
        leaf = false;
        if (last == 1)
            break;
    } while (true);
    return root;
}

static void empty_page(PdfWriter *writer)
{
    DisplayPage page = {.width = 609449, .height = 862095, .number = 1}; /* A4 */
    pdf_page(writer, &page);
}

bool pdf_end(PdfWriter *writer)
{
    int errors = writer->diag->errors;
    if (writer->pages.count == 0)
        empty_page(writer);
    pdf_fonts_end(writer->fonts);
    PdfDict *catalog = pdf_dict(writer->objects);
    pdf_set_name(catalog, "Type", "Catalog");
    pdf_set_ref(catalog, "Pages", put_page_tree(writer));
    Ref structure = pdf_struct_end(writer->structure);
    if (structure) {
        pdf_set_ref(catalog, "StructTreeRoot", structure);
        pdf_set_raw(catalog, "MarkInfo", "<</Marked true>>");
    }
    if (writer->facts.language) /* U11 */
        pdf_set_text(catalog, "Lang", writer->facts.language);
    pdf_intents(writer, catalog);
    pdf_set_raw(catalog, "ViewerPreferences", "<</DisplayDocTitle true>>");
    pdf_destinations_end(writer, catalog);
    pdf_set_ref(catalog, "Metadata", pdf_xmp(writer));
    Ref info = pdf_info(writer), root = pdf_reserve(writer->file);
    pdf_put_dict(writer->objects, writer->file, root, catalog);
    pdf_objects_reset(writer->objects);
    arena_free(writer->scratch);
    bool written = pdf_file_end(writer->file, root, info);
    if (pdf_objects_failed(writer->objects))
        diag_error(writer->diag, "pdf-failed", NO_SOURCE, "an object of the PDF could not be made");
    else if (!written)
        diag_error(writer->diag, "output-failed", NO_SOURCE, "the PDF could not be written");
    return written && writer->diag->errors == errors;
}
