/* The messages of a conversion that ran in another process. */
#include "cli/child.h"
#include "record/record.h"

#include <stdlib.h>

static const char *text_of(const Record *map, const char *key)
{
    const Record *value = record_get(map, key);
    return value ? value->text : NULL;
}

static int number_of(const Record *map, const char *key)
{
    const char *text = text_of(map, key);
    return text ? atoi(text) : 0;
}

static news2pdf_severity severity_of(const char *word)
{
    return word[0] == 'e' ? NEWS2PDF_ERROR : word[0] == 'w' ? NEWS2PDF_WARNING : NEWS2PDF_NOTE;
}

void outcome_print(FILE *out, Arena *arena, const Outcome *outcome, MessageLook look)
{
    Diag diag = {.arena = arena};
    const char *list = arena_format(arena, "[%s]", outcome->diagnostics);
    const Record *messages = record_json(arena, (Bytes){list, strlen(list)}, NO_SOURCE, &diag);
    for (const Record *m = messages ? messages->first : NULL; m; m = m->next) {
        news2pdf_message message = {severity_of(text_of(m, "severity")),
                                    text_of(m, "code"),
                                    text_of(m, "file"),
                                    number_of(m, "line"),
                                    number_of(m, "column"),
                                    text_of(m, "message"),
                                    text_of(m, "hint"),
                                    number_of(m, "times")};
        message_print(out, &message, look);
    }
}
