/* The charset of a CFF font program. See pdf_cff.h. */
#include "pdf/pdf_cff.h"

typedef struct {
    const uint8_t *data;
    size_t size;
} Program;

static uint32_t big(Program program, size_t at, int bytes)
{
    uint32_t value = 0;
    if (at > program.size || program.size - at < (size_t)bytes)
        return 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | program.data[at + (size_t)i];
    return value;
}

/* Chapter 5: the end of an INDEX; 0: damaged. first: where its first object is, count: of objects. */
static size_t index_end(Program program, size_t at, size_t *first, size_t *first_end, uint32_t *count)
{
    *count = big(program, at, 2);
    if (*count == 0)
        return at + 2;
    int wide = (int)big(program, at + 2, 1);
    if (wide < 1 || wide > 4)
        return 0;
    size_t base = at + 3 + (size_t)(*count + 1) * (size_t)wide - 1;
    *first = base + big(program, at + 3, wide);
    *first_end = base + big(program, at + 3 + (size_t)wide, wide);
    size_t end = base + big(program, at + 3 + (size_t)*count * (size_t)wide, wide);
    return end <= program.size && *first_end <= program.size && *first <= *first_end ? end : 0;
}

/* Chapter 4: what the Top DICT says; operands are integers where we look. */
typedef struct {
    bool cid_keyed;
    size_t charset, glyphs;
} TopDict;

static size_t number_size(Program program, size_t at, int32_t *value)
{
    uint32_t b = big(program, at, 1);
    if (b >= 32 && b <= 246) {
        *value = (int32_t)b - 139;
        return 1;
    }
    if (b >= 247 && b <= 254) {
        int32_t low = (int32_t)big(program, at + 1, 1);
        *value = b < 251 ? ((int32_t)b - 247) * 256 + low + 108 : -((int32_t)b - 251) * 256 - low - 108;
        return 2;
    }
    if (b == 28) {
        *value = (int16_t)big(program, at + 1, 2);
        return 3;
    }
    if (b == 29) {
        *value = (int32_t)big(program, at + 1, 4);
        return 5;
    }
    size_t length = 1; /* 30: a real, in half bytes up to 15 */
    while (at + length < program.size && (program.data[at + length] & 15) != 15 && program.data[at + length] >> 4 != 15)
        length++;
    *value = 0;
    return length + 1;
}

static TopDict read_top(Program program, size_t at, size_t end)
{
    TopDict top = {0};
    int32_t operand = 0;
    while (at < end) {
        uint32_t b = big(program, at, 1);
        if (b > 21) {
            at += number_size(program, at, &operand);
            continue;
        }
        if (b == 12 && big(program, at + 1, 1) == 30)
            top.cid_keyed = true;
        if (b == 15 && operand > 2)
            top.charset = (size_t)operand;
        if (b == 17 && operand > 0)
            top.glyphs = (size_t)operand;
        at += b == 12 ? 2 : 1;
    }
    return top;
}

/* Chapter 13: bytes that a charset takes; 0: damaged. */
static size_t charset_size(Program program, size_t at, uint32_t glyphs)
{
    uint32_t format = big(program, at, 1);
    if (format == 0)
        return 1 + 2 * (size_t)(glyphs - 1);
    if (format > 2)
        return 0;
    size_t wide = format == 1 ? 1 : 2, size = 1;
    for (uint32_t covered = 1; covered < glyphs; size += 2 + wide) {
        if (at + size + 2 + wide > program.size)
            return 0;
        covered += big(program, at + size + 2, (int)wide) + 1;
    }
    return size;
}

static void write_identity(uint8_t *to, size_t size, uint32_t glyphs)
{
    uint32_t left = glyphs - 2;
    to[1] = 0;
    to[2] = 1;
    if (size < 4) { /* one glyph: format 0 */
        to[0] = 0;
    } else if (size < 5) { /* one range of format 1 was there, so one is enough */
        to[0] = 1;
        to[3] = (uint8_t)left;
    } else {
        to[0] = 2;
        to[3] = (uint8_t)(left >> 8);
        to[4] = (uint8_t)left;
    }
}

Bytes pdf_cff_identity(Arena *arena, Bytes bytes)
{
    Program program = {(const uint8_t *)bytes.data, bytes.size};
    size_t first = 0, first_end = 0, unused, unused_end;
    uint32_t count;
    size_t at = index_end(program, big(program, 2, 1), &unused, &unused_end, &count); /* names */
    if (!at || !index_end(program, at, &first, &first_end, &count) || count == 0)
        return bytes;
    TopDict top = read_top(program, first, first_end);
    uint32_t glyphs = top.glyphs ? big(program, top.glyphs, 2) : 0;
    if (!top.cid_keyed || !top.charset || glyphs < 2)
        return bytes;
    size_t size = charset_size(program, top.charset, glyphs);
    if (size == 0 || top.charset + size > program.size)
        return bytes;
    uint8_t *copy = arena_copy(arena, bytes.data, bytes.size);
    write_identity(copy + top.charset, size, glyphs);
    return (Bytes){(const char *)copy, bytes.size};
}
