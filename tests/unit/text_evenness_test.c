/* How evenly whole articles are set, by the definitions of typestats.py: a line's mean word space in em of the body, over
 * lines that don't end a paragraph. Bounds: composer.md 12, widened a little for type whose word space is narrower
 * (Source Serif 0.235 em). Run with a text, language, family, width, size and limits it prints a row:
 *   text_evenness_test FILE en "Source Serif 4" 277 9.5 normal */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/text.h"

typedef struct {
    int lines, full, hyphens, ladder, loose, tight, inside,
        uneven_ends; /* uneven_ends: justified, but not its measure */
    double sum, squares;
} Evenness;

static Memory memory;
static Arena *arena;
static FontSet *fonts;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(&memory);
    const char *build = getenv("BUILD");
    text_set_data(build ? build : "build");
    fonts = font_set_open(arena, "fonts", true, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_free_all(&memory);
    return 0;
}

static void count_line(Evenness *e, const Breaks *breaks, const LineEnd *line, Len width, Len size)
{
    const TextLine *set = text_line(arena, breaks, line, width, line->forced ? ALIGN_NATURAL : ALIGN_JUSTIFY);
    double sum = 0;
    int spaces = 0;
    e->lines++;
    if (line->forced)
        return;
    e->inside += !line->hyphen && line->end == line->to;
    e->uneven_ends += set->width != width;
    for (int i = 0; i < set->count; i++) {
        const GlyphRun *run = set->pieces[i].run;
        for (int g = 0; run && g < run->count; g++)
            if (run->text[run->glyphs[g].cluster] == ' ' && run->glyphs[g].advance > 0) {
                sum += (double)run->glyphs[g].advance / size;
                spaces++;
            }
    }
    if (spaces == 0)
        return;
    double mean = sum / spaces;
    e->full++;
    e->sum += mean;
    e->squares += mean * mean;
    e->loose += mean > 0.5;
    e->tight += mean < 0.15;
}

static Evenness set_articles(const char *path, const char *language, const char *family, Len width, Len size,
                             const Justify *justify)
{
    Evenness e = {0};
    Bytes text;
    TextStyle style = {.font = {.families = &family,
                                .family_count = 1,
                                .weight = 400,
                                .size = size,
                                .optical = true,
                                .language = language},
                       .size = size,
                       .language = language,
                       .hyphens = HYPHENS_AUTO,
                       .kerning = true,
                       .hyphenate_capitals = true,
                       .tab_spaces = 8};
    style.word_break = strcmp(language, "ko") == 0 ? WORD_AUTO_PHRASE : WORD_NORMAL;
    assert_int_equal(file_map(arena, path, 0, &text), FILE_OK);
    for (const char *at = text.data, *end = text.data + text.size, *stop;
         at < end && (stop = memchr(at, '\n', (size_t)(end - at))); at = stop + 1) {
        TextSpan span = {0, (uint32_t)(stop - at), &style, 0};
        TextSource source = {.text = at, .size = (size_t)(stop - at), .spans = &span, .span_count = 1, .root = &style};
        const Breaks *breaks = text_breaks(arena, text_shape(arena, fonts, &source), NULL, justify);
        const Lines *lines = text_compose(arena, breaks, &(LineWidths){.rest = width}, 0, (LineState){0}, false, 0);
        for (int i = 0, run = 0; i < lines->count; i++) {
            run = lines->line[i].hyphens ? run + 1 : 0;
            e.hyphens += lines->line[i].hyphens > 0;
            e.ladder = run > e.ladder ? run : e.ladder;
            count_line(&e, breaks, &lines->line[i], width, size);
        }
    }
    return e;
}

static double deviation(const Evenness *e)
{
    double mean = e->sum / e->full;
    return sqrt(e->squares / e->full - mean * mean);
}

static void show(const Evenness *e)
{
    print_message("# %d lines, word space %.3f em, deviation %.4f, loose %.2f %%, tight %.2f %%, hyphens %.1f, ladder "
                  "%d, inside words %.1f in 100\n",
                  e->lines, e->sum / e->full, deviation(e), 100.0 * e->loose / e->full, 100.0 * e->tight / e->full,
                  100.0 * e->hyphens / e->lines, e->ladder, 100.0 * e->inside / e->lines);
}

static void english_58_letters(void **state)
{
    (void)state;
    Evenness e =
        set_articles("tests/text/prose/en", "en", "Source Serif 4", 277 * LEN_PT, 19 * LEN_PT / 2, &justify_normal);
    show(&e);
    assert_true(deviation(&e) < 0.057 && e.loose * 1000 <= e.full && e.tight == 0);
    assert_true(e.hyphens * 100 <= 28 * e.lines);
    assert_true(e.ladder <= 2 && e.uneven_ends == 0);
}

static void english_34_letters(void **state)
{
    (void)state;
    Evenness e =
        set_articles("tests/text/prose/en", "en", "Source Serif 4", 157 * LEN_PT, 93 * LEN_PT / 10, &justify_narrow);
    show(&e);
    assert_true(deviation(&e) < 0.060 && e.loose * 500 <= e.full);
    assert_true(e.hyphens * 100 <= 32 * e.lines && e.ladder <= 2 && e.uneven_ends == 0);
}

static void korean_25_syllables(void **state)
{
    (void)state;
    Evenness e =
        set_articles("tests/text/prose/ko", "ko", "Noto Serif KR", 238 * LEN_PT, 19 * LEN_PT / 2, &justify_korean);
    show(&e);
    assert_true(deviation(&e) < 0.058 && e.loose == 0 && e.hyphens == 0);
    assert_true(e.inside * 100 <= 22 * e.lines && e.uneven_ends == 0);
}

int main(int count, char **argument)
{
    if (count == 7) {
        static const char *const names[] = {"normal", "narrow", "korean", "korean-narrow"};
        static const Justify *const limits[] = {&justify_normal, &justify_narrow, &justify_korean,
                                                &justify_korean_narrow};
        set_up(NULL);
        for (int i = 0; i < 4; i++)
            if (strcmp(names[i], argument[6]) == 0) {
                Evenness e = set_articles(argument[1], argument[2], argument[3], (Len)(atof(argument[4]) * LEN_PT),
                                          (Len)(atof(argument[5]) * LEN_PT), limits[i]);
                show(&e);
            }
        return tear_down(NULL);
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(english_58_letters), cmocka_unit_test(english_34_letters),
                                       cmocka_unit_test(korean_25_syllables)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
