/* input/photo.h: what the files share that read what a picture's file says of it. */
#ifndef N2P_INPUT_PHOTO_H
#define N2P_INPUT_PHOTO_H

#include "input/internal.h"

typedef struct { /* the point that must be seen, as the picture is stored: 0 to 1 from the left and from the top */
    double x, y;
    bool said;
} PhotoFocus;
typedef struct {
    const char *caption, *creator, *credit, *source, *copyright, *instructions, *alt; /* NULL: not said */
    int orientation;                                                                  /* Exif 1..8; 0: not said */
    PhotoFocus focus;
} PhotoFacts;

/* ---- photo.c ---- */
const char *photo_text(Reader *reader, const char *text, size_t size, const char *charset); /* NULL: says nothing */

/* ---- photo_xmp.c ---- */
PhotoFacts photo_xmp(Reader *reader, Bytes packet, Bytes more);

/* ---- photo_focus.c ---- */
PhotoFocus photo_focus(Reader *reader, const Node *xmp);
const char *photo_focus_words(Reader *reader, PhotoFocus focus,
                              int orientation); /* "62% 30%", upright; NULL: not said */

#endif
