/* A paragraph shaped: characters to runs of one font, script and level; runs to glyphs. */
#include "text/paragraph.h"

#include <stdlib.h>

typedef struct {
    const TextStyle *style;
    const HyphenMark *mark;
} MadeHyphen;
typedef struct Shaper {
    Arena *arena;
    Paragraph *p;
    const TextStyle *style; /* the span's in work */
    const Font *first;      /* its first font */
    uint64_t ascii[2];      /* what that font has of U+0020..U+007E */
    bool smcp;              /* it has real small capitals */
    VEC(MadeHyphen) hyphens;
} Shaper;

/* ---- places in runs ---- */
int run_at(const Paragraph *p, uint32_t byte)
{
    int low = 0, high = p->runs.count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (p->runs.at[middle].from <= byte)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

int span_at(const Paragraph *p, uint32_t byte)
{
    int low = 0, high = p->source.span_count - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (p->source.spans[middle].from <= byte)
            low = middle;
        else
            high = middle - 1;
    }
    return low < 0 ? 0 : low;
}

int first_cut(const Paragraph *p, uint32_t at)
{
    int low = 0, high = p->cuts.count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (p->cuts.at[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const Cut *cut_at(const Paragraph *p, uint32_t at)
{
    int i = first_cut(p, at);
    return i < p->cuts.count && p->cuts.at[i].at == at ? &p->cuts.at[i] : NULL;
}

/* First glyph whose cluster starts at the byte or later. */
static int glyph_from(const Run *run, uint32_t byte)
{
    int low = 0, high = run->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (run->glyphs[middle].cluster < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int first_glyph(const Run *run, uint32_t byte)
{
    int i = glyph_from(run, byte);
    if (i < run->count && run->glyphs[i].cluster == byte)
        return i;
    for (i--; i > 0 && run->glyphs[i - 1].cluster == run->glyphs[i].cluster; i--)
        ;
    return i < 0 ? 0 : i;
}

bool is_justifying_space(uint32_t codepoint)
{
    return codepoint == ' ' || codepoint == 0xA0;
}

bool is_ideographic(uint32_t codepoint)
{
    if (codepoint < 0x2E80)
        return false;
    bool hangul = (codepoint >= 0x3130 && codepoint < 0x3190) || (codepoint >= 0xA960 && codepoint < 0xA980) ||
                  (codepoint >= 0xAC00 && codepoint < 0xD800);
    bool emoji = codepoint >= 0x1F000 && codepoint < 0x20000;
    return !hangul && !emoji && unicode_is_wide(codepoint);
}

/* ---- shaping ---- */
static bool is_joining_script(uint32_t script)
{
    static const char scripts[] = "Arab Syrc Mong Nkoo Mand Phag Rohg Deva Beng Guru Gujr Orya Taml Telu Knda Mlym "
                                  "Sinh Thai Laoo Khmr Mymr Tibt ";
    char tag[5] = {(char)(script >> 24), (char)(script >> 16), (char)(script >> 8), (char)script, 0};
    return strstr(scripts, tag) != NULL;
}

static int shape_features(const TextStyle *style, const char *features[40])
{
    int count = 0;
    if (style->letter_spacing) { /* css-text-4 9.2: no optional ligatures then */
        features[count++] = "liga=0";
        features[count++] = "clig=0";
    }
    if (!style->kerning)
        features[count++] = "kern=0";
    for (int i = 0; i < style->feature_count && count < 40; i++)
        features[count++] = style->features[i];
    return count;
}

/* Small capitals from capitals: the letters' capitals are shaped, clusters are told in the text's bytes. */
static int shape_raised(Arena *arena, const Paragraph *p, const Run *run, ShapeRequest request, Glyph **glyphs)
{
    Buffer upper = {.arena = arena};
    VEC(uint32_t) places = {0}; /* for each byte of the capitals */
    for (const char *at = p->text + request.from, *end = p->text + request.to; at < end;) {
        const char *start = at;
        utf8_next(&at, end);
        char *capital = unicode_upper(arena, start, (size_t)(at - start), run->style->language);
        buffer_text(&upper, capital);
        while (places.count < (int)upper.size)
            VEC_PUSH(arena, places, (uint32_t)(start - p->text));
    }
    request.text = upper.data ? upper.data : "";
    request.size = upper.size;
    request.from = 0;
    request.to = (uint32_t)upper.size;
    int count = font_shape(arena, run->font, run->size, &request, glyphs);
    for (int i = 0; i < count; i++)
        (*glyphs)[i].cluster = places.at[(*glyphs)[i].cluster];
    return count;
}

static int shape_bytes(Arena *arena, const Paragraph *p, const Run *run, uint32_t from, uint32_t to, bool alone,
                       const Glyph **glyphs)
{
    const char *features[40];
    ShapeRequest request = {.text = p->text,
                            .size = p->size,
                            .from = from,
                            .to = to,
                            .rtl = run->level & 1,
                            .script = run->script,
                            .language = run->style->language,
                            .features = features};
    request.feature_count = shape_features(run->style, features);
    if (alone) { /* no context on either side */
        request.text = p->text + from;
        request.size = to - from;
        request.from = 0;
        request.to = to - from;
    }
    Glyph *out;
    int count;
    if (run->raised) {
        request = (ShapeRequest){p->text,
                                 p->size,
                                 from,
                                 to,
                                 run->level & 1,
                                 run->script,
                                 run->style->language,
                                 features,
                                 request.feature_count};
        count = shape_raised(arena, p, run, request, &out);
    } else {
        count = font_shape(arena, run->font, run->size, &request, &out);
        for (int i = 0; alone && i < count; i++)
            out[i].cluster += from;
    }
    *glyphs = out;
    return count;
}

int shape_piece(Arena *arena, const Paragraph *p, const Run *run, uint32_t from, uint32_t to, const Glyph **glyphs)
{
    if (from >= to) {
        *glyphs = NULL;
        return 0;
    }
    return shape_bytes(arena, p, run, from, to, true, glyphs);
}

/* ---- fonts for characters ---- */
static bool is_invisible(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || unicode_is_default_ignorable(c);
}

static bool font_has_cluster(Arena *arena, const Font *font, const char *text, size_t size)
{
    bool all = true;
    for (const char *at = text, *end = text + size; at < end && all;) {
        uint32_t c = utf8_next(&at, end);
        all = is_invisible(c) || font_has(font, c);
    }
    if (all)
        return true;
    char *whole = unicode_nfc(arena, text, size); /* HarfBuzz composes where the face has the composed letter */
    if (whole == text)
        return false;
    const char *at = whole, *end = whole + strlen(whole);
    uint32_t c = utf8_next(&at, end);
    return at == end && font_has(font, c);
}

static void note_missing(Shaper *s, uint32_t c)
{
    for (int i = 0; i < s->p->missing.count; i++)
        if (s->p->missing.at[i] == c)
            return;
    VEC_PUSH(s->arena, s->p->missing, c);
}

/* css-fonts-4 5.3: one font for the whole cluster if any has it all, else the base character's. */
static const Font *font_for(Shaper *s, const char *text, size_t size)
{
    const char *at = text, *end = text + size;
    uint32_t base = utf8_next(&at, end);
    if (is_invisible(base) && at == end)
        return NULL; /* whatever is there */
    if (s->first && font_has(s->first, base) && (at == end || font_has_cluster(s->arena, s->first, text, size)))
        return s->first;
    const Font *font = font_match_character(s->p->fonts, &s->style->font, base);
    if (font)
        return font;
    char *whole = at < end ? unicode_nfc(s->arena, text, size) : (char *)text;
    if (whole != text) {
        const char *place = whole;
        font = font_match_character(s->p->fonts, &s->style->font, utf8_next(&place, whole + strlen(whole)));
        if (font)
            return font;
    }
    if (base == 0x2010 || base == 0x2011) /* the hyphen-minus stands for them */
        return s->first;
    note_missing(s, base);
    return s->first;
}

static void begin_style(Shaper *s, const TextStyle *style)
{
    s->style = style;
    s->first = font_match(s->p->fonts, &style->font);
    s->ascii[0] = s->ascii[1] = 0;
    for (uint32_t c = ' '; c < 0x7F && s->first; c++)
        if (font_has(s->first, c))
            s->ascii[c >> 6] |= (uint64_t)1 << (c & 63);
    s->smcp = false;
    if (style->small_caps && s->first) {
        Glyph *plain, *small;
        const char *feature = "smcp";
        ShapeRequest request = {.text = "a", .size = 1, .to = 1, .script = 0x4C61746E};
        font_shape(s->arena, s->first, style->size, &request, &plain);
        request.features = &feature;
        request.feature_count = 1;
        font_shape(s->arena, s->first, style->size, &request, &small);
        s->smcp = plain[0].glyph != small[0].glyph;
    }
}

/* ---- itemising ---- */
enum { RUN_MOST = 16384 }; /* bytes; then the next space begins another run */
enum { COMMON = 0x5A797979, INHERITED = 0x5A696E68, LATIN = 0x4C61746E };

static uint32_t script_of(uint32_t c, uint32_t before)
{
    if (c < 0x80)
        return (c | 32) >= 'a' && (c | 32) <= 'z' ? LATIN : before;
    uint32_t script = unicode_script(c);
    return script == COMMON || script == INHERITED ? before : script;
}

typedef struct {
    const Font *font;
    uint32_t script;
    uint8_t kind, level;
    bool raised;
} Nature;

static bool is_lower_letter(const char *text, size_t size)
{
    const char *at = text;
    uint32_t c = utf8_next(&at, text + size);
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    return unicode_is_letter(c) && !unicode_is_upper(c);
}

static Nature nature_of(Shaper *s, uint32_t at, uint32_t end, const Nature *before)
{
    const char *text = s->p->text + at;
    Nature n = {.kind = RUN_TEXT, .level = s->p->levels[at]};
    uint8_t byte = (uint8_t)text[0];
    if (byte == '\t')
        n.kind = RUN_TAB;
    else if (byte == '\n' || byte == '\r' || byte == '\f' || byte == '\v')
        n.kind = RUN_BREAK;
    else if (end - at >= 3 && byte == 0xE2 &&
             (memcmp(text, "\xE2\x80\xA8", 3) == 0 || memcmp(text, "\xE2\x80\xA9", 3) == 0))
        n.kind = RUN_BREAK;
    else if (end - at >= 3 && memcmp(text, "\xEF\xBF\xBC", 3) == 0)
        n.kind = RUN_ATOM;
    n.script = before->script;
    n.font = before->font ? before->font : s->first;
    if (n.kind != RUN_TEXT) {
        n.font = s->first;
        return n;
    }
    if (end - at == 1 && byte >= 0x20 && byte < 0x7F) {
        n.script = script_of(byte, before->script);
        n.font = s->ascii[byte >> 6] >> (byte & 63) & 1 ? s->first : font_for(s, text, 1);
    } else {
        const char *place = text;
        n.script = script_of(utf8_next(&place, text + (end - at)), before->script);
        const Font *font = font_for(s, text, end - at);
        n.font = font ? font : n.font;
    }
    n.raised = s->style->small_caps && !s->smcp && s->style->synthesize_small_caps && is_lower_letter(text, end - at);
    return n;
}

static bool same_nature(const Nature *a, const Nature *b)
{
    return a->font == b->font && a->script == b->script && a->kind == b->kind && a->level == b->level &&
           a->raised == b->raised && a->kind == RUN_TEXT;
}

static void add_run(Shaper *s, const Nature *n, uint32_t from, uint32_t to, int span)
{
    if (from == to)
        return;
    Run run = {.font = n->font,
               .style = s->style,
               .from = from,
               .to = to,
               .script = n->script,
               .span = span,
               .kind = n->kind,
               .level = n->level};
    run.size = n->raised ? len_scale(s->style->size, 4, 5) : s->style->size;
    run.raised = n->raised;
    run.joins = is_joining_script(n->script);
    s->p->has_tabs |= n->kind == RUN_TAB;
    VEC_PUSH(s->arena, s->p->runs, run);
}

/* A run that begins with common characters takes the script of the first real one. */
static uint32_t first_script(const Paragraph *p, uint32_t from)
{
    for (const char *at = p->text + from, *end = p->text + p->size; at < end && at < p->text + from + 4096;) {
        uint32_t script = script_of(utf8_next(&at, end), COMMON);
        if (script != COMMON)
            return script;
    }
    return LATIN;
}

static void itemise_span(Shaper *s, uint32_t from, uint32_t to, int span, Nature *before)
{
    Nature now = *before;
    uint32_t start = from;
    for (uint32_t at = from; at < to;) {
        uint32_t end = (uint32_t)unicode_grapheme_end(s->p->text, to, at);
        Nature next = nature_of(s, at, end, &now);
        bool long_enough = at - start > RUN_MOST && s->p->text[at - 1] == ' ';
        if (at > from && (long_enough || !same_nature(&now, &next))) {
            add_run(s, &now, start, at, span);
            start = at;
        }
        now = next;
        at = end;
    }
    add_run(s, &now, start, to, span);
    *before = now;
}

/* Neighbouring spans of one type are shaped as one. */
static void itemise(Shaper *s)
{
    Paragraph *p = s->p;
    Nature before = {.script = first_script(p, 0)};
    for (int i = 0; i < p->source.span_count;) {
        int next = i + 1;
        if (p->source.spans[i].style != s->style)
            begin_style(s, p->source.spans[i].style);
        while (next < p->source.span_count && p->source.spans[next].style == s->style)
            next++;
        uint32_t end = p->source.spans[next - 1].to;
        before.font = s->first;
        itemise_span(s, p->source.spans[i].from, end > p->size ? (uint32_t)p->size : end, i, &before);
        i = next;
    }
}

/* ---- cuts ---- */
static Len glyphs_width(const Glyph *glyphs, int count)
{
    int64_t width = 0;
    for (int i = 0; i < count; i++)
        width += glyphs[i].advance;
    return len_clamp(width);
}

static Len shaped_width(Arena *arena, const Paragraph *p, const Run *run, uint32_t from, uint32_t to)
{
    const Glyph *glyphs;
    int count = shape_piece(arena, p, run, from, to, &glyphs);
    return glyphs_width(glyphs, count);
}

static bool starts_cluster(const Run *run, int glyph)
{
    return glyph == 0 || run->glyphs[glyph - 1].cluster != run->glyphs[glyph].cluster;
}

enum { PIECE_MOST = 48 }; /* glyphs looked at on either side for a safe place */

/* The nearest places on both sides of `at` where the run may be cut without a change. */
void safe_piece(const Run *run, uint32_t at, uint32_t *from, uint32_t *to)
{
    int middle = first_glyph(run, at), i = middle, j = middle;
    if (run->count == 0 || at <= run->from) {
        *from = *to = at;
        return;
    }
    if (run->glyphs[i].cluster >= at)
        i--;
    for (int left = PIECE_MOST; i > 0 && left > 0 && (!starts_cluster(run, i) || run->glyphs[i].unsafe); left--)
        i--;
    *from = i <= 0 ? run->from : run->glyphs[i].cluster;
    for (int left = PIECE_MOST; j < run->count && left > 0 &&
                                (run->glyphs[j].cluster <= at || !starts_cluster(run, j) || run->glyphs[j].unsafe);
         left--)
        j++;
    *to = j >= run->count ? run->to : run->glyphs[j].cluster;
}

/* Both sums at a cut are told from the sum before the cluster that holds it. */
static void measure_cut(Shaper *s, const Run *run, int glyph, uint32_t at, bool end_side, bool start_side)
{
    Paragraph *p = s->p;
    bool inside = run->glyphs[glyph].cluster < at;
    if (!inside && !run->glyphs[glyph].unsafe)
        return;
    uint32_t from, to;
    safe_piece(run, at, &from, &to);
    int a = glyph_from(run, from), b = glyph_from(run, to);
    Len before = glyphs_width(run->glyphs + a, glyph - a), after = glyphs_width(run->glyphs + glyph, b - glyph);
    Cut cut = {.at = at};
    ArenaMark mark = arena_mark(s->arena);
    if (end_side)
        cut.end = shaped_width(s->arena, p, run, from, at) - before;
    if (start_side)
        cut.start = after - shaped_width(s->arena, p, run, at, to);
    arena_rewind(s->arena, mark);
    VEC_PUSH(s->arena, p->cuts, cut);
}

static uint32_t spaces_before(const Paragraph *p, uint32_t at)
{
    while (at > 0 && p->text[at - 1] == ' ')
        at--;
    return at;
}

static bool is_measured(int place)
{
    int kind = place & PLACE_KIND;
    return kind != PLACE_NONE && kind != PLACE_EMERGENCY && kind != PLACE_ADDRESS && kind != PLACE_FORCED;
}

/* glyph: first of the cluster that holds `at`. */
static void measure_place(Shaper *s, const Run *run, int glyph, uint32_t at)
{
    const Paragraph *p = s->p;
    uint32_t end = (p->place[at] & PLACE_KIND) == PLACE_SPACE ? spaces_before(p, at) : at;
    if (end < at && end > run->from) {
        int space = glyph;
        while (space > 0 && run->glyphs[space].cluster > end)
            space--;
        while (space > 0 && run->glyphs[space - 1].cluster == run->glyphs[space].cluster)
            space--;
        measure_cut(s, run, space, end, true, false);
    }
    if (at > run->from && at < run->to)
        measure_cut(s, run, glyph, at, end == at, true);
}

static void measure_cuts(Shaper *s)
{
    Paragraph *p = s->p;
    for (int i = 0; i < p->runs.count; i++) {
        const Run *run = &p->runs.at[i];
        if (run->kind != RUN_TEXT)
            continue;
        for (int glyph = 0, next; glyph < run->count; glyph = next) {
            for (next = glyph + 1; next < run->count && run->glyphs[next].cluster == run->glyphs[glyph].cluster; next++)
                ;
            uint32_t to = next < run->count ? run->glyphs[next].cluster : run->to;
            for (uint32_t at = run->glyphs[glyph].cluster; at < to; at++)
                if (is_measured(p->place[at]))
                    measure_place(s, run, glyph, at);
        }
        if (is_measured(p->place[run->to]) && run->to > run->from && p->text[run->to - 1] == ' ' && run->count)
            measure_place(s, run, run->count - 1, run->to); /* the last spaces of a run */
    }
}

/* ---- hyphens ---- */
/* Glyphs of other text in a run's type; all in the cluster given. */
static int shape_string(Arena *arena, const Run *run, const char *text, uint32_t cluster, const Glyph **glyphs)
{
    const char *features[40];
    ShapeRequest request = {.text = text,
                            .size = strlen(text),
                            .to = (uint32_t)strlen(text),
                            .rtl = run->level & 1,
                            .script = run->script,
                            .language = run->style->language,
                            .features = features};
    request.feature_count = shape_features(run->style, features);
    Glyph *out = NULL;
    int count = *text && run->font ? font_shape(arena, run->font, run->size, &request, &out) : 0;
    for (int i = 0; i < count; i++)
        out[i].cluster = cluster;
    *glyphs = out;
    return count;
}

static const HyphenMark *make_hyphen(Shaper *s, const Run *run)
{
    for (int i = 0; i < s->hyphens.count; i++)
        if (s->hyphens.at[i].mark->font == run->font && s->hyphens.at[i].style == run->style &&
            s->hyphens.at[i].mark->size == run->size)
            return s->hyphens.at[i].mark;
    HyphenMark *mark = NEW(s->arena, HyphenMark);
    const char *text = run->style->hyphen ? run->style->hyphen : font_has(run->font, 0x2010) ? "\u2010" : "-";
    *mark = (HyphenMark){.font = run->font, .size = run->size, .text = text};
    mark->count = shape_string(s->arena, run, text, run->from, &mark->glyphs);
    mark->width = glyphs_width(mark->glyphs, mark->count);
    VEC_PUSH(s->arena, s->hyphens, ((MadeHyphen){run->style, mark}));
    return mark;
}

static void make_hyphens(Shaper *s)
{
    Paragraph *p = s->p;
    for (int i = 0; i < p->runs.count; i++) {
        Run *run = &p->runs.at[i];
        for (uint32_t at = run->from + 1; at <= run->to && !run->hyphen && run->font && run->kind == RUN_TEXT; at++)
            if (is_hyphenated(p->place[at]))
                run->hyphen = make_hyphen(s, run);
    }
}

/* ---- the paragraph ---- */
static void copy_source(Arena *arena, Paragraph *p, const TextSource *source)
{
    p->source = *source;
    p->size = source->size;
    p->text = arena_string(arena, source->text ? source->text : "", source->size);
    p->source.text = p->text;
    p->source.spans = arena_copy(arena, source->spans, sizeof *source->spans * (size_t)source->span_count);
    p->source.items = arena_copy(arena, source->items, sizeof *source->items * (size_t)source->item_count);
}

const Paragraph *text_shape(Arena *arena, FontSet *fonts, const TextSource *source)
{
    Paragraph *p = NEW(arena, Paragraph);
    copy_source(arena, p, source);
    p->fonts = fonts;
    Shaper s = {.arena = arena, .p = p};
    p->levels = arena_alloc(arena, p->size + 1);
    int direction = source->plaintext ? 2 : source->rtl ? 1 : 0;
    int level = unicode_bidi(arena, p->text, p->size, direction, p->levels);
    p->rtl = level & 1;
    p->place = arena_alloc(arena, p->size + 1);
    if (p->size == 0)
        return p;
    itemise(&s);
    for (int i = 0; i < p->runs.count; i++) {
        Run *run = &p->runs.at[i];
        if (run->kind == RUN_TEXT && run->font)
            run->count = shape_bytes(arena, p, run, run->from, run->to, false, &run->glyphs);
    }
    find_places(arena, p);
    measure_cuts(&s);
    make_hyphens(&s);
    return p;
}

const char *paragraph_text(const Paragraph *p)
{
    return p->text;
}
size_t paragraph_size(const Paragraph *p)
{
    return p->size;
}

int paragraph_missing(const Paragraph *p, const uint32_t **codepoints)
{
    *codepoints = p->missing.at;
    return p->missing.count;
}
