/* base/base.h: what every stage stands on: memory, names, lengths, places, messages, files.
 * Knows nothing of documents, styles or pages. */
#ifndef N2P_BASE_H
#define N2P_BASE_H

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ---- memory -------------------------------------------------------------------------------
 * An arena for each lifetime: what is made together goes together. arena_alloc never returns
 * NULL: when memory runs out, or the limit is passed, it jumps to the job's entry (memory->out),
 * which frees every arena of the Memory. */
typedef struct Arena Arena;
typedef enum { FILE_READ, FILE_SOUGHT, FILE_WRITTEN } FileUse; /* sought: looked for and not there */
typedef struct FileWatch {
    void (*saw)(void *user, const char *path, FileUse use); /* NULL: nobody watches */
    void *user;
} FileWatch;
typedef struct Memory {
    jmp_buf out;              /* set by the job's entry with setjmp before the first arena is made */
    size_t used, limit;       /* bytes; limit 0: none */
    Arena *arenas;            /* all that are open */
    const volatile int *stop; /* not NULL: once it is not 0 the next block ends the job, as when memory runs out */
    FileWatch files;          /* told of every file that a job with this memory opens */
} Memory;
typedef struct {
    void *block;
    char *next;
    void *closers;
} ArenaMark;

Arena *arena_new(Memory *memory);
Arena *arena_beside(Arena *arena);            /* another of the same memory */
void arena_free(Arena *arena);                /* runs the closers, then frees */
void memory_free_all(Memory *memory);         /* every arena, newest first */
void *arena_alloc(Arena *arena, size_t size); /* zeroed, 16-byte aligned */
void *arena_copy(Arena *arena, const void *data, size_t size);
char *arena_string(Arena *arena, const char *text, size_t length); /* NUL-terminated copy */
char *arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_heed(Arena *arena); /* ends the job if it is stopped: for what waits long without memory */
const FileWatch *arena_files(const Arena *arena);
void arena_at_free(Arena *arena, void (*close)(void *), void *object); /* for foreign objects */
ArenaMark arena_mark(const Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark); /* runs the closers made since the mark */
#define NEW(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define NEW_ARRAY(arena, Type, count) ((Type *)arena_alloc((arena), sizeof(Type) * (size_t)(count)))

/* A growing array in an arena. VEC(int) v = {0}; VEC_PUSH(arena, v, 3); v.at[0], v.count */
#define VEC(Type)        \
    struct {             \
        Type *at;        \
        int count, room; \
    }
#define VEC_PUSH(arena, vec, ...)                                                                     \
    ((vec).count == (vec).room                                                                        \
         ? (void)((vec).at = vec_grow((arena), (vec).at, (vec).count, &(vec).room, sizeof *(vec).at)) \
         : (void)0,                                                                                   \
     (void)((vec).at[(vec).count++] = (__VA_ARGS__)))
void *vec_grow(Arena *arena, const void *items, int count, int *room, size_t size);

/* ---- bytes and strings -------------------------------------------------------------------- */
typedef struct {
    const char *data;
    size_t size;
} Bytes;

/* A growing byte buffer in an arena; always NUL-terminated once something was added. */
typedef struct {
    Arena *arena;
    char *data;
    size_t size, room;
} Buffer;
void buffer_add(Buffer *buffer, const void *data, size_t size);
void buffer_text(Buffer *buffer, const char *text);
void buffer_format(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_utf8(Buffer *buffer, uint32_t codepoint);
void buffer_xml(Buffer *buffer, const char *text, size_t size); /* escapes & < > " */

uint32_t utf8_next(const char **at, const char *end); /* U+FFFD for each bad byte; at < end needed */
int utf8_put(char out[4], uint32_t codepoint);        /* bytes written */
bool utf8_valid(const char *text, size_t size);
bool text_equal_nocase(const char *a, const char *b); /* ASCII letters only */
uint64_t hash_bytes(const void *data, size_t size, uint64_t seed);
int edit_distance(const char *a, const char *b, int limit); /* for suggestions; > limit: limit + 1 */

/* ---- names ---------------------------------------------------------------------------------
 * Interned strings: equal names of one table are the same pointer. */
typedef const char *Name;
typedef struct Names Names;
Names *names_new(Arena *arena);
Name name_intern(Names *names, const char *text, size_t length);
Name name_of(Names *names, const char *text);

/* ---- lengths -------------------------------------------------------------------------------
 * 1/1024 pt; 1 px = 768. Computed values are clamped to +-2^29, sums saturate at LEN_MAX. */
typedef int32_t Len;
#define LEN_PT 1024
#define LEN_PX 768
#define LEN_MAX (1 << 30)
#define LEN_CLAMP (1 << 29)
#define NONE INT32_MIN      /* "not known"; never enters arithmetic */
#define RATIO_ONE (1 << 20) /* a percentage or factor of 100 % */
static inline Len len_clamp(int64_t value)
{
    return (Len)(value > LEN_MAX ? LEN_MAX : value < -LEN_MAX ? -LEN_MAX : value);
}
static inline Len len_add(Len a, Len b)
{
    return len_clamp((int64_t)a + b);
}
static inline Len len_ratio(Len base, int32_t ratio) /* base * ratio / RATIO_ONE, to nearest */
{
    int64_t product = (int64_t)base * ratio;
    return len_clamp((product + (product < 0 ? -RATIO_ONE / 2 : RATIO_ONE / 2)) / RATIO_ONE);
}
static inline Len len_scale(Len value, int64_t times, int64_t over) /* value * times / over */
{
    int64_t product = value * times;
    return over == 0 ? 0 : len_clamp((product + ((product < 0) != (over < 0) ? -over / 2 : over / 2)) / over);
}
static inline Len len_min(Len a, Len b)
{
    return a < b ? a : b;
}
static inline Len len_max(Len a, Len b)
{
    return a > b ? a : b;
}

/* ---- places and messages ------------------------------------------------------------------- */
typedef struct {
    const char *file; /* as the user named it; NULL: no place */
    int line, column; /* from 1; 0: not known */
} Source;

typedef enum { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;
typedef struct Diagnostic {
    Severity severity;
    const char *code; /* stable, kebab-case: "photo-missing" */
    Source source;
    const char *message, *hint; /* hint may be NULL */
    int times;                  /* how often the same message came at the same place */
} Diagnostic;
typedef struct Diag {
    Arena *arena;
    VEC(Diagnostic) list;
    int errors, warnings;
} Diag;
/* Each returns the entry's index, for diag_hint. Equal messages at equal places are counted, not repeated. */
int diag_warn(Diag *diag, const char *code, Source source, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int diag_error(Diag *diag, const char *code, Source source, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int diag_note(Diag *diag, const char *code, Source source, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_hint(Diag *diag, int index, const char *format, ...) __attribute__((format(printf, 3, 4)));
#define NO_SOURCE ((Source){0})

/* ---- limits --------------------------------------------------------------------------------- */
typedef struct {
    size_t input_bytes; /* one input file */
    int depth;          /* nested elements */
    int nodes;          /* of a document */
    int64_t pixels;     /* of one picture */
    int pages;
    size_t memory;
} Limits;
extern const Limits default_limits;

/* ---- files -----------------------------------------------------------------------------------
 * Closed by default: a path from a document is opened only below one of the roots (after
 * resolving symbolic links). Paths that the user typed go through file_read_trusted. */
typedef struct FileAccess {
    VEC(const char *) roots; /* real paths without a trailing slash */
    Arena *arena;
} FileAccess;
void file_allow(FileAccess *access, const char *directory);                  /* ignored if it doesn't exist */
typedef enum { FILE_OK, FILE_MISSING, FILE_FORBIDDEN, FILE_TOO_LARGE, FILE_ERROR } FileStatus;
/* href: a relative reference as a document has it (%-escapes decoded here, query and fragment cut;
 * "http:", "file:" and other schemes: FILE_FORBIDDEN), resolved against directory. The real path. */
FileStatus file_resolve(const FileAccess *access, Arena *arena, const char *directory, const char *href,
                        const char **path);
bool file_is_below(const FileAccess *access, Arena *arena, const char *path); /* of a path as it is, links followed */
FileStatus file_map(Arena *arena, const char *path, size_t limit,
                    Bytes *bytes);                                     /* mapped or read; lives as the arena */
FileStatus file_map_own(Arena *arena, const char *path, Bytes *bytes); /* what this job wrote: nobody is told */
FileStatus file_read_stdin(Arena *arena, size_t limit, Bytes *bytes);
const char *path_directory(Arena *arena, const char *path); /* "a/b.xml" -> "a"; "b.xml" -> "." */
const char *path_join(Arena *arena, const char *directory, const char *name);

/* The output: written beside the target and renamed over it at commit, so that a failed job leaves
 * an older file untouched; a device, pipe or "-" is written straight through. */
typedef struct Output Output;
Output *output_open(Arena *arena, const char *path, const char **error); /* NULL and *error on failure */
bool output_write(Output *output, const void *data, size_t size);        /* false: failed, sticky */
Output *output_scratch(Arena *arena, const char **error);                /* in no folder; it is gone with the arena */
bool output_read(Output *output, Arena *arena, Bytes *bytes);            /* what was written to a scratch output */
int64_t output_size(const Output *output);
const char *output_written(const Output *output); /* where the bytes are before the commit; NULL: in a pipe or device */
void output_rename(Output *output, const char *path); /* in the same folder; before the commit */
bool output_finish(Output *output); /* nothing more is written: the file is closed, its commit may come much later */
bool output_commit(Output *output, const char **error); /* sync, rename; false: nothing was changed */
/* An output that isn't committed is removed when its arena is freed. */

#endif
