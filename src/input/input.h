/* input/input.h: from bytes to a Document. The door to libxml2, libxslt, gumbo, jansson, cmark, libyaml, libarchive.
 *   in    bytes of XML, HTML, JSON, wire text, Markdown or plain text in any charset
 *   out   an article (HTML with the classes of docs/article.md) or a document as it stands
 * The format is recognised by content. Nothing is fetched, no external entity is read. */
#ifndef N2P_INPUT_H
#define N2P_INPUT_H

#include "document/document.h"

typedef enum { AS_AUTO, AS_ARTICLE, AS_DOCUMENT } InputAs;
typedef struct { /* what a picture's file says of it, as it stands there */
    Bytes exif, xmp, iptc;
    Bytes xmp_more;    /* the packet's continuation */
    bool iptc_newer;   /* than the XMP */
    int width, height; /* of the picture as it is seen; 0: not known */
} PhotoBlocks;
typedef struct {
    const char *name;      /* as messages name it; "-" for standard input */
    const char *directory; /* hrefs are relative to it */
    Bytes bytes;
    uint8_t as;
    const char *encoding;     /* NULL: found out */
    const char *vocabularies; /* folder of the XSLT sheets (styles/vocabularies) */
    const char *section;      /* of all its stories, whatever the file says; NULL: as it says */
    const char *format;       /* a name of input_format; NULL: found out */
    const char *map;          /* path of a mapping file for XML or JSON of one's own; NULL: none */
    const char *item;         /* feeds: a number from 1, a guid, "all" (NULL: first item) */
    const char *headline;     /* for an article that has none; NULL: left out */
    const char *language;     /* of a story that does not say its own; NULL: guessed */
    const Limits *limits;
    /* False: no such picture, or it may not be read. NULL: what pictures say is not asked for. */
    bool (*photo)(void *user, const char *directory, const char *href, PhotoBlocks *blocks);
    void *photo_user;
    bool strict_rights; /* a picture with instructions or without credit is an error, not a warning */
    bool has_style;     /* the user gave a sheet for this XML: an unknown vocabulary is no error */
    bool force;         /* print what is embargoed, withheld or canceled; a warning remains */
    bool found;         /* in a folder, not named: a text is news only where it says who wrote it, where or when */
    bool one_of_many;   /* several files make one edition: what may not be printed is left out with a warning */
    const char *now;    /* ISO 8601, what embargoes are held against; NULL: the clock */
} InputRequest;
typedef enum { ORDER_GIVEN, ORDER_URGENCY, ORDER_SECTION, ORDER_DATE } EditionOrder;
typedef struct { /* several files as one edition: a daily briefing */
    const InputRequest *files;
    int count;
    const char *title;           /* the paper's name; NULL: as the files say */
    const char *date;            /* its day, ISO 8601; NULL: the newest story's */
    const char *language;        /* its own; NULL: as the files say */
    const char *since;           /* ISO 8601: older stories are left out; NULL: none is */
    const char *const *sections; /* their order; others follow as they come */
    int section_count;
    EditionOrder order; /* within equals: the more urgent, then the newer, then as given */
} EditionRequest;
/* NULL: nothing printable; the reason was reported as an error (its codes "embargoed", "withheld"
 * and "canceled" mean that force would print it). The bytes must live as long as the arena. */
const Document *input_read(Arena *arena, Names *names, const InputRequest *request, Diag *diag);
/* A file that can't be read or printed is left out with a warning; versions of one story are folded into the newest.
 * NULL: nothing is left (code "edition-empty"), reported. */
const Document *input_read_edition(Arena *arena, Names *names, const EditionRequest *request, Diag *diag);
/* Seconds since 1970 of an ISO 8601 date or time; without a zone: UTC. */
int64_t input_date_seconds(const char *iso);

/* Format i from 0; false: there are no more. */
bool input_format(int i, const char **name, const char **description);

#endif
