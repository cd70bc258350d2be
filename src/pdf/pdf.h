/* pdf/pdf.h: from display pages to a PDF file. The door to libharu.
 *   in    DisplayPages, one after the other; document facts; what kind of file is asked for
 *   out   bytes of a tagged PDF to an Output; each page is written when it is given and not kept
 * Same pages, same bytes. Design: libharu.md, print-ready.md. */
#ifndef N2P_PDF_H
#define N2P_PDF_H

#include "paint/paint.h"
#include "pdf/target.h"

typedef struct { /* what color(--name ...) means */
    Name name;
    const ColorProfile *profile;
    bool perceptual;
} NamedProfile;
typedef struct {
    const char *name; /* of the file, without a folder; each once */
    const char *mime, *description;
    Bytes data;
    bool source; /* what the pages were made of; false: it goes with them */
} PdfAttachment;
typedef struct {
    const char *title, *author, *subject, *keywords, *language, *producer;
    const char *date;             /* ISO 8601; NULL: none is written */
    bool compress;                /* false: readable streams, for tests */
    const NamedProfile *profiles; /* of the style */
    int profile_count;
    const Font *slug_font; /* for the slug; NULL: none is written */
    const PdfAttachment *attachments;
    int attachment_count;
    const PdfTarget *target; /* NULL: what the name "office" stands for */
} PdfFacts;
typedef struct PdfWriter PdfWriter;
PdfWriter *pdf_begin(Arena *arena, Output *output, const PdfFacts *facts, Diag *diag);
void pdf_page(PdfWriter *writer, const DisplayPage *page);
/* Fonts, structure tree, outline, destinations, XMP, catalog, xref. False: something failed, and was reported. */
bool pdf_end(PdfWriter *writer);
/* A whole file again, in the order in which the web wants it. False: it could not be done, and was reported. */
bool pdf_linearize(Bytes whole, Output *to, Diag *diag);

#endif
