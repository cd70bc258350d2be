/* Files inside the file. ISO 32000-1 7.11, 7.9.6; ISO 19005-3 annex E; print-ready.md A6, A13, U21. */
#include <stdlib.h>

#include "pdf/pdf_writer.h"

static Ref put_bytes(PdfWriter *writer, const PdfAttachment *file)
{
    Buffer entries = {.arena = writer->scratch};
    char date[40];
    buffer_text(&entries, "/Type/EmbeddedFile/Subtype");
    pdf_print_name(&entries, file->mime);
    buffer_format(&entries, "/Params<</Size %zu", file->data.size);
    if (pdf_file_date(writer, date)) {
        buffer_text(&entries, "/ModDate");
        pdf_print_text(&entries, date);
    }
    buffer_text(&entries, ">>");
    Ref ref = pdf_reserve(writer->file);
    pdf_put_stream(writer->file, ref, entries.data, PACK_DEFLATE, file->data);
    return ref;
}

static Ref put_file(PdfWriter *writer, const PdfAttachment *file)
{
    Ref bytes = put_bytes(writer, file), ref = pdf_reserve(writer->file);
    PdfDict *dict = pdf_dict(writer->objects), *streams = pdf_dict(writer->objects);
    pdf_set_name(dict, "Type", "Filespec");
    pdf_set_text(dict, "F", file->name);
    pdf_set_text(dict, "UF", file->name);
    pdf_set_text(dict, "Desc", file->description);
    pdf_set_name(dict, "AFRelationship", file->source ? "Source" : "Supplement");
    pdf_set_ref(streams, "F", bytes);
    pdf_set_ref(streams, "UF", bytes);
    pdf_set_dict(dict, "EF", streams);
    pdf_put_dict(writer->objects, writer->file, ref, dict);
    return ref;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const PdfAttachment *)a)->name, ((const PdfAttachment *)b)->name);
}

/* The tree of names wants them sorted, and each once. */
Ref pdf_attachments(PdfWriter *writer, PdfDict *catalog)
{
    int count = writer->facts.attachment_count;
    if (count == 0)
        return 0;
    PdfAttachment *files = arena_copy(writer->arena, writer->facts.attachments, sizeof *files * (size_t)count);
    qsort(files, (size_t)count, sizeof *files, by_name);
    Buffer names = {.arena = writer->arena};
    PdfArray *list = pdf_array(writer->objects);
    buffer_text(&names, "<</Names[");
    for (int i = 0; i < count; i++) {
        Ref ref = put_file(writer, &files[i]);
        pdf_print_text(&names, files[i].name);
        buffer_format(&names, "%u 0 R ", ref);
        pdf_add_ref(list, ref);
    }
    buffer_text(&names, "]>>");
    pdf_set_array(catalog, "AF", list);
    Ref root = pdf_reserve(writer->file);
    pdf_put(writer->file, root, names.data, names.size);
    return root;
}
