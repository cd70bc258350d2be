/* Generated content: css-content-3, css-gcpm-3: from the items of `content` to what layout sets. */
#include "style/cascade.h"

typedef struct {
    const ContentContext *context;
    VEC(ContentItem) items;
    Buffer text; /* collects neighbouring texts */
} Builder;

/* ---- quotes: css-content-3 3.1; `auto` by language ---- */
static const struct {
    const char *language;
    const char *quotes[4];
} language_quotes[] = {
    {"de-ch", {"«", "»", "‹", "›"}},     {"fr-ch", {"«", "»", "‹", "›"}},  {"de", {"„", "“", "‚", "‘"}},
    {"fr", {"«", "»", "«", "»"}},        {"es", {"«", "»", "“", "”"}},     {"it", {"«", "»", "“", "”"}},
    {"pt-pt", {"«", "»", "“", "”"}},     {"ca", {"«", "»", "“", "”"}},     {"el", {"«", "»", "“", "”"}},
    {"ru", {"«", "»", "„", "“"}},        {"uk", {"«", "»", "„", "“"}},     {"pl", {"„", "”", "«", "»"}},
    {"cs", {"„", "“", "‚", "‘"}},        {"sk", {"„", "“", "‚", "‘"}},     {"hu", {"„", "”", "»", "«"}},
    {"ro", {"„", "”", "«", "»"}},        {"bg", {"„", "“", "’", "’"}},     {"hr", {"„", "”", "‚", "’"}},
    {"sl", {"„", "“", "‚", "‘"}},        {"lt", {"„", "“", "‚", "‘"}},     {"et", {"„", "“", "«", "»"}},
    {"fi", {"”", "”", "’", "’"}},        {"sv", {"”", "”", "’", "’"}},     {"da", {"”", "”", "’", "’"}},
    {"no", {"«", "»", "‘", "’"}},        {"nb", {"«", "»", "‘", "’"}},     {"nn", {"«", "»", "‘", "’"}},
    {"nl", {"‘", "’", "“", "”"}},        {"ja", {"「", "」", "『", "』"}}, {"zh-hant", {"「", "」", "『", "』"}},
    {"zh-tw", {"「", "」", "『", "』"}}, {"zh", {"“", "”", "‘", "’"}},     {"he", {"”", "”", "’", "’"}},
    {"tr", {"“", "”", "‘", "’"}},
};

static bool language_is(const char *tag, const char *prefix)
{
    for (; *prefix; tag++, prefix++)
        if ((*tag >= 'A' && *tag <= 'Z' ? *tag + 32 : *tag) != *prefix)
            return false;
    return *tag == 0 || *tag == '-';
}

static const char *quote(const ContentContext *context, int depth, bool close)
{
    static const char *const english[4] = {"“", "”", "‘", "’"};
    const Value *quotes = context->style->text->quotes;
    const char *language = context->style->text->language;
    if (quotes && quotes->kind == VALUE_LIST) {
        int pair = depth < quotes->count / 2 ? depth : quotes->count / 2 - 1;
        return quotes->items[2 * pair + close].text;
    }
    const char *const *table = english;
    for (size_t i = 0; language && i < sizeof language_quotes / sizeof *language_quotes; i++)
        if (language_is(language, language_quotes[i].language)) {
            table = language_quotes[i].quotes;
            break;
        }
    return table[(depth > 0 ? 2 : 0) + close];
}

static void put_quote(const ContentContext *context, uint16_t keyword, Buffer *out)
{
    int none = 0, *depth = context->counters ? counters_quote_depth(context->counters) : &none;
    const Value *quotes = context->style->text->quotes;
    bool open = keyword == KW_OPEN_QUOTE || keyword == KW_NO_OPEN_QUOTE,
         silent = keyword == KW_NO_OPEN_QUOTE || keyword == KW_NO_CLOSE_QUOTE;
    if (quotes && quotes->kind == VALUE_KEYWORD && quotes->keyword == KW_NONE)
        silent = true;
    if (!open && *depth == 0)
        return;
    *depth -= !open;
    if (!silent)
        buffer_text(out, quote(context, *depth, !open));
    *depth += open;
}

/* ---- attributes, ids ---- */
const char *attribute_text(const Node *node, const Value *function)
{
    Name name = function->items[0].text;
    const char *value = NULL;
    for (int i = 0; node && i < node->attribute_count; i++)
        if (strcmp(node->attributes[i].name, name) == 0 ||
            (node->ns_kind == NS_HTML && text_equal_nocase(node->attributes[i].name, name)))
            value = node->attributes[i].value;
    if (!value && function->count > 2)
        value = function->items[2].text;
    return value;
}

static void index_ids(Cascade *cascade)
{
    cascade->ids_indexed = true;
    for (const Node *node = cascade->document->root; node;) {
        if (node->kind == NODE_ELEMENT && node->id && !bucket_find(&cascade->ids_known, node->id)) {
            EntryIndices *list = bucket_make(cascade->arena, &cascade->ids_known, node->id);
            VEC_PUSH(cascade->arena, *list, cascade->id_nodes.count);
            VEC_PUSH(cascade->arena, cascade->id_nodes, node);
        }
        const Node *next = node->first;
        while (!next && node) {
            next = node->next;
            node = next ? node : node->parent;
        }
        node = next;
    }
}

static const Node *node_by_id(Cascade *cascade, Name id)
{
    if (!cascade->ids_indexed)
        index_ids(cascade);
    const EntryIndices *list = bucket_find(&cascade->ids_known, id);
    return list ? cascade->id_nodes.at[list->at[0]] : NULL;
}

/* The fragment that a target names; NULL: none of this document. */
static const char *target_id(const ContentContext *context, const Value *target)
{
    const char *text = target->kind == VALUE_FUNCTION ? attribute_text(context->node, target) : target->text;
    return text && text[0] == '#' ? text + 1 : NULL;
}

/* ---- target counters other than page ---- */
static bool is_page_counter(const Cascade *cascade, Name name)
{
    return name == cascade->page || name == cascade->pages_name;
}

static void note_counter_names(Cascade *cascade, const Value *value)
{
    bool target = value->kind == VALUE_FUNCTION && strncmp(value->text, "target-counter", 14) == 0 && value->count > 1;
    if (target && !is_page_counter(cascade, value->items[1].text)) {
        for (int i = 0; i < cascade->target_counters.count; i++)
            if (cascade->target_counters.at[i] == value->items[1].text)
                return;
        VEC_PUSH(cascade->arena, cascade->target_counters, value->items[1].text);
    }
    for (int i = 0; i < value->count; i++)
        note_counter_names(cascade, &value->items[i]);
}

void targets_prepare(Cascade *cascade)
{
    for (int s = 0; s < cascade->sheet_count; s++)
        for (int r = 0; r < cascade->sheets[s]->rules.count; r++) {
            const DeclarationBlock *block = cascade->sheets[s]->rules.at[r].block;
            for (int i = 0; i < block->count; i++)
                if (block->at[i].property == PROPERTY_CONTENT && block->at[i].value)
                    note_counter_names(cascade, block->at[i].value);
        }
}

void targets_note(Cascade *cascade, const CounterState *counters, const Node *node)
{
    for (int i = 0; i < cascade->target_counters.count; i++) {
        TargetFacts facts = {.id = node->id, .counter = cascade->target_counters.at[i]};
        facts.count = counter_values(counters, facts.counter, &facts.values);
        VEC_PUSH(cascade->arena, cascade->target_facts, facts);
    }
}

static const TargetFacts *find_facts(Cascade *cascade, const BucketMap *map, Name id, Name counter)
{
    const EntryIndices *list = bucket_find(map, id);
    for (int i = 0; list && i < list->count; i++)
        if (cascade->target_facts.at[list->at[i]].counter == counter)
            return &cascade->target_facts.at[list->at[i]];
    return NULL;
}

static const char *joined(Cascade *cascade, const int *values, int count, const char *separator, const Value *style)
{
    Buffer out = {.arena = cascade->arena};
    buffer_text(&out, "");
    for (int i = 0; i < count; i++) {
        if (i)
            buffer_text(&out, separator);
        buffer_text(&out, counter_text(cascade, cascade->arena, style, values[i]));
    }
    return out.data;
}

void targets_finish(Cascade *cascade)
{
    BucketMap map = {0};
    for (int i = 0; i < cascade->target_facts.count; i++)
        VEC_PUSH(cascade->arena, *bucket_make(cascade->arena, &map, cascade->target_facts.at[i].id), i);
    for (int i = 0; i < cascade->target_uses.count; i++) {
        const TargetUse *use = &cascade->target_uses.at[i];
        const Value *f = use->function;
        bool many = strcmp(f->text, "target-counters") == 0;
        const Value *style = f->count > 2 + many ? &f->items[2 + many] : NULL;
        const TargetFacts *facts = find_facts(cascade, &map, use->id, f->items[1].text);
        use->item->kind = CONTENT_TEXT;
        use->item->text = !facts ? ""
                          : many ? joined(cascade, facts->values, facts->count, f->items[2].text, style)
                                 : joined(cascade, &facts->values[facts->count - 1], 1, "", style);
    }
}

/* ---- text of an element and of its pseudo-elements ---- */
static const char *pseudo_text(const ContentContext *context, const Pseudo *pseudo)
{
    Buffer out = {.arena = context->arena};
    buffer_text(&out, "");
    for (int i = 0; pseudo && i < pseudo->content.count; i++)
        if (pseudo->content.items[i].kind == CONTENT_TEXT)
            buffer_text(&out, pseudo->content.items[i].text);
    return out.data;
}

static const char *first_letter(Arena *arena, const char *text)
{
    const char *at = text, *end = text + strlen(text);
    while (at < end && *at == ' ')
        at++;
    const char *start = at;
    if (at < end)
        utf8_next(&at, end);
    return arena_string(arena, start, (size_t)(at - start));
}

static const char *part_text(const ContentContext *context, uint16_t part)
{
    const StyledNode *node = context->node && context->nodes ? &context->nodes[context->node->index] : NULL;
    if (!node)
        return "";
    switch (part) {
    case KW_BEFORE: return pseudo_text(context, node->before);
    case KW_AFTER: return pseudo_text(context, node->after);
    case KW_MARKER: return pseudo_text(context, node->marker);
    case KW_FIRST_LETTER: return first_letter(context->arena, node_text(context->arena, context->node));
    default: return node_text(context->arena, context->node);
    }
}

/* ---- counters ---- */
static const char *counter_here(const ContentContext *context, const Value *f)
{
    bool many = strcmp(f->text, "counters") == 0;
    const Value *style = f->count > 1 + many ? &f->items[1 + many] : NULL;
    int value;
    const int *values;
    if (style && style->kind == VALUE_IDENT && style->keyword == KW_NONE)
        return "";
    if (many) {
        int count = counter_values(context->counters, f->items[0].text, &values);
        return joined(context->cascade, values, count, f->items[1].text, style);
    }
    counter_value(context->counters, f->items[0].text, &value);
    return counter_text(context->cascade, context->arena, style, value);
}

static bool left_to_layout(const ContentContext *context, const Value *f)
{
    return !context->counters || is_page_counter(context->cascade, f->items[0].text);
}

/* ---- as a string ---- */
static void put_string(const ContentContext *context, const Value *item, Buffer *out)
{
    const char *text = NULL;
    if (item->kind == VALUE_STRING) {
        text = item->text;
    } else if (item->kind == VALUE_KEYWORD) {
        put_quote(context, item->keyword, out);
    } else if (item->kind == VALUE_FUNCTION) {
        if (strncmp(item->text, "counter", 7) == 0)
            text = left_to_layout(context, item) ? NULL : counter_here(context, item);
        else if (strcmp(item->text, "attr") == 0)
            text = attribute_text(context->node, item);
        else if (strcmp(item->text, "content") == 0)
            text = part_text(context, item->items[0].keyword);
    }
    if (text)
        buffer_text(out, text);
}

const char *content_text(const ContentContext *context, const Value *items, int from)
{
    Buffer out = {.arena = context->arena};
    buffer_text(&out, "");
    for (int i = from; i < items->count; i++)
        put_string(context, &items->items[i], &out);
    return out.data;
}

/* ---- as items ---- */
static void flush_text(Builder *b)
{
    if (!b->text.size)
        return;
    VEC_PUSH(b->context->arena, b->items, ((ContentItem){.kind = CONTENT_TEXT, .text = b->text.data}));
    b->text = (Buffer){.arena = b->context->arena};
}

static void put_item(Builder *b, ContentItem item)
{
    flush_text(b);
    VEC_PUSH(b->context->arena, b->items, item);
}

static Name style_name(const Value *style)
{
    return style && style->kind == VALUE_IDENT ? style->text : NULL;
}

static void put_target(Builder *b, const Value *f)
{
    Cascade *cascade = b->context->cascade;
    const char *id = target_id(b->context, &f->items[0]);
    bool many = strcmp(f->text, "target-counters") == 0;
    if (!id)
        return;
    if (strcmp(f->text, "target-text") == 0) {
        const Node *node = node_by_id(cascade, name_of(cascade->names, id));
        uint16_t part = f->count > 1 ? f->items[1].keyword : KW_CONTENT;
        const char *text = node ? node_text(b->context->arena, node) : "";
        put_item(b, (ContentItem){.kind = CONTENT_TARGET_TEXT,
                                  .keyword = part,
                                  .target = id,
                                  .value = f,
                                  .text = part == KW_FIRST_LETTER ? first_letter(b->context->arena, text) : text});
        return;
    }
    const Value *style = f->count > 2 + many ? &f->items[2 + many] : NULL;
    put_item(b, (ContentItem){.kind = CONTENT_TARGET_COUNTER,
                              .text = f->items[1].text,
                              .target = id,
                              .style = style_name(style),
                              .value = f});
}

static void put_function(Builder *b, const Value *f)
{
    const ContentContext *x = b->context;
    if (strcmp(f->text, "counter") == 0 || strcmp(f->text, "counters") == 0) {
        int at = f->text[7] ? 2 : 1;
        if (left_to_layout(x, f))
            put_item(b, (ContentItem){.kind = CONTENT_PAGE_COUNTER,
                                      .text = f->items[0].text,
                                      .style = style_name(f->count > at ? &f->items[at] : NULL),
                                      .value = f});
        else
            buffer_text(&b->text, counter_here(x, f));
    } else if (strcmp(f->text, "attr") == 0) {
        const char *text = attribute_text(x->node, f);
        bool url = f->items[1].kind == VALUE_IDENT && strcmp(f->items[1].text, "url") == 0;
        if (url && text)
            put_item(b, (ContentItem){.kind = CONTENT_IMAGE, .text = text});
        else if (text)
            buffer_text(&b->text, text);
    } else if (strcmp(f->text, "string") == 0) {
        put_item(b, (ContentItem){.kind = CONTENT_STRING,
                                  .text = f->items[0].text,
                                  .keyword = f->count > 1 ? f->items[1].keyword : KW_FIRST});
    } else if (strcmp(f->text, "element") == 0) {
        put_item(b, (ContentItem){.kind = CONTENT_ELEMENT,
                                  .text = f->items[0].text,
                                  .keyword = f->count > 1 ? f->items[1].keyword : KW_FIRST});
    } else if (strcmp(f->text, "content") == 0) {
        if (f->items[0].keyword == KW_TEXT)
            put_item(b, (ContentItem){.kind = CONTENT_CONTENTS, .text = x->node ? node_text(x->arena, x->node) : ""});
        else
            buffer_text(&b->text, part_text(x, f->items[0].keyword));
    } else if (strcmp(f->text, "leader") == 0) {
        put_item(b, (ContentItem){.kind = CONTENT_LEADER, .text = f->items[0].text});
    } else if (strncmp(f->text, "target-", 7) == 0) {
        put_target(b, f);
    } else {
        put_item(b, (ContentItem){.kind = CONTENT_IMAGE, .text = "", .value = f});
    }
}

/* Other counters of targets become text when everything is counted; the array must be final by then. */
static void note_uses(const ContentContext *context, ContentItem *items, int count)
{
    Cascade *cascade = context->cascade;
    for (int i = 0; i < count; i++) {
        const ContentItem *item = &items[i];
        if (item->kind == CONTENT_TARGET_COUNTER && !is_page_counter(cascade, item->text))
            VEC_PUSH(cascade->arena, cascade->target_uses,
                     ((TargetUse){&items[i], name_of(cascade->names, item->target), item->value}));
    }
}

Content content_build(const ContentContext *context, const Value *items)
{
    Builder b = {.context = context, .text = {.arena = context->arena}};
    for (int i = 0; items && i < items->count; i++) {
        const Value *item = &items->items[i];
        switch (item->kind) {
        case VALUE_STRING: buffer_text(&b.text, item->text); break;
        case VALUE_URL: put_item(&b, (ContentItem){.kind = CONTENT_IMAGE, .text = item->text, .value = item}); break;
        case VALUE_KEYWORD: put_quote(context, item->keyword, &b.text); break;
        case VALUE_FUNCTION: put_function(&b, item); break;
        default: break;
        }
    }
    flush_text(&b);
    note_uses(context, b.items.at, b.items.count);
    return (Content){b.items.count, b.items.at};
}
