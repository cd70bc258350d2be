/* Lines as even as can be: headlines. composer.md 8. */
#include "text/search.h"

const Lines *text_balance(Arena *arena, const Breaks *breaks, Len width, Len first_indent)
{
    return first_fit(arena, breaks, &(LineWidths){.rest = width, .first_indent = first_indent}, 0);
}
