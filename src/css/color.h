/* css/color.h: colour spaces (css-color-4 10): triples of doubles, sRGB 0..1. For the colour parser. */
#ifndef N2P_CSS_COLOR_H
#define N2P_CSS_COLOR_H

#include "base/base.h"

typedef enum {
    SPACE_SRGB,
    SPACE_SRGB_LINEAR,
    SPACE_DISPLAY_P3,
    SPACE_A98,
    SPACE_PROPHOTO,
    SPACE_REC2020,
    SPACE_XYZ_D50,
    SPACE_XYZ_D65,
    SPACE_LAB,
    SPACE_OKLAB,
    SPACE_LCH,
    SPACE_OKLCH,
    SPACE_HSL,
    SPACE_HWB,
    SPACE_BAD
} SpaceId;
SpaceId space_find(const char *text, size_t size);
void space_to_srgb(SpaceId space, const double in[3], double out[3]); /* hues in degrees; hsl, hwb in 0..100 */
void space_from_srgb(SpaceId space, const double in[3], double out[3]);
int space_hue(SpaceId space); /* which component is a hue, -1: none */
/* Named and system colours, as 0xRRGGBB; -1: no such name. */
int32_t color_named(const char *text, size_t size);

#endif
