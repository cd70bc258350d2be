/* Pictures as image XObjects. ISO 32000-1 8.9, 7.4.4.4, 7.4.8, 8.6.5.5, 11.6.5.3. JPEG data go in as coded, without
 * what the file says of itself, PNG rows too where PDF can say the same; the rest is decoded. A picture is stored once however often it is placed. */
#include <math.h>
#include <stdio.h>

#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

typedef struct {
    const Image *image;
    ImageSize size; /* in pixels, as it is stored */
    Color below;
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
    if (image->icc.size && !pdf_for_press(writer)) /* X7: on a press, inks are those of the intent */
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

/* For a press, as the style's own colours are. */
static void print_entry(PdfWriter *writer, Buffer *entries, const uint8_t *rgb)
{
    Color color = {.space = COLOR_RGB};
    for (int i = 0; i < 3; i++)
        color.c[i] = (uint16_t)(rgb[i] * 257);
    Ink ink = pdf_ink(writer, &color);
    for (int i = 0; i < (pdf_for_press(writer) ? 4 : 3); i++)
        buffer_format(entries, "%02X", ink.v[i] / 257);
}

static void print_palette(PdfWriter *writer, const Image *image, Buffer *entries, const uint8_t *palette, int colors)
{
    buffer_text(entries, "[/Indexed");
    if (pdf_for_press(writer))
        buffer_text(entries, "/DeviceCMYK");
    else
        print_space(writer, image, entries);
    buffer_format(entries, " %d<", colors - 1);
    for (int i = 0; i < colors; i++)
        print_entry(writer, entries, palette + 3 * i);
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
    size_t row_bytes = wide * (size_t)pixels->width;
    PdfRows *rows = pdf_rows_begin(writer, ref, entries->data, row_bytes, wide);
    for (int y = 0; y < pixels->height; y++)
        pdf_rows_put(rows, colors + (size_t)y * row_bytes);
    pdf_rows_end(rows);
}

static PictureState put_pixels(PdfWriter *writer, const Image *image, Ref ref, Buffer *entries)
{
    const Pixels *pixels = image_pixels(writer->scratch, image);
    if (!pixels)
        return PICTURE_NONE;
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
    return pixels->complete ? PICTURE_WHOLE : PICTURE_PART;
}

static void report(PdfWriter *writer, const Image *image, Source source, PictureState state)
{
    if (state == PICTURE_NONE)
        diag_warn(writer->diag, "photo-damaged", source, "the picture %s is damaged: nothing of it can be decoded",
                  image->path);
    else if (state == PICTURE_PART)
        diag_warn(writer->diag, "photo-damaged", source, "the picture %s is damaged; what could be decoded is shown",
                  image->path);
}

/* A palette of sRGB without more to do: its entries alone are converted. */
static bool only_palette(PdfWriter *writer, const PdfPicture *picture, DeflatedRows *rows)
{
    const Image *image = picture->image;
    return image->palette && !image->icc.size && picture->size.width == image->width &&
           picture->size.height == image->height && image_deflated(writer->scratch, image, rows);
}

/* What decoding needs goes at once. */
static PictureState put_picture(PdfWriter *writer, const PdfPicture *picture, Ref ref)
{
    ArenaMark mark = arena_mark(writer->scratch);
    Buffer entries = {.arena = writer->scratch};
    const Image *image = picture->image;
    DeflatedRows rows;
    PictureState state = PICTURE_WHOLE;
    if (only_palette(writer, picture, &rows))
        put_deflated(writer, image, &rows, ref, &entries);
    else if (pdf_picture_changes(writer, picture))
        state = pdf_picture(writer, picture, ref);
    else if (put_jpeg(writer, image, ref, &entries))
        state = PICTURE_WHOLE;
    else if (image_deflated(writer->scratch, image, &rows))
        put_deflated(writer, image, &rows, ref, &entries);
    else
        state = put_pixels(writer, image, ref, &entries);
    arena_rewind(writer->scratch, mark);
    report(writer, image, picture->source, state);
    return state;
}

/* ---- how large it is placed: P1 to P3, P15 ---- */

typedef struct {
    double across, down; /* pixels an inch, of the upright picture */
    double least;
} Resolution;

static Resolution resolution_of(const PdfWriter *writer, const PaintOp *op)
{
    const Image *image = op->at.rect.image;
    double scale = pdf_scale(writer);
    Resolution found = {.across = image->upright_width * 72.0 * LEN_PT / (op->at.rect.width * scale),
                        .down = image->upright_height * 72.0 * LEN_PT / (op->at.rect.height * scale)};
    found.least = fmin(found.across, found.down);
    return found;
}

static bool is_line_art(PdfWriter *writer, const Image *image)
{
    DeflatedRows rows;
    return image->kind == IMAGE_PNG && image->components == 1 && image_deflated(writer->scratch, image, &rows) &&
           rows.bits == 1;
}

/* The bounds are half and three quarters of the aim: 99 and 149 of 200 for newspapers, 149 and 224 of 300. */
static void judge_resolution(PdfWriter *writer, const PaintOp *op, const Resolution *found, bool line_art)
{
    int aim = line_art ? 0 : writer->target.picture_ppi, ppi = (int)fmin(found->least, 1e6);
    int must = line_art ? 549 : aim / 2 - 1, should = line_art ? 799 : aim * 3 / 4 - 1;
    if (found->least > should)
        return;
    int at =
        diag_warn(writer->diag, "picture-resolution", op->source,
                  found->least > must ? "the picture %s has %d pixels an inch where it is placed, fewer than it should"
                                      : "the picture %s has %d pixels an inch where it is placed, too few for print",
                  op->at.rect.image->path, ppi);
    diag_hint(writer->diag, at, "more than %d are wanted, more than %d needed; place it smaller or take a larger file",
              should, must);
}

static int fewer(int pixels, double ppi, int aim)
{
    int wanted = (int)ceil(pixels * aim / ppi);
    return wanted < 1 ? 1 : wanted < pixels ? wanted : pixels;
}

/* P15: never up, and down only where there are half as many again. */
static ImageSize size_for(PdfWriter *writer, const PaintOp *op)
{
    const Image *image = op->at.rect.image;
    ImageSize size = {image->width, image->height};
    int aim = writer->target.picture_ppi;
    if (aim <= 0)
        return size;
    Resolution found = resolution_of(writer, op);
    bool line_art = is_line_art(writer, image), turned = image->orientation >= 5;
    judge_resolution(writer, op, &found, line_art);
    if (line_art || found.least <= aim * 1.5)
        return size;
    size.width = fewer(image->width, turned ? found.down : found.across, aim);
    size.height = fewer(image->height, turned ? found.across : found.down, aim);
    return size;
}

/* ---- stored once ---- */

/* The same bytes, under whichever path. */
static bool same_picture(const Image *a, const Image *b)
{
    return a == b || (a->data.size == b->data.size && a->width == b->width && a->height == b->height &&
                      (a->data.data == b->data.data || memcmp(a->data.data, b->data.data, a->data.size) == 0));
}

/* One that is stored already and has as many pixels, within a twentieth. */
static int find_placed(const PdfWriter *writer, const PdfPicture *picture)
{
    const PdfImages *images = writer->images;
    bool flat = picture->image->alpha && !writer->target.transparency;
    for (int i = images->placed.count - 1; i >= 0; i--) {
        const Placed *placed = &images->placed.at[i];
        if (placed->size.width >= picture->size.width - picture->size.width / 20 &&
            placed->size.height >= picture->size.height - picture->size.height / 20 &&
            (!flat || memcmp(placed->below.c, picture->below.c, sizeof placed->below.c) == 0) &&
            same_picture(placed->image, picture->image))
            return i;
    }
    return -1;
}

int pdf_image(PdfWriter *writer, const PaintOp *op, Ref *ref)
{
    PdfImages *images = writer->images;
    const Image *image = op->at.rect.image;
    PdfPicture picture = {image, size_for(writer, op), op->color, op->source, false};
    int at = find_placed(writer, &picture);
    if (at < 0) {
        *ref = pdf_reserve(writer->file);
        if (put_picture(writer, &picture, *ref) == PICTURE_NONE)
            *ref = 0;
        VEC_PUSH(writer->arena, images->placed, ((Placed){image, picture.size, picture.below, *ref}));
        at = images->placed.count - 1;
    }
    *ref = images->placed.at[at].ref;
    if (image->alpha && *ref && writer->target.transparency)
        writer->transparent = true;
    return *ref ? at + 1 : 0;
}
