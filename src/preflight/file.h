/* What the files that read a finished PDF share: qpdf behind short names. */
#ifndef N2P_PREFLIGHT_FILE_H
#define N2P_PREFLIGHT_FILE_H

#include "preflight/internal.h"
#include "preflight/library.h"

enum { SPACE_GRAY = 1, SPACE_RGB = 2, SPACE_CMYK = 4, SPACE_ICC_RGB = 8, SPACE_ICC_CMYK = 16, SPACE_OTHER = 32 };
typedef struct {
    Arena *arena;   /* of the report */
    Arena *scratch; /* of a page */
    const QpdfLibrary *qpdf;
    qpdf_data pdf;
    Preflight *preflight;
    Diag *diag;
    const char *xmp;
    /* what it claims */
    bool x, x1a, a, ua;
    int intent;                    /* channels of the intent's profile; 0: none */
    unsigned spaces, image_spaces; /* used by whom */
    int space_page[8];             /* where first: gray, RGB, CMYK ... */
    long operators;                /* read so far */
    int annotations;
} PdfInput;

qpdf_oh get(PdfInput *in, qpdf_oh dictionary, const char *key);
bool is_there(PdfInput *in, qpdf_oh object);
const char *name_value(PdfInput *in, qpdf_oh object); /* "/Name"; "": it is none */
const char *text_value(PdfInput *in, qpdf_oh object); /* NULL: it is no string */
double number_value(PdfInput *in, qpdf_oh object, double otherwise);
int count_of(PdfInput *in, qpdf_oh array);
qpdf_oh item(PdfInput *in, qpdf_oh array, int i);
bool stream_data(PdfInput *in, qpdf_oh stream, Arena *arena, Bytes *bytes); /* decoded */
typedef VEC(const char *) Keys;
Keys keys_of(PdfInput *in, qpdf_oh dictionary, Arena *arena);

/* file_page.c */
void read_page(PdfInput *in, qpdf_oh page, int number);

#endif
