/* css/properties.h: one row per longhand property. Parser, cascade, computed styles, dumps and the
 * manual come out of these tables; a new property is one row here and one place that reads it.
 *
 * X(ID, "css-name", TYPE, "keywords", inherited, "initial value in CSS", field)
 *
 * TYPE says what may stand beside the keywords, and what the field of the computed style is:
 *   K  nothing                                   uint16_t, a Keyword (KW_...)
 *   L  length, percentage, calc()                Size
 *   P  the same, not negative                    Size
 *   F  number or length or percentage, >= 0      Size, a number in .number (line-height, tab-size)
 *   W  line width: length or thin medium thick   Len
 *   N  number                                    int32_t, RATIO_ONE = 1 (percentages too)
 *   I  integer                                   int32_t; a keyword is INT32_MIN + Keyword
 *   C  colour                                    Color
 *   V  anything else: its own parser in css      const Value *, NULL for `none`, `normal`, `auto`
 * A table is a group: computed groups are interned, so that equal styles share memory. */
#ifndef N2P_CSS_PROPERTIES_H
#define N2P_CSS_PROPERTIES_H

#define PROPERTIES_FONT(X)                                                                         \
    X(FONT_FAMILY, "font-family", V, "", true, "serif", family)                                    \
    X(FONT_SIZE, "font-size", P, "xx-small x-small small medium large x-large xx-large xxx-large larger smaller", true, "medium", size) \
    X(FONT_WEIGHT, "font-weight", I, "normal bold bolder lighter", true, "normal", weight)         \
    X(FONT_STYLE, "font-style", K, "normal italic oblique", true, "normal", slant)                 \
    X(FONT_STRETCH, "font-stretch", N, "normal ultra-condensed extra-condensed condensed semi-condensed semi-expanded expanded extra-expanded ultra-expanded", true, "normal", stretch) \
    X(FONT_KERNING, "font-kerning", K, "auto normal none", true, "auto", kerning)                  \
    X(FONT_OPTICAL_SIZING, "font-optical-sizing", K, "auto none", true, "auto", optical_sizing)    \
    X(FONT_SIZE_ADJUST, "font-size-adjust", V, "", true, "none", size_adjust)                      \
    X(FONT_SYNTHESIS_WEIGHT, "font-synthesis-weight", K, "auto none", true, "auto", synthesis_weight) \
    X(FONT_SYNTHESIS_STYLE, "font-synthesis-style", K, "auto none", true, "auto", synthesis_style) \
    X(FONT_SYNTHESIS_SMALL_CAPS, "font-synthesis-small-caps", K, "auto none", true, "auto", synthesis_small_caps) \
    X(FONT_VARIANT_CAPS, "font-variant-caps", K, "normal small-caps all-small-caps petite-caps all-petite-caps unicase titling-caps", true, "normal", variant_caps) \
    X(FONT_VARIANT_POSITION, "font-variant-position", K, "normal sub super", true, "normal", variant_position) \
    X(FONT_VARIANT_LIGATURES, "font-variant-ligatures", V, "", true, "normal", variant_ligatures)  \
    X(FONT_VARIANT_NUMERIC, "font-variant-numeric", V, "", true, "normal", variant_numeric)        \
    X(FONT_VARIANT_EAST_ASIAN, "font-variant-east-asian", V, "", true, "normal", variant_east_asian) \
    X(FONT_VARIANT_ALTERNATES, "font-variant-alternates", V, "", true, "normal", variant_alternates) \
    X(FONT_FEATURE_SETTINGS, "font-feature-settings", V, "", true, "normal", feature_settings)     \
    X(FONT_VARIATION_SETTINGS, "font-variation-settings", V, "", true, "normal", variation_settings) \
    X(FONT_LANGUAGE_OVERRIDE, "font-language-override", V, "", true, "normal", language_override)  \
    X(LINE_HEIGHT, "line-height", F, "normal", true, "normal", line_height)                        \
    X(LETTER_SPACING, "letter-spacing", L, "normal", true, "normal", letter_spacing)               \
    X(WORD_SPACING, "word-spacing", L, "normal", true, "normal", word_spacing)

#define PROPERTIES_TEXT(X)                                                                         \
    X(COLOR, "color", C, "", true, "CanvasText", color)                                            \
    X(DIRECTION, "direction", K, "ltr rtl", true, "ltr", direction)                                \
    X(WRITING_MODE, "writing-mode", K, "horizontal-tb vertical-rl vertical-lr sideways-rl sideways-lr", true, "horizontal-tb", writing_mode) \
    X(TEXT_ORIENTATION, "text-orientation", K, "mixed upright sideways", true, "mixed", orientation) \
    X(TEXT_ALIGN, "text-align", K, "start end left right center justify match-parent justify-all -webkit-left -webkit-right -webkit-center", true, "start", align) \
    X(TEXT_ALIGN_LAST, "text-align-last", K, "auto start end left right center justify match-parent", true, "auto", align_last) \
    X(TEXT_JUSTIFY, "text-justify", K, "auto none inter-word inter-character", true, "auto", justify) \
    X(TEXT_INDENT, "text-indent", L, "", true, "0", indent)                                        \
    X(TEXT_TRANSFORM, "text-transform", V, "", true, "none", transform)                            \
    X(WHITE_SPACE_COLLAPSE, "white-space-collapse", K, "collapse preserve preserve-breaks preserve-spaces break-spaces discard", true, "collapse", space_collapse) \
    X(TEXT_WRAP_MODE, "text-wrap-mode", K, "wrap nowrap", true, "wrap", wrap_mode)                 \
    X(TEXT_WRAP_STYLE, "text-wrap-style", K, "auto balance stable pretty avoid-orphans", true, "auto", wrap_style) \
    X(WORD_BREAK, "word-break", K, "normal break-all keep-all break-word auto-phrase", true, "normal", word_break) \
    X(LINE_BREAK, "line-break", K, "auto loose normal strict anywhere", true, "auto", line_break)  \
    X(OVERFLOW_WRAP, "overflow-wrap", K, "normal break-word anywhere", true, "normal", overflow_wrap) \
    X(HYPHENS, "hyphens", K, "manual none auto", true, "manual", hyphens)                          \
    X(HYPHENATE_CHARACTER, "hyphenate-character", V, "", true, "auto", hyphenate_character)        \
    X(HYPHENATE_LIMIT_CHARS, "hyphenate-limit-chars", V, "", true, "auto", hyphenate_limit_chars)  \
    X(HYPHENATE_LIMIT_LINES, "hyphenate-limit-lines", I, "no-limit", true, "no-limit", hyphenate_limit_lines) \
    X(TAB_SIZE, "tab-size", F, "", true, "8", tab_size)                                            \
    X(HANGING_PUNCTUATION, "hanging-punctuation", V, "", true, "none", hanging)                    \
    X(ORPHANS, "orphans", I, "", true, "2", orphans)                                               \
    X(WIDOWS, "widows", I, "", true, "2", widows)                                                  \
    X(VISIBILITY, "visibility", K, "visible hidden collapse", true, "visible", visibility)         \
    X(LIST_STYLE_TYPE, "list-style-type", V, "", true, "disc", list_type)                          \
    X(LIST_STYLE_POSITION, "list-style-position", K, "outside inside", true, "outside", list_position) \
    X(LIST_STYLE_IMAGE, "list-style-image", V, "", true, "none", list_image)                       \
    X(QUOTES, "quotes", V, "", true, "auto", quotes)                                               \
    X(CAPTION_SIDE, "caption-side", K, "top bottom", true, "top", caption_side)                    \
    X(BORDER_COLLAPSE, "border-collapse", K, "separate collapse", true, "separate", border_collapse) \
    X(BORDER_SPACING_X, "-n2p-border-spacing-x", P, "", true, "0", spacing_x)                      \
    X(BORDER_SPACING_Y, "-n2p-border-spacing-y", P, "", true, "0", spacing_y)                      \
    X(EMPTY_CELLS, "empty-cells", K, "show hide", true, "show", empty_cells)                       \
    X(IMAGE_ORIENTATION, "image-orientation", K, "from-image none", true, "from-image", image_orientation) \
    X(TEXT_UNDERLINE_OFFSET, "text-underline-offset", L, "auto", true, "auto", underline_offset)   \
    X(TEXT_UNDERLINE_POSITION, "text-underline-position", V, "", true, "auto", underline_position) \
    X(TEXT_DECORATION_SKIP_INK, "text-decoration-skip-ink", K, "auto none all", true, "auto", skip_ink) \
    X(TEXT_SHADOW, "text-shadow", V, "", true, "none", shadow)                                     \
    X(TEXT_AUTOSPACE, "text-autospace", V, "", true, "normal", autospace)                          \
    X(LINE_SNAP, "line-snap", K, "none baseline contain", true, "none", line_snap)                 \
    X(OPTICAL_MARGIN, "-n2p-optical-margin", K, "none auto", true, "none", optical_margin)         \
    X(JUSTIFY_LIMITS, "-n2p-justify", V, "", true, "auto", justify_limits)                         \
    X(HYPHENATE_CAPITALS, "-n2p-hyphenate-capitals", K, "auto none", true, "auto", hyphenate_capitals) \
    X(OVERPRINT, "-n2p-overprint", K, "auto none all", true, "auto", overprint)

#define PROPERTIES_BOX(X)                                                                          \
    X(DISPLAY, "display", K, "inline block none contents flow-root list-item inline-block inline-list-item table inline-table table-row-group table-header-group table-footer-group table-row table-cell table-column-group table-column table-caption flex inline-flex grid inline-grid run-in", false, "inline", display) \
    X(POSITION, "position", V, "", false, "static", position)                                      \
    X(FLOAT, "float", K, "none left right inline-start inline-end footnote", false, "none", floating) \
    X(CLEAR, "clear", K, "none left right both inline-start inline-end", false, "none", clear)     \
    X(BOX_SIZING, "box-sizing", K, "content-box border-box", false, "content-box", sizing)         \
    X(WIDTH, "width", P, "auto min-content max-content fit-content stretch", false, "auto", width) \
    X(HEIGHT, "height", P, "auto min-content max-content fit-content stretch", false, "auto", height) \
    X(MIN_WIDTH, "min-width", P, "auto min-content max-content fit-content", false, "auto", min_width) \
    X(MIN_HEIGHT, "min-height", P, "auto min-content max-content fit-content", false, "auto", min_height) \
    X(MAX_WIDTH, "max-width", P, "none min-content max-content fit-content", false, "none", max_width) \
    X(MAX_HEIGHT, "max-height", P, "none min-content max-content fit-content", false, "none", max_height) \
    X(MARGIN_TOP, "margin-top", L, "auto", false, "0", margin_top)                                 \
    X(MARGIN_RIGHT, "margin-right", L, "auto", false, "0", margin_right)                           \
    X(MARGIN_BOTTOM, "margin-bottom", L, "auto", false, "0", margin_bottom)                        \
    X(MARGIN_LEFT, "margin-left", L, "auto", false, "0", margin_left)                              \
    X(PADDING_TOP, "padding-top", P, "", false, "0", padding_top)                                  \
    X(PADDING_RIGHT, "padding-right", P, "", false, "0", padding_right)                            \
    X(PADDING_BOTTOM, "padding-bottom", P, "", false, "0", padding_bottom)                         \
    X(PADDING_LEFT, "padding-left", P, "", false, "0", padding_left)                               \
    X(TOP, "top", L, "auto", false, "auto", top)                                                   \
    X(RIGHT, "right", L, "auto", false, "auto", right)                                             \
    X(BOTTOM, "bottom", L, "auto", false, "auto", bottom)                                          \
    X(LEFT, "left", L, "auto", false, "auto", left)                                                \
    X(OVERFLOW_X, "overflow-x", K, "visible hidden clip scroll auto", false, "visible", overflow_x) \
    X(OVERFLOW_Y, "overflow-y", K, "visible hidden clip scroll auto", false, "visible", overflow_y) \
    X(TEXT_OVERFLOW, "text-overflow", K, "clip ellipsis", false, "clip", text_overflow)            \
    X(VERTICAL_ALIGN, "vertical-align", L, "baseline sub super text-top text-bottom middle top bottom", false, "baseline", vertical_align) \
    X(Z_INDEX, "z-index", I, "auto", false, "auto", z_index)                                       \
    X(ASPECT_RATIO, "aspect-ratio", V, "", false, "auto", aspect_ratio)                            \
    X(OBJECT_FIT, "object-fit", K, "fill contain cover none scale-down", false, "fill", object_fit) \
    X(OBJECT_POSITION, "object-position", V, "", false, "50% 50%", object_position)                \
    X(UNICODE_BIDI, "unicode-bidi", K, "normal embed isolate bidi-override isolate-override plaintext", false, "normal", unicode_bidi) \
    X(TABLE_LAYOUT, "table-layout", K, "auto fixed", false, "auto", table_layout)                  \
    X(CONTAIN, "contain", V, "", false, "none", contain)                                           \
    X(INITIAL_LETTER, "initial-letter", V, "", false, "normal", initial_letter)                    \
    X(SHAPE_OUTSIDE, "shape-outside", V, "", false, "none", shape_outside)                         \
    X(SNAP_HEIGHT, "-n2p-snap-height", V, "", false, "none", snap_height)

#define PROPERTIES_DECORATION(X)                                                                   \
    X(BORDER_TOP_WIDTH, "border-top-width", W, "thin medium thick", false, "medium", border_top_width) \
    X(BORDER_RIGHT_WIDTH, "border-right-width", W, "thin medium thick", false, "medium", border_right_width) \
    X(BORDER_BOTTOM_WIDTH, "border-bottom-width", W, "thin medium thick", false, "medium", border_bottom_width) \
    X(BORDER_LEFT_WIDTH, "border-left-width", W, "thin medium thick", false, "medium", border_left_width) \
    X(BORDER_TOP_STYLE, "border-top-style", K, "none hidden dotted dashed solid double groove ridge inset outset", false, "none", border_top_style) \
    X(BORDER_RIGHT_STYLE, "border-right-style", K, "none hidden dotted dashed solid double groove ridge inset outset", false, "none", border_right_style) \
    X(BORDER_BOTTOM_STYLE, "border-bottom-style", K, "none hidden dotted dashed solid double groove ridge inset outset", false, "none", border_bottom_style) \
    X(BORDER_LEFT_STYLE, "border-left-style", K, "none hidden dotted dashed solid double groove ridge inset outset", false, "none", border_left_style) \
    X(BORDER_TOP_COLOR, "border-top-color", C, "", false, "currentcolor", border_top_color)        \
    X(BORDER_RIGHT_COLOR, "border-right-color", C, "", false, "currentcolor", border_right_color)  \
    X(BORDER_BOTTOM_COLOR, "border-bottom-color", C, "", false, "currentcolor", border_bottom_color) \
    X(BORDER_LEFT_COLOR, "border-left-color", C, "", false, "currentcolor", border_left_color)     \
    X(BORDER_TOP_LEFT_RADIUS, "border-top-left-radius", V, "", false, "0", radius_top_left)        \
    X(BORDER_TOP_RIGHT_RADIUS, "border-top-right-radius", V, "", false, "0", radius_top_right)     \
    X(BORDER_BOTTOM_RIGHT_RADIUS, "border-bottom-right-radius", V, "", false, "0", radius_bottom_right) \
    X(BORDER_BOTTOM_LEFT_RADIUS, "border-bottom-left-radius", V, "", false, "0", radius_bottom_left) \
    X(BORDER_IMAGE_SOURCE, "border-image-source", V, "", false, "none", border_image_source)       \
    X(BORDER_IMAGE_SLICE, "border-image-slice", V, "", false, "100%", border_image_slice)          \
    X(BORDER_IMAGE_WIDTH, "border-image-width", V, "", false, "1", border_image_width)             \
    X(BORDER_IMAGE_OUTSET, "border-image-outset", V, "", false, "0", border_image_outset)          \
    X(BORDER_IMAGE_REPEAT, "border-image-repeat", V, "", false, "stretch", border_image_repeat)    \
    X(BACKGROUND_COLOR, "background-color", C, "", false, "transparent", background_color)         \
    X(BACKGROUND_IMAGE, "background-image", V, "", false, "none", background_image)                \
    X(BACKGROUND_POSITION_X, "background-position-x", V, "", false, "0%", background_position_x)   \
    X(BACKGROUND_POSITION_Y, "background-position-y", V, "", false, "0%", background_position_y)   \
    X(BACKGROUND_SIZE, "background-size", V, "", false, "auto", background_size)                   \
    X(BACKGROUND_REPEAT, "background-repeat", V, "", false, "repeat", background_repeat)           \
    X(BACKGROUND_ATTACHMENT, "background-attachment", V, "", false, "scroll", background_attachment) \
    X(BACKGROUND_ORIGIN, "background-origin", V, "", false, "padding-box", background_origin)      \
    X(BACKGROUND_CLIP, "background-clip", V, "", false, "border-box", background_clip)             \
    X(BOX_SHADOW, "box-shadow", V, "", false, "none", box_shadow)                                  \
    X(OUTLINE_WIDTH, "outline-width", W, "thin medium thick", false, "medium", outline_width)      \
    X(OUTLINE_STYLE, "outline-style", K, "none auto dotted dashed solid double groove ridge inset outset", false, "none", outline_style) \
    X(OUTLINE_COLOR, "outline-color", C, "auto", false, "auto", outline_color)                     \
    X(OUTLINE_OFFSET, "outline-offset", L, "", false, "0", outline_offset)                         \
    X(OPACITY, "opacity", N, "", false, "1", opacity)                                              \
    X(TRANSFORM, "transform", V, "", false, "none", transform)                                     \
    X(TRANSFORM_ORIGIN, "transform-origin", V, "", false, "50% 50%", transform_origin)             \
    X(CLIP, "clip", V, "", false, "auto", clip)                                                    \
    X(CLIP_PATH, "clip-path", V, "", false, "none", clip_path)                                     \
    X(TEXT_DECORATION_LINE, "text-decoration-line", V, "", false, "none", decoration_line)         \
    X(TEXT_DECORATION_STYLE, "text-decoration-style", K, "solid double dotted dashed wavy", false, "solid", decoration_style) \
    X(TEXT_DECORATION_COLOR, "text-decoration-color", C, "", false, "currentcolor", decoration_color) \
    X(TEXT_DECORATION_THICKNESS, "text-decoration-thickness", L, "auto from-font", false, "auto", decoration_thickness) \
    X(MIX_BLEND_MODE, "mix-blend-mode", K, "normal multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light difference exclusion hue saturation color luminosity", false, "normal", blend_mode) \
    X(ISOLATION, "isolation", K, "auto isolate", false, "auto", isolation)

#define PROPERTIES_FRAGMENTATION(X)                                                                \
    X(BREAK_BEFORE, "break-before", K, "auto avoid avoid-page avoid-column always all page left right recto verso column", false, "auto", before) \
    X(BREAK_AFTER, "break-after", K, "auto avoid avoid-page avoid-column always all page left right recto verso column", false, "auto", after) \
    X(BREAK_INSIDE, "break-inside", K, "auto avoid avoid-page avoid-column", false, "auto", inside) \
    X(BOX_DECORATION_BREAK, "box-decoration-break", K, "slice clone", false, "slice", decoration)  \
    X(MARGIN_BREAK, "margin-break", K, "auto keep discard", false, "auto", margin)                 \
    X(COLUMN_COUNT, "column-count", I, "auto", false, "auto", column_count)                        \
    X(COLUMN_WIDTH, "column-width", P, "auto", false, "auto", column_width)                        \
    X(COLUMN_GAP, "column-gap", P, "normal", false, "normal", column_gap)                          \
    X(ROW_GAP, "row-gap", P, "normal", false, "normal", row_gap)                                   \
    X(COLUMN_FILL, "column-fill", K, "balance balance-all auto", false, "balance", column_fill)    \
    X(COLUMN_SPAN, "column-span", I, "none all", false, "none", column_span)                       \
    X(COLUMN_RULE_WIDTH, "column-rule-width", W, "thin medium thick", false, "medium", rule_width) \
    X(COLUMN_RULE_STYLE, "column-rule-style", K, "none hidden dotted dashed solid double groove ridge inset outset", false, "none", rule_style) \
    X(COLUMN_RULE_COLOR, "column-rule-color", C, "", false, "currentcolor", rule_color)            \
    X(PAGE, "page", V, "", false, "auto", page)                                                    \
    X(BASELINE_GRID, "-n2p-baseline-grid", L, "none", false, "none", baseline_grid)                \
    X(BASELINE_GRID_ORIGIN, "-n2p-baseline-grid-origin", L, "", false, "0", baseline_grid_origin)  \
    X(BOX_SNAP, "box-snap", K, "none block-start block-end center baseline last-baseline", false, "none", box_snap)

#define PROPERTIES_CONTENT(X)                                                                      \
    X(CONTENT, "content", V, "", false, "normal", content)                                         \
    X(COUNTER_RESET, "counter-reset", V, "", false, "none", counter_reset)                         \
    X(COUNTER_INCREMENT, "counter-increment", V, "", false, "none", counter_increment)             \
    X(COUNTER_SET, "counter-set", V, "", false, "none", counter_set)                               \
    X(STRING_SET, "string-set", V, "", false, "none", string_set)                                  \
    X(BOOKMARK_LEVEL, "bookmark-level", I, "none", false, "none", bookmark_level)                  \
    X(BOOKMARK_LABEL, "bookmark-label", V, "", false, "content(text)", bookmark_label)             \
    X(BOOKMARK_STATE, "bookmark-state", K, "open closed", false, "open", bookmark_state)           \
    X(PAGE_SIZE, "size", V, "", false, "auto", page_size)                                          \
    X(BLEED, "bleed", L, "auto", false, "auto", bleed)                                             \
    X(MARKS, "marks", V, "", false, "none", marks)                                                 \
    X(LINK, "-n2p-link", V, "", false, "none", link)                                               \
    X(ANCHOR, "-n2p-anchor", V, "", false, "none", anchor)                                         \
    X(FOOTNOTE_DISPLAY, "footnote-display", K, "block inline compact", false, "block", footnote_display)

#define PROPERTIES_FLEX(X)                                                                         \
    X(FLEX_DIRECTION, "flex-direction", K, "row row-reverse column column-reverse", false, "row", direction) \
    X(FLEX_WRAP, "flex-wrap", K, "nowrap wrap wrap-reverse", false, "nowrap", wrap)                \
    X(FLEX_GROW, "flex-grow", N, "", false, "0", grow)                                             \
    X(FLEX_SHRINK, "flex-shrink", N, "", false, "1", shrink)                                       \
    X(FLEX_BASIS, "flex-basis", P, "auto content min-content max-content fit-content", false, "auto", basis) \
    X(ORDER, "order", I, "", false, "0", order)                                                    \
    X(ALIGN_CONTENT, "align-content", V, "", false, "normal", align_content)                       \
    X(ALIGN_ITEMS, "align-items", V, "", false, "normal", align_items)                             \
    X(ALIGN_SELF, "align-self", V, "", false, "auto", align_self)                                  \
    X(JUSTIFY_CONTENT, "justify-content", V, "", false, "normal", justify_content)                 \
    X(JUSTIFY_ITEMS, "justify-items", V, "", false, "normal", justify_items)                       \
    X(JUSTIFY_SELF, "justify-self", V, "", false, "auto", justify_self)                            \
    X(GRID_TEMPLATE_COLUMNS, "grid-template-columns", V, "", false, "none", template_columns)      \
    X(GRID_TEMPLATE_ROWS, "grid-template-rows", V, "", false, "none", template_rows)               \
    X(GRID_TEMPLATE_AREAS, "grid-template-areas", V, "", false, "none", template_areas)            \
    X(GRID_AUTO_COLUMNS, "grid-auto-columns", V, "", false, "auto", auto_columns)                  \
    X(GRID_AUTO_ROWS, "grid-auto-rows", V, "", false, "auto", auto_rows)                           \
    X(GRID_AUTO_FLOW, "grid-auto-flow", V, "", false, "row", auto_flow)                            \
    X(GRID_ROW_START, "grid-row-start", V, "", false, "auto", row_start)                           \
    X(GRID_ROW_END, "grid-row-end", V, "", false, "auto", row_end)                                 \
    X(GRID_COLUMN_START, "grid-column-start", V, "", false, "auto", column_start)                  \
    X(GRID_COLUMN_END, "grid-column-end", V, "", false, "auto", column_end)

#define PROPERTIES(X)                                                                              \
    PROPERTIES_FONT(X)                                                                             \
    PROPERTIES_TEXT(X)                                                                             \
    PROPERTIES_BOX(X)                                                                              \
    PROPERTIES_DECORATION(X)                                                                       \
    PROPERTIES_FRAGMENTATION(X)                                                                    \
    PROPERTIES_CONTENT(X)                                                                          \
    PROPERTIES_FLEX(X)

#define PROPERTY_AS_ID(id, ...) PROPERTY_##id,
typedef enum { PROPERTIES(PROPERTY_AS_ID) PROPERTY_COUNT } PropertyId;

#endif
