/* What every unit test needs: cmocka with its includes, and a memory to work in. */
#ifndef N2P_TEST_H
#define N2P_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

/* cmocka setup and teardown: *state is an Arena. */
static inline int arena_setup(void **state)
{
    static Memory memory;
    if (setjmp(memory.out))
        return -1;
    *state = arena_new(&memory);
    return 0;
}

static inline int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

#endif
