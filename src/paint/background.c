/* Backgrounds by layers. css-backgrounds-3 2. */
#include "paint/internal.h"

static const Value *layer_item(const Value *list, int i) /* lists shorter than background-image repeat */
{
    if (!list)
        return NULL;
    if (list->kind != VALUE_LIST || list->count == 0)
        return list;
    return &list->items[i % list->count];
}

static Rect box_edge(Rect rect, uint16_t keyword, Edges border, Edges padding)
{
    if (keyword == KW_BORDER_BOX || rect_is_empty(rect))
        return rect;
    Rect r = {rect.x + border.left, rect.y + border.top, rect.width - border.left - border.right,
              rect.height - border.top - border.bottom};
    if (keyword == KW_CONTENT_BOX)
        r = (Rect){r.x + padding.left, r.y + padding.top, r.width - padding.left - padding.right,
                   r.height - padding.top - padding.bottom};
    return r;
}

static uint16_t layer_keyword(const Value *list, int i, uint16_t otherwise)
{
    const Value *item = layer_item(list, i);
    return item && item->keyword ? item->keyword : otherwise;
}

typedef struct {
    Len size, from, step;
    int count;
} Tiles; /* along one axis */

static Tiles tile_axis(Len area_from, Len area, Len size, uint16_t repeat, Len at, Len clip_from, Len clip_to)
{
    Tiles t = {size, area_from + at, size, 1};
    if (size <= 0)
        return (Tiles){0};
    if (repeat == KW_ROUND) {
        int n = (int)((area + size / 2) / size);
        t.size = t.step = area / (n < 1 ? 1 : n);
        t.size = t.size < 1 ? 1 : t.size;
        t.step = t.size;
    } else if (repeat == KW_SPACE) {
        int n = (int)(area / size);
        if (n < 2) {
            return t;
        }
        t.from = area_from;
        t.step = size + (area - n * size) / (n - 1);
    }
    if (repeat == KW_NO_REPEAT)
        return t;
    int64_t ahead = (int64_t)t.from - clip_from; /* the first tile that reaches into the clip */
    if (ahead > 0)
        ahead -= (ahead + t.step - 1) / t.step * t.step;
    else
        ahead %= t.step;
    t.from = len_clamp(clip_from + ahead);
    t.count = (int)(((int64_t)clip_to - t.from + t.step - 1) / t.step);
    return t;
}

static void size_tile(const Value *size, Rect area, Len nw, Len nh, Len *w, Len *h)
{
    *w = nw > 0 ? nw : area.width;
    *h = nh > 0 ? nh : area.height;
    bool ratio = nw > 0 && nh > 0;
    if (!size)
        return;
    if (size->keyword == KW_COVER || size->keyword == KW_CONTAIN) {
        if (!ratio) {
            *w = area.width;
            *h = area.height;
            return;
        }
        bool by_width = ((int64_t)area.width * nh <= (int64_t)area.height * nw) == (size->keyword == KW_CONTAIN);
        *w = by_width ? area.width : len_scale(area.height, nw, nh);
        *h = by_width ? len_scale(area.width, nh, nw) : area.height;
        return;
    }
    if (size->kind != VALUE_LIST || size->count < 2)
        return;
    bool auto_w = size->items[0].size.keyword != 0, auto_h = size->items[1].size.keyword != 0;
    if (!auto_w)
        *w = len_max(0, size_resolve(size->items[0].size, area.width));
    if (!auto_h)
        *h = len_max(0, size_resolve(size->items[1].size, area.height));
    if (auto_w && !auto_h && ratio)
        *w = len_scale(*h, nw, nh);
    if (auto_h && !auto_w && ratio)
        *h = len_scale(*w, nh, nw);
}

static Len layer_position(const Value *list, int i, Len room)
{
    const Value *item = layer_item(list, i);
    return item && (item->kind == VALUE_SIZE || item->kind == VALUE_LENGTH) ? size_resolve(item->size, room) : 0;
}

static void paint_layer(Painter *painter, const Box *box, const Style *style, int i, const Value *value, Rect rect,
                        Rect area_box, Edges border, Edges padding)
{
    const StyleDecoration *d = style->decoration;
    Picture picture;
    if (!picture_open(painter, box, value, &picture))
        return;
    Rect clip = box_edge(rect, layer_keyword(d->background_clip, i, KW_BORDER_BOX), border, padding);
    Rect area = box_edge(area_box, layer_keyword(d->background_origin, i, KW_PADDING_BOX), border, padding);
    Len w, h;
    size_tile(layer_item(d->background_size, i), area, picture.width, picture.height, &w, &h);
    const Value *repeat = layer_item(d->background_repeat, i);
    uint16_t rx = KW_REPEAT, ry = KW_REPEAT;
    if (repeat && repeat->kind == VALUE_LIST && repeat->count >= 2) {
        rx = repeat->items[0].keyword;
        ry = repeat->items[1].keyword;
    }
    if (w <= 0 || h <= 0 || rect_is_empty(clip))
        return;
    Tiles x = tile_axis(area.x, area.width, w, rx, layer_position(d->background_position_x, i, area.width - w), clip.x,
                        clip.x + clip.width);
    Tiles y = tile_axis(area.y, area.height, h, ry, layer_position(d->background_position_y, i, area.height - h),
                        clip.y, clip.y + clip.height);
    if ((int64_t)x.count * y.count > 40000) {
        diag_warn(painter->context->diag, "background-too-fine", box->source,
                  "a background of more than 40000 tiles is left out");
        return;
    }
    Radii radii;
    bool is_round = radii_of(style, rect, painter->open, &radii);
    op_add(painter, OP_CLIP, NULL)->at.path.path =
        is_round
            ? path_rounded(painter->arena, clip,
                           radii_inside(radii, (Edges){clip.y - rect.y, rect.x + rect.width - clip.x - clip.width,
                                                       rect.y + rect.height - clip.y - clip.height, clip.x - rect.x}))
            : path_rect(painter->arena, clip);
    for (int r = 0; r < y.count; r++)
        for (int c = 0; c < x.count; c++)
            paint_picture(painter, box, style, &picture,
                          (Rect){x.from + c * x.step, y.from + r * y.step, x.size, y.size});
    op_add(painter, OP_RESTORE, NULL);
}

/* area_box: what positions are relative to; rect: what is painted. They differ for the page's canvas only. */
void paint_background_in(Painter *painter, const Box *box, const Style *style, Rect rect, Rect area_box, Edges border,
                         Edges padding)
{
    const StyleDecoration *d = style->decoration;
    paint_box_shadows(painter, box, style, rect, border, false);
    Color color = used_color(d->background_color, style);
    int layers = d->background_image ? (d->background_image->kind == VALUE_LIST ? d->background_image->count : 1) : 0;
    Radii radii;
    if (color_visible(color)) {
        Rect clip = box_edge(rect, layer_keyword(d->background_clip, layers > 0 ? layers - 1 : 0, KW_BORDER_BOX),
                             border, padding);
        if (radii_of(style, rect, painter->open, &radii))
            fill_path(painter, box,
                      path_rounded(
                          painter->arena, clip,
                          radii_inside(radii, (Edges){clip.y - rect.y, rect.x + rect.width - clip.x - clip.width,
                                                      rect.y + rect.height - clip.y - clip.height, clip.x - rect.x})),
                      color);
        else
            paint_rect(painter, box, clip, color);
    }
    for (int i = layers - 1; i >= 0; i--)
        paint_layer(painter, box, style, i, layer_item(d->background_image, i), rect, area_box, border, padding);
    paint_box_shadows(painter, box, style, rect, border, true);
}

void paint_background(Painter *painter, const Box *box, const Style *style, Rect rect, Edges border, Edges padding)
{
    paint_background_in(painter, box, style, rect, rect, border, padding);
}
