/* cli/places.h: numbers by key, as where a name was seen before. */
#ifndef N2P_CLI_PLACES_H
#define N2P_CLI_PLACES_H

#include "base/base.h"

typedef struct {
    Arena *arena;
    uint64_t *keys; /* 0: free */
    int64_t *values;
    size_t room, count;
} Places;
int64_t *places_at(Places *places, uint64_t key); /* made with -1 where it is not there yet */

#endif
