/* asset/font_bytes.h: big-endian numbers in font tables. */
#ifndef N2P_ASSET_FONT_BYTES_H
#define N2P_ASSET_FONT_BYTES_H

#include "base/base.h"

static inline unsigned be16(const char *at)
{
    return (unsigned)(uint8_t)at[0] << 8 | (uint8_t)at[1];
}

static inline uint32_t be32(const char *at)
{
    return (uint32_t)be16(at) << 16 | be16(at + 2);
}

static inline void put_be16(char *at, unsigned value)
{
    at[0] = (char)(value >> 8);
    at[1] = (char)value;
}

static inline void put_be32(char *at, uint32_t value)
{
    put_be16(at, value >> 16);
    put_be16(at + 2, value & 0xFFFF);
}

static inline void add_be16(Buffer *out, unsigned value)
{
    char bytes[2];
    put_be16(bytes, value);
    buffer_add(out, bytes, 2);
}

static inline void add_be32(Buffer *out, uint32_t value)
{
    char bytes[4];
    put_be32(bytes, value);
    buffer_add(out, bytes, 4);
}

#endif
