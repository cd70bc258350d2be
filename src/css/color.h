/* css/color.h: colour spaces (css-color-4 10): triples of doubles, sRGB 0..1. For the colour parser. */
#ifndef N2P_CSS_COLOR_H
#define N2P_CSS_COLOR_H

#include "css/values.h"

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

/* ---- between color.c and color_mix.c ---- */
typedef enum { PART_NONE, PART_NUMBER, PART_PERCENT, PART_ANGLE } PartKind;
typedef struct {
    PartKind kind;
    double value;
} Part;
typedef struct { /* what channel keywords mean in a relative colour */
    bool set;
    const char *names[4];
    double values[4];
} Origins;
bool color_part(Reader *reader, TokenRange *in, const Origins *origins, Part *part);
uint16_t color_channel(double value);               /* 0..1 to 0..65535 */
void color_look(const Color *color, double rgb[3]); /* for mixing: inks as 1 - c - k */
Color color_of_look(const double rgb[3], double alpha);
bool color_mix_parse(Reader *reader, TokenRange in, Color *color);

#endif
