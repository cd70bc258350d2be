/* paint/paint.h: from fragments to a display list: what is drawn, in painting order, with what it means.
 *   in    a page of fragments
 *   out   a DisplayPage: operations in page coordinates: Len from the top left corner of the page box, y down
 * Read by pdf, by preflight and by --dump=paint: what is checked is what is printed.
 * Colours stay symbolic. Painting order: CSS 2.2 appendix E. */
#ifndef N2P_PAINT_H
#define N2P_PAINT_H

#include "asset/font.h"
#include "asset/image.h"
#include "base/base.h"
#include "css/css.h"
#include "document/tag.h"
#include "text/text.h"

typedef struct {
    int32_t a, b, c, d;
    Len e, f;
} Matrix; /* a..d: RATIO_ONE = 1 */
typedef struct {
    uint8_t kind;
    Len x[6];
} PathStep; /* MOVE x y, LINE x y, CURVE x1 y1 x2 y2 x y, CLOSE */
enum { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };
typedef struct {
    int count;
    const PathStep *steps;
    bool even_odd;
} Path;
typedef struct {
    Color color;
    int32_t at;
} GradientStop;  /* at: RATIO_ONE = the end */
typedef struct { /* linear, or radial where r1 or r0 is set */
    bool radial, repeat;
    Len x0, y0, r0, x1, y1, r1;
    Matrix matrix; /* of the gradient's space (elliptic radial) */
    int count;
    const GradientStop *stops;
} Gradient;

typedef enum {
    OP_RECT,      /* rect, color */
    OP_FILL,      /* path, color or gradient */
    OP_STROKE,    /* path, color, line width, dashes */
    OP_GLYPHS,    /* run at x, y (left end of the baseline), color */
    OP_IMAGE,     /* image drawn into rect, as turned by its orientation; alpha honoured */
    OP_CLIP,      /* path; until the matching OP_RESTORE */
    OP_GROUP,     /* opacity < 1 or blend mode: what follows until OP_RESTORE is one group */
    OP_TRANSFORM, /* matrix, until OP_RESTORE */
    OP_RESTORE,
    OP_LINK,    /* rect is active: href (URI, or "#id"), tag is the LINK */
    OP_ANCHOR,  /* id is at x, y */
    OP_BOOKMARK /* outline entry: level, text, open; at x, y */
} OpKind;
typedef enum { OVERPRINT_AUTO, OVERPRINT_NONE, OVERPRINT_ALL } Overprint; /* auto: as the target's rules have it */
/* What is no part of the text: backgrounds and lines; what stands in the margins of every page. */
typedef enum { ARTIFACT_LAYOUT, ARTIFACT_HEADER, ARTIFACT_FOOTER, ARTIFACT_SIDE, ARTIFACT_MARK } ArtifactKind;
typedef struct PaintOp {
    uint8_t kind;
    uint8_t artifact;  /* which, where tag is NULL */
    uint8_t overprint; /* -n2p-overprint */
    const Tag *tag;    /* NULL: artifact */
    uint64_t order;    /* of this content in its tag */
    Source source;
    Color color;
    union {
        struct {
            Len x, y, width, height;
            const Image *image;
            const char *alt;
        } rect; /* RECT IMAGE LINK */
        struct {
            const Path *path;
            const Gradient *gradient;
            Len line_width;
            Len dash[2];
            bool round;
        } path; /* FILL STROKE CLIP */
        struct {
            const GlyphRun *run;
            Len x, y;
            Len slant_bold;
        } glyphs;
        struct {
            int32_t opacity;
            uint16_t blend;
        } group;
        Matrix matrix;
        struct {
            Len x, y;
            int level;
            bool open;
        } mark;
    } at;
    const char *text; /* LINK: href. ANCHOR: id. BOOKMARK: label. GLYPHS: actual text where it isn't the run's own */
} PaintOp;

typedef struct DisplayPage {
    Len width, height, bleed;     /* page box (trim); bleed on every side */
    bool crop_marks, cross_marks; /* the style asks for them */
    int number;                   /* from 1 */
    const char *label;            /* counter(page) as printed, NULL: number */
    int count;
    const PaintOp *ops;
} DisplayPage;

void paint_dump(const DisplayPage *page, Buffer *out);

#endif
