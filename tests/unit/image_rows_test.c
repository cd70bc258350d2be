/* Rows of pictures: the same as all at once; fewer and sharper; coded again. */
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "asset/image_rows.h"

/* Against image_pixels(): every picture that the tests have. */
static void rows_are_those_of_the_whole(void **state)
{
    Arena *arena = *state;
    Diag diag = {.arena = arena};
    FileAccess access = {.arena = arena};
    file_allow(&access, ".");
    ImageSet *set = image_set_open(arena, &access, &default_limits);
    const char *const paths[] = {"tests/cli/photo.jpg", "tests/layout/picture.png"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const Image *image = image_open(set, ".", paths[i], NO_SOURCE, &diag);
        assert_non_null(image);
        const Pixels *whole = image_pixels(arena, image);
        ImageRows *rows = image_rows_open(arena, image, (ImageSize){image->width, image->height});
        assert_non_null(rows);
        assert_int_equal(image_rows_size(rows), whole->row_bytes);
        uint8_t *row = arena_alloc(arena, whole->row_bytes);
        for (int y = 0; y < image->height; y++) {
            assert_true(image_rows_next(rows, row));
            assert_memory_equal(row, whole->data + (size_t)y * whole->row_bytes, whole->row_bytes);
        }
        assert_true(image_rows_whole(rows));
        assert_false(image_rows_next(rows, row)); /* and then it is white */
        assert_int_equal(row[0], 255);
    }
}

/* A quarter of a JPEG looks as the whole does, seen from farther away. */
static void a_part_of_a_jpeg_is_its_mean(void **state)
{
    Arena *arena = *state;
    Diag diag = {.arena = arena};
    FileAccess access = {.arena = arena};
    file_allow(&access, ".");
    const Image *image =
        image_open(image_set_open(arena, &access, &default_limits), ".", "tests/cli/photo.jpg", NO_SOURCE, &diag);
    const Pixels *whole = image_pixels(arena, image);
    ImageRows *rows = image_rows_open(arena, image, (ImageSize){image->width / 8, image->height / 8});
    ImageSize given = image_rows_given(rows);
    assert_int_equal(given.width, (image->width + 3) / 4);
    assert_int_equal(given.height, (image->height + 3) / 4);
    int n = image->components;
    uint8_t *row = arena_alloc(arena, image_rows_size(rows));
    double off = 0;
    for (int y = 0; y < image->height / 4; y++) {
        assert_true(image_rows_next(rows, row));
        for (int x = 0; x < image->width / 4; x++) {
            int sum = 0;
            for (int i = 0; i < 16; i++)
                sum += whole->data[(size_t)(4 * y + i / 4) * whole->row_bytes + (size_t)((4 * x + i % 4) * n)];
            off += fabs(row[x * n] - sum / 16.0);
        }
    }
    assert_true(off / (image->width / 4.0 * (image->height / 4.0)) < 3);
}

/* A JPEG that ends early: rows as far as they go, the rest white, no crash. */
static void cut_pictures_end_white(void **state)
{
    Arena *arena = *state;
    Diag diag = {.arena = arena};
    FileAccess access = {.arena = arena};
    file_allow(&access, ".");
    const Image *whole =
        image_open(image_set_open(arena, &access, &default_limits), ".", "tests/cli/photo.jpg", NO_SOURCE, &diag);
    for (size_t size = 0; size < whole->data.size; size += whole->data.size / 40 + 1) {
        Image cut = *whole;
        cut.data.size = size;
        ImageRows *rows = image_rows_open(arena, &cut, (ImageSize){cut.width, cut.height});
        if (!rows)
            continue;
        uint8_t *row = arena_alloc(arena, image_rows_size(rows));
        for (int y = 0; y < cut.height; y++)
            image_rows_next(rows, row);
        assert_false(image_rows_whole(rows));
        assert_int_equal(row[0], 255);
    }
}

typedef uint16_t (*Draw)(int x, int y);

static void scale_all(Arena *arena, ImageSize from, ImageSize to, Draw draw, uint16_t *out)
{
    ImageScale *scale = image_scale_new(arena, from, to, 1);
    uint16_t *row = NEW_ARRAY(arena, uint16_t, from.width);
    int taken = 0;
    for (int y = 0; y < from.height; y++) {
        for (int x = 0; x < from.width; x++)
            row[x] = draw(x, y);
        image_scale_put(scale, row);
        while (image_scale_take(scale, out + (size_t)taken * (size_t)to.width))
            taken++;
    }
    assert_int_equal(taken, to.height);
}

static uint16_t plain(int x, int y)
{
    return (uint16_t)(51234 + 0 * x * y);
}

static uint16_t slope(int x, int y)
{
    return (uint16_t)(100 * x + 37 * y + 1000);
}

static uint16_t stripes(int x, int y)
{
    return (uint16_t)((x + y) % 2 * 65535);
}

static void scaling_keeps_plain_and_slope(void **state)
{
    Arena *arena = *state;
    static const ImageSize sizes[][2] = {{{300, 200}, {100, 67}}, {{301, 17}, {299, 16}}, {{64, 64}, {1, 1}},
                                         {{5, 3}, {5, 3}},        {{1, 40}, {1, 3}},      {{400, 400}, {37, 211}}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        ImageSize from = sizes[i][0], to = sizes[i][1];
        uint16_t *out = NEW_ARRAY(arena, uint16_t, to.width * to.height);
        scale_all(arena, from, to, plain, out);
        for (int k = 0; k < to.width * to.height; k++)
            assert_int_equal(out[k], 51234);
        scale_all(arena, from, to, slope, out);
        for (int y = 0; y < to.height; y++)
            for (int x = 0; x < to.width; x++) {
                /* away from the edges a slope goes on: the value in the middle of the new pixel */
                double at_x = (x + 0.5) * from.width / to.width - 0.5, at_y = (y + 0.5) * from.height / to.height - 0.5;
                double wide_x = 2.0 * from.width / to.width, wide_y = 2.0 * from.height / to.height;
                bool inside = at_x >= wide_x && at_x < from.width - 1 - wide_x && at_y >= wide_y &&
                              at_y < from.height - 1 - wide_y;
                double wanted = 100 * at_x + 37 * at_y + 1000;
                assert_true(!inside || fabs(out[y * to.width + x] - wanted) < 12);
            }
    }
}

/* What is finer than the new pixels becomes its mean, no pattern. */
static void scaling_makes_no_moire(void **state)
{
    Arena *arena = *state;
    uint16_t *out = NEW_ARRAY(arena, uint16_t, 100 * 100);
    scale_all(arena, (ImageSize){301, 301}, (ImageSize){100, 100}, stripes, out);
    for (int y = 5; y < 95; y++)
        for (int x = 5; x < 95; x++)
            assert_true(abs(out[y * 100 + x] - 32768) < 1500);
}

static void sharpening_keeps_plain_and_lifts_edges(void **state)
{
    Arena *arena = *state;
    ImageSharpen *sharpen = image_sharpen_new(arena, (ImageSize){4, 3}, 1, 128);
    uint16_t row[4] = {10000, 10000, 30000, 30000}, out[4];
    int taken = 0;
    for (int y = 0; y < 3; y++) {
        image_sharpen_put(sharpen, row);
        while (image_sharpen_take(sharpen, out)) {
            taken++;
            /* three of eight neighbours are 20000 away: 8 * 10000 - (5 * 10000 + 3 * 30000) = -60000, an eighth, half */
            const uint16_t wanted[4] = {10000, 6250, 33750, 30000};
            assert_memory_equal(out, wanted, sizeof out);
        }
    }
    assert_int_equal(taken, 3);
}

static void inks_come_back_from_a_jpeg(void **state)
{
    Arena *arena = *state;
    enum { SIDE = 32 };
    JpegWriter *writer = image_jpeg_begin(arena, (ImageSize){SIDE, SIDE}, 4);
    assert_non_null(writer);
    uint8_t row[SIDE * 4];
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            const uint8_t ink[4] = {200, 100, 50, 20};
            memcpy(row + 4 * x, ink, 4);
        }
        image_jpeg_put(writer, row);
    }
    Image image = {.kind = IMAGE_JPEG, .width = SIDE, .height = SIDE, .components = 4, .bits = 8, .cmyk = true};
    image.data = image_jpeg_finish(writer);
    assert_true(image.data.size > 0);
    const Pixels *pixels = image_pixels(arena, &image);
    assert_non_null(pixels);
    assert_true(abs(pixels->data[0] - 200) < 3 && abs(pixels->data[1] - 100) < 3 && abs(pixels->data[2] - 50) < 3 &&
                abs(pixels->data[3] - 20) < 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_are_those_of_the_whole),   TEST(cut_pictures_end_white), TEST(a_part_of_a_jpeg_is_its_mean),
        TEST(scaling_keeps_plain_and_slope), TEST(scaling_makes_no_moire), TEST(sharpening_keeps_plain_and_lifts_edges),
        TEST(inks_come_back_from_a_jpeg),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
