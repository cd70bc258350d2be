/* A JPEG file without what only speaks of it: Exif, XMP, IPTC, comments, previews, whatever stands behind its end. Position
 * and private data go no further than here. ITU-T T.81 annex B; which markers a decoder needs: JFIF, ICC.1 annex B.4,
 * Adobe TN 5116. */
#include "asset/image_format.h"

static bool needed(int marker, Bytes segment)
{
    if (marker == 0xE0)
        return segment.size >= 14 && memcmp(segment.data, "JFIF", 5) == 0;
    if (marker == 0xE2)
        return segment.size > 14 && memcmp(segment.data, "ICC_PROFILE", 12) == 0;
    if (marker == 0xEE)
        return segment.size >= 12 && memcmp(segment.data, "Adobe", 5) == 0;
    return marker < 0xE0; /* APPn, JPGn, COM */
}

static void add(Arena *arena, BareJpeg *jpeg, const char *data, size_t size)
{
    if (size)
        VEC_PUSH(arena, jpeg->parts, ((Bytes){data, size}));
    jpeg->size += size;
}

/* Where the coded data of a scan end: at the next marker that is no restart. */
static size_t scan_end(Bytes file, size_t at)
{
    while (at + 1 < file.size) {
        uint8_t next = (uint8_t)file.data[at + 1];
        if ((uint8_t)file.data[at] == 0xFF && next != 0 && next != 0xFF && !(next >= 0xD0 && next <= 0xD7))
            return at;
        at++;
    }
    return file.size;
}

/* T.81 B.2: a scan is followed by the end, another scan or its tables, or what speaks of the file. Overwritten coded data
 * have other markers. */
static bool may_follow(int marker)
{
    return marker == 0xC4 || marker == 0xFE || (marker >= 0xD9 && marker <= 0xDD) || (marker >= 0xE0 && marker <= 0xEF);
}

BareJpeg image_jpeg_bare(Arena *arena, const Image *image)
{
    BareJpeg jpeg = {.regular = true};
    Bytes file = image->data;
    add(arena, &jpeg, "\xFF\xD8", 2);
    for (size_t at = 2; at + 4 <= file.size;) {
        int marker = (uint8_t)file.data[at + 1];
        if ((uint8_t)file.data[at] != 0xFF || marker <= 1 || marker == 0xFF || (marker >= 0xD0 && marker <= 0xD8)) {
            at++; /* filling and junk */
            continue;
        }
        size_t length = marker == 0xD9 ? 0 : read_big(file.data + at + 2, 2);
        if (length < 2 || at + 2 + length > file.size)
            break;
        if (needed(marker, (Bytes){file.data + at + 4, length - 2}))
            add(arena, &jpeg, file.data + at, 2 + length);
        at += 2 + length;
        if (marker == 0xDA) {
            size_t end = scan_end(file, at);
            jpeg.regular = jpeg.regular && end + 1 < file.size && may_follow((uint8_t)file.data[end + 1]);
            add(arena, &jpeg, file.data + at, end - at);
            at = end;
        }
    }
    add(arena, &jpeg, "\xFF\xD9", 2);
    return jpeg;
}
