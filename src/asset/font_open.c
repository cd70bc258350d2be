/* Faces opened, and what they say of themselves. OpenType 1.9: OS/2, hhea, post; css-inline-3 A. */
#include "asset/font_face.h"

#include <stdlib.h>

enum { FONT_FILE_MOST = 256 << 20 };

static void destroy_face(void *face)
{
    hb_face_destroy(face);
}

static void destroy_font(void *font)
{
    hb_font_destroy(font);
}

static bool refuse(FontSet *set, Face *face, const char *why)
{
    face->broken = true;
    if (set->diag)
        diag_warn(set->diag, "font-unusable", (Source){face->what.path, 0, 0}, "the font can't be used: %s", why);
    return false;
}

static bool is_sfnt(Bytes data)
{
    static const char *const tags[] = {"\0\1\0\0", "OTTO", "true", "ttcf"};
    for (int i = 0; i < 4 && data.size >= 12; i++)
        if (memcmp(data.data, tags[i], 4) == 0)
            return true;
    return false;
}

static const char *load(FontSet *set, Face *face)
{
    FileStatus status = file_map(set->arena, face->what.path, FONT_FILE_MOST, &face->data);
    if (status == FILE_MISSING)
        return "there is no such file";
    if (status != FILE_OK)
        return "it can't be read";
    if (face->data.size > 4 && memcmp(face->data.data, "wOF2", 4) == 0)
        return "WOFF2 is not supported; give a TTF, OTF or WOFF file";
    if (face->data.size > 4 && memcmp(face->data.data, "wOFF", 4) == 0 &&
        !woff_decode(set->arena, face->data, &face->data))
        return "the WOFF file is damaged";
    return is_sfnt(face->data) ? NULL : "it is no TrueType or OpenType font";
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return has;
}

bool face_open(FontSet *set, Face *face)
{
    if (face->opened || face->broken)
        return face->opened;
    if (!face->what.path && (!face->what.local || !set->system_fonts || !system_local(set, face->what.local, face))) {
        face->broken = true; /* not here: css-fonts-4 4.3 goes on to the next source without a word */
        return false;
    }
    const char *why = load(set, face);
    if (why)
        return refuse(set, face, why);
    hb_blob_t *blob = hb_blob_create(face->data.data, (unsigned)face->data.size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    face->hb = hb_face_create(blob, (unsigned)face->what.face);
    hb_blob_destroy(blob);
    arena_at_free(set->arena, destroy_face, face->hb);
    if (hb_face_get_glyph_count(face->hb) == 0)
        return refuse(set, face, "it has no glyphs");
    if (!has_table(face->hb, HB_TAG('g', 'l', 'y', 'f')) && !has_table(face->hb, HB_TAG('C', 'F', 'F', ' ')))
        return refuse(set, face,
                      has_table(face->hb, HB_TAG('C', 'F', 'F', '2'))
                          ? "CFF2 outlines are not supported; give a static or TrueType version"
                          : "it has no outlines");
    face->variable = hb_ot_var_has_data(face->hb);
    return face->opened = true;
}

/* ---- metrics ---- */
static const uint8_t *table(const Font *font, const char *tag, unsigned least, hb_blob_t **blob)
{
    unsigned size;
    *blob = hb_face_reference_table(font->face->hb, hb_tag_from_string(tag, 4));
    const char *data = hb_blob_get_data(*blob, &size);
    return size >= least ? (const uint8_t *)data : NULL;
}

static int signed16(const uint8_t *at)
{
    return (int16_t)(at[0] << 8 | at[1]);
}

static int unsigned16(const uint8_t *at)
{
    return at[0] << 8 | at[1];
}

/* Ascent, descent and gap as browsers take them: typo if USE_TYPO_METRICS is set, else hhea, else typo, else win. */
static void read_line_metrics(Font *font, const uint8_t *os2, const uint8_t *hhea)
{
    bool typo = os2 && unsigned16(os2 + 62) & 1 << 7;
    if (!typo && hhea && (signed16(hhea + 4) || signed16(hhea + 6))) {
        font->ascent = signed16(hhea + 4);
        font->descent = -signed16(hhea + 6);
        font->line_gap = signed16(hhea + 8);
    } else if (os2 && (signed16(os2 + 68) || signed16(os2 + 70))) {
        font->ascent = signed16(os2 + 68);
        font->descent = -signed16(os2 + 70);
        font->line_gap = signed16(os2 + 72);
    } else if (os2) {
        font->ascent = unsigned16(os2 + 74);
        font->descent = unsigned16(os2 + 76);
    }
    if (font->ascent + font->descent <= 0) {
        font->ascent = font->units * 4 / 5;
        font->descent = font->units / 5;
    }
    if (font->line_gap < 0)
        font->line_gap = 0;
}

static int glyph_top(const Font *font, uint32_t codepoint)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t box;
    if (!hb_font_get_nominal_glyph(font->hb, codepoint, &glyph) || !hb_font_get_glyph_extents(font->hb, glyph, &box))
        return 0;
    return box.y_bearing;
}

static void read_metrics(Font *font)
{
    hb_blob_t *os2_blob, *hhea_blob, *post_blob;
    const uint8_t *os2 = table(font, "OS/2", 78, &os2_blob), *hhea = table(font, "hhea", 36, &hhea_blob),
                  *post = table(font, "post", 12, &post_blob);
    read_line_metrics(font, os2, hhea);
    bool heights = os2 && unsigned16(os2) >= 2 && hb_blob_get_length(os2_blob) >= 96;
    font->x_height = heights ? signed16(os2 + 86) : 0;
    font->cap_height = heights ? signed16(os2 + 88) : 0;
    if (font->x_height <= 0)
        font->x_height = glyph_top(font, 'x');
    if (font->cap_height <= 0)
        font->cap_height = glyph_top(font, 'H');
    if (font->x_height <= 0)
        font->x_height = font->units / 2;
    if (font->cap_height <= 0)
        font->cap_height = font->units * 7 / 10;
    font->underline_thickness = post ? signed16(post + 10) : 0;
    font->underline_offset = post ? -signed16(post + 8) : 0; /* post: top of the line, from the baseline up */
    if (font->underline_thickness <= 0)
        font->underline_thickness = font->units / 20;
    font->underline_offset =
        post && font->underline_offset > 0 ? font->underline_offset + font->underline_thickness / 2 : font->units / 10;
    font->strike_thickness = os2 && signed16(os2 + 26) > 0 ? signed16(os2 + 26) : font->underline_thickness;
    font->strike_offset =
        os2 && signed16(os2 + 28) > 0 ? signed16(os2 + 28) - font->strike_thickness / 2 : font->x_height / 2;
    hb_blob_destroy(os2_blob);
    hb_blob_destroy(hhea_blob);
    hb_blob_destroy(post_blob);
    font->space = font_glyph(font, ' ');
    font->zero = font_glyph(font, '0');
    font->ideograph = font_glyph(font, 0x6C34);
}

/* ---- a font: a face with a slant, a weight and a place on its axes ---- */
static void set_variations(Font *font)
{
    hb_variation_t axes[3];
    unsigned count = 0;
    if (font->weight > 0)
        axes[count++] = (hb_variation_t){HB_TAG('w', 'g', 'h', 't'), font->weight};
    if (font->optical > 0)
        axes[count++] = (hb_variation_t){HB_TAG('o', 'p', 's', 'z'), font->optical};
    hb_font_set_variations(font->hb, axes, count);
}

static float on_axis(const Face *face, hb_tag_t tag, float value)
{
    hb_ot_var_axis_info_t axis;
    if (!face->variable || !hb_ot_var_find_axis_info(face->hb, tag, &axis))
        return 0;
    return value < axis.min_value ? axis.min_value : value > axis.max_value ? axis.max_value : value;
}

const Font *face_font(FontSet *set, Face *face, const FontRequest *wanted)
{
    if (!face_open(set, face))
        return NULL;
    float weight = on_axis(face, HB_TAG('w', 'g', 'h', 't'), (float)wanted->weight);
    float optical =
        wanted->optical ? on_axis(face, HB_TAG('o', 'p', 's', 'z'), (float)((wanted->size + LEN_PX / 2) / LEN_PX)) : 0;
    int heaviest = weight > 0 ? (int)weight : face->what.weight_max;
    bool bold = wanted->weight >= 600 && heaviest < 600, italic = wanted->italic && !face->what.italic;
    for (Font *font = face->fonts; font; font = font->next)
        if (font->bold == bold && font->italic == italic && font->weight == weight &&
            font->optical == optical) // NOLINT: same value or not
            return font;
    Font *font = NEW(set->arena, Font);
    *font = (Font){.set = set,
                   .face = face,
                   .next = face->fonts,
                   .bold = bold,
                   .italic = italic,
                   .weight = weight,
                   .optical = optical};
    font->hb = hb_font_create(face->hb);
    arena_at_free(set->arena, destroy_font, font->hb);
    font->units = (int)hb_face_get_upem(face->hb);
    hb_font_set_scale(font->hb, font->units, font->units);
    if (face->variable)
        set_variations(font);
    read_metrics(font);
    return face->fonts = font;
}

/* ---- what is asked of a font ---- */
uint32_t font_glyph(const Font *font, uint32_t codepoint)
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(font->hb, codepoint, &glyph) ? glyph : 0;
}

bool font_has(const Font *font, uint32_t codepoint)
{
    return face_in_range(font->face, codepoint) && font_glyph(font, codepoint) != 0;
}

static Len scaled(const Font *font, int units, Len size)
{
    return len_scale(size, units, font->units);
}

FontMetrics font_metrics(const Font *font, Len size)
{
    int32_t space = font->space ? font_advance_units(font, font->space) : font->units / 4;
    return (FontMetrics){
        .ascent = scaled(font, font->ascent, size),
        .descent = scaled(font, font->descent, size),
        .line_gap = scaled(font, font->line_gap, size),
        .x_height = scaled(font, font->x_height, size),
        .cap_height = scaled(font, font->cap_height, size),
        .underline_offset = scaled(font, font->underline_offset, size),
        .underline_thickness = scaled(font, font->underline_thickness, size),
        .strike_offset = scaled(font, font->strike_offset, size),
        .strike_thickness = scaled(font, font->strike_thickness, size),
        .zero_advance = scaled(font, font->zero ? font_advance_units(font, font->zero) : font->units / 2, size),
        .ideograph_advance = font->ideograph ? scaled(font, font_advance_units(font, font->ideograph), size) : size,
        .space_advance = scaled(font, space, size),
    };
}

bool font_glyph_extents(const Font *font, Len size, uint32_t glyph, Len *left, Len *top, Len *width, Len *height)
{
    hb_glyph_extents_t box;
    if (!hb_font_get_glyph_extents(font->hb, glyph, &box))
        return false;
    *left = scaled(font, box.x_bearing, size);
    *top = scaled(font, box.y_bearing, size);
    *width = scaled(font, box.width, size);
    *height = scaled(font, -box.height, size);
    return true;
}

int32_t font_advance_units(const Font *font, uint32_t glyph)
{
    return hb_font_get_glyph_h_advance(font->hb, glyph);
}

const char *font_name(const Font *font)
{
    char name[128];
    unsigned size = sizeof name;
    if (hb_ot_name_get_utf8(font->face->hb, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name) == 0 ||
        size == 0)
        return "Unnamed";
    return arena_string(font->set->arena, name, size);
}

const char *font_path(const Font *font)
{
    return font->face->what.path;
}
int font_units(const Font *font)
{
    return font->units;
}
bool font_synthetic_bold(const Font *font)
{
    return font->bold;
}
bool font_synthetic_italic(const Font *font)
{
    return font->italic;
}

static int per_thousand(const Font *font, int units)
{
    return (int)len_scale(units, 1000, font->units);
}

/* ISO 32000-2 table 121; fsType by OpenType, OS/2: restricted (2) and bitmap only (0x200) forbid. */
FontDescription font_describe(const Font *font)
{
    hb_blob_t *os2_blob, *head_blob, *post_blob;
    const uint8_t *os2 = table(font, "OS/2", 78, &os2_blob), *head = table(font, "head", 54, &head_blob),
                  *post = table(font, "post", 16, &post_blob);
    FontDescription d = {.ascent = per_thousand(font, font->ascent),
                         .descent = -per_thousand(font, font->descent),
                         .cap_height = per_thousand(font, font->cap_height)};
    d.weight = font->weight > 0 ? (int)font->weight : os2 ? unsigned16(os2 + 4) : 400;
    for (int i = 0; head && i < 4; i++)
        d.bbox[i] = per_thousand(font, signed16(head + 36 + 2 * i));
    d.italic_angle = post ? signed16(post + 4) : 0;
    bool fixed = post && (post[12] | post[13] | post[14] | post[15]);
    int family = os2 ? signed16(os2 + 30) >> 8 : 0;                     /* sFamilyClass: 1..5, 7 serif */
    bool panose = os2 && os2[32] == 2 && os2[33] >= 2 && os2[33] <= 10; /* Latin text, any kind of serif */
    bool serif = family ? (family >= 1 && family <= 5) || family == 7 : panose;
    d.flags = 4 | (fixed ? 1 : 0) | (serif ? 2 : 0) | (d.italic_angle ? 64 : 0);
    int type = os2 ? unsigned16(os2 + 8) : 0;
    d.embeddable = (type & 0xE) != 2 && !(type & 0x200);
    hb_blob_destroy(os2_blob);
    hb_blob_destroy(head_blob);
    hb_blob_destroy(post_blob);
    return d;
}
