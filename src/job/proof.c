/* Proofs: a picture of each page, as it is printed. */
#include "base/digest.h"
#include "job/internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

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
    Beside file = {arena_string(job->arena, path, strlen(path)), NULL, NULL};
    if (!job_reads(job->options, path))
        file.output = output_open(job->arena, file.path, &error);
    bool fine = file.output && output_write(file.output, bytes.data, bytes.size) && output_finish(file.output);
    if (file.output) {
        file.sha256 = sha256_hex(job->arena, bytes);
        VEC_PUSH(job->arena, job->beside, file);
    }
    if (!fine)
        diag_error(&job->diag, "output-unwritable", (Source){file.path, 0, 0}, "%s",
                   file.output ? "it could not be written" : error);
    return fine;
}

bool job_make_folder(Job *job, const char *path)
{
    struct stat info;
    if ((stat(path, &info) == 0 && S_ISDIR(info.st_mode)) || mkdir(path, 0777) == 0)
        return true;
    diag_error(&job->diag, "output-unwritable", (Source){path, 0, 0}, "the folder can't be made: %s", strerror(errno));
    return false;
}

bool job_write_proof(Job *job, const JobOutput *file, const Bitmap *seen, int page)
{
    Arena *arena = arena_beside(job->arena);
    Bytes png = image_encode_png(arena, seen->data, seen->width, seen->height, 3, seen->ppi);
    const char *folder = job->options->handoff ? job->options->handoff : job->options->proofs;
    const char *name = job_stem(arena, file->path);
    bool fine = job_write_beside(job, arena_format(arena, "%s/%s_p%03d.png", folder, name, page), png);
    arena_free(arena);
    return fine;
}
