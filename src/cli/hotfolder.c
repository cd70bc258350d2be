/* news2pdf hotfolder IN OUT: a PDF of each article that comes, one after the other as they came. inotify says when to look;
 * where it says nothing, as on shares, the folder is looked at every few seconds. */
#define _GNU_SOURCE
#include "cli/hotfolder.h"
#include "cli/commands.h"
#include "cli/job_list.h"
#include "cli/messages.h"
#include "cli/whole.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOOK_MS = 5000, SOON_MS = 300, PICTURES_MS = 1000, TROUBLE_LONGEST_MS = 30000 };

typedef struct {
    HotFolder hot;
    Arena *arena; /* of one look */
    VEC(HotFile) queue;
    int events; /* of inotify; -1: none */
    bool away;  /* a folder has vanished, and that was said */
    int pause;  /* after trouble */
    int lock;
} Server;

/* ---- looking ---- */

static int by_arrival(const void *a, const void *b)
{
    const HotFile *x = a, *y = b;
    if (x->arrived.tv_sec != y->arrived.tv_sec)
        return x->arrived.tv_sec < y->arrived.tv_sec ? -1 : 1;
    if (x->arrived.tv_nsec != y->arrived.tv_nsec)
        return x->arrived.tv_nsec < y->arrived.tv_nsec ? -1 : 1;
    return strcmp(x->name, y->name);
}

static bool look(Server *server)
{
    DIR *dir = opendir(server->hot.in);
    if (!dir)
        return false;
    errno = 0;
    for (struct dirent *entry; (entry = readdir(dir)); errno = 0) {
        struct stat info;
        const char *path = path_join(server->arena, server->hot.in, entry->d_name);
        if (!job_list_takes(entry->d_name) || stat(path, &info) != 0 || !S_ISREG(info.st_mode))
            continue;
        const char *name = arena_string(server->arena, entry->d_name, strlen(entry->d_name));
        VEC_PUSH(server->arena, server->queue, (HotFile){name, path, info.st_ctim});
    }
    bool fine = errno == 0;
    closedir(dir);
    if (server->queue.count > 1)
        qsort(server->queue.at, (size_t)server->queue.count, sizeof *server->queue.at, by_arrival);
    return fine;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static const char *missing_folder(const HotFolder *hot)
{
    const char *const folders[] = {hot->in, hot->out, hot->line.done, hot->line.failed};
    for (int i = 0; i < 4; i++)
        if (!is_folder(folders[i]))
            return folders[i];
    return NULL;
}

/* A share that is away comes back; until then nothing is done. */
static bool all_there(Server *server)
{
    const char *missing = missing_folder(&server->hot);
    if (missing && !server->away)
        log_say(&server->hot.log, LOG_ERROR,
                arena_format(server->arena, "the folder %s is away; waiting for it", missing), NULL, 0);
    if (!missing && server->away)
        log_say(&server->hot.log, LOG_INFO, "all folders are back", NULL, 0);
    server->away = missing != NULL;
    if (missing)
        return false;
    mkdir(server->hot.work, 0777);
    if (server->events >= 0) /* a folder that came back is another one */
        inotify_add_watch(server->events, server->hot.in, IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF);
    return true;
}

/* ---- serving ---- */

/* The first that has arrived whole; what still grows counts from its end. What waits for pictures holds up those behind it. */
static int serve(Server *server)
{
    HotFolder *hot = &server->hot;
    int next = LOOK_MS;
    for (int i = 0; i < server->queue.count && !child_stop; i++) {
        const HotFile *file = &server->queue.at[i];
        if (!file_is_whole(file->path, hot->line.settle)) {
            next = SOON_MS;
            continue;
        }
        hot->queue = server->queue.at + i;
        hot->queue_count = server->queue.count - i;
        Arena *own = arena_beside(server->arena);
        HotState state = hot_article(hot, own, file);
        arena_free(own);
        if (state == HOT_WAITS)
            return PICTURES_MS;
        if (state == HOT_TROUBLE) {
            server->pause = server->pause ? 2 * server->pause : 500;
            return server->pause = server->pause < TROUBLE_LONGEST_MS ? server->pause : TROUBLE_LONGEST_MS;
        }
        server->pause = 0;
    }
    return next;
}

static void wait_for_events(const Server *server, int milliseconds, bool listen)
{
    char events[4096];
    struct pollfd fd = {.fd = listen ? server->events : -1, .events = POLLIN};
    if (poll(&fd, 1, milliseconds) > 0)
        while (read(server->events, events, sizeof events) > 0)
            ; /* that something came is enough */
}

static void serve_all(Server *server)
{
    Arena *whole = server->arena;
    while (!child_stop) {
        server->arena = arena_beside(whole);
        memset(&server->queue, 0, sizeof server->queue);
        bool there = all_there(server) && look(server);
        int pause = there ? serve(server) : 1000;
        bool ends = server->hot.line.once && (server->pause || (there && server->queue.count == 0));
        arena_free(server->arena);
        if (ends || child_stop)
            break;
        if (server->hot.line.once && pause == LOOK_MS)
            pause = 0; /* a last look */
        wait_for_events(server, pause, pause == LOOK_MS);
    }
    server->arena = whole;
}

/* ---- starting ---- */

/* What a killed server left is no one's: there is one for each OUT. */
static void sweep(const Server *server)
{
    DIR *dir = opendir(server->hot.work);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (strcmp(entry->d_name, "lock") != 0 && strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlink(path_join(server->arena, server->hot.work, entry->d_name));
    if (dir)
        closedir(dir);
}

static bool lock(Server *server)
{
    mkdir(server->hot.work, 0777);
    server->lock = open(path_join(server->arena, server->hot.work, "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    for (int i = 0; i < 20 && server->lock >= 0; i++) {
        if (flock(server->lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
            return true;
        poll(NULL, 0, 100); /* the last one may just be dying */
    }
    return server->lock >= 0 ? usage_wrong(NULL, "another hot folder is at work with %s", server->hot.out)
                             : usage_wrong(NULL, "%s can't be written: %s", server->hot.work, strerror(errno));
}

static bool is_usable(const Server *server, const Invocation *typed)
{
    const HotFolder *hot = &server->hot;
    if (typed->word_count != 2 || !hot->line.done || !hot->line.failed)
        return usage_wrong("news2pdf hotfolder IN OUT --done DIR --failed DIR", "which folders?");
    const char *missing = missing_folder(hot);
    struct stat in, other;
    if (missing)
        return usage_wrong(NULL, "there is no folder %s", missing);
    const char *const others[] = {hot->out, hot->line.done, hot->line.failed};
    for (int i = 0; i < 3; i++)
        if (stat(hot->in, &in) == 0 && stat(others[i], &other) == 0 && in.st_ino == other.st_ino &&
            in.st_dev == other.st_dev)
            return usage_wrong(NULL, "%s is the folder that articles come into", others[i]);
    return true;
}

int command_hotfolder(const Invocation *typed)
{
    Server *server = NEW(typed->arena, Server);
    HotFolder *hot = &server->hot;
    server->arena = typed->arena;
    if (!arguments_fill(&hot->line, typed))
        return EXIT_USAGE;
    hot->log = log_open(&hot->line);
    hot->in = typed->words[0];
    hot->out = typed->word_count > 1 ? typed->words[1] : NULL;
    if (!hot->out || !is_usable(server, typed))
        return hot->out
                   ? EXIT_USAGE
                   : (usage_wrong("news2pdf hotfolder IN OUT --done DIR --failed DIR", "which folders?"), EXIT_USAGE);
    hot->work = path_join(typed->arena, hot->out, ".news2pdf");
    if (!lock(server))
        return EXIT_USAGE;
    sweep(server);
    child_heed_signals();
    server->events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    serve_all(server);
    return hot->line.once && (hot->failed || server->pause) ? EXIT_FAILED : EXIT_MADE;
}
