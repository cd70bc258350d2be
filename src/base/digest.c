/* SHA-256 (FIPS 180-4) and Base64 (RFC 4648), by nettle. */
#include "base/digest.h"

#include <nettle/base64.h>
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

const char *base64_text(Arena *arena, Bytes bytes)
{
    char *out = arena_alloc(arena, BASE64_ENCODE_RAW_LENGTH(bytes.size) + 1);
    base64_encode_raw(out, bytes.size, (const uint8_t *)bytes.data);
    return out;
}
