/* Pages without transparency, for the standards that have none (PDF/X-1a, X-3, PDF/A-1): what is transparent is mixed with the
 * one colour that lies below it, and printed as that. Where there are several colours below, or none can be known, it is an
 * error, and no file: nothing is left out in silence (print-ready.md 3.2). */
#include <math.h>

#include "pdf/pdf_writer.h"

typedef struct Clip {
    const struct Clip *outer;
    Len box[4];   /* of it and all around it */
    bool upright; /* a rectangle: the box says all */
} Clip;
typedef struct { /* what was painted */
    Len box[4];
    const Clip *clip;
    const PaintOp *op; /* as it is printed */
    bool solid;        /* the whole box has its colour */
} Painted;
typedef struct {
    const Clip *clip;
    double matrix[6];
    double opacity;
    int below; /* painted before the group; -1: no group is open */
} Scope;
typedef struct {
    PdfWriter *writer;
    Arena *arena;
    VEC(Painted) painted;
    VEC(Scope) scopes;
    Scope now;
} Flattener;

/* ---- boxes: left top right bottom ---- */

static bool meet(const Len a[4], const Len b[4])
{
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

static bool holds(const Len a[4], const Len b[4])
{
    enum { ROUNDING = 8 };
    return a[0] <= b[0] + ROUNDING && a[1] <= b[1] + ROUNDING && a[2] >= b[2] - ROUNDING && a[3] >= b[3] - ROUNDING;
}

static void cut(Len box[4], const Len by[4])
{
    box[0] = len_max(box[0], by[0]);
    box[1] = len_max(box[1], by[1]);
    box[2] = len_min(box[2], by[2]);
    box[3] = len_min(box[3], by[3]);
}

static void grow(Len box[4], Len by)
{
    box[0] -= by;
    box[1] -= by;
    box[2] += by;
    box[3] += by;
}

/* On the page, around the four corners. */
static void place(const double m[6], Len box[4])
{
    double out[4] = {1e18, 1e18, -1e18, -1e18};
    for (int i = 0; i < 4; i++) {
        double x = box[i & 1 ? 2 : 0], y = box[i & 2 ? 3 : 1];
        double u = m[0] * x + m[2] * y + m[4], v = m[1] * x + m[3] * y + m[5];
        out[0] = fmin(out[0], u);
        out[1] = fmin(out[1], v);
        out[2] = fmax(out[2], u);
        out[3] = fmax(out[3], v);
    }
    for (int i = 0; i < 4; i++)
        box[i] = len_clamp((int64_t)fmax(-1e9, fmin(1e9, out[i])));
}

static bool is_upright(const Path *path)
{
    for (int i = 0; i < path->count; i++) {
        const PathStep *step = &path->steps[i], *last = &path->steps[i > 0 ? i - 1 : 0];
        if (step->kind == PATH_CURVE || (step->kind == PATH_MOVE && i > 0))
            return false;
        if (step->kind == PATH_LINE && step->x[0] != last->x[0] && step->x[1] != last->x[1])
            return false;
    }
    return path->count == 5;
}

static bool turned(const double m[6])
{
    return (m[1] != 0 || m[2] != 0) && (m[0] != 0 || m[3] != 0);
}

/* Where there is ink: spaces have none. */
static bool ink_of_run(const PaintOp *op, Len box[4])
{
    const GlyphRun *run = op->at.glyphs.run;
    bool some = false;
    box[0] = op->at.glyphs.x;
    box[2] = len_add(op->at.glyphs.x, run->width);
    box[1] = LEN_MAX;
    box[3] = -LEN_MAX;
    for (int i = 0; i < run->count; i++) {
        Len left, top, width, height;
        const Glyph *glyph = &run->glyphs[i];
        if (!font_glyph_extents(run->font, run->size, glyph->glyph, &left, &top, &width, &height) || width == 0)
            continue;
        some = true;
        box[0] -= i == 0 && left < 0 ? -left : 0;
        box[2] += i == run->count - 1 ? len_max(0, left + width - glyph->advance) : 0;
        box[1] = len_min(box[1], op->at.glyphs.y - glyph->dy - top);
        box[3] = len_max(box[3], op->at.glyphs.y - glyph->dy - top + (height < 0 ? -height : height));
    }
    return some;
}

/* False: it paints nothing. */
static bool box_of(const PaintOp *op, Len box[4])
{
    switch ((OpKind)op->kind) {
    case OP_RECT:
    case OP_IMAGE:
        box[0] = op->at.rect.x;
        box[1] = op->at.rect.y;
        box[2] = len_add(op->at.rect.x, op->at.rect.width);
        box[3] = len_add(op->at.rect.y, op->at.rect.height);
        return true;
    case OP_FILL: pdf_path_box(op->at.path.path, box); return op->at.path.path->count > 0;
    case OP_STROKE:
        pdf_path_box(op->at.path.path, box);
        grow(box, op->at.path.line_width);
        return op->at.path.path->count > 0;
    case OP_GLYPHS: return ink_of_run(op, box);
    default: return false;
    }
}

/* ---- what lies below ---- */

static bool inside(const Clip *outer, const Clip *clip)
{
    while (clip && clip != outer)
        clip = clip->outer;
    return clip == outer;
}

/* Shapes that cut what was painted, and not what is painted now. */
static bool shaped(const Clip *clip, const Clip *now)
{
    for (; clip; clip = clip->outer)
        if (!clip->upright && !inside(clip, now))
            return true;
    return false;
}

/* One step of a soft edge and the next: each lies in the one before. */
static bool same_edge(const PaintOp *a, const PaintOp *b)
{
    return a->kind == OP_FILL && b->kind == OP_FILL && !a->at.path.gradient && a->source.line == b->source.line &&
           a->source.column == b->source.column && a->source.file == b->source.file && a->tag == b->tag;
}

/* The one colour below; false: there are several. */
static bool find_below(const Flattener *f, const PaintOp *op, const Len box[4], Color *below)
{
    *below = (Color){.space = COLOR_RGB, .c = {65535, 65535, 65535}, .alpha = 65535};
    int from = f->now.below >= 0 ? f->now.below : f->painted.count;
    for (int i = from - 1; i >= 0; i--) {
        const Painted *painted = &f->painted.at[i];
        Len seen[4];
        memcpy(seen, painted->box, sizeof seen);
        if (painted->clip)
            cut(seen, painted->clip->box);
        if (!meet(seen, box))
            continue;
        *below = painted->op->color;
        bool whole = painted->solid || same_edge(painted->op, op);
        return whole && holds(seen, box) && !shaped(painted->clip, f->now.clip);
    }
    return true;
}

/* ---- mixing ---- */

static uint16_t between(uint16_t over, uint16_t under, double alpha)
{
    return (uint16_t)lround(over * alpha + under * (1 - alpha));
}

static bool is_bare(const Color *color)
{
    const uint16_t *c = color->c;
    return color->space == COLOR_RGB ? c[0] == 65535 && c[1] == 65535 && c[2] == 65535
                                     : color->space == COLOR_CMYK && !c[0] && !c[1] && !c[2] && !c[3];
}

/* False: an ink of its own and other colours, which no colour is the mean of. */
static bool mix(PdfWriter *writer, Color *color, const Color *below, double alpha)
{
    bool one_ink = color->space == COLOR_SPOT && below->space == COLOR_SPOT && color->spot == below->spot;
    color->alpha = 65535;
    if (color->space == COLOR_SPOT && (one_ink || is_bare(below))) {
        color->c[0] = between(color->c[0], one_ink ? below->c[0] : 0, alpha);
        return true;
    }
    if (color->space == COLOR_SPOT || below->space == COLOR_SPOT)
        return false;
    Ink over = pdf_ink(writer, color), under = pdf_ink(writer, below);
    color->space = over.kind == INK_CMYK ? COLOR_CMYK : COLOR_RGB;
    for (int i = 0; i < 4; i++)
        color->c[i] = between(over.v[i], under.v[i], alpha);
    return true;
}

static bool mix_gradient(Flattener *f, PaintOp *op, const Color *below, double opacity)
{
    Gradient *made = arena_copy(f->arena, op->at.path.gradient, sizeof *made);
    GradientStop *stops = arena_copy(f->arena, made->stops, sizeof *stops * (size_t)made->count);
    bool fine = true;
    for (int i = 0; i < made->count; i++)
        fine = mix(f->writer, &stops[i].color, below, stops[i].color.alpha / 65535.0 * opacity) && fine;
    made->stops = stops;
    op->at.path.gradient = made;
    return fine;
}

/* ---- operations ---- */

static double least_alpha(const PaintOp *op)
{
    const Gradient *gradient = op->kind == OP_FILL ? op->at.path.gradient : NULL;
    int least = op->kind == OP_IMAGE ? (op->color.alpha ? op->color.alpha : 65535) : op->color.alpha;
    if (gradient)
        least = 65535;
    for (int i = 0; gradient && i < gradient->count; i++)
        least = gradient->stops[i].color.alpha < least ? gradient->stops[i].color.alpha : least;
    return least / 65535.0;
}

static void refuse(Flattener *f, const PaintOp *op, const char *why)
{
    int at = diag_error(f->writer->diag, "standard-transparency", op->source,
                        "this is transparent and %s: PDF/X-1a, PDF/X-3 and PDF/A-1 cannot have it", why);
    diag_hint(f->writer->diag, at, "give it a colour of its own, or take a target of PDF/X-4 (--target print-coated)");
}

/* NULL: it is printed as it now is. */
static const char *why_not(Flattener *f, PaintOp *op, const Len box[4], double alpha)
{
    Color below;
    bool gradient = op->kind == OP_FILL && op->at.path.gradient;
    if (!find_below(f, op, box, &below))
        return "lies on more than one colour";
    if (op->kind == OP_IMAGE && alpha < 1)
        return "is a picture";
    if (op->kind == OP_IMAGE) {
        op->color = below;
        op->color.alpha = 65535;
        return NULL;
    }
    bool mixed = gradient ? mix_gradient(f, op, &below, f->now.opacity) : mix(f->writer, &op->color, &below, alpha);
    return mixed ? NULL : "mixes an ink of its own with other colours";
}

static void flatten_op(Flattener *f, PaintOp *op, const Len box[4])
{
    double alpha = least_alpha(op) * f->now.opacity;
    bool holes = op->kind == OP_IMAGE && op->at.rect.image && op->at.rect.image->alpha;
    const char *why = alpha < 1 || holes ? why_not(f, op, box, alpha) : NULL;
    if (why)
        refuse(f, op, why);
}

static void paint(Flattener *f, PaintOp *op)
{
    Len box[4], seen[4];
    if (!box_of(op, box) ||
        (op->color.alpha == 0 && op->kind != OP_IMAGE && !(op->kind == OP_FILL && op->at.path.gradient)))
        return;
    place(f->now.matrix, box);
    memcpy(seen, box, sizeof seen);
    if (f->now.clip)
        cut(seen, f->now.clip->box);
    if (seen[0] >= seen[2] || seen[1] >= seen[3])
        return;
    flatten_op(f, op, seen);
    bool plain = op->kind == OP_RECT || (op->kind == OP_FILL && !op->at.path.gradient && is_upright(op->at.path.path));
    Painted painted = {.clip = f->now.clip, .op = op, .solid = plain && !turned(f->now.matrix)};
    memcpy(painted.box, box, sizeof box);
    VEC_PUSH(f->arena, f->painted, painted);
}

static void open_group(Flattener *f, PaintOp *op)
{
    bool blends = op->at.group.blend != 0 && op->at.group.blend != KW_NORMAL;
    if (blends)
        refuse(f, op, "is blended with what lies below");
    if (f->now.below < 0 && op->at.group.opacity < RATIO_ONE)
        f->now.below = f->painted.count;
    f->now.opacity *= fmax(0, fmin(1, (double)op->at.group.opacity / RATIO_ONE));
    op->at.group.opacity = RATIO_ONE;
    op->at.group.blend = KW_NORMAL;
}

static void open_clip(Flattener *f, const PaintOp *op)
{
    Clip *clip = NEW(f->arena, Clip);
    pdf_path_box(op->at.path.path, clip->box);
    clip->upright = is_upright(op->at.path.path) && !turned(f->now.matrix);
    clip->outer = f->now.clip;
    place(f->now.matrix, clip->box);
    if (clip->outer)
        cut(clip->box, clip->outer->box);
    f->now.clip = clip;
}

static void transform(Flattener *f, Matrix m)
{
    const double one = RATIO_ONE, *outer = f->now.matrix;
    double a = m.a / one, b = m.b / one, c = m.c / one, d = m.d / one;
    double made[6] = {outer[0] * a + outer[2] * b,
                      outer[1] * a + outer[3] * b,
                      outer[0] * c + outer[2] * d,
                      outer[1] * c + outer[3] * d,
                      outer[0] * m.e + outer[2] * m.f + outer[4],
                      outer[1] * m.e + outer[3] * m.f + outer[5]};
    memcpy(f->now.matrix, made, sizeof made);
}

static void step(Flattener *f, PaintOp *op)
{
    switch ((OpKind)op->kind) {
    case OP_CLIP:
    case OP_TRANSFORM:
    case OP_GROUP:
        VEC_PUSH(f->arena, f->scopes, f->now);
        if (op->kind == OP_CLIP)
            open_clip(f, op);
        else if (op->kind == OP_TRANSFORM)
            transform(f, op->at.matrix);
        else
            open_group(f, op);
        break;
    case OP_RESTORE:
        if (f->scopes.count > 0)
            f->now = f->scopes.at[--f->scopes.count];
        break;
    default: paint(f, op);
    }
}

static bool is_transparent(const PaintOp *op)
{
    if (op->kind == OP_GROUP)
        return true;
    if (op->kind == OP_IMAGE && op->at.rect.image && op->at.rect.image->alpha)
        return true;
    return (op->kind <= OP_GLYPHS || op->kind == OP_IMAGE) && least_alpha(op) < 1;
}

DisplayPage pdf_flatten(PdfWriter *writer, const DisplayPage *page)
{
    DisplayPage flat = *page;
    int first = 0;
    while (!writer->target.transparency && first < page->count && !is_transparent(&page->ops[first]))
        first++;
    if (writer->target.transparency || first == page->count)
        return flat;
    Flattener f = {.writer = writer, .arena = writer->scratch};
    f.now = (Scope){.matrix = {1, 0, 0, 1, 0, 0}, .opacity = 1, .below = -1};
    PaintOp *ops = arena_copy(writer->scratch, page->ops, sizeof *ops * (size_t)page->count);
    for (int i = 0; i < page->count; i++)
        step(&f, &ops[i]);
    flat.ops = ops;
    return flat;
}
