/* Any characters, spans, items and settings: nothing crashes, hangs or loses text. Seeds are fixed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/unicode.h"
#include "text/text.h"

static uint64_t seed;

static unsigned below(unsigned limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed >> 33) % limit;
}

static uint32_t any_character(void)
{
    static const uint32_t some[] = {' ',     ' ',     ' ',     '\n',   '\t',   0xAD,   0xA0,   0x200B,  0x200D, 0x200F,
                                    0x202B,  0x202C,  0x2067,  0x2069, 0x2028, 0xFFFC, '-',    '/',     '.',    0x2019,
                                    0x201C,  0x3002,  0xFF08,  0x300C, 0x5D0,  0x5D1,  0x627,  0x644,   0x300,  0x301,
                                    0x1F468, 0x1F3FD, 0x1F1E9, 0xD55C, 0xAE00, 0x6C34, 0xE01,  0xE32,   0x1100, 0x1161,
                                    0xFE0F,  0x915,   0x94D,   0x930,  0,      1,      0xFFFD, 0x10FFFF};
    return below(3) ? 'a' + below(26) : some[below(sizeof some / sizeof *some)];
}

static void any_style(TextStyle *style)
{
    static const char *const families[] = {"Source Serif 4", "sans-serif", "Pretendard"};
    static const char *const languages[] = {"en", "de", "ko", "ja", NULL, "x-none", "fr-CA"};
    static const char *const features[] = {"smcp", "onum", "liga=0", "nonsense feature"};
    *style = (TextStyle){.font = {.families = families + below(3),
                                  .family_count = 1,
                                  .weight = (int)below(1000),
                                  .italic = below(4) == 0,
                                  .optical = true},
                         .size = (Len)below(30) * LEN_PT,
                         .language = languages[below(7)],
                         .features = features,
                         .feature_count = (int)below(5),
                         .small_caps = below(5) == 0,
                         .synthesize_small_caps = below(2),
                         .letter_spacing = below(3) ? 0 : (Len)below(4000) - 2000,
                         .word_spacing = below(4) ? 0 : (Len)below(4000) - 2000,
                         .nowrap = below(6) == 0,
                         .preserve_spaces = below(3) == 0,
                         .break_spaces = below(8) == 0,
                         .tab_advance = below(2) ? 0 : (Len)below(60) * LEN_PT,
                         .tab_spaces = (int)below(9),
                         .hyphens = (uint8_t)below(3),
                         .word_break = (uint8_t)below(5),
                         .line_break = (uint8_t)below(5),
                         .overflow_wrap = (uint8_t)below(3),
                         .hyphen = below(8) ? NULL : "\u2026",
                         .hyphenate_capitals = below(2),
                         .kerning = below(2)};
    style->font.size = style->size;
}

static void check_all(Arena *arena, const Breaks *breaks, const Paragraph *p, const Len *advances,
                      const Justify *justify, const Lines *lines, Len width)
{
    uint32_t at = 0;
    for (int i = 0; i < lines->count; i++) {
        const LineEnd *line = &lines->line[i];
        assert_int_equal(line->from, at);
        assert_true(line->to > at && line->end <= line->to && line->end >= line->from);
        at = line->to;
        const TextLine *set = text_line(arena, breaks, line, width, i & 1 ? ALIGN_JUSTIFY : ALIGN_NATURAL);
        const TextLine *again =
            text_line_again(arena, p, advances, justify, line, width, i & 1 ? ALIGN_JUSTIFY : ALIGN_NATURAL);
        if (set->width != again->width)
            print_message("seed %llx line %d from %u to %u end %u kind %d text %s\n", (unsigned long long)seed, i,
                          line->from, line->to, line->end, set->count - again->count, paragraph_text(p));
        assert_int_equal(set->width, again->width);
        assert_int_equal(set->count, again->count);
        for (int k = 0; k < set->count; k++) {
            const GlyphRun *run = set->pieces[k].run;
            for (int g = 0; run && g < run->count; g++)
                assert_true(run->glyphs[g].cluster < paragraph_size(p) || run->hyphen);
        }
    }
    if (lines->count)
        assert_int_equal(at, paragraph_size(p));
}

static void one_round(Arena *arena, FontSet *fonts)
{
    Buffer text = {.arena = arena};
    VEC(TextSpan) spans = {0};
    VEC(TextItem) items = {0};
    unsigned characters = below(80);
    buffer_add(&text, "", 0);
    TextStyle *styles = NEW_ARRAY(arena, TextStyle, 4);
    for (int i = 0; i < 4; i++)
        any_style(&styles[i]);
    uint32_t span_from = 0;
    for (unsigned i = 0; i < characters; i++) {
        while (below(5) == 0)
            VEC_PUSH(arena, items, ((TextItem){below(3) == 2 ? ITEM_MARK : (uint8_t)below(2), (uint32_t)text.size}));
        if (below(12) == 0 && text.size > span_from) {
            VEC_PUSH(arena, spans, ((TextSpan){span_from, (uint32_t)text.size, &styles[below(4)], i}));
            span_from = (uint32_t)text.size;
        }
        uint32_t c = any_character();
        if (c == 0xFFFC)
            VEC_PUSH(arena, items, ((TextItem){ITEM_ATOM, (uint32_t)text.size}));
        buffer_utf8(&text, c);
    }
    if (text.size > span_from)
        VEC_PUSH(arena, spans, ((TextSpan){span_from, (uint32_t)text.size, &styles[0], 99}));
    TextSource source = {.text = text.data,
                         .size = text.size,
                         .spans = spans.at,
                         .span_count = spans.count,
                         .items = items.at,
                         .item_count = items.count,
                         .rtl = below(3) == 0,
                         .plaintext = below(4) == 0,
                         .root = &styles[0]};
    Len *advances = NEW_ARRAY(arena, Len, items.count + 1);
    for (int i = 0; i < items.count; i++)
        advances[i] = items.at[i].kind == ITEM_MARK ? 0 : (Len)below(20000) - 3000;
    static const Justify *const limits[] = {&justify_normal, &justify_narrow, &justify_korean, &justify_ragged};
    const Paragraph *p = text_shape(arena, fonts, &source);
    const Justify *justify = limits[below(4)];
    const Breaks *breaks = text_breaks(arena, p, advances, justify);
    Len some[3] = {(Len)below(200) * LEN_PT, (Len)below(200) * LEN_PT, 0};
    LineWidths widths = {.count = (int)below(4),
                         .width = some,
                         .rest = (Len)below(300) * LEN_PT,
                         .first_indent = (Len)below(60) * LEN_PT - 20 * LEN_PT,
                         .each_line = below(2)};
    check_all(arena, breaks, p, advances, justify, text_compose(arena, breaks, &widths, 0, (LineState){0}, below(2), 0),
              widths.rest);
    check_all(arena, breaks, p, advances, justify, text_balance(arena, breaks, widths.rest, 0), widths.rest);
    Lines fitted = {0};
    LineEnd *ends = NEW_ARRAY(arena, LineEnd, text.size + 1);
    for (int b = 0; text_more(breaks, b); b = ends[fitted.count++].break_index)
        ends[fitted.count] = text_fit(breaks, b, widths.rest, 0);
    fitted.line = ends;
    check_all(arena, breaks, p, advances, justify, &fitted, widths.rest);
    Len least, most;
    text_intrinsic(breaks, false, &least, &most);
    assert_true(least <= most);
}

static void bears_anything(void **state)
{
    (void)state;
    Memory memory = {0};
    Arena *keep = arena_new(&memory), *arena = arena_new(&memory);
    const char *build = getenv("BUILD");
    text_set_data(build ? build : "build");
    FontSet *fonts = font_set_open(keep, "fonts", false, NULL);
    for (int round = 0; round < 3000; round++) {
        seed = 0x2545F4914F6CDD1Du + (uint64_t)round * 7919;
        ArenaMark mark = arena_mark(arena);
        one_round(arena, fonts);
        arena_rewind(arena, mark);
    }
    memory_free_all(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bears_anything)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
