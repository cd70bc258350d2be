/* See child.h. What a child says through its pipe, a line each: "D" and a message as JSON, "E" code and sentence,
 * "F" use and path, last "=" exit, pages, errors, warnings. */
#define _GNU_SOURCE
#include "cli/child.h"
#include "cli/commands.h"
#include "cli/confine.h"
#include "cli/messages.h"
#include "cli/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SAID_MOST = 4 << 20, MESSAGES_MOST = 200 };

volatile int child_stop;

static void on_signal(int number)
{
    child_stop = number;
}

void child_heed_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGXFSZ, SIG_IGN); /* a file over its limit is a failed write, as on a full disk */
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- in the child ---- */

typedef struct {
    FILE *out;
    int messages;
    news2pdf_severity worst;
    bool any;
} Teller;

static void print_line(FILE *out, const char *text)
{
    for (; *text; text++)
        fputc(*text == '\n' ? ' ' : *text, out);
    fputc('\n', out);
}

static void tell_message(void *user, const news2pdf_message *message)
{
    Teller *teller = user;
    if (teller->messages++ >= MESSAGES_MOST)
        return;
    fputc('D', teller->out);
    message_json(teller->out, message);
    fputc('\n', teller->out);
    if (message->severity == NEWS2PDF_NOTE || (teller->any && message->severity <= teller->worst))
        return;
    teller->any = true;
    teller->worst = message->severity;
    fprintf(teller->out, "E%s ", message->code);
    if (message->file && message->line)
        fprintf(teller->out, "%s:%d:%d: ", message->file, message->line, message->column > 0 ? message->column : 1);
    else if (message->file)
        fprintf(teller->out, "%s: ", message->file);
    print_line(teller->out, message->message);
}

static void tell_file(void *user, const char *path, news2pdf_use use)
{
    Teller *teller = user;
    if (strchr(path, '\n'))
        return; /* such a name is no line of this pipe */
    fprintf(teller->out, "F%d ", (int)use);
    print_line(teller->out, path);
}

static void limit(int what, size_t most)
{
    struct rlimit limits = {most, most};
    setrlimit((__rlimit_resource_t)what, &limits);
}

static void set_limits(const CommandLine *line)
{
#if !defined(__SANITIZE_ADDRESS__) /* which takes all addresses for itself */
    if (line->memory)
        limit(RLIMIT_AS, line->memory);
#endif
    limit(RLIMIT_CPU, (size_t)line->cpu);
    limit(RLIMIT_CORE, 0);
}

static void work(const CommandLine *line, int pipe_in, pid_t parent)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(EXIT_FAILED); /* the parent has gone already */
    int null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    set_limits(line);
    Teller teller = {.out = fdopen(pipe_in, "w")};
    news2pdf_options options = line->options;
    options.message = tell_message;
    options.file = tell_file;
    options.page = NULL;
    options.user = &teller;
    confine(line, &options);
    news2pdf_result result;
    int status = news2pdf_convert(&options, &result);
    fprintf(teller.out, "=%d %d %d %d\n", status, result.pages, result.errors, result.warnings);
    fflush(teller.out);
    _exit(status);
}

/* ---- in the parent ---- */

bool child_start(Child *child, const CommandLine *line)
{
    int ends[2];
    pid_t parent = getpid();
    char *kept = child->said;
    size_t room = child->room;
    *child = (Child){.said = kept, .room = room, .started = now()};
    clock_gettime(CLOCK_REALTIME_COARSE, &child->begun);
    child->deadline = child->started + line->time;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    fflush(NULL);
    child->pid = fork();
    if (child->pid == 0) {
        close(ends[0]);
        work(line, ends[1], parent);
    }
    close(ends[1]);
    if (child->pid < 0) {
        close(ends[0]);
        child->pid = 0;
        return false;
    }
    child->pipe = ends[0];
    return true;
}

static void take_in(Child *child)
{
    char chunk[16384];
    ssize_t got = read(child->pipe, chunk, sizeof chunk);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        close(child->pipe);
        child->pipe = -1;
        return;
    }
    size_t size = (size_t)got;
    if (child->size + size > SAID_MOST)
        return; /* nobody reads so much */
    if (child->size + size >= child->room) {
        size_t room = 2 * (child->size + size);
        char *more = realloc(child->said, room);
        if (!more)
            return;
        child->said = more;
        child->room = room;
    }
    memcpy(child->said + child->size, chunk, size);
    child->size += size;
    child->said[child->size] = 0;
}

void child_poll(Child *children, int count, int milliseconds)
{
    struct pollfd fds[64];
    int places[64], open = 0;
    for (int i = 0; i < count && open < 64; i++)
        if (children[i].pid && children[i].pipe >= 0) {
            double left = children[i].deadline - now();
            if (left <= 0 && !children[i].late) {
                children[i].late = true;
                kill(children[i].pid, SIGKILL);
            } else if (left > 0 && left * 1000 < milliseconds) {
                milliseconds = (int)(left * 1000) + 1;
            }
            places[open] = i;
            fds[open++] = (struct pollfd){.fd = children[i].pipe, .events = POLLIN};
        }
    if (poll(fds, (nfds_t)open, milliseconds) <= 0)
        return;
    for (int i = 0; i < open; i++)
        if (fds[i].revents)
            take_in(&children[places[i]]);
}

bool child_ended(const Child *child)
{
    return child->pid && child->pipe < 0;
}

const char *outcome_of(int exit, int warnings)
{
    static const char *const words[] = {"made", "failed", "wrong", "strict", "refused", "nothing"};
    return exit == 0 && warnings ? "warnings" : exit >= 0 && exit <= 5 ? words[exit] : "failed";
}

static void add_file(Arena *arena, Outcome *outcome, const char *path, news2pdf_use use)
{
    for (int i = 0; i < outcome->files.count; i++)
        if (outcome->files.at[i].use == use && strcmp(outcome->files.at[i].path, path) == 0)
            return;
    VEC_PUSH(arena, outcome->files, (FileSeen){path, use});
}

static void hear_line(Arena *arena, Outcome *outcome, Buffer *diagnostics, const char *line, size_t size)
{
    const char *text = arena_string(arena, line, size);
    if (text[0] == 'D') {
        buffer_format(diagnostics, "%s%s", diagnostics->size ? "," : "", text + 1);
    } else if (text[0] == 'E') {
        const char *space = strchr(text, ' ');
        outcome->code = arena_string(arena, text + 1, (size_t)(space - text - 1));
        outcome->first = space + 1;
    } else if (text[0] == 'F' && size > 3) {
        add_file(arena, outcome, text + 3, (news2pdf_use)(text[1] - '0'));
    } else if (text[0] == '=') {
        sscanf(text, "=%d %d %d %d", &outcome->exit, &outcome->pages, &outcome->errors, &outcome->warnings);
        outcome->outcome = outcome_of(outcome->exit, outcome->warnings);
    }
}

static void explain_death(const Child *child, Outcome *outcome, Buffer *diagnostics, int status)
{
    char sentence[200];
    news2pdf_message message = {.severity = NEWS2PDF_ERROR, .message = sentence, .times = 1};
    outcome->outcome = child->late ? "timeout" : "crashed";
    outcome->exit = child->late ? 124 : WIFSIGNALED(status) ? 128 + WTERMSIG(status) : EXIT_FAILED;
    outcome->errors = 1;
    message.code = child->late ? "time-limit" : "crashed";
    if (child->late)
        snprintf(sentence, sizeof sentence, "it took more than its %.0f seconds", child->deadline - child->started);
    else if (WIFSIGNALED(status))
        snprintf(sentence, sizeof sentence, "it ended by signal %d", WTERMSIG(status));
    else
        snprintf(sentence, sizeof sentence, "it ended without a word, with exit code %d", WEXITSTATUS(status));
    char *json = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&json, &size);
    if (stream) {
        message_json(stream, &message);
        fclose(stream);
        buffer_format(diagnostics, "%s%s", diagnostics->size ? "," : "", json);
        free(json);
    }
    outcome->code = message.code;
    outcome->first = arena_string(diagnostics->arena, sentence, strlen(sentence));
}

Outcome child_outcome(Child *child, Arena *arena)
{
    int status = 0;
    Outcome outcome = {.seconds = now() - child->started, .begun = child->begun};
    Buffer diagnostics = {.arena = arena};
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    for (const char *at = child->said, *end = at + child->size; child->size && at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            break;
        hear_line(arena, &outcome, &diagnostics, at, (size_t)(stop - at));
        at = stop + 1;
    }
    if (!outcome.outcome || WIFSIGNALED(status))
        explain_death(child, &outcome, &diagnostics, status);
    outcome.diagnostics = diagnostics.data ? diagnostics.data : "";
    child->pid = 0;
    if (child->room > 1 << 20) { /* one talker does not make the parent big */
        free(child->said);
        child->said = NULL;
        child->room = 0;
    }
    return outcome;
}

void child_kill(Child *children, int count)
{
    for (int i = 0; i < count; i++)
        if (children[i].pid) {
            kill(children[i].pid, SIGKILL);
            while (waitpid(children[i].pid, NULL, 0) < 0 && errno == EINTR)
                ;
            if (children[i].pipe >= 0)
                close(children[i].pipe);
        }
}

Outcome child_run(const CommandLine *line, Arena *arena)
{
    Child child = {0};
    if (!child_start(&child, line))
        return (Outcome){.outcome = "failed",
                         .exit = EXIT_FAILED,
                         .errors = 1,
                         .diagnostics = "",
                         .code = "no-process",
                         .first = "no process could be started"};
    pid_t pid = child.pid;
    while (!child_ended(&child)) {
        child_poll(&child, 1, 1000);
        if (child_stop && child.pipe >= 0)
            kill(pid, SIGKILL);
    }
    Outcome outcome = child_outcome(&child, arena);
    free(child.said);
    if (outcome.exit > 5)
        parts_sweep(arena, line->options.output, pid);
    return outcome;
}
