/* box/box.h: the box tree: what layout arranges.
 *   in    a StyleTree, what is known of pages (PageFacts)
 *   out   a constant tree of boxes; paragraphs are shaped here, once
 * Anonymous boxes, split inlines, markers, generated boxes and white space are settled here (CSS 2.2 9.2, css-text-3 4).
 * A box knows neither its parent nor its fragments. Design: layout.md 1. */
#ifndef N2P_BOX_H
#define N2P_BOX_H

#include "asset/font.h"
#include "asset/image.h"
#include "style/style.h"
#include "text/text.h"

typedef uint32_t BoxId; /* preorder number, from 1; the same box has the same id in every PageFacts round */

typedef enum {
    BOX_BLOCK,  /* block container: block children or `lines`, never both */
    BOX_INLINE, /* span: no layout of its own, stands in an Inline's items */
    BOX_REPLACED,
    BOX_TABLE_WRAP,
    BOX_TABLE,
    BOX_CAPTION,
    BOX_COLGROUP,
    BOX_COL,
    BOX_GROUP,
    BOX_ROW,
    BOX_CELL,
    BOX_FLEX,
    BOX_GRID,
    BOX_MARKER,
    BOX_PAGE,
    BOX_MARGIN,
    BOX_NOTES,
    BOX_COLUMNS /* its one child is an anonymous BOX_BLOCK, the flow */
} BoxKind;

enum { /* Box.is */
       BOX_IS_FLOAT = 1 << 0,
       BOX_IS_ABSPOS = 1 << 1,
       BOX_IS_FIXED = 1 << 2,
       BOX_IS_NEW_FC = 1 << 3,
       BOX_IS_MONOLITHIC = 1 << 4,
       BOX_IS_SPANNER = 1 << 5,
       BOX_IS_ANONYMOUS = 1 << 6,
       BOX_IS_FIRST_PIECE = 1 << 7,
       BOX_IS_LAST_PIECE = 1 << 8,
       BOX_IS_LIST_ITEM = 1 << 9,
       BOX_IS_RELATIVE = 1 << 10,
       BOX_IS_ROOT = 1 << 11,
       BOX_IS_POSITIONED = 1 << 12, /* containing block of abspos */
       BOX_IS_INLINE_LEVEL = 1 << 13,
       BOX_IS_LEFT = 1 << 14 /* float: left side */,
       BOX_IS_COLUMN_FLOAT = 1 << 15, /* column-span: n */
       BOX_IS_ITEM = 1 << 16          /* of a flex or grid container: painted as one, z-index applies */
};
enum { /* Box.has, in the subtree */
       BOX_HAS_FLOATS = 1 << 0,
       BOX_HAS_ABSPOS = 1 << 1,
       BOX_HAS_SPANNER = 1 << 2,
       BOX_HAS_FORCED_BREAK = 1 << 3,
       BOX_HAS_CLEAR = 1 << 4,
       BOX_HAS_PAGE_FACT = 1 << 5,
       BOX_HAS_MARKS = 1 << 6,
       BOX_HAS_SNAPPED = 1 << 7
};

typedef enum { INLINE_OPEN, INLINE_CLOSE, INLINE_ATOM, INLINE_FLOAT, INLINE_ABSPOS, INLINE_MARK } InlineItemKind;
typedef struct { /* a place in the text, in order */
    uint8_t kind;
    bool edge;   /* OPEN, CLOSE: the piece has its margin, border and padding here */
    uint32_t at; /* offset in the paragraph's text; an ATOM is U+FFFC there */
    int owner;   /* OPEN, CLOSE: index in owners; else the owner it stands in */
    const struct Box *box;
} InlineItem;
typedef struct {                /* an inline box that text of this paragraph stands in */
    const struct Box *box;      /* owners[0]: the block container itself */
    int parent;                 /* index; owners[0]: -1 */
    bool first, last;           /* this piece starts, ends the inline box */
    const FontMetrics *metrics; /* of its first available font */
} InlineOwner;
typedef struct {
    const Paragraph *paragraph;
    const TextSpan *spans; /* of the paragraph; owner indexes owners */
    int span_count;
    const InlineItem *items;
    int count;
    const InlineOwner *owners;
    int owner_count;
    bool empty; /* would make no line box (CSS 2.2 9.4.2) */
    bool plain; /* one owner, no items: every line is as tall as the strut */
} Inline;

typedef struct BoxMarks { /* what page content wants to know of a box's place: string-set, anchors, bookmarks */
    const StringSet *strings;
    int string_count;
    const char *anchor; /* id */
    int bookmark_level; /* 0: none */
    bool bookmark_open;
    const char *bookmark;
    Name running; /* position: running(name): the box below is for margin boxes */
    const struct Box *running_box;
} BoxMarks;

typedef struct Box {
    BoxId id, last; /* the subtree is id..last */
    uint8_t kind;
    uint32_t is, has;
    uint16_t break_before, break_after; /* Keyword; joined with first / last child's (css-break-3 3.1) */
    Name page_start, page_end;          /* used `page` at either end; NULL: auto */
    const Style *style;
    const Node *node; /* element that made it; NULL: anonymous */
    Source source;
    const BoxMarks *marks; /* NULL: none */
    const struct Box *first, *next;
    int child_count;
    const Inline *lines;
    const Image *image;                /* REPLACED; NULL: a gap of its natural size */
    Len natural_width, natural_height; /* REPLACED; NONE: none */
    int32_t ratio;                     /* width / height, RATIO_ONE = 1; 0: none */
    const struct Box *marker;          /* outside marker of a list item */
    int column_span;                   /* n of BOX_IS_COLUMN_FLOAT */
    int row_span, col_span;            /* CELL; COL: span */
    uint8_t pseudo;                    /* 0, 'b' before, 'a' after, 'm' marker */
    const struct Tag *tag;             /* structure element; NULL: its parent's */
    const char *href;                  /* link target of an <a href> or -n2p-link */
    const char *alt;                   /* REPLACED */
    const char *leader;                /* an atom that fills what is left of its line with this text */
    int slot;                          /* 1..: shows a page counter; 0: none */
} Box;

/* What page content has shown in an earlier round; empty in the first. */
typedef struct {
    const char *id;
    int page;
    const char *label, *text;
} AnchorFact;
typedef struct {
    int round; /* 0: nothing is known */
    int pages;
    VEC(AnchorFact) anchors;
    VEC(int) slots; /* page of each box that shows a page counter, in order of the boxes */
} PageFacts;

typedef struct {
    Arena *arena;
    const StyleTree *styles;
    FontSet *fonts;
    ImageSet *images;
    const PageFacts *facts;
    Diag *diag;
} BoxContext;
typedef struct MarginContent { /* what content of a page's margin boxes refers to */
    int page, pages;
    const char *label;                                              /* the page's number as printed */
    const char *(*string)(void *user, Name name, uint16_t keyword); /* NULL: empty */
    const Box *(*element)(void *user, Name name, uint16_t keyword);
    void *user;
} MarginContent;
const Box *box_build(const BoxContext *context); /* the root box, a BOX_BLOCK */
/* A margin box: content items as inline content in a style. */
const Box *box_generate(const BoxContext *context, const Style *style, const Content *content,
                        const MarginContent *page);
const Font *box_first_font(FontSet *fonts, const Style *style);
void box_dump(const Box *root, Buffer *out);

#endif
