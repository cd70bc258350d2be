/* css/values.h: from tokens to values.
 *   in    a range of tokens
 *   out   specified values: the shape of the computed ones (table below), but a length with a relative
 *         unit is a SIZE whose calc is a leaf or a tree; value_compute puts absolute lengths in.
 *
 * Shapes of the V properties. NULL stands for the initial keyword where that is none, normal, auto or
 * static, otherwise for `none`; another keyword is a KEYWORD. SIZE: .len + .percent (or .keyword auto).
 *   font-family            LIST of STRING (a family, also one written as identifiers) | KEYWORD (generic)
 *   font-size-adjust       NUMBER | KEYWORD from-font
 *   font-variant-ligatures, -numeric, -east-asian   LIST of KEYWORD | KEYWORD none (ligatures)
 *   font-variant-alternates   LIST of IDENT historical-forms | FUNCTION name (IDENT ...)
 *   font-feature-settings     LIST of LIST (STRING tag, INTEGER)
 *   font-variation-settings   LIST of LIST (STRING tag, NUMBER)
 *   font-language-override    STRING
 *   text-transform, hanging-punctuation, text-underline-position, text-decoration-line, text-autospace,
 *   contain, marks         LIST of KEYWORD (IDENT where keywords.def lacks it) | KEYWORD
 *   hyphenate-character    STRING
 *   hyphenate-limit-chars  LIST of three: INTEGER | KEYWORD auto
 *   list-style-type        IDENT name of a counter style | STRING | FUNCTION symbols(...); NULL: none
 *   list-style-image, border-image-source   an image; NULL none
 *   quotes                 LIST of STRING, in pairs | KEYWORD none; NULL: auto
 *   text-shadow, box-shadow   LIST of LIST (COLOR, SIZE x, SIZE y, SIZE blur, SIZE spread, KEYWORD inset | none)
 *   -n2p-justify           KEYWORD normal | IDENT narrow korean korean-narrow ragged; NULL: auto
 *   position               KEYWORD | FUNCTION running(IDENT)
 *   aspect-ratio           LIST (NUMBER width, NUMBER height) or (KEYWORD auto, NUMBER, NUMBER); scaled to stay below 2048
 *   object-position        LIST (SIZE x, SIZE y)
 *   initial-letter         LIST (NUMBER size, INTEGER sink)
 *   -n2p-snap-height       LIST (SIZE pitch), then (INTEGER least, INTEGER most) lines of change and (SIZE over whole lines) if said
 *   border-*-radius        LIST (SIZE horizontal, SIZE vertical); always there
 *   border-image-slice     LIST of four NUMBER | PERCENTAGE, then KEYWORD fill if it is said
 *   border-image-width     LIST of four SIZE (is_number: times the border width; keyword auto)
 *   border-image-outset    LIST of four SIZE (is_number: times the border width)
 *   border-image-repeat    LIST of two KEYWORD
 *   background-image       LIST, one item a layer: an image | KEYWORD none; NULL: none at all
 *   background-position-x, -y   LIST of SIZE        background-size  LIST of KEYWORD cover contain | LIST (SIZE, SIZE); NULL: auto
 *   background-repeat      LIST of LIST (KEYWORD x, KEYWORD y)
 *   background-attachment, -origin, -clip   LIST of KEYWORD
 *   transform              LIST of FUNCTION: lengths SIZE, angles ANGLE, numbers NUMBER
 *   transform-origin       LIST (SIZE x, SIZE y, SIZE z)
 *   clip                   FUNCTION rect (four SIZE)
 *   clip-path, shape-outside   LIST of one or two: FUNCTION circle ellipse inset polygon path | URL | image | KEYWORD box
 *      circle   (SIZE | KEYWORD radius, LIST position)       ellipse (SIZE | KEYWORD, SIZE | KEYWORD, LIST position)
 *      inset    (SIZE x 4: top right bottom left, then 4 LIST radii)  polygon (KEYWORD nonzero | evenodd, LIST (SIZE, SIZE) ...)
 *   page                   IDENT
 *   size                   LIST (SIZE width, SIZE height) | KEYWORD portrait landscape; NULL: auto
 *   content                LIST of items (STRING URL image, FUNCTION attr counter counters string element content leader
 *                          target-counter target-counters target-text, KEYWORD open-quote ...) | KEYWORD none; NULL: normal.
 *                          StyledNode and PageStyle have it ready; layout reads those
 *   counter-*              LIST of LIST (IDENT, INTEGER); of counter-reset a third item KEYWORD reverse where reversed()
 *   string-set             LIST of LIST (IDENT, content items ...)
 *   bookmark-label         LIST of content items
 *   -n2p-link, -n2p-anchor URL | STRING with attr() put in
 *   align-*, justify-*     KEYWORD or LIST (KEYWORD safe | unsafe | legacy, KEYWORD); `last baseline` is KEYWORD last-baseline
 *   grid-template-columns, -rows, grid-auto-*   LIST of SIZE | FUNCTION fr (NUMBER) | FUNCTION minmax fit-content repeat |
 *                          LIST of IDENT: line names | KEYWORD subgrid. repeat: (INTEGER | KEYWORD auto-fill auto-fit, tracks ...)
 *   grid-template-areas    LIST of rows: LIST of IDENT (text NULL: an empty cell)
 *   grid-auto-flow         LIST of KEYWORD
 *   grid-row-start ...     LIST of KEYWORD span, INTEGER, IDENT, those said, in this order
 * An image: URL | FUNCTION linear-gradient, radial-gradient, conic-gradient (also repeating-): items are
 *   linear: ANGLE (to the top 0, clockwise) or LIST of KEYWORD (to a corner); then stops
 *   radial: LIST (KEYWORD circle | ellipse, then KEYWORD extent, or SIZE one or two); LIST position; then stops
 *   conic:  ANGLE from; LIST position; then stops
 *   a stop: LIST (COLOR, SIZE or ANGLE position where said, a second one where said); a hint: SIZE or ANGLE
 */
#ifndef N2P_CSS_VALUES_H
#define N2P_CSS_VALUES_H

#include "css/names.h"
#include "css/syntax.h"

typedef struct {
    Name prefix, uri;
} NamespacePrefix;
typedef struct {
    Arena *arena;
    Names *names;
    Diag *diag; /* NULL: silent */
    const char *file, *base;
    uint8_t origin;
    const CssContext *context;
    const Value *keywords[KEYWORD_COUNT]; /* made when first used */
    VEC(NamespacePrefix) namespaces;      /* @namespace; prefix NULL: the default */
    int depth;                            /* of nested functions */
    int suggestions;                      /* left for unknown names */
    uint8_t unsupported;                  /* rows of warn_unsupported that were named already, a bit each */
    bool color_quirk;                     /* presentational: #-less hex colours */
} Reader;
typedef VEC(const Value *) ValueList;

/* ---- moving through the range; spaces are skipped ---- */
const Token *range_peek(TokenRange *in); /* NULL: nothing is left */
bool range_empty(TokenRange *in);
bool take_word(TokenRange *in, const char *word); /* that identifier */
bool take_delim(TokenRange *in, char delim);      /* also , / : as tokens */
uint16_t peek_keyword(TokenRange *in);            /* of an identifier; 0: it is none */
bool take_function(TokenRange *in, const char *name, TokenRange *arguments);
bool word_in_list(const char *words, const char *text, size_t size); /* any case */
TokenRange take_until_comma(TokenRange *in);                         /* up to a comma, which is skipped, or the end */

/* ---- making values ---- */
const Value *value_keyword(Reader *reader, uint16_t keyword);
const Value *value_new(Reader *reader, Value value);
const Value *value_list(Reader *reader, const ValueList *list);
const Value *value_pair(Reader *reader, const Value *one, const Value *two);
const Value *value_function(Reader *reader, const char *name, const ValueList *list);
const Value *value_from_far_edge(Reader *reader, const Value *offset); /* SIZE: 100 % - offset */
Value value_of_len(Len len);
Value value_of_percent(int32_t ratio);
Value value_of_size_keyword(uint16_t keyword);

/* ---- basic types; each returns NULL and leaves the range where it was if there is none ---- */
typedef enum { ALLOW_PERCENT = 1, ALLOW_NEGATIVE = 2, ALLOW_NUMBER = 4, ALLOW_UNITLESS = 8 } SizeAllow;
const Value *take_keyword_of(Reader *reader, TokenRange *in,
                             const char *words);                /* KEYWORD, or IDENT if keywords.def lacks it */
const Value *take_custom_ident(Reader *reader, TokenRange *in); /* IDENT; no CSS-wide keyword */
const Value *take_string(Reader *reader, TokenRange *in);
const Value *take_url(Reader *reader, TokenRange *in);
const Value *take_integer(Reader *reader, TokenRange *in, int least);
const Value *take_number(Reader *reader, TokenRange *in, double least); /* NUMBER */
const Value *take_percentage(Reader *reader, TokenRange *in);
const Value *take_number_or_percentage(Reader *reader, TokenRange *in, double least); /* NUMBER; 100 % = 1 */
const Value *take_size(Reader *reader, TokenRange *in, int allow);                    /* SIZE */
const Value *take_angle(Reader *reader, TokenRange *in, bool zero);                   /* ANGLE */
const Value *take_color(Reader *reader, TokenRange *in);                              /* COLOR */
const Value *take_image(Reader *reader, TokenRange *in);
const Value *take_position(Reader *reader, TokenRange *in); /* LIST (SIZE x, SIZE y) */
bool color_parse(Reader *reader, TokenRange *in, Color *color);
Name intern_token(Reader *reader, const Token *token);
Name intern_lower(Reader *reader, const Token *token);

/* ---- math: css-values-4 10 ---- */
typedef enum {
    UNIT_NUMBER,
    UNIT_PERCENT,
    UNIT_LEN, /* LEN: 1/1024 pt */
    UNIT_EM,
    UNIT_REM,
    UNIT_EX,
    UNIT_REX,
    UNIT_CH,
    UNIT_RCH,
    UNIT_CAP,
    UNIT_RCAP,
    UNIT_IC,
    UNIT_RIC,
    UNIT_LH,
    UNIT_RLH,
    UNIT_VW,
    UNIT_VH,
    UNIT_VI,
    UNIT_VB,
    UNIT_VMIN,
    UNIT_VMAX,
    UNIT_DEGREE,
    UNIT_SECOND,
    UNIT_DPI
} Unit;
typedef enum {
    CALC_LEAF,
    CALC_SUM,
    CALC_PRODUCT,
    CALC_NEGATE,
    CALC_INVERT,
    CALC_MIN,
    CALC_MAX,
    CALC_CLAMP,
    CALC_ROUND,
    CALC_MOD,
    CALC_REM,
    CALC_SIN,
    CALC_COS,
    CALC_TAN,
    CALC_ASIN,
    CALC_ACOS,
    CALC_ATAN,
    CALC_ATAN2,
    CALC_POW,
    CALC_SQRT,
    CALC_HYPOT,
    CALC_LOG,
    CALC_EXP,
    CALC_ABS,
    CALC_SIGN
} CalcOp;
typedef struct Calc {
    uint8_t op, unit, strategy; /* strategy of round(): 0 nearest 1 up 2 down 3 to-zero */
    bool not_negative;          /* the property's range, on the whole tree */
    int count;
    double number; /* LEAF; PERCENT: 100 = 100 % */
    const struct Calc *const *items;
} Calc;
typedef struct { /* what relative units are worth, in Len */
    Len em, rem, ex, rex, ch, rch, cap, rcap, ic, ric, lh, rlh, page_width, page_height;
    bool vertical;
} Units;
typedef enum { MATH_NUMBER, MATH_LENGTH, MATH_PERCENT, MATH_ANGLE, MATH_TIME, MATH_RESOLUTION, MATH_BAD } MathType;

/* A math function at the range's start. percent_is_length: percentages may be added to lengths. */
const Calc *take_math(Reader *reader, TokenRange *in, bool percent_is_length, MathType *type);
bool unit_find(const Token *token, Unit *unit, double *factor); /* number * factor is in the unit */
bool calc_constant(const Calc *calc, double *number);           /* no percentage, no relative unit */
Size calc_compute(Arena *arena, const Calc *calc, const Units *units);
double calc_number(const Calc *calc, const Units *units); /* a number, angle ... */

/* ---- whole values ---- */
/* A longhand's value that fills the range; NULL: it isn't one. CSS-wide keywords included. */
const Value *property_parse(Reader *reader, int property, TokenRange in);
const Value *property_initial(Reader *reader, int property);
/* With every relative length put in; the value itself where there is none. */
const Value *value_compute(Arena *arena, const Value *value, const Units *units);
Size size_compute(Arena *arena, const Value *value, const Units *units); /* of a specified SIZE */
void value_serialise(const Value *value, Buffer *out);
void size_serialise(Size size, Buffer *out);
void color_serialise(Color color, Buffer *out);
bool value_equal(const Value *a, const Value *b);
uint64_t value_hash(const Value *value);

/* ---- V properties, by subject; in: trimmed, not empty. NULL: not a value ---- */
const Value *parse_text_value(Reader *reader, int property, TokenRange *in);
const Value *parse_box_value(Reader *reader, int property, TokenRange *in);
const Value *parse_decoration_value(Reader *reader, int property, TokenRange *in);
const Value *parse_content_value(Reader *reader, int property, TokenRange *in);
const Value *parse_grid_value(Reader *reader, int property, TokenRange *in);
const Value *parse_font_family(Reader *reader, TokenRange *in);
const Value *parse_shadows(Reader *reader, TokenRange *in, bool box); /* of text-shadow, box-shadow */
/* Parts that longhands and shorthands share. */
bool take_radii(Reader *reader, TokenRange *in, const Value *corners[4]);         /* LIST (horizontal, vertical) each */
const Value *take_background_layer(Reader *reader, int property, TokenRange *in); /* one layer's item of the list */
const Value *take_border_image_part(Reader *reader, int property, TokenRange *in);
const Value *parse_tracks(Reader *reader, TokenRange *in);
const Value *parse_areas(Reader *reader, TokenRange *in, ValueList *rows, int *columns); /* one row more */
bool areas_valid(const Value *areas); /* each named area is one rectangle; of at most 10,000 cells */
const Value *parse_grid_line(Reader *reader, TokenRange *in);
bool take_repeated(Reader *reader, TokenRange *in, const char *words, ValueList *list); /* <words>+, each once */

#endif
