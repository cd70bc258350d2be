/* Gradients as shadings. ISO 32000-1 8.7.4.5.3, 8.7.4.5.4, 8.6.6.5, 7.10; css-images-4 3. Stops become a stitching function;
 * a repeating gradient becomes as many periods as the path's box needs; alpha becomes a luminosity mask. For a press, colours
 * between two of RGB are converted one by one: a straight line there is none in inks. */
#include <math.h>

#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

enum { MOST_PERIODS = 500 };

enum { MOST_SPOTS = 4, MOST_INKS = MOST_SPOTS + 4, MOST_BETWEEN = 15 };

typedef struct {
    int32_t at; /* RATIO_ONE = 1 */
    const Color *color;
} Stop;
typedef struct {
    Stop *stops;
    int count, room;
    int first_period, periods;
} Line; /* of stops, in order, over whole periods */

/* ---- the inks of a gradient: one spot, or the device's, or both (DeviceN) ---- */
typedef struct {
    int spot_count;
    const Color *spots[MOST_SPOTS];
    bool device;  /* other colours than these spots, and white */
    bool neutral; /* no stop has a colour: black ink alone */
} Mix;

static bool same_spot(const Color *a, const Color *b)
{
    return strcmp(a->spot ? a->spot : "", b->spot ? b->spot : "") == 0;
}

static bool is_paper(const Color *color)
{
    bool white = color->space == COLOR_RGB && color->c[0] == 65535 && color->c[1] == 65535 && color->c[2] == 65535;
    bool bare = color->space == COLOR_CMYK && !color->c[0] && !color->c[1] && !color->c[2] && !color->c[3];
    return white || bare;
}

static int spot_index(const Mix *mix, const Color *color)
{
    for (int i = 0; color->space == COLOR_SPOT && i < mix->spot_count; i++)
        if (same_spot(mix->spots[i], color))
            return i;
    return -1;
}

static Mix find_mix(PdfWriter *writer, const Gradient *gradient)
{
    Mix mix = {.neutral = true};
    for (int i = 0; i < gradient->count; i++) {
        const Color *color = &gradient->stops[i].color;
        Ink ink = pdf_ink(writer, color);
        mix.neutral = mix.neutral && (ink.kind == INK_SPOT || (!ink.converted && !ink.v[0] && !ink.v[1] && !ink.v[2]));
        if (color->space != COLOR_SPOT)
            mix.device = mix.device || !is_paper(color);
        else if (spot_index(&mix, color) < 0 && mix.spot_count < MOST_SPOTS)
            mix.spots[mix.spot_count++] = color;
    }
    if (mix.spot_count == 0 || mix.spot_count > 1 || !pdf_for_press(writer))
        mix.device = mix.device || mix.spot_count != 1;
    if (!pdf_for_press(writer) && mix.device)
        mix.spot_count = 0; /* among light, a spot is what it looks like */
    return mix;
}

/* A spot outside the mix is as full as its tint, of the black that stands for it. */
static Color seen_as(const Color *color)
{
    Color seen = color->alternate ? *color->alternate : (Color){.space = COLOR_RGB};
    for (int i = 0; i < 4; i++) {
        int paper = seen.space == COLOR_RGB ? 65535 : 0;
        seen.c[i] = (uint16_t)(paper + ((int64_t)seen.c[i] - paper) * color->c[0] / 65535);
    }
    return seen;
}

static int stop_values(PdfWriter *writer, const Mix *mix, const Color *color, int64_t values[MOST_INKS])
{
    int spot = spot_index(mix, color), count = mix->spot_count;
    memset(values, 0, MOST_INKS * sizeof *values);
    if (spot >= 0)
        values[spot] = ((int64_t)color->c[0] * 1000 + 32767) / 65535;
    if (!mix->device)
        return count;
    Color seen = color->space == COLOR_SPOT ? seen_as(color) : *color;
    Ink ink = mix->neutral ? pdf_ink(writer, &seen) : pdf_ink_mixed(writer, &seen);
    int64_t inks[4] = {0};
    int device = pdf_ink_values(&ink, inks);
    for (int i = 0; i < device && spot < 0; i++)
        values[count + i] = inks[i];
    return count + device;
}

static void print_stop(PdfWriter *writer, Buffer *out, const Mix *mix, const Color *color)
{
    int64_t values[MOST_INKS];
    int count = 1;
    if (mix)
        count = stop_values(writer, mix, color, values);
    else
        values[0] = ((int64_t)color->alpha * 1000 + 32767) / 65535;
    for (int i = 0; i < count; i++) {
        if (i)
            pdf_space(out);
        pdf_fixed(out, values[i], 3);
    }
}

static void print_step(PdfWriter *writer, Buffer *out, const Color *from, const Color *to, const Mix *mix)
{
    buffer_text(out, "<</FunctionType 2/Domain[0 1]/N 1/C0[");
    print_stop(writer, out, mix, from);
    buffer_text(out, "]/C1[");
    print_stop(writer, out, mix, to);
    buffer_text(out, "]>>");
}

/* What the inks of a DeviceN space look like in CMYK: each process ink is itself and its share of every spot. Stack: spots, c m
 * y k, and what was made of them before. */
static Ref put_tint_transform(PdfWriter *writer, const Mix *mix)
{
    Buffer out = {.arena = writer->scratch}, full[MOST_SPOTS] = {0};
    const char *at[MOST_SPOTS];
    for (int i = 0; i < mix->spot_count; i++) {
        full[i].arena = writer->scratch;
        pdf_print_alternate(writer, &full[i], mix->spots[i]);
        at[i] = full[i].data;
    }
    buffer_text(&out, "{");
    for (int ink = 0; ink < 4; ink++) {
        buffer_text(&out, "3 index ");
        for (int i = 0; i < mix->spot_count; i++) {
            size_t length = strcspn(at[i], " ");
            buffer_format(&out, "%d index %.*s mul add ", 4 + mix->spot_count - 1 - i + ink + 1, (int)length, at[i]);
            at[i] += length + 1;
        }
        buffer_text(&out, "dup 1 gt{pop 1}if ");
    }
    buffer_format(&out, "%d 4 roll", mix->spot_count + 8);
    for (int i = 0; i < mix->spot_count + 4; i++)
        buffer_text(&out, " pop");
    buffer_text(&out, "}");
    Buffer entries = {.arena = writer->scratch};
    buffer_text(&entries, "/FunctionType 4/Range[0 1 0 1 0 1 0 1]/Domain[");
    for (int i = 0; i < mix->spot_count + 4; i++)
        buffer_text(&entries, i ? " 0 1" : "0 1");
    buffer_text(&entries, "]");
    Ref ref = pdf_reserve(writer->file);
    pdf_put_stream(writer->file, ref, entries.data, PACK_DEFLATE, (Bytes){out.data, out.size});
    return ref;
}

static void print_space(PdfWriter *writer, Buffer *out, const Mix *mix)
{
    Ref spots[MOST_SPOTS];
    for (int i = 0; i < mix->spot_count; i++)
        pdf_spot(writer, mix->spots[i], &spots[i]);
    if (mix->spot_count == 0) {
        buffer_text(out, pdf_device_space(writer));
        return;
    }
    if (!mix->device) {
        buffer_format(out, " %u 0 R", spots[0]);
        return;
    }
    buffer_text(out, "[/DeviceN[");
    for (int i = 0; i < mix->spot_count; i++)
        pdf_print_name(out, mix->spots[i]->spot);
    buffer_format(out, "/Cyan/Magenta/Yellow/Black]/DeviceCMYK %u 0 R<</Colorants<<", put_tint_transform(writer, mix));
    for (int i = 0; i < mix->spot_count; i++) {
        pdf_print_name(out, mix->spots[i]->spot);
        buffer_format(out, " %u 0 R", spots[i]);
    }
    buffer_text(out, ">>>>]");
}

/* Stops are at 0..periods * RATIO_ONE, scaled to 0..1 here, six decimals. */
static int64_t place(const Line *line, int i)
{
    return divide_nearest((int64_t)line->stops[i].at * 1000000, (int64_t)line->periods * RATIO_ONE);
}

static void print_function(PdfWriter *writer, Buffer *out, const Line *line, const Mix *mix)
{
    int last = line->count - 1;
    buffer_text(out, "/Function<</FunctionType 3/Domain[0 1]/Functions[");
    int pieces = 0;
    for (int i = 0; i < last; i++)
        if (place(line, i + 1) > place(line, i)) {
            print_step(writer, out, line->stops[i].color, line->stops[i + 1].color, mix);
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

static void add_stop(PdfWriter *writer, Line *line, const Color *color, int32_t at)
{
    VEC(Stop) stops = {line->stops, line->count, line->room};
    VEC_PUSH(writer->scratch, stops, ((Stop){at, color}));
    line->stops = stops.at;
    line->count = stops.count;
    line->room = stops.room;
}

static uint16_t between(uint16_t from, uint16_t to, int step, int steps)
{
    return (uint16_t)(from + ((int64_t)to - from) * step / steps);
}

/* Colours between the last stop and the next, where inks don't follow light in a straight line. */
static void add_between(PdfWriter *writer, Line *line, const Color *to, int32_t at)
{
    const Stop last = line->stops[line->count - 1];
    int farthest = 0;
    if (last.color->space != COLOR_RGB || to->space != COLOR_RGB)
        return;
    for (int i = 0; i < 3; i++) {
        int away = to->c[i] > last.color->c[i] ? to->c[i] - last.color->c[i] : last.color->c[i] - to->c[i];
        farthest = away > farthest ? away : farthest;
    }
    int steps = farthest / 4096 + 1;
    steps = steps > MOST_BETWEEN + 1 ? MOST_BETWEEN + 1 : steps;
    for (int step = 1; step < steps; step++) {
        Color *color = arena_copy(writer->scratch, to, sizeof *to);
        for (int i = 0; i < 3; i++)
            color->c[i] = between(last.color->c[i], to->c[i], step, steps);
        color->alpha = between(last.color->alpha, to->alpha, step, steps);
        add_stop(writer, line, color, (int32_t)(last.at + ((int64_t)at - last.at) * step / steps));
    }
}

static Line make_line(PdfWriter *writer, const Gradient *gradient, const Len box[4])
{
    Line line = {.periods = 1};
    if (gradient->repeat)
        find_periods(gradient, box, &line.first_period, &line.periods);
    for (int period = 0; period < line.periods; period++) {
        int32_t last = 0;
        for (int i = -1; i <= gradient->count; i++) {
            const GradientStop *stop = &gradient->stops[i < 0 ? 0 : i < gradient->count ? i : gradient->count - 1];
            int32_t at = i < 0 ? 0 : i < gradient->count ? stop->at : RATIO_ONE;
            at = at < last ? last : at > RATIO_ONE ? RATIO_ONE : at;
            if (pdf_for_press(writer) && i > 0 && i < gradient->count && at > last)
                add_between(writer, &line, &stop->color, period * RATIO_ONE + at);
            last = at;
            add_stop(writer, &line, &stop->color, period * RATIO_ONE + at);
        }
    }
    return line;
}

static void print_raw_len(Buffer *out, double value)
{
    pdf_fixed(out, (int64_t)llround(value * 1000 / LEN_PT), 3);
    pdf_space(out);
}

/* mix NULL: the alpha alone, as gray. */
static Ref put_shading(PdfWriter *writer, const Gradient *gradient, const Line *line, const Mix *mix)
{
    Buffer out = {.arena = writer->scratch};
    double from = line->first_period, to = line->first_period + line->periods;
    double dx = gradient->x1 - gradient->x0, dy = gradient->y1 - gradient->y0, dr = gradient->r1 - gradient->r0;
    buffer_format(&out, "<</ShadingType %d/ColorSpace", gradient->radial ? 3 : 2);
    if (mix)
        print_space(writer, &out, mix);
    else
        buffer_text(&out, "/DeviceGray");
    buffer_text(&out, "/Extend[true true]/Coords[");
    for (int end = 0; end < 2; end++) {
        double t = end ? to : from;
        print_raw_len(&out, gradient->x0 + t * dx);
        print_raw_len(&out, gradient->y0 + t * dy);
        if (gradient->radial)
            print_raw_len(&out, fmax(0, gradient->r0 + t * dr));
    }
    buffer_text(&out, "]");
    print_function(writer, &out, line, mix);
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

void pdf_path_box(const Path *path, Len box[4])
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
    pdf_path_box(path, box);
    untransform(m, box);
    Line line = make_line(writer, gradient, box);
    Mix mix = find_mix(writer, gradient);
    Ref shading = put_shading(writer, gradient, &line, &mix);
    Color opaque = pdf_layer(writer)->state.fill;
    opaque.alpha = 65535;
    pdf_set_fill(writer, &opaque);
    pdf_save(writer);
    pdf_path(writer, path, true);
    buffer_text(&pdf_layer(writer)->out, path->even_odd ? "W* n\n" : "W n\n");
    print_space_matrix(writer, m);
    if (has_alpha(gradient))
        print_mask(writer, put_shading(writer, gradient, &line, NULL));
    int number = ++writer->shading_count;
    pdf_use(writer, 'H', number, shading);
    buffer_format(&pdf_layer(writer)->out, "/H%d sh\n", number);
    pdf_restore(writer);
}
