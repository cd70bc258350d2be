/* layout/layout.h: from boxes to fragments on pages.
 *   in    a box tree, page styles
 *   out   pages of fragments, one after the other
 * Layout is a function of (box, space, resume): it reads nothing else and changes nothing, so it can be called again
 * with other values. Design: layout.md. Lengths run along the inline axis (width, x) and the block axis (height, y). */
#ifndef N2P_LAYOUT_H
#define N2P_LAYOUT_H

#include "box/box.h"

typedef struct Fragment Fragment;
typedef enum { FRAME_PAGE, FRAME_COLUMN } FrameKind;
typedef struct Frame { /* fragmentainer */
    uint8_t kind;
    Len height; /* LEN_MAX: unbounded */
    const struct Frame *outer;
    bool balanced; /* of a height that was searched for its content */
} Frame;
typedef struct {
    Len plus, minus;
} Strut; /* margins waiting to collapse; sum = plus + minus */
typedef enum { APPEAL_LAST_RESORT, APPEAL_AVOID, APPEAL_LINES, APPEAL_POOR, APPEAL_PERFECT } Appeal;
typedef struct {
    BoxId box;
    int line;
    Appeal appeal;
} Cut;                 /* before this box, or before line > 0 of it; box 0: none */
typedef struct {       /* chosen by copyfit */
    int picture_lines; /* snapped pictures are so many lines taller (or, negative, shorter) */
} Fit;
typedef struct Exclusions Exclusions; /* floats of a block formatting context; persistent */

typedef enum { RULE_STRETCH, RULE_FIT, RULE_MIN, RULE_MAX, RULE_EXACT } SizeRule;

typedef struct Space {                 /* all a box may know of its surroundings */
    Len width, height;                 /* the container's content area; height NONE: as tall as the content */
    Len percent_width, percent_height; /* bases; NONE: a percentage is `auto` */
    uint8_t width_rule;                /* what `auto` means; EXACT: border box = width */
    uint8_t height_rule;               /* RULE_FIT: auto; RULE_EXACT: border box = height */
    bool rtl;                          /* the container's direction: boxes begin at its right */
    const Exclusions *floats;
    Len bfc_x, bfc_y; /* where my border box starts among the floats */
    Len bfc_left,
        bfc_width; /* the containing block's content edges among the floats: where floats of mine may go is my own content box */
    bool margins_done;           /* my leading margins are in bfc_y already */
    const Frame *frame;          /* NULL: nothing breaks */
    Len room;                    /* from my border edge to the end of the frame */
    bool at_top;                 /* offset 0 in the frame: may not be refused */
    bool avoid;                  /* an ancestor that began in this frame says break-inside: avoid */
    bool columns;                /* the innermost frame is a column */
    Cut stop;                    /* if set: cut exactly there */
    BoxId spanner;               /* this spanner has been set already: go on after it */
    Len grid_pitch, grid_offset; /* baseline grid, 0 = off; offset: from the last grid line down to my border edge */
    Fit fit;
    const struct Subgrid *subgrid; /* tracks of the grid around, for a subgrid; NULL: none */
} Space;

typedef struct Positioned { /* how an abspos box that runs over frames is set */
    const Box *box;
    Len x, y;                    /* from its containing block's border edge; y: in the frame that comes next */
    Len width, height;           /* border box; height NONE: as its content */
    Len base_width, base_height; /* of percentages */
} Positioned;

typedef enum { TOKEN_BEFORE, TOKEN_INSIDE } TokenKind;
typedef struct BreakToken { /* where an earlier frame left off: a tree down the open boxes */
    BoxId box;
    uint8_t kind;
    bool forced;       /* BEFORE, by a forced break: obeyed already */
    bool all_seen;     /* no child is unvisited: only child tokens remain, or just height is owed */
    bool parallel;     /* own flow is finished; what is left runs beside it */
    bool marker_open;  /* list marker not placed yet */
    uint16_t sequence; /* fragments so far */
    Len used, sliced;  /* border-box height they took; monolithic: height shown */
    int line;          /* lines: number of lines set so far */
    int break_index;   /* lines: break to go on at */
    LineState state;
    const Lines *chosen; /* valid while the width is chosen_width */
    Len chosen_width;
    int chosen_line; /* index in chosen of the next line */
    BoxId spanner;   /* columns: this spanner is next, or (spanner_done) was set */
    const Box *spanner_box;
    bool spanner_done;
    const Box *const *deferred; /* columns: floats over columns that found no place yet */
    int deferred_count;
    bool flow_done;                      /* columns: the text is set; only deferred floats are left */
    int row;                             /* tables; flex and grid containers: band */
    bool row_begun;                      /* tables: it is cut, its cells go on; else what spans into it does */
    Len row_used;                        /* bands: height of that one shown already */
    const struct Positioned *positioned; /* an abspos box, which its containing block goes on with; NULL: another */
    int count;
    const struct BreakToken *const *child; /* document order */
} BreakToken;

enum { PENDING_ABSPOS, PENDING_COLUMN_FLOAT };
typedef struct Pending { /* what bubbles up until someone owns it */
    uint8_t kind;        /* PENDING_ABSPOS, PENDING_COLUMN_FLOAT */
    const Box *box;
    Len x, y;   /* static position, relative to the fragment that hands it up */
    Len width;  /* of the static containing block */
    bool again; /* a fixed box, on another page than the one it begins on */
    struct Pending *next;
} Pending;

typedef struct {
    const Fragment *fragment; /* NULL: nothing fits, break before this box */
    const BreakToken *rest;   /* NULL: finished. rest->parallel: finished as far as the flow is concerned */
    Appeal appeal;            /* of that break */
    uint16_t forced;          /* KW_PAGE ...: the rest must start so; 0: not forced */
    Len consumed;             /* border-box height without what only fills the frame */
    Cut best;                 /* best earlier place in this fragment; of equals the latest */
    Len shortage, tallest;    /* least extra room that moves the break; tallest monolithic piece */
    Strut end;                /* margins hanging out at the end */
    bool through;             /* the whole box collapsed through */
    const Exclusions *floats; /* after the box */
    Pending *pending;
    BoxId spanner; /* stopped before this spanner */
    const Box *spanner_box;
} Result;

typedef struct {
    Len top, right, bottom, left;
} Edges;
typedef struct {
    const Fragment *fragment;
    Len x, y;
} Link; /* child's border box in the parent's border box */
typedef enum { FRAGMENT_BOX, FRAGMENT_LINE, FRAGMENT_COLUMN, FRAGMENT_PAGE } FragmentKind;
enum { CUT_BEFORE = 1, CUT_AFTER = 2 };

typedef struct { /* LINE */
    const Inline *lines;
    LineEnd end;
    Len available; /* width it was set for */
    Len shift;     /* of the line's left edge, from alignment */
    bool justify;
    Len strut_ascent, strut_descent;
    const Len *advances; /* of the items */
    bool drops_first_line;
} LineBox;

typedef struct ColumnRule {
    Len x, from, to;
} ColumnRule;
struct Fragment { /* constant, knows no parent, may be linked twice */
    const Box *box;
    uint8_t kind, cut; /* CUT_BEFORE | CUT_AFTER */
    bool artifact;
    uint16_t sequence;
    Len width, height;           /* border box */
    Len used_before;             /* height of the box's earlier fragments */
    Len full_height;             /* unbroken height where it is known, for sliced backgrounds; 0: not known */
    Edges border, padding;       /* used */
    Len baseline, last_baseline; /* from the border edge, or NONE */
    const LineBox *line;         /* LINE */
    const ColumnRule *rules;     /* columns */
    int rule_count;
    int atom;          /* a link of a line: the item it stands for, -1 else */
    const void *extra; /* tables: geometry of borders */
    int count;
    const Link *link; /* flow order */
};

typedef struct PageArea { /* a page as it leaves layout */
    int number;           /* from 1 */
    const PageStyle *style;
    PageContext context;
    const Fragment *root;    /* page area's content */
    Len x, y, width, height; /* page area in the page box */
    const Link *fixed;       /* position: fixed boxes, in the page area */
    int fixed_count;
    struct {
        const Fragment *fragment;
        Len x, y;
    } margin[MARGIN_BOX_COUNT];
    bool blank;
} PageArea;

typedef struct {
    Arena *arena; /* grows with the text */
    const StyleTree *styles;
    const Box *root;
    FontSet *fonts;
    ImageSet *images;
    Diag *diag;
    const Limits *limits;
    Len page_width, page_height;
} LayoutRequest;
typedef struct { /* takes each page when it is done; the page is gone when it returns */
    void (*page)(void *user, const PageArea *page);
    void *user;
} PageSink;
typedef struct {
    int count;
    PageFacts facts;
    bool settled; /* facts are those that were asked for */
} Pages;
/* Lays out every page. facts: what an earlier round found; in the first round pages and slots are taken as 1. sink NULL:
 * only to learn the facts; but of a document that turns out to be one settled page, that page goes to `only`. */
Pages layout_pages(const LayoutRequest *request, const PageFacts *facts, const PageSink *sink, const PageSink *only);

/* The glyphs and boxes of a line, for paint and dump. */
typedef struct {
    uint8_t kind;   /* 't' run, 'b' inline box, 'a' atom */
    const Box *box; /* b: the inline box; t: the inline box the text stands in */
    const GlyphRun *run;
    const Fragment *fragment; /* a */
    Len x, y;          /* t: left end of the baseline; b, a: top left of the border box; from the line's top left */
    Len width, height; /* b: border box */
    bool starts, ends; /* b: has its start and end edge here */
} LinePiece;
int layout_line_pieces(Arena *arena, const Fragment *line, const LinePiece **pieces);
Len layout_line_width(const Fragment *line);

void layout_dump(const PageArea *page, Arena *arena, Buffer *out);

#endif
