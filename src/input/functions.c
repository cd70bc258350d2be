/* The functions that a vocabulary's sheet may call (urn:news2pdf), for content that stands as text in a document:
 *   n2p:html(x [, 'shortcodes'])  escaped HTML or plain text as elements (escaped twice: too); 'wordpress': as it
 *                                 stands in WordPress, where line ends count
 *   n2p:text(x)                   the same, as plain text
 *   n2p:lines(x)                  plain text as paragraphs: parted by blank lines, without any by line ends
 *   n2p:markdown(x)               Markdown as elements
 *   n2p:xml(x)                    an XML document in a text, as its root element */
#include "input/sheet.h"

#include <libxml/xpathInternals.h>
#include <libxslt/extensions.h>
#include <libxslt/variables.h>
#include <stdio.h>

/* "[caption id=x]", "[/dropcap]": WordPress's shortcodes. A captioned picture becomes a figure. */
static size_t shortcode(const char *at, size_t size, bool *figure)
{
    size_t i = 1 + (size > 1 && at[1] == '/'), start = i;
    while (i < size && ((at[i] >= 'a' && at[i] <= 'z') || at[i] == '_' || at[i] == '-'))
        i++;
    if (i - start < 3 || i >= size || (at[i] != ']' && at[i] != ' ' && at[i] != '/'))
        return 0;
    *figure = i - start == 7 && strncmp(at + start, "caption", 7) == 0;
    bool plain = at[i] == ']',
         special = memchr(at + start, '_', i - start) || memchr(at + start, '-', i - start) || at[1] == '/';
    while (i < size && at[i] != ']' && at[i] != '[' && at[i] != '<')
        i++;
    if (i >= size || at[i] != ']')
        return 0;
    char close[40];
    int length =
        snprintf(close, sizeof close, "[/%.*s]", (int)(i - start < 30 ? strcspn(at + start, " ]/") : 0), at + start);
    bool paired = plain && strstr(at, close) != NULL && length > 3;
    return special || paired || (!plain && memchr(at, '=', i)) ? i + 1 : 0;
}

static char *without_shortcodes(Arena *arena, const char *text)
{
    Buffer out = {.arena = arena};
    buffer_add(&out, "", 0);
    for (const char *end = text + strlen(text); text < end;) {
        bool figure = false;
        size_t length = *text == '[' ? shortcode(text, (size_t)(end - text), &figure) : 0;
        if (figure && length)
            buffer_text(&out, text[1] == '/' ? "</figure>" : "<figure>");
        if (length)
            text += length;
        else
            buffer_add(&out, text++, 1);
    }
    return out.data;
}

static bool line_blank(const char *at, const char **next)
{
    while (*at == ' ' || *at == '\t' || *at == '\r')
        at++;
    *next = at;
    return *at == '\n';
}

/* A line end in a text that WordPress holds ends a line, where no element of blocks begins or ends. */
static char *breaks_from_lines(Arena *arena, const char *text)
{
    Buffer out = {.arena = arena};
    buffer_add(&out, "", 0);
    bool tag = false;
    for (; *text; text++) {
        tag = *text == '<' || (tag && *text != '>');
        const char *next = text + 1 + strspn(text + 1, " \t\r\n");
        bool begun = out.size && out.data[out.size - 1] != '>';
        if (*text == '\n' && !tag && begun && *next && *next != '<')
            buffer_text(&out, "<br>");
        else
            buffer_add(&out, text, *text != '\r');
    }
    return out.data;
}

/* Blank lines part paragraphs where no element does; in WordPress each line end ends a line. */
static char *paragraphs_from_lines(Arena *arena, const char *text, bool lines)
{
    if (contains_nocase(text, "<p>") || contains_nocase(text, "<p ") || contains_nocase(text, "<br") ||
        contains_nocase(text, "<pre"))
        return (char *)text;
    lines = lines && (strstr(text, "\n\n") || strstr(text, "\n\r\n")) && !contains_nocase(text, "<div");
    Buffer out = {.arena = arena};
    buffer_add(&out, "", 0);
    for (; *text; text++) {
        const char *next;
        if (*text == '\n' && line_blank(text + 1, &next)) {
            buffer_text(&out, "\n<p>");
            text = next;
        } else if (*text == '\n' && lines && out.size && out.data[out.size - 1] != '>') {
            buffer_text(&out, "<br>");
        } else {
            buffer_add(&out, text, 1);
        }
    }
    return out.data;
}

static bool has_elements(const Node *holder)
{
    for (const Node *child = holder->first; child; child = child->next)
        if (child->kind == NODE_ELEMENT)
            return true;
    return false;
}

static const char *raw_text(Arena *arena, const Node *holder)
{
    Buffer out = {.arena = arena};
    buffer_add(&out, "", 0);
    for (const Node *child = holder->first; child; child = child->next)
        if (child->kind == NODE_TEXT)
            buffer_add(&out, child->text, child->text_size);
    return out.data;
}

/* One level of escaping taken off, and a second where the first leaves only escaped markup. */
static Node *decode(Reader *reader, const char *text, Source source, bool lines)
{
    if (!looks_like_markup(text, strlen(text))) { /* plain: & and < stand for themselves */
        Buffer escaped = {.arena = reader->arena};
        buffer_add(&escaped, "", 0);
        buffer_xml(&escaped, text, strlen(text));
        text = escaped.data;
    }
    text = paragraphs_from_lines(reader->arena, text, lines);
    Node *holder = html_fragment(reader, text, strlen(text), source);
    const char *inside = has_elements(holder) ? "" : raw_text(reader->arena, holder);
    bool again = *inside && strchr(text, '&') && looks_like_markup(inside, strlen(inside));
    return again ? html_fragment(reader, inside, strlen(inside), source) : holder;
}

static Source argument_source(Reader *reader, xmlXPathObjectPtr value)
{
    Source none = place(reader, 0, 0);
    if (value->type != XPATH_NODESET || !value->nodesetval || value->nodesetval->nodeNr == 0)
        return none;
    xmlNodePtr node = value->nodesetval->nodeTab[0];
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->parent;
    return node ? tree_place(node, none) : none;
}

/* The one argument as text, and where it stands. */
typedef struct {
    Reader *reader;
    xsltTransformContextPtr transform;
    const char *text; /* NULL: none */
    Source source;
    bool shortcodes, wordpress; /* as the second argument says */
} Call;

static Call call_begin(xmlXPathParserContextPtr context, int count)
{
    xsltTransformContextPtr transform = xsltXPathGetTransformContext(context);
    Call call = {.reader = transform->_private, .transform = transform};
    for (; count > 1; count--) {
        xmlChar *mode = xmlXPathPopString(context);
        call.wordpress |= mode && strcmp((const char *)mode, "wordpress") == 0;
        call.shortcodes |= mode && (call.wordpress || strcmp((const char *)mode, "shortcodes") == 0);
        xmlFree(mode);
    }
    xmlXPathObjectPtr value = count ? valuePop(context) : NULL;
    if (!value) {
        xmlXPathErr(context, XPATH_INVALID_ARITY);
        return call;
    }
    call.source = argument_source(call.reader, value);
    xmlChar *string = xmlXPathCastToString(value);
    xmlXPathFreeObject(value);
    call.text = arena_string(call.reader->arena, (const char *)string, strlen((const char *)string));
    xmlFree(string);
    return call;
}

/* The nodes below the holder are what the function returns; with `whole` the holder itself. */
static void call_return(xmlXPathParserContextPtr context, const Call *call, const Node *holder, bool whole)
{
    xmlDocPtr fragment = xsltCreateRVT(call->transform);
    xsltRegisterLocalRVT(call->transform, fragment);
    xmlNodePtr top = tree_export(fragment, holder);
    xmlNodeSetPtr set = xmlXPathNodeSetCreate(whole ? top : NULL);
    for (xmlNodePtr child = whole ? NULL : top->children; child; child = child->next)
        xmlXPathNodeSetAddUnique(set, child);
    valuePush(context, xmlXPathWrapNodeSet(set));
}

static void function_html(xmlXPathParserContextPtr context, int count)
{
    Call call = call_begin(context, count);
    if (!call.text)
        return;
    const char *text = call.shortcodes ? without_shortcodes(call.reader->arena, call.text) : call.text;
    if (call.wordpress && contains_nocase(text, "<p") && !contains_nocase(text, "<pre"))
        text = breaks_from_lines(call.reader->arena, text);
    call_return(context, &call, decode(call.reader, text, call.source, call.shortcodes), false);
}

static void function_text(xmlXPathParserContextPtr context, int count)
{
    Call call = call_begin(context, count);
    if (!call.text)
        return;
    if (looks_like_markup(call.text, strlen(call.text)))
        call.text = node_text(call.reader->arena, decode(call.reader, call.text, call.source, false));
    valuePush(context, xmlXPathNewString((const xmlChar *)call.text));
}

static void function_lines(xmlXPathParserContextPtr context, int count)
{
    Call call = call_begin(context, count);
    if (call.text)
        call_return(context, &call, text_paragraphs(call.reader, call.text, strlen(call.text), call.source), false);
}

static void function_markdown(xmlXPathParserContextPtr context, int count)
{
    Call call = call_begin(context, count);
    if (call.text)
        call_return(context, &call, markdown_blocks(call.reader, call.text, strlen(call.text), call.source), false);
}

static void function_xml(xmlXPathParserContextPtr context, int count)
{
    Call call = call_begin(context, count);
    XmlTree tree = {0};
    if (!call.text)
        return;
    if (!xml_parse(call.reader, call.text, strlen(call.text), true, &tree)) {
        call_return(context, &call, decode(call.reader, call.text, call.source, false), false);
        return;
    }
    for (Node *at = tree.root; at; at = (Node *)node_after(at, tree.root))
        at->source = call.source;
    call_return(context, &call, tree.root, true);
}

void functions_register(xsltTransformContextPtr transform)
{
    static const struct {
        const char *name;
        xmlXPathFunction function;
    } functions[] = {{"html", function_html},
                     {"text", function_text},
                     {"lines", function_lines},
                     {"markdown", function_markdown},
                     {"xml", function_xml}};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        xsltRegisterExtFunction(transform, (const xmlChar *)functions[i].name, (const xmlChar *)N2P_NAMESPACE,
                                functions[i].function);
}
