/* pdf/target.h: what kind of file is asked for: standards, colour, marks.
 *   in    a name ("office") and single fields that differ from what it stands for, as words
 *   out   a PdfTarget, or a sentence that names the two things that cannot be had together
 * Design: print-ready.md 1 and 8. */
#ifndef N2P_PDF_TARGET_H
#define N2P_PDF_TARGET_H

#include "base/base.h"

typedef struct ColorProfile ColorProfile; /* asset/color_profile.h */

typedef enum { PDFX_NONE, PDFX_1A, PDFX_3, PDFX_4 } PdfX;
typedef enum { PDFA_NONE, PDFA_1B, PDFA_2B, PDFA_2U, PDFA_2A, PDFA_3B, PDFA_3U, PDFA_3A, PDFA_4 } PdfA;
typedef enum { TARGET_COLOR_RGB, TARGET_COLOR_CMYK } TargetColor; /* device family of the output intent */
enum { MARK_CROP = 1, MARK_REGISTER = 2, MARK_BARS = 4, MARK_SLUG = 8 };

typedef struct {
    const char *name; /* "screen", "office", "print-coated" ... */
    PdfX pdfx;
    PdfA pdfa;
    int pdfua; /* 0, 1, 2 */
    TargetColor color;
    const ColorProfile *profile; /* NULL: sRGB */
    const ColorProfile *inks;    /* in a file of RGB: what inks without a profile mean; NULL: a plain formula */
    const char *condition;       /* registry name, "FOGRA39"; NULL for sRGB */
    int ink_limit;               /* percent, 0: none */
    bool black_text;             /* RGB black and neutral text in DeviceGray (office) or K only (print) */
    bool links;                  /* link annotations in the page */
    bool transparency;           /* false: X-1a, X-3, A-1b */
    bool sharpen;
    int picture_ppi; /* aim; 0: pictures are not resampled */
    Len bleed;       /* at least, on every side */
    unsigned marks;  /* MARK_CROP | MARK_REGISTER | MARK_BARS | MARK_SLUG */
    int version;     /* 14, 16, 17, 20 */
} PdfTarget;

/* What the user asks for in words; NULL: as the named target has it. */
typedef struct {
    const char *name; /* NULL: "office" */
    const char *pdfx, *pdfa, *pdfua;
    const char *condition;
    int profile_channels; /* of a profile that the user brings; 0: none */
    const char *marks;    /* "crop,register" */
    const char *bleed;    /* "3mm" */
    bool attach;          /* files are to go into it */
} PdfTargetWords;

/* NULL: the target is filled in (its profile is left NULL). Else what is wrong, as a sentence made in the arena. */
const char *pdf_target_read(Arena *arena, const PdfTargetWords *words, PdfTarget *target);
/* Name and one-line description of target i from 0; false: there are no more. */
bool pdf_target_list(int i, const char **name, const char **description);
/* Name of printing condition i from 0, of those that are known (C7); false: there are no more. */
bool pdf_target_condition(int i, const char **name);
/* The shipped profile of a printing condition, as a file name of profiles/; NULL: none is shipped. */
const char *pdf_target_profile(const PdfTarget *target);

#endif
