/* cli/wait.h: waiting for a late article, but not for ever. */
#ifndef N2P_CLI_WAIT_H
#define N2P_CLI_WAIT_H

#include "cli/cli.h"

#include <time.h>

/* Until one file of this pattern is there and whole, or until the moment; true: it has come. */
bool wait_for(const char *pattern, time_t until);

#endif
