/* See hotfolder.h. The PDF is made aside and published when its pictures were there and whole; the article leaves the folder
 * last, so that a restart at any point does the same again. */
#define _GNU_SOURCE
#include "cli/commands.h"
#include "cli/handoff.h"
#include "cli/hotfolder.h"
#include "cli/output_name.h"
#include "cli/parts.h"
#include "cli/whole.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- what the conversion had to do with ---- */

/* path within the folder IN; NULL: it lies elsewhere. */
static const char *within(Arena *arena, const char *folder, const char *path)
{
    char *real = realpath(folder, NULL);
    const char *slash = strrchr(path, '/');
    char *place = realpath(path_directory(arena, path), NULL); /* of a file that may not be there */
    const char *result = NULL;
    size_t length = real ? strlen(real) : 0;
    if (real && place && strncmp(place, real, length) == 0 && (place[length] == '/' || !place[length]))
        result = arena_format(arena, "%s%s%s", place[length] ? place + length + 1 : "", place[length] ? "/" : "",
                              slash ? slash + 1 : path);
    free(real);
    free(place);
    return result;
}

static double age(const HotFile *file)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)(now.tv_sec - file->arrived.tv_sec) + (double)(now.tv_nsec - file->arrived.tv_nsec) / 1e9;
}

/* A picture that is not there, or still on its way. Whatever is below IN may come. */
static bool lacks_something(const HotFolder *hot, Arena *arena, const HotFile *file, const Outcome *outcome)
{
    for (int i = 0; i < outcome->files.count; i++) {
        const FileSeen *seen = &outcome->files.at[i];
        const char *inside = seen->use == NEWS2PDF_WRITTEN ? NULL : within(arena, hot->in, seen->path);
        if (!inside || strcmp(inside, file->name) == 0)
            continue;
        if (seen->use == NEWS2PDF_SOUGHT || !file_is_whole(seen->path, hot->line.settle))
            return true;
    }
    return false;
}

/* ---- moving ---- */

/* DONE/a.xml, or DONE/a.2.xml where that is taken. */
static const char *free_name(Arena *arena, const char *folder, const char *name)
{
    const char *path = path_join(arena, folder, name), *slash = strrchr(name, '/'), *dot = strrchr(name, '.');
    if (!dot || dot == name || (slash && dot <= slash + 1))
        dot = name + strlen(name);
    for (int i = 2; access(path, F_OK) == 0 && i < 100000; i++)
        path = arena_format(arena, "%s/%.*s.%d%s", folder, (int)(dot - name), name, i, dot);
    return path;
}

static bool move(Arena *arena, const char *from, const char *to, const char **error)
{
    if (rename(from, to) == 0)
        return true;
    *error = strerror(errno);
    return errno == EXDEV && copy_file(arena, from, to, error) && unlink(from) == 0;
}

/* Another article that waits names this picture. */
static bool is_wanted(const HotFolder *hot, Arena *arena, const HotFile *file, const char *picture)
{
    const char *slash = strrchr(picture, '/'), *name = slash ? slash + 1 : picture;
    bool wanted = false;
    for (int i = 0; i < hot->queue_count && !wanted; i++) {
        Bytes bytes;
        ArenaMark mark = arena_mark(arena);
        if (strcmp(hot->queue[i].path, file->path) != 0 &&
            file_map(arena, hot->queue[i].path, (size_t)64 << 20, &bytes) == FILE_OK)
            wanted = memmem(bytes.data, bytes.size, name, strlen(name)) != NULL;
        arena_rewind(arena, mark);
    }
    return wanted;
}

static void move_pictures(HotFolder *hot, Arena *arena, const HotFile *file, const Outcome *outcome, const char *folder)
{
    for (int i = 0; i < outcome->files.count; i++) {
        const FileSeen *seen = &outcome->files.at[i];
        const char *inside = seen->use == NEWS2PDF_READ ? within(arena, hot->in, seen->path) : NULL, *error;
        if (!inside || strcmp(inside, file->name) == 0 || access(seen->path, F_OK) != 0)
            continue;
        make_folders(arena, folder, inside);
        const char *to = path_join(arena, folder, inside);
        if (is_wanted(hot, arena, file, inside))
            copy_file(arena, seen->path, to, &error);
        else
            move(arena, seen->path, to, &error);
    }
}

/* ---- outcomes ---- */

static void say(const HotFolder *hot, Arena *arena, const HotFile *file, const Outcome *outcome, int priority,
                const char *what)
{
    LogField fields[] = {{"article", file->path, false},
                         {"outcome", outcome->outcome, false},
                         {"exit", arena_format(arena, "%d", outcome->exit), true},
                         {"pages", arena_format(arena, "%d", outcome->pages), true},
                         {"code", outcome->code, false}};
    const char *sentence = arena_format(arena, "%s: %s%s%s", file->name, what, outcome->first ? ": " : "",
                                        outcome->first ? outcome->first : "");
    log_say(&hot->log, priority, sentence, fields, sizeof fields / sizeof *fields);
}

static HotState trouble(const HotFolder *hot, Arena *arena, const HotFile *file, const char *what, const char *error)
{
    Outcome outcome = {.outcome = "waits", .exit = EXIT_FAILED, .code = "trouble", .first = error};
    say(hot, arena, file, &outcome, LOG_ERROR, what);
    return HOT_TROUBLE;
}

static void discard(const Outcome *outcome)
{
    for (int i = 0; i < outcome->files.count; i++)
        if (outcome->files.at[i].use == NEWS2PDF_WRITTEN)
            unlink(outcome->files.at[i].path);
}

static HotState succeed(HotFolder *hot, Arena *arena, const HotFile *file, const Outcome *outcome)
{
    const char *error = "";
    for (int i = 0; i < outcome->files.count; i++) {
        const char *made = outcome->files.at[i].path, *slash = strrchr(made, '/');
        if (outcome->files.at[i].use == NEWS2PDF_WRITTEN &&
            rename(made, path_join(arena, hot->out, slash ? slash + 1 : made)) != 0)
            return trouble(hot, arena, file, "its PDF can't be published", strerror(errno));
    }
    if (!move(arena, file->path, free_name(arena, hot->line.done, file->name), &error))
        return trouble(hot, arena, file, "it is made, but can't be moved to the done ones", error);
    move_pictures(hot, arena, file, outcome, hot->line.done);
    hot->made++;
    say(hot, arena, file, outcome, outcome->warnings ? LOG_WARNING : LOG_INFO,
        outcome->warnings ? "made with warnings" : "made");
    return HOT_SETTLED;
}

static bool write_report(Arena *arena, const char *path, const HotFile *file, const Outcome *outcome,
                         const char **error)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    *error = "memory ran out";
    if (!stream)
        return false;
    fprintf(stream, "%s: %s (exit code %d)\n\n", file->name, outcome->outcome, outcome->exit);
    outcome_print(stream, arena, outcome, (MessageLook){0});
    fclose(stream);
    Arena *own = arena_beside(arena); /* half a report goes with it */
    Output *output = output_open(own, path, error);
    bool fine = output && output_write(output, text, size);
    fine = output && output_commit(output, error) && fine;
    arena_free(own);
    free(text);
    return fine;
}

static HotState fail(HotFolder *hot, Arena *arena, const HotFile *file, const Outcome *outcome)
{
    const char *error = "", *to = free_name(arena, hot->line.failed, file->name);
    if (!write_report(arena, arena_format(arena, "%s.report.txt", to), file, outcome, &error))
        return trouble(hot, arena, file, "the report of its failure can't be written", error);
    if (!move(arena, file->path, to, &error))
        return trouble(hot, arena, file, "it failed, but can't be moved to the failed ones", error);
    move_pictures(hot, arena, file, outcome, hot->line.failed);
    hot->failed++;
    say(hot, arena, file, outcome, LOG_ERROR, outcome->outcome);
    return HOT_SETTLED;
}

/* The disk, the share or the machine, not the article. */
static bool is_trouble(const Outcome *outcome)
{
    static const char *const codes[] = {"output-failed", "output-unwritable", "no-process", "data-missing"};
    for (size_t i = 0; outcome->code && i < sizeof codes / sizeof *codes; i++)
        if (strcmp(outcome->code, codes[i]) == 0)
            return true;
    return false;
}

HotState hot_article(HotFolder *hot, Arena *arena, const HotFile *file)
{
    const char *const inputs[] = {file->path, NULL};
    hot->line.options.input = file->path;
    hot->line.options.inputs = inputs;
    hot->line.options.output = arena_format(arena, "%s/%s.pdf", hot->work, file->name);
    Outcome outcome = child_run(&hot->line, arena);
    if (child_stop) {
        discard(&outcome);
        return HOT_WAITS;
    }
    if (is_trouble(&outcome))
        return trouble(hot, arena, file, "its PDF can't be written; it will be tried again", outcome.first);
    if (age(file) < hot->line.patience && lacks_something(hot, arena, file, &outcome)) {
        discard(&outcome);
        return HOT_WAITS;
    }
    return outcome.exit == EXIT_MADE ? succeed(hot, arena, file, &outcome) : fail(hot, arena, file, &outcome);
}
