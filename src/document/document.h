/* document/document.h: the document as a tree of elements and texts, for every later stage.
 *   Built by `input`; constant afterwards. Plain data, no library's types. Places are kept.
 * An article is HTML with fixed classes (docs/article.md); a document is any HTML or XML. */
#ifndef N2P_DOCUMENT_H
#define N2P_DOCUMENT_H

#include "base/base.h"

typedef enum { NODE_ELEMENT, NODE_TEXT } NodeKind;
typedef enum { NS_NONE, NS_HTML, NS_SVG, NS_MATHML, NS_OTHER } NamespaceKind;

typedef struct {
    Name name;         /* local name; HTML: lower case */
    Name ns;           /* namespace URI, NULL: none */
    const char *value; /* never NULL */
} Attribute;

typedef struct Node {
    uint8_t kind;
    uint8_t ns_kind;
    uint32_t index; /* in document order from 0; elements and texts */
    Name name;      /* element: local name */
    Name ns;        /* element: namespace URI, NULL: none */
    Name id;        /* element: its id attribute (id, xml:id), NULL: none */
    const Name *classes;
    int class_count;
    const Attribute *attributes;
    int attribute_count;
    const char *text; /* text: UTF-8, NUL-terminated, white space as in the file */
    size_t text_size;
    Source source;
    struct Node *parent, *first, *last, *next, *previous;
} Node;

typedef struct {      /* a sheet that the document brings: <style>, <link>, <?xml-stylesheet?> */
    const char *text; /* NULL: to be read from href */
    const char *href, *media, *title;
    bool alternate;
    Source source; /* of the text's first character */
} DocumentSheet;

typedef enum { DOCUMENT_ARTICLE, DOCUMENT_PLAIN } DocumentKind;

typedef struct {
    DocumentKind kind;
    bool html;   /* element and attribute names in selectors match without case */
    bool quirks; /* HTML without a doctype */
    Names *names;
    Node *root;
    uint32_t node_count;
    int stories;                                                  /* of an article or edition; 0: plain */
    const char *file, *directory;                                 /* as given; directory: hrefs are relative to it */
    const char *language;                                         /* BCP 47 or NULL */
    const char *title, *authors, *subject, *keywords, *copyright; /* document info; NULL: not said */
    const char *date;                                             /* ISO 8601 of the article, NULL: not said */
    const DocumentSheet *sheets;
    int sheet_count;
} Document;

const char *node_attribute(const Node *node, const char *name); /* no namespace; NULL: absent */
bool node_is(const Node *node, const char *name);               /* an HTML or no-namespace element of that name */
bool node_has_class(const Node *node, const char *name);
const char *node_text(Arena *arena, const Node *node); /* all text below, white space collapsed */

/* Building (used by `input` and tests). */
Node *node_append_element(Arena *arena, Names *names, Node *parent, Name name, Name ns, Source source);
Node *node_append_text(Arena *arena, Node *parent, const char *text, size_t size, Source source);
void node_set_attribute(Arena *arena, Names *names, Node *node, Name name, Name ns,
                        const char *value);                /* keeps id, classes */
uint32_t document_number(Node *root);                      /* sets every index; returns the count */
void document_dump(const Document *document, Buffer *out); /* stable XML with places */

#endif
