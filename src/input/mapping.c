/* XML or JSON of one's own by a mapping file (docs/article.md): lines "field = path, path", which become an XSLT sheet.
 *   headline = TITULAR            paths are XPath 1.0, seen from the story's element; namespaces are left out
 *   body.h2  = MELLIS             an element of the body that is a cross-head
 * Escaped markup is found by content. The file is the user's own: what is wrong in it is an error with its place. */
#include "input/sheet.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

typedef enum {
    KIND_STORY,
    KIND_ATTRIBUTE,
    KIND_TEXT,
    KIND_BODY,
    KIND_BLOCK,
    KIND_PICTURE,
    KIND_PICTURE_PART
} FieldKind;
static const struct {
    const char *name;
    FieldKind kind;
} fields[] = {
    {"story", KIND_STORY},
    {"guid", KIND_ATTRIBUTE},
    {"lang", KIND_ATTRIBUTE},
    {"dir", KIND_ATTRIBUTE},
    {"date", KIND_ATTRIBUTE},
    {"updated", KIND_ATTRIBUTE},
    {"section", KIND_ATTRIBUTE},
    {"publication", KIND_ATTRIBUTE},
    {"urgency", KIND_ATTRIBUTE},
    {"status", KIND_ATTRIBUTE},
    {"embargo", KIND_ATTRIBUTE},
    {"correction", KIND_ATTRIBUTE},
    {"keyword", KIND_TEXT},
    {"kicker", KIND_TEXT},
    {"headline", KIND_TEXT},
    {"deck", KIND_TEXT},
    {"byline", KIND_TEXT},
    {"dateline", KIND_TEXT},
    {"copyright", KIND_TEXT},
    {"body", KIND_BODY},
    {"body.p", KIND_BLOCK},
    {"body.h2", KIND_BLOCK},
    {"body.h3", KIND_BLOCK},
    {"body.blockquote", KIND_BLOCK},
    {"body.ul", KIND_BLOCK},
    {"body.ol", KIND_BLOCK},
    {"body.li", KIND_BLOCK},
    {"body.pre", KIND_BLOCK},
    {"body.em", KIND_BLOCK},
    {"body.strong", KIND_BLOCK},
    {"body.drop", KIND_BLOCK},
    {"picture", KIND_PICTURE},
    {"picture.src", KIND_PICTURE_PART},
    {"picture.alt", KIND_PICTURE_PART},
    {"picture.width", KIND_PICTURE_PART},
    {"picture.height", KIND_PICTURE_PART},
    {"picture.caption", KIND_PICTURE_PART},
    {"picture.credit", KIND_PICTURE_PART},
};
enum { FIELDS = sizeof fields / sizeof *fields };

typedef struct {
    int field;
    const char *path;
    bool nodes; /* a path to nodes; false: a text, as of concat() */
} Rule;
typedef struct {
    Reader *reader;
    const char *file;
    int errors;
    VEC(Rule) rules;
    xmlXPathContextPtr context; /* on the document, for checking paths */
    Buffer sheet;
} Mapping;

static int complain(Mapping *mapping, int line, size_t column, const char *text)
{
    mapping->errors++;
    return diag_error(mapping->reader->diag, "mapping", (Source){mapping->file, line, (int)column + 1}, "%s", text);
}

/* ---- reading ---- */
static int find_field(Mapping *mapping, const char *name, int line, size_t column)
{
    for (int i = 0; i < FIELDS; i++)
        if (strcmp(fields[i].name, name) == 0)
            return i;
    int message = complain(mapping, line, column, arena_format(mapping->reader->arena, "there is no field '%s'", name));
    for (int i = 0; i < FIELDS; i++)
        if (edit_distance(name, fields[i].name, 2) <= 2) {
            diag_hint(mapping->reader->diag, message, "did you mean %s?", fields[i].name);
            break;
        }
    return -1;
}

static void silent(void *user, xmlErrorPtr error)
{
    (void)user, (void)error;
}

/* Compiled and tried on the document, which says what it yields. */
static void add_path(Mapping *mapping, int field, const char *path, int line, size_t column)
{
    xmlResetLastError();
    xmlXPathCompExprPtr compiled = xmlXPathCtxtCompile(mapping->context, (const xmlChar *)path);
    xmlXPathObjectPtr value = compiled ? xmlXPathCompiledEval(compiled, mapping->context) : NULL;
    const xmlError *error = &mapping->context->lastError;
    if (!value) {
        size_t at = !compiled && error->int1 > 0 ? (size_t)error->int1 : 0;
        complain(mapping, line, column + at,
                 arena_format(mapping->reader->arena, "'%s' is no path: %s", path,
                              error->message ? clean_text(mapping->reader->arena, error->message) : "not XPath 1.0"));
    } else {
        FieldKind kind = fields[field].kind;
        bool nodes = value->type == XPATH_NODESET;
        if (!nodes && (kind == KIND_STORY || kind == KIND_BLOCK || kind == KIND_PICTURE))
            complain(mapping, line, column,
                     arena_format(mapping->reader->arena, "'%s' wants the path of elements", fields[field].name));
        else if (kind == KIND_BLOCK && strpbrk(path, "(|$") && !strstr(path, "()"))
            complain(mapping, line, column,
                     arena_format(mapping->reader->arena, "'%s' wants plain names, as in '%s = p, par'",
                                  fields[field].name, fields[field].name));
        else
            VEC_PUSH(mapping->reader->arena, mapping->rules, (Rule){field, path, nodes});
    }
    xmlXPathFreeObject(value);
    xmlXPathFreeCompExpr(compiled);
}

/* The length to the next comma outside brackets and quotes. */
static size_t path_length(const char *text)
{
    int depth = 0;
    char quote = 0;
    size_t i = 0;
    for (; text[i] && (text[i] != ',' || depth > 0 || quote); i++) {
        if (quote)
            quote = text[i] == quote ? 0 : quote;
        else if (text[i] == '"' || text[i] == '\'')
            quote = text[i];
        else
            depth += (text[i] == '(' || text[i] == '[') - (text[i] == ')' || text[i] == ']');
    }
    return i;
}

static void read_line(Mapping *mapping, const char *line, int number)
{
    Arena *arena = mapping->reader->arena;
    size_t indent = strspn(line, " \t"), equals = strcspn(line, "=");
    if (!line[indent] || line[indent] == '#')
        return;
    if (!line[equals]) {
        complain(mapping, number, indent, "a line is 'field = path, path', or begins with #");
        return;
    }
    const char *name = clean_text(arena, arena_string(arena, line, equals));
    int field = find_field(mapping, name, number, indent);
    bool any = false;
    for (size_t at = equals + 1; field >= 0 && line[at];) {
        size_t length = path_length(line + at), blank = strspn(line + at, " \t");
        const char *path = clean_text(arena, arena_string(arena, line + at, length));
        if (*path)
            add_path(mapping, field, path, number, at + blank);
        any |= *path != 0;
        at += length + (line[at + length] == ',');
    }
    if (field >= 0 && !any)
        complain(mapping, number, equals + 1, arena_format(arena, "'%s' has no path", name));
}

static bool read_file(Mapping *mapping)
{
    Bytes bytes;
    if (file_map(mapping->reader->arena, mapping->file, 1 << 20, &bytes) != FILE_OK) {
        diag_error(mapping->reader->diag, "mapping", (Source){mapping->file, 0, 0}, "the mapping can't be read");
        return false;
    }
    if (!utf8_valid(bytes.data, bytes.size) || memchr(bytes.data, 0, bytes.size)) {
        diag_error(mapping->reader->diag, "mapping", (Source){mapping->file, 0, 0}, "the mapping is no UTF-8 text");
        return false;
    }
    const char *at = bytes.data, *end = at + bytes.size;
    if (bytes.size >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    for (int number = 1; at < end; number++) {
        const char *line = at;
        size_t length = plain_line(line, end, &at);
        read_line(mapping, arena_string(mapping->reader->arena, line, length), number);
    }
    return mapping->errors == 0;
}

/* ---- writing the sheet ---- */
static void put(Mapping *mapping, const char *before, const char *path, const char *after)
{
    buffer_text(&mapping->sheet, before);
    buffer_xml(&mapping->sheet, path, strlen(path));
    buffer_text(&mapping->sheet, after);
}

#define EACH_RULE(mapping, rule, of_kind)                                                                     \
    for (const Rule *rule = (mapping)->rules.at; rule < (mapping)->rules.at + (mapping)->rules.count; rule++) \
        if (fields[rule->field].kind == (of_kind))

/* <xsl:attribute> with the first path that isn't empty. */
static void put_attribute(Mapping *mapping, int field, const char *name)
{
    bool any = false;
    EACH_RULE(mapping, rule, fields[field].kind)
    {
        if (rule->field != field)
            continue;
        if (!any)
            buffer_format(&mapping->sheet, "<xsl:variable name='v%d'><xsl:choose>", field);
        any = true;
        put(mapping, "<xsl:when test=\"normalize-space(", rule->path, ")\">");
        put(mapping, "<xsl:value-of select=\"normalize-space(", rule->path, ")\"/></xsl:when>");
    }
    if (any)
        buffer_format(
            &mapping->sheet,
            "<xsl:otherwise/></xsl:choose></xsl:variable><xsl:if test=\"$v%d != ''\"><xsl:attribute name='%s'>"
            "<xsl:value-of select='$v%d'/></xsl:attribute></xsl:if>",
            field, name, field);
}

static void put_text(Mapping *mapping, const Rule *rule, const char *name)
{
    if (rule->nodes) {
        put(mapping, "<xsl:for-each select=\"", rule->path, "\">");
        buffer_format(&mapping->sheet,
                      "<xsl:if test='normalize-space()'><%s><xsl:call-template name='at'/><xsl:value-of "
                      "select='n2p:text(.)'/></%s></xsl:if></xsl:for-each>",
                      name, name);
    } else {
        buffer_format(&mapping->sheet, "<%s>", name);
        put(mapping, "<xsl:value-of select=\"", rule->path, "\"/>");
        buffer_format(&mapping->sheet, "</%s>", name);
    }
}

static void put_bodies(Mapping *mapping)
{
    EACH_RULE(mapping, rule, KIND_BODY)
    {
        if (!rule->nodes) {
            put(mapping, "<body><p><xsl:value-of select=\"", rule->path, "\"/></p></body>");
            continue;
        }
        put(mapping, "<body><xsl:for-each select=\"", rule->path,
            "\"><xsl:choose><xsl:when test='*'><xsl:apply-templates select='.' mode='whole'/></xsl:when>"
            "<xsl:otherwise><div><xsl:call-template name='at'/><xsl:copy-of "
            "select='n2p:html(.)'/></div></xsl:otherwise>"
            "</xsl:choose></xsl:for-each></body>");
    }
}

static int field_index(const char *name)
{
    int i = 0;
    while (strcmp(fields[i].name, name) != 0)
        i++;
    return i;
}

static void put_pictures(Mapping *mapping)
{
    static const char *const attributes[] = {"src", "alt", "width", "height"};
    EACH_RULE(mapping, rule, KIND_PICTURE)
    {
        put(mapping, "<xsl:for-each select=\"", rule->path, "\"><picture><xsl:call-template name='at'/>");
        for (int i = 0; i < 4; i++)
            put_attribute(mapping, field_index("picture.src") + i, attributes[i]);
        EACH_RULE(mapping, part, KIND_PICTURE_PART)
        {
            const char *name = strchr(fields[part->field].name, '.') + 1;
            if (strcmp(name, "caption") == 0 || strcmp(name, "credit") == 0)
                put_text(mapping, part, name);
        }
        buffer_text(&mapping->sheet, "</picture></xsl:for-each>");
    }
}

static void put_story(Mapping *mapping)
{
    buffer_text(&mapping->sheet, "<story><xsl:call-template name='at'/>");
    for (int i = 0; i < FIELDS; i++)
        if (fields[i].kind == KIND_ATTRIBUTE)
            put_attribute(mapping, i, fields[i].name);
    EACH_RULE(mapping, rule, KIND_TEXT)
    {
        put_text(mapping, rule, fields[rule->field].name);
    }
    put_bodies(mapping);
    put_pictures(mapping);
    buffer_text(&mapping->sheet, "</story>");
}

static void put_blocks(Mapping *mapping)
{
    EACH_RULE(mapping, rule, KIND_BLOCK)
    {
        const char *name = strchr(fields[rule->field].name, '.') + 1;
        put(mapping, "<xsl:template match=\"", rule->path, "\" mode='html'>");
        if (strcmp(name, "drop") != 0)
            buffer_format(&mapping->sheet, "<%s><xsl:call-template name='at'/><xsl:apply-templates mode='html'/></%s>",
                          name, name);
        buffer_text(&mapping->sheet, "</xsl:template>");
    }
}

static void put_sheet(Mapping *mapping)
{
    buffer_text(
        &mapping->sheet,
        "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:n2p='urn:news2pdf' "
        "exclude-result-prefixes='n2p'><xsl:import href='mapping-parts.xsl'/><xsl:template match='/'><edition>");
    bool any = false;
    EACH_RULE(mapping, rule, KIND_STORY)
    {
        any = true;
        put(mapping, "<xsl:for-each select=\"", rule->path, "\">");
        put_story(mapping);
        buffer_text(&mapping->sheet, "</xsl:for-each>");
    }
    if (!any) {
        buffer_text(&mapping->sheet, "<xsl:for-each select='*'>");
        put_story(mapping);
        buffer_text(&mapping->sheet, "</xsl:for-each>");
    }
    buffer_text(&mapping->sheet, "</edition></xsl:template>");
    put_blocks(mapping);
    buffer_text(&mapping->sheet, "</xsl:stylesheet>");
}

/* ---- the way through ---- */
static void without_namespaces(Node *root)
{
    for (Node *at = root; at; at = (Node *)node_after(at, root))
        at->ns = NULL;
}

typedef struct {
    xmlDocPtr doc;
    xmlXPathContextPtr context;
} Trial;

static void close_trial(void *object)
{
    Trial *trial = object;
    xmlXPathFreeContext(trial->context);
    xmlFreeDoc(trial->doc);
    *trial = (Trial){0};
}

Node *mapping_apply(Reader *reader, Node *root, const char *path)
{
    Mapping mapping = {.reader = reader, .file = path, .sheet = {.arena = reader->arena}};
    without_namespaces(root);
    Trial *trial = NEW(reader->arena, Trial);
    arena_at_free(reader->arena, close_trial, trial);
    trial->doc = xmlNewDoc((const xmlChar *)"1.0");
    xmlNodePtr top = tree_export(trial->doc, root);
    trial->context = mapping.context = xmlXPathNewContext(trial->doc);
    mapping.context->node = top;
    mapping.context->error = silent;
    bool good = read_file(&mapping);
    close_trial(trial);
    if (!good)
        return NULL;
    if (!mapping.rules.count) {
        diag_error(reader->diag, "mapping", (Source){path, 0, 0}, "the mapping has no fields");
        return NULL;
    }
    put_sheet(&mapping);
    return sheet_transform(reader, root, "mapping", (Bytes){mapping.sheet.data, mapping.sheet.size});
}
