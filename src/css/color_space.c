/* Conversions between colour spaces, after the definitions in css-color-4 10 and 11; named colours. */
#include "css/color.h"

#include <math.h>
#include <stdlib.h>

static const char *const space_names[] = {"srgb",    "srgb-linear", "display-p3", "a98-rgb", "prophoto-rgb",
                                          "rec2020", "xyz-d50",     "xyz-d65",    "lab",     "oklab",
                                          "lch",     "oklch",       "hsl",        "hwb"};

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static int compare_name(const char *known, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        int difference = (unsigned char)known[i] - lower((unsigned char)text[i]);
        if (difference || !known[i])
            return difference;
    }
    return (unsigned char)known[size];
}

SpaceId space_find(const char *text, size_t size)
{
    if (compare_name("xyz", text, size) == 0)
        return SPACE_XYZ_D65;
    for (int i = 0; i < SPACE_BAD; i++)
        if (compare_name(space_names[i], text, size) == 0)
            return (SpaceId)i;
    return SPACE_BAD;
}

int space_hue(SpaceId space)
{
    return space == SPACE_LCH || space == SPACE_OKLCH ? 2 : space == SPACE_HSL || space == SPACE_HWB ? 0 : -1;
}

static void multiply(const double m[9], const double v[3], double out[3])
{
    double a = v[0], b = v[1], c = v[2];
    for (int i = 0; i < 3; i++)
        out[i] = m[3 * i] * a + m[3 * i + 1] * b + m[3 * i + 2] * c;
}

/* RGB spaces to XYZ in their own white. */
static const double srgb_xyz[9] = {0.41239079926595934, 0.357584339383878,   0.1804807884018343,
                                   0.21263900587151027, 0.715168678767756,   0.07219231536073371,
                                   0.01933081871559182, 0.11919477979462598, 0.9505321522496607};
static const double xyz_srgb[9] = {3.2409699419045226,  -1.537383177570094,   -0.4986107602930034,
                                   -0.9692436362808796, 1.8759675015077202,   0.04155505740717559,
                                   0.05563007969699366, -0.20397695888897652, 1.0569715142428786};
static const double p3_xyz[9] = {0.4865709486482162,
                                 0.26566769316909306,
                                 0.1982172852343625,
                                 0.2289745640697488,
                                 0.6917385218365064,
                                 0.079286914093745,
                                 0,
                                 0.04511338185890264,
                                 1.043944368900976};
static const double a98_xyz[9] = {0.5766690429101305,  0.1855582379065463,  0.1882286462349947,
                                  0.29734497525053605, 0.6273635662554661,  0.07529145849399788,
                                  0.02703136138641234, 0.07068885253582723, 0.9913375368376388};
static const double prophoto_xyz[9] = {0.7977666449006423,
                                       0.13518129740053308,
                                       0.0313477341283922,
                                       0.2880748288194013,
                                       0.711835234241873,
                                       0.00008993693872564,
                                       0,
                                       0,
                                       0.8251046025104602};
static const double rec2020_xyz[9] = {0.6369580483012914,
                                      0.14461690358620832,
                                      0.1688809751641721,
                                      0.2627002120112671,
                                      0.6779980715188708,
                                      0.05930171646986196,
                                      0,
                                      0.028072693049087428,
                                      1.060985057710791};
static const double d50_d65[9] = {0.955473421488075,    -0.02309845494876471,  0.06325924320057072,
                                  -0.0283697093338637,  1.0099953980813041,    0.021041441191917323,
                                  0.012314014864481998, -0.020507649298898964, 1.330365926242124};
static const double d65_d50[9] = {1.0479297925449969,    0.022946870601609652, -0.05019226628920524,
                                  0.02962780877005599,   0.9904344267538799,   -0.017073799063418826,
                                  -0.009243040646204504, 0.015055191490298152, 0.7518742814281371};
static const double lms_xyz[9] = {1.2268798758459243,  -0.5578149944602171, 0.2813910456659647,
                                  -0.0405757452148008, 1.112286803280317,   -0.0717110580655164,
                                  -0.0763729366746601, -0.4214933324022432, 1.5869240198367816};
static const double xyz_lms[9] = {0.819022437996703,  0.3619062600528904, -0.1288737815209879,
                                  0.0329836539323885, 0.9292868615863434, 0.0361446663506424,
                                  0.0481771893596242, 0.2642395317527308, 0.6335478284694309};
static const double oklab_lms[9] = {1, 0.3963377773761749,  0.2158037573099136,
                                    1, -0.1055613458156586, -0.0638541728258133,
                                    1, -0.0894841775298119, -1.2914855480194092};
static const double lms_oklab[9] = {0.210454268309314,  0.7936177747023054,  -0.0040720430116193,
                                    1.9779985324311684, -2.4285922420485799, 0.450593709617411,
                                    0.0259040424655478, 0.7827717124575296,  -0.8086757549230774};

static double srgb_expand(double v)
{
    double a = fabs(v);
    return a <= 0.04045 ? v / 12.92 : copysign(pow((a + 0.055) / 1.055, 2.4), v);
}

static double srgb_compress(double v)
{
    double a = fabs(v);
    return a <= 0.0031308 ? v * 12.92 : copysign(1.055 * pow(a, 1 / 2.4) - 0.055, v);
}

static double expand(SpaceId space, double v)
{
    double a = fabs(v);
    switch (space) {
    case SPACE_A98: return copysign(pow(a, 563.0 / 256), v);
    case SPACE_PROPHOTO: return a <= 16.0 / 512 ? v / 16 : copysign(pow(a, 1.8), v);
    case SPACE_REC2020:
        return a < 0.018053968510807 * 4.5 ? v / 4.5
                                           : copysign(pow((a + 0.09929682680944) / 1.09929682680944, 1 / 0.45), v);
    case SPACE_SRGB_LINEAR: return v;
    default: return srgb_expand(v);
    }
}

static const double white_d50[3] = {0.3457 / 0.3585, 1, (1 - 0.3457 - 0.3585) / 0.3585};

static void lab_to_xyz(const double lab[3], double xyz[3])
{
    const double kappa = 24389.0 / 27, epsilon = 216.0 / 24389;
    double fy = (lab[0] + 16) / 116, fx = lab[1] / 500 + fy, fz = fy - lab[2] / 200;
    double v[3] = {fx * fx * fx > epsilon ? fx * fx * fx : (116 * fx - 16) / kappa,
                   lab[0] > kappa * epsilon ? fy * fy * fy : lab[0] / kappa,
                   fz * fz * fz > epsilon ? fz * fz * fz : (116 * fz - 16) / kappa};
    for (int i = 0; i < 3; i++)
        v[i] *= white_d50[i];
    multiply(d50_d65, v, xyz);
}

static void xyz_to_lab(const double xyz[3], double lab[3])
{
    const double kappa = 24389.0 / 27, epsilon = 216.0 / 24389;
    double v[3], f[3];
    multiply(d65_d50, xyz, v);
    for (int i = 0; i < 3; i++) {
        v[i] /= white_d50[i];
        f[i] = v[i] > epsilon ? cbrt(v[i]) : (kappa * v[i] + 16) / 116;
    }
    lab[0] = 116 * f[1] - 16;
    lab[1] = 500 * (f[0] - f[1]);
    lab[2] = 200 * (f[1] - f[2]);
}

static void oklab_to_xyz(const double lab[3], double xyz[3])
{
    double lms[3];
    multiply(oklab_lms, lab, lms);
    for (int i = 0; i < 3; i++)
        lms[i] = lms[i] * lms[i] * lms[i];
    multiply(lms_xyz, lms, xyz);
}

static void xyz_to_oklab(const double xyz[3], double lab[3])
{
    double lms[3];
    multiply(xyz_lms, xyz, lms);
    for (int i = 0; i < 3; i++)
        lms[i] = cbrt(lms[i]);
    multiply(lms_oklab, lms, lab);
}

static void polar_to_flat(const double in[3], double out[3])
{
    double angle = in[2] * 0.017453292519943295;
    out[0] = in[0];
    out[1] = in[1] * cos(angle);
    out[2] = in[1] * sin(angle);
}

static void flat_to_polar(double lab[3])
{
    double chroma = hypot(lab[1], lab[2]), hue = atan2(lab[2], lab[1]) * 57.295779513082320877;
    lab[1] = chroma;
    lab[2] = hue < 0 ? hue + 360 : hue;
}

static double hsl_channel(double n, double hue, double saturation, double lightness)
{
    double k = fmod(n + hue / 30, 12), a = saturation * (lightness < 1 - lightness ? lightness : 1 - lightness);
    double least = k - 3 < 9 - k ? k - 3 : 9 - k;
    least = least > 1 ? 1 : least < -1 ? -1 : least;
    return lightness - a * least;
}

static double turn(double hue)
{
    double in = fmod(hue, 360);
    return in < 0 ? in + 360 : in;
}

static void hsl_to_srgb(const double in[3], double out[3])
{
    double h = turn(in[0]), s = in[1] / 100, l = in[2] / 100;
    out[0] = hsl_channel(0, h, s, l);
    out[1] = hsl_channel(8, h, s, l);
    out[2] = hsl_channel(4, h, s, l);
}

static void hwb_to_srgb(const double in[3], double out[3])
{
    double white = in[1] / 100, black = in[2] / 100;
    if (white + black >= 1) {
        out[0] = out[1] = out[2] = white / (white + black);
        return;
    }
    double pure[3] = {in[0], 100, 50};
    hsl_to_srgb(pure, out);
    for (int i = 0; i < 3; i++)
        out[i] = out[i] * (1 - white - black) + white;
}

static void srgb_to_hsl(const double c[3], double out[3])
{
    double most = fmax(c[0], fmax(c[1], c[2])), least = fmin(c[0], fmin(c[1], c[2])), d = most - least,
           l = (most + least) / 2, h = 0;
    if (d > 0)
        h = most == c[0]   ? (c[1] - c[2]) / d + (c[1] < c[2] ? 6 : 0)
            : most == c[1] ? (c[2] - c[0]) / d + 2
                           : (c[0] - c[1]) / d + 4;
    out[0] = h * 60;
    out[1] = l <= 0 || l >= 1 ? 0 : (most - l) / fmin(l, 1 - l) * 100;
    out[2] = l * 100;
}

static const double *rgb_matrix(SpaceId space)
{
    switch (space) {
    case SPACE_DISPLAY_P3: return p3_xyz;
    case SPACE_A98: return a98_xyz;
    case SPACE_PROPHOTO: return prophoto_xyz;
    case SPACE_REC2020: return rec2020_xyz;
    default: return srgb_xyz;
    }
}

static void to_xyz(SpaceId space, const double in[3], double xyz[3])
{
    double v[3] = {in[0], in[1], in[2]};
    if (space == SPACE_LCH || space == SPACE_OKLCH)
        polar_to_flat(in, v);
    if (space == SPACE_LAB || space == SPACE_LCH) {
        lab_to_xyz(v, xyz);
    } else if (space == SPACE_OKLAB || space == SPACE_OKLCH) {
        oklab_to_xyz(v, xyz);
    } else if (space == SPACE_XYZ_D65) {
        memcpy(xyz, v, sizeof v);
    } else if (space == SPACE_XYZ_D50) {
        multiply(d50_d65, v, xyz);
    } else {
        for (int i = 0; i < 3; i++)
            v[i] = expand(space, v[i]);
        multiply(rgb_matrix(space), v, xyz);
        if (space == SPACE_PROPHOTO)
            multiply(d50_d65, xyz, xyz);
    }
}

void space_to_srgb(SpaceId space, const double in[3], double out[3])
{
    double xyz[3];
    if (space == SPACE_SRGB) {
        memcpy(out, in, 3 * sizeof *out);
    } else if (space == SPACE_HSL) {
        hsl_to_srgb(in, out);
    } else if (space == SPACE_HWB) {
        hwb_to_srgb(in, out);
    } else {
        to_xyz(space, in, xyz);
        multiply(xyz_srgb, xyz, out);
        for (int i = 0; i < 3; i++)
            out[i] = srgb_compress(out[i]);
    }
}

void space_from_srgb(SpaceId space, const double in[3], double out[3])
{
    double xyz[3], linear[3] = {srgb_expand(in[0]), srgb_expand(in[1]), srgb_expand(in[2])};
    multiply(srgb_xyz, linear, xyz);
    switch (space) {
    case SPACE_HSL: srgb_to_hsl(in, out); return;
    case SPACE_HWB:
        srgb_to_hsl(in, out);
        out[1] = fmin(in[0], fmin(in[1], in[2])) * 100;
        out[2] = (1 - fmax(in[0], fmax(in[1], in[2]))) * 100;
        return;
    case SPACE_SRGB_LINEAR: memcpy(out, linear, sizeof linear); return;
    case SPACE_LAB: xyz_to_lab(xyz, out); return;
    case SPACE_OKLAB: xyz_to_oklab(xyz, out); return;
    case SPACE_LCH:
        xyz_to_lab(xyz, out);
        flat_to_polar(out);
        return;
    case SPACE_OKLCH:
        xyz_to_oklab(xyz, out);
        flat_to_polar(out);
        return;
    case SPACE_XYZ_D65: memcpy(out, xyz, sizeof xyz); return;
    case SPACE_XYZ_D50: multiply(d65_d50, xyz, out); return;
    default: memcpy(out, in, 3 * sizeof *out); /* mixing in a wider RGB space: in sRGB */
    }
}

/* ---- names ---- */
typedef struct {
    const char *name;
    int32_t rgb;
} NamedColor;
static const NamedColor named[] = {
#include "css/colors.def"
};

int32_t color_named(const char *text, size_t size)
{
    int from = 0, to = (int)(sizeof named / sizeof *named);
    while (from < to) {
        int middle = (from + to) / 2, order = compare_name(named[middle].name, text, size);
        if (order == 0)
            return named[middle].rgb;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return -1;
}
