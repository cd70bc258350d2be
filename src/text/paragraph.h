/* text/paragraph.h: what the files of text/ share: the shaped paragraph and its places for line ends. */
#ifndef N2P_TEXT_PARAGRAPH_H
#define N2P_TEXT_PARAGRAPH_H

#include "base/unicode.h"
#include "text/text.h"

/* ---- the shaped paragraph ---- */
typedef struct HyphenMark { /* what is drawn where a word is cut */
    const Font *font;
    Len size, width;
    int count;
    const Glyph *glyphs;
    const char *text;
} HyphenMark;

typedef enum { RUN_TEXT, RUN_ATOM, RUN_TAB, RUN_BREAK } RunKind;
typedef struct Run { /* one font, size, style, script, level */
    const Font *font;
    const TextStyle *style;
    const HyphenMark *hyphen; /* NULL until a word of it has a place to be cut */
    const Glyph *glyphs;      /* logical order */
    uint32_t from, to, script;
    int count, span; /* span: the first one it belongs to */
    Len size;        /* small capitals made from capitals: less than the style's */
    uint8_t kind, level;
    bool joins;  /* letters join or stack: no letter-spacing */
    bool raised; /* small capitals made from capitals */
} Run;

/* A place where the glyphs would differ if the text were cut there. To the sum before the cluster that holds `at`. */
typedef struct {
    uint32_t at;
    Len end, start;
} Cut;

/* The byte before each character's first byte: may a line end before it, and how. Bits 0-3 kind, the rest flags. */
enum {
    PLACE_NONE,
    PLACE_SPACE,
    PLACE_SOFT,
    PLACE_HARD,
    PLACE_DASH,
    PLACE_SYLLABLE,
    PLACE_IDEOGRAPH,
    PLACE_FREE,
    PLACE_FORCED,
    PLACE_ADDRESS,   /* after a slash or point of an address */
    PLACE_EMERGENCY, /* overflow-wrap */
    PLACE_KIND = 15,
    PLACE_LATE = 0x10,  /* proper name; space before a unit; hyphen after one letter */
    PLACE_SHORT = 0x20, /* leaves less than 3 letters, or one syllable */
    PLACE_SEAM = 0x40,  /* seam of a compound; of an emergency place: the word is hyphenated there */
    PLACE_COSTED = 0x80 /* syllable inside an eojeol that isn't free */
};

struct Paragraph {
    const char *text;
    size_t size;
    TextSource source;
    FontSet *fonts;
    VEC(Run) runs;
    uint8_t *place;  /* size + 1 */
    uint8_t *levels; /* bidi, of each byte */
    VEC(Cut) cuts;   /* in order */
    VEC(uint32_t) missing;
    bool rtl, has_tabs;
};

int run_at(const Paragraph *paragraph, uint32_t byte);      /* index of the run that holds a byte */
int first_cut(const Paragraph *paragraph, uint32_t at);     /* index of the first one from a byte on */
const Cut *cut_at(const Paragraph *paragraph, uint32_t at); /* NULL: nothing changes */
int span_at(const Paragraph *paragraph, uint32_t byte);
bool is_justifying_space(uint32_t codepoint); /* U+0020, U+00A0 */
bool is_ideographic(uint32_t codepoint);      /* has gaps on either side that justification widens; Hangul has none */
/* Glyphs of bytes from .. to of a run as if the text ended there. */
int shape_piece(Arena *arena, const Paragraph *paragraph, const Run *run, uint32_t from, uint32_t to,
                const Glyph **glyphs);
int first_glyph(const Run *run,
                uint32_t byte); /* the first glyph of the cluster that holds the byte or begins after it */
void safe_piece(const Run *run, uint32_t at, uint32_t *from, uint32_t *to);

/* places.c: fills paragraph->place from UAX #14 and CSS Text */
void find_places(Arena *arena, Paragraph *paragraph);

/* ---- breaks ---- */
typedef uint32_t Sum; /* prefix sum of Len; wraps, only differences count: (Len)(b - a) */
typedef struct Break {
    Sum end_text, start_text; /* advances that no justification of spaces touches; a hyphen is in end_text */
    Sum end_space, start_space;
    Sum end_gaps, start_gaps; /* letter gaps, each as its em */
    Sum end_glyphs, start_glyphs;
    Sum end_wide, start_wide; /* gaps beside ideographs and kana, each as its em */
    int16_t end_hang, start_hang;
    int32_t cost;
    uint32_t at, end;              /* where the next line starts; where this one's content ends */
    int32_t item;                  /* items before this one belong to the lines before */
    uint16_t word_end, word_start; /* hashes of the last word before and the first after; 0: short */
    uint8_t place;                 /* as in Paragraph.place */
    bool hyphen;                   /* one is drawn */
    bool ladder;                   /* the line ends in a hyphen, drawn or written */
} Break;
typedef struct {
    uint32_t at;
    Sum text, space;
    Len size;
} Tab; /* sums before it; distance of stops */

struct Breaks {
    const Paragraph *paragraph;
    const Justify *justify;
    const Len *advances;
    Arena *scratch;
    const Break *at; /* [0] is the start */
    int count;
    const Tab *tabs;
    int tab_count;
    Len em; /* of the root */
};

/* Only the breaks from one place to another: the first and the last of them. */
Breaks breaks_of_line(Arena *arena, const Paragraph *paragraph, const Len *advances, const Justify *justify,
                      uint32_t from, uint32_t to);

/* Natural width from one break to another, hanging marks taken off. */
static inline Len line_natural(const Break *a, const Break *b)
{
    return (Len)(b->end_text - a->start_text + (b->end_space - a->start_space));
}
Len line_width_with_tabs(const Breaks *breaks, int a, int b, Len indent);
LineEnd line_end(const Breaks *breaks, int a, int b, Len indent);
int first_tab(const Breaks *breaks, uint32_t at); /* index of the first one from a byte on */
Len tab_advance(Len place, Len size);             /* from a place to the next of the stops */

/* ---- stretch ---- */
enum { WIDE_GAP = 4 }; /* a gap between ideographs stretches as a space of a quarter em does */
typedef struct {
    Len space, gaps, glyphs, wide;
} LineParts;
static inline LineParts line_parts(const Break *a, const Break *b)
{
    return (LineParts){(Len)(b->end_space - a->start_space), (Len)(b->end_gaps - a->start_gaps),
                       (Len)(b->end_glyphs - a->start_glyphs), (Len)(b->end_wide - a->start_wide)};
}
enum { X_ONE = 1024, X_MOST = 16 * X_ONE, X_OVERFULL = -X_ONE - 1 };
/* How far a line is stretched, composer.md 5: the search and the output both ask here. missing: width - natural. */
static inline int32_t line_x(const Justify *j, LineParts parts, Len missing)
{
    int64_t d = (int64_t)missing * 1024;
    int64_t spaces = ((int64_t)parts.space + parts.wide / WIDE_GAP) * (j->space_most - 1024);
    if (missing >= 0) {
        int64_t limit = spaces + (int64_t)parts.gaps * j->letter_most + (int64_t)parts.glyphs * j->glyph_most;
        if (d <= limit)
            return limit > 0 ? (int32_t)(d * X_ONE / limit) : 0;
        int64_t second = spaces + (int64_t)parts.gaps * (j->letter_far - j->letter_most) +
                         (int64_t)parts.glyphs * (j->glyph_far - j->glyph_most);
        if (d <= limit + second)
            return X_ONE + (int32_t)((d - limit) * X_ONE / second);
        int64_t rest = d - (int64_t)parts.gaps * j->letter_far - (int64_t)parts.glyphs * j->glyph_far;
        if (spaces <= 0 || rest / spaces >= 16)
            return X_MOST;
        return (int32_t)(rest * X_ONE / spaces);
    }
    int64_t limit = (int64_t)parts.space * (1024 - j->space_least) - (int64_t)parts.gaps * j->letter_least -
                    (int64_t)parts.glyphs * j->glyph_least;
    if (limit <= 0 || -d > limit)
        return X_OVERFULL;
    return (int32_t)(d * X_ONE / limit);
}
static inline bool is_hyphenated(int place)
{
    int kind = place & PLACE_KIND;
    return kind == PLACE_SOFT || (kind == PLACE_EMERGENCY && place & PLACE_SEAM);
}
static inline bool is_last(const Break *b)
{
    return (b->place & PLACE_KIND) == PLACE_FORCED;
}

#endif
