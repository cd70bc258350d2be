/* asset/color_internal.h: what a profile is, for color_*.c only. */
#ifndef N2P_ASSET_COLOR_INTERNAL_H
#define N2P_ASSET_COLOR_INTERNAL_H

#include "asset/color_profile.h"

struct ColorProfile {
    Bytes icc;
    int channels;
};

#endif
