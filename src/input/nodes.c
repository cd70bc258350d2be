/* Small work on nodes that are being built: making, moving, inline content, pictures. */
#include "input/internal.h"

#include <stdlib.h>

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
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
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

/* ---- pictures ---- */
static bool placeholder(const char *src)
{
    if (!src || !*src || strcmp(src, "#") == 0 || starts_nocase(src, "about:"))
        return true;
    if (starts_nocase(src, "data:"))
        return strlen(src) < 160 || starts_nocase(src, "data:image/gif");
    static const char *const words[] = {"placeholder", "blank.gif", "spacer.gif", "transparent.gif",
                                        "pixel.gif",   "1x1.",      "lazyload.",  "noimage",
                                        "no_image",    "no-image",  NULL};
    for (int i = 0; words[i]; i++)
        if (contains_nocase(src, words[i]))
            return true;
    return false;
}

/* The candidate of a srcset with the greatest width or density (HTML 4.8.4.2). */
static const char *largest(Arena *arena, const char *srcset)
{
    const char *best = NULL;
    double size = -1;
    for (const char *at = srcset; at && *at;) {
        while (is_space((unsigned char)*at) || *at == ',')
            at++;
        const char *start = at;
        while (*at && !is_space((unsigned char)*at))
            at++;
        size_t length = (size_t)(at - start);
        while (length && start[length - 1] == ',')
            length--;
        while (is_space((unsigned char)*at))
            at++;
        double value = strtod(at, NULL);
        while (*at && *at != ',')
            at++;
        char *url = arena_string(arena, start, length);
        if (length && value > size && !placeholder(url)) {
            size = value;
            best = url;
        }
    }
    return best;
}

static bool absolute(const char *href)
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

static int number(const Node *node, const char *name)
{
    const char *text = node_attribute(node, name);
    long value = text ? strtol(text, NULL, 10) : 0;
    return value > 0 && value < 100000 && !strchr(text, '%') ? (int)value : 0;
}

static bool tracker(const Node *img, const char *src)
{
    int width = number(img, "width"), height = number(img, "height");
    const char *text_width = node_attribute(img, "width"), *text_height = node_attribute(img, "height");
    if ((text_width && strcmp(text_width, "0") == 0) || (text_height && strcmp(text_height, "0") == 0))
        return true;
    if ((width && width <= 40) || (height && height <= 24))
        return true;
    static const char *const words[] = {"://ads.",
                                        "://ad.",
                                        "/pixel",
                                        "tracking",
                                        "/beacon",
                                        "feedburner.com/~",
                                        "doubleclick.",
                                        "/counter",
                                        "analytics",
                                        "spacer.",
                                        "/icon",
                                        "icon_",
                                        "ico_",
                                        "emoji",
                                        "/smilies/",
                                        "btn_",
                                        "bullet",
                                        "/facebook.",
                                        "/twitter.",
                                        "/delicious",
                                        "/digg.",
                                        "/reddit.",
                                        "/stumbleupon",
                                        "/linkedin.",
                                        "/pinterest.",
                                        "/google_plus",
                                        "logo_share",
                                        "share.png",
                                        NULL};
    for (int i = 0; words[i]; i++)
        if (contains_nocase(src, words[i]))
            return true;
    const char *alt = node_attribute(img, "alt");
    if (alt && (starts_nocase(alt, "add to ") || starts_nocase(alt, "share on ") || starts_nocase(alt, "email this") ||
                starts_nocase(alt, "print this")))
        return true;
    static const char *const names[] = {"icon",    "emoji", "smiley", "avatar", "gravatar", "logo",
                                        "tracker", "pixel", "sprite", "badge",  NULL};
    return named(img, names);
}

/* Of an img in a picture element: its first source in a format that can be printed. */
static const char *from_sources(Arena *arena, const Node *img)
{
    static const char *const sets[] = {"srcset", "data-srcset", "data-lazy-srcset", NULL};
    const Node *around = img->parent && strcmp(img->parent->name, "picture") == 0 ? img->parent : NULL;
    for (const Node *at = around ? around->first : NULL; at; at = at->next) {
        const char *type = at->kind == NODE_ELEMENT ? node_attribute(at, "type") : NULL;
        if (at->kind != NODE_ELEMENT || strcmp(at->name, "source") != 0 ||
            (type && (contains_nocase(type, "avif") || contains_nocase(type, "jxl"))))
            continue;
        for (int i = 0; sets[i]; i++) {
            const char *src = largest(arena, node_attribute(at, sets[i]));
            if (src)
                return src;
        }
    }
    return NULL;
}

bool picture_of(Reader *reader, const Node *img, const char *base, Picture *picture)
{
    static const char *const lazy[] = {"data-src",   "data-original", "data-lazy-src",   "data-lazy",     "data-url",
                                       "data-image", "data-img-url",  "data-hi-res-src", "data-full-src", NULL};
    static const char *const sets[] = {"data-srcset", "data-lazy-srcset", "srcset", NULL};
    const char *src = node_attribute(img, "src");
    const char *own = src;
    for (int i = 0; lazy[i] && placeholder(src); i++)
        src = node_attribute(img, lazy[i]);
    for (int i = 0; sets[i] && placeholder(src); i++)
        src = largest(reader->arena, node_attribute(img, sets[i]));
    if (placeholder(src) && from_sources(reader->arena, img))
        src = from_sources(reader->arena, img);
    if (placeholder(src) && own && starts_nocase(own, "data:image/") && strlen(own) > 120)
        src = own;
    else if (placeholder(src))
        return false;
    if (tracker(img, src))
        return false;
    *picture = (Picture){.src = clean_text(reader->arena, resolve(reader->arena, base, src)),
                         .alt = node_attribute(img, "alt"),
                         .width = number(img, "width"),
                         .height = number(img, "height"),
                         .source = img->source};
    if (picture->alt)
        picture->alt = clean_text(reader->arena, picture->alt);
    return true;
}

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
