/* Messages as text, coloured on a terminal, or as JSON. */
#define _GNU_SOURCE
#include "cli/messages.h"

#include <stdlib.h>
#include <unistd.h>

static const char *const words[] = {"note", "warning", "error"};

bool message_color(const CommandLine *line)
{
    const char *asked = line->color ? line->color : "auto", *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (strcmp(asked, "auto") != 0)
        return strcmp(asked, "always") == 0;
    return isatty(STDERR_FILENO) && !(none && *none) && terminal && strcmp(terminal, "dumb") != 0;
}

/* The file's name is a link (OSC 8) where colours are. */
static void print_place(FILE *out, const news2pdf_message *m, bool color)
{
    char *real = color && m->file ? realpath(m->file, NULL) : NULL;
    bool link =
        real && strspn(real, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") == strlen(real);
    if (link)
        fprintf(out, "\033]8;;file://%s\033\\", real);
    fprintf(out, "%s%s", color ? "\033[1m" : "", m->file ? m->file : "news2pdf");
    if (m->file && m->line)
        fprintf(out, ":%d:%d", m->line, m->column > 0 ? m->column : 1);
    fprintf(out, ":%s%s ", color ? "\033[0m" : "", link ? "\033]8;;\033\\" : "");
    free(real);
}

static void print_text(FILE *out, const news2pdf_message *m, bool color)
{
    static const char *const colors[] = {"\033[36m", "\033[33m", "\033[31m"};
    print_place(out, m, color);
    fprintf(out, "%s%s:%s %s [%s]", color ? colors[m->severity] : "", words[m->severity], color ? "\033[0m" : "",
            m->message, m->code);
    if (m->times > 1)
        fprintf(out, " (%d times)", m->times);
    fprintf(out, "\n");
    if (m->hint)
        fprintf(out, "  hint: %s\n", m->hint);
}

void json_string(FILE *out, const char *text)
{
    if (!text) {
        fputs("null", out);
        return;
    }
    const char *at = text, *end = text + strlen(text);
    fputc('"', out);
    while (at < end) {
        uint32_t c = utf8_next(&at, end); /* U+FFFD for bytes that are none */
        char utf8[4];
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", (int)c);
        else if (c < 0x20 || c == 0x7f)
            fprintf(out, "\\u%04x", c);
        else
            fwrite(utf8, 1, (size_t)utf8_put(utf8, c), out);
    }
    fputc('"', out);
}

void message_json(FILE *out, const news2pdf_message *m)
{
    fprintf(out, "{\"severity\":\"%s\",\"code\":\"%s\",\"file\":", words[m->severity], m->code);
    json_string(out, m->file);
    fprintf(out, ",\"line\":%d,\"column\":%d,\"message\":", m->line, m->column);
    json_string(out, m->message);
    fprintf(out, ",\"hint\":");
    json_string(out, m->hint);
    fprintf(out, ",\"times\":%d}", m->times);
}

void message_print(FILE *out, const news2pdf_message *message, MessageLook look)
{
    if (look.json) {
        message_json(out, message);
        fputc('\n', out);
    } else if (message->severity != NEWS2PDF_NOTE || !look.quiet) {
        print_text(out, message, look.color);
    }
}

void message_print_all(const Diag *diag)
{
    for (int i = 0; i < diag->list.count; i++) {
        const Diagnostic *d = &diag->list.at[i];
        news2pdf_message message = {(news2pdf_severity)d->severity,
                                    d->code,
                                    d->source.file,
                                    d->source.line,
                                    d->source.column,
                                    d->message,
                                    d->hint,
                                    d->times};
        print_text(stderr, &message, false);
    }
}

bool message_wrong(const char *code, Source source, const char *text, const char *hint)
{
    news2pdf_message message = {
        NEWS2PDF_ERROR, code, source.file, source.line, source.column, text, hint && *hint ? hint : NULL, 1};
    print_text(stderr, &message, false);
    return false;
}

bool usage_wrong(const char *hint, const char *format, ...)
{
    va_list list;
    fprintf(stderr, "news2pdf: ");
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, "\n");
    if (hint && *hint)
        fprintf(stderr, "  hint: %s\n", hint);
    return false;
}
