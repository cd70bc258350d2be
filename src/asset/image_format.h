/* asset/image_format.h: what each picture format can do, for image.c only. */
#ifndef N2P_ASSET_IMAGE_FORMAT_H
#define N2P_ASSET_IMAGE_FORMAT_H

#include "asset/image.h"

/* image->data is set. Fills in the rest from the head; NULL: good, else what is wrong, as an end of "the picture ...". */
const char *image_jpeg_head(Arena *arena, Image *image);
const char *image_png_head(Arena *arena, Image *image);
const char *image_gif_head(Arena *arena, Image *image);
const char *image_webp_head(Arena *arena, Image *image);

const Pixels *image_jpeg_pixels(Arena *arena, const Image *image);
const Pixels *image_png_pixels(Arena *arena, const Image *image);
const Pixels *image_gif_pixels(Arena *arena, const Image *image);
const Pixels *image_webp_pixels(Arena *arena, const Image *image);

/* Decoders that give a row at a time; NULL: nothing decodes. Of PNG: not interlaced. False: damaged. */
void *image_jpeg_rows(Arena *arena, const Image *image, int denominator); /* an eighth: 8 */
bool image_jpeg_row(void *decoder, uint8_t *row);
bool image_jpeg_whole(const void *decoder); /* nothing was wrong in the rows so far */
void *image_png_rows(Arena *arena, const Image *image);
bool image_png_row(void *decoder, uint8_t *row);

/* A white picture to decode into. */
Pixels *image_pixels_new(Arena *arena, const Image *image);

/* Orientation 1..8 from a TIFF structure (Exif 3.0, 4.6.5) or from an XMP packet; 0: not said. */
int image_exif_orientation(Bytes tiff);
int image_xmp_orientation(Bytes packet);
/* A profile that has the right size and the colour space for so many components; else empty. */
Bytes image_profile(Bytes icc, int components);

static inline uint32_t read_big(const char *data, int bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | (uint8_t)data[i];
    return value;
}
static inline uint32_t read_little(const char *data, int bytes)
{
    uint32_t value = 0;
    for (int i = bytes; i-- > 0;)
        value = value << 8 | (uint8_t)data[i];
    return value;
}

#endif
