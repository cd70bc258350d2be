/* The file around the objects: where things are, what is told when the disk is full. */
#define _GNU_SOURCE
#include "test.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "pdf/pdf.h"
#include "pdf/pdf_write.h"

static char path[] = "/tmp/n2p-pdf-XXXXXX";

static int make_path(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int remove_path(void **state)
{
    (void)state;
    return unlink(path);
}

static Bytes written(Arena *arena)
{
    Bytes bytes = {0};
    assert_int_equal(file_map(arena, path, 0, &bytes), FILE_OK);
    return bytes;
}

static uint64_t big(const uint8_t *at, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return value;
}

static const char *find(Bytes file, const char *text)
{
    const char *at = memmem(file.data, file.size, text, strlen(text));
    assert_non_null(at);
    return at;
}

/* The cross-reference stream, unpacked by hand: rows of 1 + wide + 2 bytes, each after a filter byte 2. */
static uint8_t *read_xref(Arena *arena, Bytes file, int *rows, int *wide)
{
    const char *end = memrchr(file.data, 's', file.size); /* startxref */
    while (end > file.data && strncmp(end, "startxref", 9) != 0)
        end--;
    const char *at = file.data + strtoull(end + 9, NULL, 10);
    assert_non_null(strstr(at, "/Type/XRef"));
    int size = atoi(strstr(at, "/Size ") + 6);
    *wide = atoi(strstr(at, "/W[1 ") + 5);
    size_t row = (size_t)*wide + 3, length = strtoull(strstr(at, "/Length ") + 8, NULL, 10), got;
    uint8_t *raw = arena_alloc(arena, (row + 1) * (size_t)size), *out = arena_alloc(arena, row * (size_t)size);
    struct libdeflate_decompressor *unpack = libdeflate_alloc_decompressor();
    assert_int_equal(
        libdeflate_zlib_decompress(unpack, strstr(at, "stream\n") + 7, length, raw, (row + 1) * (size_t)size, &got), 0);
    libdeflate_free_decompressor(unpack);
    assert_int_equal(got, (row + 1) * (size_t)size);
    for (int i = 0; i < size; i++)
        for (size_t k = 0; k < row; k++)
            out[(size_t)i * row + k] =
                (uint8_t)(raw[(size_t)i * (row + 1) + 1 + k] + (i ? out[(size_t)(i - 1) * row + k] : 0));
    *rows = size;
    return out;
}

static void every_object_is_where_the_table_says(void **state)
{
    Arena *arena = *state;
    const char *error;
    Output *output = output_open(arena, path, &error);
    PdfFile *file = pdf_file_new(arena, output, 17, false);
    Ref refs[1000];
    for (int i = 0; i < 1000; i++)
        refs[i] = pdf_reserve(file);
    Ref stream = pdf_reserve(file), rows = pdf_reserve(file), never = pdf_reserve(file);
    for (int i = 999; i >= 0; i--)
        pdf_put_text(file, refs[i], arena_format(arena, "(object %d)", i));
    pdf_put_stream(file, stream, "/A 1", PACK_NONE, (Bytes){"data", 4});
    pdf_deflate_begin(file, rows, "/B 2");
    for (int i = 0; i < 1000; i++)
        pdf_deflate_rows(file, "some bytes in a row", 19);
    pdf_deflate_end(file);
    assert_true(pdf_file_end(file, refs[0], 0));
    assert_true(output_commit(output, &error));
    Bytes bytes = written(arena);
    int count, wide;
    const uint8_t *table = read_xref(arena, bytes, &count, &wide), *row;
    assert_true(count > 1003);
    for (int i = 0; i < 1000; i++) {
        row = table + refs[i] * (size_t)(wide + 3);
        assert_int_equal(row[0], 2); /* in an object stream: which, and its index there */
        const uint8_t *holder = table + big(row + 1, wide) * (size_t)(wide + 3);
        assert_int_equal(holder[0], 1);
        const char *at = bytes.data + big(holder + 1, wide), *body = strstr(at, "stream\n") + 7;
        assert_int_equal(strtoull(at, NULL, 10), big(row + 1, wide));
        size_t first = strtoull(strstr(at, "/First ") + 7, NULL, 10);
        const char *pair = body;
        for (uint64_t skip = big(row + 1 + wide, 2); skip > 0; skip--) {
            pair = strchr(pair, ' ') + 1;
            pair = pair + strcspn(pair, " \n") + 1;
        }
        char *after, wanted[32];
        assert_int_equal(strtoull(pair, &after, 10), refs[i]);
        snprintf(wanted, sizeof wanted, "(object %d)\n", i);
        assert_memory_equal(body + first + strtoull(after, NULL, 10), wanted, strlen(wanted));
    }
    row = table + stream * (size_t)(wide + 3);
    assert_int_equal(row[0], 1);
    assert_memory_equal(bytes.data + big(row + 1, wide),
                        arena_format(arena, "%u 0 obj\n<</A 1/Length 4>>\nstream\ndata\nendstream", stream), 46);
    row = table + never * (size_t)(wide + 3);
    assert_int_equal(row[0], 0);
    find(bytes, "/B 2/Filter/FlateDecode/Length ");
}

/* ISO 32000-1 7.5.4 (G4): lines of 20 bytes, a chain of free numbers, nothing packed. */
static void before_1_5_there_is_a_table(void **state)
{
    Arena *arena = *state;
    const char *error;
    Output *output = output_open(arena, path, &error);
    PdfFile *file = pdf_file_new(arena, output, 14, true);
    Ref first = pdf_reserve(file), never = pdf_reserve(file), last = pdf_reserve(file);
    pdf_put_text(file, last, "(last)");
    pdf_put_text(file, first, "(first)");
    assert_true(pdf_file_end(file, first, last));
    assert_true(output_commit(output, &error));
    Bytes bytes = written(arena);
    assert_memory_equal(bytes.data, "%PDF-1.4\n", 9);
    const char *start = strstr(bytes.data + 16, "startxref\n");
    const char *table = bytes.data + strtoull(start + 10, NULL, 10);
    assert_memory_equal(table, "xref\n0 4\n", 9);
    const char *line = table + 9;
    assert_memory_equal(line, "0000000002 65535 f \n", 20);
    const Ref refs[] = {first, last};
    static const char *const bodies[] = {"1 0 obj\n(first)\nendobj\n", "3 0 obj\n(last)\nendobj\n"};
    for (int i = 0; i < 2; i++) {
        const char *row = line + 20 * refs[i];
        assert_memory_equal(row + 10, " 00000 n \n", 10);
        assert_memory_equal(bytes.data + strtoull(row, NULL, 10), bodies[i], strlen(bodies[i]));
    }
    assert_memory_equal(line + 20 * never, "0000000000 00000 f \n", 20);
    assert_memory_equal(line + 80, "trailer\n<</Size 4/Root 1 0 R/Info 3 0 R/ID[<", 44);
    assert_memory_equal(bytes.data + bytes.size - 6, "%%EOF\n", 6);
}

static void the_identifier_comes_from_the_content(void **state)
{
    Arena *arena = *state;
    char ids[3][33];
    for (int i = 0; i < 3; i++) {
        const char *error;
        Output *output = output_open(arena, "/dev/null", &error);
        PdfFile *file = pdf_file_new(arena, output, 17, true);
        pdf_put_stream(file, pdf_reserve(file), "", PACK_DEFLATE, (Bytes){i == 2 ? "other" : "bytes", 5});
        pdf_file_hash(file, ids[i]);
        assert_int_equal(strlen(ids[i]), 32);
        assert_string_not_equal(ids[i], "00000000000000000000000000000000");
    }
    assert_string_equal(ids[0], ids[1]);
    assert_string_not_equal(ids[0], ids[2]);
}

static void a_full_disk_fails(void **state)
{
    Arena *arena = *state;
    Diag diag = {.arena = arena};
    const char *error = NULL;
    Output *output = output_open(arena, "/dev/full", &error);
    assert_non_null(output);
    PdfFacts facts = {.title = "T", .compress = true};
    PdfWriter *writer = pdf_begin(arena, output, &facts, &diag);
    PaintOp op = {.kind = OP_RECT, .at.rect = {.width = 100, .height = 100}};
    DisplayPage page = {.width = 1000, .height = 1000, .number = 1, .count = 1, .ops = &op};
    for (int i = 0; i < 2000; i++)
        pdf_page(writer, &page);
    assert_false(pdf_end(writer));
    assert_int_equal(diag.errors, 1);
    assert_string_equal(diag.list.at[0].code, "output-failed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_object_is_where_the_table_says),
        TEST(before_1_5_there_is_a_table),
        TEST(the_identifier_comes_from_the_content),
        TEST(a_full_disk_fails),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
