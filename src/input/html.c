/* HTML to our tree by gumbo (HTML 13.2). Gumbo takes time quadratic in the nesting depth, so tags
 * that would nest beyond the limit are blanked out before it sees the text; their content stays. */
#include "input/internal.h"

#include <gumbo.h>
#include <strings.h>

enum { DEPTH_RESERVE = 60 }; /* what elements inserted by the parser may add */

/* What the tree builder does with an element's tags, as far as nesting goes (HTML 13.2.6.4.7). */
enum { FLAT = 1, FORMATTING = 2, PHRASING = 4, RAW = 8, BOUNDARY = 16, FOREIGN = 32 };
static const struct {
    const char *name;
    int kind;
} tag_kinds[] = {
    {"area", FLAT},         {"base", FLAT},         {"br", FLAT},         {"col", FLAT},        {"embed", FLAT},
    {"hr", FLAT},           {"img", FLAT},          {"input", FLAT},      {"link", FLAT},       {"meta", FLAT},
    {"param", FLAT},        {"source", FLAT},       {"track", FLAT},      {"wbr", FLAT},        {"p", FLAT},
    {"li", FLAT},           {"dt", FLAT},           {"dd", FLAT},         {"tr", FLAT},         {"td", FLAT},
    {"th", FLAT},           {"thead", FLAT},        {"tbody", FLAT},      {"tfoot", FLAT},      {"colgroup", FLAT},
    {"caption", FLAT},      {"option", FLAT},       {"optgroup", FLAT},   {"rp", FLAT},         {"rt", FLAT},
    {"html", FLAT},         {"head", FLAT},         {"body", FLAT},       {"basefont", FLAT},   {"frame", FLAT},
    {"a", FORMATTING},      {"b", FORMATTING},      {"big", FORMATTING},  {"code", FORMATTING}, {"em", FORMATTING},
    {"font", FORMATTING},   {"i", FORMATTING},      {"nobr", FORMATTING}, {"s", FORMATTING},    {"small", FORMATTING},
    {"strike", FORMATTING}, {"strong", FORMATTING}, {"tt", FORMATTING},   {"u", FORMATTING},    {"span", PHRASING},
    {"abbr", PHRASING},     {"cite", PHRASING},     {"q", PHRASING},      {"sub", PHRASING},    {"sup", PHRASING},
    {"time", PHRASING},     {"label", PHRASING},    {"mark", PHRASING},   {"ruby", PHRASING},   {"script", RAW},
    {"style", RAW},         {"textarea", RAW},      {"title", RAW},       {"xmp", RAW},         {"iframe", RAW},
    {"noembed", RAW},       {"noframes", RAW},      {"table", BOUNDARY},  {"object", BOUNDARY}, {"template", BOUNDARY},
    {"marquee", BOUNDARY},  {"applet", BOUNDARY},   {"svg", FOREIGN},     {"math", FOREIGN},
};
enum { FORMATTING_OPEN = 30 }; /* each is opened again in every further paragraph */

static int tag_kind(const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof tag_kinds / sizeof *tag_kinds; i++)
        if (strncasecmp(tag_kinds[i].name, name, size) == 0 && !tag_kinds[i].name[size])
            return tag_kinds[i].kind;
    return gumbo_tagn_enum(name, (unsigned)size) == GUMBO_TAG_UNKNOWN ? PHRASING : 0;
}

static size_t name_length(const char *at)
{
    size_t size = 0;
    while (at[size] && !is_space((unsigned char)at[size]) && at[size] != '>' && at[size] != '/')
        size++;
    return size;
}

static char *tag_end(char *at)
{
    char quote = 0;
    for (; *at && (quote || *at != '>'); at++) {
        if (quote && *at == quote)
            quote = 0;
        else if (!quote && (*at == '"' || *at == '\'') && at[-1] == '=')
            quote = *at;
    }
    return *at ? at + 1 : at;
}

static char *raw_end(char *at, const char *name, size_t size)
{
    for (; (at = strchr(at, '<')) != NULL; at++)
        if (at[1] == '/' && strncasecmp(at + 2, name, size) == 0)
            return at;
    return NULL;
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

typedef struct {
    uint64_t name;
    int kind;
} Open;
typedef struct {
    Open *open;
    int count, limit, formatting, foreign;
} Nesting;

/* True: the element may open. */
static bool nesting_start(Nesting *nesting, uint64_t name, int kind)
{
    if (nesting->count >= nesting->limit || (kind & FORMATTING && nesting->formatting >= FORMATTING_OPEN))
        return false;
    nesting->open[nesting->count++] = (Open){name, kind};
    nesting->formatting += (kind & FORMATTING) != 0;
    nesting->foreign += (kind & FOREIGN) != 0;
    return true;
}

static void nesting_end(Nesting *nesting, uint64_t name, int kind)
{
    for (int i = nesting->count - 1; i >= 0; i--) {
        Open *open = &nesting->open[i];
        bool match = open->name == name;
        if (!match && (open->kind & BOUNDARY || (kind & PHRASING && !open->kind)))
            return;
        if (!match)
            continue;
        int last = kind & FORMATTING ? i + 1 : nesting->count;
        for (int k = i; k < last; k++) {
            nesting->formatting -= (nesting->open[k].kind & FORMATTING) != 0;
            nesting->foreign -= (nesting->open[k].kind & FOREIGN) != 0;
        }
        memmove(open, nesting->open + last, sizeof *open * (size_t)(nesting->count - last));
        nesting->count -= last - i;
        return;
    }
}

/* The place of the first tag that was blanked out; NULL: none. text is NUL-terminated. */
static const char *cap_depth(Arena *arena, char *text, int limit)
{
    Nesting nesting = {.open = NEW_ARRAY(arena, Open, limit), .limit = limit};
    const char *first = NULL;
    for (char *at = text; (at = strchr(at, '<')) != NULL;) {
        if (strncmp(at, "<!--", 4) == 0) {
            char *close = strstr(at + 4, "-->");
            at = close ? close + 3 : at + strlen(at);
            continue;
        }
        bool end = at[1] == '/';
        char *name = at + 1 + end;
        if (!letter(*name)) {
            at++;
            continue;
        }
        size_t size = name_length(name);
        char *after = tag_end(at), lower[16] = {0};
        int kind = tag_kind(name, size);
        for (size_t i = 0; i < size && i < sizeof lower; i++)
            lower[i] = (char)(name[i] | 0x20);
        uint64_t hash = hash_bytes(lower, sizeof lower, size);
        bool closed = kind & PHRASING && nesting.foreign && after - at > 2 && after[-2] == '/';
        if (!end && kind & RAW) {
            char *close = raw_end(after, name, size);
            after = close ? tag_end(close) : after + strlen(after);
        } else if (end) {
            nesting_end(&nesting, hash, kind);
        } else if (!(kind & FLAT) && !closed && !nesting_start(&nesting, hash, kind)) {
            first = first ? first : at;
            memset(at, ' ', (size_t)(after - at));
        }
        at = after;
    }
    return first;
}

/* ---- gumbo's tree to ours ---- */
typedef struct {
    Reader *reader;
    Name ns[3];   /* HTML, SVG, MathML */
    Source fixed; /* of everything in a fragment; no file: places come from gumbo */
    bool failed;
} Build;

static Source source_of(const Build *build, GumboSourcePosition position)
{
    return build->fixed.file ? build->fixed : place(build->reader, (int)position.line, (int)position.column);
}

static bool count_node(Build *build, Source source)
{
    int limit = build->reader->request->limits->nodes;
    if (build->reader->nodes++ < limit)
        return true;
    if (!build->failed)
        diag_hint(build->reader->diag,
                  diag_error(build->reader->diag, "too-many-nodes", source, "more than %d elements and texts", limit),
                  "--limit nodes=N allows more");
    build->failed = true;
    return false;
}

static Name element_name(Build *build, const GumboElement *element)
{
    Names *names = build->reader->names;
    const char *known = gumbo_normalized_tagname(element->tag);
    if (element->tag_namespace == GUMBO_NAMESPACE_SVG) {
        GumboStringPiece piece = element->original_tag;
        gumbo_tag_from_original_text(&piece);
        const char *svg = piece.data ? gumbo_normalize_svg_tagname(&piece) : NULL;
        if (svg)
            return name_of(names, svg);
    }
    if (element->tag != GUMBO_TAG_UNKNOWN)
        return name_of(names, known);
    GumboStringPiece piece = element->original_tag;
    gumbo_tag_from_original_text(&piece);
    char *lower =
        arena_string(build->reader->arena, piece.data ? piece.data : "unknown", piece.data ? piece.length : 7);
    for (char *c = lower; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + 32);
    return name_of(names, lower);
}

static Name attribute_namespace(Build *build, const GumboAttribute *attribute)
{
    static const char *const uris[] = {NULL, "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace",
                                       "http://www.w3.org/2000/xmlns/"};
    const char *uri = (unsigned)attribute->attr_namespace < 4 ? uris[attribute->attr_namespace] : NULL;
    return uri ? name_of(build->reader->names, uri) : NULL;
}

static Node *add_element(Build *build, Node *parent, const GumboNode *from)
{
    Reader *reader = build->reader;
    const GumboElement *element = &from->v.element;
    Source source = source_of(build, element->start_pos);
    if (!count_node(build, source))
        return NULL;
    bool made_up = from->parse_flags & GUMBO_INSERTION_IMPLIED;
    if (made_up && !build->fixed.file)
        source = parent ? parent->source : place(reader, 1, 1);
    Node *node = node_append_element(reader->arena, reader->names, parent, element_name(build, element),
                                     build->ns[element->tag_namespace % 3], source);
    for (unsigned i = 0; i < element->attributes.length; i++) {
        const GumboAttribute *attribute = element->attributes.data[i];
        node_set_attribute(reader->arena, reader->names, node, name_of(reader->names, attribute->name),
                           attribute_namespace(build, attribute), attribute->value);
    }
    return node;
}

/* Nesting is bounded by cap_depth but for elements that it takes for flat: those beyond the limit
 * give their content to the last one within. */
static void add_children(Build *build, Node *parent, const GumboVector *children, int depth)
{
    int limit = build->reader->request->limits->depth;
    for (unsigned i = 0; i < children->length && !build->failed; i++) {
        const GumboNode *child = children->data[i];
        if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE) {
            Node *node = depth < limit ? add_element(build, parent, child) : parent;
            if (node)
                add_children(build, node, &child->v.element.children, depth + 1);
        } else if (child->type != GUMBO_NODE_COMMENT) {
            const GumboText *text = &child->v.text;
            Source source = source_of(build, text->start_pos);
            if (*text->text && count_node(build, source))
                node_append_text(build->reader->arena, parent, text->text, strlen(text->text), source);
        }
    }
}

static Build build_begin(Reader *reader, Source fixed)
{
    return (Build){.reader = reader,
                   .ns = {reader->html, name_of(reader->names, "http://www.w3.org/2000/svg"),
                          name_of(reader->names, "http://www.w3.org/1998/Math/MathML")},
                   .fixed = fixed};
}

typedef struct {
    GumboOutput *output;
    GumboOptions options;
    Arena *arena; /* all that gumbo takes: it looks at no allocation that fails */
} Parsed;

static void *gumbo_take(void *arena, size_t size)
{
    return arena_alloc(arena, size);
}

static void gumbo_give_back(void *arena, void *memory)
{
    (void)arena, (void)memory; /* goes with the parse */
}

static void close_parsed(Parsed *parsed)
{
    arena_free(parsed->arena);
}

/* The parse is freed by close_parsed, or with the memory should the job end early. */
static Parsed *parse(Reader *reader, char *text, size_t size, Source from)
{
    Parsed *parsed = NEW(reader->arena, Parsed);
    parsed->options = kGumboDefaultOptions;
    parsed->arena = arena_beside(reader->arena);
    parsed->options.allocator = gumbo_take;
    parsed->options.deallocator = gumbo_give_back;
    parsed->options.userdata = parsed->arena;
    parsed->options.tab_stop = 1;
    parsed->options.max_errors = 0;
    int limit = reader->request->limits->depth;
    const char *first = cap_depth(reader->arena, text, limit > DEPTH_RESERVE ? limit - DEPTH_RESERVE : limit);
    if (first) {
        Cursor cursor = cursor_at_start(text, size);
        cursor_to(&cursor, (size_t)(first - text));
        diag_warn(reader->diag, "nesting-depth", from.file ? from : place(reader, cursor.line, cursor.column),
                  "elements nested deeper than %d are left out; their text is kept", limit - DEPTH_RESERVE);
    }
    parsed->output = gumbo_parse_with_options(&parsed->options, text, size);
    return parsed;
}

bool html_parse(Reader *reader, const char *text, size_t size, HtmlTree *tree)
{
    char *copy = arena_string(reader->arena, text, size);
    for (size_t i = 0; i < size; i++) /* U+0000 is an error that gumbo may end a text at */
        if (!copy[i])
            copy[i] = ' ';
    Parsed *parsed = parse(reader, copy, size, NO_SOURCE);
    Build build = build_begin(reader, NO_SOURCE);
    const GumboNode *root = parsed->output->root;
    tree->quirks = parsed->output->document->v.document.doc_type_quirks_mode == GUMBO_DOCTYPE_QUIRKS;
    tree->root = add_element(&build, NULL, root);
    if (tree->root)
        add_children(&build, tree->root, &root->v.element.children, 1);
    close_parsed(parsed);
    return tree->root && !build.failed;
}

Node *html_fragment(Reader *reader, const char *text, size_t size, Source source)
{
    Node *holder =
        node_append_element(reader->arena, reader->names, NULL, name_of(reader->names, "div"), reader->html, source);
    Buffer page = {.arena = reader->arena};
    buffer_text(&page, "<!DOCTYPE html><body>");
    buffer_add(&page, text, size);
    Parsed *parsed = parse(reader, page.data, page.size, source);
    Build build = build_begin(reader, source);
    const GumboVector *parts = &parsed->output->root->v.element.children;
    for (unsigned i = 0; i < parts->length; i++) {
        const GumboNode *part = parts->data[i];
        if (part->type == GUMBO_NODE_ELEMENT && part->v.element.tag == GUMBO_TAG_BODY)
            add_children(&build, holder, &part->v.element.children, 1);
    }
    close_parsed(parsed);
    return holder;
}

/* A tag of a known element, or a reference that HTML has. */
bool looks_like_markup(const char *text, size_t size)
{
    for (size_t i = 0; i + 2 < size; i++) {
        if (text[i] == '<') {
            size_t at = i + 1 + (text[i + 1] == '/'), length = 0;
            while (at + length < size && length < 20 &&
                   (letter(text[at + length]) || (length && text[at + length] >= '0' && text[at + length] <= '9')))
                length++;
            char next = at + length < size ? text[at + length] : 0;
            if (length && (next == '>' || next == '/' || is_space((unsigned char)next)) &&
                gumbo_tagn_enum(text + at, (unsigned)length) != GUMBO_TAG_UNKNOWN)
                return true;
        } else if (text[i] == '&') {
            size_t length = 0;
            while (i + 1 + length < size && length < 32 && text[i + 1 + length] != ';' &&
                   !is_space((unsigned char)text[i + 1 + length]) && text[i + 1 + length] != '&')
                length++;
            uint32_t second;
            if (i + 1 + length < size && text[i + 1 + length] == ';' && length > 1 &&
                (text[i + 1] == '#' || html_entity(text + i + 1, length, &second)))
                return true;
        }
    }
    return false;
}
