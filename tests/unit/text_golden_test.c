/* Paragraphs and their expected lines: tests/text/<name>.txt. Each file: settings, a line "--", the text, a line "--",
 * the lines as they must come, each ended by | (a hyphen that the break draws is shown as "-").
 * Settings: font, size (pt), width (pt), language, how (first-fit, justify, ragged, balance), limits (normal, narrow,
 * korean, korean-narrow), hyphens, word-break, line-break, overflow-wrap, white-space (pre-wrap, break-spaces, nowrap),
 * indent (pt), rtl, letter-spacing (pt). In text and lines \n \t \u{AD} stand for characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/text.h"

typedef struct {
    const char *family, *how;
    TextStyle style;
    Len width, indent;
    const Justify *justify;
    bool rtl;
    Buffer text;
    char *expected;
} Case;

static Memory memory;
static Arena *arena;
static FontSet *fonts;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(&memory);
    const char *build = getenv("BUILD");
    text_set_data(build ? build : "build");
    fonts = font_set_open(arena, "fonts", false, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_free_all(&memory);
    return 0;
}

/* ---- reading ---- */
static Len points(const char *value)
{
    return (Len)(atof(value) * LEN_PT);
}

static int index_of(const char *value, const char *list) /* place of a word in a list; a typo fails */
{
    int index = 0;
    for (const char *at = list; *at; index++) {
        size_t length = strcspn(at, " ");
        if (strlen(value) == length && strncmp(at, value, length) == 0)
            return index;
        at += length + strspn(at + length, " ");
    }
    fail_msg("unknown value '%s', not one of %s", value, list);
    return 0;
}

static void set(Case *c, const char *key, const char *value)
{
    static const Justify *const limits[] = {&justify_normal, &justify_narrow, &justify_korean, &justify_korean_narrow,
                                            &justify_ragged};
    switch (index_of(key, "font size width language how limits hyphens word-break line-break overflow-wrap white-space "
                          "indent rtl letter-spacing")) {
    case 0: c->family = value; break;
    case 1: c->style.size = c->style.font.size = points(value); break;
    case 2: c->width = points(value); break;
    case 3: c->style.language = c->style.font.language = value; break;
    case 4: c->how = value; break;
    case 5: c->justify = limits[index_of(value, "normal narrow korean korean-narrow ragged")]; break;
    case 6: c->style.hyphens = (uint8_t)index_of(value, "manual none auto"); break;
    case 7: c->style.word_break = (uint8_t)index_of(value, "normal break-all keep-all break-word auto-phrase"); break;
    case 8: c->style.line_break = (uint8_t)index_of(value, "auto loose normal strict anywhere"); break;
    case 9: c->style.overflow_wrap = (uint8_t)index_of(value, "normal break-word anywhere"); break;
    case 10: {
        int kind = index_of(value, "pre-wrap break-spaces nowrap");
        c->style.preserve_spaces = kind < 2;
        c->style.break_spaces = kind == 1;
        c->style.nowrap = kind == 2;
        break;
    }
    case 11: c->indent = points(value); break;
    case 12: c->rtl = true; break;
    case 13: c->style.letter_spacing = points(value); break;
    }
}

static void add_text(Buffer *out, const char *text, size_t size)
{
    for (const char *at = text, *end = text + size; at < end; at++) {
        if (*at == '\\' && at + 1 < end && (at[1] == 'n' || at[1] == 't')) {
            buffer_text(out, *++at == 'n' ? "\n" : "\t");
        } else if (end - at > 4 && memcmp(at, "\\u{", 3) == 0) {
            char *stop;
            buffer_utf8(out, (uint32_t)strtoul(at + 3, &stop, 16));
            at = stop;
        } else {
            buffer_add(out, at, 1);
        }
    }
}

static void read_case(Case *c, char *file)
{
    int part = 0;
    for (char *line = file, *next; line && *line && part < 2; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        if (strcmp(line, "--") == 0) {
            part++;
            c->expected = next;
        } else if (part == 0 && line[0] != '#') {
            char *value = strchr(line, ':');
            assert_non_null(value);
            *value++ = 0;
            set(c, line, value + strspn(value, " "));
        } else if (part == 1) {
            if (c->text.size)
                buffer_text(&c->text, " ");
            add_text(&c->text, line, strlen(line));
        }
    }
}

/* ---- composing ---- */
static void show_line(Buffer *out, const char *text, const LineEnd *line)
{
    for (uint32_t at = line->from; at < line->end; at++) {
        if (text[at] == '\t')
            buffer_text(out, "\\t");
        else if (text[at] == '\n')
            buffer_text(out, "\\n");
        else if (memcmp(text + at, "\u00AD", 2) == 0)
            at++;
        else
            buffer_add(out, text + at, 1);
    }
    buffer_text(out, line->hyphen ? "-|\n" : "|\n");
}

static const Lines *compose(const Case *c, const Breaks *breaks)
{
    LineWidths widths = {.rest = c->width, .first_indent = c->indent};
    switch (index_of(c->how, "first-fit justify ragged balance")) {
    case 1: return text_compose(arena, breaks, &widths, 0, (LineState){0}, false, 0);
    case 2: return text_compose(arena, breaks, &widths, 0, (LineState){0}, true, 0);
    case 3: return text_balance(arena, breaks, c->width, c->indent);
    default: break;
    }
    Lines *lines = NEW(arena, Lines);
    LineEnd *ends = NEW_ARRAY(arena, LineEnd, 1000);
    for (int b = 0; text_more(breaks, b) && lines->count < 1000; b = ends[lines->count++].break_index)
        ends[lines->count] = text_fit(breaks, b, c->width, b == 0 ? c->indent : 0);
    lines->line = ends;
    return lines;
}

static bool run_case(const char *path)
{
    Bytes bytes;
    assert_int_equal(file_map(arena, path, 1 << 20, &bytes), FILE_OK);
    Case c = {.family = "Source Serif 4", .how = "first-fit", .justify = &justify_normal, .text = {.arena = arena}};
    c.style = (TextStyle){.font = {.weight = 400, .optical = true, .size = 10 * LEN_PT},
                          .size = 10 * LEN_PT,
                          .kerning = true,
                          .hyphenate_capitals = true,
                          .tab_spaces = 8};
    buffer_add(&c.text, "", 0);
    read_case(&c, arena_string(arena, bytes.data, bytes.size));
    c.style.font.families = &c.family;
    c.style.font.family_count = 1;
    TextSpan span = {0, (uint32_t)c.text.size, &c.style, 0};
    TextSource source = {
        .text = c.text.data, .size = c.text.size, .spans = &span, .span_count = 1, .root = &c.style, .rtl = c.rtl};
    const Breaks *breaks = text_breaks(arena, text_shape(arena, fonts, &source), NULL, c.justify);
    const Lines *lines = compose(&c, breaks);
    Buffer got = {.arena = arena}, wanted = {.arena = arena};
    buffer_add(&got, "", 0);
    for (int i = 0; i < lines->count; i++)
        show_line(&got, c.text.data, &lines->line[i]);
    buffer_text(&wanted, c.expected ? c.expected : "");
    if (strcmp(got.data, wanted.data) == 0)
        return true;
    print_message("# %s: expected\n%s# got\n%s", path, wanted.data, got.data);
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void lines_are_as_expected(void **state)
{
    (void)state;
    DIR *folder = opendir("tests/text");
    assert_non_null(folder);
    VEC(char *) names = {0};
    for (struct dirent *entry; (entry = readdir(folder));) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".txt") == 0)
            VEC_PUSH(arena, names, arena_format(arena, "tests/text/%s", entry->d_name));
    }
    closedir(folder);
    qsort(names.at, (size_t)names.count, sizeof *names.at, by_name);
    int wrong = 0;
    for (int i = 0; i < names.count; i++)
        wrong += !run_case(names.at[i]);
    assert_true(names.count >= 20);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines_are_as_expected)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
