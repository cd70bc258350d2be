/* UTF-8, buffers, names, hashes, edit distance, lengths. */
#include "test.h"

#include <stdio.h>

/* What utf8_next makes of the bytes: code points, and that all bytes are consumed. */
static void decodes_to(const char *bytes, size_t size, const uint32_t *expected, int count)
{
    const char *at = bytes, *end = bytes + size;
    for (int i = 0; i < count; i++) {
        assert_true(at < end);
        assert_int_equal(utf8_next(&at, end), expected[i]);
    }
    assert_ptr_equal(at, end);
}
#define DECODES(bytes, ...)                                               \
    decodes_to(bytes, sizeof(bytes) - 1, (const uint32_t[]){__VA_ARGS__}, \
               (int)(sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t)))

static void utf8_of_every_length_is_read(void **state)
{
    (void)state;
    DECODES("A", 'A');
    DECODES("\xC3\xA9", 0xE9);
    DECODES("\xED\x95\x9C", 0xD55C);
    DECODES("\xF0\x9F\x9A\xA2", 0x1F6A2);
    DECODES("\xF4\x8F\xBF\xBF", 0x10FFFF);
    DECODES("a\xE2\x82\xAC"
            "b",
            'a', 0x20AC, 'b');
}

static void bad_utf8_becomes_a_replacement_for_each_byte(void **state)
{
    (void)state;
    DECODES("\x80", 0xFFFD);
    DECODES("\xC0\xAF", 0xFFFD, 0xFFFD);                         /* overlong '/' */
    DECODES("\xE0\x80\xAF", 0xFFFD, 0xFFFD, 0xFFFD);             /* overlong in three */
    DECODES("\xED\xA0\x80", 0xFFFD, 0xFFFD, 0xFFFD);             /* a surrogate */
    DECODES("\xF4\x90\x80\x80", 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD); /* above U+10FFFF */
    DECODES("\xE2\x82", 0xFFFD, 0xFFFD);                         /* cut off */
    DECODES("\xE2\x82x", 0xFFFD, 0xFFFD, 'x');
    DECODES("\xFF", 0xFFFD);
}

static void validity_agrees_with_decoding(void **state)
{
    (void)state;
    assert_true(utf8_valid("", 0));
    assert_true(utf8_valid("\xED\x95\x9C", 3));
    assert_true(utf8_valid("\xEF\xBF\xBD", 3)); /* U+FFFD itself, well written */
    assert_false(utf8_valid("ok\xC3", 3));
    assert_false(utf8_valid("\xED\xA0\x80", 3));
}

static void every_code_point_survives_the_round_trip(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        char bytes[4];
        const char *at = bytes;
        int length = utf8_put(bytes, code);
        if (utf8_next(&at, bytes + length) != code || at != bytes + length)
            fail_msg("U+%04X", code);
    }
}

static void buffers_grow_and_stay_ended(void **state)
{
    Buffer buffer = {.arena = *state};
    for (int i = 0; i < 3000; i++)
        buffer_text(&buffer, "abc");
    assert_int_equal(buffer.size, 9000);
    assert_int_equal(strlen(buffer.data), 9000);
    buffer_utf8(&buffer, 0xD55C);
    assert_string_equal(buffer.data + 9000, "\xED\x95\x9C");
}

static void buffers_format_long_texts(void **state)
{
    Buffer buffer = {.arena = *state};
    char name[700];
    memset(name, 'n', sizeof name);
    name[699] = 0;
    buffer_format(&buffer, "<%s %d>", name, 42);
    assert_int_equal(buffer.size, 699 + 5);
    assert_string_equal(buffer.data + 700, " 42>");
}

static void xml_is_escaped(void **state)
{
    Buffer buffer = {.arena = *state};
    const char *text = "a<b & \"c\">";
    buffer_xml(&buffer, text, strlen(text));
    assert_string_equal(buffer.data, "a&lt;b &amp; &quot;c&quot;&gt;");
}

static void equal_names_are_one_pointer(void **state)
{
    Names *names = names_new(*state);
    Name headline = name_of(names, "headline");
    assert_ptr_equal(name_intern(names, "headlines", 8), headline);
    assert_ptr_not_equal(name_of(names, "headlines"), headline);
    assert_ptr_not_equal(name_of(names, "Headline"), headline);
    assert_string_equal(name_of(names, ""), "");
}

static void names_stay_when_the_table_grows(void **state)
{
    Names *names = names_new(*state);
    static Name kept[5000];
    char text[16];
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "name-%d", i);
        kept[i] = name_of(names, text);
    }
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "name-%d", i);
        assert_ptr_equal(name_of(names, text), kept[i]);
        assert_string_equal(kept[i], text);
    }
}

static void case_is_ignored_for_ascii_only(void **state)
{
    (void)state;
    assert_true(text_equal_nocase("Margin-TOP", "margin-top"));
    assert_false(text_equal_nocase("margin", "margin-top"));
    assert_false(text_equal_nocase("\xC3\x89", "\xC3\xA9")); /* É é */
    assert_true(text_equal_nocase("", ""));
}

static void edit_distance_counts_changes(void **state)
{
    (void)state;
    assert_int_equal(edit_distance("color", "color", 3), 0);
    assert_int_equal(edit_distance("colour", "color", 3), 1);
    assert_int_equal(edit_distance("kitten", "sitting", 5), 3);
    assert_int_equal(edit_distance("", "abc", 5), 3);
    assert_int_equal(edit_distance("kitten", "sitting", 2), 3); /* over the limit: limit + 1 */
    assert_int_equal(edit_distance("widows", "orphans", 3), 4);
}

static void hashes_depend_on_every_byte_and_the_seed(void **state)
{
    (void)state;
    assert_int_equal(hash_bytes("abc", 3, 1), hash_bytes("abc", 3, 1));
    assert_true(hash_bytes("abc", 3, 1) != hash_bytes("abd", 3, 1));
    assert_true(hash_bytes("abc", 3, 1) != hash_bytes("abc", 3, 2));
    assert_true(hash_bytes("abc", 3, 1) != hash_bytes("abc", 2, 1));
}

static void lengths_saturate_and_round_to_nearest(void **state)
{
    (void)state;
    assert_int_equal(len_add(LEN_MAX, LEN_MAX), LEN_MAX);
    assert_int_equal(len_add(-LEN_MAX, -5), -LEN_MAX);
    assert_int_equal(len_ratio(1000, RATIO_ONE / 2), 500);
    assert_int_equal(len_ratio(3, RATIO_ONE / 2), 2);   /* 1.5: away from zero */
    assert_int_equal(len_ratio(-3, RATIO_ONE / 2), -2); /* on both sides */
    assert_int_equal(len_scale(10, 1, 3), 3);
    assert_int_equal(len_scale(11, 1, 3), 4);
    assert_int_equal(len_scale(-11, 1, 3), -4);
    assert_int_equal(len_scale(5, 1, 0), 0);
    assert_int_equal(len_scale(LEN_MAX, 8, 1), LEN_MAX);
    assert_int_equal(len_min(2, 3), 2);
    assert_int_equal(len_max(2, 3), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(utf8_of_every_length_is_read),
        TEST(bad_utf8_becomes_a_replacement_for_each_byte),
        TEST(validity_agrees_with_decoding),
        TEST(every_code_point_survives_the_round_trip),
        TEST(buffers_grow_and_stay_ended),
        TEST(buffers_format_long_texts),
        TEST(xml_is_escaped),
        TEST(equal_names_are_one_pointer),
        TEST(names_stay_when_the_table_grows),
        TEST(case_is_ignored_for_ascii_only),
        TEST(edit_distance_counts_changes),
        TEST(hashes_depend_on_every_byte_and_the_seed),
        TEST(lengths_saturate_and_round_to_nearest),
    };
    return cmocka_run_group_tests_name("base: texts and numbers", tests, NULL, NULL);
}
