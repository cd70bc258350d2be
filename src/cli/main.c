/* The command line: options, messages, exit codes. The library's first client. */
#include "cli/commands.h"
#include "cli/messages.h"

static int list_styles(void)
{
    char name[256], description[256];
    for (int i = 0; news2pdf_style(NULL, i, name, description); i++)
        printf("%-12s %s\n", name, description);
    return 0;
}

static int list_formats(void)
{
    const char *name, *description;
    for (int i = 0; news2pdf_format(i, &name, &description); i++)
        printf("%-12s %s\n", name, description);
    return 0;
}

static int list_targets(void)
{
    const char *name, *description;
    for (int i = 0; news2pdf_target(i, &name, &description); i++)
        printf("%-14s %s\n", name, description);
    return 0;
}

/* The options that are commands of their own. */
static int answer(const Invocation *typed)
{
    switch (typed->asked) {
    case OPTION_VERSION: printf("news2pdf %s\n", news2pdf_version()); return 0;
    case OPTION_STYLES: return list_styles();
    case OPTION_FORMATS: return list_formats();
    case OPTION_TARGETS: return list_targets();
    case OPTION_MANUAL: manual_print(stdout); return 0;
    case OPTION_COMPLETION:
        if (completion_print(stdout, typed->asked_value))
            return 0;
        usage_wrong("one of bash zsh fish", "--completion can't be \"%s\"", typed->asked_value);
        return EXIT_USAGE;
    default: help_print(stdout, typed->command, typed->asked == OPTION_HELP_ALL); return 0;
    }
}

static int run(const Invocation *typed)
{
    switch (typed->command) {
    case COMMAND_MAKE: return command_make(typed);
    case COMMAND_INIT: return command_init(typed);
    case COMMAND_BATCH: return command_batch(typed);
    case COMMAND_HOTFOLDER: return command_hotfolder(typed);
    case COMMAND_PREFLIGHT: return command_preflight(typed);
    case COMMAND_CONVERT:
    case COMMAND_COUNT: break;
    }
    return command_convert(typed);
}

int main(int argc, char **argv)
{
    Memory memory = {0};
    if (setjmp(memory.out)) {
        usage_wrong(NULL, "memory ran out");
        return EXIT_FAILED;
    }
    Invocation typed;
    int status = EXIT_USAGE;
    if (arguments_read(&typed, arena_new(&memory), argc, argv))
        status = typed.asked >= 0 ? answer(&typed) : run(&typed);
    memory_free_all(&memory);
    return status;
}
