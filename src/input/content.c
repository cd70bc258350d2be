/* Where a page keeps its article: structured marks first, then where the text is dense. */
#include "input/page.h"

static bool marked_body(const Node *node)
{
    const char *itemprop = node_attribute(node, "itemprop");
    if (itemprop && strcmp(itemprop, "articleBody") == 0)
        return true;
    static const char *const classes[] = {"e-content",    "entry-content", "article-body",
                                          "articleBody",  "article_body",  "story-body",
                                          "post-content", "article__body", "article-content"};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (node_has_class(node, classes[i]))
            return true;
    return false;
}

static Node *most_text(const PageMeasure *m, bool (*fits)(const Node *))
{
    Node *best = NULL;
    for (int i = 1; i < m->count; i++) {
        Node *node = m->nodes[i];
        if (node->kind == NODE_ELEMENT && fits(node) &&
            (!best || m->good[i] > m->good[best->index] ||
             (m->good[i] == m->good[best->index] && m->text[i] > m->text[best->index])))
            best = node;
    }
    return best;
}

static bool is_article(const Node *node)
{
    return node_is(node, "article") || node_has_class(node, "h-entry") || node_has_class(node, "hentry");
}

static bool is_main(const Node *node)
{
    const char *role = node_attribute(node, "role");
    return node_is(node, "main") || (role && strcmp(role, "main") == 0);
}

/* Text counts for what holds it, half for what holds that, and so on. */
static Node *densest(Reader *reader, const PageMeasure *m, Node *scope)
{
    int64_t *score = NEW_ARRAY(reader->arena, int64_t, m->count);
    for (int i = 1; i < m->count; i++) {
        Node *node = m->nodes[i];
        if (node->kind != NODE_ELEMENT || m->own[i] < 60 || m->own_link[i] * 2 >= m->own[i] || !m->good[i])
            continue;
        bool paragraph =
            node_is(node, "p") || node_is(node, "pre") || node_is(node, "blockquote") || node_is(node, "li");
        Node *up = paragraph && node->parent ? node->parent : node;
        int share = 6;
        for (; up && share > 0; up = up->parent, share = share == 6 ? 3 : share == 3 ? 2 : share == 2 ? 1 : 0)
            score[up->index] += (int64_t)m->own[i] * share;
    }
    Node *best = NULL;
    int64_t most = 0;
    for (int i = 0; i < m->count; i++) {
        Node *node = m->nodes[i];
        if (node->kind != NODE_ELEMENT || !score[i] || !m->text[i] || !node_holds(scope, node))
            continue;
        int64_t value = score[i] * (m->text[i] - m->link[i]) / m->text[i];
        if (value > most) {
            most = value;
            best = node;
        }
    }
    return best;
}

/* A parent whose further children hold as much more of the text. */
static Node *widen(const PageMeasure *m, Node *node, const Node *scope)
{
    for (Node *up = node->parent; up && node != scope; up = up->parent) {
        bool more = m->good[up->index] * 100 > m->good[node->index] * 112;
        bool clean = m->link[up->index] * 3 < m->text[up->index];
        if (more && clean && (is_article(up) || marked_body(up) || m->good[up->index] < m->good[node->index] * 2))
            node = up;
        if (up == scope)
            break;
    }
    return node;
}

Node *page_content(Reader *reader, Node *root, const Node *headline)
{
    PageMeasure m = page_measure(reader, root);
    Node *body = most_text(&m, marked_body), *article = most_text(&m, is_article), *main = most_text(&m, is_main);
    Node *dense = densest(reader, &m, root);
    int best = dense ? m.good[dense->index] : 0;
    if (body && m.good[body->index] > 0 && m.good[body->index] * 2 >= best)
        return body;
    Node *scope = root;
    if (main && m.good[main->index] * 2 >= best && m.text[main->index])
        scope = main;
    if (article && m.good[article->index] * 2 >= best && m.text[article->index])
        scope = article;
    if (headline && scope != root && !node_holds(scope, headline) && best && !m.good[scope->index])
        scope = root;
    if (scope != root)
        dense = densest(reader, &m, scope);
    if (!dense)
        return scope;
    /* An article of many short pieces is its own content. */
    bool pieces = scope == article &&
                  (m.text[dense->index] - m.link[dense->index]) * 2 < m.text[scope->index] - m.link[scope->index];
    return pieces ? scope : widen(&m, dense, scope);
}
