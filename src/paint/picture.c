/* <image> values in rectangles: pictures and gradients, for backgrounds, borders and generated content. css-images-4. */
#include "paint/internal.h"

#include <math.h>

bool picture_open(Painter *painter, const Box *box, const Value *value, Picture *picture)
{
    *picture = (Picture){.value = value};
    if (!value || (value->kind != VALUE_URL && value->kind != VALUE_FUNCTION))
        return false;
    if (value->kind == VALUE_FUNCTION)
        return strstr(value->text, "-gradient") != NULL;
    const char *base = value->base ? value->base : painter->context->document->directory;
    picture->image = image_open(painter->context->images, base, value->text, box->source, painter->context->diag);
    if (!picture->image)
        return false;
    int dpi = value->number > 0 ? value->number : 96;
    picture->width = len_scale(picture->image->upright_width, 96 * LEN_PX, dpi);
    picture->height = len_scale(picture->image->upright_height, 96 * LEN_PX, dpi);
    return true;
}

static void paint_image(Painter *painter, const Box *box, const Image *image, Rect rect)
{
    PaintOp *op = op_add(painter, OP_IMAGE, box);
    op->tag = NULL;
    op->at.rect.x = rect.x;
    op->at.rect.y = rect.y;
    op->at.rect.width = rect.width;
    op->at.rect.height = rect.height;
    op->at.rect.image = image;
}

/* A conic gradient has no shading in PDF: it is drawn as sectors of one colour. */
static void paint_conic(Painter *painter, const Box *box, const Value *value, Rect rect, const Style *style)
{
    Conic conic;
    if (!conic_of(painter->arena, value, rect, style, &conic))
        return;
    op_add(painter, OP_CLIP, NULL)->at.path.path = path_rect(painter->arena, rect);
    double radius =
        hypot(rect.width, rect.height) + hypot(conic.x - rect.x - rect.width / 2, conic.y - rect.y - rect.height / 2);
    for (int i = 0; i < conic.count; i++) {
        /* An opaque sector reaches a bit under the next one, which leaves no seam. */
        double from = conic.sectors[i].from, to = conic.sectors[i].to;
        if (conic.sectors[i].color.alpha == 65535 && i + 1 < conic.count)
            to += 0.002;
        fill_path(painter, box, path_sector(painter->arena, conic.x, conic.y, radius, from, to),
                  conic.sectors[i].color);
    }
    op_add(painter, OP_RESTORE, NULL);
}

void paint_picture(Painter *painter, const Box *box, const Style *style, const Picture *picture, Rect rect)
{
    if (rect_is_empty(rect))
        return;
    if (picture->image) {
        paint_image(painter, box, picture->image, rect);
        return;
    }
    if (strstr(picture->value->text, "conic")) {
        paint_conic(painter, box, picture->value, rect, style);
        return;
    }
    const Gradient *gradient = gradient_of(painter->arena, picture->value, rect, style);
    if (!gradient)
        return;
    if (gradient->count == 1 || rect_is_empty(rect)) {
        paint_rect(painter, box, rect, gradient->stops[0].color);
        return;
    }
    PaintOp *op = op_add(painter, OP_FILL, box);
    op->tag = NULL;
    op->color = gradient->stops[0].color;
    op->at.path.path = path_rect(painter->arena, rect);
    op->at.path.gradient = gradient;
}

/* The part `from` of the picture, whose whole is `whole` large, drawn into `to`. */
void paint_picture_part(Painter *painter, const Box *box, const Style *style, const Picture *picture, Rect whole,
                        Rect from, Rect to)
{
    if (rect_is_empty(from) || rect_is_empty(to))
        return;
    Rect drawn;
    drawn.width = len_scale(whole.width, to.width, from.width);
    drawn.height = len_scale(whole.height, to.height, from.height);
    drawn.x = to.x - len_scale(from.x - whole.x, to.width, from.width);
    drawn.y = to.y - len_scale(from.y - whole.y, to.height, from.height);
    op_add(painter, OP_CLIP, NULL)->at.path.path = path_rect(painter->arena, to);
    paint_picture(painter, box, style, picture, drawn);
    op_add(painter, OP_RESTORE, NULL);
}
