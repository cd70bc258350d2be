/* Pictures by their heads: what is recognised, what is reported and how, and that nothing hostile gets through. The
 * pictures are made here, in a folder of their own. */
#define _GNU_SOURCE
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h>
#include <png.h>

#include "asset/image.h"

static char folder[] = "/tmp/n2p-image-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

typedef struct {
    uint8_t *data;
    unsigned long size;
} Made;

static void put(const char *name, const void *data, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    fclose(file);
}

/* ---- JPEG, 64 x 48: left half one colour, right half another, with segments put in after SOI ---- */

static Made make_jpeg(int components, bool adobe, bool progressive)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    Made made = {0};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &made.data, &made.size);
    jpeg.image_width = 64;
    jpeg.image_height = 48;
    jpeg.input_components = components;
    jpeg.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 95, TRUE);
    if (progressive)
        jpeg_simple_progression(&jpeg);
    jpeg.write_Adobe_marker = adobe;
    jpeg_start_compress(&jpeg, TRUE);
    uint8_t row[64 * 4];
    for (int y = 0; y < 48; y++) {
        for (int i = 0; i < 64 * components; i++)
            row[i] = (uint8_t)(i / components < 32 ? 40 + 10 * (i % components) : 200 - 10 * (i % components));
        JSAMPROW rows[] = {row};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return made;
}

static Made insert(Made jpeg, uint8_t marker, const void *data, size_t size)
{
    Made made = {malloc(jpeg.size + size + 4), jpeg.size + size + 4};
    memcpy(made.data, jpeg.data, 2);
    made.data[2] = 0xFF;
    made.data[3] = marker;
    made.data[4] = (uint8_t)((size + 2) >> 8);
    made.data[5] = (uint8_t)(size + 2);
    memcpy(made.data + 6, data, size);
    memcpy(made.data + 6 + size, jpeg.data + 2, jpeg.size - 2);
    free(jpeg.data);
    return made;
}

typedef struct {
    ImageSet *set;
    FileAccess access;
    Diag diag;
} Site;

static Site *site(Arena *arena, const Limits *limits)
{
    Site *made = NEW(arena, Site);
    made->access.arena = arena;
    made->diag.arena = arena;
    file_allow(&made->access, folder);
    made->set = image_set_open(arena, &made->access, limits);
    return made;
}

static const Image *open_image(Site *from, const char *name)
{
    return image_open(from->set, folder, name, (Source){"a.xml", 3, 7}, &from->diag);
}

static void assert_reports(Site *from, const char *name, const char *code)
{
    int before = from->diag.list.count;
    assert_null(open_image(from, name));
    assert_int_equal(from->diag.list.count, before + 1);
    const Diagnostic *last = &from->diag.list.at[before];
    assert_string_equal(last->code, code);
    assert_string_equal(last->source.file, "a.xml");
    assert_int_equal(last->source.line, 3);
}

static void a_jpeg_is_known_by_its_head(void **state)
{
    Site *from = site(*state, NULL);
    Made jpeg = make_jpeg(3, false, true);
    uint8_t exif[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    jpeg = insert(jpeg, 0xE1, exif, sizeof exif - 1);
    put("a.jpg", jpeg.data, jpeg.size);
    const Image *image = open_image(from, "a.jpg");
    assert_non_null(image);
    assert_int_equal(image->kind, IMAGE_JPEG);
    assert_int_equal(image->width, 64);
    assert_int_equal(image->height, 48);
    assert_int_equal(image->components, 3);
    assert_int_equal(image->orientation, 6);
    assert_int_equal(image->upright_width, 48);
    assert_int_equal(image->upright_height, 64);
    assert_true(image->interlaced);
    assert_false(image->truncated);
    assert_int_equal(image->data.size, jpeg.size);
    free(jpeg.data);
}

static void one_path_is_one_picture(void **state)
{
    Site *from = site(*state, NULL);
    Made jpeg = make_jpeg(1, false, false);
    put("same.jpg", jpeg.data, jpeg.size);
    put("other.jpg", jpeg.data, jpeg.size);
    const Image *image = open_image(from, "same.jpg");
    assert_ptr_equal(open_image(from, "./same.jpg"), image);
    assert_ptr_not_equal(open_image(from, "other.jpg"), image);
    assert_int_equal(image->id, 1);
    free(jpeg.data);
}

static void a_profile_in_parts_is_put_together(void **state)
{
    Site *from = site(*state, NULL);
    uint8_t profile[400] = {0}, part[256] = "ICC_PROFILE";
    profile[2] = 1;
    profile[3] = 144; /* 400 */
    memcpy(profile + 12, "mntrRGB XYZ ", 12);
    memcpy(profile + 36, "acsp", 4);
    for (int i = 128; i < 400; i++)
        profile[i] = (uint8_t)i;
    Made jpeg = make_jpeg(3, false, false);
    part[13] = 2;
    part[12] = 1; /* inserted first, so that part 2 stands before it */
    memcpy(part + 14, profile, 200);
    jpeg = insert(jpeg, 0xE2, part, 214);
    part[12] = 2;
    memcpy(part + 14, profile + 200, 200);
    jpeg = insert(jpeg, 0xE2, part, 214);
    put("icc.jpg", jpeg.data, jpeg.size);
    const Image *image = open_image(from, "icc.jpg");
    assert_int_equal(image->icc.size, 400);
    assert_memory_equal(image->icc.data, profile, 400);
    memcpy(strstr((char *)memmem(jpeg.data, jpeg.size, "mntr", 4), "RGB "), "CMYK", 4); /* not for three channels */
    put("icc2.jpg", jpeg.data, jpeg.size);
    assert_int_equal(open_image(from, "icc2.jpg")->icc.size, 0);
    free(jpeg.data);
}

static void what_cannot_be_shown_is_reported_where_it_stands(void **state)
{
    Limits few = default_limits;
    few.pixels = 64 * 48 - 1;
    Site *from = site(*state, NULL), *limited = site(*state, &few);
    Made jpeg = make_jpeg(3, false, false);
    put("good.jpg", jpeg.data, jpeg.size);
    put("half.jpg", jpeg.data, 150);
    put("vector.png", "<?xml version=\"1.0\"?><svg/>", 27);
    put("empty.jpg", "", 0);
    put("lossless.jpg", "\xFF\xD8\xFF\xC3\0\x0B\x08\0\x10\0\x10\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\xFF\xD9",
        27);
    assert_reports(from, "nowhere.jpg", "photo-missing");
    assert_reports(from, "/etc/passwd", "photo-forbidden");
    assert_reports(from, "https://example.org/a.jpg", "photo-forbidden");
    assert_reports(from, "half.jpg", "photo-damaged");
    assert_reports(from, "empty.jpg", "photo-damaged");
    assert_reports(from, "lossless.jpg", "photo-damaged");
    assert_reports(from, "vector.png", "photo-unknown-format");
    assert_non_null(from->diag.list.at[from->diag.list.count - 1].hint);
    assert_reports(limited, "good.jpg", "photo-too-large");
    free(jpeg.data);
}

/* 1 x 1, red */
static const char inline_gif[] = "data:image/gif;base64,R0lGODlhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=";

static void a_picture_may_stand_in_the_document(void **state)
{
    Site *from = site(*state, NULL);
    const Image *image = open_image(from, inline_gif);
    assert_non_null(image);
    assert_int_equal(image->kind, IMAGE_GIF);
    assert_int_equal(image->width, 1);
    assert_ptr_equal(open_image(from, inline_gif), image);
    const Pixels *pixels = image_pixels(*state, image);
    assert_memory_equal(pixels->data, "\xFF\0\0", 3);
    assert_reports(from, "data:image/gif;base64,R0lGODlh", "photo-damaged");
    assert_reports(from, "data:text/plain,hello", "photo-missing");
    assert_reports(from, "data:image/png;base64,AAAAAAAA", "photo-unknown-format");
    assert_true(strlen(from->diag.list.at[0].message) < 200);
}

/* ---- pixels ---- */

static void assert_near(int got, int wanted)
{
    assert_in_range(got, wanted < 4 ? 0 : wanted - 4, wanted + 4);
}

static void jpeg_pixels_are_what_was_put_in(void **state)
{
    Site *from = site(*state, NULL);
    static const int kinds[] = {1, 3, 4};
    for (int k = 0; k < 3; k++) {
        int n = kinds[k];
        char name[16];
        Made jpeg = make_jpeg(n, false, k == 1);
        snprintf(name, sizeof name, "p%d.jpg", n);
        put(name, jpeg.data, jpeg.size);
        free(jpeg.data);
        const Pixels *pixels = image_pixels(*state, open_image(from, name));
        assert_non_null(pixels);
        assert_true(pixels->complete);
        assert_int_equal(pixels->components, n);
        assert_int_equal(pixels->row_bytes, 64 * n);
        for (int c = 0; c < n; c++) {
            assert_near(pixels->data[10 * pixels->row_bytes + (size_t)(5 * n + c)], 40 + 10 * c);
            assert_near(pixels->data[40 * pixels->row_bytes + (size_t)(60 * n + c)], 200 - 10 * c);
        }
    }
}

/* Files with Adobe's marker store CMYK inverted; decoded, 255 is full ink all the same. */
static void adobe_cmyk_is_inverted_back(void **state)
{
    Site *from = site(*state, NULL);
    Made jpeg = make_jpeg(4, true, false);
    put("adobe.jpg", jpeg.data, jpeg.size);
    free(jpeg.data);
    const Image *image = open_image(from, "adobe.jpg");
    assert_true(image->cmyk);
    assert_true(image->adobe_inverted);
    assert_near(image_pixels(*state, image)->data[0], 255 - 40);
}

static void a_jpeg_that_ends_early_is_shown_as_far_as_it_goes(void **state)
{
    Site *from = site(*state, NULL);
    Made jpeg = make_jpeg(3, false, false);
    size_t scan = (size_t)((uint8_t *)memmem(jpeg.data, jpeg.size, "\xFF\xDA", 2) - jpeg.data);
    put("cut.jpg", jpeg.data, scan + (jpeg.size - scan) / 2);
    free(jpeg.data);
    const Image *image = open_image(from, "cut.jpg");
    assert_non_null(image);
    assert_true(image->truncated);
    const Pixels *pixels = image_pixels(*state, image);
    assert_non_null(pixels);
    assert_false(pixels->complete);
    assert_near(pixels->data[0], 40);
    for (int c = 0; c < 3; c++)
        assert_int_equal(pixels->data[47 * pixels->row_bytes + (size_t)c], 255);
}

/* Whatever a byte becomes: no crash, no abort, no endless loop. */
static void damage(Arena *arena, const char *name, const uint8_t *data, size_t size)
{
    uint32_t seed = 1;
    for (int round = 0; round < 400; round++) {
        Arena *scratch = arena_beside(arena);
        uint8_t *copy = arena_copy(scratch, data, size);
        size_t length = size;
        for (int i = 0; i < 3; i++) {
            seed = seed * 1664525 + 1013904223;
            copy[(seed >> 8) % size] = (uint8_t)(seed >> 3);
        }
        if (round % 4 == 0)
            length = 1 + (seed >> 7) % size;
        Limits small = default_limits;
        small.pixels = 1000000;
        put(name, copy, length);
        Site *from = site(scratch, &small);
        const Image *image = open_image(from, name);
        DeflatedRows rows;
        if (image) {
            image_deflated(scratch, image, &rows);
            if (image->kind == IMAGE_JPEG)
                image_jpeg_bare(scratch, image);
            image_pixels(scratch, image);
        }
        arena_free(scratch);
    }
}

static void damaged_pictures_do_no_harm(void **state)
{
    static const uint8_t gif[] = "GIF89a\x02\0\x02\0\x80\0\0\xFF\0\0\0\0\xFF!\xF9\x04\x01\0\0\x01\0,"
                                 "\0\0\0\0\x02\0\x02\0\0\x02\x03\x44\x02\x05\0;";
    static const uint8_t webp[] = "RIFF\x1A\0\0\0WEBPVP8L\x0D\0\0\0\x2F\0\0\0\x10\x07\x10\x11\x11\x88\x88\xFE\x07\0";
    Made jpeg = make_jpeg(3, false, false), progressive = make_jpeg(4, true, true);
    png_image png = {.version = PNG_IMAGE_VERSION, .width = 16, .height = 16, .format = PNG_FORMAT_RGBA};
    uint8_t pixels[16 * 16 * 4], file[4096];
    png_alloc_size_t size = sizeof file;
    for (size_t i = 0; i < sizeof pixels; i++)
        pixels[i] = (uint8_t)(i * 7);
    assert_true(png_image_write_to_memory(&png, file, &size, 0, pixels, 0, NULL));
    damage(*state, "d.jpg", jpeg.data, jpeg.size);
    damage(*state, "e.jpg", progressive.data, progressive.size);
    damage(*state, "d.png", file, size);
    damage(*state, "d.gif", gif, sizeof gif - 1);
    damage(*state, "d.webp", webp, sizeof webp - 1);
    free(jpeg.data);
    free(progressive.data);
}

static bool holds(const BareJpeg *jpeg, const char *text)
{
    for (int i = 0; i < jpeg->parts.count; i++)
        if (memmem(jpeg->parts.at[i].data, jpeg->parts.at[i].size, text, strlen(text)))
            return true;
    return false;
}

static void a_bare_jpeg_keeps_pixels_and_profile_only(void **state)
{
    Site *from = site(*state, NULL);
    Made jpeg = make_jpeg(4, true, true);
    size_t plain = jpeg.size;
    jpeg = insert(jpeg, 0xE2, "ICC_PROFILE\0\1\1colours", 21);
    jpeg = insert(jpeg, 0xE1, "Exif\0\0 secret Exif", 18);
    jpeg = insert(jpeg, 0xE1, "http://ns.adobe.com/xap/1.0/\0 secret XMP", 40);
    jpeg = insert(jpeg, 0xED, "Photoshop 3.0\0 secret IPTC", 26);
    jpeg = insert(jpeg, 0xE2, "MPF\0 secret preview", 19);
    jpeg = insert(jpeg, 0xFE, "secret comment", 14);
    jpeg.data = realloc(jpeg.data, jpeg.size + 14);
    memcpy(jpeg.data + jpeg.size, "secret trailer", 14);
    put("secret.jpg", jpeg.data, jpeg.size + 14);
    const Image *image = open_image(from, "secret.jpg");
    assert_non_null(image);
    BareJpeg bare = image_jpeg_bare(*state, image);
    assert_false(holds(&bare, "secret"));
    assert_true(holds(&bare, "colours"));
    assert_true(holds(&bare, "Adobe"));
    assert_int_equal(bare.size, plain + 4 + 21); /* the profile is all that was put in and stays */
    free(jpeg.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_jpeg_is_known_by_its_head),         TEST(one_path_is_one_picture),
        TEST(a_profile_in_parts_is_put_together),  TEST(what_cannot_be_shown_is_reported_where_it_stands),
        TEST(a_picture_may_stand_in_the_document), TEST(jpeg_pixels_are_what_was_put_in),
        TEST(adobe_cmyk_is_inverted_back),         TEST(a_jpeg_that_ends_early_is_shown_as_far_as_it_goes),
        TEST(damaged_pictures_do_no_harm),         TEST(a_bare_jpeg_keeps_pixels_and_profile_only),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
