/* Total fit: the line ends of a paragraph with the least total cost, for any list of widths. A shortest path over
 * breaks; composer.md 5 (costs) and 6 (search). After Knuth and Plass, "Breaking Paragraphs into Lines",
 * Software: Practice and Experience 11 (1981), without boxes, glue and penalties: a line is a few subtractions. */
#include "text/search.h"

#include <stdlib.h>

typedef int64_t Cost;
#define COST_NONE INT64_MAX
enum {
    OVERFULL_COST = 100000000,
    LADDER_COST = 50000000,
    EMERGENCY_COST = 50000000,
    REPEATED_COST = 3000,
    STEP_COST = 2000,
    LINE_COST = 100
};

typedef struct Node {
    Cost cost;
    int32_t before; /* node of the line before; -1: the start */
    int32_t at;     /* break */
    int32_t x;
    Len natural;  /* of the line that ends here (ragged text) */
    int32_t line; /* line class of the next line; line number where counts are asked for */
    uint8_t fitness, hyphens;
} Node;

typedef struct {
    Arena *arena, *scratch; /* lines; nodes */
    const Breaks *breaks;
    const Justify *j;
    const LineWidths *widths;
    int from, last_class;
    bool ragged;
    int pass; /* 1: good lines; 2: any looseness; 3: emergency places, overfull lines too */
    int32_t loosest;
    Len widest, em, stub;
    VEC(Node) nodes;
    int32_t *first; /* nodes of a break: first[b] .. first[b + 1]; index from `from` */
} Search;

/* ---- one line ---- */
static int fitness_of(int32_t x)
{
    return x < -X_ONE / 2 ? 0 : x < X_ONE / 2 ? 1 : x < X_ONE ? 2 : 3;
}

static Cost stretch_cost(int32_t x)
{
    int64_t a2 = (int64_t)x * x >> 10, a4 = a2 * a2 >> 10;
    return LINE_COST + ((10000 * (a2 + a4)) >> 10);
}

static Cost ragged_cost(int32_t x)
{
    return LINE_COST + ((10000 * ((int64_t)x * x >> 10)) >> 10);
}

typedef struct {
    int32_t x;
    Len missing;
    Cost cost;
    uint8_t fitness;
    bool overfull;
} Fit;

static Fit fit_justified(const Search *s, const Break *a, const Break *b, Len missing)
{
    Fit fit = {.missing = missing, .fitness = 1, .cost = LINE_COST};
    if (is_last(b) && missing >= 0)
        return fit;
    fit.x = line_x(s->j, line_parts(a, b), missing);
    if (fit.x == X_OVERFULL) {
        fit.overfull = true;
        fit.fitness = 0;
        fit.cost = OVERFULL_COST + (Cost) - (int64_t)missing * 100;
        return fit;
    }
    fit.fitness = (uint8_t)fitness_of(fit.x);
    fit.cost = stretch_cost(fit.x);
    return fit;
}

static Fit fit_ragged(const Search *s, const Break *b, Len missing, Len width)
{
    Fit fit = {.missing = missing, .fitness = 0, .cost = LINE_COST};
    if (missing < 0) {
        fit.overfull = true;
        fit.x = X_OVERFULL;
        fit.cost = OVERFULL_COST + (Cost) - (int64_t)missing * 100;
        return fit;
    }
    if (is_last(b))
        return fit;
    int64_t tenth = width / 10 > 2 * s->em ? width / 10 : 2 * s->em;
    int64_t x = (int64_t)missing * X_ONE / (tenth > 0 ? tenth : 1);
    fit.x = x > X_MOST ? X_MOST : (int32_t)x;
    fit.fitness = (uint8_t)(fit.x / (X_ONE / 2) < 3 ? fit.x / (X_ONE / 2) : 3);
    fit.cost = ragged_cost(fit.x);
    return fit;
}

static Len width_for(const Search *s, int line, int a)
{
    Len width = line_width_of(s->widths, line);
    return len_clamp((int64_t)width - line_indent_of(s->widths, s->breaks, a, a == s->from));
}

/* What the line's end adds, whatever came before. */
static Cost end_cost(const Search *s, const Break *a, const Break *b, const Fit *fit, Len width)
{
    Cost cost = b->cost;
    if (is_last(b) && b->at > a->at && !is_last(a)) {
        Len natural = width - fit->missing;
        if (a->ladder)
            cost += s->j->last;
        if (natural < s->stub || natural < s->widths->first_indent + s->em)
            cost += s->j->stub;
    }
    return cost;
}

/* What two neighbouring lines add. */
static Cost pair_cost(const Search *s, const Node *node, const Break *a, const Break *b, const Fit *fit)
{
    Cost cost = 0;
    if (abs((int)node->fitness - (int)fit->fitness) > 1)
        cost += s->j->jump;
    if (node->before < 0)
        return cost;
    const Node *earlier = &s->nodes.at[node->before];
    if (b->word_end && b->word_end == a->word_end)
        cost += REPEATED_COST;
    if (a->word_start && a->word_start == s->breaks->at[earlier->at].word_start)
        cost += REPEATED_COST;
    if (s->ragged && earlier->before >= 0 && earlier->natural > node->natural + s->em / 2 &&
        node->natural > line_natural(a, b) + s->em / 2)
        cost += STEP_COST;
    return cost;
}

/* ---- nodes of one break ---- */
static void keep(Search *s, int start, const Node *node)
{
    for (int i = start; i < s->nodes.count; i++) {
        Node *other = &s->nodes.at[i];
        if (other->line != node->line || other->fitness != node->fitness || other->hyphens != node->hyphens)
            continue;
        if (node->cost < other->cost) /* equal: the earlier break stays */
            *other = *node;
        return;
    }
    VEC_PUSH(s->scratch, s->nodes, *node);
}

/* By line class; within one, a node goes if another has no more hyphens and is cheaper by what a jump costs. */
static void order_and_prune(Search *s, int start)
{
    Node *nodes = s->nodes.at;
    for (int i = start + 1; i < s->nodes.count; i++) {
        Node node = nodes[i];
        int k = i;
        for (; k > start &&
               (nodes[k - 1].line > node.line || (nodes[k - 1].line == node.line && nodes[k - 1].cost > node.cost));
             k--)
            nodes[k] = nodes[k - 1];
        nodes[k] = node;
    }
    int kept = start;
    for (int i = start; i < s->nodes.count; i++) {
        bool beaten = false;
        for (int k = kept - 1; k >= start && nodes[k].line == nodes[i].line && !beaten; k--)
            beaten = nodes[k].hyphens <= nodes[i].hyphens && nodes[k].cost + s->j->jump <= nodes[i].cost;
        if (!beaten)
            nodes[kept++] = nodes[i];
    }
    s->nodes.count = kept;
}

static bool skips_place(const Search *s, const Break *b)
{
    return s->pass < 3 && (b->place & PLACE_KIND) == PLACE_EMERGENCY; /* only where a word is too wide for its line */
}

/* All lines from break a to break b: one for each line class a's nodes have. False: too loose, as all later a would be. */
static bool try_line(Search *s, int a, int b, int start)
{
    const Break *from = &s->breaks->at[a], *to = &s->breaks->at[b];
    bool go_on = false;
    for (int i = s->first[a - s->from], end = s->first[a - s->from + 1]; i < end;) {
        int line = s->nodes.at[i].line, group = i;
        while (group < end && s->nodes.at[group].line == line)
            group++;
        Len width = width_for(s, line, a), missing = len_clamp((int64_t)width - line_natural(from, to));
        Fit fit = s->ragged ? fit_ragged(s, to, missing, width) : fit_justified(s, from, to, missing);
        bool loose = fit.x > s->loosest && !is_last(to);
        go_on |= !loose || s->last_class > 0;
        if (!loose && (!fit.overfull || s->pass == 3)) {
            Cost cost = fit.cost + end_cost(s, from, to, &fit, width);
            if ((to->place & PLACE_KIND) == PLACE_EMERGENCY)
                cost += to->hyphen ? EMERGENCY_COST / 4 : EMERGENCY_COST;
            int next = line < s->last_class ? line + 1 : s->last_class;
            for (; i < group; i++) {
                const Node *node = &s->nodes.at[i];
                int hyphens = to->ladder ? node->hyphens + 1 : 0;
                bool ladder = s->j->hyphens_in_a_row && hyphens > s->j->hyphens_in_a_row;
                if (ladder && s->pass < 3)
                    continue;
                Node made = {
                    .before = i, .at = b, .x = fit.x, .natural = width - missing, .line = next, .fitness = fit.fitness};
                made.hyphens = (uint8_t)(hyphens < 200 ? hyphens : 200);
                made.cost = node->cost + cost + pair_cost(s, node, from, to, &fit);
                if (hyphens >= 2)
                    made.cost += ladder ? LADDER_COST : s->j->second;
                keep(s, start, &made);
            }
        }
        i = group;
    }
    return go_on;
}

/* The least a line from a to b can be, with room for hyphens and hanging marks that later lines may have. */
static int64_t least_width(const Search *s, int a, int b)
{
    const Break *from = &s->breaks->at[a], *to = &s->breaks->at[b];
    LineParts parts = line_parts(from, to);
    int64_t width = line_natural(from, to);
    if (!s->ragged)
        width -= ((int64_t)parts.space * (1024 - s->j->space_least) - (int64_t)parts.gaps * s->j->letter_least -
                  (int64_t)parts.glyphs * s->j->glyph_least) >>
                 10;
    return width - 2 * s->em;
}

static bool search(Search *s)
{
    int count = s->breaks->count, low = s->from;
    for (int b = s->from + 1; b < count; b++) {
        int start = s->nodes.count;
        const Break *place = &s->breaks->at[b];
        s->first[b - s->from] = start;
        while (low < b - 1 &&
               (s->first[low - s->from] == s->first[low - s->from + 1] || least_width(s, low, b) > s->widest))
            low++;
        if (!skips_place(s, place)) {
            for (int a = low; a < b; a++)
                if (s->first[a - s->from] < s->first[a - s->from + 1] && !try_line(s, a, b, start))
                    break;
            order_and_prune(s, start);
        }
        s->first[b - s->from + 1] = s->nodes.count;
        if (is_last(place)) {
            if (start == s->nodes.count)
                return false;
            low = b;
        }
    }
    return true;
}

/* ---- from nodes to lines ---- */
static int count_lines(const Search *s, int node)
{
    int count = 0;
    for (; s->nodes.at[node].before >= 0; node = s->nodes.at[node].before)
        count++;
    return count;
}

static const Lines *take_lines(Search *s, int node, Cost cost)
{
    Lines *lines = NEW(s->arena, Lines);
    int count = count_lines(s, node);
    LineEnd *ends = NEW_ARRAY(s->arena, LineEnd, count);
    for (int i = count - 1; i >= 0; i--) {
        const Node *end = &s->nodes.at[node];
        int a = s->nodes.at[end->before].at;
        ends[i] = line_end(s->breaks, a, end->at, line_indent_of(s->widths, s->breaks, a, a == s->from));
        ends[i].x = s->ragged ? 0 : end->x;
        ends[i].overfull = end->x == X_OVERFULL;
        ends[i].fitness = end->fitness;
        ends[i].hyphens = end->hyphens;
        node = end->before;
    }
    *lines = (Lines){.count = count, .line = ends, .cost = cost, .cost_less = COST_NONE, .cost_more = COST_NONE};
    return lines;
}

static int best_node(const Search *s, int from, int to, int line) /* line -1: any */
{
    int best = -1;
    for (int i = from; i < to; i++)
        if ((line < 0 || s->nodes.at[i].line == line) && (best < 0 || s->nodes.at[i].cost < s->nodes.at[best].cost))
            best = i;
    return best;
}

static Cost cost_of(const Search *s, int node)
{
    return node < 0 ? COST_NONE : s->nodes.at[node].cost;
}

static const Lines *answer(Search *s, int want)
{
    int from = s->first[s->breaks->count - 1 - s->from], to = s->nodes.count;
    int best = best_node(s, from, to, -1);
    if (s->last_class < INT32_MAX)
        return take_lines(s, best, s->nodes.at[best].cost);
    int line = s->nodes.at[best].line;
    int less = best_node(s, from, to, line - 1), more = best_node(s, from, to, line + 1);
    int chosen = want < 0 ? less : want > 0 ? more : best;
    if (chosen < 0)
        return NULL;
    Lines *lines = (Lines *)take_lines(s, chosen, s->nodes.at[chosen].cost);
    lines->cost_less = cost_of(s, best_node(s, from, to, s->nodes.at[chosen].line - 1));
    lines->cost_more = cost_of(s, best_node(s, from, to, s->nodes.at[chosen].line + 1));
    return lines;
}

/* First line from which all widths are equal. */
static int last_class_of(const LineWidths *widths)
{
    int line = widths->count;
    while (line > 0 && widths->width[line - 1] == widths->rest)
        line--;
    return line;
}

static Len widest_of(const LineWidths *widths)
{
    Len widest = widths->rest;
    for (int i = 0; i < widths->count; i++)
        widest = len_max(widest, widths->width[i]);
    return widths->first_indent < 0 ? len_add(widest, -widths->first_indent) : widest;
}

/* A paragraph that needs no search: all of it fits in one line. */
static const Lines *single_line(Arena *arena, const Breaks *breaks, const LineWidths *widths, int from)
{
    Len indent = line_indent_of(widths, breaks, from, true);
    if (!is_last(&breaks->at[breaks->count - 1]) || breaks->at[breaks->count - 1].at - breaks->at[from].at > 4096)
        return NULL;
    for (int b = from + 1; b < breaks->count - 1; b++)
        if (is_last(&breaks->at[b]))
            return NULL;
    LineEnd line = line_end(breaks, from, breaks->count - 1, indent);
    if (line.natural > line_width_of(widths, 0) - indent)
        return NULL;
    line.fitness = 1;
    Lines *lines = NEW(arena, Lines);
    LineEnd *copy = NEW(arena, LineEnd);
    *copy = line;
    *lines = (Lines){.count = 1, .line = copy, .cost = LINE_COST, .cost_less = COST_NONE, .cost_more = COST_NONE};
    return lines;
}

const Lines *text_compose(Arena *arena, const Breaks *breaks, const LineWidths *widths, int from, LineState before,
                          bool ragged, int want)
{
    if (!text_more(breaks, from))
        return NEW(arena, Lines);
    if (breaks->tab_count)
        return want ? NULL : first_fit(arena, breaks, widths, from);
    const Lines *single = want ? NULL : single_line(arena, breaks, widths, from);
    if (single)
        return single;
    Search s = {.arena = arena,
                .scratch = breaks->scratch,
                .breaks = breaks,
                .j = breaks->justify,
                .widths = widths,
                .from = from,
                .ragged = ragged,
                .em = breaks->em};
    s.last_class = want ? INT32_MAX : last_class_of(widths);
    s.widest = widest_of(widths);
    s.stub = len_min(3 * breaks->em, s.widest / 8);
    ArenaMark mark = arena_mark(breaks->scratch);
    s.nodes.room = (breaks->count - from) * 5 / 4 + 16;
    s.nodes.at = NEW_ARRAY(breaks->scratch, Node, s.nodes.room);
    s.first = NEW_ARRAY(breaks->scratch, int32_t, breaks->count - from + 2);
    for (s.pass = 1; s.pass <= 3; s.pass++) {
        s.loosest = s.pass == 1 ? 4 * X_ONE : X_MOST;
        s.nodes.count = 0;
        Node start = {.before = -1,
                      .at = from,
                      .fitness = from > 0 ? before.fitness
                                 : ragged ? 0
                                          : 1,
                      .hyphens = from > 0 ? before.hyphens : 0};
        VEC_PUSH(s.scratch, s.nodes, start);
        s.first[1] = 1;
        if (search(&s))
            break;
    }
    const Lines *lines = answer(&s, want);
    if (arena != breaks->scratch)
        arena_rewind(breaks->scratch, mark);
    return lines;
}
