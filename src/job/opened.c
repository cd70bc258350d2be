/* What every job of a batch needs, opened once: a job that waits for its document, to be forked. */
#include "job/internal.h"

#include <stdlib.h>

Job *job_new(Memory *memory)
{
    Arena *arena = arena_new(memory);
    Job *job = NEW(arena, Job);
    job->arena = arena;
    job->limits = default_limits;
    job->diag.arena = arena;
    job->access.arena = arena;
    job->names = names_new(arena);
    return job;
}

/* ---- taking what was opened ---- */

/* Whoever asks which files a job reads is told of those too. */
static void tell_files(const Job *job, int first, int count)
{
    const FileWatch *watch = arena_files(job->arena);
    for (int i = first; watch->saw && i < first + count; i++)
        watch->saw(watch->user, job->opened_files.at[i], FILE_READ);
}

const StyleSheet *job_opened_sheet(Job *job, const char *path, Origin origin)
{
    for (int i = 0; i < job->opened.count; i++) {
        const OpenedSheet *opened = &job->opened.at[i];
        if (opened->origin == origin && strcmp(opened->path, path) == 0) {
            tell_files(job, opened->first_file, opened->file_count);
            return opened->sheet;
        }
    }
    return NULL;
}

void job_open_fonts(Job *job)
{
    if (job->fonts)
        tell_files(job, 0, job->font_files);
    else
        job->fonts = font_set_open(job->arena, job->data.fonts, true, &job->diag);
}

/* ---- opening ---- */

static void note_file(void *user, const char *path, FileUse use)
{
    Job *job = user;
    if (use == FILE_READ)
        VEC_PUSH(job->arena, job->opened_files, arena_string(job->arena, path, strlen(path)));
}

/* One with a fault is left to each job, which reports it. */
static void open_sheet(Job *job, const char *path, const char *shown, Origin origin)
{
    Diag before = job->diag;
    int first = job->opened_files.count, sheets = job->sheets.count;
    bool fine = job_read_sheet(job, path, shown, origin) && job->diag.list.count == before.list.count;
    if (fine)
        VEC_PUSH(job->arena, job->opened,
                 (OpenedSheet){path, origin, job->sheets.at[sheets], first, job->opened_files.count - first});
    job->sheets.count = sheets;
    job->diag.list.count = before.list.count;
    job->diag.errors = before.errors;
    job->diag.warnings = before.warnings;
}

static void open_all(Job *job, const char *const *styles)
{
    job_open_fonts(job);
    job->font_files = job->opened_files.count;
    open_sheet(job, arena_format(job->arena, "%s/html.css", job->data.styles), "html.css", ORIGIN_AGENT);
    for (; styles && *styles; styles++) {
        const char *style = arena_string(job->arena, *styles, strlen(*styles)), *path = job_style_path(job, style);
        file_allow(&job->access, path_directory(job->arena, path));
        open_sheet(job, path, path == style ? style : arena_format(job->arena, "%s.css", style), ORIGIN_AUTHOR);
    }
}

news2pdf_opened *news2pdf_open(const char *data, const char *const *styles)
{
    news2pdf_options options = {.data = data};
    news2pdf_opened *volatile opened = calloc(1, sizeof *opened);
    if (!opened)
        return NULL;
    opened->memory.limit = default_limits.memory;
    if (setjmp(opened->memory.out)) {
        news2pdf_close(opened);
        return NULL;
    }
    Job *job = opened->job = job_new(&opened->memory);
    opened->memory.files = (FileWatch){note_file, job};
    job->options = &options;
    if (!find_data(job)) {
        news2pdf_close(opened);
        return NULL;
    }
    file_allow(&job->access, job->data.styles);
    open_all(job, styles);
    job->options = NULL;
    job->access.roots.count = 0; /* each job opens its own folders */
    opened->memory.files = (FileWatch){0};
    return opened;
}

void news2pdf_close(news2pdf_opened *opened)
{
    if (opened)
        memory_free_all(&opened->memory);
    free(opened);
}
