/* Inline content becomes paragraphs: white space (css-text-3 4.1), text-transform, spans, items; shaped once. */
#include "box/internal.h"

#include "base/unicode.h"

void run_begin(Builder *builder, Run *run, const Box *block)
{
    *run = (Run){.text = {.arena = builder->arena}, .space = true};
    VEC_PUSH(builder->arena, run->owners, ((InlineOwner){block, -1, true, true, NULL}));
}

/* ---- type of a style ---- */

static void add_feature(Arena *arena, TextStyle *text, const char *feature)
{
    const char **features = NEW_ARRAY(arena, const char *, text->feature_count + 1);
    for (int i = 0; i < text->feature_count; i++)
        features[i] = text->features[i];
    features[text->feature_count++] = feature;
    text->features = features;
}

static const struct {
    uint16_t keyword;
    const char *features[2];
} keyword_features[] = {
    {KW_COMMON_LIGATURES, {"liga", "clig"}},
    {KW_NO_COMMON_LIGATURES, {"liga=0", "clig=0"}},
    {KW_DISCRETIONARY_LIGATURES, {"dlig"}},
    {KW_NO_DISCRETIONARY_LIGATURES, {"dlig=0"}},
    {KW_HISTORICAL_LIGATURES, {"hlig"}},
    {KW_NO_HISTORICAL_LIGATURES, {"hlig=0"}},
    {KW_CONTEXTUAL, {"calt"}},
    {KW_NO_CONTEXTUAL, {"calt=0"}},
    {KW_LINING_NUMS, {"lnum"}},
    {KW_OLDSTYLE_NUMS, {"onum"}},
    {KW_PROPORTIONAL_NUMS, {"pnum"}},
    {KW_TABULAR_NUMS, {"tnum"}},
    {KW_DIAGONAL_FRACTIONS, {"frac"}},
    {KW_STACKED_FRACTIONS, {"afrc"}},
    {KW_ORDINAL, {"ordn"}},
    {KW_SLASHED_ZERO, {"zero"}},
    {KW_JIS78, {"jp78"}},
    {KW_JIS83, {"jp83"}},
    {KW_JIS90, {"jp90"}},
    {KW_JIS04, {"jp04"}},
    {KW_SIMPLIFIED, {"smpl"}},
    {KW_TRADITIONAL, {"trad"}},
    {KW_FULL_WIDTH, {"fwid"}},
    {KW_PROPORTIONAL_WIDTH, {"pwid"}},
    {KW_RUBY, {"ruby"}},
};

static void add_keyword_features(Arena *arena, TextStyle *text, const Value *value)
{
    if (!value)
        return;
    if (value->kind == VALUE_LIST) {
        for (int i = 0; i < value->count; i++)
            add_keyword_features(arena, text, &value->items[i]);
        return;
    }
    if (value->keyword == KW_NONE) {
        add_feature(arena, text, "liga=0");
        add_feature(arena, text, "clig=0");
        add_feature(arena, text, "calt=0");
        return;
    }
    for (size_t i = 0; i < sizeof keyword_features / sizeof *keyword_features; i++)
        if (keyword_features[i].keyword == value->keyword)
            for (int k = 0; k < 2 && keyword_features[i].features[k]; k++)
                add_feature(arena, text, keyword_features[i].features[k]);
}

static void add_feature_settings(Arena *arena, TextStyle *text, const Value *value) /* ("tag" number?)# */
{
    if (!value)
        return;
    if (value->kind == VALUE_STRING) {
        add_feature(arena, text, value->text);
        return;
    }
    for (int i = 0; i < value->count; i++) {
        const Value *item = &value->items[i];
        if (item->kind == VALUE_LIST && item->count >= 2 && item->items[0].kind == VALUE_STRING)
            add_feature(arena, text,
                        arena_format(arena, "%s=%d", item->items[0].text,
                                     item->items[1].kind == VALUE_INTEGER ? item->items[1].number
                                                                          : item->items[1].keyword != KW_NORMAL));
        else if (item->kind == VALUE_LIST)
            add_feature_settings(arena, text, item);
        else if (item->kind == VALUE_STRING) {
            bool number = i + 1 < value->count && value->items[i + 1].kind == VALUE_INTEGER;
            add_feature(arena, text,
                        number ? arena_format(arena, "%s=%d", item->text, value->items[i + 1].number) : item->text);
        }
    }
}

static void set_families(Arena *arena, TextStyle *text, const Value *value)
{
    int count = !value ? 0 : value->kind == VALUE_LIST ? value->count : 1;
    const Value *items = value && value->kind == VALUE_LIST ? value->items : value;
    const char **families = NEW_ARRAY(arena, const char *, count + 1);
    int used = 0;
    for (int i = 0; i < count; i++)
        if (items[i].kind != VALUE_COMMA)
            families[used++] = items[i].text ? items[i].text : keyword_text(items[i].keyword);
    if (used == 0)
        families[used++] = "serif";
    text->font.families = families;
    text->font.family_count = used;
}

static void set_hyphenation(TextStyle *text, const StyleText *style)
{
    text->hyphens = style->hyphens == KW_AUTO   ? HYPHENS_AUTO
                    : style->hyphens == KW_NONE ? HYPHENS_NONE
                                                : HYPHENS_MANUAL;
    text->hyphenate_capitals = style->hyphenate_capitals != KW_NONE;
    const Value *limits = style->hyphenate_limit_chars;
    int *slots[3] = {&text->hyphen_word, &text->hyphen_before, &text->hyphen_after};
    if (limits && limits->kind == VALUE_INTEGER)
        text->hyphen_word = limits->number;
    for (int i = 0; limits && limits->kind == VALUE_LIST && i < limits->count && i < 3; i++)
        *slots[i] = limits->items[i].kind == VALUE_INTEGER ? limits->items[i].number : 0;
    if (style->hyphenate_character && style->hyphenate_character->kind == VALUE_STRING)
        text->hyphen = style->hyphenate_character->text;
}

static void set_breaking(TextStyle *text, const StyleText *style)
{
    text->nowrap = style->wrap_mode == KW_NOWRAP;
    text->preserve_spaces = style->space_collapse == KW_PRESERVE || style->space_collapse == KW_BREAK_SPACES ||
                            style->space_collapse == KW_PRESERVE_SPACES;
    text->break_spaces = style->space_collapse == KW_BREAK_SPACES;
    text->tab_advance = style->tab_size.is_number ? 0 : style->tab_size.len;
    text->tab_spaces = style->tab_size.is_number ? style->tab_size.number / RATIO_ONE : 0;
    switch (style->word_break) {
    case KW_BREAK_ALL: text->word_break = WORD_BREAK_ALL; break;
    case KW_KEEP_ALL: text->word_break = WORD_KEEP_ALL; break;
    case KW_BREAK_WORD: text->word_break = WORD_BREAK_WORD; break;
    case KW_AUTO_PHRASE: text->word_break = WORD_AUTO_PHRASE; break;
    default: text->word_break = WORD_NORMAL;
    }
    switch (style->line_break) {
    case KW_LOOSE: text->line_break = LINE_LOOSE; break;
    case KW_NORMAL: text->line_break = LINE_NORMAL; break;
    case KW_STRICT: text->line_break = LINE_STRICT; break;
    case KW_ANYWHERE: text->line_break = LINE_ANYWHERE; break;
    default: text->line_break = LINE_AUTO;
    }
    text->overflow_wrap = style->overflow_wrap == KW_ANYWHERE     ? WRAP_ANYWHERE
                          : style->overflow_wrap == KW_BREAK_WORD ? WRAP_BREAK_WORD
                                                                  : WRAP_NORMAL;
}

static const TextStyle *make_text_style(Arena *arena, const Style *style)
{
    const StyleFont *font = style->font;
    TextStyle *text = NEW(arena, TextStyle);
    text->size = font->size.len;
    text->language = style->text->language;
    set_families(arena, text, font->family);
    text->font.weight = font->weight;
    text->font.stretch = font->stretch;
    text->font.italic = font->slant != KW_NORMAL;
    text->font.size = font->size.len;
    text->font.optical = font->optical_sizing == KW_AUTO;
    text->font.language = text->language;
    text->kerning = font->kerning != KW_NONE;
    if (font->kerning == KW_NONE)
        add_feature(arena, text, "kern=0");
    if (font->variant_caps == KW_SMALL_CAPS || font->variant_caps == KW_ALL_SMALL_CAPS) {
        text->small_caps = true;
        text->synthesize_small_caps = font->synthesis_small_caps != KW_NONE;
        add_feature(arena, text, "smcp");
        if (font->variant_caps == KW_ALL_SMALL_CAPS)
            add_feature(arena, text, "c2sc");
    }
    if (font->variant_position != KW_NORMAL)
        add_feature(arena, text, font->variant_position == KW_SUB ? "subs" : "sups");
    add_keyword_features(arena, text, font->variant_ligatures);
    add_keyword_features(arena, text, font->variant_numeric);
    add_keyword_features(arena, text, font->variant_east_asian);
    text->letter_spacing = font->letter_spacing.len;
    text->word_spacing = font->word_spacing.len;
    if (text->letter_spacing != 0 && !font->variant_ligatures) {
        add_feature(arena, text, "liga=0"); /* css-text-3 8.2 */
        add_feature(arena, text, "clig=0");
    }
    add_feature_settings(arena, text, font->feature_settings);
    set_breaking(text, style->text);
    set_hyphenation(text, style->text);
    return text;
}

const Font *box_first_font(FontSet *fonts, const Style *style)
{
    const Value *family = style->font->family;
    const char *names[16];
    int count = 0, available = !family ? 0 : family->kind == VALUE_LIST ? family->count : 1;
    const Value *items = family && family->kind == VALUE_LIST ? family->items : family;
    for (int i = 0; i < available && count < 16; i++)
        if (items[i].kind != VALUE_COMMA)
            names[count++] = items[i].text ? items[i].text : keyword_text(items[i].keyword);
    if (count == 0)
        names[count++] = "serif";
    FontRequest request = {names,
                           count,
                           style->font->weight,
                           style->font->stretch,
                           style->font->slant != KW_NORMAL,
                           style->font->size.len,
                           style->font->optical_sizing == KW_AUTO,
                           style->text->language};
    return font_match(fonts, &request);
}

static TextStyleSlot *find_slot(Builder *builder, const Style *style)
{
    size_t mask = (size_t)(builder->text_style_room - 1);
    size_t at = ((uintptr_t)style->font ^ (uintptr_t)style->text * 31) / 16 & mask;
    for (; builder->text_styles[at].style; at = (at + 1) & mask)
        if (builder->text_styles[at].style->font == style->font && builder->text_styles[at].style->text == style->text)
            break;
    return &builder->text_styles[at];
}

static void enlarge_text_styles(Builder *builder)
{
    TextStyleSlot *old = builder->text_styles;
    int old_room = builder->text_style_room;
    builder->text_style_room = old_room ? old_room * 2 : 64;
    builder->text_styles = NEW_ARRAY(builder->arena, TextStyleSlot, builder->text_style_room);
    for (int i = 0; i < old_room; i++)
        if (old[i].style)
            *find_slot(builder, old[i].style) = old[i];
}

static TextStyleSlot *slot_of(Builder *builder, const Style *style)
{
    if (builder->text_style_count * 2 >= builder->text_style_room)
        enlarge_text_styles(builder);
    TextStyleSlot *slot = find_slot(builder, style);
    if (!slot->style) {
        *slot = (TextStyleSlot){style, make_text_style(builder->arena, style), NULL};
        builder->text_style_count++;
    }
    return slot;
}

/* One TextStyle for each font and text group: spans of equal type are shaped together. */
static const TextStyle *text_style_of(Builder *builder, const Style *style)
{
    return slot_of(builder, style)->text;
}

static const FontMetrics *metrics_of(Builder *builder, const Style *style)
{
    TextStyleSlot *slot = slot_of(builder, style);
    if (!slot->metrics) {
        FontMetrics metrics =
            font_metrics(font_match(builder->context->fonts, &slot->text->font), style->font->size.len);
        slot->metrics = arena_copy(builder->arena, &metrics, sizeof metrics);
    }
    return slot->metrics;
}

/* ---- adding ---- */

static void span_extend(Builder *builder, Run *run, const Style *style, uint32_t from)
{
    uint32_t to = (uint32_t)run->text.size;
    const TextStyle *text = text_style_of(builder, style);
    TextSpan *last = run->spans.count ? &run->spans.at[run->spans.count - 1] : NULL;
    if (from == to)
        return;
    if (last && last->style == text && last->owner == (uint32_t)run->owner && last->to == from)
        last->to = to;
    else
        VEC_PUSH(builder->arena, run->spans, ((TextSpan){from, to, text, (uint32_t)run->owner}));
}

static bool has_transform(const Value *transform, uint16_t keyword)
{
    if (!transform)
        return false;
    if (transform->kind == VALUE_LIST) {
        for (int i = 0; i < transform->count; i++)
            if (transform->items[i].keyword == keyword)
                return true;
        return false;
    }
    return transform->keyword == keyword;
}

static const char *transformed(Builder *builder, const Style *style, const char *text, size_t *size)
{
    const Value *transform = style->text->transform;
    char *changed = NULL;
    if (has_transform(transform, KW_UPPERCASE))
        changed = unicode_upper(builder->arena, text, *size, style->text->language);
    else if (has_transform(transform, KW_LOWERCASE))
        changed = unicode_lower(builder->arena, text, *size, style->text->language);
    else if (has_transform(transform, KW_CAPITALIZE))
        changed = unicode_title(builder->arena, text, *size, style->text->language);
    if (!changed)
        return text;
    *size = strlen(changed);
    return changed;
}

/* A segment break between two wide characters that aren't Hangul vanishes (css-text-3 4.1.2). */
static bool joins_without_space(uint32_t before, uint32_t after)
{
    return before && after && unicode_is_wide(before) && unicode_is_wide(after) &&
           unicode_script(before) != 0x48616E67u && unicode_script(after) != 0x48616E67u; /* 'Hang' */
}

static uint32_t last_character(const Buffer *text)
{
    if (text->size == 0)
        return 0;
    size_t at = text->size - 1;
    while (at > 0 && ((unsigned char)text->data[at] & 0xC0) == 0x80)
        at--;
    const char *from = text->data + at;
    return utf8_next(&from, text->data + text->size);
}

static void collapse_text(Run *run, const char *text, size_t size, bool keep_breaks)
{
    const char *end = text + size;
    while (text < end) {
        if (!strchr(" \t\n\r\f", *text) || *text == 0) {
            const char *from = text;
            while (text < end && *text && !strchr(" \t\n\r\f", *text))
                text++;
            if (text == from)
                text++; /* NUL */
            else
                buffer_add(&run->text, from, (size_t)(text - from));
            run->space = false;
            continue;
        }
        bool segment_break = false;
        const char *from = text;
        for (; text < end && *text && strchr(" \t\n\r\f", *text); text++)
            segment_break = segment_break || *text == '\n' || *text == '\r';
        if (segment_break && keep_breaks) {
            if (run->text.size && run->text.data[run->text.size - 1] == ' ' && run->space)
                run->text.size--;
            for (; from < text; from++)
                if (*from == '\n' || (*from == '\r' && from + 1 < text && from[1] != '\n'))
                    buffer_add(&run->text, "\n", 1);
            run->space = true;
        } else if (!run->space) {
            uint32_t next = 0;
            if (segment_break && text < end) {
                const char *peek = text;
                next = utf8_next(&peek, end);
            }
            if (!segment_break || !joins_without_space(last_character(&run->text), next)) {
                buffer_add(&run->text, " ", 1);
                run->space = true;
            }
        }
    }
}

static void preserve_text(Run *run, const char *text, size_t size)
{
    for (const char *end = text + size; text < end; text++) {
        if (*text == '\r') {
            if (text + 1 == end || text[1] != '\n')
                buffer_add(&run->text, "\n", 1);
        } else if (*text) {
            buffer_add(&run->text, text, 1);
        }
    }
    run->space = false;
}

void run_text(Builder *builder, Container *container, const Style *style, const char *text, size_t size)
{
    Run *run = &container->run;
    uint32_t from = (uint32_t)run->text.size;
    text = transformed(builder, style, text, &size);
    switch (style->text->space_collapse) {
    case KW_PRESERVE:
    case KW_BREAK_SPACES:
    case KW_PRESERVE_SPACES: preserve_text(run, text, size); break;
    case KW_PRESERVE_BREAKS: collapse_text(run, text, size, true); break;
    default: collapse_text(run, text, size, false);
    }
    if (run->text.size < from) { /* a space of an earlier span has gone */
        while (run->spans.count && run->spans.at[run->spans.count - 1].to > run->text.size) {
            TextSpan *last = &run->spans.at[run->spans.count - 1];
            last->to = (uint32_t)run->text.size;
            if (last->to <= last->from)
                run->spans.count--;
        }
        from = (uint32_t)run->text.size;
    } else if (from > 0 && run->spans.count && run->spans.at[run->spans.count - 1].to < from) {
        from = run->spans.at[run->spans.count - 1].to;
    }
    if (run->spans.count == 0)
        from = 0;
    span_extend(builder, run, style, from);
}

void run_literal(Builder *builder, Container *container, const Style *style, const char *text)
{
    Run *run = &container->run;
    uint32_t from = (uint32_t)run->text.size;
    buffer_text(&run->text, text);
    span_extend(builder, run, style, from);
    if (strcmp(text, "\n") == 0)
        run->space = true;
}

void run_item(Builder *builder, Run *run, uint8_t kind, bool edge, const Box *box, const Style *style)
{
    uint32_t at = (uint32_t)run->text.size;
    if (kind == INLINE_ATOM) {
        buffer_utf8(&run->text, 0xFFFC);
        span_extend(builder, run, style, at);
        run->space = false;
        run->has_atoms = true;
    }
    VEC_PUSH(builder->arena, run->items, ((InlineItem){kind, edge, at, run->owner, box}));
}

static bool is_edge_visible(const Style *style)
{
    const StyleBox *box = style->box;
    const StyleDecoration *d = style->decoration;
    return box->margin_left.len || box->margin_right.len || box->padding_left.len || box->padding_right.len ||
           box->padding_left.has_percent || box->padding_right.has_percent || d->border_left_width ||
           d->border_right_width;
}

static bool run_is_empty(const Run *run)
{
    if (run->has_atoms || run->text.size > 0)
        return false;
    for (int i = 0; i < run->items.count; i++)
        if (run->items.at[i].edge && is_edge_visible(run->items.at[i].box->style))
            return false;
    return true;
}

const Inline *run_finish(Builder *builder, Run *run, const Box *block)
{
    if (run->text.size == 0 && run->items.count == 0)
        return NULL;
    Arena *arena = builder->arena;
    Inline *lines = NEW(arena, Inline);
    TextItem *items = NEW_ARRAY(arena, TextItem, run->items.count);
    for (int i = 0; i < run->items.count; i++) {
        uint8_t kind = run->items.at[i].kind;
        items[i].at = run->items.at[i].at;
        items[i].kind = kind == INLINE_OPEN    ? ITEM_OPEN
                        : kind == INLINE_CLOSE ? ITEM_CLOSE
                        : kind == INLINE_ATOM  ? ITEM_ATOM
                                               : ITEM_MARK;
    }
    const Style *style = block->style;
    TextSource source = {run->text.data ? run->text.data : "",
                         run->text.size,
                         run->spans.at,
                         run->spans.count,
                         items,
                         run->items.count,
                         style->text->direction == KW_RTL,
                         style->box->unicode_bidi == KW_PLAINTEXT,
                         text_style_of(builder, style)};
    lines->paragraph = text_shape(arena, builder->context->fonts, &source);
    lines->spans = run->spans.at;
    lines->span_count = run->spans.count;
    lines->items = run->items.at;
    lines->count = run->items.count;
    lines->owners = run->owners.at;
    lines->owner_count = run->owners.count;
    for (int i = 0; i < run->owners.count; i++)
        run->owners.at[i].metrics = metrics_of(builder, run->owners.at[i].box->style);
    lines->empty = run_is_empty(run);
    lines->plain = run->owners.count == 1 && run->items.count == 0;
    const uint32_t *missing;
    int count = paragraph_missing(lines->paragraph, &missing);
    for (int i = 0; i < count; i++) {
        char shown[5] = {0};
        utf8_put(shown, missing[i]);
        diag_warn(builder->context->diag, "missing-glyph", block->source, "no font has U+%04X \"%s\"", missing[i],
                  shown);
    }
    return lines;
}

static void reopen(Builder *builder, Container *container, OpenInline *open)
{
    if (!open)
        return;
    reopen(builder, container, open->outer);
    Run *run = &container->run;
    VEC_PUSH(builder->arena, run->owners, ((InlineOwner){open->box, run->owner, false, true, NULL}));
    open->owner = run->owners.count - 1;
    run->owner = open->owner;
    run_item(builder, run, INLINE_OPEN, false, open->box, open->box->style);
}

void run_reopen(Builder *builder, Container *container)
{
    run_begin(builder, &container->run, container->box);
    reopen(builder, container, container->inlines);
}
