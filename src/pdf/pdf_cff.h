/* pdf/pdf_cff.h: a bare CFF font program made ready for a CIDFont whose CIDs are its glyph numbers.
 * Adobe Technical Note 5176. */
#ifndef N2P_PDF_CFF_H
#define N2P_PDF_CFF_H

#include "base/base.h"

/* A CID-keyed program maps CIDs through its charset: the copy has the identity there. Others come back as they are. */
Bytes pdf_cff_identity(Arena *arena, Bytes program);

#endif
