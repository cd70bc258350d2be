/* How far long work is: one line that is written over, only on a terminal. */
#define _GNU_SOURCE
#include "cli/messages.h"

#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

Progress progress_begin(const CommandLine *line)
{
    return (Progress){.wanted = !line->quiet && !line->json && isatty(STDERR_FILENO), .started = now()};
}

/* The first half second says nothing: what is quick needs no bar. */
static bool is_due(const Progress *progress)
{
    return progress->wanted && now() - progress->started >= 0.5;
}

void progress_pages(Progress *progress, int pages)
{
    if (!is_due(progress))
        return;
    progress->shown = true;
    fprintf(stderr, "\r\033[K%d page%s, %.0f s", pages, pages == 1 ? "" : "s", now() - progress->started);
}

void progress_jobs(Progress *progress, int done, int all, int failed)
{
    static const char bar[] = "########################";
    if (!is_due(progress) || all == 0)
        return;
    progress->shown = true;
    int width = (int)sizeof bar - 1, full = (int)((long long)width * done / all);
    fprintf(stderr, "\r\033[K[%.*s%*s] %d of %d jobs, %d failed, %.0f s", full, bar, width - full, "", done, all,
            failed, now() - progress->started);
}

void progress_end(Progress *progress)
{
    if (progress->shown)
        fprintf(stderr, "\r\033[K");
    progress->shown = false;
}
