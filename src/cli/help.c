/* --help fits a screen of 80 by 24; --help-all names everything. */
#include "cli/cli.h"

enum { LEFT = 25, WIDTH = 80 };

static void print_option(FILE *out, const Option *option, bool wrap)
{
    char left[96];
    int length = snprintf(left, sizeof left, "%c%c%s--%s%s%s", option->twin ? '-' : ' ',
                          option->twin ? option->twin : ' ', option->twin ? ", " : "  ", option->name,
                          option->value ? " " : "", option->value ? option->value : "");
    fprintf(out, "  %-*s", LEFT, left);
    if (length > LEFT - 2)
        fprintf(out, "\n  %*s", LEFT, "");
    int at = 0;
    for (const char *word = option->help; *word;) {
        int size = (int)strcspn(word, " ");
        if (wrap && at && at + 1 + size > WIDTH - LEFT - 3) {
            fprintf(out, "\n  %*s", LEFT, "");
            at = 0;
        }
        fprintf(out, "%s%.*s", at ? " " : "", size, word);
        at += size + (at > 0);
        word += size + (word[size] == ' ');
    }
    fprintf(out, "\n");
}

static bool is_of(const Option *option, Command command)
{
    return command == COMMAND_CONVERT ? !(option->in & FOR_SOME) : (option->in & 1u << (4 + command)) != 0;
}

static void print_commands(FILE *out)
{
    for (int i = COMMAND_CONVERT + 1; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-10s %s\n", command_table[i].name, command_table[i].help);
}

static void print_rows(FILE *out, Command command, bool all)
{
    for (int i = 0; i < OPTION_ROWS; i++)
        if (is_of(&option_table[i], command) && (all || command != COMMAND_CONVERT || option_table[i].in & IN_HELP))
            print_option(out, &option_table[i], all || command != COMMAND_CONVERT);
}

static const char exit_codes[] =
    "Exit codes: 0 made, 1 failed, 2 wrong usage, 3 warnings under --strict,\n"
    "4 embargoed, withheld or cancelled, 5 nothing to print, 6 made with warnings (make).\n";

void help_print(FILE *out, Command command, bool all)
{
    const CommandRow *row = &command_table[command];
    fprintf(out, "Usage: news2pdf %s%s%s [OPTIONS]\n", row->name, *row->name ? " " : "", row->words);
    if (command == COMMAND_CONVERT) {
        fprintf(out, "       news2pdf COMMAND ...       (news2pdf COMMAND --help)\n");
        print_commands(out);
    } else {
        fprintf(out, "%c%s.\n", row->help[0] - 'a' + 'A', row->help + 1);
    }
    print_rows(out, command, all);
    if (command != COMMAND_CONVERT && !all)
        fprintf(out, "Every option of a conversion too: news2pdf --help-all\n");
    for (int i = COMMAND_CONVERT + 1; all && command == COMMAND_CONVERT && i < COMMAND_COUNT; i++)
        if (i != COMMAND_INIT) {
            fprintf(out, "\nnews2pdf %s %s\n", command_table[i].name, command_table[i].words);
            print_rows(out, (Command)i, true);
        }
    if (all)
        fprintf(out, "\nFILE may be - for standard input; a flag is undone by --no-NAME.\n%s", exit_codes);
}
