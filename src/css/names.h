/* css/names.h: what the words of a sheet mean: keywords, properties, shorthands, aliases.
 * The tables are constant; their hash index is built once. */
#ifndef N2P_CSS_NAMES_H
#define N2P_CSS_NAMES_H

#include "css/css.h"
#include "css/properties.h"

uint16_t keyword_find(const char *text, size_t size); /* any case; 0: none */

/* ---- longhands: properties.h, then logical ones, then custom properties ---- */
typedef struct {
    const char *name;
    char type; /* a letter of properties.h */
    bool inherits;
    const char *keywords, *initial;
} PropertyRow;
extern const PropertyRow property_rows[PROPERTY_COUNT];

/* A logical longhand stands for a physical one, which direction and writing mode decide:
 *   X(ID, "css-name", physical on top / left / the width, MAP) */
/* clang-format off */
#define LOGICAL_PROPERTIES(X)                                                                      \
    X(MARGIN_BLOCK_START, "margin-block-start", MARGIN_TOP, BLOCK_START)                           \
    X(MARGIN_BLOCK_END, "margin-block-end", MARGIN_TOP, BLOCK_END)                                 \
    X(MARGIN_INLINE_START, "margin-inline-start", MARGIN_TOP, INLINE_START)                        \
    X(MARGIN_INLINE_END, "margin-inline-end", MARGIN_TOP, INLINE_END)                              \
    X(PADDING_BLOCK_START, "padding-block-start", PADDING_TOP, BLOCK_START)                        \
    X(PADDING_BLOCK_END, "padding-block-end", PADDING_TOP, BLOCK_END)                              \
    X(PADDING_INLINE_START, "padding-inline-start", PADDING_TOP, INLINE_START)                     \
    X(PADDING_INLINE_END, "padding-inline-end", PADDING_TOP, INLINE_END)                           \
    X(INSET_BLOCK_START, "inset-block-start", TOP, BLOCK_START)                                    \
    X(INSET_BLOCK_END, "inset-block-end", TOP, BLOCK_END)                                          \
    X(INSET_INLINE_START, "inset-inline-start", TOP, INLINE_START)                                 \
    X(INSET_INLINE_END, "inset-inline-end", TOP, INLINE_END)                                       \
    X(BORDER_BLOCK_START_WIDTH, "border-block-start-width", BORDER_TOP_WIDTH, BLOCK_START)         \
    X(BORDER_BLOCK_END_WIDTH, "border-block-end-width", BORDER_TOP_WIDTH, BLOCK_END)               \
    X(BORDER_INLINE_START_WIDTH, "border-inline-start-width", BORDER_TOP_WIDTH, INLINE_START)      \
    X(BORDER_INLINE_END_WIDTH, "border-inline-end-width", BORDER_TOP_WIDTH, INLINE_END)            \
    X(BORDER_BLOCK_START_STYLE, "border-block-start-style", BORDER_TOP_STYLE, BLOCK_START)         \
    X(BORDER_BLOCK_END_STYLE, "border-block-end-style", BORDER_TOP_STYLE, BLOCK_END)               \
    X(BORDER_INLINE_START_STYLE, "border-inline-start-style", BORDER_TOP_STYLE, INLINE_START)      \
    X(BORDER_INLINE_END_STYLE, "border-inline-end-style", BORDER_TOP_STYLE, INLINE_END)            \
    X(BORDER_BLOCK_START_COLOR, "border-block-start-color", BORDER_TOP_COLOR, BLOCK_START)         \
    X(BORDER_BLOCK_END_COLOR, "border-block-end-color", BORDER_TOP_COLOR, BLOCK_END)               \
    X(BORDER_INLINE_START_COLOR, "border-inline-start-color", BORDER_TOP_COLOR, INLINE_START)      \
    X(BORDER_INLINE_END_COLOR, "border-inline-end-color", BORDER_TOP_COLOR, INLINE_END)            \
    X(BORDER_START_START_RADIUS, "border-start-start-radius", BORDER_TOP_LEFT_RADIUS, START_START) \
    X(BORDER_START_END_RADIUS, "border-start-end-radius", BORDER_TOP_LEFT_RADIUS, START_END)       \
    X(BORDER_END_START_RADIUS, "border-end-start-radius", BORDER_TOP_LEFT_RADIUS, END_START)       \
    X(BORDER_END_END_RADIUS, "border-end-end-radius", BORDER_TOP_LEFT_RADIUS, END_END)             \
    X(INLINE_SIZE, "inline-size", WIDTH, INLINE_SIZE)                                              \
    X(BLOCK_SIZE, "block-size", WIDTH, BLOCK_SIZE)                                                 \
    X(MIN_INLINE_SIZE, "min-inline-size", MIN_WIDTH, INLINE_SIZE)                                  \
    X(MIN_BLOCK_SIZE, "min-block-size", MIN_WIDTH, BLOCK_SIZE)                                     \
    X(MAX_INLINE_SIZE, "max-inline-size", MAX_WIDTH, INLINE_SIZE)                                  \
    X(MAX_BLOCK_SIZE, "max-block-size", MAX_WIDTH, BLOCK_SIZE)                                     \
    X(OVERFLOW_INLINE, "overflow-inline", OVERFLOW_X, INLINE_SIZE)                                 \
    X(OVERFLOW_BLOCK, "overflow-block", OVERFLOW_X, BLOCK_SIZE)
/* clang-format on */
#define LOGICAL_AS_ID(id, ...) LOGICAL_##id,
enum {
    LOGICAL_FIRST = PROPERTY_COUNT - 1,
    LOGICAL_PROPERTIES(LOGICAL_AS_ID) LONGHAND_COUNT,
    PROPERTY_CUSTOM = LONGHAND_COUNT
};

/* The row that a longhand's value is parsed by (of a logical one: its physical sibling's). */
const PropertyRow *longhand_row(int property);
const char *longhand_name(int property);
int logical_to_physical(int property, uint16_t writing_mode, uint16_t direction); /* physical ones stay */

/* ---- every name that may stand before a colon ---- */
typedef enum { NAME_UNKNOWN, NAME_LONGHAND, NAME_SHORTHAND, NAME_IGNORED } PropertyNameKind;
typedef struct {
    uint8_t kind;
    int id; /* LONGHAND: property; SHORTHAND: index for shorthand_row */
} PropertyName;
PropertyName property_name_find(const char *text, size_t size); /* any case, aliases followed */
const char *property_name_suggest(const char *name);            /* the nearest known one, NULL: none is near */

#endif
