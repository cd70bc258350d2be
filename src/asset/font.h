/* asset/font.h: font faces: found, measured, shaped, subset. The door to HarfBuzz and fontconfig.
 *   in    families and descriptors; UTF-8 text of one script, direction and face
 *   out   faces; positioned glyphs in Len; subsets as font files
 * Files are mapped, never read whole; a face is opened when first matched. Fontconfig is asked only
 * for a family that neither @font-face nor the bundled fonts have. Faces live as the FontSet. */
#ifndef N2P_ASSET_FONT_H
#define N2P_ASSET_FONT_H

#include "base/base.h"

typedef struct FontSet FontSet;
typedef struct Font Font;

typedef struct {        /* one @font-face, or a line of fonts/index */
    const char *family; /* compared without case */
    const char *path;   /* NULL: local, by full name */
    const char *local;
    int face; /* in a collection */
    int weight_min, weight_max;
    int32_t stretch_min, stretch_max; /* RATIO_ONE = 100 %; 0 0: normal */
    bool italic;
    Len optical_min, optical_max; /* font sizes this cut is drawn for; 0 0: any */
    const uint32_t (*ranges)[2];  /* unicode-range; NULL: as the font covers */
    int range_count;
} FontDescriptor;

/* directory: the bundled fonts, listed in its file `index`; NULL: none. */
FontSet *font_set_open(Arena *arena, const char *directory, bool system_fonts, Diag *diag);
void font_set_add(FontSet *set, const FontDescriptor *face);

typedef struct {
    const char *const *families; /* in order; generic names too: "serif", "sans-serif", "monospace" ... */
    int family_count;
    int weight; /* 1..1000 */
    int32_t stretch;
    bool italic;
    Len size;     /* for optical sizes */
    bool optical; /* choose the cut by size */
    const char *language;
} FontRequest;
/* The first family's best face (css-fonts-4 5.2); never NULL if any font exists. */
const Font *font_match(FontSet *set, const FontRequest *wanted);
/* The first face in the list, then any bundled or system face, that has the character; NULL: nobody has it. */
const Font *font_match_character(FontSet *set, const FontRequest *wanted, uint32_t codepoint);
bool font_has(const Font *font, uint32_t codepoint);
uint32_t font_glyph(const Font *font, uint32_t codepoint); /* 0: none */

/* Metrics at a size; descent is positive downwards. */
typedef struct {
    Len ascent, descent, line_gap, x_height, cap_height;
    Len underline_offset, underline_thickness; /* offset: from the baseline down to the line's middle */
    Len strike_offset, strike_thickness;       /* offset: up */
    Len zero_advance, ideograph_advance, space_advance;
} FontMetrics;
FontMetrics font_metrics(const Font *font, Len size);
bool font_glyph_extents(const Font *font, Len size, uint32_t glyph, Len *left, Len *top, Len *width,
                        Len *height);    /* ink box; top up */
const char *font_name(const Font *font); /* PostScript name */
const char *font_path(const Font *font);
int font_units(const Font *font);           /* per em */
bool font_synthetic_bold(const Font *font); /* the face is lighter than asked: embolden when painting */
bool font_synthetic_italic(const Font *font);

typedef struct {
    uint32_t glyph;
    uint32_t cluster;    /* byte offset in the text */
    Len advance, dx, dy; /* dy up */
    uint8_t unsafe;      /* HarfBuzz UNSAFE_TO_BREAK */
} Glyph;
typedef struct {
    const char *text; /* the whole paragraph, for context */
    size_t size;
    uint32_t from, to; /* bytes to shape */
    bool rtl;
    uint32_t script; /* ISO 15924 as an OpenType-style tag, 'Latn' */
    const char *language;
    const char *const *features; /* "smcp", "onum=0" ... */
    int feature_count;
} ShapeRequest;
/* Glyphs in logical order (an RTL run's visual order is the reverse). Written to glyphs, allocated in arena. */
int font_shape(Arena *arena, const Font *font, Len size, const ShapeRequest *request, Glyph **glyphs);

/* The outlines of the listed glyphs, in any order: glyph i of the file is glyphs[i]; glyphs[0] is 0; no glyph twice.
 * TrueType (components of composites may follow after the last) or bare CFF, CID-keyed, CID i = glyph i. No hints. */
typedef struct {
    Bytes data;
    bool cff; /* data is a bare CFF table, for FontFile3 */
    bool cid_keyed;
} FontSubset;
bool font_subset(Arena *arena, const Font *font, const uint32_t *glyphs, int count, FontSubset *subset);
/* A glyph's outline, in font units, y up: each contour ends with close. */
typedef struct {
    void (*move)(void *user, float x, float y);
    void (*line)(void *user, float x, float y);
    void (*curve)(void *user, float x1, float y1, float x2, float y2, float x, float y);
    void (*close)(void *user);
} OutlineSink;
void font_outline(const Font *font, uint32_t glyph, const OutlineSink *sink, void *user);
int32_t font_advance_units(const Font *font, uint32_t glyph); /* in font units */
typedef struct {
    int ascent, descent, cap_height, italic_angle, flags, bbox[4], weight; /* 1000 per em; PDF FontDescriptor */
    bool embeddable;                                                       /* OS/2 fsType allows it */
} FontDescription;
FontDescription font_describe(const Font *font);

#endif
