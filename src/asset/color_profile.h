/* asset/color_profile.h: colour profiles, and colours from one to another. The door to Little CMS, which is loaded with the
 * first transform: a file in sRGB has none.
 *   in    the bytes of an ICC profile (ICC.1:2022, versions 2 and 4); colours of its space
 *   out   what it is; colours of another space
 * The rules C1 to C5, P14: print-ready.md 6 and 7. Ink: 255 or 65535 is all of it. */
#ifndef N2P_ASSET_COLOR_PROFILE_H
#define N2P_ASSET_COLOR_PROFILE_H

#include "base/base.h"

typedef struct ColorProfile ColorProfile;

/* What a file is made for: a printer's CMYK profile with its tables both ways. NULL: *wrong says why not, as an end of "the
 * profile ...". The bytes are kept, not copied. */
const ColorProfile *color_profile_output(Arena *arena, Bytes icc, const char **wrong);
/* What a picture carries. NULL: it is of no use for so many channels. */
const ColorProfile *color_profile_picture(Arena *arena, Bytes icc, int channels);
/* One that a style names: gray, RGB or CMYK. NULL: *wrong as above. */
const ColorProfile *color_profile_named(Arena *arena, Bytes icc, const char **wrong);
const ColorProfile *color_profile_srgb(void);
const ColorProfile *color_profile_gray(void); /* gray with the curve of sRGB: what a picture without profile means */

Bytes color_profile_bytes(const ColorProfile *profile); /* empty: gray */
int color_profile_channels(const ColorProfile *profile);
uint64_t color_profile_hash(const ColorProfile *profile);
const char *color_profile_name(Arena *arena, const ColorProfile *profile); /* its description in English */
bool color_profile_same(const ColorProfile *a, const ColorProfile *b);

typedef enum { RENDER_PERCEPTUAL, RENDER_RELATIVE } ColorIntent;
typedef struct {
    ColorIntent intent;
    bool compensate; /* the black point (C2) */
    bool exact;      /* no table stands between: for single colours */
    bool keep_plane; /* CMYK to CMYK: black stays the plane it is, for photographs; else only pure black does (C3) */
    bool black_only; /* to CMYK: black ink alone, as gray always is */
    int bits_in, bits_out; /* 8 or 16, the machine's order */
    bool big_endian;       /* what goes in, of 16 bits */
    int ink_limit;         /* percent, for CMYK that comes out (C4); 0: none */
} ColorWay;
typedef struct ColorTransform ColorTransform;

/* Gray to CMYK comes out as black alone, one channel, of equal lightness between paper and full black (P14). NULL: Little CMS
 * isn't there, or can't take the profiles. */
ColorTransform *color_transform_new(Arena *arena, const ColorProfile *from, const ColorProfile *to,
                                    const ColorWay *way);
int color_transform_channels(const ColorTransform *transform); /* that come out */
void color_transform_pixels(const ColorTransform *transform, const void *in, void *out, size_t count);

/* C4: pixels above the limit lose cyan, magenta and yellow, in their ratio; black stays. */
void color_limit_ink8(uint8_t *cmyk, size_t count, int percent);
void color_limit_ink16(uint16_t *cmyk, size_t count, int percent);

#endif
