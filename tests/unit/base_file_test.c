/* Files: closed by default, read whole or mapped, written whole or not at all. Works in a folder of its own. */
#define _GNU_SOURCE
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/n2p-file-XXXXXX";

static const char *in_folder(Arena *arena, const char *name)
{
    return arena_format(arena, "%s/%s", folder, name);
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_file_is(Arena *arena, const char *path, const char *text)
{
    Bytes bytes = {0};
    assert_int_equal(file_map(arena, path, 0, &bytes), FILE_OK);
    assert_int_equal(bytes.size, strlen(text));
    assert_memory_equal(bytes.data, text, bytes.size);
}

static int files_in(const char *path)
{
    DIR *directory = opendir(path);
    assert_non_null(directory);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(directory);
    return count;
}

/* site/ is open, secret.txt beside it is not. */
static FileAccess site(Arena *arena)
{
    const char *open = in_folder(arena, "site");
    mkdir(open, 0755);
    put(arena_format(arena, "%s/photo one.jpg", open), "jpeg");
    put(in_folder(arena, "secret.txt"), "secret");
    FileAccess access = {.arena = arena};
    file_allow(&access, open);
    return access;
}

static FileStatus resolve(Arena *arena, const char *href, const char **path)
{
    FileAccess access = site(arena);
    return file_resolve(&access, arena, in_folder(arena, "site"), href, path);
}

static void a_reference_below_the_root_is_found(void **state)
{
    Arena *arena = *state;
    const char *path;
    assert_int_equal(resolve(arena, "photo%20one.jpg", &path), FILE_OK);
    assert_string_equal(path, realpath(in_folder(arena, "site/photo one.jpg"), arena_alloc(arena, PATH_MAX)));
    assert_int_equal(resolve(arena, "photo%20one.jpg?width=200#top", &path), FILE_OK);
    assert_int_equal(resolve(arena, "./photo one.jpg", &path), FILE_OK);
}

static void a_name_with_a_question_mark_is_found(void **state)
{
    Arena *arena = *state;
    FileAccess access = site(arena);
    put(in_folder(arena, "site/why?.jpg"), "jpeg");
    const char *path;
    assert_int_equal(file_resolve(&access, arena, in_folder(arena, "site"), "why?.jpg", &path), FILE_OK);
}

static void what_is_not_there_is_missing(void **state)
{
    const char *path;
    assert_int_equal(resolve(*state, "other.jpg", &path), FILE_MISSING);
    assert_int_equal(resolve(*state, "", &path), FILE_MISSING);
    assert_int_equal(resolve(*state, "#part", &path), FILE_MISSING);
}

static void nothing_outside_is_given(void **state)
{
    Arena *arena = *state;
    const char *path;
    assert_int_equal(resolve(arena, "../secret.txt", &path), FILE_FORBIDDEN);
    assert_int_equal(resolve(arena, "..%2Fsecret.txt", &path), FILE_FORBIDDEN);
    assert_int_equal(resolve(arena, "%2e%2e/secret.txt", &path), FILE_FORBIDDEN);
    assert_int_equal(resolve(arena, "/etc/passwd", &path), FILE_FORBIDDEN);
    assert_int_equal(resolve(arena, "../site/../secret.txt", &path), FILE_FORBIDDEN);
    assert_int_equal(resolve(arena, "../../nothing/there", &path), FILE_FORBIDDEN); /* no probing either */
    assert_int_equal(resolve(arena, "http://example.org/a.jpg", &path), FILE_FORBIDDEN);
    assert_int_equal(resolve(arena, "//example.org/a.jpg", &path), FILE_FORBIDDEN);
    assert_int_equal(resolve(arena, "file:///etc/passwd", &path), FILE_FORBIDDEN);
    assert_int_equal(resolve(arena, "FILE:/etc/passwd", &path), FILE_FORBIDDEN);
}

static void a_link_that_leads_out_is_forbidden(void **state)
{
    Arena *arena = *state;
    const char *path;
    FileAccess access = site(arena);
    assert_int_equal(symlink("../secret.txt", in_folder(arena, "site/link.txt")), 0);
    assert_int_equal(file_resolve(&access, arena, in_folder(arena, "site"), "link.txt", &path), FILE_FORBIDDEN);
    unlink(in_folder(arena, "site/link.txt"));
}

static void a_folder_whose_name_begins_alike_is_outside(void **state)
{
    Arena *arena = *state;
    const char *path;
    FileAccess access = site(arena);
    mkdir(in_folder(arena, "site-private"), 0755);
    put(in_folder(arena, "site-private/a.txt"), "a");
    assert_int_equal(file_resolve(&access, arena, in_folder(arena, "site"), "../site-private/a.txt", &path),
                     FILE_FORBIDDEN);
    file_allow(&access, in_folder(arena, "site-private"));
    assert_int_equal(file_resolve(&access, arena, in_folder(arena, "site"), "../site-private/a.txt", &path), FILE_OK);
}

static void files_are_read_up_to_the_limit(void **state)
{
    Arena *arena = *state;
    const char *small = in_folder(arena, "small"), *large = in_folder(arena, "large");
    put(small, "seven b");
    FILE *file = fopen(large, "w");
    for (int i = 0; i < 20000; i++)
        fputc('a' + i % 26, file);
    fclose(file);
    Bytes bytes = {0};
    assert_int_equal(file_map(arena, small, 7, &bytes), FILE_OK);
    assert_int_equal(bytes.size, 7);
    assert_int_equal(file_map(arena, small, 6, &bytes), FILE_TOO_LARGE);
    assert_int_equal(file_map(arena, large, 20000, &bytes), FILE_OK); /* mapped */
    assert_int_equal(bytes.size, 20000);
    assert_int_equal(bytes.data[27], 'b');
    assert_int_equal(file_map(arena, large, 19999, &bytes), FILE_TOO_LARGE);
    assert_int_equal(file_map(arena, in_folder(arena, "none"), 0, &bytes), FILE_MISSING);
    assert_int_equal(file_map(arena, folder, 0, &bytes), FILE_ERROR);
    put(small, "");
    assert_int_equal(file_map(arena, small, 0, &bytes), FILE_OK);
    assert_int_equal(bytes.size, 0);
}

static void paths_are_taken_apart_and_joined(void **state)
{
    Arena *arena = *state;
    assert_string_equal(path_directory(arena, "a/b.xml"), "a");
    assert_string_equal(path_directory(arena, "b.xml"), ".");
    assert_string_equal(path_directory(arena, "/b.xml"), "/");
    assert_string_equal(path_directory(arena, "/a/b/c"), "/a/b");
    assert_string_equal(path_join(arena, "a", "b"), "a/b");
    assert_string_equal(path_join(arena, "a", "/b"), "/b");
}

static void an_output_appears_when_it_is_committed(void **state)
{
    Arena *arena = *state;
    const char *path = in_folder(arena, "new.pdf"), *error = NULL;
    Output *output = output_open(arena, path, &error);
    assert_non_null(output);
    assert_true(output_write(output, "first ", 6));
    assert_int_equal(access(path, F_OK), -1);
    assert_true(output_write(output, "second", 6));
    assert_int_equal(output_size(output), 12);
    assert_true(output_commit(output, &error));
    assert_file_is(arena, path, "first second");
    unlink(path);
}

static void a_large_output_is_whole(void **state)
{
    Arena *arena = *state;
    const char *path = in_folder(arena, "large.pdf"), *error = NULL;
    Output *output = output_open(arena, path, &error);
    for (int i = 0; i < 50000; i++)
        assert_true(output_write(output, "0123456789", 10));
    assert_true(output_commit(output, &error));
    Bytes bytes = {0};
    assert_int_equal(file_map(arena, path, 0, &bytes), FILE_OK);
    assert_int_equal(bytes.size, 500000);
    for (size_t i = 0; i < bytes.size; i++)
        if (bytes.data[i] != (char)('0' + i % 10))
            fail_msg("byte %zu", i);
    unlink(path);
}

static void an_output_that_is_given_up_leaves_the_older_one(void **state)
{
    (void)state;
    Memory memory = {0};
    assert_int_equal(setjmp(memory.out), 0);
    Arena *arena = arena_new(&memory);
    const char *path = in_folder(arena, "kept.pdf"), *error = NULL;
    put(path, "yesterday");
    int before = files_in(folder);
    Arena *job = arena_new(&memory);
    Output *output = output_open(job, path, &error);
    assert_true(output_write(output, "half a page", 11));
    assert_int_equal(files_in(folder), before + 1);
    arena_free(job);
    assert_int_equal(files_in(folder), before);
    assert_file_is(arena, path, "yesterday");
    arena_free(arena);
}

static void the_target_of_a_link_is_replaced_and_keeps_its_mode(void **state)
{
    Arena *arena = *state;
    const char *target = in_folder(arena, "target.pdf"), *link = in_folder(arena, "link.pdf"), *error = NULL;
    put(target, "old");
    assert_int_equal(chmod(target, 0600), 0);
    assert_int_equal(symlink("target.pdf", link), 0);
    Output *output = output_open(arena, link, &error);
    assert_true(output_write(output, "new", 3));
    assert_true(output_commit(output, &error));
    assert_file_is(arena, target, "new");
    struct stat info;
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(stat(target, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    unlink(link);
}

static void a_full_device_is_an_error(void **state)
{
    Arena *arena = *state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    const char *error = NULL;
    Output *output = output_open(arena, "/dev/full", &error);
    assert_non_null(output);
    output_write(output, "page", 4);
    assert_false(output_commit(output, &error));
    assert_non_null(error);
    assert_int_equal(access("/dev/full", F_OK), 0);
}

static void a_pipe_is_written_through(void **state)
{
    Arena *arena = *state;
    const char *path = in_folder(arena, "pipe"), *error = NULL;
    assert_int_equal(mkfifo(path, 0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    Output *output = output_open(arena, path, &error);
    assert_non_null(output);
    assert_true(output_write(output, "page", 4));
    assert_true(output_commit(output, &error));
    char got[8];
    assert_int_equal(read(reader, got, sizeof got), 4);
    assert_memory_equal(got, "page", 4);
    close(reader);
    struct stat info;
    assert_int_equal(lstat(path, &info), 0);
    assert_true(S_ISFIFO(info.st_mode));
    unlink(path);
}

static void what_cannot_be_opened_says_why(void **state)
{
    Arena *arena = *state;
    const char *error = NULL;
    assert_null(output_open(arena, folder, &error));
    assert_non_null(error);
    error = NULL;
    assert_null(output_open(arena, in_folder(arena, "no/such/folder.pdf"), &error));
    assert_non_null(error);
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
        TEST(a_reference_below_the_root_is_found),
        TEST(a_name_with_a_question_mark_is_found),
        TEST(what_is_not_there_is_missing),
        TEST(nothing_outside_is_given),
        TEST(a_link_that_leads_out_is_forbidden),
        TEST(a_folder_whose_name_begins_alike_is_outside),
        TEST(files_are_read_up_to_the_limit),
        TEST(paths_are_taken_apart_and_joined),
        TEST(an_output_appears_when_it_is_committed),
        TEST(a_large_output_is_whole),
        TEST(an_output_that_is_given_up_leaves_the_older_one),
        TEST(the_target_of_a_link_is_replaced_and_keeps_its_mode),
        TEST(a_full_device_is_an_error),
        TEST(a_pipe_is_written_through),
        TEST(what_cannot_be_opened_says_why),
    };
    return cmocka_run_group_tests_name("base: files", tests, open_folder, remove_folder);
}
