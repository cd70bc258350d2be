/* Completion scripts: names from the option table, styles and the like asked of the program when they are wanted. */
#include "cli/cli.h"

/* The --list-... that names an option's values; NULL: none does. */
static const char *list_of(OptionId id)
{
    return id == OPTION_STYLE ? "styles" : id == OPTION_FORMAT ? "formats" : id == OPTION_TARGET ? "targets" : NULL;
}

static bool is_folder(const Option *option)
{
    return option->value && (strcmp(option->value, "DIR") == 0 || strcmp(option->value, "FOLDER") == 0);
}

static void print_choices(FILE *out, const Option *option)
{
    size_t length;
    const char *word;
    for (int i = 0; (word = option_choice(option, i, &length)); i++)
        fprintf(out, "%s%.*s", i ? " " : "", (int)length, word);
}

static void print_names(FILE *out, const char *before)
{
    for (int i = 0; i < OPTION_ROWS; i++) {
        fprintf(out, "%s%s%s", i ? " " : "", before, option_table[i].name);
        if (option_table[i].twin)
            fprintf(out, " -%c", option_table[i].twin);
    }
}

static void print_commands(FILE *out)
{
    for (int i = COMMAND_CONVERT + 1; i < COMMAND_COUNT; i++)
        fprintf(out, "%s%s", i > COMMAND_CONVERT + 1 ? " " : "", command_table[i].name);
}

/* ---- bash ---- */
static void bash_values(FILE *out, OptionId id)
{
    const Option *option = &option_table[id];
    const char *list = list_of(id);
    fprintf(out, "    --%s", option->name);
    if (option->twin)
        fprintf(out, "|-%c", option->twin);
    fprintf(out, ")\n        ");
    if (option_is_choice(option)) {
        fprintf(out, "COMPREPLY=($(compgen -W '");
        print_choices(out, option);
        fprintf(out, "' -- \"$word\"))");
    } else if (list) {
        fprintf(
            out,
            "COMPREPLY=($(compgen -W \"$(\"${COMP_WORDS[0]}\" --list-%s 2>/dev/null | cut -d' ' -f1)\" -- \"$word\"))",
            list);
        if (id == OPTION_STYLE)
            fprintf(out, "\n        COMPREPLY+=($(compgen -f -X '!*.css' -- \"$word\"))");
    } else {
        fprintf(out, "COMPREPLY=($(compgen -%c -- \"$word\"))", is_folder(option) ? 'd' : 'f');
    }
    fprintf(out, "\n        return;;\n");
}

static void print_bash(FILE *out)
{
    fprintf(out, "# bash completion for news2pdf: source <(news2pdf --completion bash)\n_news2pdf()\n{\n"
                 "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                 "    # bash parts words at \"=\"\n"
                 "    [ \"$word\" = = ] && word= || { [ \"$before\" = = ] && before=${COMP_WORDS[COMP_CWORD-2]}; }\n"
                 "    COMPREPLY=()\n    case $before in\n");
    for (int i = 0; i < OPTION_ROWS; i++)
        if (option_table[i].value)
            bash_values(out, (OptionId)i);
    fprintf(out, "    esac\n    if [[ $word == -* ]]; then\n        COMPREPLY=($(compgen -W '");
    print_names(out, "--");
    fprintf(out, "' -- \"$word\"))\n    else\n        COMPREPLY=($(compgen -f -- \"$word\"))\n"
                 "        [ \"$COMP_CWORD\" = 1 ] && COMPREPLY+=($(compgen -W '");
    print_commands(out);
    fprintf(out, "' -- \"$word\"))\n    fi\n}\ncomplete -o filenames -F _news2pdf news2pdf\n");
}

/* ---- zsh ---- */
static void zsh_text(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("[]:\\", *text))
            fputc('\\', out);
        fputs(*text == '\'' ? "'\\''" : (char[]){*text, 0}, out);
    }
}

static void zsh_option(FILE *out, OptionId id)
{
    const Option *option = &option_table[id];
    fprintf(out, "    '*--%s%s[", option->name, option->value ? "=" : "");
    zsh_text(out, option->help);
    fprintf(out, "]");
    if (option->value) {
        fprintf(out, ":");
        zsh_text(out, option->value);
        fprintf(out, ":");
        if (option_is_choice(option)) {
            fprintf(out, "(");
            print_choices(out, option);
            fprintf(out, ")");
        } else if (list_of(id)) {
            fprintf(out, "{_news2pdf_list %s}", list_of(id));
        } else {
            fprintf(out, is_folder(option) ? "_files -/" : "_files");
        }
    }
    fprintf(out, "' \\\n");
}

static void print_zsh(FILE *out)
{
    fprintf(out, "#compdef news2pdf\n_news2pdf_list()\n{\n    local -a names\n"
                 "    names=(${(f)\"$(news2pdf --list-$1 2>/dev/null | cut -d' ' -f1)\"})\n"
                 "    compadd -a names\n    [[ $1 == styles ]] && _files -g '*.css'\n}\n"
                 "_news2pdf_word()\n{\n    (( CURRENT == 2 )) && compadd ");
    print_commands(out);
    fprintf(out, "\n    _files\n}\n_arguments -s \\\n");
    for (int i = 0; i < OPTION_ROWS; i++) {
        zsh_option(out, (OptionId)i);
        if (option_table[i].twin) {
            fprintf(out, "    '*-%c%s[", option_table[i].twin, option_table[i].value ? "+" : "");
            zsh_text(out, option_table[i].help);
            fprintf(out, "]%s' \\\n", option_table[i].value ? ":value:_files" : "");
        }
    }
    fprintf(out, "    '*:file:_news2pdf_word'\n");
}

/* ---- fish ---- */
static void fish_text(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text; text++)
        fprintf(out, strchr("'\\", *text) ? "\\%c" : "%c", *text);
    fputc('\'', out);
}

static void print_fish(FILE *out)
{
    fprintf(out, "# fish completion for news2pdf\ncomplete -c news2pdf -n __fish_use_subcommand -a '");
    print_commands(out);
    fprintf(out, "'\n");
    for (int i = 0; i < OPTION_ROWS; i++) {
        const Option *option = &option_table[i];
        fprintf(out, "complete -c news2pdf -l %s", option->name);
        if (option->twin)
            fprintf(out, " -s %c", option->twin);
        if (option_is_choice(option)) {
            fprintf(out, " -x -a '");
            print_choices(out, option);
            fprintf(out, "'");
        } else if (list_of((OptionId)i)) {
            fprintf(out, " -r -a '(news2pdf --list-%s | string split -f1 \" \")'", list_of((OptionId)i));
        } else if (option->value) {
            fprintf(out, is_folder(option) ? " -x -a '(__fish_complete_directories)'" : " -r");
        }
        fprintf(out, " -d ");
        fish_text(out, option->help);
        fprintf(out, "\n");
    }
}

bool completion_print(FILE *out, const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        print_bash(out);
    else if (strcmp(shell, "zsh") == 0)
        print_zsh(out);
    else if (strcmp(shell, "fish") == 0)
        print_fish(out);
    else
        return false;
    return true;
}
