/* news2pdf batch: the jobs of a list, each in a process of its own, several at a time. */
#define _GNU_SOURCE
#include "cli/commands.h"
#include "cli/log.h"
#include "cli/messages.h"
#include "cli/parts.h"
#include "cli/results.h"

#include <stdlib.h>
#include <time.h>

enum { CHILDREN_MOST = 64, STYLES_MOST = 32 };

typedef struct { /* a job that runs */
    Arena *arena;
    ListJob job;
    CommandLine line;
    const char *key;
    pid_t pid;
} Slot;

typedef struct {
    const Invocation *typed;
    Arena *arena;
    CommandLine line; /* the batch's own */
    Log log;
    JobList list;
    Results results;
    VEC(JobPlace) todo;
    Places outputs; /* where the first job of each stands */
    PartsNoted parts;
    VEC(const char *) styles; /* that the jobs use, with a NULL behind */
    news2pdf_opened *opened;  /* those, and the fonts, before the first fork */
    struct timespec begun;
    Slot slots[CHILDREN_MOST];
    Child children[CHILDREN_MOST];
    Progress progress;
    int all, unchanged, made, warnings, refused, nothing, failed, done;
    bool results_failed;
} Batch;

/* ---- what is to do ---- */

/* The command line as it is for this job; wrong settings make a wrong job. */
static void fill(Batch *batch, Arena *arena, ListJob *job, CommandLine *line)
{
    Problem problem = {0};
    const Setting *at = NULL;
    if (!command_line_fill(line, batch->typed, &job->settings, &problem, &at) && !job->wrong) {
        job->wrong = arena_format(arena, "%s%s%s%s", problem.message, *problem.hint ? " (" : "", problem.hint,
                                  *problem.hint ? ")" : "");
        job->wrong_at = at && at->source.file ? at->source : job->source;
    }
    line->options.inputs = job->in;
    line->options.input = job->in[0];
    line->options.output = job->out;
}

/* What a span before now leaves out is another thing every minute. */
static bool goes_by_the_clock(const CommandLine *line)
{
    return line->options.since && !line->options.date &&
           line->options.since[strspn(line->options.since, "0123456789")] != '-';
}

/* Of two jobs with one output, also in another shard, the second is wrong: they would take turns for ever. */
static void note_output(Batch *batch, Arena *arena, ListJob *job, JobPlace place)
{
    if (!job->out)
        return;
    int64_t *line = places_at(&batch->outputs, path_hash(job->out));
    if (*line < 0)
        *line = (int64_t)place.at;
    if (*line == (int64_t)place.at || job->wrong)
        return;
    job->wrong = arena_format(arena, "another job before it writes %s", job->name);
    job->wrong_at = job->source;
}

/* The default styles are among them: which one it is depends on the document. */
static void note_style(Batch *batch, const char *style)
{
    for (int i = 0; i < batch->styles.count; i++)
        if (strcmp(batch->styles.at[i], style) == 0)
            return;
    if (batch->styles.count < STYLES_MOST)
        VEC_PUSH(batch->arena, batch->styles, arena_string(batch->arena, style, strlen(style)));
}

static void note_styles(Batch *batch, const CommandLine *line)
{
    static const char *const defaults[] = {"daily", "briefing", NULL};
    const char *const *styles = line->options.styles ? line->options.styles : defaults;
    for (; *styles; styles++)
        note_style(batch, *styles);
}

static void add_to_do(Batch *batch, const ListJob *job, JobPlace place)
{
    VEC_PUSH(batch->arena, batch->todo, place);
    if (job->out)
        parts_note(&batch->parts, job->out);
}

static void plan(Batch *batch)
{
    Arena *scratch = arena_beside(batch->arena);
    JobPlace place;
    ListJob job;
    CommandLine line;
    for (int index = 0;; index++) {
        ArenaMark mark = arena_mark(scratch);
        if (!job_list_next(&batch->list, scratch, &place, &job))
            break;
        note_output(batch, scratch, &job, place);
        if (index % batch->line.shards == batch->line.shard - 1) {
            batch->all++;
            fill(batch, scratch, &job, &line);
            if (!job.wrong && !goes_by_the_clock(&line) &&
                results_stand(&batch->results, scratch, &job, results_key(scratch, &job, batch->typed)))
                batch->unchanged++;
            else {
                add_to_do(batch, &job, place);
                if (!job.wrong)
                    note_styles(batch, &line);
            }
        }
        arena_rewind(scratch, mark);
    }
    parts_sweep_noted(&batch->parts, scratch);
    arena_free(scratch);
}

/* ---- doing it ---- */

static void count(Batch *batch, const Outcome *outcome)
{
    bool made = outcome->exit == EXIT_MADE;
    batch->made += made && !outcome->warnings;
    batch->warnings += made && outcome->warnings;
    batch->refused += outcome->exit == EXIT_REFUSED;
    batch->nothing += outcome->exit == EXIT_NOTHING;
    batch->failed += !made && outcome->exit != EXIT_REFUSED && outcome->exit != EXIT_NOTHING;
    batch->done++;
}

static void say(const Batch *batch, Arena *arena, const ListJob *job, const Outcome *outcome)
{
    bool fine = outcome->exit == EXIT_MADE;
    if (batch->log.kind == LOG_TEXT && fine)
        return; /* the results say so */
    const char *sentence = arena_format(arena, "%s: %s%s%s", job->name ? job->name : job->source.file, outcome->outcome,
                                        outcome->first ? ": " : "", outcome->first ? outcome->first : "");
    LogField fields[] = {{"list", batch->list.path, false},
                         {"line", arena_format(arena, "%d", job->source.line), true},
                         {"output", job->name, false},
                         {"outcome", outcome->outcome, false},
                         {"exit", arena_format(arena, "%d", outcome->exit), true},
                         {"pages", arena_format(arena, "%d", outcome->pages), true},
                         {"code", outcome->code, false}};
    log_say(&batch->log, fine ? LOG_INFO : LOG_ERROR, sentence, fields, sizeof fields / sizeof *fields);
}

static void record(Batch *batch, Arena *arena, const ListJob *job, const char *key, const Outcome *outcome)
{
    count(batch, outcome);
    progress_end(&batch->progress);
    say(batch, arena, job, outcome);
    if (!results_add(&batch->results, arena, job, key, outcome) && !batch->results_failed) {
        batch->results_failed = true;
        message_wrong("results-unwritable", (Source){batch->results.path, 0, 0},
                      "results can't be written; the jobs go on, and the next run does them again", NULL);
    }
    progress_jobs(&batch->progress, batch->done, batch->todo.count, batch->failed);
}

static void record_wrong(Batch *batch, Arena *arena, const ListJob *job)
{
    char *json = NULL;
    size_t size = 0;
    news2pdf_message message = {
        NEWS2PDF_ERROR, "job-wrong", job->wrong_at.file, job->wrong_at.line, job->wrong_at.column, job->wrong, NULL, 1};
    FILE *stream = open_memstream(&json, &size);
    if (!stream)
        return;
    message_json(stream, &message);
    fclose(stream);
    Outcome outcome = {.outcome = "wrong",
                       .exit = EXIT_USAGE,
                       .errors = 1,
                       .diagnostics = json,
                       .code = "job-wrong",
                       .first = arena_format(arena, "%s:%d:%d: %s", job->wrong_at.file, job->wrong_at.line,
                                             job->wrong_at.column, job->wrong)};
    record(batch, arena, job, "", &outcome);
    free(json);
}

static void finish(Batch *batch, int i)
{
    Slot *slot = &batch->slots[i];
    Outcome outcome = child_outcome(&batch->children[i], slot->arena);
    if (outcome.exit > 5)
        parts_sweep(slot->arena, slot->job.out, slot->pid);
    record(batch, slot->arena, &slot->job, slot->key, &outcome);
    arena_free(slot->arena);
    slot->arena = NULL;
}

static void reap(Batch *batch, int milliseconds)
{
    child_poll(batch->children, CHILDREN_MOST, milliseconds);
    for (int i = 0; i < CHILDREN_MOST; i++)
        if (child_ended(&batch->children[i]))
            finish(batch, i);
}

static int free_slot(const Batch *batch)
{
    int most = batch->line.jobs < CHILDREN_MOST ? batch->line.jobs : CHILDREN_MOST;
    for (int i = 0; i < most; i++)
        if (!batch->children[i].pid)
            return i;
    return -1;
}

static void start(Batch *batch, int i, JobPlace place)
{
    Slot *slot = &batch->slots[i];
    slot->arena = arena_beside(batch->arena);
    job_list_at(&batch->list, slot->arena, place, &slot->job);
    fill(batch, slot->arena, &slot->job, &slot->line);
    note_output(batch, slot->arena, &slot->job, place);
    bool started = false;
    if (slot->job.wrong) {
        record_wrong(batch, slot->arena, &slot->job);
    } else {
        slot->line.options.opened = batch->opened;
        slot->key = results_key(slot->arena, &slot->job, batch->typed);
        if (batch->line.jobs > 1 && !slot->line.options.threads)
            slot->line.options.threads = 1; /* the jobs share the processors */
        for (int tries = 0; !started && tries < 50; tries++) {
            started = child_start(&batch->children[i], &slot->line);
            if (!started)
                nanosleep(&(struct timespec){0, 100000000}, NULL);
        }
        slot->pid = batch->children[i].pid;
        batch->children[i].begun = batch->begun; /* the sheets were read then */
        if (!started)
            record(batch, slot->arena, &slot->job, slot->key,
                   &(Outcome){.outcome = "failed",
                              .exit = EXIT_FAILED,
                              .diagnostics = "",
                              .first = "no process could be started"});
    }
    if (!started) {
        arena_free(slot->arena);
        slot->arena = NULL;
    }
}

static void stop(Batch *batch)
{
    child_kill(batch->children, CHILDREN_MOST);
    for (int i = 0; i < CHILDREN_MOST; i++)
        if (batch->slots[i].arena)
            parts_sweep(batch->slots[i].arena, batch->slots[i].job.out, batch->slots[i].pid);
}

static int running(const Batch *batch)
{
    int sum = 0;
    for (int i = 0; i < CHILDREN_MOST; i++)
        sum += batch->children[i].pid != 0;
    return sum;
}

static void run(Batch *batch)
{
    for (int next = 0; !child_stop && (next < batch->todo.count || running(batch));) {
        int slot = next < batch->todo.count ? free_slot(batch) : -1;
        if (slot >= 0)
            start(batch, slot, batch->todo.at[next++]);
        reap(batch, slot >= 0 ? 0 : 1000);
    }
    if (child_stop)
        stop(batch);
}

/* ---- the command ---- */

/* jobs.jsonl: jobs.results.jsonl; a shard has its own. */
static const char *results_path(Arena *arena, const CommandLine *line, const char *list, const char *folder)
{
    if (line->results)
        return line->results;
    const char *base = folder ? path_join(arena, folder, "batch") : list;
    const char *dot = folder ? NULL : strrchr(base, '.'), *slash = strrchr(base, '/');
    int stem = dot && (!slash || dot > slash + 1) ? (int)(dot - base) : (int)strlen(base);
    return line->shards > 1 ? arena_format(arena, "%.*s.results.%d-of-%d.jsonl", stem, base, line->shard, line->shards)
                            : arena_format(arena, "%.*s.results.jsonl", stem, base);
}

static void sum_up(Batch *batch)
{
    const struct {
        int count;
        const char *word;
    } parts[] = {{batch->made, "made"},       {batch->warnings, "made with warnings"},
                 {batch->refused, "refused"}, {batch->nothing, "nothing"},
                 {batch->failed, "failed"},   {batch->unchanged, "unchanged"}};
    Buffer text = {.arena = batch->arena};
    buffer_format(&text, "%d job%s", batch->all, batch->all == 1 ? "" : "s");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count)
            buffer_format(&text, ", %d %s", parts[i].count, parts[i].word);
    if (child_stop)
        buffer_format(&text, ", %d not done", batch->todo.count - batch->done);
    LogField fields[] = {{"list", batch->list.path, false},
                         {"results", batch->results.path, false},
                         {"jobs", arena_format(batch->arena, "%d", batch->all), true},
                         {"failed", arena_format(batch->arena, "%d", batch->failed), true},
                         {"unchanged", arena_format(batch->arena, "%d", batch->unchanged), true}};
    log_say(&batch->log, batch->failed ? LOG_ERROR : LOG_INFO, text.data, fields, sizeof fields / sizeof *fields);
}

int command_batch(const Invocation *typed)
{
    Batch *batch = NEW(typed->arena, Batch);
    batch->typed = typed;
    batch->arena = typed->arena;
    if (!arguments_fill(&batch->line, typed))
        return EXIT_USAGE;
    if (typed->word_count != 1)
        return usage_wrong("news2pdf batch jobs.jsonl -j 2", "batch needs one list or folder"), EXIT_USAGE;
    const char *folder = batch->line.options.output;
    if (!job_list_open(&batch->list, batch->arena, typed->words[0], folder))
        return EXIT_USAGE;
    if (batch->list.kind != LIST_FOLDER && folder)
        return usage_wrong("a list names the output of each job as \"out\"", "-o is for a folder's jobs"), EXIT_USAGE;
    if (!results_open(&batch->results, batch->arena, results_path(batch->arena, &batch->line, typed->words[0], folder)))
        return EXIT_USAGE;
    batch->log = log_open(&batch->line);
    batch->outputs.arena = batch->arena;
    batch->parts = (PartsNoted){.arena = batch->arena, .outputs.arena = batch->arena, .folders.arena = batch->arena};
    child_heed_signals();
    plan(batch);
    clock_gettime(CLOCK_REALTIME_COARSE, &batch->begun);
    VEC_PUSH(batch->arena, batch->styles, NULL);
    batch->opened = batch->todo.count > 1 ? news2pdf_open(NULL, batch->styles.at) : NULL;
    batch->progress = progress_begin(&batch->line);
    run(batch);
    progress_end(&batch->progress);
    results_close(&batch->results);
    news2pdf_close(batch->opened);
    for (int i = 0; i < CHILDREN_MOST; i++)
        free(batch->children[i].said);
    sum_up(batch);
    return child_stop ? 128 + child_stop : batch->failed || batch->results_failed ? EXIT_FAILED : EXIT_MADE;
}
