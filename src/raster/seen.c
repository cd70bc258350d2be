/* What an ink map looks like in print: process inks through the profile, spots as light that they take away. */
#include "raster/internal.h"

static const ColorTransform *way_out(Raster *raster)
{
    ColorWay way = {.intent = RENDER_RELATIVE, .compensate = true, .bits_in = 8, .bits_out = 8};
    if (!raster->seen && raster->profile)
        raster->seen = color_transform_new(raster->arena, raster->profile, color_profile_srgb(), &way);
    return raster->seen;
}

static void plain_light(const uint8_t *inks, uint8_t *light)
{
    for (int i = 0; i < 3; i++)
        light[i] = (uint8_t)((255 - inks[i]) * (255 - inks[3]) / 255);
}

/* Light of a full spot, 0..255 each. */
static void spot_light(Raster *raster, int spot, uint8_t light[3])
{
    const Color *color = raster->spots[spot].alternate;
    Ink ink = pdf_ink(raster->writer, color);
    uint8_t inks[4];
    for (int i = 0; i < 4; i++)
        inks[i] = (uint8_t)(ink.v[i] / 257);
    if (way_out(raster))
        color_transform_pixels(way_out(raster), inks, light, 1);
    else
        plain_light(inks, light);
}

static void see_row(Raster *raster, const Bitmap *bitmap, const uint8_t *from, uint8_t *to, uint8_t (*spots)[3])
{
    const ColorTransform *way = way_out(raster);
    if (way && bitmap->count == PROCESS_INKS) {
        color_transform_pixels(way, from, to, (size_t)bitmap->width);
        return;
    }
    for (int x = 0; x < bitmap->width; x++, from += bitmap->count, to += 3) {
        if (way)
            color_transform_pixels(way, from, to, 1);
        else
            plain_light(from, to);
        for (int k = PROCESS_INKS; k < bitmap->count; k++)
            for (int i = 0; from[k] && i < 3; i++)
                to[i] = (uint8_t)(to[i] * (255 * 255 - from[k] * (255 - spots[k - PROCESS_INKS][i])) / (255 * 255));
    }
}

const Bitmap *raster_seen(Raster *raster, Arena *arena, const Bitmap *bitmap)
{
    static const char *const names[] = {"Red", "Green", "Blue"};
    uint8_t spots[RASTER_PLANES][3];
    if (!bitmap->press)
        return bitmap;
    for (int i = 0; i < bitmap->count - PROCESS_INKS; i++)
        spot_light(raster, i, spots[i]);
    Bitmap *seen = arena_copy(arena, bitmap, sizeof *bitmap);
    seen->press = false;
    seen->count = 3;
    memcpy(seen->names, names, sizeof names);
    seen->data = arena_alloc(arena, (size_t)seen->width * (size_t)seen->height * 3);
    for (int y = 0; y < seen->height; y++)
        see_row(raster, bitmap, bitmap->data + (size_t)y * (size_t)bitmap->width * (size_t)bitmap->count,
                seen->data + (size_t)y * (size_t)seen->width * 3, spots);
    return seen;
}
