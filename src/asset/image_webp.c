/* WebP: the head by our own reading of the container (RFC 9649), pixels by libwebp, which is loaded
 * when the first such picture is decoded: most documents have none. */
#include <dlfcn.h>
#include <webp/decode.h>

#include "asset/image_format.h"

/* Chunks of the RIFF: four letters, size, data, padded to an even size. */
static bool next_chunk(Bytes file, size_t *at, const char **kind, Bytes *data)
{
    if (*at + 8 > file.size)
        return false;
    *kind = file.data + *at;
    size_t size = read_little(file.data + *at + 4, 4), room = file.size - *at - 8;
    *data = (Bytes){file.data + *at + 8, size < room ? size : room};
    *at += 8 + size + (size & 1);
    return true;
}

static bool is(const char *kind, const char *name)
{
    return memcmp(kind, name, 4) == 0;
}

static void read_extended(Image *image, Bytes data, bool *animated)
{
    uint8_t flags = (uint8_t)data.data[0];
    *animated = flags & 0x02;
    image->alpha = flags & 0x10;
    image->width = (int)read_little(data.data + 4, 3) + 1;
    image->height = (int)read_little(data.data + 7, 3) + 1;
}

static void read_lossy(Image *image, Bytes data)
{
    image->width = (int)read_little(data.data + 6, 2) & 0x3FFF;
    image->height = (int)read_little(data.data + 8, 2) & 0x3FFF;
}

static void read_lossless(Image *image, Bytes data)
{
    uint32_t bits = read_little(data.data + 1, 4);
    image->width = (int)(bits & 0x3FFF) + 1;
    image->height = (int)(bits >> 14 & 0x3FFF) + 1;
    image->alpha = bits >> 28 & 1;
}

const char *image_webp_head(Arena *arena, Image *image)
{
    (void)arena;
    size_t at = 12;
    const char *kind;
    Bytes data;
    bool animated = false, extended = false, picture = false;
    image->components = 3;
    while (next_chunk(image->data, &at, &kind, &data)) {
        if (is(kind, "VP8X") && data.size >= 10) {
            read_extended(image, data, &animated);
            extended = true;
        } else if (is(kind, "VP8 ") && data.size >= 10) {
            if (!extended)
                read_lossy(image, data);
            image->lossy = true;
            picture = true;
        } else if (is(kind, "VP8L") && data.size >= 5) {
            if (!extended)
                read_lossless(image, data);
            picture = true;
        } else if (is(kind, "ICCP")) {
            image->icc = image_profile(data, 3);
        } else if (is(kind, "EXIF")) {
            int skip = data.size > 6 && memcmp(data.data, "Exif\0", 6) == 0 ? 6 : 0;
            int turn = image_exif_orientation((Bytes){data.data + skip, data.size - (size_t)skip});
            if (turn)
                image->orientation = turn;
        }
    }
    if (animated)
        return "is an animated WebP, which cannot be placed";
    return picture && image->width > 0 && image->height > 0 ? NULL : "is damaged: it has no picture in it";
}

typedef uint8_t *(*DecodeInto)(const uint8_t *, size_t, uint8_t *, size_t, int);

static void library_close(void *library)
{
    dlclose(library);
}

const Pixels *image_webp_pixels(Arena *arena, const Image *image)
{
    void *library = dlopen("libwebp.so.7", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return NULL;
    arena_at_free(arena, library_close, library);
    DecodeInto into;
    void *found = dlsym(library, image->alpha ? "WebPDecodeRGBAInto" : "WebPDecodeRGBInto");
    if (!found)
        return NULL;
    memcpy(&into, &found, sizeof into);
    Pixels *pixels = image_pixels_new(arena, image);
    size_t size = pixels->row_bytes * (size_t)pixels->height;
    pixels->complete =
        into((const uint8_t *)image->data.data, image->data.size, pixels->data, size, (int)pixels->row_bytes) != NULL;
    return pixels->complete ? pixels : NULL;
}
