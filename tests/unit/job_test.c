/* The library as a client sees it: bytes or files in, a PDF or a stage out, messages through a function, no state kept. */
#define _GNU_SOURCE
#include "test.h"

#include "job/news2pdf.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/n2p-job-XXXXXX";
static const char story[] =
    "<?xml version=\"1.0\"?>\n<nitf><body><body.head><hedline><hl1>Ferry swaps diesel</hl1></hedline></body.head>\n"
    "<body.content><p>The ferry sails from Easter.</p></body.content></body></nitf>";
static const char with_photo[] =
    "<nitf><body><body.content>\n<media media-type=\"image\"><media-reference source=\"none.jpg\"/></media>"
    "<p>Text.</p></body.content></body></nitf>";

typedef struct {
    int count, errors;
    char code[64], file[256];
    int line;
} Heard;

static void hear(void *user, const news2pdf_message *message)
{
    Heard *heard = user;
    heard->errors += message->severity == NEWS2PDF_ERROR;
    if (message->severity == NEWS2PDF_NOTE)
        return;
    heard->count++;
    heard->line = message->line;
    snprintf(heard->code, sizeof heard->code, "%s", message->code);
    snprintf(heard->file, sizeof heard->file, "%s", message->file ? message->file : "");
}

static char *in_folder(Arena *arena, const char *name)
{
    return arena_format(arena, "%s/%s", folder, name);
}

static Bytes bytes_of(Arena *arena, const char *path)
{
    Bytes bytes = {0};
    assert_int_equal(file_map(arena, path, 0, &bytes), FILE_OK);
    return bytes;
}

static news2pdf_options options_for(Arena *arena, const char *text, const char *output, Heard *heard)
{
    return (news2pdf_options){.input = in_folder(arena, "story.xml"),
                              .bytes = text,
                              .size = strlen(text),
                              .output = output,
                              .message = hear,
                              .user = heard};
}

static void bytes_become_a_pdf(void **state)
{
    Arena *arena = *state;
    Heard heard = {0};
    const char *path = in_folder(arena, "a.pdf");
    news2pdf_options options = options_for(arena, story, path, &heard);
    news2pdf_result result = {0};
    assert_int_equal(news2pdf_convert(&options, &result), 0);
    assert_int_equal(result.pages, 1);
    assert_int_equal(result.errors + result.warnings, 0);
    Bytes pdf = bytes_of(arena, path);
    assert_true(pdf.size > 500);
    assert_memory_equal(pdf.data, "%PDF-", 5);
}

static void messages_come_with_code_and_place(void **state)
{
    Arena *arena = *state;
    Heard heard = {0};
    news2pdf_options options = options_for(arena, with_photo, in_folder(arena, "b.pdf"), &heard);
    news2pdf_result result = {0};
    assert_int_equal(news2pdf_convert(&options, &result), 0);
    assert_int_equal(result.warnings, 2);
    assert_int_equal(heard.count, 2);
    assert_int_equal(heard.line, 2);
    assert_true(strlen(heard.code) > 3);
    assert_non_null(strstr(heard.file, "story.xml"));
}

static void strict_makes_no_file_of_a_warning(void **state)
{
    Arena *arena = *state;
    Heard heard = {0};
    const char *path = in_folder(arena, "c.pdf");
    news2pdf_options options = options_for(arena, with_photo, path, &heard);
    options.strict = true;
    news2pdf_result result = {0};
    assert_int_equal(news2pdf_convert(&options, &result), 3);
    assert_int_equal(access(path, F_OK), -1);
}

static void a_missing_input_is_an_error_told(void **state)
{
    Arena *arena = *state;
    Heard heard = {0};
    news2pdf_options options = {
        .input = in_folder(arena, "none.xml"), .output = in_folder(arena, "d.pdf"), .message = hear, .user = &heard};
    news2pdf_result result = {0};
    assert_int_equal(news2pdf_convert(&options, &result), 1);
    assert_int_equal(heard.errors, 1);
    assert_int_equal(result.errors, 1);
    assert_int_equal(access(options.output, F_OK), -1);
    options.message = NULL;
    assert_int_equal(news2pdf_convert(&options, &result), 1); /* nobody need listen */
}

static void a_stage_is_xml(void **state)
{
    Arena *arena = *state;
    static const char *const stages[] = {"document", "style", "boxes", "fragments", "paint"};
    for (int i = 0; i < 5; i++) {
        Heard heard = {0};
        const char *path = in_folder(arena, stages[i]);
        news2pdf_options options = options_for(arena, story, path, &heard);
        options.dump = stages[i];
        news2pdf_result result = {0};
        assert_int_equal(news2pdf_convert(&options, &result), 0);
        Bytes dump = bytes_of(arena, path);
        assert_true(dump.size > 20);
        assert_int_equal(dump.data[0], '<');
    }
}

static void no_call_remembers_another(void **state)
{
    Arena *arena = *state;
    Heard heard = {0};
    const char *first = in_folder(arena, "first.pdf"), *again = in_folder(arena, "again.pdf");
    news2pdf_result result;
    news2pdf_options options = options_for(arena, story, first, &heard);
    assert_int_equal(news2pdf_convert(&options, &result), 0);
    news2pdf_options other = options_for(arena, with_photo, in_folder(arena, "other.pdf"), &heard);
    other.styles = (const char *const[]){"release", NULL};
    other.set = (const char *const[]){"accent=red", NULL};
    assert_int_equal(news2pdf_convert(&other, &result), 0);
    options.output = again;
    assert_int_equal(news2pdf_convert(&options, &result), 0);
    Bytes a = bytes_of(arena, first), b = bytes_of(arena, again);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
}

static void *convert_ten_times(void *user)
{
    news2pdf_options *options = user;
    for (int i = 0; i < 10; i++) {
        news2pdf_result result;
        if (news2pdf_convert(options, &result) != 0)
            return user;
    }
    return NULL;
}

static void threads_do_not_disturb_each_other(void **state)
{
    Arena *arena = *state;
    pthread_t threads[4];
    news2pdf_options options[4];
    char *outputs[4];
    for (int i = 0; i < 4; i++) {
        outputs[i] = in_folder(arena, arena_format(arena, "thread-%d.pdf", i));
        options[i] = (news2pdf_options){
            .input = in_folder(arena, "story.xml"), .bytes = story, .size = sizeof story - 1, .output = outputs[i]};
    }
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, convert_ten_times, &options[i]), 0);
    for (int i = 0; i < 4; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
    Bytes first = bytes_of(arena, outputs[0]);
    for (int i = 1; i < 4; i++) {
        Bytes other = bytes_of(arena, outputs[i]);
        assert_int_equal(first.size, other.size);
        assert_memory_equal(first.data, other.data, first.size);
    }
}

static void the_shipped_styles_are_listed(void **state)
{
    (void)state;
    char name[256], description[256];
    int found = 0, count = 0;
    while (news2pdf_style(NULL, count, name, description)) {
        found += strcmp(name, "daily") == 0 || strcmp(name, "briefing") == 0 || strcmp(name, "release") == 0;
        assert_true(strlen(description) > 5);
        count++;
    }
    assert_int_equal(found, 3);
    assert_true(strlen(news2pdf_version()) >= 5);
}

static void options_that_lack_something_are_told(void **state)
{
    Arena *arena = *state;
    Heard heard = {0};
    news2pdf_options none = {0},
                     bytes = {.bytes = story, .size = sizeof story - 1, .output = in_folder(arena, "n.pdf")};
    assert_int_equal(news2pdf_convert(&none, NULL), 1);
    assert_int_equal(news2pdf_convert(&bytes, NULL), 0); /* bytes need no name */
    news2pdf_options options = options_for(arena, with_photo, NULL, &heard);
    assert_int_equal(news2pdf_convert(&options, NULL), 1);
    assert_string_equal(heard.code, "options-wrong");
    options = options_for(arena, with_photo, in_folder(arena, "o.pdf"), &heard);
    options.order = "bogus";
    assert_int_equal(news2pdf_convert(&options, NULL), 1);
}

static int open_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bytes_become_a_pdf),
        TEST(messages_come_with_code_and_place),
        TEST(strict_makes_no_file_of_a_warning),
        TEST(a_missing_input_is_an_error_told),
        TEST(a_stage_is_xml),
        TEST(no_call_remembers_another),
        TEST(threads_do_not_disturb_each_other),
        TEST(options_that_lack_something_are_told),
        TEST(the_shipped_styles_are_listed),
    };
    return cmocka_run_group_tests_name("job: the library", tests, open_folder, remove_folder);
}
