/* Runs a command and prints its CPU seconds, wall seconds and peak memory in KiB: launch COMMAND ARGUMENT ...
 * A program of its own, because a child's peak counts what its parent held when it was started. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int count, char **arguments)
{
    if (count < 2)
        return 2;
    double started = seconds();
    pid_t process = vfork();
    if (process == 0) {
        execv(arguments[1], arguments + 1);
        _exit(127);
    }
    int status;
    struct rusage used;
    wait4(process, &status, 0, &used);
    double wall = seconds() - started;
    double cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                 (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    dprintf(STDERR_FILENO, "\nlaunch %.6f %.6f %ld\n", cpu, wall, used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
