/* Where picture files keep what is said of the picture. */
#include "asset/image.h"
#include "test.h"

#include <libdeflate.h>
#include <nettle/md5.h>

static Buffer jpeg(Arena *arena)
{
    Buffer out = {.arena = arena};
    buffer_add(&out, "\xFF\xD8", 2);
    return out;
}

static void big(Buffer *out, size_t value, int bytes)
{
    for (int i = bytes; i-- > 0;)
        buffer_add(out, (char[]){(char)(value >> 8 * i)}, 1);
}

static void segment(Buffer *out, int marker, const char *data, size_t size)
{
    buffer_add(out, (char[]){(char)0xFF, (char)marker}, 2);
    big(out, size + 2, 2);
    buffer_add(out, data, size);
}

static void resource(Buffer *out, int number, const char *data, size_t size)
{
    buffer_add(out, "8BIM", 4);
    big(out, (size_t)number, 2);
    big(out, 0, 2);
    big(out, size, 4);
    buffer_add(out, data, size);
    buffer_add(out, "\0", size & 1);
}

static ImageMeta read(Arena *arena, const Buffer *file)
{
    return image_metadata(arena, (Bytes){file->data, file->size});
}

static ImageMeta with_digest(Arena *arena, const char *digested)
{
    static const char iim[] = "\x1C\x02\x78\0\x03new";
    struct md5_ctx md5;
    uint8_t digest[16];
    md5_init(&md5);
    md5_update(&md5, strlen(digested) ? 8 : 0, (const uint8_t *)digested);
    md5_digest(&md5, 16, digest);
    Buffer data = {.arena = arena}, file = jpeg(arena);
    buffer_add(&data, "Photoshop 3.0\0", 14);
    resource(&data, 0x0404, iim, 8);
    if (*digested)
        resource(&data, 0x0425, (const char *)digest, 16);
    segment(&file, 0xED, data.data, data.size);
    return read(arena, &file);
}

static void the_digest_tells_whether_iptc_is_newer(void **state)
{
    assert_int_equal(with_digest(*state, "").iptc.size, 8);
    assert_false(with_digest(*state, "").iptc_newer);
    assert_false(with_digest(*state, "\x1C\x02\x78\0\x03new").iptc_newer);
    assert_true(with_digest(*state, "\x1C\x02\x78\0\x03old").iptc_newer);
}

#define GUID "0123456789ABCDEF0123456789ABCDEF"

static void part(Buffer *file, const char *guid, size_t whole, size_t offset, const char *text)
{
    Buffer data = {.arena = file->arena};
    buffer_add(&data, "http://ns.adobe.com/xmp/extension/", 35);
    buffer_add(&data, guid, 32);
    big(&data, whole, 4);
    big(&data, offset, 4);
    buffer_text(&data, text);
    segment(file, 0xE1, data.data, data.size);
}

static void main_packet(Buffer *file)
{
    static const char packet[] = "http://ns.adobe.com/xap/1.0/\0<x HasExtendedXMP='" GUID "'/>";
    segment(file, 0xE1, packet, sizeof packet - 1);
}

static void extended_xmp_is_put_together(void **state)
{
    Buffer file = jpeg(*state);
    main_packet(&file);
    part(&file, GUID, 10, 5, "world");
    part(&file, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 4, 0, "else");
    part(&file, GUID, 10, 0, "hello");
    ImageMeta meta = read(*state, &file);
    assert_int_equal(meta.xmp_more.size, 10);
    assert_memory_equal(meta.xmp_more.data, "helloworld", 10);
}

static void extended_xmp_with_gaps_or_lies_is_none(void **state)
{
    Buffer gap = jpeg(*state), beyond = jpeg(*state), huge = jpeg(*state);
    main_packet(&gap);
    part(&gap, GUID, 10, 0, "hello");
    assert_int_equal(read(*state, &gap).xmp_more.size, 0);
    main_packet(&beyond);
    part(&beyond, GUID, 10, 8, "hello");
    assert_int_equal(read(*state, &beyond).xmp_more.size, 0);
    main_packet(&huge);
    part(&huge, GUID, 0xFFFFFFFF, 0, "hello");
    assert_int_equal(read(*state, &huge).xmp_more.size, 0);
}

static ImageMeta png_with(Arena *arena, const char *text, size_t size, bool compressed)
{
    Buffer file = {.arena = arena}, chunk = {.arena = arena};
    buffer_add(&file, "\x89PNG\r\n\x1A\n", 8);
    buffer_add(&chunk, "XML:com.adobe.xmp", 18);
    buffer_add(&chunk, compressed ? "\1\0en\0XMP\0" : "\0\0en\0XMP\0", 9);
    if (compressed) {
        struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(9);
        size_t room = libdeflate_zlib_compress_bound(deflater, size);
        char *packed = arena_alloc(arena, room);
        buffer_add(&chunk, packed, libdeflate_zlib_compress(deflater, text, size, packed, room));
        libdeflate_free_compressor(deflater);
    } else {
        buffer_add(&chunk, text, size);
    }
    big(&file, chunk.size, 4);
    buffer_text(&file, "iTXt");
    buffer_add(&file, chunk.data, chunk.size);
    big(&file, 0, 4);
    return read(arena, &file);
}

static void packets_in_png_may_be_compressed(void **state)
{
    static const char text[] = "<x:xmpmeta>a packet, a packet, a packet</x:xmpmeta>";
    for (int compressed = 0; compressed < 2; compressed++) {
        ImageMeta meta = png_with(*state, text, sizeof text - 1, compressed);
        assert_int_equal(meta.xmp.size, sizeof text - 1);
        assert_memory_equal(meta.xmp.data, text, sizeof text - 1);
    }
}

static void a_packet_that_swells_is_none(void **state)
{
    size_t size = 40 << 20;
    char *blanks = arena_alloc(*state, size);
    memset(blanks, ' ', size);
    assert_int_equal(png_with(*state, blanks, size, true).xmp.size, 0);
}

static void webp_has_both(void **state)
{
    Buffer file = {.arena = *state};
    buffer_add(&file, "RIFF\0\0\0\0WEBP", 12);
    buffer_add(&file, "EXIF\x0B\0\0\0Exif\0\0MM\0*!\0", 20);
    buffer_add(&file, "XMP \x03\0\0\0<x>\0", 12);
    ImageMeta meta = read(*state, &file);
    assert_int_equal(meta.exif.size, 5);
    assert_memory_equal(meta.exif.data, "MM\0*!", 5);
    assert_int_equal(meta.xmp.size, 3);
    file.size -= 4; /* cut off */
    assert_int_equal(read(*state, &file).xmp.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_digest_tells_whether_iptc_is_newer), TEST(extended_xmp_is_put_together),
        TEST(extended_xmp_with_gaps_or_lies_is_none), TEST(packets_in_png_may_be_compressed),
        TEST(a_packet_that_swells_is_none),           TEST(webp_has_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
