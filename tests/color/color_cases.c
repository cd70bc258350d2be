/* What our colours come out as, for tests/color/run.sh: color_cases PROFILE perceptual|relative compensate|plain exact|table
 * prints nine steps of red, green and blue: R G B (0..255) and C M Y K (percent). */
#include <stdio.h>

#include "asset/color_profile.h"

enum { STEPS = 9 };

int main(int argc, char **argv)
{
    static Memory memory;
    if (argc != 5 || setjmp(memory.out))
        return 2;
    Arena *arena = arena_new(&memory);
    Bytes icc;
    const char *wrong;
    if (file_map(arena, argv[1], 1 << 24, &icc) != FILE_OK)
        return 2;
    const ColorProfile *to = color_profile_output(arena, icc, &wrong);
    ColorWay way = {.intent = strcmp(argv[2], "relative") == 0 ? RENDER_RELATIVE : RENDER_PERCEPTUAL,
                    .compensate = strcmp(argv[3], "compensate") == 0,
                    .exact = strcmp(argv[4], "exact") == 0,
                    .bits_in = 8,
                    .bits_out = 16};
    ColorTransform *transform = to ? color_transform_new(arena, color_profile_srgb(), to, &way) : NULL;
    for (int i = 0; transform && i < STEPS * STEPS * STEPS; i++) {
        int step[3] = {i / STEPS / STEPS, i / STEPS % STEPS, i % STEPS};
        uint8_t rgb[3];
        uint16_t cmyk[4];
        for (int k = 0; k < 3; k++)
            rgb[k] = (uint8_t)(step[k] * 255 / (STEPS - 1));
        color_transform_pixels(transform, rgb, cmyk, 1);
        printf("%d %d %d", rgb[0], rgb[1], rgb[2]);
        for (int k = 0; k < 4; k++)
            printf(" %.4f", cmyk[k] * 100 / 65535.0);
        printf("\n");
    }
    arena_free(arena);
    return transform ? 0 : 1;
}
