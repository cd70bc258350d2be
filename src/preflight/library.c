/* Finds qpdf. See library.h. */
#define _GNU_SOURCE
#include "preflight/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

static QpdfLibrary library;

static void load_library(void)
{
    static const char *const names[] = {"libqpdf.so.29", "libqpdf.so.30", "libqpdf.so", "libqpdf.29.dylib"};
    void *handle = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !handle; i++)
        handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    library.loaded = handle != NULL;
#define FIND(name)                                                                   \
    if (library.loaded && !(*(void **)&library.name = dlsym(handle, "qpdf_" #name))) \
        library.loaded = false;
    QPDF_FUNCTIONS(FIND)
}

const QpdfLibrary *qpdf_library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_library);
    return library.loaded ? &library : NULL;
}
