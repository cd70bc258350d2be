/* Fonts of the file. See pdf_font.h. */
#include "pdf/pdf_font.h"

#include <stdio.h>

enum { VARIANTS = 4, PAGE = 256 };

typedef struct Said {
    struct Said *more;
    uint8_t size;
    char text[LONGEST_GLYPH_TEXT];
} Said; /* the texts of a glyph: the n-th is variant n's */
typedef struct {
    uint32_t glyph;
    int16_t width;
    Said said;
} Used;

struct PdfFont {
    PdfFont *next;
    const Font *font;
    uint16_t *pages[PAGE]; /* glyph -> code, in pages */
    VEC(Used) used;        /* by code */
    PdfQuick quick[128];
    int resource[VARIANTS]; /* 0: not used; else resource + 1 */
};
struct PdfFonts {
    Arena *arena;
    PdfFile *file;
    PdfObjects *objects;
    bool cid_sets;
    Diag *diag;
    PdfFont *first, *last, *latest;
    VEC(Ref) refs; /* by resource */
};

PdfFonts *pdf_fonts_new(Arena *arena, PdfFile *file, PdfObjects *objects, bool cid_sets, Diag *diag)
{
    PdfFonts *fonts = NEW(arena, PdfFonts);
    fonts->arena = arena;
    fonts->file = file;
    fonts->objects = objects;
    fonts->cid_sets = cid_sets;
    fonts->diag = diag;
    return fonts;
}

static int width_of(const Font *font, uint32_t glyph)
{
    int64_t units = font_units(font) > 0 ? font_units(font) : 1000;
    int64_t width = ((int64_t)font_advance_units(font, glyph) * 1000 + units / 2) / units;
    return (int)(width < 0 ? 0 : width > 32000 ? 32000 : width);
}

static Used *new_code(PdfFonts *fonts, PdfFont *font, uint32_t glyph)
{
    VEC_PUSH(fonts->arena, font->used, ((Used){.glyph = glyph, .width = (int16_t)width_of(font->font, glyph)}));
    return &font->used.at[font->used.count - 1];
}

PdfFont *pdf_font_of(PdfFonts *fonts, const Font *face)
{
    if (fonts->latest && fonts->latest->font == face)
        return fonts->latest;
    PdfFont *font = fonts->first;
    while (font && font->font != face)
        font = font->next;
    if (!font) {
        font = NEW(fonts->arena, PdfFont);
        font->font = face;
        if (fonts->last)
            fonts->last->next = font;
        else
            fonts->first = font;
        fonts->last = font;
        new_code(fonts, font, 0);
    }
    fonts->latest = font;
    return font;
}

static uint16_t code_of(PdfFonts *fonts, PdfFont *font, uint32_t glyph)
{
    if (glyph == 0 || glyph > 0xFFFF)
        return 0;
    uint16_t **page = &font->pages[glyph / PAGE];
    if (!*page)
        *page = NEW_ARRAY(fonts->arena, uint16_t, PAGE);
    uint16_t *code = *page + glyph % PAGE;
    if (*code == 0) {
        *code = (uint16_t)font->used.count;
        new_code(fonts, font, glyph);
    }
    return *code;
}

PdfGlyph pdf_font_glyph(PdfFonts *fonts, PdfFont *font, uint32_t glyph, const char *text, size_t size)
{
    uint16_t code = code_of(fonts, font, glyph);
    Used *used = &font->used.at[code];
    PdfGlyph found = {code, 0, used->width};
    Said *said = &used->said;
    if (glyph == 0) /* it stands for any character that no font has: no code can say which */
        *said = (Said){.size = 3, .text = "\xEF\xBF\xBD"};
    if (size == 0)
        return found;
    if (glyph == 0 || size > LONGEST_GLYPH_TEXT) {
        found.variant = -1;
        return found;
    }
    for (int variant = 0; variant < VARIANTS; variant++) {
        if (said->size == 0) {
            said->size = (uint8_t)size;
            memcpy(said->text, text, size);
        }
        if (said->size == size && memcmp(said->text, text, size) == 0) {
            found.variant = (int8_t)variant;
            return found;
        }
        if (!said->more && variant + 1 < VARIANTS)
            said->more = NEW(fonts->arena, Said);
        said = said->more;
    }
    found.variant = -1;
    return found;
}

PdfQuick *pdf_font_quick(PdfFont *font)
{
    return font->quick;
}

int pdf_font_resource(PdfFonts *fonts, PdfFont *font, int variant)
{
    if (font->resource[variant] == 0) {
        VEC_PUSH(fonts->arena, fonts->refs, pdf_reserve(fonts->file));
        font->resource[variant] = fonts->refs.count;
    }
    return font->resource[variant] - 1;
}

Ref pdf_font_ref(const PdfFonts *fonts, int resource)
{
    return fonts->refs.at[resource];
}

/* Unicode's Default_Ignorable_Code_Point, by ranges. */
bool pdf_is_ignorable(uint32_t c)
{
    static const uint32_t ranges[][2] = {{0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C},  {0x115F, 0x1160},
                                         {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F},  {0x202A, 0x202E},
                                         {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},  {0xFEFF, 0xFEFF},
                                         {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0xE0000, 0xE0FFF}};
    for (size_t i = 0; c >= 0xAD && i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return false;
}

/* Spaces of any width are a space to who searches and copies; joiners and selectors stay inside a cluster. */
static uint32_t plain(uint32_t c)
{
    bool space =
        c == 0xA0 || c == 0x202F || c == 0x2007 || c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
    return space ? ' ' : c;
}

static bool shows(uint32_t c)
{
    bool stays = c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
    return c >= ' ' && c != 0x7F && (stays || !pdf_is_ignorable(c));
}

size_t pdf_font_clean(const char *text, size_t size, char to[LONGEST_GLYPH_TEXT])
{
    size_t filled = 0;
    bool visible = false;
    for (const char *end = text + size; text < end;) {
        uint32_t c = plain(utf8_next(&text, end));
        if (!shows(c))
            continue;
        visible = visible || !pdf_is_ignorable(c);
        if (filled + 4 > LONGEST_GLYPH_TEXT)
            return LONGEST_GLYPH_TEXT + 1;
        filled += (size_t)utf8_put(to + filled, c);
    }
    return visible ? filled : 0;
}

/* ---- the end ---- */

static void utf16_hex(Buffer *out, const char *text, size_t size)
{
    for (const char *end = text + size; text < end;) {
        uint32_t c = utf8_next(&text, end);
        if (c >= 0x10000)
            buffer_format(out, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + (c & 0x3FF));
        else
            buffer_format(out, "%04X", c);
    }
}

static const Said *said_by(const Used *used, int variant)
{
    const Said *said = &used->said;
    for (; said && variant > 0; variant--)
        said = said->more;
    return said && said->size ? said : NULL;
}

/* What is drawn only under an ActualText has no text of its own: U+FFFD, so that every code is known. */
static void say_unknown(PdfFont *font)
{
    for (int code = 1; code < font->used.count; code++) {
        Said *said = &font->used.at[code].said;
        if (said->size == 0) {
            said->size = 3;
            memcpy(said->text, "\xEF\xBF\xBD", 3);
        }
    }
}

/* 9.10.3, Adobe Technical Note 5411; at most 100 mappings a block. */
static void print_unicode(Buffer *out, const PdfFont *font, int variant)
{
    buffer_text(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                     "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                     "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                     "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    int total = 0, done = 0;
    for (int code = 0; code < font->used.count; code++)
        total += said_by(&font->used.at[code], variant) != NULL;
    for (int code = 0; code < font->used.count; code++) {
        const Said *said = said_by(&font->used.at[code], variant);
        if (!said)
            continue;
        if (done % 100 == 0)
            buffer_format(out, "%d beginbfchar\n", total - done < 100 ? total - done : 100);
        buffer_format(out, "<%04X><", code);
        utf16_hex(out, said->text, said->size);
        buffer_text(out, ">\n");
        done++;
        if (done % 100 == 0 || done == total)
            buffer_text(out, "endbfchar\n");
    }
    buffer_text(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

/* 9.7.4.3: runs of one width as a range, the rest as lists. */
static void print_widths(Buffer *out, const PdfFont *font)
{
    const Used *used = font->used.at;
    int count = font->used.count;
    bool listing = false;
    buffer_text(out, "[");
    for (int i = 0; i < count;) {
        int same = i + 1;
        while (same < count && used[same].width == used[i].width)
            same++;
        if (same - i >= 5) {
            if (listing)
                buffer_text(out, "]");
            listing = false;
            if (used[i].width != 1000)
                buffer_format(out, " %d %d %d ", i, same - 1, used[i].width);
            i = same;
            continue;
        }
        buffer_format(out, listing ? " %d" : "%d[%d", listing ? used[i].width : i, used[i].width);
        listing = true;
        i++;
    }
    buffer_text(out, listing ? "]]" : "]");
}

/* Six letters from the subset itself (9.6.4). */
static char *subset_name(Arena *arena, const PdfFont *font, Bytes data)
{
    uint64_t hash = hash_bytes(data.data, data.size, 0);
    char tag[7] = {0};
    for (int i = 0; i < 6; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    const char *name = font_name(font->font);
    return arena_format(arena, "%s+%s", tag, name && *name ? name : "Font");
}

static Ref put_program(PdfFonts *fonts, const FontSubset *subset, Bytes data)
{
    Ref ref = pdf_reserve(fonts->file);
    char entries[64];
    if (subset->cff)
        snprintf(entries, sizeof entries, "/Subtype/CIDFontType0C");
    else
        snprintf(entries, sizeof entries, "/Length1 %zu", data.size);
    pdf_put_stream(fonts->file, ref, entries, PACK_DEFLATE, data);
    return ref;
}

/* How many glyphs a TrueType file has, by its maxp table; the used ones where it is none. */
static int glyph_count(const FontSubset *subset, const PdfFont *font)
{
    const uint8_t *at = (const uint8_t *)subset->data.data;
    size_t size = subset->data.size;
    for (size_t i = 12; !subset->cff && size >= 12 && i + 16 <= size && i < 12 + 16 * (size_t)(at[4] << 8 | at[5]);
         i += 16) {
        size_t start = (size_t)at[i + 8] << 24 | (size_t)at[i + 9] << 16 | (size_t)at[i + 10] << 8 | at[i + 11];
        if (memcmp(at + i, "maxp", 4) == 0 && start + 6 <= size)
            return at[start + 4] << 8 | at[start + 5];
    }
    return font->used.count;
}

/* ISO 19005-1 6.3.5: a bit for every glyph that is in the file. */
static Ref put_cid_set(PdfFonts *fonts, const PdfFont *font, const FontSubset *subset)
{
    int count = glyph_count(subset, font);
    uint8_t *bits = NEW_ARRAY(fonts->arena, uint8_t, count / 8 + 1);
    for (int i = 0; i < count; i++)
        bits[i / 8] |= (uint8_t)(0x80 >> i % 8);
    Ref ref = pdf_reserve(fonts->file);
    pdf_put_stream(fonts->file, ref, "", PACK_DEFLATE, (Bytes){(char *)bits, ((size_t)count + 7) / 8});
    return ref;
}

static Ref put_descriptor(PdfFonts *fonts, const PdfFont *font, const char *name, const FontSubset *subset, Ref program)
{
    FontDescription about = font_describe(font->font);
    if (!about.embeddable)
        diag_warn(fonts->diag, "font-not-embeddable", NO_SOURCE,
                  "the font %s does not allow embedding, by its own statement; it is embedded nevertheless",
                  font_name(font->font));
    PdfDict *dict = pdf_dict(fonts->objects);
    Ref ref = pdf_reserve(fonts->file);
    pdf_set_name(dict, "Type", "FontDescriptor");
    pdf_set_name(dict, "FontName", name);
    pdf_set_int(dict, "Flags", about.flags ? about.flags : 4);
    pdf_set_raw(dict, "FontBBox", "[%d %d %d %d]", about.bbox[0], about.bbox[1], about.bbox[2], about.bbox[3]);
    pdf_set_int(dict, "ItalicAngle", about.italic_angle);
    pdf_set_int(dict, "Ascent", about.ascent);
    pdf_set_int(dict, "Descent", about.descent > 0 ? -about.descent : about.descent);
    pdf_set_int(dict, "CapHeight", about.cap_height);
    pdf_set_int(dict, "StemV", 50 + about.weight * about.weight / 4225);
    if (program)
        pdf_set_ref(dict, subset->cff ? "FontFile3" : "FontFile2", program);
    if (program && fonts->cid_sets)
        pdf_set_ref(dict, "CIDSet", put_cid_set(fonts, font, subset));
    pdf_put_dict(fonts->objects, fonts->file, ref, dict);
    return ref;
}

static Ref put_cid_font(PdfFonts *fonts, const PdfFont *font, const char *name, const FontSubset *subset,
                        Ref descriptor)
{
    Buffer widths = {.arena = fonts->arena};
    PdfDict *dict = pdf_dict(fonts->objects), *system = pdf_dict(fonts->objects);
    Ref ref = pdf_reserve(fonts->file);
    print_widths(&widths, font);
    pdf_set_text(system, "Registry", "Adobe");
    pdf_set_text(system, "Ordering", "Identity");
    pdf_set_int(system, "Supplement", 0);
    pdf_set_name(dict, "Type", "Font");
    pdf_set_name(dict, "Subtype", subset->cff ? "CIDFontType0" : "CIDFontType2");
    pdf_set_name(dict, "BaseFont", name);
    pdf_set_dict(dict, "CIDSystemInfo", system);
    pdf_set_ref(dict, "FontDescriptor", descriptor);
    pdf_set_int(dict, "DW", 1000);
    pdf_set_raw(dict, "W", "%s", widths.data);
    if (!subset->cff)
        pdf_set_name(dict, "CIDToGIDMap", "Identity");
    pdf_put_dict(fonts->objects, fonts->file, ref, dict);
    return ref;
}

static void put_type0(PdfFonts *fonts, const PdfFont *font, int variant, const char *name, bool cff, Ref cid_font)
{
    Buffer map = {.arena = fonts->arena};
    print_unicode(&map, font, variant);
    Ref unicode = pdf_reserve(fonts->file);
    pdf_put_stream(fonts->file, unicode, "", PACK_DEFLATE, (Bytes){map.data, map.size});
    PdfDict *dict = pdf_dict(fonts->objects);
    PdfArray *descendants = pdf_array(fonts->objects);
    pdf_add_ref(descendants, cid_font);
    pdf_set_name(dict, "Type", "Font");
    pdf_set_name(dict, "Subtype", "Type0");
    pdf_set_name(dict, "BaseFont", cff ? arena_format(fonts->arena, "%s-Identity-H", name) : name);
    pdf_set_name(dict, "Encoding", "Identity-H");
    pdf_set_array(dict, "DescendantFonts", descendants);
    pdf_set_ref(dict, "ToUnicode", unicode);
    pdf_put_dict(fonts->objects, fonts->file, fonts->refs.at[font->resource[variant] - 1], dict);
}

static void put_font(PdfFonts *fonts, const PdfFont *font)
{
    FontSubset subset = {0};
    uint32_t *glyphs = NEW_ARRAY(fonts->arena, uint32_t, font->used.count);
    for (int i = 0; i < font->used.count; i++)
        glyphs[i] = font->used.at[i].glyph;
    Ref descriptor = 0, program = 0;
    const char *name = font_name(font->font);
    if (font_subset(fonts->arena, font->font, glyphs, font->used.count, &subset)) {
        name = subset_name(fonts->arena, font, subset.data);
        program = put_program(fonts, &subset, subset.data);
        descriptor = put_descriptor(fonts, font, name, &subset, program);
    } else {
        diag_error(fonts->diag, "font-damaged", (Source){font_path(font->font), 0, 0},
                   "the font %s cannot be embedded: no subset can be made of it", name);
        descriptor = put_descriptor(fonts, font, name, &subset, 0);
    }
    Ref cid_font = put_cid_font(fonts, font, name, &subset, descriptor);
    for (int i = 0; i < VARIANTS; i++)
        if (font->resource[i])
            put_type0(fonts, font, i, name, subset.cff, cid_font);
}

void pdf_fonts_end(PdfFonts *fonts)
{
    for (PdfFont *font = fonts->first; font; font = font->next) {
        bool used = false;
        for (int i = 0; i < VARIANTS; i++)
            used = used || font->resource[i];
        if (used) {
            say_unknown(font);
            put_font(fonts, font);
        }
    }
    pdf_objects_reset(fonts->objects);
}
