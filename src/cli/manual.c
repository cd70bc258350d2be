/* The manual's sections COMMANDS and OPTIONS in roff; `make` puts them into docs/news2pdf.1. */
#include "cli/cli.h"

static void print_text(FILE *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", out);
    for (; *text; text++)
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-' || *text == '\'')
            fprintf(out, *text == '-' ? "\\-" : "\\(aq");
        else
            fputc(*text, out);
}

static void print_sentence(FILE *out, const char *text)
{
    if (*text >= 'a' && *text <= 'z')
        fputc(*text++ - 'a' + 'A', out);
    print_text(out, text);
    if (text[strlen(text) - 1] != '.')
        fputc('.', out);
    fputc('\n', out);
}

static void print_option(FILE *out, const Option *option)
{
    fprintf(out, ".TP\n");
    if (option->twin)
        fprintf(out, "\\fB\\-%c\\fR, ", option->twin);
    fprintf(out, "\\fB\\-\\-");
    print_text(out, option->name);
    fprintf(out, "\\fR");
    if (option->value) {
        fprintf(out, " \\fI");
        print_text(out, option->value);
        fprintf(out, "\\fR");
    }
    fprintf(out, "\n");
    print_sentence(out, option->help);
    if (option->more)
        print_sentence(out, option->more);
}

static void print_options(FILE *out, unsigned in, bool without)
{
    for (int i = 0; i < OPTION_ROWS; i++)
        if (without ? !(option_table[i].in & in) : (option_table[i].in & in) != 0)
            print_option(out, &option_table[i]);
}

void manual_print(FILE *out)
{
    fprintf(out, ".SH COMMANDS\n");
    for (int i = COMMAND_CONVERT + 1; i < COMMAND_COUNT; i++) {
        fprintf(out, ".TP\n\\fBnews2pdf %s\\fR \\fI%s\\fR\n", command_table[i].name, command_table[i].words);
        print_sentence(out, command_table[i].help);
    }
    fprintf(out, ".SH OPTIONS\n");
    print_options(out, FOR_SOME, true);
    for (int i = COMMAND_CONVERT + 1; i < COMMAND_COUNT; i++) {
        if (i == COMMAND_INIT)
            continue;
        fprintf(out, ".SS Options of news2pdf %s\n", command_table[i].name);
        print_options(out, 1u << (4 + i), false);
    }
}
