/* Messages as data. See base.h. */
#include "base/base.h"

#include <stdio.h>

const Limits default_limits = {
    .input_bytes = (size_t)256 << 20,
    .depth = 400,
    .nodes = 20000000,
    .pixels = 400000000,
    .pages = 100000,
    .memory = (size_t)4 << 30,
};

static bool same_place(Source a, Source b)
{
    return a.line == b.line && a.column == b.column &&
           (a.file == b.file || (a.file && b.file && strcmp(a.file, b.file) == 0));
}

static int report(Diag *diag, Severity severity, const char *code, Source source, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    char *message = arena_alloc(diag->arena, (size_t)length + 1);
    vsnprintf(message, (size_t)length + 1, format, again);
    va_end(again);
    diag->errors += severity == SEVERITY_ERROR;
    diag->warnings += severity == SEVERITY_WARNING;
    for (int i = diag->list.count - 1; i >= 0 && i >= diag->list.count - 64; i--) {
        Diagnostic *old = &diag->list.at[i];
        if (old->severity == severity && same_place(old->source, source) && strcmp(old->message, message) == 0) {
            old->times++;
            return i;
        }
    }
    VEC_PUSH(diag->arena, diag->list, ((Diagnostic){severity, code, source, message, NULL, 1}));
    return diag->list.count - 1;
}

#define REPORT(severity)                                            \
    va_list list;                                                   \
    va_start(list, format);                                         \
    int index = report(diag, severity, code, source, format, list); \
    va_end(list);                                                   \
    return index

int diag_warn(Diag *diag, const char *code, Source source, const char *format, ...)
{
    REPORT(SEVERITY_WARNING);
}

int diag_error(Diag *diag, const char *code, Source source, const char *format, ...)
{
    REPORT(SEVERITY_ERROR);
}

int diag_note(Diag *diag, const char *code, Source source, const char *format, ...)
{
    REPORT(SEVERITY_NOTE);
}

void diag_hint(Diag *diag, int index, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *hint = arena_alloc(diag->arena, (size_t)length + 1);
    va_start(list, format);
    vsnprintf(hint, (size_t)length + 1, format, list);
    va_end(list);
    diag->list.at[index].hint = hint;
}
