/* tests/unit/style_fixture.h: small documents and sheets for the tests of css and style.
 * A document is written as tags: "<div id=a class='x y'><p>text</p></div>"; every element is closed. */
#ifndef N2P_TESTS_STYLE_FIXTURE_H
#define N2P_TESTS_STYLE_FIXTURE_H

#include "test.h"

#include "css/names.h"
#include "css/rules.h"
#include "style/style.h"

typedef struct {
    Memory memory;
    Arena *arena;
    Names *names;
    Diag diag;
    Document document;
    VEC(const StyleSheet *) sheets;
    const StyleTree *tree;
    StyleContext context;
} Fixture;

static inline Fixture *fixture_new(void)
{
    static Fixture fixture;
    memory_free_all(&fixture.memory);
    memset(&fixture, 0, sizeof fixture);
    fixture.arena = arena_new(&fixture.memory);
    fixture.names = names_new(fixture.arena);
    fixture.diag.arena = fixture.arena;
    fixture.document.names = fixture.names;
    fixture.context = (StyleContext){.page_width = 609562, .page_height = 862095, .media = "print"};
    return &fixture;
}

static inline bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':' ||
           c == '_';
}

static inline Name take_name(Fixture *f, const char **at)
{
    const char *start = *at;
    while (is_name_char(**at))
        ++*at;
    return name_intern(f->names, start, (size_t)(*at - start));
}

static inline void take_attributes(Fixture *f, Node *node, const char **at)
{
    for (;;) {
        while (**at == ' ')
            ++*at;
        if (!is_name_char(**at))
            return;
        Name name = take_name(f, at);
        const char *value = "";
        if (**at == '=') {
            char quote = *++*at;
            bool quoted = quote == '\'' || quote == '"';
            const char *start = *at += quoted;
            while (**at && (quoted ? **at != quote : **at != ' ' && **at != '>'))
                ++*at;
            value = arena_string(f->arena, start, (size_t)(*at - start));
            *at += quoted;
        }
        node_set_attribute(f->arena, f->names, node, name, NULL, value);
    }
}

/* ns NULL: XML without a namespace; HTML documents use the XHTML namespace. */
static inline void fixture_document(Fixture *f, const char *text, bool html)
{
    Name ns = html ? name_of(f->names, "http://www.w3.org/1999/xhtml") : NULL;
    Node *open = NULL;
    f->document.html = html;
    for (const char *at = text; *at;) {
        if (*at != '<') {
            size_t size = strcspn(at, "<");
            if (open)
                node_append_text(f->arena, open, at, size, (Source){"doc", 1, (int)(at - text) + 1});
            at += size;
        } else if (at[1] == '/') {
            open = open ? open->parent : NULL;
            at = strchr(at, '>') + 1;
        } else {
            Source source = {"doc", 1, (int)(at - text) + 1};
            at++;
            Node *node = node_append_element(f->arena, f->names, open, take_name(f, &at), ns, source);
            if (!f->document.root)
                f->document.root = node;
            take_attributes(f, node, &at);
            open = node;
            at = strchr(at, '>') + 1;
        }
    }
    f->document.node_count = document_number(f->document.root);
}

static inline const StyleSheet *fixture_sheet(Fixture *f, const char *css, Origin origin)
{
    CssContext context = {.media = "print", .page_width = f->context.page_width, .page_height = f->context.page_height};
    const StyleSheet *sheet =
        css_read(f->arena, f->names, css, strlen(css), (Source){"a.css", 1, 1}, ".", origin, &context, &f->diag);
    VEC_PUSH(f->arena, f->sheets, sheet);
    return sheet;
}

static inline void fixture_resolve(Fixture *f)
{
    f->tree = style_resolve(f->arena, &f->document, f->sheets.at, f->sheets.count, &f->context, &f->diag);
}

/* A document, one author sheet, resolved. */
static inline Fixture *styled(const char *document, const char *css)
{
    Fixture *f = fixture_new();
    fixture_document(f, document, true);
    fixture_sheet(f, css, ORIGIN_AUTHOR);
    fixture_resolve(f);
    return f;
}

static inline const Node *node_of(const Fixture *f, const char *id)
{
    for (const Node *node = f->document.root; node;) {
        if (node->id && strcmp(node->id, id) == 0)
            return node;
        const Node *next = node->first;
        while (!next && node) {
            next = node->next;
            node = next ? node : node->parent;
        }
        node = next;
    }
    fail_msg("no element has the id %s", id);
    return NULL;
}

static inline const StyledNode *styled_node(const Fixture *f, const char *id)
{
    return &f->tree->nodes[node_of(f, id)->index];
}

static inline const char *property_text(const Fixture *f, const Style *style, const char *name)
{
    PropertyName found = property_name_find(name, strlen(name));
    Buffer out = {.arena = f->arena};
    if (found.kind != NAME_LONGHAND || found.id >= PROPERTY_COUNT)
        fail_msg("%s is no physical longhand", name);
    buffer_text(&out, "");
    style_property_text(style, found.id, &out);
    return out.data;
}

static inline const char *value_of(const Fixture *f, const char *id, const char *property)
{
    return property_text(f, styled_node(f, id)->style, property);
}

#define assert_value(f, id, property, expected) assert_string_equal(value_of(f, id, property), expected)

static inline const char *content_as_text(const Fixture *f, Content content)
{
    static const char *const kinds[] = {"",       "image",       "page",   "string",  "element",
                                        "target", "target-text", "leader", "contents"};
    Buffer out = {.arena = f->arena};
    buffer_text(&out, "");
    for (int i = 0; i < content.count; i++) {
        const ContentItem *item = &content.items[i];
        if (item->kind == CONTENT_TEXT)
            buffer_text(&out, item->text);
        else
            buffer_format(&out, "{%s %s}", kinds[item->kind], item->text);
    }
    return out.data;
}

static inline const char *before_text(const Fixture *f, const char *id)
{
    const Pseudo *before = styled_node(f, id)->before;
    return before ? content_as_text(f, before->content) : NULL;
}

#endif
