/* SHA-256 (FIPS 180-4), by nettle. */
#include "base/digest.h"

#include <nettle/sha2.h>

const char *sha256_hex(Arena *arena, Bytes bytes)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    Buffer out = {.arena = arena};
    sha256_init(&context);
    sha256_update(&context, bytes.size, (const uint8_t *)bytes.data);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        buffer_format(&out, "%02x", digest[i]);
    return out.data;
}
