/* A line set: runs, items, hyphens, spaces, bidi order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/unicode.h"
#include "text/text.h"

static Memory memory;
static Arena *arena;
static FontSet *fonts;
static const char *const families[] = {"Source Serif 4"};
static TextStyle plain, italic;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(&memory);
    const char *build = getenv("BUILD");
    text_set_data(build ? build : "build");
    fonts = font_set_open(arena, "fonts", false, NULL);
    plain = (TextStyle){
        .font = {.families = families, .family_count = 1, .weight = 400, .size = 10 * LEN_PT, .optical = true},
        .size = 10 * LEN_PT,
        .kerning = true,
        .tab_spaces = 8,
        .language = "en"};
    italic = plain;
    italic.font.italic = true;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_free_all(&memory);
    return 0;
}

static const Paragraph *shape(const char *text, const TextSpan *spans, int span_count, const TextItem *items,
                              int item_count, bool rtl)
{
    TextSpan all = {0, (uint32_t)strlen(text), &plain, 0};
    TextSource source = {.text = text,
                         .size = strlen(text),
                         .spans = spans ? spans : &all,
                         .span_count = spans ? span_count : 1,
                         .items = items,
                         .item_count = item_count,
                         .rtl = rtl,
                         .root = &plain};
    return text_shape(arena, fonts, &source);
}

static const TextLine *first_line(const Paragraph *p, const Len *advances, Len width, LineAlign align)
{
    const Breaks *breaks = text_breaks(arena, p, advances, &justify_normal);
    LineEnd line = text_fit(breaks, 0, width, 0);
    return text_line(arena, breaks, &line, width, align);
}

static Len width_of(const char *text)
{
    return first_line(shape(text, NULL, 0, NULL, 0, false), NULL, LEN_CLAMP, ALIGN_NATURAL)->width;
}

static void spans_make_runs(void **state)
{
    (void)state;
    const char *text = "one two three";
    TextSpan spans[] = {{0, 4, &plain, 7}, {4, 7, &italic, 8}, {7, 13, &plain, 9}};
    const TextLine *line = first_line(shape(text, spans, 3, NULL, 0, false), NULL, LEN_CLAMP, ALIGN_NATURAL);
    assert_int_equal(line->count, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(line->pieces[i].run->span, i);
    assert_string_equal(font_name(line->pieces[1].run->font), "SourceSerif4-It");
    assert_int_equal(line->pieces[1].run->from, 4);
    assert_int_equal(line->pieces[1].run->to, 7);
    assert_int_equal(line->pieces[2].x, line->pieces[0].width + line->pieces[1].width);
}

static void equal_types_are_shaped_as_one(void **state)
{
    (void)state;
    const char *text = "AVAV";
    TextSpan spans[] = {{0, 1, &plain, 0}, {1, 3, &plain, 1}, {3, 4, &plain, 2}};
    const TextLine *line = first_line(shape(text, spans, 3, NULL, 0, false), NULL, LEN_CLAMP, ALIGN_NATURAL);
    assert_int_equal(line->count, 3);
    assert_int_equal(line->width, width_of(text)); /* kerned over the edges */
}

static void edges_and_atoms_take_room(void **state)
{
    (void)state;
    const char *text = "one \uFFFC two";
    TextItem items[] = {{ITEM_OPEN, 0}, {ITEM_CLOSE, 3}, {ITEM_ATOM, 4},
                        {ITEM_MARK, 8}, {ITEM_OPEN, 8},  {ITEM_CLOSE, 11}};
    Len advances[] = {1024, 2048, 30 * 1024, 0, 512, 256};
    const Paragraph *p = shape(text, NULL, 0, items, 6, false);
    const TextLine *line = first_line(p, advances, LEN_CLAMP, ALIGN_NATURAL);
    Len sum = 0;
    int item = 0;
    for (int i = 0; i < line->count; i++) {
        assert_int_equal(line->pieces[i].x, sum);
        sum += line->pieces[i].width;
        if (line->pieces[i].kind == PIECE_ITEM) {
            assert_int_equal(line->pieces[i].item, item);
            assert_int_equal(line->pieces[i].width, advances[item++]);
        }
    }
    assert_int_equal(item, 6);
    assert_int_equal(line->width, sum);
    Len space = width_of("a b") - width_of("a") - width_of("b");
    assert_in_range(line->width, width_of("one") + width_of("two") + 2 * space + 34816 - 512,
                    width_of("one") + width_of("two") + 2 * space + 34816 + 512);
}

static void edges_stay_with_their_words(void **state)
{
    (void)state;
    const char *text = "one two three";
    TextItem items[] = {{ITEM_OPEN, 4}, {ITEM_CLOSE, 7}, {ITEM_OPEN, 8}, {ITEM_CLOSE, 13}};
    Len advances[] = {5120, 5120, 5120, 5120};
    const Paragraph *p = shape(text, NULL, 0, items, 4, false);
    const Breaks *breaks = text_breaks(arena, p, advances, &justify_normal);
    LineEnd line = text_fit(breaks, 0, width_of("one two") + 10240, 0);
    assert_int_equal(line.to, 8);
    const TextLine *set = text_line(arena, breaks, &line, LEN_CLAMP, ALIGN_NATURAL);
    assert_int_equal(set->pieces[set->count - 1].kind, PIECE_ITEM);
    assert_int_equal(set->pieces[set->count - 1].item, 1);
    line = text_fit(breaks, line.break_index, LEN_CLAMP, 0);
    set = text_line(arena, breaks, &line, LEN_CLAMP, ALIGN_NATURAL);
    assert_int_equal(set->pieces[0].item, 2);
    line = text_fit(breaks, 0, width_of("one two") + 10240 - 2, 0);
    assert_int_equal(line.to, 4); /* the edges count */
}

static void a_hyphen_is_a_run_of_its_own(void **state)
{
    (void)state;
    const Paragraph *p = shape("incompre\u00ADhensible", NULL, 0, NULL, 0, false);
    const Breaks *breaks = text_breaks(arena, p, NULL, &justify_ragged);
    LineEnd line = text_fit(breaks, 0, 60 * LEN_PT, 0);
    assert_true(line.hyphen);
    assert_int_equal(line.end, 8);
    const TextLine *set = text_line(arena, breaks, &line, 60 * LEN_PT, ALIGN_NATURAL);
    assert_int_equal(set->count, 2);
    assert_true(set->pieces[1].run->hyphen && !set->pieces[0].run->hyphen);
    assert_int_equal(set->pieces[1].run->count, 1);
    assert_int_equal(set->pieces[0].run->count, 8);
    assert_int_equal(set->width, line.natural);
}

static void the_last_space_has_no_advance(void **state)
{
    (void)state;
    const TextLine *line = first_line(shape("one two", NULL, 0, NULL, 0, false), NULL, 20 * LEN_PT, ALIGN_NATURAL);
    const GlyphRun *run = line->pieces[0].run;
    assert_int_equal(run->count, 4);
    assert_int_equal(run->glyphs[3].cluster, 3);
    assert_int_equal(run->glyphs[3].advance, 0);
    assert_int_equal(line->width, width_of("one"));
}

static void marks_hang_and_lines_end_at_the_measure(void **state)
{
    (void)state;
    const char *text = "\u201COne two three four, five six seven eight nine ten\u201D";
    const Paragraph *p = shape(text, NULL, 0, NULL, 0, false);
    const Breaks *breaks = text_breaks(arena, p, NULL, &justify_normal);
    LineWidths widths = {.rest = 95 * LEN_PT};
    const Lines *lines = text_compose(arena, breaks, &widths, 0, (LineState){0}, false, 0);
    const TextLine *first = text_line(arena, breaks, &lines->line[0], 95 * LEN_PT, ALIGN_JUSTIFY);
    assert_true(first->hang_left > LEN_PT && first->pieces[0].x == -first->hang_left);
    assert_int_equal(first->width, 95 * LEN_PT);
    const TextPiece *last = &first->pieces[first->count - 1];
    assert_int_equal(last->x + last->width, 95 * LEN_PT + first->hang_right);
}

static void tabs_reach_their_stops(void **state)
{
    (void)state;
    plain.tab_advance = 50 * LEN_PT;
    const TextLine *line = first_line(shape("a\tb\tc", NULL, 0, NULL, 0, false), NULL, LEN_CLAMP, ALIGN_NATURAL);
    plain.tab_advance = 0;
    assert_int_equal(line->count, 3);
    assert_int_equal(line->pieces[1].x, 50 * LEN_PT);
    assert_int_equal(line->pieces[2].x, 100 * LEN_PT);
}

static void right_to_left(void **state)
{
    (void)state;
    const char *text = "abc \u05D0\u05D1 12 xyz";
    const TextLine *line = first_line(shape(text, NULL, 0, NULL, 0, false), NULL, LEN_CLAMP, ALIGN_NATURAL);
    uint32_t starts[16];
    int count = 0;
    for (int i = 0; i < line->count; i++)
        if (line->pieces[i].run)
            starts[count++] = line->pieces[i].run->glyphs[0].cluster;
    assert_false(line->rtl);
    assert_int_equal(starts[0], 0);
    assert_int_equal(line->pieces[1].run->level, 2); /* 12 stands left of the letters */
    assert_int_equal(starts[1], 9);
    line = first_line(shape("\u05D0\u05D1", NULL, 0, NULL, 0, true), NULL, LEN_CLAMP, ALIGN_NATURAL);
    assert_true(line->rtl);
    assert_int_equal(line->pieces[0].run->glyphs[0].cluster, 2); /* visual order */
}

static void small_capitals_are_made_where_a_face_has_none(void **state)
{
    (void)state;
    static const char *const smcp[] = {"smcp"};
    TextStyle small = italic;
    small.features = smcp;
    small.feature_count = 1;
    small.small_caps = small.synthesize_small_caps = true;
    TextSpan span = {0, 4, &small, 0};
    const TextLine *made = first_line(shape("Abcd", &span, 1, NULL, 0, false), NULL, LEN_CLAMP, ALIGN_NATURAL);
    assert_int_equal(made->count, 2);
    assert_int_equal(made->pieces[1].run->size, 8 * LEN_PT);
    assert_int_equal(made->pieces[1].run->glyphs[0].glyph, font_glyph(made->pieces[1].run->font, 'B'));
    assert_int_equal(made->pieces[1].run->glyphs[2].cluster, 3);
    small.font.italic = false;
    const TextLine *real = first_line(shape("Abcd", &span, 1, NULL, 0, false), NULL, LEN_CLAMP, ALIGN_NATURAL);
    assert_int_equal(real->count, 1);
    assert_int_equal(real->pieces[0].run->size, 10 * LEN_PT);
    assert_int_not_equal(real->pieces[0].run->glyphs[1].glyph, font_glyph(real->pieces[0].run->font, 'b'));
}

static void missing_characters_are_named(void **state)
{
    (void)state;
    const uint32_t *codes;
    const Paragraph *p = shape("a\U0001D11Eb\U0001D11E", NULL, 0, NULL, 0, false);
    assert_int_equal(paragraph_missing(p, &codes), 1);
    assert_int_equal(codes[0], 0x1D11E);
}

static void kerning_with_a_space_that_goes_is_undone(void **state)
{
    (void)state;
    const char *text = "xA Vx";
    const Paragraph *p = shape(text, NULL, 0, NULL, 0, false);
    const Breaks *breaks = text_breaks(arena, p, NULL, &justify_ragged);
    LineEnd line = text_fit(breaks, 0, 20 * LEN_PT, 0);
    assert_int_equal(line.natural, width_of("xA"));
    const TextLine *set = text_line(arena, breaks, &line, 20 * LEN_PT, ALIGN_NATURAL);
    assert_int_equal(set->width, width_of("xA"));
    line = text_fit(breaks, line.break_index, 20 * LEN_PT, 0);
    assert_int_equal(line.natural, width_of("Vx"));
}

static void widths_for_a_table(void **state)
{
    (void)state;
    Len least, most;
    text_intrinsic(
        text_breaks(arena, shape("a measured\nthing of three", NULL, 0, NULL, 0, false), NULL, &justify_ragged), false,
        &least, &most);
    assert_int_equal(least, width_of("measured"));
    assert_int_equal(most, width_of("thing of three"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_make_runs),
        cmocka_unit_test(equal_types_are_shaped_as_one),
        cmocka_unit_test(edges_and_atoms_take_room),
        cmocka_unit_test(edges_stay_with_their_words),
        cmocka_unit_test(a_hyphen_is_a_run_of_its_own),
        cmocka_unit_test(the_last_space_has_no_advance),
        cmocka_unit_test(marks_hang_and_lines_end_at_the_measure),
        cmocka_unit_test(tabs_reach_their_stops),
        cmocka_unit_test(right_to_left),
        cmocka_unit_test(small_capitals_are_made_where_a_face_has_none),
        cmocka_unit_test(missing_characters_are_named),
        cmocka_unit_test(kerning_with_a_space_that_goes_is_undone),
        cmocka_unit_test(widths_for_a_table),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
