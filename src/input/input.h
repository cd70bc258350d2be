/* input/input.h: from bytes to a Document. The door to libxml2, libxslt, gumbo, jansson, cmark, libyaml, libarchive.
 *   in    bytes of XML, HTML, JSON, wire text, Markdown or plain text in any charset
 *   out   an article (HTML with the classes of docs/article.md) or a document as it stands
 * The format is recognised by content. Nothing is fetched, no external entity is read. */
#ifndef N2P_INPUT_H
#define N2P_INPUT_H

#include "document/document.h"

typedef enum { AS_AUTO, AS_ARTICLE, AS_DOCUMENT } InputAs;
typedef struct {
    const char *name;      /* as messages name it; "-" for standard input */
    const char *directory; /* hrefs are relative to it */
    Bytes bytes;
    uint8_t as;
    const char *encoding;     /* NULL: found out */
    const char *vocabularies; /* folder of the XSLT sheets (styles/vocabularies) */
    const char *format;       /* a name of input_format; NULL: found out */
    const char *map;          /* path of a mapping file for XML or JSON of one's own; NULL: none */
    const char *item;         /* feeds: a number from 1, a guid, "all" (NULL: first item) */
    const char *headline;     /* for an article that has none; NULL: left out */
    const Limits *limits;
    bool has_style;  /* the user gave a sheet for this XML: an unknown vocabulary is no error */
    bool force;      /* print what is embargoed, withheld or canceled; a warning remains */
    const char *now; /* ISO 8601, what embargoes are held against; NULL: the clock */
} InputRequest;
/* NULL: nothing printable; the reason was reported as an error (its codes "embargoed", "withheld"
 * and "canceled" mean that force would print it). The bytes must live as long as the arena. */
const Document *input_read(Arena *arena, Names *names, const InputRequest *request, Diag *diag);

/* Format i from 0; false: there are no more. */
bool input_format(int i, const char **name, const char **description);

#endif
