/* news2pdf FILE... -o OUT.pdf: one conversion, its messages on standard error. */
#include "cli/commands.h"
#include "cli/confine.h"
#include "cli/limits.h"
#include "cli/messages.h"

typedef struct {
    MessageLook look;
    Progress progress;
} Telling;

static void on_message(void *user, const news2pdf_message *message)
{
    Telling *telling = user;
    progress_end(&telling->progress);
    message_print(stderr, message, telling->look);
}

static void on_page(void *user, int pages)
{
    Telling *telling = user;
    progress_pages(&telling->progress, pages);
}

int command_convert(const Invocation *typed)
{
    CommandLine line;
    if (!arguments_fill(&line, typed))
        return EXIT_USAGE;
    news2pdf_options *o = &line.options;
    if (typed->word_count == 0 && !o->list)
        return usage_wrong("news2pdf article.xml -o bulletin.pdf", "no input file"), EXIT_USAGE;
    if (!o->output && o->dump)
        o->output = "-";
    if (!o->output && !o->handoff)
        return usage_wrong("-o bulletin.pdf", "no output file"), EXIT_USAGE;
    Telling telling = {{line.json, line.quiet, message_color(&line)}, progress_begin(&line)};
    o->input = typed->words[0];
    o->inputs = typed->words;
    o->message = on_message;
    o->page = on_page;
    o->user = &telling;
    limits_set(&line, o);
    confine(&line, o);
    news2pdf_result result;
    int status = news2pdf_convert(o, &result);
    progress_end(&telling.progress);
    if (fflush(stdout) != 0 && status == 0)
        status = EXIT_FAILED;
    return limits_outcome(&line, status);
}
