/* Total fit. */
#include "text/search.h"

const Lines *text_compose(Arena *arena, const Breaks *breaks, const LineWidths *widths, int from_break, LineState before, bool ragged, int want)
{
    (void)before, (void)ragged, (void)want;
    return first_fit(arena, breaks, widths, from_break);
}

const Lines *text_balance(Arena *arena, const Breaks *breaks, Len width, Len first_indent)
{
    return first_fit(arena, breaks, &(LineWidths){.rest = width, .first_indent = first_indent}, 0);
}
