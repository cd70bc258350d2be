/* JPEG files for tests/press/run.sh: press_pictures FOLDER PROFILE.icc
 * plain: 64 x 64 of one colour. large.jpg: 1600 x 1600, fine stripes and a slope. cube.jpg: all of RGB, 512 x 512. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

typedef void (*Draw)(int x, int y, uint8_t *pixel);
static uint8_t plain[4];

static void draw_plain(int x, int y, uint8_t *pixel)
{
    (void)x;
    (void)y;
    memcpy(pixel, plain, 4);
}

static void draw_large(int x, int y, uint8_t *pixel)
{
    pixel[0] = (uint8_t)(x * 255 / 1600);
    pixel[1] = (x / 8 + y / 8) % 2 ? 200 : 60;
    pixel[2] = (uint8_t)(y * 255 / 1600);
}

static void draw_cube(int x, int y, uint8_t *pixel)
{
    pixel[0] = (uint8_t)(x % 64 * 255 / 63);
    pixel[1] = (uint8_t)(y % 64 * 255 / 63);
    pixel[2] = (uint8_t)((x / 64 + y / 64 * 8) * 255 / 63);
}

static void write_jpeg(const char *folder, const char *name, int side, int components, bool adobe, const char *icc,
                       size_t icc_size, Draw draw)
{
    char path[4096];
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    uint8_t *row = calloc((size_t)side + 1, 4);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || !row)
        exit(1);
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = jpeg.image_height = (JDIMENSION)side;
    jpeg.input_components = components;
    jpeg.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 97, TRUE);
    if (components == 4)
        jpeg.write_Adobe_marker = adobe;
    jpeg_start_compress(&jpeg, TRUE);
    if (icc)
        jpeg_write_icc_profile(&jpeg, (const JOCTET *)icc, (unsigned)icc_size);
    for (int y = 0; y < side; y++) {
        JSAMPROW to = row;
        for (int x = 0; x < side; x++)
            draw(x, y, row + x * components);
        jpeg_write_scanlines(&jpeg, &to, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    fclose(file);
    free(row);
}

static void set(int a, int b, int c, int d)
{
    const uint8_t values[4] = {(uint8_t)a, (uint8_t)b, (uint8_t)c, (uint8_t)d};
    memcpy(plain, values, 4);
}

int main(int count, char **arguments)
{
    static char icc[1 << 20];
    FILE *file = count == 3 ? fopen(arguments[2], "rb") : NULL;
    if (!file)
        return 2;
    size_t size = fread(icc, 1, sizeof icc, file);
    fclose(file);
    const char *folder = arguments[1];
    set(200, 80, 30, 0);
    write_jpeg(folder, "rgb.jpg", 64, 3, false, NULL, 0, draw_plain);
    set(140, 140, 140, 0);
    write_jpeg(folder, "bw.jpg", 64, 3, false, NULL, 0, draw_plain);
    set(100, 0, 0, 0);
    write_jpeg(folder, "gray.jpg", 64, 1, false, NULL, 0, draw_plain);
    set(51, 102, 153, 26); /* 20 40 60 10 percent */
    write_jpeg(folder, "cmyk.jpg", 64, 4, false, NULL, 0, draw_plain);
    write_jpeg(folder, "newsprint.jpg", 64, 4, false, icc, size, draw_plain);
    set(204, 153, 102, 229); /* the same, as Adobe turns it about */
    write_jpeg(folder, "inverted.jpg", 64, 4, true, NULL, 0, draw_plain);
    set(0, 0, 0, 255);
    write_jpeg(folder, "black.jpg", 64, 4, false, icc, size, draw_plain);
    write_jpeg(folder, "large.jpg", 1600, 3, false, NULL, 0, draw_large);
    write_jpeg(folder, "cube.jpg", 512, 3, false, NULL, 0, draw_cube);
    return 0;
}
