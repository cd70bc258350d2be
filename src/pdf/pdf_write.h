/* pdf/pdf_write.h: objects into a file: object streams, a cross-reference stream, trailer, file identifier.
 *   in    bodies of objects as bytes, in any order, each number once
 *   out   a PDF file of a version, written as it comes; nothing is kept but 8 bytes an object
 * ISO 32000-1 7.5: file structure, object streams, cross-reference streams; before 1.5 objects one by one and a
 * cross-reference table. Knows nothing of what the objects mean. Offsets have 64 bits. A failed write is remembered and told by pdf_file_end. */
#ifndef N2P_PDF_WRITE_H
#define N2P_PDF_WRITE_H

#include "base/base.h"

typedef uint32_t Ref; /* object number; 0: none */
typedef struct PdfFile PdfFile;

PdfFile *pdf_file_new(Arena *arena, Output *output, int version, bool compress); /* version: 14, 17, 20 */
bool pdf_file_compresses(const PdfFile *file);
Ref pdf_reserve(PdfFile *file); /* a number, to be filled later */

/* Into an object stream, where the version has them (not for streams). */
void pdf_put(PdfFile *file, Ref ref, const char *body, size_t size);
void pdf_put_text(PdfFile *file, Ref ref, const char *body);

/* A stream. entries: of its dictionary, without Length, Filter and << >>. PACK_DEFLATE compresses (unless the
 * file is to be readable); PACK_NONE: data as they are, entries name their filter, if there is one. */
typedef enum { PACK_NONE, PACK_DEFLATE } Pack;
void pdf_put_stream(PdfFile *file, Ref ref, const char *entries, Pack pack, Bytes data);
/* The same in parts: already coded data of known size. */
void pdf_stream_begin(PdfFile *file, Ref ref, const char *entries, size_t size);
void pdf_stream_part(PdfFile *file, const void *data, size_t size);
void pdf_stream_end(PdfFile *file);
/* The same for data that come in rows: deflated as they come, whatever their size. */
void pdf_deflate_begin(PdfFile *file, Ref ref, const char *entries);
void pdf_deflate_rows(PdfFile *file, const void *data, size_t size);
void pdf_deflate_end(PdfFile *file);

/* The rest; false: something could not be written. info may be 0. */
bool pdf_file_end(PdfFile *file, Ref root, Ref info);
/* 32 hex digits from everything that was written so far. */
void pdf_file_hash(const PdfFile *file, char hex[33]);

#endif
