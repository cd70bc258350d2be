/* See whole.h. */
#define _GNU_SOURCE
#include "cli/whole.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A read lease is not given while somebody has the file open for writing. Not every file system has leases. */
static bool is_written(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    bool written = fcntl(fd, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
    fcntl(fd, F_SETLEASE, F_UNLCK);
    close(fd);
    return written;
}

bool file_is_whole(const char *path, double seconds)
{
    struct stat info;
    struct timespec now;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    clock_gettime(CLOCK_REALTIME, &now);
    double age = (double)(now.tv_sec - info.st_ctim.tv_sec) + (double)(now.tv_nsec - info.st_ctim.tv_nsec) / 1e9;
    return age >= seconds && !is_written(path);
}
