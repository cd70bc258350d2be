/* XML to our tree by libxml2's SAX2 events. The text is made safe first, so the parser sees no
 * doctype and no entity; it reads on behind errors, which are reported with their places.
 *   Namespaces in XML 1.0; xml-stylesheet 1.0 for the processing instruction. */
#define _GNU_SOURCE
#include "input/internal.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

enum { ERRORS_SHOWN = 8 };

typedef struct {
    Reader *reader;
    XmlTree *tree;
    SafeXml safe;
    xmlParserCtxtPtr parser;
    Node *open;          /* the element that takes children now */
    int depth, too_deep; /* elements open; of these beyond the limit */
    Cursor cursor;       /* in the source */
    int shift;
    Buffer text;      /* of the text node being read */
    size_t text_at;   /* where it starts, in the safe text */
    size_t event_end; /* where the last tag ended, in the safe text */
    bool quiet, stopped;
} Parse;

/* Where an offset of the safe text stands in the source. Offsets come in rising order. */
static Source source_at(Parse *parse, size_t offset)
{
    const SafeXml *safe = &parse->safe;
    while (parse->shift > 0 && safe->shifts[parse->shift - 1].out > offset)
        parse->shift--;
    while (parse->shift < safe->shift_count && safe->shifts[parse->shift].out <= offset)
        parse->shift++;
    size_t in = offset;
    if (parse->shift > 0)
        in = safe->shifts[parse->shift - 1].in + (offset - safe->shifts[parse->shift - 1].out);
    cursor_to(&parse->cursor, in);
    return place(parse->reader, parse->cursor.line, parse->cursor.column);
}

static size_t parser_offset(const Parse *parse)
{
    const xmlParserInput *input = parse->parser->input;
    size_t offset = input ? input->consumed + (size_t)(input->cur - input->base) : 0;
    return offset < parse->safe.size ? offset : parse->safe.size;
}

static void stop(Parse *parse)
{
    parse->stopped = true;
    xmlStopParser(parse->parser);
}

static bool count_node(Parse *parse, Source source)
{
    int limit = parse->reader->request->limits->nodes;
    if (parse->reader->nodes++ < limit)
        return true;
    if (!parse->stopped)
        diag_hint(parse->reader->diag,
                  diag_error(parse->reader->diag, "too-many-nodes", source, "more than %d elements and texts", limit),
                  "--limit nodes=N allows more");
    stop(parse);
    return false;
}

static void end_text(Parse *parse)
{
    if (parse->text.size && parse->open) {
        Source source = source_at(parse, parse->text_at);
        if (count_node(parse, source))
            node_append_text(parse->reader->arena, parse->open, parse->text.data, parse->text.size, source);
    }
    parse->text.size = 0;
}

static void on_text(void *user, const xmlChar *text, int size)
{
    Parse *parse = user;
    if (parse->text.size == 0)
        parse->text_at = parse->event_end;
    buffer_add(&parse->text, text, (size_t)size);
}

static Name name_or_null(Parse *parse, const xmlChar *text)
{
    return text ? name_of(parse->reader->names, (const char *)text) : NULL;
}

static void add_attributes(Parse *parse, Node *node, int count, const xmlChar **attributes)
{
    Reader *reader = parse->reader;
    for (int i = 0; i < count; i++, attributes += 5) {
        char *value = arena_string(reader->arena, (const char *)attributes[3], (size_t)(attributes[4] - attributes[3]));
        Name ns = name_or_null(parse, attributes[2]);
        node_set_attribute(reader->arena, reader->names, node, name_of(reader->names, (const char *)attributes[0]), ns,
                           value);
    }
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int ns_count,
                     const xmlChar **ns, int attribute_count, int defaulted, const xmlChar **attributes)
{
    (void)ns_count, (void)ns, (void)defaulted;
    Parse *parse = user;
    Reader *reader = parse->reader;
    end_text(parse);
    size_t here = parser_offset(parse), start = here;
    while (start > 0 && parse->safe.text[start] != '<')
        start--;
    parse->event_end = here + (here < parse->safe.size && parse->safe.text[here] == '/' ? 2 : 1);
    Source source = source_at(parse, start);
    if (parse->stopped || !count_node(parse, source))
        return;
    if (++parse->depth > reader->request->limits->depth) {
        if (parse->too_deep++ == 0)
            diag_warn(reader->diag, "nesting-depth", source,
                      "elements nested deeper than %d are left out; their text is kept",
                      reader->request->limits->depth);
        return;
    }
    /* A prefix without a declaration is kept as part of the name's namespace, so that dc:creator is still known. */
    Name space = uri      ? name_or_null(parse, uri)
                 : prefix ? name_of(reader->names, arena_format(reader->arena, "%s:", prefix))
                          : NULL;
    if (!parse->open && parse->tree->root)
        return;
    parse->open = node_append_element(reader->arena, reader->names, parse->open,
                                      name_of(reader->names, (const char *)name), space, source);
    if (!parse->tree->root)
        parse->tree->root = parse->open;
    add_attributes(parse, parse->open, attribute_count, attributes);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)name, (void)prefix, (void)uri;
    Parse *parse = user;
    end_text(parse);
    parse->event_end = parser_offset(parse);
    parse->depth--;
    if (parse->too_deep)
        parse->too_deep--;
    else if (parse->open)
        parse->open = parse->open->parent;
}

/* ---- <?xml-stylesheet href="..." type="text/css"?> ---- */
const char *pseudo_attribute(Arena *arena, const char *data, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = data; (at = strstr(at, name)) != NULL; at += length) {
        const char *value = at + length;
        while (is_space((unsigned char)*value))
            value++;
        if (*value != '=' || (at > data && !is_space((unsigned char)at[-1])))
            continue;
        value++;
        while (is_space((unsigned char)*value))
            value++;
        const char *close = *value == '"' || *value == '\'' ? strchr(value + 1, *value) : NULL;
        if (close)
            return arena_string(arena, value + 1, (size_t)(close - value - 1));
    }
    return NULL;
}

static void on_instruction(void *user, const xmlChar *target, const xmlChar *data)
{
    Parse *parse = user;
    Arena *arena = parse->reader->arena;
    if (strcmp((const char *)target, "xml-stylesheet") != 0 || !data || parse->tree->root)
        return;
    const char *type = pseudo_attribute(arena, (const char *)data, "type");
    const char *alternate = pseudo_attribute(arena, (const char *)data, "alternate");
    DocumentSheet sheet = {.href = pseudo_attribute(arena, (const char *)data, "href"),
                           .media = pseudo_attribute(arena, (const char *)data, "media"),
                           .title = pseudo_attribute(arena, (const char *)data, "title"),
                           .alternate = alternate && strcmp(alternate, "yes") == 0,
                           .source = source_at(parse, parser_offset(parse))};
    if (!sheet.href || (type && !starts_nocase(type, "text/css")))
        return;
    XmlTree *tree = parse->tree;
    if (tree->sheet_count == tree->sheet_room)
        tree->sheets = vec_grow(arena, tree->sheets, tree->sheet_count, &tree->sheet_room, sizeof sheet);
    tree->sheets[tree->sheet_count++] = sheet;
}

static void on_error(void *user, xmlErrorPtr error)
{
    Parse *parse = user;
    if (error->level <= XML_ERR_WARNING || error->domain == XML_FROM_NAMESPACE)
        return;
    parse->tree->errors++;
    if (parse->quiet || parse->stopped || parse->tree->errors > ERRORS_SHOWN)
        return;
    char *message = clean_text(parse->reader->arena, error->message ? error->message : "not well-formed");
    diag_warn(parse->reader->diag, "malformed-xml", source_at(parse, parser_offset(parse)), "%s", message);
}

static void no_output(void *user, const char *format, ...)
{
    (void)user, (void)format;
}

static bool text_remains(const Parse *parse, size_t from)
{
    for (size_t i = from; i < parse->safe.size; i++)
        if (!is_space((unsigned char)parse->safe.text[i]))
            return true;
    return false;
}

static void report_end(Parse *parse)
{
    size_t end = parser_offset(parse);
    if (parse->quiet || parse->stopped)
        return;
    if (parse->tree->errors > ERRORS_SHOWN)
        diag_note(parse->reader->diag, "malformed-xml", place(parse->reader, 0, 0), "%d faults in all",
                  parse->tree->errors);
    if (parse->tree->root && parse->tree->errors && text_remains(parse, end)) {
        parse->tree->lost = true;
        diag_hint(parse->reader->diag,
                  diag_error(parse->reader->diag, "content-lost", source_at(parse, end),
                             "what follows this place can't be read"),
                  "repair the file");
    }
}

static void close_parser(void *object)
{
    xmlFreeParserCtxt(object);
}

bool xml_parse(Reader *reader, const char *text, size_t size, bool quiet, XmlTree *tree)
{
    Parse parse = {.reader = reader,
                   .tree = tree,
                   .cursor = cursor_at_start(text, size),
                   .text = {.arena = reader->arena},
                   .quiet = quiet};
    *tree = (XmlTree){0};
    if (!xml_make_safe(reader, text, size, &parse.safe))
        return false;
    tree->errors = parse.safe.cut;
    if (parse.safe.size == 0 || parse.safe.size > INT_MAX)
        return false;
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(parse.safe.text, (int)parse.safe.size);
    if (!parser)
        return false;
    arena_at_free(reader->arena, close_parser, parser);
    parse.parser = parser;
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .cdataBlock = on_text,
                         .processingInstruction = on_instruction,
                         .serror = on_error,
                         .error = no_output,
                         .warning = no_output,
                         .fatalError = no_output};
    *parser->sax = sax;
    parser->userData = &parse;
    xmlCtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_HUGE);
    parser->replaceEntities = 1; /* of the five names and numbers; the safe text has no others */
    xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
    xmlParseDocument(parser);
    end_text(&parse);
    report_end(&parse);
    return tree->root && !parse.stopped;
}
