/* The files of an edition: those named, those of a folder, those of a list with sections. */
#define _GNU_SOURCE
#include "job/internal.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

bool job_is_edition(const news2pdf_options *options)
{
    struct stat info;
    bool several = options->inputs && options->inputs[0] && options->inputs[1];
    bool folder =
        job_input(options) && !options->bytes && stat(job_input(options), &info) == 0 && S_ISDIR(info.st_mode);
    return several || folder || options->list || options->since || options->order || options->title;
}

typedef struct {
    Job *job;
    VEC(InputRequest) files;
    VEC(const char *) sections;
} Gathering;

static bool add_file(Gathering *g, const char *path, const char *section, bool found, Source source)
{
    Job *job = g->job;
    InputRequest request = job_request(job, path);
    request.one_of_many = true;
    request.found = found;
    request.section = section;
    request.item = request.item ? request.item : "all";
    file_allow(&job->access, request.directory);
    FileStatus status = FILE_FORBIDDEN; /* of a link that somebody put into the folder */
    if (strcmp(path, "-") == 0)
        status = file_read_stdin(job->arena, job->limits.input_bytes, &request.bytes);
    else if (!found || file_is_below(&job->access, job->arena, path))
        status = file_map(job->arena, path, job->limits.input_bytes, &request.bytes);
    if (status != FILE_OK)
        diag_warn(&job->diag, "input-unreadable", source.file ? source : (Source){path, 0, 0}, "%s: %s; it is left out",
                  path, file_status_text(status));
    else {
        VEC_PUSH(job->arena, g->files, request);
        VEC_PUSH(job->arena, job->sources, ((JobSource){path, request.bytes}));
    }
    return status == FILE_OK;
}

/* ---- a folder: its files by name, without hidden ones and pictures ---- */
static int is_news(const struct dirent *entry)
{
    static const char *const others[] = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".svg",
                                         ".pdf", ".css",  ".md5", ".part", ".tmp", ".map", ".list"};
    const char *dot = strrchr(entry->d_name, '.');
    for (size_t i = 0; dot && i < sizeof others / sizeof *others; i++)
        if (text_equal_nocase(dot, others[i]))
            return 0;
    return entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name); /* no locale */
}

/* A folder's own files, and where links lead that stay in it or in another folder that may be read. */
static FileAccess folder_access(const Job *job, const char *path)
{
    FileAccess access = {.arena = job->arena};
    file_allow(&access, path);
    for (int i = 0; job->options->allow && job->options->allow[i]; i++)
        file_allow(&access, job->options->allow[i]);
    return access;
}

static void add_folder(Gathering *g, const char *path)
{
    struct dirent **entries = NULL;
    struct stat info;
    FileAccess access = folder_access(g->job, path);
    int count = scandir(path, &entries, is_news, by_name);
    if (count < 0)
        diag_warn(&g->job->diag, "input-unreadable", (Source){path, 0, 0}, "this folder can't be read");
    for (int i = 0; i < count; i++) {
        const char *file = path_join(g->job->arena, path, entries[i]->d_name);
        if (stat(file, &info) == 0 && S_ISDIR(info.st_mode))
            diag_note(&g->job->diag, "folder-in-folder", (Source){file, 0, 0}, "folders in a folder are not read");
        else if (stat(file, &info) == 0 && !file_is_below(&access, g->job->arena, file))
            diag_warn(&g->job->diag, "input-outside", (Source){file, 0, 0},
                      "this is a link out of the folder: it is left out");
        else if (stat(file, &info) == 0 && S_ISREG(info.st_mode))
            add_file(g, file, NULL, true, NO_SOURCE);
        free(entries[i]);
    }
    free(entries);
}

static void add_path(Gathering *g, const char *path, const char *section, Source source)
{
    struct stat info;
    if (strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        add_folder(g, path);
    else
        add_file(g, path, section, false, source);
}

/* ---- a list: a path a line, "[Section]" above those of a section, "#" before a remark ---- */
static const char *trimmed(Arena *arena, const char *line, size_t length)
{
    while (length && strchr(" \t\r", line[length - 1]))
        length--;
    while (length && (*line == ' ' || *line == '\t'))
        line++, length--;
    return arena_string(arena, line, length);
}

/* Once: it may be a pipe. */
static FileStatus read_list(Job *job, const char *path, Bytes *bytes)
{
    if (!job->list.data)
        job->list_status = strcmp(path, "-") == 0 ? file_read_stdin(job->arena, job->limits.input_bytes, &job->list)
                                                  : file_map(job->arena, path, job->limits.input_bytes, &job->list);
    *bytes = job->list;
    return job->list_status;
}

static bool add_list(Gathering *g, const char *path)
{
    Job *job = g->job;
    Bytes bytes;
    FileStatus status = read_list(job, path, &bytes);
    if (status != FILE_OK) {
        diag_error(&job->diag, "list-unreadable", (Source){path, 0, 0}, "%s", file_status_text(status));
        return false;
    }
    const char *directory = path_directory(job->arena, path), *section = NULL, *at = bytes.data;
    const char *end = at + bytes.size;
    for (int line = 1; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((stop ? stop : end) - at);
        const char *text = trimmed(job->arena, at, length);
        size_t size = strlen(text);
        Source source = {path, line, 1};
        if (text[0] == '[' && text[size - 1] == ']') {
            section = trimmed(job->arena, text + 1, size - 2);
            VEC_PUSH(job->arena, g->sections, section);
        } else if (text[0] == '[') {
            diag_error(&job->diag, "list-syntax", source, "a section's name needs a \"]\" at its end");
            return false;
        } else if (text[0] && text[0] != '#') {
            add_path(g, path_join(job->arena, directory, text), section, source);
        }
        at = stop ? stop + 1 : end;
    }
    return true;
}

void job_list_paths(Job *job, const char *list, void (*found)(void *user, const char *path), void *user)
{
    Bytes bytes;
    if (read_list(job, list, &bytes) != FILE_OK)
        return;
    const char *directory = path_directory(job->arena, list), *end = bytes.data + bytes.size;
    for (const char *at = bytes.data, *stop; at < end; at = stop ? stop + 1 : end) {
        stop = memchr(at, '\n', (size_t)(end - at));
        const char *text = trimmed(job->arena, at, (size_t)((stop ? stop : end) - at));
        if (text[0] && text[0] != '#' && text[0] != '[')
            found(user, path_join(job->arena, directory, text));
    }
}

/* ---- times ---- */
/* "24h", "90m", "2d", "1w" before `date` (NULL: now), or a date; NULL: neither. */
static const char *since_date(Job *job, const char *since, const char *date)
{
    char *unit;
    long count = strtol(since, &unit, 10);
    if (*unit == '-' || count < 0)
        return since;
    int64_t seconds = *unit == 'm' ? 60 : *unit == 'h' ? 3600 : *unit == 'd' ? 86400 : *unit == 'w' ? 604800 : 0;
    int64_t from = date ? input_date_seconds(date) : (int64_t)time(NULL);
    return seconds && unit[1] == 0 ? iso_date(job->arena, from - count * seconds) : NULL;
}

static const char *const orders[] = {"given", "urgency", "section", "date", NULL};

bool job_is_order(const char *name)
{
    for (int i = 0; orders[i]; i++)
        if (strcmp(orders[i], name) == 0)
            return true;
    return false;
}

static EditionOrder order_of(const char *name, EditionOrder otherwise)
{
    for (int i = 0; name && orders[i]; i++)
        if (strcmp(name, orders[i]) == 0)
            return (EditionOrder)i;
    return otherwise;
}

static void add_sections(Gathering *g, const char *names)
{
    while (names && *names) {
        size_t length = strcspn(names, ",");
        VEC_PUSH(g->job->arena, g->sections, trimmed(g->job->arena, names, length));
        names += length + (names[length] == ',');
    }
}

const Document *job_read_edition(Job *job)
{
    const news2pdf_options *options = job->options;
    Gathering g = {.job = job};
    add_sections(&g, options->sections);
    if (options->list && !add_list(&g, options->list))
        return NULL;
    const char *const one[] = {options->list && !options->input ? NULL : options->input, NULL};
    for (const char *const *path = options->inputs ? options->inputs : one; *path; path++)
        add_path(&g, *path, NULL, NO_SOURCE);
    const char *since = options->since ? since_date(job, options->since, options->date) : NULL;
    if (options->since && !since) {
        diag_hint(&job->diag,
                  diag_error(&job->diag, "since-unknown", NO_SOURCE, "\"%s\" is no span of time", options->since),
                  "24h, 90m, 2d, 1w, or a date such as 2026-11-24T05:00:00Z");
        return NULL;
    }
    if (!g.files.count) {
        diag_error(&job->diag, "edition-empty", NO_SOURCE, "there is nothing to print: no file could be read");
        return NULL;
    }
    EditionRequest request = {.files = g.files.at,
                              .count = g.files.count,
                              .title = options->title,
                              .language = options->language,
                              .date = options->date,
                              .since = since,
                              .sections = g.sections.at,
                              .section_count = g.sections.count,
                              .order = order_of(options->order, g.sections.count ? ORDER_SECTION : ORDER_GIVEN)};
    return input_read_edition(job->arena, job->names, &request, &job->diag);
}
