/* See job_list.h. */
#define _GNU_SOURCE
#include "cli/job_list.h"
#include "cli/messages.h"
#include "cli/settings.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

/* ---- what a job's record says ---- */

static const char *from_folder(Arena *arena, const JobList *list, const char *path)
{
    return strcmp(list->folder, ".") == 0 ? path : path_join(arena, list->folder, path);
}

static void is_wrong(ListJob *job, Source at, const char *why)
{
    if (!job->wrong) {
        job->wrong = why;
        job->wrong_at = at;
    }
}

static void read_inputs(const JobList *list, Arena *arena, ListJob *job, const Record *in)
{
    VEC(const char *) paths = {0};
    const Record *first = in && in->kind == RECORD_LIST ? in->first : in;
    for (const Record *item = first; item; item = item->next) {
        if (item->kind != RECORD_TEXT || !*item->text || strcmp(item->text, "-") == 0)
            is_wrong(job, item->source, "\"in\" needs the path of a file, or a list of paths");
        else
            VEC_PUSH(arena, paths, from_folder(arena, list, item->text));
        if (item == in)
            break;
    }
    VEC_PUSH(arena, paths, NULL);
    job->in = paths.at;
}

static void read_option(const JobList *list, Arena *arena, ListJob *job, const Record *entry)
{
    Problem problem = {0};
    const Record *at = NULL;
    if (strcmp(entry->key, "output") == 0)
        is_wrong(job, entry->source, "the output of a job is its \"out\"");
    else if (!settings_add(arena, &job->settings, entry, list->folder, &problem, &at))
        is_wrong(job, at->source,
                 arena_format(arena, "%s%s%s%s", problem.message, *problem.hint ? " (" : "", problem.hint,
                              *problem.hint ? ")" : ""));
}

static void read_job(const JobList *list, Arena *arena, ListJob *job, const Record *record)
{
    const Record *out = record_get(record, "out"), *options = record_get(record, "options");
    if (record->kind != RECORD_MAP) {
        is_wrong(job, record->source, "a job is an object, as {\"in\": [\"a.xml\"], \"out\": \"a.pdf\"}");
        return;
    }
    for (const Record *entry = record->first; entry; entry = entry->next)
        if (strcmp(entry->key, "in") != 0 && strcmp(entry->key, "out") != 0 && strcmp(entry->key, "options") != 0)
            is_wrong(job, entry->source,
                     arena_format(arena, "a job has \"in\", \"out\" and \"options\", not \"%s\"", entry->key));
    read_inputs(list, arena, job, record_get(record, "in"));
    if (out && out->kind == RECORD_TEXT && *out->text && strcmp(out->text, "-") != 0) {
        job->name = out->text;
        job->out = from_folder(arena, list, out->text);
    } else {
        is_wrong(job, record->source, "\"out\" needs the path of a file");
    }
    if (options && options->kind != RECORD_MAP)
        is_wrong(job, options->source, "\"options\" is an object of long options");
    for (const Record *entry = options ? options->first : NULL; entry && options->kind == RECORD_MAP;
         entry = entry->next)
        read_option(list, arena, job, entry);
    if (!job->in[0] && !job->wrong) {
        bool has_list = false;
        for (int i = 0; i < job->settings.count; i++)
            has_list |= strcmp(job->settings.at[i].name, "list") == 0;
        if (!has_list)
            is_wrong(job, record->source, "\"in\" needs the path of a file, or a list of paths");
    }
}

/* ---- the three kinds ---- */

static void read_json(const JobList *list, Arena *arena, const char *line, size_t size, ListJob *job)
{
    Diag diag = {.arena = arena};
    const Record *record = record_json(arena, (Bytes){line, size}, job->source, &diag);
    if (record)
        read_job(list, arena, job, record);
    else
        is_wrong(job, diag.list.at[0].source, diag.list.at[0].message);
}

static bool next_json(JobList *list, Arena *arena, JobPlace *place, ListJob *job)
{
    const char *data = list->bytes.data;
    while (list->next.at < list->bytes.size) {
        const char *line = data + list->next.at;
        const char *stop = memchr(line, '\n', list->bytes.size - list->next.at);
        size_t size = stop ? (size_t)(stop - line) : list->bytes.size - list->next.at;
        *place = list->next;
        list->next.at += size + 1;
        list->next.line++;
        size_t blank = 0;
        while (blank < size && strchr(" \t\r", line[blank]))
            blank++;
        if (blank == size)
            continue;
        job->source = (Source){list->path, place->line, 1};
        read_json(list, arena, line, size, job);
        return true;
    }
    return false;
}

/* A row as the record that the same job has in JSON; several inputs are parted by |. */
static Record *record_of_row(const JobList *list, Arena *arena, const Record *row, ListJob *job)
{
    Record *record = NEW(arena, Record), *options = NEW(arena, Record);
    Record **last = &record->first, **option = &options->first;
    *record = (Record){.kind = RECORD_MAP, .source = row->source};
    *options = (Record){.kind = RECORD_MAP, .source = row->source, .key = "options"};
    const Record *name = list->columns->first;
    for (const Record *cell = row->first; cell; cell = cell->next, name = name->next) {
        if (!name) {
            is_wrong(job, cell->source, "this row has more fields than the first, which names them");
            break;
        }
        if (!*cell->text)
            continue;
        Record *entry = arena_copy(arena, cell, sizeof *cell);
        bool is_in = strcmp(name->text, "in") == 0, is_own = is_in || strcmp(name->text, "out") == 0;
        entry->key = name->text;
        entry->next = NULL;
        if (is_in && strchr(cell->text, '|')) {
            entry->kind = RECORD_LIST;
            Record **item = &entry->first;
            for (const char *at = cell->text;; at++) {
                size_t length = strcspn(at, "|");
                *item = NEW(arena, Record);
                **item = (Record){.kind = RECORD_TEXT, .source = cell->source, .text = arena_string(arena, at, length)};
                item = &(*item)->next;
                at += length;
                if (!*at)
                    break;
            }
        }
        Record ***end = is_own ? &last : &option;
        **end = entry;
        *end = &entry->next;
    }
    *last = options;
    return record;
}

static bool next_csv(JobList *list, Arena *arena, JobPlace *place, ListJob *job)
{
    CsvReader reader = {list->bytes.data + list->next.at, list->bytes.data + list->bytes.size, list->path,
                        list->next.line};
    *place = list->next;
    const Record *row = csv_row(&reader, arena);
    list->next = (JobPlace){(size_t)(reader.at - list->bytes.data), reader.line};
    if (!row)
        return false;
    job->source = row->source;
    read_job(list, arena, job, record_of_row(list, arena, row, job));
    return true;
}

static void name_folder_job(const JobList *list, Arena *arena, const char *file, ListJob *job)
{
    const char **in = NEW_ARRAY(arena, const char *, 2);
    in[0] = path_join(arena, list->path, file);
    job->in = in;
    job->source = (Source){in[0], 0, 0};
    job->name = arena_format(arena, "%s.pdf", file);
    job->out = path_join(arena, list->out_folder, job->name);
}

bool job_list_next(JobList *list, Arena *arena, JobPlace *place, ListJob *job)
{
    static const char *const none[] = {NULL};
    *job = (ListJob){.in = none};
    if (list->kind == LIST_JSON)
        return next_json(list, arena, place, job);
    if (list->kind == LIST_CSV)
        return next_csv(list, arena, place, job);
    if (list->next.at >= (size_t)list->files.count)
        return false;
    *place = list->next;
    name_folder_job(list, arena, list->files.at[list->next.at++], job);
    return true;
}

void job_list_at(JobList *list, Arena *arena, JobPlace place, ListJob *job)
{
    list->next = place;
    job_list_next(list, arena, &place, job);
}

/* ---- opening ---- */

bool job_list_takes(const char *name)
{
    static const char *const others[] = {".jpg", ".jpeg", ".png", ".webp", ".gif",   ".tif", ".tiff", ".svg",
                                         ".pdf", ".css",  ".md5", ".part", ".jsonl", ".tmp", ".map",  ".list"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof others / sizeof *others; i++)
        if (text_equal_nocase(dot, others[i]))
            return false;
    return name[0] != '.';
}

static int is_job(const struct dirent *entry)
{
    return job_list_takes(entry->d_name);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name); /* no locale */
}

static bool open_folder(JobList *list, Arena *arena)
{
    struct dirent **entries = NULL;
    struct stat info;
    if (!list->out_folder)
        return usage_wrong("-o OUTDIR", "where do the PDFs of a folder go?");
    int count = scandir(list->path, &entries, is_job, by_name);
    if (count < 0)
        return message_wrong("list-unreadable", (Source){list->path, 0, 0}, "this folder can't be read", NULL);
    for (int i = 0; i < count; i++) {
        const char *path = path_join(arena, list->path, entries[i]->d_name);
        if (stat(path, &info) == 0 && S_ISREG(info.st_mode))
            VEC_PUSH(arena, list->files, arena_string(arena, entries[i]->d_name, strlen(entries[i]->d_name)));
        free(entries[i]);
    }
    free(entries);
    if (mkdir(list->out_folder, 0777) != 0 && (stat(list->out_folder, &info) != 0 || !S_ISDIR(info.st_mode)))
        return message_wrong("output-unwritable", (Source){list->out_folder, 0, 0}, "this folder can't be made", NULL);
    return true;
}

static bool read_columns(JobList *list, Arena *arena)
{
    CsvReader reader = csv_open(list->bytes, list->path);
    list->columns = csv_row(&reader, arena);
    list->next = (JobPlace){(size_t)(reader.at - list->bytes.data), reader.line};
    bool has_in = false, has_out = false;
    for (const Record *name = list->columns ? list->columns->first : NULL; name; name = name->next) {
        has_in |= strcmp(name->text, "in") == 0 || strcmp(name->text, "list") == 0;
        has_out |= strcmp(name->text, "out") == 0;
        Problem problem;
        CommandLine none = {.command = COMMAND_BATCH};
        bool known = strcmp(name->text, "in") == 0 || strcmp(name->text, "out") == 0;
        if (!known && option_find(name->text, strlen(name->text)) < 0) {
            command_line_set(&none, name->text, NULL, &problem);
            return message_wrong("list-wrong", name->source, problem.message, problem.hint);
        }
    }
    return (has_in && has_out) || message_wrong("list-wrong", (Source){list->path, 1, 1},
                                                "the first row names the columns: in, out and long options", NULL);
}

bool job_list_open(JobList *list, Arena *arena, const char *path, const char *out_folder)
{
    struct stat info;
    size_t length = strlen(path);
    *list = (JobList){.path = path, .folder = path_directory(arena, path), .next = {0, 1}, .out_folder = out_folder};
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        list->kind = LIST_FOLDER;
        return open_folder(list, arena);
    }
    if (file_map(arena, path, (size_t)1 << 30, &list->bytes) != FILE_OK)
        return message_wrong("list-unreadable", (Source){path, 0, 0}, "this list can't be read", NULL);
    if (length > 4 && text_equal_nocase(path + length - 4, ".csv")) {
        list->kind = LIST_CSV;
        return read_columns(list, arena);
    }
    return true;
}
