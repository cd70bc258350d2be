/* Headlines: the fewest lines, as even as can be, broken by sense. composer.md 8; css-text-4 6.4 (balance). */
#include "text/language.h"
#include "text/search.h"

enum {
    LINES_MOST = 10,
    BREAKS_MOST = 400,
    LONE_COST = 60000,
    HYPHEN_COST = 90000,
    ADDRESS_COST = 50000,
    EMERGENCY_COST = 200000
};
enum { OVERFULL_COST = 1000000000 };

typedef struct {
    const Breaks *breaks;
    Len width, indent; /* indent: of the paragraph's first line */
    int from, to;      /* breaks between which lines are forced apart nowhere */
    int32_t *sense;    /* of each break from `from` on: what it costs the reader to have a line end there */
    int64_t even;      /* width that all lines would have */
    int lines;
} Deck;

static int32_t place_sense(const Paragraph *p, const Break *b)
{
    switch (b->place & PLACE_KIND) {
    case PLACE_SPACE: return sense_cost(p, b->at);
    case PLACE_SOFT: return HYPHEN_COST;
    case PLACE_ADDRESS: return ADDRESS_COST;
    case PLACE_EMERGENCY: return b->place & PLACE_SEAM ? HYPHEN_COST : EMERGENCY_COST;
    case PLACE_HARD: return 20000;
    case PLACE_SYLLABLE: return HYPHEN_COST; /* a head breaks between eojeol */
    default: return 0;
    }
}

static Len deck_indent(const Deck *deck, int a)
{
    return a == 0 ? deck->indent : 0;
}

/* One line from a to b; last: nothing follows it in the deck. */
static int64_t line_cost(const Deck *deck, int a, int b)
{
    const Break *from = &deck->breaks->at[a], *to = &deck->breaks->at[b];
    int64_t width = (int64_t)line_natural(from, to) + deck_indent(deck, a);
    bool last = b == deck->to;
    int64_t cost = width > deck->width ? OVERFULL_COST + (width - deck->width) : 0;
    int64_t missing = deck->even - width;
    if (last && missing > 0)
        missing = missing > deck->even / 3 ? missing - deck->even / 3 : 0;
    int64_t part = deck->even > 0 ? missing * 1024 / deck->even : 0; /* of the even width, 1/1024 */
    cost += 40000 * (part * part >> 10) >> 10;
    if (last && a > deck->from && width * 5 < deck->even)
        cost += LONE_COST;
    return last ? cost : cost + deck->sense[b - deck->from];
}

static int first_fit_lines(const Deck *deck)
{
    int count = 0;
    for (int b = deck->from; b < deck->to && count <= LINES_MOST; count++)
        b = text_fit(deck->breaks, b, deck->width, deck_indent(deck, b)).break_index;
    return count;
}

/* ends[i]: break that ends line i. False: too many breaks for a full search. */
static bool balance_deck(Arena *scratch, Deck *deck, int *ends)
{
    int count = deck->to - deck->from;
    if (count > BREAKS_MOST)
        return false;
    deck->sense = NEW_ARRAY(scratch, int32_t, count);
    for (int i = 0; i < count; i++)
        deck->sense[i] = place_sense(deck->breaks->paragraph, &deck->breaks->at[deck->from + i]);
    int64_t *cost = NEW_ARRAY(scratch, int64_t, (deck->lines + 1) * (count + 1));
    int *before = NEW_ARRAY(scratch, int, (deck->lines + 1) * (count + 1));
    for (int i = 0; i < (deck->lines + 1) * (count + 1); i++)
        cost[i] = INT64_MAX;
    cost[0] = 0;
    for (int line = 1; line <= deck->lines; line++)
        for (int b = 1; b <= count; b++)
            for (int a = b - 1; a >= 0; a--) {
                int64_t so_far = cost[(line - 1) * (count + 1) + a];
                if (so_far == INT64_MAX)
                    continue;
                int64_t more = line_cost(deck, deck->from + a, deck->from + b), sum = so_far + more;
                if (sum < cost[line * (count + 1) + b]) {
                    cost[line * (count + 1) + b] = sum;
                    before[line * (count + 1) + b] = a;
                }
                if (more >= OVERFULL_COST)
                    break; /* it only gets longer */
            }
    if (cost[deck->lines * (count + 1) + count] == INT64_MAX)
        return false;
    for (int line = deck->lines, b = count; line > 0; line--) {
        ends[line - 1] = deck->from + b;
        b = before[line * (count + 1) + b];
    }
    return true;
}

const Lines *text_balance(Arena *arena, const Breaks *breaks, Len width, Len first_indent)
{
    VEC(LineEnd) lines = {0};
    LineWidths widths = {.rest = width, .first_indent = first_indent};
    if (breaks->tab_count)
        return first_fit(arena, breaks, &widths, 0);
    Deck deck = {.breaks = breaks, .width = width, .indent = first_indent};
    for (int from = 0; text_more(breaks, from); from = deck.to) {
        deck.from = deck.to = from;
        while (deck.to == from || !is_last(&breaks->at[deck.to]))
            deck.to++;
        deck.lines = first_fit_lines(&deck);
        if (deck.lines > LINES_MOST)
            return text_compose(arena, breaks, &widths, 0, (LineState){0}, true, 0);
        deck.even =
            ((int64_t)line_natural(&breaks->at[from], &breaks->at[deck.to]) + deck_indent(&deck, from)) / deck.lines;
        int ends[LINES_MOST];
        ArenaMark mark = arena_mark(breaks->scratch);
        bool done = balance_deck(breaks->scratch, &deck, ends);
        if (arena != breaks->scratch)
            arena_rewind(breaks->scratch, mark);
        if (!done)
            return first_fit(arena, breaks, &widths, 0);
        for (int i = 0, a = from; i < deck.lines; a = ends[i++]) {
            LineEnd line = line_end(breaks, a, ends[i], deck_indent(&deck, a));
            line.overfull = line.natural > (int64_t)width - line.indent;
            VEC_PUSH(arena, lines, line);
        }
    }
    Lines *result = NEW(arena, Lines);
    *result = (Lines){.count = lines.count, .line = lines.at, .cost_less = INT64_MAX, .cost_more = INT64_MAX};
    return result;
}
