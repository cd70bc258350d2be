/* asset/font_face.h: what the files of asset/font*.c share: families, faces, the fonts made of them. */
#ifndef N2P_ASSET_FONT_FACE_H
#define N2P_ASSET_FONT_FACE_H

#include "asset/font.h"

#include <hb-ot.h>
#include <hb.h>

typedef struct Face {
    FontDescriptor what;
    int order; /* of font_set_add: of equal faces the later wins (css-fonts-4 4.1) */
    bool opened, broken;
    Bytes data;
    hb_face_t *hb;
    struct Font *fonts; /* made of this face */
    bool variable;
} Face;

struct Font {
    FontSet *set;
    Face *face;
    hb_font_t *hb;
    struct Font *next;     /* of the same face */
    bool bold, italic;     /* synthetic */
    float weight, optical; /* variation; 0: none */
    int units;
    int ascent, descent, line_gap, x_height, cap_height, underline_offset, underline_thickness, strike_offset,
        strike_thickness;
    uint32_t space, zero, ideograph; /* glyphs */
};

typedef struct Family {
    const char *name;
    const char *kind; /* "serif", "sans-serif"; NULL: not bundled */
    bool bundled, system;
    const uint16_t (*pages)[2]; /* pages of 256 characters it may have; NULL: any */
    int page_count;
    VEC(Face *) faces;
} Family;

typedef struct {
    const char *name, *family;
    Len size;
} FontCut;
typedef struct {
    const char *name;
    const char *const *families;
    int count;
} FontAlias;

/* One request's fonts in the order in which a character is looked for. */
typedef struct Chain {
    FontRequest wanted;
    VEC(const Font *) fonts; /* first those of the families asked for, then bundled ones */
    VEC(Family *) families;  /* beside them: for faces with unicode-range */
    const Font *first;
} Chain;
typedef struct {
    uint32_t codepoint;
    int weight;
    bool italic, sans;
    const Font *font;
} Missing;

struct FontSet {
    const Font *last; /* that was matched, for where nothing else can be read */
    Arena *arena;
    const char *directory;
    Diag *diag;
    bool system_fonts;
    int added;
    VEC(Family *) families;
    VEC(FontCut) cuts;
    VEC(FontAlias) aliases;
    VEC(Chain *) chains;
    Chain *last_chain;
    VEC(Missing) missing; /* what the system was asked for */
    struct SystemFonts *system;
    hb_buffer_t *buffer;
};

/* font_open.c */
bool face_open(FontSet *set, Face *face); /* maps the file; false, with a message once: it is no font */
const Font *face_font(FontSet *set, Face *face, const FontRequest *wanted);
bool face_in_range(const Face *face, uint32_t codepoint);
/* font_set.c */
Face *family_choose(const Family *family, const FontRequest *wanted, uint32_t codepoint); /* NULL: no face */
Family *family_add(FontSet *set, const char *name);
/* font_index.c */
void font_index_read(FontSet *set);
/* font_system.c: fontconfig, loaded when first asked */
Family *system_family(FontSet *set, const char *name); /* NULL: not installed */
Face *system_face_for(FontSet *set, const FontRequest *wanted, bool sans, uint32_t codepoint);
bool system_local(FontSet *set, const char *name, Face *face); /* by full or PostScript name: sets path and face */
/* font_woff.c: the sfnt in a WOFF file; false: damaged or unknown */
bool woff_decode(Arena *arena, Bytes woff, Bytes *sfnt);
/* font_glyf.c, font_cff.c */
bool glyf_subset(Arena *arena, hb_face_t *face, const uint32_t *glyphs, int count, Bytes *data);
bool cff_subset(Arena *arena, hb_face_t *face, const uint32_t *glyphs, int count, Bytes *data);

#endif
