/* PNG: the head by a walk over the chunks, pixels by libpng. PNG specification (third edition), ISO 15948. */
#include <libdeflate.h>
#include <png.h>
#include <zlib.h>

#include "asset/image_format.h"

enum { LARGEST_PROFILE = 8 << 20 };

typedef struct {
    char kind[5];
    Bytes data;
    uint32_t sum;
} Chunk;

/* The chunk at *at; false: none, or cut off (then *cut). */
static bool next_chunk(Bytes file, size_t *at, Chunk *chunk, bool *cut)
{
    *cut = true;
    if (*at + 8 > file.size)
        return false;
    size_t length = read_big(file.data + *at, 4);
    memcpy(chunk->kind, file.data + *at + 4, 4);
    chunk->kind[4] = 0;
    if (length > 0x7FFFFFFF || *at + 12 > file.size || length > file.size - *at - 12)
        return false;
    *cut = false;
    chunk->data = (Bytes){file.data + *at + 8, length};
    chunk->sum = read_big(file.data + *at + 8 + length, 4);
    *at += 12 + length;
    return true;
}

static bool is(const Chunk *chunk, const char *kind)
{
    return memcmp(chunk->kind, kind, 4) == 0;
}

static const char *read_header(Image *image, const Chunk *chunk)
{
    if (!is(chunk, "IHDR") || chunk->data.size != 13)
        return "is damaged: it has no header";
    const char *d = chunk->data.data;
    uint32_t width = read_big(d, 4), height = read_big(d + 4, 4);
    int bits = (uint8_t)d[8], color = (uint8_t)d[9];
    bool known = color == 0 || color == 2 || color == 3 || color == 4 || color == 6;
    bool bits_good = color == 0   ? bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16
                     : color == 3 ? bits == 1 || bits == 2 || bits == 4 || bits == 8
                                  : bits == 8 || bits == 16;
    if (width == 0 || height == 0 || width > INT32_MAX || height > INT32_MAX || !known || !bits_good || d[10] != 0 ||
        d[11] != 0 || (uint8_t)d[12] > 1)
        return "is damaged: its header makes no sense";
    image->width = (int)width;
    image->height = (int)height;
    image->components = color == 0 || color == 4 ? 1 : 3;
    image->alpha = color == 4 || color == 6;
    image->palette = color == 3;
    image->bits = bits == 16 ? 16 : 8;
    image->interlaced = d[12] == 1;
    return NULL;
}

/* iCCP: a name, 0, method 0, a zlib stream. */
static Bytes inflate_profile(Arena *arena, Bytes data)
{
    const char *end = memchr(data.data, 0, data.size < 80 ? data.size : 80);
    if (!end || end + 2 >= data.data + data.size || end[1] != 0)
        return (Bytes){0};
    z_stream zip = {0};
    uint8_t head[132];
    Bytes profile = {0};
    zip.next_in = (Bytef *)(end + 2);
    zip.avail_in = (uInt)(data.data + data.size - end - 2);
    if (inflateInit(&zip) != Z_OK)
        return profile;
    zip.next_out = head;
    zip.avail_out = sizeof head;
    int status = inflate(&zip, Z_NO_FLUSH);
    size_t size = read_big((const char *)head, 4);
    if ((status == Z_OK || status == Z_STREAM_END) && zip.avail_out == 0 && size >= sizeof head &&
        size <= LARGEST_PROFILE) {
        char *whole = arena_alloc(arena, size); /* a jump from here leaks zlib's window, once a job */
        memcpy(whole, head, sizeof head);
        zip.next_out = (Bytef *)whole + sizeof head;
        zip.avail_out = (uInt)(size - sizeof head);
        if (zip.avail_out > 0)
            inflate(&zip, Z_NO_FLUSH);
        if (zip.avail_out == 0)
            profile = (Bytes){whole, size};
    }
    inflateEnd(&zip);
    return profile;
}

/* ImageMagick's way of keeping Exif in a text: "\nexif\n", the size, and hexadecimal digits. */
static int raw_profile_orientation(Arena *arena, Bytes text)
{
    const char *at = text.data, *end = text.data + text.size;
    int lines = 0;
    while (at < end && lines < 3)
        lines += *at++ == '\n';
    char *bytes = arena_alloc(arena, (size_t)(end - at) / 2 + 1);
    size_t digits = 0;
    for (; at < end; at++) {
        int value = *at >= '0' && *at <= '9'   ? *at - '0'
                    : *at >= 'a' && *at <= 'f' ? *at - 'a' + 10
                    : *at >= 'A' && *at <= 'F' ? *at - 'A' + 10
                                               : -1;
        if (value < 0)
            continue;
        bytes[digits / 2] = (char)((uint8_t)bytes[digits / 2] << 4 | value);
        digits++;
    }
    size_t size = digits / 2, skip = size > 6 && memcmp(bytes, "Exif\0", 6) == 0 ? 6 : 0;
    return image_exif_orientation((Bytes){bytes + skip, size - skip});
}

static bool has_name(const Chunk *chunk, const char *name)
{
    size_t length = strlen(name) + 1;
    return chunk->data.size > length && memcmp(chunk->data.data, name, length) == 0;
}

static void read_about(Arena *arena, Image *image, const Chunk *chunk, int *exif, int *xmp)
{
    if (is(chunk, "tRNS"))
        image->alpha = true;
    else if (is(chunk, "iCCP") && !image->icc.size)
        image->icc = image_profile(inflate_profile(arena, chunk->data), image->components);
    else if (is(chunk, "eXIf"))
        *exif = image_exif_orientation(chunk->data);
    else if (is(chunk, "tEXt") && has_name(chunk, "Raw profile type exif") && chunk->data.size < 65536)
        *exif = raw_profile_orientation(arena, (Bytes){chunk->data.data + 22, chunk->data.size - 22});
    else if (is(chunk, "iTXt") && has_name(chunk, "XML:com.adobe.xmp") && chunk->data.data[18] == 0)
        *xmp = image_xmp_orientation((Bytes){chunk->data.data + 18, chunk->data.size - 18});
}

const char *image_png_head(Arena *arena, Image *image)
{
    size_t at = 8;
    Chunk chunk;
    bool cut, palette = false, rows = false, end = false;
    int exif = 0, xmp = 0;
    if (!next_chunk(image->data, &at, &chunk, &cut))
        return "is damaged: it ends inside its head";
    const char *wrong = read_header(image, &chunk);
    if (wrong)
        return wrong;
    while (!end && next_chunk(image->data, &at, &chunk, &cut)) {
        palette = palette || is(&chunk, "PLTE");
        rows = rows || is(&chunk, "IDAT");
        end = is(&chunk, "IEND");
        read_about(arena, image, &chunk, &exif, &xmp);
    }
    bool cut_in_rows = cut && is(&chunk, "IDAT");
    if (!rows && !cut_in_rows)
        return "is damaged: it has no picture in it";
    if (image->palette && !palette)
        return "is damaged: its palette is missing";
    image->truncated = !end;
    image->orientation = exif ? exif : xmp ? xmp : 1;
    return NULL;
}

static bool right_sum(const Chunk *chunk)
{
    uint32_t sum = libdeflate_crc32(0, chunk->kind, 4);
    return libdeflate_crc32(sum, chunk->data.data, chunk->data.size) == chunk->sum;
}

bool image_deflated(Arena *arena, const Image *image, DeflatedRows *rows)
{
    if (image->kind != IMAGE_PNG || image->alpha || image->interlaced || image->truncated)
        return false;
    VEC(Bytes) parts = {0};
    size_t at = 8;
    Chunk chunk;
    bool cut;
    *rows = (DeflatedRows){.colors = image->palette ? 1 : image->components};
    while (next_chunk(image->data, &at, &chunk, &cut) && !is(&chunk, "IEND")) {
        bool critical = is(&chunk, "IHDR") || is(&chunk, "PLTE") || is(&chunk, "IDAT");
        if (critical && !right_sum(&chunk))
            return false;
        if (is(&chunk, "IHDR"))
            rows->bits = (uint8_t)chunk.data.data[8];
        if (is(&chunk, "PLTE"))
            rows->palette = chunk.data;
        if (is(&chunk, "IDAT")) {
            VEC_PUSH(arena, parts, chunk.data);
            rows->size += chunk.data.size;
        }
    }
    if (!image->palette)
        rows->palette = (Bytes){0};
    rows->parts = parts.at;
    rows->part_count = parts.count;
    size_t entries = rows->palette.size / 3;
    return parts.count > 0 && (!image->palette || (entries > 0 && entries <= 256 && rows->palette.size % 3 == 0));
}

/* ---- pixels ---- */

typedef struct {
    png_structp png;
    png_infop info;
    Bytes data;
    size_t at;
    int rows; /* finished */
} Decoder;

static void decoder_close(void *object)
{
    Decoder *decoder = object;
    if (decoder->png)
        png_destroy_read_struct(&decoder->png, &decoder->info, NULL);
}

static void fail(png_structp png, png_const_charp message)
{
    (void)message;
    longjmp(png_jmpbuf(png), 1);
}

static void say_nothing(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void read_data(png_structp png, png_bytep to, png_size_t size)
{
    Decoder *decoder = png_get_io_ptr(png);
    if (size > decoder->data.size - decoder->at)
        png_error(png, "end of data");
    memcpy(to, decoder->data.data + decoder->at, size);
    decoder->at += size;
}

/* Returns the number of passes. */
static int start(Decoder *decoder, size_t row_bytes)
{
    png_structp png = decoder->png;
    png_set_read_fn(png, decoder, read_data);
    png_set_user_limits(png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, (png_const_bytep) "iCCP\0zTXt\0iTXt\0tEXt\0eXIf\0sPLT\0",
                                6);
    png_read_info(png, decoder->info);
    png_set_expand(png);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, decoder->info);
    if (png_get_rowbytes(png, decoder->info) != row_bytes)
        png_error(png, "another size than the head said");
    return passes;
}

static void decode(Decoder *decoder, const Image *image, Pixels *pixels, png_bytep *rows)
{
    png_structp png = decoder->png;
    if (start(decoder, pixels->row_bytes) > 1) {
        png_read_image(png, rows);
        decoder->rows = image->height;
    } else {
        for (int row = 0; row < image->height; row++, decoder->rows++)
            png_read_row(png, rows[row], NULL);
    }
    pixels->complete = true;
}

static Decoder *decoder_new(Arena *arena, const Image *image)
{
    Decoder *decoder = NEW(arena, Decoder);
    decoder->data = image->data;
    arena_at_free(arena, decoder_close, decoder);
    decoder->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, fail, say_nothing);
    decoder->info = decoder->png ? png_create_info_struct(decoder->png) : NULL;
    return decoder->info ? decoder : NULL;
}

void *image_png_rows(Arena *arena, const Image *image)
{
    Decoder *decoder = decoder_new(arena, image);
    size_t row_bytes = (size_t)image->width * (size_t)(image->components + image->alpha) * (size_t)(image->bits / 8);
    if (!decoder || setjmp(png_jmpbuf(decoder->png)) != 0)
        return NULL;
    start(decoder, row_bytes);
    return decoder;
}

bool image_png_row(void *object, uint8_t *row)
{
    Decoder *decoder = object;
    if (setjmp(png_jmpbuf(decoder->png)) != 0)
        return false;
    png_read_row(decoder->png, row, NULL);
    return true;
}

const Pixels *image_png_pixels(Arena *arena, const Image *image)
{
    Pixels *pixels = image_pixels_new(arena, image);
    png_bytep *rows = NEW_ARRAY(arena, png_bytep, image->height);
    Decoder *decoder = decoder_new(arena, image);
    for (int i = 0; i < image->height; i++)
        rows[i] = pixels->data + (size_t)i * pixels->row_bytes;
    if (!decoder)
        return NULL;
    if (setjmp(png_jmpbuf(decoder->png)) == 0)
        decode(decoder, image, pixels, rows);
    else if (!image->interlaced && decoder->rows < image->height) /* a row half done */
        memset(rows[decoder->rows], 0xFF, pixels->row_bytes);
    bool some = decoder->rows > 0 || (image->interlaced && decoder->at > 0 &&
                                      png_get_rowbytes(decoder->png, decoder->info) == pixels->row_bytes);
    decoder_close(decoder);
    return some ? pixels : NULL;
}
