/* Any HTML as clean blocks: wrappers, scripts and form controls go, loose text becomes paragraphs,
 * br-br parts them, white space is collapsed, pictures stand between paragraphs as figures.
 * No text is lost but what a browser would not show. */
#include "input/internal.h"

#include <stdlib.h>

typedef enum {
    AS_INLINE,
    AS_DROPPED,
    AS_BLOCK,
    AS_PARAGRAPH,
    AS_HEADING,
    AS_LIST,
    AS_DEFINITIONS,
    AS_QUOTE,
    AS_PRE,
    AS_TABLE,
    AS_RULE,
    AS_BREAK,
    AS_IMAGE,
    AS_FIGURE,
    AS_NOSCRIPT,
    AS_KEPT
} Treatment;

static Treatment treatment(const Node *node)
{
    static const struct {
        const char *name;
        Treatment as;
    } table[] = {
        {"p", AS_PARAGRAPH},
        {"div", AS_BLOCK},
        {"a", AS_KEPT},
        {"br", AS_BREAK},
        {"em", AS_KEPT},
        {"strong", AS_KEPT},
        {"b", AS_KEPT},
        {"i", AS_KEPT},
        {"img", AS_IMAGE},
        {"h1", AS_HEADING},
        {"h2", AS_HEADING},
        {"h3", AS_HEADING},
        {"h4", AS_HEADING},
        {"h5", AS_HEADING},
        {"h6", AS_HEADING},
        {"hl2", AS_HEADING},
        {"hl3", AS_HEADING},
        {"ul", AS_LIST},
        {"ol", AS_LIST},
        {"dl", AS_DEFINITIONS},
        {"blockquote", AS_QUOTE},
        {"bq", AS_QUOTE},
        {"pre", AS_PRE},
        {"listing", AS_PRE},
        {"xmp", AS_PRE},
        {"table", AS_TABLE},
        {"nitf-table", AS_BLOCK},
        {"hr", AS_RULE},
        {"amp-img", AS_IMAGE},
        {"picture", AS_FIGURE},
        {"figure", AS_FIGURE},
        {"noscript", AS_NOSCRIPT},
        {"section", AS_BLOCK},
        {"article", AS_BLOCK},
        {"main", AS_BLOCK},
        {"header", AS_BLOCK},
        {"footer", AS_BLOCK},
        {"center", AS_BLOCK},
        {"address", AS_BLOCK},
        {"body", AS_BLOCK},
        {"html", AS_BLOCK},
        {"block", AS_BLOCK},
        {"form", AS_BLOCK},
        {"fieldset", AS_BLOCK},
        {"details", AS_BLOCK},
        {"summary", AS_BLOCK},
        {"figcaption", AS_BLOCK},
        {"hgroup", AS_BLOCK},
        {"tr", AS_BLOCK},
        {"td", AS_BLOCK},
        {"th", AS_BLOCK},
        {"tbody", AS_BLOCK},
        {"thead", AS_BLOCK},
        {"tfoot", AS_BLOCK},
        {"caption", AS_BLOCK},
        {"li", AS_BLOCK},
        {"dt", AS_BLOCK},
        {"dd", AS_BLOCK},
        {"aside", AS_BLOCK},
        {"nav", AS_DROPPED},
        {"legend", AS_BLOCK},
        {"content", AS_BLOCK},
        {"body.content", AS_BLOCK},
        {"fn", AS_PARAGRAPH},
        {"note", AS_BLOCK},
        {"script", AS_DROPPED},
        {"style", AS_DROPPED},
        {"iframe", AS_DROPPED},
        {"object", AS_DROPPED},
        {"embed", AS_DROPPED},
        {"video", AS_DROPPED},
        {"audio", AS_DROPPED},
        {"canvas", AS_DROPPED},
        {"svg", AS_DROPPED},
        {"math", AS_INLINE},
        {"input", AS_DROPPED},
        {"button", AS_DROPPED},
        {"select", AS_DROPPED},
        {"textarea", AS_DROPPED},
        {"template", AS_DROPPED},
        {"head", AS_DROPPED},
        {"title", AS_DROPPED},
        {"meta", AS_DROPPED},
        {"link", AS_DROPPED},
        {"map", AS_DROPPED},
        {"dialog", AS_DROPPED},
        {"amp-ad", AS_DROPPED},
        {"amp-embed", AS_DROPPED},
        {"amp-video", AS_DROPPED},
        {"amp-social-share", AS_DROPPED},
        {"amp-analytics", AS_DROPPED},
        {"amp-sidebar", AS_DROPPED},
        {"sub", AS_KEPT},
        {"sup", AS_KEPT},
        {"code", AS_KEPT},
        {"kbd", AS_KEPT},
        {"samp", AS_KEPT},
        {"var", AS_KEPT},
        {"q", AS_KEPT},
        {"cite", AS_KEPT},
        {"abbr", AS_KEPT},
        {"u", AS_KEPT},
        {"s", AS_KEPT},
        {"del", AS_KEPT},
        {"ins", AS_KEPT},
        {"small", AS_KEPT},
        {"mark", AS_KEPT},
        {"dfn", AS_KEPT},
        {"ruby", AS_KEPT},
        {"rb", AS_KEPT},
        {"rt", AS_KEPT},
        {"rp", AS_KEPT},
        {"bdo", AS_KEPT},
        {"bdi", AS_KEPT},
        {"span", AS_KEPT},
        {"em.bold", AS_KEPT},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(node->name, table[i].name) == 0)
            return table[i].as;
    return AS_INLINE;
}

typedef struct {
    Reader *reader;
    const char *base;
    Node *target;           /* takes the blocks */
    Node *block;            /* the open one; NULL: none */
    Node *inner;            /* the innermost inline element open in it */
    VEC(const Node *) open; /* inline elements open in the source */
    int made;               /* of these, those that stand in the block */
    Buffer text;            /* not yet a node */
    Source text_source;
    int breaks;                    /* br since the last text */
    bool space;                    /* the last character of the block is a space */
    bool pre, flat;                /* flat: everything goes into one block */
    const char *name, *class_name; /* of the block to begin */
    Node *last_figure;             /* a caption may follow it */
} Blocks;

/* ---- the open block ---- */
static void flush(Blocks *blocks)
{
    if (!blocks->text.size || !blocks->inner)
        return;
    size_t size;
    const char *text = nfc(blocks->reader->arena, blocks->text.data, blocks->text.size, &size);
    node_append_text(blocks->reader->arena, blocks->inner, text, size, blocks->text_source);
    blocks->text.size = 0;
}

/* A trailing space or break, then elements left empty. */
static void trim_end(Node *block, bool pre)
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

static bool blank_block(const Node *block)
{
    for (const Node *at = block; at; at = node_after(at, block))
        if (at->kind == NODE_TEXT && !is_blank(at->text, at->text_size))
            return false;
    return true;
}

static void block_end(Blocks *blocks)
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

static void pop_inline(Blocks *blocks)
{
    flush(blocks);
    if (blocks->made == blocks->open.count && blocks->inner && blocks->inner != blocks->block) {
        blocks->inner = blocks->inner->parent;
        blocks->made--;
    }
    blocks->open.count--;
}

/* What br asks for, before more text comes: one is a line end, two part paragraphs. */
static void settle_breaks(Blocks *blocks, Source source)
{
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

static void add_word(Blocks *blocks, const char *text, size_t size, Source source)
{
    if (blocks->block && blocks->text.size)
        flush(blocks);
    settle_breaks(blocks, source);
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
        if (i > start && goes_on)
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

/* ---- pictures ---- */
static const char *const caption_words[] = {"caption", "figcaption", "cap",       "legend", "bildunterschrift",
                                            "txt_cap", "img_txt",    "photo_txt", "desc",   "pie",
                                            NULL};
static const char *const picture_words[] = {"image", "img",    "photo", "picture", "foto",
                                            "bild",  "figure", "pic",   "imagen",  NULL};
static const char *const credit_words[] = {"credit", "copyright", "copy",  "source",      "author", "photographer",
                                           "byline", "quelle",    "fonte", "attribution", NULL};

static const Node *find_image(const Node *in)
{
    for (const Node *at = in; at; at = node_after(at, in))
        if (at->kind == NODE_ELEMENT && (strcmp(at->name, "img") == 0 || strcmp(at->name, "amp-img") == 0))
            return at;
    return NULL;
}

static bool holds_text(const Node *in)
{
    for (const Node *at = in; at; at = node_after(at, in))
        if (at->kind == NODE_TEXT && !is_blank(at->text, at->text_size))
            return true;
    return false;
}

static void walk_children(Blocks *blocks, const Node *node);

static const Node *find_credit(const Node *in)
{
    for (const Node *at = in->first ? in->first : NULL; at; at = node_after(at, in))
        if (at->kind == NODE_ELEMENT && holds_text(at) &&
            (strcmp(at->name, "cite") == 0 || strcmp(at->name, "small") == 0 || named(at, credit_words)))
            return at;
    return NULL;
}

static void walk(Blocks *blocks, const Node *node);

static Node *inline_without(Reader *reader, const Node *from, const Node *without)
{
    Node *holder = new_element(reader, NULL, "span", NULL, from->source);
    Blocks blocks = {.reader = reader, .target = holder, .flat = true, .text = {.arena = reader->arena}};
    for (const Node *child = from->first; child; child = child->next) {
        const Node *up = without;
        while (up && up != child)
            up = up->parent;
        if (!up) {
            walk(&blocks, child);
        } else if (child != without) {
            Node *rest = inline_without(reader, child, without);
            if (rest)
                walk(&blocks, rest);
        }
    }
    flush(&blocks);
    trim_end(holder, false);
    return blank_block(holder) ? NULL : holder;
}

Node *inline_from(Reader *reader, const Node *from)
{
    return inline_without(reader, from, NULL);
}

static void split_caption(Reader *reader, const Node *from, Picture *picture)
{
    const Node *credit = find_credit(from);
    if (credit && !picture->credit)
        picture->credit = inline_from(reader, credit);
    Node *caption = inline_without(reader, from, credit);
    if (!picture->caption)
        picture->caption = caption;
}

static const Node *find_named(const Node *in, const char *const *words)
{
    for (const Node *at = in->first; at; at = node_after(at, in))
        if (at->kind == NODE_ELEMENT && named(at, words) && holds_text(at) && !find_image(at))
            return at;
    return NULL;
}

/* The caption: figcaption, else an element called so, else all loose text of a figure. */
static const Node *find_caption(const Node *figure)
{
    for (const Node *at = figure->first; at; at = node_after(at, figure))
        if (at->kind == NODE_ELEMENT && strcmp(at->name, "figcaption") == 0)
            return at;
    return find_named(figure, caption_words);
}

static void caption_of(Reader *reader, const Node *figure, Picture *picture)
{
    const Node *caption = find_caption(figure);
    if (caption)
        split_caption(reader, caption, picture);
    else if ((node_is(figure, "figure") || named(figure, picture_words)) && holds_text(figure))
        split_caption(reader, figure, picture);
    const Node *credit = picture->credit ? NULL : find_named(figure, credit_words);
    if (credit) {
        const Node *up = credit;
        while (up && up != caption)
            up = up->parent;
        if (!up)
            picture->credit = inline_from(reader, credit);
    }
}

bool picture_in(Reader *reader, const Node *figure, const char *base, Picture *picture)
{
    for (const Node *at = figure; at; at = node_after(at, figure))
        if (at->kind == NODE_ELEMENT && (strcmp(at->name, "img") == 0 || strcmp(at->name, "amp-img") == 0) &&
            picture_of(reader, at, base, picture)) {
            caption_of(reader, figure, picture);
            return true;
        }
    return false;
}

/* A picture stands before the paragraph that it interrupts. */
static Node *add_picture(Blocks *blocks, const Picture *picture)
{
    for (Node *at = blocks->target->last; at; at = at->previous)
        if (at->kind == NODE_ELEMENT && strcmp(at->name, "figure") == 0) {
            const char *src = at->first ? node_attribute(at->first, "src") : NULL;
            if (src && strcmp(src, picture->src) == 0 && !(picture->caption && figure_part(at, "caption")))
                return at;
            break;
        }
    Node *figure = figure_new(blocks->reader, blocks->target, picture);
    if (blocks->block && !blocks->flat) {
        flush(blocks);
        if (!blank_block(blocks->block))
            node_insert_before(figure, blocks->block);
        else
            block_end(blocks);
    }
    return blocks->last_figure = figure;
}

static void image(Blocks *blocks, const Node *node)
{
    static const char *const signs[] = {"emoji", "smiley", NULL};
    const char *alt = node_attribute(node, "alt");
    if (alt && *alt && strlen(alt) <= 16 && named(node, signs)) {
        add_word(blocks, alt, strlen(alt), node->source);
        return;
    }
    Picture picture;
    if (!blocks->flat && picture_of(blocks->reader, node, blocks->base, &picture))
        add_picture(blocks, &picture);
}

/* Pictures with words of their own below, or with blocks that are no caption, are more than one figure. */
static bool holds_more(const Node *node, const Node *caption)
{
    for (const Node *at = node->first; at; at = node_after(at, node)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        if (strcmp(at->name, "figure") == 0 && find_caption(at))
            return true;
        Treatment as = treatment(at);
        if (as != AS_TABLE && as != AS_QUOTE && as != AS_PRE && as != AS_LIST)
            continue;
        const Node *up = at;
        while (up && up != caption)
            up = up->parent;
        if (!up)
            return true;
    }
    return false;
}

/* What a gallery says of all its pictures stands under the first that has no words, else as text behind them. */
static void caption_gallery(Blocks *blocks, const Node *caption, const Node *before)
{
    Picture said = {0};
    split_caption(blocks->reader, caption, &said);
    for (Node *at = before ? before->next : blocks->target->first; at && said.caption; at = at->next)
        if (node_is(at, "figure") && !figure_part(at, "caption")) {
            figure_set_caption(blocks->reader, at, said.caption, figure_part(at, "credit") ? NULL : said.credit);
            return;
        }
    walk(blocks, caption);
}

static bool holds_figure(const Node *node)
{
    for (const Node *at = node->first; at; at = node_after(at, node))
        if (at->kind == NODE_ELEMENT && strcmp(at->name, "figure") == 0)
            return true;
    return false;
}

static void pictures_apart(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    const Node *before = blocks->target->last, *caption = NULL;
    bool gallery = holds_figure(node);
    for (const Node *at = node->first; at; at = at->next)
        if (gallery && !caption && at->kind == NODE_ELEMENT && strcmp(at->name, "figcaption") == 0)
            caption = at;
        else
            walk(blocks, at);
    block_end(blocks);
    if (caption)
        caption_gallery(blocks, caption, before);
    block_end(blocks);
}

/* A figure with one picture or none; several share its caption, unless each has its own. */
static void figure(Blocks *blocks, const Node *node)
{
    if (blocks->flat)
        return;
    if (holds_more(node, find_caption(node))) {
        pictures_apart(blocks, node);
        return;
    }
    Picture picture;
    VEC(Picture) found = {0};
    for (const Node *at = node->first; at; at = node_after(at, node)) {
        bool again = found.count &&
                     (strcmp(node->name, "picture") == 0 || (at->parent && strcmp(at->parent->name, "noscript") == 0));
        if (at->kind != NODE_ELEMENT || treatment(at) != AS_IMAGE || again ||
            !picture_of(blocks->reader, at, blocks->base, &picture) ||
            (found.count && strcmp(picture.src, found.at[0].src) == 0))
            continue;
        VEC_PUSH(blocks->reader->arena, found, picture);
    }
    if (found.count)
        caption_of(blocks->reader, node, &found.at[0]);
    for (int i = 0; i < found.count; i++)
        add_picture(blocks, &found.at[i]);
}

/* An element that is not a figure but stands for one: one picture and its caption. */
static bool like_a_figure(const Node *node)
{
    int images = 0;
    size_t text = 0;
    for (const Node *at = node->first; at; at = node_after(at, node)) {
        if (at->kind == NODE_TEXT)
            text += is_blank(at->text, at->text_size) ? 0 : at->text_size;
        else
            images += strcmp(at->name, "img") == 0 && !(at->parent && strcmp(at->parent->name, "noscript") == 0);
        if (images > 1 || text > 900)
            return false;
    }
    if (text == 0 || images != 1)
        return false;
    const Node *caption = find_named(node, caption_words);
    if (!caption)
        return named(node, picture_words) && text <= 400;
    size_t inside = 0;
    for (const Node *at = caption; at; at = node_after(at, caption))
        inside += at->kind == NODE_TEXT && !is_blank(at->text, at->text_size) ? at->text_size : 0;
    return inside * 2 >= text;
}

/* ---- containers ---- */
static Blocks nested(const Blocks *blocks, Node *target)
{
    return (Blocks){
        .reader = blocks->reader, .base = blocks->base, .target = target, .text = {.arena = blocks->reader->arena}};
}

/* A single paragraph inside a list item or a cell is just its text. */
static void hoist(Node *holder)
{
    if (holder->first && holder->first == holder->last && node_is(holder->first, "p")) {
        Node *only = holder->first;
        node_remove(only);
        node_move_children(only, holder);
    }
}

static Node *fill(Blocks *blocks, Node *holder, const Node *from)
{
    Blocks inside = nested(blocks, holder);
    walk_children(&inside, from);
    block_end(&inside);
    hoist(holder);
    if (!holder->first)
        node_remove(holder);
    return holder->first ? holder : NULL;
}

static void list(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    Node *made = new_element(blocks->reader, blocks->target, node->name, NULL, node->source);
    set_attribute(blocks->reader, made, "start", node_attribute(node, "start"));
    for (const Node *child = node->first; child; child = child->next) {
        if (child->kind == NODE_TEXT ? is_blank(child->text, child->text_size)
                                     : treatment(child) == AS_DROPPED || hidden(child))
            continue;
        Node *item = new_element(blocks->reader, made, "li", NULL, child->source);
        if (child->kind == NODE_ELEMENT && strcmp(child->name, "li") == 0) {
            fill(blocks, item, child);
        } else {
            Blocks inside = nested(blocks, item);
            walk(&inside, child);
            block_end(&inside);
            hoist(item);
            if (!item->first)
                node_remove(item);
        }
    }
    /* Items that hold nothing but pictures are a gallery, not a list. */
    bool text = holds_text(made);
    while (!text && made->first) {
        Node *item = made->first;
        node_remove(item);
        node_move_children(item, blocks->target);
    }
    if (!made->first)
        node_remove(made);
}

static void definitions(Blocks *blocks, const Node *node)
{
    for (const Node *child = node->first; child; child = child->next) {
        if (child->kind != NODE_ELEMENT || strcmp(child->name, "dt") != 0) {
            walk(blocks, child);
            continue;
        }
        block_end(blocks);
        VEC_PUSH(blocks->reader->arena, blocks->open, new_element(blocks->reader, NULL, "strong", NULL, child->source));
        walk_children(blocks, child);
        block_end(blocks);
        pop_inline(blocks);
    }
}

static void quote(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    Node *made = new_element(blocks->reader, blocks->target, "blockquote", NULL, node->source);
    Blocks inside = nested(blocks, made);
    walk_children(&inside, node);
    block_end(&inside);
    if (!made->first)
        node_remove(made);
}

/* ---- tables: of data, or for layout ---- */
typedef struct {
    int rows, cells, widest, long_cells, headers, nested, pictures;
} TableFacts;

static void table_facts(const Node *node, TableFacts *facts)
{
    for (const Node *at = node->first; at; at = node_after(at, node)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        facts->nested += strcmp(at->name, "table") == 0;
        facts->pictures += strcmp(at->name, "img") == 0;
        facts->headers += strcmp(at->name, "th") == 0;
        if (strcmp(at->name, "tr") == 0) {
            int cells = 0;
            for (const Node *cell = at->first; cell; cell = cell->next)
                cells += cell->kind == NODE_ELEMENT;
            facts->rows++;
            facts->widest = cells > facts->widest ? cells : facts->widest;
        }
        if (strcmp(at->name, "td") == 0) {
            size_t size = 0;
            for (const Node *text = at->first; text; text = node_after(text, at))
                size += text->kind == NODE_TEXT && !is_blank(text->text, text->text_size) ? text->text_size : 0;
            facts->cells++;
            facts->long_cells += size > 400;
        }
    }
}

static void table_rows(Blocks *blocks, Node *into, const Node *from)
{
    Node *part = NULL;
    for (const Node *child = from->first; child; child = child->next) {
        if (child->kind != NODE_ELEMENT)
            continue;
        if (strcmp(child->name, "caption") == 0) {
            fill(blocks, new_element(blocks->reader, into, "caption", NULL, child->source), child);
        } else if (strcmp(child->name, "thead") == 0 || strcmp(child->name, "tbody") == 0 ||
                   strcmp(child->name, "tfoot") == 0) {
            Node *made = new_element(blocks->reader, into, child->name, NULL, child->source);
            table_rows(blocks, made, child);
            if (!made->first)
                node_remove(made);
            part = NULL;
        } else if (strcmp(child->name, "tr") == 0) {
            bool bare = node_is(into, "table");
            if (bare && !part)
                part = new_element(blocks->reader, into, "tbody", NULL, child->source);
            Node *row = new_element(blocks->reader, bare ? part : into, "tr", NULL, child->source);
            for (const Node *cell = child->first; cell; cell = cell->next) {
                if (cell->kind != NODE_ELEMENT)
                    continue;
                Node *made =
                    new_element(blocks->reader, row, strcmp(cell->name, "th") == 0 ? "th" : "td", NULL, cell->source);
                set_attribute(blocks->reader, made, "colspan", node_attribute(cell, "colspan"));
                set_attribute(blocks->reader, made, "rowspan", node_attribute(cell, "rowspan"));
                Blocks inside = nested(blocks, made);
                walk_children(&inside, cell);
                block_end(&inside);
                hoist(made);
            }
        }
    }
}

static void table(Blocks *blocks, const Node *node)
{
    TableFacts facts = {0};
    table_facts(node, &facts);
    bool data = !facts.nested && facts.widest >= 2 &&
                (facts.headers || (facts.rows >= 2 && facts.long_cells == 0 && !facts.pictures));
    block_end(blocks);
    if (!data) {
        if (like_a_figure(node))
            figure(blocks, node);
        else
            walk_children(blocks, node);
        block_end(blocks);
        return;
    }
    Node *made = new_element(blocks->reader, blocks->target, "table", NULL, node->source);
    table_rows(blocks, made, node);
    if (!holds_text(made))
        node_remove(made);
}

/* ---- the walk ---- */
static void heading(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    blocks->name = node->name[1] == 'l' || node->name[1] <= '2' ? "h2" : "h3";
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

static void block(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    bool caption = blocks->last_figure && !blocks->flat && named(node, caption_words) && holds_text(node) &&
                   !find_image(node) && !figure_part(blocks->last_figure, "caption");
    if (caption) {
        Picture parts = {0};
        split_caption(blocks->reader, node, &parts);
        figure_set_caption(blocks->reader, blocks->last_figure, parts.caption,
                           figure_part(blocks->last_figure, "credit") ? NULL : parts.credit);
        blocks->last_figure = NULL;
    } else if (!blocks->flat && like_a_figure(node)) {
        figure(blocks, node);
    } else {
        walk_children(blocks, node);
    }
    block_end(blocks);
}

static void walk_element(Blocks *blocks, const Node *node)
{
    switch (treatment(node)) {
    case AS_DROPPED: break;
    case AS_INLINE: walk_children(blocks, node); break;
    case AS_KEPT: kept(blocks, node); break;
    case AS_BLOCK:
    case AS_PARAGRAPH: block(blocks, node); break;
    case AS_BREAK: blocks->breaks++; break;
    case AS_IMAGE: image(blocks, node); break;
    case AS_NOSCRIPT:
        if (find_image(node) && !blocks->flat)
            figure(blocks, node);
        break;
    case AS_FIGURE: figure(blocks, node); break;
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

static void walk(Blocks *blocks, const Node *node)
{
    if (node->kind == NODE_TEXT)
        add_text(blocks, node);
    else if (!hidden(node))
        walk_element(blocks, node);
}

static void walk_children(Blocks *blocks, const Node *node)
{
    for (const Node *child = node->first; child; child = child->next)
        walk(blocks, child);
}

Node *blocks_from(Reader *reader, const Node *from, const char *base)
{
    Node *body = new_element(reader, NULL, "div", "body", from->source);
    Blocks blocks = {.reader = reader, .base = base, .target = body, .text = {.arena = reader->arena}};
    walk_children(&blocks, from);
    block_end(&blocks);
    while (body->last && node_is(body->last, "hr"))
        node_remove(body->last);
    return body;
}
