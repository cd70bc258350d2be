/* Arenas: chained blocks, freed together. See base.h. */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

enum { ALIGNMENT = 16, BLOCK = 32 * 1024, BLOCK_LARGEST = 1024 * 1024 };

typedef struct Block {
    struct Block *before;
    size_t size; /* with this head */
    char *saved; /* next of this block while a newer one is in use */
    size_t padding;
} Block;
typedef struct Closer {
    struct Closer *before;
    void (*close)(void *);
    void *object;
} Closer;
struct Arena {
    Memory *memory;
    Arena *older, *newer;
    Block *block;
    char *next, *end;
    Closer *closers;
    size_t block_size;
};

static void out_of_memory(Memory *memory)
{
    longjmp(memory->out, 1);
}

Arena *arena_new(Memory *memory)
{
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        out_of_memory(memory);
    arena->memory = memory;
    arena->block_size = BLOCK;
    arena->older = memory->arenas;
    if (memory->arenas)
        memory->arenas->newer = arena;
    memory->arenas = arena;
    return arena;
}

Arena *arena_beside(Arena *arena)
{
    return arena_new(arena->memory);
}

const FileWatch *arena_files(const Arena *arena)
{
    return &arena->memory->files;
}

void arena_heed(Arena *arena)
{
    if (arena->memory->stop && *arena->memory->stop)
        out_of_memory(arena->memory);
}

static void drop_block(Arena *arena)
{
    Block *block = arena->block;
    arena->block = block->before;
    arena->memory->used -= block->size;
    free(block);
    arena->next = arena->block ? arena->block->saved : NULL;
    arena->end = arena->block ? (char *)arena->block + arena->block->size : NULL;
}

static void run_closers(Arena *arena, const Closer *until)
{
    while (arena->closers != until) {
        Closer *closer = arena->closers;
        arena->closers = closer->before;
        closer->close(closer->object);
    }
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    run_closers(arena, NULL);
    while (arena->block)
        drop_block(arena);
    if (arena->newer)
        arena->newer->older = arena->older;
    else
        arena->memory->arenas = arena->older;
    if (arena->older)
        arena->older->newer = arena->newer;
    free(arena);
}

void memory_free_all(Memory *memory)
{
    while (memory->arenas)
        arena_free(memory->arenas);
}

static void grow(Arena *arena, size_t size)
{
    size_t room = size + sizeof(Block) + ALIGNMENT;
    size_t wanted = room > arena->block_size ? room : arena->block_size;
    Memory *memory = arena->memory;
    if (wanted < size || (memory->limit && memory->used + wanted > memory->limit))
        out_of_memory(memory);
    arena_heed(arena);
    Block *block = malloc(wanted);
    if (!block)
        out_of_memory(memory);
    memory->used += wanted;
    if (arena->block)
        arena->block->saved = arena->next;
    block->before = arena->block;
    block->size = wanted;
    arena->block = block;
    arena->next = (char *)block + sizeof(Block);
    arena->end = (char *)block + wanted;
    if (arena->block_size < BLOCK_LARGEST)
        arena->block_size *= 2;
}

void *arena_alloc(Arena *arena, size_t size)
{
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded < size)
        out_of_memory(arena->memory);
    if ((size_t)(arena->end - arena->next) < rounded)
        grow(arena, rounded);
    void *memory = arena->next;
    arena->next += rounded;
    return memset(memory, 0, rounded);
}

void *arena_copy(Arena *arena, const void *data, size_t size)
{
    void *copy = arena_alloc(arena, size);
    if (size)
        memcpy(copy, data, size);
    return copy;
}

char *arena_string(Arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_format(Arena *arena, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *text = arena_alloc(arena, (size_t)length + 1);
    va_start(list, format);
    vsnprintf(text, (size_t)length + 1, format, list);
    va_end(list);
    return text;
}

void arena_at_free(Arena *arena, void (*close)(void *), void *object)
{
    Closer *closer = NEW(arena, Closer);
    *closer = (Closer){arena->closers, close, object};
    arena->closers = closer;
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){arena->block, arena->next, arena->closers};
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
    run_closers(arena, mark.closers);
    while (arena->block != mark.block)
        drop_block(arena);
    arena->next = mark.next;
}

void *vec_grow(Arena *arena, const void *items, int count, int *room, size_t size)
{
    if (*room > INT_MAX / 2)
        out_of_memory(arena->memory);
    int more = *room ? *room * 2 : 8;
    void *larger = arena_alloc(arena, (size_t)more * size);
    if (count)
        memcpy(larger, items, (size_t)count * size);
    *room = more;
    return larger;
}
