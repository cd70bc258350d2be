/* style/style.h: what every element and page looks like.
 *   in    a document, the style sheets that apply to it
 *   out   a StyleTree: for each element its computed style and those of its pseudo-elements, with
 *         counters counted and generated content put together; and styles of pages on request
 * Computed styles are constant and shared: equal groups are interned, equal styles are one pointer.
 * Knows nothing of boxes. Sources: css-cascade-5, css-values-4, CSS 2.2 chapter 12, css-page-3. */
#ifndef N2P_STYLE_H
#define N2P_STYLE_H

#include "css/css.h"
#include "css/properties.h"
#include "document/document.h"

/* ---- computed values, one C type for each type letter of the table ---- */
typedef uint16_t FieldK;
typedef Size FieldL;
typedef Size FieldP;
typedef Size FieldF;
typedef Len FieldW;
typedef int32_t FieldN;
typedef int32_t FieldI;
typedef Color FieldC;
typedef const Value *FieldV;
#define STYLE_AS_FIELD(id, name, type, keywords, inherits, initial, field) Field##type field;

typedef struct {
    PROPERTIES_FONT(STYLE_AS_FIELD)
} StyleFont;
typedef struct {
    PROPERTIES_TEXT(STYLE_AS_FIELD) Name language;
} StyleText; /* language: BCP 47 from lang, xml:lang; NULL unknown */
typedef struct {
    PROPERTIES_BOX(STYLE_AS_FIELD)
} StyleBox;
typedef struct {
    PROPERTIES_DECORATION(STYLE_AS_FIELD)
} StyleDecoration;
typedef struct {
    PROPERTIES_FRAGMENTATION(STYLE_AS_FIELD)
} StyleFragmentation;
typedef struct {
    PROPERTIES_CONTENT(STYLE_AS_FIELD)
} StyleContent;
typedef struct {
    PROPERTIES_FLEX(STYLE_AS_FIELD)
} StyleFlex;

/* Computed: font-size, line-height with unit, letter-, word-spacing and every length are absolute
 * (Size.len, in Len). font-weight 1..1000. font-stretch RATIO_ONE = 100 %. line widths are 0 where
 * the line style is none or hidden. `float`, `position: absolute` and the root blockify `display`
 * (CSS 2.2 9.7). position: a Value: KEYWORD static relative absolute fixed sticky, or a FUNCTION
 * running(name); NULL is static. */
typedef struct Style {
    const StyleFont *font;
    const StyleText *text;
    const StyleBox *box;
    const StyleDecoration *decoration;
    const StyleFragmentation *fragmentation;
    const StyleContent *content;
    const StyleFlex *flex;
} Style;

/* ---- generated content, with counters, quotes and attr() already put in ---- */
typedef enum {
    CONTENT_TEXT,           /* text */
    CONTENT_IMAGE,          /* text: the reference, value: the image (gradient ...), instead: all there is where it
                               can't be shown; NULL: the other items */
    CONTENT_PAGE_COUNTER,   /* counter(page), counter(pages): text is the counter's name, style its counter style */
    CONTENT_STRING,         /* string(name, keyword): text, keyword KW_FIRST KW_START KW_LAST KW_FIRST_EXCEPT */
    CONTENT_ELEMENT,        /* element(name) */
    CONTENT_TARGET_COUNTER, /* target-counter(url, name, style): target is the fragment id */
    CONTENT_TARGET_TEXT,
    CONTENT_LEADER,  /* text: the string to repeat */
    CONTENT_CONTENTS /* content(text) of the element itself, for ::before of running strings */
} ContentKind;
typedef struct {
    uint8_t kind;
    uint16_t keyword;
    const char *text, *target, *instead;
    Name style; /* counter style's name, NULL: decimal */
    const Value *value;
} ContentItem;
typedef struct Content {
    int count;
    const ContentItem *items;
} Content;

typedef struct StringSet { /* string-set, put together */
    Name name;
    const char *text;
} StringSet;

typedef struct Pseudo { /* ::before, ::after, ::marker, ::first-line, ::first-letter of one element */
    const Style *style;
    Content content;          /* before, after: what `content` says; marker: its text */
    const StringSet *strings; /* of before and after */
    int string_count;
} Pseudo;

typedef struct FootnoteParts {   /* of an element with float: footnote */
    const Pseudo *call, *marker; /* NULL: makes no box. The call inherits from the text around the note */
} FootnoteParts;

typedef struct StyledNode {
    const Style *style;                                                /* text nodes: NULL */
    const Pseudo *before, *after, *marker, *first_line, *first_letter; /* NULL: makes no box */
    const Content *replaced; /* `content` on the element itself is one image */
    const StringSet *strings;
    int string_count;
    const char *bookmark;          /* bookmark-label's text where bookmark-level is a number */
    const FootnoteParts *footnote; /* NULL: the element is no footnote */
} StyledNode;

typedef struct StyleTree {
    const Document *document;
    const StyledNode *nodes;       /* by Node.index */
    const struct Cascade *cascade; /* for page styles and styles of anonymous boxes */
} StyleTree;

typedef struct {                 /* the environment of a resolution */
    Len page_width, page_height; /* default page box, for viewport units and `size: auto` (A4) */
    const char *const *custom;   /* --set: name, value, name, value ..., NULL; on :root and in page contexts */
    const char *media;           /* "print" */
} StyleContext;

/* Relative font units: what ex, ch, cap and ic of the first available font are worth at a size. */
typedef struct {
    void (*measure)(void *user, const StyleFont *font, Len size,
                    Len units[4]); /* units: 0.5, 0.5, 0.7 and 1 em on entry */
    void *user;
} StyleMetrics;

/* sheets: in cascade order; each says its origin. Diagnostics: unknown properties and bad values
 * were reported by css; here only what the cascade finds (invalid at computed-value time, cycles). */
const StyleTree *style_resolve(Arena *arena, const Document *document, const StyleSheet *const *sheets, int sheet_count,
                               const StyleContext *context, Diag *diag);
/* The same, with fonts to measure; metrics NULL: the values that units has on entry. */
const StyleTree *style_resolve_measured(Arena *arena, const Document *document, const StyleSheet *const *sheets,
                                        int sheet_count, const StyleContext *context, const StyleMetrics *metrics,
                                        Diag *diag);
/* A style with all inherited properties of parent and initial values else (anonymous boxes). */
const Style *style_anonymous(const StyleTree *tree, const Style *parent, uint16_t display);

/* ---- pages ---- */
typedef enum {
    MARGIN_TOP_LEFT_CORNER,
    MARGIN_TOP_LEFT,
    MARGIN_TOP_CENTER,
    MARGIN_TOP_RIGHT,
    MARGIN_TOP_RIGHT_CORNER,
    MARGIN_RIGHT_TOP,
    MARGIN_RIGHT_MIDDLE,
    MARGIN_RIGHT_BOTTOM,
    MARGIN_BOTTOM_RIGHT_CORNER,
    MARGIN_BOTTOM_RIGHT,
    MARGIN_BOTTOM_CENTER,
    MARGIN_BOTTOM_LEFT,
    MARGIN_BOTTOM_LEFT_CORNER,
    MARGIN_LEFT_BOTTOM,
    MARGIN_LEFT_MIDDLE,
    MARGIN_LEFT_TOP,
    MARGIN_BOX_COUNT
} MarginBox;
typedef struct {
    Name name; /* used page name, NULL: none */
    bool first, left, right, blank;
    int number; /* from 1: for :nth() */
} PageContext;
typedef struct PageStyle {
    const Style *style; /* margins, borders, padding, background of the page box; counters */
    Len width, height;  /* of the page box (trim), from `size` */
    Len bleed;
    struct {
        const Style *style;
        Content content;
    } margin[MARGIN_BOX_COUNT]; /* style NULL: not generated */
} PageStyle;
/* Equal contexts give the same pointer. */
const PageStyle *style_page(const StyleTree *tree, const PageContext *page);

/* The text of counter value in a counter style ("decimal", "lower-roman", an @counter-style ...). */
const char *style_counter_text(Arena *arena, const StyleTree *tree, Name counter_style, int value);

/* A computed value as the dump writes it; property: a PropertyId. */
void style_property_text(const Style *style, int property, Buffer *out);
void style_dump(const StyleTree *tree, Buffer *out); /* every element: the properties that aren't initial */

#endif
