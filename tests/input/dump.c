/* Reads a document and prints it as --dump=document does, until the program can.
 *   dump [--as=article|document] [--item=N] [--format=X] [--map=X] [--encoding=X] [--force] [--styled] FILE */
#include "input/input.h"

#include <stdio.h>

static void print_messages(const Diag *diag)
{
    static const char *const names[] = {"note", "warning", "error"};
    for (int i = 0; i < diag->list.count; i++) {
        const Diagnostic *d = &diag->list.at[i];
        fprintf(stderr, "%s:%d:%d: %s: %s [%s]\n", d->source.file ? d->source.file : "", d->source.line,
                d->source.column, names[d->severity], d->message, d->code);
        if (d->hint)
            fprintf(stderr, "  hint: %s\n", d->hint);
    }
}

static const char *option(const char *argument, const char *name)
{
    size_t length = strlen(name);
    return strncmp(argument, name, length) == 0 ? argument + length : NULL;
}

int main(int count, char **arguments)
{
    Memory memory = {0};
    if (setjmp(memory.out)) {
        memory_free_all(&memory);
        return 1;
    }
    Arena *arena = arena_new(&memory);
    Diag diag = {.arena = arena};
    InputRequest request = {.vocabularies = "styles/vocabularies", .limits = &default_limits};
    for (int i = 1; i < count; i++) {
        const char *value = option(arguments[i], "--as=");
        if (value)
            request.as = strcmp(value, "document") == 0 ? AS_DOCUMENT : AS_ARTICLE;
        else if ((value = option(arguments[i], "--item=")) != NULL)
            request.item = value;
        else if ((value = option(arguments[i], "--format=")) != NULL)
            request.format = value;
        else if ((value = option(arguments[i], "--map=")) != NULL)
            request.map = value;
        else if ((value = option(arguments[i], "--encoding=")) != NULL)
            request.encoding = value;
        else if ((value = option(arguments[i], "--now=")) != NULL)
            request.now = value;
        else if (strcmp(arguments[i], "--force") == 0)
            request.force = true;
        else if (strcmp(arguments[i], "--styled") == 0)
            request.has_style = true;
        else
            request.name = arguments[i];
    }
    if (!request.name || file_map(arena, request.name, default_limits.input_bytes, &request.bytes) != FILE_OK) {
        fprintf(stderr, "no input\n");
        memory_free_all(&memory);
        return 2;
    }
    request.directory = path_directory(arena, request.name);
    const Document *document = input_read(arena, names_new(arena), &request, &diag);
    Buffer out = {.arena = arena};
    if (document) {
        document_dump(document, &out);
        fwrite(out.data, 1, out.size, stdout);
    }
    print_messages(&diag);
    bool good = document && !diag.errors;
    memory_free_all(&memory);
    return good ? 0 : 1;
}
