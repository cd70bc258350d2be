/* pdf/pdf_struct.h: the structure tree: what the marked pieces of the pages mean, in reading order.
 *   in    tags and the marked content that belongs to them, page by page in painting order
 *   out   StructTreeRoot, structure elements, the parent tree
 * ISO 32000-1 14.7 and 14.8; ISO 14289-1. An element stays in memory until the end: about 60 bytes, and 24
 * for each piece of content. Elements are printed straight, without dictionaries. */
#ifndef N2P_PDF_STRUCT_H
#define N2P_PDF_STRUCT_H

#include "paint/paint.h"
#include "pdf/pdf_obj.h"

typedef struct PdfStruct PdfStruct;
typedef uint32_t Element; /* index; 0: none */

PdfStruct *pdf_struct_new(Arena *arena, PdfFile *file, int version);
/* The tag's element, made with its parents when first seen. Copies what it needs. height: of the page with bleed, bleed: for BBox. */
Element pdf_struct_element(PdfStruct *structure, const Tag *tag, Len height, Len bleed);
const char *pdf_language(Arena *arena,
                         const char *tag); /* pdf_meta.c: as BCP 47 has it; NULL: it is no tag of a language (U11) */
const char *pdf_struct_role(const Tag *tag);
Ref pdf_struct_ref(const PdfStruct *structure, Element element);
/* Content: marked-content id on a page, or in a form of that page (stream not 0); an annotation. */
void pdf_struct_content(PdfStruct *structure, Element element, uint64_t order, Ref page, Ref stream, int mcid);
void pdf_struct_object(PdfStruct *structure, Element element, uint64_t order, Ref page, Ref object);
/* Is a child of the element between two orders? Looks at the latest children only. */
bool pdf_struct_between(const PdfStruct *structure, Element element, uint64_t after, uint64_t before);
/* A new key of the parent tree, for StructParents and StructParent; its value: an array of the elements of each mcid. */
int pdf_struct_key(PdfStruct *structure, Ref value);
/* The element of the whole document; known after pdf_struct_end. */
Ref pdf_struct_document(const PdfStruct *structure);
/* Writes all; the root's number, 0 if there is no structure. */
Ref pdf_struct_end(PdfStruct *structure);

#endif
