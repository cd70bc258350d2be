/* qpdf's functions, found when the first finished file is read. Handles are numbers; an error is an object that is null. */
#ifndef N2P_PREFLIGHT_LIBRARY_H
#define N2P_PREFLIGHT_LIBRARY_H

#include <qpdf/qpdf-c.h>
#include <stdbool.h>

// clang-format off
#define QPDF_FUNCTIONS(DO) \
    DO(init) DO(cleanup) DO(silence_errors) DO(set_suppress_warnings) DO(read_memory) DO(has_error) DO(get_error) \
    DO(get_error_code) DO(get_error_message_detail) DO(more_warnings) DO(next_warning) DO(is_encrypted) \
    DO(get_pdf_version) DO(get_trailer) DO(get_root) DO(get_num_pages) DO(get_page_n) DO(oh_release_all) \
    DO(oh_is_null) DO(oh_is_bool) DO(oh_is_name) DO(oh_is_string) DO(oh_is_array) DO(oh_is_dictionary) \
    DO(oh_is_stream) DO(oh_is_number) DO(oh_get_bool_value) DO(oh_get_name) DO(oh_get_utf8_value) \
    DO(oh_get_numeric_value) DO(oh_get_array_n_items) DO(oh_get_array_item) DO(oh_begin_dict_key_iter) \
    DO(oh_dict_more_keys) DO(oh_dict_next_key) DO(oh_get_key) DO(oh_get_dict) DO(oh_get_object_id) \
    DO(oh_get_stream_data) DO(oh_get_page_content_data)
// clang-format on
#define QPDF_MEMBER(name) __typeof__(&qpdf_##name) name;
typedef struct {
    QPDF_FUNCTIONS(QPDF_MEMBER)
    bool loaded;
} QpdfLibrary;

const QpdfLibrary *qpdf_library(void); /* NULL: it isn't there */

#endif
