/* A page's operations against the rules: where they stand on the page, with what they are printed. */
#include "preflight/internal.h"

#include <math.h>

typedef struct {
    double a, b, c, d, e, f;
} Ctm;
typedef struct {
    Ctm ctm;
    double clip[4]; /* left top right bottom */
} State;
typedef struct {
    Preflight *preflight;
    PageFacts *page;
    const DisplayPage *display;
    State state;
    VEC(State) saved;
    bool painted;
} Walk;

/* ---- places ---- */

static double factor(int32_t value)
{
    return (double)value / RATIO_ONE;
}

static void point(const Ctm *m, double x, double y, double to[2])
{
    to[0] = m->a * x + m->c * y + m->e;
    to[1] = m->b * x + m->d * y + m->f;
}

static double scale_of(const Ctm *m)
{
    return sqrt(fabs(m->a * m->d - m->b * m->c));
}

/* The upright box around a turned one, as far as it is inside the clip. False: nothing of it is. */
static bool visible(const Walk *walk, double left, double top, double right, double bottom, double box[4])
{
    double out[4] = {1e15, 1e15, -1e15, -1e15};
    for (int i = 0; i < 4; i++) {
        double at[2];
        point(&walk->state.ctm, i & 1 ? right : left, i & 2 ? bottom : top, at);
        out[0] = fmin(out[0], at[0]);
        out[1] = fmin(out[1], at[1]);
        out[2] = fmax(out[2], at[0]);
        out[3] = fmax(out[3], at[1]);
    }
    for (int i = 0; i < 4; i++)
        box[i] = i < 2 ? fmax(out[i], walk->state.clip[i]) : fmin(out[i], walk->state.clip[i]);
    return box[0] < box[2] && box[1] < box[3];
}

static void as_len(const double box[4], Len out[4])
{
    out[0] = len_clamp((int64_t)box[0]);
    out[1] = len_clamp((int64_t)box[1]);
    out[2] = len_clamp((int64_t)(box[2] - box[0]));
    out[3] = len_clamp((int64_t)(box[3] - box[1]));
}

static bool box_of(const Walk *walk, const PaintOp *op, double box[4])
{
    double grow = op->kind == OP_STROKE ? op->at.path.line_width / 2.0 : 0;
    Len path[4];
    switch ((OpKind)op->kind) {
    case OP_RECT:
    case OP_IMAGE:
    case OP_LINK:
        return visible(walk, op->at.rect.x, op->at.rect.y, (double)op->at.rect.x + op->at.rect.width,
                       (double)op->at.rect.y + op->at.rect.height, box);
    case OP_FILL:
    case OP_STROKE:
        if (op->at.path.path->count == 0)
            return false;
        pdf_path_box(op->at.path.path, path);
        return visible(walk, path[0] - grow, path[1] - grow, path[2] + grow, path[3] + grow, box);
    case OP_GLYPHS: {
        const GlyphRun *run = op->at.glyphs.run;
        FontMetrics m = font_metrics(run->font, run->size);
        return visible(walk, op->at.glyphs.x, op->at.glyphs.y - m.ascent, (double)op->at.glyphs.x + run->width,
                       op->at.glyphs.y + m.descent, box);
    }
    default: return false;
    }
}

/* ---- inks ---- */

static Inks inks_of(Walk *walk, const Color *color)
{
    Preflight *preflight = walk->preflight;
    Ink ink = pdf_ink(preflight->writer, color);
    Inks inks = {0};
    bool press = pdf_for_press(preflight->writer);
    if (press && ink.kind == INK_RGB)
        found(preflight, "X7", LEVEL_FAIL, walk->page->number, NULL, NO_SOURCE, "a colour is light, not ink");
    if (!press && ink.kind != INK_SPOT) {
        bool white = ink.v[0] == 65535 && ink.v[1] == 65535 && ink.v[2] == 65535;
        bool black = ink.v[0] == 0 && ink.v[1] == 0 && ink.v[2] == 0;
        inks.class = white ? TEXT_WHITE : black ? TEXT_BLACK : TEXT_LIGHT;
        return inks;
    }
    int count = ink.kind == INK_SPOT ? 1 : 4;
    for (int i = 0; i < count; i++) {
        inks.inks += ink.v[i] > 0;
        inks.sum += ink.v[i] * 100.0 / 65535;
    }
    inks.black = count == 4 ? ink.v[3] * 100.0 / 65535 : 0;
    inks.all_black = inks.inks == 1 && count == 4 && ink.v[3] == 65535;
    inks.class = inks.inks == 0                   ? TEXT_WHITE
                 : count == 1                     ? TEXT_SPOT
                 : inks.inks > 1                  ? TEXT_MANY
                 : inks.inks == 1 && ink.v[3] > 0 ? TEXT_BLACK
                                                  : TEXT_ONE;
    return inks;
}

static void note_spot(Walk *walk, const Color *color, Source source)
{
    Preflight *preflight = walk->preflight;
    if (color->space == COLOR_SPOT)
        judge_spot(preflight, color->spot && *color->spot ? color->spot : "Black", pdf_for_press(preflight->writer),
                   walk->page->number, source);
}

static double pt(double length)
{
    return length / LEN_PT;
}

/* ---- transparency: X8 ---- */

static void note_transparency(Walk *walk, const PaintOp *op, const char *what)
{
    walk->page->transparent = true;
    if (!walk->preflight->target->transparency)
        found(walk->preflight, "X8", LEVEL_FAIL, walk->page->number, NULL, op->source,
              "%s, where the standard allows no transparency", what);
}

static void check_transparency(Walk *walk, const PaintOp *op)
{
    const Gradient *gradient = op->kind == OP_FILL ? op->at.path.gradient : NULL;
    bool colored = op->kind == OP_RECT || op->kind == OP_FILL || op->kind == OP_STROKE || op->kind == OP_GLYPHS;
    if (colored && !gradient && op->color.alpha != 65535)
        note_transparency(walk, op, "a colour that is not opaque");
    for (int i = 0; gradient && i < gradient->count; i++)
        if (gradient->stops[i].color.alpha != 65535) {
            note_transparency(walk, op, "a gradient that is not opaque");
            break;
        }
    if (op->kind == OP_GROUP &&
        (op->at.group.opacity < RATIO_ONE || (op->at.group.blend && op->at.group.blend != KW_NORMAL)))
        note_transparency(walk, op, "a group that is not opaque, or blends");
    if (op->kind == OP_IMAGE && op->at.rect.image && op->at.rect.image->alpha && walk->preflight->target->transparency)
        walk->page->transparent = true; /* else it is laid onto what is below */
}

/* ---- text: G8, P6 to P8, P11, P12, P19, P16 ---- */

static void note_font(Walk *walk, const PaintOp *op)
{
    Preflight *preflight = walk->preflight;
    const GlyphRun *run = op->at.glyphs.run;
    FontUse *use = NULL;
    for (int i = 0; i < preflight->fonts.count && !use; i++)
        if (preflight->fonts.at[i].font == run->font)
            use = &preflight->fonts.at[i];
    if (!use) {
        FontUse made = {run->font, font_name(run->font), true, true, font_describe(run->font).embeddable, 0};
        VEC_PUSH(preflight->arena, preflight->fonts, made);
        use = &preflight->fonts.at[preflight->fonts.count - 1];
        if (!made.embeddable)
            found(preflight, "G8", LEVEL_FAIL, walk->page->number, NULL, op->source,
                  "the font %s does not allow to be embedded", made.name);
    }
    use->glyphs += run->count;
    for (int i = 0; i < run->count; i++)
        if (run->glyphs[i].glyph == 0)
            found(preflight, "G8", LEVEL_FAIL, walk->page->number, NULL, op->source,
                  "a character has no glyph in the font %s", use->name);
}

static bool is_fine(const Font *font)
{
    FontDescription description = font_describe(font);
    return description.flags & 2 || description.weight < 350;
}

static void check_fine(Walk *walk, const PaintOp *op, const Inks *inks, double size, const Len box[4])
{
    const Font *font = op->at.glyphs.run->font;
    if (inks->class == TEXT_WHITE && pdf_for_press(walk->preflight->writer) && size < 8 * LEN_PT && is_fine(font))
        found(walk->preflight, "P19", LEVEL_WARN, walk->page->number, box, op->source,
              "white text of %.1f pt in the fine letters of %s; not under 8 pt", pt(size), font_name(font));
}

static void check_safe(Walk *walk, const PaintOp *op, const double box[4], const Len place[4])
{
    Len safe = walk->preflight->work->safe;
    const PageFacts *page = walk->page;
    double least = fmin(fmin(box[0], box[1]), fmin(page->width - box[2], page->height - box[3]));
    if (safe && least < safe - MM(1))
        found(walk->preflight, "P16", LEVEL_WARN, page->number, place, op->source,
              "text %.1f mm from the edge of the page; at least %.0f mm", least / MM(100) * 10, (double)safe / MM(10));
}

static void check_glyphs(Walk *walk, const PaintOp *op)
{
    Preflight *preflight = walk->preflight;
    const GlyphRun *run = op->at.glyphs.run;
    double box[4], size = run->size * scale_of(&walk->state.ctm);
    Len place[4];
    if (run->count == 0 || size <= 0 || !box_of(walk, op, box))
        return;
    as_len(box, place);
    Inks inks = inks_of(walk, &op->color);
    note_font(walk, op);
    judge_text(preflight, walk->page->number, &inks, size, place, op->source);
    check_fine(walk, op, &inks, size, place);
    check_safe(walk, op, box, place);
    bool overprints = pdf_overprints_at(preflight->writer, op, scale_of(&walk->state.ctm));
    preflight->overprinted_texts += overprints;
    if (inks.all_black && !overprints && size < 12 * LEN_PT && pdf_for_press(preflight->writer)) {
        preflight->knocked_out++;
        found(preflight, "P12", LEVEL_WARN, walk->page->number, place, op->source,
              "black text of %.1f pt does not overprint; under 12 pt it should", pt(size));
    }
}

/* ---- lines and areas: P9, P12, P13, P16 ---- */

static void check_line(Walk *walk, const PaintOp *op, const Inks *inks, double width, const Len place[4])
{
    Preflight *preflight = walk->preflight;
    double scale = scale_of(&walk->state.ctm), least = pdf_least_line_at(preflight->writer, scale) * scale;
    note_least(&preflight->line, fmax(width, least), walk->page->number, op->source);
    if (width < least - 2) {
        preflight->raised++;
        found(preflight, "P13", LEVEL_NOTE, walk->page->number, place, op->source,
              "a line of %.2f pt was raised to %.2f pt", pt(width), pt(least));
        width = least;
    }
    if (width < LEN_PT / 4.0 - 1 && least <= 0)
        found(preflight, "P13", LEVEL_NOTE, walk->page->number, place, op->source,
              "a line of %.2f pt; under 0.25 pt a press may lose it", pt(width));
    if ((inks->class == TEXT_MANY || (inks->class == TEXT_WHITE && pdf_for_press(preflight->writer))) &&
        width < LEN_PT / 4.0 - 1)
        found(preflight, "P9", LEVEL_WARN, walk->page->number, place, op->source,
              "a line of %.2f pt in %s; not under 0.25 pt", pt(width),
              inks->class == TEXT_WHITE ? "white" : "more than one ink");
    bool overprints = pdf_overprints_at(preflight->writer, op, scale_of(&walk->state.ctm));
    preflight->overprinted_lines += overprints;
    if (inks->all_black && !overprints && width < 2 * LEN_PT && pdf_for_press(preflight->writer)) {
        preflight->knocked_out++;
        found(preflight, "P12", LEVEL_WARN, walk->page->number, place, op->source,
              "a black line of %.2f pt does not overprint; under 2 pt it should", pt(width));
    }
}

/* What comes to the trim goes on to the edge of the bleed. */
static void check_bleed(Walk *walk, const PaintOp *op, const double box[4], const Len place[4])
{
    const PageFacts *page = walk->page;
    Len wanted = walk->preflight->target->bleed;
    double near = MM(4) * 0.875; /* 0.35 mm */
    double over[4] = {-box[0], -box[1], box[2] - page->width, box[3] - page->height};
    static const char *const sides[] = {"left", "top", "right", "bottom"};
    for (int i = 0; i < 4 && wanted > 0; i++)
        if (over[i] > -near && over[i] < wanted - MM(1))
            found(walk->preflight, "P16", LEVEL_WARN, page->number, place, op->source,
                  "at the %s edge of the page, but only %.1f mm of %.1f mm bleed", sides[i],
                  fmax(0, over[i]) / MM(100) * 10, (double)wanted / MM(100) * 10);
}

static void check_area(Walk *walk, const PaintOp *op)
{
    double box[4], scale = scale_of(&walk->state.ctm), width;
    Len place[4], path[4];
    if (!box_of(walk, op, box))
        return;
    as_len(box, place);
    if (op->kind == OP_FILL) {
        pdf_path_box(op->at.path.path, path);
        width = fmin((double)path[2] - path[0], (double)path[3] - path[1]);
    } else if (op->kind == OP_STROKE) {
        width = op->at.path.line_width;
    } else {
        width = fmin(op->at.rect.width, op->at.rect.height);
    }
    check_bleed(walk, op, box, place);
    if (op->kind == OP_FILL && op->at.path.gradient) {
        for (int i = 0; i < op->at.path.gradient->count; i++)
            note_spot(walk, &op->at.path.gradient->stops[i].color, op->source);
        return;
    }
    Inks inks = inks_of(walk, &op->color);
    width *= scale;
    if (width < 5 * LEN_PT && (op->kind != OP_FILL || width > 0))
        check_line(walk, op, &inks, width, place);
}

/* ---- pictures: P1 to P3, U13 ---- */

static bool is_line_art(Arena *arena, const Image *image)
{
    DeflatedRows rows;
    return image->kind == IMAGE_PNG && image->components == 1 && !image->alpha && image_deflated(arena, image, &rows) &&
           rows.bits == 1;
}

static const char *space_of(const Image *image)
{
    return image->components == 1 ? "Gray" : image->components == 3 ? "RGB" : "CMYK";
}

static void check_picture(Walk *walk, const PaintOp *op)
{
    Preflight *preflight = walk->preflight;
    const Image *image = op->at.rect.image;
    const Ctm *m = &walk->state.ctm;
    double box[4];
    if (!image || !box_of(walk, op, box))
        return;
    double across = hypot(m->a, m->b) * op->at.rect.width, down = hypot(m->c, m->d) * op->at.rect.height;
    Arena *scratch = arena_beside(preflight->arena);
    Picture picture = {
        .width = image->upright_width,
        .height = image->upright_height,
        .profile = image->icc.size > 0,
        .page = walk->page->number,
        .ppi = fmin(image->upright_width * 72.0 * LEN_PT / across, image->upright_height * 72.0 * LEN_PT / down),
        .line_art = is_line_art(scratch, image),
        .path = image->path ? image->path : "",
        .space = space_of(image),
        .source = op->source};
    arena_free(scratch);
    const char *slash = strrchr(picture.path, '/');
    picture.path = strncmp(picture.path, "data:", 5) == 0 ? "(inline)" : slash ? slash + 1 : picture.path;
    as_len(box, picture.box);
    judge_picture(preflight, &picture);
    check_bleed(walk, op, box, picture.box);
    const Tag *figure = op->tag;
    while (figure && figure->role != TAG_FIGURE)
        figure = figure->parent;
    bool said = (op->at.rect.alt && *op->at.rect.alt) || (figure && figure->alt && *figure->alt);
    if (op->tag && !said)
        found(preflight, "U13", preflight->target->pdfua ? LEVEL_FAIL : LEVEL_WARN, picture.page, picture.box,
              op->source, "the picture %s has no text that stands for it", picture.path);
}

/* ---- the walk ---- */

static void push(Walk *walk)
{
    VEC_PUSH(walk->preflight->arena, walk->saved, walk->state);
}

static void clip(Walk *walk, const PaintOp *op)
{
    Len path[4];
    double box[4] = {0};
    push(walk);
    if (op->at.path.path->count > 0) {
        pdf_path_box(op->at.path.path, path);
        visible(walk, path[0], path[1], path[2], path[3], box);
    }
    memcpy(walk->state.clip, box, sizeof box);
}

static void transform(Walk *walk, const PaintOp *op)
{
    const Matrix *m = &op->at.matrix;
    Ctm o = walk->state.ctm, i = {factor(m->a), factor(m->b), factor(m->c), factor(m->d), m->e, m->f};
    push(walk);
    walk->state.ctm = (Ctm){i.a * o.a + i.b * o.c, i.a * o.b + i.b * o.d,       i.c * o.a + i.d * o.c,
                            i.c * o.b + i.d * o.d, i.e * o.a + i.f * o.c + o.e, i.e * o.b + i.f * o.d + o.f};
}

static void check_op(Walk *walk, const PaintOp *op)
{
    switch ((OpKind)op->kind) {
    case OP_GLYPHS:
        note_spot(walk, &op->color, op->source);
        check_glyphs(walk, op);
        break;
    case OP_RECT:
    case OP_FILL:
    case OP_STROKE:
        if (op->kind != OP_FILL || !op->at.path.gradient)
            note_spot(walk, &op->color, op->source);
        check_area(walk, op);
        break;
    case OP_IMAGE: check_picture(walk, op); break;
    case OP_CLIP: clip(walk, op); break;
    case OP_TRANSFORM: transform(walk, op); break;
    case OP_GROUP: push(walk); break;
    case OP_RESTORE:
        if (walk->saved.count > 0)
            walk->state = walk->saved.at[--walk->saved.count];
        break;
    case OP_LINK: walk->page->links++; break;
    case OP_ANCHOR:
    case OP_BOOKMARK: return;
    }
    walk->painted = walk->painted || op->kind <= OP_IMAGE;
    check_transparency(walk, op);
}

static void check_page(Walk *walk)
{
    Preflight *preflight = walk->preflight;
    PageFacts *page = walk->page;
    const PageFacts *first = &preflight->pages.at[0];
    double sides[] = {pt(page->width + 2.0 * page->bleed), pt(page->height + 2.0 * page->bleed)};
    page->empty = !walk->painted;
    if (page->empty)
        found(preflight, "P17", LEVEL_WARN, page->number, NULL, NO_SOURCE, "the page is empty");
    if (page->width != first->width || page->height != first->height)
        found(preflight, "P17", LEVEL_FAIL, page->number, NULL, NO_SOURCE,
              "the page is %.1f x %.1f mm, page 1 %.1f x %.1f mm", page->width / (double)MM(100) * 10,
              page->height / (double)MM(100) * 10, first->width / (double)MM(100) * 10,
              first->height / (double)MM(100) * 10);
    for (int i = 0; i < 2; i++)
        if (sides[i] < 3 || sides[i] > 14400)
            found(preflight, "G4", LEVEL_FAIL, page->number, NULL, NO_SOURCE, "a side of the page is %.0f pt",
                  sides[i]);
    if (page->links && !preflight->target->links) {
        page->links_left_out = page->links;
        found(preflight, "X9", LEVEL_NOTE, page->number, NULL, NO_SOURCE, "%d links of the page are not written",
              page->links);
    }
}

void preflight_page(Preflight *preflight, const DisplayPage *page, const Bitmap *inks)
{
    PageFacts facts = {.number = page->number, .width = page->width, .height = page->height, .bleed = page->bleed};
    if (page->label)
        facts.label = arena_string(preflight->arena, page->label, strlen(page->label));
    VEC_PUSH(preflight->arena, preflight->pages, facts);
    Walk walk = {.preflight = preflight,
                 .page = &preflight->pages.at[preflight->pages.count - 1],
                 .display = page,
                 .state = {{1, 0, 0, 1, 0, 0}, {-1e12, -1e12, 1e12, 1e12}}};
    double edge = page->bleed;
    double media[4] = {-edge, -edge, page->width + edge, page->height + edge};
    memcpy(walk.state.clip, media, sizeof media);
    for (int i = 0; i < page->count; i++)
        check_op(&walk, &page->ops[i]);
    check_page(&walk);
    if (inks)
        measure_inks(preflight, walk.page, inks);
}
