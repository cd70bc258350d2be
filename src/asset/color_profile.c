/* Profiles by their heads: class, space, size and tags of ICC.1:2022 7.2 and 7.3, read without a library. */
#include "asset/color_profile.h"

#include "asset/color_internal.h"

static const uint8_t srgb_bytes[] = {
#include "asset/srgb_profile.def"
};
static const ColorProfile srgb = {{(const char *)srgb_bytes, sizeof srgb_bytes}, 3};
static const ColorProfile gray = {{NULL, 0}, 1};

const ColorProfile *color_profile_srgb(void)
{
    return &srgb;
}

const ColorProfile *color_profile_gray(void)
{
    return &gray;
}

static uint32_t number(Bytes icc, size_t at)
{
    const uint8_t *b = (const uint8_t *)icc.data + at;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool says(Bytes icc, size_t at, const char *signature)
{
    return memcmp(icc.data + at, signature, 4) == 0;
}

static bool has_tag(Bytes icc, const char *signature)
{
    uint32_t count = number(icc, 128);
    for (uint32_t i = 0; i < count && 132 + 12 * (size_t)i + 12 <= icc.size; i++) {
        size_t at = 132 + 12 * (size_t)i, offset = number(icc, at + 4), size = number(icc, at + 8);
        if (says(icc, at, signature))
            return size >= 8 && offset >= 132 && offset <= icc.size && size <= icc.size - offset;
    }
    return false;
}

static const char *wrong_head(Bytes icc)
{
    if (icc.size < 132 || !says(icc, 36, "acsp"))
        return "is no ICC profile";
    if (number(icc, 0) != icc.size)
        return "is damaged: it has another size than its head says";
    if (icc.data[8] != 2 && icc.data[8] != 4)
        return "has a version other than 2 and 4";
    return NULL;
}

/* print-ready.md X5 */
static const char *wrong_for_output(Bytes icc)
{
    static const char *const tags[] = {"A2B0", "A2B1", "B2A0", "B2A1", "wtpt"};
    const char *wrong = wrong_head(icc);
    if (wrong)
        return wrong;
    if (!says(icc, 12, "prtr"))
        return "is not of a printer (its class is not prtr)";
    if (!says(icc, 16, "CMYK"))
        return "is not of CMYK";
    if (!says(icc, 20, "Lab ") && !says(icc, 20, "XYZ "))
        return "has an unknown connection space";
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (!has_tag(icc, tags[i]))
            return "lacks a table that printing needs (A2B0, A2B1, B2A0, B2A1, wtpt)";
    return NULL;
}

static const ColorProfile *profile_new(Arena *arena, Bytes icc, int channels)
{
    ColorProfile *profile = NEW(arena, ColorProfile);
    *profile = (ColorProfile){icc, channels};
    return profile;
}

const ColorProfile *color_profile_output(Arena *arena, Bytes icc, const char **wrong)
{
    *wrong = wrong_for_output(icc);
    return *wrong ? NULL : profile_new(arena, icc, 4);
}

const ColorProfile *color_profile_picture(Arena *arena, Bytes icc, int channels)
{
    const char *space = channels == 1 ? "GRAY" : channels == 3 ? "RGB " : "CMYK";
    bool good = !wrong_head(icc) && says(icc, 16, space);
    return good ? profile_new(arena, icc, channels) : NULL;
}

const ColorProfile *color_profile_named(Arena *arena, Bytes icc, const char **wrong)
{
    *wrong = wrong_head(icc);
    if (*wrong)
        return NULL;
    int channels = says(icc, 16, "GRAY") ? 1 : says(icc, 16, "RGB ") ? 3 : says(icc, 16, "CMYK") ? 4 : 0;
    if (!channels)
        *wrong = "is not of gray, RGB or CMYK";
    return channels ? profile_new(arena, icc, channels) : NULL;
}

Bytes color_profile_bytes(const ColorProfile *profile)
{
    return profile->icc;
}

int color_profile_channels(const ColorProfile *profile)
{
    return profile->channels;
}

uint64_t color_profile_hash(const ColorProfile *profile)
{
    return hash_bytes(profile->icc.data, profile->icc.size, 0);
}

bool color_profile_same(const ColorProfile *a, const ColorProfile *b)
{
    return a == b || (a->channels == b->channels && a->icc.size == b->icc.size &&
                      memcmp(a->icc.data, b->icc.data, a->icc.size) == 0);
}

/* ---- C4 ---- */

/* The sum in `full` units of an ink, the limit in the same. Rounded down, so that the sum stays below. */
#define LIMIT_INK(Sample, full)                                                              \
    int64_t most = (int64_t)percent * (full) / 100;                                          \
    for (; percent > 0 && count > 0; count--, cmyk += 4) {                                   \
        int64_t colors = (int64_t)cmyk[0] + cmyk[1] + cmyk[2], room = most - cmyk[3];        \
        if (colors > room)                                                                   \
            for (int i = 0; i < 3; i++)                                                      \
                cmyk[i] = room > 0 ? (Sample)((int64_t)cmyk[i] * room / colors) : (Sample)0; \
    }

void color_limit_ink8(uint8_t *cmyk, size_t count, int percent)
{
    LIMIT_INK(uint8_t, 255)
}

void color_limit_ink16(uint16_t *cmyk, size_t count, int percent)
{
    LIMIT_INK(uint16_t, 65535)
}
