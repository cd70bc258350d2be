/* Dates: as files write them, as readers read them. */
#include "input/internal.h"
#include "test.h"

static void dates_of_all_kinds_become_iso(void **state)
{
    static const char *const pairs[][2] = {
        {"2024-02-29T09:00:00+09:00", "2024-02-29T09:00:00+09:00"},
        {"20240229T090000+0900", "2024-02-29T09:00:00+09:00"},
        {"20151210T191044Z", "2015-12-10T19:10:44Z"},
        {"2022-07-11 18:33", "2022-07-11T18:33:00"},
        {"20171219", "2017-12-19"},
        {"2012-07-25T12:39:39.123-07:00", "2012-07-25T12:39:39-07:00"},
        {"Thu, 29 Feb 2024 09:00:00 +0900", "2024-02-29T09:00:00+09:00"},
        {"Sun, 03 Feb 2013 04:14:36 GMT", "2013-02-03T04:14:36Z"},
        {"Wed, 17 Jan 2018 15:50:00 EST", "2018-01-17T15:50:00-05:00"},
        {"3 Jun 03 09:39:21 GMT", "2003-06-03T09:39:21Z"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(date_iso(*state, pairs[i][0]), pairs[i][1]);
    static const char *const none[] = {"", "YYYYMMDD000000-HHMM", "2023-02-29", "yesterday", "20231301", "12"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_null(date_iso(*state, none[i]));
}

static void dates_are_written_in_the_articles_language(void **state)
{
    assert_string_equal(date_words(*state, "2024-02-29T23:59:00+09:00", "en"), "Thursday 29 February 2024");
    assert_string_equal(date_words(*state, "2024-02-29", NULL), "Thursday 29 February 2024");
    assert_string_equal(date_words(*state, "2024-02-29", "en-US"), "Thursday, February 29, 2024");
    assert_string_equal(date_words(*state, "2024-02-29", "de"), "Donnerstag, 29. Februar 2024");
    assert_string_equal(date_words(*state, "2024-02-29", "ko"), "2024년 2월 29일 목요일");
    assert_string_equal(date_words(*state, "1900-01-01", "en"), "Monday 1 January 1900");
    assert_null(date_words(*state, "soon", "en"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(dates_of_all_kinds_become_iso),
                                       TEST(dates_are_written_in_the_articles_language)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
