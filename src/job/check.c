/* Pages are looked at as they are printed: for proofs and for preflight. Reports come when the files are whole. */
#include "base/digest.h"
#include "job/internal.h"

#include <string.h>

enum { LOOK_PPI = 100 };

/* ---- before ---- */

static const char *suffix_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot : "";
}

static bool is_report(const char *path)
{
    static const char *const suffixes[] = {".json", ".sarif", ".txt", ".html", ".pdf"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (strcmp(suffix_of(path), suffixes[i]) == 0)
            return true;
    return false;
}

/* Some report shows the pages. */
static bool shows_pages(const Job *job)
{
    if (job->options->handoff)
        return true;
    for (int i = 0; job->options->preflight && job->options->preflight[i]; i++) {
        const char *suffix = suffix_of(job->options->preflight[i]);
        if (strcmp(suffix, ".pdf") == 0 || strcmp(suffix, ".html") == 0)
            return true;
    }
    return false;
}

static const char *const *settings_of(Job *job)
{
    const news2pdf_options *o = job->options;
    const char *const given[][2] = {{"target", o->target}, {"pdfx", o->pdfx},       {"pdfa", o->pdfa},
                                    {"pdfua", o->pdfua},   {"profile", o->profile}, {"condition", o->condition},
                                    {"marks", o->marks},   {"bleed", o->bleed},     {"date", o->date}};
    VEC(const char *) list = {0};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i][1]) {
            VEC_PUSH(job->arena, list, given[i][0]);
            VEC_PUSH(job->arena, list, given[i][1]);
        }
    for (int i = 0; o->styles && o->styles[i]; i++) {
        VEC_PUSH(job->arena, list, arena_format(job->arena, "style %d", i + 1));
        VEC_PUSH(job->arena, list, o->styles[i]);
    }
    VEC_PUSH(job->arena, list, NULL);
    return list.at;
}

bool job_check_reports(Job *job)
{
    const char *const *paths = job->options->preflight;
    for (int i = 0; paths && paths[i]; i++)
        if (!is_report(paths[i])) {
            diag_error(&job->diag, "options-wrong", (Source){paths[i], 0, 0},
                       "a preflight report ends in .json, .sarif, .txt, .html or .pdf");
            return false;
        }
    return true;
}

bool job_open_checks(Job *job, const PdfFacts *facts)
{
    const news2pdf_options *options = job->options;
    bool preflight = (options->preflight && options->preflight[0]) || options->handoff;
    job->title = facts->title;
    job->date = facts->date;
    if (!job_check_reports(job))
        return false;
    for (int i = 0; i < job->outputs.count && (preflight || options->proofs); i++) {
        JobOutput *file = &job->outputs.at[i];
        file->raster = raster_new(job->arena, file->writer, &job->diag);
        PreflightFacts known = {.file = strcmp(file->path, "-") == 0 ? NULL : file->path,
                                .title = facts->title,
                                .language = facts->language,
                                .date = facts->date,
                                .tool = facts->producer,
                                .settings = settings_of(job)};
        if (preflight)
            file->preflight = preflight_new(job->arena, file->writer, &known);
    }
    return !options->proofs || job_make_folder(job, options->proofs);
}

/* ---- a page ---- */

static void look(Job *job, JobOutput *file, Arena *arena, const DisplayPage *page)
{
    bool proofs = job->options->proofs || job->options->handoff;
    bool shown = proofs || (file->preflight && shows_pages(job));
    bool drawn = shown || file->target.color == TARGET_COLOR_CMYK;
    const Bitmap *bitmap = drawn ? raster_page(file->raster, arena, page, LOOK_PPI, page->bleed) : NULL;
    const Bitmap *seen = bitmap && shown ? raster_seen(file->raster, arena, bitmap) : NULL;
    if (file->preflight)
        preflight_page(file->preflight, page, bitmap);
    if (seen && file->preflight && shows_pages(job))
        preflight_show(file->preflight, seen);
    if (seen && proofs)
        job_write_proof(job, file, seen, page->number);
}

void job_look(Job *job, const DisplayPage *page)
{
    for (int i = 0; i < job->outputs.count; i++) {
        if (!job->outputs.at[i].raster)
            continue;
        if (page->number == 1) {
            job->outputs.at[i].width = page->width;
            job->outputs.at[i].height = page->height;
            job->outputs.at[i].bleed = page->bleed;
        }
        Arena *arena = arena_beside(job->arena);
        look(job, &job->outputs.at[i], arena, page);
        arena_free(arena);
    }
}

/* ---- after ---- */

/* Of what is written, before its commit. */
static const char *digest_of(Job *job, const JobOutput *file)
{
    const char *written = output_written(file->output);
    Bytes bytes;
    if (!written || file_map_own(job->arena, written, &bytes) != FILE_OK)
        return NULL;
    return sha256_hex(job->arena, bytes);
}

static void tell(Job *job, const Preflight *preflight)
{
    const Finding *findings;
    int count = preflight_findings(preflight, &findings);
    for (int i = 0; i < count; i++) {
        const Finding *at = &findings[i];
        const char *code = arena_format(job->arena, "preflight-%s", at->rule);
        const char *page = at->page ? arena_format(job->arena, "page %d: ", at->page) : "";
        if (at->level == LEVEL_FAIL)
            diag_warn(&job->diag, code, at->source, "%sa print shop would refuse this: %s", page, at->sentence);
        else if (at->level == LEVEL_WARN)
            diag_warn(&job->diag, code, at->source, "%s%s", page, at->sentence);
    }
}

/* The program sets its own report. */
static bool set_report(Job *job, const char *path, Bytes html)
{
    const news2pdf_options options = {.input = "report.html",
                                      .bytes = html.data,
                                      .size = html.size,
                                      .as = NEWS2PDF_AS_DOCUMENT,
                                      .target = "office",
                                      .date = job->options->date,
                                      .data = job->options->data,
                                      .output = path,
                                      .file = job->options->file,
                                      .user = job->options->user};
    if (job_reads(job->options, path) || news2pdf_convert(&options, NULL) != 0) {
        diag_error(&job->diag, "output-unwritable", (Source){path, 0, 0}, "the report could not be written");
        return false;
    }
    Bytes bytes;
    Beside file = {arena_string(job->arena, path, strlen(path)), NULL, NULL};
    if (job->options->handoff && file_map_own(job->arena, path, &bytes) == FILE_OK) {
        file.sha256 = sha256_hex(job->arena, bytes);
        VEC_PUSH(job->arena, job->beside, file);
    }
    return true;
}

bool job_save_report(Job *job, const Preflight *preflight, const char *path)
{
    Arena *arena = arena_beside(job->arena);
    const char *suffix = suffix_of(path);
    Bytes report = strcmp(suffix, ".json") == 0                                  ? preflight_json(arena, preflight)
                   : strcmp(suffix, ".sarif") == 0                               ? preflight_sarif(arena, preflight)
                   : strcmp(suffix, ".html") == 0 || strcmp(suffix, ".pdf") == 0 ? preflight_html(arena, preflight)
                                                                                 : preflight_text(arena, preflight);
    bool set = strcmp(suffix, ".pdf") == 0;
    bool fine = set ? set_report(job, path, report) : job_write_beside(job, path, report);
    arena_free(arena);
    return fine;
}

static const char *report_path(Job *job, const JobOutput *file, const char *path)
{
    return job->outputs.count > 1 ? job_file_of(job->arena, path, file->target.name) : path;
}

static bool write_reports(Job *job, JobOutput *file)
{
    const char *const *paths = job->options->preflight;
    bool fine = output_finish(file->output);
    if (job->options->handoff)
        job_name_handoff(job, file);
    const char *slash = strrchr(file->path, '/'), *name = slash ? slash + 1 : file->path;
    preflight_end(file->preflight,
                  strcmp(name, "-") == 0  ? NULL
                  : job->options->handoff ? name
                                          : file->path,
                  output_size(file->output), digest_of(job, file));
    tell(job, file->preflight);
    for (int k = 0; paths && paths[k]; k++)
        fine = job_save_report(job, file->preflight, report_path(job, file, paths[k])) && fine;
    return fine && (!job->options->handoff || job_write_handoff(job, file));
}

bool job_write_reports(Job *job)
{
    bool fine = true;
    for (int i = 0; i < job->outputs.count; i++)
        if (job->outputs.at[i].preflight)
            fine = write_reports(job, &job->outputs.at[i]) && fine;
    return fine && (!job->options->handoff || job_write_checksums(job));
}

int job_verdict(const Job *job)
{
    int verdict = 0;
    for (int i = 0; i < job->outputs.count; i++) {
        const Preflight *preflight = job->outputs.at[i].preflight;
        if (preflight && preflight_count(preflight, LEVEL_FAIL) > 0)
            return 1;
        if (preflight && job->options->strict && preflight_count(preflight, LEVEL_WARN) > 0)
            verdict = 3;
    }
    return verdict;
}

/* ---- a finished file ---- */

static bool read_target(Job *job, PdfTarget *target)
{
    PdfTargetWords words = {.name = job->options->target};
    const char *sentence = pdf_target_read(job->arena, &words, target);
    if (sentence)
        diag_error(&job->diag, "target-wrong", NO_SOURCE, "%s", sentence);
    return !sentence;
}

static int verdict_of(const Preflight *preflight, bool strict)
{
    return preflight_count(preflight, LEVEL_FAIL) > 0             ? 1
           : strict && preflight_count(preflight, LEVEL_WARN) > 0 ? 3
                                                                  : 0;
}

static int look_at_file(Job *job)
{
    static const char *const standard_output[] = {"-", NULL};
    const news2pdf_options *options = job->options;
    const char *path = job_input(options);
    bool has_reports = options->preflight && options->preflight[0];
    PdfTarget target;
    Bytes file;
    if (options->paths && (!find_data(job) || !job_tell_paths(job)))
        return 1;
    if (options->target && !read_target(job, &target))
        return 2;
    if (!job_check_reports(job))
        return 1;
    FileStatus status = path ? file_map(job->arena, path, 0, &file) : FILE_MISSING;
    if (status != FILE_OK) {
        diag_error(&job->diag, "input-unreadable", (Source){path, 0, 0}, "%s", file_status_text(status));
        return 1;
    }
    PreflightFacts facts = {.file = path, .tool = arena_format(job->arena, "news2pdf %s", news2pdf_version())};
    Preflight *preflight = preflight_file(job->arena, file, options->target ? &target : NULL, &facts, &job->diag);
    if (!preflight)
        return 1;
    preflight_end(preflight, path, (int64_t)file.size, sha256_hex(job->arena, file));
    const char *const *reports = has_reports ? options->preflight : standard_output;
    for (int i = 0; reports[i]; i++)
        if (!job_save_report(job, preflight, reports[i]))
            return 1;
    return job_commit_beside(job) ? verdict_of(preflight, options->strict) : 1;
}

int news2pdf_preflight(const news2pdf_options *options, news2pdf_result *result)
{
    return job_run(options, result, look_at_file);
}
