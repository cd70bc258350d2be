/* See confine.h. */
#include "cli/confine.h"
#include "base/sandbox.h"

static const char *enter(void *user, const char *const *reads, const char *const *writes)
{
    (void)user;
#if defined(__SANITIZE_ADDRESS__) /* which reads and clones as it likes */
    (void)reads, (void)writes;
    return NULL;
#else
    return sandbox_enter(reads, writes);
#endif
}

void confine(const CommandLine *line, news2pdf_options *options)
{
    static const news2pdf_message open = {.severity = NEWS2PDF_NOTE,
                                          .code = "no-sandbox",
                                          .message = "without the sandbox, what hides in the input could reach the "
                                                     "network, other programs and every file of yours",
                                          .times = 1};
    if (line->sandbox)
        options->paths = enter;
    else if (options->message)
        options->message(options->user, &open);
}
