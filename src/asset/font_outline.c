/* Outlines of glyphs, as HarfBuzz draws them: variations and composites are in them. */
#include "asset/font_face.h"

#include <pthread.h>

typedef struct {
    const OutlineSink *sink;
    void *user;
} Pen;

static void move_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    const Pen *pen = data;
    pen->sink->move(pen->user, x, y);
}

static void line_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    const Pen *pen = data;
    pen->sink->line(pen->user, x, y);
}

static void curve_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2, float y2,
                     float x, float y, void *user)
{
    (void)funcs, (void)state, (void)user;
    const Pen *pen = data;
    pen->sink->curve(pen->user, x1, y1, x2, y2, x, y);
}

static void close_path(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user)
{
    (void)funcs, (void)state, (void)user;
    const Pen *pen = data;
    pen->sink->close(pen->user);
}

static hb_draw_funcs_t *functions;

/* Quadratic curves come as cubic ones: HarfBuzz does that. */
static void make_functions(void)
{
    functions = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(functions, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(functions, line_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(functions, curve_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(functions, close_path, NULL, NULL);
    hb_draw_funcs_make_immutable(functions);
}

void font_outline(const Font *font, uint32_t glyph, const OutlineSink *sink, void *user)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    Pen pen = {sink, user};
    pthread_once(&once, make_functions);
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(font->hb, glyph, functions, &pen);
#else
    hb_font_get_glyph_shape(font->hb, glyph, functions, &pen);
#endif
}
