/* document/tag.h: structure elements of the output: what content means (ISO 32000-1 14.8.4).
 * Made with the boxes, used by paint and pdf; plain data. */
#ifndef N2P_DOCUMENT_TAG_H
#define N2P_DOCUMENT_TAG_H

#include "base/base.h"

/* ---- structure: one node of the tag tree; shared by all operations of that element on all pages ---- */
typedef enum {
    TAG_DOCUMENT,
    TAG_ART,
    TAG_SECT,
    TAG_DIV,
    TAG_P,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_L,
    TAG_LI,
    TAG_LBL,
    TAG_LBODY,
    TAG_FIGURE,
    TAG_CAPTION,
    TAG_BLOCKQUOTE,
    TAG_SPAN,
    TAG_LINK,
    TAG_QUOTE,
    TAG_CODE,
    TAG_TABLE,
    TAG_THEAD,
    TAG_TBODY,
    TAG_TFOOT,
    TAG_TR,
    TAG_TH,
    TAG_TD,
    TAG_NOTE,
    TAG_REFERENCE,
    TAG_TOC,
    TAG_TOCI
} TagRole;
typedef struct Tag {
    uint32_t id; /* unique in the document, 1.. */
    uint8_t role;
    const struct Tag *parent;           /* NULL: the root's child */
    uint64_t order;                     /* reading order among its siblings and the marked content of its parent */
    const char *language, *alt, *title; /* NULL: none */
    const char *href;                   /* LINK */
    int colspan, rowspan;               /* TH, TD */
    bool scope_row;                     /* TH */
    bool ordered;                       /* L: its labels are numbers */
    Len bbox[4];                        /* FIGURE: x, y, width, height on its first page */
} Tag;

#endif
