/* Colours from one profile to another, by Little CMS. */
#include <dlfcn.h>
#include <math.h>
#include <pthread.h>

#include <lcms2.h>

#include "asset/color_internal.h"

/* ---- the library: loaded when the first colour is converted ---- */
#define LCMS_FUNCTIONS(DO)          \
    DO(cmsOpenProfileFromMemTHR)    \
    DO(cmsCloseProfile)             \
    DO(cmsCreate_sRGBProfileTHR)    \
    DO(cmsCreateGrayProfileTHR)     \
    DO(cmsCreateLab4ProfileTHR)     \
    DO(cmsBuildParametricToneCurve) \
    DO(cmsFreeToneCurve)            \
    DO(cmsCreateTransformTHR)       \
    DO(cmsDoTransform)              \
    DO(cmsDeleteTransform)          \
    DO(cmsCreateContext)            \
    DO(cmsDeleteContext)            \
    DO(cmsD50_xyY)                  \
    DO(cmsGetProfileInfoASCII)
#define MEMBER(name) __typeof__(&name) name;
static struct {
    LCMS_FUNCTIONS(MEMBER)
    bool loaded;
} lcms;

static void load_library(void)
{
    static const char *const names[] = {"liblcms2.so.2", "liblcms2.so", "liblcms2.2.dylib"};
    void *handle = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !handle; i++)
        handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    lcms.loaded = handle != NULL;
#define FIND(name)                                                     \
    if (lcms.loaded && !(*(void **)&lcms.name = dlsym(handle, #name))) \
        lcms.loaded = false;
    LCMS_FUNCTIONS(FIND)
}

static bool library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_library);
    return lcms.loaded;
}

/* ---- profiles as the library has them ---- */

static cmsHPROFILE open_gray(cmsContext context)
{
    const double srgb[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve *curve = lcms.cmsBuildParametricToneCurve(context, 4, srgb);
    cmsHPROFILE profile = curve ? lcms.cmsCreateGrayProfileTHR(context, lcms.cmsD50_xyY(), curve) : NULL;
    if (curve)
        lcms.cmsFreeToneCurve(curve);
    return profile;
}

static cmsHPROFILE open_profile(cmsContext context, const ColorProfile *profile)
{
    if (profile == color_profile_srgb())
        return lcms.cmsCreate_sRGBProfileTHR(context);
    if (profile == color_profile_gray())
        return open_gray(context);
    return lcms.cmsOpenProfileFromMemTHR(context, profile->icc.data, (cmsUInt32Number)profile->icc.size);
}

/* What is made of two profiles needs them no longer. */
static cmsHTRANSFORM make(cmsContext context, cmsHPROFILE from, uint32_t in, cmsHPROFILE to, uint32_t out,
                          uint32_t intent, uint32_t flags)
{
    cmsHTRANSFORM made = from && to ? lcms.cmsCreateTransformTHR(context, from, in, to, out, intent, flags) : NULL;
    if (from)
        lcms.cmsCloseProfile(from);
    if (to)
        lcms.cmsCloseProfile(to);
    return made;
}

const char *color_profile_name(Arena *arena, const ColorProfile *profile)
{
    char name[256] = "";
    if (profile == color_profile_srgb() || profile == color_profile_gray() || !library())
        return profile->channels == 1 ? "Gray" : profile->channels == 3 ? "sRGB" : "CMYK";
    cmsHPROFILE opened = open_profile(NULL, profile);
    if (opened) {
        lcms.cmsGetProfileInfoASCII(opened, cmsInfoDescription, "en", "US", name, sizeof name);
        lcms.cmsCloseProfile(opened);
    }
    return arena_string(arena, name, strlen(name));
}

/* ---- transforms ---- */

enum { BLACK_STEPS = 256 };
struct ColorTransform {
    ColorWay way;
    int channels, channels_in; /* that come out, go in */
    bool black_only;           /* gray to black */
    bool inks;                 /* from inks to inks */
    cmsContext context;
    cmsHTRANSFORM made;
    uint16_t black[BLACK_STEPS + 1]; /* black alone, for each 1/256 of gray or of another black */
};

static void transform_close(void *object)
{
    ColorTransform *transform = object;
    if (transform->made)
        lcms.cmsDeleteTransform(transform->made);
    lcms.cmsDeleteContext(transform->context);
}

static uint32_t format(int channels, int bits, bool big_endian)
{
    uint32_t space = channels == 1 ? PT_GRAY : channels == 3 ? PT_RGB : PT_CMYK;
    return COLORSPACE_SH(space) | CHANNELS_SH((uint32_t)channels) | BYTES_SH((uint32_t)bits / 8) |
           ENDIAN16_SH(big_endian && bits == 16);
}

/* C2, C3 */
static uint32_t intent_of(const ColorWay *way, const ColorProfile *from, const ColorProfile *to)
{
    if (from->channels == 4 && to->channels == 4)
        return way->keep_plane ? INTENT_PRESERVE_K_PLANE_RELATIVE_COLORIMETRIC
                               : INTENT_PRESERVE_K_ONLY_RELATIVE_COLORIMETRIC;
    return way->intent == RENDER_PERCEPTUAL ? INTENT_PERCEPTUAL : INTENT_RELATIVE_COLORIMETRIC;
}

static cmsHTRANSFORM make_between(const ColorTransform *transform, const ColorProfile *from, const ColorProfile *to,
                                  int bits_out)
{
    const ColorWay *way = &transform->way;
    uint32_t flags = (way->compensate ? cmsFLAGS_BLACKPOINTCOMPENSATION : 0) | (way->exact ? cmsFLAGS_NOOPTIMIZE : 0);
    return make(transform->context, open_profile(transform->context, from),
                format(from->channels, way->bits_in, way->big_endian), open_profile(transform->context, to),
                format(to->channels, bits_out, false), intent_of(way, from, to), flags);
}

/* ---- black alone: P14, C3 ---- */

static double lightness_to_y(double lightness)
{
    double f = (lightness + 16) / 116;
    return lightness > 8 ? f * f * f : lightness * 27 / 24389;
}

static double srgb_to_y(double v)
{
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

/* The luminance of black ink alone at each step, paper being 1, full black 0 (the black point compensation of C2). */
static bool measure_black(cmsContext context, const ColorProfile *profile, double luminance[BLACK_STEPS + 1])
{
    cmsHTRANSFORM seen =
        make(context, open_profile(context, profile), TYPE_CMYK_16, lcms.cmsCreateLab4ProfileTHR(context, NULL),
             TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
    for (int i = 0; seen && i <= BLACK_STEPS; i++) {
        uint16_t ink[4] = {0, 0, 0, (uint16_t)((i * 65535 + BLACK_STEPS / 2) / BLACK_STEPS)};
        double lab[3];
        lcms.cmsDoTransform(seen, ink, lab, 1);
        luminance[i] = lightness_to_y(lab[0]);
        if (i > 0 && luminance[i] > luminance[i - 1])
            luminance[i] = luminance[i - 1];
    }
    if (!seen)
        return false;
    lcms.cmsDeleteTransform(seen);
    double paper = luminance[0], solid = luminance[BLACK_STEPS];
    for (int i = 0; i <= BLACK_STEPS; i++)
        luminance[i] = paper > solid ? (luminance[i] - solid) / (paper - solid) : 0;
    return paper > solid;
}

/* How much ink gives the luminance, 0..65535. */
static uint16_t ink_for(const double luminance[BLACK_STEPS + 1], double wanted)
{
    int step = BLACK_STEPS - 1;
    while (step > 0 && luminance[step] < wanted)
        step--;
    double span = luminance[step] - luminance[step + 1];
    double ink = (step + (span > 0 ? (luminance[step] - wanted) / span : 0)) / BLACK_STEPS;
    return (uint16_t)lround(fmin(fmax(ink, 0), 1) * 65535);
}

/* The table from gray, or from the black of other inks, to black of equal luminance. */
static bool make_black(ColorTransform *transform, const ColorProfile *from, const ColorProfile *to)
{
    double here[BLACK_STEPS + 1], there[BLACK_STEPS + 1];
    if (!measure_black(transform->context, to, there))
        return false;
    if (transform->inks && !measure_black(transform->context, from, here))
        return false;
    for (int i = 0; i <= BLACK_STEPS; i++) {
        double wanted = transform->inks ? here[i] : srgb_to_y((double)i / BLACK_STEPS);
        transform->black[i] = wanted >= 1 ? 0 : wanted <= 0 ? 65535 : ink_for(there, wanted);
    }
    return true;
}

static uint16_t black_of(const ColorTransform *transform, uint16_t value)
{
    uint32_t at = (uint32_t)value * BLACK_STEPS, step = at / 65535, rest = at % 65535;
    if (rest == 0)
        return transform->black[step];
    int64_t from = transform->black[step], to = transform->black[step + 1];
    return (uint16_t)(from + ((to - from) * rest + (to > from ? 32767 : -32767)) / 65535);
}

static uint16_t sample(const ColorWay *way, const uint8_t *in, size_t i)
{
    if (way->bits_in == 8)
        return (uint16_t)(in[i] * 257);
    if (way->big_endian)
        return (uint16_t)(in[2 * i] << 8 | in[2 * i + 1]);
    uint16_t value;
    memcpy(&value, in + 2 * i, 2);
    return value;
}

static void put_sample(const ColorWay *way, void *out, size_t i, uint16_t value)
{
    if (way->bits_out == 8)
        ((uint8_t *)out)[i] = (uint8_t)((value + 128) / 257);
    else
        ((uint16_t *)out)[i] = value;
}

/* What isn't plain gray becomes so first, a few pixels at a time. */
static void gray_to_black(const ColorTransform *transform, const uint8_t *in, void *out, size_t count)
{
    enum { SOME = 256 };
    uint16_t grays[SOME];
    size_t bytes = (size_t)transform->channels_in * (size_t)transform->way.bits_in / 8;
    for (size_t at = 0; at < count; at += SOME) {
        size_t some = count - at < SOME ? count - at : SOME;
        if (transform->made)
            lcms.cmsDoTransform(transform->made, in + at * bytes, grays, (cmsUInt32Number)some);
        for (size_t i = 0; i < some; i++) {
            uint16_t gray = transform->made ? grays[i] : sample(&transform->way, in, at + i);
            put_sample(&transform->way, out, at + i, black_of(transform, gray));
        }
    }
}

/* What is black alone stays so, and full black full: the library keeps it alone, but knows no compensation there. */
static void keep_black(const ColorTransform *transform, const uint8_t *in, void *out, size_t count)
{
    size_t bytes = (size_t)transform->way.bits_in / 8;
    static const uint8_t none[6];
    for (size_t i = 0; i < count; i++, in += 4 * bytes) {
        if (memcmp(in, none, 3 * bytes) != 0)
            continue;
        for (size_t k = 0; k < 3; k++)
            put_sample(&transform->way, out, 4 * i + k, 0);
        put_sample(&transform->way, out, 4 * i + 3, black_of(transform, sample(&transform->way, in, 3)));
    }
}

/* ---- the whole ---- */

ColorTransform *color_transform_new(Arena *arena, const ColorProfile *from, const ColorProfile *to, const ColorWay *way)
{
    if (!library())
        return NULL;
    ColorTransform *transform = NEW(arena, ColorTransform);
    bool black = to->channels == 4 && (way->black_only || from->channels == 1),
         plain = black && from == color_profile_gray();
    transform->way = *way;
    transform->black_only = black;
    transform->inks = !black && from->channels == 4 && to->channels == 4;
    transform->channels_in = from->channels;
    transform->channels = black ? 1 : to->channels;
    transform->context = lcms.cmsCreateContext(NULL, NULL);
    arena_at_free(arena, transform_close, transform);
    if ((black || transform->inks) && !make_black(transform, from, to))
        return NULL;
    if (!plain)
        transform->made = black ? make_between(transform, from, color_profile_gray(), 16)
                                : make_between(transform, from, to, way->bits_out);
    return plain || transform->made ? transform : NULL;
}

int color_transform_channels(const ColorTransform *transform)
{
    return transform->channels;
}

void color_transform_pixels(const ColorTransform *transform, const void *in, void *out, size_t count)
{
    if (transform->black_only) {
        gray_to_black(transform, in, out, count);
        return;
    }
    lcms.cmsDoTransform(transform->made, in, out, (cmsUInt32Number)count);
    if (transform->inks)
        keep_black(transform, in, out, count);
    if (transform->channels == 4 && transform->way.bits_out == 8)
        color_limit_ink8(out, count, transform->way.ink_limit);
    else if (transform->channels == 4)
        color_limit_ink16(out, count, transform->way.ink_limit);
}
