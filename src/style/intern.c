/* Hash tables that make equal groups and values one pointer. See cascade.h. */
#include "style/cascade.h"

static uint32_t hash_words(const void *data, uint32_t size)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ size, word;
    const char *at = data;
    for (; size >= 8; size -= 8, at += 8) {
        memcpy(&word, at, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    if (size) {
        word = 0;
        memcpy(&word, at, size);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    return (uint32_t)hash;
}

static void enlarge(Arena *arena, InternTable *table)
{
    InternTable old = *table;
    table->room = old.room ? old.room * 2 : 64;
    table->slots = NEW_ARRAY(arena, void *, table->room);
    table->hashes = NEW_ARRAY(arena, uint32_t, table->room);
    for (uint32_t i = 0; i < old.room; i++) {
        if (!old.slots[i])
            continue;
        uint32_t at = old.hashes[i] & (table->room - 1);
        while (table->slots[at])
            at = (at + 1) & (table->room - 1);
        table->slots[at] = old.slots[i];
        table->hashes[at] = old.hashes[i];
    }
}

static void *add(InternTable *table, uint32_t at, uint32_t hash, void *object)
{
    table->count++;
    table->hashes[at] = hash;
    table->slots[at] = object;
    return object;
}

const void *intern_bytes(Arena *arena, InternTable *table, const void *data, uint32_t size)
{
    if (table->count * 4 >= table->room * 3)
        enlarge(arena, table);
    uint32_t hash = hash_words(data, size), at = hash & (table->room - 1);
    for (; table->slots[at]; at = (at + 1) & (table->room - 1))
        if (table->hashes[at] == hash && memcmp(table->slots[at], data, size) == 0)
            return table->slots[at];
    return add(table, at, hash, arena_copy(arena, data, size));
}

const Value *intern_value(Arena *arena, InternTable *table, const Value *value)
{
    if (table->count * 4 >= table->room * 3)
        enlarge(arena, table);
    uint32_t hash = (uint32_t)value_hash(value), at = hash & (table->room - 1);
    for (; table->slots[at]; at = (at + 1) & (table->room - 1))
        if (table->hashes[at] == hash && value_equal(table->slots[at], value))
            return table->slots[at];
    return add(table, at, hash, (void *)(uintptr_t)value);
}
