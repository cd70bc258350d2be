/* @page, @font-face, @color-profile, @counter-style, @property: css-page-3, css-fonts-4, css-color-5, css-counter-styles-3,
 * css-properties-values-api-1. */
#include "css/rules.h"

/* ---- @page ---- */
static bool page_pseudo(Reader *reader, TokenRange *in, PageSelector *s)
{
    const Token *t = in->at;
    if (t >= in->end)
        return false;
    in->at = token_after(t, in->end);
    if (token_is(t, "first") || token_is(t, "blank")) {
        *(token_is(t, "first") ? &s->first : &s->blank) = true;
        s->specificity += 1 << 10;
    } else if (token_is(t, "left") || token_is(t, "recto") || token_is(t, "right") || token_is(t, "verso")) {
        *(token_is(t, "left") || token_is(t, "verso") ? &s->left : &s->right) = true;
        s->specificity += 1;
    } else if (t->kind == TOKEN_FUNCTION && token_is(t, "nth")) {
        TokenRange inside = token_inside(t, in->end);
        if (!syntax_an_plus_b(&inside, &s->a, &s->b))
            return false;
        if (take_word(&inside, "of")) {
            const Value *name = take_custom_ident(reader, &inside);
            if (!name)
                return false;
            s->nth_of = name->text;
        }
        s->nth = true;
        s->specificity += 1 << 10;
        return range_empty(&inside);
    } else {
        return false;
    }
    return true;
}

static bool page_selector(Reader *reader, TokenRange in, PageSelector *s)
{
    *s = (PageSelector){0};
    in = range_trim(in);
    if (in.at < in.end && in.at->kind == TOKEN_IDENT) {
        if (token_is(in.at, "auto"))
            return false;
        s->name = intern_token(reader, in.at++);
        s->specificity = 1 << 20;
    }
    while (in.at < in.end) {
        if (in.at->kind != TOKEN_COLON)
            return false;
        in.at++;
        if (!page_pseudo(reader, &in, s))
            return false;
    }
    return true;
}

static int margin_box(const Token *name)
{
    static const char *const names[] = {"top-left-corner",     "top-left",     "top-center",    "top-right",
                                        "top-right-corner",    "right-top",    "right-middle",  "right-bottom",
                                        "bottom-right-corner", "bottom-right", "bottom-center", "bottom-left",
                                        "bottom-left-corner",  "left-bottom",  "left-middle",   "left-top"};
    for (int i = 0; i < 16; i++)
        if (token_is(name, names[i]))
            return i;
    return -1;
}

void page_rule_read(Reader *reader, TokenRange prelude, TokenRange content, const Token *place, int layer,
                    StyleSheet *sheet)
{
    PageRule rule = {.layer = layer, .line = place->line, .column = place->column};
    VEC(PageSelector) selectors = {0};
    DeclarationList list = {0};
    SyntaxItem item;
    prelude = range_trim(prelude);
    do {
        PageSelector selector;
        if (!page_selector(reader, take_until_comma(&prelude), &selector)) {
            reader_warn(reader, place, "css-bad-selector", "this is no page selector; the @page rule is left out");
            return;
        }
        VEC_PUSH(reader->arena, selectors, selector);
    } while (prelude.at < prelude.end);
    while (syntax_next_in_block(&content, &item)) {
        int box = item.kind == SYNTAX_AT_RULE ? margin_box(item.first) : -1;
        if (item.kind == SYNTAX_DECLARATION) {
            declaration_add(reader, &list, &item);
        } else if (box >= 0 && item.has_block) {
            const DeclarationBlock *block = declarations_read(reader, item.block), *old = rule.margin[box];
            if (old) { /* said twice: both count */
                DeclarationList both = {0};
                for (int i = 0; i < old->count + block->count; i++)
                    VEC_PUSH(reader->arena, both, i < old->count ? old->at[i] : block->at[i - old->count]);
                block = block_of(reader, &both);
            }
            rule.margin[box] = block;
        } else if (item.kind == SYNTAX_AT_RULE && token_is(item.first, "footnote") && item.has_block) {
            rule.footnote = declarations_read(reader, item.block);
        } else {
            reader_warn(reader, item.first, "css-bad-declaration", "neither a declaration nor a margin box");
        }
    }
    rule.count = selectors.count;
    rule.selectors = selectors.at;
    rule.block = block_of(reader, &list);
    VEC_PUSH(reader->arena, sheet->pages, rule);
}

/* ---- @font-face ---- */
static void take_source(Reader *reader, TokenRange part, FontFace *face)
{
    TokenRange arguments;
    const Token *first = range_peek(&part);
    const Value *url = take_url(reader, &part);
    const char *source = NULL;
    if (url && strncmp(url->text, "data:", 5) == 0) {
        reader_warn(reader, first, "css-unsupported",
                    "a font in a data: URL is not read; give it as a file beside the style sheet");
    } else if (url) {
        source = url->text;
        if (take_function(&part, "format", &arguments)) {
            const Token *t = range_peek(&arguments);
            if (t && (t->kind == TOKEN_STRING || t->kind == TOKEN_IDENT) &&
                !word_in_list("opentype truetype woff woff2 collection opentype-variations truetype-variations "
                              "woff-variations woff2-variations",
                              t->text, t->size))
                return;
        }
    } else if (take_function(&part, "local", &arguments)) {
        const Value *families = parse_font_family(reader, &arguments);
        if (families && families->items[0].kind == VALUE_STRING)
            source = arena_format(reader->arena, "local:%s", families->items[0].text);
    }
    if (!source)
        return;
    const char **grown = NEW_ARRAY(reader->arena, const char *, face->source_count + 1);
    int place = face->source_count; /* files before what this machine may or may not have */
    while (url && place > 0 && strncmp(face->sources[place - 1], "local:", 6) == 0)
        place--;
    for (int i = 0; i < face->source_count; i++)
        grown[i + (i >= place)] = face->sources[i];
    grown[place] = source;
    face->source_count++;
    face->sources = grown;
}

static int weight_of(const Value *value)
{
    return value->kind == VALUE_INTEGER ? value->number : value->keyword == KW_BOLD ? 700 : 400;
}

static int32_t stretch_of(const Value *value)
{
    static const struct {
        uint16_t keyword;
        int percent10;
    } words[] = {{KW_ULTRA_CONDENSED, 500}, {KW_EXTRA_CONDENSED, 625}, {KW_CONDENSED, 750},
                 {KW_SEMI_CONDENSED, 875},  {KW_SEMI_EXPANDED, 1125},  {KW_EXPANDED, 1250},
                 {KW_EXTRA_EXPANDED, 1500}, {KW_ULTRA_EXPANDED, 2000}};
    for (size_t i = 0; value->kind == VALUE_KEYWORD && i < sizeof words / sizeof *words; i++)
        if (words[i].keyword == value->keyword)
            return (int32_t)((int64_t)words[i].percent10 * RATIO_ONE / 1000);
    return value->kind == VALUE_NUMBER ? value->number : RATIO_ONE;
}

static bool take_two(Reader *reader, int property, TokenRange *in, const Value **least, const Value **most)
{
    *least = take_component(reader, property, in);
    *most = *least ? take_component(reader, property, in) : NULL;
    if (!*most)
        *most = *least;
    return *least != NULL;
}

static void take_ranges(Reader *reader, TokenRange in, FontFace *face)
{
    VEC(uint32_t) flat = {0};
    while (in.at < in.end) {
        uint32_t first, last;
        if (!syntax_urange(take_until_comma(&in), &first, &last))
            return;
        VEC_PUSH(reader->arena, flat, first);
        VEC_PUSH(reader->arena, flat, last);
    }
    face->ranges = (const uint32_t(*)[2])(const void *)flat.at;
    face->range_count = flat.count / 2;
}

static void face_descriptor(Reader *reader, const SyntaxItem *item, FontFace *face)
{
    TokenRange in = range_trim(item->prelude);
    const Value *least, *most;
    if (token_is(item->first, "font-family")) {
        const Value *families = parse_font_family(reader, &in);
        if (families && families->count == 1)
            face->family = families->items[0].kind == VALUE_STRING ? families->items[0].text
                                                                   : keyword_text(families->items[0].keyword);
    } else if (token_is(item->first, "src")) {
        while (in.at < in.end)
            take_source(reader, take_until_comma(&in), face);
    } else if (token_is(item->first, "font-weight") && take_two(reader, PROPERTY_FONT_WEIGHT, &in, &least, &most)) {
        face->weight_min = weight_of(least);
        face->weight_max = weight_of(most);
    } else if ((token_is(item->first, "font-stretch") || token_is(item->first, "font-width")) &&
               take_two(reader, PROPERTY_FONT_STRETCH, &in, &least, &most)) {
        face->stretch_min = stretch_of(least);
        face->stretch_max = stretch_of(most);
    } else if (token_is(item->first, "font-style")) {
        face->italic = take_word(&in, "italic") || take_word(&in, "oblique");
    } else if (token_is(item->first, "-n2p-optical-size")) {
        least = take_size(reader, &in, 0);
        most = least ? take_size(reader, &in, 0) : NULL;
        face->optical_min = least ? least->size.len : 0;
        face->optical_max = most ? most->size.len : LEN_MAX;
    } else if (token_is(item->first, "unicode-range")) {
        take_ranges(reader, in, face);
    } else if (!word_in_list(
                   "font-display font-feature-settings font-variation-settings ascent-override descent-override "
                   "line-gap-override size-adjust font-language-override font-variant font-named-instance",
                   item->first->text, item->first->size)) {
        reader_warn(reader, item->first, "css-unknown-descriptor", "unknown descriptor '%s' in @font-face",
                    intern_token(reader, item->first));
    }
}

static bool only_local(const FontFace *face)
{
    return face->source_count && strncmp(face->sources[0], "local:", 6) == 0; /* files stand before */
}

void font_face_read(Reader *reader, TokenRange content, const Token *place, StyleSheet *sheet)
{
    FontFace face = {.weight_min = 400,
                     .weight_max = 400,
                     .stretch_min = RATIO_ONE,
                     .stretch_max = RATIO_ONE,
                     .base = reader->base,
                     .source = token_source(reader, place)};
    SyntaxItem item;
    while (syntax_next_in_block(&content, &item))
        if (item.kind == SYNTAX_DECLARATION)
            face_descriptor(reader, &item, &face);
    if (face.family && only_local(&face) && reader->diag)
        diag_note(reader->diag, "font-local", face.source,
                  "local() names no font here: a page must not depend on what a machine has installed; the next family "
                  "is used");
    if (face.family && face.source_count)
        VEC_PUSH(reader->arena, sheet->faces, face);
    else
        reader_warn(reader, place, "css-font-face",
                    face.family ? "@font-face without a usable source" : "@font-face without a family");
}

/* ---- @color-profile ---- */
void color_profile_read(Reader *reader, TokenRange prelude, TokenRange content, const Token *place, StyleSheet *sheet)
{
    ColorProfileRule rule = {.base = reader->base, .source = token_source(reader, place)};
    SyntaxItem item;
    const Token *name = range_peek(&prelude);
    bool dashed = name && name->kind == TOKEN_IDENT && name->size > 2 && strncmp(name->text, "--", 2) == 0;
    if (!dashed && !(name && name->kind == TOKEN_IDENT && token_is(name, "device-cmyk"))) {
        reader_warn(reader, place, "css-color-profile",
                    "@color-profile needs a name that begins with --, or device-cmyk");
        return;
    }
    rule.name = intern_token(reader, name);
    while (syntax_next_in_block(&content, &item)) {
        if (item.kind != SYNTAX_DECLARATION)
            continue;
        TokenRange in = range_trim(item.prelude);
        const Value *url = token_is(item.first, "src") ? take_url(reader, &in) : NULL;
        if (url)
            rule.url = url->text;
        else if (token_is(item.first, "rendering-intent"))
            rule.perceptual = take_word(&in, "perceptual");
    }
    if (rule.url)
        VEC_PUSH(reader->arena, sheet->profiles, rule);
    else
        reader_warn(reader, place, "css-color-profile", "@color-profile without a src");
}

/* ---- @counter-style ---- */
static const char *take_symbol(Reader *reader, TokenRange *in)
{
    const Value *value = take_string(reader, in);
    if (!value)
        value = take_custom_ident(reader, in);
    return value ? value->text : NULL;
}

static bool take_system(Reader *reader, TokenRange in, CounterStyleRule *rule)
{
    static const char *const names[] = {"cyclic", "numeric", "alphabetic", "symbolic", "additive", "fixed", "extends"};
    for (int i = 0; i < 7; i++) {
        if (!take_word(&in, names[i]))
            continue;
        rule->system = (uint8_t)i;
        const Value *value;
        if (i == COUNTER_FIXED && (value = take_integer(reader, &in, -INT_MAX)) != NULL)
            rule->first = value->number;
        if (i == COUNTER_EXTENDS) {
            value = take_custom_ident(reader, &in);
            rule->extends = value ? value->text : NULL;
            if (!value)
                return false;
        }
        return range_empty(&in);
    }
    return false;
}

static void take_symbols(Reader *reader, TokenRange in, bool weights, CounterStyleRule *rule)
{
    VEC(const char *) symbols = {0};
    VEC(int) numbers = {0};
    while (!range_empty(&in)) {
        const Value *weight = weights ? take_integer(reader, &in, 0) : NULL;
        const char *symbol = take_symbol(reader, &in);
        if (weights && !weight)
            weight = take_integer(reader, &in, 0);
        if (!symbol || (weights && !weight))
            return;
        VEC_PUSH(reader->arena, symbols, symbol);
        if (weights) {
            if (numbers.count && weight->number >= numbers.at[numbers.count - 1])
                return;
            VEC_PUSH(reader->arena, numbers, weight->number);
            if (!range_empty(&in) && !take_delim(&in, ','))
                return;
        }
    }
    rule->symbol_count = symbols.count;
    rule->symbols = symbols.at;
    rule->weights = weights ? numbers.at : NULL;
}

static void take_counter_ranges(Reader *reader, TokenRange in, CounterStyleRule *rule)
{
    VEC(int) flat = {0};
    if (take_word(&in, "auto")) {
        rule->range_count = -1;
        return;
    }
    while (in.at < in.end) {
        TokenRange part = take_until_comma(&in);
        const Value *from, *to;
        int low = take_word(&part, "infinite")                             ? INT_MIN
                  : (from = take_integer(reader, &part, -INT_MAX)) != NULL ? from->number
                                                                           : INT_MAX;
        int high = take_word(&part, "infinite")                           ? INT_MAX
                   : (to = take_integer(reader, &part, -INT_MAX)) != NULL ? to->number
                                                                          : INT_MIN;
        if (low > high || !range_empty(&part))
            return;
        VEC_PUSH(reader->arena, flat, low);
        VEC_PUSH(reader->arena, flat, high);
    }
    rule->ranges = (const int(*)[2])(const void *)flat.at;
    rule->range_count = flat.count / 2;
}

static bool counter_descriptor(Reader *reader, const SyntaxItem *item, CounterStyleRule *rule)
{
    TokenRange in = range_trim(item->prelude);
    const Token *name = item->first;
    const char *symbol;
    if (token_is(name, "system"))
        return take_system(reader, in, rule);
    if (token_is(name, "symbols")) {
        take_symbols(reader, in, false, rule);
    } else if (token_is(name, "additive-symbols")) {
        take_symbols(reader, in, true, rule);
    } else if (token_is(name, "negative") && (symbol = take_symbol(reader, &in)) != NULL) {
        rule->negative_before = symbol;
        symbol = take_symbol(reader, &in);
        rule->negative_after = symbol ? symbol : "";
    } else if (token_is(name, "prefix") && (symbol = take_symbol(reader, &in)) != NULL) {
        rule->prefix = symbol;
    } else if (token_is(name, "suffix") && (symbol = take_symbol(reader, &in)) != NULL) {
        rule->suffix = symbol;
    } else if (token_is(name, "range")) {
        take_counter_ranges(reader, in, rule);
    } else if (token_is(name, "pad")) {
        const Value *width = take_integer(reader, &in, 0);
        symbol = take_symbol(reader, &in);
        if (!width)
            width = take_integer(reader, &in, 0);
        if (width && symbol) {
            rule->pad = width->number > 10000 ? 10000 : width->number;
            rule->pad_symbol = symbol;
        }
    } else if (token_is(name, "fallback")) {
        const Value *fallback = take_custom_ident(reader, &in);
        rule->fallback = fallback ? fallback->text : NULL;
    }
    return true;
}

void counter_style_read(Reader *reader, TokenRange prelude, TokenRange content, const Token *place, int layer,
                        StyleSheet *sheet)
{
    CounterStyleRule rule = {.system = COUNTER_SYMBOLIC, .first = 1, .range_count = -2, .layer = layer};
    SyntaxItem item;
    bool good = true;
    const Value *name = take_custom_ident(reader, &prelude);
    if (!name || !range_empty(&prelude) || name->keyword == KW_NONE ||
        word_in_list("decimal disc square circle disclosure-open disclosure-closed", name->text, strlen(name->text))) {
        reader_warn(reader, place, "css-counter-style", "@counter-style needs a name of its own");
        return;
    }
    rule.name = name->text;
    while (syntax_next_in_block(&content, &item))
        if (item.kind == SYNTAX_DECLARATION)
            good = counter_descriptor(reader, &item, &rule) && good;
    int least = rule.system == COUNTER_EXTENDS                                        ? 0
                : rule.system == COUNTER_NUMERIC || rule.system == COUNTER_ALPHABETIC ? 2
                                                                                      : 1;
    bool weights = rule.system == COUNTER_ADDITIVE;
    if (good && rule.symbol_count >= least &&
        (rule.system == COUNTER_EXTENDS ? !rule.symbol_count : weights == (rule.weights != NULL)))
        VEC_PUSH(reader->arena, sheet->counter_styles, rule);
    else
        reader_warn(reader, place, "css-counter-style", "@counter-style '%s' lacks the symbols that its system needs",
                    rule.name);
}

/* ---- @property ---- */
void property_rule_read(Reader *reader, TokenRange prelude, TokenRange content, StyleSheet *sheet)
{
    PropertyRule rule = {0};
    SyntaxItem item;
    const Token *name = range_peek(&prelude);
    bool syntax = false, inherits = false;
    if (!name || name->kind != TOKEN_IDENT || name->size < 3 || name->text[0] != '-' || name->text[1] != '-')
        return;
    rule.name = intern_token(reader, name);
    while (syntax_next_in_block(&content, &item)) {
        if (item.kind != SYNTAX_DECLARATION)
            continue;
        TokenRange in = range_trim(item.prelude);
        if (token_is(item.first, "syntax")) {
            syntax = range_peek(&in) && in.at->kind == TOKEN_STRING;
        } else if (token_is(item.first, "inherits")) {
            rule.inherits = take_word(&in, "true");
            inherits = rule.inherits || take_word(&in, "false");
        } else if (token_is(item.first, "initial-value")) {
            rule.initial = token_text_copy(reader, in, NULL);
        }
    }
    if (syntax && inherits)
        VEC_PUSH(reader->arena, sheet->properties, rule);
}
