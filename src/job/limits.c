/* The limits of a job by name: what they are without a word, and what the options say. */
#include "job/internal.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const names[] = {"bytes", "nodes", "depth", "pixels", "pages", "memory"};
enum { BYTES, NODES, DEPTH, PIXELS, PAGES, MEMORY, COUNT };

bool news2pdf_limit(int i, const char **name, long long *usual)
{
    const Limits *l = &default_limits;
    const long long values[] = {(long long)l->input_bytes, l->nodes, l->depth, l->pixels, l->pages,
                                (long long)l->memory};
    if (i < 0 || i >= COUNT)
        return false;
    *name = names[i];
    *usual = values[i];
    return true;
}

static int whole(long long value)
{
    return value > INT_MAX ? INT_MAX : (int)value;
}

static bool set(Limits *limits, const char *text)
{
    const char *equals = strchr(text, '=');
    char *end = NULL;
    long long value = equals ? strtoll(equals + 1, &end, 10) : 0;
    if (!equals || value < 1 || *end)
        return false;
    int i = 0;
    while (i < COUNT && (strlen(names[i]) != (size_t)(equals - text) || strncmp(names[i], text, strlen(names[i])) != 0))
        i++;
    switch (i) {
    case BYTES: limits->input_bytes = (size_t)value; return true;
    case NODES: limits->nodes = whole(value); return true;
    case DEPTH: limits->depth = value < limits->depth ? (int)value : limits->depth; return true; /* the stack's */
    case PIXELS: limits->pixels = value; return true;
    case PAGES: limits->pages = whole(value); return true;
    case MEMORY: limits->memory = (size_t)value; return true;
    default: return false;
    }
}

const char *job_limits(const news2pdf_options *options, Limits *limits)
{
    *limits = default_limits;
    for (int i = 0; options->limits && options->limits[i]; i++)
        if (!set(limits, options->limits[i]))
            return options->limits[i];
    return NULL;
}
