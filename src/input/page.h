/* input/page.h: what the files that read web pages share. */
#ifndef N2P_INPUT_PAGE_H
#define N2P_INPUT_PAGE_H

#include "input/internal.h"

typedef struct {
    const char *url, *caption, *credit;
} FactPicture;
/* What a page says of its article in data: JSON-LD, OpenGraph and other meta elements. NULL: not said. */
typedef struct {
    const char *headline; /* JSON-LD */
    const char *og_title, *title;
    const char *description, *language, *date, *section, *copyright, *site, *publisher, *keywords, *kicker;
    const char *base;          /* <base href> */
    VEC(const char *) decks;   /* JSON-LD alternativeHeadline */
    VEC(const char *) authors; /* JSON-LD */
    const char *meta_author, *vendor_author;
    VEC(FactPicture) pictures;
} PageFacts;
PageFacts page_facts(Reader *reader, const Node *html);
const char *without_site(Reader *reader, const char *title, const char *site); /* "Headline | Site" */

/* Text and links below each element, by node index. */
typedef struct {
    int *text, *link, *good, *own, *own_link; /* bytes; good: in paragraphs that are no lists of links */
    Node **nodes;
    int count;
} PageMeasure;
PageMeasure page_measure(Reader *reader, Node *root);
bool page_is_inline(const Node *node);

/* The element that holds the article's text, or a new one that does; furniture is removed from the tree. */
Node *page_content(Reader *reader, Node *root, const Node *headline);
void page_prune(Reader *reader, Node *root, const Node *headline); /* navigation, advertising, share bars, comments */
void page_drop_furniture(Reader *reader, Node *body);              /* of clean blocks */

/* people.c */
bool looks_like_name(const char *text);
bool agency_line(const char *text);
const char *signed_name(Reader *reader, const char *text, const char *house);
bool author_link(const Node *node);

#endif
