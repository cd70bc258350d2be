/* Where a JPEG, PNG or WebP file keeps what is said about the picture: Exif, XMP and IPTC as they stand, not read any further.
 *   ITU-T T.81 annex B; XMP part 3, 1.1.3, 1.1.4; Photoshop image resources (8BIM) for IPTC; PNG 11.3.3; RFC 9649 */
#include "asset/image_format.h"

#include <libdeflate.h>
#include <nettle/md5.h>

enum { PACKET_LIMIT = 16 << 20 }; /* of a packet that is put together or unpacked */

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

/* A resource of a list of them: "8BIM", number, a name of even length, size, data of even length. */
static Bytes find_resource(Bytes list, uint32_t wanted)
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
        if (number == wanted)
            return (Bytes){list.data + start + 4, size};
        at = start + 4 + ((size + 1) & ~(size_t)1);
    }
    return (Bytes){0};
}

/* Who wrote the XMP stored the MD5 of the IPTC that it agreed with (resource 0x0425). */
static bool changed_since(Bytes iptc, Bytes digest)
{
    struct md5_ctx md5;
    uint8_t now[MD5_DIGEST_SIZE];
    if (!iptc.size || digest.size != sizeof now)
        return false;
    md5_init(&md5);
    md5_update(&md5, iptc.size, (const uint8_t *)iptc.data);
    md5_digest(&md5, sizeof now, now);
    return memcmp(now, digest.data, sizeof now) != 0;
}

/* ---- extended XMP: parts of a second packet, named by its MD5, each with its place in the whole ---- */
enum { NAME = 32, PART_HEAD = NAME + 8 };
typedef VEC(Bytes) Parts;

static bool names_packet(Bytes xmp, const char *name)
{
    for (size_t at = 0; at + NAME <= xmp.size; at++)
        if (memcmp(xmp.data + at, name, NAME) == 0)
            return true;
    return false;
}

/* Empty: a part is missing, or the packet speaks of none. */
static Bytes join_parts(Arena *arena, Bytes xmp, const Parts *parts)
{
    char *whole = NULL;
    size_t size = 0, filled = 0;
    for (int i = 0; i < parts->count; i++) {
        Bytes part = parts->at[i];
        if (part.size < PART_HEAD || !names_packet(xmp, part.data))
            continue;
        size_t length = read_big(part.data + NAME, 4), offset = read_big(part.data + NAME + 4, 4);
        if (!whole && length && length <= PACKET_LIMIT)
            whole = arena_alloc(arena, size = length);
        if (!whole || length != size || offset > size || part.size - PART_HEAD > size - offset)
            return (Bytes){0};
        memcpy(whole + offset, part.data + PART_HEAD, part.size - PART_HEAD);
        filled += part.size - PART_HEAD;
    }
    return whole && filled == size ? (Bytes){whole, size} : (Bytes){0};
}

static ImageMeta read_jpeg(Arena *arena, Bytes file)
{
    ImageMeta meta = {0};
    Buffer resources = {.arena = arena};
    Parts parts = {0};
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
        else if (marker == 0xE1 && starts(segment, "http://ns.adobe.com/xmp/extension/", 35))
            VEC_PUSH(arena, parts, after(segment, 35));
        else if (marker == 0xED && starts(segment, "Photoshop 3.0", 14))
            add_resources(&resources, segment);
        at += 2 + length;
    }
    Bytes all = {resources.data, resources.size};
    meta.iptc = find_resource(all, 0x0404);
    meta.iptc_newer = changed_since(meta.iptc, find_resource(all, 0x0425));
    meta.xmp_more = join_parts(arena, meta.xmp, &parts);
    return meta;
}

/* Of a zlib stream; empty: damaged, or larger than any packet. */
static Bytes inflated(Arena *arena, Bytes packed)
{
    enum { RATIO = 256 }; /* more is no text */
    size_t room = packed.size > PACKET_LIMIT / RATIO ? PACKET_LIMIT : packed.size * RATIO, size = 0;
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    char *text = arena_alloc(arena, room + 1);
    bool good = inflater &&
                libdeflate_zlib_decompress(inflater, packed.data, packed.size, text, room, &size) == LIBDEFLATE_SUCCESS;
    if (inflater)
        libdeflate_free_decompressor(inflater);
    return good ? (Bytes){text, size} : (Bytes){0};
}

/* iTXt: keyword, 0, compressed or not, method, language, 0, translated keyword, 0, text. */
static Bytes international_text(Arena *arena, Bytes chunk, const char *keyword)
{
    size_t at = strlen(keyword) + 1;
    if (!starts(chunk, keyword, at) || chunk.size < at + 2)
        return (Bytes){0};
    bool compressed = chunk.data[at] == 1 && chunk.data[at + 1] == 0;
    at += 2;
    for (int i = 0; i < 2; i++) {
        const char *end = memchr(chunk.data + at, 0, chunk.size - at);
        if (!end)
            return (Bytes){0};
        at = (size_t)(end - chunk.data) + 1;
    }
    return compressed ? inflated(arena, after(chunk, at)) : after(chunk, at);
}

static ImageMeta read_png(Arena *arena, Bytes file)
{
    ImageMeta meta = {0};
    for (size_t at = 8; at + 12 <= file.size;) {
        size_t size = read_big(file.data + at, 4);
        Bytes chunk = {file.data + at + 8, size};
        if (size > file.size - at - 12 || memcmp(file.data + at + 4, "IEND", 4) == 0)
            break;
        if (memcmp(file.data + at + 4, "eXIf", 4) == 0)
            meta.exif = chunk;
        else if (memcmp(file.data + at + 4, "iTXt", 4) == 0 && !meta.xmp.size)
            meta.xmp = international_text(arena, chunk, "XML:com.adobe.xmp");
        at += 12 + size;
    }
    return meta;
}

static ImageMeta read_webp(Bytes file)
{
    ImageMeta meta = {0};
    for (size_t at = 12; at + 8 <= file.size;) {
        size_t size = read_little(file.data + at + 4, 4);
        Bytes chunk = {file.data + at + 8, size};
        if (size > file.size - at - 8)
            break;
        if (memcmp(file.data + at, "EXIF", 4) == 0) /* some write it with the head it has in JPEG */
            meta.exif = starts(chunk, "Exif\0", 6) ? after(chunk, 6) : chunk;
        else if (memcmp(file.data + at, "XMP ", 4) == 0)
            meta.xmp = chunk;
        at += 8 + size + (size & 1);
    }
    return meta;
}

ImageMeta image_metadata(Arena *arena, Bytes file)
{
    if (starts(file, "\xFF\xD8", 2))
        return read_jpeg(arena, file);
    if (starts(file, "\x89PNG\r\n\x1A\n", 8))
        return read_png(arena, file);
    if (file.size > 12 && starts(file, "RIFF", 4) && memcmp(file.data + 8, "WEBP", 4) == 0)
        return read_webp(file);
    return (ImageMeta){0};
}
