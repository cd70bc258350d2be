/* What the files of preflight share. */
#ifndef N2P_PREFLIGHT_INTERNAL_H
#define N2P_PREFLIGHT_INTERNAL_H

#include "base/digest.h"
#include "base/json.h"
#include "preflight/preflight.h"

#define MM(tenths) ((Len)((int64_t)(tenths)*72 * LEN_PT / 254)) /* tenths of a millimetre */

/* ---- rules.c ---- */
typedef struct { /* the columns of print-ready.md 6 */
    const char *name;
    int ppi_must, ppi_should;   /* P1, P2: must be exceeded */
    int line_must, line_should; /* P3 */
    int ink_mean;               /* P4; 0: no limit */
    int ink_most;               /* P5 */
    Len colored_text;           /* P6, P7 */
    int rich_black;             /* P8 */
    Len black_text;             /* P11 */
    Len safe;                   /* P16: from the trim to text */
    bool stitched;              /* P17 */
} Work;
enum { RULE_WRITING = 1, RULE_FINISHED = 2, RULE_BOTH = 3 };
typedef struct {
    const char *id, *title;
    uint8_t asked; /* while a file is written, of a finished one */
} Rule;
extern const Rule preflight_rules[];
const Work *work_of(const PdfTarget *target);
const Work *work_of_file(const PdfTarget *target, const char *condition); /* by the condition it names */
const Rule *next_rule(const Preflight *preflight,
                      const Rule *rule); /* that is asked here; NULL: the first; NULL: no more */

/* ---- what is known of the file ---- */
typedef enum { TEXT_BLACK, TEXT_ONE, TEXT_MANY, TEXT_WHITE, TEXT_SPOT, TEXT_LIGHT, TEXT_CLASSES } TextClass;
extern const char *const text_class_names[TEXT_CLASSES]; /* LIGHT: of a file in RGB */
typedef struct {
    uint8_t class; /* TextClass */
    int inks;      /* that are there */
    double sum;    /* percent */
    double black;
    bool all_black; /* 100 K and nothing else */
} Inks;
typedef struct {
    Len size; /* 0: there is none */
    int page;
    Source source;
} Least;

typedef struct {
    int width, height; /* pixels, upright */
    int page;
    Len box[4];
    double ppi;
    bool line_art, profile;
    const char *path, *space;
    Source source;
} Picture;
typedef struct {
    const void *font; /* what tells one from the other */
    const char *name;
    bool embedded, subset, embeddable;
    int64_t glyphs;
} FontUse;
typedef struct {
    int number;
    const char *label;
    Len width, height, bleed;
    bool transparent, empty, measured;
    int planes;
    const char *names[RASTER_PLANES];
    double mean[RASTER_PLANES]; /* percent, of the trim */
    double *zones;              /* percent of each plane in strips of 15 mm from the left */
    int zone_count;
    double most, square; /* percent: of a pixel; mean of the worst square of 15 mm */
    Len most_at[2], square_box[4];
    int links, links_left_out;
    Bytes picture; /* PNG, with the bleed */
} PageFacts;

struct Preflight {
    Arena *arena;
    PdfWriter *writer; /* NULL: the file is finished */
    const PdfTarget *target;
    const char *condition;
    const Work *work;
    PreflightFacts facts;
    int64_t size;
    const char *sha256;
    VEC(Finding) findings;
    VEC(PageFacts) pages;
    VEC(Picture) pictures;
    VEC(FontUse) fonts;
    VEC(const char *) spots;
    Least text[TEXT_CLASSES], line;
    int overprinted_texts, overprinted_lines, knocked_out, raised;
    int counts[LEVEL_FAIL + 1];
};

/* Says what was found; the same rule at the same place of a page is counted, its boxes put together. */
void found(Preflight *preflight, const char *rule, Level level, int page, const Len box[4], Source source,
           const char *format, ...) __attribute__((format(printf, 7, 8)));

/* P6 to P8, P11; P1 to P3; what is told of a spot: P10 */
void judge_text(Preflight *preflight, int page, const Inks *inks, double size, const Len box[4], Source source);
void judge_picture(Preflight *preflight, const Picture *picture);
void judge_spot(Preflight *preflight, const char *name, bool press, int page, Source source);
void note_least(Least *least, double size, int page, Source source);
void measure_inks(Preflight *preflight, PageFacts *page, const Bitmap *inks); /* ink.c: P4, P5 */
const char *level_name(Level level);
Level rule_level(const Preflight *preflight, const char *id, int *count); /* the worst that was found by it */
const char *standards_text(Arena *arena, const PdfTarget *target);        /* "PDF/X-4, PDF/A-2a" */

#endif
