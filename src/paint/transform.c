/* Two-dimensional transforms. css-transforms-1. */
#include "paint/internal.h"

#include <math.h>

typedef struct { double a, b, c, d, e, f; } Affine;

static Affine multiply(Affine m, Affine n) /* m after n: points go through n first */
{
    return (Affine){m.a * n.a + m.c * n.b, m.b * n.a + m.d * n.b, m.a * n.c + m.c * n.d, m.b * n.c + m.d * n.d,
                    m.a * n.e + m.c * n.f + m.e, m.b * n.e + m.d * n.f + m.f};
}

static double number(const Value *function, int i, double otherwise)
{
    if (i >= function->count)
        return otherwise;
    const Value *v = &function->items[i];
    return v->kind == VALUE_INTEGER ? v->number : v->number / (double)RATIO_ONE;
}

static double radians(const Value *function, int i)
{
    return i < function->count ? function->items[i].number / 1024.0 * 3.14159265358979323846 / 180 : 0;
}

static double length(const Value *function, int i, Len base)
{
    return i < function->count ? size_resolve(function->items[i].size, base) : 0;
}

static Affine one(const Value *f, Rect rect)
{
    const char *n = f->text;
    Affine m = {1, 0, 0, 1, 0, 0};
    if (strcmp(n, "matrix") == 0) {
        double px = f->count > 4 && f->items[4].kind == VALUE_SIZE ? 1 : LEN_PX;
        m = (Affine){number(f, 0, 1), number(f, 1, 0), number(f, 2, 0), number(f, 3, 1), 0, 0};
        m.e = px == 1 ? length(f, 4, 0) : number(f, 4, 0) * px;
        m.f = px == 1 ? length(f, 5, 0) : number(f, 5, 0) * px;
    } else if (strcmp(n, "translate") == 0 || strcmp(n, "translate3d") == 0) {
        m.e = length(f, 0, rect.width);
        m.f = length(f, 1, rect.height);
    } else if (text_equal_nocase(n, "translatex")) {
        m.e = length(f, 0, rect.width);
    } else if (text_equal_nocase(n, "translatey")) {
        m.f = length(f, 0, rect.height);
    } else if (strcmp(n, "scale") == 0 || strcmp(n, "scale3d") == 0) {
        m.a = number(f, 0, 1);
        m.d = number(f, 1, m.a);
    } else if (text_equal_nocase(n, "scalex")) {
        m.a = number(f, 0, 1);
    } else if (text_equal_nocase(n, "scaley")) {
        m.d = number(f, 0, 1);
    } else if (strcmp(n, "rotate") == 0 || text_equal_nocase(n, "rotatez")) {
        double r = radians(f, 0);
        m = (Affine){cos(r), sin(r), -sin(r), cos(r), 0, 0};
    } else if (strcmp(n, "skew") == 0) {
        m.c = tan(radians(f, 0));
        m.b = tan(radians(f, 1));
    } else if (text_equal_nocase(n, "skewx")) {
        m.c = tan(radians(f, 0));
    } else if (text_equal_nocase(n, "skewy")) {
        m.b = tan(radians(f, 0));
    }
    return m;
}

static int32_t ratio(double value)
{
    double scaled = value * RATIO_ONE;
    return (int32_t)lround(fmax(-2147483000.0, fmin(2147483000.0, scaled)));
}

bool transform_of(const Style *style, Rect rect, Matrix *matrix)
{
    const Value *list = style->decoration->transform;
    if (!list || list->kind != VALUE_LIST)
        return false;
    const Value *origin = style->decoration->transform_origin;
    bool said = origin && origin->kind == VALUE_LIST && origin->count >= 2;
    double x = rect.x + (double)(said ? size_resolve(origin->items[0].size, rect.width) : rect.width / 2);
    double y = rect.y + (double)(said ? size_resolve(origin->items[1].size, rect.height) : rect.height / 2);
    Affine m = {1, 0, 0, 1, x, y};
    for (int i = 0; i < list->count; i++)
        if (list->items[i].kind == VALUE_FUNCTION)
            m = multiply(m, one(&list->items[i], rect));
    m = multiply(m, (Affine){1, 0, 0, 1, -x, -y});
    *matrix = (Matrix){ratio(m.a), ratio(m.b), ratio(m.c), ratio(m.d), len_clamp((int64_t)llround(fmax(-1e9, fmin(1e9, m.e)))), len_clamp((int64_t)llround(fmax(-1e9, fmin(1e9, m.f))))};
    return true;
}
