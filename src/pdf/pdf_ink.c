/* What a colour of the style is printed with. For a file of RGB: light, as the style says. For a press: ink. Neutral colours
 * are black alone (print-ready.md P12, P14), the rest goes through the profile (C2) and stays below the ink limit (C4);
 * device-cmyk() and spot inks are what the style says. */
#include <math.h>

#include "asset/color_profile.h"

#include "pdf/pdf_writer.h"

enum { CACHE = 256, SAME_GRAY = 131 }; /* 2/1000: what is left of a gray that came by way of another space */
typedef struct {
    uint16_t rgb[3], cmyk[4];
    bool set;
} Converted;
struct PdfInks {
    ColorTransform *colors, *grays; /* for a press */
    ColorTransform *lights;         /* of inks in a file of RGB; NULL: none was there yet, or the plain formula */
    bool lights_sought;
    ColorTransform **named; /* of each profile of the style, beside facts.profiles */
    Converted cache[CACHE];
};

bool pdf_for_press(const PdfWriter *writer)
{
    return writer->target.color == TARGET_COLOR_CMYK;
}

const PdfTarget *pdf_target_of(const PdfWriter *writer)
{
    return &writer->target;
}

const char *pdf_device_space(const PdfWriter *writer)
{
    return pdf_for_press(writer) ? "/DeviceCMYK" : "/DeviceRGB";
}

PdfInks *pdf_inks_new(PdfWriter *writer)
{
    PdfInks *inks = NEW(writer->arena, PdfInks);
    const ColorProfile *profile = writer->target.profile;
    ColorWay way = {.intent = RENDER_RELATIVE,
                    .compensate = true,
                    .exact = true,
                    .bits_in = 16,
                    .bits_out = 16,
                    .ink_limit = writer->target.ink_limit};
    inks->named = NEW_ARRAY(writer->arena, ColorTransform *, writer->facts.profile_count + 1);
    if (!pdf_for_press(writer))
        return inks;
    if (profile) {
        inks->colors = color_transform_new(writer->arena, color_profile_srgb(), profile, &way);
        inks->grays = color_transform_new(writer->arena, color_profile_gray(), profile, &way);
    }
    if (!inks->colors || !inks->grays)
        diag_error(writer->diag, "color-failed", NO_SOURCE,
                   profile ? "colours cannot be converted: Little CMS is missing or refuses the profile"
                           : "colours cannot be converted: the target has no profile");
    return inks;
}

static Ink cmyk(uint16_t c, uint16_t m, uint16_t y, uint16_t k)
{
    return (Ink){.kind = INK_CMYK, .v = {c, m, y, k}};
}

static bool is_neutral(const uint16_t rgb[3])
{
    int least = rgb[0], most = rgb[0];
    for (int i = 1; i < 3; i++) {
        least = rgb[i] < least ? rgb[i] : least;
        most = rgb[i] > most ? rgb[i] : most;
    }
    return most - least <= SAME_GRAY;
}

static Ink convert(PdfInks *inks, const uint16_t rgb[3])
{
    uint32_t at = ((uint32_t)rgb[0] * 31 + rgb[1]) * 31 + rgb[2];
    Converted *known = &inks->cache[(at ^ at >> 8 ^ at >> 16) % CACHE];
    if (!known->set || memcmp(known->rgb, rgb, sizeof known->rgb) != 0) {
        memcpy(known->rgb, rgb, sizeof known->rgb);
        color_transform_pixels(inks->colors, rgb, known->cmyk, 1);
        known->set = true;
    }
    Ink ink = {.kind = INK_CMYK, .converted = true};
    memcpy(ink.v, known->cmyk, sizeof ink.v);
    return ink;
}

static Ink press_ink(PdfInks *inks, const uint16_t rgb[3], bool neutral_is_black)
{
    uint16_t black;
    if (!inks->colors || !inks->grays)
        return cmyk(0, 0, 0, (uint16_t)(65535 - rgb[1]));
    if (!neutral_is_black || !is_neutral(rgb))
        return convert(inks, rgb);
    color_transform_pixels(inks->grays, &rgb[1], &black, 1);
    return cmyk(0, 0, 0, black);
}

static ColorTransform *make_lights(PdfWriter *writer)
{
    const ColorProfile *inks = writer->target.inks;
    ColorWay way = {.intent = RENDER_RELATIVE, .compensate = true, .exact = true, .bits_in = 16, .bits_out = 16};
    return inks ? color_transform_new(writer->arena, inks, color_profile_srgb(), &way) : NULL;
}

/* What inks look like, where the file knows only light (A8); the plain formula of css-color-5 where no profile says it. */
static Ink light_of(PdfWriter *writer, const uint16_t c[4])
{
    PdfInks *inks = writer->inks;
    Ink ink = {.kind = INK_RGB};
    if (!inks->lights_sought)
        inks->lights = make_lights(writer);
    inks->lights_sought = true;
    if (inks->lights)
        color_transform_pixels(inks->lights, c, ink.v, 1);
    for (int i = 0; i < 3 && !inks->lights; i++)
        ink.v[i] = (uint16_t)((uint32_t)(65535 - c[i]) * (uint32_t)(65535 - c[3]) / 65535);
    return ink;
}

/* ---- color(--name ...) ---- */

static ColorTransform *named_transform(PdfWriter *writer, int i)
{
    const NamedProfile *named = &writer->facts.profiles[i];
    const ColorProfile *to = pdf_for_press(writer) ? writer->target.profile : color_profile_srgb();
    ColorWay way = {.intent = named->perceptual ? RENDER_PERCEPTUAL : RENDER_RELATIVE,
                    .compensate = !named->perceptual,
                    .exact = true,
                    .bits_in = 16,
                    .bits_out = 16,
                    .ink_limit = writer->target.ink_limit};
    ColorTransform **made = &writer->inks->named[i];
    if (!*made && to)
        *made = color_transform_new(writer->arena, named->profile, to, &way);
    if (!*made)
        diag_warn(writer->diag, "color-profile", NO_SOURCE,
                  "colours of the profile %s cannot be converted; they are black", named->name);
    return *made;
}

static Ink named_ink(PdfWriter *writer, const Color *color)
{
    bool press = pdf_for_press(writer);
    Ink ink = press ? cmyk(0, 0, 0, 65535) : (Ink){.kind = INK_RGB};
    int i = 0;
    while (i < writer->facts.profile_count && strcmp(writer->facts.profiles[i].name, color->spot) != 0)
        i++;
    if (i == writer->facts.profile_count) {
        diag_warn(writer->diag, "color-profile", NO_SOURCE,
                  "no @color-profile that can be read is named %s: its colours are black", color->spot);
        return ink;
    }
    const ColorProfile *profile = writer->facts.profiles[i].profile;
    if (press && writer->target.profile && color_profile_same(profile, writer->target.profile))
        return cmyk(color->c[0], color->c[1], color->c[2], color->c[3]);
    ColorTransform *transform = named_transform(writer, i);
    bool black = transform && color_transform_channels(transform) == 1;
    if (transform)
        color_transform_pixels(transform, color->c, black ? &ink.v[3] : ink.v, 1);
    ink.converted = press && !black;
    return ink;
}

static Ink ink_of(PdfWriter *writer, const Color *color, bool neutral_is_black)
{
    static const uint16_t black[3];
    bool press = pdf_for_press(writer), rgb = color->space == COLOR_RGB;
    Ink ink = {.kind = INK_RGB};
    if (color->space == COLOR_SPOT)
        return (Ink){.kind = INK_SPOT, .v = {color->c[0]}};
    if (color->space == COLOR_CMYK)
        return press ? cmyk(color->c[0], color->c[1], color->c[2], color->c[3]) : light_of(writer, color->c);
    if (color->space == COLOR_PROFILE)
        return named_ink(writer, color);
    if (press)
        return press_ink(writer->inks, rgb ? color->c : black, neutral_is_black);
    if (rgb)
        memcpy(ink.v, color->c, 3 * sizeof *ink.v);
    return ink;
}

Ink pdf_ink(PdfWriter *writer, const Color *color)
{
    return ink_of(writer, color, true);
}

Ink pdf_ink_mixed(PdfWriter *writer, const Color *color)
{
    return ink_of(writer, color, false);
}

int pdf_ink_values(const Ink *ink, int64_t values[4])
{
    int count = ink->kind == INK_CMYK ? 4 : ink->kind == INK_SPOT ? 1 : 3;
    for (int i = 0; i < count; i++) /* what was held below the limit is rounded down */
        values[i] = ((int64_t)ink->v[i] * 1000 + (ink->converted ? 0 : 32767)) / 65535;
    return count;
}

/* ---- overprint and hairlines: P12, P13 ---- */

static bool is_black(const Ink *ink, const Color *color)
{
    if (ink->kind == INK_SPOT)
        return ink->v[0] == 65535 && color->spot && strcmp(color->spot, "Black") == 0;
    return ink->kind == INK_CMYK && ink->v[0] == 0 && ink->v[1] == 0 && ink->v[2] == 0 && ink->v[3] == 65535;
}

static bool is_white(const Ink *ink)
{
    static const uint16_t none[4];
    return memcmp(ink->v, none, (ink->kind == INK_SPOT ? 1 : 4) * sizeof *none) == 0;
}

static Len thickness(const PaintOp *op)
{
    Len box[4];
    switch ((OpKind)op->kind) {
    case OP_RECT: return len_min(op->at.rect.width, op->at.rect.height);
    case OP_STROKE: return op->at.path.line_width;
    case OP_FILL: pdf_path_box(op->at.path.path, box); return len_min(box[2] - box[0], box[3] - box[1]);
    default: return LEN_MAX;
    }
}

bool pdf_overprints_at(PdfWriter *writer, const PaintOp *op, double scale)
{
    if (!pdf_for_press(writer) || op->overprint == OVERPRINT_NONE || op->color.alpha != 65535)
        return false;
    Ink ink = pdf_ink(writer, &op->color);
    if (op->overprint == OVERPRINT_ALL)
        return !is_white(&ink);
    bool small =
        op->kind == OP_GLYPHS ? op->at.glyphs.run->size * scale < 12 * LEN_PT : thickness(op) * scale < 2 * LEN_PT;
    return small && is_black(&ink, &op->color);
}

bool pdf_overprints(PdfWriter *writer, const PaintOp *op)
{
    return pdf_overprints_at(writer, op, pdf_scale(writer));
}

double pdf_scale(const PdfWriter *writer)
{
    Matrix m = writer->ctm;
    double scale = sqrt(fabs((double)m.a * m.d - (double)m.b * m.c)) / RATIO_ONE;
    return scale > 1e-4 ? scale : 1;
}

Len pdf_least_line_at(const PdfWriter *writer, double scale)
{
    return pdf_for_press(writer) ? (Len)ceil(LEN_PT / 4.0 / (scale > 1e-4 ? scale : 1)) : 0;
}

Len pdf_least_line(const PdfWriter *writer)
{
    return pdf_least_line_at(writer, pdf_scale(writer));
}

void pdf_note_hairline(PdfWriter *writer, const PaintOp *op)
{
    diag_note(writer->diag, "hairline", op->source, "a line thinner than 0.25 pt is printed 0.25 pt wide");
}
