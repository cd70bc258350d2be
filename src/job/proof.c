/* Proofs: a picture of each page, as it is printed. */
#include "job/internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { PROOF_PPI = 100 };

const char *job_stem(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    if (strcmp(name, "-") == 0)
        return "output";
    return arena_string(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

bool job_write_beside(Job *job, const char *path, Bytes bytes)
{
    const char *error = "it is one of the files that are read";
    Beside file = {arena_string(job->arena, path, strlen(path)), NULL};
    if (!job_reads(job->options, path))
        file.output = output_open(job->arena, file.path, &error);
    bool fine = file.output && output_write(file.output, bytes.data, bytes.size) && output_finish(file.output);
    if (file.output)
        VEC_PUSH(job->arena, job->beside, file);
    if (!fine)
        diag_error(&job->diag, "output-unwritable", (Source){file.path, 0, 0}, "%s",
                   file.output ? "it could not be written" : error);
    return fine;
}

static bool make_folder(Job *job, const char *path)
{
    struct stat info;
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode)))
        return true;
    diag_error(&job->diag, "output-unwritable", (Source){path, 0, 0}, "the folder can't be made: %s", strerror(errno));
    return false;
}

bool job_open_proofs(Job *job)
{
    if (!job->options->proofs)
        return true;
    for (int i = 0; i < job->outputs.count; i++)
        job->outputs.at[i].raster = raster_new(job->arena, job->outputs.at[i].writer, &job->diag);
    return make_folder(job, job->options->proofs);
}

static void write_proof(Job *job, JobOutput *file, Arena *arena, const DisplayPage *page)
{
    const Bitmap *bitmap = raster_page(file->raster, arena, page, PROOF_PPI, page->bleed);
    const Bitmap *seen = bitmap ? raster_seen(file->raster, arena, bitmap) : NULL;
    if (!seen)
        return;
    Bytes png = image_encode_png(arena, seen->data, seen->width, seen->height, 3, seen->ppi);
    job_write_beside(
        job, arena_format(arena, "%s/%s_p%03d.png", job->options->proofs, job_stem(arena, file->path), page->number),
        png);
}

void job_look(Job *job, const DisplayPage *page)
{
    for (int i = 0; i < job->outputs.count && job->options->proofs; i++) {
        Arena *arena = arena_beside(job->arena);
        write_proof(job, &job->outputs.at[i], arena, page);
        arena_free(arena);
    }
}
