/* The headline of a page: the element most like what the page says of itself, or the line that its title holds. */
#include "input/page.h"

static bool marked_headline(const Node *node)
{
    static const char *const names[] = {"headline", "entry-title", "p-name", NULL};
    const char *itemprop = node_attribute(node, "itemprop");
    if (itemprop && strcmp(itemprop, "headline") == 0)
        return true;
    for (int i = 0; names[i]; i++)
        if (node_has_class(node, names[i]))
            return true;
    return false;
}

static bool named_title(const Node *node)
{
    static const char *const words[] = {"headline", "title", "ttl", "tit", "subject", NULL};
    return named(node, words);
}

/* How surely an element is the headline, from what the page says of it elsewhere. */
static int likeness(Page *page, const Node *node, const char *text)
{
    const PageFacts *facts = &page->facts;
    char *mine = page_letters(page, text), *title = page_letters(page, facts->title);
    size_t length = strlen(mine), whole = strlen(title);
    if (length < 2)
        return 0;
    if (strcmp(mine, page_letters(page, facts->headline)) == 0)
        return 100;
    if (strcmp(mine, page_letters(page, facts->og_title)) == 0 ||
        strcmp(mine, page_letters(page, without_site(page->reader, facts->og_title, facts->site))) == 0)
        return 90;
    if (strcmp(mine, page_letters(page, without_site(page->reader, facts->title, facts->site))) == 0)
        return 85;
    char *og = page_letters(page, facts->og_title);
    if ((strstr(title, mine) && length * 5 >= whole * 2 && length >= 10) ||
        (*og && strstr(og, mine) && length * 2 >= strlen(og)))
        return 60;
    char *said = page_letters(page, facts->headline);
    if (strlen(said) >= 12 && strstr(mine, said))
        return 55;
    bool site = node_is(node->parent, "header") && !node_inside(node, (const char *const[]){"article", "main", NULL});
    return heading_level(node) != 1 ? 0 : site ? 12 : 20;
}

/* "The Paper: Headline", "Headline - The Paper": one of the parts. */
static bool part_of_title(Page *page, const char *text)
{
    const char *title = page->facts.title ? page->facts.title : "";
    const char *at = strstr(title, text);
    size_t size = strlen(text);
    if (!at || size < 12 || size * 2 < strlen(title) || size == strlen(title))
        return false;
    static const char *const marks[] = {": ", " - ", " – ", " — ", " | ", " » ", " · ", NULL};
    for (int i = 0; marks[i]; i++) {
        size_t length = strlen(marks[i]);
        if ((at > title && at - title >= (long)length && memcmp(at - length, marks[i], length) == 0) ||
            (at == title && strncmp(at + size, marks[i], length) == 0))
            return true;
    }
    return false;
}

/* Without a heading on the page: the line of its own that the title holds, or is. */
static Node *line_as_title(Page *page)
{
    static const char *const outside[] = {"nav", "aside", "footer", "head", "noscript", "a", "script", "figure", NULL};
    const char *title =
        without_site(page->reader, page->facts.og_title ? page->facts.og_title : page->facts.title, page->facts.site);
    for (const Node *at = page->root; at && title; at = node_after(at, page->root)) {
        if (at->kind != NODE_TEXT || is_blank(at->text, at->text_size) || node_inside(at->parent, outside) ||
            !node_shown(at->parent))
            continue;
        const char *text = clean_text(page->reader->arena, at->text);
        if (!same_letters(page->reader->arena, text, title) && !part_of_title(page, text))
            continue;
        Node *line = at->parent;
        while (line->parent && page_is_inline(line) && line->parent->first == line->parent->last)
            line = line->parent;
        return page_is_inline(line) || same_letters(page->reader->arena, page_text(page, line), text) ? line : NULL;
    }
    return NULL;
}

/* A headline that is bold all over: its weight is the style sheet's. */
static const Node *without_bold(const Node *headline)
{
    while (headline->first && headline->first == headline->last &&
           (node_is(headline->first, "b") || node_is(headline->first, "strong") || node_is(headline, "b") ||
            node_is(headline, "strong")) &&
           headline->first->kind == NODE_ELEMENT)
        headline = headline->first;
    return headline;
}

void page_find_headline(Page *page)
{
    static const char *const outside[] = {"nav", "aside", "footer", "head", "noscript", "template", "figure", NULL};
    static const char *const homes[] = {"article", "main", NULL};
    int best = 0;
    for (const Node *at = page->root; at; at = node_after(at, page->root)) {
        if (at->kind != NODE_ELEMENT || !(heading_level(at) || marked_headline(at) ||
                                          (named_title(at) && (node_is(at, "p") || node_is(at, "div") ||
                                                               node_is(at, "span") || node_is(at, "strong")))))
            continue;
        const char *text = page_text(page, at);
        if (!*text || strlen(text) > 900 || node_inside(at, outside) || !node_shown(at))
            continue;
        int score = likeness(page, at, text);
        score += score > 12 || marked_headline(at)
                     ? (heading_level(at) == 1   ? 10
                        : heading_level(at) == 2 ? 6
                                                 : 0) +
                           (marked_headline(at) ? 15 : 0) + (node_inside(at, homes) ? 8 : 0)
                     : 0;
        if (score > best) {
            best = score;
            page->headline = (Node *)at;
        }
    }
    const PageFacts *facts = &page->facts;
    const char *said = facts->headline   ? facts->headline
                       : facts->og_title ? without_site(page->reader, facts->og_title, facts->site)
                                         : NULL;
    if (page->headline && best < 50 && (best < 28 || !marked_headline(page->headline)) && said)
        page->headline =
            node_inside(page->headline, homes) && heading_level(page->headline) == 1 ? page->headline : NULL;
    if (page->headline && best < 20)
        page->headline = NULL;
    if (!page->headline && !best)
        page->headline = line_as_title(page);
    /* A single short word that the title doesn't know is no headline; part of what two places say is not all of it. */
    const char *title = without_site(page->reader, facts->title, facts->site);
    const char *text = page->headline ? page_text(page, page->headline) : "";
    if (page->headline && best < 50 && !strchr(text, ' ') && strlen(text) < 12 && title && strchr(title, ' ') && !said)
        page->headline = NULL;
    const char *og = facts->og_title ? without_site(page->reader, facts->og_title, facts->site) : NULL;
    bool part = page->headline && og && title && same_letters(page->reader->arena, og, title) &&
                strlen(page_letters(page, text)) < strlen(page_letters(page, og)) &&
                strstr(page_letters(page, og), page_letters(page, text));
    if (part)
        page->story->headline = inline_text(page->reader, og, page->headline->source);
    else if (page->headline)
        page->story->headline = inline_from(page->reader, without_bold(page->headline));
    if (!page->story->headline)
        page->story->headline = inline_text(
            page->reader, said ? said : without_site(page->reader, facts->title, facts->site), page->root->source);
}
