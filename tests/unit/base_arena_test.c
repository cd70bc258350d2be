/* Arenas: zeroed and aligned memory, closers in order, rewinding, and what happens when memory is out. */
#include "test.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    Arena *arena = *state;
    unsigned char *before = NULL;
    for (size_t size = 1; size < 5000; size = size * 2 + 1) {
        unsigned char *memory = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xAA, size);
        if (before)
            assert_int_equal(before[0], 0xAA);
        before = memory;
    }
}

static void a_block_larger_than_any_is_given(void **state)
{
    size_t size = (size_t)5 << 20;
    unsigned char *memory = arena_alloc(*state, size);
    memory[0] = memory[size - 1] = 1;
    assert_int_equal(memory[size / 2], 0);
}

static void reused_memory_is_zeroed_again(void **state)
{
    Arena *arena = *state;
    ArenaMark mark = arena_mark(arena);
    char *first = arena_alloc(arena, 64);
    memset(first, 'x', 64);
    arena_rewind(arena, mark);
    char *second = arena_alloc(arena, 64);
    for (int i = 0; i < 64; i++)
        assert_int_equal(second[i], 0);
}

typedef struct {
    int order[4], count;
} Log;
typedef struct {
    Log *log;
    int number;
} Closing;

static void note_closing(void *object)
{
    Closing *closing = object;
    closing->log->order[closing->log->count++] = closing->number;
}

static void closers_run_newest_first(void **state)
{
    (void)state;
    Memory memory = {0};
    Log log = {0};
    Closing closings[3] = {{&log, 1}, {&log, 2}, {&log, 3}};
    assert_int_equal(setjmp(memory.out), 0);
    Arena *arena = arena_new(&memory);
    for (int i = 0; i < 3; i++)
        arena_at_free(arena, note_closing, &closings[i]);
    arena_free(arena);
    assert_int_equal(log.count, 3);
    assert_int_equal(log.order[0], 3);
    assert_int_equal(log.order[2], 1);
}

static void rewinding_runs_only_the_closers_since_the_mark(void **state)
{
    Arena *arena = *state;
    Log log = {0};
    Closing kept = {&log, 1}, dropped = {&log, 2};
    arena_at_free(arena, note_closing, &kept);
    ArenaMark mark = arena_mark(arena);
    arena_at_free(arena, note_closing, &dropped);
    arena_alloc(arena, 3 << 20); /* in a block of its own, which the rewind must give back */
    arena_rewind(arena, mark);
    assert_int_equal(log.count, 1);
    assert_int_equal(log.order[0], 2);
    arena_rewind(arena, (ArenaMark){mark.block, mark.next, NULL}); /* `log` ends before the arena does */
    assert_int_equal(log.count, 2);
}

static void the_limit_jumps_to_the_jobs_entry(void **state)
{
    (void)state;
    Memory memory = {.limit = 1 << 20};
    volatile int allocated = 0;
    if (setjmp(memory.out) == 0) {
        Arena *arena = arena_new(&memory);
        for (; allocated < 1000; allocated++)
            arena_alloc(arena, 10000);
        fail_msg("10 MB came out of 1 MB");
    }
    assert_in_range(allocated, 50, 105);
    memory_free_all(&memory);
    assert_null(memory.arenas);
    assert_int_equal(memory.used, 0);
}

static void a_size_that_overflows_is_out_of_memory(void **state)
{
    (void)state;
    Memory memory = {0};
    volatile bool jumped = true;
    if (setjmp(memory.out) == 0) {
        Arena *arena = arena_new(&memory);
        arena_alloc(arena, SIZE_MAX - 8);
        jumped = false;
    }
    memory_free_all(&memory);
    assert_true(jumped);
}

static void arenas_may_be_freed_in_any_order(void **state)
{
    (void)state;
    Memory memory = {0};
    assert_int_equal(setjmp(memory.out), 0);
    Arena *first = arena_new(&memory), *second = arena_new(&memory), *third = arena_new(&memory);
    arena_alloc(first, 100);
    arena_alloc(second, 100);
    arena_alloc(third, 100);
    arena_free(second);
    arena_free(third);
    arena_alloc(first, 100);
    arena_free(first);
    assert_null(memory.arenas);
    assert_int_equal(memory.used, 0);
    arena_free(NULL);
}

static void vectors_grow_and_keep_their_items(void **state)
{
    Arena *arena = *state;
    VEC(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        VEC_PUSH(arena, numbers, i * 3);
    assert_int_equal(numbers.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.at[i], i * 3);
}

static void strings_are_copied_and_ended(void **state)
{
    Arena *arena = *state;
    assert_string_equal(arena_string(arena, "abcdef", 3), "abc");
    assert_string_equal(arena_string(arena, NULL, 0), "");
    assert_string_equal(arena_format(arena, "%s-%d", "page", 12), "page-12");
    int numbers[2] = {7, 8}, *copy = arena_copy(arena, numbers, sizeof numbers);
    assert_int_equal(copy[1], 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(memory_is_zeroed_aligned_and_apart),
        TEST(a_block_larger_than_any_is_given),
        TEST(reused_memory_is_zeroed_again),
        TEST(closers_run_newest_first),
        TEST(rewinding_runs_only_the_closers_since_the_mark),
        TEST(the_limit_jumps_to_the_jobs_entry),
        TEST(a_size_that_overflows_is_out_of_memory),
        TEST(arenas_may_be_freed_in_any_order),
        TEST(vectors_grow_and_keep_their_items),
        TEST(strings_are_copied_and_ended),
    };
    return cmocka_run_group_tests_name("base: arenas", tests, NULL, NULL);
}
