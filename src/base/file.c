/* Files: closed by default, written whole or not at all. See base.h. */
#define _GNU_SOURCE
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void tell(const Arena *arena, const char *path, FileUse use)
{
    const FileWatch *watch = arena_files(arena);
    if (watch->saw)
        watch->saw(watch->user, path, use);
}

static char *real_path(Arena *arena, const char *path)
{
    char *found = realpath(path, NULL);
    if (!found)
        return NULL;
    char *copy = arena_string(arena, found, strlen(found));
    free(found);
    return copy;
}

void file_allow(FileAccess *access, const char *directory)
{
    char *real = real_path(access->arena, directory);
    if (real)
        VEC_PUSH(access->arena, access->roots, real);
}

static bool below(const char *root, const char *path)
{
    size_t length = strlen(root);
    if (strcmp(root, "/") == 0)
        return true;
    return strncmp(root, path, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static bool below_roots(const FileAccess *access, const char *path)
{
    for (int i = 0; i < access->roots.count; i++)
        if (below(access->roots.at[i], path))
            return true;
    return false;
}

bool file_is_below(const FileAccess *access, Arena *arena, const char *path)
{
    const char *real = real_path(arena, path);
    return real && below_roots(access, real);
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static char *percent_decode(Arena *arena, const char *href)
{
    char *out = arena_alloc(arena, strlen(href) + 1), *to = out;
    for (; *href && *href != '#' && *href != '?'; href++) {
        if (*href == '%' && hex(href[1]) >= 0 && hex(href[2]) >= 0 && (href[1] != '0' || href[2] != '0')) {
            *to++ = (char)(hex(href[1]) * 16 + hex(href[2]));
            href += 2;
        } else {
            *to++ = *href;
        }
    }
    return out;
}

static bool has_scheme(const char *href)
{
    const char *at = href;
    while ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
           (at > href && ((*at >= '0' && *at <= '9') || strchr("+-.", *at) != NULL) && *at))
        at++;
    return (at > href && *at == ':') || strncmp(href, "//", 2) == 0;
}

FileStatus file_resolve(const FileAccess *access, Arena *arena, const char *directory, const char *href,
                        const char **path)
{
    *path = NULL;
    if (has_scheme(href))
        return FILE_FORBIDDEN;
    const char *plain = percent_decode(arena, href);
    if (!*plain)
        return FILE_MISSING;
    const char *joined = path_join(arena, directory, plain);
    char *real = real_path(arena, joined);
    if (!real && strlen(plain) < strlen(href)) { /* a '?' or '%' may be part of the file's name */
        joined = path_join(arena, directory, href);
        real = real_path(arena, joined);
    }
    *path = joined;
    struct stat info;
    if (!real)
        tell(arena, joined, FILE_SOUGHT);
    if (real && stat(real, &info) == 0 && !S_ISREG(info.st_mode)) /* a device or pipe would be waited for */
        return FILE_ERROR;
    if (!real) {
        const char *folder = real_path(arena, path_directory(arena, joined));
        bool plainly = plain[0] != '/' && !strstr(plain, "..");
        return plainly || (folder && below_roots(access, folder)) ? FILE_MISSING : FILE_FORBIDDEN;
    }
    if (!below_roots(access, real))
        return FILE_FORBIDDEN;
    *path = real;
    return FILE_OK;
}

typedef struct {
    void *memory;
    size_t size;
} Mapping;

static void unmap(void *object)
{
    Mapping *mapping = object;
    munmap(mapping->memory, mapping->size);
}

static FileStatus read_all(Arena *arena, int fd, size_t limit, Bytes *bytes)
{
    Buffer buffer = {.arena = arena};
    char chunk[65536];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) {
            arena_heed(arena);
            continue;
        }
        if (got < 0)
            return FILE_ERROR;
        if (got == 0)
            break;
        if (limit && buffer.size + (size_t)got > limit)
            return FILE_TOO_LARGE;
        buffer_add(&buffer, chunk, (size_t)got);
    }
    *bytes = (Bytes){buffer.data ? buffer.data : "", buffer.size};
    return FILE_OK;
}

static FileStatus map_path(Arena *arena, const char *path, size_t limit, Bytes *bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? FILE_MISSING : FILE_ERROR;
    struct stat info;
    FileStatus status = FILE_ERROR;
    if (fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode)) {
        if (S_ISREG(info.st_mode) && limit && (uint64_t)info.st_size > limit) {
            status = FILE_TOO_LARGE;
        } else if (S_ISREG(info.st_mode) && info.st_size >= 16384) {
            void *memory = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
            if (memory != MAP_FAILED) {
                Mapping *mapping = NEW(arena, Mapping);
                *mapping = (Mapping){memory, (size_t)info.st_size};
                arena_at_free(arena, unmap, mapping);
                *bytes = (Bytes){memory, mapping->size};
                status = FILE_OK;
            }
        } else {
            status = read_all(arena, fd, limit, bytes);
        }
    }
    close(fd);
    return status;
}

FileStatus file_map(Arena *arena, const char *path, size_t limit, Bytes *bytes)
{
    FileStatus status = map_path(arena, path, limit, bytes);
    tell(arena, path, status == FILE_MISSING ? FILE_SOUGHT : FILE_READ);
    return status;
}

FileStatus file_map_own(Arena *arena, const char *path, Bytes *bytes)
{
    return map_path(arena, path, 0, bytes);
}

FileStatus file_read_stdin(Arena *arena, size_t limit, Bytes *bytes)
{
    return read_all(arena, STDIN_FILENO, limit, bytes);
}

const char *path_directory(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_string(arena, path, (size_t)(slash - path));
}

const char *path_join(Arena *arena, const char *directory, const char *name)
{
    return name[0] == '/' ? arena_string(arena, name, strlen(name)) : arena_format(arena, "%s/%s", directory, name);
}

/* ---- output ---- */
struct Output {
    Arena *arena;
    int fd;
    const char *path, *temporary; /* temporary NULL: written straight through */
    int64_t size;
    size_t filled;
    int error;
    char *buffer; /* NULL: nothing small was written yet */
};
enum { OUTPUT_BUFFER = 65536 };

static void output_abandon(void *object)
{
    Output *output = object;
    if (output->fd > STDERR_FILENO)
        close(output->fd);
    output->fd = -1;
    if (output->temporary)
        unlink(output->temporary);
    output->temporary = NULL;
}

static int open_beside(Arena *arena, Output *output, mode_t mode)
{
    for (int i = 0; i < 100; i++) {
        output->temporary = arena_format(arena, "%s.%ld-%d.part", output->path, (long)getpid(), i);
        int fd = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

Output *output_open(Arena *arena, const char *path, const char **error)
{
    Output *output = NEW(arena, Output);
    struct stat info;
    output->arena = arena;
    output->path = path;
    if (!*path) {
        *error = "it has no name";
        return NULL;
    }
    if (strcmp(path, "-") == 0) {
        output->fd = STDOUT_FILENO;
    } else if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        if (S_ISDIR(info.st_mode)) {
            *error = "it is a folder";
            return NULL;
        }
        output->fd = open(path, O_WRONLY | O_CLOEXEC);
    } else {
        char *real = real_path(arena, path); /* of a symbolic link the target is replaced */
        if (real)
            output->path = real;
        output->fd = open_beside(arena, output, real ? info.st_mode & 0777 : 0666);
    }
    if (output->fd < 0) {
        *error = strerror(errno);
        return NULL;
    }
    arena_at_free(arena, output_abandon, output);
    return output;
}

static void write_through(Output *output, const char *data, size_t size)
{
    for (size_t done = 0; done < size && !output->error;) {
        ssize_t wrote = write(output->fd, data + done, size - done);
        if (wrote < 0 && errno != EINTR)
            output->error = errno;
        else if (wrote > 0)
            done += (size_t)wrote;
    }
}

static void output_flush(Output *output)
{
    write_through(output, output->buffer, output->filled);
    output->filled = 0;
}

bool output_write(Output *output, const void *data, size_t size)
{
    output->size += (int64_t)size;
    if (output->filled + size > OUTPUT_BUFFER)
        output_flush(output);
    if (size > OUTPUT_BUFFER) {
        write_through(output, data, size);
        return output->error == 0;
    }
    if (!output->buffer)
        output->buffer = arena_alloc(output->arena, OUTPUT_BUFFER);
    memcpy(output->buffer + output->filled, data, size);
    output->filled += size;
    return output->error == 0;
}

Output *output_scratch(Arena *arena, const char **error)
{
    Output *output = NEW(arena, Output);
    output->arena = arena;
    output->fd = memfd_create("news2pdf", MFD_CLOEXEC);
    if (output->fd < 0) {
        *error = strerror(errno);
        return NULL;
    }
    arena_at_free(arena, output_abandon, output);
    return output;
}

bool output_read(Output *output, Arena *arena, Bytes *bytes)
{
    output_flush(output);
    if (output->error || output->size <= 0)
        return false;
    void *memory = mmap(NULL, (size_t)output->size, PROT_READ, MAP_PRIVATE, output->fd, 0);
    if (memory == MAP_FAILED)
        return false;
    Mapping *mapping = NEW(arena, Mapping);
    *mapping = (Mapping){memory, (size_t)output->size};
    arena_at_free(arena, unmap, mapping);
    *bytes = (Bytes){memory, mapping->size};
    return true;
}

int64_t output_size(const Output *output)
{
    return output->size;
}

static void output_settle(Output *output)
{
    if (output->fd < 0)
        return;
    output_flush(output);
    if (!output->error && output->temporary && fsync(output->fd) != 0)
        output->error = errno;
    if (output->fd > STDERR_FILENO && close(output->fd) != 0 && !output->error)
        output->error = errno;
    output->fd = -1;
}

const char *output_written(const Output *output)
{
    return output->temporary;
}

void output_rename(Output *output, const char *path)
{
    output->path = path;
}

bool output_finish(Output *output)
{
    output_settle(output);
    return output->error == 0;
}

bool output_commit(Output *output, const char **error)
{
    output_settle(output);
    if (!output->error && output->temporary && rename(output->temporary, output->path) != 0)
        output->error = errno;
    if (output->error) {
        *error = strerror(output->error);
        output_abandon(output);
        return false;
    }
    if (output->temporary)
        tell(output->arena, output->path, FILE_WRITTEN);
    output->temporary = NULL;
    return true;
}
