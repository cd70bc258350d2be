/* css/css.h: from style sheet text to rules.
 *   in    UTF-8 text of one sheet
 *   out   a StyleSheet: rules with selectors and declarations, each with its place
 * Knows the property table, not documents. Sources: css-syntax-3, selectors-4, css-values-4,
 * mediaqueries-4, css-page-3, css-cascade-5. */
#ifndef N2P_CSS_H
#define N2P_CSS_H

#include "base/base.h"

/* ---- keywords: every identifier that a property's grammar names, interned once ---- */
typedef enum {
    KW_NONE_SUCH = 0,
#define KEYWORD(id, text) KW_##id,
#include "css/keywords.def"
#undef KEYWORD
    KEYWORD_COUNT
} Keyword;
const char *keyword_text(uint16_t keyword);
bool keyword_is_wide(uint16_t keyword); /* inherit, initial, unset, revert, revert-layer */

/* ---- computed value types ---- */
typedef struct {
    Len len;          /* absolute part */
    int32_t percent;  /* RATIO_ONE = 100 %; of what, the property says */
    int32_t number;   /* type F: a plain number, RATIO_ONE = 1; is_number set */
    uint16_t keyword; /* not 0: the value is this keyword, all else is 0 */
    bool has_percent, is_number;
    const struct Calc *calc; /* min(), max(), clamp() that mix percentages; NULL mostly */
} Size;
Len size_resolve(Size size, Len base); /* base NONE: percentages count 0. Keywords: 0 */

typedef enum { COLOR_RGB, COLOR_CMYK, COLOR_SPOT, COLOR_PROFILE, COLOR_CURRENT, COLOR_AUTO } ColorSpace;
typedef struct Color {
    uint8_t space;
    uint16_t c[4];                 /* 0..65535: r g b, or c m y k, or tint, or what the profile has */
    uint16_t alpha;                /* 65535 opaque */
    Name spot;                     /* name of the ink or of the @color-profile */
    const struct Color *alternate; /* SPOT: what the full ink looks like, NULL: not said */
} Color;                           /* symbolic until output: never converted before `pdf` */

/* A component value or a computed complex value. A list is an array in `items`. */
typedef enum {
    VALUE_KEYWORD,
    VALUE_IDENT,
    VALUE_STRING,
    VALUE_URL,
    VALUE_NUMBER,
    VALUE_INTEGER,
    VALUE_PERCENTAGE,
    VALUE_LENGTH,
    VALUE_ANGLE,
    VALUE_TIME,
    VALUE_RESOLUTION,
    VALUE_SIZE,
    VALUE_COLOR,
    VALUE_FUNCTION,
    VALUE_LIST,
    VALUE_COMMA,
    VALUE_SLASH,
    VALUE_RANGE
} ValueKind;
typedef struct Value {
    uint8_t kind;
    uint16_t keyword; /* KEYWORD, or IDENT that is a known keyword too */
    Name text;        /* IDENT, STRING, URL, FUNCTION's name (lower case) */
    int32_t
        number; /* NUMBER: RATIO_ONE = 1; INTEGER; PERCENTAGE: RATIO_ONE = 100 %; ANGLE: 1/1024 degree; RESOLUTION: dpi */
    Size size; /* SIZE: computed length-percentage; LENGTH: computed to .len */
    Color color;
    int count; /* LIST, FUNCTION: items */
    const struct Value *items;
    const char *base; /* URL: the directory that it is relative to; NULL: the document's */
} Value;

/* ---- the sheet ---- */
typedef enum { ORIGIN_AGENT, ORIGIN_USER, ORIGIN_AUTHOR } Origin;
typedef struct StyleSheet StyleSheet; /* rules, selectors, page rules, font faces: css/rules.h */

typedef struct { /* what css_read may ask of its caller */
    const char *(*load)(void *user, const char *base, const char *href, Source source,
                        const char **real); /* text of an @import, NULL: refused or missing (reported by load) */
    void *user;
    const char *media;           /* "print" */
    Len page_width, page_height; /* for page-size media features */
} CssContext;
/* text must live as long as the arena. first: place of the text's first character, file as messages should name it;
 * base: the directory that hrefs are relative to (an imported sheet's is that of the path that load gave as real). */
const StyleSheet *css_read(Arena *arena, Names *names, const char *text, size_t size, Source first, const char *base,
                           Origin origin, const CssContext *context, Diag *diag);
bool css_media_matches(const char *query, const CssContext *context);

/* @font-face rules of a sheet, for asset. */
typedef struct {
    Name family;
    int weight_min, weight_max; /* 1..1000 */
    int32_t stretch_min, stretch_max;
    bool italic;
    Len optical_min, optical_max; /* -n2p-optical-size: min max, in Len; 0 0: any */
    const char *const *sources;   /* urls in order; then local() as "local:Name" */
    int source_count;
    const char *base;            /* urls are relative to it */
    const uint32_t (*ranges)[2]; /* unicode-range */
    int range_count;
    Source source;
} FontFace;
int css_font_faces(const StyleSheet *sheet, const FontFace **faces);

/* @color-profile rules, css-color-5: what color(--name ...) means, and device-cmyk() where the name is "device-cmyk". */
typedef struct {
    Name name;
    const char *url, *base; /* url is relative to base */
    bool perceptual;        /* rendering-intent; else relative colorimetric */
    Source source;
} ColorProfileRule;
int css_color_profiles(const StyleSheet *sheet, const ColorProfileRule **profiles);

#endif
