/* Any bytes as a style sheet: rules, selectors, values. */
#include "css/css.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Memory memory = {.limit = (size_t)500 << 20};
    if (setjmp(memory.out) == 0) {
        Arena *arena = arena_new(&memory);
        Diag diag = {.arena = arena};
        const CssContext context = {.media = "print", .page_width = 609562, .page_height = 862095};
        css_read(arena, names_new(arena), arena_string(arena, (const char *)data, size), size, (Source){"fuzz", 1, 1},
                 ".", ORIGIN_AUTHOR, &context, &diag);
    }
    memory_free_all(&memory);
    return 0;
}
