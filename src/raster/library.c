/* Finds cairo. See library.h. */
#define _GNU_SOURCE
#include "raster/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

static CairoLibrary library;

static void load_library(void)
{
    static const char *const names[] = {"libcairo.so.2", "libcairo.so", "libcairo.2.dylib"};
    void *handle = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !handle; i++)
        handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    library.loaded = handle != NULL;
#define FIND(name)                                                                    \
    if (library.loaded && !(*(void **)&library.name = dlsym(handle, "cairo_" #name))) \
        library.loaded = false;
    CAIRO_FUNCTIONS(FIND)
}

const CairoLibrary *cairo_library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_library);
    return library.loaded ? &library : NULL;
}
