/* Sheets and fonts that were opened ahead change nothing: same bytes, same messages, same files named. */
#define _GNU_SOURCE
#include "job/news2pdf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
    int messages, reads;
    bool sheet, font;
} Told;

static void on_message(void *user, const news2pdf_message *message)
{
    Told *told = user;
    told->messages += message->severity != NEWS2PDF_NOTE;
}

static void on_file(void *user, const char *path, news2pdf_use use)
{
    Told *told = user;
    told->reads += use == NEWS2PDF_READ;
    told->sheet |= strstr(path, "release.css") != NULL;
    told->font |= strstr(path, "fonts/index") != NULL;
}

static const char article[] = "<nitf><body><body.head><hedline><hl1>News</hl1></hedline></body.head>"
                              "<body.content><p>The ferry sails on batteries alone.</p></body.content></body></nitf>";

static size_t convert(const char *const *styles, news2pdf_opened *opened, Told *told, char *bytes, size_t room)
{
    char path[] = "/tmp/n2p-opened-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    news2pdf_options options = {.input = "a.xml", .bytes = article, .size = sizeof article - 1, .output = path};
    options.styles = styles;
    options.opened = opened;
    options.message = on_message;
    options.file = on_file;
    options.user = told;
    assert_int_equal(news2pdf_convert(&options, NULL), 0);
    FILE *file = fopen(path, "rb");
    size_t size = fread(bytes, 1, room, file);
    fclose(file);
    close(fd);
    unlink(path);
    return size;
}

static void same(const char *const *styles, const char *const *ahead)
{
    enum { ROOM = 4 << 20 };
    char *plain = malloc(ROOM), *other = malloc(ROOM);
    Told first = {0}, second = {0};
    size_t size = convert(styles, NULL, &first, plain, ROOM);
    news2pdf_opened *opened = news2pdf_open(NULL, ahead);
    assert_non_null(opened);
    assert_int_equal(convert(styles, opened, &second, other, ROOM), size);
    assert_memory_equal(plain, other, size);
    assert_int_equal(first.messages, second.messages);
    assert_int_equal(first.reads, second.reads);
    assert_true(second.sheet && second.font);
    free(plain);
    free(other);
}

static void opened_is_the_same(void **state)
{
    (void)state;
    static const char *const release[] = {"release", NULL}, *const more[] = {"daily", "release", "briefing", NULL};
    same(release, release);
    same(release, more);
    same(release, NULL);
}

/* A sheet with faults is read by each job, which reports them. */
static void faults_are_reported(void **state)
{
    (void)state;
    char path[] = "/tmp/n2p-sheet-XXXXXX.css";
    int fd = mkstemps(path, 4);
    assert_int_equal(write(fd, "h1 { colour: red }\n", 19), 19);
    close(fd);
    const char *const styles[] = {"release", path, NULL};
    same(styles, styles);
    unlink(path);
}

static void closing_frees(void **state)
{
    (void)state;
    static const char *const styles[] = {"daily", "no-such-style", NULL};
    news2pdf_opened *opened = news2pdf_open(NULL, styles);
    assert_non_null(opened);
    news2pdf_close(opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(opened_is_the_same), cmocka_unit_test(faults_are_reported),
                                       cmocka_unit_test(closing_frees)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
