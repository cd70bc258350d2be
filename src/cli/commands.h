/* cli/commands.h: what the first word may ask for. Each returns the exit code. */
#ifndef N2P_CLI_COMMANDS_H
#define N2P_CLI_COMMANDS_H

#include "cli/cli.h"

enum { EXIT_MADE, EXIT_FAILED, EXIT_USAGE, EXIT_WARNINGS_STRICT, EXIT_REFUSED, EXIT_NOTHING, EXIT_WITH_WARNINGS };

int command_convert(const Invocation *typed);
int command_make(const Invocation *typed);
int command_init(const Invocation *typed);
int command_batch(const Invocation *typed);
int command_hotfolder(const Invocation *typed);
int command_preflight(const Invocation *typed);

#endif
