/* WOFF 1.0 (W3C Recommendation, 13 December 2012): tables deflated by themselves. */
#include "asset/font_bytes.h"
#include "asset/font_face.h"

#include <zlib.h>

enum { HEADER = 44, ENTRY = 20, SFNT_MOST = 128 << 20 };

static bool unpack(Bytes woff, const char *entry, char *out)
{
    uint32_t offset = be32(entry + 4), packed = be32(entry + 8), size = be32(entry + 12);
    if (packed > size || offset > woff.size || packed > woff.size - offset)
        return false;
    if (packed == size) {
        memcpy(out, woff.data + offset, size);
        return true;
    }
    uLongf length = size;
    return uncompress((Bytef *)out, &length, (const Bytef *)woff.data + offset, packed) == Z_OK && length == size;
}

bool woff_decode(Arena *arena, Bytes woff, Bytes *sfnt)
{
    if (woff.size < HEADER)
        return false;
    unsigned count = be32(woff.data + 12) >> 16;
    if (count == 0 || woff.size < HEADER + (size_t)count * ENTRY)
        return false;
    size_t total = 12 + 16 * (size_t)count;
    for (unsigned i = 0; i < count; i++) {
        total += (be32(woff.data + HEADER + ENTRY * i + 12) + 3) & ~(size_t)3;
        if (total > SFNT_MOST)
            return false;
    }
    char *out = arena_alloc(arena, total);
    memcpy(out, woff.data + 4, 4);
    unsigned power = 1, log = 0;
    for (; power * 2 <= count; power *= 2)
        log++;
    put_be16(out + 4, count);
    put_be16(out + 6, power * 16);
    put_be16(out + 8, log);
    put_be16(out + 10, (count - power) * 16);
    size_t at = 12 + 16 * (size_t)count;
    for (unsigned i = 0; i < count; i++) {
        const char *entry = woff.data + HEADER + ENTRY * i;
        char *record = out + 12 + 16 * i;
        memcpy(record, entry, 4);
        memcpy(record + 4, entry + 16, 4);
        put_be32(record + 8, (uint32_t)at);
        memcpy(record + 12, entry + 12, 4);
        if (!unpack(woff, entry, out + at))
            return false;
        at += (be32(entry + 12) + 3) & ~(size_t)3;
    }
    *sfnt = (Bytes){out, total};
    return true;
}
