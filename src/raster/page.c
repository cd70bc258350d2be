/* A page, operation by operation, onto the planes. */
#include "raster/internal.h"

#include <math.h>

enum { MOST_PIXELS = 60000000, MOST_GROUPS = 24 };
#define SLANT 0.249 /* tan 14 degrees, as pdf has it */

/* ---- paths ---- */

static void trace(cairo_t *at, const Path *path)
{
    const CairoLibrary *cairo = cairo_library();
    cairo->new_path(at);
    cairo->set_fill_rule(at, path->even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    for (int i = 0; i < path->count; i++) {
        const PathStep *step = &path->steps[i];
        const Len *x = step->x;
        switch (step->kind) {
        case PATH_MOVE: cairo->move_to(at, x[0], x[1]); break;
        case PATH_LINE: cairo->line_to(at, x[0], x[1]); break;
        case PATH_CURVE: cairo->curve_to(at, x[0], x[1], x[2], x[3], x[4], x[5]); break;
        default: cairo->close_path(at);
        }
    }
}

static void fill_path(cairo_t *at, const void *user)
{
    trace(at, user);
    cairo_library()->fill(at);
}

typedef struct {
    double x, y, width, height;
} Box;

static void fill_box(cairo_t *at, const void *user)
{
    const Box *box = user;
    cairo_library()->new_path(at);
    cairo_library()->set_fill_rule(at, CAIRO_FILL_RULE_WINDING);
    cairo_library()->rectangle(at, box->x, box->y, box->width, box->height);
    cairo_library()->fill(at);
}

typedef struct {
    const PaintOp *op;
    double width;
} Line;

static void stroke_path(cairo_t *at, const void *user)
{
    const CairoLibrary *cairo = cairo_library();
    const Line *line = user;
    const Len *dash = line->op->at.path.dash;
    double dashes[2] = {dash[0] > 0 ? dash[0] : 0, dash[1] > 0 ? dash[1] : 0};
    trace(at, line->op->at.path.path);
    cairo->set_line_width(at, line->width);
    cairo->set_line_cap(at, line->op->at.path.round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo->set_dash(at, dashes, dashes[0] + dashes[1] > 0 ? 2 : 0, 0);
    cairo->stroke(at);
}

/* ---- text ---- */

static void glyph_move(void *user, float x, float y)
{
    cairo_library()->move_to(user, x, y);
}
static void glyph_line(void *user, float x, float y)
{
    cairo_library()->line_to(user, x, y);
}
static void glyph_curve(void *user, float x1, float y1, float x2, float y2, float x, float y)
{
    cairo_library()->curve_to(user, x1, y1, x2, y2, x, y);
}
static void glyph_close(void *user)
{
    cairo_library()->close_path(user);
}

static void trace_glyph(cairo_t *at, const GlyphRun *run, uint32_t glyph, double x, double y)
{
    static const OutlineSink sink = {glyph_move, glyph_line, glyph_curve, glyph_close};
    const CairoLibrary *cairo = cairo_library();
    double size = (double)run->size / font_units(run->font);
    double wide = run->scale > -1600 ? (1600.0 + run->scale) / 1600 : 1; /* 1/16 % */
    cairo_matrix_t matrix;
    cairo->matrix_init(&matrix, size * wide, 0, font_synthetic_italic(run->font) ? size * SLANT : 0, -size, x, y);
    cairo->save(at);
    cairo->transform(at, &matrix);
    font_outline(run->font, glyph, &sink, at);
    cairo->restore(at);
}

static void show_run(cairo_t *at, const void *user)
{
    const CairoLibrary *cairo = cairo_library();
    const PaintOp *op = user;
    const GlyphRun *run = op->at.glyphs.run;
    bool bold = op->at.glyphs.slant_bold > 0 || font_synthetic_bold(run->font);
    double width = op->at.glyphs.slant_bold > 0 ? op->at.glyphs.slant_bold : run->size / 30.0;
    int64_t pen = op->at.glyphs.x;
    cairo->set_fill_rule(at, CAIRO_FILL_RULE_WINDING);
    cairo->set_line_width(at, width);
    cairo->set_dash(at, NULL, 0, 0);
    for (int pass = 0; pass <= bold; pass++) {
        pen = op->at.glyphs.x;
        cairo->new_path(at);
        for (int i = 0; i < run->count; i++) {
            const Glyph *glyph = &run->glyphs[i];
            trace_glyph(at, run, glyph->glyph, (double)(pen + glyph->dx), (double)op->at.glyphs.y - glyph->dy);
            pen += glyph->advance;
        }
        if (pass)
            cairo->stroke(at);
        else
            cairo->fill(at);
    }
}

/* ---- operations ---- */

static void draw(Canvas *canvas, const PaintOp *op, void (*drawn)(cairo_t *at, const void *user), const void *user)
{
    Paint paint = paint_of(canvas, &op->color, false);
    if (pdf_overprints_at(canvas->raster->writer, op, canvas->scale))
        paint_overprint(canvas, &paint);
    fill_paint(canvas, &paint, drawn, user);
}

static void thicken(double *at, double *size, double least)
{
    if (*size < least) {
        *at -= (least - *size) / 2;
        *size = least;
    }
}

static void draw_rect(Canvas *canvas, const PaintOp *op)
{
    Box box = {op->at.rect.x, op->at.rect.y, op->at.rect.width, op->at.rect.height};
    double least = pdf_least_line_at(canvas->raster->writer, canvas->scale);
    if (box.width <= 0 || box.height <= 0)
        return;
    thicken(&box.x, &box.width, least);
    thicken(&box.y, &box.height, least);
    draw(canvas, op, fill_box, &box);
}

static void draw_stroke(Canvas *canvas, const PaintOp *op)
{
    Line line = {op, len_max(op->at.path.line_width, pdf_least_line_at(canvas->raster->writer, canvas->scale))};
    if (op->at.path.path->count > 0 && op->at.path.line_width > 0)
        draw(canvas, op, stroke_path, &line);
}

static void draw_fill(Canvas *canvas, const PaintOp *op)
{
    if (op->at.path.path->count == 0)
        return;
    if (op->at.path.gradient)
        fill_gradient(canvas, op->at.path.gradient, fill_path, op->at.path.path);
    else
        draw(canvas, op, fill_path, op->at.path.path);
}

/* ---- what lasts until OP_RESTORE ---- */

static void push(Canvas *canvas, Pushed pushed)
{
    pushed.scale = canvas->scale;
    VEC_PUSH(canvas->arena, canvas->pushed, pushed);
}

static void begin_clip(Canvas *canvas, const PaintOp *op)
{
    const CairoLibrary *cairo = cairo_library();
    for (int s = 0; s < canvas->surfaces; s++) {
        cairo->save(canvas->at[s]);
        trace(canvas->at[s], op->at.path.path);
        cairo->clip(canvas->at[s]);
    }
    push(canvas, (Pushed){.kind = PUSHED_STATE});
}

static void begin_transform(Canvas *canvas, const PaintOp *op)
{
    const CairoLibrary *cairo = cairo_library();
    const Matrix *m = &op->at.matrix;
    cairo_matrix_t matrix;
    cairo->matrix_init(&matrix, (double)m->a / RATIO_ONE, (double)m->b / RATIO_ONE, (double)m->c / RATIO_ONE,
                       (double)m->d / RATIO_ONE, m->e, m->f);
    for (int s = 0; s < canvas->surfaces; s++) {
        cairo->save(canvas->at[s]);
        if (m->a * (int64_t)m->d != m->b * (int64_t)m->c)
            cairo->transform(canvas->at[s], &matrix);
        else { /* nothing is left to be seen */
            cairo->new_path(canvas->at[s]);
            cairo->clip(canvas->at[s]);
        }
    }
    push(canvas, (Pushed){.kind = PUSHED_STATE});
    canvas->scale *= sqrt(fabs((double)m->a * m->d - (double)m->b * m->c)) / RATIO_ONE;
}

static void begin_group(Canvas *canvas, const PaintOp *op)
{
    int32_t opacity = op->at.group.opacity;
    uint16_t blend = op->at.group.blend == KW_NORMAL ? 0 : op->at.group.blend;
    if ((opacity >= RATIO_ONE && blend == 0) || canvas->groups >= MOST_GROUPS) {
        push(canvas, (Pushed){.kind = PUSHED_NOTHING});
        return;
    }
    for (int s = 0; s < canvas->surfaces; s++)
        cairo_library()->push_group(canvas->at[s]);
    canvas->groups++;
    push(canvas, (Pushed){PUSHED_GROUP, blend, opacity < 0 ? 0 : fmin((double)opacity / RATIO_ONE, 1), 0});
}

static cairo_operator_t operator_of(uint16_t blend)
{
    switch (blend) {
    case KW_MULTIPLY: return CAIRO_OPERATOR_MULTIPLY;
    case KW_SCREEN: return CAIRO_OPERATOR_SCREEN;
    case KW_OVERLAY: return CAIRO_OPERATOR_OVERLAY;
    case KW_DARKEN: return CAIRO_OPERATOR_DARKEN;
    case KW_LIGHTEN: return CAIRO_OPERATOR_LIGHTEN;
    case KW_COLOR_DODGE: return CAIRO_OPERATOR_COLOR_DODGE;
    case KW_COLOR_BURN: return CAIRO_OPERATOR_COLOR_BURN;
    case KW_HARD_LIGHT: return CAIRO_OPERATOR_HARD_LIGHT;
    case KW_SOFT_LIGHT: return CAIRO_OPERATOR_SOFT_LIGHT;
    case KW_DIFFERENCE: return CAIRO_OPERATOR_DIFFERENCE;
    case KW_EXCLUSION: return CAIRO_OPERATOR_EXCLUSION;
    case KW_HUE: return CAIRO_OPERATOR_HSL_HUE;
    case KW_SATURATION: return CAIRO_OPERATOR_HSL_SATURATION;
    case KW_COLOR: return CAIRO_OPERATOR_HSL_COLOR;
    case KW_LUMINOSITY: return CAIRO_OPERATOR_HSL_LUMINOSITY;
    default: return CAIRO_OPERATOR_OVER;
    }
}

/* ISO 32000-1 11.3.5.3: black is that of the backdrop for hue, saturation and colour, that of the source for luminosity. */
static cairo_operator_t operator_on(uint16_t blend, int surface)
{
    cairo_operator_t made = operator_of(blend);
    if (surface == 0 || made < CAIRO_OPERATOR_HSL_HUE)
        return made;
    return made == CAIRO_OPERATOR_HSL_LUMINOSITY ? CAIRO_OPERATOR_OVER : CAIRO_OPERATOR_DEST;
}

static void restore(Canvas *canvas)
{
    const CairoLibrary *cairo = cairo_library();
    if (canvas->pushed.count == 0)
        return;
    Pushed top = canvas->pushed.at[--canvas->pushed.count];
    for (int s = 0; s < canvas->surfaces && top.kind != PUSHED_NOTHING; s++) {
        cairo_t *at = canvas->at[s];
        if (top.kind == PUSHED_STATE) {
            cairo->restore(at);
            continue;
        }
        cairo->pop_group_to_source(at);
        cairo->set_operator(at, operator_on(top.blend, s));
        cairo->paint_with_alpha(at, top.opacity);
        cairo->set_operator(at, CAIRO_OPERATOR_OVER);
    }
    canvas->scale = top.scale;
    canvas->groups -= top.kind == PUSHED_GROUP;
}

static void draw_op(Canvas *canvas, const PaintOp *op)
{
    switch ((OpKind)op->kind) {
    case OP_RECT: draw_rect(canvas, op); break;
    case OP_FILL: draw_fill(canvas, op); break;
    case OP_STROKE: draw_stroke(canvas, op); break;
    case OP_GLYPHS: draw(canvas, op, show_run, op); break;
    case OP_IMAGE: draw_picture(canvas, op); break;
    case OP_CLIP: begin_clip(canvas, op); break;
    case OP_GROUP: begin_group(canvas, op); break;
    case OP_TRANSFORM: begin_transform(canvas, op); break;
    case OP_RESTORE: restore(canvas); break;
    case OP_LINK:
    case OP_ANCHOR:
    case OP_BOOKMARK: break;
    }
}

/* ---- the page ---- */

/* Every ink of the page has its plane before the first is drawn. */
static void find_spots(Raster *raster, const DisplayPage *page)
{
    for (int i = 0; i < page->count; i++) {
        const PaintOp *op = &page->ops[i];
        bool colored = op->kind == OP_RECT || op->kind == OP_STROKE || op->kind == OP_GLYPHS || op->kind == OP_FILL;
        const Gradient *gradient = op->kind == OP_FILL ? op->at.path.gradient : NULL;
        for (int k = 0; gradient && k < gradient->count; k++)
            if (gradient->stops[k].color.space == COLOR_SPOT)
                raster_spot(raster, &gradient->stops[k].color);
        if (colored && !gradient && op->color.space == COLOR_SPOT &&
            !(op->color.spot && text_equal_nocase(op->color.spot, "All")))
            raster_spot(raster, &op->color);
    }
}

static void destroy_cairo(void *object)
{
    cairo_library()->destroy(object);
}
static void destroy_surface(void *object)
{
    cairo_library()->surface_destroy(object);
}

static bool open_surface(Canvas *canvas, const Bitmap *bitmap, cairo_surface_t **surface, int s)
{
    const CairoLibrary *cairo = cairo_library();
    double scale = bitmap->ppi / (72.0 * LEN_PT);
    *surface = cairo->image_surface_create(CAIRO_FORMAT_RGB24, bitmap->width, bitmap->height);
    arena_at_free(canvas->arena, destroy_surface, *surface);
    canvas->at[s] = cairo->create(*surface);
    arena_at_free(canvas->arena, destroy_cairo, canvas->at[s]);
    cairo->set_source_rgb(canvas->at[s], 1, 1, 1);
    cairo->paint(canvas->at[s]);
    cairo->scale(canvas->at[s], scale, scale);
    cairo->translate(canvas->at[s], bitmap->margin, bitmap->margin);
    return cairo->status(canvas->at[s]) == CAIRO_STATUS_SUCCESS;
}

static void read_surface(const Bitmap *bitmap, cairo_surface_t *surface, int s)
{
    const CairoLibrary *cairo = cairo_library();
    cairo->surface_flush(surface);
    const unsigned char *rows = cairo->image_surface_get_data(surface);
    int stride = cairo->image_surface_get_stride(surface),
        planes = bitmap->count - 3 * s < 3 ? bitmap->count - 3 * s : 3;
    for (int y = 0; y < bitmap->height; y++) {
        uint8_t *to = bitmap->data + (size_t)y * (size_t)bitmap->width * (size_t)bitmap->count + 3 * s;
        for (int x = 0; x < bitmap->width; x++, to += bitmap->count) {
            uint32_t pixel;
            memcpy(&pixel, rows + (size_t)y * (size_t)stride + 4 * (size_t)x, 4);
            for (int i = 0; i < planes; i++) {
                uint8_t light = (uint8_t)(pixel >> (16 - 8 * i));
                to[i] = bitmap->press ? (uint8_t)(255 - light) : light;
            }
        }
    }
}

static int pixels_of(Len length, int ppi)
{
    int64_t pixels = ((int64_t)length * ppi + 72 * LEN_PT - 1) / (72 * LEN_PT);
    return pixels < 1 ? 1 : pixels > 30000 ? 30000 : (int)pixels;
}

static Bitmap *make_bitmap(Raster *raster, Arena *arena, const DisplayPage *page, int ppi, Len margin)
{
    static const char *const light[] = {"Red", "Green", "Blue"}, *const inks[] = {"Cyan", "Magenta", "Yellow", "Black"};
    Bitmap *bitmap = NEW(arena, Bitmap);
    *bitmap = (Bitmap){.ppi = ppi, .margin = margin, .press = raster->press};
    for (;; bitmap->ppi = bitmap->ppi * 2 / 3) {
        bitmap->width = pixels_of(len_add(page->width, 2 * margin), bitmap->ppi);
        bitmap->height = pixels_of(len_add(page->height, 2 * margin), bitmap->ppi);
        if ((int64_t)bitmap->width * bitmap->height <= MOST_PIXELS || bitmap->ppi < 2)
            break;
    }
    bitmap->count = raster->press ? PROCESS_INKS + raster->spot_count : 3;
    for (int i = 0; i < bitmap->count; i++)
        bitmap->names[i] = !raster->press     ? light[i]
                           : i < PROCESS_INKS ? inks[i]
                                              : raster->spots[i - PROCESS_INKS].spot;
    bitmap->data = arena_alloc(arena, (size_t)bitmap->width * (size_t)bitmap->height * (size_t)bitmap->count);
    return bitmap;
}

static bool draw_page(Raster *raster, Arena *scratch, const DisplayPage *page, const Bitmap *bitmap)
{
    cairo_surface_t *surfaces[SURFACES];
    Canvas canvas = {
        .scale = 1, .raster = raster, .arena = scratch, .planes = bitmap->count, .surfaces = (bitmap->count + 2) / 3};
    for (int s = 0; s < canvas.surfaces; s++)
        if (!open_surface(&canvas, bitmap, &surfaces[s], s))
            return false;
    for (int i = 0; i < page->count; i++)
        draw_op(&canvas, &page->ops[i]);
    while (canvas.pushed.count > 0)
        restore(&canvas);
    for (int s = 0; s < canvas.surfaces; s++) {
        if (cairo_library()->status(canvas.at[s]) != CAIRO_STATUS_SUCCESS)
            return false;
        read_surface(bitmap, surfaces[s], s);
    }
    return true;
}

const Bitmap *raster_page(Raster *raster, Arena *arena, const DisplayPage *page, int ppi, Len margin)
{
    if (!cairo_library()) {
        diag_warn(raster->diag, "library-missing", NO_SOURCE, "to draw pages cairo must be installed");
        return NULL;
    }
    if (raster->press)
        find_spots(raster, page);
    Bitmap *bitmap = make_bitmap(raster, arena, page, ppi, margin);
    Arena *scratch = arena_beside(arena);
    bool fine = draw_page(raster, scratch, page, bitmap);
    arena_free(scratch);
    if (!fine)
        diag_warn(raster->diag, "raster-failed", NO_SOURCE, "page %d could not be drawn", page->number);
    return fine ? bitmap : NULL;
}

Raster *raster_new(Arena *arena, PdfWriter *writer, Diag *diag)
{
    Raster *raster = NEW(arena, Raster);
    *raster = (Raster){.arena = arena, .writer = writer, .diag = diag, .press = pdf_for_press(writer)};
    raster->profile = pdf_target_of(writer)->profile;
    return raster;
}
