/* UAX #14 against the Unicode Character Database's LineBreakTest.txt (package unicode-data), all lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/uax14.h"

enum { MOST = 200, LINES = 7654 };
static const char path[] = "/usr/share/unicode/auxiliary/LineBreakTest.txt";

/* A line "÷ 0023 × 0308 ÷": the characters, and whether a break stands before each; returns how many. */
static int read_line(char *line, uint32_t *codes, int *breaks)
{
    int count = 0, may = 0;
    for (char *word = strtok(line, " \t\n"); word && count < MOST; word = strtok(NULL, " \t\n")) {
        if (strcmp(word, "\u00F7") == 0 || strcmp(word, "\u00D7") == 0) {
            may = strcmp(word, "\u00F7") == 0;
        } else {
            codes[count] = (uint32_t)strtoul(word, NULL, 16);
            breaks[count++] = may;
        }
    }
    return count;
}

static int next_class(const uint32_t *codes, int count, int i)
{
    for (i++; i < count; i++)
        if (line_class(codes[i]) != U_LB_COMBINING_MARK)
            return line_class(codes[i]);
    return -1;
}

static void agrees_with_the_database(void **state)
{
    (void)state;
    FILE *file = fopen(path, "r");
    if (!file) {
        print_message("# %s is not installed\n", path);
        skip();
    }
    char line[4096], shown[4096];
    int lines = 0, wrong = 0;
    while (fgets(line, sizeof line, file)) {
        uint32_t codes[MOST];
        int breaks[MOST];
        memcpy(shown, line, sizeof line);
        line[strcspn(line, "#")] = 0;
        int count = read_line(line, codes, breaks), bad = 0;
        LineBreaker breaker = LINE_BREAKER_START;
        for (int i = 0; i < count; i++) {
            int answer =
                line_breaker_step(&breaker, codes[i], line_class(codes[i]), next_class(codes, count, i)) != BREAK_NO;
            bad |= i > 0 && answer != breaks[i];
        }
        lines += count > 0;
        wrong += bad;
        if (bad)
            print_message("# %s", shown);
    }
    fclose(file);
    assert_int_equal(wrong, 0);
    assert_int_equal(lines, LINES);
}

static void tells_what_must_break(void **state)
{
    (void)state;
    LineBreaker breaker = LINE_BREAKER_START;
    const uint32_t codes[] = {'a', '\r', '\n', 'b', 0x2028, 'c', ' ', 'd'};
    const BreakAnswer answers[] = {BREAK_NO, BREAK_NO, BREAK_NO, BREAK_MUST, BREAK_NO, BREAK_MUST, BREAK_NO, BREAK_MAY};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_int_equal(line_breaker_step(&breaker, codes[i], line_class(codes[i]), -1), answers[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_the_database),
                                       cmocka_unit_test(tells_what_must_break)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
