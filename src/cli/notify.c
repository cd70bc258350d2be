/* See notify.h. */
#define _GNU_SOURCE
#include "cli/notify.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST = 600 }; /* tenths of a second */

static void set_environment(Arena *arena, const LogField *fields, int count)
{
    for (int i = 0; i < count; i++) {
        if (!fields[i].value)
            continue;
        char *name = arena_format(arena, "NEWS2PDF_%s", fields[i].name);
        for (char *at = name; *at; at++)
            *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
        setenv(name, fields[i].value, 1);
    }
}

/* The JSON as a file in memory: who does not read it stops nobody. */
static int object_file(const char *sentence, const LogField *fields, int count)
{
    int fd = memfd_create("outcome", MFD_CLOEXEC);
    FILE *out = fd < 0 ? NULL : fdopen(dup(fd), "w");
    if (!out)
        return fd;
    log_object(out, sentence, fields, count);
    fputc('\n', out);
    fclose(out);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static bool wait_for_end(pid_t pid)
{
    int status = 0;
    for (int i = 0; i < LONGEST; i++) {
        pid_t ended = waitpid(pid, &status, WNOHANG);
        if (ended == pid || (ended < 0 && errno != EINTR))
            return ended == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        nanosleep(&(struct timespec){0, 100000000}, NULL);
    }
    kill(-pid, SIGKILL);
    waitpid(pid, &status, 0);
    return false;
}

bool notify(Arena *arena, const char *command, const char *sentence, const LogField *fields, int count)
{
    int input = object_file(sentence, fields, count);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        set_environment(arena, fields, count);
        if (input >= 0)
            dup2(input, STDIN_FILENO);
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    if (input >= 0)
        close(input);
    return pid > 0 && wait_for_end(pid);
}
