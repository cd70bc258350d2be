/* What becomes of a page: part of each file, a file of its own (H5), or its place on a sheet (H4). */
#include "base/digest.h"
#include "job/internal.h"

#include <string.h>

static bool wrong(Job *job, const char *sentence)
{
    diag_error(&job->diag, "target-wrong", NO_SOURCE, "%s", sentence);
    return false;
}

/* H4: sheets are not tagged, and say no more than how they are printed. */
static void untag(PdfTarget *target)
{
    target->pdfa = PDFA_NONE;
    target->pdfua = 0;
    target->links = false;
}

bool job_read_delivery(Job *job)
{
    const news2pdf_options *options = job->options;
    if (options->pages && strcmp(options->pages, "single") != 0)
        return wrong(job, "--pages can only be \"single\"");
    if (options->pages && options->impose)
        return wrong(
            job,
            "--pages single and --impose can't hold together: one takes pages apart, the other puts them together");
    if (options->impose && options->handoff)
        return wrong(job, "--impose and --handoff can't hold together: a print shop imposes single pages itself");
    if (options->pages && options->output && strcmp(options->output, "-") == 0)
        return wrong(job, "--pages single and standard output can't hold together: each page is a file of its own");
    const char *sentence =
        options->impose ? impose_read(job->arena, options->impose, options->creep, &job->imposition) : NULL;
    if (sentence)
        return wrong(job, sentence);
    for (int i = 0; options->impose && i < job->outputs.count; i++)
        untag(&job->outputs.at[i].target);
    for (int i = 0; options->pages && i < job->outputs.count; i++) {
        job->outputs.at[i].target.marks = 0;
        job->outputs.at[i].target.bleed = 0;
    }
    return true;
}

/* ---- a file for each page ---- */

static const char *page_path(Job *job, const JobOutput *file, int page)
{
    const char *dot = strrchr(file->path, '.'), *slash = strrchr(file->path, '/');
    size_t length = dot && (!slash || dot > slash + 1) ? (size_t)(dot - file->path) : strlen(file->path);
    return arena_format(job->arena, "%.*s_p%03d%s", (int)length, file->path, page, file->path + length);
}

static void deliver_single(Job *job, const JobOutput *file, const DisplayPage *page)
{
    const char *error = "it is one of the files that are read";
    Beside made = {page_path(job, file, page->number), NULL, NULL};
    DisplayPage single = *page;
    PdfFacts facts = job->facts;
    Arena *arena = arena_beside(job->arena);
    facts.target = &file->target;
    facts.title = arena_format(arena, "%s, page %s", facts.title,
                               page->label ? page->label : arena_format(arena, "%d", page->number));
    single.bleed = 0;
    if (!job_reads(job->options, made.path))
        made.output = output_open(job->arena, made.path, &error);
    if (!made.output) {
        diag_error(&job->diag, "output-unwritable", (Source){made.path, 0, 0}, "%s", error);
        arena_free(arena);
        return;
    }
    PdfWriter *writer = pdf_begin(arena, made.output, &facts, &job->diag);
    Bytes bytes;
    pdf_page(writer, &single);
    if (!pdf_end(writer) || !output_finish(made.output))
        diag_error(&job->diag, "output-failed", (Source){made.path, 0, 0}, "the page could not be written");
    else if (job->options->handoff && file_map_own(arena, output_written(made.output), &bytes) == FILE_OK)
        made.sha256 = sha256_hex(job->arena, bytes);
    VEC_PUSH(job->arena, job->beside, made);
    arena_free(arena);
}

/* ---- any page ---- */

/* One layout, the same lines on the same pages in every file. */
void job_deliver(Job *job, Arena *arena, const DisplayPage *page)
{
    for (int i = 0; i < job->outputs.count && !job->options->impose; i++) {
        pdf_page(job->outputs.at[i].writer, page);
        if (job->options->pages)
            deliver_single(job, &job->outputs.at[i], page);
    }
    if (job->options->impose)
        VEC_PUSH(job->arena, job->kept, arena_copy(arena, page, sizeof *page));
    job_look(job, page);
}

void job_deliver_sheets(Job *job)
{
    int sides = job->kept.count ? impose_sides(&job->imposition, job->kept.count) : 0;
    for (int side = 0; side < sides; side++) {
        Arena *arena = arena_beside(job->arena);
        const DisplayPage *sheet = impose_side(arena, &job->imposition, job->kept.at, job->kept.count, side);
        for (int i = 0; i < job->outputs.count; i++)
            pdf_page(job->outputs.at[i].writer, sheet);
        arena_free(arena);
    }
}
