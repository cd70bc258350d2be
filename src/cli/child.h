/* cli/child.h: a conversion in a process of its own, with limits; it ends when this one does.
 *   in    a filled command line, with its inputs and output
 *   out   how it ended, its messages as JSON, the files it had to do with
 * A conversion that crashes, or takes too much memory or time, harms nobody but itself. */
#ifndef N2P_CLI_CHILD_H
#define N2P_CLI_CHILD_H

#include "cli/messages.h"

#include <sys/types.h>
#include <time.h>

typedef struct {
    pid_t pid; /* 0: free */
    int pipe;
    bool late; /* killed for its time */
    double started, deadline;
    struct timespec begun; /* wall clock, as the file system's */
    char *said;            /* what came through the pipe; malloc */
    size_t size, room;
} Child;

typedef struct {
    const char *path;
    news2pdf_use use;
} FileSeen;

typedef struct {
    const char *outcome; /* made, warnings, failed, wrong, strict, refused, nothing, timeout, crashed */
    int exit, pages, errors, warnings;
    double seconds;
    const char *diagnostics; /* JSON objects with commas between */
    const char *first;       /* the first error, or else warning, as a sentence; NULL: none */
    const char *code;        /* its code; NULL: none */
    VEC(FileSeen) files;     /* each once for each use */
    struct timespec begun;
} Outcome;

extern volatile int child_stop; /* the signal that asks this process to end; 0: none */
void child_heed_signals(void);  /* SIGINT and SIGTERM set child_stop */

bool child_start(Child *child, const CommandLine *line);       /* false: no process could be made */
void child_poll(Child *children, int count, int milliseconds); /* takes in what they say; kills the late */
bool child_ended(const Child *child);                          /* all is said: child_outcome is due */
Outcome child_outcome(Child *child, Arena *arena);             /* frees the slot */
void child_kill(Child *children, int count);                   /* all, and waits for them */
Outcome child_run(const CommandLine *line, Arena *arena);      /* start, wait, outcome */
void outcome_print(FILE *out, Arena *arena, const Outcome *outcome, MessageLook look); /* its messages */
const char *outcome_of(int exit, int warnings);

#endif
