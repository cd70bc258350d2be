/* Words of the command line: a command, options with their values, files. */
#include "cli/messages.h"

#include <string.h>
#include <unistd.h>

static Command find_command(const char *word)
{
    for (int i = COMMAND_CONVERT + 1; i < COMMAND_COUNT; i++)
        if (strcmp(command_table[i].name, word) == 0)
            return (Command)i;
    return COMMAND_CONVERT;
}

/* "bacth" is no file, and near to a command. */
static bool is_mistyped_command(const char *word)
{
    for (int i = COMMAND_CONVERT + 1; i < COMMAND_COUNT; i++)
        if (edit_distance(word, command_table[i].name, 2) <= 2 && access(word, F_OK) != 0)
            return !usage_wrong(NULL, "there is no file and no command \"%s\"; did you mean news2pdf %s?", word,
                                command_table[i].name);
    return false;
}

static bool unknown_option(const char *word)
{
    Problem problem;
    CommandLine line = {0};
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    if (name[1] != '-' || command_line_set(&line, name + 2, NULL, &problem))
        return usage_wrong("news2pdf --help-all lists the options", "unknown option %s", name);
    char hint[320];
    bool meant = strncmp(problem.hint, "did you mean ", 13) == 0;
    snprintf(hint, sizeof hint, meant ? "did you mean --%s" : "%s", problem.hint + (meant ? 13 : 0));
    return usage_wrong(hint, "unknown option %s", name);
}

typedef struct { /* one option as it was written */
    int row;
    const char *value; /* NULL: not in the same word */
    bool no;           /* --no-NAME */
} Written;

static Written read_option(const char *word)
{
    Written o = {.row = -1};
    if (word[1] == '-') {
        size_t length = strcspn(word + 2, "=");
        o.value = word[2 + length] == '=' ? word + 3 + length : NULL;
        o.row = option_find(word + 2, length);
        if (o.row < 0 && strncmp(word, "--no-", 5) == 0 && !o.value) {
            o.row = option_find(word + 5, length - 3);
            o.no = o.row >= 0 && !option_table[o.row].value;
            o.row = o.no ? o.row : -1;
        }
        return o;
    }
    for (int i = 0; i < OPTION_ROWS; i++)
        if (option_table[i].twin && option_table[i].twin == word[1] && (option_table[i].value || !word[2])) {
            o.row = i;
            o.value = word[2] ? word + 2 : NULL;
        }
    return o;
}

static bool is_command_of_its_own(int row)
{
    return option_table[row].in & ALONE && row != OPTION_CONFIG;
}

/* The option at words[*i], with its value from the next word where it needs one. */
static bool add_option(Invocation *typed, int argc, char **argv, int *i, const char **config)
{
    Written o = read_option(argv[*i]);
    if (o.row < 0)
        return unknown_option(argv[*i]);
    const Option *option = &option_table[o.row];
    if (option->value && !o.value) {
        if (*i + 1 >= argc)
            return usage_wrong(NULL, "--%s needs %s", option->name, option->value);
        o.value = argv[++*i];
    }
    if (is_command_of_its_own(o.row)) {
        if (typed->asked < 0 || o.row == OPTION_HELP) {
            typed->asked = o.row;
            typed->asked_value = o.value;
        }
    } else if (o.row == OPTION_CONFIG) {
        *config = o.value;
    } else {
        VEC_PUSH(typed->arena, typed->given, (Setting){option->name, o.no ? "no" : o.value, NO_SOURCE});
    }
    return true;
}

bool arguments_read(Invocation *typed, Arena *arena, int argc, char **argv)
{
    VEC(const char *) words = {0};
    const char *config = NULL;
    bool only_files = false;
    *typed = (Invocation){.arena = arena, .asked = -1};
    typed->command = argc > 1 ? find_command(argv[1]) : COMMAND_CONVERT;
    for (int i = typed->command == COMMAND_CONVERT ? 1 : 2; i < argc && typed->asked < 0; i++) {
        if (only_files || argv[i][0] != '-' || argv[i][1] == 0)
            VEC_PUSH(arena, words, argv[i]);
        else if (strcmp(argv[i], "--") == 0)
            only_files = true;
        else if (!add_option(typed, argc, argv, &i, &config))
            return false;
    }
    typed->word_count = words.count;
    VEC_PUSH(arena, words, NULL);
    typed->words = words.at;
    if (typed->asked >= 0)
        return true;
    if (typed->command == COMMAND_CONVERT && typed->word_count && is_mistyped_command(typed->words[0]))
        return false;
    return config_read(typed, config);
}

bool arguments_fill(CommandLine *line, const Invocation *typed)
{
    Problem problem;
    const Setting *at = NULL;
    if (command_line_fill(line, typed, NULL, &problem, &at))
        return true;
    return at->source.file ? message_wrong("config-wrong", at->source, problem.message, problem.hint)
                           : usage_wrong(problem.hint, "%s", problem.message);
}
