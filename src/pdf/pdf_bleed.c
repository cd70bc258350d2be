/* What reaches the edge of the page runs over it, to the edge of the bleed: a cut that is a little off shows no paper.
 * print-ready.md P16. */
#include "pdf/pdf_writer.h"

enum { AT_EDGE = (int)(35LL * 72 * LEN_PT / 2540) }; /* 0.35 mm */

bool pdf_bleed_out(const PdfWriter *writer, Area *area)
{
    Len width = writer->page->width, height = writer->page->height, bleed = writer->bleed;
    Area old = *area;
    const Matrix *m = &writer->ctm;
    bool upright = m->a == RATIO_ONE && m->d == RATIO_ONE && !m->b && !m->c && !m->e && !m->f;
    if (bleed <= 0 || !upright || old.right <= 0 || old.bottom <= 0 || old.left >= width || old.top >= height)
        return false;
    if (old.left <= AT_EDGE)
        area->left = len_min(old.left, -bleed);
    if (old.top <= AT_EDGE)
        area->top = len_min(old.top, -bleed);
    if (old.right >= width - AT_EDGE)
        area->right = len_max(old.right, width + bleed);
    if (old.bottom >= height - AT_EDGE)
        area->bottom = len_max(old.bottom, height + bleed);
    return memcmp(&old, area, sizeof old) != 0;
}

/* A picture grows as a whole until it fills the area; the edges that do not bleed stay where they are. */
Area pdf_bleed_picture(const Area *old, const Area *wanted)
{
    int64_t w = old->right - old->left, h = old->bottom - old->top;
    int64_t wide = wanted->right - wanted->left, high = wanted->bottom - wanted->top;
    Area area = *wanted;
    if (wide * h >= high * w) { /* the width decides */
        int64_t rest = (h * wide + w - 1) / w - high;
        int64_t above = wanted->top == old->top ? 0 : wanted->bottom == old->bottom ? rest : rest / 2;
        area.top = len_clamp(area.top - above);
        area.bottom = len_clamp(area.bottom + rest - above);
    } else {
        int64_t rest = (w * high + h - 1) / h - wide;
        int64_t before = wanted->left == old->left ? 0 : wanted->right == old->right ? rest : rest / 2;
        area.left = len_clamp(area.left - before);
        area.right = len_clamp(area.right + rest - before);
    }
    return area;
}
