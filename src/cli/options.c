/* The option table, and what setting an option means. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

const Option option_table[OPTION_ROWS] = {
#define OPTION(id, twin, name, value, in, help, more) {twin, name, value, in, help, more},
#include "cli/options.def"
#undef OPTION
};

const CommandRow command_table[COMMAND_COUNT] = {
    {COMMAND_CONVERT, "", "FILE... -o OUT.pdf", "turns news (NITF, NewsML, ninjs, RSS, HTML ...) into a PDF bulletin"},
    {COMMAND_MAKE, "make", "PROFILE.yaml", "makes a title's edition of the day, as its profile says"},
    {COMMAND_INIT, "init", "[FOLDER]", "writes a commented profile and a sample that works at once"},
    {COMMAND_BATCH, "batch", "JOBS.jsonl|JOBS.csv|FOLDER",
     "does the jobs of a list, or a folder's files with -o OUTDIR"},
    {COMMAND_HOTFOLDER, "hotfolder", "IN OUT", "makes a bulletin of each file that comes into a folder"},
    {COMMAND_PREFLIGHT, "preflight", "FILE.pdf", "looks at a finished file as a print shop would"},
};

void problem_set(Problem *problem, const char *hint, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(problem->message, sizeof problem->message, format, list);
    va_end(list);
    snprintf(problem->hint, sizeof problem->hint, "%s", hint ? hint : "");
}

int option_find(const char *name, size_t length)
{
    for (int i = 0; i < OPTION_ROWS; i++)
        if (strlen(option_table[i].name) == length && strncmp(option_table[i].name, name, length) == 0)
            return i;
    return -1;
}

static bool suggest_option(const char *name, Problem *problem)
{
    for (int limit = 1; limit <= 2; limit++)
        for (int i = 0; i < OPTION_ROWS; i++)
            if (edit_distance(name, option_table[i].name, limit) <= limit) {
                snprintf(problem->hint, sizeof problem->hint, "did you mean %s?", option_table[i].name);
                return true;
            }
    return false;
}

/* ---- choices: lower-case words with | between ---- */

bool option_is_choice(const Option *option)
{
    if (!option->value || !strchr(option->value, '|'))
        return false;
    return strspn(option->value, "abcdefghijklmnopqrstuvwxyz0123456789|") == strlen(option->value);
}

const char *option_choice(const Option *option, int i, size_t *length)
{
    const char *at = option->value;
    for (; i > 0; i--) {
        at = strchr(at, '|');
        if (!at++)
            return NULL;
    }
    *length = strcspn(at, "|");
    return at;
}

static bool check_choice(const Option *option, const char *value, Problem *problem)
{
    size_t length;
    char near[96] = "";
    for (int i = 0; option_choice(option, i, &length); i++) {
        const char *word = option_choice(option, i, &length);
        if (strlen(value) == length && strncmp(word, value, length) == 0)
            return true;
        char copy[64];
        snprintf(copy, sizeof copy, "%.*s", (int)length, word);
        if (!*near && length > 3 && edit_distance(value, copy, 2) <= 2)
            snprintf(near, sizeof near, "did you mean %s? ", copy);
    }
    char hint[300];
    size_t used = (size_t)snprintf(hint, sizeof hint, "%sone of", near);
    for (int i = 0; option_choice(option, i, &length) && used < sizeof hint; i++)
        used +=
            (size_t)snprintf(hint + used, sizeof hint - used, " %.*s", (int)length, option_choice(option, i, &length));
    problem_set(problem, hint, "--%s can't be \"%s\"", option->name, value);
    return false;
}

/* ---- values ---- */

static bool push(const char **list, int room, const char *value, const char *name, Problem *problem)
{
    int count = 0;
    while (list[count])
        count++;
    if (count >= room - 1) {
        problem_set(problem, NULL, "more than %d times --%s", room - 1, name);
        return false;
    }
    list[count] = value;
    list[count + 1] = NULL;
    return true;
}

/* The first of a later source's replaces those of an earlier. */
static bool push_anew(CommandLine *line, int *level, const char **list, int room, const char *value, const char *name,
                      Problem *problem)
{
    if (*level != line->level)
        list[0] = NULL;
    *level = line->level;
    return push(list, room, value, name, problem);
}

static bool is_date(const char *text)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    bool real = month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] && (month != 2 || day < 29 || leap);
    return real && (text[10] == 0 || text[10] == 'T');
}

static bool is_span(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits && digits < 9 && text[digits] && strchr("mhdw", text[digits]) && !text[digits + 1];
}

static bool is_time_of_day(const char *text)
{
    static const char shape[] = "dd:dd";
    for (int i = 0; i < 6; i++)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return false;
    return atoi(text) < 24 && atoi(text + 3) < 60;
}

static bool wrong_value(const char *name, const char *wanted, const char *value, Problem *problem)
{
    problem_set(problem, NULL, "--%s needs %s, not \"%s\"", name, wanted, value);
    return false;
}

static bool set_number(int *to, int least, const char *name, const char *value, Problem *problem)
{
    char *end;
    long number = strtol(value, &end, 10);
    if (!*value || *end || number < least || number > 1000000) {
        problem_set(problem, NULL, "--%s needs a number from %d, not \"%s\"", name, least, value);
        return false;
    }
    *to = (int)number;
    return true;
}

static bool set_size(size_t *to, const char *name, const char *value, Problem *problem)
{
    char *unit;
    unsigned long long number = strtoull(value, &unit, 10);
    int shift = *unit == 'K' ? 10 : *unit == 'M' ? 20 : *unit == 'G' ? 30 : 0;
    if (value[0] < '0' || value[0] > '9' || number >> 20 || unit[shift != 0])
        return wrong_value(name, "a size such as 512M or 2G", value, problem);
    *to = (size_t)number << shift;
    return true;
}

static bool set_shard(CommandLine *line, const char *value, Problem *problem)
{
    int part = 0, parts = 0, end = 0;
    if (sscanf(value, "%6d/%6d%n", &part, &parts, &end) != 2 || value[end] || part < 1 || part > parts)
        return wrong_value("shard", "I/N with I from 1 to N", value, problem);
    line->shard = part;
    line->shards = parts;
    return true;
}

static bool check_format(const char *value, Problem *problem)
{
    const char *name, *description;
    char hint[128] = "--list-formats names the formats";
    for (int i = 0; news2pdf_format(i, &name, &description); i++) {
        if (strcmp(name, value) == 0)
            return true;
        if (edit_distance(name, value, 2) <= 2)
            snprintf(hint, sizeof hint, "did you mean %s? --list-formats names the formats", name);
    }
    problem_set(problem, hint, "--format can't be \"%s\"", value);
    return false;
}

static bool check_limit(const char *value, Problem *problem)
{
    const char *name;
    char hint[200] = "";
    long long usual;
    const char *equals = strchr(value, '=');
    size_t length = equals ? (size_t)(equals - value) : 0;
    for (int i = 0; news2pdf_limit(i, &name, &usual); i++) {
        if (strlen(name) == length && strncmp(name, value, length) == 0 && equals[1] >= '1' && equals[1] <= '9' &&
            strspn(equals + 1, "0123456789") == strlen(equals + 1) && strlen(equals + 1) < 19)
            return true;
        snprintf(hint + strlen(hint), sizeof hint - strlen(hint), "%s%s=%lld", i ? ", " : "usual are ", name, usual);
    }
    problem_set(problem, hint, "--limit can't be \"%s\"", value);
    return false;
}

static bool set_flag(bool *flag, const char *name, const char *value, Problem *problem)
{
    bool yes = !value || strcmp(value, "yes") == 0 || strcmp(value, "true") == 0;
    *flag = yes;
    if (yes || strcmp(value, "no") == 0 || strcmp(value, "false") == 0)
        return true;
    problem_set(problem, "yes or no", "--%s takes no value but yes and no", name);
    return false;
}

#define TEXT(field) return (void)((field) = value), true
static bool apply(CommandLine *line, OptionId id, const char *value, Problem *problem)
{
    news2pdf_options *o = &line->options;
    const char *name = option_table[id].name;
    switch (id) {
    case OPTION_OUTPUT: TEXT(o->output);
    case OPTION_TARGET: TEXT(o->target);
    case OPTION_PDFX: TEXT(o->pdfx);
    case OPTION_PDFA: TEXT(o->pdfa);
    case OPTION_PDFUA: TEXT(o->pdfua);
    case OPTION_PROFILE: TEXT(o->profile);
    case OPTION_CONDITION: TEXT(o->condition);
    case OPTION_MARKS: TEXT(o->marks);
    case OPTION_BLEED: TEXT(o->bleed);
    case OPTION_MAP: TEXT(o->map);
    case OPTION_ITEM: TEXT(o->item);
    case OPTION_LIST: TEXT(o->list);
    case OPTION_TITLE: TEXT(o->title);
    case OPTION_ORDER: TEXT(o->order);
    case OPTION_SECTIONS: TEXT(o->sections);
    case OPTION_ENCODING: TEXT(o->encoding);
    case OPTION_LANGUAGE: TEXT(o->language);
    case OPTION_HEADLINE: TEXT(o->headline);
    case OPTION_DUMP: TEXT(o->dump);
    case OPTION_COLOR: TEXT(line->color);
    case OPTION_RESULTS: TEXT(line->results);
    case OPTION_LOG: TEXT(line->log);
    case OPTION_NOTIFY: TEXT(line->notify);
    case OPTION_ZONE: TEXT(line->zone);
    case OPTION_NAME: TEXT(line->name);
    case OPTION_HANDOFF:
        if (line->command == COMMAND_CONVERT)
            TEXT(o->handoff);
        TEXT(line->handoff);
    case OPTION_PROOFS: TEXT(o->proofs);
    case OPTION_PAGES: TEXT(o->pages);
    case OPTION_IMPOSE: TEXT(o->impose);
    case OPTION_CREEP: TEXT(o->creep);
    case OPTION_PREFLIGHT: return push(line->preflight, 9, value, name, problem);
    case OPTION_TICKET: return push(line->ticket, 17, value, name, problem);
    case OPTION_DONE: TEXT(line->done);
    case OPTION_FAILED: TEXT(line->failed);
    case OPTION_STYLE: return push_anew(line, &line->style_level, line->styles, 33, value, name, problem);
    case OPTION_WAIT_FOR: return push_anew(line, &line->wait_level, line->wait_for, 17, value, name, problem);
    case OPTION_ALLOW: return push(line->allow, 33, value, name, problem);
    case OPTION_LIMIT: return check_limit(value, problem) && push(line->limit, 17, value, name, problem);
    case OPTION_CPU: return set_number(&line->cpu, 1, name, value, problem);
    case OPTION_LINEARIZE: return set_flag(&o->linearize, name, value, problem);
    case OPTION_ATTACH: return push(line->attach, 33, value, name, problem);
    case OPTION_SET:
        if (!strchr(value, '=') || value[0] == '=')
            return wrong_value("set", "NAME=VALUE", value, problem);
        return push(line->set, 129, value, name, problem);
    case OPTION_FORMAT: o->format = value; return check_format(value, problem);
    case OPTION_AS: o->as = value[0] == 'a' ? NEWS2PDF_AS_ARTICLE : NEWS2PDF_AS_DOCUMENT; return true;
    case OPTION_RIGHTS: o->strict_rights = value[0] == 's'; return true;
    case OPTION_DATE:
        o->date = value;
        return is_date(value) || wrong_value(name, "YYYY-MM-DD or YYYY-MM-DDThh:mm:ss", value, problem);
    case OPTION_SINCE:
        o->since = value;
        return is_span(value) || is_date(value) ||
               wrong_value(name, "a span such as 24h, 90m, 2d or 1w, or a date", value, problem);
    case OPTION_UNTIL:
        line->until = value;
        return is_time_of_day(value) || wrong_value(name, "a time such as 05:20", value, problem);
    case OPTION_JSON: return set_flag(&line->json, name, value, problem);
    case OPTION_QUIET: return set_flag(&line->quiet, name, value, problem);
    case OPTION_SANDBOX:
        if (line->level != 2)
            return set_flag(&line->sandbox, name, value, problem);
        break; /* what a job or a profile says must not open the door */
    case OPTION_ONCE: return set_flag(&line->once, name, value, problem);
    case OPTION_STRICT: return set_flag(&o->strict, name, value, problem);
    case OPTION_FORCE: return set_flag(&o->force, name, value, problem);
    case OPTION_PLAIN: return set_flag(&o->plain, name, value, problem);
    case OPTION_THREADS: return set_number(&o->threads, 1, name, value, problem);
    case OPTION_JOBS: return set_number(&line->jobs, 1, name, value, problem);
    case OPTION_TIME: return set_number(&line->time, 1, name, value, problem);
    case OPTION_SETTLE: return set_number(&line->settle, 0, name, value, problem);
    case OPTION_PATIENCE: return set_number(&line->patience, 0, name, value, problem);
    case OPTION_MEMORY: return set_size(&line->memory, name, value, problem);
    case OPTION_SHARD: return set_shard(line, value, problem);
    case OPTION_CONFIG:
    case OPTION_STYLES:
    case OPTION_FORMATS:
    case OPTION_TARGETS:
    case OPTION_COMPLETION:
    case OPTION_MANUAL:
    case OPTION_VERSION:
    case OPTION_HELP:
    case OPTION_HELP_ALL:
    case OPTION_ROWS: break;
    }
    problem_set(problem, NULL, "--%s stands only on the command line", name);
    return false;
}

static bool belongs(const CommandLine *line, const Option *option, Problem *problem)
{
    if (!(option->in & FOR_SOME) || option->in & 1u << (4 + line->command))
        return true;
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (option->in & 1u << (4 + i)) {
            problem_set(problem, NULL, "--%s is an option of news2pdf %s", option->name, command_table[i].name);
            return false;
        }
    return true;
}

bool command_line_set(CommandLine *line, const char *name, const char *value, Problem *problem)
{
    problem->hint[0] = 0;
    int row = option_find(name, strlen(name));
    if (row < 0) {
        problem_set(problem, "news2pdf --help-all lists the options", "there is no option \"%s\"", name);
        suggest_option(name, problem);
        return false;
    }
    const Option *option = &option_table[row];
    if (!belongs(line, option, problem))
        return false;
    if (option->value && !value) {
        problem_set(problem, NULL, "--%s needs %s", name, option->value);
        return false;
    }
    if (option_is_choice(option) && !check_choice(option, value, problem))
        return false;
    return apply(line, (OptionId)row, value, problem);
}

static bool set_all(CommandLine *line, const Settings *settings, Problem *problem, const Setting **at)
{
    for (int i = 0; settings && i < settings->count; i++) {
        *at = &settings->at[i];
        if (!command_line_set(line, settings->at[i].name, settings->at[i].value, problem))
            return false;
    }
    line->level++;
    return true;
}

bool command_line_fill(CommandLine *line, const Invocation *typed, const Settings *own, Problem *problem,
                       const Setting **at)
{
    *line = (CommandLine){.command = typed->command,
                          .level = 1,
                          .sandbox = true,
                          .jobs = 1,
                          .shards = 1,
                          .shard = 1,
                          .time = typed->command == COMMAND_CONVERT ? 3600 : 300,
                          .cpu = 1800,
                          .settle = 2,
                          .patience = 60,
                          .memory = (size_t)(typed->command == COMMAND_CONVERT ? 4 : 2) << 30};
    if (!set_all(line, &typed->config, problem, at) || !set_all(line, own, problem, at) ||
        !set_all(line, &typed->given, problem, at))
        return false;
    line->options.set = line->set;
    line->options.allow = line->allow;
    line->options.attach = line->attach;
    line->options.limits = line->limit;
    line->options.preflight = line->preflight;
    line->options.ticket = line->ticket;
    line->options.styles = line->styles[0] ? line->styles : NULL;
    return true;
}
