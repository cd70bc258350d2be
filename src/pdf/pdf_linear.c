/* A file that shows its first page before all of it has come. ISO 32000-1 annex F. The door to libqpdf, which is loaded when
 * the first such file is asked for. */
#include <dlfcn.h>
#include <pthread.h>
#include <qpdf/qpdf-c.h>

#include "pdf/pdf.h"

#define QPDF_FUNCTIONS(DO)          \
    DO(qpdf_init)                   \
    DO(qpdf_cleanup)                \
    DO(qpdf_silence_errors)         \
    DO(qpdf_read_memory)            \
    DO(qpdf_init_write_memory)      \
    DO(qpdf_set_linearization)      \
    DO(qpdf_set_deterministic_ID)   \
    DO(qpdf_set_object_stream_mode) \
    DO(qpdf_set_stream_data_mode)   \
    DO(qpdf_write)                  \
    DO(qpdf_get_buffer)             \
    DO(qpdf_get_buffer_length)
#define MEMBER(name) __typeof__(&name) name;
static struct {
    QPDF_FUNCTIONS(MEMBER)
    bool loaded;
} lib;

static void load_library(void)
{
    static const char *const names[] = {"libqpdf.so.29", "libqpdf.so.30", "libqpdf.so", "libqpdf.dylib"};
    void *handle = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !handle; i++)
        handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    lib.loaded = handle != NULL;
#define FIND(name)                                                   \
    if (lib.loaded && !(*(void **)&lib.name = dlsym(handle, #name))) \
        lib.loaded = false;
    QPDF_FUNCTIONS(FIND)
}

/* Streams, object streams and the file's version stay as they are. */
static bool rewrite(qpdf_data file, Bytes whole, Output *to)
{
    lib.qpdf_silence_errors(file);
    if (lib.qpdf_read_memory(file, "the PDF", whole.data, whole.size, NULL) != QPDF_SUCCESS ||
        lib.qpdf_init_write_memory(file) != QPDF_SUCCESS)
        return false;
    lib.qpdf_set_linearization(file, QPDF_TRUE);
    lib.qpdf_set_deterministic_ID(file, QPDF_TRUE);
    lib.qpdf_set_object_stream_mode(file, qpdf_o_preserve);
    lib.qpdf_set_stream_data_mode(file, qpdf_s_preserve);
    return lib.qpdf_write(file) == QPDF_SUCCESS &&
           output_write(to, lib.qpdf_get_buffer(file), lib.qpdf_get_buffer_length(file));
}

bool pdf_linearize(Bytes whole, Output *to, Diag *diag)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_library);
    if (!lib.loaded) {
        int at = diag_error(diag, "linearize-unavailable", NO_SOURCE, "libqpdf is not there, and --linearize needs it");
        diag_hint(diag, at, "install it (Debian: libqpdf29), or leave --linearize out");
        return false;
    }
    qpdf_data file = lib.qpdf_init();
    bool fine = rewrite(file, whole, to);
    lib.qpdf_cleanup(&file);
    if (!fine)
        diag_error(diag, "output-failed", NO_SOURCE, "the linearized PDF could not be written");
    return fine;
}
