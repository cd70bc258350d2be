/* A whole paragraph by first fit: text-wrap: wrap, tabs, and where no search is worth it. */
#include "text/search.h"

Len line_width_of(const LineWidths *widths, int line)
{
    return line < widths->count ? widths->width[line] : widths->rest;
}

Len line_indent_of(const LineWidths *widths, const Breaks *breaks, int from, bool first)
{
    bool forced = from > 0 && is_last(&breaks->at[from]);
    return (first && from == 0) || (forced && widths->each_line) ? widths->first_indent : 0;
}

const Lines *first_fit(Arena *arena, const Breaks *breaks, const LineWidths *widths, int from)
{
    VEC(LineEnd) lines = {0};
    for (int b = from; text_more(breaks, b);) {
        Len indent = line_indent_of(widths, breaks, b, b == from);
        LineEnd line = text_fit(breaks, b, line_width_of(widths, lines.count), indent);
        VEC_PUSH(arena, lines, line);
        b = line.break_index;
    }
    Lines *result = NEW(arena, Lines);
    *result = (Lines){.count = lines.count, .line = lines.at, .cost_less = INT64_MAX, .cost_more = INT64_MAX};
    return result;
}
