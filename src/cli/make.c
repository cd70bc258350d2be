/* news2pdf make: a title's edition of the day. */
#define _GNU_SOURCE
#include "cli/child.h"
#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/handoff.h"
#include "cli/log.h"
#include "cli/messages.h"
#include "cli/notify.h"
#include "cli/output_name.h"
#include "cli/profile.h"
#include "cli/wait.h"

#include <glob.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct {
    const Invocation *typed;
    Arena *arena;
    Profile profile;
    CommandLine line;
    Log log;
    time_t date; /* the moment of the edition */
    VEC(const char *) inputs;
    const char *output;
    int missing; /* sources that are not there, or did not come in time */
} Make;

static bool wrong(Source source, const char *hint, const char *text)
{
    return source.file ? message_wrong("profile-wrong", source, text, hint) : usage_wrong(hint, "%s", text);
}

/* Something that is not as it should be, but stops nothing. */
static void miss(Make *make, const char *code, const char *sentence)
{
    LogField fields[] = {{"profile", make->profile.file, false}, {"code", code, false}};
    make->missing++;
    log_say(&make->log, LOG_WARNING, sentence, fields, 2);
}

/* ---- when ---- */

static bool set_zone(Make *make)
{
    const char *meant;
    if (clock_set_zone(make->arena, make->line.zone, &meant))
        return true;
    return wrong(profile_place(&make->profile, "timezone"),
                 meant ? arena_format(make->arena, "did you mean %s?", meant)
                       : "a name such as Europe/Berlin or Asia/Seoul",
                 arena_format(make->arena, "there is no time zone \"%s\"", make->line.zone));
}

/* --date says the day, or day and time; else it is today, by the profile's zone. "at" is the time of a day. */
static bool set_date(Make *make)
{
    const char *asked = make->line.options.date;
    make->date = clock_now();
    if (asked && !clock_read(asked, &make->date))
        return usage_wrong(NULL, "--date needs YYYY-MM-DD or YYYY-MM-DDThh:mm:ss, not \"%s\"", asked);
    if (!asked)
        make->date = clock_before(make->date, -make->profile.day, 0);
    if (make->profile.at && !(asked && asked[10]))
        make->date = clock_at(make->date, atoi(make->profile.at), atoi(make->profile.at + 3));
    make->line.options.date = clock_iso(make->arena, make->date);
    return true;
}

/* Days and weeks are the calendar's, also where a clock was changed. */
static void set_since(Make *make)
{
    const char *since = make->line.options.since;
    if (!since || since[strspn(since, "0123456789")] == '-')
        return;
    int count = atoi(since), days = 0, minutes = 0;
    switch (since[strspn(since, "0123456789")]) {
    case 'w': days = 7 * count; break;
    case 'd': days = count; break;
    case 'h': minutes = 60 * count; break;
    default: minutes = count; break;
    }
    make->line.options.since = clock_iso(make->arena, clock_before(make->date, days, minutes));
}

static bool wait_for_late(Make *make)
{
    if (!make->line.wait_for[0])
        return true;
    if (!make->line.until)
        return wrong(profile_place(&make->profile, "wait-for"), "--until 05:20", "--wait-for needs --until");
    time_t until = clock_nearest(clock_now(), make->line.until);
    for (int i = 0; make->line.wait_for[i]; i++)
        if (!wait_for(make->line.wait_for[i], until) && !child_stop)
            miss(make, "source-late",
                 arena_format(make->arena, "%s had not come by %s; the edition goes on without it",
                              make->line.wait_for[i], make->line.until));
    return true;
}

/* ---- what ---- */

static bool has_pattern(const char *path)
{
    return strpbrk(path, "*?[") != NULL;
}

static void add_source(Make *make, const ProfileSource *source, FILE *list)
{
    glob_t found;
    if (glob(source->path, 0, NULL, &found) != 0) {
        if (!has_pattern(source->path))
            miss(make, "source-missing",
                 arena_format(make->arena, "%s:%d:%d: there is no %s", source->source.file, source->source.line,
                              source->source.column, source->path));
        return;
    }
    if (source->section)
        fprintf(list, "[%s]\n", source->section);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char *real = realpath(found.gl_pathv[i], NULL);
        if (source->section && real && !strchr(real, '\n'))
            fprintf(list, "%s\n", real);
        else if (!source->section)
            VEC_PUSH(make->arena, make->inputs,
                     arena_string(make->arena, found.gl_pathv[i], strlen(found.gl_pathv[i])));
        free(real);
    }
    globfree(&found);
}

/* Sources with a section go through a list, which is a file in memory. */
static bool gather(Make *make)
{
    const Invocation *typed = make->typed;
    int fd = memfd_create("sources", 0);
    FILE *list = fd < 0 ? NULL : fdopen(dup(fd), "w");
    if (!list)
        return wrong(NO_SOURCE, NULL, "memory ran out");
    for (int i = 1; i < typed->word_count; i++)
        add_source(make, &(ProfileSource){typed->words[i], NULL, {typed->words[i], 1, 1}}, list);
    for (int i = 0; typed->word_count < 2 && i < make->profile.sources.count; i++)
        add_source(make, &make->profile.sources.at[i], list);
    fflush(list);
    if (ftell(list) > 0 && !make->line.options.list)
        make->line.options.list = arena_format(make->arena, "/proc/self/fd/%d", fd);
    fclose(list);
    VEC_PUSH(make->arena, make->inputs, NULL);
    make->line.options.inputs = make->inputs.at;
    make->line.options.input = make->inputs.at[0];
    return true;
}

/* ---- where ---- */

static bool is_below(Make *make, const char *path)
{
    char *folder = realpath(make->profile.folder, NULL), *real = realpath(path_directory(make->arena, path), NULL);
    size_t length = folder ? strlen(folder) : 0;
    bool below = folder && real && strncmp(real, folder, length) == 0 && (real[length] == '/' || !real[length]);
    free(folder);
    free(real);
    return below;
}

static bool name_output(Make *make)
{
    Problem problem = {0};
    const char *asked = make->line.options.output, *pattern = make->line.name;
    if (asked) {
        make->output = asked;
        return is_below(make, asked) || usage_wrong("--name PATTERN", "-o must lie below the profile's folder");
    }
    const char *name = output_name(make->arena, pattern ? pattern : "{title}-%Y-%m-%d.pdf", make->line.options.title,
                                   make->date, &problem);
    if (!name)
        return wrong(profile_place(&make->profile, "name"), problem.hint, problem.message);
    make->output = strcmp(make->profile.folder, ".") == 0 ? name : path_join(make->arena, make->profile.folder, name);
    make->line.options.output = make->output;
    if (make->line.handoff && !stays_below(make->line.handoff))
        return wrong(profile_place(&make->profile, "handoff"), "a link in it may lead elsewhere",
                     "the handoff folder must lie below the profile's folder");
    return make_folders(make->arena, make->profile.folder, name) ||
           wrong((Source){make->output, 0, 0}, NULL, "the folder of the output can't be made");
}

/* ---- what came of it ---- */

static void report(Make *make, Outcome *outcome)
{
    bool fine = outcome->exit == EXIT_MADE, warned = fine && outcome->exit == EXIT_MADE && outcome->warnings;
    const char *sentence =
        arena_format(make->arena, "%s: %s%s%s", make->output, warned ? "made with warnings" : outcome->outcome,
                     outcome->first ? ": " : "", outcome->first ? outcome->first : "");
    int exit = warned ? EXIT_WITH_WARNINGS : outcome->exit > 5 ? EXIT_FAILED : outcome->exit;
    outcome->exit = exit;
    LogField fields[] = {{"profile", make->profile.file, false},
                         {"date", make->line.options.date, false},
                         {"since", make->line.options.since, false},
                         {"outcome", outcome->outcome, false},
                         {"exit", arena_format(make->arena, "%d", exit), true},
                         {"output", make->output, false},
                         {"pages", arena_format(make->arena, "%d", outcome->pages), true},
                         {"errors", arena_format(make->arena, "%d", outcome->errors), true},
                         {"warnings", arena_format(make->arena, "%d", outcome->warnings), true},
                         {"missing", arena_format(make->arena, "%d", make->missing), true},
                         {"seconds", arena_format(make->arena, "%.3f", outcome->seconds), true},
                         {"code", outcome->code, false}};
    enum { COUNT = sizeof fields / sizeof *fields };
    log_say(&make->log, !fine ? LOG_ERROR : warned ? LOG_WARNING : LOG_INFO, sentence, fields, COUNT);
    if (make->line.notify && !notify(make->arena, make->line.notify, sentence, fields, COUNT))
        log_say(&make->log, LOG_WARNING, "the command of --notify failed", fields, COUNT);
}

static int finish(Make *make, Outcome *outcome)
{
    if (make->log.kind == LOG_TEXT || make->line.json)
        outcome_print(stderr, make->arena, outcome,
                      (MessageLook){make->line.json, make->line.quiet, message_color(&make->line)});
    if (outcome->exit == EXIT_MADE && make->line.handoff)
        hand_off(make->arena, make->profile.folder, make->line.handoff, outcome);
    if (make->missing && outcome->exit == EXIT_MADE) {
        outcome->warnings += make->missing;
        outcome->outcome = outcome_of(EXIT_MADE, outcome->warnings);
    }
    report(make, outcome);
    return outcome->exit;
}

static bool prepare(Make *make)
{
    Problem problem = {0};
    const Setting *at = NULL;
    if (!profile_read(&make->profile, make->arena, make->typed->words[0]))
        return false;
    if (!command_line_fill(&make->line, make->typed, &make->profile.settings, &problem, &at))
        return wrong(at ? at->source : NO_SOURCE, problem.hint, problem.message);
    make->log = log_open(&make->line);
    return set_zone(make) && set_date(make) && name_output(make) && wait_for_late(make);
}

int command_make(const Invocation *typed)
{
    Make *make = NEW(typed->arena, Make);
    make->typed = typed;
    make->arena = typed->arena;
    if (typed->word_count < 1)
        return usage_wrong("news2pdf make korea-daily.yaml", "which profile?"), EXIT_USAGE;
    child_heed_signals();
    if (!prepare(make))
        return EXIT_USAGE;
    set_since(make);
    if (!gather(make))
        return EXIT_FAILED;
    Outcome outcome = {.outcome = "nothing",
                       .exit = EXIT_NOTHING,
                       .diagnostics = "",
                       .first = "none of its sources holds a file",
                       .code = "edition-empty"};
    if (child_stop)
        return 128 + child_stop;
    if (make->inputs.at[0] || make->line.options.list)
        outcome = child_run(&make->line, make->arena);
    return finish(make, &outcome);
}
