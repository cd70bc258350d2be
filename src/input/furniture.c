/* What of a page is no part of its article: navigation, advertising, share bars, comments, links to other stories.
 * No rule knows a site; words in names are those that page makers everywhere use. */
#include "base/unicode.h"
#include "input/page.h"

#include <stdlib.h>

static const char *const furniture_words[] = {"share",
                                              "sharing",
                                              "social",
                                              "sns",
                                              "related",
                                              "relation",
                                              "recommend",
                                              "recommended",
                                              "recommendation",
                                              "promo",
                                              "promotion",
                                              "sponsor",
                                              "sponsored",
                                              "ad",
                                              "adv",
                                              "advert",
                                              "advertisement",
                                              "advertising",
                                              "adsbygoogle",
                                              "advertorial",
                                              "banner",
                                              "newsletter",
                                              "subscribe",
                                              "subscription",
                                              "cookie",
                                              "consent",
                                              "breadcrumb",
                                              "pagination",
                                              "pager",
                                              "popup",
                                              "modal",
                                              "sidebar",
                                              "outbrain",
                                              "taboola",
                                              "toolbar",
                                              "navigation",
                                              "nav",
                                              "navi",
                                              "menu",
                                              "comment",
                                              "disqus",
                                              "reply",
                                              "replies",
                                              "rating",
                                              "poll",
                                              "paywall",
                                              "login",
                                              "signup",
                                              "mostread",
                                              "popular",
                                              "trending",
                                              "ranking",
                                              "teaser",
                                              "also",
                                              "readmore",
                                              "tags",
                                              "taglist",
                                              "keywords",
                                              "skip",
                                              "btn",
                                              "button",
                                              "tool",
                                              "util",
                                              "masthead",
                                              "gnb",
                                              "lnb",
                                              "quick",
                                              "layer",
                                              "player",
                                              "widget",
                                              "weather",
                                              "opinary",
                                              "followus",
                                              "follow",
                                              "bookmark",
                                              "survey",
                                              "feedback",
                                              "hashtag",
                                              "footer",
                                              "copyright",
                                              "bio",
                                              "biography",
                                              "profile",
                                              "jumplink",
                                              "cta",
                                              "callout",
                                              "option",
                                              "control",
                                              NULL};
static const char *const furniture_roles[] = {"navigation", "complementary", "banner", "contentinfo",
                                              "search",     "dialog",        "menu",   "menubar",
                                              "toolbar",    "tablist",       NULL};

/* ---- what is not content ---- */
static bool always_furniture(const Node *node)
{
    static const char *const names[] = {
        "script",   "style",  "nav",       "iframe",      "template",         "dialog",        "select",
        "textarea", "button", "input",     "svg",         "object",           "embed",         "video",
        "audio",    "amp-ad", "amp-embed", "amp-sidebar", "amp-social-share", "amp-analytics", "amp-video",
        NULL};
    for (int i = 0; names[i]; i++)
        if (strcmp(node->name, names[i]) == 0)
            return true;
    return false;
}

static bool role_says_so(const Node *node)
{
    const char *role = node_attribute(node, "role");
    for (int i = 0; role && furniture_roles[i]; i++)
        if (text_equal_nocase(role, furniture_roles[i]))
            return true;
    return false;
}

static const Node *ancestor(const Node *node, const char *name)
{
    for (node = node->parent; node; node = node->parent)
        if (node_is(node, name))
            return node;
    return NULL;
}

/* Names that furniture and an article's own pictures share: what holds a picture and no link is content. */
static bool holds_own_picture(const Node *node)
{
    static const char *const shared[] = {"teaser", "widget", "layer", NULL};
    int pictures = 0;
    if (!named(node, shared))
        return false;
    for (const Node *at = node; at; at = node_after(at, node)) {
        const char *width = node_is(at, "img") ? node_attribute(at, "width") : NULL;
        pictures += node_is(at, "img") && !(width && atoi(width) < 200);
        if (node_is(at, "a") || node_is(at, "button") || node_is(at, "iframe") || node_is(at, "script"))
            return false;
    }
    return pictures == 1;
}

/* A form with a field to fill in: a newsletter, a search. */
static bool asks_something(const Node *form)
{
    for (const Node *at = form->first; at; at = node_after(at, form)) {
        const char *type = node_is(at, "input") ? node_attribute(at, "type") : NULL;
        if (node_is(at, "textarea") || (node_is(at, "input") && (!type || strcmp(type, "hidden") != 0)))
            return true;
    }
    return false;
}

static bool is_furniture(const Node *node, const PageMeasure *m, const Node *headline)
{
    if (always_furniture(node))
        return true;
    if (node_is(node, "html") || node_is(node, "head") || node_is(node, "body") || node_holds(node, headline))
        return false;
    if (hidden(node))
        return true;
    if (holds_own_picture(node))
        return false;
    if (node_is(node, "form") && asks_something(node) && m->text[node->index] < 300)
        return true;
    int total = m->good[0];
    bool heavy = m->good[node->index] * 5 >= total * 2;
    if (heavy || node_is(node, "article") || node_is(node, "main") || node_is(node, "figure") ||
        node_is(node, "figcaption") || node_is(node, "p") || page_is_inline(node) || ancestor(node, "figure"))
        return (node_is(node, "p") || page_is_inline(node)) && !heavy && m->good[node->index] == 0 &&
               !ancestor(node, "figure") && (named(node, furniture_words) || role_says_so(node)) &&
               !(node_is(node, "p") && named(node, (const char *const[]){"teaser", NULL}));
    if (node_is(node, "aside") || node_is(node, "footer") || role_says_so(node))
        return true;
    return named(node, furniture_words);
}

/* A caption whose picture isn't on the page (it comes by script) is no paragraph. */
static bool orphan_caption(const Node *node)
{
    static const char *const words[] = {"caption", "figcaption", NULL};
    if (node_is(node, "caption") || !named(node, words) || ancestor(node, "figure"))
        return false;
    const Node *around = node;
    for (int i = 0; i < 4 && around->parent; i++)
        around = around->parent;
    for (const Node *at = around; at; at = node_after(at, around))
        if (node_is(at, "img") || node_is(at, "amp-img"))
            return false;
    return true;
}

/* What a page says of its article elsewhere is the article's, whatever the element is called. */
static bool is_summary(Reader *reader, const Node *node, const char *summary)
{
    return strlen(summary) >= 40 && !always_furniture(node) && !hidden(node) &&
           strstr(letters_of(reader->arena, node_text(reader->arena, node)), summary);
}

void page_prune(Reader *reader, Node *root, const Node *headline, const char *summary)
{
    PageMeasure m = page_measure(reader, root);
    const char *said = letters_of(reader->arena, summary ? summary : "");
    if (strlen(said) > 120) /* it may be cut */
        said = arena_string(reader->arena, said, 100);
    for (int i = 1; i < m.count; i++) {
        Node *node = m.nodes[i];
        if (node->kind == NODE_ELEMENT && node->parent &&
            (is_furniture(node, &m, headline) || (m.good[i] * 5 < m.good[0] && orphan_caption(node))) &&
            !(m.text[i] <= 1200 && is_summary(reader, node, said)))
            node_remove(node);
    }
}

/* ---- furniture among clean blocks ---- */
bool is_furniture_phrase(const char *text)
{
    static const char *const starts[] = {"read more",
                                         "read also",
                                         "also read",
                                         "see also",
                                         "more on this",
                                         "related:",
                                         "related articles",
                                         "related stories",
                                         "share this",
                                         "share on",
                                         "follow us",
                                         "sign up",
                                         "subscribe",
                                         "advertisement",
                                         "filed under",
                                         "posted in ",
                                         "tagged ",
                                         "abgelegt unter",
                                         "hat ihnen dieser artikel",
                                         "thank you for reading",
                                         "click here to",
                                         "most read",
                                         "recommended",
                                         "download our app",
                                         "join our",
                                         "continue reading",
                                         "story continues",
                                         "read full article",
                                         "mehr zum thema",
                                         "lesen sie auch",
                                         "lesen sie mehr",
                                         "anzeige",
                                         "auch interessant",
                                         "teilen",
                                         "newsletter",
                                         "lire aussi",
                                         "à lire aussi",
                                         "partager",
                                         "publicité",
                                         "leer más",
                                         "lea también",
                                         "te puede interesar",
                                         "publicidad",
                                         "compartir",
                                         "leggi anche",
                                         "pubblicità",
                                         "lees ook",
                                         "czytaj także",
                                         "reklama",
                                         "читайте также",
                                         "реклама",
                                         "관련기사",
                                         "광고",
                                         "구독",
                                         "좋아요",
                                         "공유하기",
                                         "関連記事",
                                         "広告",
                                         "相关阅读",
                                         "广告",
                                         "相关新闻",
                                         "延伸閱讀",
                                         NULL};
    size_t size = strlen(text);
    bool sentence = size && text[size - 1] == '.';
    for (int i = 0; starts[i]; i++) {
        size_t length = strlen(starts[i]);
        if (!starts_nocase(text, starts[i]))
            continue;
        const char *behind = text + length;
        bool word = (unsigned char)starts[i][0] >= 0xE0 || !*behind ||
                    !unicode_is_letter(utf8_next(&behind, text + size)); /* such scripts put no spaces between words */
        bool alone = strchr(starts[i], ' ') || size < length + 40;
        if (word && alone && !(sentence && !strchr(starts[i], ' ')))
            return true;
    }
    int digits = 0; /* of a date such as 21/02/2021 */
    for (const char *at = text; *at; at++)
        digits += *at >= '0' && *at <= '9';
    return (!sentence || digits >= 8) &&
           (contains_nocase(text, "abgelegt unter") || contains_nocase(text, "filed under"));
}

static bool named_stories(const char *text)
{
    static const char *const words[] = {"posts", "news", "content", "topics", "links", "coverage", "reading", NULL};
    for (int i = 0; words[i]; i++)
        if (text_equal_nocase(text, words[i]))
            return true;
    return false;
}

/* A heading over other stories, from which on nothing is long enough to be text, and all of it less than before. */
static bool opens_other_stories(Reader *reader, const Node *heading)
{
    static const char *const starts[] = {"editor's pick",
                                         "editors' pick",
                                         "more news",
                                         "more stories",
                                         "latest news",
                                         "you may also",
                                         "weitere meldungen",
                                         "weitere artikel",
                                         "mehr nachrichten",
                                         "à la une",
                                         "más noticias",
                                         "más leídas",
                                         "noticias relacionadas",
                                         "altre notizie",
                                         "meer nieuws",
                                         "więcej artykułów",
                                         "другие новости",
                                         "많이 본",
                                         "추천",
                                         "おすすめ",
                                         "最新记事",
                                         "热门",
                                         "推荐",
                                         NULL};
    const char *text = node_text(reader->arena, heading);
    bool says = strlen(text) < 36 && is_furniture_phrase(text);
    for (int i = 0; starts[i] && !says; i++)
        says = starts_nocase(text, starts[i]) && strlen(text) < strlen(starts[i]) + 20;
    says |= text_equal_nocase(text, "related") || (starts_nocase(text, "related ") && named_stories(text + 8));
    size_t before = 0, behind = 0;
    for (const Node *at = heading->previous; at; at = at->previous)
        before += strlen(node_text(reader->arena, at));
    for (const Node *at = heading->next; at && says; at = at->next) {
        size_t size = strlen(node_text(reader->arena, at));
        behind += size;
        says = !node_is(at, "p") || size < 300;
    }
    return says && behind * 3 < before;
}

static void link_share(const Node *block, int *text, int *link, int *links)
{
    *text = *link = *links = 0;
    for (const Node *at = block; at; at = node_after(at, block)) {
        *links += node_is(at, "a");
        if (at->kind != NODE_TEXT)
            continue;
        *text += visible_bytes(at);
        *link += in_link(at) ? visible_bytes(at) : 0;
    }
}

/* "Home > News > This story", "A | B | C": links, and between them nothing but signs, or the way to the page. */
static bool row_of_links(Reader *reader, const Node *block, int links)
{
    int ways = 0;
    const char *between = "";
    for (const Node *at = block; at; at = node_after(at, block)) {
        if (at->kind != NODE_TEXT || in_link(at))
            continue;
        const char *text = clean_text(reader->arena, at->text);
        ways += *text == '>' || starts_nocase(text, "»") || starts_nocase(text, "›");
        between = arena_format(reader->arena, "%s%s", between, text);
    }
    return links >= 2 && (ways >= links - 1 || !*letters_of(reader->arena, between));
}

static bool is_heading(const Node *node)
{
    return node_is(node, "h2") || node_is(node, "h3");
}

/* A whole sentence of some length, which titles of other stories are not. */
static bool is_sentence(const char *text)
{
    enum { LONG = 80 };
    static const char *const ends[] = {".", "!", "?", "…", "。", ".”", ".\"", NULL};
    size_t size = strlen(text);
    for (int i = 0; size >= LONG && ends[i]; i++)
        if (strcmp(text + size - strlen(ends[i]), ends[i]) == 0)
            return strstr(text + size - strlen(ends[i]) - 2, "...") == NULL;
    return false;
}

static void leave_out(Reader *reader, Node *block)
{
    enum { SHOWN = 60 };
    bool list = node_is(block, "ul") || node_is(block, "ol");
    const char *text = list ? "" : clean_text(reader->arena, node_text(reader->arena, block));
    for (const Node *item = list ? block->first : NULL; item; item = item->next)
        text = arena_format(reader->arena, "%s%s%s", text, *text ? " | " : "",
                            clean_text(reader->arena, node_text(reader->arena, item)));
    if (*text)
        diag_note(reader->diag, "links-left-out", block->source, "left out as links of the page: %.*s%s",
                  whole_characters(text, SHOWN), text, strlen(text) > SHOWN ? "…" : "");
    node_remove(block);
}

void page_drop_furniture(Reader *reader, Node *body)
{
    for (Node *at = body->first, *next; at; at = next) {
        next = at->next;
        if (at != body->first && is_heading(at) && opens_other_stories(reader, at)) {
            while (at->next)
                node_remove(at->next);
            leave_out(reader, at);
            break;
        }
        int text, link, links;
        link_share(at, &text, &link, &links);
        bool list = node_is(at, "ul") || node_is(at, "ol");
        bool links_only = (list && links >= 1 && link * 10 >= text * 7) ||
                          (node_is(at, "p") && links >= 1 && text < 300 &&
                           (link * 10 >= text * 9 || row_of_links(reader, at, links)) &&
                           !(links == 1 && is_sentence(clean_text(reader->arena, node_text(reader->arena, at)))));
        if (links_only || (text < 200 && is_furniture_phrase(node_text(reader->arena, at))))
            leave_out(reader, at);
    }
    while (body->last && (is_heading(body->last) || node_is(body->last, "hr")))
        leave_out(reader, body->last);
}
