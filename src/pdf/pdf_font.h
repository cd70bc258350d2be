/* pdf/pdf_font.h: fonts of the file: Type 0 with Identity-H over a subset, and what its codes say.
 *   in    glyphs of faces, with the text each stands for, as the pages are written
 *   out   codes for the content streams; at the end one font program a face, widths, ToUnicode
 * ISO 32000-1 9.7 and 9.10. Codes are given in order of first use; code = CID = glyph number of the subset.
 * A glyph that stands for different texts (a hyphen made by a break and one that was written) has the same
 * code in further Type 0 fonts, which share the CIDFont and differ in ToUnicode: variants. */
#ifndef N2P_PDF_FONT_H
#define N2P_PDF_FONT_H

#include "asset/font.h"
#include "pdf/pdf_obj.h"

typedef struct PdfFonts PdfFonts;
typedef struct PdfFont PdfFont;

/* cid_sets: say which glyphs are there, as PDF/A-1 asks. */
PdfFonts *pdf_fonts_new(Arena *arena, PdfFile *file, PdfObjects *objects, bool cid_sets, Diag *diag);
PdfFont *pdf_font_of(PdfFonts *fonts, const Font *font);
/* The code of a glyph that stands for the text (cleaned, see pdf_font_clean; empty: whatever it stands for). *variant: which
 * Type 0 font says so; -1: none does, the text must be given as ActualText (variant 0 is used to draw). */
typedef struct {
    uint16_t code;
    int8_t variant;
    int16_t width; /* thousandths of an em, as the reader knows it */
} PdfGlyph;
/* The last answer for each printable ASCII character, for who asks often: valid if glyph is the one asked for + 1. */
typedef struct {
    uint32_t glyph;
    PdfGlyph shown;
} PdfQuick;
PdfQuick *pdf_font_quick(PdfFont *font); /* 128 of them */
PdfGlyph pdf_font_glyph(PdfFonts *fonts, PdfFont *font, uint32_t glyph, const char *text, size_t size);
/* The number of a Type 0 font in resource names ("/F3"), and its object. */
int pdf_font_resource(PdfFonts *fonts, PdfFont *font, int variant);
Ref pdf_font_ref(const PdfFonts *fonts, int resource);
/* Text as readers should get it: no-break spaces are spaces, invisible format characters go, unless nothing else is there.
 * Returns its size; to has room for LONGEST_GLYPH_TEXT, longer ones give LONGEST_GLYPH_TEXT + 1. */
enum { LONGEST_GLYPH_TEXT = 20 };
size_t pdf_font_clean(const char *text, size_t size, char to[LONGEST_GLYPH_TEXT]);
bool pdf_is_ignorable(uint32_t codepoint);
void pdf_fonts_end(PdfFonts *fonts);

#endif
