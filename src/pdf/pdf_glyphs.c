/* Text: one Td and one TJ for a line of one font (composer.md 9). ISO 32000-1 9.3, 9.4, 14.9.4.
 * The reader advances by the W array, Tc and Tz; its pen is followed in integers, and the number in a TJ
 * puts it back to ours after each space and at each kern, so nothing drifts.
 * The pen's unit: 1 pt / 204,800,000,000. Then W (thousandths of an em) times the size (thousandths of a point) times
 * the scale (sixteenths of a percent, 1600 = 100 %) is exact with the factor 128, and 1/1024 pt is 200,000,000. */
#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

#define PEN_LEN 200000000LL
#define PEN_THOUSANDTH 204800000LL
enum { FULL_SCALE = 1600, SLANT = 249 /* tan 14 degrees, thousandths */, FARTHEST = 30000 };

void pdf_end_show(Layer *layer)
{
    if (layer->in_string)
        buffer_text(&layer->out, ")");
    if (layer->showing)
        buffer_text(&layer->out, "]TJ\n");
    layer->in_string = layer->showing = false;
}

/* Room for a few bytes that are written straight; what is beyond size has no meaning. */
static char *room_for(Buffer *out, size_t size)
{
    static const char nothing[64];
    if (out->room < out->size + size + 1) {
        buffer_add(out, nothing, size);
        out->size -= size;
    }
    return out->data + out->size;
}

static char *put_byte(char *to, uint8_t value)
{
    if (value == '(' || value == ')' || value == '\\' || value == '\r')
        *to++ = '\\';
    *to++ = value == '\r' ? 'r' : (char)value;
    return to;
}

static void show_code(Layer *layer, uint16_t code)
{
    char *start = room_for(&layer->out, 8), *to = start;
    if (!layer->showing)
        *to++ = '[';
    if (!layer->in_string)
        *to++ = '(';
    layer->showing = layer->in_string = true;
    to = put_byte(to, (uint8_t)(code >> 8));
    to = put_byte(to, (uint8_t)code);
    layer->out.size += (size_t)(to - start);
}

static void show_number(Layer *layer, int64_t number, int decimals)
{
    Buffer *out = &layer->out;
    if (!layer->showing)
        buffer_text(out, "[");
    if (layer->in_string)
        buffer_text(out, ")");
    layer->showing = true;
    layer->in_string = false;
    pdf_fixed(out, number, decimals);
}

/* ---- a run ---- */

typedef struct {
    PdfWriter *writer;
    Layer *layer;
    const GlyphRun *run;
    PdfFont *font;
    int64_t size;     /* thousandths */
    int64_t unit;     /* of a TJ number, in pen units */
    int64_t gap;      /* what Tc adds, in pen units */
    int64_t pen;      /* ours */
    int64_t baseline; /* thousandths */
    int variant;      /* whose Type 0 font is set; -1: none yet */
    PdfQuick *quick;
    VEC(int64_t) missing; /* places and advances of characters that no font has */
    bool exact;           /* the last glyph was a space, or the run starts */
    bool actual;          /* an ActualText says what all of it stands for */
} Text;

static void set_size(Text *text, int variant)
{
    Layer *layer = text->layer;
    int resource = pdf_font_resource(text->writer->fonts, text->font, variant);
    text->variant = variant;
    if (layer->state.font == resource && layer->state.font_size == text->size)
        return;
    pdf_end_show(layer);
    pdf_use(text->writer, 'F', resource, pdf_font_ref(text->writer->fonts, resource));
    buffer_format(&layer->out, "/F%d ", resource);
    pdf_fixed(&layer->out, text->size, 3);
    buffer_text(&layer->out, " Tf\n");
    layer->state.font = resource;
    layer->state.font_size = text->size;
}

static void set_spacing(Text *text, int32_t track, int32_t scale)
{
    GraphicsState *state = &text->layer->state;
    Buffer *out = &text->layer->out;
    if (state->scale != scale) {
        pdf_end_show(text->layer);
        pdf_fixed(out, (int64_t)(FULL_SCALE + scale) * 625, 4);
        buffer_text(out, " Tz\n");
        state->scale = scale;
    }
    if (state->track != track) {
        pdf_end_show(text->layer);
        pdf_fixed(out, track, 4);
        buffer_text(out, " Tc\n");
        state->track = track;
    }
}

/* Letters made bolder by a stroke around them. */
static void set_bold(Text *text, const PaintOp *op, bool bold)
{
    Layer *layer = text->layer;
    if (layer->state.bold != bold) {
        pdf_end_show(layer);
        buffer_text(&layer->out, bold ? "2 Tr\n" : "0 Tr\n");
        layer->state.bold = bold;
    }
    if (!bold)
        return;
    Len width = op->at.glyphs.slant_bold > 0 ? op->at.glyphs.slant_bold : text->run->size / 30;
    pdf_set_stroke(text->writer, &op->color);
    if (layer->state.line_width != width) {
        pdf_end_show(layer);
        pdf_len(&layer->out, width);
        buffer_text(&layer->out, " w\n");
        layer->state.line_width = width;
    }
}

/* The reader's pen is where this run may go on: on its line, not too far away. */
static void set_place(Text *text, bool slanted)
{
    Layer *layer = text->layer;
    Buffer *out = &layer->out;
    int64_t away = text->pen - layer->pen;
    bool near = away < FARTHEST * text->unit && away > -FARTHEST * text->unit;
    if (layer->baseline == text->baseline && layer->slanted == slanted && near)
        return;
    pdf_end_show(layer);
    int64_t x = divide_nearest(text->pen, PEN_THOUSANDTH);
    if (slanted || layer->slanted) {
        buffer_text(out, "1 0 ");
        pdf_fixed(out, slanted ? SLANT : 0, 3);
        buffer_text(out, " 1 ");
        pdf_fixed(out, x, 3);
        pdf_space(out);
        pdf_fixed(out, text->baseline, 3);
        buffer_text(out, " Tm\n");
    } else {
        pdf_fixed(out, x - layer->line_x, 3);
        pdf_space(out);
        pdf_fixed(out, text->baseline - layer->line_y, 3);
        buffer_text(out, " Td\n");
    }
    layer->slanted = slanted;
    layer->line_x = x;
    layer->line_y = layer->baseline = text->baseline;
    layer->pen = x * PEN_THOUSANDTH;
}

/* Brings the reader's pen to ours where that can be seen: exactly where a word begins, at kerns inside; not before a space. */
static void meet(Text *text, int64_t target, bool space)
{
    Layer *layer = text->layer;
    int64_t off = layer->pen - target, size = off < 0 ? -off : off;
    bool large = text->size >= 24000; /* a thousandth of an em can be seen */
    if (size < (space          ? 200 * text->unit
                : !text->exact ? text->unit * 5 / 2
                : large        ? text->unit / 20
                               : text->unit / 2))
        return;
    int64_t tenths = divide_nearest(off * 10, text->unit), number = divide_nearest(tenths, 10);
    if (large ? tenths == 0 : number == 0)
        return;
    show_number(layer, large ? tenths : number, large ? 1 : 0);
    layer->pen -= large ? tenths * text->unit / 10 : number * text->unit;
}

static void draw(Text *text, const Glyph *glyph, PdfGlyph shown, bool space)
{
    Layer *layer = text->layer;
    int variant = shown.variant < 0 ? 0 : shown.variant;
    if (variant != text->variant)
        set_size(text, variant);
    meet(text, text->pen + glyph->dx * PEN_LEN, space);
    if (glyph->dy) {
        pdf_end_show(layer);
        pdf_len(&layer->out, glyph->dy);
        buffer_text(&layer->out, " Ts\n");
    }
    show_code(layer, shown.code);
    if (glyph->dy) {
        pdf_end_show(layer);
        buffer_text(&layer->out, "0 Ts\n");
    }
    layer->pen += shown.width * text->unit + text->gap;
    text->pen += glyph->advance * PEN_LEN;
    text->exact = space;
}

static bool is_private(uint32_t c)
{
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

static bool has_private(const char *text, size_t size)
{
    for (const char *end = text + size; text < end;)
        if (is_private(utf8_next(&text, end)))
            return true;
    return false;
}

/* Private characters mean nothing to others: PDF/A-4 and PDF/UA-2 don't have them even in ActualText. */
static const char *without_private(Arena *arena, const char *text)
{
    Buffer out = {.arena = arena};
    for (const char *end = text + strlen(text); text < end;) {
        uint32_t c = utf8_next(&text, end);
        buffer_utf8(&out, is_private(c) ? 0xFFFD : c);
    }
    return out.data;
}

static void begin_actual(const Text *text, const char *actual)
{
    Layer *layer = text->layer;
    bool clean = text->writer->target.version >= 20 && has_private(actual, strlen(actual));
    pdf_end_show(layer);
    buffer_text(&layer->out, "/Span<</ActualText");
    pdf_print_text(&layer->out, clean ? without_private(text->writer->scratch, actual) : actual);
    buffer_text(&layer->out, ">>BDC\n");
}

static void end_actual(Layer *layer)
{
    pdf_end_show(layer);
    buffer_text(&layer->out, "EMC\n");
}

/* ---- clusters: which glyphs stand for which text ---- */

typedef struct {
    int first, count; /* glyphs, in visual order */
    const char *text; /* of the run's text */
    size_t size;
} Cluster;

static Cluster next_cluster(const GlyphRun *run, int first)
{
    Cluster cluster = {.first = first};
    uint32_t start = run->glyphs[first].cluster, end = run->to;
    int after = first;
    while (after < run->count && run->glyphs[after].cluster == start)
        after++;
    cluster.count = after - first;
    if (run->level & 1)
        end = first > 0 ? run->glyphs[first - 1].cluster : run->to;
    else if (after < run->count)
        end = run->glyphs[after].cluster;
    if (run->text && start < end && end <= run->to) {
        cluster.text = run->text + start;
        cluster.size = end - start;
    }
    return cluster;
}

static int codepoints(const char *text, size_t size)
{
    int count = 0;
    for (const char *end = text + size; text < end; count++)
        utf8_next(&text, end);
    return count;
}

/* As many characters as glyphs: one each, in the run's direction. False: a glyph cannot say its own. */
static bool draw_each(Text *text, const Cluster *cluster, const char *clean, size_t size)
{
    const char *at = clean, *end = clean + size;
    const char *starts[LONGEST_GLYPH_TEXT + 1];
    PdfGlyph shown[LONGEST_GLYPH_TEXT];
    int count = 0;
    while (at < end) {
        starts[count++] = at;
        utf8_next(&at, end);
    }
    starts[count] = end;
    for (int i = 0; i < cluster->count; i++) {
        int k = text->run->level & 1 ? count - 1 - i : i;
        shown[i] = pdf_font_glyph(text->writer->fonts, text->font, text->run->glyphs[cluster->first + i].glyph,
                                  starts[k], (size_t)(starts[k + 1] - starts[k]));
        if (shown[i].variant < 0)
            return false;
    }
    for (int i = 0; i < cluster->count; i++)
        draw(text, &text->run->glyphs[cluster->first + i], shown[i], false);
    return true;
}

static void draw_with_actual(Text *text, const Cluster *cluster)
{
    if (!text->actual)
        begin_actual(text, arena_string(text->writer->scratch, cluster->text, cluster->size));
    for (int i = 0; i < cluster->count; i++) {
        const Glyph *glyph = &text->run->glyphs[cluster->first + i];
        draw(text, glyph, pdf_font_glyph(text->writer->fonts, text->font, glyph->glyph, "", 0), false);
    }
    if (!text->actual)
        end_actual(text->layer);
}

static bool is_missing(const GlyphRun *run, const Cluster *cluster)
{
    for (int i = 0; i < cluster->count; i++)
        if (run->glyphs[cluster->first + i].glyph == 0)
            return true;
    return false;
}

/* As many spaces as are as wide as it: a reader that looks for gaps finds none. */
static void draw_spaces(Text *text, uint32_t glyph, Len advance)
{
    PdfGlyph shown = pdf_font_glyph(text->writer->fonts, text->font, glyph, "", 0);
    int64_t width = shown.width * text->unit + text->gap, total = advance * PEN_LEN;
    int64_t count = width > 0 ? divide_nearest(total, width) : 1;
    count = count < 1 ? 1 : count > 16 ? 16 : count;
    Glyph space = {.glyph = glyph};
    for (int64_t i = 0; i < count; i++) {
        space.advance = (Len)(advance * (i + 1) / count - advance * i / count);
        draw(text, &space, shown, false);
    }
}

/* A character that no font has is a space or more that says the character, and a frame drawn after the run: .notdef is never
 * shown (G8). */
static void draw_missing(Text *text, const Cluster *cluster, const char *said)
{
    uint32_t space = font_glyph(text->run->font, ' ');
    Len advance = 0;
    for (int i = 0; i < cluster->count; i++)
        advance = len_add(advance, text->run->glyphs[cluster->first + i].advance);
    VEC_PUSH(text->writer->scratch, text->missing, text->pen);
    VEC_PUSH(text->writer->scratch, text->missing, advance * PEN_LEN);
    if (!text->actual)
        begin_actual(text, said);
    if (space)
        draw_spaces(text, space, advance);
    else
        text->pen += advance * PEN_LEN;
    if (!text->actual)
        end_actual(text->layer);
}

static void draw_frames(Text *text, const PaintOp *op)
{
    PaintOp frame = {.kind = OP_RECT,
                     .artifact = op->tag ? ARTIFACT_LAYOUT : op->artifact,
                     .color = op->color,
                     .source = op->source};
    if (text->missing.count == 0)
        return;
    pdf_mark(text->writer, &frame, false);
    pdf_set_fill(text->writer, &op->color);
    Buffer *out = &text->layer->out;
    int64_t height = text->size * 7 / 10, line = text->size / 20 + 1;
    for (int i = 0; i < text->missing.count; i += 2) {
        int64_t x = divide_nearest(text->missing.at[i], PEN_THOUSANDTH) + line;
        int64_t width = divide_nearest(text->missing.at[i + 1], PEN_THOUSANDTH) - 2 * line;
        if (width <= 2 * line)
            continue;
        const int64_t numbers[2][4] = {{x, text->baseline, width, height},
                                       {x + line, text->baseline + line, width - 2 * line, height - 2 * line}};
        for (int k = 0; k < 8; k++) {
            pdf_fixed(out, numbers[k / 4][k % 4], 3);
            buffer_text(out, k % 4 == 3 ? " re\n" : " ");
        }
        buffer_text(out, "f*\n");
    }
}

/* Nearly all clusters are one printable ASCII character and one glyph. */
static bool draw_quickly(Text *text, const Cluster *cluster)
{
    if (cluster->count != 1 || cluster->size != 1 || text->run->glyphs[cluster->first].glyph == 0)
        return false;
    const Glyph *glyph = &text->run->glyphs[cluster->first];
    unsigned char c = (unsigned char)*cluster->text;
    if (c < ' ' || c > '~')
        return false;
    PdfQuick *quick = &text->quick[c];
    if (quick->glyph != glyph->glyph + 1) {
        quick->glyph = glyph->glyph + 1;
        quick->shown = pdf_font_glyph(text->writer->fonts, text->font, glyph->glyph, cluster->text, 1);
    }
    if (quick->shown.variant < 0)
        return false;
    draw(text, glyph, quick->shown, c == ' ');
    return true;
}

static void draw_cluster(Text *text, const Cluster *cluster)
{
    if (draw_quickly(text, cluster))
        return;
    char clean[LONGEST_GLYPH_TEXT];
    const Glyph *glyph = &text->run->glyphs[cluster->first];
    size_t size = pdf_font_clean(cluster->text, cluster->size, clean);
    if (is_missing(text->run, cluster)) {
        if (size > 0 || glyph->advance > 0)
            draw_missing(text, cluster, arena_string(text->writer->scratch, cluster->text, cluster->size));
        return;
    }
    if (cluster->size > 0 && size > 0 && has_private(cluster->text, cluster->size)) {
        draw_with_actual(text, cluster);
        return;
    }
    if (cluster->count == 1) {
        if (size == 0 && cluster->size > 0 && glyph->advance == 0)
            return; /* a format character, which nobody sees */
        PdfGlyph shown = pdf_font_glyph(text->writer->fonts, text->font, glyph->glyph, clean, size);
        if (shown.variant < 0)
            draw_with_actual(text, cluster);
        else
            draw(text, glyph, shown, size == 1 && clean[0] == ' ');
        return;
    }
    if (size > 0 && size <= LONGEST_GLYPH_TEXT && codepoints(clean, size) == cluster->count &&
        draw_each(text, cluster, clean, size))
        return;
    if (cluster->size > 0)
        draw_with_actual(text, cluster);
    else
        for (int i = 0; i < cluster->count; i++)
            draw(text, glyph + i, pdf_font_glyph(text->writer->fonts, text->font, glyph[i].glyph, "", 0), false);
}

static void draw_run(Text *text, const char *actual)
{
    const GlyphRun *run = text->run;
    text->actual = actual != NULL;
    if (actual)
        begin_actual(text, actual);
    for (int i = 0; i < run->count;) {
        Cluster cluster = next_cluster(run, i);
        if (run->hyphen && run->glyphs[i].glyph == 0) {
            cluster.count = 1;
            draw_missing(text, &cluster, "\xC2\xAD");
        } else if (run->hyphen) { /* made by a break: U+00AD (print-ready.md U31) */
            PdfGlyph shown = pdf_font_glyph(text->writer->fonts, text->font, run->glyphs[i].glyph, "\xC2\xAD", 2);
            cluster.count = 1;
            draw(text, &run->glyphs[i], shown, false);
        } else {
            draw_cluster(text, &cluster);
        }
        i += cluster.count;
    }
    if (actual)
        end_actual(text->layer);
}

void pdf_glyphs(PdfWriter *writer, const PaintOp *op)
{
    const GlyphRun *run = op->at.glyphs.run;
    if (run->count <= 0 || len_thousandths(run->size) <= 0)
        return;
    pdf_mark(writer, op, true);
    Text text = {.writer = writer, .layer = pdf_layer(writer), .run = run, .variant = -1, .exact = true};
    int32_t scale = run->scale > -FULL_SCALE ? run->scale : 0;
    int64_t wide = FULL_SCALE + scale;
    int64_t track = divide_nearest((int64_t)run->track * run->size * 10000 * FULL_SCALE, 2048LL * LEN_PT * wide);
    text.size = len_thousandths(run->size);
    text.unit = text.size * wide * 128;
    text.gap = track * 12800 * wide;
    text.pen = (int64_t)page_x(writer, op->at.glyphs.x) * PEN_LEN;
    text.baseline = len_thousandths(page_y(writer, op->at.glyphs.y));
    text.font = pdf_font_of(writer->fonts, run->font);
    text.quick = pdf_font_quick(text.font);
    pdf_set_fill(writer, &op->color);
    pdf_set_overprint(writer, pdf_overprints(writer, op));
    set_bold(&text, op, op->at.glyphs.slant_bold > 0 || font_synthetic_bold(run->font));
    set_spacing(&text, (int32_t)track, scale);
    set_place(&text, font_synthetic_italic(run->font));
    draw_run(&text, op->text);
    draw_frames(&text, op);
}
