/* The article of a web page: headline, decks, byline, text and pictures among navigation,
 * advertising and share bars. Data the page gives of itself (facts.c) helps to find the elements;
 * what is printed stands on the page where possible. */
#include "input/page.h"

const char *page_text(const Page *page, const Node *node)
{
    return clean_text(page->reader->arena, node_text(page->reader->arena, node));
}

char *page_letters(const Page *page, const char *text)
{
    return letters_of(page->reader->arena, text ? text : "");
}

bool node_inside(const Node *node, const char *const *names)
{
    for (; node; node = node->parent)
        for (int i = 0; names[i]; i++)
            if (node_is(node, names[i]))
                return true;
    return false;
}

bool node_shown(const Node *node)
{
    for (; node; node = node->parent)
        if (hidden(node))
            return false;
    return true;
}

bool node_holds(const Node *node, const Node *in)
{
    for (; in; in = in->parent)
        if (in == node)
            return true;
    return false;
}

bool node_before(const Node *a, const Node *b)
{
    return a->index < b->index;
}

int digits_in(const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += *text >= '0' && *text <= '9';
    return count;
}

int heading_level(const Node *node)
{
    return node->name[0] == 'h' && node->name[1] >= '1' && node->name[1] <= '6' && !node->name[2] ? node->name[1] - '0'
                                                                                                  : 0;
}

static void find_scope(Page *page)
{
    page->scope = page->root;
    for (Node *at = page->headline; at; at = at->parent)
        if (node_is(at, "article") || node_has_class(at, "h-entry") || node_has_class(at, "hentry")) {
            page->scope = at;
            return;
        }
    Node *only = NULL;
    int count = 0;
    for (const Node *at = page->root; at; at = node_after(at, page->root))
        if (node_is(at, "article")) {
            only = (Node *)at;
            count++;
        }
    if (count == 1)
        page->scope = only;
}

/* ---- decks, kicker ---- */
static const char *const deck_words[] = {
    "sub",         "subtitle",   "subtit",    "subttl",   "subhead",       "subheadline", "subheading", "deck",
    "dek",         "standfirst", "lede",      "summary",  "intro",         "excerpt",     "sapo",       "tagline",
    "midtitle",    "mid_title",  "chapeau",   "lead",     "entry-summary", "p-summary",   "bajada",     "copete",
    "vorspann",    "teasertext", "strapline", "sommario", "ingress",       "chapo",       "teaser",     "entradilla",
    "sottotitolo", "untertitel", "manchet",   NULL};
static const char *const kicker_words[] = {"kicker",   "eyebrow",   "vignette", "topline",    "dachzeile",
                                           "overline", "roofline",  "volanta",  "antetitulo", "spitzmarke",
                                           "surtitre", "occhiello", NULL};

static bool holds_blocks(const Node *node)
{
    for (const Node *at = node->first; at; at = node_after(at, node))
        if (at->kind == NODE_ELEMENT && !page_is_inline(at))
            return true;
    return false;
}

static bool says_deck(const Node *node)
{
    const char *itemprop = node_attribute(node, "itemprop");
    return named(node, deck_words) ||
           (itemprop && (strcmp(itemprop, "description") == 0 || strcmp(itemprop, "alternativeHeadline") == 0));
}

static Node *next_element(const Node *node)
{
    for (Node *at = node->next; at; at = at->next)
        if (at->kind == NODE_ELEMENT)
            return at;
    return NULL;
}

Node *previous_element(const Node *node)
{
    for (Node *at = node->previous; at; at = at->previous)
        if (at->kind == NODE_ELEMENT)
            return at;
    return NULL;
}

/* before: the headline or the last deck; a heading straight behind it is a deck. */
static bool deck_like(Page *page, const Node *node, const Node *before)
{
    if (holds_blocks(node) || node == page->headline)
        return false;
    if (node == page->deck)
        return true;
    const char *text = page_text(page, node);
    size_t length = strlen(text);
    if (length < 8 || length > 1200)
        return false;
    if (says_deck(node))
        return true;
    const Node *around = node->parent != page->scope ? node->parent : NULL;
    if (around && says_deck(around) && (heading_level(node) || node_is(node, "p") || node_is(node, "li")))
        return strlen(page_text(page, around)) <= 1200;
    return heading_level(node) >= 2 && before && next_element(before) == node;
}

/* A paragraph between the headline and the line with names and date says what follows. */
void page_mark_deck(Page *page, const Node *line)
{
    const Node *at = line;
    while (at->parent && !previous_element(at) && !node_holds(at->parent, page->headline))
        at = at->parent;
    Node *deck = previous_element(at), *before = deck ? previous_element(deck) : NULL;
    size_t size =
        deck && before && page->headline && node_holds(before, page->headline) ? strlen(page_text(page, deck)) : 0;
    if (size >= 30 && size <= 400 && !holds_blocks(deck) && !page_is_inline(deck))
        page->deck = deck;
}

/* From the headline to the first paragraph of the text. */
static void find_decks(Page *page)
{
    static const char *const outside[] = {"nav", "aside", "footer", "figure", "button", "form", "a", NULL};
    Reader *reader = page->reader;
    for (int i = 0; i < page->facts.decks.count; i++)
        VEC_PUSH(reader->arena, page->story->decks, inline_text(reader, page->facts.decks.at[i], page->root->source));
    VEC(Node *) found = {0};
    const Node *start = page->headline ? page->headline : page->scope;
    int paragraphs = 0;
    for (const Node *at = start; at && paragraphs < 1; at = node_after(at, page->scope)) {
        if (at->kind != NODE_ELEMENT || page_is_inline(at) || node_inside(at, outside) || !node_shown(at))
            continue;
        const Node *last = found.count ? found.at[found.count - 1] : page->headline;
        if (found.count < 8 && deck_like(page, at, last)) {
            VEC_PUSH(reader->arena, found, (Node *)at);
        } else if (at != page->headline && !holds_blocks(at) && !heading_level(at)) {
            const char *text = page_text(page, at);
            paragraphs += strlen(text) >= 140;
        }
    }
    for (int i = 0; i < found.count; i++) {
        Node *holder = new_element(reader, NULL, "div", NULL, found.at[i]->source);
        Node *place_holder = new_element(reader, found.at[i]->parent, "div", NULL, found.at[i]->source);
        node_insert_before(place_holder, found.at[i]);
        node_remove(found.at[i]);
        Node *copy = new_element(reader, holder, "p", NULL, found.at[i]->source);
        node_move_children(found.at[i], copy);
        story_add_decks(reader, page->story, holder);
    }
}

static void find_kicker(Page *page)
{
    for (Node *at = page->scope; at; at = (Node *)node_after(at, page->scope)) {
        if (at->kind != NODE_ELEMENT || at == page->headline || !named(at, kicker_words) || holds_blocks(at) ||
            !node_shown(at))
            continue;
        const char *text = page_text(page, at);
        if (strlen(text) < 2 || strlen(text) > 120)
            continue;
        if (!page->story->section || !same_letters(page->reader->arena, text, page->story->section))
            page->story->kicker = inline_from(page->reader, at);
        node_remove(at);
        return;
    }
}

/* ---- copyright ---- */
bool copyright_text(const char *text)
{
    static const char *const signs[] = {"©",
                                        "ⓒ",
                                        "Copyright",
                                        "copyright",
                                        "COPYRIGHT",
                                        "(c) ",
                                        "저작권자",
                                        "무단전재",
                                        "무단 전재",
                                        "All rights reserved",
                                        "Alle Rechte vorbehalten",
                                        "無断転載",
                                        NULL};
    for (int i = 0; signs[i]; i++)
        if (strstr(text, signs[i]))
            return true;
    return false;
}

void page_add_copyright(Page *page, Node *line)
{
    if (line && page->story->copyrights.count < 3)
        VEC_PUSH(page->reader->arena, page->story->copyrights, line);
}

/* In the article itself; a page's own footer speaks of the site. */
static void find_copyright(Page *page)
{
    static const char *const words[] = {"copyright", "rights", "source-org", "dable-copyright", NULL};
    static const char *const media[] = {"figure", "figcaption", NULL};
    if (page->facts.copyright)
        page_add_copyright(page, inline_text(page->reader, page->facts.copyright, page->root->source));
    VEC(Node *) found = {0};
    const Node *around = page->scope;
    for (const Node *at = page->scope; at; at = at->parent)
        around = node_has_class(at, "hnews") ? at : around; /* its source stands beside the entry */
    if (page->scope != page->root)
        for (Node *at = (Node *)around; at; at = (Node *)node_after(at, around)) {
            if (at->kind != NODE_ELEMENT || holds_blocks(at) || page->story->copyrights.count ||
                node_inside(at, media) || !node_shown(at))
                continue;
            const char *text = page_text(page, at);
            bool footer = node_inside(at, (const char *const[]){"footer", NULL}) &&
                          (copyright_text(text) || node_is(at, "small"));
            if (*text && strlen(text) < 300 &&
                (footer || (named(at, words) && (copyright_text(text) || node_has_class(at, "source-org")))))
                VEC_PUSH(page->reader->arena, found, at);
        }
    for (int i = 0; i < found.count && !page->story->copyrights.count; i++)
        page_add_copyright(page, inline_from(page->reader, found.at[i]));
    for (int i = 0; i < found.count; i++)
        node_remove(found.at[i]);
}

/* The page is a shell that a script fills; what it says of itself in data has the text. */
static void text_from_facts(Page *page)
{
    Story *story = page->story;
    const char *text = page->facts.text;
    if (!text || strlen(text) < 200 || strlen(page_text(page, story->body)) * 3 > strlen(text))
        return;
    story->body = text_paragraphs(page->reader, text, strlen(text), page->root->source);
    set_attribute(page->reader, story->body, "class", "body");
    if (page->facts.description && !story->decks.count)
        VEC_PUSH(page->reader->arena, story->decks,
                 inline_text(page->reader, page->facts.description, page->root->source));
    for (int i = 0; i < page->facts.pictures.count && i < 1 && !story->pictures.count; i++) {
        const FactPicture *known = &page->facts.pictures.at[i];
        VEC_PUSH(page->reader->arena, story->pictures,
                 ((Picture){.src = known->url,
                            .caption = inline_text(page->reader, known->caption, page->root->source),
                            .credit = inline_text(page->reader, known->credit, page->root->source),
                            .source = page->root->source}));
    }
}

/* The text of the innermost block around a text. */
static const char *block_around(const Page *page, const Node *text)
{
    const Node *block = text->parent;
    while (block && page_is_inline(block))
        block = block->parent;
    return block ? page_text(page, block) : "";
}

/* A site's name, its search and the like, where the content found is wide enough to hold them. */
static void remove_above(Page *page, Node *content)
{
    enum { SHORT = 60 };
    static const char *const kept[] = {"figure", "figcaption", "p", "blockquote", NULL};
    VEC(Node *) found = {0};
    if (!page->headline || page->headline == content || !node_holds(content, page->headline))
        return;
    for (Node *at = content->first; at && at != page->headline; at = (Node *)node_after(at, content))
        if (at->kind == NODE_TEXT && !node_inside(at, kept) && strlen(block_around(page, at)) < SHORT)
            VEC_PUSH(page->reader->arena, found, at);
    for (int i = 0; i < found.count; i++)
        node_remove(found.at[i]);
}

/* The posts of a live report stand under their times: "11:20 Power is back". */
static bool keep_times(Page *page, Node *content)
{
    enum { POSTS = 3 };
    static const char *const inside[] = {"p", "li", "figure", "table", "h1", "h2", "h3", "h4", NULL};
    VEC(Node *) found = {0};
    for (Node *at = content->first; at; at = (Node *)node_after(at, content))
        if (node_is(at, "time") && !node_inside(at->parent, inside) && strlen(page_text(page, at)) < 40)
            VEC_PUSH(page->reader->arena, found, at);
    for (int i = 0; found.count >= POSTS && i < found.count; i++) {
        Node *time = found.at[i], *heading = next_element(time);
        Node *made = new_element(page->reader, time->parent, "h3", NULL, time->source);
        node_insert_before(made, time);
        node_move_children(time, made);
        node_remove(time);
        if (!heading || !heading_level(heading))
            continue;
        node_append_text(page->reader->arena, made, " ", 1, heading->source);
        node_move_children(heading, made);
        node_remove(heading);
    }
    return found.count >= POSTS;
}

static void remove_dates(Page *page, Node *content)
{
    VEC(Node *) found = {0};
    static const char *const words[] = {"date",    "datetime",      "timestamp", "published",
                                        "updated", "dateline-time", "pubdate",   NULL};
    for (Node *at = content->first; at; at = (Node *)node_after(at, content)) {
        if (at->kind != NODE_ELEMENT || holds_blocks(at))
            continue;
        const char *text = strlen(node_attribute(at, "class") ? node_attribute(at, "class") : "") || node_is(at, "time")
                               ? page_text(page, at)
                               : "";
        if (*text && strlen(text) < 80 && digits_in(text) >= 3 &&
            (node_is(at, "time") ? !node_inside(at, (const char *const[]){"p", NULL})
                                 : named(at, words) && !node_has_class(at, "dateline")))
            VEC_PUSH(page->reader->arena, found, at);
    }
    for (int i = 0; i < found.count; i++)
        node_remove(found.at[i]);
}

/* "17:41 JST, October 13, 2024" above the text: the masthead has the date. */
static void drop_date_line(Page *page)
{
    Node *first = page->story->body->first;
    while (first && node_is(first, "figure"))
        first = first->next;
    const char *text = first && first->next && node_is(first, "p") ? page_text(page, first) : "";
    int words = 0;
    for (const char *at = text; *at; at++)
        words += *at == ' ';
    if (page->story->date && strlen(text) < 60 && words <= 6 && page_dated(text) && digits_in(text) >= 5 &&
        text[strlen(text) - 1] != '.')
        node_remove(first);
}

/* The first time element of the article that says when; pages name the day of writing first. */
static const char *date_on_page(Page *page)
{
    for (const Node *at = page->scope; at; at = node_after(at, page->scope)) {
        const char *date = node_is(at, "time") && node_shown(at) ? node_attribute(at, "datetime") : NULL;
        if (date && !node_inside(at, (const char *const[]){"nav", "aside", "footer", "li", NULL}) &&
            date_iso(page->reader->arena, date))
            return date_iso(page->reader->arena, date);
    }
    return NULL;
}

Edition *page_read(Reader *reader, const Node *html)
{
    Page page = {.reader = reader, .root = (Node *)html, .story = NEW(reader->arena, Story)};
    page.facts = page_facts(reader, html);
    Story *story = page.story;
    story->source = html->source;
    story->language = language_tag(reader, page.facts.language);
    story->direction = node_attribute(html, "dir");
    story->date = page.facts.date ? date_iso(reader->arena, page.facts.date) : NULL;
    story->section = page.facts.section;
    story->publication = page.facts.site;
    story->keywords = page.facts.keywords;
    page_find_headline(&page);
    find_scope(&page);
    document_number(page.root);
    if (!story->date)
        story->date = date_on_page(&page);
    find_copyright(&page);
    page_set_house_aside(&page);
    page_find_bylines(&page);
    find_kicker(&page);
    page_prune(reader, page.root, page.headline, page.facts.description);
    find_decks(&page);
    Node *content = page_content(reader, page.root, page.headline);
    page_lead_pictures(&page, content);
    page_take_opening(&page, content);
    remove_above(&page, content);
    if (page.headline && page.headline != content)
        node_remove(page.headline);
    if (!keep_times(&page, content))
        remove_dates(&page, content);
    story->body = blocks_from(reader, content, page.facts.base);
    page_drop_furniture(reader, story->body);
    drop_date_line(&page);
    text_from_facts(&page);
    page_lift_end(&page);
    if (!story->body->first && !story->pictures.count)
        diag_warn(reader->diag, "no-text", content->source, "no text of an article is found on this page");
    if (!story->bylines.count && page.house)
        VEC_PUSH(reader->arena, story->bylines, inline_text(reader, page.house, html->source));
    page_captions_from_facts(&page);
    Edition *edition = NEW(reader->arena, Edition);
    VEC_PUSH(reader->arena, edition->stories, story);
    return edition;
}
