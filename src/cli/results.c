/* See results.h. */
#define _GNU_SOURCE
#include "cli/results.h"
#include "cli/messages.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- content ---- */

typedef struct { /* two of 64 bits */
    uint64_t one, other;
} Hash;

static void hash_add(Hash *hash, const void *data, size_t size)
{
    hash->one = hash_bytes(data, size, hash->one);
    hash->other = hash_bytes(data, size, hash->other ^ 0x5bd1e995a5a5a5a5u);
}

static void hash_text(Hash *hash, const char *text)
{
    hash_add(hash, text, strlen(text) + 1);
}

static const char *hash_digits(Arena *arena, Hash hash)
{
    return arena_format(arena, "%016llx%016llx", (unsigned long long)hash.one, (unsigned long long)hash.other);
}

/* Sheets and fonts are read by every job: hashed once while they stay the same. */
static Hash file_hash(Arena *arena, const char *path, const struct stat *info)
{
    static struct {
        ino_t inode;
        off_t size;
        struct timespec changed;
        Hash hash;
    } known[512];
    size_t at = (size_t)(hash_bytes(&info->st_ino, sizeof info->st_ino, (uint64_t)info->st_dev) >> 16) & 511;
    if (known[at].inode == info->st_ino && known[at].size == info->st_size &&
        memcmp(&known[at].changed, &info->st_ctim, sizeof info->st_ctim) == 0)
        return known[at].hash;
    Bytes bytes;
    Hash hash = {0};
    if (file_map(arena, path, 0, &bytes) == FILE_OK) {
        hash_add(&hash, bytes.data, bytes.size);
        known[at].inode = info->st_ino;
        known[at].size = info->st_size;
        known[at].changed = info->st_ctim;
        known[at].hash = hash;
    }
    return hash;
}

const char *content_hash(Arena *arena, const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return "-";
    ArenaMark mark = arena_mark(arena);
    Hash hash = file_hash(arena, path, &info);
    arena_rewind(arena, mark);
    return hash.one ? hash_digits(arena, hash) : "-";
}

/* What was changed while a job ran may have been read before or after: its next run finds out. */
static const char *hash_of_read(Arena *arena, const char *path, struct timespec begun)
{
    struct stat info;
    if (stat(path, &info) == 0 && (info.st_ctim.tv_sec > begun.tv_sec ||
                                   (info.st_ctim.tv_sec == begun.tv_sec && info.st_ctim.tv_nsec > begun.tv_nsec)))
        return "?";
    return content_hash(arena, path);
}

/* ---- a job's key ---- */

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void hash_input(Hash *hash, const char *path)
{
    struct dirent **entries = NULL;
    hash_text(hash, path);
    int count = scandir(path, &entries, visible, by_name); /* no folder: -1 */
    for (int i = 0; i < count; i++) {
        hash_text(hash, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

/* Options that change nothing in the file. */
static bool is_idle(const char *name)
{
    static const char *const idle[] = {"json", "quiet", "color", "threads", "output"};
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
        if (strcmp(name, idle[i]) == 0)
            return true;
    int row = option_find(name, strlen(name));
    return row >= 0 && option_table[row].in & FOR_SOME;
}

static void hash_settings(Hash *hash, const Settings *settings)
{
    for (int i = 0; i < settings->count; i++)
        if (!is_idle(settings->at[i].name)) {
            hash_text(hash, settings->at[i].name);
            hash_text(hash, settings->at[i].value ? settings->at[i].value : "yes");
        }
    hash_text(hash, "");
}

const char *results_key(Arena *arena, const ListJob *job, const Invocation *typed)
{
    Hash hash = {0};
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    hash_text(&hash, news2pdf_version());
    hash_text(&hash, epoch ? epoch : "");
    hash_settings(&hash, &typed->config);
    hash_settings(&hash, &job->settings);
    hash_settings(&hash, &typed->given);
    for (int i = 0; job->in[i]; i++)
        hash_input(&hash, job->in[i]);
    hash_text(&hash, job->out ? job->out : "");
    return hash_digits(arena, hash);
}

/* ---- reading ---- */

static uint64_t name_hash(const char *text)
{
    return hash_bytes(text, strlen(text), 1);
}

/* Where the last line of each "out" stands. */
static void note_lines(Results *results)
{
    Arena *scratch = arena_beside(results->arena);
    Bytes old = results->old;
    for (size_t at = 0; at < old.size;) {
        const char *stop = memchr(old.data + at, '\n', old.size - at);
        size_t size = stop ? (size_t)(stop - old.data) - at : old.size - at;
        ArenaMark mark = arena_mark(scratch);
        Diag diag = {.arena = scratch};
        const Record *line = stop ? record_json(scratch, (Bytes){old.data + at, size}, NO_SOURCE, &diag) : NULL;
        const Record *out = record_get(line, "out"), *outcome = record_get(line, "outcome");
        bool whole = out && out->kind == RECORD_TEXT && outcome && outcome->kind == RECORD_TEXT; /* else a torn line */
        if (whole && strcmp(outcome->text, "wrong") != 0) /* such a job did not run */
            *places_at(&results->last, name_hash(out->text)) = (int64_t)at;
        arena_rewind(scratch, mark);
        at += size + 1;
    }
    arena_free(scratch);
}

/* The last batch may just be dying. */
static bool lock(int fd)
{
    for (int i = 0; i < 20; i++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK)
            return errno == ENOLCK || errno == EOPNOTSUPP; /* a file system without locks */
        nanosleep(&(struct timespec){0, 100000000}, NULL);
    }
    return false;
}

bool results_open(Results *results, Arena *arena, const char *path)
{
    *results = (Results){.arena = arena, .path = path, .last = {.arena = arena}};
    results->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (results->fd < 0)
        return message_wrong("results-unwritable", (Source){path, 0, 0}, strerror(errno),
                             "--results names another file");
    if (!lock(results->fd))
        return message_wrong("results-locked", (Source){path, 0, 0}, "another batch is at work with these results",
                             "--results names another file");
    if (file_map(arena, path, 0, &results->old) != FILE_OK)
        return message_wrong("results-unreadable", (Source){path, 0, 0}, "the results so far can't be read", NULL);
    results->torn = results->old.size && results->old.data[results->old.size - 1] != '\n';
    note_lines(results);
    return true;
}

void results_close(Results *results)
{
    fsync(results->fd);
    close(results->fd);
}

static bool all_same(Arena *arena, const Record *files)
{
    for (const Record *file = files ? files->first : NULL; file; file = file->next)
        if (file->kind != RECORD_TEXT || strcmp(file->text, "-") == 0 ||
            strcmp(content_hash(arena, file->key), file->text) != 0)
            return false;
    return true;
}

bool results_stand(const Results *results, Arena *arena, const ListJob *job, const char *key)
{
    if (!job->name)
        return false;
    int64_t at = *places_at((Places *)&results->last, name_hash(job->name));
    if (at < 0)
        return false;
    const char *line = results->old.data + at;
    size_t size = (size_t)((const char *)memchr(line, '\n', results->old.size - (size_t)at) - line);
    Diag diag = {.arena = arena};
    const Record *record = record_json(arena, (Bytes){line, size}, NO_SOURCE, &diag);
    const Record *outcome = record_get(record, "outcome"), *was = record_get(record, "key");
    const Record *made = record_get(record, "made"), *sought = record_get(record, "sought");
    if (!outcome || !was || !was->text || strcmp(was->text, key) != 0 || !made || !made->first)
        return false;
    for (const Record *file = sought ? sought->first : NULL; file; file = file->next)
        if (file->kind == RECORD_TEXT && access(file->text, F_OK) == 0)
            return false;
    return all_same(arena, made) && all_same(arena, record_get(record, "read"));
}

/* ---- writing ---- */

static void print_files(FILE *out, Arena *arena, const Outcome *outcome, const char *name, news2pdf_use use)
{
    const char *between = "";
    fprintf(out, ",\"%s\":{", name);
    for (int i = 0; i < outcome->files.count; i++) {
        const FileSeen *file = &outcome->files.at[i];
        if (file->use != use)
            continue;
        fputs(between, out);
        json_string(out, file->path);
        fprintf(out, ":\"%s\"",
                use == NEWS2PDF_READ ? hash_of_read(arena, file->path, outcome->begun)
                                     : content_hash(arena, file->path));
        between = ",";
    }
    fputc('}', out);
}

static void print_sought(FILE *out, const Outcome *outcome)
{
    const char *between = "";
    fprintf(out, ",\"sought\":[");
    for (int i = 0; i < outcome->files.count; i++)
        if (outcome->files.at[i].use == NEWS2PDF_SOUGHT) {
            fputs(between, out);
            json_string(out, outcome->files.at[i].path);
            between = ",";
        }
    fprintf(out, "]}\n");
}

/* One write for a line: another reader sees it whole or not at all. */
static bool append(Results *results, const char *text, size_t size)
{
    ssize_t wrote = write(results->fd, text, size);
    results->torn = wrote > 0 && (size_t)wrote < size;
    return wrote == (ssize_t)size;
}

bool results_add(Results *results, Arena *arena, const ListJob *job, const char *key, const Outcome *outcome)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return false;
    fprintf(out, "%s{\"out\":", results->torn ? "\n" : "");
    json_string(out, job->name);
    fprintf(out, ",\"outcome\":\"%s\",\"exit\":%d,\"pages\":%d,\"seconds\":%.3f,\"diagnostics\":[%s],\"line\":%d",
            outcome->outcome, outcome->exit, outcome->pages, outcome->seconds, outcome->diagnostics, job->source.line);
    fprintf(out, ",\"key\":\"%s\"", key);
    print_files(out, arena, outcome, "made", NEWS2PDF_WRITTEN);
    print_files(out, arena, outcome, "read", NEWS2PDF_READ);
    print_sought(out, outcome);
    fclose(out);
    bool fine = append(results, text, size);
    free(text);
    return fine;
}
