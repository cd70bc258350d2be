/* Transforms, also in three dimensions: what comes out is seen from the front, without perspective. css-transforms-1 and -2. */
#include "paint/internal.h"

#include <math.h>

typedef struct {
    double at[3][4];
} Affine; /* rows; the last column is the shift */

static const Affine identity = {{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}};

static Affine multiply(const Affine *m, const Affine *n) /* m after n: points go through n first */
{
    Affine out;
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++)
            out.at[r][c] = m->at[r][0] * n->at[0][c] + m->at[r][1] * n->at[1][c] + m->at[r][2] * n->at[2][c] +
                           (c == 3 ? m->at[r][3] : 0);
    return out;
}

static Affine plane(double a, double b, double c, double d, double e, double f)
{
    return (Affine){{{a, c, 0, e}, {b, d, 0, f}, {0, 0, 1, 0}}};
}

static Affine rotation(double x, double y, double z, double angle) /* css-transforms-2 13.1 */
{
    double size = sqrt(x * x + y * y + z * z), s = sin(angle), c = cos(angle), t = 1 - c;
    if (size <= 0)
        return identity;
    x /= size;
    y /= size;
    z /= size;
    return (Affine){{{t * x * x + c, t * x * y - s * z, t * x * z + s * y, 0},
                     {t * x * y + s * z, t * y * y + c, t * y * z - s * x, 0},
                     {t * x * z - s * y, t * y * z + s * x, t * z * z + c, 0}}};
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

/* The shifts of matrix() are lengths or numbers of px. */
static double shift(const Value *f, int i)
{
    return i < f->count && f->items[i].kind == VALUE_SIZE ? length(f, i, 0) : number(f, i, 0) * LEN_PX;
}

static Affine matrix_3d(const Value *f) /* column by column; the perspective row is left out */
{
    Affine m = identity;
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++)
            m.at[r][c] = c == 3 ? shift(f, 12 + r) : number(f, 4 * c + r, r == c);
    return m;
}

static bool named(const Value *f, const char *name)
{
    return text_equal_nocase(f->text, name);
}

static Affine scaling(double x, double y, double z)
{
    return (Affine){{{x, 0, 0, 0}, {0, y, 0, 0}, {0, 0, z, 0}}};
}

static Affine skewing(double x, double y)
{
    return plane(1, tan(y), tan(x), 1, 0, 0);
}

static Affine one(const Value *f, Rect rect)
{
    if (named(f, "matrix"))
        return plane(number(f, 0, 1), number(f, 1, 0), number(f, 2, 0), number(f, 3, 1), shift(f, 4), shift(f, 5));
    if (named(f, "matrix3d"))
        return matrix_3d(f);
    if (named(f, "translate") || named(f, "translate3d")) {
        Affine m = plane(1, 0, 0, 1, length(f, 0, rect.width), length(f, 1, rect.height));
        m.at[2][3] = length(f, 2, 0);
        return m;
    }
    if (named(f, "translatex"))
        return plane(1, 0, 0, 1, length(f, 0, rect.width), 0);
    if (named(f, "translatey"))
        return plane(1, 0, 0, 1, 0, length(f, 0, rect.height));
    if (named(f, "translatez")) {
        Affine m = identity;
        m.at[2][3] = length(f, 0, 0);
        return m;
    }
    if (named(f, "scale"))
        return scaling(number(f, 0, 1), number(f, 1, number(f, 0, 1)), 1);
    if (named(f, "scale3d"))
        return scaling(number(f, 0, 1), number(f, 1, 1), number(f, 2, 1));
    if (named(f, "scalex"))
        return scaling(number(f, 0, 1), 1, 1);
    if (named(f, "scaley"))
        return scaling(1, number(f, 0, 1), 1);
    if (named(f, "scalez"))
        return scaling(1, 1, number(f, 0, 1));
    if (named(f, "rotate") || named(f, "rotatez"))
        return rotation(0, 0, 1, radians(f, 0));
    if (named(f, "rotatex"))
        return rotation(1, 0, 0, radians(f, 0));
    if (named(f, "rotatey"))
        return rotation(0, 1, 0, radians(f, 0));
    if (named(f, "rotate3d"))
        return rotation(number(f, 0, 0), number(f, 1, 0), number(f, 2, 0), radians(f, 3));
    if (named(f, "skew"))
        return skewing(radians(f, 0), radians(f, 1));
    if (named(f, "skewx"))
        return skewing(radians(f, 0), 0);
    if (named(f, "skewy"))
        return skewing(0, radians(f, 0));
    return identity;
}

static int32_t ratio(double value)
{
    double scaled = value * RATIO_ONE;
    return (int32_t)lround(fmax(-2147483000.0, fmin(2147483000.0, scaled)));
}

static Len whole(double value)
{
    return len_clamp((int64_t)llround(fmax(-1e9, fmin(1e9, value))));
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
    double z = said && origin->count > 2 ? size_resolve(origin->items[2].size, 0) : 0;
    Affine m = identity, back = identity;
    const double center[3] = {x, y, z};
    for (int i = 0; i < 3; i++) {
        m.at[i][3] = center[i];
        back.at[i][3] = -center[i];
    }
    for (int i = 0; i < list->count; i++) {
        Affine next = list->items[i].kind == VALUE_FUNCTION ? one(&list->items[i], rect) : identity;
        m = multiply(&m, &next);
    }
    m = multiply(&m, &back);
    *matrix = (Matrix){ratio(m.at[0][0]), ratio(m.at[1][0]), ratio(m.at[0][1]),
                       ratio(m.at[1][1]), whole(m.at[0][3]), whole(m.at[1][3])};
    return true;
}
