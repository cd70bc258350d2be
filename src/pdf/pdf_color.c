/* Colours and graphics states. ISO 32000-1 8.6, 8.4.5, 11.6.4. Colours stay in the space the style names:
 * RGB (neutral ones as gray), CMYK, or an ink of its own with an alternate. */
#include <stdio.h>

#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

typedef struct {
    Name name;
    Ref ref;
} Spot;
typedef struct {
    int opacity; /* 0..65535 */
    uint16_t blend;
    Ref ref;
} Blend;
struct PdfColors {
    Arena *arena;
    VEC(Spot) spots;
    VEC(Blend) blends;
};

PdfColors *pdf_colors_new(Arena *arena)
{
    PdfColors *colors = NEW(arena, PdfColors);
    colors->arena = arena;
    return colors;
}

static bool same_color(const Color *a, const Color *b)
{
    return a->space == b->space && memcmp(a->c, b->c, sizeof a->c) == 0 && a->spot == b->spot;
}

static int64_t thousandths(uint16_t value)
{
    return ((int64_t)value * 1000 + 32767) / 65535;
}

int pdf_color_components(const Color *color, int64_t values[4])
{
    int count = color->space == COLOR_CMYK ? 4 : color->space == COLOR_SPOT ? 1 : 3;
    for (int i = 0; i < count; i++)
        values[i] = color->space == COLOR_CURRENT || color->space == COLOR_AUTO ? 0 : thousandths(color->c[i]);
    return count;
}

static void print_values(Buffer *out, const int64_t *values, int count)
{
    for (int i = 0; i < count; i++) {
        pdf_fixed(out, values[i], 3);
        pdf_space(out);
    }
}

/* What an ink looks like where it isn't at hand: as the style says; else process inks are themselves, all others a tint of
 * black. */
static void print_alternate(Buffer *out, const Color *color, const char *ink)
{
    static const struct {
        const char *name, *cmyk;
    } process[] = {{"Cyan", "1 0 0 0"}, {"Magenta", "0 1 0 0"}, {"Yellow", "0 0 1 0"}, {"All", "1 1 1 1"}};
    const char *cmyk = "0 0 0 1";
    bool rgb = color->alternate && color->alternate->space == COLOR_RGB;
    buffer_text(out, rgb ? "/DeviceRGB" : "/DeviceCMYK");
    buffer_text(out, "<</FunctionType 2/Domain[0 1]/N 1/C0");
    buffer_text(out, rgb ? "[1 1 1]/C1[" : "[0 0 0 0]/C1[");
    for (size_t i = 0; i < sizeof process / sizeof *process; i++)
        if (text_equal_nocase(ink, process[i].name))
            cmyk = process[i].cmyk;
    if (color->alternate && (color->alternate->space == COLOR_RGB || color->alternate->space == COLOR_CMYK)) {
        int64_t values[4];
        print_values(out, values, pdf_color_components(color->alternate, values));
    } else {
        buffer_text(out, cmyk);
    }
    buffer_text(out, "]>>");
}

/* One ink, one space, one tint function: what the first colour of that name says (print-ready.md A11). */
static int spot(PdfWriter *writer, const Color *color)
{
    PdfColors *colors = writer->colors;
    const char *name = color->spot && *color->spot ? color->spot : "Black";
    for (int i = 0; i < colors->spots.count; i++)
        if (strcmp(colors->spots.at[i].name, name) == 0)
            return i;
    Ref ref = pdf_reserve(writer->file);
    VEC_PUSH(writer->arena, colors->spots, ((Spot){arena_string(writer->arena, name, strlen(name)), ref}));
    Buffer body = {.arena = writer->scratch};
    buffer_text(&body, "[/Separation");
    pdf_print_name(&body, name);
    print_alternate(&body, color, name);
    buffer_text(&body, "]");
    pdf_put(writer->file, ref, body.data, body.size);
    return colors->spots.count - 1;
}

static void print_color(PdfWriter *writer, const Color *color, bool stroke)
{
    Buffer *out = &pdf_layer(writer)->out;
    int64_t values[4];
    int count = pdf_color_components(color, values);
    if (count == 1) {
        int number = spot(writer, color);
        pdf_use(writer, 'S', number, writer->colors->spots.at[number].ref);
        buffer_format(out, stroke ? "/S%d CS " : "/S%d cs ", number);
        print_values(out, values, 1);
        buffer_text(out, stroke ? "SCN\n" : "scn\n");
    } else if (count == 4) {
        print_values(out, values, 4);
        buffer_text(out, stroke ? "K\n" : "k\n");
    } else if (values[0] == values[1] && values[1] == values[2]) {
        print_values(out, values, 1);
        buffer_text(out, stroke ? "G\n" : "g\n");
    } else {
        print_values(out, values, 3);
        buffer_text(out, stroke ? "RG\n" : "rg\n");
    }
}

static void set_alpha(PdfWriter *writer, uint16_t alpha)
{
    Layer *layer = pdf_layer(writer);
    Ref ref;
    if (layer->state.alpha == alpha)
        return;
    pdf_end_show(layer);
    int number = pdf_blend_state(writer, alpha, 0, &ref);
    pdf_use(writer, 'G', number, ref);
    buffer_format(&layer->out, "/G%d gs\n", number);
    layer->state.alpha = alpha;
}

void pdf_set_fill(PdfWriter *writer, const Color *color)
{
    Layer *layer = pdf_layer(writer);
    set_alpha(writer, color->alpha);
    if (same_color(&layer->state.fill, color))
        return;
    pdf_end_show(layer);
    print_color(writer, color, false);
    layer->state.fill = *color;
}

void pdf_set_stroke(PdfWriter *writer, const Color *color)
{
    Layer *layer = pdf_layer(writer);
    set_alpha(writer, color->alpha);
    if (same_color(&layer->state.stroke, color))
        return;
    pdf_end_show(layer);
    print_color(writer, color, true);
    layer->state.stroke = *color;
}

static const char *blend_name(uint16_t blend)
{
    switch (blend) {
    case KW_MULTIPLY: return "Multiply";
    case KW_SCREEN: return "Screen";
    case KW_OVERLAY: return "Overlay";
    case KW_DARKEN: return "Darken";
    case KW_LIGHTEN: return "Lighten";
    case KW_COLOR_DODGE: return "ColorDodge";
    case KW_COLOR_BURN: return "ColorBurn";
    case KW_HARD_LIGHT: return "HardLight";
    case KW_SOFT_LIGHT: return "SoftLight";
    case KW_DIFFERENCE: return "Difference";
    case KW_EXCLUSION: return "Exclusion";
    case KW_HUE: return "Hue";
    case KW_SATURATION: return "Saturation";
    case KW_COLOR: return "Color";
    case KW_LUMINOSITY: return "Luminosity";
    default: return "Normal";
    }
}

int pdf_blend_state(PdfWriter *writer, int opacity, uint16_t blend, Ref *ref)
{
    PdfColors *colors = writer->colors;
    if (opacity < 65535 || blend)
        writer->transparent = true;
    for (int i = 0; i < colors->blends.count; i++)
        if (colors->blends.at[i].opacity == opacity && colors->blends.at[i].blend == blend) {
            *ref = colors->blends.at[i].ref;
            return i;
        }
    *ref = pdf_reserve(writer->file);
    VEC_PUSH(writer->arena, colors->blends, ((Blend){opacity, blend, *ref}));
    Buffer body = {.arena = writer->arena};
    buffer_text(&body, "<</Type/ExtGState/ca ");
    pdf_fixed(&body, thousandths((uint16_t)opacity), 3);
    buffer_text(&body, "/CA ");
    pdf_fixed(&body, thousandths((uint16_t)opacity), 3);
    if (blend)
        buffer_format(&body, "/BM/%s", blend_name(blend));
    buffer_text(&body, ">>");
    pdf_put(writer->file, *ref, body.data, body.size);
    return colors->blends.count - 1;
}
