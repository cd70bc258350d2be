/* cli/messages.h: messages as people and programs read them. */
#ifndef N2P_CLI_MESSAGES_H
#define N2P_CLI_MESSAGES_H

#include "cli/cli.h"

typedef struct {
    bool json, quiet, color;
} MessageLook;

bool message_color(const CommandLine *line); /* what --color, NO_COLOR and the terminal say together */
void message_print(FILE *out, const news2pdf_message *message, MessageLook look);
void message_print_all(const Diag *diag);                      /* as text on standard error */
void message_json(FILE *out, const news2pdf_message *message); /* one object, no line end */
void json_string(FILE *out, const char *text);                 /* NULL: null; in quotes, valid UTF-8 whatever comes */
/* An error of usage with its place on standard error; false. hint may be NULL or empty. */
bool message_wrong(const char *code, Source source, const char *text, const char *hint);
bool usage_wrong(const char *hint, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Pages and time, on a terminal, once a job takes long. */
typedef struct {
    bool shown, wanted;
    double started;
} Progress;
Progress progress_begin(const CommandLine *line);
void progress_pages(Progress *progress, int pages);
void progress_jobs(Progress *progress, int done, int all, int failed);
void progress_end(Progress *progress); /* wipes the line */

#endif
