/* Pictures as they are printed: shrunk to what the page shows while their rows are read, put on the planes. */
#include "raster/internal.h"

typedef struct {
    int width, height, components; /* colour channels, then alpha */
    uint8_t *data;
} Small;

/* How many stored pixels make one, on both axes. */
static int shrink_factor(Canvas *canvas, const PaintOp *op)
{
    const CairoLibrary *cairo = cairo_library();
    const Image *image = op->at.rect.image;
    double width = op->at.rect.width, height = op->at.rect.height, skew_x = 0, skew_y = 0;
    bool turned = image->orientation >= 5;
    cairo->user_to_device_distance(canvas->at[0], &width, &skew_x);
    cairo->user_to_device_distance(canvas->at[0], &skew_y, &height);
    double across = width * width + skew_x * skew_x, down = height * height + skew_y * skew_y;
    double stored_x = turned ? image->height : image->width, stored_y = turned ? image->width : image->height;
    int factor = 1;
    while (factor < 64 && stored_x * stored_x >= across * (factor + 1) * (factor + 1) &&
           stored_y * stored_y >= down * (factor + 1) * (factor + 1))
        factor++;
    return factor;
}

/* Rows of one row of what comes out; colours of transparent pixels don't count. */
static void add_row(uint32_t *sums, const uint8_t *colors, const uint8_t *alpha, int width, int factor, int channels)
{
    for (int x = 0; x < width; x++) {
        uint32_t *to = sums + x / factor * (channels + 2);
        for (int i = 0; i < channels; i++)
            to[i] += (uint32_t)colors[x * channels + i] * alpha[x];
        to[channels] += alpha[x];
        to[channels + 1]++;
    }
}

static void take_row(uint32_t *sums, const Small *small, uint8_t *to)
{
    int channels = small->components;
    for (int x = 0; x < small->width; x++, sums += channels + 2, to += channels + 1) {
        uint32_t alphas = sums[channels], count = sums[channels + 1];
        for (int i = 0; i < channels; i++)
            to[i] = (uint8_t)(alphas ? (sums[i] + alphas / 2) / alphas : 0);
        to[channels] = (uint8_t)(count ? (alphas + count / 2) / count : 0);
        memset(sums, 0, (size_t)(channels + 2) * sizeof *sums);
    }
}

static bool shrink(Canvas *canvas, const PaintOp *op, Small *small)
{
    const Image *image = op->at.rect.image;
    PdfPictureRows *rows = pdf_picture_open(canvas->raster->writer, image, op->source);
    if (!rows)
        return false;
    int factor = shrink_factor(canvas, op), channels = pdf_picture_channels(rows);
    *small = (Small){(image->width + factor - 1) / factor, (image->height + factor - 1) / factor, channels, NULL};
    size_t wide = (size_t)small->width * ((size_t)channels + 1), pixels = (size_t)image->width;
    small->data = arena_alloc(canvas->arena, wide * (size_t)small->height);
    uint32_t *sums = NEW_ARRAY(canvas->arena, uint32_t, small->width * (channels + 2));
    uint8_t *colors = arena_alloc(canvas->arena, pixels * 5), *alpha = arena_alloc(canvas->arena, pixels);
    for (int y = 0; y < image->height && pdf_picture_row(rows, colors, alpha); y++) {
        add_row(sums, colors, alpha, image->width, factor, channels);
        if (y % factor == factor - 1 || y == image->height - 1)
            take_row(sums, small, small->data + wide * (size_t)(y / factor));
    }
    pdf_picture_close(rows);
    return true;
}

/* ---- colours: a file of light may have pictures with profiles of their own ---- */

static const ColorTransform *way_of(Raster *raster, const Image *image, int channels)
{
    if (raster->press || !image->icc.size || channels != image->components)
        return NULL;
    const ColorProfile *from = color_profile_picture(raster->arena, image->icc, channels);
    for (int i = 0; from && i < raster->ways.count; i++)
        if (color_profile_same(raster->ways.at[i].from, from))
            return raster->ways.at[i].made;
    ColorWay way = {.intent = RENDER_PERCEPTUAL, .bits_in = 8, .bits_out = 8};
    ColorTransform *made = from ? color_transform_new(raster->arena, from, color_profile_srgb(), &way) : NULL;
    if (from)
        VEC_PUSH(raster->arena, raster->ways, ((PictureWay){from, made}));
    return made;
}

/* One pixel without a transform: light to light, inks to inks, and what comes nearest else. */
static void plain(const uint8_t *from, int channels, bool press, uint8_t *light)
{
    if (channels == 4 && press) {
        for (int i = 0; i < 4; i++)
            light[i] = (uint8_t)(255 - from[i]);
    } else if (channels == 4) {
        for (int i = 0; i < 3; i++)
            light[i] = (uint8_t)((255 - from[i]) * (255 - from[3]) / 255);
    } else if (press) {
        light[0] = light[1] = light[2] = 255;
        light[3] = from[channels == 3];
    } else {
        for (int i = 0; i < 3; i++)
            light[i] = from[channels == 3 ? i : 0];
    }
}

/* Light of four planes and alpha, five bytes a pixel. */
static uint8_t *convert(Canvas *canvas, const Image *image, const Small *small)
{
    size_t count = (size_t)small->width * (size_t)small->height;
    int channels = small->components;
    const ColorTransform *way = way_of(canvas->raster, image, channels);
    uint8_t *planes = arena_alloc(canvas->arena, count * 5), *at = planes;
    const uint8_t *from = small->data;
    for (size_t i = 0; i < count; i++, at += 5, from += channels + 1) {
        uint8_t made[4];
        if (way)
            color_transform_pixels(way, from, made, 1);
        plain(way ? made : from, way ? 3 : channels, canvas->raster->press, at);
        at[4] = from[channels];
    }
    return planes;
}

/* ---- onto the page ---- */

static uint32_t times(uint32_t value, uint32_t alpha)
{
    return (value * alpha + 127) / 255;
}

static void put_surface(const uint8_t *planes, size_t count, int surface, uint32_t *to)
{
    for (size_t i = 0; i < count; i++, planes += 5) {
        uint32_t alpha = planes[4], light[3];
        for (int k = 0; k < 3; k++)
            light[k] = 3 * surface + k < PROCESS_INKS ? times(planes[3 * surface + k], alpha) : alpha;
        to[i] = alpha << 24 | light[0] << 16 | light[1] << 8 | light[2];
    }
}

/* Exif orientation: from the unit square, in which the stored picture stands upright with y up, to the box. */
static void set_matrix(const CairoLibrary *cairo, cairo_t *at, const PaintOp *op, const Small *small)
{
    double x = op->at.rect.x, y = op->at.rect.y, w = op->at.rect.width, h = op->at.rect.height;
    const double matrices[8][6] = {{w, 0, 0, h, 0, 0},  {-w, 0, 0, h, w, 0},  {-w, 0, 0, -h, w, h},
                                   {w, 0, 0, -h, 0, h}, {0, -h, -w, 0, w, h}, {0, -h, w, 0, 0, h},
                                   {0, h, w, 0, 0, 0},  {0, h, -w, 0, w, 0}};
    int turn = op->at.rect.image->orientation;
    const double *m = matrices[turn >= 1 && turn <= 8 ? turn - 1 : 0];
    cairo_matrix_t matrix;
    cairo->matrix_init(&matrix, m[0], -m[1], -m[2], m[3], x + m[2] + m[4], y + h - m[3] - m[5]);
    cairo->transform(at, &matrix);
    cairo->scale(at, 1.0 / small->width, 1.0 / small->height);
}

static void draw_surface(Canvas *canvas, const PaintOp *op, const Small *small, const uint32_t *pixels, int s)
{
    const CairoLibrary *cairo = cairo_library();
    cairo_t *at = canvas->at[s];
    cairo_surface_t *surface = cairo->image_surface_create_for_data((unsigned char *)pixels, CAIRO_FORMAT_ARGB32,
                                                                    small->width, small->height, 4 * small->width);
    cairo->save(at);
    set_matrix(cairo, at, op, small);
    cairo->rectangle(at, 0, 0, small->width, small->height);
    cairo->clip(at);
    cairo->set_source_surface(at, surface, 0, 0);
    cairo->pattern_set_extend(cairo->get_source(at), CAIRO_EXTEND_PAD);
    cairo->pattern_set_filter(cairo->get_source(at), CAIRO_FILTER_GOOD);
    cairo->paint_with_alpha(at, op->color.alpha ? op->color.alpha / 65535.0 : 1);
    cairo->restore(at);
    cairo->surface_destroy(surface);
}

void draw_picture(Canvas *canvas, const PaintOp *op)
{
    const Image *image = op->at.rect.image;
    if (!image || op->at.rect.width <= 0 || op->at.rect.height <= 0)
        return;
    ArenaMark mark = arena_mark(canvas->arena);
    Small small;
    if (shrink(canvas, op, &small)) {
        const uint8_t *planes = convert(canvas, image, &small);
        size_t count = (size_t)small.width * (size_t)small.height;
        uint32_t *surface = NEW_ARRAY(canvas->arena, uint32_t, count);
        for (int s = 0; s < canvas->surfaces; s++) {
            put_surface(planes, count, s, surface);
            draw_surface(canvas, op, &small, surface, s);
        }
    }
    arena_rewind(canvas->arena, mark);
}
