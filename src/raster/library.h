/* cairo's functions, found when the first page is drawn. */
#ifndef N2P_RASTER_LIBRARY_H
#define N2P_RASTER_LIBRARY_H

#include <cairo.h>
#include <stdbool.h>

// clang-format off
#define CAIRO_FUNCTIONS(DO) \
    DO(create) DO(destroy) DO(status) DO(save) DO(restore) DO(push_group) DO(pop_group_to_source) DO(set_operator) \
    DO(set_source_rgb) DO(set_source_rgba) DO(set_source) DO(set_source_surface) DO(get_source) DO(set_line_width) \
    DO(set_line_cap) DO(set_dash) DO(set_fill_rule) DO(translate) DO(scale) DO(transform) DO(user_to_device_distance) \
    DO(new_path) DO(move_to) DO(line_to) DO(curve_to) DO(close_path) DO(rectangle) DO(clip) DO(paint) \
    DO(paint_with_alpha) DO(fill) DO(stroke) DO(matrix_init) DO(matrix_invert) DO(pattern_create_linear) \
    DO(pattern_create_radial) DO(pattern_add_color_stop_rgba) DO(pattern_set_matrix) DO(pattern_set_extend) \
    DO(pattern_set_filter) DO(pattern_destroy) DO(image_surface_create) DO(image_surface_create_for_data) \
    DO(image_surface_get_data) DO(image_surface_get_stride) DO(surface_flush) DO(surface_destroy) DO(surface_status)
// clang-format on
#define CAIRO_MEMBER(name) __typeof__(&cairo_##name) name;
typedef struct {
    CAIRO_FUNCTIONS(CAIRO_MEMBER)
    bool loaded;
} CairoLibrary;

const CairoLibrary *cairo_library(void); /* NULL: it isn't there */

#endif
