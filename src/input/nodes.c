/* Small work on nodes that are being built: making, moving, inline content, figures. */
#include "input/internal.h"

Node *new_element(Reader *reader, Node *parent, const char *name, const char *class_name, Source source)
{
    Node *node =
        node_append_element(reader->arena, reader->names, parent, name_of(reader->names, name), reader->html, source);
    if (class_name)
        set_attribute(reader, node, "class", class_name);
    return node;
}

void set_attribute(Reader *reader, Node *node, const char *name, const char *value)
{
    if (value)
        node_set_attribute(reader->arena, reader->names, node, name_of(reader->names, name), NULL, value);
}

void node_remove(Node *node)
{
    Node *parent = node->parent;
    if (!parent)
        return;
    *(node->previous ? &node->previous->next : &parent->first) = node->next;
    *(node->next ? &node->next->previous : &parent->last) = node->previous;
    node->parent = node->previous = node->next = NULL;
}

void node_insert_before(Node *node, Node *before)
{
    node_remove(node);
    Node *parent = before->parent;
    node->parent = parent;
    node->next = before;
    node->previous = before->previous;
    *(before->previous ? &before->previous->next : &parent->first) = node;
    before->previous = node;
}

void node_move(Node *node, Node *to)
{
    node_remove(node);
    node->parent = to;
    node->previous = to->last;
    *(to->last ? &to->last->next : &to->first) = node;
    to->last = node;
}

void node_move_children(Node *from, Node *to)
{
    while (from->first)
        node_move(from->first, to);
}

const Node *node_after(const Node *node, const Node *top)
{
    if (node->first)
        return node->first;
    while (node && node != top && !node->next)
        node = node->parent;
    return !node || node == top ? NULL : node->next;
}

Node *inline_text(Reader *reader, const char *text, Source source)
{
    const char *clean = text ? clean_text(reader->arena, text) : "";
    if (!*clean || is_blank(clean, strlen(clean)))
        return NULL;
    Node *holder = new_element(reader, NULL, "span", NULL, source);
    node_append_text(reader->arena, holder, clean, strlen(clean), source);
    return holder;
}

/* ---- class names ---- */
static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* A word as it stands in names such as "article-body", "articleBody", "art_body": it starts where
 * a letter follows none, or a capital follows a small letter; it may go on ("caption" in "captions"). */
static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = text; *at; at++) {
        if (!starts_nocase(at, word))
            continue;
        bool starts = at == text || !letter(at[-1]) || (at[0] >= 'A' && at[0] <= 'Z' && at[-1] >= 'a');
        char next = at[length];
        bool ends = !letter(next) || (next >= 'A' && next <= 'Z') || (lower(next) == 's' && !letter(at[length + 1]));
        if (starts && ends)
            return true;
    }
    return false;
}

bool named(const Node *node, const char *const *words)
{
    const char *values[] = {node_attribute(node, "class"), node_attribute(node, "id"), node_attribute(node, "itemprop"),
                            node_attribute(node, "rel")};
    for (size_t v = 0; v < sizeof values / sizeof *values; v++)
        for (int i = 0; values[v] && words[i]; i++)
            if (has_word(values[v], words[i]))
                return true;
    return false;
}

bool hidden(const Node *node)
{
    static const char *const words[] = {
        "blind",  "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader", "is_blind",
        "hidden", NULL};
    const char *style = node_attribute(node, "style"), *aria = node_attribute(node, "aria-hidden");
    if (node_attribute(node, "hidden") ||
        (aria && strcmp(aria, "true") == 0 && !node_is(node, "figure") && !node_is(node, "img")))
        return true;
    if (style && (contains_nocase(style, "display:none") || contains_nocase(style, "display: none") ||
                  contains_nocase(style, "visibility:hidden")))
        return true;
    const char *class_name = node_attribute(node, "class");
    for (int i = 0; class_name && words[i]; i++)
        for (int k = 0; k < node->class_count; k++)
            if (text_equal_nocase(node->classes[k], words[i]))
                return true;
    return false;
}

/* ---- addresses ---- */
bool absolute(const char *href)
{
    if (href[0] == '/' || href[0] == '#')
        return true;
    const char *at = href;
    while (letter(*at) || (at > href && ((*at >= '0' && *at <= '9') || *at == '+' || *at == '-' || *at == '.')))
        at++;
    return at > href && *at == ':';
}

const char *resolve(Arena *arena, const char *base, const char *href)
{
    if (!base || !*base || absolute(href))
        return href;
    const char *slash = strrchr(base, '/');
    if (!slash || (slash > base && slash[-1] == '/'))
        return slash ? arena_format(arena, "%s/%s", base, href) : href;
    return arena_format(arena, "%.*s%s", (int)(slash - base + 1), base, href);
}

/* ---- figures ---- */
/* <figure class="picture"><img><figcaption><span class="caption"/> <span class="credit"/></figcaption></figure> */
Node *figure_new(Reader *reader, Node *parent, const Picture *picture)
{
    Node *figure = new_element(reader, parent, "figure", "picture", picture->source);
    Node *img = new_element(reader, figure, "img", NULL, picture->source);
    set_attribute(reader, img, "src", picture->src);
    set_attribute(reader, img, "alt", picture->alt ? picture->alt : "");
    if (picture->width && picture->height) {
        set_attribute(reader, img, "width", arena_format(reader->arena, "%d", picture->width));
        set_attribute(reader, img, "height", arena_format(reader->arena, "%d", picture->height));
    }
    figure_set_caption(reader, figure, picture->caption, picture->credit);
    return figure;
}

static Node *child_with_class(Node *node, const char *class_name)
{
    for (Node *child = node ? node->first : NULL; child; child = child->next)
        if (child->kind == NODE_ELEMENT && node_has_class(child, class_name))
            return child;
    return NULL;
}

Node *figure_part(Node *figure, const char *class_name)
{
    for (Node *child = figure->first; child; child = child->next)
        if (node_is(child, "figcaption"))
            return child_with_class(child, class_name);
    return NULL;
}

void figure_set_caption(Reader *reader, Node *figure, Node *caption, Node *credit)
{
    if (!caption && !credit)
        return;
    Node *figcaption =
        figure->last && node_is(figure->last, "figcaption")
            ? figure->last
            : new_element(reader, figure, "figcaption", NULL, caption ? caption->source : credit->source);
    if (caption)
        node_move_children(caption, new_element(reader, figcaption, "span", "caption", caption->source));
    if (credit && figcaption->first)
        node_append_text(reader->arena, figcaption, " ", 1, credit->source);
    if (credit)
        node_move_children(credit, new_element(reader, figcaption, "span", "credit", credit->source));
}
