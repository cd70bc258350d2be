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
    const char *text;          /* JSON-LD articleBody, its line ends as they are */
    const char *base;          /* <base href> */
    VEC(const char *) decks;   /* JSON-LD alternativeHeadline */
    VEC(const char *) authors; /* JSON-LD */
    const char *meta_author, *vendor_author;
    VEC(FactPicture) pictures;
} PageFacts;
PageFacts page_facts(Reader *reader, const Node *html);
const char *without_site(Reader *reader, const char *title, const char *site); /* "Headline | Site" */

/* A page in hand: what is known of it, and the story it becomes. */
typedef struct {
    Reader *reader;
    Node *root;
    PageFacts facts;
    Story *story;
    Node *headline;    /* its element; NULL: the headline comes from the facts or there is none */
    Node *scope;       /* the article around it */
    Node *deck;        /* a paragraph that its place makes one; NULL: none */
    const char *house; /* the paper as its own author: for want of a person */
} Page;

/* Text and links below each element, by node index. */
typedef struct {
    int *text, *link, *good, *own, *own_link; /* bytes; good: in paragraphs that are no lists of links */
    Node **nodes;
    int count;
} PageMeasure;
/* ---- measure.c ---- */
PageMeasure page_measure(Reader *reader, Node *root);
bool page_is_inline(const Node *node);
bool in_link(const Node *node);
int visible_bytes(const Node *text); /* a run of white space counts once */

/* content.c: the element that holds the article's text. */
Node *page_content(Reader *reader, Node *root, const Node *headline);
/* ---- furniture.c ---- */
/* Takes out navigation, advertising, share bars, comments. summary: what the page says of its article; NULL: nothing. */
void page_prune(Reader *reader, Node *root, const Node *headline, const char *summary);
void page_drop_furniture(Reader *reader, Node *body); /* of clean blocks */

/* page.c: looking at a page's nodes. */
const char *page_text(const Page *page, const Node *node);
char *page_letters(const Page *page, const char *text);
bool node_inside(const Node *node, const char *const *names); /* the node itself counts; names end with NULL */
bool node_shown(const Node *node);
bool node_holds(const Node *node, const Node *in);
bool node_before(const Node *a, const Node *b); /* by document_number */
int digits_in(const char *text);
int heading_level(const Node *node); /* 1 to 6; 0: no heading */
bool copyright_text(const char *text);
void page_add_copyright(Page *page, Node *line);

Node *previous_element(const Node *node);
void page_mark_deck(Page *page, const Node *line); /* line: with names or date, still in its place */

/* headline.c: page->headline and story->headline. */
void page_find_headline(Page *page);

/* opening.c */
void page_lead_pictures(Page *page, const Node *content); /* to story->pictures */
void page_take_opening(Page *page, Node *content);        /* words before the content, to its beginning */
void page_captions_from_facts(Page *page);                /* of pictures in the body that have none */

/* people.c: story->bylines from the page's lines, which are taken out of it, or from the facts. */
void page_set_house_aside(Page *page);
void page_find_bylines(Page *page);
bool page_dated(const char *text); /* short, with a year */
void page_lift_end(Page *page);    /* signatures and copyright lines at the end of story->body */

#endif
