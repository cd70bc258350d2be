/* base/digest.h: bytes as text: checksums, and as they are. The door to nettle's SHA-256 and Base64.
 *   in    bytes
 *   out   64 hexadecimal digits; RFC 4648 */
#ifndef N2P_BASE_DIGEST_H
#define N2P_BASE_DIGEST_H

#include "base/base.h"

const char *sha256_hex(Arena *arena, Bytes bytes);
const char *base64_text(Arena *arena, Bytes bytes);

#endif
