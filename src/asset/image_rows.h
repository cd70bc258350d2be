/* asset/image_rows.h: a picture row by row, so that a large one need not stand in memory as a whole.
 *   in    a picture
 *   out   its rows from the top, as Pixels has them; the same made fewer and sharper; the same as a JPEG
 * Interlaced PNG, GIF and WebP are decoded as a whole behind this, progressive JPEG inside libjpeg. */
#ifndef N2P_ASSET_IMAGE_ROWS_H
#define N2P_ASSET_IMAGE_ROWS_H

#include "asset/image.h"

typedef struct {
    int width, height;
} ImageSize;

typedef struct ImageRows ImageRows;
/* least: how many pixels are wanted at least; a format that decodes a half, a quarter or an eighth as fast may give that, twice
 * as many as wanted. NULL: nothing decodes. */
ImageRows *image_rows_open(Arena *arena, const Image *image, ImageSize least);
ImageSize image_rows_given(const ImageRows *rows); /* how many come */
size_t image_rows_size(const ImageRows *rows);     /* bytes of a row */
/* False: from here on the picture is damaged, and the row is white. */
bool image_rows_next(ImageRows *rows, uint8_t *row);
bool image_rows_whole(const ImageRows *rows); /* nothing was wrong so far */

/* Fewer pixels: rows of 16-bit samples go in, rows come out as soon as they are whole. Keys' cubic convolution (1981), widened
 * to the size of the new pixels. */
typedef struct ImageScale ImageScale;
ImageScale *image_scale_new(Arena *arena, ImageSize from, ImageSize to, int samples);
void image_scale_put(ImageScale *scale, const uint16_t *row);
bool image_scale_take(ImageScale *scale, uint16_t *row);

/* Sharper: each pixel goes away from the mean of its neighbours by a share of 256. */
typedef struct ImageSharpen ImageSharpen;
ImageSharpen *image_sharpen_new(Arena *arena, ImageSize size, int samples, int share);
void image_sharpen_put(ImageSharpen *sharpen, const uint16_t *row);
bool image_sharpen_take(ImageSharpen *sharpen, uint16_t *row);

/* A JPEG of high quality from rows of 8 bits: gray, RGB or CMYK (255 is full ink; coded as YCCK). NULL, empty: failed. */
typedef struct JpegWriter JpegWriter;
JpegWriter *image_jpeg_begin(Arena *arena, ImageSize size, int components);
void image_jpeg_put(JpegWriter *writer, const uint8_t *row);
Bytes image_jpeg_finish(JpegWriter *writer);

#endif
