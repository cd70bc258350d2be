/* pdf/ink.h: what a writer prints a colour with, for those who look at a page as it will be printed: raster, preflight.
 *   in    a colour or an operation of a DisplayPage
 *   out   light (RGB files) or inks (files for a press): the writer's own answer, not another one's
 * The rules P12 to P14, C2 to C4: print-ready.md 6 and 7. */
#ifndef N2P_PDF_INK_H
#define N2P_PDF_INK_H

#include "pdf/pdf.h"

typedef enum { INK_RGB, INK_CMYK, INK_SPOT } InkKind;
typedef struct {
    uint8_t kind;
    bool converted; /* by the profile, below the ink limit */
    uint16_t v[4];  /* 65535: full light, full ink; SPOT: the tint */
} Ink;
bool pdf_for_press(const PdfWriter *writer);
const PdfTarget *pdf_target_of(const PdfWriter *writer);
Ink pdf_ink(PdfWriter *writer, const Color *color);       /* neutral colours are black alone */
Ink pdf_ink_mixed(PdfWriter *writer, const Color *color); /* they are mixed as all others: among colours */
Color pdf_spot_alternate(const Color *color);             /* what a full spot looks like where its ink isn't at hand */
/* scale: how many times as large things are printed as they say, where the operation stands. */
bool pdf_overprints_at(PdfWriter *writer, const PaintOp *op, double scale);
Len pdf_least_line_at(const PdfWriter *writer, double scale); /* how thin a line may be, in what is said there */
void pdf_path_box(const Path *path, Len box[4]);              /* left top right bottom */

/* A picture as it is printed, row by row from the top as stored: 1 channel is gray, 3 are light, 4 are inks, 255 full; alpha 255
 * where it is opaque. One at a time. */
typedef struct PdfPictureRows PdfPictureRows;
PdfPictureRows *pdf_picture_open(PdfWriter *writer, const Image *image,
                                 Source source); /* NULL: nothing of it is shown */
int pdf_picture_channels(const PdfPictureRows *rows);
bool pdf_picture_row(PdfPictureRows *rows, uint8_t *colors, uint8_t *alpha); /* false: that was all */
void pdf_picture_close(PdfPictureRows *rows);

#endif
