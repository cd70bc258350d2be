/* See output_name.h. */
#define _GNU_SOURCE
#include "cli/output_name.h"

#include <errno.h>
#include <sys/stat.h>

/* A title as part of a name: no slash, no space, no dot at its begin. */
static void add_title(Buffer *name, const char *title)
{
    while (*title == '.' || *title == ' ')
        title++;
    for (; *title; title++) {
        bool bad = (unsigned char)*title <= ' ' || *title == '/' || *title == '\\' || *title == 0x7f;
        if (!bad)
            buffer_add(name, title, 1);
        else if (name->size && name->data[name->size - 1] != '-')
            buffer_text(name, "-");
    }
}

static bool add_date(Buffer *name, char letter, const struct tm *tm)
{
    char part[64], format[3] = {'%', letter, 0};
    if (!letter || !strchr("YymdjHMVGuabABe%", letter))
        return false;
    strftime(part, sizeof part, format, tm); /* the program has no locale: English names */
    buffer_text(name, letter == 'e' ? part + strspn(part, " ") : part);
    return true;
}

const char *output_name(Arena *arena, const char *pattern, const char *title, time_t date, Problem *problem)
{
    struct tm tm;
    Buffer name = {.arena = arena};
    localtime_r(&date, &tm);
    for (const char *at = pattern; *at; at++) {
        if (strncmp(at, "{title}", 7) == 0) {
            add_title(&name, title && *title ? title : "edition");
            at += 6;
        } else if (*at == '%' && add_date(&name, at[1], &tm)) {
            at++;
        } else if (*at == '%' || *at == '{') {
            problem_set(problem, "%Y-%m-%d and the like, and {title}", "\"%.*s\" can't stand in the name of an output",
                        *at == '%' ? 2 : (int)strcspn(at, "}") + 1, at);
            return NULL;
        } else {
            buffer_add(&name, at, 1);
        }
    }
    if (!name.data || !stays_below(name.data) || name.data[name.size - 1] == '/') {
        problem_set(problem, "a name such as out/%Y-%m-%d.pdf", "the output must lie below the profile's folder");
        return NULL;
    }
    return name.data;
}

bool stays_below(const char *path)
{
    if (*path == '/' || !*path)
        return false;
    for (const char *at = path; at; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
        if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || !at[2]))
            return false;
    return true;
}

bool make_folders(Arena *arena, const char *folder, const char *path)
{
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        const char *part = arena_format(arena, "%s/%.*s", folder, (int)(slash - path), path);
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return false;
    }
    return true;
}
