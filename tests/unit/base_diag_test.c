/* Messages are data: counted, kept in order, equal ones at equal places once. */
#include "test.h"

static const Source here = {"story.xml", 12, 3};

static void messages_are_kept_with_their_place(void **state)
{
    Diag diag = {.arena = *state};
    int at = diag_warn(&diag, "photo-missing", here, "no file '%s'", "a.jpg");
    diag_hint(&diag, at, "it would be in %s", "photos/");
    diag_error(&diag, "not-news", NO_SOURCE, "nothing to set");
    assert_int_equal(diag.list.count, 2);
    assert_int_equal(diag.warnings, 1);
    assert_int_equal(diag.errors, 1);
    const Diagnostic *first = &diag.list.at[0];
    assert_int_equal(first->severity, SEVERITY_WARNING);
    assert_string_equal(first->code, "photo-missing");
    assert_string_equal(first->message, "no file 'a.jpg'");
    assert_string_equal(first->hint, "it would be in photos/");
    assert_int_equal(first->source.line, 12);
    assert_null(diag.list.at[1].hint);
    assert_null(diag.list.at[1].source.file);
}

static void a_repeated_message_is_counted_not_kept(void **state)
{
    Diag diag = {.arena = *state};
    char same_name[] = "story.xml"; /* equal text at another address is the same place */
    for (int i = 0; i < 5; i++)
        diag_warn(&diag, "glyph-missing", (Source){i % 2 ? same_name : here.file, 12, 3}, "no glyph for U+%04X",
                  0xE000);
    diag_warn(&diag, "glyph-missing", (Source){here.file, 13, 3}, "no glyph for U+%04X", 0xE000);
    diag_note(&diag, "glyph-missing", here, "no glyph for U+%04X", 0xE000);
    assert_int_equal(diag.list.count, 3);
    assert_int_equal(diag.list.at[0].times, 5);
    assert_int_equal(diag.list.at[1].times, 1);
    assert_int_equal(diag.warnings, 6);
}

static void notes_count_as_neither(void **state)
{
    Diag diag = {.arena = *state};
    diag_note(&diag, "font-fallback", here, "set in another face");
    assert_int_equal(diag.warnings + diag.errors, 0);
    assert_int_equal(diag.list.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(messages_are_kept_with_their_place),
        TEST(a_repeated_message_is_counted_not_kept),
        TEST(notes_count_as_neither),
    };
    return cmocka_run_group_tests_name("base: messages", tests, NULL, NULL);
}
