/* Where lines may end: UAX #14 with the tailoring of CSS Text 4 (sections 5 and 6), a kind for each place. */
#define _GNU_SOURCE
#include "text/language.h"
#include "text/paragraph.h"
#include "text/uax14.h"

typedef struct {
    uint32_t at, code;
    int class, span;
    const TextStyle *style;
} Character;

static bool is_hangul(int class)
{
    return class == U_LB_H2 || class == U_LB_H3 || class == U_LB_JL || class == U_LB_JV || class == U_LB_JT;
}

static bool is_word_class(int class)
{
    return class == U_LB_ALPHABETIC || class == U_LB_NUMERIC || class == U_LB_HEBREW_LETTER ||
           class == U_LB_IDEOGRAPHIC || is_hangul(class);
}

/* css-text-4 5.2, 5.3: classes as word-break and line-break change them. */
static int styled_class(uint32_t code, const TextStyle *style)
{
    int class = line_class(code);
    if (code >= 0x2000 && class == U_LB_NONSTARTER &&
        (style->line_break == LINE_NORMAL || style->line_break == LINE_LOOSE)) {
        if (unicode_line_break_class(code) == U_LB_CONDITIONAL_JAPANESE_STARTER)
            return U_LB_IDEOGRAPHIC;
        if (style->line_break == LINE_LOOSE &&
            (code == 0x3005 || code == 0x303B || code == 0x309D || code == 0x309E || code == 0x30FD || code == 0x30FE))
            return U_LB_IDEOGRAPHIC;
    }
    if (style->word_break == WORD_BREAK_ALL &&
        (class == U_LB_ALPHABETIC || class == U_LB_NUMERIC || class == U_LB_HEBREW_LETTER || is_hangul(class)))
        return U_LB_IDEOGRAPHIC;
    return class;
}

static bool is_space_class(uint32_t code)
{
    return code == ' ' || code == '\t';
}

static int hangul_kind(const Character *before, const Character *next)
{
    if (next->style->word_break != WORD_AUTO_PHRASE)
        return PLACE_SYLLABLE;
    if (!is_hangul(before->class) && is_hangul(next->class)) /* a particle, a counter: 28일, “계획”을, NATO의 */
        return before->class == U_LB_IDEOGRAPHIC ? PLACE_SYLLABLE | PLACE_COSTED : PLACE_NONE;
    return PLACE_SYLLABLE | PLACE_COSTED;
}

static int kind_of_place(const Character *before, const Character *next, bool spaces)
{
    if (spaces)
        return next->code == 0x2013 || next->code == 0x2014 ? PLACE_SPACE | PLACE_LATE : PLACE_SPACE;
    if (before->code == 0xAD)
        return before->style->hyphens == HYPHENS_NONE ? PLACE_NONE : PLACE_SOFT;
    if (before->code == '-' || before->code == 0x2010 || before->code == 0x58A || before->code == '/')
        return PLACE_HARD;
    if (before->code == 0x2013 || before->code == 0x2014 || before->code == 0x2E3A)
        return PLACE_DASH;
    if (next->class == U_LB_BREAK_BOTH)
        return PLACE_NONE; /* a dash goes with the word before it */
    if (is_hangul(before->class) || is_hangul(next->class))
        return hangul_kind(before, next);
    if (before->class == U_LB_IDEOGRAPHIC || next->class == U_LB_IDEOGRAPHIC)
        return PLACE_IDEOGRAPH;
    return PLACE_FREE;
}

/* After U+FFFC and before it, even beside a no-break space (css-text-4 5.1). */
static bool beside_atom(const Character *before, const Character *next)
{
    return (before->code == 0xFFFC && next->code == 0xA0) || (before->code == 0xA0 && next->code == 0xFFFC);
}

static bool may_wrap(const Character *before, const Character *next)
{
    return !(before->style->nowrap && next->style->nowrap);
}

static bool is_forcing(int class)
{
    return class == U_LB_MANDATORY_BREAK || class == U_LB_CARRIAGE_RETURN || class == U_LB_LINE_FEED ||
           class == U_LB_NEXT_LINE;
}

static bool is_anywhere(const TextStyle *style)
{
    return style->line_break == LINE_ANYWHERE;
}

static bool allows_emergency(const TextStyle *style)
{
    return style->overflow_wrap != WRAP_NORMAL || style->word_break == WORD_BREAK_WORD;
}

static int place_between(const Character *before, const Character *next, BreakAnswer answer, bool spaces)
{
    if (answer == BREAK_MUST)
        return PLACE_FORCED;
    if (!may_wrap(before, next) || is_forcing(next->class))
        return PLACE_NONE;
    if (spaces && is_space_class(next->code) && !next->style->break_spaces)
        return PLACE_NONE; /* not before spaces that vanish */
    if (is_space_class(before->code) && before->style->break_spaces)
        return PLACE_SPACE;
    if (is_anywhere(next->style) && is_anywhere(before->style) && !is_space_class(next->code))
        return spaces ? PLACE_SPACE : PLACE_FREE;
    if (beside_atom(before, next))
        return PLACE_FREE;
    if (answer == BREAK_MAY) {
        bool kept = next->style->word_break == WORD_KEEP_ALL && !spaces && is_word_class(before->class) &&
                    is_word_class(next->class);
        int kind = kept ? PLACE_NONE : kind_of_place(before, next, spaces);
        if (kind != PLACE_NONE)
            return kind;
    }
    bool emergency = allows_emergency(next->style) && allows_emergency(before->style) && !is_space_class(next->code) &&
                     !is_space_class(before->code);
    return emergency ? PLACE_EMERGENCY : PLACE_NONE;
}

static bool next_character(const Paragraph *p, Character *c, uint32_t at)
{
    if (at >= p->size)
        return false;
    while (c->span + 1 < p->source.span_count && p->source.spans[c->span].to <= at)
        c->span++;
    const char *place = p->text + at;
    c->at = at;
    c->code = utf8_next(&place, p->text + p->size);
    c->style = p->source.spans[c->span].style;
    c->class = styled_class(c->code, c->style);
    return true;
}

static uint32_t after(const Paragraph *p, uint32_t at)
{
    const char *place = p->text + at;
    utf8_next(&place, p->text + p->size);
    return (uint32_t)(place - p->text);
}

static int class_after(const Paragraph *p, uint32_t at)
{
    while (at < p->size) {
        const char *place = p->text + at;
        int class = line_class(utf8_next(&place, p->text + p->size));
        if (class != U_LB_COMBINING_MARK)
            return class;
        at = (uint32_t)(place - p->text);
    }
    return -1;
}

/* Whether a Thai, Lao, Khmer or Burmese word may end there is for a dictionary to say. */
static void find_dictionary_places(Arena *arena, Paragraph *p)
{
    for (uint32_t at = 0; at < p->size;) {
        const char *place = p->text + at;
        uint32_t start = at;
        while (place < p->text + p->size && (uint8_t)*place >= 0xE0 &&
               unicode_line_break_class(utf8_next(&place, p->text + p->size)) == U_LB_COMPLEX_CONTEXT)
            at = (uint32_t)(place - p->text);
        if (at > start) {
            uint8_t *ends = arena_alloc(arena, at - start + 1);
            unicode_dictionary_breaks(arena, p->text + start, at - start, ends);
            for (uint32_t i = 1; i < at - start; i++)
                if (ends[i] && !p->source.spans[span_at(p, start + i)].style->nowrap)
                    p->place[start + i] = PLACE_FREE;
        } else {
            at = after(p, at);
        }
    }
}

/* ---- addresses ---- */
static bool is_address(const char *text, size_t size)
{
    if (size < 8)
        return false;
    if (memcmp(text, "www.", 4) == 0 || memmem(text, size, "://", 3))
        return true;
    const char *sign = memchr(text, '@', size);
    return sign && sign > text && memchr(sign, '.', size - (size_t)(sign - text));
}

static void find_address_places(Paragraph *p, uint32_t from, uint32_t to)
{
    for (uint32_t at = from + 1; at < to; at++)
        if ((p->place[at] & PLACE_KIND) == PLACE_HARD || (p->place[at] & PLACE_KIND) == PLACE_FREE)
            p->place[at] = PLACE_NONE;
    for (uint32_t at = from + 4; at + 2 < to; at++) {
        if (!strchr("/.?&=_-@", p->text[at - 1]) || strchr("/.?&=_-", p->text[at]) ||
            p->source.spans[span_at(p, at)].style->nowrap)
            continue;
        if ((p->place[at] & PLACE_KIND) == PLACE_NONE || (p->place[at] & PLACE_KIND) == PLACE_EMERGENCY)
            p->place[at] = PLACE_ADDRESS;
    }
}

static void find_addresses(Paragraph *p)
{
    for (uint32_t at = 0; at < p->size;) {
        uint32_t end = at;
        while (end < p->size && (uint8_t)p->text[end] > ' ')
            end++;
        if (is_address(p->text + at, end - at))
            find_address_places(p, at, end);
        at = end + 1;
    }
}

/* A hyphen after one letter (e-mail) is the last place to choose. */
static void mark_single_letters(Paragraph *p)
{
    for (uint32_t at = 2; at < p->size; at++)
        if ((p->place[at] & PLACE_KIND) == PLACE_HARD && p->text[at - 1] == '-' &&
            (at == 2 || (uint8_t)p->text[at - 3] <= ' '))
            p->place[at] |= PLACE_LATE;
}

/* A syllable left alone on either side of a break in an eojeol. */
static void mark_single_syllables(Paragraph *p)
{
    for (uint32_t at = 1; at < p->size; at++) {
        if ((p->place[at] & PLACE_KIND) != PLACE_SYLLABLE)
            continue;
        bool first = at < 4 || (uint8_t)p->text[at - 4] <= ' ';
        uint32_t next = at + 3;
        bool last = next >= p->size || (uint8_t)p->text[next] <= ' ' || (uint8_t)p->text[next] < 0x30;
        if (first || last)
            p->place[at] |= PLACE_SHORT;
    }
}

void find_places(Arena *arena, Paragraph *p)
{
    LineBreaker breaker = LINE_BREAKER_START;
    Character before = {0}, now = {0};
    bool spaces = false, dictionary = false, syllables = false;
    uint32_t cluster_end_at = 0;
    for (uint32_t at = 0; next_character(p, &now, at); at = after(p, at)) {
        int next_class = now.class == U_LB_OPEN_PUNCTUATION ? class_after(p, after(p, at)) : -1;
        BreakAnswer answer = line_breaker_step(&breaker, now.code, now.class, next_class);
        bool starts_cluster = at >= cluster_end_at;
        if (starts_cluster)
            cluster_end_at = (uint32_t)unicode_grapheme_end(p->text, p->size, at);
        if (at > 0) {
            int place = place_between(&before, &now, answer, spaces);
            p->place[at] = (uint8_t)(starts_cluster || place == PLACE_FORCED ? place : PLACE_NONE);
            syllables |= (place & PLACE_COSTED) != 0;
        }
        spaces = is_space_class(now.code) || now.code == 0x200B;
        dictionary |= now.code >= 0xE00 && now.class != U_LB_IDEOGRAPHIC &&
                      unicode_line_break_class(now.code) == U_LB_COMPLEX_CONTEXT;
        before = now;
    }
    p->place[p->size] = PLACE_FORCED;
    if (dictionary)
        find_dictionary_places(arena, p);
    find_addresses(p);
    mark_single_letters(p);
    if (syllables)
        mark_single_syllables(p);
    language_places(p);
}
