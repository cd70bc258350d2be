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

static const Node *article_around(const Node *node)
{
    while (node && !is_article(node))
        node = node->parent;
    return node;
}

static const Node *heading_like(const Node *in, const Node *headline)
{
    for (const Node *at = in; at; at = node_after(at, in))
        if (at->kind == NODE_ELEMENT && heading_level(at) && heading_level(at) == heading_level(headline))
            return at;
    return NULL;
}

/* Where the text found is another article's than the headline's, and that has one, too: the headline's. */
static Node *own_article(const PageMeasure *m, Node *content, const Node *headline)
{
    const Node *own = article_around(headline), *other = article_around(content);
    bool apart = own && other && !node_holds(own, content) && !node_holds(other, own);
    return apart && m->good[own->index] && heading_like(other, headline) ? (Node *)own : content;
}

/* Articles beside the one that is read, as long or nearly so, each under a headline of the same rank. */
static void report_others(Reader *reader, const PageMeasure *m, const Node *headline)
{
    const Node *own = article_around(headline);
    for (int i = 1; own && i < m->count; i++) {
        const Node *node = m->nodes[i], *heading = NULL;
        if (node->kind == NODE_ELEMENT && is_article(node) && m->good[i] && m->good[i] * 2 >= m->good[own->index] &&
            !node_holds(node, own) && !node_holds(own, node))
            heading = heading_like(node, headline);
        if (heading)
            diag_note(reader->diag, "other-article", heading->source, "another article on this page is not printed: %s",
                      clean_text(reader->arena, node_text(reader->arena, heading)));
    }
}

static Node *find_content(Reader *reader, const PageMeasure *m, Node *root, const Node *headline)
{
    Node *body = most_text(m, marked_body), *article = most_text(m, is_article), *main = most_text(m, is_main);
    Node *dense = densest(reader, m, root);
    int best = dense ? m->good[dense->index] : 0;
    if (body && m->good[body->index] > 0 && m->good[body->index] * 2 >= best)
        return body;
    Node *scope = root;
    if (main && m->good[main->index] * 2 >= best && m->text[main->index])
        scope = main;
    if (article && m->good[article->index] * 2 >= best && m->text[article->index])
        scope = article;
    if (headline && scope != root && !node_holds(scope, headline) && best && !m->good[scope->index])
        scope = root;
    if (scope != root)
        dense = densest(reader, m, scope);
    if (!dense)
        return scope;
    /* An article of many short pieces is its own content. */
    bool pieces = scope == article &&
                  (m->text[dense->index] - m->link[dense->index]) * 2 < m->text[scope->index] - m->link[scope->index];
    return pieces ? scope : widen(m, dense, scope);
}

Node *page_content(Reader *reader, Node *root, const Node *headline)
{
    PageMeasure m = page_measure(reader, root);
    Node *content = find_content(reader, &m, root, headline);
    if (!headline)
        return content;
    report_others(reader, &m, headline);
    return own_article(&m, content, headline);
}
