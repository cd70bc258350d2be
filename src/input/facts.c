/* What a page says of its article in data.
 *   schema.org (NewsArticle and its kin) as JSON-LD; OpenGraph; Dublin Core and other meta names. */
#include "input/page.h"

#include <jansson.h>

/* ---- JSON-LD ---- */
static const char *string_of(Reader *reader, const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value))
        value = json_object_get(value, "@value") ? json_object_get(value, "@value") : json_object_get(value, "name");
    const char *text = json_string_value(value);
    if (!text)
        return NULL;
    if (looks_like_markup(text, strlen(text)))
        text = node_text(reader->arena, html_fragment(reader, text, strlen(text), place(reader, 1, 1)));
    text = clean_text(reader->arena, text);
    return *text ? text : NULL;
}

/* With its line ends; elements become lines. */
static const char *whole_text(Reader *reader, const json_t *value)
{
    const char *text = json_string_value(value);
    if (!text || !looks_like_markup(text, strlen(text)))
        return text ? arena_string(reader->arena, text, strlen(text)) : NULL;
    Node *blocks = blocks_from(reader, html_fragment(reader, text, strlen(text), place(reader, 1, 1)), NULL);
    const char *lines = "";
    for (const Node *at = blocks->first; at; at = at->next)
        lines = arena_format(reader->arena, "%s%s\n\n", lines, node_text(reader->arena, at));
    return lines;
}

static bool is_article(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    size_t count = json_is_array(type) ? json_array_size(type) : 1;
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_is_array(type) ? json_array_get(type, i) : type);
        size_t length = name ? strlen(name) : 0;
        if (name && ((length >= 7 && strcmp(name + length - 7, "Article") == 0) || strcmp(name, "BlogPosting") == 0 ||
                     strcmp(name, "LiveBlogPosting") == 0 || strcmp(name, "Report") == 0))
            return true;
    }
    return false;
}

static bool is_url(const char *text)
{
    return starts_nocase(text, "http:") || starts_nocase(text, "https:") || text[0] == '/';
}

static void add_author(Reader *reader, PageFacts *facts, const json_t *author)
{
    if (json_is_array(author)) {
        for (size_t i = 0; i < json_array_size(author); i++)
            if (!json_is_array(json_array_get(author, i)))
                add_author(reader, facts, json_array_get(author, i));
        return;
    }
    const json_t *names = json_is_object(author) ? json_object_get(author, "name") : NULL;
    if (json_is_array(names)) {
        for (size_t i = 0; i < json_array_size(names); i++)
            if (json_is_string(json_array_get(names, i)))
                add_author(reader, facts, json_array_get(names, i));
        return;
    }
    const char *name = string_of(reader, author);
    if (!name || is_url(name) || facts->authors.count >= 12)
        return;
    for (int i = 0; i < facts->authors.count; i++)
        if (strcmp(facts->authors.at[i], name) == 0)
            return;
    VEC_PUSH(reader->arena, facts->authors, name);
}

static void add_picture(Reader *reader, PageFacts *facts, const json_t *image)
{
    if (json_is_array(image)) {
        for (size_t i = 0; i < json_array_size(image) && i < 40; i++)
            if (!json_is_array(json_array_get(image, i)))
                add_picture(reader, facts, json_array_get(image, i));
        return;
    }
    FactPicture picture = {.url = json_is_object(image) ? string_of(reader, json_object_get(image, "url")
                                                                                ? json_object_get(image, "url")
                                                                                : json_object_get(image, "contentUrl"))
                                                        : string_of(reader, image)};
    if (!picture.url)
        return;
    if (json_is_object(image)) {
        picture.caption = string_of(reader, json_object_get(image, "caption"));
        const char *name = string_of(reader, json_object_get(image, "name")); /* a sentence there is a caption */
        if (!picture.caption && name && strlen(name) > 40)
            picture.caption = name;
        picture.credit = string_of(reader, json_object_get(image, "creditText"));
    }
    VEC_PUSH(reader->arena, facts->pictures, picture);
}

static void take(const char **into, const char *value)
{
    if (!*into && value && *value)
        *into = value;
}

static void read_article(Reader *reader, PageFacts *facts, const json_t *article)
{
    take(&facts->headline, string_of(reader, json_object_get(article, "headline")));
    take(&facts->description, string_of(reader, json_object_get(article, "description")));
    take(&facts->language, string_of(reader, json_object_get(article, "inLanguage")));
    take(&facts->date, string_of(reader, json_object_get(article, "datePublished")));
    take(&facts->section, string_of(reader, json_object_get(article, "articleSection")));
    take(&facts->copyright, string_of(reader, json_object_get(article, "copyrightNotice")));
    take(&facts->publisher, string_of(reader, json_object_get(article, "publisher")));
    take(&facts->text, whole_text(reader, json_object_get(article, "articleBody")));
    const json_t *decks = json_object_get(article, "alternativeHeadline");
    for (size_t i = 0; i < (json_is_array(decks) ? json_array_size(decks) : 1) && i < 12; i++) {
        const char *deck = string_of(reader, json_is_array(decks) ? json_array_get(decks, i) : decks);
        if (deck)
            VEC_PUSH(reader->arena, facts->decks, deck);
    }
    add_author(reader, facts,
               json_object_get(article, "author") ? json_object_get(article, "author")
                                                  : json_object_get(article, "creator"));
    add_picture(reader, facts, json_object_get(article, "image"));
}

static bool find_article(Reader *reader, PageFacts *facts, const json_t *value, int depth)
{
    if (depth > 8)
        return false;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            if (find_article(reader, facts, json_array_get(value, i), depth + 1))
                return true;
        return false;
    }
    if (!json_is_object(value))
        return false;
    if (is_article(value)) {
        read_article(reader, facts, value);
        return true;
    }
    return find_article(reader, facts, json_object_get(value, "@graph"), depth + 1) ||
           find_article(reader, facts, json_object_get(value, "mainEntity"), depth + 1) ||
           find_article(reader, facts, json_object_get(value, "mainEntityOfPage"), depth + 1);
}

static void release(void *value)
{
    json_decref(value);
}

static void read_json_ld(Reader *reader, PageFacts *facts, const Node *script)
{
    Buffer text = {.arena = reader->arena};
    for (const Node *child = script->first; child; child = child->next)
        if (child->kind == NODE_TEXT)
            buffer_add(&text, child->text, child->text_size);
    for (size_t i = 0; i < text.size; i++) /* raw line ends inside strings are common */
        if ((unsigned char)text.data[i] < 0x20)
            text.data[i] = ' ';
    json_error_t error;
    json_t *value = text.size ? json_loadb(text.data, text.size, JSON_DISABLE_EOF_CHECK, &error) : NULL;
    if (!value)
        return;
    arena_at_free(reader->arena, release, value);
    find_article(reader, facts, value, 0);
}

/* ---- meta ---- */
static bool all_digits(const char *text)
{
    return strspn(text, "0123456789") == strlen(text);
}

static void read_meta(Reader *reader, PageFacts *facts, const Node *meta)
{
    struct {
        const char *name;
        const char **into;
    } const table[] = {
        {"og:title", &facts->og_title},
        {"twitter:title", &facts->og_title},
        {"og:site_name", &facts->site},
        {"og:description", &facts->description},
        {"description", &facts->description},
        {"article:published_time", &facts->date},
        {"date", &facts->date},
        {"parsely-pub-date", &facts->date},
        {"publishdate", &facts->date},
        {"publish-date", &facts->date},
        {"publication_date", &facts->date},
        {"pubdate", &facts->date},
        {"dc.date", &facts->date},
        {"dc.date.issued", &facts->date},
        {"dcterms.created", &facts->date},
        {"sailthru.date", &facts->date},
        {"datepublished", &facts->date},
        {"article:section", &facts->section},
        {"copyright", &facts->copyright},
        {"dc.rights", &facts->copyright},
        {"rights", &facts->copyright},
        {"author", &facts->meta_author},
        {"article:author", &facts->meta_author},
        {"dc.creator", &facts->meta_author},
        {"parsely-author", &facts->meta_author},
        {"og:article:author", &facts->meta_author},
        {"byl", &facts->meta_author},
        {"og:article:section", &facts->section},
        {"og:locale", &facts->language},
        {"keywords", &facts->keywords},
        {"news_keywords", &facts->keywords},
        {"parsely-title", &facts->og_title},
    };
    const char *content = node_attribute(meta, "content");
    const char *keys[] = {node_attribute(meta, "property"), node_attribute(meta, "name"),
                          node_attribute(meta, "itemprop")};
    for (int k = 0; content && k < 3; k++)
        for (size_t i = 0; keys[k] && i < sizeof table / sizeof *table; i++) {
            const char *value = text_equal_nocase(keys[k], table[i].name) ? clean_text(reader->arena, content) : "";
            if (*value && !(table[i].into == &facts->meta_author &&
                            (is_url(value) || !*letters_of(reader->arena, value) || all_digits(value))))
                take(table[i].into, value);
        }
    const char *colon = keys[1] ? strrchr(keys[1], ':') : NULL; /* "vendor:author" */
    if (content && *content && colon && strcmp(colon, ":author") == 0 && !is_url(content) && !facts->vendor_author)
        facts->vendor_author = clean_text(reader->arena, content);
}

PageFacts page_facts(Reader *reader, const Node *html)
{
    PageFacts facts = {0};
    for (const Node *at = html; at; at = node_after(at, html)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        const char *type = node_is(at, "script") ? node_attribute(at, "type") : NULL;
        if (type && starts_nocase(type, "application/ld+json"))
            read_json_ld(reader, &facts, at);
        else if (node_is(at, "meta"))
            read_meta(reader, &facts, at);
        else if (node_is(at, "base"))
            take(&facts.base, node_attribute(at, "href"));
        else if (node_is(at, "title") && at->parent && node_is(at->parent, "head"))
            take(&facts.title, clean_text(reader->arena, node_text(reader->arena, at)));
    }
    const char *lang = node_attribute(html, "lang");
    for (int i = 0; !lang && i < html->attribute_count; i++)
        lang = strcmp(html->attributes[i].name, "lang") == 0 ? html->attributes[i].value : NULL;
    if (lang && *lang)
        facts.language = lang;
    if (!facts.site)
        facts.site = facts.publisher;
    if (!facts.meta_author && facts.vendor_author && *facts.vendor_author)
        facts.meta_author = facts.vendor_author;
    /* "Written by the paper": a person's name elsewhere says more. */
    bool paper = facts.authors.count == 1 &&
                 ((facts.site && same_letters(reader->arena, facts.authors.at[0], facts.site)) ||
                  (facts.publisher && same_letters(reader->arena, facts.authors.at[0], facts.publisher)));
    if (paper && facts.meta_author && !same_letters(reader->arena, facts.meta_author, facts.authors.at[0]))
        facts.authors.count = 0;
    return facts;
}

/* A title's part before the site's name: what stands between " | ", " - " and the like. */
const char *without_site(Reader *reader, const char *title, const char *site)
{
    static const char *const marks[] = {" | ", " - ", " – ", " — ", " » ", " :: ", " · ", " < ", "｜", NULL};
    if (!title)
        return NULL;
    const char *cut = NULL, *behind = NULL;
    for (int i = 0; marks[i]; i++)
        for (const char *at = title; (at = strstr(at, marks[i])) != NULL; at += strlen(marks[i]))
            if (at > cut || !cut) {
                cut = at;
                behind = at + strlen(marks[i]);
            }
    if (!cut)
        return title;
    bool named_site = site && same_letters(reader->arena, behind, site);
    if (!named_site && strlen(behind) * 2 > (size_t)(cut - title))
        return title;
    const char *rest = clean_text(reader->arena, arena_string(reader->arena, title, (size_t)(cut - title)));
    return named_site ? rest : without_site(reader, rest, site);
}
