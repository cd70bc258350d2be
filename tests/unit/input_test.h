/* Reading a text in a test: the document, its messages, and what an XPath-like word finds. */
#ifndef N2P_INPUT_TEST_H
#define N2P_INPUT_TEST_H

#include "input/input.h"
#include "test.h"

typedef struct {
    const Document *document;
    Diag *diag;
    const char *dump; /* "" without a document */
} Read;

static inline Read read_with(Arena *arena, InputRequest request)
{
    Diag *diag = NEW(arena, Diag);
    diag->arena = arena;
    request.name = request.name ? request.name : "test";
    request.directory = ".";
    request.vocabularies = "styles/vocabularies";
    request.now = request.now ? request.now : "2024-06-01T00:00:00Z";
    Read result = {input_read(arena, names_new(arena), &request, diag), diag, ""};
    if (result.document) {
        Buffer out = {.arena = arena};
        document_dump(result.document, &out);
        result.dump = out.data;
    }
    return result;
}

static inline Read read_bytes(Arena *arena, const void *bytes, size_t size)
{
    return read_with(arena, (InputRequest){.bytes = {bytes, size}});
}

static inline Read read_text(Arena *arena, const char *text)
{
    return read_bytes(arena, text, strlen(text));
}

static inline const Diagnostic *message_of(const Diag *diag, const char *code)
{
    for (int i = 0; i < diag->list.count; i++)
        if (strcmp(diag->list.at[i].code, code) == 0)
            return &diag->list.at[i];
    return NULL;
}

/* The first element of that class, in document order. */
static inline const Node *by_class(const Node *node, const char *name)
{
    if (node->kind == NODE_ELEMENT && node_has_class(node, name))
        return node;
    for (const Node *child = node->first; child; child = child->next) {
        const Node *found = by_class(child, name);
        if (found)
            return found;
    }
    return NULL;
}

static inline const char *text_of_class(Arena *arena, const Read *read, const char *name)
{
    const Node *found = read->document ? by_class(read->document->root, name) : NULL;
    return found ? node_text(arena, found) : "(none)";
}

static inline int count_elements(const Node *node, const char *name)
{
    int count = node_is(node, name);
    for (const Node *child = node->first; child; child = child->next)
        count += count_elements(child, name);
    return count;
}

#endif
