/* The document tree: building it, asking it, showing it. See document.h. */
#include "document/document.h"

#include <stdio.h>

static const char html_namespace[] = "http://www.w3.org/1999/xhtml";

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* The next node in document order below top; NULL after the last. */
static const Node *following(const Node *node, const Node *top)
{
    if (node->first)
        return node->first;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

/* ---- asking ---- */
const char *node_attribute(const Node *node, const char *name)
{
    for (int i = 0; i < node->attribute_count; i++)
        if (!node->attributes[i].ns && strcmp(node->attributes[i].name, name) == 0)
            return node->attributes[i].value;
    return NULL;
}

bool node_is(const Node *node, const char *name)
{
    return node->kind == NODE_ELEMENT && (node->ns_kind == NS_HTML || node->ns_kind == NS_NONE) &&
           strcmp(node->name, name) == 0;
}

bool node_has_class(const Node *node, const char *name)
{
    for (int i = 0; i < node->class_count; i++)
        if (strcmp(node->classes[i], name) == 0)
            return true;
    return false;
}

static void add_collapsed(Buffer *out, const char *text, size_t size, bool *space)
{
    for (size_t i = 0; i < size;) {
        size_t start = i;
        while (i < size && !is_space(text[i]))
            i++;
        if (i > start) {
            if (*space && out->size)
                buffer_add(out, " ", 1);
            buffer_add(out, text + start, i - start);
            *space = false;
        }
        while (i < size && is_space(text[i])) {
            *space = true;
            i++;
        }
    }
}

const char *node_text(Arena *arena, const Node *node)
{
    Buffer out = {.arena = arena};
    bool space = false;
    for (const Node *at = node; at; at = following(at, node)) {
        if (at->kind == NODE_TEXT)
            add_collapsed(&out, at->text, at->text_size, &space);
        else if (node_is(at, "br"))
            space = true;
    }
    return out.data ? out.data : "";
}

/* ---- building ---- */
static Node *append(Arena *arena, Node *parent, NodeKind kind, Source source)
{
    Node *node = NEW(arena, Node);
    node->kind = (uint8_t)kind;
    node->source = source;
    node->parent = parent;
    if (parent) {
        node->previous = parent->last;
        if (parent->last)
            parent->last->next = node;
        else
            parent->first = node;
        parent->last = node;
    }
    return node;
}

static NamespaceKind namespace_kind(Name ns)
{
    return !ns                                                     ? NS_NONE
           : strcmp(ns, html_namespace) == 0                       ? NS_HTML
           : strcmp(ns, "http://www.w3.org/2000/svg") == 0         ? NS_SVG
           : strcmp(ns, "http://www.w3.org/1998/Math/MathML") == 0 ? NS_MATHML
                                                                   : NS_OTHER;
}

Node *node_append_element(Arena *arena, Names *names, Node *parent, Name name, Name ns, Source source)
{
    (void)names;
    Node *node = append(arena, parent, NODE_ELEMENT, source);
    node->name = name;
    node->ns = ns;
    node->ns_kind = (uint8_t)(parent && parent->ns == ns ? (NamespaceKind)parent->ns_kind : namespace_kind(ns));
    return node;
}

Node *node_append_text(Arena *arena, Node *parent, const char *text, size_t size, Source source)
{
    Node *node = append(arena, parent, NODE_TEXT, source);
    node->text = arena_string(arena, text, size);
    node->text_size = size;
    return node;
}

static void set_classes(Arena *arena, Names *names, Node *node, const char *value)
{
    VEC(Name) classes = {0};
    for (const char *at = value; *at;) {
        while (is_space(*at))
            at++;
        const char *start = at;
        while (*at && !is_space(*at))
            at++;
        if (at > start)
            VEC_PUSH(arena, classes, name_intern(names, start, (size_t)(at - start)));
    }
    node->classes = classes.at;
    node->class_count = classes.count;
}

/* Elements have few attributes: the array grows at powers of two. */
static Attribute *attribute_slot(Arena *arena, Node *node, Name name, Name ns)
{
    Attribute *list = (Attribute *)node->attributes;
    int count = node->attribute_count;
    for (int i = 0; i < count; i++)
        if (list[i].name == name && list[i].ns == ns)
            return &list[i];
    if ((count & (count - 1)) == 0) {
        list = NEW_ARRAY(arena, Attribute, count ? count * 2 : 1);
        if (count)
            memcpy(list, node->attributes, sizeof *list * (size_t)count);
        node->attributes = list;
    }
    node->attribute_count++;
    return &list[count];
}

void node_set_attribute(Arena *arena, Names *names, Node *node, Name name, Name ns, const char *value)
{
    const char *copy = arena_string(arena, value, strlen(value));
    *attribute_slot(arena, node, name, ns) = (Attribute){name, ns, copy};
    bool xml = ns && strcmp(ns, "http://www.w3.org/XML/1998/namespace") == 0;
    if (strcmp(name, "id") == 0 && (!ns || (xml && !node->id)))
        node->id = *copy ? name_of(names, copy) : NULL;
    else if (!ns && strcmp(name, "class") == 0)
        set_classes(arena, names, node, copy);
}

uint32_t document_number(Node *root)
{
    uint32_t count = 0;
    for (Node *at = root; at; at = (Node *)following(at, root))
        at->index = count++;
    return count;
}

/* ---- showing ---- */
static void put_attribute(Buffer *out, const char *name, const char *value)
{
    if (!value)
        return;
    buffer_format(out, " %s=\"", name);
    buffer_xml(out, value, strlen(value));
    buffer_text(out, "\"");
}

static bool blank(const Node *text)
{
    for (size_t i = 0; i < text->text_size; i++)
        if (!is_space(text->text[i]))
            return false;
    return true;
}

/* Elements without text of their own are laid out on lines; lines of text and all others stay as they are. */
static bool laid_out(const Node *node)
{
    static const char *const lines[] = {"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "figcaption"};
    bool elements = false;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (node_is(node, lines[i]))
            return false;
    for (const Node *child = node->first; child; child = child->next) {
        if (child->kind == NODE_TEXT && (!blank(child) || !memchr(child->text, '\n', child->text_size)))
            return false;
        elements |= child->kind == NODE_ELEMENT;
    }
    return elements;
}

static void put_line(Buffer *out, int depth)
{
    buffer_format(out, "\n%*s", depth * 2, "");
}

static const char *attribute_prefix(const Attribute *attribute)
{
    if (!attribute->ns)
        return "";
    if (strcmp(attribute->ns, "http://www.w3.org/XML/1998/namespace") == 0)
        return "xml:";
    return strcmp(attribute->ns, "http://www.w3.org/1999/xlink") == 0 ? "xlink:" : "other:";
}

static void put_start(Buffer *out, const Node *node)
{
    buffer_format(out, "<%s", node->name);
    if (!node->parent || node->parent->ns != node->ns)
        put_attribute(out, "xmlns", node->ns ? node->ns : node->parent ? "" : NULL);
    for (int i = 0; i < node->attribute_count; i++) {
        const Attribute *attribute = &node->attributes[i];
        buffer_format(out, " %s%s=\"", attribute_prefix(attribute), attribute->name);
        buffer_xml(out, attribute->value, strlen(attribute->value));
        buffer_text(out, "\"");
    }
    if (node->source.line)
        buffer_format(out, " at=\"%d:%d\"", node->source.line, node->source.column);
    buffer_text(out, node->first ? ">" : "/>");
}

/* lines: this element's children stand on lines of their own. */
static void put_children(Buffer *out, const Node *node, bool lines, int depth);

static void put_node(Buffer *out, const Node *node, bool lines, int depth)
{
    if (node->kind == NODE_TEXT) {
        buffer_xml(out, node->text, node->text_size);
        return;
    }
    put_start(out, node);
    if (node->first)
        put_children(out, node, lines && laid_out(node), depth + 1);
}

static void put_children(Buffer *out, const Node *node, bool lines, int depth)
{
    for (const Node *child = node->first; child; child = child->next) {
        if (lines && child->kind == NODE_TEXT)
            continue;
        if (lines)
            put_line(out, depth);
        put_node(out, child, lines, depth);
    }
    if (lines)
        put_line(out, depth - 1);
    buffer_format(out, "</%s>", node->name);
}

static void put_sheet(Buffer *out, const DocumentSheet *sheet)
{
    buffer_text(out, "  <sheet");
    put_attribute(out, "href", sheet->href);
    put_attribute(out, "media", sheet->media);
    put_attribute(out, "title", sheet->title);
    put_attribute(out, "alternate", sheet->alternate ? "yes" : NULL);
    buffer_format(out, " at=\"%d:%d\">", sheet->source.line, sheet->source.column);
    if (sheet->text)
        buffer_xml(out, sheet->text, strlen(sheet->text));
    buffer_text(out, "</sheet>\n");
}

void document_dump(const Document *document, Buffer *out)
{
    buffer_format(out, "<document kind=\"%s\"", document->kind == DOCUMENT_ARTICLE ? "article" : "plain");
    put_attribute(out, "html", document->html ? "yes" : "no");
    put_attribute(out, "quirks", document->quirks ? "yes" : NULL);
    put_attribute(out, "language", document->language);
    put_attribute(out, "title", document->title);
    put_attribute(out, "authors", document->authors);
    put_attribute(out, "subject", document->subject);
    put_attribute(out, "keywords", document->keywords);
    put_attribute(out, "copyright", document->copyright);
    put_attribute(out, "date", document->date);
    buffer_text(out, ">\n");
    for (int i = 0; i < document->sheet_count; i++)
        put_sheet(out, &document->sheets[i]);
    if (document->root) {
        buffer_text(out, "  ");
        put_node(out, document->root, true, 1);
        buffer_text(out, "\n");
    }
    buffer_text(out, "</document>\n");
}
