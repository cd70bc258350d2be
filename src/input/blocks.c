/* Any HTML as clean blocks: wrappers, scripts and form controls go, loose text becomes paragraphs,
 * br-br parts them, white space is collapsed, pictures stand between paragraphs as figures.
 * No text is lost but what a browser would not show. */
#include "input/blocks.h"

#include <stdlib.h>

/* ---- the open block ---- */
void flush(Blocks *blocks)
{
    if (!blocks->text.size || !blocks->inner)
        return;
    size_t size;
    const char *text = nfc(blocks->reader->arena, blocks->text.data, blocks->text.size, &size);
    node_append_text(blocks->reader->arena, blocks->inner, text, size, blocks->text_source);
    blocks->text.size = 0;
}

/* "　" (U+3000) or no-break spaces that a text uses to indent its paragraphs: indents are the style sheet's. */
static size_t indent(const char *text, size_t size)
{
    size_t at = 0;
    for (;;) {
        if (at + 3 <= size && memcmp(text + at, "\xE3\x80\x80", 3) == 0)
            at += 3;
        else if (at + 2 <= size && memcmp(text + at, "\xC2\xA0", 2) == 0)
            at += 2;
        else if (at && at < size && text[at] == ' ')
            at++;
        else
            return at;
    }
}

static void trim_indent(Node *block)
{
    Node *first = block;
    while (first->first)
        first = first->first;
    if (first->kind != NODE_TEXT)
        return;
    size_t skip = indent(first->text, first->text_size);
    if (skip < first->text_size) {
        first->text += skip;
        first->text_size -= skip;
    }
}

/* A trailing space or break, then elements left empty. */
void trim_end(Node *block, bool pre)
{
    for (;;) {
        Node *last = block;
        while (last->last)
            last = last->last;
        if (last == block)
            return;
        if (last->kind == NODE_TEXT && !pre) {
            char *text = (char *)last->text;
            while (last->text_size && is_space((unsigned char)text[last->text_size - 1]))
                last->text_size--;
            text[last->text_size] = 0;
        }
        if (last->kind == NODE_TEXT ? last->text_size > 0 : strcmp(last->name, "img") == 0)
            return;
        node_remove(last);
    }
}

bool blank_block(const Node *block)
{
    for (const Node *at = block; at; at = node_after(at, block))
        if (at->kind == NODE_TEXT && !is_blank(at->text, at->text_size))
            return false;
    return true;
}

void block_end(Blocks *blocks)
{
    if (blocks->flat) {
        if (blocks->block && !blocks->space)
            blocks->breaks = 1;
        return;
    }
    blocks->breaks = 0;
    if (!blocks->block)
        return;
    flush(blocks);
    trim_end(blocks->block, blocks->pre);
    if (!blocks->pre)
        trim_indent(blocks->block);
    if (blank_block(blocks->block))
        node_remove(blocks->block);
    else
        blocks->last_figure = NULL;
    blocks->block = blocks->inner = NULL;
    blocks->made = 0;
    blocks->text.size = 0;
}

static void block_begin(Blocks *blocks, Source source)
{
    if (blocks->flat) {
        blocks->block = blocks->inner = blocks->target;
    } else {
        blocks->block = blocks->inner =
            new_element(blocks->reader, blocks->target, blocks->name ? blocks->name : "p", blocks->class_name, source);
    }
    blocks->made = 0;
    blocks->space = true;
}

static void copy_attributes(Blocks *blocks, Node *to, const Node *from)
{
    static const char *const kept[] = {"href", "lang", "dir", "title", NULL};
    for (int i = 0; kept[i]; i++) {
        const char *value = node_attribute(from, kept[i]);
        if (value && !(i == 0 && (starts_nocase(value, "javascript:") || value[0] == '#')))
            set_attribute(blocks->reader, to, kept[i], value);
    }
    static const char *const classes[] = {"dateline", "name", "role"};
    for (int i = 0; i < 3; i++)
        if (node_has_class(from, classes[i]))
            set_attribute(blocks->reader, to, "class", classes[i]);
}

/* The inline elements that are open in the source stand open in the block, too. */
static void open_inlines(Blocks *blocks)
{
    while (blocks->made < blocks->open.count) {
        flush(blocks);
        const Node *from = blocks->open.at[blocks->made++];
        blocks->inner = new_element(blocks->reader, blocks->inner, from->name, NULL, from->source);
        copy_attributes(blocks, blocks->inner, from);
    }
}

void pop_inline(Blocks *blocks)
{
    flush(blocks);
    if (blocks->made == blocks->open.count && blocks->inner && blocks->inner != blocks->block) {
        blocks->inner = blocks->inner->parent;
        blocks->made--;
    }
    blocks->open.count--;
}

/* The open block's last text ends as sentences of Chinese and Japanese do. */
static bool sentence_ended(const Blocks *blocks)
{
    static const char *const ends[] = {"。", "」", "』", "”", "）", "！", "？", "…", "♪", NULL};
    const Node *last = blocks->block;
    while (last->last)
        last = last->last;
    const char *text = blocks->text.size ? blocks->text.data : last->kind == NODE_TEXT ? last->text : "";
    size_t size = blocks->text.size ? blocks->text.size : last->kind == NODE_TEXT ? last->text_size : 0;
    while (size && text[size - 1] == ' ')
        size--;
    for (int i = 0; ends[i]; i++)
        if (size >= 3 && memcmp(text + size - 3, ends[i], 3) == 0)
            return true;
    return false;
}

/* What br asks for, before more text comes: one is a line end; two part paragraphs, or one before an indent. */
static void settle_breaks(Blocks *blocks, bool indented, Source source)
{
    if (indented && !blocks->flat && !blocks->name && blocks->block && sentence_ended(blocks) &&
        (blocks->breaks || blocks->space))
        blocks->breaks = 2;
    if (blocks->breaks && blocks->flat) {
        if (!blocks->space)
            buffer_text(&blocks->text, " ");
        blocks->space = true;
    } else if (blocks->breaks >= 2 && blocks->block && !blocks->name) {
        block_end(blocks);
    } else if (blocks->breaks && blocks->block && blocks->block->first) {
        flush(blocks);
        new_element(blocks->reader, blocks->inner, "br", NULL, source);
        blocks->space = true;
    }
    blocks->breaks = 0;
}

void add_word(Blocks *blocks, const char *text, size_t size, Source source)
{
    if (blocks->block && blocks->text.size)
        flush(blocks);
    settle_breaks(blocks, size > 3 && memcmp(text, "\xE3\x80\x80", 3) == 0, source);
    if (!blocks->block)
        block_begin(blocks, source);
    open_inlines(blocks);
    blocks->text_source = source;
    buffer_add(&blocks->text, text, size);
    blocks->space = false;
}

/* Entities that were escaped once too often ("o&amp;#39;clock"): taken off where one is sure. */
static char *unescape(Arena *arena, const char *text, size_t *size)
{
    Buffer out = {.arena = arena};
    buffer_add(&out, "", 0);
    for (const char *end = text + *size; text < end;) {
        const char *close = *text == '&' ? memchr(text, ';', (size_t)(end - text < 12 ? end - text : 12)) : NULL;
        uint32_t second = 0, code = 0;
        if (close && text[1] == '#')
            code = windows_1252((uint32_t)strtoul(text + 2 + (text[2] == 'x' || text[2] == 'X'), NULL,
                                                  text[2] == 'x' || text[2] == 'X' ? 16 : 10));
        else if (close)
            code = html_entity(text + 1, (size_t)(close - text - 1), &second);
        if (code >= 0x20 && code < 0x110000) {
            buffer_utf8(&out, code);
            text = close + 1;
        } else {
            buffer_add(&out, text++, 1);
        }
    }
    *size = out.size;
    return out.data;
}

static bool escaped_twice(const char *text, size_t size)
{
    for (const char *end = text + size; (text = memchr(text, '&', (size_t)(end - text))) != NULL; text++) {
        const char *close = memchr(text, ';', (size_t)(end - text < 12 ? end - text : 12));
        if (close &&
            ((text[1] == '#' && ((text[2] >= '0' && text[2] <= '9') || text[2] == 'x')) ||
             starts_nocase(text, "&quot;") || starts_nocase(text, "&nbsp;") || starts_nocase(text, "&rsquo;") ||
             starts_nocase(text, "&apos;") || starts_nocase(text, "&ndash;")))
            return true;
    }
    return false;
}

static void add_text(Blocks *blocks, const Node *node)
{
    const char *text = node->text;
    size_t size = node->text_size;
    if (escaped_twice(text, size))
        text = unescape(blocks->reader->arena, text, &size);
    if (blocks->pre) {
        add_word(blocks, text, size, node->source);
        return;
    }
    for (size_t i = 0; i < size;) {
        size_t start = i;
        while (i < size && !is_space((unsigned char)text[i]))
            i++;
        bool goes_on = blocks->text.size && blocks->breaks == 0 && blocks->made == blocks->open.count;
        bool indented = i - start > 3 && blocks->space && memcmp(text + start, "\xE3\x80\x80", 3) == 0;
        if (i > start && goes_on && !indented)
            buffer_add(&blocks->text, text + start, i - start);
        else if (i > start)
            add_word(blocks, text + start, i - start, node->source);
        blocks->space = i > start ? false : blocks->space;
        size_t end = i;
        while (i < size && is_space((unsigned char)text[i]))
            i++;
        if (i > end && blocks->block && !blocks->space && blocks->breaks == 0) {
            if (!blocks->text.size)
                blocks->text_source = node->source;
            buffer_add(&blocks->text, " ", 1);
            blocks->space = true;
        }
    }
}
/* ---- the walk ---- */
static void heading(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    bool first = node->name[0] == 'h' && (node->name[1] == 'l' || node->name[1] <= '2');
    blocks->name = first ? "h2" : "h3";
    blocks->class_name = "subhead";
    walk_children(blocks, node);
    block_end(blocks);
    blocks->name = blocks->class_name = NULL;
}

static void preformatted(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    blocks->pre = true;
    blocks->name = "pre";
    walk_children(blocks, node);
    block_end(blocks);
    blocks->pre = false;
    blocks->name = NULL;
}

static void kept(Blocks *blocks, const Node *node)
{
    bool plain = strcmp(node->name, "span") == 0 && !node_attribute(node, "lang") && !node_attribute(node, "dir") &&
                 !node_has_class(node, "dateline") && !node_has_class(node, "name") && !node_has_class(node, "role");
    const char *href = strcmp(node->name, "a") == 0 ? node_attribute(node, "href") : "";
    bool dead = !href || href[0] == '#' || starts_nocase(href, "javascript:");
    if (plain || (strcmp(node->name, "a") == 0 && (dead || blocks->flat)) || blocks->pre) {
        walk_children(blocks, node);
        return;
    }
    VEC_PUSH(blocks->reader->arena, blocks->open, node);
    walk_children(blocks, node);
    pop_inline(blocks);
}

static const Node *sibling(const Node *node, bool forward)
{
    const Node *at = forward ? node->next : node->previous;
    while (at && at->kind == NODE_TEXT && is_blank(at->text, at->text_size))
        at = forward ? at->next : at->previous;
    return at && at->kind == NODE_ELEMENT ? at : NULL;
}

/* A short line in an element of its own kind among paragraphs is a heading. */
static bool line_among_paragraphs(Blocks *blocks, const Node *node)
{
    enum { SHORT = 160, MANY = 4 }; /* bytes; paragraphs */
    const Node *before = sibling(node, false), *behind = sibling(node, true);
    if (strcmp(node->name, "div") != 0 || blocks->flat || !before || !behind || strcmp(behind->name, "p") != 0)
        return false;
    int paragraphs = 0;
    for (const Node *at = node->parent->first; at && paragraphs < MANY; at = at->next)
        paragraphs += at->kind == NODE_ELEMENT && strcmp(at->name, "p") == 0;
    if (paragraphs < MANY)
        return false;
    for (const Node *at = node->first; at; at = node_after(at, node))
        if (at->kind == NODE_ELEMENT && (strcmp(at->name, "a") == 0 || treatment(at) != AS_KEPT))
            return false;
    const char *text = clean_text(blocks->reader->arena, node_text(blocks->reader->arena, node));
    return strlen(text) >= 6 && strlen(text) <= SHORT && ends_open(text);
}

static void block(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    if (take_caption(blocks, node) || background(blocks, node))
        return;
    if (!blocks->flat && like_a_figure(blocks, node))
        figure(blocks, node);
    else if (line_among_paragraphs(blocks, node))
        heading(blocks, node);
    else
        walk_children(blocks, node);
    block_end(blocks);
}

static void walk_element(Blocks *blocks, const Node *node)
{
    switch (treatment(node)) {
    case AS_DROPPED: break;
    case AS_INLINE: walk_children(blocks, node); break;
    case AS_KEPT:
        if (background(blocks, node))
            break;
        if (!blocks->flat && node_has_class(node, "hmedia") && like_a_figure(blocks, node))
            figure(blocks, node);
        else
            kept(blocks, node);
        break;
    case AS_BLOCK:
    case AS_PARAGRAPH: block(blocks, node); break;
    case AS_BREAK: blocks->breaks++; break;
    case AS_IMAGE: image(blocks, node); break;
    case AS_NOSCRIPT:
        if (find_image(node) && !blocks->flat)
            figure(blocks, node);
        break;
    case AS_FIGURE: figure(blocks, node); break;
    case AS_FRACTION: fraction(blocks, node); break;
    case AS_ROOT: root(blocks, node); break;
    case AS_SCRIPT: script(blocks, node); break;
    default:
        if (blocks->flat) {
            block(blocks, node);
            break;
        }
        switch (treatment(node)) {
        case AS_HEADING: heading(blocks, node); break;
        case AS_LIST: list(blocks, node); break;
        case AS_DEFINITIONS: definitions(blocks, node); break;
        case AS_QUOTE: quote(blocks, node); break;
        case AS_PRE: preformatted(blocks, node); break;
        case AS_TABLE: table(blocks, node); break;
        case AS_RULE:
            block_end(blocks);
            if (blocks->target->last && !node_is(blocks->target->last, "hr"))
                new_element(blocks->reader, blocks->target, "hr", NULL, node->source);
            break;
        default: break;
        }
    }
}

void walk(Blocks *blocks, const Node *node)
{
    if (node->kind == NODE_TEXT && blocks->caption && counter(node))
        return;
    if (node->kind == NODE_TEXT)
        add_text(blocks, node);
    else if (!hidden(node))
        walk_element(blocks, node);
}

void walk_children(Blocks *blocks, const Node *node)
{
    for (const Node *child = node->first; child; child = child->next)
        walk(blocks, child);
}

Node *blocks_from(Reader *reader, const Node *from, const char *base)
{
    Node *body = new_element(reader, NULL, "div", "body", from->source);
    Blocks blocks = {.reader = reader, .base = base, .target = body, .text = {.arena = reader->arena}};
    for (const Node *at = from; at; at = node_after(at, from))
        blocks.whole += at->kind == NODE_TEXT && !is_blank(at->text, at->text_size) ? at->text_size : 0;
    walk_children(&blocks, from);
    block_end(&blocks);
    while (body->last && node_is(body->last, "hr"))
        node_remove(body->last);
    return body;
}
