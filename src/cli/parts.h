/* cli/parts.h: what a killed conversion leaves: NAME.PID-N.part beside its output. */
#ifndef N2P_CLI_PARTS_H
#define N2P_CLI_PARTS_H

#include "cli/places.h"

#include <sys/types.h>

void parts_sweep(Arena *arena, const char *output, pid_t pid); /* pid 0: whosever */

typedef struct { /* outputs whose leavings, of whatever process, may go */
    Arena *arena;
    Places outputs, folders;
    VEC(const char *) folder_names;
} PartsNoted;
void parts_note(PartsNoted *noted, const char *output);
void parts_sweep_noted(PartsNoted *noted, Arena *scratch);
uint64_t path_hash(const char *path);

#endif
