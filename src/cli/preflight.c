/* news2pdf preflight FILE.pdf: a finished file, as a print shop would see it. */
#include "cli/commands.h"
#include "cli/confine.h"
#include "cli/messages.h"

static void on_message(void *user, const news2pdf_message *message)
{
    const MessageLook *look = user;
    message_print(stderr, message, *look);
}

int command_preflight(const Invocation *typed)
{
    CommandLine line;
    if (!arguments_fill(&line, typed))
        return EXIT_USAGE;
    if (typed->word_count != 1)
        return usage_wrong("news2pdf preflight FILE.pdf", "one file is looked at"), EXIT_USAGE;
    MessageLook look = {line.json, line.quiet, message_color(&line)};
    line.options.input = typed->words[0];
    line.options.message = on_message;
    line.options.user = &look;
    confine(&line, &line.options);
    int status = news2pdf_preflight(&line.options, NULL);
    if (fflush(stdout) != 0 && status == 0)
        status = EXIT_FAILED;
    return status;
}
