/* Gradients as shadings. ISO 32000-1 8.7.4.5.3, 8.7.4.5.4, 7.10; css-images-4 3. Stops become a stitching function;
 * a repeating gradient becomes as many periods as the path's box needs; alpha becomes a luminosity mask. */
#include <math.h>

#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

enum { MOST_PERIODS = 500 };

typedef struct {
    int32_t at; /* RATIO_ONE = 1 */
    const Color *color;
} Stop;
typedef struct {
    Stop *stops;
    int count;
    int first_period, periods;
} Line; /* of stops, in order, over whole periods */

static bool same_kind(const Gradient *gradient)
{
    for (int i = 1; i < gradient->count; i++)
        if (gradient->stops[i].color.space != gradient->stops[0].color.space)
            return false;
    return gradient->stops[0].color.space == COLOR_RGB || gradient->stops[0].color.space == COLOR_CMYK;
}

/* Where spaces are mixed: RGB, by the plain formula; a spot as its tint of black. */
static void as_rgb(const Color *color, int64_t rgb[3])
{
    int64_t v[4] = {0};
    int count = pdf_color_components(color, v);
    for (int i = 0; i < 3; i++)
        rgb[i] = count == 3 ? v[i] : count == 1 ? 1000 - v[0] : (1000 - v[i]) * (1000 - v[3]) / 1000;
}

static void print_stop(Buffer *out, const Color *color, bool mixed, bool alpha)
{
    int64_t values[4];
    int count;
    if (alpha) {
        values[0] = ((int64_t)color->alpha * 1000 + 32767) / 65535;
        count = 1;
    } else if (mixed) {
        as_rgb(color, values);
        count = 3;
    } else {
        count = pdf_color_components(color, values);
    }
    for (int i = 0; i < count; i++) {
        if (i)
            pdf_space(out);
        pdf_fixed(out, values[i], 3);
    }
}

static void print_step(Buffer *out, const Color *from, const Color *to, bool mixed, bool alpha)
{
    buffer_text(out, "<</FunctionType 2/Domain[0 1]/N 1/C0[");
    print_stop(out, from, mixed, alpha);
    buffer_text(out, "]/C1[");
    print_stop(out, to, mixed, alpha);
    buffer_text(out, "]>>");
}

/* Stops are at 0..periods * RATIO_ONE, scaled to 0..1 here, six decimals. */
static int64_t place(const Line *line, int i)
{
    return divide_nearest((int64_t)line->stops[i].at * 1000000, (int64_t)line->periods * RATIO_ONE);
}

static void print_function(Buffer *out, const Line *line, bool mixed, bool alpha)
{
    int last = line->count - 1;
    buffer_text(out, "/Function<</FunctionType 3/Domain[0 1]/Functions[");
    int pieces = 0;
    for (int i = 0; i < last; i++)
        if (place(line, i + 1) > place(line, i)) {
            print_step(out, line->stops[i].color, line->stops[i + 1].color, mixed, alpha);
            pieces++;
        }
    buffer_text(out, "]/Bounds[");
    int printed = 0;
    for (int i = 0; i < last; i++)
        if (place(line, i + 1) > place(line, i) && ++printed < pieces) {
            pdf_fixed(out, place(line, i + 1), 6);
            pdf_space(out);
        }
    buffer_text(out, "]/Encode[");
    for (int i = 0; i < pieces; i++)
        buffer_text(out, "0 1 ");
    buffer_text(out, "]>>");
}

/* Which periods the box touches, for the repeating kind: projections on the axis, or distances from the centre. */
static void find_periods(const Gradient *gradient, const Len box[4], int *first, int *count)
{
    double dx = gradient->x1 - gradient->x0, dy = gradient->y1 - gradient->y0, dr = gradient->r1 - gradient->r0;
    double least = 0, most = 1, farthest = 0;
    for (int i = 0; i < 4; i++) {
        double x = box[i & 1 ? 2 : 0] - (double)gradient->x0, y = box[i & 2 ? 3 : 1] - (double)gradient->y0;
        double t = dx * dx + dy * dy > 0 ? (x * dx + y * dy) / (dx * dx + dy * dy) : 0;
        least = t < least ? t : least;
        most = t > most ? t : most;
        farthest = fmax(farthest, sqrt(x * x + y * y));
    }
    if (gradient->radial) {
        least = dr > 0 ? -(double)gradient->r0 / dr : 0;
        most = dr > 0 ? (farthest - gradient->r0) / dr : 1;
        least = ceil(least); /* radii stay above 0 */
    }
    *first = (int)fmax(floor(least), -MOST_PERIODS / 2);
    *count = (int)fmin(ceil(most), MOST_PERIODS / 2) - *first;
    if (*count < 1)
        *count = 1;
}

static Line make_line(PdfWriter *writer, const Gradient *gradient, const Len box[4])
{
    Line line = {.periods = 1};
    if (gradient->repeat)
        find_periods(gradient, box, &line.first_period, &line.periods);
    line.stops = NEW_ARRAY(writer->arena, Stop, (gradient->count + 2) * line.periods);
    for (int period = 0; period < line.periods; period++) {
        int32_t last = 0;
        for (int i = -1; i <= gradient->count; i++) {
            const GradientStop *stop = &gradient->stops[i < 0 ? 0 : i < gradient->count ? i : gradient->count - 1];
            int32_t at = i < 0 ? 0 : i < gradient->count ? stop->at : RATIO_ONE;
            at = at < last ? last : at > RATIO_ONE ? RATIO_ONE : at;
            last = at;
            line.stops[line.count].color = &stop->color;
            line.stops[line.count++].at = period * RATIO_ONE + at;
        }
    }
    return line;
}

static void print_raw_len(Buffer *out, double value)
{
    pdf_fixed(out, (int64_t)llround(value * 1000 / LEN_PT), 3);
    pdf_space(out);
}

static Ref put_shading(PdfWriter *writer, const Gradient *gradient, const Line *line, bool mixed, bool alpha)
{
    Buffer out = {.arena = writer->arena};
    bool cmyk = !mixed && gradient->stops[0].color.space == COLOR_CMYK;
    double from = line->first_period, to = line->first_period + line->periods;
    double dx = gradient->x1 - gradient->x0, dy = gradient->y1 - gradient->y0, dr = gradient->r1 - gradient->r0;
    buffer_format(&out, "<</ShadingType %d/ColorSpace/%s/Extend[true true]/Coords[", gradient->radial ? 3 : 2,
                  alpha  ? "DeviceGray"
                  : cmyk ? "DeviceCMYK"
                         : "DeviceRGB");
    for (int end = 0; end < 2; end++) {
        double t = end ? to : from;
        print_raw_len(&out, gradient->x0 + t * dx);
        print_raw_len(&out, gradient->y0 + t * dy);
        if (gradient->radial)
            print_raw_len(&out, fmax(0, gradient->r0 + t * dr));
    }
    buffer_text(&out, "]");
    print_function(&out, line, mixed, alpha);
    buffer_text(&out, ">>");
    Ref ref = pdf_reserve(writer->file);
    pdf_put(writer->file, ref, out.data, out.size);
    return ref;
}

/* A graphics state whose mask is the gradient's alpha as gray. */
static void print_mask(PdfWriter *writer, Ref shading)
{
    Ref form = pdf_reserve(writer->file), state = pdf_reserve(writer->file);
    char *entries = arena_format(writer->arena,
                                 "/Type/XObject/Subtype/Form/BBox[-32000 -32000 32000 "
                                 "32000]/Group<</S/Transparency/CS/DeviceGray>>/Resources<</Shading<</H0 %u 0 R>>>>",
                                 shading);
    pdf_put_stream(writer->file, form, entries, PACK_NONE, (Bytes){"/H0 sh\n", 7});
    pdf_put_text(writer->file, state,
                 arena_format(writer->arena, "<</Type/ExtGState/SMask<</Type/Mask/S/Luminosity/G %u 0 R>>>>", form));
    int number = ++writer->shading_count;
    pdf_use(writer, 'M', number, state);
    buffer_format(&pdf_layer(writer)->out, "/M%d gs\n", number);
    writer->transparent = true;
}

static bool has_alpha(const Gradient *gradient)
{
    for (int i = 0; i < gradient->count; i++)
        if (gradient->stops[i].color.alpha != 65535)
            return true;
    return false;
}

static void path_box(const Path *path, Len box[4])
{
    box[0] = box[1] = LEN_MAX;
    box[2] = box[3] = -LEN_MAX;
    for (int i = 0; i < path->count; i++) {
        int points = path->steps[i].kind == PATH_CURVE ? 3 : path->steps[i].kind == PATH_CLOSE ? 0 : 1;
        for (int k = 0; k < points; k++) {
            Len x = path->steps[i].x[2 * k], y = path->steps[i].x[2 * k + 1];
            box[0] = len_min(box[0], x);
            box[1] = len_min(box[1], y);
            box[2] = len_max(box[2], x);
            box[3] = len_max(box[3], y);
        }
    }
}

/* The box in the gradient's own space. */
static void untransform(Matrix m, Len box[4])
{
    double d = ((double)m.a * m.d - (double)m.b * m.c) / ((double)RATIO_ONE * RATIO_ONE);
    double out[4] = {1e18, 1e18, -1e18, -1e18};
    if (fabs(d) < 1e-9)
        return;
    for (int i = 0; i < 4; i++) {
        double x = (double)box[i & 1 ? 2 : 0] - m.e, y = (double)box[i & 2 ? 3 : 1] - m.f;
        double u = (x * m.d - y * m.c) / RATIO_ONE / d, v = (y * m.a - x * m.b) / RATIO_ONE / d;
        out[0] = fmin(out[0], u);
        out[1] = fmin(out[1], v);
        out[2] = fmax(out[2], u);
        out[3] = fmax(out[3], v);
    }
    for (int i = 0; i < 4; i++)
        box[i] = len_clamp((int64_t)fmax(-1e9, fmin(1e9, out[i])));
}

static void fill_plain(PdfWriter *writer, const Path *path, const Color *color)
{
    pdf_set_fill(writer, color);
    pdf_path(writer, path, true);
    buffer_text(&pdf_layer(writer)->out, path->even_odd ? "f*\n" : "f\n");
}

/* Gradient space counts downwards from the trim's corner, as a DisplayPage: one matrix brings it to PDF space. */
static void print_space_matrix(PdfWriter *writer, Matrix m)
{
    Buffer *out = &pdf_layer(writer)->out;
    int32_t factors[] = {m.a, -m.b, m.c, -m.d};
    for (int i = 0; i < 4; i++) {
        pdf_ratio(out, factors[i]);
        pdf_space(out);
    }
    pdf_len(out, page_x(writer, m.e));
    pdf_space(out);
    pdf_len(out, page_y(writer, m.f));
    buffer_text(out, " cm\n");
}

void pdf_gradient(PdfWriter *writer, const Path *path, const Gradient *gradient)
{
    if (gradient->count == 0)
        return;
    bool point =
        gradient->radial ? gradient->r1 <= gradient->r0 : gradient->x0 == gradient->x1 && gradient->y0 == gradient->y1;
    if (gradient->count == 1 || point) { /* css-images-4 3.5.3: the last colour */
        fill_plain(writer, path, &gradient->stops[gradient->count - 1].color);
        return;
    }
    Matrix m = gradient->matrix;
    if (m.a == 0 && m.b == 0 && m.c == 0 && m.d == 0)
        m = (Matrix){RATIO_ONE, 0, 0, RATIO_ONE, 0, 0};
    Len box[4];
    path_box(path, box);
    untransform(m, box);
    Line line = make_line(writer, gradient, box);
    bool mixed = !same_kind(gradient);
    Ref shading = put_shading(writer, gradient, &line, mixed, false);
    Color opaque = pdf_layer(writer)->state.fill;
    opaque.alpha = 65535;
    pdf_set_fill(writer, &opaque);
    pdf_save(writer);
    pdf_path(writer, path, true);
    buffer_text(&pdf_layer(writer)->out, path->even_odd ? "W* n\n" : "W n\n");
    print_space_matrix(writer, m);
    if (has_alpha(gradient))
        print_mask(writer, put_shading(writer, gradient, &line, mixed, true));
    int number = ++writer->shading_count;
    pdf_use(writer, 'H', number, shading);
    buffer_format(&pdf_layer(writer)->out, "/H%d sh\n", number);
    pdf_restore(writer);
}
