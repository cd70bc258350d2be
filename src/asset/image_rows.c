/* Rows of a picture, whichever way its format gives them. See image_rows.h. */
#include "asset/image_rows.h"

#include "asset/image_format.h"

struct ImageRows {
    const Image *image;
    const Pixels *pixels; /* of formats that come whole */
    void *decoder;
    bool (*next)(void *decoder, uint8_t *row);
    ImageSize given;
    size_t size;
    int row;
    bool damaged;
};

static int part(int whole, int denominator)
{
    return (whole + denominator - 1) / denominator;
}

static int denominator_for(const Image *image, ImageSize least)
{
    int denominator = 8;
    while (denominator > 1 &&
           (part(image->width, denominator) < 2 * least.width || part(image->height, denominator) < 2 * least.height))
        denominator /= 2;
    return denominator;
}

ImageRows *image_rows_open(Arena *arena, const Image *image, ImageSize least)
{
    ImageRows *rows = NEW(arena, ImageRows);
    int denominator = image->kind == IMAGE_JPEG ? denominator_for(image, least) : 1;
    rows->image = image;
    rows->given = (ImageSize){part(image->width, denominator), part(image->height, denominator)};
    rows->size = (size_t)rows->given.width * (size_t)(image->components + image->alpha) * (size_t)(image->bits / 8);
    if (image->kind == IMAGE_JPEG) {
        rows->decoder = image_jpeg_rows(arena, image, denominator);
        rows->next = image_jpeg_row;
    } else if (image->kind == IMAGE_PNG && !image->interlaced) {
        rows->decoder = image_png_rows(arena, image);
        rows->next = image_png_row;
    } else {
        rows->pixels = image_pixels(arena, image);
    }
    return rows->decoder || rows->pixels ? rows : NULL;
}

bool image_rows_whole(const ImageRows *rows)
{
    bool told = rows->image->kind != IMAGE_JPEG || image_jpeg_whole(rows->decoder);
    return !rows->damaged && told && (!rows->pixels || rows->pixels->complete);
}

ImageSize image_rows_given(const ImageRows *rows)
{
    return rows->given;
}

size_t image_rows_size(const ImageRows *rows)
{
    return rows->size;
}

bool image_rows_next(ImageRows *rows, uint8_t *row)
{
    bool good = !rows->damaged && rows->row < rows->given.height;
    if (good && rows->pixels)
        memcpy(row, rows->pixels->data + (size_t)rows->row * rows->pixels->row_bytes, rows->size);
    else if (good)
        good = rows->next(rows->decoder, row);
    if (!good)
        memset(row, rows->image->cmyk ? 0 : 0xFF, rows->size);
    rows->damaged = !good;
    rows->row++;
    return good;
}
