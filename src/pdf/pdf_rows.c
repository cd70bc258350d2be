/* Rows of samples, deflated as they come with PNG filters 1, 2 and 4 (PNG 9.2): of each row the one with the least sum of
 * differences (12.7). ISO 32000-1 7.4.4.4. */
#include "pdf/pdf_writer.h"

static const int filters[] = {1, 2, 4};
enum { FILTERS = 3 };
struct PdfRows {
    PdfWriter *writer;
    uint8_t *tries[FILTERS], *before;
    size_t row_bytes, wide;
    bool first;
};

static int paeth(int a, int b, int c)
{
    int p = a + b - c, pa = p > a ? p - a : a - p, pb = p > b ? p - b : b - p, pc = p > c ? p - c : c - p;
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

static uint32_t filter_row(const PdfRows *rows, uint8_t *to, const uint8_t *row, int filter)
{
    uint32_t sum = 0;
    const uint8_t *above = rows->first ? NULL : rows->before;
    size_t wide = rows->wide;
    to[0] = (uint8_t)filter;
    for (size_t i = 0; i < rows->row_bytes; i++) {
        int a = i >= wide ? row[i - wide] : 0, b = above ? above[i] : 0, c = above && i >= wide ? above[i - wide] : 0;
        int guess = filter == 1 ? a : filter == 2 ? b : paeth(a, b, c);
        to[i + 1] = (uint8_t)(row[i] - guess);
        sum += (uint32_t)(to[i + 1] < 128 ? to[i + 1] : 256 - to[i + 1]);
    }
    return sum;
}

PdfRows *pdf_rows_begin(PdfWriter *writer, Ref ref, const char *entries, size_t row_bytes, size_t wide)
{
    PdfRows *rows = NEW(writer->scratch, PdfRows);
    *rows = (PdfRows){.writer = writer, .row_bytes = row_bytes, .wide = wide, .first = true};
    for (int i = 0; i < FILTERS; i++)
        rows->tries[i] = arena_alloc(writer->scratch, row_bytes + 1);
    rows->before = arena_alloc(writer->scratch, row_bytes);
    pdf_deflate_begin(writer->file, ref, entries);
    return rows;
}

void pdf_rows_put(PdfRows *rows, const uint8_t *row)
{
    uint32_t least = UINT32_MAX;
    const uint8_t *best = rows->tries[0];
    for (int i = 0; i < FILTERS; i++) {
        uint32_t sum = filter_row(rows, rows->tries[i], row, filters[i]);
        if (sum < least) {
            least = sum;
            best = rows->tries[i];
        }
    }
    pdf_deflate_rows(rows->writer->file, best, rows->row_bytes + 1);
    memcpy(rows->before, row, rows->row_bytes);
    rows->first = false;
}

void pdf_rows_end(PdfRows *rows)
{
    pdf_deflate_end(rows->writer->file);
}
