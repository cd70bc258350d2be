/* A page's display list as stable XML, for eyes, diff and XPath: <page> with one element an operation.
 * Lengths are points with up to three decimals, colours as CSS writes them. source: the structure element (role, id, order)
 * and the place in the document; all other attributes say what is drawn. */
#include "paint/paint.h"

static const char *const op_names[] = {"rect",  "fill",      "stroke",  "glyphs", "image",  "clip",
                                       "group", "transform", "restore", "link",   "anchor", "bookmark"};
static const char *const role_names[] = {
    "Document", "Art",   "Sect",  "Div",   "P",      "H1",      "H2",         "H3",   "H4",        "H5",    "H6",
    "L",        "LI",    "Lbl",   "LBody", "Figure", "Caption", "BlockQuote", "Span", "Link",      "Quote", "Code",
    "Table",    "THead", "TBody", "TFoot", "TR",     "TH",      "TD",         "Note", "Reference", "TOC",   "TOCI"};
_Static_assert(sizeof op_names / sizeof *op_names == OP_BOOKMARK + 1, "a name for every operation");
_Static_assert(sizeof role_names / sizeof *role_names == TAG_TOCI + 1, "a name for every role");

/* value / scale with up to three decimals, none of them a last 0. */
static void number(Buffer *out, int64_t value, int64_t scale)
{
    int64_t thousandths = (value * 1000 + (value < 0 ? -scale / 2 : scale / 2)) / scale;
    int64_t size = thousandths < 0 ? -thousandths : thousandths;
    int part = (int)(size % 1000), digits = 3;
    buffer_format(out, "%s%lld", thousandths < 0 ? "-" : "", (long long)(size / 1000));
    for (; digits > 0 && part % 10 == 0; digits--)
        part /= 10;
    if (digits > 0)
        buffer_format(out, ".%0*d", digits, part);
}

static void length(Buffer *out, const char *name, Len value)
{
    buffer_format(out, " %s=\"", name);
    number(out, value, LEN_PT);
    buffer_text(out, "\"");
}

static void ratio(Buffer *out, const char *name, int32_t value)
{
    buffer_format(out, " %s=\"", name);
    number(out, value, RATIO_ONE);
    buffer_text(out, "\"");
}

static void string(Buffer *out, const char *name, const char *value)
{
    buffer_format(out, " %s=\"", name);
    buffer_xml(out, value, strlen(value));
    buffer_text(out, "\"");
}

static void channels(Buffer *out, const Color *color, int count)
{
    for (int i = 0; i < count; i++) {
        buffer_text(out, i ? " " : "");
        number(out, color->c[i], 65535);
    }
}

static void print_color(Buffer *out, const Color *color)
{
    switch ((ColorSpace)color->space) {
    case COLOR_RGB:
        buffer_format(out, "#%02x%02x%02x", (color->c[0] + 128) / 257, (color->c[1] + 128) / 257,
                      (color->c[2] + 128) / 257);
        break;
    case COLOR_CMYK:
        buffer_text(out, "device-cmyk(");
        channels(out, color, 4);
        buffer_text(out, ")");
        break;
    case COLOR_SPOT:
        buffer_text(out, "n2p-spot(");
        buffer_xml(out, color->spot ? color->spot : "", color->spot ? strlen(color->spot) : 0);
        buffer_text(out, " ");
        channels(out, color, 1);
        buffer_text(out, ")");
        break;
    case COLOR_PROFILE:
        buffer_text(out, "color(");
        buffer_xml(out, color->spot, strlen(color->spot));
        buffer_text(out, " ");
        channels(out, color, 4);
        buffer_text(out, ")");
        break;
    case COLOR_CURRENT: buffer_text(out, "currentcolor"); break;
    case COLOR_AUTO: buffer_text(out, "auto"); break;
    }
    if (color->alpha != 65535) {
        buffer_text(out, " / ");
        number(out, color->alpha, 65535);
    }
}

static void color(Buffer *out, const Color *value)
{
    buffer_text(out, " color=\"");
    print_color(out, value);
    buffer_text(out, "\"");
}

static void box(Buffer *out, const PaintOp *op)
{
    length(out, "x", op->at.rect.x);
    length(out, "y", op->at.rect.y);
    length(out, "width", op->at.rect.width);
    length(out, "height", op->at.rect.height);
}

/* As SVG's path data. */
static void path(Buffer *out, const Path *value)
{
    static const char letters[] = "MLCZ";
    buffer_text(out, " path=\"");
    for (int i = 0; i < value->count; i++) {
        const PathStep *step = &value->steps[i];
        int numbers = step->kind == PATH_CURVE ? 6 : step->kind == PATH_CLOSE ? 0 : 2;
        buffer_format(out, "%s%c", i ? " " : "", letters[step->kind & 3]);
        for (int k = 0; k < numbers; k++) {
            buffer_text(out, k ? " " : "");
            number(out, step->x[k], LEN_PT);
        }
    }
    buffer_text(out, value->even_odd ? "\" rule=\"evenodd\"" : "\"");
}

static void matrix(Buffer *out, const Matrix *m)
{
    int32_t factors[] = {m->a, m->b, m->c, m->d};
    buffer_text(out, " matrix=\"");
    for (int i = 0; i < 4; i++) {
        number(out, factors[i], RATIO_ONE);
        buffer_text(out, " ");
    }
    number(out, m->e, LEN_PT);
    buffer_text(out, " ");
    number(out, m->f, LEN_PT);
    buffer_text(out, "\"");
}

static void gradient(Buffer *out, const Gradient *value)
{
    buffer_format(out, "<gradient kind=\"%s%s\"", value->repeat ? "repeating-" : "",
                  value->radial ? "radial" : "linear");
    length(out, "x0", value->x0);
    length(out, "y0", value->y0);
    length(out, "x1", value->x1);
    length(out, "y1", value->y1);
    if (value->radial) {
        length(out, "r0", value->r0);
        length(out, "r1", value->r1);
        matrix(out, &value->matrix);
    }
    buffer_text(out, ">");
    for (int i = 0; i < value->count; i++) {
        buffer_text(out, "<stop");
        ratio(out, "at", value->stops[i].at);
        color(out, &value->stops[i].color);
        buffer_text(out, "/>");
    }
    buffer_text(out, "</gradient>");
}

/* glyphs: number:advance, and :dx:dy where a glyph is moved. */
static void glyphs(Buffer *out, const PaintOp *op)
{
    const GlyphRun *run = op->at.glyphs.run;
    length(out, "x", op->at.glyphs.x);
    length(out, "y", op->at.glyphs.y);
    length(out, "width", run->width);
    string(out, "font", run->font && font_name(run->font) ? font_name(run->font) : "");
    length(out, "size", run->size);
    color(out, &op->color);
    if (run->track)
        buffer_format(out, " track=\"%d\"", run->track);
    if (run->scale)
        buffer_format(out, " scale=\"%d\"", run->scale);
    if (run->level)
        buffer_format(out, " level=\"%d\"", run->level);
    if (op->at.glyphs.slant_bold)
        length(out, "bold", op->at.glyphs.slant_bold);
    if (op->text)
        string(out, "actual", op->text);
    buffer_text(out, " glyphs=\"");
    for (int i = 0; i < run->count; i++) {
        const Glyph *glyph = &run->glyphs[i];
        buffer_format(out, "%s%u:", i ? " " : "", glyph->glyph);
        number(out, glyph->advance, LEN_PT);
        if (!glyph->dx && !glyph->dy)
            continue;
        buffer_text(out, ":");
        number(out, glyph->dx, LEN_PT);
        buffer_text(out, ":");
        number(out, glyph->dy, LEN_PT);
    }
    buffer_text(out, "\"");
}

static void glyphs_text(Buffer *out, const GlyphRun *run)
{
    if (run->hyphen)
        buffer_text(out, "\xC2\xAD");
    else if (run->text && run->to > run->from)
        buffer_xml(out, run->text + run->from, run->to - run->from);
}

static void mark(Buffer *out, const PaintOp *op)
{
    length(out, "x", op->at.mark.x);
    length(out, "y", op->at.mark.y);
    string(out, op->kind == OP_ANCHOR ? "id" : "text", op->text ? op->text : "");
    if (op->kind == OP_BOOKMARK)
        buffer_format(out, " level=\"%d\" open=\"%s\"", op->at.mark.level, op->at.mark.open ? "yes" : "no");
}

static void stroke(Buffer *out, const PaintOp *op)
{
    length(out, "line-width", op->at.path.line_width);
    if (op->at.path.dash[0] || op->at.path.dash[1]) {
        length(out, "dash", op->at.path.dash[0]);
        length(out, "gap", op->at.path.dash[1]);
    }
    if (op->at.path.round)
        buffer_text(out, " cap=\"round\"");
}

static void picture(Buffer *out, const PaintOp *op)
{
    const Image *image = op->at.rect.image;
    if (!image)
        return;
    const char *name = image->path ? strrchr(image->path, '/') : NULL;
    string(out, "image", name ? name + 1 : image->path ? image->path : "");
    buffer_format(out, " pixels=\"%dx%d\"", image->width, image->height);
    if (image->orientation > 1)
        buffer_format(out, " orientation=\"%d\"", image->orientation);
}

static void attributes(Buffer *out, const PaintOp *op)
{
    switch ((OpKind)op->kind) {
    case OP_RECT:
        box(out, op);
        color(out, &op->color);
        break;
    case OP_IMAGE:
        box(out, op);
        picture(out, op);
        break;
    case OP_LINK:
        box(out, op);
        string(out, "href", op->text ? op->text : "");
        break;
    case OP_FILL:
    case OP_STROKE:
    case OP_CLIP:
        path(out, op->at.path.path);
        if (op->kind == OP_STROKE)
            stroke(out, op);
        if (op->kind != OP_CLIP && !op->at.path.gradient)
            color(out, &op->color);
        break;
    case OP_GLYPHS: glyphs(out, op); break;
    case OP_GROUP:
        ratio(out, "opacity", op->at.group.opacity);
        if (op->at.group.blend)
            string(out, "blend", keyword_text(op->at.group.blend));
        break;
    case OP_TRANSFORM: matrix(out, &op->at.matrix); break;
    case OP_ANCHOR:
    case OP_BOOKMARK: mark(out, op); break;
    case OP_RESTORE: break;
    }
}

static void source(Buffer *out, const PaintOp *op)
{
    if (op->overprint != OVERPRINT_AUTO)
        string(out, "overprint", op->overprint == OVERPRINT_ALL ? "all" : "none");
    if (op->kind == OP_RESTORE)
        return;
    buffer_text(out, " source=\"");
    if (op->tag)
        buffer_format(out, "%s#%u/%llu", op->tag->role <= TAG_TOCI ? role_names[op->tag->role] : "?", op->tag->id,
                      (unsigned long long)op->order);
    else
        buffer_text(out, "Artifact");
    if (op->source.file) {
        buffer_text(out, " ");
        buffer_xml(out, op->source.file, strlen(op->source.file));
        buffer_format(out, ":%d:%d", op->source.line, op->source.column);
    }
    buffer_text(out, "\"");
}

static void dump_op(const PaintOp *op, int depth, Buffer *out)
{
    const char *name = op->kind <= OP_BOOKMARK ? op_names[op->kind] : "unknown";
    buffer_format(out, "%*s<%s", depth, "", name);
    attributes(out, op);
    source(out, op);
    bool stepped = op->kind == OP_FILL && op->at.path.gradient;
    if (op->kind != OP_GLYPHS && !stepped) {
        buffer_text(out, "/>\n");
        return;
    }
    buffer_text(out, ">");
    if (stepped)
        gradient(out, op->at.path.gradient);
    else
        glyphs_text(out, op->at.glyphs.run);
    buffer_format(out, "</%s>\n", name);
}

void paint_dump(const DisplayPage *page, Buffer *out)
{
    int depth = 1;
    buffer_format(out, "<page number=\"%d\"", page->number);
    if (page->label)
        string(out, "label", page->label);
    length(out, "width", page->width);
    length(out, "height", page->height);
    if (page->bleed)
        length(out, "bleed", page->bleed);
    buffer_text(out, ">\n");
    for (int i = 0; i < page->count; i++) {
        const PaintOp *op = &page->ops[i];
        bool opens = op->kind == OP_CLIP || op->kind == OP_GROUP || op->kind == OP_TRANSFORM;
        if (op->kind == OP_RESTORE && depth > 1)
            depth--;
        dump_op(op, depth, out);
        depth += opens && depth < 100;
    }
    buffer_text(out, "</page>\n");
}
