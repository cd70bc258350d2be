/* Pictures as image XObjects. ISO 32000-1 8.9, 7.4.4.4, 7.4.8, 8.6.5.5, 11.6.5.3. JPEG data go in as coded, without
 * what the file says of itself, PNG rows too where PDF can say the same; the rest is decoded. A picture is stored once however often it is placed. */
#include <stdio.h>

#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

typedef struct {
    const Image *image;
    Ref ref; /* 0: can't be shown */
} Placed;
typedef struct {
    Bytes icc;
    Ref ref;
} Profile;
struct PdfImages {
    Arena *arena;
    VEC(Placed) placed;
    VEC(Profile) profiles;
    int *by_id; /* image id -> index of placed + 1 */
    uint32_t by_id_room;
};

PdfImages *pdf_images_new(Arena *arena)
{
    PdfImages *images = NEW(arena, PdfImages);
    images->arena = arena;
    return images;
}

static Ref profile(PdfWriter *writer, const Image *image)
{
    PdfImages *images = writer->images;
    for (int i = 0; i < images->profiles.count; i++) {
        Bytes known = images->profiles.at[i].icc;
        if (known.size == image->icc.size && memcmp(known.data, image->icc.data, known.size) == 0)
            return images->profiles.at[i].ref;
    }
    Ref ref = pdf_reserve(writer->file);
    VEC_PUSH(writer->arena, images->profiles, ((Profile){image->icc, ref}));
    char entries[64];
    int n = image->components;
    snprintf(entries, sizeof entries, "/N %d/Alternate/%s", n,
             n == 1   ? "DeviceGray"
             : n == 3 ? "DeviceRGB"
                      : "DeviceCMYK");
    pdf_put_stream(writer->file, ref, entries, PACK_DEFLATE, image->icc);
    return ref;
}

static const char *device_space(int components)
{
    return components == 1 ? "/DeviceGray" : components == 3 ? "/DeviceRGB" : "/DeviceCMYK";
}

/* The picture's own colours; a palette's base the same. */
static void print_space(PdfWriter *writer, const Image *image, Buffer *out)
{
    if (image->icc.size)
        buffer_format(out, "[/ICCBased %u 0 R]", profile(writer, image));
    else
        buffer_text(out, device_space(image->components));
}

static void begin_entries(Buffer *out, int width, int height, int bits)
{
    out->size = 0;
    buffer_format(out, "/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace", width, height,
                  bits);
}

/* False: it is damaged, or what decodes it must say. */
static bool put_jpeg(PdfWriter *writer, const Image *image, Ref ref, Buffer *entries)
{
    if (image->kind != IMAGE_JPEG || image->truncated)
        return false;
    BareJpeg jpeg = image_jpeg_bare(writer->scratch, image);
    if (!image_jpeg_sound(writer->scratch, image, &jpeg))
        return false;
    begin_entries(entries, image->width, image->height, 8);
    print_space(writer, image, entries);
    if (image->adobe_inverted)
        buffer_text(entries, "/Decode[1 0 1 0 1 0 1 0]");
    buffer_text(entries, "/Filter/DCTDecode");
    if (image->plain_rgb)
        buffer_text(entries, "/DecodeParms<</ColorTransform 0>>");
    pdf_stream_begin(writer->file, ref, entries->data, jpeg.size);
    for (int i = 0; i < jpeg.parts.count; i++)
        pdf_stream_part(writer->file, jpeg.parts.at[i].data, jpeg.parts.at[i].size);
    pdf_stream_end(writer->file);
    return true;
}

static void print_palette(PdfWriter *writer, const Image *image, Buffer *entries, const uint8_t *palette, int colors)
{
    buffer_text(entries, "[/Indexed");
    print_space(writer, image, entries);
    buffer_format(entries, " %d<", colors - 1);
    for (int i = 0; i < 3 * colors; i++)
        buffer_format(entries, "%02X", palette[i]);
    buffer_text(entries, ">]");
}

static void put_deflated(PdfWriter *writer, const Image *image, const DeflatedRows *rows, Ref ref, Buffer *entries)
{
    begin_entries(entries, image->width, image->height, rows->bits);
    if (rows->palette.size) {
        int colors = (int)(rows->palette.size / 3), most = 1 << rows->bits;
        print_palette(writer, image, entries, (const uint8_t *)rows->palette.data, colors < most ? colors : most);
    } else {
        print_space(writer, image, entries);
    }
    buffer_format(entries, "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>",
                  rows->colors, rows->bits, image->width);
    pdf_stream_begin(writer->file, ref, entries->data, rows->size);
    for (int i = 0; i < rows->part_count; i++)
        pdf_stream_part(writer->file, rows->parts[i].data, rows->parts[i].size);
    pdf_stream_end(writer->file);
}

/* ---- decoded pictures ---- */

/* Colours and alpha apart. Returns false if all of the alpha is opaque. */
static bool split_alpha(const Pixels *pixels, uint8_t *colors, uint8_t *alpha)
{
    int sample = pixels->bits / 8, colored = pixels->components * sample;
    const uint8_t *from = pixels->data;
    bool seen = false;
    for (size_t i = 0, count = (size_t)pixels->width * (size_t)pixels->height; i < count; i++) {
        memcpy(colors, from, (size_t)colored);
        memcpy(alpha, from + colored, (size_t)sample);
        for (int k = 0; k < sample; k++)
            seen = seen || alpha[k] != 0xFF;
        colors += colored;
        alpha += sample;
        from += colored + sample;
    }
    return seen;
}

/* Up to 256 colours of 8-bit RGB: indices instead. Returns the number of colours, 0: too many. */
typedef struct {
    uint8_t palette[256 * 3];
    int16_t slots[1024]; /* index + 1, open addressing */
    int count;
} Palette;

static int index_of(Palette *palette, const uint8_t *rgb)
{
    uint32_t at = ((uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2]) * 2654435761u >> 22;
    for (; palette->slots[at]; at = (at + 1) & 1023)
        if (memcmp(palette->palette + 3 * (palette->slots[at] - 1), rgb, 3) == 0)
            return palette->slots[at] - 1;
    if (palette->count == 256)
        return -1;
    memcpy(palette->palette + 3 * palette->count, rgb, 3);
    palette->slots[at] = (int16_t)++palette->count;
    return palette->count - 1;
}

static bool find_palette(const uint8_t *colors, size_t count, uint8_t *indices, Palette *palette)
{
    int last = -1;
    for (size_t i = 0; i < count; i++, colors += 3) {
        if (last < 0 || memcmp(colors, colors - 3, 3) != 0)
            last = index_of(palette, colors);
        if (last < 0)
            return false;
        indices[i] = (uint8_t)last;
    }
    return true;
}

/* PNG filters 1, 2 and 4 (PNG 9.2): of each row the one with the least sum of differences (12.7). */
static int paeth(int a, int b, int c)
{
    int p = a + b - c, pa = p > a ? p - a : a - p, pb = p > b ? p - b : b - p, pc = p > c ? p - c : c - p;
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

static uint32_t filter_row(uint8_t *to, const uint8_t *row, const uint8_t *above, size_t size, size_t wide, int filter)
{
    uint32_t sum = 0;
    to[0] = (uint8_t)filter;
    for (size_t i = 0; i < size; i++) {
        int a = i >= wide ? row[i - wide] : 0, b = above ? above[i] : 0, c = above && i >= wide ? above[i - wide] : 0;
        int guess = filter == 1 ? a : filter == 2 ? b : paeth(a, b, c);
        to[i + 1] = (uint8_t)(row[i] - guess);
        sum += (uint32_t)(to[i + 1] < 128 ? to[i + 1] : 256 - to[i + 1]);
    }
    return sum;
}

static void put_filtered(PdfWriter *writer, Ref ref, const char *entries, const uint8_t *data, size_t row_bytes,
                         int height, size_t wide)
{
    uint8_t *tries[3], *before = NULL;
    for (int i = 0; i < 3; i++)
        tries[i] = arena_alloc(writer->scratch, row_bytes + 1);
    pdf_deflate_begin(writer->file, ref, entries);
    for (int y = 0; y < height; y++) {
        const uint8_t *row = data + (size_t)y * row_bytes;
        static const int filters[] = {1, 2, 4};
        uint32_t least = UINT32_MAX;
        const uint8_t *best = tries[0];
        for (int i = 0; i < 3; i++) {
            uint32_t sum = filter_row(tries[i], row, before, row_bytes, wide, filters[i]);
            if (sum < least) {
                least = sum;
                best = tries[i];
            }
        }
        pdf_deflate_rows(writer->file, best, row_bytes + 1);
        before = (uint8_t *)row;
    }
    pdf_deflate_end(writer->file);
}

static Ref put_mask(PdfWriter *writer, const Pixels *pixels, const uint8_t *alpha)
{
    Ref ref = pdf_reserve(writer->file);
    char entries[160];
    size_t size = (size_t)pixels->width * (size_t)pixels->height * (size_t)(pixels->bits / 8);
    snprintf(entries, sizeof entries,
             "/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace/DeviceGray", pixels->width,
             pixels->height, pixels->bits);
    pdf_put_stream(writer->file, ref, entries, PACK_DEFLATE, (Bytes){(const char *)alpha, size});
    return ref;
}

static void put_colors(PdfWriter *writer, const Image *image, const Pixels *pixels, const uint8_t *colors, Ref mask,
                       Ref ref, Buffer *entries)
{
    size_t count = (size_t)pixels->width * (size_t)pixels->height;
    Palette palette = {.count = 0};
    bool indexed = false;
    uint8_t *indices = NULL;
    if (pixels->components == 3 && pixels->bits == 8) {
        indices = arena_alloc(writer->scratch, count);
        indexed = find_palette(colors, count, indices, &palette);
    }
    begin_entries(entries, pixels->width, pixels->height, pixels->bits);
    if (indexed)
        print_palette(writer, image, entries, palette.palette, palette.count);
    else
        print_space(writer, image, entries);
    if (mask)
        buffer_format(entries, "/SMask %u 0 R", mask);
    if (indexed) {
        pdf_put_stream(writer->file, ref, entries->data, PACK_DEFLATE, (Bytes){(const char *)indices, count});
        return;
    }
    Bytes coded = {0};
    if (image->lossy && pixels->bits == 8)
        coded = image_encode_jpeg(writer->scratch, colors, pixels->width, pixels->height, pixels->components);
    if (coded.size) {
        buffer_text(entries, "/Filter/DCTDecode");
        pdf_put_stream(writer->file, ref, entries->data, PACK_NONE, coded);
        return;
    }
    size_t wide = (size_t)(pixels->components * pixels->bits / 8);
    buffer_format(entries, "/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>", pixels->components,
                  pixels->bits, pixels->width);
    put_filtered(writer, ref, entries->data, colors, wide * (size_t)pixels->width, pixels->height, wide);
}

typedef enum { DECODED_NONE, DECODED_PART, DECODED_ALL } Decoded;

static Decoded put_pixels(PdfWriter *writer, const Image *image, Ref ref, Buffer *entries)
{
    const Pixels *pixels = image_pixels(writer->scratch, image);
    if (!pixels)
        return DECODED_NONE;
    const uint8_t *colors = pixels->data;
    Ref mask = 0;
    if (pixels->alpha) {
        size_t count = (size_t)pixels->width * (size_t)pixels->height, sample = (size_t)(pixels->bits / 8);
        uint8_t *split = arena_alloc(writer->scratch, count * sample * (size_t)pixels->components),
                *alpha = arena_alloc(writer->scratch, count * sample);
        if (split_alpha(pixels, split, alpha))
            mask = put_mask(writer, pixels, alpha);
        colors = split;
    }
    put_colors(writer, image, pixels, colors, mask, ref, entries);
    return pixels->complete ? DECODED_ALL : DECODED_PART;
}

/* The same bytes under another path? */
static Ref same_picture(const PdfImages *images, const Image *image)
{
    for (int i = images->placed.count - 1; i >= 0; i--) {
        const Placed *placed = &images->placed.at[i];
        if (placed->image->data.size == image->data.size && placed->image->width == image->width &&
            placed->image->height == image->height &&
            (placed->image->data.data == image->data.data ||
             memcmp(placed->image->data.data, image->data.data, image->data.size) == 0))
            return placed->ref;
    }
    return 0;
}

static int *place_of(PdfImages *images, uint32_t id)
{
    if (id >= images->by_id_room) {
        uint32_t room = images->by_id_room ? images->by_id_room : 64;
        while (room <= id)
            room *= 2;
        int *larger = NEW_ARRAY(images->arena, int, room);
        if (images->by_id)
            memcpy(larger, images->by_id, images->by_id_room * sizeof *larger);
        images->by_id = larger;
        images->by_id_room = room;
    }
    return &images->by_id[id];
}

/* What decoding needs goes at once. */
static bool put_decoded(PdfWriter *writer, const Image *image, Ref ref, Source source)
{
    ArenaMark mark = arena_mark(writer->scratch);
    Buffer entries = {.arena = writer->scratch};
    Decoded decoded = put_pixels(writer, image, ref, &entries);
    arena_rewind(writer->scratch, mark);
    if (decoded == DECODED_NONE)
        diag_warn(writer->diag, "photo-damaged", source, "the picture %s is damaged: nothing of it can be decoded",
                  image->path);
    else if (decoded == DECODED_PART)
        diag_warn(writer->diag, "photo-damaged", source, "the picture %s is damaged; what could be decoded is shown",
                  image->path);
    return decoded != DECODED_NONE;
}

Ref pdf_image(PdfWriter *writer, const Image *image, Source source)
{
    PdfImages *images = writer->images;
    int *place = place_of(images, image->id);
    if (*place == 0) {
        Ref ref = same_picture(images, image);
        VEC_PUSH(writer->arena, images->placed, ((Placed){image, ref}));
        *place = images->placed.count;
        Placed *placed = &images->placed.at[images->placed.count - 1];
        DeflatedRows rows;
        Buffer entries = {.arena = writer->scratch};
        if (ref == 0) {
            placed->ref = ref = pdf_reserve(writer->file);
            bool as_it_is = put_jpeg(writer, image, ref, &entries);
            if (!as_it_is && image_deflated(writer->scratch, image, &rows))
                put_deflated(writer, image, &rows, ref, &entries);
            else if (!as_it_is && !put_decoded(writer, image, ref, source))
                placed->ref = 0;
        }
    }
    const Placed *placed = &images->placed.at[*place - 1];
    if (image->alpha && placed->ref)
        writer->transparent = true;
    return placed->ref;
}
