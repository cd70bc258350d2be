/* Looking things up in a record. */
#include "record/record.h"

const Record *record_get(const Record *map, const char *key)
{
    for (const Record *entry = map && map->kind == RECORD_MAP ? map->first : NULL; entry; entry = entry->next)
        if (strcmp(entry->key, key) == 0)
            return entry->kind == RECORD_NULL ? NULL : entry;
    return NULL;
}
