/* pdf/pdf_number.h: numbers of content streams, printed from integers with the fewest digits. */
#ifndef N2P_PDF_NUMBER_H
#define N2P_PDF_NUMBER_H

#include "base/base.h"

/* value / 10^decimals: "12", "-.5", "3.142". */
static inline void pdf_fixed(Buffer *out, int64_t value, int decimals)
{
    char text[32], *at = text + sizeof text;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    while (decimals > 0 && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    if (decimals > 0) {
        for (; decimals > 0; decimals--, rest /= 10)
            *--at = (char)('0' + rest % 10);
        *--at = '.';
    }
    if (rest > 0 || at == text + sizeof text)
        do {
            *--at = (char)('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    if (value < 0)
        *--at = '-';
    buffer_add(out, at, (size_t)(text + sizeof text - at));
}

static inline int64_t divide_nearest(int64_t value, int64_t by) /* by > 0; halves away from 0 */
{
    return (value + (value < 0 ? -by / 2 : by / 2)) / by;
}

/* A length in thousandths of a point. */
static inline int64_t len_thousandths(Len value)
{
    return divide_nearest((int64_t)value * 1000, LEN_PT);
}

static inline void pdf_len(Buffer *out, Len value)
{
    pdf_fixed(out, len_thousandths(value), 3);
}

/* A factor, RATIO_ONE = 1, six decimals. */
static inline void pdf_ratio(Buffer *out, int32_t value)
{
    pdf_fixed(out, divide_nearest((int64_t)value * 1000000, RATIO_ONE), 6);
}

static inline void pdf_space(Buffer *out)
{
    buffer_add(out, " ", 1);
}

#endif
