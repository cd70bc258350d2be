/* From a shaped paragraph to places for line ends with prefix sums: one walk over the glyphs. composer.md 4. */
#include "text/paragraph.h"

#include <stdlib.h>

const Justify justify_normal = {717,  1536, -5,    5,    20,    -10,  10,    20, 10000,
                                5000, 5000, 10000, 5000, 30000, 2000, 20000, 2,  true};
const Justify justify_narrow = {614,  1536, -20,  20,   31,    -20,  20,    31, 5000,
                                5000, 2500, 5000, 5000, 30000, 2000, 20000, 2,  true};
const Justify justify_korean = {717,  1536, -10,   10,   20,    -20,  20,    20, 10000,
                                5000, 5000, 19000, 5000, 30000, 2000, 20000, 2,  true};
const Justify justify_korean_narrow = {614,  1536, -20,  20,   31,    -20,  20,    31, 5000,
                                       5000, 2500, 8000, 5000, 30000, 2000, 20000, 2,  true};
const Justify justify_ragged = {1024, 1024,  0,     0,    0,     0,    0,     0, 30000,
                                5000, 15000, 30000, 5000, 30000, 2000, 20000, 2, false};

typedef struct {
    Sum text, space, gaps, glyphs, wide;
} Sums;

typedef struct {
    Arena *arena;
    const Paragraph *p;
    const Justify *justify;
    const Len *advances;
    VEC(Break) breaks;
    VEC(Tab) tabs;
    Sums now;
    Sums content; /* after the last character that isn't a space */
    uint32_t content_end;
    uint32_t content_code;                /* that character */
    Len content_advance, content_spacing; /* its own advance; its letter-spacing */
    Sum closing;                          /* inline edges since then */
    bool wide;                            /* the last cluster is an ideograph */
    bool letter;                          /* the last cluster is a letter that takes letter-spacing */
    Len letter_size;
    int item;               /* the next one */
    Sum word;               /* hash of the word in work, and its letters */
    int letters, word_from; /* word_from: break that begins with it, -1 */
    const Run *space_run;
    Len space_advance;
    uint32_t from, to; /* the part that is walked */
    int cut;           /* the first cut at or behind the place in work */
    bool done;
} Walk;

/* ---- optical margins: how much of its advance a mark hangs out, in 1/1024 ---- */
static int end_hang(uint32_t code)
{
    switch (code) {
    case '-':
    case 0x2010:
    case 0xAD:
    case '.':
    case ',':
    case 0x3001:
    case 0x3002:
    case 0xFF0C:
    case 0xFF0E: return 512;
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case '\'':
    case '"':
    case 0xBB:
    case 0x203A: return 512;
    case ':':
    case ';':
    case 0x2013: return 256;
    case '!':
    case '?':
    case 0x2014:
    case ')': return 128;
    default: return 0;
    }
}

static int start_hang(uint32_t code)
{
    switch (code) {
    case 0x2018:
    case 0x201A:
    case 0x201C:
    case 0x201E:
    case '\'':
    case '"':
    case 0xAB:
    case 0x2039: return 512;
    case 0xBF:
    case 0xA1:
    case '(': return 128;
    default: return 0;
    }
}

static int16_t hang(Len advance, int part)
{
    int64_t value = (int64_t)advance * part / 1024;
    return (int16_t)(value > 31 * LEN_PT ? 31 * LEN_PT : value < 0 ? 0 : value);
}

/* ---- costs of a place ---- */
static int32_t place_cost(const Justify *j, int place)
{
    int32_t late = place & PLACE_LATE ? 1 : 0, part = place & PLACE_SHORT ? 1 : 0;
    switch (place & PLACE_KIND) {
    case PLACE_SPACE: return late * 15000;
    case PLACE_SOFT: return (place & PLACE_SEAM ? j->hyphen / 2 : j->hyphen) + (late + part) * j->proper;
    case PLACE_HARD: return j->hard + late * 30000;
    case PLACE_SYLLABLE: return place & PLACE_COSTED ? j->syllable * (1 + part) : 0;
    case PLACE_ADDRESS: return 5000;
    case PLACE_EMERGENCY: return place & PLACE_SEAM ? j->hyphen : 50000;
    default: return 0;
    }
}

static uint32_t code_at(const Paragraph *p, uint32_t at)
{
    const char *place = p->text + at;
    return at < p->size ? utf8_next(&place, p->text + p->size) : 0;
}

static uint16_t word_hash(const Walk *w)
{
    return w->letters >= 4 ? (uint16_t)(w->word ^ w->word >> 16) | 1 : 0;
}

static void finish_word(Walk *w)
{
    if (w->word_from >= 0)
        w->breaks.at[w->word_from].word_start = word_hash(w);
    w->word_from = -1;
    w->word = 0x811C9DC5u;
    w->letters = 0;
}

static const HyphenMark *hyphen_at(const Walk *w, uint32_t at)
{
    return at > 0 ? w->p->runs.at[run_at(w->p, at - 1)].hyphen : NULL;
}

/* CLOSE items before the first OPEN or ATOM at this place stay on the line that ends, and all that stand earlier. */
static void closing_items(Walk *w, uint32_t at)
{
    const TextItem *items = w->p->source.items;
    int count = w->p->source.item_count, last = w->item;
    for (int i = w->item;
         i < count &&
         (items[i].at < at || (items[i].at == at && (items[i].kind == ITEM_CLOSE || items[i].kind == ITEM_MARK)));
         i++)
        if (items[i].at < at || items[i].kind == ITEM_CLOSE)
            last = i + 1;
    for (; w->item < last; w->item++) {
        Sum advance = w->advances ? (Sum)w->advances[w->item] : 0;
        w->now.text += advance;
        w->closing += advance;
    }
}

static void other_items(Walk *w, uint32_t at)
{
    const TextItem *items = w->p->source.items;
    for (; w->item < w->p->source.item_count && items[w->item].at <= at; w->item++) {
        Sum advance = w->advances ? (Sum)w->advances[w->item] : 0;
        w->now.text += advance;
        w->closing += advance;
        if (items[w->item].kind == ITEM_ATOM || advance)
            w->letter = false;
    }
}

static void content(Walk *w, uint32_t end, uint32_t code, Len advance, Len spacing)
{
    w->content = w->now;
    w->content_end = end;
    w->content_code = code;
    w->content_advance = advance;
    w->content_spacing = spacing;
    w->closing = 0;
}

/* Asked in the order of the text. */
static const Cut *next_cut(Walk *w, uint32_t at)
{
    const Paragraph *p = w->p;
    while (w->cut < p->cuts.count && p->cuts.at[w->cut].at < at)
        w->cut++;
    return w->cut < p->cuts.count && p->cuts.at[w->cut].at == at ? &p->cuts.at[w->cut] : NULL;
}

static void add_break(Walk *w, uint32_t at, int place, Len gap, bool wide)
{
    int kind = place & PLACE_KIND;
    bool soft = is_hyphenated(place);
    const HyphenMark *mark = soft ? hyphen_at(w, at) : NULL;
    const Cut *end_cut = next_cut(w, w->content_end), *cut = w->content_end < at ? next_cut(w, at) : end_cut;
    Break b = {.at = at,
               .end = w->content_end,
               .place = (uint8_t)place,
               .item = w->item,
               .cost = place_cost(w->justify, place)};
    b.end_text = w->content.text + w->closing + (Sum)(end_cut ? end_cut->end : 0);
    b.end_space = w->content.space;
    b.end_gaps = w->content.gaps + (Sum)(soft ? gap : 0);
    b.end_glyphs = w->content.glyphs + (Sum)(end_cut ? end_cut->end : 0);
    b.end_wide = w->content.wide;
    b.start_wide = w->now.wide + (Sum)(wide ? gap : 0);
    b.start_text = w->now.text + (Sum)(cut ? cut->start : 0);
    b.start_space = w->now.space;
    b.start_gaps = w->now.gaps + (Sum)gap;
    b.start_glyphs = w->now.glyphs + (Sum)(cut ? cut->start : 0);
    b.hyphen = mark != NULL;
    b.ladder = soft || (kind == PLACE_HARD && w->content_code != '/');
    if (mark) {
        b.end_text += (Sum)mark->width;
        b.end_glyphs += (Sum)mark->width;
    } else {
        b.end_text -= (Sum)w->content_spacing;
    }
    if (w->justify->optical) {
        b.end_hang = mark ? hang(mark->width, 512) : hang(w->content_advance, end_hang(w->content_code));
        b.end_text -= (Sum)b.end_hang;
    }
    b.word_end = kind == PLACE_SPACE || kind == PLACE_FORCED ? word_hash(w) : 0;
    finish_word(w);
    w->word_from = w->breaks.count;
    VEC_PUSH(w->arena, w->breaks, b);
    w->done = at == w->to;
    if (kind == PLACE_FORCED)
        content(w, at, 0, 0, 0); /* spaces at a line's start are no content of the line before */
}

/* The hang of a line's first mark belongs to the break before it, and is known when its advance is. */
static void first_of_line(Walk *w, uint32_t from, uint32_t code, Len advance)
{
    Break *b = &w->breaks.at[w->breaks.count - 1];
    if (b->at != from || !w->justify->optical)
        return;
    b->start_hang = hang(advance, start_hang(code));
    b->start_text += (Sum)b->start_hang;
}

static Len space_width(Walk *w, const Run *run)
{
    if (w->space_run != run) {
        w->space_run = run;
        w->space_advance = run->font ? len_scale(run->size, font_advance_units(run->font, font_glyph(run->font, ' ')),
                                                 font_units(run->font))
                                     : 0;
    }
    return w->space_advance;
}

static void walk_space(Walk *w, const Run *run, uint32_t code, uint32_t end, Len advance)
{
    const TextStyle *style = run->style;
    Len natural = space_width(w, run);
    w->now.space += (Sum)natural;
    w->now.text += (Sum)(advance - natural) + (Sum)style->word_spacing + (Sum)style->letter_spacing;
    w->letter = false;
    if (code == 0xA0 || style->break_spaces)
        content(w, end, code, advance, style->letter_spacing);
    finish_word(w);
}

static bool is_fixed_space(uint32_t code)
{
    return (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000 || code == 0x1680;
}

static void walk_letters(Walk *w, const Run *run, uint32_t from, uint32_t end, uint32_t code, Len advance)
{
    bool invisible = advance == 0 && unicode_is_default_ignorable(code);
    w->now.text += (Sum)advance;
    if (invisible) {
        bool same_line = w->p->place[from] == PLACE_NONE; /* as what stands before it */
        w->letter = w->letter && same_line;
        content(w, code == 0xAD ? from : end, same_line ? w->content_code : 0, same_line ? w->content_advance : 0,
                same_line ? w->content_spacing : 0);
        return;
    }
    bool fixed = is_fixed_space(code);
    if (!fixed)
        w->now.glyphs += (Sum)advance;
    w->now.text += (Sum)run->style->letter_spacing;
    first_of_line(w, from, code, advance);
    w->letter = !run->joins && !fixed;
    w->wide = is_ideographic(code);
    w->letter_size = run->size;
    content(w, end, code, advance, run->style->letter_spacing);
    w->word = (w->word ^ code) * 0x01000193u;
    w->letters++;
}

static void no_gap(Walk *w)
{
    Break *b = &w->breaks.at[w->breaks.count - 1];
    b->start_gaps = w->now.gaps;
    b->start_wide = w->now.wide;
}

static void walk_cluster(Walk *w, const Run *run, uint32_t from, uint32_t end, Len advance)
{
    uint32_t code = code_at(w->p, from);
    bool space = is_justifying_space(code);
    int place = from > w->from ? w->p->place[from] : PLACE_NONE;
    bool lettered = !space && !run->joins && w->letter && !is_fixed_space(code) && run->kind == RUN_TEXT &&
                    !(advance == 0 && unicode_is_default_ignorable(code));
    bool wide = lettered && (w->wide || is_ideographic(code));
    if (w->item < w->p->source.item_count && w->p->source.items[w->item].at <= from)
        closing_items(w, from);
    if (place != PLACE_NONE)
        add_break(w, from, place, lettered ? w->letter_size : 0, wide);
    if (w->done)
        return;
    if (w->item < w->p->source.item_count && w->p->source.items[w->item].at <= from) {
        other_items(w, from);
        if (lettered && !w->letter && place != PLACE_NONE) /* no gap there, after all */
            no_gap(w);
        lettered = lettered && w->letter;
    }
    if (lettered)
        w->now.gaps += (Sum)w->letter_size;
    if (lettered && wide)
        w->now.wide += (Sum)w->letter_size;
    Sums before_content = w->content;
    uint32_t before_end = w->content_end;
    for (uint32_t at = from + 1; at < end && run->kind == RUN_TEXT; at++) { /* places inside a ligature */
        if (w->p->place[at] == PLACE_NONE || at <= w->from || !next_cut(w, at))
            continue;
        w->content = w->now;
        w->content_end = at;
        w->closing = 0;
        closing_items(w, at);
        add_break(w, at, w->p->place[at], run->joins ? 0 : run->size, false);
        w->breaks.at[w->breaks.count - 1].start_gaps = w->now.gaps;
        w->content = before_content;
        w->content_end = before_end;
        if (w->done)
            return;
    }
    if (space)
        walk_space(w, run, code, end, advance);
    else
        walk_letters(w, run, from, end, code, advance);
}

static void walk_tab(Walk *w, const Run *run, uint32_t from)
{
    const TextStyle *style = run->style;
    Len size = style->tab_advance ? style->tab_advance
                                  : len_clamp((int64_t)style->tab_spaces *
                                              (space_width(w, run) + style->letter_spacing + style->word_spacing));
    VEC_PUSH(w->arena, w->tabs, ((Tab){from, w->now.text, w->now.space, size}));
    w->letter = false;
}

static void walk_run(Walk *w, const Run *run)
{
    if (run->kind == RUN_TEXT && run->count) {
        for (int i = w->from > run->from ? first_glyph(run, w->from) : 0; i < run->count && !w->done;) {
            uint32_t from = run->glyphs[i].cluster;
            Len advance = 0;
            int j = i;
            for (; j < run->count && run->glyphs[j].cluster == from; j++)
                advance = len_add(advance, run->glyphs[j].advance);
            walk_cluster(w, run, from, j < run->count ? run->glyphs[j].cluster : run->to, advance);
            i = j;
        }
        return;
    }
    uint32_t from = run->from;
    closing_items(w, from);
    if (from > w->from && w->p->place[from] != PLACE_NONE)
        add_break(w, from, w->p->place[from], 0, false);
    if (w->done)
        return;
    other_items(w, from);
    w->letter = false;
    if (run->kind == RUN_TAB)
        walk_tab(w, run, from);
    if (run->kind == RUN_ATOM || run->kind == RUN_TEXT || (run->kind == RUN_TAB && run->style->break_spaces))
        content(w, run->to, 0, 0, 0);
    finish_word(w);
}

static int count_places(const Paragraph *p)
{
    int count = 0;
    for (size_t i = 0; i <= p->size; i++)
        count += p->place[i] != PLACE_NONE;
    return count;
}

static int first_item(const TextSource *source, uint32_t at)
{
    int low = 0, high = source->item_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (source->items[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static Breaks walk_part(Walk *w)
{
    const Paragraph *p = w->p;
    w->word = 0x811C9DC5u;
    if (w->from > 0) {
        w->item = first_item(&p->source, w->from);
        closing_items(w, w->from);
    }
    w->now = (Sums){0};
    content(w, w->from, 0, 0, 0);
    const Cut *cut = w->from > 0 ? cut_at(p, w->from) : NULL;
    Len start = cut ? cut->start : 0;
    w->cut = cut ? (int)(cut - p->cuts.at) : w->from > 0 ? first_cut(p, w->from) : 0;
    w->breaks.room = w->to == UINT32_MAX ? count_places(p) + 2 : 8;
    w->breaks.at = NEW_ARRAY(w->arena, Break, w->breaks.room);
    VEC_PUSH(w->arena, w->breaks,
             ((Break){.place = w->from > 0 ? p->place[w->from] : PLACE_FORCED,
                      .at = w->from,
                      .end = w->from,
                      .item = w->item,
                      .start_text = (Sum)start,
                      .start_glyphs = (Sum)start}));
    for (int i = p->runs.count ? run_at(p, w->from) : 0; i < p->runs.count && !w->done; i++)
        walk_run(w, &p->runs.at[i]);
    if (p->size > 0 && !w->done) {
        other_items(w, (uint32_t)p->size);
        add_break(w, (uint32_t)p->size, PLACE_FORCED, 0, false);
    }
    const TextStyle *root = p->source.root ? p->source.root : p->source.span_count ? p->source.spans[0].style : NULL;
    return (Breaks){.paragraph = p,
                    .scratch = w->arena,
                    .justify = w->justify,
                    .advances = w->advances,
                    .at = w->breaks.at,
                    .count = w->breaks.count,
                    .tabs = w->tabs.at,
                    .tab_count = w->tabs.count,
                    .em = root ? root->size : 10 * LEN_PT};
}

const Breaks *text_breaks(Arena *scratch, const Paragraph *p, const Len *advances, const Justify *justify)
{
    Breaks *breaks = NEW(scratch, Breaks);
    Walk w = {.arena = scratch,
              .p = p,
              .justify = justify ? justify : &justify_normal,
              .advances = advances,
              .to = UINT32_MAX};
    *breaks = walk_part(&w);
    return breaks;
}

Breaks breaks_of_line(Arena *arena, const Paragraph *p, const Len *advances, const Justify *justify, uint32_t from,
                      uint32_t to)
{
    Walk w = {.arena = arena,
              .p = p,
              .justify = justify ? justify : &justify_normal,
              .advances = advances,
              .from = from,
              .to = to};
    return walk_part(&w);
}

/* ---- one line ---- */
int first_tab(const Breaks *breaks, uint32_t at)
{
    int low = 0, high = breaks->tab_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (breaks->tabs[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

Len line_width_with_tabs(const Breaks *breaks, int a, int b, Len indent)
{
    const Break *from = &breaks->at[a], *to = &breaks->at[b];
    Len natural = line_natural(from, to), extra = indent;
    for (int i = first_tab(breaks, from->at); i < breaks->tab_count && breaks->tabs[i].at < to->end; i++) {
        const Tab *tab = &breaks->tabs[i];
        Len place = len_add(extra, (Len)(tab->text - from->start_text + (tab->space - from->start_space)));
        extra = len_add(extra, tab_advance(place, tab->size));
    }
    return len_add(natural, extra - indent);
}

/* css-text-4 4.2: to the next stop, at least half a zero (here: an eighth of the distance of 8 / 2) away. */
Len tab_advance(Len place, Len size)
{
    if (size <= 0)
        return 0;
    Len advance = size - (place % size + size) % size;
    return advance < size / 16 ? advance + size : advance;
}

LineEnd line_end(const Breaks *breaks, int a, int b, Len indent)
{
    const Break *from = &breaks->at[a], *to = &breaks->at[b];
    return (LineEnd){
        .from = from->at,
        .to = to->at,
        .end = to->end < from->at ? from->at : to->end,
        .break_index = b,
        .natural = breaks->tab_count ? line_width_with_tabs(breaks, a, b, indent) : line_natural(from, to),
        .indent = indent,
        .hyphen = to->hyphen,
        .forced = is_last(to),
        .hyphens = to->ladder ? 1 : 0,
    };
}
