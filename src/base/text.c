/* Buffers, UTF-8, hashes, interned names. See base.h. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

void buffer_add(Buffer *buffer, const void *data, size_t size)
{
    if (buffer->size + size + 1 > buffer->room) {
        size_t room = buffer->room ? buffer->room * 2 : 256;
        while (room < buffer->size + size + 1)
            room *= 2;
        char *larger = arena_alloc(buffer->arena, room);
        if (buffer->size)
            memcpy(larger, buffer->data, buffer->size);
        buffer->data = larger;
        buffer->room = room;
    }
    if (size)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = 0;
}

void buffer_text(Buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_format(Buffer *buffer, const char *format, ...)
{
    char small[256];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(small, sizeof small, format, list);
    va_end(list);
    if ((size_t)length < sizeof small) {
        buffer_add(buffer, small, (size_t)length);
        return;
    }
    char *large = arena_alloc(buffer->arena, (size_t)length + 1);
    va_start(list, format);
    vsnprintf(large, (size_t)length + 1, format, list);
    va_end(list);
    buffer_add(buffer, large, (size_t)length);
}

void buffer_utf8(Buffer *buffer, uint32_t codepoint)
{
    char bytes[4];
    buffer_add(buffer, bytes, (size_t)utf8_put(bytes, codepoint));
}

void buffer_xml(Buffer *buffer, const char *text, size_t size)
{
    for (const char *end = text + size; text < end; text++) {
        switch (*text) {
        case '&': buffer_text(buffer, "&amp;"); break;
        case '<': buffer_text(buffer, "&lt;"); break;
        case '>': buffer_text(buffer, "&gt;"); break;
        case '"': buffer_text(buffer, "&quot;"); break;
        default: buffer_add(buffer, text, 1);
        }
    }
}

/* One sequence by Unicode's table 3-7; anything else consumes one byte. */
uint32_t utf8_next(const char **at, const char *end)
{
    const unsigned char *s = (const unsigned char *)*at;
    size_t left = (size_t)(end - *at);
    int more = s[0] < 0x80                    ? 0
               : s[0] >= 0xC2 && s[0] <= 0xDF ? 1
               : (s[0] & 0xF0) == 0xE0        ? 2
               : s[0] >= 0xF0 && s[0] <= 0xF4 ? 3
                                              : -1;
    *at += 1;
    if (more <= 0)
        return more == 0 ? s[0] : 0xFFFD;
    if (left < (size_t)more + 1)
        return 0xFFFD;
    uint32_t code = more == 1 ? s[0] & 0x1Fu : more == 2 ? s[0] & 0x0Fu : s[0] & 0x07u;
    for (int i = 1; i <= more; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0xFFFD;
        code = code << 6 | (s[i] & 0x3Fu);
    }
    if ((more == 2 && (code < 0x800 || (code >= 0xD800 && code <= 0xDFFF))) ||
        (more == 3 && (code < 0x10000 || code > 0x10FFFF)))
        return 0xFFFD;
    *at += more;
    return code;
}

int utf8_put(char out[4], uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

bool utf8_valid(const char *text, size_t size)
{
    for (const char *end = text + size; text < end;) {
        const char *start = text;
        if (utf8_next(&text, end) == 0xFFFD && text - start == 1)
            return false;
    }
    return true;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool text_equal_nocase(const char *a, const char *b)
{
    for (; *a && lower(*a) == lower(*b); a++, b++)
        ;
    return *a == 0 && *b == 0;
}

/* FNV-1a with a final mix. */
uint64_t hash_bytes(const void *data, size_t size, uint64_t seed)
{
    const unsigned char *at = data;
    uint64_t hash = 0xcbf29ce484222325u ^ seed;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * 0x100000001b3u;
    hash ^= hash >> 32;
    return hash * 0x9e3779b97f4a7c15u;
}

int edit_distance(const char *a, const char *b, int limit)
{
    int n = (int)strlen(a), m = (int)strlen(b);
    if (n > 63 || m > 63 || abs(n - m) > limit)
        return limit + 1;
    int row[64];
    for (int j = 0; j <= m; j++)
        row[j] = j;
    for (int i = 1; i <= n; i++) {
        int corner = row[0];
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int above = row[j];
            int change = corner + (lower(a[i - 1]) != lower(b[j - 1]));
            int step = (above < row[j - 1] ? above : row[j - 1]) + 1;
            row[j] = change < step ? change : step;
            corner = above;
        }
    }
    return row[m] > limit ? limit + 1 : row[m];
}

/* ---- names: an open-addressing table of strings in the arena ---- */
struct Names {
    Arena *arena;
    const char **slots;
    uint32_t *hashes;
    size_t room, count;
};

Names *names_new(Arena *arena)
{
    Names *names = NEW(arena, Names);
    names->arena = arena;
    names->room = 512;
    names->slots = NEW_ARRAY(arena, const char *, names->room);
    names->hashes = NEW_ARRAY(arena, uint32_t, names->room);
    return names;
}

static void names_enlarge(Names *names)
{
    Names old = *names;
    names->room *= 2;
    names->slots = NEW_ARRAY(names->arena, const char *, names->room);
    names->hashes = NEW_ARRAY(names->arena, uint32_t, names->room);
    for (size_t i = 0; i < old.room; i++) {
        if (!old.slots[i])
            continue;
        size_t at = old.hashes[i] & (names->room - 1);
        while (names->slots[at])
            at = (at + 1) & (names->room - 1);
        names->slots[at] = old.slots[i];
        names->hashes[at] = old.hashes[i];
    }
}

Name name_intern(Names *names, const char *text, size_t length)
{
    uint32_t hash = (uint32_t)(hash_bytes(text, length, 0) >> 16);
    size_t at = hash & (names->room - 1);
    for (; names->slots[at]; at = (at + 1) & (names->room - 1))
        if (names->hashes[at] == hash && strncmp(names->slots[at], text, length) == 0 && names->slots[at][length] == 0)
            return names->slots[at];
    if (names->count * 2 >= names->room) {
        names_enlarge(names);
        return name_intern(names, text, length);
    }
    names->count++;
    names->hashes[at] = hash;
    return names->slots[at] = arena_string(names->arena, text, length);
}

Name name_of(Names *names, const char *text)
{
    return name_intern(names, text, strlen(text));
}
