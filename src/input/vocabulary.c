/* A news vocabulary to the story form by its XSLT sheet (styles/vocabularies/NAME.xsl).
 * The sheet sees the document with the vocabulary's own namespaces taken off and n2p:at="line:col"
 * on each element; it may neither read nor write files. The functions it may call are in functions.c.
 * The parameter `items` says how many items of a feed are needed. */
#include "input/sheet.h"

#include <libxml/parser.h>
#include <libxslt/documents.h>
#include <libxslt/imports.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

/* ---- our tree to libxml2's ---- */
/* Modules keep a namespace, under one URI each; all that is the vocabulary's or HTML's loses it. */
static const char *module_uri(const Node *node, const Node *root)
{
    static const struct {
        const char *uri, *module; /* module NULL: no namespace */
    } known[] = {
        {HTML_NAMESPACE, NULL},
        {"http://purl.org/rss/1.0/", NULL},
        {"http://my.netscape.com/rdf/simple/0.9/", NULL},
        {"dc:", "http://purl.org/dc/elements/1.1/"},
        {"content:", "http://purl.org/rss/1.0/modules/content/"},
        {"media:", "http://search.yahoo.com/mrss/"},
        {"http://search.yahoo.com/mrss", "http://search.yahoo.com/mrss/"},
        {"http://video.search.yahoo.com/mrss", "http://search.yahoo.com/mrss/"},
        {"http://video.search.yahoo.com/mrss/", "http://search.yahoo.com/mrss/"},
        {"http://news.yandex.ru/", "http://news.yandex.ru"},
        {"yandex:", "http://news.yandex.ru"},
        {"wp:", "http://wordpress.org/export/"},
        {"excerpt:", "http://wordpress.org/export/excerpt/"},
    };
    if (!node->ns || node->ns == root->ns || strncmp(node->ns, "http://iptc.org/std/", 20) == 0 ||
        strncmp(node->ns, "http://www.iptc.org/std/", 24) == 0)
        return NULL;
    if (strncmp(node->ns, "http://wordpress.org/export/", 28) == 0) /* each version has its own */
        return strstr(node->ns, "/excerpt/") ? "http://wordpress.org/export/excerpt/" : "http://wordpress.org/export/";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(node->ns, known[i].uri) == 0)
            return known[i].module;
    return node->ns;
}

typedef struct {
    xmlDocPtr doc;
    xmlNsPtr at; /* n2p, declared at the top */
    const Node *root;
} Export;

static xmlNsPtr namespace_for(xmlNodePtr element, const char *uri)
{
    xmlNsPtr ns = xmlSearchNsByHref(element->doc, element, (const xmlChar *)uri);
    if (ns && ns->prefix)
        return ns;
    char prefix[16];
    int count = 0;
    for (xmlNsPtr other = element->nsDef; other; other = other->next)
        count++;
    snprintf(prefix, sizeof prefix, "m%d", count);
    return xmlNewNs(element, (const xmlChar *)uri, (const xmlChar *)prefix);
}

static xmlNodePtr export_element(const Export *export, xmlNodePtr parent, const Node *node)
{
    /* libxslt has narrower names than the parser */
    const char *name = xmlValidateNCName((const xmlChar *)node->name, 0) == 0 ? node->name : "unknown";
    xmlNodePtr element = xmlNewDocNode(export->doc, NULL, (const xmlChar *)name, NULL);
    xmlAddChild(parent, element);
    const char *uri = module_uri(node, export->root);
    if (uri)
        xmlSetNs(element, namespace_for(element, uri));
    for (int i = 0; i < node->attribute_count; i++) {
        const Attribute *attribute = &node->attributes[i];
        xmlNsPtr ns = attribute->ns && strcmp(attribute->ns, XML_NAMESPACE) == 0
                          ? xmlSearchNs(export->doc, element, (const xmlChar *)"xml")
                          : NULL;
        if (ns || !xmlHasProp(element, (const xmlChar *)attribute->name))
            xmlNewNsProp(element, ns, (const xmlChar *)attribute->name, (const xmlChar *)attribute->value);
    }
    char at[32];
    snprintf(at, sizeof at, "%d:%d", node->source.line, node->source.column);
    xmlNewNsProp(element, export->at, (const xmlChar *)"at", (const xmlChar *)at);
    return element;
}

/* All below `from`, under parent. */
static void export_children(const Export *export, xmlNodePtr parent, const Node *from)
{
    const Node *node = from->first;
    while (node) {
        xmlNodePtr made = NULL;
        if (node->kind == NODE_TEXT)
            xmlAddChild(parent, xmlNewDocTextLen(export->doc, (const xmlChar *)node->text, (int)node->text_size));
        else
            made = export_element(export, parent, node);
        if (made && node->first) {
            parent = made;
            node = node->first;
            continue;
        }
        while (!node->next && node->parent != from) {
            node = node->parent;
            parent = parent->parent;
        }
        node = node->next;
    }
}

static xmlNodePtr export_top(Export *export, const Node *root)
{
    xmlNodePtr top = xmlNewDocNode(export->doc, NULL, (const xmlChar *)root->name, NULL);
    export->at = xmlNewNs(top, (const xmlChar *)N2P_NAMESPACE, (const xmlChar *)"n2p");
    for (int i = 0; i < root->attribute_count; i++) {
        const Attribute *attribute = &root->attributes[i];
        bool xml = attribute->ns && strcmp(attribute->ns, XML_NAMESPACE) == 0;
        if (xml || !attribute->ns)
            xmlNewNsProp(top, xml ? xmlSearchNs(export->doc, top, (const xmlChar *)"xml") : NULL,
                         (const xmlChar *)attribute->name, (const xmlChar *)attribute->value);
    }
    char at[32];
    snprintf(at, sizeof at, "%d:%d", root->source.line, root->source.column);
    xmlNewNsProp(top, export->at, (const xmlChar *)"at", (const xmlChar *)at);
    return top;
}

/* A libxml2 document that goes as soon as it was used, at the latest with the arena. */
typedef struct {
    xmlDocPtr doc;
} Held;

static void free_held(void *object)
{
    Held *held = object;
    if (held->doc)
        xmlFreeDoc(held->doc);
    held->doc = NULL;
}

static Held *hold(Reader *reader, xmlDocPtr doc)
{
    Held *held = NEW(reader->arena, Held);
    held->doc = doc;
    arena_at_free(reader->arena, free_held, held);
    return held;
}

xmlNodePtr tree_export(xmlDocPtr doc, const Node *root)
{
    Export export = {.doc = doc, .root = root};
    xmlNodePtr top = export_top(&export, root);
    xmlAddChild((xmlNodePtr)doc, top);
    export_children(&export, top, root);
    return top;
}

/* ---- libxml2's tree to ours ---- */
Source tree_place(const xmlNode *element, Source otherwise)
{
    xmlChar *at = xmlGetNsProp((xmlNodePtr)element, (const xmlChar *)"at", (const xmlChar *)N2P_NAMESPACE);
    if (!at)
        return otherwise;
    char *rest;
    long line = strtol((char *)at, &rest, 10);
    long column = *rest == ':' ? strtol(rest + 1, NULL, 10) : 0;
    xmlFree(at);
    return line > 0 ? (Source){otherwise.file, (int)line, (int)column} : otherwise;
}

static Node *import_element(Reader *reader, Node *parent, const xmlNode *from)
{
    Source source = tree_place(from, parent ? parent->source : place(reader, 0, 0));
    Node *node = node_append_element(reader->arena, reader->names, parent,
                                     name_of(reader->names, (const char *)from->name), reader->html, source);
    for (xmlAttrPtr attribute = from->properties; attribute; attribute = attribute->next) {
        bool at = attribute->ns && strcmp((const char *)attribute->ns->href, N2P_NAMESPACE) == 0;
        xmlChar *value = at ? NULL : xmlNodeGetContent((xmlNodePtr)attribute);
        if (value)
            node_set_attribute(reader->arena, reader->names, node,
                               name_of(reader->names, (const char *)attribute->name), NULL, (const char *)value);
        xmlFree(value);
    }
    return node;
}

static Node *import_tree(Reader *reader, const xmlNode *top)
{
    Node *root = import_element(reader, NULL, top), *parent = root;
    const xmlNode *at = top->children;
    while (at) {
        bool text = at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE;
        if (text && at->content)
            node_append_text(reader->arena, parent, (const char *)at->content, strlen((const char *)at->content),
                             parent->source);
        Node *made = at->type == XML_ELEMENT_NODE ? import_element(reader, parent, at) : NULL;
        if (made && at->children) {
            parent = made;
            at = at->children;
            continue;
        }
        while (!at->next && at->parent != top) {
            at = at->parent;
            parent = parent->parent;
        }
        at = at->next;
    }
    return root;
}

/* ---- the sheet ---- */
static bool same_folder(const char *a, const char *b)
{
    const char *end_a = strrchr(a, '/'), *end_b = strrchr(b, '/');
    size_t length = end_a ? (size_t)(end_a - a) : 0;
    return length == (end_b ? (size_t)(end_b - b) : 0) && strncmp(a, b, length) == 0;
}

/* xsl:import and xsl:include reach the sheet's own folder; document() reaches nothing. */
static xmlDocPtr load(const xmlChar *uri, xmlDictPtr dict, int options, void *context, xsltLoadType type)
{
    (void)options;
    xsltStylesheetPtr sheet = context;
    if (type != XSLT_LOAD_STYLESHEET || !sheet || !sheet->doc || !sheet->doc->URL ||
        !same_folder((const char *)uri, (const char *)sheet->doc->URL))
        return NULL;
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser)
        return NULL;
    if (dict) { /* libxslt compares names by pointer */
        xmlDictFree(parser->dict);
        parser->dict = dict;
        xmlDictReference(dict);
    }
    xmlDocPtr doc = xmlCtxtReadFile(parser, (const char *)uri, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
    xmlFreeParserCtxt(parser);
    return doc;
}

static void set_loader(void)
{
    xmlInitParser();
    xsltSetLoaderFunc(load);
}

static void free_sheet(void *sheet)
{
    xsltFreeStylesheet(sheet);
}

/* The first error of a sheet is told; libxslt speaks in pieces, libxml2 in structures. */
typedef struct {
    Reader *reader;
    char text[300];
} Complaint;

static void on_xslt_error(void *user, const char *format, ...)
{
    Complaint *complaint = user;
    size_t length = strlen(complaint->text);
    va_list list;
    va_start(list, format);
    vsnprintf(complaint->text + length, sizeof complaint->text - length, format, list);
    va_end(list);
}

static void on_xml_error(void *user, xmlErrorPtr error)
{
    Complaint *complaint = user;
    if (!*complaint->text && error->message)
        snprintf(complaint->text, sizeof complaint->text, "%s %s", error->message, error->str1 ? error->str1 : "");
}

static xsltStylesheetPtr parse_sheet(Reader *reader, const char *path, Bytes bytes)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_loader);
    xmlDocPtr doc = xmlReadMemory(bytes.data, (int)bytes.size, path, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xsltStylesheetPtr sheet = doc ? xsltParseStylesheetDoc(doc) : NULL;
    if (!sheet || sheet->errors) {
        if (sheet)
            xsltFreeStylesheet(sheet);
        else if (doc)
            xmlFreeDoc(doc);
        diag_error(reader->diag, "vocabulary-broken", (Source){path, 0, 0}, "not a usable XSLT sheet");
        return NULL;
    }
    arena_at_free(reader->arena, free_sheet, sheet);
    return sheet;
}

static const char *sheet_path(Reader *reader, const char *name)
{
    const char *folder = reader->request->vocabularies ? reader->request->vocabularies : "styles/vocabularies";
    return path_join(reader->arena, folder, arena_format(reader->arena, "%s.xsl", name));
}

static xsltSecurityPrefsPtr closed(void)
{
    xsltSecurityPrefsPtr prefs = xsltNewSecurityPrefs();
    static const xsltSecurityOption options[] = {XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE,
                                                 XSLT_SECPREF_CREATE_DIRECTORY, XSLT_SECPREF_READ_NETWORK,
                                                 XSLT_SECPREF_WRITE_NETWORK};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        xsltSetSecurityPrefs(prefs, options[i], xsltSecurityForbid);
    return prefs;
}

/* A feed's sheet need not make more items than are asked for; some may be empty. */
static int items_needed(const char *item)
{
    char *rest = "";
    long number = item ? strtol(item, &rest, 10) : 1;
    return *rest || number <= 0 || number > 100000 ? 1000000000 : (int)number + 20;
}

Node *sheet_transform(Reader *reader, const Node *root, const char *name, Bytes bytes)
{
    xsltStylesheetPtr sheet = parse_sheet(reader, sheet_path(reader, name), bytes);
    if (!sheet)
        return NULL;
    Held *source = hold(reader, xmlNewDoc((const xmlChar *)"1.0"));
    tree_export(source->doc, root);
    xsltTransformContextPtr transform = xsltNewTransformContext(sheet, source->doc);
    xsltSecurityPrefsPtr prefs = closed();
    xsltSetCtxtSecurityPrefs(prefs, transform);
    Complaint complaint = {.reader = reader};
    xsltSetTransformErrorFunc(transform, &complaint, on_xslt_error);
    xmlSetStructuredErrorFunc(&complaint, on_xml_error);
    transform->_private = reader;
    functions_register(transform);
    const char *parameters[] = {"items", arena_format(reader->arena, "%d", items_needed(reader->request->item)), NULL};
    Held *result = hold(reader, xsltApplyStylesheetUser(sheet, source->doc, parameters, NULL, NULL, transform));
    bool failed = transform->state != XSLT_STATE_OK;
    xmlSetStructuredErrorFunc(NULL, NULL);
    xsltFreeTransformContext(transform);
    xsltFreeSecurityPrefs(prefs);
    free_held(source);
    xmlNodePtr top = result->doc ? xmlDocGetRootElement(result->doc) : NULL;
    if (failed || !top) {
        diag_error(reader->diag, "vocabulary-failed", root->source, "the sheet '%s' makes nothing of this document: %s",
                   name, clean_text(reader->arena, complaint.text));
        return NULL;
    }
    Node *form = import_tree(reader, top);
    free_held(result);
    return form;
}

Node *vocabulary_transform(Reader *reader, const Node *root, const char *name)
{
    Bytes bytes;
    const char *path = sheet_path(reader, name);
    if (file_map(reader->arena, path, 16 << 20, &bytes) == FILE_OK)
        return sheet_transform(reader, root, name, bytes);
    diag_hint(
        reader->diag,
        diag_error(reader->diag, "vocabulary-missing", (Source){path, 0, 0}, "the sheet for '%s' can't be read", name),
        "is news2pdf installed completely?");
    return NULL;
}
