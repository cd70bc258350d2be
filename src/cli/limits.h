/* cli/limits.h: time and memory of a conversion in this process, and signals that end it.
 * What passes a limit ends soon, as one that fails: nothing is written, nothing left behind. */
#ifndef N2P_CLI_LIMITS_H
#define N2P_CLI_LIMITS_H

#include "cli/cli.h"

void limits_set(const CommandLine *line, news2pdf_options *options); /* sets options->stop too */
/* After the conversion: prints the message of a limit of time; the exit code instead of `status`. */
int limits_outcome(const CommandLine *line, int status);

#endif
