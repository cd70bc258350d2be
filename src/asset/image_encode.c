/* PNG files of pixels that were drawn here. */
#include "asset/image.h"

#include <png.h>

static void add_data(png_structp png, png_bytep data, png_size_t size)
{
    buffer_add(png_get_io_ptr(png), data, size);
}

static void flush_nothing(png_structp png)
{
    (void)png;
}

static void fail(png_structp png, png_const_charp message)
{
    (void)message;
    longjmp(png_jmpbuf(png), 1);
}

static void say_nothing(png_structp png, png_const_charp message)
{
    (void)png, (void)message;
}

typedef struct {
    const uint8_t *pixels;
    int width, height, components, ppi;
} Drawing;

static void encode(png_structp png, png_infop info, Buffer *out, const Drawing *drawing)
{
    int color = drawing->components == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
    png_uint_32 a_metre = (png_uint_32)((drawing->ppi * 10000L + 127) / 254);
    png_set_write_fn(png, out, add_data, flush_nothing);
    png_set_IHDR(png, info, (png_uint_32)drawing->width, (png_uint_32)drawing->height, 8, color, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, info, a_metre, a_metre, PNG_RESOLUTION_METER);
    png_set_compression_level(png, 6);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB | PNG_FILTER_UP);
    png_write_info(png, info);
    for (int y = 0; y < drawing->height; y++)
        png_write_row(png, drawing->pixels + (size_t)y * (size_t)drawing->width * (size_t)drawing->components);
    png_write_end(png, NULL);
}

Bytes image_encode_png(Arena *arena, const uint8_t *pixels, int width, int height, int components, int ppi)
{
    const Drawing drawing = {pixels, width, height, components, ppi};
    Buffer out = {.arena = arena};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, fail, say_nothing);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    volatile bool whole = false;
    if (info && setjmp(png_jmpbuf(png)) == 0) {
        encode(png, info, &out, &drawing);
        whole = true;
    }
    png_destroy_write_struct(&png, &info);
    return whole ? (Bytes){out.data, out.size} : (Bytes){0};
}
