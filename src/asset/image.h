/* asset/image.h: pictures: what they are, and their rows when they are written. The door to libpng, libjpeg, libwebp, nettle (MD5).
 * Opening reads the header only. Pictures are shared: one path is one Image. */
#ifndef N2P_ASSET_IMAGE_H
#define N2P_ASSET_IMAGE_H

#include "base/base.h"

typedef enum { IMAGE_JPEG, IMAGE_PNG, IMAGE_WEBP, IMAGE_GIF } ImageKind;
typedef struct Image {
    uint8_t kind;
    int width, height;                 /* stored pixels */
    int orientation;                   /* Exif 1..8 */
    int upright_width, upright_height; /* after orientation: the natural size in CSS px at 1 dppx */
    int components, bits;              /* JPEG: 1, 3, 4; PNG: decoded */
    bool alpha, palette, interlaced;
    bool adobe_inverted; /* CMYK JPEG with an Adobe marker */
    bool cmyk;
    bool plain_rgb; /* JPEG whose three components are R, G, B without a marker that says so */
    bool lossy;     /* its pixels were JPEG or lossy WebP: coding them as JPEG again costs little */
    bool truncated; /* the file ends early: decode it, don't pass it on */
    Bytes data;     /* the whole file */
    Bytes icc;      /* profile, empty: none */
    const char *path;
    uint32_t id; /* in order of opening */
} Image;

typedef struct ImageSet ImageSet;
ImageSet *image_set_open(Arena *arena, const FileAccess *access, const Limits *limits);
/* href: as in the document; "data:...;base64,..." too. Reports what is wrong (missing, forbidden, damaged, too large, unknown kind) at source; NULL then. */
const Image *image_open(ImageSet *set, const char *directory, const char *href, Source source, Diag *diag);

/* Decoded pixels, row by row from the top as stored (not turned): samples of 8 or 16 bits big-endian,
 * `components` colour channels and then alpha if image->alpha. CMYK: 255 is full ink, whatever the file does. A damaged
 * end: rows as far as they decode, the rest white, complete false. NULL: nothing decodes. */
typedef struct {
    uint8_t *data;
    size_t row_bytes;
    int width, height, components, bits;
    bool alpha, complete;
} Pixels;
const Pixels *image_pixels(Arena *arena, const Image *image);

/* Gray or RGB pixels of 8 bits as a JPEG of high quality, for pictures that were lossy already. Empty: failed. */
Bytes image_encode_jpeg(Arena *arena, const uint8_t *pixels, int width, int height, int components);

/* Gray or RGB pixels of 8 bits as a PNG of so many pixels an inch, without a date. Empty: failed. */
Bytes image_encode_png(Arena *arena, const uint8_t *pixels, int width, int height, int components, int ppi);

/* A picture whose rows are deflated with PNG predictors already, as PDF takes them: PNG without alpha and not
 * interlaced, all checksums right. False: it must be decoded. */
typedef struct {
    Bytes palette;      /* RGB triples; empty: none */
    const Bytes *parts; /* of one zlib stream */
    int part_count;
    size_t size;      /* of all parts */
    int colors, bits; /* a sample; a palette has one */
} DeflatedRows;
bool image_deflated(Arena *arena, const Image *image, DeflatedRows *rows);

/* A whole JPEG as it may be handed on: what decoders need and its colour profile; no Exif, XMP, IPTC or comment. */
typedef struct {
    VEC(Bytes) parts;
    size_t size;  /* of all parts */
    bool regular; /* coded data are followed only by what may follow them */
} BareJpeg;
BareJpeg image_jpeg_bare(Arena *arena, const Image *image);
/* May it be handed on? Its tables are right and its first rows decode; what else is checked is the order of markers. */
bool image_jpeg_sound(Arena *arena, const Image *image, const BareJpeg *bare);

/* What a JPEG, PNG or WebP file says of its picture, as it stands there; empty: not said. */
typedef struct {
    Bytes exif;      /* TIFF structure */
    Bytes xmp;       /* packet */
    Bytes xmp_more;  /* its continuation (extended XMP) */
    Bytes iptc;      /* IIM datasets */
    bool iptc_newer; /* changed since XMP was written, by a program that left the XMP as it was */
} ImageMeta;
ImageMeta image_metadata(Arena *arena, Bytes file);

#endif
