/* How much text and how many links stand below each element of a page. */
#include "input/page.h"

bool page_is_inline(const Node *node)
{
    static const char *const names[] = {"a",      "span", "em",      "strong", "b",    "i",    "u",   "s",    "small",
                                        "big",    "font", "sub",     "sup",    "code", "cite", "q",   "abbr", "time",
                                        "mark",   "br",   "img",     "label",  "tt",   "ins",  "del", "kbd",  "samp",
                                        "var",    "bdi",  "bdo",     "ruby",   "rb",   "rt",   "rp",  "wbr",  "picture",
                                        "source", "nobr", "acronym", "dfn",    "data", NULL};
    for (int i = 0; names[i]; i++)
        if (strcmp(node->name, names[i]) == 0)
            return true;
    return false;
}

/* ---- measuring ---- */
static const Node *block_around(const Node *node)
{
    const Node *at = node->parent;
    while (at->parent && page_is_inline(at))
        at = at->parent;
    return at;
}

bool in_link(const Node *node)
{
    int levels = 0;
    for (const Node *at = node->parent; at && levels < 12; at = at->parent, levels++)
        if (node_is(at, "a"))
            return true;
    return false;
}

int visible_bytes(const Node *text)
{
    int count = 0;
    bool space = true;
    for (size_t i = 0; i < text->text_size; i++) {
        bool blank = is_space((unsigned char)text->text[i]);
        count += !blank || !space;
        space = blank;
    }
    return count;
}

static bool no_text(const Node *node)
{
    return node_is(node, "script") || node_is(node, "style") || node_is(node, "noscript") ||
           node_is(node, "template") || node_is(node, "head") || node_is(node, "textarea") || node_is(node, "select") ||
           node_is(node, "svg") || node_is(node, "iframe");
}

PageMeasure page_measure(Reader *reader, Node *root)
{
    int count = (int)document_number(root);
    PageMeasure m = {.count = count};
    int **all[] = {&m.text, &m.link, &m.good, &m.own, &m.own_link};
    for (int i = 0; i < 5; i++)
        *all[i] = NEW_ARRAY(reader->arena, int, count);
    m.nodes = NEW_ARRAY(reader->arena, Node *, count);
    for (const Node *at = root; at; at = node_after(at, root)) {
        m.nodes[at->index] = (Node *)at;
        if (at->kind != NODE_TEXT || !at->parent || no_text(at->parent))
            continue;
        int bytes = visible_bytes(at);
        const Node *block = block_around(at);
        int link = in_link(at) ? bytes : 0;
        m.text[at->index] = bytes;
        m.link[at->index] = link;
        m.own[block->index] += bytes;
        m.own_link[block->index] += link;
    }
    for (int i = count - 1; i > 0; i--) {
        Node *node = m.nodes[i];
        bool heading = node->kind == NODE_ELEMENT && node->name[0] == 'h' && node->name[1] >= '1' &&
                       node->name[1] <= '6' && !node->name[2];
        if (m.own[i] >= 60 && m.own_link[i] * 2 < m.own[i] && !heading && !node_is(node, "figcaption"))
            m.good[i] += m.own[i];
        uint32_t parent = node->parent->index;
        if (node->kind == NODE_ELEMENT && no_text(node))
            continue;
        m.text[parent] += m.text[i];
        m.link[parent] += m.link[i];
        m.good[parent] += m.good[i];
    }
    return m;
}
