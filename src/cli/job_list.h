/* cli/job_list.h: the jobs of a list, one after the other.
 *   in    JSON lines {"in": ["a.xml"], "out": "a.pdf", "options": {"style": "daily"}}, CSV with a row of names
 *         (in, out, and any long option), or a folder whose files are a job each
 *   out   a job: its inputs, output and settings; paths of a list are relative to the list's folder */
#ifndef N2P_CLI_JOB_LIST_H
#define N2P_CLI_JOB_LIST_H

#include "cli/cli.h"
#include "record/record.h"

typedef struct {
    Source source;         /* of its line */
    const char *const *in; /* NULL-terminated */
    const char *out;       /* as it is opened */
    const char *name;      /* as the list says it */
    Settings settings;
    const char *wrong; /* why it can't be done; NULL: it can */
    Source wrong_at;
} ListJob;

typedef struct { /* where a job stands, to come back to it */
    size_t at;
    int line;
} JobPlace;

typedef struct {
    const char *path, *folder;
    enum { LIST_JSON, LIST_CSV, LIST_FOLDER } kind;
    Bytes bytes;
    JobPlace next;
    const Record *columns; /* of CSV */
    VEC(const char *) files;
    const char *out_folder;
} JobList;

/* false: a message has been printed. out_folder: of a folder's jobs. */
bool job_list_open(JobList *list, Arena *arena, const char *path, const char *out_folder);
bool job_list_next(JobList *list, Arena *arena, JobPlace *place, ListJob *job); /* false: no more */
bool job_list_takes(const char *name); /* a file of a folder that may be an article: not hidden, no picture */
void job_list_at(JobList *list, Arena *arena, JobPlace place, ListJob *job);

#endif
