/* layout/internal.h: what the files of layout share. */
#ifndef N2P_LAYOUT_INTERNAL_H
#define N2P_LAYOUT_INTERNAL_H

#include "layout/layout.h"

typedef struct LinesEntry {
    const Paragraph *paragraph;
    Len width, indent;
    int from_break;
    const Justify *justify;
    const Lines *lines;
} LinesEntry;

typedef struct IntrinsicEntry {
    BoxId box;
    Len min, max;
} IntrinsicEntry;

typedef struct Layout {
    const LayoutRequest *request;
    Arena *arena;     /* document: chosen lines, tokens; grows with the text */
    Arena *fragments; /* of the page; trials rewind it */
    Arena *scratch;   /* breaks; rewound after each paragraph */
    Diag *diag;
    int quiet;        /* > 0: a trial; no diagnostics */
    bool break_words; /* min-content widths are asked for with words broken where overflow-wrap allows it */
    LinesEntry *lines;
    int lines_room, lines_count;
    struct {
        Len min, max;
        bool known;
    } * intrinsic; /* by BoxId */
    struct {
        Len width, height;
        bool known;
    } * unbroken; /* by BoxId: how tall a box that asks for no break is, at a width */
    BoxId box_count;
    Len page_width, page_height; /* page area, for percentages of the initial containing block */
    int balance_depth;           /* multi-column boxes around what is laid out */
    int grid_depth;              /* grids in grids: deep ones are laid out once */
    struct Table **tables;       /* by BoxId: what does not change from page to page */
    struct {
        const Box *box;
        BoxId parent;
    } * children; /* by BoxId, of the parents that box_child was asked for */
} Layout;

/* ---- box.c ---- */
Result layout_box(Layout *job, const Box *box, const Space *space, const BreakToken *resume);
/* A flow's root: layout_box, once more if an earlier break is better. */
Result layout_flow(Layout *job, const Box *box, const Space *space, const BreakToken *resume);
Space space_unbreakable(const Space *space);                 /* the same without a frame */
const Box *box_child(Layout *job, const Box *box, BoxId id); /* NULL: it has none of that number */
const BreakToken *token_copy(Arena *arena, const BreakToken *token);
BreakToken *token_new(Layout *job, const Box *box, TokenKind kind);
Fragment *fragment_new(Layout *job, const Box *box, FragmentKind kind);

/* ---- slice.c: what is taller than a page and cannot break ---- */
bool slice_needed(const Space *space, Len height);
void slice_warn(Layout *job, const Box *box, bool first);
Len slice_edge(const Fragment *whole, Len from, Len room);
const Fragment *slice_trim(Layout *job, const Fragment *whole, Len from, Len to);
Result slice_next(Layout *job, const Box *box, const Space *space, const BreakToken *resume, Result whole);

/* ---- size.c: CSS 2.2 10.2 - 10.7, css-sizing-3 ---- */
typedef struct {
    Edges margin, border, padding; /* margin: auto solved */
    Len width;                     /* content */
    Len height;                    /* content, NONE: auto */
    Len min_height, max_height;    /* content */
    bool margin_left_auto, margin_right_auto, margin_top_auto, margin_bottom_auto;
} Sizes;
Sizes size_box(Layout *job, const Box *box, const Space *space);
void size_replaced(Layout *job, const Box *box, const Space *space, Len *width, Len *height); /* content box */
Len snapped_height(const Box *box, const Space *space, Len height);                           /* -n2p-snap-height */
Edges used_border(const Style *style);
Edges used_padding(const Style *style, Len percent_base);
Edges used_margin(const Style *style, Len percent_base); /* auto is 0 */
static inline Len edges_x(Edges a)
{
    return a.left + a.right;
}
static inline Len edges_y(Edges a)
{
    return a.top + a.bottom;
}
/* Border box sizes for min-content and max-content; margins not counted. */
void layout_intrinsic(Layout *job, const Box *box, Len *min, Len *max);

/* ---- exclusions.c ---- */
struct Exclusions {
    const Exclusions *older;
    bool left;
    Len x0, x1, top, bottom;                   /* margin box */
    Len max_bottom, left_bottom, right_bottom; /* of this and all older */
    Len lowest_top;
};
void exclusions_band(const Exclusions *floats, Len y, Len height, Len *left, Len *right); /* narrows the edges */
void exclusions_place(const Exclusions *floats, bool left, Len y, Len width, Len edge_left, Len edge_right, Len *x,
                      Len *top);
const Exclusions *exclusions_add(Arena *arena, const Exclusions *floats, bool left, Len x0, Len x1, Len top,
                                 Len bottom);
Len exclusions_clear(const Exclusions *floats, bool left, bool right); /* lowest edge, or -LEN_MAX */
Len exclusions_next(const Exclusions *floats, Len y);                  /* the next bottom edge below y, or LEN_MAX */

/* ---- flow.c: a block container's fragment, being made ---- */
typedef struct Flow {
    Layout *job;
    const Box *box;
    const Space *space;
    const BreakToken *resume;
    Sizes sizes;
    Edges border, padding;    /* of this fragment: no edge where a break cuts */
    Len content_x, content_y; /* of the content box in the border box */
    Len y;                    /* bottom of what is placed, in the border box */
    Strut strut;              /* margins after it */
    bool at_start;            /* margins here join the box's own leading margins */
    bool placed;              /* something with height stands in this fragment */
    Len bfc_x, bfc_y;         /* of the border box */
    const Exclusions *floats;
    bool avoid;
    VEC(Link) links;
    VEC(const BreakToken *) tokens;
    Pending *pending;
    Len baseline, last_baseline;
    Cut best;
    Len shortage, tallest;
    BoxId spanner;
    const Box *spanner_box;
    VEC(ColumnRule) rules;
} Flow;
void relative_offset(const Box *box, Len width, Len height, Len *x, Len *y); /* added to x, y; height NONE: not known */
void flow_add(Flow *flow, const Fragment *fragment, Len x, Len y);
void flow_take(Flow *flow, const Result *got, const Fragment *fragment, Len x,
               Len y);                                       /* adds; baseline, pending, tallest */
Space flow_space(const Flow *flow, const Box *child, Len y); /* for an in-flow child at y */
Len flow_room(const Flow *flow, Len y);
void flow_pend(Flow *flow, uint8_t kind, const Box *box, Len x, Len y, Len width);
void flow_resume_positioned(Flow *flow);
void take_pending(Pending **into, Pending *from, Len x, Len y); /* moved by x and y */
void flow_resolve_pending(Flow *flow, Fragment *fragment);
Strut strut_join(Strut strut, Len margin);
static inline Len strut_sum(Strut strut)
{
    return strut.plus + strut.minus;
}
static inline Strut strut_merge(Strut a, Strut b)
{
    return (Strut){len_max(a.plus, b.plus), len_min(a.minus, b.minus)};
}

typedef struct {            /* how placing children ended */
    const BreakToken *rest; /* lines: the box's own token; children: tokens are in flow->tokens */
    bool cut, refused;      /* refused: nothing fitted, break before the box */
    Appeal appeal;
    uint16_t forced;
} Stop;
Flow flow_begin(Layout *job, const Box *box, const Space *space, const BreakToken *resume); /* block.c */
Result flow_finish(Flow *flow, Stop stop);
Stop lay_lines(Flow *flow);    /* lines.c */
Stop lay_children(Flow *flow); /* block.c */
Result layout_columns(Layout *job, const Box *box, const Space *space, const BreakToken *resume);
Result layout_replaced(Layout *job, const Box *box, const Space *space);
Result layout_flex(Layout *job, const Box *box, const Space *space, const BreakToken *resume);
Result layout_grid(Layout *job, const Box *box, const Space *space, const BreakToken *resume);
void grid_intrinsic(Layout *job, const Box *box, Len *min, Len *max); /* of the content */
/* bands.c: a container that `whole` lays out unbroken, cut at the end of its frame */
Result layout_in_bands(Layout *job, const Box *box, const Space *space, const BreakToken *resume,
                       Result (*whole)(Layout *job, const Box *box, const Space *space));
Result layout_table(Layout *job, const Box *box, const Space *space, const BreakToken *resume);
void table_intrinsic(Layout *job, const Box *box, Len *min, Len *max); /* border box of the table */
Result layout_block(Layout *job, const Box *box, const Space *space, const BreakToken *resume);
void place_float(Flow *flow, const Box *box, Len y_least,
                 const BreakToken *resume); /* at or below y (in the border box) */
void place_marker(Flow *flow, Len baseline);

/* ---- alignment and items, in flex.c: css-align-3 ---- */
bool holds_only_positioned(const Box *child);
void pend_positioned_children(Flow *flow);
uint16_t align_word(const Value *value); /* 0: not said */
/* Free space before the first, and between: justify-content, align-content. */
void align_content(uint16_t align, Len room, int count, bool reverse, Len *before, Len *between);

/* ---- line_pieces.c ---- */
const Justify *justify_limits(const Style *style); /* how far spaces of a justified line may go */

/* ---- metrics.c: heights of lines ---- */
typedef struct {
    Len ascent, descent;
} Extent;                                                             /* above and below a baseline */
Extent inline_extent(const Style *style, const FontMetrics *metrics); /* with half-leading */
typedef struct {
    Len ascent, descent;
    Len *shift; /* by owner: baseline moved down from the root's */
} LineMetrics;
typedef struct {
    const Fragment *fragment;
    Edges margin;
    Len width;
} Atom; /* of an item; fragment NULL: none */
LineMetrics line_metrics(Arena *arena, const Inline *lines, const LineEnd *line, const Link *atoms, int atom_count);
bool margins_lead_auto(const Box *box);

bool break_is_forced(uint16_t value, bool column);
bool break_is_avoid(uint16_t value, bool column);

#endif
