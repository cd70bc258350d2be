/* The formats that are read, and what they are known by. Content decides, never a file's name. */
#include "input/internal.h"

static const Format formats[] = {
    {"nitf", "NITF 3.x", FROM_XML, NULL},
    {"newsml-1", "NewsML 1.0 to 1.2", FROM_XML, NULL},
    {"newsml-g2", "NewsML-G2: newsItem, newsMessage, packageItem", FROM_XML, NULL},
    {"rss", "RSS 0.9x to 2.0, RDF, and WordPress exports (WXR)", FROM_XML, NULL},
    {"atom", "Atom", FROM_XML, NULL},
    {"jats", "JATS", FROM_XML, NULL},
    {"docbook", "DocBook", FROM_XML, NULL},
    {"ninjs", "ninjs 1 to 3", FROM_JSON, NULL},
    {"schema-org", "schema.org articles as JSON-LD", FROM_JSON, NULL},
    {"apple-news", "Apple News Format", FROM_JSON, NULL},
    {"html", "web pages: HTML, XHTML, AMP, Instant Articles, microformats", FROM_PAGE, NULL},
    {"epub", "EPUB: each chapter is an item", FROM_ARCHIVE, NULL},
    {"wire", "wire text: IPTC 7901, ANPA 1312", FROM_TEXT, wire_read},
    {"markdown", "Markdown, with front matter in YAML", FROM_TEXT, markdown_read},
    {"text", "plain text", FROM_TEXT, plain_read},
};
enum { FORMATS = sizeof formats / sizeof *formats };

const Format *format_named(const char *name)
{
    for (int i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

bool input_format(int i, const char **name, const char **description)
{
    if (i < 0 || i >= FORMATS)
        return false;
    *name = formats[i].name;
    *description = formats[i].description;
    return true;
}

static const Node *child_named(const Node *node, const char *name)
{
    for (const Node *child = node->first; child; child = child->next)
        if (child->kind == NODE_ELEMENT && strcmp(child->name, name) == 0)
            return child;
    return NULL;
}

const Format *format_of_xml(const Node *root)
{
    static const struct {
        const char *element, *child, *format; /* child NULL: any */
    } known[] = {
        {"nitf", NULL, "nitf"},
        {"NewsML", NULL, "newsml-1"},
        {"newsItem", NULL, "newsml-g2"},
        {"newsMessage", NULL, "newsml-g2"},
        {"packageItem", NULL, "newsml-g2"},
        {"contentSet", NULL, "newsml-g2"},
        {"rss", NULL, "rss"},
        {"RDF", NULL, "rss"},
        {"feed", NULL, "atom"},
        {"entry", NULL, "atom"},
        {"article", "front", "jats"},
        {"article", "info", "docbook"},
        {"article", "articleinfo", "docbook"},
        {"article", "artheader", "docbook"},
        {"article", "title", "docbook"},
        {"article", "para", "docbook"},
        {"article", "simpara", "docbook"},
        {"article", "section", "docbook"},
        {"article", "sect1", "docbook"},
    };
    if (root->ns_kind == NS_HTML)
        return format_named("html");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(root->name, known[i].element) == 0 && (!known[i].child || child_named(root, known[i].child)))
            return format_named(known[i].format);
    return NULL;
}

const Format *format_of_json(const Node *root)
{
    static const struct {
        const char *members[2], *format; /* both must be there */
    } known[] = {
        {{"context", "type"}, "schema-org"},
        {{"context", "graph"}, "schema-org"},
        {{"components", "title"}, "apple-news"},
        {{"components", "documentStyle"}, "apple-news"},
        {{"uri", "headline"}, "ninjs"},
        {{"uri", "headlines"}, "ninjs"},
        {{"uri", "bodies"}, "ninjs"},
        {{"uri", "versioncreated"}, "ninjs"},
        {{"uri", "versionCreated"}, "ninjs"},
        {{"uri", "renditions"}, "ninjs"},
        {{"uri", "body_text"}, "ninjs"},
        {{"uri", "body_html"}, "ninjs"},
        {{"uri", "body_xhtml"}, "ninjs"},
        {{"headline", "body_text"}, "ninjs"},
        {{"headline", "body_html"}, "ninjs"},
        {{"headline", "body_xhtml"}, "ninjs"},
        {{"headline", "body_html5"}, "ninjs"},
        {{"headline", "body_markdown"}, "ninjs"},
        {{"headline", "body_nitf"}, "ninjs"},
        {{"type", "headline"}, "schema-org"},
        {{"type", "articleBody"}, "schema-org"},
    };
    const Node *item = child_named(root, "item"); /* of an array, the first speaks for all */
    const Node *objects[] = {root, item};
    for (int o = 0; o < 2 && objects[o]; o++)
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (child_named(objects[o], known[i].members[0]) && child_named(objects[o], known[i].members[1]))
                return format_named(known[i].format);
    return NULL;
}

const Format *format_of_text(const char *text)
{
    return format_named(is_wire(text) ? "wire" : is_markdown(text) ? "markdown" : "text");
}
