/* Which paths a job may touch, said before it reads the first byte of its input. */
#define _GNU_SOURCE
#include "job/internal.h"

#include <stdlib.h>
#include <sys/stat.h>

typedef VEC(const char *) PathList;

const char *job_folder(Job *job, const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode) ? path : path_directory(job->arena, path);
}

static void add_with_folder(Job *job, PathList *list, const char *path)
{
    if (strcmp(path, "-") != 0)
        VEC_PUSH(job->arena, *list, path);
    VEC_PUSH(job->arena, *list, job_folder(job, path));
}

static void add_all(Job *job, PathList *list, const char *const *paths)
{
    for (; paths && *paths; paths++)
        VEC_PUSH(job->arena, *list, *paths);
}

/* A list is the user's own; what it names may lie elsewhere. */
static void add_list(void *user, const char *path)
{
    void **both = user;
    add_with_folder(both[0], both[1], path);
}

static void add_reads(Job *job, PathList *list)
{
    const news2pdf_options *o = job->options;
    const char *const data[] = {job->data.styles, job->data.fonts, job->data.profiles, job->data.text, NULL};
    const char *const files[] = {o->list ? o->list : "-", o->map ? o->map : "-", o->profile ? o->profile : "-", NULL};
    add_all(job, list, data);
    add_all(job, list, files);
    add_all(job, list, o->allow);
    add_all(job, list, o->attach);
    if (job_input(o))
        add_with_folder(job, list, job_input(o));
    for (int i = 0; o->inputs && o->inputs[i]; i++)
        add_with_folder(job, list, o->inputs[i]);
    for (int i = 0; o->styles && o->styles[i]; i++)
        add_with_folder(job, list, job_style_path(job, o->styles[i]));
    if (o->list)
        job_list_paths(job, o->list, add_list, (void *[]){job, list});
}

/* A file is written beside its place, of a link beside what it leads to; a device is written itself. */
static void add_write(Job *job, PathList *list, const char *path)
{
    struct stat info;
    if (!path || strcmp(path, "-") == 0)
        return;
    const char *beside = path_directory(job->arena, path);
    char *real = realpath(path, NULL);
    if (real)
        path = arena_string(job->arena, real, strlen(real));
    free(real);
    bool is_device = stat(path, &info) == 0 && !S_ISREG(info.st_mode);
    VEC_PUSH(job->arena, *list, is_device ? path : path_directory(job->arena, path));
    if (!is_device)
        VEC_PUSH(job->arena, *list, beside); /* another target's file is no link */
}

/* A folder is made while that can be done; what lies in it is read again for its checksum. */
static bool add_folder(Job *job, PathList *reads, PathList *writes, const char *path)
{
    if (!path)
        return true;
    VEC_PUSH(job->arena, *reads, path);
    VEC_PUSH(job->arena, *writes, path);
    return job_make_folder(job, path);
}

static bool add_writes(Job *job, PathList *reads, PathList *writes)
{
    const news2pdf_options *o = job->options;
    add_write(job, writes, o->output);
    for (int i = 0; o->preflight && o->preflight[i]; i++)
        add_write(job, writes, o->preflight[i]);
    return add_folder(job, reads, writes, o->proofs) && add_folder(job, reads, writes, o->handoff);
}

bool job_tell_paths(Job *job)
{
    PathList reads = {0}, writes = {0};
    if (!job->options->paths)
        return true;
    add_reads(job, &reads);
    if (!add_writes(job, &reads, &writes))
        return false;
    VEC_PUSH(job->arena, reads, NULL);
    VEC_PUSH(job->arena, writes, NULL);
    const char *why = job->options->paths(job->options->user, reads.at, writes.at);
    if (why)
        diag_hint(&job->diag, diag_error(&job->diag, "sandbox-failed", NO_SOURCE, "no sandbox, no reading: %s", why),
                  "--no-sandbox reads without one");
    return !why;
}
