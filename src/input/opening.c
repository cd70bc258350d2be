/* What stands between a page's headline and its text: pictures with their captions, main points, paragraphs. */
#include "input/page.h"

void page_lead_pictures(Page *page, const Node *content)
{
    document_number(page->root);
    const Node *end = content;
    size_t whole = strlen(page_text(page, content));
    static const char *const outside[] = {"nav", "aside", "footer", "a", "li", NULL};
    const Node *common = page->headline;
    while (common && !node_holds(common, content))
        common = common->parent;
    bool close = common && !node_is(common, "body") && !node_is(common, "html");
    const Node *from = page->headline && page->headline->parent && node_before(page->headline, content) ? page->headline
                       : page->scope != page->root                                                      ? page->scope
                                                                                                        : NULL;
    if (close) { /* an opening picture may stand before the headline, one level up */
        const Node *up = common->parent;
        from = up && !node_is(up, "body") && !node_is(up, "html") && !node_is(common, "article") ? up : common;
    }
    VEC(Node *) taken = {0};
    for (const Node *at = from; at && at != end; at = node_after(at, page->root)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        const Node *around = at;
        bool figure = node_is(at, "figure") ||
                      (strcmp(at->name, "img") == 0 && !node_inside(at, (const char *const[]){"figure", NULL}));
        Picture picture;
        if (!figure || node_inside(at, outside) || !node_shown(at) || page->story->pictures.count >= 4 ||
            !(node_is(at, "figure") ? picture_in(page->reader, at, page->facts.base, &picture)
                                    : picture_with_words(page->reader, &around, whole, page->facts.base, &picture)))
            continue;
        bool behind = !close || node_holds(common, at);
        if (!node_is(at, "figure") && !(behind && (!picture.width || picture.width >= 200)))
            continue;
        VEC_PUSH(page->reader->arena, page->story->pictures, picture);
        if (!node_holds(around, content) && !node_holds(content, around) && !node_holds(around, page->headline))
            VEC_PUSH(page->reader->arena, taken, (Node *)around);
    }
    for (int i = 0; i < taken.count; i++) /* with their words, which are no text */
        node_remove(taken.at[i]);
}

/* ---- words between headline and text ---- */
/* A list of the main points, or a paragraph: no links, no signs of anything else. */
static bool opening_words(Page *page, const Node *node)
{
    static const char *const outside[] = {"nav", "aside", "footer", "form", "figure", "a", "li", "table", NULL};
    bool list = node_is(node, "ul") || node_is(node, "ol");
    if ((!list && !node_is(node, "p")) || node_inside(node->parent, outside) || !node_shown(node))
        return false;
    int items = 0;
    for (const Node *at = node; at; at = node_after(at, node)) {
        items += node_is(at, "li");
        if (node_is(at, "a") || node_is(at, "time"))
            return false;
    }
    const char *text = page_text(page, node);
    return list ? items >= 2 && strlen(text) >= (size_t)items * 16 : strlen(text) >= 100 && !copyright_text(text);
}

/* They are the article's, also where its text stands in a box of its own behind them. */
void page_take_opening(Page *page, Node *content)
{
    VEC(Node *) found = {0};
    document_number(page->root);
    const Node *common = page->headline;
    while (common && !node_holds(common, content))
        common = common->parent;
    if (!content->first || !common || node_is(common, "body") || node_is(common, "html") ||
        node_holds(content, page->headline) || !node_before(page->headline, content))
        return;
    for (Node *at = page->headline; at && at != content; at = (Node *)node_after(at, common)) {
        if (at->kind != NODE_ELEMENT || !opening_words(page, at))
            continue;
        Node *heading = previous_element(at);
        if (heading && heading_level(heading) && heading != page->headline)
            VEC_PUSH(page->reader->arena, found, heading);
        VEC_PUSH(page->reader->arena, found, at);
    }
    Node *top = content->first;
    for (int i = 0; i < found.count; i++)
        node_insert_before(found.at[i], top);
}

static const char *file_name(const char *url)
{
    const char *slash = strrchr(url, '/');
    return slash ? slash + 1 : url;
}

/* What the facts say of a picture that stands on the page without a caption. */
void page_captions_from_facts(Page *page)
{
    for (Node *at = (Node *)page->story->body; at; at = (Node *)node_after(at, page->story->body)) {
        const char *src = node_is(at, "figure") && at->first ? node_attribute(at->first, "src") : NULL;
        for (int i = 0; src && i < page->facts.pictures.count; i++) {
            const FactPicture *known = &page->facts.pictures.at[i];
            size_t same = strcspn(file_name(src), "?#");
            if (!same || strncmp(file_name(src), file_name(known->url), same) != 0 || figure_part(at, "caption"))
                continue;
            figure_set_caption(page->reader, at, inline_text(page->reader, known->caption, at->source),
                               figure_part(at, "credit") ? NULL : inline_text(page->reader, known->credit, at->source));
            break;
        }
    }
}
