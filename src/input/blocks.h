/* input/blocks.h: what the files that make clean blocks share. */
#ifndef N2P_INPUT_BLOCKS_H
#define N2P_INPUT_BLOCKS_H

#include "input/internal.h"

typedef enum {
    AS_INLINE,
    AS_DROPPED,
    AS_BLOCK,
    AS_PARAGRAPH,
    AS_HEADING,
    AS_LIST,
    AS_DEFINITIONS,
    AS_QUOTE,
    AS_PRE,
    AS_TABLE,
    AS_RULE,
    AS_BREAK,
    AS_IMAGE,
    AS_FIGURE,
    AS_NOSCRIPT,
    AS_FRACTION,
    AS_ROOT,
    AS_SCRIPT,
    AS_KEPT
} Treatment;
Treatment treatment(const Node *node); /* elements.c */

typedef struct {
    Reader *reader;
    const char *base;
    Node *target;           /* takes the blocks */
    Node *block;            /* the open one; NULL: none */
    Node *inner;            /* the innermost inline element open in it */
    VEC(const Node *) open; /* inline elements open in the source */
    int made;               /* of these, those that stand in the block */
    Buffer text;            /* not yet a node */
    Source text_source;
    int breaks;                    /* br since the last text */
    bool space;                    /* the last character of the block is a space */
    bool pre, flat, caption;       /* flat: everything goes into one block */
    const char *name, *class_name; /* of the block to begin */
    size_t whole;                  /* bytes of all the text */
    Node *last_figure;             /* a caption may follow it */
} Blocks;

/* ---- blocks.c ---- */
void walk(Blocks *blocks, const Node *node);
void walk_children(Blocks *blocks, const Node *node);
void block_end(Blocks *blocks);
void pop_inline(Blocks *blocks);
void flush(Blocks *blocks);           /* what is pending becomes a text of the block */
void trim_end(Node *block, bool pre); /* a space or break at the end, then elements left empty */
bool blank_block(const Node *block);
void add_word(Blocks *blocks, const char *text, size_t size, Source source);

/* ---- figures.c ---- */
void image(Blocks *blocks, const Node *node);
void figure(Blocks *blocks, const Node *node);
bool background(Blocks *blocks, const Node *node);    /* false: the element shows no picture as its background */
bool counter(const Node *text);                       /* "3/12", the place in a gallery */
bool like_a_figure(Blocks *blocks, const Node *node); /* a container with a picture and its caption */
bool take_caption(Blocks *blocks, const Node *node);  /* a caption of the figure before it; false: none */
const Node *find_image(const Node *in);
bool holds_text(const Node *in);

/* ---- containers.c ---- */
void list(Blocks *blocks, const Node *node);
void definitions(Blocks *blocks, const Node *node);
void quote(Blocks *blocks, const Node *node);
void table(Blocks *blocks, const Node *node);

/* ---- math.c ---- */
void fraction(Blocks *blocks, const Node *node);
void root(Blocks *blocks, const Node *node);
void script(Blocks *blocks, const Node *node);

#endif
