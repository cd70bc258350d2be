/* cli/cli.h: the command line as data. */
#ifndef N2P_CLI_H
#define N2P_CLI_H

#include "job/news2pdf.h"

#include <stdio.h>

typedef enum {
    COMMAND_CONVERT,
    COMMAND_PREFLIGHT,
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_STYLES,
    COMMAND_TARGETS,
    COMMAND_FORMATS,
    COMMAND_WRONG
} Command;
typedef struct {
    news2pdf_options options;
    bool json, quiet;
    bool finished; /* the input is a PDF file to be looked at */
    const char *styles[33], *set[129], *allow[33], *preflight[9], *ticket[17]; /* NULL-terminated */
} CommandLine;

/* COMMAND_WRONG: a message with a suggestion has been printed on standard error. */
Command command_line_read(CommandLine *line, int argc, char **argv);
void command_line_help(FILE *out);

#endif
