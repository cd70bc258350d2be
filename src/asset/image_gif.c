/* GIF: the first picture of the file on its canvas. GIF89a specification; LZW by its appendix F. */
#include "asset/image_format.h"

enum { CODES = 4096 };

typedef struct {
    const uint8_t *at, *end;
} Reader;

typedef struct {
    int canvas_width, canvas_height;
    int left, top, width, height;
    int transparent; /* -1: none */
    bool interlaced;
    const uint8_t *palette;
    int colors;
    Reader rest; /* at the LZW code size */
} Frame;

static int byte(Reader *reader)
{
    return reader->at < reader->end ? *reader->at++ : -1;
}

static int word(Reader *reader)
{
    int low = byte(reader), high = byte(reader);
    return high < 0 ? -1 : low | high << 8;
}

static bool skip(Reader *reader, int size)
{
    if (reader->end - reader->at < size)
        return false;
    reader->at += size;
    return true;
}

static bool skip_blocks(Reader *reader)
{
    int size;
    while ((size = byte(reader)) > 0)
        if (!skip(reader, size))
            return false;
    return size == 0;
}

static void read_palette(Reader *reader, int flags, Frame *frame)
{
    int colors = 2 << (flags & 7);
    if (!(flags & 0x80))
        return;
    frame->palette = reader->at;
    frame->colors = skip(reader, colors * 3) ? colors : 0;
}

/* Graphic control extension: 21 F9 04 flags delay delay transparent 00 */
static bool read_extension(Reader *reader, Frame *frame)
{
    int label = byte(reader);
    if (label == 0xF9 && reader->end - reader->at >= 6 && reader->at[0] == 4)
        frame->transparent = reader->at[1] & 1 ? reader->at[4] : -1;
    return skip_blocks(reader);
}

static bool read_frame(Bytes data, Frame *frame)
{
    Reader reader = {(const uint8_t *)data.data + 6, (const uint8_t *)data.data + data.size};
    *frame = (Frame){.transparent = -1};
    frame->canvas_width = word(&reader);
    frame->canvas_height = word(&reader);
    int flags = byte(&reader);
    if (flags < 0 || !skip(&reader, 2))
        return false;
    read_palette(&reader, flags, frame);
    for (;;) {
        int kind = byte(&reader);
        if (kind == 0x21) {
            if (!read_extension(&reader, frame))
                return false;
        } else if (kind == 0x2C) {
            break;
        } else {
            return false;
        }
    }
    frame->left = word(&reader);
    frame->top = word(&reader);
    frame->width = word(&reader);
    frame->height = word(&reader);
    flags = byte(&reader);
    if (flags < 0 || frame->width <= 0 || frame->height <= 0)
        return false;
    frame->interlaced = flags & 0x40;
    read_palette(&reader, flags, frame);
    frame->rest = reader;
    if (frame->canvas_width == 0 || frame->canvas_height == 0) {
        frame->canvas_width = frame->left + frame->width;
        frame->canvas_height = frame->top + frame->height;
    }
    return frame->colors > 0;
}

const char *image_gif_head(Arena *arena, Image *image)
{
    (void)arena;
    Frame frame;
    if (!read_frame(image->data, &frame))
        return "is damaged: it has no picture in it";
    image->width = frame.canvas_width;
    image->height = frame.canvas_height;
    image->components = 3;
    image->palette = true;
    image->interlaced = frame.interlaced;
    bool covers =
        frame.left == 0 && frame.top == 0 && frame.width >= frame.canvas_width && frame.height >= frame.canvas_height;
    image->alpha = frame.transparent >= 0 || !covers;
    return NULL;
}

/* ---- pixels ---- */

typedef struct {
    Reader reader;
    int block; /* bytes left in the data block */
    uint32_t bits;
    int bit_count;
} Stream;

static int next_code(Stream *stream, int size)
{
    while (stream->bit_count < size) {
        if (stream->block == 0) {
            stream->block = byte(&stream->reader);
            if (stream->block <= 0)
                return -1;
        }
        int value = byte(&stream->reader);
        if (value < 0)
            return -1;
        stream->block--;
        stream->bits |= (uint32_t)value << stream->bit_count;
        stream->bit_count += 8;
    }
    int code = (int)(stream->bits & ((1u << size) - 1));
    stream->bits >>= size;
    stream->bit_count -= size;
    return code;
}

typedef struct {
    const Frame *frame;
    Pixels *pixels;
    int x, row, pass; /* row: of the frame */
    bool full;
} Canvas;

static void next_row(Canvas *canvas)
{
    static const int step[] = {8, 8, 4, 2}, first[] = {0, 4, 2, 1};
    canvas->x = 0;
    if (!canvas->frame->interlaced) {
        canvas->row++;
    } else {
        canvas->row += step[canvas->pass];
        while (canvas->row >= canvas->frame->height && canvas->pass < 3)
            canvas->row = first[++canvas->pass];
    }
    canvas->full = canvas->row >= canvas->frame->height;
}

static void put(Canvas *canvas, int index)
{
    const Frame *frame = canvas->frame;
    Pixels *pixels = canvas->pixels;
    int x = frame->left + canvas->x, y = frame->top + canvas->row;
    if (x < pixels->width && y < pixels->height) {
        int wide = 3 + pixels->alpha;
        uint8_t *to = pixels->data + (size_t)y * pixels->row_bytes + (size_t)(x * wide);
        if (index < frame->colors && index != frame->transparent) {
            memcpy(to, frame->palette + index * 3, 3);
            if (pixels->alpha)
                to[3] = 0xFF;
        } else if (pixels->alpha) {
            to[3] = 0;
        }
    }
    if (++canvas->x == frame->width)
        next_row(canvas);
}

typedef struct {
    uint16_t before[CODES];
    uint8_t last[CODES];
    uint8_t stack[CODES];
} Dictionary;

/* Writes the code's string; returns its first index. */
static int put_string(Canvas *canvas, Dictionary *words, int code, int clear)
{
    int depth = 0;
    while (code > clear && depth < CODES - 1) {
        words->stack[depth++] = words->last[code];
        code = words->before[code];
    }
    int first = code;
    put(canvas, first);
    while (depth > 0 && !canvas->full)
        put(canvas, words->stack[--depth]);
    return first;
}

static int first_of(const Dictionary *words, int code, int clear)
{
    for (int i = 0; code > clear && i < CODES; i++)
        code = words->before[code];
    return code;
}

static void decode(Canvas *canvas, Dictionary *words, Stream *stream, int least)
{
    int clear = 1 << least, size = least + 1, next = clear + 2, before = -1;
    while (!canvas->full) {
        int code = next_code(stream, size);
        if (code < 0 || code == clear + 1)
            return;
        if (code == clear) {
            size = least + 1;
            next = clear + 2;
            before = -1;
            continue;
        }
        if (code > next || (code == next && before < 0))
            return;
        if (before >= 0 && next < CODES) {
            words->before[next] = (uint16_t)before;
            words->last[next] = (uint8_t)first_of(words, code == next ? before : code, clear);
            next++;
        } else if (code >= next) {
            return;
        }
        put_string(canvas, words, code, clear);
        before = code;
        if (next == 1 << size && size < 12)
            size++;
    }
}

const Pixels *image_gif_pixels(Arena *arena, const Image *image)
{
    Frame frame;
    if (!read_frame(image->data, &frame))
        return NULL;
    Pixels *pixels = image_pixels_new(arena, image);
    Dictionary *words = NEW(arena, Dictionary);
    Stream stream = {.reader = frame.rest};
    Canvas canvas = {.frame = &frame, .pixels = pixels};
    int least = byte(&stream.reader);
    if (least < 1 || least > 11)
        return NULL;
    if (image->alpha) /* what the picture doesn't cover is transparent */
        for (size_t i = 3; i < pixels->row_bytes * (size_t)pixels->height; i += 4)
            pixels->data[i] = 0;
    decode(&canvas, words, &stream, least);
    pixels->complete = canvas.full;
    return canvas.full || canvas.row > 0 || canvas.x > 0 ? pixels : NULL;
}
