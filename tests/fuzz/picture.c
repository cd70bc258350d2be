/* Any bytes as a picture's metadata. */
#include "asset/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Memory memory = {.limit = (size_t)500 << 20};
    if (setjmp(memory.out) == 0)
        image_metadata(arena_new(&memory), (Bytes){(const char *)data, size});
    memory_free_all(&memory);
    return 0;
}
