/* JPEG: the head by our own walk over the markers, pixels by libjpeg. ITU-T T.81 annex B; Exif 3.0; ICC.1 annex B.4. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jerror.h>
#include <jpeglib.h>

#include "asset/image_format.h"
#include "asset/image_rows.h"

enum { M_SOI = 0xD8, M_EOI = 0xD9, M_SOS = 0xDA, M_APP0 = 0xE0, M_APP1 = 0xE1, M_APP2 = 0xE2, M_APP14 = 0xEE };

typedef struct {
    Bytes part[256]; /* of the profile, by number */
    int parts;
    Bytes exif, xmp;
    bool jfif, adobe, frame, scan, rgb_ids;
    size_t scan_at;
} Walk;

static bool starts(Bytes segment, const char *text, size_t size)
{
    return segment.size >= size && memcmp(segment.data, text, size) == 0;
}

static Bytes after(Bytes segment, size_t size)
{
    return (Bytes){segment.data + size, segment.size - size};
}

static const char *read_frame(Image *image, Walk *walk, int marker, Bytes segment)
{
    if (marker != 0xC0 && marker != 0xC1 && marker != 0xC2)
        return "is a lossless or arithmetic JPEG, which PDF doesn't know";
    if (segment.size < 6 || walk->frame)
        return "is damaged: its frame header is wrong";
    if (segment.data[0] != 8)
        return "has 12 bits a sample, which PDF doesn't know for JPEG";
    image->height = (int)read_big(segment.data + 1, 2);
    image->width = (int)read_big(segment.data + 3, 2);
    image->components = (uint8_t)segment.data[5];
    if (image->components != 1 && image->components != 3 && image->components != 4)
        return "has an unusual number of colour channels";
    if (segment.size < 6 + 3 * (size_t)image->components)
        return "is damaged: its frame header is cut off";
    walk->rgb_ids =
        image->components == 3 && segment.data[6] == 'R' && segment.data[9] == 'G' && segment.data[12] == 'B';
    image->interlaced = marker == 0xC2;
    walk->frame = true;
    return NULL;
}

static void read_app(Walk *walk, int marker, Bytes segment)
{
    if (marker == M_APP0 && starts(segment, "JFIF", 5)) {
        walk->jfif = true;
    } else if (marker == M_APP1 && starts(segment, "Exif\0", 6) && !walk->exif.size) {
        walk->exif = after(segment, 6);
    } else if (marker == M_APP1 && starts(segment, "http://ns.adobe.com/xap/1.0/", 29)) {
        walk->xmp = after(segment, 29);
    } else if (marker == M_APP2 && starts(segment, "ICC_PROFILE", 12) && segment.size > 14) {
        walk->part[(uint8_t)segment.data[12]] = after(segment, 14);
        walk->parts = (uint8_t)segment.data[13];
    } else if (marker == M_APP14 && starts(segment, "Adobe", 5) && segment.size >= 12) {
        walk->adobe = true;
    }
}

static const char *walk_markers(Image *image, Walk *walk)
{
    const char *data = image->data.data;
    size_t size = image->data.size, at = 2;
    while (at + 4 <= size) {
        if ((uint8_t)data[at] != 0xFF) {
            at++; /* bytes between segments are passed over, as every decoder does */
            continue;
        }
        int marker = (uint8_t)data[at + 1];
        if (marker == 0xFF || marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= M_SOI)) {
            at += marker == 0xFF ? 1 : 2;
            continue;
        }
        if (marker == M_EOI)
            break;
        size_t length = read_big(data + at + 2, 2);
        if (length < 2 || at + 2 + length > size)
            return walk->frame ? NULL : "is damaged: it ends inside its head";
        Bytes segment = {data + at + 4, length - 2};
        const char *wrong = NULL;
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC)
            wrong = read_frame(image, walk, marker, segment);
        else
            read_app(walk, marker, segment);
        if (wrong)
            return wrong;
        at += 2 + length;
        if (marker == M_SOS) {
            walk->scan = true;
            walk->scan_at = at;
            return NULL;
        }
    }
    return NULL;
}

static Bytes join_profile(Arena *arena, const Walk *walk)
{
    size_t size = 0;
    for (int i = 1; i <= walk->parts; i++) {
        if (!walk->part[i].size)
            return (Bytes){0};
        size += walk->part[i].size;
    }
    if (walk->parts == 1)
        return walk->part[1];
    if (size == 0)
        return (Bytes){0};
    char *data = arena_alloc(arena, size), *to = data;
    for (int i = 1; i <= walk->parts; i++) {
        memcpy(to, walk->part[i].data, walk->part[i].size);
        to += walk->part[i].size;
    }
    return (Bytes){data, size};
}

/* In coded data 0xFF is followed by 0 or a restart, so an end mark behind the first scan is a real one. */
static bool ends(const Image *image, size_t scan_at)
{
    const char *data = image->data.data;
    for (size_t at = image->data.size; at >= scan_at + 2; at--)
        if ((uint8_t)data[at - 1] == M_EOI && (uint8_t)data[at - 2] == 0xFF)
            return true;
    return false;
}

const char *image_jpeg_head(Arena *arena, Image *image)
{
    Walk walk = {0};
    const char *wrong = walk_markers(image, &walk);
    if (wrong)
        return wrong;
    if (!walk.frame || !walk.scan)
        return "is damaged: it has no picture in it";
    if (image->width == 0 || image->height == 0)
        return "has no size in its head";
    image->lossy = true;
    image->cmyk = image->components == 4;
    image->adobe_inverted = image->cmyk && walk.adobe;
    image->plain_rgb = walk.rgb_ids && !walk.adobe && !walk.jfif;
    image->truncated = !ends(image, walk.scan_at);
    image->icc = image_profile(join_profile(arena, &walk), image->components);
    int turn = walk.exif.size ? image_exif_orientation(walk.exif) : image_xmp_orientation(walk.xmp);
    if (turn)
        image->orientation = turn;
    return NULL;
}

/* ---- pixels ---- */

typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf out;
    bool early_end;
    bool open;
    bool progressive;
    bool inverted; /* rows are turned about */
    size_t row_bytes;
    bool sound; /* nothing was wrong in what was decoded */
    struct jpeg_decompress_struct decoder;
} Decoder;

static void fail(j_common_ptr common)
{
    longjmp(((Decoder *)(void *)common->err)->out, 1);
}

static void note(j_common_ptr common, int level)
{
    Decoder *decoder = (Decoder *)(void *)common->err;
    if (level >= 0)
        return;
    common->err->num_warnings++;
    if (common->err->msg_code == JWRN_JPEG_EOF || common->err->msg_code == JWRN_HIT_MARKER)
        decoder->early_end = true;
}

static void say_nothing(j_common_ptr common)
{
    (void)common;
}

static void decoder_close(void *object)
{
    Decoder *decoder = object;
    if (decoder->open)
        jpeg_destroy_decompress(&decoder->decoder);
    decoder->open = false;
}

static Decoder *decoder_new(Arena *arena)
{
    Decoder *decoder = NEW(arena, Decoder);
    arena_at_free(arena, decoder_close, decoder);
    decoder->decoder.err = jpeg_std_error(&decoder->manager);
    decoder->manager.error_exit = fail;
    decoder->manager.emit_message = note;
    decoder->manager.output_message = say_nothing;
    return decoder;
}

/* False: it has another size than the head said. */
static bool start(Decoder *decoder, const Image *image, int denominator)
{
    struct jpeg_decompress_struct *jpeg = &decoder->decoder;
    jpeg_mem_src(jpeg, (const unsigned char *)image->data.data, image->data.size);
    jpeg_read_header(jpeg, TRUE);
    jpeg->out_color_space = image->components == 1 ? JCS_GRAYSCALE : image->components == 4 ? JCS_CMYK : JCS_RGB;
    if (image->plain_rgb)
        jpeg->jpeg_color_space = JCS_RGB;
    jpeg->scale_num = 1;
    jpeg->scale_denom = (unsigned)denominator;
    jpeg_start_decompress(jpeg);
    decoder->progressive = jpeg_has_multiple_scans(jpeg);
    decoder->early_end = decoder->early_end && decoder->progressive;
    return (int)jpeg->output_width == (image->width + denominator - 1) / denominator &&
           (int)jpeg->output_height == (image->height + denominator - 1) / denominator &&
           jpeg->output_components == image->components;
}

static void decode(Decoder *decoder, const Image *image, Pixels *pixels)
{
    struct jpeg_decompress_struct *jpeg = &decoder->decoder;
    if (!start(decoder, image, 1))
        return;
    int row = 0;
    while (row < image->height) {
        JSAMPROW to = pixels->data + (size_t)row * pixels->row_bytes;
        jpeg_read_scanlines(jpeg, &to, 1);
        if (decoder->early_end && !decoder->progressive)
            break;
        row++;
    }
    if (row < image->height) /* what libjpeg makes up for lost rows is grey */
        memset(pixels->data + (size_t)row * pixels->row_bytes, image->cmyk ? (image->adobe_inverted ? 0xFF : 0) : 0xFF,
               pixels->row_bytes * (size_t)(image->height - row));
    pixels->complete = row == image->height && jpeg->err->num_warnings == 0;
}

/* ---- is it whole? ---- */

/* The tables, and the first sixteenth of the rows, an eighth as wide and high. To decode all of a page's pictures takes a
 * quarter of the time of setting the page; of a progressive one the first row needs all. */
static void decode_start(Decoder *decoder, const Image *image)
{
    struct jpeg_decompress_struct *jpeg = &decoder->decoder;
    jpeg_mem_src(jpeg, (const unsigned char *)image->data.data, image->data.size);
    jpeg_read_header(jpeg, TRUE);
    jpeg->scale_num = 1;
    jpeg->scale_denom = 8;
    jpeg->out_color_space = jpeg->jpeg_color_space;
    jpeg->do_fancy_upsampling = FALSE;
    jpeg->dct_method = JDCT_IFAST;
    jpeg->buffered_image = jpeg_has_multiple_scans(jpeg);
    jpeg_start_decompress(jpeg);
    JDIMENSION rows = jpeg->buffered_image ? 0 : jpeg->output_height / 16 + 1;
    JSAMPARRAY row = jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE,
                                             jpeg->output_width * (JDIMENSION)jpeg->output_components, 1);
    while (jpeg->output_scanline < rows && jpeg->err->num_warnings == 0)
        jpeg_read_scanlines(jpeg, row, 1);
    decoder->sound = jpeg->err->num_warnings == 0;
}

bool image_jpeg_sound(Arena *arena, const Image *image, const BareJpeg *bare)
{
    if (!bare->regular)
        return false;
    Decoder *decoder = decoder_new(arena);
    if (setjmp(decoder->out) == 0) {
        jpeg_create_decompress(&decoder->decoder);
        decoder->open = true;
        decode_start(decoder, image);
    }
    decoder_close(decoder);
    return decoder->sound;
}

const Pixels *image_jpeg_pixels(Arena *arena, const Image *image)
{
    Pixels *pixels = image_pixels_new(arena, image);
    Decoder *decoder = decoder_new(arena);
    if (setjmp(decoder->out) == 0) {
        jpeg_create_decompress(&decoder->decoder);
        decoder->open = true;
        decode(decoder, image, pixels);
    }
    bool some = decoder->open && decoder->decoder.output_scanline > 0;
    decoder_close(decoder);
    if (!some)
        return NULL;
    if (image->adobe_inverted)
        for (size_t i = 0; i < pixels->row_bytes * (size_t)pixels->height; i++)
            pixels->data[i] = (uint8_t)~pixels->data[i];
    return pixels;
}

static void start_rows(Decoder *decoder, const Image *image, int denominator)
{
    if (setjmp(decoder->out) != 0)
        return;
    jpeg_create_decompress(&decoder->decoder);
    decoder->open = true;
    decoder->sound = start(decoder, image, denominator);
    decoder->row_bytes = (size_t)decoder->decoder.output_width * (size_t)image->components;
}

void *image_jpeg_rows(Arena *arena, const Image *image, int denominator)
{
    Decoder *decoder = decoder_new(arena);
    decoder->inverted = image->adobe_inverted;
    start_rows(decoder, image, denominator);
    return decoder->sound ? decoder : NULL;
}

bool image_jpeg_row(void *object, uint8_t *row)
{
    Decoder *decoder = object;
    JSAMPROW to = row;
    if (setjmp(decoder->out) != 0)
        return false;
    jpeg_read_scanlines(&decoder->decoder, &to, 1);
    for (size_t i = 0; decoder->inverted && i < decoder->row_bytes; i++)
        row[i] = (uint8_t)~row[i];
    return !decoder->early_end || decoder->progressive;
}

bool image_jpeg_whole(const void *decoder)
{
    return ((const Decoder *)decoder)->manager.num_warnings == 0;
}

/* ---- coding again ---- */

struct JpegWriter {
    struct jpeg_error_mgr manager;
    jmp_buf out;
    struct jpeg_compress_struct encoder;
    unsigned char *data;
    unsigned long size;
    bool failed, open;
};

enum { MOST_SAMPLES_TWICE = 32 << 20 };

static void encoder_fail(j_common_ptr common)
{
    longjmp(((JpegWriter *)(void *)common->err)->out, 1);
}

static void encoder_close(void *object)
{
    JpegWriter *writer = object;
    if (writer->open)
        jpeg_destroy_compress(&writer->encoder);
    free(writer->data);
}

static void encoder_start(JpegWriter *writer, ImageSize size, int components)
{
    struct jpeg_compress_struct *jpeg = &writer->encoder;
    jpeg_create_compress(jpeg);
    writer->open = true;
    jpeg_mem_dest(jpeg, &writer->data, &writer->size);
    jpeg->image_width = (JDIMENSION)size.width;
    jpeg->image_height = (JDIMENSION)size.height;
    jpeg->input_components = components;
    jpeg->in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(jpeg);
    if (components == 4)
        jpeg_set_colorspace(jpeg, JCS_YCCK);
    jpeg_set_quality(jpeg, 93, TRUE);
    for (int i = 0; i < jpeg->num_components; i++) /* colour is not halved once more */
        jpeg->comp_info[i].h_samp_factor = jpeg->comp_info[i].v_samp_factor = 1;
    /* Huffman tables made for the picture take a second pass over all its coefficients, which stand in memory. */
    jpeg->optimize_coding = (int64_t)size.width * size.height * components <= MOST_SAMPLES_TWICE;
    jpeg_start_compress(jpeg, TRUE);
}

JpegWriter *image_jpeg_begin(Arena *arena, ImageSize size, int components)
{
    if (size.width > 65500 || size.height > 65500)
        return NULL;
    JpegWriter *writer = NEW(arena, JpegWriter);
    arena_at_free(arena, encoder_close, writer);
    writer->encoder.err = jpeg_std_error(&writer->manager);
    writer->manager.error_exit = encoder_fail;
    writer->manager.output_message = say_nothing;
    if (setjmp(writer->out) != 0)
        return NULL;
    encoder_start(writer, size, components);
    return writer;
}

void image_jpeg_put(JpegWriter *writer, const uint8_t *row)
{
    JSAMPROW from = (JSAMPROW)row;
    if (writer->failed)
        return;
    if (setjmp(writer->out) == 0)
        jpeg_write_scanlines(&writer->encoder, &from, 1);
    else
        writer->failed = true;
}

Bytes image_jpeg_finish(JpegWriter *writer)
{
    if (!writer->failed && setjmp(writer->out) == 0)
        jpeg_finish_compress(&writer->encoder);
    else
        writer->failed = true;
    return writer->failed ? (Bytes){0} : (Bytes){(const char *)writer->data, writer->size};
}

Bytes image_encode_jpeg(Arena *arena, const uint8_t *pixels, int width, int height, int components)
{
    JpegWriter *writer = image_jpeg_begin(arena, (ImageSize){width, height}, components);
    for (int y = 0; writer && y < height; y++)
        image_jpeg_put(writer, pixels + (size_t)y * (size_t)width * (size_t)components);
    return writer ? image_jpeg_finish(writer) : (Bytes){0};
}
