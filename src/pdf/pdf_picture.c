/* Pictures that become others for the target: inks by their profile (print-ready.md C1 to C4), gray as black alone (P14), fewer
 * pixels where there are far more than a press can show (P15), laid onto what is below where nothing may be transparent. They
 * go through row by row: decoded, made fewer, sharper, converted, coded. */
#include <stdio.h>
#include <stdlib.h>

#include "asset/color_profile.h"
#include "asset/image_rows.h"

#include "pdf/pdf_writer.h"

enum { SHARPEN = 96, COLORS_MOST = 5, LOSSY_MARGIN = 6 /* percent of ink that coding as JPEG may add */ };

/* ---- transforms, kept for the next picture ---- */

typedef struct {
    Bytes icc;
    int components, bits;
    bool lossy, neutral;
    const ColorTransform *made;
} Known;
struct PdfPictures {
    VEC(Known) known;
    const ColorProfile *press; /* NULL: sRGB */
};

PdfPictures *pdf_pictures_new(PdfWriter *writer)
{
    PdfPictures *pictures = NEW(writer->arena, PdfPictures);
    pictures->press = pdf_for_press(writer) ? writer->target.profile : NULL;
    return pictures;
}

/* C1: what the samples mean. */
static const ColorProfile *meaning(PdfWriter *writer, const Image *image)
{
    const ColorProfile *own = NULL;
    if (image->icc.size)
        own = color_profile_picture(writer->arena, image->icc, image->components);
    if (own)
        return own;
    return image->components == 1   ? color_profile_gray()
           : image->components == 3 ? color_profile_srgb()
           : pdf_for_press(writer)  ? writer->target.profile
                                    : writer->target.inks;
}

static const ColorTransform *make_transform(PdfWriter *writer, const ColorProfile *from, int bits, bool lossy,
                                            bool neutral)
{
    int limit = writer->target.ink_limit;
    ColorWay way = {.intent = RENDER_PERCEPTUAL,
                    .keep_plane = true,
                    .black_only = neutral,
                    .bits_in = bits,
                    .bits_out = 8,
                    .ink_limit = limit > 0 && lossy ? limit - LOSSY_MARGIN : limit};
    if (from && color_profile_channels(from) == 4) {
        way.intent = RENDER_RELATIVE;
        way.compensate = true;
    }
    const ColorProfile *to = writer->pictures->press;
    return from ? color_transform_new(writer->arena, from, to ? to : color_profile_srgb(), &way) : NULL;
}

static const ColorTransform *transform_for(PdfWriter *writer, const PdfPicture *picture, int bits)
{
    PdfPictures *pictures = writer->pictures;
    const Image *image = picture->image;
    for (int i = 0; i < pictures->known.count; i++) {
        const Known *known = &pictures->known.at[i];
        if (known->components == image->components && known->bits == bits && known->lossy == image->lossy &&
            known->neutral == picture->neutral && known->icc.size == image->icc.size &&
            (image->icc.size == 0 || memcmp(known->icc.data, image->icc.data, image->icc.size) == 0))
            return known->made;
    }
    const ColorTransform *made = make_transform(writer, meaning(writer, image), bits, image->lossy, picture->neutral);
    if (!made && image->icc.size) {
        diag_warn(writer->diag, "photo-profile", picture->source,
                  "the colour profile of the picture %s is of no use; its colours are taken as sRGB", image->path);
        Image bare = *image;
        bare.icc = (Bytes){0};
        made = make_transform(writer, meaning(writer, &bare), bits, image->lossy, picture->neutral);
    }
    VEC_PUSH(writer->arena, pictures->known,
             ((Known){image->icc, image->components, bits, image->lossy, picture->neutral, made}));
    return made;
}

static bool same_inks(PdfWriter *writer, const Image *image)
{
    const ColorProfile *own =
        image->icc.size ? color_profile_picture(writer->scratch, image->icc, image->components) : NULL;
    return !own || (writer->target.profile && color_profile_same(own, writer->target.profile));
}

/* Are its colours those of the target as they are? */
static bool colors_fit(PdfWriter *writer, const Image *image)
{
    DeflatedRows rows;
    if (!pdf_for_press(writer)) /* A8: inks without a profile are nothing that RGB could mean */
        return image->components != 4 || image->icc.size || !writer->target.inks;
    if (image->components == 4)
        return same_inks(writer, image);
    bool line_art = image->components == 1 && !image->icc.size && image_deflated(writer->scratch, image, &rows);
    return line_art && rows.bits == 1;
}

bool pdf_picture_changes(PdfWriter *writer, const PdfPicture *picture)
{
    const Image *image = picture->image;
    bool smaller = picture->size.width < image->width || picture->size.height < image->height;
    bool flat = image->alpha && !writer->target.transparency;
    return smaller || flat || !colors_fit(writer, image);
}

/* ---- rows ---- */

typedef struct {
    const PdfPicture *picture;
    ImageRows *rows;
    ImageScale *scale;
    ImageSharpen *sharpen;
    const ColorTransform *transform; /* NULL: colours stay */
    int samples, colors, colors_out; /* samples: with alpha */
    bool deep;                       /* 16 bits a sample, of the machine's order */
    ImageSize given;                 /* by the decoder */
    int read;                        /* rows out of it */
    uint8_t *raw;
    uint16_t *wide, *middle; /* as decoded; as scaled */
    uint8_t *plain;          /* colours without alpha, into the transform */
} Flow;

static Flow *flow_open(PdfWriter *writer, const PdfPicture *picture)
{
    Arena *arena = writer->scratch;
    const Image *image = picture->image;
    Flow *flow = NEW(arena, Flow);
    bool smaller = picture->size.width < image->width || picture->size.height < image->height;
    *flow = (Flow){.picture = picture, .colors = image->components, .samples = image->components + image->alpha};
    flow->rows = image_rows_open(arena, image, picture->size);
    if (!flow->rows)
        return NULL;
    flow->given = image_rows_given(flow->rows);
    bool sharpen = writer->target.sharpen && image->lossy && image->components != 4;
    if (smaller)
        flow->scale = image_scale_new(arena, flow->given, picture->size, flow->samples);
    if (sharpen)
        flow->sharpen = image_sharpen_new(arena, picture->size, flow->samples, SHARPEN);
    flow->deep = smaller || sharpen || image->bits == 16;
    if (!colors_fit(writer, image))
        flow->transform = transform_for(writer, picture, flow->deep ? 16 : 8);
    flow->colors_out = flow->transform ? color_transform_channels(flow->transform) : flow->colors;
    size_t most = (size_t)flow->given.width * (size_t)flow->samples;
    flow->raw = arena_alloc(arena, image_rows_size(flow->rows));
    flow->wide = NEW_ARRAY(arena, uint16_t, most);
    flow->middle = NEW_ARRAY(arena, uint16_t, most);
    flow->plain = arena_alloc(arena, most * 2);
    return flow;
}

static bool read_row(Flow *flow)
{
    if (flow->read >= flow->given.height)
        return false;
    flow->read++;
    image_rows_next(flow->rows, flow->raw);
    return true;
}

/* Colours weigh as much as they are opaque, while pixels are put together. */
static void weigh(const Flow *flow, uint16_t *row, int width, bool back)
{
    for (int x = 0; x < width && flow->samples > flow->colors; x++, row += flow->samples) {
        uint32_t alpha = row[flow->colors];
        for (int k = 0; k < flow->colors; k++) {
            uint32_t value = back ? (alpha ? ((uint32_t)row[k] * 65535u + alpha / 2) / alpha : 0)
                                  : ((uint32_t)row[k] * alpha + 32767u) / 65535u;
            row[k] = value > 65535 ? 65535 : (uint16_t)value;
        }
    }
}

static bool read_wide(Flow *flow)
{
    const Image *image = flow->picture->image;
    int count = flow->given.width * flow->samples;
    if (!read_row(flow))
        return false;
    for (int i = 0; i < count; i++)
        flow->wide[i] = image->bits == 16 ? (uint16_t)(flow->raw[2 * i] << 8 | flow->raw[2 * i + 1])
                                          : (uint16_t)(flow->raw[i] * 257);
    if (flow->scale)
        weigh(flow, flow->wide, flow->given.width, false);
    return true;
}

static bool next_scaled(Flow *flow, uint16_t *row)
{
    if (!flow->scale) {
        bool more = read_wide(flow);
        if (more)
            memcpy(row, flow->wide, (size_t)(flow->picture->size.width * flow->samples) * sizeof *row);
        return more;
    }
    while (!image_scale_take(flow->scale, row)) {
        if (!read_wide(flow))
            return false;
        image_scale_put(flow->scale, flow->wide);
    }
    weigh(flow, row, flow->picture->size.width, true);
    return true;
}

static bool next_deep(Flow *flow, uint16_t *row)
{
    if (!flow->sharpen)
        return next_scaled(flow, row);
    while (!image_sharpen_take(flow->sharpen, row)) {
        if (!next_scaled(flow, flow->middle))
            return false;
        image_sharpen_put(flow->sharpen, flow->middle);
    }
    return true;
}

/* Colours of 8 bits, and alpha where there is; each may be NULL: not asked for. */
static bool next_row(Flow *flow, uint8_t *colors, uint8_t *alpha)
{
    int width = flow->picture->size.width, n = flow->samples, c = flow->colors;
    size_t bytes = flow->deep ? 2 : 1;
    if (!(flow->deep ? next_deep(flow, flow->wide) : read_row(flow)))
        return false;
    const uint8_t *from = flow->deep ? (const uint8_t *)flow->wide : flow->raw;
    for (int x = 0; x < width && alpha; x++)
        alpha[x] = flow->deep ? (uint8_t)((flow->wide[x * n + c] + 128) / 257) : flow->raw[x * n + c];
    if (!colors)
        return true;
    for (int x = 0; x < width && n > c; x++)
        memcpy(flow->plain + (size_t)(x * c) * bytes, from + (size_t)(x * n) * bytes, (size_t)c * bytes);
    if (n > c)
        from = flow->plain;
    if (flow->transform)
        color_transform_pixels(flow->transform, from, colors, (size_t)width);
    for (int i = 0; i < width * c && !flow->transform; i++)
        colors[i] = flow->deep ? (uint8_t)((((const uint16_t *)(const void *)from)[i] + 128) / 257) : from[i];
    for (int x = 0; x < width && flow->transform && flow->colors_out == 1; x++)
        colors[x] = (uint8_t)~colors[x]; /* black ink as gray */
    return true;
}

/* ---- onto what is below ---- */

typedef struct {
    bool wanted;
    uint8_t below[4];
} Ground;

static Ground ground_of(PdfWriter *writer, const PdfPicture *picture, int components)
{
    Ground ground = {.wanted = picture->image->alpha && !writer->target.transparency};
    int64_t values[4];
    Ink ink = pdf_ink(writer, &picture->below);
    int count = pdf_ink_values(&ink, values);
    for (int i = 0; i < components && i < 4; i++) {
        int64_t value = values[i < count ? i : count - 1];
        if (components == 1 && count == 4)
            value = 1000 - values[3];
        ground.below[i] = (uint8_t)(value * 255 / 1000);
    }
    return ground;
}

static void lay_down(const Ground *ground, uint8_t *colors, const uint8_t *alpha, int width, int components)
{
    for (int x = 0; x < width; x++)
        for (int k = 0; k < components; k++) {
            uint8_t *at = &colors[x * components + k];
            *at = (uint8_t)((*at * alpha[x] + ground->below[k] * (255 - alpha[x]) + 127) / 255);
        }
}

/* ---- into the file ---- */

static const char *space_of(int components)
{
    return components == 1 ? "/DeviceGray" : components == 3 ? "/DeviceRGB" : "/DeviceCMYK";
}

static void begin_entries(Buffer *out, ImageSize size, int components)
{
    buffer_format(out, "/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%s", size.width,
                  size.height, space_of(components));
}

static PdfRows *begin_rows(PdfWriter *writer, Ref ref, Buffer *entries, ImageSize size, int components)
{
    buffer_format(entries, "/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent 8/Columns %d>>", components,
                  size.width);
    return pdf_rows_begin(writer, ref, entries->data, (size_t)(size.width * components), (size_t)components);
}

static bool is_opaque(PdfWriter *writer, const PdfPicture *picture)
{
    PdfPicture whole = *picture;
    whole.size = (ImageSize){picture->image->width, picture->image->height};
    ArenaMark mark = arena_mark(writer->scratch);
    Flow *flow = picture->image->alpha ? flow_open(writer, &whole) : NULL;
    uint8_t *alpha = arena_alloc(writer->scratch, (size_t)whole.size.width);
    bool opaque = true;
    while (flow && opaque && next_row(flow, NULL, alpha))
        for (int x = 0; x < whole.size.width; x++)
            opaque = opaque && alpha[x] == 255;
    arena_rewind(writer->scratch, mark);
    return opaque;
}

/* P14: a photograph in black and white is printed with black alone, though its file is RGB. One with colours says so in its
 * first rows. */
static bool is_neutral(PdfWriter *writer, const Image *image)
{
    enum { NOISE = 2 };
    if (!pdf_for_press(writer) || image->components != 3)
        return false;
    ArenaMark mark = arena_mark(writer->scratch);
    ImageRows *rows = image_rows_open(writer->scratch, image, (ImageSize){1, 1});
    uint8_t *row = rows ? arena_alloc(writer->scratch, image_rows_size(rows)) : NULL;
    int bytes = image->bits / 8, step = (image->components + image->alpha) * bytes;
    bool neutral = rows != NULL;
    for (int y = 0; neutral && y < image_rows_given(rows).height; y++) {
        image_rows_next(rows, row);
        for (int x = 0; neutral && x < image_rows_given(rows).width; x++) {
            const uint8_t *rgb = row + x * step;
            int r = rgb[0], g = rgb[bytes], b = rgb[2 * bytes];
            neutral = abs(r - g) <= NOISE && abs(g - b) <= NOISE && abs(r - b) <= NOISE;
        }
    }
    arena_rewind(writer->scratch, mark);
    return neutral;
}

static Ref put_mask(PdfWriter *writer, const PdfPicture *picture)
{
    ArenaMark mark = arena_mark(writer->scratch);
    Flow *flow = flow_open(writer, picture);
    Ref ref = flow ? pdf_reserve(writer->file) : 0;
    Buffer entries = {.arena = writer->scratch};
    uint8_t *alpha = arena_alloc(writer->scratch, (size_t)picture->size.width);
    if (flow) {
        begin_entries(&entries, picture->size, 1);
        PdfRows *rows = begin_rows(writer, ref, &entries, picture->size, 1);
        while (next_row(flow, NULL, alpha))
            pdf_rows_put(rows, alpha);
        pdf_rows_end(rows);
    }
    arena_rewind(writer->scratch, mark);
    return ref;
}

static bool put_colors(PdfWriter *writer, Flow *flow, const Ground *ground, Ref ref, Ref mask)
{
    const PdfPicture *picture = flow->picture;
    ImageSize size = picture->size;
    Buffer entries = {.arena = writer->scratch};
    uint8_t *colors = arena_alloc(writer->scratch, (size_t)(size.width * COLORS_MOST)),
            *alpha = ground->wanted ? arena_alloc(writer->scratch, (size_t)size.width) : NULL;
    JpegWriter *jpeg = picture->image->lossy ? image_jpeg_begin(writer->scratch, size, flow->colors_out) : NULL;
    begin_entries(&entries, size, flow->colors_out);
    if (mask)
        buffer_format(&entries, "/SMask %u 0 R", mask);
    PdfRows *rows = jpeg ? NULL : begin_rows(writer, ref, &entries, size, flow->colors_out);
    while (next_row(flow, colors, alpha)) {
        if (alpha)
            lay_down(ground, colors, alpha, size.width, flow->colors_out);
        if (jpeg)
            image_jpeg_put(jpeg, colors);
        else
            pdf_rows_put(rows, colors);
    }
    if (rows) {
        pdf_rows_end(rows);
        return true;
    }
    Bytes coded = image_jpeg_finish(jpeg);
    buffer_text(&entries, "/Filter/DCTDecode");
    if (coded.size)
        pdf_put_stream(writer->file, ref, entries.data, PACK_NONE, coded);
    return coded.size > 0;
}

PictureState pdf_picture(PdfWriter *writer, const PdfPicture *given, Ref ref)
{
    PdfPicture seen = *given, *picture = &seen;
    seen.neutral = is_neutral(writer, given->image);
    Flow *flow = flow_open(writer, picture);
    if (!flow || (!flow->transform && !colors_fit(writer, picture->image)))
        return PICTURE_NONE;
    Ground ground = ground_of(writer, picture, flow->colors_out);
    Ref mask = ground.wanted || is_opaque(writer, picture) ? 0 : put_mask(writer, picture);
    if (!put_colors(writer, flow, &ground, ref, mask))
        return PICTURE_NONE;
    return image_rows_whole(flow->rows) ? PICTURE_WHOLE : PICTURE_PART;
}

/* ---- for others to look at: ink.h ---- */

struct PdfPictureRows {
    PdfWriter *writer;
    ArenaMark mark;
    PdfPicture picture;
    Flow *flow;
};

PdfPictureRows *pdf_picture_open(PdfWriter *writer, const Image *image, Source source)
{
    ArenaMark mark = arena_mark(writer->scratch);
    PdfPictureRows *rows = NEW(writer->scratch, PdfPictureRows);
    *rows = (PdfPictureRows){.writer = writer, .mark = mark};
    rows->picture = (PdfPicture){.image = image, .size = {image->width, image->height}, .source = source};
    rows->flow = flow_open(writer, &rows->picture);
    if (rows->flow && (rows->flow->transform || colors_fit(writer, image)))
        return rows;
    arena_rewind(writer->scratch, mark);
    return NULL;
}

int pdf_picture_channels(const PdfPictureRows *rows)
{
    return rows->flow->colors_out;
}

bool pdf_picture_row(PdfPictureRows *rows, uint8_t *colors, uint8_t *alpha)
{
    bool has_alpha = rows->flow->samples > rows->flow->colors;
    if (!has_alpha)
        memset(alpha, 255, (size_t)rows->picture.size.width);
    return next_row(rows->flow, colors, has_alpha ? alpha : NULL);
}

void pdf_picture_close(PdfPictureRows *rows)
{
    arena_rewind(rows->writer->scratch, rows->mark);
}
