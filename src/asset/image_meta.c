/* Where a JPEG or PNG file keeps what is said about the picture: Exif, XMP and IPTC as they stand, not read any further.
 *   ITU-T T.81 annex B; XMP part 3, 1.1.3, 1.1.4; Photoshop image resources (8BIM) for IPTC; PNG 11.3.3 */
#include "asset/image_format.h"

static bool starts(Bytes segment, const char *text, size_t size)
{
    return segment.size >= size && memcmp(segment.data, text, size) == 0;
}

static Bytes after(Bytes segment, size_t size)
{
    return (Bytes){segment.data + size, segment.size - size};
}

static void add_resources(Buffer *resources, Bytes segment)
{
    buffer_add(resources, segment.data + 14, segment.size - 14);
}

/* The resource 0x0404 of a list of them: "8BIM", number, a name of even length, size, data of even length. */
static Bytes find_iptc(Bytes list)
{
    for (size_t at = 0; at + 12 <= list.size;) {
        if (memcmp(list.data + at, "8BIM", 4) != 0)
            return (Bytes){0};
        uint32_t number = read_big(list.data + at + 4, 2);
        size_t name = (uint8_t)list.data[at + 6], start = at + 6 + ((name + 2) & ~(size_t)1);
        if (start + 4 > list.size)
            return (Bytes){0};
        size_t size = read_big(list.data + start, 4);
        if (size > list.size - start - 4)
            size = list.size - start - 4;
        if (number == 0x0404)
            return (Bytes){list.data + start + 4, size};
        at = start + 4 + ((size + 1) & ~(size_t)1);
    }
    return (Bytes){0};
}

static ImageMeta read_jpeg(Arena *arena, Bytes file)
{
    ImageMeta meta = {0};
    Buffer resources = {.arena = arena};
    for (size_t at = 2; at + 4 <= file.size;) {
        int marker = (uint8_t)file.data[at + 1];
        if ((uint8_t)file.data[at] != 0xFF || marker <= 1 || marker == 0xFF || (marker >= 0xD0 && marker <= 0xD8)) {
            at++;
            continue;
        }
        size_t length = read_big(file.data + at + 2, 2);
        if (marker == 0xD9 || marker == 0xDA || length < 2 || at + 2 + length > file.size)
            break;
        Bytes segment = {file.data + at + 4, length - 2};
        if (marker == 0xE1 && starts(segment, "Exif\0", 6) && !meta.exif.size)
            meta.exif = after(segment, 6);
        else if (marker == 0xE1 && starts(segment, "http://ns.adobe.com/xap/1.0/", 29) && !meta.xmp.size)
            meta.xmp = after(segment, 29);
        else if (marker == 0xED && starts(segment, "Photoshop 3.0", 14))
            add_resources(&resources, segment);
        at += 2 + length;
    }
    meta.iptc = find_iptc((Bytes){resources.data, resources.size});
    return meta;
}

static ImageMeta read_png(Bytes file)
{
    ImageMeta meta = {0};
    for (size_t at = 8; at + 12 <= file.size;) {
        size_t size = read_big(file.data + at, 4);
        Bytes chunk = {file.data + at + 8, size};
        if (size > file.size - at - 12 || memcmp(file.data + at + 4, "IEND", 4) == 0)
            break;
        if (memcmp(file.data + at + 4, "eXIf", 4) == 0)
            meta.exif = chunk;
        else if (memcmp(file.data + at + 4, "iTXt", 4) == 0 && starts(chunk, "XML:com.adobe.xmp\0\0\0\0", 22))
            meta.xmp = after(chunk, 22);
        at += 12 + size;
    }
    return meta;
}

ImageMeta image_metadata(Arena *arena, Bytes file)
{
    if (starts(file, "\xFF\xD8", 2))
        return read_jpeg(arena, file);
    if (starts(file, "\x89PNG\r\n\x1A\n", 8))
        return read_png(file);
    return (ImageMeta){0};
}
