/* Which files come out of a job: targets, their names, their places. */
#include "asset/color_profile.h"
#include "job/internal.h"

bool news2pdf_target(int i, const char **name, const char **description)
{
    return pdf_target_list(i, name, description);
}

/* n.pdf for the target screen: n.screen.pdf */
const char *job_file_of(Arena *arena, const char *output, const char *target)
{
    const char *slash = strrchr(output, '/'), *dot = strrchr(output, '.');
    if (!dot || (slash && dot < slash) || dot == output || dot == slash + 1)
        dot = output + strlen(output);
    return arena_format(arena, "%.*s.%s%s", (int)(dot - output), output, target, dot);
}

static bool wrong(Job *job, const char *sentence)
{
    diag_error(&job->diag, "target-wrong", NO_SOURCE, "%s", sentence);
    return false;
}

static const ColorProfile *read_profile(Job *job, const char *path)
{
    Bytes bytes;
    const char *reason = NULL;
    FileStatus status = file_map(job->arena, path, job->limits.input_bytes, &bytes);
    if (status != FILE_OK)
        reason = arena_format(job->arena, "can't be used: %s", file_status_text(status));
    const ColorProfile *profile = reason ? NULL : color_profile_output(job->arena, bytes, &reason);
    if (!profile)
        diag_error(&job->diag, "profile-wrong", (Source){path, 0, 0}, "the profile %s", reason);
    return profile;
}

/* C7: a profile that names another condition than the one that is asked for. */
static bool names_match(Job *job, const PdfTarget *target)
{
    const char *name = color_profile_name(job->arena, target->profile), *other;
    for (int i = 0; target->condition && name && pdf_target_condition(i, &other); i++)
        if (strcmp(other, target->condition) != 0 && strstr(name, other) && !strstr(name, target->condition))
            return wrong(job, arena_format(job->arena,
                                           "the output condition %s and the profile \"%s\" can't hold together: the "
                                           "profile is made for %s",
                                           target->condition, name, other));
    return true;
}

/* What inks mean that no profile goes with, in a file of RGB: the commonest paper (A8). */
static const ColorProfile *usual_inks(Job *job)
{
    Bytes bytes;
    const char *reason;
    const char *path = arena_format(job->arena, "%s/coated-fogra39-300.icc", job->data.profiles);
    return file_map(job->arena, path, job->limits.input_bytes, &bytes) == FILE_OK
               ? color_profile_output(job->arena, bytes, &reason)
               : NULL;
}

/* The printer's own profile wins over the target's (C6). */
static bool set_profile(Job *job, PdfTarget *target, const ColorProfile *own)
{
    const char *shipped = pdf_target_profile(target);
    target->profile = own;
    target->inks = target->color == TARGET_COLOR_RGB ? usual_inks(job) : NULL;
    if (!own && target->color == TARGET_COLOR_CMYK && shipped)
        target->profile = read_profile(job, arena_format(job->arena, "%s/%s", job->data.profiles, shipped));
    if (!target->profile)
        return target->color == TARGET_COLOR_RGB;
    return !own || names_match(job, target);
}

static bool add_target(Job *job, const char *name)
{
    const news2pdf_options *options = job->options;
    PdfTargetWords words = {.name = name,
                            .pdfx = options->pdfx,
                            .pdfa = options->pdfa,
                            .pdfua = options->pdfua,
                            .condition = options->condition,
                            .marks = options->marks,
                            .bleed = options->bleed,
                            .attach = options->attach && options->attach[0]};
    JobOutput file = {.path = options->handoff ? arena_format(job->arena, "%s/job.pdf", options->handoff)
                                               : options->output};
    const ColorProfile *own = NULL;
    if (options->profile && !(own = read_profile(job, options->profile)))
        return false;
    words.profile_channels = own ? color_profile_channels(own) : 0;
    const char *sentence = pdf_target_read(job->arena, &words, &file.target);
    if (sentence)
        return wrong(job, sentence);
    for (int i = 0; i < job->outputs.count; i++)
        if (strcmp(job->outputs.at[i].target.name, file.target.name) == 0)
            return wrong(job, arena_format(job->arena, "--target names %s twice", file.target.name));
    if (!set_profile(job, &file.target, own))
        return false;
    VEC_PUSH(job->arena, job->outputs, file);
    return true;
}

static bool name_files(Job *job)
{
    if (job->outputs.count < 2)
        return true;
    if (strcmp(job->outputs.at[0].path, "-") == 0)
        return wrong(job, "several targets and standard output can't hold together: each target is a file of its own");
    for (int i = 0; i < job->outputs.count; i++)
        job->outputs.at[i].path = job_file_of(job->arena, job->outputs.at[i].path, job->outputs.at[i].target.name);
    return true;
}

bool job_read_targets(Job *job)
{
    const char *names = job->options->target;
    if (job->stage != STAGE_PDF || !names)
        return add_target(job, NULL);
    for (const char *at = names;; at++) {
        size_t length = strcspn(at, ",");
        if (!add_target(job, arena_string(job->arena, at, length)))
            return false;
        at += length;
        if (!*at)
            return name_files(job);
    }
}

/* ---- profiles of the style ---- */

static void add_profile(Job *job, const ColorProfileRule *rule)
{
    const char *path, *reason = NULL;
    Bytes bytes;
    for (int i = 0; i < job->profiles.count; i++)
        if (strcmp(job->profiles.at[i].name, rule->name) == 0)
            return;
    FileStatus status = file_resolve(&job->access, job->arena, rule->base, rule->url, &path);
    if (status == FILE_OK)
        status = file_map(job->arena, path, job->limits.input_bytes, &bytes);
    const ColorProfile *profile = status == FILE_OK ? color_profile_named(job->arena, bytes, &reason) : NULL;
    if (!profile) {
        diag_warn(&job->diag, "color-profile", rule->source, "the colour profile \"%s\" %s", rule->url,
                  reason ? reason : arena_format(job->arena, "is not read: %s", file_status_text(status)));
        return;
    }
    VEC_PUSH(job->arena, job->profiles, ((NamedProfile){rule->name, profile, rule->perceptual}));
    for (int i = 0; i < job->outputs.count && strcmp(rule->name, "device-cmyk") == 0; i++)
        if (job->outputs.at[i].target.color == TARGET_COLOR_RGB && color_profile_channels(profile) == 4)
            job->outputs.at[i].target.inks = profile;
}

void job_read_profiles(Job *job)
{
    const ColorProfileRule *rules;
    for (int i = job->sheets.count - 1; i >= 0; i--) /* the last of a name counts: it is found first */
        for (int k = css_color_profiles(job->sheets.at[i], &rules) - 1; k >= 0; k--)
            add_profile(job, &rules[k]);
}

bool job_open_outputs(Job *job)
{
    for (int i = 0; i < job->outputs.count; i++) {
        JobOutput *file = &job->outputs.at[i];
        const char *error = NULL;
        if (job_reads(job->options, file->path))
            error = "the output is one of the files that are read";
        else
            file->output = output_open(job->arena, file->path, &error);
        if (file->output && job->options->linearize && job->stage == STAGE_PDF)
            file->whole = output_scratch(job->arena, &error);
        if (file->output && !error)
            continue;
        diag_error(&job->diag, job_reads(job->options, file->path) ? "options-wrong" : "output-unwritable",
                   (Source){file->path, 0, 0}, "%s", error);
        return false;
    }
    return true;
}

static bool commit(Job *job, const char *path, Output *output)
{
    const char *error = NULL;
    if (job_has_read(job, path)) {
        diag_error(&job->diag, "options-wrong", (Source){path, 0, 0}, "the output is one of the files that are read");
        return false;
    }
    if (output_commit(output, &error))
        return true;
    diag_error(&job->diag, "output-failed", (Source){path, 0, 0}, "%s", error);
    return false;
}

bool job_commit_outputs(Job *job)
{
    for (int i = 0; i < job->outputs.count; i++)
        if (!commit(job, job->outputs.at[i].path, job->outputs.at[i].output))
            return false;
    return true;
}

bool job_commit_beside(Job *job)
{
    for (int i = 0; i < job->beside.count; i++)
        if (job->beside.at[i].output && !commit(job, job->beside.at[i].path, job->beside.at[i].output))
            return false;
    return true;
}
