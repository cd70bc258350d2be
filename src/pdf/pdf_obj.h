/* pdf/pdf_obj.h: dictionaries and arrays of a PDF object. The door to libharu: no other file sees its types.
 *   in    keys and values
 *   out   the body of one object as bytes, for pdf_write
 * An object goes when it is put into the file; other objects are named by number only, never held. Lengths and
 * ranges are checked before libharu sees them (its limits: libharu.md 2). */
#ifndef N2P_PDF_OBJ_H
#define N2P_PDF_OBJ_H

#include "base/base.h"
#include "pdf/pdf_write.h"

typedef struct PdfObjects PdfObjects;
typedef struct PdfDict PdfDict;
typedef struct PdfArray PdfArray;

/* scratch: may be emptied after pdf_objects_reset. */
PdfObjects *pdf_objects_new(Arena *arena, Arena *scratch);
void pdf_objects_reset(PdfObjects *objects); /* every dictionary and array goes that was made and not put */
bool pdf_objects_failed(const PdfObjects *objects);

PdfDict *pdf_dict(PdfObjects *objects);
PdfArray *pdf_array(PdfObjects *objects);
/* Keys and names are not empty and are cut at 127 bytes. */
void pdf_set_name(PdfDict *dict, const char *key, const char *name);
void pdf_set_int(PdfDict *dict, const char *key, int value);
void pdf_set_ref(PdfDict *dict, const char *key, Ref ref);
void pdf_set_text(PdfDict *dict, const char *key, const char *utf8); /* text string; long ones are cut at a character */
void pdf_set_bytes(PdfDict *dict, const char *key, const char *data, size_t size);
void pdf_set_dict(PdfDict *dict, const char *key, PdfDict *value);
void pdf_set_array(PdfDict *dict, const char *key, PdfArray *value);
/* A value that is printed already: numbers with decimals, boxes. After all other keys, in this order. */
void pdf_set_raw(PdfDict *dict, const char *key, const char *format, ...) __attribute__((format(printf, 3, 4)));
void pdf_add_ref(PdfArray *array, Ref ref);

void pdf_print_dict(PdfObjects *objects, PdfDict *dict, Buffer *out);
/* Prints, puts into the file, and frees. */
void pdf_put_dict(PdfObjects *objects, PdfFile *file, Ref ref, PdfDict *dict);

/* For bodies that are printed straight: a text string, "(...)" or "<FEFF...>". */
void pdf_print_text(Buffer *out, const char *utf8);
void pdf_print_name(Buffer *out, const char *name);               /* with the slash */
void pdf_print_bytes(Buffer *out, const char *data, size_t size); /* byte string */

#endif
