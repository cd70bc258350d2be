/* Border images: nine parts of a picture around and inside a box. css-backgrounds-3 5. */
#include "paint/internal.h"

static Len slice(const Value *value, Len whole, Len px) /* px: a pixel of the picture */
{
    int64_t cut =
        value->kind == VALUE_PERCENTAGE ? len_ratio(whole, value->number) : ((int64_t)value->number * px) / RATIO_ONE;
    return (Len)(cut < 0 ? 0 : cut > whole ? whole : cut);
}

static Edges slices(const Value *list, Len width, Len height, Len px)
{
    if (!list || list->kind != VALUE_LIST || list->count < 4)
        return (Edges){height, width, height, width};
    const Value *v = list->items;
    return (Edges){slice(&v[0], height, px), slice(&v[1], width, px), slice(&v[2], height, px),
                   slice(&v[3], width, px)};
}

/* One width or outset: a number counts times the border, `auto` is the slice. */
static Len edge(const Value *list, int i, Len border, Len base, Len automatic)
{
    if (!list || list->kind != VALUE_LIST || list->count < 4)
        return border;
    Size size = list->items[i].size;
    if (size.is_number)
        return len_ratio(border, size.number);
    return size.keyword ? automatic : len_max(0, size_resolve(size, base));
}

static Edges edges(const Value *list, Edges border, Rect area, Edges automatic)
{
    return (Edges){edge(list, 0, border.top, area.height, automatic.top),
                   edge(list, 1, border.right, area.width, automatic.right),
                   edge(list, 2, border.bottom, area.height, automatic.bottom),
                   edge(list, 3, border.left, area.width, automatic.left)};
}

static void shrink_to_fit(Edges *e, Rect area) /* where opposite widths overlap, all shrink by one factor */
{
    int64_t num = 1, den = 1;
    int64_t across = (int64_t)e->left + e->right, down = (int64_t)e->top + e->bottom;
    if (across > area.width) {
        num = area.width;
        den = across;
    }
    if (down > area.height && area.height * den < num * down) {
        num = area.height;
        den = down;
    }
    if (num < den)
        *e = (Edges){len_scale(e->top, num, den), len_scale(e->right, num, den), len_scale(e->bottom, num, den),
                     len_scale(e->left, num, den)};
}

typedef struct {
    Len from, size, step;
    int count;
} Row; /* tiles along an edge */

static Row lay_tiles(Len start, Len length, Len tile, uint16_t repeat)
{
    if (repeat == KW_STRETCH || tile <= 0)
        return (Row){start, length, length, 1};
    if (repeat == KW_ROUND) {
        int n = (int)(((int64_t)length + tile / 2) / tile);
        n = n < 1 ? 1 : n;
        return (Row){start, length / n, length / n, n};
    }
    if (repeat == KW_SPACE) {
        int n = (int)(length / tile);
        Len gap = n > 0 ? (length - n * tile) / (n + 1) : 0;
        return (Row){start + gap, tile, tile + gap, n};
    }
    Len middle = start + (length - tile) / 2;
    int before = (int)(((int64_t)middle - start + tile - 1) / tile);
    Len from = middle - before * tile;
    return (Row){from, tile, tile, (int)(((int64_t)start + length - from + tile - 1) / tile)};
}

typedef struct {
    Painter *painter;
    const Box *box;
    const Style *style;
    Picture picture;
    Rect whole;
    uint16_t repeat[2];
} Frame9;

/* tile: the size the part has before it is repeated. */
static void paint_part(const Frame9 *f, Rect from, Rect to, Len tile_width, Len tile_height, uint16_t repeat_x,
                       uint16_t repeat_y)
{
    if (rect_is_empty(from) || rect_is_empty(to))
        return;
    Row x = lay_tiles(to.x, to.width, tile_width, repeat_x), y = lay_tiles(to.y, to.height, tile_height, repeat_y);
    if (x.count <= 0 || y.count <= 0 || (int64_t)x.count * y.count > 10000)
        return;
    bool tiled = repeat_x != KW_STRETCH || repeat_y != KW_STRETCH;
    if (tiled)
        op_add(f->painter, OP_CLIP, NULL)->at.path.path = path_rect(f->painter->arena, to);
    for (int r = 0; r < y.count; r++)
        for (int c = 0; c < x.count; c++)
            paint_picture_part(f->painter, f->box, f->style, &f->picture, f->whole, from,
                               (Rect){x.from + c * x.step, y.from + r * y.step, x.size, y.size});
    if (tiled)
        op_add(f->painter, OP_RESTORE, NULL);
}

/* Column and row 0..2 of the nine parts. */
static Rect part_of(Rect r, Edges e, int column, int row)
{
    Len xs[4] = {r.x, r.x + e.left, r.x + r.width - e.right, r.x + r.width},
        ys[4] = {r.y, r.y + e.top, r.y + r.height - e.bottom, r.y + r.height};
    return (Rect){xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row]};
}

static void paint_nine(const Frame9 *f, Rect area, Edges width, Edges cut, bool fill)
{
    for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
            if (row == 1 && column == 1 && !fill)
                continue;
            Rect from = part_of(f->whole, cut, column, row), to = part_of(area, width, column, row);
            Len tile_width = to.width, tile_height = to.height;
            /* An edge is scaled to its border's width; the middle as the top and the left edge are. */
            if (column == 1) {
                Len over = row == 1 ? (cut.top ? cut.top : cut.bottom) : from.height,
                    get = row == 1 ? (cut.top ? width.top : width.bottom) : to.height;
                tile_width = over > 0 ? len_scale(from.width, get, over) : from.width;
            }
            if (row == 1) {
                Len over = column == 1 ? (cut.left ? cut.left : cut.right) : from.width,
                    get = column == 1 ? (cut.left ? width.left : width.right) : to.width;
                tile_height = over > 0 ? len_scale(from.height, get, over) : from.height;
            }
            paint_part(f, from, to, tile_width, tile_height, column == 1 ? f->repeat[0] : KW_STRETCH,
                       row == 1 ? f->repeat[1] : KW_STRETCH);
        }
    }
}

bool paint_border_image(Painter *painter, const Box *box, const Style *style, Rect rect, Edges border)
{
    const StyleDecoration *d = style->decoration;
    Frame9 f = {.painter = painter, .box = box, .style = style, .repeat = {KW_STRETCH, KW_STRETCH}};
    if (!picture_open(painter, box, d->border_image_source, &f.picture))
        return false;
    Edges out = edges(d->border_image_outset, border, rect, (Edges){0});
    Rect area = {rect.x - out.left, rect.y - out.top, rect.width + out.left + out.right,
                 rect.height + out.top + out.bottom};
    f.whole = f.picture.image ? (Rect){0, 0, f.picture.width, f.picture.height} : (Rect){0, 0, area.width, area.height};
    const Value *said = d->border_image_slice, *repeat = d->border_image_repeat;
    Len px = f.picture.image && f.picture.image->upright_width > 0 ? f.picture.width / f.picture.image->upright_width
                                                                   : LEN_PX;
    Edges cut = slices(said, f.whole.width, f.whole.height, px),
          width = edges(d->border_image_width, border, area, cut);
    shrink_to_fit(&width, area);
    if (repeat && repeat->kind == VALUE_LIST && repeat->count >= 2) {
        f.repeat[0] = repeat->items[0].keyword;
        f.repeat[1] = repeat->items[1].keyword;
    }
    if (!rect_is_empty(area) && !rect_is_empty(f.whole))
        paint_nine(&f, area, width, cut, said && said->kind == VALUE_LIST && said->count > 4);
    return true;
}
