/* Colour profiles: what is taken and what refused (C6, X5), ink (C4), black that stays black (C3), gray as black ink of equal
 * lightness (P14), and sRGB as a file carries it. Colours are held against Little CMS itself, called here in its own words. */
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <lcms2.h>

#include "asset/color_profile.h"

static const char *const shipped[][2] = {{"profiles/coated-fogra39-300.icc", "300"},
                                         {"profiles/uncoated-fogra47-280.icc", "280"},
                                         {"profiles/news-ifra26s-220.icc", "220"}};
enum { SHIPPED = 3 };

static Bytes load(Arena *arena, const char *path)
{
    Bytes bytes;
    assert_int_equal(file_map(arena, path, 1 << 24, &bytes), FILE_OK);
    return bytes;
}

static const ColorProfile *open_output(Arena *arena, const char *path)
{
    const char *wrong;
    const ColorProfile *profile = color_profile_output(arena, load(arena, path), &wrong);
    assert_null(wrong);
    return profile;
}

static const char *refused(Arena *arena, Bytes icc)
{
    const char *wrong = NULL;
    assert_null(color_profile_output(arena, icc, &wrong));
    assert_non_null(wrong);
    return wrong;
}

/* C6, X5 */
static void profiles_are_checked(void **state)
{
    Arena *arena = *state;
    Bytes whole = load(arena, shipped[0][0]);
    const ColorProfile *good = open_output(arena, shipped[0][0]);
    assert_int_equal(color_profile_channels(good), 4);
    assert_string_equal(color_profile_name(arena, good), "FOGRA39L coated 300% TAC");
    assert_true(color_profile_same(good, open_output(arena, shipped[0][0])));
    assert_false(color_profile_same(good, open_output(arena, shipped[1][0])));
    assert_non_null(strstr(refused(arena, (Bytes){whole.data, 0}), "no ICC profile"));
    assert_non_null(strstr(refused(arena, (Bytes){whole.data, whole.size - 1}), "size"));
    assert_non_null(strstr(refused(arena, color_profile_bytes(color_profile_srgb())), "printer"));
    char *changed = arena_copy(arena, whole.data, whole.size);
    memcpy(changed + 12, "mntr", 4);
    assert_non_null(strstr(refused(arena, (Bytes){changed, whole.size}), "printer"));
    memcpy(changed + 12, "prtr", 4);
    memcpy(changed + 16, "GRAY", 4);
    assert_non_null(strstr(refused(arena, (Bytes){changed, whole.size}), "CMYK"));
    memcpy(changed + 16, "CMYK", 4);
    for (size_t at = 132; at < 400; at += 12)
        if (memcmp(changed + at, "B2A1", 4) == 0)
            changed[at] = 'X';
    assert_non_null(strstr(refused(arena, (Bytes){changed, whole.size}), "B2A1"));
    assert_null(color_profile_picture(arena, whole, 3));
    assert_non_null(color_profile_picture(arena, whole, 4));
}

/* Every tag may point anywhere: nothing outside the bytes is read. */
static void damaged_profiles_do_no_harm(void **state)
{
    Arena *arena = *state;
    Bytes whole = load(arena, shipped[2][0]);
    char *changed = arena_copy(arena, whole.data, whole.size);
    ColorWay way = {.bits_in = 8, .bits_out = 8};
    for (size_t at = 128; at < 400; at++) {
        const char *wrong;
        changed[at] = (char)0xFF;
        const ColorProfile *profile = color_profile_output(arena, (Bytes){changed, whole.size}, &wrong);
        if (profile && at % 16 == 0)
            color_transform_new(arena, color_profile_srgb(), profile, &way);
        changed[at] = whole.data[at];
    }
}

/* C4: the whole cube, and the sum stays below the limit of its paper (P5). */
static void ink_stays_below_the_limit(void **state)
{
    Arena *arena = *state;
    for (int p = 0; p < SHIPPED; p++)
        for (int relative = 0; relative < 2; relative++) {
            int limit = atoi(shipped[p][1]), most = 0;
            const ColorProfile *to = open_output(arena, shipped[p][0]);
            ColorWay way = {.intent = relative ? RENDER_RELATIVE : RENDER_PERCEPTUAL, .bits_in = 8, .bits_out = 8};
            way.ink_limit = limit;
            ColorTransform *transform = color_transform_new(arena, color_profile_srgb(), to, &way);
            assert_non_null(transform);
            for (int rg = 0; rg < 52 * 52; rg++) {
                uint8_t rgb[52][3], cmyk[52][4];
                for (int b = 0; b < 52; b++) {
                    rgb[b][0] = (uint8_t)(rg / 52 * 5);
                    rgb[b][1] = (uint8_t)(rg % 52 * 5);
                    rgb[b][2] = (uint8_t)(b * 5);
                }
                color_transform_pixels(transform, rgb, cmyk, 52);
                for (int b = 0; b < 52; b++) {
                    int sum = cmyk[b][0] + cmyk[b][1] + cmyk[b][2] + cmyk[b][3];
                    most = sum > most ? sum : most;
                }
            }
            assert_true(most * 100 <= limit * 255);
            assert_true(most * 100 > limit * 255 * 3 / 4); /* the cube does reach deep colours */
        }
}

static void ink_goes_from_colours_alone(void **state)
{
    (void)state;
    uint8_t pixel[8] = {200, 100, 50, 255, 10, 20, 30, 40};
    color_limit_ink8(pixel, 2, 200); /* 510 - 255 = 255 for 350 */
    const uint8_t wanted[8] = {145, 72, 36, 255, 10, 20, 30, 40};
    assert_memory_equal(pixel, wanted, 8);
    uint16_t deep[4] = {65535, 65535, 65535, 65535};
    color_limit_ink16(deep, 1, 220);
    assert_int_equal(deep[3], 65535);
    assert_int_equal(deep[0], 65535 * 2 / 5); /* 120 % over three */
    color_limit_ink16(deep, 1, 50);
    assert_int_equal(deep[0] + deep[1] + deep[2], 0);
    assert_int_equal(deep[3], 65535);
}

/* C3 */
static void black_stays_black_between_papers(void **state)
{
    Arena *arena = *state;
    for (int from = 0; from < SHIPPED; from++)
        for (int to = 0; to < SHIPPED; to++)
            for (int plane = 0; plane < 2; plane++) {
                ColorWay way = {.intent = RENDER_RELATIVE, .compensate = true, .exact = !plane, .keep_plane = plane};
                way.bits_in = way.bits_out = 8;
                way.ink_limit = atoi(shipped[to][1]);
                if (from == to)
                    continue;
                ColorTransform *transform = color_transform_new(arena, open_output(arena, shipped[from][0]),
                                                                open_output(arena, shipped[to][0]), &way);
                assert_non_null(transform);
                const uint8_t in[16] = {0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 128, 255, 0, 0, 0};
                uint8_t out[16];
                color_transform_pixels(transform, in, out, 4);
                const uint8_t black[4] = {0, 0, 0, 255}, white[4] = {0};
                assert_memory_equal(out, black, 4);
                assert_memory_equal(out + 4, white, 4);
                if (!plane)
                    assert_int_equal(out[8] + out[9] + out[10], 0);
                assert_true(out[11] > 90 && out[11] < 165);
                assert_true(out[12] > 180 && out[15] < 30);
            }
}

static double y_of(double lightness)
{
    return lightness > 8 ? pow((lightness + 16) / 116, 3) : lightness * 27 / 24389;
}

static double lightness_of(double y)
{
    return y > 216.0 / 24389 ? 116 * cbrt(y) - 16 : y * 24389 / 27;
}

/* P14: what the black tint looks like is what the gray looks like, between paper and full black. */
static void gray_is_black_of_equal_lightness(void **state)
{
    Arena *arena = *state;
    for (int p = 0; p < SHIPPED; p++) {
        const ColorProfile *to = open_output(arena, shipped[p][0]);
        ColorWay way = {.bits_in = 16, .bits_out = 16, .exact = true};
        ColorTransform *transform = color_transform_new(arena, color_profile_gray(), to, &way);
        assert_non_null(transform);
        assert_int_equal(color_transform_channels(transform), 1);
        Bytes icc = color_profile_bytes(to);
        cmsHPROFILE printer = cmsOpenProfileFromMem(icc.data, (cmsUInt32Number)icc.size);
        cmsHPROFILE lab = cmsCreateLab4Profile(NULL);
        cmsHTRANSFORM seen = cmsCreateTransform(printer, TYPE_CMYK_16, lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC,
                                                cmsFLAGS_NOOPTIMIZE);
        double solid[3], shown[3];
        uint16_t ink[4] = {0, 0, 0, 65535};
        cmsDoTransform(seen, ink, solid, 1);
        for (int i = 0; i <= 255; i++) {
            uint16_t gray = (uint16_t)(i * 257);
            color_transform_pixels(transform, &gray, &ink[3], 1);
            cmsDoTransform(seen, ink, shown, 1);
            double v = i / 255.0, y = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4), dark = y_of(solid[0]);
            double wanted = lightness_of(dark + y * (1 - dark));
            assert_true(fabs(shown[0] - wanted) < 0.5);
        }
        uint16_t ends[2] = {0, 65535}, inks[2];
        color_transform_pixels(transform, ends, inks, 2);
        assert_int_equal(inks[0], 65535);
        assert_int_equal(inks[1], 0);
        cmsDeleteTransform(seen);
        cmsCloseProfile(printer);
        cmsCloseProfile(lab);
    }
}

/* C6: version 2, a date of its own, and colours as the standard has them. */
static void srgb_is_a_small_profile_of_version_2(void **state)
{
    (void)state;
    Bytes icc = color_profile_bytes(color_profile_srgb());
    assert_true(icc.size < 4096);
    assert_int_equal(icc.data[8], 2);
    assert_memory_equal(icc.data + 24, "\x07\xCF\0\x0A\0\x12\0\0\0\0\0\0", 12);
    cmsHPROFILE ours = cmsOpenProfileFromMem(icc.data, (cmsUInt32Number)icc.size), built = cmsCreate_sRGBProfile();
    cmsHPROFILE lab = cmsCreateLab4Profile(NULL);
    cmsHTRANSFORM one = cmsCreateTransform(ours, TYPE_RGB_8, lab, TYPE_Lab_DBL, 1, cmsFLAGS_NOOPTIMIZE);
    cmsHTRANSFORM two = cmsCreateTransform(built, TYPE_RGB_8, lab, TYPE_Lab_DBL, 1, cmsFLAGS_NOOPTIMIZE);
    for (int i = 0; i < 4096; i++) {
        uint8_t rgb[3] = {(uint8_t)(i / 256 * 17), (uint8_t)(i / 16 % 16 * 17), (uint8_t)(i % 16 * 17)};
        double a[3], b[3];
        cmsDoTransform(one, rgb, a, 1);
        cmsDoTransform(two, rgb, b, 1);
        assert_true(fabs(a[0] - b[0]) < 0.02 && fabs(a[1] - b[1]) < 0.02 && fabs(a[2] - b[2]) < 0.02);
    }
    cmsDeleteTransform(one);
    cmsDeleteTransform(two);
    cmsCloseProfile(ours);
    cmsCloseProfile(built);
    cmsCloseProfile(lab);
}

/* Samples of 16 bits as PNG has them, and profiles of pictures. */
static void pictures_of_16_bits_and_with_profiles(void **state)
{
    Arena *arena = *state;
    const ColorProfile *to = open_output(arena, shipped[0][0]);
    ColorWay eight = {.bits_in = 8, .bits_out = 8}, sixteen = {.bits_in = 16, .bits_out = 8, .big_endian = true};
    uint8_t in8[3] = {200, 80, 30}, in16[6] = {200, 200, 80, 80, 30, 30}, a[4], b[4], c[4];
    color_transform_pixels(color_transform_new(arena, color_profile_srgb(), to, &eight), in8, a, 1);
    color_transform_pixels(color_transform_new(arena, color_profile_srgb(), to, &sixteen), in16, b, 1);
    const ColorProfile *same = color_profile_picture(arena, color_profile_bytes(color_profile_srgb()), 3);
    color_transform_pixels(color_transform_new(arena, same, to, &eight), in8, c, 1);
    for (int i = 0; i < 4; i++)
        assert_true(abs(a[i] - b[i]) <= 1 && abs(a[i] - c[i]) <= 1);
    assert_true(a[0] < 60 && a[1] > 150 && a[2] > 200); /* an orange: little cyan, much yellow */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(profiles_are_checked),
        TEST(damaged_profiles_do_no_harm),
        TEST(ink_stays_below_the_limit),
        TEST(ink_goes_from_colours_alone),
        TEST(black_stays_black_between_papers),
        TEST(gray_is_black_of_equal_lightness),
        TEST(srgb_is_a_small_profile_of_version_2),
        TEST(pictures_of_16_bits_and_with_profiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
