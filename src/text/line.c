/* A line set: the glyphs between two breaks, stretched to the measure, in visual order. composer.md 9. */
#include "text/paragraph.h"

#include <stdlib.h>

typedef enum { SEGMENT_TEXT, SEGMENT_HYPHEN, SEGMENT_TAB, SEGMENT_ITEM } SegmentKind;
typedef struct {
    uint8_t kind, level;
    const Run *run;
    const HyphenMark *mark;
    int span, item, count;
    uint32_t from, to;
    Glyph *glyphs; /* logical order */
    Len width;
} Segment;

typedef struct {
    Arena *arena;
    const Breaks *breaks;
    const Paragraph *p;
    const LineEnd *line;
    const Break *start, *stop;
    VEC(Segment) segments;
    int item;
} Setter;

/* ---- what stands on the line ---- */
static void add_text(Setter *s, const Run *run, const Glyph *glyphs, int count, uint32_t from, uint32_t to)
{
    while (count > 0 && from < to) { /* cut where another span begins */
        int span = span_at(s->p, from), used = 0;
        uint32_t span_end = s->p->source.spans[span].to, end = span_end < to ? span_end : to;
        while (used < count && (glyphs[used].cluster < end || end == to))
            used++;
        if (used > 0) {
            Segment segment = {.kind = SEGMENT_TEXT,
                               .level = run->level,
                               .run = run,
                               .span = span,
                               .count = used,
                               .from = from,
                               .to = end};
            segment.glyphs = arena_copy(s->arena, glyphs, sizeof *glyphs * (size_t)used);
            VEC_PUSH(s->arena, s->segments, segment);
        }
        glyphs += used;
        count -= used;
        from = end;
    }
}

static void add_part(Setter *s, const Run *run, uint32_t from, uint32_t to)
{
    if (from >= to || !run->count)
        return;
    int a = first_glyph(run, from), b = to >= run->to ? run->count : first_glyph(run, to);
    if (b > a)
        add_text(s, run, run->glyphs + a, b - a, from, to);
}

static void add_reshaped(Setter *s, const Run *run, uint32_t from, uint32_t to)
{
    const Glyph *glyphs;
    int count = shape_piece(s->arena, s->p, run, from, to, &glyphs);
    add_text(s, run, glyphs, count, from, to);
}

/* Bytes of one run that stand on the line; its ends are shaped anew where the cut changes glyphs. */
static void add_run_bytes(Setter *s, const Run *run, uint32_t from, uint32_t to)
{
    uint32_t line_start = s->start->at, line_stop = s->stop->end, a, b;
    bool cut_head = from == line_start && from > run->from && cut_at(s->p, from),
         cut_tail = to == line_stop && to < run->to && cut_at(s->p, to);
    uint32_t head_end = from, tail_start = to;
    if (cut_head)
        safe_piece(run, from, &a, &head_end);
    if (cut_tail)
        safe_piece(run, to, &tail_start, &b);
    if (head_end > to || tail_start < from || (cut_head && cut_tail && tail_start < head_end)) {
        add_reshaped(s, run, from, to);
    } else {
        if (cut_head)
            add_reshaped(s, run, from, head_end);
        add_part(s, run, head_end, tail_start);
        if (cut_tail)
            add_reshaped(s, run, tail_start, to);
    }
}

static void add_items(Setter *s, uint32_t until, int limit)
{
    for (; s->item < limit && s->p->source.items[s->item].at <= until; s->item++) {
        Segment segment = {.kind = SEGMENT_ITEM, .item = s->item, .from = until, .to = until, .level = 255};
        segment.width = s->breaks->advances ? s->breaks->advances[s->item] : 0;
        VEC_PUSH(s->arena, s->segments, segment);
    }
}

static void add_run(Setter *s, const Run *run, uint32_t from, uint32_t to, int items)
{
    if (run->kind == RUN_TAB) {
        VEC_PUSH(s->arena, s->segments,
                 ((Segment){
                     .kind = SEGMENT_TAB, .level = run->level, .run = run, .from = from, .to = to, .span = run->span}));
        return;
    }
    if (run->kind != RUN_TEXT)
        return;
    while (from < to) { /* items stand between characters */
        uint32_t next = s->item < items ? s->p->source.items[s->item].at : to;
        if (next > to || s->item >= items)
            next = to;
        if (next > from)
            add_run_bytes(s, run, from, next);
        from = next;
        if (from < to)
            add_items(s, from, items);
    }
}

static void collect(Setter *s)
{
    uint32_t from = s->start->at, to = s->line->end;
    int items = s->stop->item;
    s->item = s->start->item;
    for (int i = from < to ? run_at(s->p, from) : s->p->runs.count; i < s->p->runs.count && s->p->runs.at[i].from < to;
         i++) {
        const Run *run = &s->p->runs.at[i];
        uint32_t a = run->from > from ? run->from : from;
        add_items(s, a, items);
        add_run(s, run, a, run->to < to ? run->to : to, items);
    }
    if (s->stop->hyphen && to > 0) {
        const Run *run = &s->p->runs.at[run_at(s->p, s->stop->at - 1)];
        Segment segment = {.kind = SEGMENT_HYPHEN,
                           .level = run->level,
                           .run = run,
                           .mark = run->hyphen,
                           .span = span_at(s->p, to - 1),
                           .from = to,
                           .to = s->stop->at};
        segment.count = run->hyphen->count;
        segment.glyphs = arena_copy(s->arena, run->hyphen->glyphs, sizeof(Glyph) * (size_t)segment.count);
        for (int i = 0; i < segment.count; i++)
            segment.glyphs[i].cluster = to;
        VEC_PUSH(s->arena, s->segments, segment);
    }
    add_items(s, s->line->to, items);
}

/* ---- spacing ---- */
static uint32_t code_of(const Setter *s, uint32_t at)
{
    const char *place = s->p->text + at;
    return at < s->p->size ? utf8_next(&place, s->p->text + s->p->size) : 0;
}

typedef struct {
    Segment *segment;
    int last;
    Len size;
    bool space, letter;
} Cluster; /* last: its last glyph */

static bool is_invisible(const Segment *segment, int glyph, uint32_t code)
{
    return segment->glyphs[glyph].advance == 0 && unicode_is_default_ignorable(code);
}

typedef struct {
    Cluster *at;
    int count;
} Clusters;

static bool is_fixed(uint32_t code)
{
    return (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000 || code == 0x1680;
}

static Clusters find_clusters(Setter *s)
{
    int room = 0;
    for (int i = 0; i < s->segments.count; i++)
        room += s->segments.at[i].count + 1;
    Clusters clusters = {NEW_ARRAY(s->arena, Cluster, room), 0};
    for (int i = 0; i < s->segments.count; i++) {
        Segment *segment = &s->segments.at[i];
        bool hyphen = segment->kind == SEGMENT_HYPHEN;
        if (segment->kind != SEGMENT_TEXT && !hyphen) {
            if (segment->kind == SEGMENT_TAB || segment->width || s->p->source.items[segment->item].kind == ITEM_ATOM)
                clusters.at[clusters.count++] = (Cluster){.segment = segment, .last = -1};
            continue;
        }
        for (int g = 0; g < segment->count; g++) {
            if (g + 1 < segment->count && segment->glyphs[g + 1].cluster == segment->glyphs[g].cluster)
                continue;
            uint32_t code = hyphen ? 0x2010 : code_of(s, segment->glyphs[g].cluster);
            if (!hyphen && is_invisible(segment, g, code))
                continue;
            bool space = !hyphen && is_justifying_space(code);
            clusters.at[clusters.count++] =
                (Cluster){segment, g, segment->run->size, space, !space && !segment->run->joins && !is_fixed(code)};
        }
    }
    return clusters;
}

static void css_spacing(Clusters clusters)
{
    for (int i = 0; i < clusters.count; i++) {
        Cluster *c = &clusters.at[i];
        if (c->last < 0 || c->segment->kind == SEGMENT_HYPHEN)
            continue;
        const TextStyle *style = c->segment->run->style;
        bool last = i + 1 == clusters.count;
        Len more = (last ? 0 : style->letter_spacing) + (c->space ? style->word_spacing : 0);
        c->segment->glyphs[c->last].advance = len_add(c->segment->glyphs[c->last].advance, more);
    }
}

typedef struct {
    int32_t track, scale;
    Len share;
    int more;
} Stretch; /* track 1/2048 em; scale 1/16 %; share of each space */

static int32_t part_of(int32_t x, int least, int most, int far)
{
    if (x < 0)
        return (int32_t)((int64_t)(x < -X_ONE ? -X_ONE : x) * -least);
    if (x <= X_ONE)
        return x * most;
    int32_t second = (x < 2 * X_ONE ? x : 2 * X_ONE) - X_ONE;
    return X_ONE * most + second * (far - most);
}

static void scale_glyphs(Segment *segment, int32_t scale)
{
    for (int g = 0; g < segment->count; g++) {
        segment->glyphs[g].advance = len_scale(segment->glyphs[g].advance, 1600 + scale, 1600);
        segment->glyphs[g].dx = len_scale(segment->glyphs[g].dx, 1600 + scale, 1600);
    }
}

static int64_t total_width(const Setter *s)
{
    int64_t width = 0;
    for (int i = 0; i < s->segments.count; i++) {
        const Segment *segment = &s->segments.at[i];
        width += segment->width;
        for (int g = 0; g < segment->count; g++)
            width += segment->glyphs[g].advance;
    }
    return width;
}

static bool gap_after(Clusters clusters, int i)
{
    return i + 1 < clusters.count && clusters.at[i].letter && clusters.at[i + 1].letter;
}

static int32_t nearest(int64_t value, int64_t over)
{
    return (int32_t)((value + (value < 0 ? -over / 2 : over / 2)) / over);
}

static Stretch choose_stretch(const Setter *s, int32_t x)
{
    const Justify *j = s->breaks->justify;
    int32_t track = nearest(part_of(x, j->letter_least, j->letter_most, j->letter_far), X_ONE / 2);
    int32_t scale = nearest((int64_t)part_of(x, j->glyph_least, j->glyph_most, j->glyph_far) * 1600, X_ONE * 1024);
    return (Stretch){.track = track, .scale = abs(scale) < 2 ? 0 : scale};
}

static void apply_letters(Setter *s, Clusters clusters, Stretch stretch)
{
    if (stretch.scale)
        for (int i = 0; i < s->segments.count; i++)
            if (s->segments.at[i].kind == SEGMENT_TEXT || s->segments.at[i].kind == SEGMENT_HYPHEN)
                scale_glyphs(&s->segments.at[i], stretch.scale);
    for (int i = 0; stretch.track && i < clusters.count; i++)
        if (gap_after(clusters, i))
            clusters.at[i].segment->glyphs[clusters.at[i].last].advance +=
                len_scale(clusters.at[i].size, stretch.track, 2048);
}

/* To the clusters that take a part; the first ones take what is left over. */
static void share_out(Clusters clusters, int64_t rest, const bool *takes, int count)
{
    int64_t share = rest / count, more = rest % count;
    int64_t step = more < 0 ? -1 : 1;
    for (int i = 0, seen = 0; i < clusters.count; i++) {
        if (!takes[i])
            continue;
        Cluster *c = &clusters.at[i];
        c->segment->glyphs[c->last].advance += (Len)(share + (seen < llabs(more) ? step : 0));
        seen++;
    }
}

typedef enum { SLOT_SPACE = 1, SLOT_GAP = 2, SLOT_WIDE = 4, SLOT_SYLLABLE = 8 } Slot;

static int slots_at(const Setter *s, Clusters clusters, int i)
{
    const Cluster *c = &clusters.at[i], *next = c + 1;
    if (c->last < 0)
        return 0;
    if (c->space)
        return SLOT_SPACE;
    if (!gap_after(clusters, i))
        return 0;
    uint32_t before = c->segment->kind == SEGMENT_TEXT ? code_of(s, c->segment->glyphs[c->last].cluster) : 0,
             after = next->segment->kind == SEGMENT_TEXT ? code_of(s, next->segment->glyphs[next->last].cluster) : 0;
    return SLOT_GAP | (is_ideographic(before) || is_ideographic(after) ? SLOT_WIDE : 0) |
           (unicode_is_wide(before) ? SLOT_SYLLABLE : 0);
}

/* The spaces, and the gaps beside ideographs, take exactly what is left; without any the gaps do, if that is little
 * or the text is of syllables. */
static void take_rest(Setter *s, Clusters clusters, int64_t wanted, bool overfull)
{
    int *slots = NEW_ARRAY(s->arena, int, clusters.count + 1), spaces = 0, gaps = 0, wide = 0, syllables = 0;
    bool *takes = NEW_ARRAY(s->arena, bool, clusters.count + 1);
    int64_t natural = 0, em = 0;
    for (int i = 0; i < clusters.count; i++) {
        const Cluster *c = &clusters.at[i];
        slots[i] = slots_at(s, clusters, i);
        spaces += (slots[i] & SLOT_SPACE) != 0;
        gaps += (slots[i] & SLOT_GAP) != 0;
        wide += (slots[i] & SLOT_WIDE) != 0;
        syllables += (slots[i] & SLOT_SYLLABLE) != 0;
        natural += slots[i] & SLOT_SPACE ? c->segment->glyphs[c->last].advance : 0;
        em += slots[i] & SLOT_GAP ? c->size : 0;
    }
    int64_t rest = wanted - total_width(s);
    if (overfull && spaces) {
        int64_t least = -(natural * (1024 - s->breaks->justify->space_least) / 1024);
        rest = rest < least ? least : rest;
    }
    bool little = rest >= 0 ? rest * 1024 <= em * (s->breaks->justify->letter_far + 10) : -rest * 1024 <= em * 30;
    int takers = rest >= 0 && wide                               ? SLOT_SPACE | SLOT_WIDE
                 : spaces                                        ? SLOT_SPACE
                 : little || (rest >= 0 && syllables * 2 > gaps) ? SLOT_GAP
                                                                 : 0;
    int count = 0;
    for (int i = 0; i < clusters.count; i++)
        count += takes[i] = (slots[i] & takers) != 0;
    if (count)
        share_out(clusters, rest, takes, count);
}

static void place_tabs(Setter *s, Len indent)
{
    Len at = indent;
    int tab = first_tab(s->breaks, s->start->at);
    for (int i = 0; i < s->segments.count; i++) {
        Segment *segment = &s->segments.at[i];
        if (segment->kind == SEGMENT_TAB && tab < s->breaks->tab_count)
            segment->width = tab_advance(at, s->breaks->tabs[tab++].size);
        at = len_add(at, segment->width);
        for (int g = 0; g < segment->count; g++)
            at = len_add(at, segment->glyphs[g].advance);
    }
}

/* ---- visual order: UAX #9 L2 ---- */
static void level_items(Setter *s)
{
    uint8_t base = s->p->rtl ? 1 : 0;
    for (int i = 0; i < s->segments.count; i++) {
        Segment *segment = &s->segments.at[i];
        if (segment->kind != SEGMENT_ITEM)
            continue;
        const TextItem *item = &s->p->source.items[segment->item];
        segment->level = base;
        if (item->kind == ITEM_CLOSE && item->at > s->start->at)
            segment->level = s->p->levels[item->at - 1];
        else if (item->kind != ITEM_CLOSE && item->at < s->p->size)
            segment->level = s->p->levels[item->at];
    }
}

static void reverse(Segment *from, Segment *to)
{
    for (; from < --to; from++) {
        Segment swap = *from;
        *from = *to;
        *to = swap;
    }
}

static void reorder(Setter *s)
{
    uint8_t highest = 0;
    for (int i = 0; i < s->segments.count; i++)
        highest = s->segments.at[i].level > highest ? s->segments.at[i].level : highest;
    for (int level = highest; level > 0; level--)
        for (int i = 0; i < s->segments.count;) {
            int j = i;
            while (j < s->segments.count && s->segments.at[j].level >= level)
                j++;
            if (j > i)
                reverse(&s->segments.at[i], &s->segments.at[j]);
            i = j + 1;
        }
}

static const GlyphRun *make_run(Setter *s, const Segment *segment, Stretch stretch)
{
    GlyphRun *run = NEW(s->arena, GlyphRun);
    const Run *from = segment->run;
    *run = (GlyphRun){.font = from->font,
                      .size = from->size,
                      .from = segment->from,
                      .to = segment->to,
                      .text = s->p->text,
                      .span = segment->span,
                      .level = segment->level,
                      .track = stretch.track,
                      .scale = stretch.scale,
                      .hyphen = segment->kind == SEGMENT_HYPHEN};
    Glyph *glyphs = NEW_ARRAY(s->arena, Glyph, segment->count);
    for (int g = 0; g < segment->count; g++) {
        Glyph glyph = segment->glyphs[segment->level & 1 ? segment->count - 1 - g : g];
        if (glyph.advance == 0 && segment->kind == SEGMENT_TEXT &&
            unicode_is_default_ignorable(code_of(s, glyph.cluster)))
            continue; /* shaped away */
        glyphs[run->count++] = glyph;
        run->width = len_add(run->width, glyph.advance);
    }
    run->glyphs = glyphs;
    return run;
}

/* The space at which the line ends is drawn with no advance, so that a reader finds it. */
static void add_last_space(Setter *s)
{
    if (s->segments.count == 0 || s->line->end >= s->line->to || s->p->text[s->line->end] != ' ')
        return;
    for (int i = s->segments.count - 1; i >= 0; i--) {
        Segment *last = &s->segments.at[i];
        if (last->kind == SEGMENT_ITEM)
            continue;
        uint32_t space = last->kind == SEGMENT_TEXT && last->run->font ? font_glyph(last->run->font, ' ') : 0;
        if (!space || last->to != s->line->end || (last->level & 1) != (s->p->rtl ? 1 : 0))
            return;
        Glyph *glyphs = NEW_ARRAY(s->arena, Glyph, last->count + 1);
        memcpy(glyphs, last->glyphs, sizeof *glyphs * (size_t)last->count);
        glyphs[last->count++] = (Glyph){.glyph = space, .cluster = s->line->end};
        last->glyphs = glyphs;
        last->to = s->line->end + 1;
        return;
    }
}

static const TextLine *place_pieces(Setter *s, Stretch stretch)
{
    TextLine *line = NEW(s->arena, TextLine);
    TextPiece *pieces = NEW_ARRAY(s->arena, TextPiece, s->segments.count + 1);
    line->rtl = s->p->rtl;
    Len start = s->start->start_hang, end = s->stop->end_hang;
    line->hang_left = line->rtl ? end : start;
    line->hang_right = line->rtl ? start : end;
    Len x = -line->hang_left;
    for (int i = 0; i < s->segments.count; i++) {
        const Segment *segment = &s->segments.at[i];
        TextPiece *piece = &pieces[line->count];
        if (segment->kind == SEGMENT_TEXT || segment->kind == SEGMENT_HYPHEN) {
            const GlyphRun *run = make_run(s, segment, stretch);
            if (run->count == 0)
                continue;
            *piece = (TextPiece){.kind = PIECE_RUN, .x = x, .run = run, .width = run->width};
        } else if (segment->kind == SEGMENT_ITEM) {
            *piece = (TextPiece){.kind = PIECE_ITEM, .x = x, .item = segment->item, .width = segment->width};
        } else {
            x = len_add(x, segment->width);
            continue;
        }
        x = len_add(x, piece->width);
        line->count++;
    }
    line->pieces = pieces;
    line->width = len_add(x, -line->hang_right);
    return line;
}

static const Break *break_from(const Breaks *breaks, uint32_t at, int before)
{
    int low = 0, high = before > 0 ? before - 1 : 0;
    while (low < high) {
        int middle = (low + high) / 2;
        if (breaks->at[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return &breaks->at[low];
}

static const TextLine *set_line(Setter s, Len width, LineAlign align)
{
    const Breaks *breaks = s.breaks;
    const LineEnd *line = s.line;
    collect(&s);
    Clusters clusters = find_clusters(&s);
    css_spacing(clusters);
    Stretch stretch = {0};
    int64_t room = (int64_t)width - line->indent;
    if (s.p->has_tabs)
        place_tabs(&s, line->indent);
    bool justify = align == ALIGN_JUSTIFY || (line->x < 0 && line->natural > room);
    if (justify && !s.p->has_tabs) {
        Len natural = line_natural(s.start, s.stop);
        int32_t x = line_x(breaks->justify, line_parts(s.start, s.stop), len_clamp(room - natural));
        stretch = choose_stretch(&s, x);
        apply_letters(&s, clusters, stretch);
        take_rest(&s, clusters, room + s.start->start_hang + s.stop->end_hang, x < -X_ONE);
    }
    add_last_space(&s);
    level_items(&s);
    reorder(&s);
    return place_pieces(&s, stretch);
}

static bool is_empty(const Paragraph *p, const LineEnd *line)
{
    return line->from >= line->to || line->to > p->size;
}

static const TextLine *empty_line(Arena *arena, const Paragraph *p)
{
    TextLine *empty = NEW(arena, TextLine);
    empty->rtl = p->rtl;
    return empty;
}

const TextLine *text_line(Arena *arena, const Breaks *breaks, const LineEnd *line, Len width, LineAlign align)
{
    if (line->break_index <= 0 || line->break_index >= breaks->count || is_empty(breaks->paragraph, line))
        return empty_line(arena, breaks->paragraph);
    Setter s = {.arena = arena, .breaks = breaks, .p = breaks->paragraph, .line = line};
    s.stop = &breaks->at[line->break_index];
    s.start = break_from(breaks, line->from, line->break_index);
    return set_line(s, width, align);
}

const TextLine *text_line_again(Arena *arena, const Paragraph *p, const Len *advances, const Justify *justify,
                                const LineEnd *line, Len width, LineAlign align)
{
    if (is_empty(p, line))
        return empty_line(arena, p);
    Breaks breaks = breaks_of_line(arena, p, advances, justify, line->from, line->to);
    Setter s = {.arena = arena,
                .breaks = &breaks,
                .p = p,
                .line = line,
                .start = &breaks.at[0],
                .stop = &breaks.at[breaks.count - 1]};
    return set_line(s, width, align);
}
