/* Painting order: stacking contexts and their layers, CSS 2.2 appendix E. */
#include "paint/internal.h"

#include <stdlib.h>

typedef enum {
    LAYER_BLOCKS,
    LAYER_FLOATS,
    LAYER_INLINES,
    LAYER_OUTLINES
} Layer; /* outlines stand over all else: css-ui-4 4 */

typedef struct { /* a positioned or grouped descendant, painted as a layer of its own */
    const Fragment *fragment;
    Len x, y;
    int z;
    BoxId id; /* boxes are numbered in document order */
    int order;
    bool context; /* makes a stacking context: its positioned descendants are painted inside */
    bool clipped;
    Rect clip;
} Layered;
typedef struct {
    Painter *painter;
    VEC(Layered) list;
    bool clipped;
    Rect clip;
} Collector;

static uint8_t overprint_of(const Style *style)
{
    uint16_t said = style && style->text ? style->text->overprint : KW_AUTO;
    return said == KW_ALL ? OVERPRINT_ALL : said == KW_NONE ? OVERPRINT_NONE : OVERPRINT_AUTO;
}

PaintOp *op_add(Painter *painter, OpKind kind, const Box *box)
{
    PaintOp op = {.kind = (uint8_t)kind, .artifact = painter->artifact_kind};
    if (box) {
        op.overprint = overprint_of(box->style);
        op.source = box->source;
        op.tag = painter->artifact ? NULL : box->tag;
    }
    VEC_PUSH(painter->arena, painter->ops, op);
    return &painter->ops.at[painter->ops.count - 1];
}

Color used_color(Color color, const Style *style)
{
    return color.space == COLOR_CURRENT || color.space == COLOR_AUTO ? style->text->color : color;
}

bool color_visible(Color color)
{
    return color.alpha > 0;
}

bool rect_is_empty(Rect rect)
{
    return rect.width <= 0 || rect.height <= 0;
}

void paint_rect(Painter *painter, const Box *box, Rect rect, Color color)
{
    if (rect_is_empty(rect) || !color_visible(color))
        return;
    PaintOp *op = op_add(painter, OP_RECT, box);
    op->tag = NULL;
    op->color = color;
    op->at.rect.x = rect.x;
    op->at.rect.y = rect.y;
    op->at.rect.width = rect.width;
    op->at.rect.height = rect.height;
}

void fill_path(Painter *painter, const Box *box, const Path *path, Color color)
{
    PaintOp *op = op_add(painter, OP_FILL, box);
    op->tag = NULL;
    op->color = color;
    op->at.path.path = path;
}

/* ---- what makes a layer ---- */

static bool makes_group(const Style *style)
{
    return style->decoration->opacity < RATIO_ONE || style->decoration->transform ||
           style->decoration->blend_mode != KW_NORMAL || style->decoration->clip_path;
}

static bool is_layered(const Box *box)
{
    bool ordered_item = (box->is & BOX_IS_ITEM) && box->style->box->z_index > INT32_MIN + KEYWORD_COUNT;
    return (box->is & BOX_IS_POSITIONED) || ordered_item || makes_group(box->style);
}

static bool is_stacking_context(const Box *box)
{
    return makes_group(box->style) || box->style->box->z_index > INT32_MIN + KEYWORD_COUNT ||
           (box->is & BOX_IS_FIXED) || box->style->decoration->isolation == KW_ISOLATE;
}

static bool clips(const Box *box)
{
    return box->kind != BOX_INLINE &&
           (box->style->box->overflow_x != KW_VISIBLE || box->style->box->overflow_y != KW_VISIBLE);
}

static Rect padding_box(const Fragment *f, Len x, Len y)
{
    return (Rect){x + f->border.left, y + f->border.top, f->width - f->border.left - f->border.right,
                  f->height - f->border.top - f->border.bottom};
}

static Rect intersect(Rect a, Rect b)
{
    Len x0 = len_max(a.x, b.x), y0 = len_max(a.y, b.y), x1 = len_min(a.x + a.width, b.x + b.width),
        y1 = len_min(a.y + a.height, b.y + b.height);
    return (Rect){x0, y0, len_max(0, x1 - x0), len_max(0, y1 - y0)};
}

/* ---- small operations ---- */

static void push_clip(Painter *painter, Rect rect)
{
    op_add(painter, OP_CLIP, NULL)->at.path.path = path_rect(painter->arena, rect);
}

static void pop(Painter *painter)
{
    op_add(painter, OP_RESTORE, NULL);
}

static void paint_marks(Painter *painter, const Box *box, Len x, Len y)
{
    const BoxMarks *marks = box->marks;
    if (painter->artifact || !marks)
        return;
    if (marks->anchor) {
        PaintOp *op = op_add(painter, OP_ANCHOR, box);
        op->text = marks->anchor;
        op->at.mark.x = x;
        op->at.mark.y = y;
    }
    if (marks->bookmark_level > 0) {
        PaintOp *op = op_add(painter, OP_BOOKMARK, box);
        op->text = marks->bookmark;
        op->at.mark.x = x;
        op->at.mark.y = y;
        op->at.mark.level = marks->bookmark_level;
        op->at.mark.open = marks->bookmark_open;
    }
}

static void paint_decoration(Painter *painter, const Fragment *f, Len x, Len y)
{
    const Box *box = f->box;
    painter->outlines = painter->outlines || box->style->decoration->outline_style != KW_NONE;
    if (!(f->cut & CUT_BEFORE))
        paint_marks(painter, box, x, y);
    if ((box->is & BOX_IS_ANONYMOUS) && f->rule_count == 0)
        return;
    if (box->style->text->visibility == KW_VISIBLE) {
        Rect rect = {x, y, f->width, f->height};
        bool slice = box->style->fragmentation->decoration != KW_CLONE;
        painter->open = (Sides){.top = slice && (f->cut & CUT_BEFORE), .bottom = slice && (f->cut & CUT_AFTER)};
        if (box != painter->canvas)
            paint_background(painter, box, box->style, rect, f->border, f->padding);
        paint_border(painter, box, box->style, rect, f->border);
        painter->open = (Sides){0};
        const StyleFragmentation *style = box->style->fragmentation;
        for (int i = 0; i < f->rule_count; i++)
            paint_rule(painter, box,
                       (Rect){x + f->rules[i].x - style->rule_width / 2, y + f->rules[i].from, style->rule_width,
                              f->rules[i].to - f->rules[i].from},
                       style->rule_style, used_color(style->rule_color, box->style), true);
    }
    if (box->href && !painter->artifact && box->kind != BOX_INLINE) {
        PaintOp *op = op_add(painter, OP_LINK, box);
        op->text = box->href;
        op->at.rect.x = x;
        op->at.rect.y = y;
        op->at.rect.width = f->width;
        op->at.rect.height = f->height;
    }
}

/* ---- layers ---- */

static void paint_atomic(Painter *painter, const Fragment *f, Len x, Len y);
static void paint_context(Painter *painter, const Fragment *f, Len x, Len y, bool own_layers);

static void paint_content(Painter *painter, const Fragment *f, Len x, Len y, Layer layer);
static void paint_layers(Painter *painter, const Fragment *f, Len x, Len y);

/* A table's grid inside its wrapper is no box of its own. */
static bool is_grid(const Fragment *f)
{
    return f->box->kind == BOX_TABLE && f->kind == FRAGMENT_BOX;
}

static void paint_child(Painter *painter, const Fragment *f, Len x, Len y, Layer layer)
{
    if (f->kind == FRAGMENT_LINE) {
        if (layer == LAYER_INLINES)
            paint_line(painter, f, x, y, paint_atomic);
        return;
    }
    if (is_layered(f->box) && !is_grid(f))
        return;
    if (((f->box->is & BOX_IS_FLOAT) && !is_grid(f)) || f->box->kind == BOX_MARKER) {
        if (layer == (f->box->kind == BOX_MARKER ? LAYER_INLINES : LAYER_FLOATS))
            paint_atomic(painter, f, x, y);
        return;
    }
    if ((f->box->is & BOX_IS_ITEM) && !is_grid(f)) { /* as an inline block */
        if (layer == LAYER_INLINES)
            paint_atomic(painter, f, x, y);
        return;
    }
    if (layer == LAYER_BLOCKS && f->kind == FRAGMENT_BOX)
        paint_decoration(painter, f, x, y);
    if (layer == LAYER_OUTLINES && f->kind == FRAGMENT_BOX && !(f->box->is & BOX_IS_ANONYMOUS))
        paint_outline(painter, f->box, f->box->style, (Rect){x, y, f->width, f->height});
    if (f->box->kind == BOX_REPLACED) {
        if (layer == LAYER_INLINES)
            paint_replaced(painter, f, x, y);
        return;
    }
    if (clips(f->box)) { /* all its layers inside one clip */
        if (layer == LAYER_INLINES) {
            push_clip(painter, padding_box(f, x, y));
            paint_layers(painter, f, x, y);
            pop(painter);
        }
        return;
    }
    paint_content(painter, f, x, y, layer);
}

static void paint_content(Painter *painter, const Fragment *f, Len x, Len y, Layer layer)
{
    Decorating own = {f->box->style, painter->decorating};
    const Decorating *outer = painter->decorating;
    if (f->box->style->decoration->decoration_line && f->kind == FRAGMENT_BOX)
        painter->decorating = &own;
    for (int i = 0; i < f->count; i++)
        paint_child(painter, f->link[i].fragment, len_add(x, f->link[i].x), len_add(y, f->link[i].y), layer);
    painter->decorating = outer;
}

static void paint_layers(Painter *painter, const Fragment *f, Len x, Len y)
{
    bool outlines = painter->outlines;
    painter->outlines = false;
    for (int layer = LAYER_BLOCKS; layer <= LAYER_INLINES; layer++)
        paint_content(painter, f, x, y, (Layer)layer);
    if (painter->outlines)
        paint_content(painter, f, x, y, LAYER_OUTLINES);
    painter->outlines = painter->outlines || outlines;
}

/* Floats, inline blocks: painted as one, but their positioned descendants belong to the context around. */
static void paint_atomic(Painter *painter, const Fragment *f, Len x, Len y)
{
    if (is_layered(f->box))
        return;
    const Decorating *outer = painter->decorating;
    painter->decorating = NULL;
    paint_context(painter, f, x, y, false);
    painter->decorating = outer;
}

static void collect(Collector *c, const Fragment *f, Len x, Len y)
{
    for (int i = 0; i < f->count; i++) {
        const Fragment *child = f->link[i].fragment;
        Len cx = len_add(x, f->link[i].x), cy = len_add(y, f->link[i].y);
        if (child->kind == FRAGMENT_LINE) {
            if (child->count == 0)
                continue;
            const LinePiece *pieces;
            int count = layout_line_pieces(c->painter->arena, child, &pieces);
            for (int k = 0; k < count; k++) {
                if (pieces[k].kind != 'a')
                    continue;
                Fragment holder = {.count = 1};
                Link link = {pieces[k].fragment, pieces[k].x, pieces[k].y};
                holder.link = &link;
                collect(c, &holder, cx, cy);
            }
            continue;
        }
        bool layered = is_layered(child->box) && !is_grid(child), context = is_stacking_context(child->box);
        if (layered) {
            int32_t z = child->box->style->box->z_index;
            Layered item = {
                child,   cx,         cy,     z > INT32_MIN + KEYWORD_COUNT ? z : 0, child->box->id, c->list.count,
                context, c->clipped, c->clip};
            VEC_PUSH(c->painter->arena, c->list, item);
        }
        if (layered && context)
            continue;
        bool clipped = c->clipped;
        Rect clip = c->clip;
        if (clips(child->box)) {
            Rect own = padding_box(child, cx, cy);
            c->clip = clipped ? intersect(clip, own) : own;
            c->clipped = true;
        }
        collect(c, child, cx, cy);
        c->clipped = clipped;
        c->clip = clip;
    }
}

static int by_z(const void *a, const void *b)
{
    const Layered *x = a, *y = b;
    if (x->z != y->z)
        return x->z < y->z ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void paint_layered(Painter *painter, const Layered *item)
{
    if (item->clipped)
        push_clip(painter, item->clip);
    const Decorating *outer = painter->decorating;
    painter->decorating = NULL;
    paint_context(painter, item->fragment, item->x, item->y, item->context);
    painter->decorating = outer;
    if (item->clipped)
        pop(painter);
}

static int begin_group(Painter *painter, const Fragment *f, Len x, Len y)
{
    const Box *box = f->box;
    const StyleDecoration *style = box->style->decoration;
    int groups = 0;
    if (f->kind != FRAGMENT_BOX && f->kind != FRAGMENT_COLUMN)
        return 0;
    Rect rect = {x, y, f->width, f->height};
    Matrix matrix;
    if (transform_of(box->style, rect, &matrix)) {
        op_add(painter, OP_TRANSFORM, NULL)->at.matrix = matrix;
        groups++;
    }
    const Path *clip = clip_path_of(painter->arena, box->style, rect, f->border, f->padding);
    if (clip) {
        op_add(painter, OP_CLIP, NULL)->at.path.path = clip;
        groups++;
    }
    if (style->opacity < RATIO_ONE || style->blend_mode != KW_NORMAL) {
        PaintOp *op = op_add(painter, OP_GROUP, NULL);
        op->at.group.opacity = style->opacity < 0 ? 0 : style->opacity;
        op->at.group.blend = style->blend_mode;
        groups++;
    }
    return groups;
}

/* own_layers: a stacking context, which paints its positioned descendants itself. */
static void paint_context(Painter *painter, const Fragment *f, Len x, Len y, bool own_layers)
{
    Collector collector = {.painter = painter};
    int groups = begin_group(painter, f, x, y);
    if (own_layers) {
        collect(&collector, f, x, y);
        if (collector.list.count > 1)
            qsort(collector.list.at, (size_t)collector.list.count, sizeof *collector.list.at, by_z);
    }
    if (f->kind == FRAGMENT_BOX && f->box->leader)
        paint_leader(painter, f, x, y);
    else if (f->kind == FRAGMENT_BOX)
        paint_decoration(painter, f, x, y);
    bool clipped = f->kind == FRAGMENT_BOX && clips(f->box) && f->box->kind != BOX_REPLACED;
    if (clipped)
        push_clip(painter, padding_box(f, x, y));
    int i = 0;
    for (; i < collector.list.count && collector.list.at[i].z < 0; i++)
        paint_layered(painter, &collector.list.at[i]);
    if (f->box->kind == BOX_REPLACED && f->kind == FRAGMENT_BOX && !f->box->leader)
        paint_replaced(painter, f, x, y);
    paint_layers(painter, f, x, y);
    for (; i < collector.list.count; i++)
        paint_layered(painter, &collector.list.at[i]);
    if (clipped)
        pop(painter);
    if (f->kind == FRAGMENT_BOX)
        paint_outline(painter, f->box, f->box->style, (Rect){x, y, f->width, f->height});
    while (groups-- > 0)
        pop(painter);
}

/* ---- the page ---- */

static bool has_background(const Style *style)
{
    return color_visible(style->decoration->background_color) || style->decoration->background_image;
}

/* The root's background, or body's where the root has none, covers the page area (css-backgrounds-3 2.11). */
static void paint_canvas(Painter *painter, const PageArea *page, const Fragment *root, Rect whole)
{
    const Box *box = root->box;
    const Style *page_style = page->style->style;
    Edges none = {0};
    if (has_background(page_style)) {
        Box page_box = {.style = page_style};
        Box *kept = arena_copy(painter->arena, &page_box, sizeof page_box);
        paint_background(painter, kept, page_style, whole, none, none);
    }
    if (!has_background(box->style) && box->node && node_is(box->node, "html"))
        for (const Box *child = box->first; child; child = child->next)
            if (child->node && node_is(child->node, "body"))
                box = child;
    if (has_background(box->style)) {
        painter->canvas = box;
        Rect area = {page->x + page->root->link[0].x, page->y + page->root->link[0].y, root->width, root->height};
        paint_background_in(painter, box, box->style, whole, area, none, none);
    }
    Box page_box = {.style = page_style};
    Box *kept = arena_copy(painter->arena, &page_box, sizeof page_box);
    Edges margin = {size_resolve(page_style->box->margin_top, page->style->height),
                    size_resolve(page_style->box->margin_right, page->style->width),
                    size_resolve(page_style->box->margin_bottom, page->style->height),
                    size_resolve(page_style->box->margin_left, page->style->width)};
    const StyleDecoration *d = page_style->decoration;
    Edges border = {d->border_top_width, d->border_right_width, d->border_bottom_width, d->border_left_width};
    paint_border(painter, kept, page_style,
                 (Rect){margin.left, margin.top, whole.width - margin.left - margin.right,
                        whole.height - margin.top - margin.bottom},
                 border);
}

static uint8_t margin_kind(int box)
{
    return box <= MARGIN_TOP_RIGHT_CORNER                                          ? ARTIFACT_HEADER
           : box >= MARGIN_BOTTOM_RIGHT_CORNER && box <= MARGIN_BOTTOM_LEFT_CORNER ? ARTIFACT_FOOTER
                                                                                   : ARTIFACT_SIDE;
}

const DisplayPage *paint_page(Arena *arena, const PageArea *page, const PaintContext *context)
{
    Painter painter = {.arena = arena, .context = context};
    DisplayPage *display = NEW(arena, DisplayPage);
    display->width = page->style->width;
    display->height = page->style->height;
    display->bleed = page->style->bleed;
    const Value *marks = page->style->style->content->marks;
    for (int i = 0; marks && i < marks->count; i++) {
        display->crop_marks |= marks->items[i].keyword == KW_CROP;
        display->cross_marks |= marks->items[i].keyword == KW_CROSS;
    }
    display->number = page->number;
    Rect whole = {0, 0, display->width, display->height};
    painter.artifact = true;
    if (page->root->count > 0)
        paint_canvas(&painter, page, page->root->link[0].fragment, whole);
    for (int i = 0; i < MARGIN_BOX_COUNT; i++)
        if (page->margin[i].fragment) {
            painter.artifact_kind = margin_kind(i);
            paint_context(&painter, page->margin[i].fragment, page->margin[i].x, page->margin[i].y, true);
        }
    painter.artifact_kind = ARTIFACT_LAYOUT;
    painter.artifact = false;
    if (page->root->count > 0) {
        Link *links = NEW_ARRAY(arena, Link, page->fixed_count + 1);
        Fragment all = *page->root; /* the root stacking context: the flow and what is positioned on the page */
        all.kind = FRAGMENT_PAGE;
        links[0] = page->root->link[0];
        for (int i = 0; i < page->fixed_count; i++)
            links[i + 1] = page->fixed[i];
        all.link = links;
        all.count = page->fixed_count + 1;
        Fragment *kept = arena_copy(arena, &all, sizeof all);
        paint_context(&painter, kept, page->x, page->y, true);
    }
    display->ops = painter.ops.at;
    display->count = painter.ops.count;
    return display;
}
