/* cli/confine.h: a conversion gives up what it does not need before it reads (base/sandbox.h). */
#ifndef N2P_CLI_CONFINE_H
#define N2P_CLI_CONFINE_H

#include "cli/cli.h"

/* Of options that are about to be converted, with their `message` and `user`. Under --no-sandbox a note says what is open. */
void confine(const CommandLine *line, news2pdf_options *options);

#endif
