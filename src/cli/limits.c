/* See limits.h. */
#define _GNU_SOURCE
#include "cli/limits.h"
#include "cli/commands.h"
#include "cli/messages.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

enum { GRACE = 5, EXIT_TIME = 124 }; /* seconds; and as timeout(1) says it */

static volatile int stopped_by;

/* A second signal finds the usual action: who does not hear is killed. */
static void on_signal(int number)
{
    stopped_by = number;
    if (number == SIGALRM)
        alarm(GRACE);
}

static void limit(int what, size_t soft, size_t hard)
{
    struct rlimit now, wanted = {soft, hard};
    if (getrlimit((__rlimit_resource_t)what, &now) != 0)
        return;
    wanted.rlim_max = hard < now.rlim_max ? hard : now.rlim_max;
    wanted.rlim_cur = soft < wanted.rlim_max ? soft : wanted.rlim_max;
    setrlimit((__rlimit_resource_t)what, &wanted);
}

void limits_set(const CommandLine *line, news2pdf_options *options)
{
    static const int numbers[] = {SIGALRM, SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND}, before;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* as under nohup */
            sigaction(numbers[i], &action, NULL);
    action.sa_flags = 0;
    sigaction(SIGXCPU, &action, NULL); /* comes each second; the hard limit kills */
    signal(SIGXFSZ, SIG_IGN);          /* a file over its limit is a failed write, as on a full disk */
    options->stop = &stopped_by;
#if !defined(__SANITIZE_ADDRESS__) /* which takes all addresses for itself */
    if (line->memory)
        limit(RLIMIT_AS, line->memory, line->memory);
#endif
    limit(RLIMIT_CPU, (size_t)line->cpu, (size_t)line->cpu + GRACE);
    limit(RLIMIT_CORE, 0, 0);
    alarm((unsigned)line->time);
}

int limits_outcome(const CommandLine *line, int status)
{
    char text[100];
    int number = stopped_by;
    alarm(0);
    if (!number || status == EXIT_MADE)
        return status;
    if (number != SIGALRM && number != SIGXCPU)
        return 128 + number;
    snprintf(text, sizeof text, "it took more than %d seconds%s", number == SIGALRM ? line->time : line->cpu,
             number == SIGALRM ? "" : " of a processor");
    news2pdf_message message = {.severity = NEWS2PDF_ERROR,
                                .code = "time-limit",
                                .file = line->options.input,
                                .message = text,
                                .hint = number == SIGALRM ? "--time allows more" : "--cpu allows more",
                                .times = 1};
    message_print(stderr, &message, (MessageLook){line->json, line->quiet, message_color(line)});
    return EXIT_TIME;
}
