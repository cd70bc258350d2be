/* base/digest.h: checksums. The door to nettle's SHA-256.
 *   in    bytes
 *   out   64 hexadecimal digits */
#ifndef N2P_BASE_DIGEST_H
#define N2P_BASE_DIGEST_H

#include "base/base.h"

const char *sha256_hex(Arena *arena, Bytes bytes);

#endif
