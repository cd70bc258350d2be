/* For LD_PRELOAD: the nth call of a kind fails, once or from then on.
 *   N2P_FAIL=malloc:17    malloc, calloc and realloc return NULL     read:2, write:2, open:2, rename:1, fsync:1, mmap:1
 *   N2P_FAIL=write:2+     from then on, as on a full disk
 *   N2P_COUNT=FILE        at the end the numbers of calls are written there, a line a kind
 * Only calls that come from the program and its libraries after main are counted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MALLOC, READ, WRITE, OPEN, RENAME, FSYNC, MMAP, KINDS };
static const char *const names[KINDS] = {"malloc", "read", "write", "open", "rename", "fsync", "mmap"};
static const int errors[KINDS] = {ENOMEM, EIO, ENOSPC, EIO, EIO, EIO, ENOMEM};
static long count[KINDS], nth;
static int kind = -1, report = -1;
static bool lasting, on;

static bool fails(int of)
{
    if (!on)
        return false;
    count[of]++;
    if (of != kind || (lasting ? count[of] < nth : count[of] != nth))
        return false;
    errno = errors[of];
    return true;
}

#define REAL(type, name)           \
    static __typeof__(type) *real; \
    if (!real)                     \
    *(void **)&real = dlsym(RTLD_NEXT, name)

/* glibc's own, so that dlsym may allocate. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

void *malloc(size_t size)
{
    return fails(MALLOC) ? NULL : __libc_malloc(size);
}

void *calloc(size_t items, size_t size)
{
    return fails(MALLOC) ? NULL : __libc_calloc(items, size);
}

void *realloc(void *memory, size_t size)
{
    return size && fails(MALLOC) ? NULL : __libc_realloc(memory, size);
}

ssize_t read(int fd, void *data, size_t size)
{
    REAL(read, "read");
    return fails(READ) ? -1 : real(fd, data, size);
}

ssize_t write(int fd, const void *data, size_t size)
{
    REAL(write, "write");
    return fd > 2 && fails(WRITE) ? -1 : real(fd, data, size);
}

static int open_mode(int flags, va_list list)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(list, int) : 0;
}

int open(const char *path, int flags, ...)
{
    REAL(int(const char *, int, ...), "open");
    va_list list;
    va_start(list, flags);
    int mode = open_mode(flags, list);
    va_end(list);
    return fails(OPEN) ? -1 : real(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    int mode = open_mode(flags, list);
    va_end(list);
    return open(path, flags, mode);
}

int rename(const char *from, const char *to)
{
    REAL(rename, "rename");
    return fails(RENAME) ? -1 : real(from, to);
}

int fsync(int fd)
{
    REAL(fsync, "fsync");
    return fails(FSYNC) ? -1 : real(fd);
}

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    REAL(mmap, "mmap");
    return fd >= 0 && fails(MMAP) ? MAP_FAILED : real(at, size, protection, flags, fd, offset);
}

__attribute__((constructor)) static void begin(void)
{
    const char *asked = getenv("N2P_FAIL"), *to = getenv("N2P_COUNT");
    const char *colon = asked ? strchr(asked, ':') : NULL;
    for (int i = 0; colon && i < KINDS; i++)
        if (strncmp(asked, names[i], (size_t)(colon - asked)) == 0)
            kind = i;
    nth = colon ? atol(colon + 1) : 0;
    lasting = colon && strchr(colon, '+');
    if (to)
        report = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    on = true;
}

__attribute__((destructor)) static void end(void)
{
    on = false;
    for (int i = 0; report >= 0 && i < KINDS; i++)
        dprintf(report, "%s %ld\n", names[i], count[i]);
}
