/* What a colour is on each plane, and how it gets there: plain, overprinted, as a gradient. */
#include "raster/internal.h"

enum { MOST_BETWEEN = 16 };

/* ---- spots ---- */

static const char *const process_names[PROCESS_INKS] = {"Cyan", "Magenta", "Yellow", "Black"};

static const char *spot_name(const Color *color)
{
    return color->spot && *color->spot ? color->spot : "Black";
}

int raster_spot(Raster *raster, const Color *color)
{
    const char *name = spot_name(color);
    for (int i = 0; i < PROCESS_INKS; i++)
        if (strcmp(name, process_names[i]) == 0)
            return i;
    for (int i = 0; i < raster->spot_count; i++)
        if (strcmp(name, spot_name(&raster->spots[i])) == 0)
            return PROCESS_INKS + i;
    if (raster->spot_count == RASTER_PLANES - PROCESS_INKS)
        return -1;
    Color *full = &raster->spots[raster->spot_count++];
    *full = pdf_spot_alternate(color);
    full->alternate = arena_copy(raster->arena, full, sizeof *full); /* as it looks */
    full->spot = arena_string(raster->arena, name, strlen(name));
    full->space = COLOR_SPOT;
    return PROCESS_INKS + raster->spot_count - 1;
}

/* ---- colours ---- */

static double part(uint16_t value)
{
    return value / 65535.0;
}

static void set_device(Paint *paint, const Ink *ink, double tint)
{
    int count = ink->kind == INK_CMYK ? 4 : 3;
    for (int i = 0; i < count; i++)
        paint->light[i] = 1 - tint * (ink->kind == INK_CMYK ? part(ink->v[i]) : 1 - part(ink->v[i]));
}

static void set_spot(Canvas *canvas, Paint *paint, const Color *color, const Ink *ink)
{
    int plane = canvas->raster->press ? raster_spot(canvas->raster, color) : -1;
    double tint = part(ink->v[0]);
    if (canvas->raster->press && color->spot && text_equal_nocase(color->spot, "All")) {
        for (int i = 0; i < canvas->planes; i++)
            paint->light[i] = 1 - tint;
    } else if (plane >= 0 && plane < canvas->planes) {
        paint->light[plane] = 1 - tint;
    } else {
        Color seen = pdf_spot_alternate(color);
        Ink full = pdf_ink(canvas->raster->writer, &seen);
        set_device(paint, &full, tint);
    }
}

Paint paint_of(Canvas *canvas, const Color *color, bool mixed)
{
    PdfWriter *writer = canvas->raster->writer;
    Ink ink = mixed ? pdf_ink_mixed(writer, color) : pdf_ink(writer, color);
    Paint paint = {.alpha = part(color->alpha)};
    for (int i = 0; i < RASTER_PLANES; i++)
        paint.light[i] = 1;
    if (ink.kind == INK_SPOT)
        set_spot(canvas, &paint, color, &ink);
    else
        set_device(&paint, &ink, 1);
    return paint;
}

/* ISO 32000-1 8.6.7, mode 1: an ink that isn't there leaves what is. In a group there is nothing yet. */
void paint_overprint(const Canvas *canvas, Paint *paint)
{
    for (int i = 0; i < canvas->planes && canvas->groups == 0; i++)
        paint->kept[i] = paint->light[i] >= 1; // NOLINT: exactly none
}

/* Where some planes of a surface are kept: the others are wiped to paper by the lighter of both, then multiplied. */
static void fill_some(const CairoLibrary *cairo, cairo_t *at, const double light[3], const bool kept[3],
                      void (*draw)(cairo_t *cairo, const void *user), const void *user)
{
    cairo->set_operator(at, CAIRO_OPERATOR_LIGHTEN);
    cairo->set_source_rgb(at, !kept[0], !kept[1], !kept[2]);
    draw(at, user);
    cairo->set_operator(at, CAIRO_OPERATOR_MULTIPLY);
    cairo->set_source_rgb(at, kept[0] ? 1 : light[0], kept[1] ? 1 : light[1], kept[2] ? 1 : light[2]);
    draw(at, user);
    cairo->set_operator(at, CAIRO_OPERATOR_OVER);
}

void fill_paint(Canvas *canvas, const Paint *paint, void (*draw)(cairo_t *cairo, const void *user), const void *user)
{
    const CairoLibrary *cairo = cairo_library();
    for (int s = 0; s < canvas->surfaces; s++) {
        const double *light = paint->light + 3 * s;
        const bool *kept = paint->kept + 3 * s;
        int first = 3 * s, rest = canvas->planes - first < 3 ? canvas->planes - first : 3, keeps = 0;
        for (int i = 0; i < rest; i++)
            keeps += kept[i];
        if (keeps == rest)
            continue;
        if (keeps > 0) {
            fill_some(cairo, canvas->at[s], light, kept, draw, user);
            continue;
        }
        cairo->set_source_rgba(canvas->at[s], light[0], light[1], light[2], paint->alpha);
        draw(canvas->at[s], user);
    }
}

/* ---- gradients: css-images-4 3; between two colours of light, inks don't follow a straight line ---- */

typedef struct {
    double at;
    Paint paint;
} Stop;
typedef VEC(Stop) Stops;

static bool is_neutral(Canvas *canvas, const Gradient *gradient)
{
    for (int i = 0; i < gradient->count; i++) {
        const Color *color = &gradient->stops[i].color;
        Ink ink = pdf_ink(canvas->raster->writer, color);
        if (ink.kind == INK_CMYK && (ink.converted || ink.v[0] || ink.v[1] || ink.v[2]))
            return false;
    }
    return true;
}

static Color between(const Color *from, const Color *to, int step)
{
    Color color = *to;
    for (int i = 0; i < 3; i++)
        color.c[i] = (uint16_t)(from->c[i] + ((int)to->c[i] - from->c[i]) * step / MOST_BETWEEN);
    color.alpha = (uint16_t)(from->alpha + ((int)to->alpha - from->alpha) * step / MOST_BETWEEN);
    return color;
}

static void make_stops(Canvas *canvas, const Gradient *gradient, Stops *stops)
{
    bool mixed = !is_neutral(canvas, gradient);
    double last = 0;
    for (int i = 0; i < gradient->count; i++) {
        const GradientStop *stop = &gradient->stops[i], *before = i ? stop - 1 : stop;
        double at = (double)stop->at / RATIO_ONE;
        at = at < last ? last : at > 1 ? 1 : at;
        bool light = canvas->raster->press && before->color.space == COLOR_RGB && stop->color.space == COLOR_RGB;
        for (int step = 1; light && at > last && step < MOST_BETWEEN; step++) {
            Color color = between(&before->color, &stop->color, step);
            VEC_PUSH(canvas->arena, *stops,
                     ((Stop){last + (at - last) * step / MOST_BETWEEN, paint_of(canvas, &color, mixed)}));
        }
        VEC_PUSH(canvas->arena, *stops, ((Stop){at, paint_of(canvas, &stop->color, mixed)}));
        last = at;
    }
}

static double factor(int32_t value)
{
    return (double)value / RATIO_ONE;
}

static cairo_pattern_t *make_pattern(const CairoLibrary *cairo, const Gradient *g, const Stops *stops, int surface)
{
    cairo_pattern_t *pattern = g->radial ? cairo->pattern_create_radial(g->x0, g->y0, g->r0, g->x1, g->y1, g->r1)
                                         : cairo->pattern_create_linear(g->x0, g->y0, g->x1, g->y1);
    for (int i = 0; i < stops->count; i++) {
        const double *light = stops->at[i].paint.light + 3 * surface;
        cairo->pattern_add_color_stop_rgba(pattern, stops->at[i].at, light[0], light[1], light[2],
                                           stops->at[i].paint.alpha);
    }
    cairo_matrix_t matrix;
    cairo->matrix_init(&matrix, factor(g->matrix.a), factor(g->matrix.b), factor(g->matrix.c), factor(g->matrix.d),
                       g->matrix.e, g->matrix.f);
    bool none = g->matrix.a == 0 && g->matrix.b == 0 && g->matrix.c == 0 && g->matrix.d == 0;
    if (!none && cairo->matrix_invert(&matrix) == CAIRO_STATUS_SUCCESS)
        cairo->pattern_set_matrix(pattern, &matrix);
    cairo->pattern_set_extend(pattern, g->repeat ? CAIRO_EXTEND_REPEAT : CAIRO_EXTEND_PAD);
    return pattern;
}

void fill_gradient(Canvas *canvas, const Gradient *gradient, void (*draw)(cairo_t *cairo, const void *user),
                   const void *user)
{
    const CairoLibrary *cairo = cairo_library();
    bool point =
        gradient->radial ? gradient->r1 <= gradient->r0 : gradient->x0 == gradient->x1 && gradient->y0 == gradient->y1;
    if (gradient->count == 0)
        return;
    if (gradient->count == 1 || point) { /* css-images-4 3.5.3: the last colour */
        Paint paint = paint_of(canvas, &gradient->stops[gradient->count - 1].color, false);
        fill_paint(canvas, &paint, draw, user);
        return;
    }
    Stops stops = {0};
    make_stops(canvas, gradient, &stops);
    for (int s = 0; s < canvas->surfaces; s++) {
        cairo_pattern_t *pattern = make_pattern(cairo, gradient, &stops, s);
        cairo->set_source(canvas->at[s], pattern);
        cairo->pattern_destroy(pattern);
        draw(canvas->at[s], user);
    }
}
