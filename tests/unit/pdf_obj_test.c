/* Objects as they are printed: names, strings, numbers, references; whatever is too long is cut, never wrong. */
#include "test.h"

#include "pdf/pdf_number.h"
#include "pdf/pdf_obj.h"

static const char *fixed(Arena *arena, int64_t value, int decimals)
{
    Buffer out = {.arena = arena};
    pdf_fixed(&out, value, decimals);
    return out.data;
}

static void numbers_have_the_fewest_digits(void **state)
{
    Arena *arena = *state;
    assert_string_equal(fixed(arena, 0, 3), "0");
    assert_string_equal(fixed(arena, 500, 3), ".5");
    assert_string_equal(fixed(arena, -500, 3), "-.5");
    assert_string_equal(fixed(arena, 1000, 3), "1");
    assert_string_equal(fixed(arena, 1001, 3), "1.001");
    assert_string_equal(fixed(arena, -12340, 3), "-12.34");
    assert_string_equal(fixed(arena, 1200, 0), "1200");
    assert_string_equal(fixed(arena, 7, 6), ".000007");
    assert_string_equal(fixed(arena, INT64_MIN, 0), "-9223372036854775808");
}

static void lengths_round_to_thousandths(void **state)
{
    (void)state;
    assert_int_equal(len_thousandths(LEN_PT), 1000);
    assert_int_equal(len_thousandths(1), 1); /* 0.977 */
    assert_int_equal(len_thousandths(-1), -1);
    assert_int_equal(len_thousandths(862095), 841890); /* 841.8896 */
    assert_int_equal(len_thousandths(LEN_MAX), 1048576000);
}

typedef struct {
    PdfObjects *objects;
    PdfDict *dict;
    Buffer out;
} Fixture;

static Fixture fixture(Arena *arena)
{
    Fixture made = {.objects = pdf_objects_new(arena, arena), .out = {.arena = arena}};
    made.dict = pdf_dict(made.objects);
    return made;
}

static const char *print(Fixture *fixture)
{
    fixture->out.size = 0;
    pdf_print_dict(fixture->objects, fixture->dict, &fixture->out);
    assert_false(pdf_objects_failed(fixture->objects));
    return fixture->out.data;
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("%s is not in %s", part, text);
}

static void values_print_as_pdf_writes_them(void **state)
{
    Fixture made = fixture(*state);
    PdfArray *list = pdf_array(made.objects);
    PdfDict *inner = pdf_dict(made.objects);
    pdf_set_name(made.dict, "N", "A B#(1)");
    pdf_set_int(made.dict, "I", -42);
    pdf_set_ref(made.dict, "R", 123456);
    pdf_set_text(made.dict, "T", "a (b) \\ c");
    pdf_add_ref(list, 7);
    pdf_set_array(made.dict, "L", list);
    pdf_set_int(inner, "K", 1);
    pdf_set_dict(made.dict, "D", inner);
    pdf_set_raw(made.dict, "Box", "[%d %s]", 1, ".5");
    const char *text = print(&made);
    assert_has(text, "/N /A#20B#23#281#29");
    assert_has(text, "/I -42");
    assert_has(text, "/R 123456 0 R");
    assert_has(text, "/T (a \\050b\\051 \\134 c)");
    assert_has(text, "/L [ 7 0 R ]");
    assert_has(text, "/K 1");
    assert_has(text, "/Box [1 .5]");
}

static void text_beyond_ascii_is_utf16(void **state)
{
    Fixture made = fixture(*state);
    pdf_set_text(made.dict, "T", "\xC3\xA9\xF0\x9F\x90\x95");
    assert_has(print(&made), "/T <FEFF00E9D83DDC15>");
    Buffer out = {.arena = *state};
    pdf_print_text(&out, "\xC3\xA9\xF0\x9F\x90\x95");
    assert_string_equal(out.data, "<FEFF00E9D83DDC15>");
    out.size = 0;
    pdf_print_text(&out, "(\r\\)");
    assert_string_equal(out.data, "<FEFF0028000D005C0029>"); /* a control character is no PDFDocEncoding text */
}

/* libharu's own limits: names of 127 bytes, strings of 65,535. */
static void long_values_are_cut(void **state)
{
    Arena *arena = *state;
    char *text = arena_alloc(arena, 100001);
    memset(text, 'x', 100000);
    Fixture made = fixture(arena);
    pdf_set_name(made.dict, "N", text);
    pdf_set_name(made.dict, text, "v");
    pdf_set_text(made.dict, "T", text);
    text[50000] = '\xC3';
    text[50001] = '\xA9';
    pdf_set_text(made.dict, "U", text);
    pdf_set_bytes(made.dict, "B", text, 100000);
    pdf_set_name(made.dict, "E", "");
    const char *printed = print(&made);
    assert_has(printed, "/E /_");
    assert_true(strlen(printed) < 400000);
    for (const char *at = printed; (at = strchr(at, '/')) != NULL; at++)
        assert_true(strcspn(at + 1, " \n/(<[") <= 127);
}

static void a_key_set_twice_has_the_last_value(void **state)
{
    Fixture made = fixture(*state);
    pdf_set_int(made.dict, "K", 1);
    pdf_set_int(made.dict, "K", 2);
    const char *text = print(&made);
    assert_has(text, "/K 2");
    assert_null(strstr(text, "/K 1"));
}

static void printed_names_count_their_escapes(void **state)
{
    Buffer out = {.arena = *state};
    char name[400];
    memset(name, ' ', sizeof name - 1);
    name[sizeof name - 1] = 0;
    pdf_print_name(&out, name);
    assert_true(out.size <= 128);
    out.size = 0;
    pdf_print_name(&out, "a\xC3\xA9 b");
    assert_string_equal(out.data, "/a#C3#A9#20b");
}

static void byte_strings_escape_what_they_must(void **state)
{
    Buffer out = {.arena = *state};
    pdf_print_bytes(&out, "a\r(\n)\\\0b", 8);
    assert_int_equal(out.size, 14);
    assert_memory_equal(out.data, "(a\\r\\(\n\\)\\\\\0b)", 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_have_the_fewest_digits),
        TEST(lengths_round_to_thousandths),
        TEST(values_print_as_pdf_writes_them),
        TEST(text_beyond_ascii_is_utf16),
        TEST(long_values_are_cut),
        TEST(a_key_set_twice_has_the_last_value),
        TEST(printed_names_count_their_escapes),
        TEST(byte_strings_escape_what_they_must),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
