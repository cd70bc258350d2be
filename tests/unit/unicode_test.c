/* base/unicode.h: clusters, levels, case, normal forms, charsets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/unicode.h"

static Memory memory;
static Arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(&memory);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_free_all(&memory);
    return 0;
}

enum { CLUSTER_LINES = 602 };

/* GraphemeBreakTest.txt of the package unicode-data: "÷ 0020 × 0308 ÷ 0020 ÷". */
static void clusters_agree_with_the_database(void **state)
{
    (void)state;
    FILE *file = fopen("/usr/share/unicode/auxiliary/GraphemeBreakTest.txt", "r");
    if (!file) {
        print_message("# unicode-data is not installed\n");
        skip();
    }
    char line[2048];
    int lines = 0, wrong = 0;
    while (fgets(line, sizeof line, file)) {
        Buffer text = {.arena = arena};
        size_t ends[64];
        int count = 0;
        line[strcspn(line, "#")] = 0;
        for (char *word = strtok(line, " \t\n"); word; word = strtok(NULL, " \t\n")) {
            if (strcmp(word, "\u00F7") == 0 && text.size)
                ends[count++] = text.size;
            else if ((uint8_t)word[0] < 0x80)
                buffer_utf8(&text, (uint32_t)strtoul(word, NULL, 16));
        }
        size_t at = 0;
        int bad = 0;
        for (int i = 0; i < count; i++) {
            at = unicode_grapheme_end(text.data, text.size, at);
            bad |= at != ends[i];
        }
        lines += count > 0;
        wrong += bad;
    }
    fclose(file);
    assert_int_equal(wrong, 0);
    assert_int_equal(lines, CLUSTER_LINES);
}

static void levels(void **state)
{
    (void)state;
    const char *text = "ab \u05D0\u05D1 12";
    uint8_t level[32];
    assert_int_equal(unicode_bidi(arena, text, strlen(text), 0, level), 0);
    const uint8_t expected[] = {0, 0, 0, 1, 1, 1, 1, 1, 2, 2};
    assert_memory_equal(level, expected, sizeof expected);
    assert_int_equal(unicode_bidi(arena, "\u05D0 a", 4, 2, level), 1);
    assert_int_equal(unicode_bidi(arena, "a", 1, 1, level), 1);
    assert_int_equal(level[0], 2);
    assert_int_equal(unicode_bidi(arena, "\uD55C\uAE00", 6, 2, level), 0);
}

static void case_of_languages(void **state)
{
    (void)state;
    const char *dutch = "the ijs\u2019 cold o'clock";
    assert_string_equal(unicode_upper(arena, "stra\u00DFe", 7, "de"), "STRASSE");
    assert_string_equal(unicode_upper(arena, "izmir", 5, "tr"), "\u0130ZM\u0130R");
    assert_string_equal(unicode_lower(arena, "\u039F\u03A3", 4, "el"), "\u03BF\u03C2");
    assert_string_equal(unicode_title(arena, dutch, strlen(dutch), "nl"), "The IJs\u2019 Cold O'clock");
    assert_string_equal(unicode_upper(arena, "", 0, NULL), "");
}

static void normal_forms(void **state)
{
    (void)state;
    const char *plain = "caf\u00E9", *apart = "cafe\u0301", *jamo = "\u1112\u1161\u11AB";
    assert_ptr_equal(unicode_nfc(arena, plain, strlen(plain)), plain);
    assert_string_equal(unicode_nfc(arena, apart, strlen(apart)), plain);
    assert_string_equal(unicode_nfc(arena, jamo, strlen(jamo)), "\uD55C");
}

static const char *decode(const char *bytes, size_t size, const char *charset, int *bad)
{
    size_t length;
    char *text = unicode_decode(arena, (Bytes){bytes, size}, charset, &length, bad);
    if (text)
        assert_int_equal(strlen(text), length);
    return text;
}

static void charsets(void **state)
{
    (void)state;
    int bad;
    assert_string_equal(decode("\x93x\x94\x80", 4, "ISO-8859-1", &bad), "\u201Cx\u201D\u20AC");
    assert_string_equal(decode("\xC7\xD1\xB1\xDB", 4, "euc-kr", &bad), "\uD55C\uAE00");
    assert_string_equal(decode("\xCD\xC9\xD2", 3, "koi8-r", &bad), "\u043C\u0438\u0440");
    assert_string_equal(decode("\x83\x65\x83\x58\x83\x67", 6, "shift_jis", &bad), "\u30C6\u30B9\u30C8");
    assert_string_equal(decode("\xFF\xFE\x41\x00", 4, "utf-16", &bad), "A");
    assert_string_equal(decode("\xEF\xBB\xBFok", 5, "utf-8", &bad), "ok");
    assert_string_equal(decode("a\xFFz", 3, "utf-8", &bad), "a\uFFFDz");
    assert_int_equal(bad, 1);
    assert_null(decode("a", 1, "no-such-charset", &bad));
}

static void characters(void **state)
{
    (void)state;
    assert_int_equal(unicode_script('a'), 0x4C61746E);
    assert_int_equal(unicode_script(0xD55C), 0x48616E67);
    assert_int_equal(unicode_script(' '), 0x5A797979);
    assert_true(unicode_is_wide(0x6C34) && !unicode_is_wide('a'));
    assert_true(unicode_is_mark(0x301) && !unicode_is_mark('a'));
    assert_true(unicode_is_default_ignorable(0xAD) && unicode_is_default_ignorable(0x200B) &&
                !unicode_is_default_ignorable(' '));
    assert_int_equal(unicode_mirror('('), ')');
    assert_true(unicode_is_upper(0xC9) && !unicode_is_upper(0xE9) && unicode_is_letter(0xE9) &&
                !unicode_is_letter('1'));
    assert_true(unicode_is_punctuation(0x201C) && !unicode_is_punctuation('a'));
}

static void a_dictionary_parts_thai_words(void **state)
{
    (void)state;
    const char *text =
        "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35\u0E0A\u0E32\u0E27\u0E42\u0E25\u0E01"; /* hello | people of the world */
    uint8_t ends[64] = {0};
    unicode_dictionary_breaks(arena, text, strlen(text), ends);
    assert_int_equal(ends[18], 1);
    assert_int_equal(ends[3], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clusters_agree_with_the_database),
        cmocka_unit_test(levels),
        cmocka_unit_test(case_of_languages),
        cmocka_unit_test(normal_forms),
        cmocka_unit_test(charsets),
        cmocka_unit_test(characters),
        cmocka_unit_test(a_dictionary_parts_thai_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
