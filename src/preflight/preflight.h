/* preflight/preflight.h: what a print shop would find in the file, found while it is written (print-ready.md 6 and 9).
 *   in    each DisplayPage with the PdfWriter that prints it, and its ink map; then the finished file
 *   out   findings, each with its rule, page, place and the source line that caused it; reports of them
 * What is checked is what is printed: inks, overprint and line widths are the writer's answers (pdf/ink.h). */
#ifndef N2P_PREFLIGHT_H
#define N2P_PREFLIGHT_H

#include "raster/raster.h"

typedef enum { LEVEL_PASS, LEVEL_NOTE, LEVEL_WARN, LEVEL_FAIL } Level;
typedef struct {
    const char *rule; /* "P4" */
    uint8_t level;
    int page;   /* from 1; 0: the whole file */
    Len box[4]; /* x, y, width, height from the trim's corner; no width: the whole page */
    Source source;
    const char *sentence; /* with the figure */
    int times;            /* how often in this place */
} Finding;

typedef struct {
    const char *file, *title, *language, *date, *tool; /* title and language as in the PDF; NULL: none */
    const char *const *settings;                       /* name and value in turn; NULL-terminated */
} PreflightFacts;

typedef struct Preflight Preflight;
Preflight *preflight_new(Arena *arena, PdfWriter *writer, const PreflightFacts *facts);
/* inks NULL: nobody could draw it. The page is not needed afterwards. */
void preflight_page(Preflight *preflight, const DisplayPage *page, const Bitmap *inks);
/* What the page looks like, for the report that shows it; after its preflight_page. */
void preflight_show(Preflight *preflight, const Bitmap *seen);
/* file: its name at last; sha256 in hexadecimal; NULL: it went into a pipe. */
void preflight_end(Preflight *preflight, const char *file, int64_t size, const char *sha256);
/* The same of a file that is finished, as far as it can be read (by qpdf): its own claims are held against it. target: the
 * work that it is for; NULL: as it claims. NULL: it can't be read at all; reported. */
Preflight *preflight_file(Arena *arena, Bytes file, const PdfTarget *target, const PreflightFacts *facts, Diag *diag);
/* The inks that are really printed, process and spots; 0: a file of light, or not measured. */
int preflight_inks(const Preflight *preflight, const char *names[RASTER_PLANES]);
int preflight_count(const Preflight *preflight, Level level);
int preflight_findings(const Preflight *preflight, const Finding **findings);

/* Reports, each as a file. */
Bytes preflight_json(Arena *arena, const Preflight *preflight);
Bytes preflight_sarif(Arena *arena, const Preflight *preflight);
Bytes preflight_text(Arena *arena, const Preflight *preflight);
/* Pictures of the pages with the findings marked: a document for this program to set, or a browser. */
Bytes preflight_html(Arena *arena, const Preflight *preflight);

#endif
