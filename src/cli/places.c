/* See places.h: open addressing. */
#include "cli/places.h"

static size_t slot_of(const Places *places, uint64_t key)
{
    size_t at = (size_t)(key >> 7) & (places->room - 1);
    while (places->keys[at] && places->keys[at] != key)
        at = (at + 1) & (places->room - 1);
    return at;
}

static void enlarge(Places *places)
{
    Places old = *places;
    places->room = old.room ? 2 * old.room : 64;
    places->keys = NEW_ARRAY(places->arena, uint64_t, places->room);
    places->values = NEW_ARRAY(places->arena, int64_t, places->room);
    for (size_t i = 0; i < old.room; i++)
        if (old.keys[i]) {
            size_t at = slot_of(places, old.keys[i]);
            places->keys[at] = old.keys[i];
            places->values[at] = old.values[i];
        }
}

int64_t *places_at(Places *places, uint64_t key)
{
    key = key ? key : 1;
    if (2 * places->count >= places->room)
        enlarge(places);
    size_t at = slot_of(places, key);
    if (!places->keys[at]) {
        places->keys[at] = key;
        places->values[at] = -1;
        places->count++;
    }
    return &places->values[at];
}
