/* Colours and graphics states. ISO 32000-1 8.6, 8.4.5, 11.6.4, 11.7.4. RGB (neutral ones as gray), CMYK, or an ink of its own
 * with an alternate: pdf_ink.c says which. */
#include <stdio.h>

#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

typedef struct {
    Name name;
    Ref ref;
} Spot;
typedef enum { STATE_BLEND, STATE_OVERPRINT, STATE_KNOCKOUT } StateKind;
typedef struct {
    StateKind kind;
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

static void print_values(Buffer *out, const int64_t *values, int count)
{
    for (int i = 0; i < count; i++) {
        pdf_fixed(out, values[i], 3);
        pdf_space(out);
    }
}

/* What an ink looks like where it isn't at hand: as the style says; else process inks are themselves, all others a tint of
 * black. */
Color pdf_spot_alternate(const Color *color)
{
    static const struct {
        const char *name;
        uint16_t cmyk[4];
    } process[] = {{"Cyan", {65535, 0, 0, 0}},
                   {"Magenta", {0, 65535, 0, 0}},
                   {"Yellow", {0, 0, 65535, 0}},
                   {"All", {65535, 65535, 65535, 65535}}};
    Color seen = {.space = COLOR_CMYK, .c = {0, 0, 0, 65535}, .alpha = 65535};
    if (color->alternate && (color->alternate->space == COLOR_RGB || color->alternate->space == COLOR_CMYK))
        return *color->alternate;
    for (size_t i = 0; i < sizeof process / sizeof *process; i++)
        if (color->spot && text_equal_nocase(color->spot, process[i].name))
            memcpy(seen.c, process[i].cmyk, sizeof seen.c);
    return seen;
}

void pdf_print_alternate(PdfWriter *writer, Buffer *out, const Color *color)
{
    int64_t values[4];
    Color seen = pdf_spot_alternate(color);
    Ink ink = pdf_ink(writer, &seen);
    print_values(out, values, pdf_ink_values(&ink, values));
}

/* One ink, one space, one tint function: what the first colour of that name says (print-ready.md A11). */
int pdf_spot(PdfWriter *writer, const Color *color, Ref *ref)
{
    PdfColors *colors = writer->colors;
    const char *name = color->spot && *color->spot ? color->spot : "Black";
    for (int i = 0; i < colors->spots.count; i++)
        if (strcmp(colors->spots.at[i].name, name) == 0) {
            *ref = colors->spots.at[i].ref;
            return i;
        }
    *ref = pdf_reserve(writer->file);
    VEC_PUSH(writer->arena, colors->spots, ((Spot){arena_string(writer->arena, name, strlen(name)), *ref}));
    Buffer body = {.arena = writer->scratch};
    buffer_text(&body, "[/Separation");
    pdf_print_name(&body, name);
    buffer_text(&body, pdf_device_space(writer));
    buffer_text(&body, "<</FunctionType 2/Domain[0 1]/N 1/C0");
    buffer_text(&body, pdf_for_press(writer) ? "[0 0 0 0]/C1[" : "[1 1 1]/C1[");
    pdf_print_alternate(writer, &body, color);
    buffer_text(&body, "]>>]");
    pdf_put(writer->file, *ref, body.data, body.size);
    return colors->spots.count - 1;
}

static void print_color(PdfWriter *writer, const Color *color, bool stroke)
{
    Buffer *out = &pdf_layer(writer)->out;
    int64_t values[4];
    Ink ink = pdf_ink(writer, color);
    int count = pdf_ink_values(&ink, values);
    if (count == 1) {
        Ref ref;
        int number = pdf_spot(writer, color, &ref);
        pdf_use(writer, 'S', number, ref);
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

/* The number of a graphics state, made when it is first asked for. */
static int state_of(PdfWriter *writer, Blend wanted, Ref *ref)
{
    PdfColors *colors = writer->colors;
    for (int i = 0; i < colors->blends.count; i++) {
        const Blend *known = &colors->blends.at[i];
        if (known->kind == wanted.kind && known->opacity == wanted.opacity && known->blend == wanted.blend) {
            *ref = known->ref;
            return i;
        }
    }
    wanted.ref = *ref = pdf_reserve(writer->file);
    VEC_PUSH(writer->arena, colors->blends, wanted);
    Buffer body = {.arena = writer->scratch};
    if (wanted.kind == STATE_BLEND) {
        buffer_text(&body, "<</Type/ExtGState/ca ");
        pdf_fixed(&body, thousandths((uint16_t)wanted.opacity), 3);
        buffer_text(&body, "/CA ");
        pdf_fixed(&body, thousandths((uint16_t)wanted.opacity), 3);
        if (wanted.blend)
            buffer_format(&body, "/BM/%s", blend_name(wanted.blend));
        buffer_text(&body, ">>");
    } else {
        buffer_text(&body, wanted.kind == STATE_OVERPRINT ? "<</Type/ExtGState/OP true/op true/OPM 1>>"
                                                          : "<</Type/ExtGState/OP false/op false/OPM 0>>");
    }
    pdf_put(writer->file, *ref, body.data, body.size);
    return colors->blends.count - 1;
}

int pdf_blend_state(PdfWriter *writer, int opacity, uint16_t blend, Ref *ref)
{
    if (opacity < 65535 || blend)
        writer->transparent = true;
    return state_of(writer, (Blend){STATE_BLEND, opacity, blend, 0}, ref);
}

void pdf_set_overprint(PdfWriter *writer, bool overprint)
{
    Layer *layer = pdf_layer(writer);
    Ref ref;
    if (layer->state.overprint == overprint)
        return;
    pdf_end_show(layer);
    int number = state_of(writer, (Blend){overprint ? STATE_OVERPRINT : STATE_KNOCKOUT, 0, 0, 0}, &ref);
    pdf_use(writer, 'G', number, ref);
    buffer_format(&layer->out, "/G%d gs\n", number);
    layer->state.overprint = overprint;
}
