/* text/text.h: from characters to lines of positioned glyphs.
 *   in    a paragraph as UTF-8 after white-space processing and text-transform, with spans of equal type
 *         and items (inline edges, atoms) at offsets
 *   out   a Paragraph, shaped once and never changed; line ends for any widths; glyph runs of a line
 * Knows fonts. Knows nothing of boxes, columns and pages. Design: composer.md. */
#ifndef N2P_TEXT_H
#define N2P_TEXT_H

#include "asset/font.h"
#include "base/base.h"

/* ---- what goes in ---- */
typedef enum { HYPHENS_MANUAL, HYPHENS_NONE, HYPHENS_AUTO } Hyphens;
typedef enum { WORD_NORMAL, WORD_BREAK_ALL, WORD_KEEP_ALL, WORD_BREAK_WORD, WORD_AUTO_PHRASE } WordBreak;
typedef enum { LINE_AUTO, LINE_LOOSE, LINE_NORMAL, LINE_STRICT, LINE_ANYWHERE } LineBreakRule;
typedef enum { WRAP_NORMAL, WRAP_BREAK_WORD, WRAP_ANYWHERE } OverflowWrap;

typedef struct TextStyle {       /* of a span; equal pointers mean equal type */
    FontRequest font;            /* families, weight, slant, size ... */
    Len size;                    /* used font size */
    const char *language;        /* BCP 47, NULL unknown */
    const char *const *features; /* OpenType features from font-variant-*, font-feature-settings */
    int feature_count;
    bool small_caps,
        synthesize_small_caps; /* smcp asked for; may be made from capitals at 0.8 where the font has none */
    Len letter_spacing, word_spacing;
    bool nowrap;          /* no soft breaks inside */
    bool preserve_spaces; /* white-space: pre, pre-wrap: spaces and tabs stand (they hang at a line's end) */
    bool break_spaces;
    Len tab_advance; /* tab-size as a length; 0: number of spaces below */
    int tab_spaces;
    uint8_t hyphens, word_break, line_break, overflow_wrap;
    int hyphen_word, hyphen_before, hyphen_after; /* hyphenate-limit-chars; 0: language's own */
    const char *hyphen;                           /* hyphenate-character; NULL: auto */
    bool hyphenate_capitals;                      /* false: never a capitalised word inside a sentence */
    bool kerning;
} TextStyle;
typedef struct {
    uint32_t from, to; /* bytes; spans are in order and cover the text */
    const TextStyle *style;
    uint32_t owner; /* for the caller: which inline box */
} TextSpan;
typedef enum { ITEM_OPEN, ITEM_CLOSE, ITEM_ATOM, ITEM_MARK } TextItemKind;
typedef struct {  /* places in the text; their advances are given when lines are made */
    uint8_t kind; /* ATOM: the U+FFFC at `at`. MARK: no width, no break (float, anchor, note call) */
    uint32_t at;
} TextItem; /* in order */
typedef struct {
    const char
        *text; /* UTF-8; U+FFFC for atoms; U+000A is a forced break; U+2028 too; bidi controls as unicode-bidi asks */
    size_t size;
    const TextSpan *spans;
    int span_count;
    const TextItem *items;
    int item_count;
    bool rtl;              /* paragraph direction */
    bool plaintext;        /* direction from the first strong character */
    const TextStyle *root; /* the block's own: strut, language */
} TextSource;

typedef struct Paragraph Paragraph;
const Paragraph *text_shape(Arena *arena, FontSet *fonts, const TextSource *source);
const char *paragraph_text(const Paragraph *paragraph);
size_t paragraph_size(const Paragraph *paragraph);
int paragraph_missing(const Paragraph *paragraph, const uint32_t **codepoints); /* nobody has a glyph for these */

/* ---- line ends ---- */
typedef struct { /* 1024 = 1; composer.md 3 and 5 */
    int16_t space_least, space_most;
    int16_t letter_least, letter_most, letter_far;
    int16_t glyph_least, glyph_most, glyph_far;
    int32_t hyphen, proper, hard, syllable, second, last, jump, stub;
    uint8_t hyphens_in_a_row; /* 0: no limit */
    bool optical;             /* punctuation hangs */
} Justify;
extern const Justify justify_normal, justify_narrow, justify_korean, justify_korean_narrow, justify_ragged;

/* Break opportunities with prefix sums, for given item advances (one Len per item; marks 0). Scratch memory. */
typedef struct Breaks Breaks;
const Breaks *text_breaks(Arena *scratch, const Paragraph *paragraph, const Len *advances, const Justify *justify);

typedef struct {
    int count; /* of widths; all further lines have `rest` */
    const Len *width;
    Len rest;
    Len first_indent; /* of the paragraph's first line, not of a resumed one */
    bool each_line;   /* indent after forced breaks too */
} LineWidths;
typedef struct {
    uint32_t from, to; /* bytes: the line's text, with the spaces that vanish at its end */
    uint32_t end;      /* without them */
    int break_index;   /* of its end, for text_compose's `from_break` and text_fit */
    Len natural;       /* width as set without stretch; with hyphen, without hanging */
    Len indent;
    int32_t x;      /* stretch as composer.md 5 has it, 1024 = 1; 0 for first fit */
    uint8_t hyphen; /* a hyphen is drawn */
    bool
        overfull; /* wider than its measure even when set as tight as the limits let it; natural alone doesn't say so */
    bool forced;  /* ends in a forced break, or is the last line */
    uint8_t fitness, hyphens; /* LineState after it */
} LineEnd;
typedef struct Lines {
    int count;
    const LineEnd *line;
    int64_t cost, cost_less, cost_more; /* INT64_MAX: there is none */
} Lines;
typedef struct {
    uint8_t fitness, hyphens;
} LineState;
/* Total fit from break from_break (0: the start). want: 0; -1, +1: one line less or more. */
const Lines *text_compose(Arena *arena, const Breaks *breaks, const LineWidths *widths, int from_break,
                          LineState before, bool ragged, int want);
/* First fit: the line that starts at break from_break in a width; at least one cluster. */
LineEnd text_fit(const Breaks *breaks, int from_break, Len width,
                 Len indent);                          /* width - indent is what the text gets */
bool text_more(const Breaks *breaks, int break_index); /* is there text after this break? */
/* balance: fewest lines at the full width, then as even as can be, by sense. */
const Lines *text_balance(Arena *arena, const Breaks *breaks, Len width, Len first_indent);
/* break_words: where overflow-wrap lets words break, they count as broken; else for `anywhere` only. */
void text_intrinsic(const Breaks *breaks, bool break_words, Len *min_content, Len *max_content);

/* ---- a line, set ---- */
typedef struct GlyphRun { /* one font, size, colour-relevant span and direction; visual order, left to right */
    const Font *font;
    Len size;
    uint32_t from, to; /* bytes of the paragraph's text */
    const char *text;  /* the paragraph's text */
    int span;          /* index of the source's span; its owner is spans[span].owner */
    uint8_t level;     /* bidi */
    int count;
    const Glyph *glyphs; /* advances are final: justification, letter-spacing, hyphen and kerning are in them */
    Len width;
    int32_t track; /* letter-spacing from justification that is in the advances, 1/2048 em a gap (Tc) */
    int32_t scale; /* glyph width, 1/16 % away from 100 % (Tz); advances are already scaled */
    bool hyphen;   /* the run is a hyphen that a break has made: U+00AD in ToUnicode */
} GlyphRun;
typedef enum { PIECE_RUN, PIECE_ITEM } LinePieceKind;
typedef struct {
    uint8_t kind;
    Len x;               /* left edge from the line's left edge */
    const GlyphRun *run; /* RUN */
    int item;            /* ITEM: index in the source's items */
    Len width;
} TextPiece;
typedef struct {
    int count;
    const TextPiece *pieces;   /* visual order; x = 0 is the content's left edge: the line's indent is not in it */
    Len width;                 /* content width, hanging marks not counted; justified: the line's width - indent */
    Len hang_left, hang_right; /* how far marks stand out on either side */
    bool rtl;
} TextLine;
typedef enum {
    ALIGN_NATURAL,
    ALIGN_JUSTIFY
} LineAlign; /* start, end, center: the caller shifts the line by what width - indent - TextLine.width leaves */
/* width: the line's, with its indent, as it was given to text_fit or text_compose. */
const TextLine *text_line(Arena *arena, const Breaks *breaks, const LineEnd *line, Len width, LineAlign align);
/* The same line from the paragraph alone: only its own text is walked. For painting, where Breaks are gone. */
const TextLine *text_line_again(Arena *arena, const Paragraph *paragraph, const Len *advances, const Justify *justify,
                                const LineEnd *line, Len width, LineAlign align);

/* ---- languages ---- */
void text_set_data(
    const char *directory); /* where patterns/ and languages.txt are; set once, before the first paragraph */

#endif
