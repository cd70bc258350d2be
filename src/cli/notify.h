/* cli/notify.h: telling a command the outcome. */
#ifndef N2P_CLI_NOTIFY_H
#define N2P_CLI_NOTIFY_H

#include "cli/log.h"

/* A shell command with the fields in its environment, NEWS2PDF_OUTCOME and so on, and as JSON on its standard input.
 * false: it could not be started, failed, or took more than a minute. */
bool notify(Arena *arena, const char *command, const char *sentence, const LogField *fields, int count);

#endif
