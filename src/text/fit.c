/* First fit, one line at a time; and the widths a paragraph may have. css-text-4 5, css-sizing-3 5. */
#include "text/paragraph.h"

bool text_more(const Breaks *breaks, int break_index)
{
    return break_index < breaks->count - 1;
}

static bool is_emergency(int place)
{
    int kind = place & PLACE_KIND;
    return kind == PLACE_EMERGENCY || kind == PLACE_ADDRESS || (kind == PLACE_HARD && place & PLACE_LATE);
}

static Len natural(const Breaks *breaks, int a, int b, Len indent)
{
    return breaks->tab_count ? line_width_with_tabs(breaks, a, b, indent)
                             : line_natural(&breaks->at[a], &breaks->at[b]);
}

/* The last place that fits; emergency places only where no other does, hyphenated ones first; the first of all if none
 * fits. */
LineEnd text_fit(const Breaks *breaks, int from, Len width, Len indent)
{
    if (!text_more(breaks, from))
        return (LineEnd){.from = (uint32_t)breaks->paragraph->size,
                         .to = (uint32_t)breaks->paragraph->size,
                         .end = (uint32_t)breaks->paragraph->size,
                         .break_index = from,
                         .indent = indent,
                         .forced = true};
    int best = -1, hyphenated = -1, emergency = -1, first = -1, first_emergency = -1;
    Len room = len_clamp((int64_t)width - indent);
    for (int b = from + 1; b < breaks->count; b++) {
        const Break *place = &breaks->at[b];
        bool urgent = is_emergency(place->place), fits = natural(breaks, from, b, indent) <= room;
        if (fits)
            *(!urgent ? &best : place->hyphen ? &hyphenated : &emergency) = b;
        else if (urgent && first_emergency < 0)
            first_emergency = b;
        else if (!urgent && first < 0)
            first = b;
        if (is_last(place))
            break;
        if (!fits && (best >= 0 || hyphenated >= 0 || emergency >= 0 || (!urgent && first_emergency < 0)) &&
            (Len)(place->start_text - breaks->at[from].start_text) > room + breaks->em * 4)
            break; /* far enough: a hyphen or a hang can't bring it back */
        if (!fits && !urgent && best < 0)
            break;
    }
    int chosen = best >= 0                                                        ? best
                 : hyphenated >= 0                                                ? hyphenated
                 : emergency >= 0                                                 ? emergency
                 : first_emergency >= 0 && (first < 0 || first_emergency < first) ? first_emergency
                                                                                  : first;
    LineEnd line = line_end(breaks, from, chosen, indent);
    line.overfull = line.natural > room;
    return line;
}

/* Pieces between places where first fit may end a line; overflow-wrap: anywhere counts, break-word when asked for. */
static bool counts_for_min(const Breaks *breaks, const Break *b, bool break_words)
{
    if ((b->place & PLACE_KIND) == PLACE_EMERGENCY) {
        const Paragraph *p = breaks->paragraph;
        return break_words || p->source.spans[span_at(p, b->at)].style->overflow_wrap == WRAP_ANYWHERE;
    }
    return !is_emergency(b->place);
}

void text_intrinsic(const Breaks *breaks, bool break_words, Len *min_content, Len *max_content)
{
    Len least = 0, most = 0;
    int piece = 0, line = 0;
    for (int b = 1; b < breaks->count; b++) {
        if (!counts_for_min(breaks, &breaks->at[b], break_words))
            continue;
        least = len_max(least, natural(breaks, piece, b, 0));
        piece = b;
        if (is_last(&breaks->at[b])) {
            most = len_max(most, natural(breaks, line, b, 0));
            line = b;
        }
    }
    *min_content = least;
    *max_content = len_max(most, least);
}
