/* What a paragraph's languages say of its places: hyphenation points of words, spaces that hold. composer.md 4, 7. */
#include "text/language.h"

typedef struct {
    Paragraph *p;
    const TextStyle *style;
    const Language *language;
    const HyphenPatterns *patterns;
    bool sentence; /* the next word begins one */
} Reader;

typedef struct {
    uint32_t code[HYPHEN_WORD_MOST], at[HYPHEN_WORD_MOST + 1];
    int count;
    bool soft_hyphen, too_long;
    bool upper, all_upper;
} Word;

static const TextStyle *style_at(const Paragraph *p, uint32_t at)
{
    return p->source.spans[span_at(p, at)].style;
}

/* Only type that asks for care: hyphens: auto, or phrases. Plain CSS text keeps to UAX #14. */
static bool is_careful(const TextStyle *style)
{
    return style->hyphens == HYPHENS_AUTO || style->word_break == WORD_AUTO_PHRASE;
}

/* A word that fits on no line may be broken by force, and then better where it may be hyphenated. */
static bool wants_points(const TextStyle *style)
{
    return style->hyphens == HYPHENS_AUTO || style->overflow_wrap != WRAP_NORMAL;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 32) >= 'a' && (c | 32) <= 'z';
    return c < 0x2000 ? unicode_is_letter(c) || unicode_is_mark(c) : c >= 0xFB00 && c < 0xFB07;
}

static uint32_t peek(const Paragraph *p, uint32_t at, uint32_t *next)
{
    const char *place = p->text + at;
    uint32_t c = utf8_next(&place, p->text + p->size);
    *next = (uint32_t)(place - p->text);
    return c;
}

/* Letters with apostrophes between them; returns where it ends. */
static uint32_t read_word(const Paragraph *p, uint32_t at, Word *word)
{
    *word = (Word){.all_upper = true};
    while (at < p->size) {
        uint32_t next, after, c = peek(p, at, &next);
        bool inside =
            is_letter(c) || (is_apostrophe(c) && word->count && next < p->size && is_letter(peek(p, next, &after)));
        if (c == 0xAD)
            word->soft_hyphen = true;
        else if (!inside)
            break;
        if (c != 0xAD && word->count < HYPHEN_WORD_MOST) {
            bool upper = c < 0x80 ? c >= 'A' && c <= 'Z' : unicode_is_upper(c);
            word->upper |= word->count == 0 && upper;
            word->all_upper &= upper || !is_letter(c);
            word->code[word->count] = upper ? unicode_lower_letter(c) : c;
            word->at[word->count++] = at;
        } else if (c != 0xAD) {
            word->too_long = true;
        }
        at = next;
    }
    word->at[word->count] = at;
    return at;
}

static int limit(int styled, int own, int patterns)
{
    return styled > 0 ? styled : own > 0 ? own : patterns;
}

/* Letters i .. of the word, `from` to `to` being what the patterns are asked. */
static void cut_letters(Reader *r, const Word *word, int from, int to)
{
    const TextStyle *style = r->style;
    uint8_t points[HYPHEN_WORD_MOST];
    int before = limit(style->hyphen_before, r->language->before, hyphen_least_before(r->patterns));
    int after = limit(style->hyphen_after, r->language->after, hyphen_least_after(r->patterns));
    bool name = word->upper && !r->sentence && r->language->names_late;
    hyphenate(r->patterns, word->code + from, to - from, points);
    for (int i = from + 1; i < to; i++) {
        uint8_t *place = &r->p->place[word->at[i]];
        if (!points[i - from] || i < before || word->count - i < after || unicode_is_mark(word->code[i]))
            continue;
        if ((*place & PLACE_KIND) != PLACE_NONE && (*place & PLACE_KIND) != PLACE_EMERGENCY)
            continue;
        if (style->hyphens != HYPHENS_AUTO) {
            if (*place == PLACE_EMERGENCY)
                *place |= PLACE_SEAM;
            continue;
        }
        *place = (uint8_t)(PLACE_SOFT | (name || word->all_upper ? PLACE_LATE : 0) |
                           (i < 3 || word->count - i < 3 ? PLACE_SHORT : 0) | (points[i - from] == 2 ? PLACE_SEAM : 0));
    }
}

static void cut_word(Reader *r, const Word *word)
{
    const TextStyle *style = r->style;
    if (style->nowrap || !r->patterns || word->soft_hyphen || word->too_long)
        return;
    if (word->count < limit(style->hyphen_word, r->language->word, 4) || (word->all_upper && word->count < 7))
        return;
    if (style->hyphens == HYPHENS_AUTO && word->upper && !r->sentence && !style->hyphenate_capitals)
        return;
    int from = 0;
    for (int i = 0; i <= word->count; i++) {
        bool apostrophe = i < word->count && is_apostrophe(word->code[i]) && !hyphen_knows(r->patterns, word->code[i]);
        if ((i == word->count || apostrophe) && i - from >= 4)
            cut_letters(r, word, from, i);
        if (apostrophe)
            from = i + 1;
    }
}

static void begin_style(Reader *r, const TextStyle *style)
{
    if (r->style &&
        (r->style == style || (r->style->language == style->language && r->style->hyphens == style->hyphens &&
                               r->style->overflow_wrap == style->overflow_wrap))) {
        r->style = style;
        return;
    }
    r->style = style;
    r->language = is_careful(style) || wants_points(style) ? language_find(style->language) : NULL;
    r->patterns = r->language && wants_points(style) ? language_patterns(r->language) : NULL;
}

static bool ends_sentence(const Paragraph *p, uint32_t at)
{
    char c = p->text[at];
    return c == '.' || c == '!' || c == '?' || c == ':';
}

static void cut_words(Reader *r)
{
    Paragraph *p = r->p;
    Word word;
    int span = 0;
    r->sentence = true;
    for (uint32_t at = 0; at < p->size;) {
        while (span + 1 < p->source.span_count && p->source.spans[span].to <= at)
            span++;
        begin_style(r, p->source.spans[span].style);
        uint32_t next, c = peek(p, at, &next);
        if (!is_letter(c)) {
            if (c < 0x80 && ends_sentence(p, at))
                r->sentence = true;
            else if (c >= '0' && c <= '9')
                r->sentence = false;
            at = next;
            continue;
        }
        uint32_t end = read_word(p, at, &word);
        bool address = p->place[end] == PLACE_ADDRESS || p->place[at] == PLACE_ADDRESS;
        if (r->patterns && !address)
            cut_word(r, &word);
        r->sentence = false;
        if (r->language && end < p->size && p->text[end] == '.') /* "Mr." and "J." end no sentence */
            at = word.count == 1 || word_in(&r->language->together, p->text + at, end + 1 - at) ? end + 1 : end;
        else
            at = end;
    }
}

/* ---- spaces ---- */
typedef struct {
    const char *text;
    size_t size;
} Token;

static Token token_before(const Paragraph *p, uint32_t space)
{
    uint32_t from = space;
    while (from > 0 && (uint8_t)p->text[from - 1] > ' ')
        from--;
    while (from < space && (p->text[from] == '(' || p->text[from] == '"' || p->text[from] == '\''))
        from++;
    while (space - from > 3 && (memcmp(p->text + from, "\u201C", 3) == 0 || memcmp(p->text + from, "\u2018", 3) == 0 ||
                                memcmp(p->text + from, "\u201E", 3) == 0))
        from += 3;
    return (Token){p->text + from, space - from};
}

static Token token_after(const Paragraph *p, uint32_t at)
{
    uint32_t to = at;
    while (to < p->size && (uint8_t)p->text[to] > ' ')
        to++;
    return (Token){p->text + at, to - at};
}

static Token without_mark(Token token)
{
    while (token.size > 1 && strchr(".,;:!?)\"'", token.text[token.size - 1]))
        token.size--;
    return token;
}

static bool has_digit(Token token)
{
    for (size_t i = 0; i < token.size; i++)
        if (token.text[i] >= '0' && token.text[i] <= '9')
            return true;
    return false;
}

static bool is_in(const WordSet *set, Token token)
{
    Token bare = without_mark(token);
    return word_in(set, token.text, token.size) || (bare.size != token.size && word_in(set, bare.text, bare.size));
}

static bool is_initial(Token token)
{
    return token.size == 2 && token.text[1] == '.' && token.text[0] >= 'A' && token.text[0] <= 'Z';
}

static void hold_space(const Language *language, Paragraph *p, uint32_t at)
{
    uint32_t space = at;
    while (space > 0 && p->text[space - 1] == ' ')
        space--;
    Token before = token_before(p, space), after = token_after(p, at);
    if (before.size == 0 || after.size == 0)
        return;
    if (word_in(&language->together, before.text, before.size)) {
        p->place[at] = PLACE_NONE;
        return;
    }
    bool late = (is_in(&language->units, after) && has_digit(before)) ||
                (word_in(&language->numbered, before.text, before.size) && has_digit(after)) || is_initial(before) ||
                word_in(&language->late, before.text, before.size);
    if (late)
        p->place[at] |= PLACE_LATE;
}

static void hold_spaces(Reader *r)
{
    Paragraph *p = r->p;
    const TextStyle *style = NULL;
    const Language *language = NULL;
    int span = 0;
    for (uint32_t at = 1; at < p->size; at++) {
        if ((p->place[at] & PLACE_KIND) != PLACE_SPACE)
            continue;
        while (span + 1 < p->source.span_count && p->source.spans[span].to <= at)
            span++;
        if (p->source.spans[span].style != style) {
            style = p->source.spans[span].style;
            language = is_careful(style) ? language_find(style->language) : NULL;
        }
        if (language)
            hold_space(language, p, at);
    }
}

void language_places(Paragraph *p)
{
    bool careful = false;
    for (int i = 0; i < p->source.span_count && !careful; i++)
        careful = (is_careful(p->source.spans[i].style) || wants_points(p->source.spans[i].style)) &&
                  p->source.spans[i].style->language;
    if (!careful)
        return;
    Reader r = {.p = p};
    cut_words(&r);
    hold_spaces(&r);
}

/* ---- headlines ---- */
static bool begins_upper(Token token)
{
    const char *at = token.text;
    return token.size > 0 && unicode_is_upper(utf8_next(&at, token.text + token.size));
}

static Token lower_ascii(Token token, char *room)
{
    if (token.size > 63)
        return token;
    for (size_t i = 0; i < token.size; i++)
        room[i] = token.text[i] >= 'A' && token.text[i] <= 'Z' ? (char)(token.text[i] + 32) : token.text[i];
    return (Token){room, token.size};
}

static bool ends_with_pause(Token token)
{
    static const char *const pauses[] = {",", ";", ":", "\u2013", "\u2014", "\u2026"};
    for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++) {
        size_t size = strlen(pauses[i]);
        if (token.size >= size && memcmp(token.text + token.size - size, pauses[i], size) == 0)
            return true;
    }
    return false;
}

static bool has_good_end(const WordSet *set, Token token)
{
    for (size_t from = token.size; from-- > 0;)
        if (((uint8_t)token.text[from] & 0xC0) != 0x80 && from > 0 &&
            word_in(set, token.text + from, token.size - from))
            return true;
    return false;
}

static bool is_dash(Token token)
{
    return (token.size == 1 && token.text[0] == '-') ||
           (token.size == 3 && (memcmp(token.text, "\u2013", 3) == 0 || memcmp(token.text, "\u2014", 3) == 0));
}

int32_t sense_cost(const Paragraph *p, uint32_t at)
{
    char room[64];
    uint32_t space = at;
    while (space > 0 && p->text[space - 1] == ' ')
        space--;
    if (space == at || at >= p->size)
        return 0;
    const Language *language = language_find(style_at(p, at)->language);
    Token before = token_before(p, space), after = token_after(p, at), low = lower_ascii(before, room);
    if (ends_with_pause(before))
        return -8000;
    if (language && (word_in(&language->function, low.text, low.size) || is_in(&language->no_start, after)))
        return 20000;
    if (is_initial(before) || (language && (word_in(&language->together, before.text, before.size) ||
                                            (is_in(&language->units, after) && has_digit(before)))))
        return 30000;
    if (has_digit(before) && !ends_with_pause(before) && language && !language->hangul)
        return 30000;
    if (is_dash(after))
        return 8000;
    if (language && has_good_end(&language->good_end, before))
        return -8000;
    return begins_upper(before) && begins_upper(after) && language && !language->hangul ? 8000 : 0;
}
