/* From bytes to a Document: what is it, how is it read. See input.h. */
#include "input/internal.h"

#include <stdlib.h>

typedef enum { IS_XML, IS_XHTML, IS_HTML, IS_JSON, IS_TEXT, IS_EMPTY } Look;

/* ---- recognising ---- */
/* Past white space, comments, processing instructions and the doctype. */
static const char *first_tag(const char *at, bool *declared, bool *html_doctype)
{
    for (;;) {
        while (is_space((unsigned char)*at))
            at++;
        const char *close = NULL;
        if (strncmp(at, "<!--", 4) == 0) {
            close = strstr(at + 4, "-->");
            close = close ? close + 3 : NULL;
        } else if (strncmp(at, "<?", 2) == 0) {
            *declared |= starts_nocase(at, "<?xml ");
            close = strstr(at, "?>");
            close = close ? close + 2 : NULL;
        } else if (starts_nocase(at, "<!DOCTYPE")) {
            const char *name = at + 9;
            while (is_space((unsigned char)*name))
                name++;
            *html_doctype |= starts_nocase(name, "html");
            const char *subset = strchr(at, '['), *end = strchr(at, '>');
            if (subset && end && subset < end && (subset = strstr(subset, "]")) != NULL)
                end = strchr(subset, '>');
            close = end ? end + 1 : NULL;
        } else {
            return at;
        }
        if (!close)
            return at + strlen(at);
        at = close;
    }
}

/* Has the tag at hand, which may be in capitals, one of these names? */
static bool tag_named(const char *at, const char *const *names)
{
    for (int i = 0; *at == '<' && names[i]; i++) {
        size_t length = strlen(names[i]);
        char next = at[1 + length];
        if (starts_nocase(at + 1, names[i]) && (next == '>' || next == '/' || is_space((unsigned char)next)))
            return true;
    }
    return false;
}

static bool html_element(const char *at)
{
    static const char *const names[] = {
        "html", "head", "body",     "title", "meta",    "link",   "style",  "script", "div",    "p",
        "h1",   "h2",   "article",  "main",  "section", "header", "center", "table",  "span",   "a",
        "b",    "i",    "img",      "ul",    "ol",      "form",   "font",   "base",   "figure", "blockquote",
        "pre",  "nav",  "noscript", "br",    "hr",      "svg",    NULL};
    return tag_named(at, names);
}

static const char *first_tag_of(const char *text)
{
    bool declared = false, html_doctype = false;
    return first_tag(text, &declared, &html_doctype);
}

/* <article> is DocBook's and JATS's too: with a namespace of its own, as JATS names its kinds and versions, or with
 * what no article of HTML begins with. */
static bool is_foreign(const char *tag, const char *end)
{
    static const char *const article[] = {"article", NULL};
    static const char *const first[] = {"front",     "processing-meta", "info",       "articleinfo",
                                        "artheader", "title",           "subtitle",   "para",
                                        "simpara",   "sect1",           "formalpara", NULL};
    static const char *const attributes[] = {"article-type=", "dtd-version=", NULL};
    if (!tag_named(tag, article))
        return false;
    const char *ns = strstr(tag, "xmlns"), *xhtml = strstr(tag, HTML_NAMESPACE);
    if (ns && ns < end && !(xhtml && xhtml < end))
        return true;
    for (int i = 0; attributes[i]; i++) {
        const char *found = strstr(tag, attributes[i]);
        if (found && found < end)
            return true;
    }
    return tag_named(first_tag_of(end + 1), first);
}

static Look look_at(const char *text)
{
    bool declared = false, html_doctype = false;
    const char *at = first_tag(text, &declared, &html_doctype);
    if (!*at)
        return declared || html_doctype ? IS_XML : IS_EMPTY;
    if (*at == '{' || *at == '[')
        return IS_JSON;
    if (*at != '<')
        return html_doctype                                                     ? IS_HTML
               : looks_like_markup(at, strlen(at) < 65536 ? strlen(at) : 65536) ? IS_HTML
                                                                                : IS_TEXT;
    const char *end = strchr(at, '>');
    bool html = starts_nocase(at, "<html") && (is_space((unsigned char)at[5]) || at[5] == '>');
    if (html && end) {
        const char *ns = strstr(at, HTML_NAMESPACE);
        return ns && ns < end ? IS_XHTML : IS_HTML;
    }
    bool foreign = end && is_foreign(at, end);
    return html_doctype || (!declared && !foreign && html_element(at)) ? IS_HTML : IS_XML;
}

/* ---- a document as it stands ---- */
static void add_sheet(Arena *arena, Document *document, int *room, DocumentSheet sheet)
{
    if (document->sheet_count == *room)
        document->sheets = vec_grow(arena, document->sheets, document->sheet_count, room, sizeof sheet);
    ((DocumentSheet *)document->sheets)[document->sheet_count++] = sheet;
}

static bool has_token(const char *list, const char *token)
{
    size_t length = strlen(token);
    for (const char *at = list; *at; at++)
        if ((at == list || is_space((unsigned char)at[-1])) && starts_nocase(at, token) &&
            (!at[length] || is_space((unsigned char)at[length])))
            return true;
    return false;
}

static const char *style_text(Arena *arena, const Node *style)
{
    Buffer out = {.arena = arena};
    buffer_add(&out, "", 0);
    for (const Node *child = style->first; child; child = child->next)
        if (child->kind == NODE_TEXT)
            buffer_add(&out, child->text, child->text_size);
    return out.data;
}

static bool css_type(const Node *node)
{
    const char *type = node_attribute(node, "type");
    return !type || !*type || starts_nocase(type, "text/css");
}

static void collect_sheets(Reader *reader, Document *document)
{
    int room = document->sheet_count;
    const Node *top = document->root;
    for (const Node *at = top; at; at = node_after(at, top)) {
        if (at->kind != NODE_ELEMENT || at->ns_kind != NS_HTML || !css_type(at))
            continue;
        DocumentSheet sheet = {
            .media = node_attribute(at, "media"), .title = node_attribute(at, "title"), .source = at->source};
        if (strcmp(at->name, "style") == 0) {
            sheet.text = style_text(reader->arena, at);
            sheet.source = at->first ? at->first->source : at->source;
            add_sheet(reader->arena, document, &room, sheet);
        } else if (strcmp(at->name, "link") == 0) {
            const char *rel = node_attribute(at, "rel");
            sheet.href = node_attribute(at, "href");
            sheet.alternate = rel && has_token(rel, "alternate");
            if (rel && sheet.href && has_token(rel, "stylesheet"))
                add_sheet(reader->arena, document, &room, sheet);
        }
    }
}

static const char *find_meta(const Node *top, const char *name)
{
    for (const Node *at = top; at; at = node_after(at, top)) {
        const char *is = node_is(at, "meta") ? node_attribute(at, "name") : NULL;
        if (is && text_equal_nocase(is, name))
            return node_attribute(at, "content");
        if (node_is(at, "body"))
            break;
    }
    return NULL;
}

static const char *find_title(Reader *reader, const Node *top)
{
    for (const Node *at = top; at; at = node_after(at, top))
        if (node_is(at, "title")) {
            const char *text = node_text(reader->arena, at);
            return *text ? text : NULL;
        }
    return NULL;
}

static void describe(Reader *reader, Document *document)
{
    const Node *root = document->root;
    for (int i = 0; i < root->attribute_count; i++)
        if (strcmp(root->attributes[i].name, "lang") == 0 && *root->attributes[i].value)
            document->language = root->attributes[i].value;
    if (!document->html)
        return;
    document->title = find_title(reader, root);
    document->authors = find_meta(root, "author");
    document->subject = find_meta(root, "description");
    document->keywords = find_meta(root, "keywords");
    const char *date = find_meta(root, "date");
    document->date = date ? date_iso(reader->arena, date) : NULL;
}

static bool plain(Reader *reader, Document *document, Node *root)
{
    document->kind = DOCUMENT_PLAIN;
    document->root = root;
    collect_sheets(reader, document);
    describe(reader, document);
    document->node_count = document_number(root);
    return true;
}

static bool has_page_rule(Reader *reader, const Node *root)
{
    for (const Node *at = root; at; at = node_after(at, root))
        if (node_is(at, "style") && strstr(style_text(reader->arena, at), "@page"))
            return true;
    return false;
}

/* ---- stories ---- */
static bool wanted(const InputRequest *request, const Story *story, int number)
{
    const char *item = request->item;
    if (!item || !*item)
        return number == 1;
    if (text_equal_nocase(item, "all") || (story->guid && strcmp(story->guid, item) == 0))
        return true;
    char *rest;
    long wish = strtol(item, &rest, 10);
    return *rest == 0 && wish == number;
}

static bool has_content(const Story *story)
{
    return story->headline || story->body->first || story->pictures.count;
}

/* Keeps of an edition what is asked for and may be printed. False: nothing (reported). */
static bool keep_stories(Reader *reader, Edition *edition)
{
    int count = edition ? edition->stories.count : 0, kept = 0, number = 0;
    bool refused = false;
    for (int i = 0; i < count; i++) {
        Story *story = edition->stories.at[i];
        if (!has_content(story) || !wanted(reader->request, story, ++number))
            continue;
        if (!story_may_print(reader, story)) {
            refused = true;
            continue;
        }
        story_finish(reader, story);
        edition->stories.at[kept++] = story;
    }
    if (refused && !reader->request->one_of_many)
        return false;
    if (!kept && !refused) {
        int message = number ? diag_error(reader->diag, "item-missing", place(reader, 0, 0), "no item '%s' among %d",
                                          reader->request->item, number)
                             : diag_error(reader->diag, "nothing-to-print", place(reader, 0, 0),
                                          "there is no article in this file");
        diag_hint(reader->diag, message,
                  number ? "--item takes a number from 1, an item's guid, or all"
                         : "news XML, a feed with items, or a page with text is expected");
    }
    if (!kept)
        return false;
    edition->stories.count = kept;
    return true;
}

/* ---- the ways through: each gives a plain document or an edition; false: neither (reported) ---- */
static bool take_edition(Reader *reader, Reading *reading, Edition *edition)
{
    if (!keep_stories(reader, edition))
        return false;
    reading->edition = edition;
    return true;
}

static bool read_html(Reader *reader, Reading *reading, Node *root)
{
    uint8_t as = reader->request->as;
    reading->plain->html = true;
    if (as == AS_DOCUMENT || (as == AS_AUTO && has_page_rule(reader, root)))
        return plain(reader, reading->plain, root);
    return take_edition(reader, reading, page_read(reader, root));
}

static bool parse_html(Reader *reader, Reading *reading, const char *text, size_t size)
{
    HtmlTree tree = {0};
    if (!html_parse(reader, text, size, &tree))
        return false;
    reading->plain->quirks = tree.quirks;
    return read_html(reader, reading, tree.root);
}

static bool no_format(Reader *reader, Source source, const char *what)
{
    diag_hint(
        reader->diag, diag_error(reader->diag, "format-unknown", source, "%s", what),
        "--list-formats names the formats; for XML of your own give a mapping with --map, a style sheet with -s, or "
        "--as document");
    return false;
}

/* XML or JSON, as a tree: by the user's mapping or by the format's sheet. */
static bool read_tree(Reader *reader, Reading *reading, Node *root, const Format *format)
{
    Node *form = reader->request->map ? mapping_apply(reader, root, reader->request->map)
                                      : vocabulary_transform(reader, root, format->name);
    return form && take_edition(reader, reading, edition_read(reader, form));
}

static bool read_xml(Reader *reader, Reading *reading, const char *text, size_t size, const Format *format)
{
    XmlTree tree;
    int errors = reader->diag->errors;
    if (!xml_parse(reader, text, size, false, &tree)) {
        if (reader->diag->errors == errors)
            diag_error(reader->diag, "malformed-xml", place(reader, 1, 1), "no element can be read from this file");
        return false;
    }
    const Format *known = format ? format : format_of_xml(tree.root);
    if (reader->request->map)
        return read_tree(reader, reading, tree.root, NULL);
    if (known && known->kind == FROM_PAGE)
        return read_html(reader, reading, tree.root);
    if (reader->request->as == AS_DOCUMENT ||
        (!known && reader->request->as == AS_AUTO && (tree.sheet_count || reader->request->has_style))) {
        reading->plain->sheets = tree.sheets;
        reading->plain->sheet_count = tree.sheet_count;
        return plain(reader, reading->plain, tree.root);
    }
    if (!known)
        return no_format(
            reader, tree.root->source,
            arena_format(reader->arena, "no news vocabulary that is known has the root element '%s'", tree.root->name));
    return read_tree(reader, reading, tree.root, known);
}

static bool read_json(Reader *reader, Reading *reading, const char *text, size_t size, const Format *format)
{
    Node *root = json_read(reader, text, size);
    if (!root)
        return false;
    const Format *known = format ? format : format_of_json(root);
    if (!known && !reader->request->map)
        return no_format(reader, root->source, "no news vocabulary that is known is JSON with these members");
    return read_tree(reader, reading, root, known);
}

static bool read_text(Reader *reader, Reading *reading, const char *text, size_t size, const Format *format)
{
    Node *form = format->read(reader, text, size);
    reading->text = strcmp(format->name, "wire") != 0;
    return form && take_edition(reader, reading, edition_read(reader, form));
}

static bool read_xhtml(Reader *reader, Reading *reading, const char *text, size_t size)
{
    XmlTree tree;
    if (xml_parse(reader, text, size, true, &tree) && !tree.errors && tree.root->ns_kind == NS_HTML)
        return read_html(reader, reading, tree.root);
    return parse_html(reader, reading, text, size);
}

Reader reader_of(Arena *arena, Names *names, const InputRequest *request, Diag *diag)
{
    InputRequest *copy = NEW(arena, InputRequest);
    *copy = *request;
    copy->limits = request->limits ? request->limits : &default_limits;
    return (Reader){
        .arena = arena, .names = names, .request = copy, .diag = diag, .html = name_of(names, HTML_NAMESPACE)};
}

/* Pictures and programs: more than every twentieth byte is a control character. UTF-16, which has such bytes, begins
 * with its mark or with markup. */
static bool is_binary(Bytes bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.data;
    size_t size = bytes.size < 4000 ? bytes.size : 4000, wrong = 0;
    bool marked = size >= 2 && ((at[0] == 0xFE && at[1] == 0xFF) || (at[0] == 0xFF && at[1] == 0xFE));
    bool wire = size && (at[0] == 0x01 || at[0] == 0x16); /* SOH, SYN: IPTC 7901, ANPA */
    if (marked || wire || memchr(at, '<', size < 8 ? size : 8))
        return false;
    for (size_t i = 0; i < size; i++)
        wrong += (at[i] < 0x20 && !strchr("\t\n\r\f\x1B", at[i])) || at[i] == 0;
    return wrong * 20 > size;
}

/* The format is the user's, or found out. */
static bool read_as(Reader *reader, Reading *reading, const char *text, size_t size)
{
    Look look = look_at(text);
    const Format *format = reader->request->format ? format_named(reader->request->format) : NULL;
    if (reader->request->format && !format)
        return no_format(reader, place(reader, 0, 0),
                         arena_format(reader->arena, "there is no format '%s'", reader->request->format));
    if (format && format->kind == FROM_ARCHIVE)
        return no_format(reader, place(reader, 1, 1), "no archive, and so no EPUB");
    if (look == IS_EMPTY) {
        diag_error(reader->diag, "nothing-to-print", place(reader, 0, 0), "the file is empty");
        return false;
    }
    if (!format && (look == IS_TEXT || (look == IS_HTML && *first_tag_of(text) != '<' && is_markdown(text))))
        format = format_of_text(text);
    switch (format ? format->kind : look == IS_JSON ? FROM_JSON : look == IS_XML ? FROM_XML : FROM_PAGE) {
    case FROM_TEXT: return read_text(reader, reading, text, size, format);
    case FROM_JSON: return read_json(reader, reading, text, size, format);
    case FROM_XML: return read_xml(reader, reading, text, size, format);
    default:
        return look == IS_XHTML ? read_xhtml(reader, reading, text, size) : parse_html(reader, reading, text, size);
    }
}

bool input_find(Reader *reader, Reading *reading)
{
    const InputRequest *request = reader->request;
    if (request->limits->input_bytes && request->bytes.size > request->limits->input_bytes) {
        diag_error(reader->diag, "input-too-large", place(reader, 0, 0), "the file has more than %zu bytes",
                   request->limits->input_bytes);
        return false;
    }
    *reading = (Reading){.plain = new_document(reader)};
    if (is_archive(request->bytes)) {
        Node *form = epub_read(reader);
        return form && take_edition(reader, reading, edition_read(reader, form));
    }
    if (!request->encoding && is_binary(request->bytes))
        return no_format(reader, place(reader, 1, 1), "neither markup nor text");
    const char *text;
    size_t size;
    return charset_decode(reader, &text, &size) && read_as(reader, reading, text, size);
}

const Document *input_read(Arena *arena, Names *names, const InputRequest *request, Diag *diag)
{
    Reader reader = reader_of(arena, names, request, diag);
    Reading reading;
    if (!input_find(&reader, &reading))
        return NULL;
    return reading.edition ? article_write(&reader, reading.edition) : reading.plain;
}
