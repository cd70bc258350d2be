/* cli/handoff.h: copies of what was made, where others wait for it. */
#ifndef N2P_CLI_HANDOFF_H
#define N2P_CLI_HANDOFF_H

#include "cli/child.h"

/* Each file that was written goes into folder/handoff, whole or not at all; a failure makes the outcome one. */
void hand_off(Arena *arena, const char *folder, const char *handoff, Outcome *outcome);
/* path to `to`, through a file beside it that is renamed; *error says why not. */
bool copy_file(Arena *arena, const char *path, const char *to, const char **error);

#endif
