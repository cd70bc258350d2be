/* Text to positioned glyphs, by HarfBuzz. */
#include "asset/font_face.h"

enum { FEATURES_MOST = 32 };

static void fill_buffer(hb_buffer_t *buffer, const ShapeRequest *request)
{
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, request->text, (int)request->size, request->from, (int)(request->to - request->from));
    hb_buffer_set_direction(buffer, request->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, hb_script_from_iso15924_tag(request->script));
    hb_buffer_set_language(buffer,
                           request->language ? hb_language_from_string(request->language, -1) : HB_LANGUAGE_INVALID);
    unsigned flags = HB_BUFFER_FLAG_DEFAULT;
    if (request->from == 0)
        flags |= HB_BUFFER_FLAG_BOT;
    if (request->to == request->size)
        flags |= HB_BUFFER_FLAG_EOT;
    hb_buffer_set_flags(buffer, (hb_buffer_flags_t)flags);
}

static unsigned parse_features(const ShapeRequest *request, hb_feature_t *features)
{
    unsigned count = 0;
    for (int i = 0; i < request->feature_count && count < FEATURES_MOST; i++)
        count += hb_feature_from_string(request->features[i], -1, &features[count]) ? 1 : 0;
    return count;
}

static Len to_len(const Font *font, int units, Len size)
{
    int64_t product = (int64_t)units * size, half = font->units / 2;
    return len_clamp((product + (product < 0 ? -half : half)) / font->units);
}

int font_shape(Arena *arena, const Font *font, Len size, const ShapeRequest *request, Glyph **glyphs)
{
    hb_buffer_t *buffer = font->set->buffer;
    hb_feature_t features[FEATURES_MOST];
    fill_buffer(buffer, request);
    hb_shape(font->hb, buffer, features, parse_features(request, features));
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, &count);
    Glyph *out = NEW_ARRAY(arena, Glyph, count);
    for (unsigned i = 0; i < count; i++) {
        unsigned from = request->rtl ? count - 1 - i : i;
        out[i] = (Glyph){
            .glyph = info[from].codepoint,
            .cluster = info[from].cluster,
            .advance = to_len(font, position[from].x_advance, size),
            .dx = to_len(font, position[from].x_offset, size),
            .dy = to_len(font, position[from].y_offset, size),
            .unsafe = (hb_glyph_info_get_glyph_flags(&info[from]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
        };
    }
    *glyphs = out;
    return (int)count;
}
