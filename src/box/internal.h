/* box/internal.h: what the files of box share. */
#ifndef N2P_BOX_INTERNAL_H
#define N2P_BOX_INTERNAL_H

#include "box/box.h"
#include "document/tag.h"

typedef struct { /* inline content of one block container, being collected */
    Buffer text;
    VEC(TextSpan) spans;
    VEC(InlineItem) items;
    VEC(InlineOwner) owners;
    bool space; /* a collapsible space here would vanish: one stands before, or a line begins */
    bool has_atoms, has_edges;
    int owner; /* of what is added now */
} Run;

typedef struct OpenInline { /* an inline element whose content is being built */
    Box *box;
    int owner;
    struct OpenInline *outer;
} OpenInline;

typedef struct Container { /* a block container whose children are being built */
    Box *box;
    Box *last_child;
    Run run;
    OpenInline *inlines;        /* innermost first */
    const Pseudo *first_letter; /* still to be applied to the first text */
    struct Container *outer;
    uint64_t order; /* of the paragraph under way, among the structure elements */
} Container;

typedef struct {
    const Style *style;
    const TextStyle *text;
    const FontMetrics *metrics; /* of its first available font; NULL: not asked yet */
} TextStyleSlot;
typedef struct Builder {
    const BoxContext *context;
    Arena *arena;
    const MarginContent *margin; /* building a margin box */
    TextStyleSlot *text_styles;
    int text_style_room, text_style_count;
    const Tag *tag; /* structure element that new boxes belong to */
    uint32_t tags;
    uint64_t order;
    const AnchorFact **anchors; /* of the PageFacts, by id; NULL: not asked for yet */
    int slots;
    int depth;
    bool article;
} Builder;

/* build.c */
Box *box_new(Builder *builder, BoxKind kind, const Style *style, const Node *node); /* node NULL: anonymous */
void add_block(Builder *builder, Container *container, Box *child);                 /* behind what was collected */

/* generate.c */
/* owner: whose page numbers and places they are; node: whose text content(text) is, NULL: none */
void add_content(Builder *builder, Container *container, const Style *style, const Content *content, Box *owner,
                 const Node *node);
Box *image_box(Builder *builder, const Style *style, const Node *node, const char *href, const char *directory,
               Source source); /* NULL: there is none to show; reported */
/* In px. The ratio is kept within what its 32 bits hold: 1 : 2^20 to 2048 : 1. */
void set_natural_size(Box *box, int64_t width, int64_t height);

/* run.c */
void run_begin(Builder *builder, Run *run, const Box *block);
void run_text(Builder *builder, Container *container, const Style *style, const char *text, size_t size);
void run_literal(Builder *builder, Container *container, const Style *style,
                 const char *text); /* no white-space processing */
void run_item(Builder *builder, Run *run, uint8_t kind, bool edge, const Box *box, const Style *style);
const Inline *run_finish(Builder *builder, Run *run, const Box *block); /* NULL: nothing at all */
void run_reopen(Builder *builder, Container *container);                /* begins anew inside the open inlines */

/* finish.c */
void box_finish(Box *box, BoxId *next); /* next: the box's number, afterwards that behind its subtree */

/* table.c */
void table_fix(Builder *builder, Box *box);

/* tags.c */
const Tag *tag_new(Builder *builder, uint8_t role, const Tag *parent, const Style *style);
const Tag *tag_for_element(Builder *builder, const Node *node, const Style *style, bool inline_level);
void tag_cell(Tag *tag, const Node *node, const Box *box);                 /* spans and scope of TH, TD */
const char *tag_alt(Builder *builder, const Node *image, const char *alt); /* NULL: nobody says what it shows */
bool tag_takes_text(const Tag *tag);

#endif
