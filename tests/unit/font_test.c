/* asset/font.h: which face is chosen, what it measures, how text is shaped and faces are cut down. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "asset/font.h"

static Memory memory;
static Arena *arena;
static Diag diag;
static FontSet *fonts;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(&memory);
    diag.arena = arena;
    fonts = font_set_open(arena, "fonts", false, &diag);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_free_all(&memory);
    return 0;
}

static const Font *match_in(FontSet *set, const char *family, int weight, bool italic, Len size)
{
    const char *names[] = {family};
    FontRequest wanted = {
        .families = names, .family_count = 1, .weight = weight, .italic = italic, .size = size, .optical = size > 0};
    return font_match(set, &wanted);
}

static const char *name_of_match(const char *family, int weight, bool italic, int points)
{
    return font_name(match_in(fonts, family, weight, italic, points * LEN_PT));
}

static void cuts_are_chosen_by_size(void **state)
{
    (void)state;
    assert_string_equal(name_of_match("Source Serif 4", 400, false, 7), "SourceSerif4Caption-Regular");
    assert_string_equal(name_of_match("source serif 4", 400, false, 9), "SourceSerif4SmText-Regular");
    assert_string_equal(name_of_match("Source Serif 4", 400, false, 10), "SourceSerif4-Regular");
    assert_string_equal(name_of_match("Source Serif 4", 400, true, 15), "SourceSerif4Subhead-It");
    assert_string_equal(name_of_match("Source Serif 4", 700, false, 42), "SourceSerif4Display-Bold");
    assert_string_equal(name_of_match("Source Serif 4", 900, false, 62), "SourceSerif4Display-Black");
    assert_string_equal(name_of_match("Source Serif 4 Display", 700, false, 9), "SourceSerif4Display-Bold");
    assert_string_equal(name_of_match("Source Serif 4", 400, false, 0),
                        "SourceSerif4-Regular"); /* font-optical-sizing: none */
}

static void weights_are_chosen_as_css_fonts_says(void **state)
{
    (void)state;
    assert_string_equal(name_of_match("Source Sans 3", 400, false, 9), "SourceSans3-Regular");
    assert_string_equal(name_of_match("Source Sans 3", 500, false, 9), "SourceSans3-Regular");  /* 400 before 600 */
    assert_string_equal(name_of_match("Source Sans 3", 550, false, 9), "SourceSans3-Semibold"); /* above first */
    assert_string_equal(name_of_match("Source Sans 3", 650, false, 9), "SourceSans3-Bold");
    assert_string_equal(name_of_match("Source Sans 3", 950, false, 9), "SourceSans3-Bold");
    assert_string_equal(name_of_match("Source Sans 3", 100, false, 9), "SourceSans3-Regular");
    assert_string_equal(name_of_match("Source Sans 3", 700, true, 9), "SourceSans3-BoldIt");
}

static void what_a_face_lacks_is_synthetic(void **state)
{
    (void)state;
    const Font *slanted = match_in(fonts, "Pretendard", 400, true, 9 * LEN_PT);
    assert_true(font_synthetic_italic(slanted) && !font_synthetic_bold(slanted));
    assert_false(font_synthetic_italic(match_in(fonts, "Source Sans 3", 400, true, 9 * LEN_PT)));
    FontSet *own = font_set_open(arena, NULL, false, &diag);
    font_set_add(own, &(FontDescriptor){.family = "Own",
                                        .path = "fonts/source-sans/SourceSans3-Regular.ttf",
                                        .weight_min = 400,
                                        .weight_max = 400});
    assert_true(font_synthetic_bold(match_in(own, "Own", 700, false, 0)));
    assert_false(font_synthetic_bold(match_in(own, "Own", 500, false, 0)));
}

static void generic_and_unknown_families(void **state)
{
    (void)state;
    assert_string_equal(name_of_match("serif", 400, false, 9), "SourceSerif4SmText-Regular");
    assert_string_equal(name_of_match("sans-serif", 700, false, 9), "SourceSans3-Bold");
    assert_string_equal(name_of_match("No Such Family", 400, false, 9), "SourceSerif4SmText-Regular");
    assert_non_null(match_in(fonts, "monospace", 400, false, 9 * LEN_PT));
}

static const char *name_for(const char *family, int weight, uint32_t codepoint)
{
    const char *names[] = {family};
    FontRequest wanted = {.families = names, .family_count = 1, .weight = weight, .size = 9 * LEN_PT, .optical = true};
    const Font *font = font_match_character(fonts, &wanted, codepoint);
    return font ? font_name(font) : NULL;
}

static void characters_fall_back_to_the_same_kind_first(void **state)
{
    (void)state;
    assert_string_equal(name_for("Source Serif 4", 400, 'a'), "SourceSerif4SmText-Regular");
    assert_string_equal(name_for("Source Serif 4", 400, 0xD55C), "NotoSerifCJKkr-Regular");
    assert_string_equal(name_for("Source Sans 3", 600, 0xD55C), "Pretendard-SemiBold");
    assert_string_equal(name_for("Pretendard", 400, 0x24D2), "NotoSerifCJKkr-Regular"); /* the Korean circled c */
    assert_string_equal(name_for("Pretendard", 700, 0x6F22), "NotoSerifCJKkr-Bold");
    assert_null(name_for("Source Serif 4", 400, 0x1D11E));
}

static void added_faces_hide_bundled_ones(void **state)
{
    (void)state;
    FontSet *set = font_set_open(arena, "fonts", false, &diag);
    static const uint32_t latin[][2] = {{0x20, 0x7E}}, rest[][2] = {{0xA0, 0x24F}};
    font_set_add(set, &(FontDescriptor){.family = "source sans 3",
                                        .path = "fonts/source-serif/SourceSerif4-Regular.ttf",
                                        .weight_min = 400,
                                        .weight_max = 400,
                                        .ranges = rest,
                                        .range_count = 1});
    font_set_add(set, &(FontDescriptor){.family = "Source Sans 3",
                                        .path = "fonts/pretendard/Pretendard-Regular.otf",
                                        .weight_min = 400,
                                        .weight_max = 400,
                                        .ranges = latin,
                                        .range_count = 1});
    assert_string_equal(font_name(match_in(set, "Source Sans 3", 400, false, 0)), "Pretendard-Regular");
    const char *names[] = {"Source Sans 3"};
    FontRequest wanted = {.families = names, .family_count = 1, .weight = 400};
    assert_string_equal(font_name(font_match_character(set, &wanted, 'a')), "Pretendard-Regular");
    assert_string_equal(font_name(font_match_character(set, &wanted, 0xE9)), "SourceSerif4-Regular");
}

static void broken_files_are_reported(void **state)
{
    (void)state;
    Diag own = {.arena = arena};
    FontSet *set = font_set_open(arena, "fonts", false, &own);
    font_set_add(set,
                 &(FontDescriptor){.family = "Gone", .path = "fonts/none.ttf", .weight_min = 400, .weight_max = 400});
    font_set_add(set, &(FontDescriptor){.family = "Text", .path = "fonts/index", .weight_min = 400, .weight_max = 400});
    assert_string_equal(font_name(match_in(set, "Gone", 400, false, 9 * LEN_PT)), "SourceSerif4SmText-Regular");
    assert_non_null(match_in(set, "Text", 400, false, 9 * LEN_PT));
    assert_int_equal(own.list.count, 2);
    assert_string_equal(own.list.at[0].code, "font-unusable");
}

/* A WOFF file made here of a bundled face, its tables stored as they are. */
static const char *make_woff(const char *path)
{
    Bytes sfnt;
    assert_int_equal(file_map(arena, path, 0, &sfnt), FILE_OK);
    const uint8_t *in = (const uint8_t *)sfnt.data;
    unsigned tables = (unsigned)(in[4] << 8 | in[5]);
    Buffer out = {.arena = arena};
    char head[44] = "wOFF";
    memcpy(head + 4, in, 4);
    head[12] = in[4];
    head[13] = (char)in[5];
    buffer_add(&out, head, 44);
    uint32_t at = 44 + 20 * tables;
    for (unsigned i = 0; i < tables; i++) {
        const uint8_t *entry = in + 12 + 16 * i;
        uint32_t length = (uint32_t)entry[12] << 24 | (uint32_t)entry[13] << 16 | (uint32_t)entry[14] << 8 | entry[15];
        const char offset[] = {(char)(at >> 24), (char)(at >> 16), (char)(at >> 8), (char)at};
        buffer_add(&out, entry, 4);
        buffer_add(&out, offset, 4);
        buffer_add(&out, entry + 12, 4);
        buffer_add(&out, entry + 12, 4);
        buffer_add(&out, entry + 4, 4);
        at += (length + 3) & ~3u;
    }
    for (unsigned i = 0; i < tables; i++) {
        const uint8_t *entry = in + 12 + 16 * i;
        size_t from = (size_t)entry[8] << 24 | (size_t)entry[9] << 16 | (size_t)entry[10] << 8 | entry[11];
        size_t length = (size_t)entry[12] << 24 | (size_t)entry[13] << 16 | (size_t)entry[14] << 8 | entry[15];
        buffer_add(&out, in + from, length);
        while (out.size % 4)
            buffer_add(&out, "", 1);
    }
    const char *folder = getenv("TMPDIR"), *name = arena_format(arena, "%s/font_test.woff", folder ? folder : "build");
    const char *error;
    Output *file = output_open(arena, name, &error);
    assert_true(output_write(file, out.data, out.size) && output_commit(file, &error));
    return name;
}

static void woff_is_read(void **state)
{
    (void)state;
    FontSet *set = font_set_open(arena, NULL, false, &diag);
    font_set_add(set, &(FontDescriptor){.family = "Packed",
                                        .path = make_woff("fonts/source-sans/SourceSans3-It.ttf"),
                                        .weight_min = 400,
                                        .weight_max = 400,
                                        .italic = true});
    const Font *font = match_in(set, "Packed", 400, true, 0);
    assert_non_null(font);
    assert_string_equal(font_name(font), "SourceSans3-It");
    assert_true(font_has(font, 'a'));
}

static void metrics_are_those_browsers_use(void **state)
{
    (void)state;
    FontMetrics m =
        font_metrics(match_in(fonts, "Source Serif 4", 400, false, 11 * LEN_PT), 1000 * LEN_PT); /* 1 unit = 1 pt */
    assert_int_equal(m.ascent, 1036 * LEN_PT); /* hhea: USE_TYPO_METRICS is not set */
    assert_int_equal(m.descent, 335 * LEN_PT);
    assert_int_equal(m.line_gap, 0);
    assert_int_equal(m.x_height, 475 * LEN_PT);
    assert_int_equal(m.cap_height, 670 * LEN_PT);
    assert_true(m.space_advance > 200 * LEN_PT && m.space_advance < 300 * LEN_PT);
    assert_int_equal(font_metrics(match_in(fonts, "Noto Serif KR", 400, false, 0), 10 * LEN_PT).ideograph_advance,
                     10 * LEN_PT);
}

static void text_is_shaped_in_logical_order(void **state)
{
    (void)state;
    const Font *font = match_in(fonts, "Source Serif 4", 400, false, 9 * LEN_PT);
    Glyph *glyphs;
    const char *text = "off AV";
    ShapeRequest request = {.text = text, .size = 6, .from = 0, .to = 6, .script = 0x4C61746E, .language = "en"};
    int count = font_shape(arena, font, 10 * LEN_PT, &request, &glyphs);
    assert_true(count >= 5 && glyphs[0].cluster == 0 && glyphs[count - 1].cluster == 5);
    Len kerned = 0, plain = 0;
    for (int i = 0; i < count; i++)
        kerned += glyphs[i].advance;
    const char *off[] = {"kern=0", "liga=0"};
    request.features = off;
    request.feature_count = 2;
    count = font_shape(arena, font, 10 * LEN_PT, &request, &glyphs);
    assert_int_equal(count, 6);
    for (int i = 0; i < count; i++)
        plain += glyphs[i].advance;
    assert_true(kerned < plain);
    request.rtl = true;
    count = font_shape(arena, font, 10 * LEN_PT, &request, &glyphs);
    assert_int_equal(glyphs[0].cluster, 0);
}

/* ---- subsets, read back as a fresh face ---- */
static void truetype_subset_keeps_the_order(void **state)
{
    (void)state;
    const Font *font = match_in(fonts, "Source Serif 4", 400, false, 9 * LEN_PT);
    uint32_t glyphs[] = {0, font_glyph(font, 'z'), font_glyph(font, 'a'), font_glyph(font, 0xC4),
                         font_glyph(font, 'A')};
    FontSubset subset;
    assert_true(font_subset(arena, font, glyphs, 5, &subset));
    assert_false(subset.cff);
    assert_true(subset.data.size > 400 && subset.data.size < 6000);
    const uint8_t *at = (const uint8_t *)subset.data.data;
    int tables = at[4] << 8 | at[5];
    const uint8_t *hmtx = NULL, *maxp = NULL;
    uint32_t sum = 0;
    for (size_t i = 0; i + 4 <= subset.data.size; i += 4)
        sum += (uint32_t)at[i] << 24 | (uint32_t)at[i + 1] << 16 | (uint32_t)at[i + 2] << 8 | at[i + 3];
    assert_int_equal(sum, 0xB1B0AFBA); /* head.checkSumAdjustment makes it so */
    for (int i = 0; i < tables; i++) {
        const uint8_t *entry = at + 12 + 16 * i;
        size_t offset = (size_t)entry[8] << 24 | (size_t)entry[9] << 16 | (size_t)entry[10] << 8 | entry[11];
        assert_true(offset < subset.data.size);
        hmtx = memcmp(entry, "hmtx", 4) == 0 ? at + offset : hmtx;
        maxp = memcmp(entry, "maxp", 4) == 0 ? at + offset : maxp;
    }
    assert_true(hmtx && maxp && (maxp[4] << 8 | maxp[5]) >= 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(hmtx[4 * i] << 8 | hmtx[4 * i + 1], font_advance_units(font, glyphs[i]));
}

static void cff_subset_is_cid_keyed(void **state)
{
    (void)state;
    const char *const families[] = {"Noto Serif KR", "Pretendard"}; /* CID-keyed or not at first */
    for (int i = 0; i < 2; i++) {
        const Font *font = match_in(fonts, families[i], 400, false, 9 * LEN_PT);
        uint32_t glyphs[] = {0, font_glyph(font, 0xD55C), font_glyph(font, 'a'), font_glyph(font, 0xAE00)};
        FontSubset subset, again;
        assert_true(font_subset(arena, font, glyphs, 4, &subset));
        assert_true(subset.cff && subset.cid_keyed);
        assert_true(subset.data.size > 300 && subset.data.size < 5000);
        assert_true(font_subset(arena, font, glyphs, 4, &again) && again.data.size == subset.data.size);
        assert_memory_equal(again.data.data, subset.data.data, subset.data.size);
        assert_non_null(memmem(subset.data.data, subset.data.size, "AdobeIdentity", 13));
    }
}

static void descriptions_for_pdf(void **state)
{
    (void)state;
    FontDescription upright = font_describe(match_in(fonts, "Source Serif 4", 400, false, 9 * LEN_PT)),
                    slanted = font_describe(match_in(fonts, "Source Serif 4", 400, true, 9 * LEN_PT));
    assert_true(upright.embeddable && upright.descent < 0 && upright.ascent > 500 && upright.weight == 400);
    assert_true(slanted.italic_angle < 0 && slanted.flags & 64 && !(upright.flags & 64));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_are_chosen_by_size),
        cmocka_unit_test(weights_are_chosen_as_css_fonts_says),
        cmocka_unit_test(what_a_face_lacks_is_synthetic),
        cmocka_unit_test(generic_and_unknown_families),
        cmocka_unit_test(characters_fall_back_to_the_same_kind_first),
        cmocka_unit_test(added_faces_hide_bundled_ones),
        cmocka_unit_test(broken_files_are_reported),
        cmocka_unit_test(woff_is_read),
        cmocka_unit_test(metrics_are_those_browsers_use),
        cmocka_unit_test(text_is_shaped_in_logical_order),
        cmocka_unit_test(truetype_subset_keeps_the_order),
        cmocka_unit_test(cff_subset_is_cid_keyed),
        cmocka_unit_test(descriptions_for_pdf),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
