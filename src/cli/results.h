/* cli/results.h: what became of each job, a line of JSON each, only ever appended.
 * A line names what its job read and made by content: a second run does what is missing or changed. */
#ifndef N2P_CLI_RESULTS_H
#define N2P_CLI_RESULTS_H

#include "cli/child.h"
#include "cli/job_list.h"
#include "cli/places.h"

typedef struct {
    Arena *arena;
    const char *path;
    int fd;
    bool torn;   /* the file ends within a line */
    Bytes old;   /* as it was found */
    Places last; /* of an output: where its last line starts in `old` */
} Results;

/* Locks the file: one batch at a time works with it. false: a message has been printed. */
bool results_open(Results *results, Arena *arena, const char *path);
void results_close(Results *results);
/* What the job is by its settings, inputs and this program's version: 32 hexadecimal digits. */
const char *results_key(Arena *arena, const ListJob *job, const Invocation *typed);
/* The last line of this job says that it was made, and nothing it read or made has changed since. */
bool results_stand(const Results *results, Arena *arena, const ListJob *job, const char *key);
bool results_add(Results *results, Arena *arena, const ListJob *job, const char *key, const Outcome *outcome);

const char *content_hash(Arena *arena, const char *path); /* "-": not readable */

#endif
