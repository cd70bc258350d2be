/* The table of shorthands, and those whose values follow a common pattern. See shorthands.h. */
#include "css/shorthands.h"

const Value *take_component(Reader *reader, int property, TokenRange *in)
{
    if (!range_peek(in))
        return NULL;
    TokenRange one = {in->at, token_after(in->at, in->end)};
    const Value *value = property_parse(reader, property, one);
    if (value)
        in->at = one.end;
    return value;
}

/* One to four values for top, right, bottom, left. */
static bool shorthand_sides(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    int count = 0;
    while (count < 4 && (out[count] = take_component(reader, row->longhands[count], in)) != NULL)
        count++;
    if (count < 1)
        return false;
    if (count < 2)
        out[1] = out[0];
    if (count < 3)
        out[2] = out[0];
    if (count < 4)
        out[3] = out[1];
    return true;
}

/* One value for both, or two. */
static bool shorthand_two(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    out[0] = take_component(reader, row->longhands[0], in);
    out[1] = out[0] ? take_component(reader, row->longhands[1], in) : NULL;
    if (!out[1])
        out[1] = out[0];
    return out[0] != NULL;
}

/* Each longhand at most once, in any order. */
bool shorthand_any(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    int taken = 0;
    while (!range_empty(in)) {
        const Value *value = NULL;
        for (int i = 0; i < row->count && !value; i++)
            if (!out[i] && (value = take_component(reader, row->longhands[i], in)) != NULL)
                out[i] = value;
        if (!value)
            return false;
        taken++;
    }
    return taken > 0;
}

/* Width, style and colour in any order, for `sides` sides: out is grouped by part. */
static bool border_parts(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out, int sides)
{
    const Value *parts[3] = {NULL, NULL, NULL};
    bool any = false;
    while (!range_empty(in)) {
        const Value *value = NULL;
        for (int i = 0; i < 3 && !value; i++)
            if (!parts[i])
                parts[i] = value = take_component(reader, row->longhands[i * sides], in);
        if (!value)
            return false;
        any = true;
    }
    for (int i = 0; i < 3 * sides; i++)
        out[i] = parts[i / sides];
    return any;
}

static bool shorthand_border(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    return border_parts(reader, row, in, out, 4);
}

static bool shorthand_border_side(Reader *reader, const ShorthandRow *row, TokenRange *in, const Value **out)
{
    return border_parts(reader, row, in, out, row->count == 6 ? 2 : 1);
}

/* clang-format off */
#define P(name) PROPERTY_##name
#define L(name) LOGICAL_##name
#define SIDES(before, after) {P(before##TOP##after), P(before##RIGHT##after), P(before##BOTTOM##after), P(before##LEFT##after)}
static const ShorthandRow rows[] = {
    {"all", NULL, 0, {0}},
    {"margin", shorthand_sides, 4, SIDES(MARGIN_, )},
    {"padding", shorthand_sides, 4, SIDES(PADDING_, )},
    {"inset", shorthand_sides, 4, SIDES(, )},
    {"border-width", shorthand_sides, 4, SIDES(BORDER_, _WIDTH)},
    {"border-style", shorthand_sides, 4, SIDES(BORDER_, _STYLE)},
    {"border-color", shorthand_sides, 4, SIDES(BORDER_, _COLOR)},
    {"border", shorthand_border, 17,
     {P(BORDER_TOP_WIDTH), P(BORDER_RIGHT_WIDTH), P(BORDER_BOTTOM_WIDTH), P(BORDER_LEFT_WIDTH), P(BORDER_TOP_STYLE), P(BORDER_RIGHT_STYLE), P(BORDER_BOTTOM_STYLE), P(BORDER_LEFT_STYLE),
      P(BORDER_TOP_COLOR), P(BORDER_RIGHT_COLOR), P(BORDER_BOTTOM_COLOR), P(BORDER_LEFT_COLOR), P(BORDER_IMAGE_SOURCE), P(BORDER_IMAGE_SLICE), P(BORDER_IMAGE_WIDTH), P(BORDER_IMAGE_OUTSET), P(BORDER_IMAGE_REPEAT)}},
    {"border-top", shorthand_border_side, 3, {P(BORDER_TOP_WIDTH), P(BORDER_TOP_STYLE), P(BORDER_TOP_COLOR)}},
    {"border-right", shorthand_border_side, 3, {P(BORDER_RIGHT_WIDTH), P(BORDER_RIGHT_STYLE), P(BORDER_RIGHT_COLOR)}},
    {"border-bottom", shorthand_border_side, 3, {P(BORDER_BOTTOM_WIDTH), P(BORDER_BOTTOM_STYLE), P(BORDER_BOTTOM_COLOR)}},
    {"border-left", shorthand_border_side, 3, {P(BORDER_LEFT_WIDTH), P(BORDER_LEFT_STYLE), P(BORDER_LEFT_COLOR)}},
    {"border-radius", shorthand_radius, 4, {P(BORDER_TOP_LEFT_RADIUS), P(BORDER_TOP_RIGHT_RADIUS), P(BORDER_BOTTOM_RIGHT_RADIUS), P(BORDER_BOTTOM_LEFT_RADIUS)}},
    {"border-image", shorthand_border_image, 5, {P(BORDER_IMAGE_SOURCE), P(BORDER_IMAGE_SLICE), P(BORDER_IMAGE_WIDTH), P(BORDER_IMAGE_OUTSET), P(BORDER_IMAGE_REPEAT)}},
    {"border-spacing", shorthand_two, 2, {P(BORDER_SPACING_X), P(BORDER_SPACING_Y)}},
    {"background", shorthand_background, 9,
     {P(BACKGROUND_COLOR), P(BACKGROUND_IMAGE), P(BACKGROUND_POSITION_X), P(BACKGROUND_POSITION_Y), P(BACKGROUND_SIZE), P(BACKGROUND_REPEAT), P(BACKGROUND_ATTACHMENT), P(BACKGROUND_ORIGIN), P(BACKGROUND_CLIP)}},
    {"background-position", shorthand_background_position, 2, {P(BACKGROUND_POSITION_X), P(BACKGROUND_POSITION_Y)}},
    {"font", shorthand_font, 18,
     {P(FONT_STYLE), P(FONT_VARIANT_CAPS), P(FONT_WEIGHT), P(FONT_STRETCH), P(FONT_SIZE), P(LINE_HEIGHT), P(FONT_FAMILY), P(FONT_KERNING), P(FONT_OPTICAL_SIZING), P(FONT_SIZE_ADJUST), P(FONT_VARIANT_POSITION),
      P(FONT_VARIANT_LIGATURES), P(FONT_VARIANT_NUMERIC), P(FONT_VARIANT_EAST_ASIAN), P(FONT_VARIANT_ALTERNATES), P(FONT_FEATURE_SETTINGS), P(FONT_VARIATION_SETTINGS), P(FONT_LANGUAGE_OVERRIDE)}},
    {"font-variant", shorthand_font_variant, 6, {P(FONT_VARIANT_LIGATURES), P(FONT_VARIANT_CAPS), P(FONT_VARIANT_NUMERIC), P(FONT_VARIANT_EAST_ASIAN), P(FONT_VARIANT_POSITION), P(FONT_VARIANT_ALTERNATES)}},
    {"font-synthesis", shorthand_synthesis, 3, {P(FONT_SYNTHESIS_WEIGHT), P(FONT_SYNTHESIS_STYLE), P(FONT_SYNTHESIS_SMALL_CAPS)}},
    {"list-style", shorthand_list_style, 3, {P(LIST_STYLE_TYPE), P(LIST_STYLE_POSITION), P(LIST_STYLE_IMAGE)}},
    {"outline", shorthand_any, 3, {P(OUTLINE_COLOR), P(OUTLINE_STYLE), P(OUTLINE_WIDTH)}},
    {"columns", shorthand_columns, 2, {P(COLUMN_WIDTH), P(COLUMN_COUNT)}},
    {"column-rule", shorthand_any, 3, {P(COLUMN_RULE_WIDTH), P(COLUMN_RULE_STYLE), P(COLUMN_RULE_COLOR)}},
    {"gap", shorthand_two, 2, {P(ROW_GAP), P(COLUMN_GAP)}},
    {"overflow", shorthand_two, 2, {P(OVERFLOW_X), P(OVERFLOW_Y)}},
    {"text-decoration", shorthand_text_decoration, 4, {P(TEXT_DECORATION_LINE), P(TEXT_DECORATION_STYLE), P(TEXT_DECORATION_COLOR), P(TEXT_DECORATION_THICKNESS)}},
    {"white-space", shorthand_white_space, 2, {P(WHITE_SPACE_COLLAPSE), P(TEXT_WRAP_MODE)}},
    {"text-wrap", shorthand_any, 2, {P(TEXT_WRAP_MODE), P(TEXT_WRAP_STYLE)}},
    {"page-break-before", shorthand_page_break, 1, {P(BREAK_BEFORE)}},
    {"page-break-after", shorthand_page_break, 1, {P(BREAK_AFTER)}},
    {"page-break-inside", shorthand_legacy_break_inside, 1, {P(BREAK_INSIDE)}},
    {"flex", shorthand_flex, 3, {P(FLEX_GROW), P(FLEX_SHRINK), P(FLEX_BASIS)}},
    {"flex-flow", shorthand_any, 2, {P(FLEX_DIRECTION), P(FLEX_WRAP)}},
    {"place-content", shorthand_place, 2, {P(ALIGN_CONTENT), P(JUSTIFY_CONTENT)}},
    {"place-items", shorthand_place, 2, {P(ALIGN_ITEMS), P(JUSTIFY_ITEMS)}},
    {"place-self", shorthand_place, 2, {P(ALIGN_SELF), P(JUSTIFY_SELF)}},
    {"grid-template", shorthand_grid_template, 3, {P(GRID_TEMPLATE_ROWS), P(GRID_TEMPLATE_COLUMNS), P(GRID_TEMPLATE_AREAS)}},
    {"grid", shorthand_grid, 6, {P(GRID_TEMPLATE_ROWS), P(GRID_TEMPLATE_COLUMNS), P(GRID_TEMPLATE_AREAS), P(GRID_AUTO_ROWS), P(GRID_AUTO_COLUMNS), P(GRID_AUTO_FLOW)}},
    {"grid-row", shorthand_grid_lines, 2, {P(GRID_ROW_START), P(GRID_ROW_END)}},
    {"grid-column", shorthand_grid_lines, 2, {P(GRID_COLUMN_START), P(GRID_COLUMN_END)}},
    {"grid-area", shorthand_grid_lines, 4, {P(GRID_ROW_START), P(GRID_COLUMN_START), P(GRID_ROW_END), P(GRID_COLUMN_END)}},
    {"margin-block", shorthand_two, 2, {L(MARGIN_BLOCK_START), L(MARGIN_BLOCK_END)}},
    {"margin-inline", shorthand_two, 2, {L(MARGIN_INLINE_START), L(MARGIN_INLINE_END)}},
    {"padding-block", shorthand_two, 2, {L(PADDING_BLOCK_START), L(PADDING_BLOCK_END)}},
    {"padding-inline", shorthand_two, 2, {L(PADDING_INLINE_START), L(PADDING_INLINE_END)}},
    {"inset-block", shorthand_two, 2, {L(INSET_BLOCK_START), L(INSET_BLOCK_END)}},
    {"inset-inline", shorthand_two, 2, {L(INSET_INLINE_START), L(INSET_INLINE_END)}},
    {"border-block-width", shorthand_two, 2, {L(BORDER_BLOCK_START_WIDTH), L(BORDER_BLOCK_END_WIDTH)}},
    {"border-block-style", shorthand_two, 2, {L(BORDER_BLOCK_START_STYLE), L(BORDER_BLOCK_END_STYLE)}},
    {"border-block-color", shorthand_two, 2, {L(BORDER_BLOCK_START_COLOR), L(BORDER_BLOCK_END_COLOR)}},
    {"border-inline-width", shorthand_two, 2, {L(BORDER_INLINE_START_WIDTH), L(BORDER_INLINE_END_WIDTH)}},
    {"border-inline-style", shorthand_two, 2, {L(BORDER_INLINE_START_STYLE), L(BORDER_INLINE_END_STYLE)}},
    {"border-inline-color", shorthand_two, 2, {L(BORDER_INLINE_START_COLOR), L(BORDER_INLINE_END_COLOR)}},
    {"border-block-start", shorthand_border_side, 3, {L(BORDER_BLOCK_START_WIDTH), L(BORDER_BLOCK_START_STYLE), L(BORDER_BLOCK_START_COLOR)}},
    {"border-block-end", shorthand_border_side, 3, {L(BORDER_BLOCK_END_WIDTH), L(BORDER_BLOCK_END_STYLE), L(BORDER_BLOCK_END_COLOR)}},
    {"border-inline-start", shorthand_border_side, 3, {L(BORDER_INLINE_START_WIDTH), L(BORDER_INLINE_START_STYLE), L(BORDER_INLINE_START_COLOR)}},
    {"border-inline-end", shorthand_border_side, 3, {L(BORDER_INLINE_END_WIDTH), L(BORDER_INLINE_END_STYLE), L(BORDER_INLINE_END_COLOR)}},
    {"border-block", shorthand_border_side, 6,
     {L(BORDER_BLOCK_START_WIDTH), L(BORDER_BLOCK_END_WIDTH), L(BORDER_BLOCK_START_STYLE), L(BORDER_BLOCK_END_STYLE), L(BORDER_BLOCK_START_COLOR), L(BORDER_BLOCK_END_COLOR)}},
    {"border-inline", shorthand_border_side, 6,
     {L(BORDER_INLINE_START_WIDTH), L(BORDER_INLINE_END_WIDTH), L(BORDER_INLINE_START_STYLE), L(BORDER_INLINE_END_STYLE), L(BORDER_INLINE_START_COLOR), L(BORDER_INLINE_END_COLOR)}},
};
/* clang-format on */

const ShorthandRow *shorthand_row(int index)
{
    return index >= 0 && index < (int)(sizeof rows / sizeof *rows) ? &rows[index] : NULL;
}

bool shorthand_is_all(const ShorthandRow *row)
{
    return row == &rows[0];
}

bool shorthand_parse(Reader *reader, const ShorthandRow *row, TokenRange in, const Value **out)
{
    in = range_trim(in);
    memset(out, 0, sizeof *out * SHORTHAND_LONGHANDS_MOST);
    if (in.at >= in.end)
        return false;
    for (const Token *t = in.at; t < in.end; t = token_after(t, in.end)) {
        uint16_t keyword = t->kind == TOKEN_IDENT ? keyword_find(t->text, t->size) : 0;
        if (!keyword_is_wide(keyword))
            continue;
        if (in.end - in.at != 1)
            return false;
        for (int i = 0; i < row->count; i++)
            out[i] = value_keyword(reader, keyword);
        return true;
    }
    return row->parse && row->parse(reader, row, &in, out) && range_empty(&in);
}
