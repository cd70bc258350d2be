/* See parts.h. */
#define _GNU_SOURCE
#include "cli/parts.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

/* "a.pdf.123-0.part" -> length of "a.pdf", and 123; 0: no such name. */
static size_t part_of(const char *name, long *pid)
{
    size_t length = strlen(name);
    if (length < 10 || strcmp(name + length - 5, ".part") != 0)
        return 0;
    const char *at = name + length - 5;
    while (at > name && at[-1] >= '0' && at[-1] <= '9')
        at--;
    if (at == name || at == name + length - 5 || *--at != '-')
        return 0;
    const char *dash = at;
    while (at > name && at[-1] >= '0' && at[-1] <= '9')
        at--;
    if (at == dash || at < name + 2 || at[-1] != '.')
        return 0;
    *pid = strtol(at, NULL, 10);
    return (size_t)(at - 1 - name);
}

/* Of "a.pdf" also "a.screen.pdf": several targets make a file each. */
static bool is_of_output(const char *name, size_t length, const char *output)
{
    const char *dot = strrchr(output, '.');
    size_t stem = dot && dot != output ? (size_t)(dot - output) : strlen(output);
    if (length == strlen(output) && strncmp(name, output, length) == 0)
        return true;
    return length > stem && strncmp(name, output, stem) == 0 && name[stem] == '.' && length >= strlen(output + stem) &&
           strncmp(name + length - strlen(output + stem), output + stem, strlen(output + stem)) == 0;
}

void parts_sweep(Arena *arena, const char *output, pid_t pid)
{
    char *real = realpath(output, NULL); /* of a symbolic link the target is written */
    output = real ? arena_string(arena, real, strlen(real)) : output;
    free(real);
    const char *slash = strrchr(output, '/'), *folder = path_directory(arena, output);
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        long of = 0;
        size_t length = part_of(entry->d_name, &of);
        if (length && (!pid || of == pid) && is_of_output(entry->d_name, length, slash ? slash + 1 : output))
            unlink(path_join(arena, folder, entry->d_name));
    }
    closedir(dir);
}

uint64_t path_hash(const char *path)
{
    return hash_bytes(path, strlen(path), 2);
}

void parts_note(PartsNoted *noted, const char *output)
{
    const char *slash = strrchr(output, '/');
    char *folder = slash ? arena_string(noted->arena, output, (size_t)(slash - output) + 1) : "";
    int64_t *known = places_at(&noted->folders, path_hash(folder));
    *places_at(&noted->outputs, path_hash(output)) = 1;
    if (*known < 0)
        VEC_PUSH(noted->arena, noted->folder_names, folder);
    *known = 1;
}

/* "a.pdf" itself, or "a.screen.pdf" of "a.pdf". */
static bool is_noted(PartsNoted *noted, Arena *scratch, const char *folder, const char *name, size_t length)
{
    char *path = arena_format(scratch, "%s%.*s", folder, (int)length, name);
    if (*places_at(&noted->outputs, path_hash(path)) == 1)
        return true;
    char *end = strrchr(path + strlen(folder), '.'), *middle = end;
    while (middle && middle > path + strlen(folder) && (middle == end || *middle != '.'))
        middle--;
    if (!middle || middle == path + strlen(folder))
        return false;
    memmove(middle, end, strlen(end) + 1);
    return *places_at(&noted->outputs, path_hash(path)) == 1;
}

void parts_sweep_noted(PartsNoted *noted, Arena *scratch)
{
    for (int i = 0; i < noted->folder_names.count; i++) {
        const char *folder = noted->folder_names.at[i];
        DIR *dir = opendir(*folder ? folder : ".");
        for (struct dirent *entry; dir && (entry = readdir(dir));) {
            long of = 0;
            size_t length = part_of(entry->d_name, &of);
            if (length && is_noted(noted, scratch, folder, entry->d_name, length))
                unlink(arena_format(scratch, "%s%s", folder, entry->d_name));
        }
        if (dir)
            closedir(dir);
    }
}
