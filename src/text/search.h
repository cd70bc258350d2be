/* text/search.h: what first fit, total fit and balance share. */
#ifndef N2P_TEXT_SEARCH_H
#define N2P_TEXT_SEARCH_H

#include "text/paragraph.h"

Len line_width_of(const LineWidths *widths, int line);
Len line_indent_of(const LineWidths *widths, const Breaks *breaks, int from,
                   bool first); /* first: the paragraph's or resumed text's */
const Lines *first_fit(Arena *arena, const Breaks *breaks, const LineWidths *widths, int from);

#endif
