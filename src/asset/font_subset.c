/* The part of a font that a document uses, for embedding. */
#include "asset/font_face.h"

#include <hb-subset.h>

static void destroy_face(void *face)
{
    hb_face_destroy(face);
}

/* A variable face with its axes set, glyph numbers kept. */
static hb_face_t *instance(Arena *arena, const Font *font, const uint32_t *glyphs, int count)
{
    hb_face_t *face = font->face->hb;
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    for (int i = 0; i < count; i++)
        hb_set_add(hb_subset_input_glyph_set(input), glyphs[i]);
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_add(dropped, HB_TAG('G', 'S', 'U', 'B'));
    hb_set_add(dropped, HB_TAG('G', 'P', 'O', 'S'));
    hb_set_add(dropped, HB_TAG('G', 'D', 'E', 'F'));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_ot_var_axis_info_t axes[16];
    unsigned axis_count = 16;
    hb_ot_var_get_axis_infos(face, 0, &axis_count, axes);
    for (unsigned i = 0; i < axis_count; i++) {
        float value = axes[i].tag == HB_TAG('w', 'g', 'h', 't') && font->weight > 0    ? font->weight
                      : axes[i].tag == HB_TAG('o', 'p', 's', 'z') && font->optical > 0 ? font->optical
                                                                                       : axes[i].default_value;
        hb_subset_input_pin_axis_location(input, face, axes[i].tag, value);
    }
    hb_face_t *pinned = hb_subset_or_fail(face, input);
    hb_subset_input_destroy(input);
    if (pinned)
        arena_at_free(arena, destroy_face, pinned);
    return pinned;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return has;
}

bool font_subset(Arena *arena, const Font *font, const uint32_t *glyphs, int count, FontSubset *subset)
{
    hb_face_t *face = font->face->hb;
    if (count <= 0)
        return false;
    if (font->face->variable && !(face = instance(arena, font, glyphs, count)))
        return false;
    *subset = (FontSubset){0};
    if (has_table(face, HB_TAG('g', 'l', 'y', 'f')))
        return glyf_subset(arena, face, glyphs, count, &subset->data);
    if (!has_table(face, HB_TAG('C', 'F', 'F', ' ')))
        return false;
    subset->cff = subset->cid_keyed = true;
    return cff_subset(arena, face, glyphs, count, &subset->data);
}
