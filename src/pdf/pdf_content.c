/* Content streams: what the operations of a page print. ISO 32000-1 8 and 14.6. */
#include "pdf/pdf_number.h"
#include "pdf/pdf_writer.h"

static const Matrix identity = {RATIO_ONE, 0, 0, RATIO_ONE, 0, 0};

/* ---- layers and resources ---- */

static GraphicsState initial_state(void)
{
    GraphicsState state = {.alpha = 65535, .line_width = NONE, .font = -1};
    state.fill.space = state.stroke.space = COLOR_RGB;
    return state;
}

static void begin_layer(PdfWriter *writer, int depth)
{
    while (writer->layers.count <= depth) {
        Layer *made = NEW(writer->arena, Layer);
        made->out.arena = writer->arena;
        VEC_PUSH(writer->arena, writer->layers, made);
    }
    Layer *layer = writer->layers.at[depth];
    layer->out.size = 0;
    layer->state = initial_state();
    if (pdf_for_press(writer)) /* black is an ink, which the reader doesn't begin with */
        layer->state.fill.space = layer->state.stroke.space = UINT8_MAX;
    layer->saved.count = layer->resources.count = layer->marked.count = 0;
    layer->form = 0;
    layer->mark = MARK_NONE;
    layer->filling = layer->in_text = layer->showing = layer->in_string = layer->slanted = false;
    writer->depth = depth;
}

void pdf_content_begin(PdfWriter *writer)
{
    writer->pushed.count = 0;
    writer->ctm = identity;
    begin_layer(writer, 0);
}

void pdf_use(PdfWriter *writer, char letter, int number, Ref ref)
{
    Layer *layer = pdf_layer(writer);
    for (int i = layer->resources.count - 1; i >= 0; i--)
        if (layer->resources.at[i].number == number && layer->resources.at[i].letter == letter)
            return;
    VEC_PUSH(writer->arena, layer->resources, ((Resource){letter, number, ref}));
}

static void add_resources(PdfWriter *writer, const Layer *layer, PdfDict *all, const char *key, const char *letters)
{
    PdfDict *dict = NULL;
    for (int i = 0; i < layer->resources.count; i++) {
        const Resource *resource = &layer->resources.at[i];
        char name[16], *at = name;
        if (!strchr(letters, resource->letter))
            continue;
        if (!dict)
            dict = pdf_dict(writer->objects);
        Buffer digits = {.arena = writer->arena, .data = at, .room = sizeof name};
        buffer_format(&digits, "%c%d", resource->letter, resource->number);
        pdf_set_ref(dict, name, resource->ref);
    }
    if (dict)
        pdf_set_dict(all, key, dict);
}

/* Pages with the same resources share one dictionary. */
Ref pdf_resources(PdfWriter *writer, const Layer *layer)
{
    PdfDict *all = pdf_dict(writer->objects);
    add_resources(writer, layer, all, "Font", "F");
    add_resources(writer, layer, all, "XObject", "IX");
    add_resources(writer, layer, all, "ExtGState", "GM");
    add_resources(writer, layer, all, "ColorSpace", "S");
    add_resources(writer, layer, all, "Shading", "H");
    Buffer *now = &writer->resources, *last = &writer->last_resources;
    now->size = 0;
    pdf_print_dict(writer->objects, all, now);
    if (writer->last_resources_ref && now->size == last->size && memcmp(now->data, last->data, now->size) == 0)
        return writer->last_resources_ref;
    writer->last_resources_ref = pdf_reserve(writer->file);
    pdf_put(writer->file, writer->last_resources_ref, now->data, now->size);
    Buffer swap = *last;
    *last = *now;
    *now = swap;
    return writer->last_resources_ref;
}

void pdf_save(PdfWriter *writer)
{
    Layer *layer = pdf_layer(writer);
    VEC_PUSH(writer->arena, layer->saved, layer->state);
    buffer_text(&layer->out, "q\n");
}

void pdf_restore(PdfWriter *writer)
{
    Layer *layer = pdf_layer(writer);
    if (layer->saved.count == 0)
        return;
    layer->state = layer->saved.at[--layer->saved.count];
    buffer_text(&layer->out, "Q\n");
}

/* ---- marked content ---- */

void pdf_flush_fill(Layer *layer)
{
    if (layer->filling)
        buffer_text(&layer->out, "f\n");
    layer->filling = false;
}

void pdf_end_text(Layer *layer)
{
    pdf_end_show(layer);
    if (layer->in_text)
        buffer_text(&layer->out, "ET\n");
    layer->in_text = false;
}

void pdf_unmark(PdfWriter *writer)
{
    Layer *layer = pdf_layer(writer);
    pdf_flush_fill(layer);
    pdf_end_show(layer);
    if (!layer->mark_in_text)
        pdf_end_text(layer);
    if (layer->mark != MARK_NONE)
        buffer_text(&layer->out, "EMC\n");
    layer->mark = MARK_NONE;
    layer->mark_in_text = false;
}

static void begin_text(Layer *layer)
{
    buffer_text(&layer->out, "BT\n");
    layer->in_text = true;
    layer->slanted = false;
    layer->line_x = layer->line_y = 0;
    layer->baseline = INT64_MIN;
    layer->pen = 0;
}

/* U18; ISO 32000-1 14.8.2.2. Headers and footers are known since PDF 1.7. */
static void begin_artifact(PdfWriter *writer, uint8_t kind)
{
    static const char *const kinds[] = {" BMC\n", "<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
                                        "<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
                                        "<</Type/Pagination>>BDC\n", "<</Type/Page>>BDC\n"};
    bool old = writer->target.version < 17 && (kind == ARTIFACT_HEADER || kind == ARTIFACT_FOOTER);
    buffer_text(&pdf_layer(writer)->out, "/Artifact");
    buffer_text(&pdf_layer(writer)->out, kinds[old ? ARTIFACT_SIDE : kind]);
}

static void begin_mark(PdfWriter *writer, const PaintOp *op, Element element)
{
    Layer *layer = pdf_layer(writer);
    if (!op->tag) {
        begin_artifact(writer, op->artifact);
        layer->mark = MARK_ARTIFACT;
        layer->artifact = op->artifact;
        return;
    }
    int mcid = layer->marked.count;
    buffer_format(&layer->out, "/%s<</MCID %d>>BDC\n", pdf_struct_role(op->tag), mcid);
    VEC_PUSH(writer->arena, layer->marked, pdf_struct_ref(writer->structure, element));
    pdf_struct_content(writer->structure, element, op->order, writer->page_ref, layer->form, mcid);
    layer->mark = MARK_TAG;
    layer->element = element;
}

/* May what is open stay open for this operation? Reading order must not be lost by joining. */
static bool goes_on(const PdfWriter *writer, const Layer *layer, const PaintOp *op, Element element, bool text)
{
    if (!text && layer->mark_in_text)
        return false;
    if (!op->tag)
        return layer->mark == MARK_ARTIFACT && layer->artifact == op->artifact;
    return layer->mark == MARK_TAG && layer->element == element && op->order >= layer->order &&
           !pdf_struct_between(writer->structure, element, layer->order, op->order);
}

void pdf_mark(PdfWriter *writer, const PaintOp *op, bool text)
{
    Layer *layer = pdf_layer(writer);
    Element element = op->tag ? pdf_struct_element(writer->structure, op->tag, writer->height, writer->edge) : 0;
    if (text)
        pdf_flush_fill(layer);
    if (!goes_on(writer, layer, op, element, text)) {
        pdf_unmark(writer);
        if (!text)
            pdf_end_text(layer);
        else if (!layer->in_text)
            begin_text(layer);
        layer->mark_in_text = text;
        begin_mark(writer, op, element);
    } else if (text && !layer->in_text) {
        begin_text(layer);
    } else if (!text) {
        pdf_end_text(layer);
    }
    layer->order = op->order;
}

/* ---- paths ---- */

static void print_point(PdfWriter *writer, Len x, Len y)
{
    Buffer *out = &pdf_layer(writer)->out;
    pdf_len(out, page_x(writer, x));
    pdf_space(out);
    pdf_len(out, page_y(writer, y));
    pdf_space(out);
}

/* Both edges are rounded, so that neighbours meet. */
static void print_rect(PdfWriter *writer, Len x, Len y, Len width, Len height)
{
    Buffer *out = &pdf_layer(writer)->out;
    int64_t left = len_thousandths(page_x(writer, x)), right = len_thousandths(page_x(writer, len_add(x, width)));
    int64_t top = len_thousandths(page_y(writer, y)), bottom = len_thousandths(page_y(writer, len_add(y, height)));
    int64_t values[] = {left, bottom, right - left, top - bottom};
    for (int i = 0; i < 4; i++) {
        pdf_fixed(out, values[i], 3);
        pdf_space(out);
    }
    buffer_text(out, "re\n");
}

/* A path that is an upright rectangle: its edges. */
static bool upright(const Path *path, Len *left, Len *top, Len *right, Len *bottom)
{
    const PathStep *step = path->steps;
    bool closed = path->count == 5 &&
                  (step[4].kind == PATH_CLOSE ||
                   (step[4].kind == PATH_LINE && step[4].x[0] == step[0].x[0] && step[4].x[1] == step[0].x[1]));
    if (!closed || step[0].kind != PATH_MOVE || step[1].kind != PATH_LINE || step[2].kind != PATH_LINE ||
        step[3].kind != PATH_LINE)
        return false;
    bool across = step[0].x[1] == step[1].x[1] && step[1].x[0] == step[2].x[0] && step[2].x[1] == step[3].x[1] &&
                  step[3].x[0] == step[0].x[0];
    bool down = step[0].x[0] == step[1].x[0] && step[1].x[1] == step[2].x[1] && step[2].x[0] == step[3].x[0] &&
                step[3].x[1] == step[0].x[1];
    *left = len_min(step[0].x[0], step[2].x[0]);
    *right = len_max(step[0].x[0], step[2].x[0]);
    *top = len_min(step[0].x[1], step[2].x[1]);
    *bottom = len_max(step[0].x[1], step[2].x[1]);
    return across || down;
}

static void print_area(PdfWriter *writer, Area area)
{
    pdf_bleed_out(writer, &area);
    print_rect(writer, area.left, area.top, area.right - area.left, area.bottom - area.top);
}

void pdf_path(PdfWriter *writer, const Path *path, bool area)
{
    Buffer *out = &pdf_layer(writer)->out;
    Len left, top, right, bottom;
    if (area && upright(path, &left, &top, &right, &bottom)) {
        print_area(writer, (Area){left, top, right, bottom});
        return;
    }
    for (int i = 0; i < path->count; i++) {
        const PathStep *step = &path->steps[i];
        int points = step->kind == PATH_CURVE ? 3 : step->kind == PATH_CLOSE ? 0 : 1;
        for (int k = 0; k < points; k++)
            print_point(writer, step->x[2 * k], step->x[2 * k + 1]);
        buffer_text(out, step->kind == PATH_MOVE    ? "m\n"
                         : step->kind == PATH_LINE  ? "l\n"
                         : step->kind == PATH_CURVE ? "c\n"
                                                    : "h\n");
    }
}

/* A matrix M of DisplayPage space as F M F, where F turns the y axis and adds the bleed. */
void pdf_matrix(PdfWriter *writer, Matrix m)
{
    Buffer *out = &pdf_layer(writer)->out;
    int64_t bleed = writer->edge, base = (int64_t)writer->height - bleed;
    int64_t e = m.e + bleed + divide_nearest(-(int64_t)m.a * bleed + (int64_t)m.c * base, RATIO_ONE);
    int64_t f = base - m.f + divide_nearest((int64_t)m.b * bleed - (int64_t)m.d * base, RATIO_ONE);
    int32_t factors[] = {m.a, -m.b, -m.c, m.d};
    for (int i = 0; i < 4; i++) {
        pdf_ratio(out, factors[i]);
        pdf_space(out);
    }
    pdf_len(out, len_clamp(e));
    pdf_space(out);
    pdf_len(out, len_clamp(f));
}

static bool same_fill(const Layer *layer, const Color *color)
{
    const Color *fill = &layer->state.fill;
    return color->alpha == 65535 && layer->state.alpha == 65535 && fill->space == color->space &&
           fill->spot == color->spot && memcmp(fill->c, color->c, sizeof fill->c) == 0;
}

/* P13: a side that is too thin grows around its middle. */
static bool thicken(const PdfWriter *writer, Len *at, Len *size)
{
    Len least = pdf_least_line(writer);
    if (*size >= least)
        return true;
    *at -= (least - *size) / 2;
    *size = least;
    return false;
}

static void print_thick(PdfWriter *writer, const PaintOp *op, Len x, Len y, Len width, Len height)
{
    bool thick_x = thicken(writer, &x, &width), thick_y = thicken(writer, &y, &height);
    if (!thick_x || !thick_y)
        pdf_note_hairline(writer, op);
    print_area(writer, (Area){x, y, len_add(x, width), len_add(y, height)});
}

static void rect(PdfWriter *writer, const PaintOp *op)
{
    if (op->at.rect.width <= 0 || op->at.rect.height <= 0)
        return;
    pdf_mark(writer, op, false);
    Layer *layer = pdf_layer(writer);
    bool overprint = pdf_overprints(writer, op);
    if (!same_fill(layer, &op->color) || layer->state.overprint != overprint) {
        pdf_flush_fill(layer);
        pdf_set_fill(writer, &op->color);
        pdf_set_overprint(writer, overprint);
    } else if (op->color.alpha != 65535) {
        pdf_flush_fill(layer);
    }
    print_thick(writer, op, op->at.rect.x, op->at.rect.y, op->at.rect.width, op->at.rect.height);
    layer->filling = true;
}

static void fill(PdfWriter *writer, const PaintOp *op)
{
    const Path *path = op->at.path.path;
    if (path->count == 0)
        return;
    pdf_mark(writer, op, false);
    pdf_flush_fill(pdf_layer(writer));
    if (op->at.path.gradient) {
        pdf_set_overprint(writer, false);
        pdf_gradient(writer, path, op->at.path.gradient);
        return;
    }
    pdf_set_fill(writer, &op->color);
    pdf_set_overprint(writer, pdf_overprints(writer, op));
    Len left, top, right, bottom;
    if (upright(path, &left, &top, &right, &bottom))
        print_thick(writer, op, left, top, right - left, bottom - top);
    else
        pdf_path(writer, path, true);
    buffer_text(&pdf_layer(writer)->out, path->even_odd ? "f*\n" : "f\n");
}

static void set_line(Layer *layer, const PaintOp *op, Len width)
{
    GraphicsState *state = &layer->state;
    Buffer *out = &layer->out;
    const Len *dash = op->at.path.dash;
    if (state->line_width != width) {
        pdf_len(out, width);
        buffer_text(out, " w\n");
        state->line_width = width;
    }
    if (state->round != op->at.path.round) {
        buffer_text(out, op->at.path.round ? "1 J\n" : "0 J\n");
        state->round = op->at.path.round;
    }
    if (state->dash[0] != dash[0] || state->dash[1] != dash[1]) {
        bool dashed = dash[0] > 0 || dash[1] > 0;
        buffer_text(out, "[");
        if (dashed) {
            pdf_len(out, len_max(dash[0], 0));
            pdf_space(out);
            pdf_len(out, len_max(dash[1], 0));
        }
        buffer_text(out, "]0 d\n");
        state->dash[0] = dash[0];
        state->dash[1] = dash[1];
    }
}

static void stroke(PdfWriter *writer, const PaintOp *op)
{
    if (op->at.path.path->count == 0 || op->at.path.line_width <= 0)
        return;
    pdf_mark(writer, op, false);
    Layer *layer = pdf_layer(writer);
    pdf_flush_fill(layer);
    pdf_set_stroke(writer, &op->color);
    pdf_set_overprint(writer, pdf_overprints(writer, op));
    if (op->at.path.line_width < pdf_least_line(writer))
        pdf_note_hairline(writer, op);
    set_line(layer, op, len_max(op->at.path.line_width, pdf_least_line(writer)));
    pdf_path(writer, op->at.path.path, false);
    buffer_text(&layer->out, "S\n");
}

/* ---- pictures ---- */

/* Exif orientation: the matrix from the unit square, in which the stored picture stands upright, to the box. */
static void print_picture_matrix(Buffer *out, int orientation, int64_t x, int64_t y, int64_t w, int64_t h)
{
    const int64_t matrices[8][6] = {{w, 0, 0, h, x, y},      {-w, 0, 0, h, x + w, y},      {-w, 0, 0, -h, x + w, y + h},
                                    {w, 0, 0, -h, x, y + h}, {0, -h, -w, 0, x + w, y + h}, {0, -h, w, 0, x, y + h},
                                    {0, h, w, 0, x, y},      {0, h, -w, 0, x + w, y}};
    const int64_t *matrix = matrices[orientation >= 1 && orientation <= 8 ? orientation - 1 : 0];
    for (int i = 0; i < 6; i++) {
        pdf_fixed(out, matrix[i], 3);
        pdf_space(out);
    }
    buffer_text(out, "cm\n");
}

static void picture(PdfWriter *writer, const PaintOp *op)
{
    const Image *image = op->at.rect.image;
    Ref ref = 0;
    int number = image && op->at.rect.width > 0 && op->at.rect.height > 0 ? pdf_image(writer, op, &ref) : 0;
    if (!number)
        return;
    if (op->tag && op->tag->role == TAG_FIGURE && !op->tag->alt)
        diag_note(writer->diag, "alt-missing", op->source,
                  "nothing says what this picture shows to those who don't see it");
    pdf_mark(writer, op, false);
    Layer *layer = pdf_layer(writer);
    pdf_flush_fill(layer);
    Color opaque = layer->state.fill;
    opaque.alpha = op->color.alpha ? op->color.alpha : 65535;
    pdf_set_fill(writer, &opaque);
    pdf_set_overprint(writer, false);
    pdf_use(writer, 'I', number, ref);
    Area place = {op->at.rect.x, op->at.rect.y, len_add(op->at.rect.x, op->at.rect.width),
                  len_add(op->at.rect.y, op->at.rect.height)};
    Area shown = place;
    bool bleeds = pdf_bleed_out(writer, &shown);
    buffer_text(&layer->out, "q\n");
    if (bleeds) {
        place = pdf_bleed_picture(&place, &shown);
        print_rect(writer, shown.left, shown.top, shown.right - shown.left, shown.bottom - shown.top);
        buffer_text(&layer->out, "W n\n");
    }
    int64_t left = len_thousandths(page_x(writer, place.left)), right = len_thousandths(page_x(writer, place.right));
    int64_t top = len_thousandths(page_y(writer, place.top)), bottom = len_thousandths(page_y(writer, place.bottom));
    print_picture_matrix(&layer->out, image->orientation, left, bottom, right - left, top - bottom);
    buffer_format(&layer->out, "/I%d Do\nQ\n", number);
}

/* ---- what lasts until OP_RESTORE ---- */

static void push(PdfWriter *writer, PushKind kind)
{
    VEC_PUSH(writer->arena, writer->pushed, ((Pushed){(uint8_t)kind, writer->ctm}));
}

static void clip(PdfWriter *writer, const PaintOp *op)
{
    pdf_unmark(writer);
    pdf_end_text(pdf_layer(writer));
    pdf_save(writer);
    push(writer, PUSHED_STATE);
    if (op->at.path.path->count > 0)
        pdf_path(writer, op->at.path.path, true);
    else
        print_rect(writer, 0, 0, 0, 0);
    buffer_text(&pdf_layer(writer)->out, op->at.path.path->even_odd ? "W* n\n" : "W n\n");
}

static int32_t times(int32_t a, int32_t b, int32_t c, int32_t d)
{
    return (int32_t)len_clamp(divide_nearest((int64_t)a * b + (int64_t)c * d, RATIO_ONE));
}

/* First `inner`, then `outer`. */
static Matrix multiply(Matrix inner, Matrix outer)
{
    return (Matrix){times(inner.a, outer.a, inner.b, outer.c),
                    times(inner.a, outer.b, inner.b, outer.d),
                    times(inner.c, outer.a, inner.d, outer.c),
                    times(inner.c, outer.b, inner.d, outer.d),
                    len_add(times(inner.e, outer.a, inner.f, outer.c), outer.e),
                    len_add(times(inner.e, outer.b, inner.f, outer.d), outer.f)};
}

static void transform(PdfWriter *writer, const PaintOp *op)
{
    pdf_unmark(writer);
    pdf_end_text(pdf_layer(writer));
    pdf_save(writer);
    push(writer, PUSHED_STATE);
    pdf_matrix(writer, op->at.matrix);
    buffer_text(&pdf_layer(writer)->out, " cm\n");
    writer->ctm = multiply(op->at.matrix, writer->ctm);
}

/* A group is a form of its own: 11.6.6. */
static void group(PdfWriter *writer, const PaintOp *op)
{
    bool plain = op->at.group.opacity >= RATIO_ONE && (op->at.group.blend == 0 || op->at.group.blend == KW_NORMAL);
    if (plain || writer->depth + 1 >= MOST_LAYERS) {
        push(writer, PUSHED_NOTHING);
        return;
    }
    pdf_unmark(writer);
    pdf_end_text(pdf_layer(writer));
    push(writer, PUSHED_GROUP);
    begin_layer(writer, writer->depth + 1);
    Layer *layer = pdf_layer(writer);
    layer->form = pdf_reserve(writer->file);
    int64_t opacity = op->at.group.opacity < 0           ? 0
                      : op->at.group.opacity > RATIO_ONE ? RATIO_ONE
                                                         : op->at.group.opacity;
    layer->opacity = (int)(opacity * 65535 / RATIO_ONE);
    layer->blend = op->at.group.blend == KW_NORMAL ? 0 : op->at.group.blend;
}

static void close_layer(PdfWriter *writer)
{
    Layer *layer = pdf_layer(writer);
    pdf_unmark(writer);
    pdf_end_text(layer);
    while (layer->saved.count > 0)
        pdf_restore(writer);
}

int pdf_parents(PdfWriter *writer, const Layer *layer)
{
    Buffer list = {.arena = writer->scratch};
    buffer_text(&list, "[");
    for (int i = 0; i < layer->marked.count; i++)
        buffer_format(&list, "%u 0 R ", layer->marked.at[i]);
    buffer_text(&list, "]");
    Ref ref = pdf_reserve(writer->file);
    pdf_put(writer->file, ref, list.data, list.size);
    return pdf_struct_key(writer->structure, ref);
}

static bool is_identity(Matrix m)
{
    return m.a == RATIO_ONE && m.b == 0 && m.c == 0 && m.d == RATIO_ONE && m.e == 0 && m.f == 0;
}

static void end_group(PdfWriter *writer)
{
    close_layer(writer);
    Layer *layer = pdf_layer(writer);
    Buffer entries = {.arena = writer->scratch};
    buffer_text(&entries, "/Type/XObject/Subtype/Form/BBox");
    if (is_identity(writer->ctm)) {
        buffer_text(&entries, "[0 0 ");
        pdf_len(&entries, len_add(writer->page->width, 2 * writer->edge));
        pdf_space(&entries);
        pdf_len(&entries, writer->height);
        buffer_text(&entries, "]");
    } else {
        buffer_text(&entries, "[-32000 -32000 32000 32000]");
    }
    buffer_format(&entries, "/Group<</S/Transparency/I true>>/Resources %u 0 R", pdf_resources(writer, layer));
    if (layer->marked.count > 0)
        buffer_format(&entries, "/StructParents %d", pdf_parents(writer, layer));
    pdf_put_stream(writer->file, layer->form, entries.data, PACK_DEFLATE,
                   (Bytes){layer->out.data ? layer->out.data : "", layer->out.size});
    writer->depth--;
    pdf_set_overprint(writer, false);
    Ref state;
    int number = pdf_blend_state(writer, layer->opacity, layer->blend, &state), form = ++writer->form_count;
    pdf_use(writer, 'G', number, state);
    pdf_use(writer, 'X', form, layer->form);
    buffer_format(&pdf_layer(writer)->out, "q\n/G%d gs\n/X%d Do\nQ\n", number, form);
}

static void restore(PdfWriter *writer)
{
    if (writer->pushed.count == 0)
        return;
    Pushed top = writer->pushed.at[--writer->pushed.count];
    if (top.kind == PUSHED_STATE) {
        pdf_unmark(writer);
        pdf_end_text(pdf_layer(writer));
        pdf_restore(writer);
    } else if (top.kind == PUSHED_GROUP) {
        end_group(writer);
    }
    writer->ctm = top.ctm;
}

void pdf_content_restore(PdfWriter *writer)
{
    while (writer->pushed.count > 0)
        restore(writer);
}

void pdf_content_end(PdfWriter *writer)
{
    pdf_content_restore(writer);
    close_layer(writer);
}

/* ---- places ---- */

static void apply(Matrix m, Len x, Len y, Len *to_x, Len *to_y)
{
    *to_x = len_add(times(x, m.a, y, m.c), m.e);
    *to_y = len_add(times(x, m.b, y, m.d), m.f);
}

/* The box around the four corners, as they are turned, in PDF space. */
static void link(PdfWriter *writer, const PaintOp *op)
{
    Len left = LEN_MAX, top = LEN_MAX, right = -LEN_MAX, bottom = -LEN_MAX;
    for (int i = 0; i < 4; i++) {
        Len x, y;
        apply(writer->ctm, len_add(op->at.rect.x, i & 1 ? op->at.rect.width : 0),
              len_add(op->at.rect.y, i & 2 ? op->at.rect.height : 0), &x, &y);
        left = len_min(left, x);
        right = len_max(right, x);
        top = len_min(top, y);
        bottom = len_max(bottom, y);
    }
    Len box[4] = {page_x(writer, left), page_y(writer, bottom), page_x(writer, right), page_y(writer, top)};
    pdf_link(writer, op, box);
}

void pdf_content_op(PdfWriter *writer, const PaintOp *op)
{
    Len x, y;
    switch ((OpKind)op->kind) {
    case OP_RECT: rect(writer, op); break;
    case OP_FILL: fill(writer, op); break;
    case OP_STROKE: stroke(writer, op); break;
    case OP_GLYPHS: pdf_glyphs(writer, op); break;
    case OP_IMAGE: picture(writer, op); break;
    case OP_CLIP: clip(writer, op); break;
    case OP_GROUP: group(writer, op); break;
    case OP_TRANSFORM: transform(writer, op); break;
    case OP_RESTORE: restore(writer); break;
    case OP_LINK: link(writer, op); break;
    case OP_ANCHOR:
        apply(writer->ctm, op->at.mark.x, op->at.mark.y, &x, &y);
        pdf_anchor(writer, op, x, y);
        break;
    case OP_BOOKMARK:
        apply(writer->ctm, op->at.mark.x, op->at.mark.y, &x, &y);
        pdf_bookmark(writer, op, x, y);
        break;
    }
}
