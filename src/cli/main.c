/* The command line: options, messages, exit codes. The library's first client. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static void print_text(const news2pdf_message *m)
{
    static const char *const words[] = {"note", "warning", "error"};
    if (m->file && m->line)
        fprintf(stderr, "%s:%d:%d: ", m->file, m->line, m->column > 0 ? m->column : 1);
    else
        fprintf(stderr, "%s: ", m->file ? m->file : "news2pdf");
    fprintf(stderr, "%s: %s [%s]", words[m->severity], m->message, m->code);
    if (m->times > 1)
        fprintf(stderr, " (%d times)", m->times);
    fprintf(stderr, "\n");
    if (m->hint)
        fprintf(stderr, "  hint: %s\n", m->hint);
}

static void print_json_string(const char *text)
{
    fputc('"', stderr);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            fprintf(stderr, "\\%c", c);
        else if (c < 0x20)
            fprintf(stderr, "\\u%04x", c);
        else
            fputc(c, stderr);
    }
    fputc('"', stderr);
}

static void print_json(const news2pdf_message *m)
{
    static const char *const words[] = {"note", "warning", "error"};
    fprintf(stderr, "{\"severity\":\"%s\",\"code\":\"%s\",\"file\":", words[m->severity], m->code);
    if (m->file)
        print_json_string(m->file);
    else
        fprintf(stderr, "null");
    fprintf(stderr, ",\"line\":%d,\"column\":%d,\"message\":", m->line, m->column);
    print_json_string(m->message);
    fprintf(stderr, ",\"hint\":");
    if (m->hint)
        print_json_string(m->hint);
    else
        fprintf(stderr, "null");
    fprintf(stderr, ",\"times\":%d}\n", m->times);
}

static void on_message(void *user, const news2pdf_message *message)
{
    const CommandLine *line = user;
    if (line->json)
        print_json(message);
    else if (message->severity != NEWS2PDF_NOTE || !line->quiet)
        print_text(message);
}

static int list_styles(void)
{
    char name[256], description[256];
    for (int i = 0; news2pdf_style(NULL, i, name, description); i++)
        printf("%-12s %s\n", name, description);
    return 0;
}

static int list_formats(void)
{
    const char *name, *description;
    for (int i = 0; news2pdf_format(i, &name, &description); i++)
        printf("%-12s %s\n", name, description);
    return 0;
}

static int list_targets(void)
{
    const char *name, *description;
    for (int i = 0; news2pdf_target(i, &name, &description); i++)
        printf("%-14s %s\n", name, description);
    return 0;
}

int main(int argc, char **argv)
{
    CommandLine line = {0};
    switch (command_line_read(&line, argc, argv)) {
    case COMMAND_HELP: command_line_help(stdout); return 0;
    case COMMAND_VERSION: printf("news2pdf %s\n", news2pdf_version()); return 0;
    case COMMAND_STYLES: return list_styles();
    case COMMAND_TARGETS: return list_targets();
    case COMMAND_FORMATS: return list_formats();
    case COMMAND_WRONG: return 2;
    case COMMAND_PREFLIGHT:
    case COMMAND_CONVERT: break;
    }
    line.options.message = on_message;
    line.options.user = &line;
    news2pdf_result result;
    int status = line.finished ? news2pdf_preflight(&line.options, &result) : news2pdf_convert(&line.options, &result);
    if (fflush(stdout) != 0 && status == 0)
        status = 1;
    return status;
}
