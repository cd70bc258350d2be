/* JSON as a tree of elements, so that a vocabulary in JSON is an XSLT sheet like all others.
 *   in    {"@type": "x", "tags": ["a", "b"], "place": {"name": "Seoul"}, "42 km": true}
 *   out   <json><type>x</type><tags>a</tags><tags>b</tags><place><name>Seoul</name></place><member key="42 km">true</member></json>
 * A member is an element of its name (a leading @ or $ taken off), an array repeats the element, null makes none.
 * An array at the top gives <item> elements. Other names that are none in XML: `member` with the name in `key`. */
#include "input/internal.h"

#include <jansson.h>

typedef struct {
    Reader *reader;
    Cursor cursor; /* where the last member was found: jansson keeps no places, but the order */
    int misses;
    bool deep, full;
} JsonTree;

enum { MISSES = 32 }; /* names with escapes are not found in the text; that many, and no more are looked for */

/* The place of a member, by its name in quotes behind the last one. */
static Source member_place(JsonTree *tree, const char *key)
{
    Cursor *cursor = &tree->cursor;
    size_t length = strlen(key);
    const char *end = cursor->text + cursor->size, *at = cursor->text + cursor->at;
    while (tree->misses < MISSES && (at = memchr(at, '"', (size_t)(end - at))) != NULL) {
        bool here = (size_t)(end - at) > length + 1 && memcmp(at + 1, key, length) == 0 && at[length + 1] == '"';
        const char *behind = here ? at + length + 2 : at;
        while (here && behind < end && is_space((unsigned char)*behind))
            behind++;
        if (here && behind < end && *behind == ':') {
            cursor_to(cursor, (size_t)(at - cursor->text));
            break;
        }
        at++;
    }
    tree->misses += !at;
    return place(tree->reader, cursor->line, cursor->column);
}

static bool is_name(const char *text)
{
    bool first = true;
    for (; *text; text++, first = false) {
        bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || *text == '_';
        if (!letter && (first || !((*text >= '0' && *text <= '9') || *text == '-' || *text == '.')))
            return false;
    }
    return !first;
}

static Node *add(JsonTree *tree, Node *parent, const char *key, Source source)
{
    Reader *reader = tree->reader;
    if (reader->nodes++ >= reader->request->limits->nodes) {
        if (!tree->full)
            diag_error(reader->diag, "too-many-nodes", source, "more than %d values", reader->request->limits->nodes);
        tree->full = true;
        return NULL;
    }
    const char *name = key + (*key == '@' || *key == '$');
    bool good = is_name(name);
    Node *node = node_append_element(reader->arena, reader->names, parent,
                                     name_of(reader->names, good ? name : "member"), NULL, source);
    if (!good)
        set_attribute(reader, node, "key", key);
    return node;
}

/* A text with U+0000 goes on behind it. */
static const char *string_text(Arena *arena, const json_t *value)
{
    size_t size = json_string_length(value);
    char *text = arena_string(arena, json_string_value(value), size);
    for (size_t i = 0; i < size; i++)
        if (!text[i])
            text[i] = ' ';
    return text;
}

static const char *scalar_text(Arena *arena, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING: return string_text(arena, value);
    case JSON_INTEGER: return arena_format(arena, "%lld", (long long)json_integer_value(value));
    case JSON_REAL: return arena_format(arena, "%.15g", json_real_value(value));
    case JSON_TRUE: return "true";
    case JSON_FALSE: return "false";
    default: return "";
    }
}

static void add_value(JsonTree *tree, Node *parent, const char *key, const json_t *value, Source source, int depth)
{
    Reader *reader = tree->reader;
    if (json_is_null(value) || tree->full)
        return;
    if (depth > reader->request->limits->depth) {
        if (!tree->deep)
            diag_warn(reader->diag, "nesting-depth", source, "values nested deeper than %d are left out",
                      reader->request->limits->depth);
        tree->deep = true;
        return;
    }
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            add_value(tree, parent, key, json_array_get(value, i), source, depth + 1);
        return;
    }
    Node *node = add(tree, parent, key, source);
    if (!node)
        return;
    if (json_is_object(value)) {
        const char *name;
        json_t *member;
        json_object_foreach((json_t *)value, name, member)
            add_value(tree, node, name, member, member_place(tree, name), depth + 1);
        return;
    }
    const char *text = scalar_text(reader->arena, value);
    if (*text)
        node_append_text(reader->arena, node, text, strlen(text), source);
}

static void release(void *json)
{
    json_decref(json);
}

Node *json_read(Reader *reader, const char *text, size_t size)
{
    json_error_t error;
    json_t *json = json_loadb(text, size, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &error);
    if (!json) {
        diag_error(reader->diag, "malformed-json", place(reader, error.line, error.column > 0 ? error.column : 1), "%s",
                   clean_text(reader->arena, error.text));
        return NULL;
    }
    arena_at_free(reader->arena, release, json);
    JsonTree tree = {.reader = reader, .cursor = cursor_at_start(text, size)};
    Node *root = add(&tree, NULL, "json", place(reader, 1, 1));
    const char *name;
    json_t *member;
    if (json_is_array(json))
        add_value(&tree, root, "item", json, root->source, 1);
    json_object_foreach(json, name, member) add_value(&tree, root, name, member, member_place(&tree, name), 1);
    return tree.full ? NULL : root;
}
