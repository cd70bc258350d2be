/* css/shorthands.h: shorthand properties: what they stand for and how their values are parsed. */
#ifndef N2P_CSS_SHORTHANDS_H
#define N2P_CSS_SHORTHANDS_H

#include "css/values.h"

enum { SHORTHAND_LONGHANDS_MOST = 32 };
typedef struct ShorthandRow {
    const char *name;
    /* in: trimmed. out: one value a longhand, NULL: its initial value. False: not valid. */
    bool (*parse)(Reader *reader, const struct ShorthandRow *row, TokenRange *in, const Value **out);
    short count;
    short longhands[SHORTHAND_LONGHANDS_MOST];
} ShorthandRow;
const ShorthandRow *shorthand_row(int index); /* NULL: past the last */
bool shorthand_is_all(const ShorthandRow *row);
/* The whole value, CSS-wide keywords too. */
bool shorthand_parse(Reader *reader, const ShorthandRow *row, TokenRange in, const Value **out);

/* in shorthand_values.c */
typedef bool ShorthandParser(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out);
ShorthandParser shorthand_font, shorthand_font_variant, shorthand_background, shorthand_background_position,
    shorthand_flex, shorthand_radius, shorthand_border_image, shorthand_list_style, shorthand_text_decoration,
    shorthand_white_space, shorthand_page_break, shorthand_columns, shorthand_synthesis, shorthand_place,
    shorthand_grid_template, shorthand_grid, shorthand_grid_lines, shorthand_legacy_break_inside;
/* One component value parsed as a longhand's; NULL: not valid, in stays. */
const Value *take_component(Reader *reader, int property, TokenRange *in);
bool shorthand_any(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out);

#endif
