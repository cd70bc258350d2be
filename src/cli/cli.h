/* cli/cli.h: the command line as data.
 *   in    words, the configuration file, a profile or a job of a list
 *   out   the options of a conversion and of the command around it
 * The table of options.def is the one source of names, help, completion and manual. */
#ifndef N2P_CLI_H
#define N2P_CLI_H

#include "base/base.h"
#include "job/news2pdf.h"

#include <stdio.h>

typedef enum {
    COMMAND_CONVERT,
    COMMAND_MAKE,
    COMMAND_INIT,
    COMMAND_BATCH,
    COMMAND_HOTFOLDER,
    COMMAND_PREFLIGHT,
    COMMAND_COUNT
} Command;

enum { /* where an option belongs */
       IN_HELP = 1,
       ALONE = 2,                                /* not in a file */
       FOR_CONVERT = 1 << (4 + COMMAND_CONVERT), /* beside another's */
       FOR_MAKE = 1 << (4 + COMMAND_MAKE),
       FOR_INIT = 1 << (4 + COMMAND_INIT),
       FOR_BATCH = 1 << (4 + COMMAND_BATCH),
       FOR_HOTFOLDER = 1 << (4 + COMMAND_HOTFOLDER),
       FOR_SOME = FOR_MAKE | FOR_INIT | FOR_BATCH | FOR_HOTFOLDER,
};

typedef enum {
#define OPTION(id, twin, name, value, in, help, more) OPTION_##id,
#include "cli/options.def"
#undef OPTION
    OPTION_ROWS
} OptionId;

typedef struct {
    char twin;
    const char *name, *value;
    unsigned in;
    const char *help, *more;
} Option;

typedef struct {
    Command id;
    const char *name, *words, *help;
} CommandRow;

extern const Option option_table[OPTION_ROWS];
extern const CommandRow command_table[COMMAND_COUNT];

typedef struct {              /* one option and its value, from wherever */
    const char *name, *value; /* value NULL: a flag */
    Source source;            /* NO_SOURCE: the command line */
} Setting;
typedef VEC(Setting) Settings;

typedef struct { /* why something can't be; hint may be empty */
    char message[600], hint[300];
} Problem;

typedef struct {
    Command command;
    news2pdf_options options;
    bool json, quiet, once, sandbox;
    const char *color, *log;
    const char *styles[33], *set[129], *allow[33], *attach[33], *wait_for[17], *preflight[9], *limit[17],
        *ticket[17];                    /* NULL-terminated */
    int level, style_level, wait_level; /* a later source's list replaces an earlier one's */
    int jobs, shard, shards, time, cpu, settle, patience;
    size_t memory;
    const char *results, *notify, *until, *zone, *name, *handoff, *done, *failed;
} CommandLine;

/* What was typed. */
typedef struct {
    Arena *arena;
    Command command;
    int asked;                /* an option that is a command of its own, as --help; -1: none */
    const char *asked_value;  /* of --completion */
    const char *const *words; /* what is no option; NULL-terminated */
    int word_count;
    Settings config, given;
} Invocation;

int option_find(const char *name, size_t length); /* -1: none */
bool option_is_choice(const Option *option);
const char *option_choice(const Option *option, int i, size_t *length); /* NULL: no more */
/* Sets one option; false: *problem says why. `name` is a long name. */
bool command_line_set(CommandLine *line, const char *name, const char *value, Problem *problem);
/* The configuration file's settings, then `own` (a profile's, a job's; may be NULL), then what was typed: later wins.
 * On false *at is the setting that is wrong. */
bool command_line_fill(CommandLine *line, const Invocation *typed, const Settings *own, Problem *problem,
                       const Setting **at);
void problem_set(Problem *problem, const char *hint, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* arguments.c: false: a message with a suggestion has been printed on standard error. */
bool arguments_read(Invocation *typed, Arena *arena, int argc, char **argv);
bool arguments_fill(CommandLine *line, const Invocation *typed); /* the same, with no settings of its own */
bool config_read(Invocation *typed, const char *path);           /* config.c; path NULL: where it usually is */

void help_print(FILE *out, Command command, bool all); /* help.c */
void manual_print(FILE *out);                          /* manual.c */
bool completion_print(FILE *out, const char *shell);   /* completion.c */

#endif
