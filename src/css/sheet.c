/* From text to a StyleSheet: rules, nesting, conditions, layers, imports. See rules.h. */
#include <stdio.h>

#include "css/rules.h"

/* LAYERS_MOST: of one sheet; the cascade has ten bits for those of all. */
enum { DEPTH_MOST = 32, IMPORT_DEPTH_MOST = 8, IMPORTS_MOST = 1000, LAYERS_MOST = 500, SUGGESTIONS_MOST = 100 };

struct SheetReader {
    Reader reader;
    StyleSheet *sheet;
    int import_depth, imports; /* imports: all there have been */
    bool past_imports;         /* a rule came that no @import may follow */
};
typedef struct { /* what surrounds a rule */
    const SelectorList *parent;
    int layer; /* index + 1 */
    int depth;
} Surroundings;

/* ---- messages ---- */
Source token_source(const Reader *reader, const Token *token)
{
    return (Source){reader->file, token ? token->line : 0, token ? token->column : 0};
}

int reader_warn(Reader *reader, const Token *token, const char *code, const char *format, ...)
{
    if (!reader->diag)
        return -1;
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *text = arena_alloc(reader->arena, (size_t)length + 1);
    va_start(list, format);
    vsnprintf(text, (size_t)length + 1, format, list);
    va_end(list);
    return diag_warn(reader->diag, code, token_source(reader, token), "%s", text);
}

void reader_start(Reader *reader, Arena *arena, Names *names, const char *file, const char *base, Origin origin,
                  const CssContext *context, Diag *diag)
{
    reader->arena = arena;
    reader->names = names;
    reader->diag = origin == ORIGIN_AGENT ? NULL : diag;
    reader->file = file;
    reader->base = base;
    reader->origin = (uint8_t)origin;
    reader->context = context;
    reader->suggestions = SUGGESTIONS_MOST;
}

/* ---- declarations ---- */
static bool has_attr(TokenRange range)
{
    for (const Token *t = range.at; t < range.end; t++)
        if (t->kind == TOKEN_FUNCTION && token_is(t, "attr"))
            return true;
    return false;
}

const TokenText *token_text_copy(Reader *reader, TokenRange range, const ShorthandRow *shorthand)
{
    TokenText *text = NEW(reader->arena, TokenText);
    text->count = (int)(range.end - range.at);
    text->at = arena_copy(reader->arena, range.at, sizeof(Token) * (size_t)text->count);
    text->shorthand = shorthand;
    text->base = reader->base;
    text->has_attr = has_attr(range);
    return text;
}

/* Properties whose own grammar has attr(). */
static bool knows_attr(int property)
{
    return property == PROPERTY_CONTENT || property == PROPERTY_STRING_SET || property == PROPERTY_BOOKMARK_LABEL ||
           property == PROPERTY_LINK || property == PROPERTY_ANCHOR;
}

/* property -1: any but those */
static bool is_pending(TokenRange range, int property)
{
    for (const Token *t = range.at; t < range.end; t++)
        if (t->kind == TOKEN_FUNCTION &&
            (token_is(t, "var") || token_is(t, "env") || (token_is(t, "attr") && !knows_attr(property))))
            return true;
    return false;
}

bool tokens_have_substitution(TokenRange range)
{
    return is_pending(range, -1);
}

/* css-variables-1 3: what may stand in a value with var(); the fallback may be anything but "!" and ";". */
static bool substitution_valid(TokenRange range)
{
    for (const Token *t = range.at; t < range.end; t = token_after(t, range.end))
        if (t->kind == TOKEN_SEMICOLON || token_is_delim(t, '!'))
            return false;
    for (const Token *t = range.at; t < range.end; t++) {
        if (t->kind == TOKEN_BAD_STRING || t->kind == TOKEN_BAD_URL)
            return false;
        if (t->kind != TOKEN_FUNCTION || !token_is(t, "var"))
            continue;
        TokenRange inside = token_inside(t, range.end);
        const Token *name = range_peek(&inside);
        if (!name || name->kind != TOKEN_IDENT || name->size < 3 || name->text[0] != '-' || name->text[1] != '-')
            return false;
        inside.at++;
        if (range_empty(&inside))
            continue;
        if (!take_delim(&inside, ','))
            return false;
        for (const Token *f = inside.at; f < inside.end; f = token_after(f, inside.end))
            if (f->kind == TOKEN_SEMICOLON || token_is_delim(f, '!') || f->kind == TOKEN_CLOSE_CURLY ||
                f->kind == TOKEN_CLOSE_ROUND || f->kind == TOKEN_CLOSE_SQUARE)
                return false;
    }
    return true;
}

static const char *short_text(Reader *reader, TokenRange range)
{
    range = range_trim(range);
    return tokens_excerpt(reader->arena, range.at, range.end);
}

static void warn_unknown(Reader *reader, const Token *name)
{
    const char *text = intern_token(reader, name), *near = NULL;
    bool foreign = text[0] == '-' && strncmp(text, "-n2p-", 5) != 0;
    if (!reader->diag || foreign || reader->suggestions <= 0) /* another program's property says nothing to us */
        return;
    near = property_name_suggest(text);
    reader->suggestions--;
    int index = reader_warn(reader, name, "css-unknown-property", "unknown property '%s'", text);
    if (near)
        diag_hint(reader->diag, index, "did you mean '%s'?", near);
}

/* A word of the value that is nearly one of the property's keywords. */
static const char *suggest_keyword(Reader *reader, int property, TokenRange value)
{
    const Token *t = range_peek(&value);
    const char *words = longhand_row(property)->keywords, *best = NULL;
    int nearest = 3;
    if (!t || t->kind != TOKEN_IDENT || value.end - value.at != 1)
        return NULL;
    const char *given = intern_token(reader, t);
    while (*words) {
        size_t size = strcspn(words, " ");
        const char *word = arena_string(reader->arena, words, size);
        int distance = edit_distance(given, word, nearest - 1);
        if (distance < nearest) {
            nearest = distance;
            best = word;
        }
        words += size + (words[size] == ' ');
    }
    return best;
}

static void warn_value(Reader *reader, const SyntaxItem *item, PropertyName name)
{
    if (!reader->diag || reader->suggestions <= 0)
        return;
    reader->suggestions--;
    TokenRange value = range_trim(item->prelude);
    const char *near = name.kind == NAME_LONGHAND ? suggest_keyword(reader, name.id, value) : NULL;
    int index = reader_warn(reader, value.at < value.end ? value.at : item->first, "css-bad-value",
                            "'%s' is no value for '%s'", short_text(reader, value), intern_token(reader, item->first));
    if (near)
        diag_hint(reader->diag, index, "did you mean '%s'?", near);
}

static void push(Reader *reader, DeclarationList *list, const SyntaxItem *item, int property, const Value *value,
                 const TokenText *tokens, Name custom)
{
    Declaration d = {.property = (uint16_t)property,
                     .important = item->important,
                     .line = item->first->line,
                     .column = item->first->column,
                     .custom = custom,
                     .value = value,
                     .tokens = tokens};
    VEC_PUSH(reader->arena, *list, d);
}

static bool add_custom(Reader *reader, DeclarationList *list, const SyntaxItem *item)
{
    TokenRange value = range_trim(item->prelude);
    uint16_t keyword = value.end - value.at == 1 ? peek_keyword(&value) : 0;
    bool wide = keyword_is_wide(keyword);
    for (const Token *t = value.at; t < value.end; t = token_after(t, value.end))
        if (t->kind == TOKEN_BAD_STRING || t->kind == TOKEN_BAD_URL || t->kind == TOKEN_CLOSE_CURLY ||
            t->kind == TOKEN_CLOSE_ROUND || t->kind == TOKEN_CLOSE_SQUARE || token_is_delim(t, '!'))
            return false;
    if (!substitution_valid(value))
        return false;
    push(reader, list, item, PROPERTY_CUSTOM, wide ? value_keyword(reader, keyword) : NULL,
         wide ? NULL : token_text_copy(reader, value, NULL), intern_token(reader, item->first));
    return true;
}

static bool all_skips(int property)
{
    return property == PROPERTY_DIRECTION || property == PROPERTY_UNICODE_BIDI || property >= PROPERTY_COUNT;
}

static bool add_shorthand(Reader *reader, DeclarationList *list, const SyntaxItem *item, const ShorthandRow *row)
{
    const Value *values[SHORTHAND_LONGHANDS_MOST];
    TokenRange in = range_trim(item->prelude);
    bool pending = is_pending(in, -1);
    if (pending && !substitution_valid(in))
        return false;
    const TokenText *tokens = pending ? token_text_copy(reader, in, row) : NULL;
    if (shorthand_is_all(row)) {
        const Value *wide = pending ? NULL : property_parse(reader, PROPERTY_DISPLAY, in);
        if (!pending && !(wide && keyword_is_wide(wide->keyword)))
            return false;
        for (int i = 0; i < PROPERTY_COUNT; i++)
            if (!all_skips(i))
                push(reader, list, item, i, wide, tokens, NULL);
        return true;
    }
    if (!pending && !shorthand_parse(reader, row, in, values))
        return false;
    for (int i = 0; i < row->count; i++) {
        const Value *value = pending ? NULL : values[i] ? values[i] : value_keyword(reader, KW_INITIAL);
        push(reader, list, item, row->longhands[i], value, tokens, NULL);
    }
    return true;
}

static bool has_keyword(const Value *value, uint16_t keyword)
{
    for (int i = 0; i < value->count; i++)
        if (value->items[i].keyword == keyword)
            return true;
    return value->keyword == keyword;
}

/* What is read, since a sheet is written for other programs too, and isn't done: once for each property of a sheet. */
static void warn_unsupported(Reader *reader, const SyntaxItem *item, int property, const Value *value)
{
    static const struct {
        int property;
        uint16_t undone, done; /* the value that isn't done; or the only one that is */
        const char *what;
    } rows[] = {
        {PROPERTY_FLOAT, KW_FOOTNOTE, 0, "the note stands in its text, not at the foot of the page"},
        {PROPERTY_INITIAL_LETTER, 0, KW_NORMAL, "the initial is not sunk; float and font-size can make one"},
        {PROPERTY_WRITING_MODE, 0, KW_HORIZONTAL_TB, "lines are set horizontally"},
    };
    for (int i = 0; reader->diag && i < (int)(sizeof rows / sizeof *rows); i++) {
        if (rows[i].property != property || (reader->unsupported & 1 << i) || keyword_is_wide(value->keyword) ||
            (rows[i].undone ? !has_keyword(value, rows[i].undone) : value->keyword == rows[i].done))
            continue;
        reader->unsupported |= (uint8_t)(1 << i);
        reader_warn(reader, item->first, "css-unsupported", "'%s: %s' is not supported: %s",
                    intern_token(reader, item->first), short_text(reader, item->prelude), rows[i].what);
    }
}

bool declaration_add(Reader *reader, DeclarationList *list, const SyntaxItem *item)
{
    const Token *t = item->first;
    if (t->size > 2 && t->text[0] == '-' && t->text[1] == '-') {
        if (add_custom(reader, list, item))
            return true;
        reader_warn(reader, t, "css-bad-value", "'%s' is no value for '%s'", short_text(reader, item->prelude),
                    intern_token(reader, t));
        return false;
    }
    PropertyName name = property_name_find(t->text, t->size);
    if (name.kind == NAME_UNKNOWN)
        warn_unknown(reader, t);
    if (name.kind == NAME_UNKNOWN || name.kind == NAME_IGNORED)
        return false;
    if (name.kind == NAME_SHORTHAND) {
        if (add_shorthand(reader, list, item, shorthand_row(name.id)))
            return true;
        warn_value(reader, item, name);
        return false;
    }
    TokenRange in = range_trim(item->prelude);
    bool pending = is_pending(in, name.id), valid = !pending || substitution_valid(in);
    if (pending && valid) {
        push(reader, list, item, name.id, NULL, token_text_copy(reader, in, NULL), NULL);
        return true;
    }
    const Value *value = pending ? NULL : property_parse(reader, name.id, in);
    if (!value) {
        warn_value(reader, item, name);
        return false;
    }
    warn_unsupported(reader, item, name.id, value);
    push(reader, list, item, name.id, value, NULL, NULL);
    return true;
}

const DeclarationBlock *block_of(Reader *reader, const DeclarationList *list)
{
    DeclarationBlock *block = NEW(reader->arena, DeclarationBlock);
    *block = (DeclarationBlock){.count = list->count, .at = list->at, .file = reader->file};
    for (int i = 0; i < list->count; i++) {
        block->any_important = block->any_important || list->at[i].important;
        block->any_attr = block->any_attr || (list->at[i].tokens && list->at[i].tokens->has_attr);
    }
    return block;
}

static void warn_bad_declaration(Reader *reader, const SyntaxItem *item)
{
    reader_warn(reader, item->first, "css-bad-declaration", "'%s' is no declaration",
                short_text(reader, (TokenRange){item->first, item->prelude.end}));
}

const DeclarationBlock *declarations_read(Reader *reader, TokenRange content)
{
    DeclarationList list = {0};
    SyntaxItem item;
    while (syntax_next_in_block(&content, &item)) {
        if (item.kind == SYNTAX_DECLARATION) {
            declaration_add(reader, &list, &item);
            continue;
        }
        warn_bad_declaration(reader, &item);
        while (item.kind == SYNTAX_QUALIFIED && content.at < content.end && content.at->kind != TOKEN_SEMICOLON)
            content.at = token_after(content.at, content.end); /* css-style-attr: no rules here, up to the semicolon */
    }
    return block_of(reader, &list);
}

/* ---- style rules ---- */
static void at_rule(SheetReader *r, const SyntaxItem *item, const Surroundings *around);
static void qualified_rule(SheetReader *r, const SyntaxItem *item, const Surroundings *around);

static void push_style_rule(SheetReader *r, const SelectorList *selectors, const DeclarationList *list, int layer,
                            const Token *place)
{
    if (!list->count || !selectors->count)
        return;
    StyleRule rule = {selectors, block_of(&r->reader, list), layer, place->line, place->column, r->reader.file};
    VEC_PUSH(r->reader.arena, r->sheet->rules, rule);
}

/* The content of a style rule, or of a conditional rule nested in one. Declarations after a nested rule make a rule of their own. */
static void style_content(SheetReader *r, const SelectorList *selectors, TokenRange content, const Surroundings *around,
                          const Token *place)
{
    DeclarationList list = {0};
    Surroundings inner = {selectors, around->layer, around->depth + 1};
    SyntaxItem item;
    while (syntax_next_in_block(&content, &item)) {
        if (item.kind == SYNTAX_DECLARATION) {
            declaration_add(&r->reader, &list, &item);
            continue;
        }
        if (item.kind == SYNTAX_INVALID || inner.depth > DEPTH_MOST) {
            warn_bad_declaration(&r->reader, &item);
            continue;
        }
        push_style_rule(r, selectors, &list, around->layer, place);
        list = (DeclarationList){0};
        if (item.kind == SYNTAX_AT_RULE)
            at_rule(r, &item, &inner);
        else
            qualified_rule(r, &item, &inner);
    }
    push_style_rule(r, selectors, &list, around->layer, place);
}

static void qualified_rule(SheetReader *r, const SyntaxItem *item, const Surroundings *around)
{
    const SelectorList *selectors = selectors_parse(&r->reader, item->prelude, around->parent);
    r->past_imports = r->past_imports || selectors;
    if (selectors)
        style_content(r, selectors, item->block, around, item->first);
    else
        reader_warn(&r->reader, item->first, "css-bad-selector", "'%s' is no selector; the rule is left out",
                    short_text(&r->reader, item->prelude));
}

static void rule_list(SheetReader *r, TokenRange rest, const Surroundings *around)
{
    SyntaxItem item;
    while (syntax_next_rule(&rest, false, &item)) {
        if (item.kind == SYNTAX_AT_RULE)
            at_rule(r, &item, around);
        else if (item.kind == SYNTAX_QUALIFIED)
            qualified_rule(r, &item, around);
        else
            reader_warn(&r->reader, item.first, "css-bad-rule", "'%s' is no rule",
                        short_text(&r->reader, item.prelude));
    }
}

/* What a conditional group or a layer holds, inside or outside a style rule. */
static void group_content(SheetReader *r, const SyntaxItem *item, const Surroundings *around, int layer)
{
    Surroundings inner = {around->parent, layer, around->depth + 1};
    if (inner.depth > DEPTH_MOST)
        return;
    if (around->parent)
        style_content(r, around->parent, item->block, &inner, item->first);
    else
        rule_list(r, item->block, &inner);
}

/* ---- layers ---- */
/* 0: there are too many. */
static int layer_index(SheetReader *r, Name full)
{
    for (int i = 0; i < r->sheet->layers.count; i++)
        if (r->sheet->layers.at[i] == full)
            return i + 1;
    if (r->sheet->layers.count >= LAYERS_MOST)
        return 0;
    VEC_PUSH(r->reader.arena, r->sheet->layers, full);
    return r->sheet->layers.count;
}

/* The layer "name.name" in the surrounding one; an anonymous layer for an empty range. 0: not a layer name,
 * or one too many, or too deep. */
static int take_layer(SheetReader *r, TokenRange *in, int around)
{
    Buffer name = {.arena = r->reader.arena};
    int parts = 0, index = 0;
    if (around) {
        buffer_text(&name, r->sheet->layers.at[around - 1]);
        buffer_text(&name, ".");
    }
    size_t base = name.size;
    if (range_empty(in)) {
        buffer_format(&name, "%d", r->sheet->layers.count); /* no identifier begins with a digit */
        return layer_index(r, name_intern(r->reader.names, name.data, name.size));
    }
    do {
        const Token *t = parts ? (in->at < in->end ? in->at : NULL) : range_peek(in);
        if (!t || t->kind != TOKEN_IDENT || parts == DEPTH_MOST)
            return 0;
        if (name.size > base)
            buffer_text(&name, ".");
        buffer_add(&name, t->text, t->size);
        in->at++;
        parts++;
        index = layer_index(r, name_intern(r->reader.names, name.data, name.size)); /* outer layers appear first */
    } while (in->at < in->end && token_is_delim(in->at, '.') && in->at++);
    return index;
}

static void layer_rule(SheetReader *r, const SyntaxItem *item, const Surroundings *around)
{
    TokenRange in = range_trim(item->prelude);
    if (!item->has_block) {
        do {
            if (range_empty(&in) || !take_layer(r, &in, around->layer))
                return;
        } while (take_delim(&in, ','));
        return;
    }
    int layer = take_layer(r, &in, around->layer);
    if (layer && range_empty(&in))
        group_content(r, item, around, layer);
    else
        reader_warn(&r->reader, item->first, "css-bad-rule", "'%s' is no name of a layer, or one too many",
                    short_text(&r->reader, item->prelude));
}

/* ---- imports ---- */
static void read_text(SheetReader *r, const char *text, size_t size, Source first, const Surroundings *around);

static void read_import(SheetReader *r, const Value *url, const Token *place, const Surroundings *around)
{
    const CssContext *context = r->reader.context;
    const char *real = NULL;
    if (r->import_depth >= IMPORT_DEPTH_MOST || r->imports >= IMPORTS_MOST) {
        reader_warn(&r->reader, place, "css-import", "'%s' is imported too deeply, or after too many others",
                    url->text);
        return;
    }
    r->imports++;
    if (!context || !context->load)
        return;
    const char *text = context->load(context->user, r->reader.base, url->text, token_source(&r->reader, place), &real);
    if (!text)
        return;
    Reader saved = r->reader;
    bool past = r->past_imports;
    r->reader.file = real ? real : url->text;
    r->reader.base = real ? path_directory(r->reader.arena, real) : saved.base;
    memset(&r->reader.namespaces, 0, sizeof r->reader.namespaces);
    r->past_imports = false;
    r->import_depth++;
    read_text(r, text, strlen(text), (Source){r->reader.file, 1, 1}, around);
    r->import_depth--;
    r->past_imports = past;
    r->reader.file = saved.file;
    r->reader.base = saved.base;
    r->reader.namespaces = saved.namespaces;
}

static void import_rule(SheetReader *r, const SyntaxItem *item, const Surroundings *around)
{
    TokenRange in = item->prelude, arguments;
    Surroundings inner = *around;
    bool named = false; /* its layer */
    const Value *url = take_string(&r->reader, &in);
    if (!url)
        url = take_url(&r->reader, &in);
    if (!url || item->has_block) {
        reader_warn(&r->reader, item->first, "css-bad-rule", "@import needs a reference to a style sheet");
        return;
    }
    if (take_word(&in, "layer")) {
        TokenRange none = {in.at, in.at};
        inner.layer = take_layer(r, &none, around->layer);
        named = true;
    } else if (take_function(&in, "layer", &arguments)) {
        inner.layer = range_empty(&arguments) ? 0 : take_layer(r, &arguments, around->layer);
        named = true;
    }
    if (named && !inner.layer) {
        reader_warn(&r->reader, item->first, "css-bad-rule", "'%s' is left out: no name of a layer, or one too many",
                    url->text);
        return;
    }
    if (take_function(&in, "supports", &arguments)) {
        SyntaxItem declaration;
        TokenRange bare = range_trim(arguments);
        DeclarationList list = {0};
        bool good = bare.at < bare.end && bare.at->kind == TOKEN_IDENT && !token_is(bare.at, "not") &&
                            syntax_declaration(bare, &declaration)
                        ? declaration_add(&r->reader, &list, &declaration)
                        : supports_matches(&r->reader, arguments);
        if (!good)
            return;
    }
    if (media_matches(&r->reader, in))
        read_import(r, url, item->first, &inner);
}

static void namespace_rule(SheetReader *r, const SyntaxItem *item)
{
    TokenRange in = item->prelude;
    NamespacePrefix prefix = {0};
    const Token *t = range_peek(&in);
    if (t && t->kind == TOKEN_IDENT) {
        prefix.prefix = intern_token(&r->reader, t);
        in.at++;
    }
    const Value *uri = take_string(&r->reader, &in);
    if (!uri)
        uri = take_url(&r->reader, &in);
    if (!uri || !range_empty(&in)) {
        reader_warn(&r->reader, item->first, "css-bad-rule", "@namespace needs a namespace's name");
        return;
    }
    prefix.uri = uri->text[0] ? uri->text : NULL;
    VEC_PUSH(r->reader.arena, r->reader.namespaces, prefix);
}

/* ---- at-rules ---- */
static bool known_without_effect(const Token *name)
{
    return word_in_list(
        "charset keyframes -webkit-keyframes -moz-keyframes -o-keyframes viewport -ms-viewport container "
        "starting-style view-transition position-try "
        "font-feature-values font-palette-values scope document -moz-document custom-media",
        name->text, name->size);
}

/* Rules that make no sense inside a style rule. */
static bool top_rule(SheetReader *r, const SyntaxItem *item, const Surroundings *around)
{
    const Token *t = item->first;
    if (token_is(t, "font-face") && item->has_block)
        font_face_read(&r->reader, item->block, t, r->sheet);
    else if (token_is(t, "page") && item->has_block)
        page_rule_read(&r->reader, item->prelude, item->block, t, around->layer, r->sheet);
    else if (token_is(t, "counter-style") && item->has_block)
        counter_style_read(&r->reader, item->prelude, item->block, t, around->layer, r->sheet);
    else if (token_is(t, "color-profile") && item->has_block)
        color_profile_read(&r->reader, item->prelude, item->block, t, r->sheet);
    else if (token_is(t, "property") && item->has_block)
        property_rule_read(&r->reader, item->prelude, item->block, r->sheet);
    else
        return false;
    return true;
}

static void at_rule(SheetReader *r, const SyntaxItem *item, const Surroundings *around)
{
    const Token *t = item->first;
    bool import = token_is(t, "import"), names = token_is(t, "namespace");
    if (import || names) {
        bool outside = around->depth == 0 && !around->parent;
        if (!outside || r->past_imports)
            reader_warn(&r->reader, t, "css-bad-rule", "@%s must stand before other rules",
                        import ? "import" : "namespace");
        else if (import)
            import_rule(r, item, around);
        else
            namespace_rule(r, item);
        return;
    }
    bool known = token_is(t, "media") || token_is(t, "supports") || token_is(t, "layer") || token_is(t, "page") ||
                 token_is(t, "font-face") || token_is(t, "counter-style") || token_is(t, "property") ||
                 token_is(t, "color-profile");
    r->past_imports = r->past_imports || (known && item->has_block); /* an invalid rule is as if it weren't there */
    if (token_is(t, "media") && item->has_block) {
        if (media_matches(&r->reader, item->prelude))
            group_content(r, item, around, around->layer);
    } else if (token_is(t, "supports") && item->has_block) {
        if (supports_matches(&r->reader, item->prelude))
            group_content(r, item, around, around->layer);
    } else if (token_is(t, "layer")) {
        layer_rule(r, item, around);
    } else if (!top_rule(r, item, around) && !known_without_effect(t)) {
        reader_warn(&r->reader, t, "css-unknown-rule", "unknown rule '@%s'", intern_token(&r->reader, t));
    }
}

/* ---- sheets ---- */
static void read_text(SheetReader *r, const char *text, size_t size, Source first, const Surroundings *around)
{
    Tokenizer tokenizer =
        tokenizer_start(r->reader.arena, css_preprocess(r->reader.arena, text, size), first.line, first.column);
    TokenList tokens = {0};
    while (tokens_read_rule(&tokenizer, &tokens)) {
        TokenRange rest = {tokens.at, tokens.at + tokens.count};
        SyntaxItem item;
        while (syntax_next_rule(&rest, true, &item)) {
            if (item.kind == SYNTAX_AT_RULE) {
                at_rule(r, &item, around);
                continue;
            }
            if (item.kind == SYNTAX_QUALIFIED)
                qualified_rule(r, &item, around);
            else
                reader_warn(&r->reader, item.first, "css-bad-rule", "'%s' is no rule",
                            short_text(&r->reader, item.prelude));
        }
    }
}

static SheetReader *sheet_reader(Arena *arena, Names *names, Source first, const char *base, Origin origin,
                                 const CssContext *context, Diag *diag)
{
    SheetReader *r = NEW(arena, SheetReader);
    reader_start(&r->reader, arena, names, first.file, base, origin, context, diag);
    r->sheet = NEW(arena, StyleSheet);
    r->sheet->origin = (uint8_t)origin;
    r->sheet->file = first.file;
    r->sheet->names = names;
    return r;
}

const StyleSheet *css_read(Arena *arena, Names *names, const char *text, size_t size, Source first, const char *base,
                           Origin origin, const CssContext *context, Diag *diag)
{
    SheetReader *r = sheet_reader(arena, names, first, base, origin, context, diag);
    Surroundings outside = {0};
    read_text(r, text, size, first, &outside);
    return r->sheet;
}

int css_color_profiles(const StyleSheet *sheet, const ColorProfileRule **profiles)
{
    *profiles = sheet->profiles.at;
    return sheet->profiles.count;
}

int css_font_faces(const StyleSheet *sheet, const FontFace **faces)
{
    *faces = sheet->faces.at;
    return sheet->faces.count;
}
