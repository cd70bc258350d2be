/* Pictures with fewer pixels, and sharper ones, row by row. See image_rows.h. Weights are whole numbers whose sum is 16384, so
 * that a plain area stays as it is, and sums of them and 16-bit samples fit 32 bits. */
#include <math.h>

#include "asset/image_rows.h"

enum { WHOLE_BITS = 14, WHOLE = 1 << WHOLE_BITS };

/* Keys 1981, a = -1/2: support 2. */
static double cubic(double x)
{
    x = fabs(x);
    return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/* One direction: of each new pixel, the old ones it is made of. */
typedef struct {
    int first, count;
    const int32_t *weights;
} Taps;

static Taps taps_of(Arena *arena, int from, int to, int at)
{
    double ratio = (double)from / to, wide = ratio > 1 ? ratio : 1, middle = (at + 0.5) * ratio - 0.5;
    int first = (int)ceil(middle - 2 * wide), last = (int)floor(middle + 2 * wide);
    first = first < 0 ? 0 : first;
    last = last >= from ? from - 1 : last;
    int count = last - first + 1;
    int32_t *weights = NEW_ARRAY(arena, int32_t, count);
    double sum = 0, so_far = 0;
    for (int i = 0; i < count; i++)
        sum += cubic((first + i - middle) / wide);
    int32_t whole = 0;
    for (int i = 0; i < count; i++) { /* what rounding takes from one goes to the next */
        so_far += cubic((first + i - middle) / wide) / sum * WHOLE;
        weights[i] = (int32_t)lround(so_far) - whole;
        whole += weights[i];
    }
    return (Taps){first, count, weights};
}

static Taps *all_taps(Arena *arena, int from, int to)
{
    Taps *taps = NEW_ARRAY(arena, Taps, to);
    for (int i = 0; i < to; i++)
        taps[i] = taps_of(arena, from, to, i);
    return taps;
}

static uint16_t bounded(int32_t sum)
{
    int32_t value = (sum + WHOLE / 2) >> WHOLE_BITS;
    return value < 0 ? 0 : value > 65535 ? 65535 : (uint16_t)value;
}

enum { OPEN_ROWS = 8 }; /* new rows that one old row may be part of */
struct ImageScale {
    ImageSize from, to;
    int samples;
    Taps *across, *down;
    int row;        /* old rows seen */
    int taken;      /* new rows given out */
    uint16_t *wide; /* the old row with the new width */
    int32_t *sums[OPEN_ROWS];
};

ImageScale *image_scale_new(Arena *arena, ImageSize from, ImageSize to, int samples)
{
    ImageScale *scale = NEW(arena, ImageScale);
    *scale = (ImageScale){.from = from, .to = to, .samples = samples};
    scale->across = all_taps(arena, from.width, to.width);
    scale->down = all_taps(arena, from.height, to.height);
    scale->wide = NEW_ARRAY(arena, uint16_t, to.width * samples);
    for (int i = 0; i < OPEN_ROWS; i++)
        scale->sums[i] = NEW_ARRAY(arena, int32_t, to.width * samples);
    return scale;
}

/* The compiler makes one of each number of samples. */
static inline void go_across_of(ImageScale *scale, const uint16_t *row, int samples)
{
    for (int x = 0; x < scale->to.width; x++) {
        const Taps *taps = &scale->across[x];
        const uint16_t *from = row + taps->first * samples;
        int32_t sums[5] = {0};
        for (int i = 0; i < taps->count; i++, from += samples)
            for (int k = 0; k < samples; k++)
                sums[k] += taps->weights[i] * from[k];
        for (int k = 0; k < samples; k++)
            scale->wide[x * samples + k] = bounded(sums[k]);
    }
}

static void go_across(ImageScale *scale, const uint16_t *row)
{
    switch (scale->samples) {
    case 1: go_across_of(scale, row, 1); break;
    case 3: go_across_of(scale, row, 3); break;
    default: go_across_of(scale, row, scale->samples);
    }
}

void image_scale_put(ImageScale *scale, const uint16_t *row)
{
    int size = scale->to.width * scale->samples;
    go_across(scale, row);
    for (int y = scale->taken; y < scale->to.height && y < scale->taken + OPEN_ROWS; y++) {
        const Taps *taps = &scale->down[y];
        int32_t *sums = scale->sums[y % OPEN_ROWS], weight;
        if (taps->first > scale->row)
            break;
        if (scale->row >= taps->first + taps->count)
            continue;
        weight = taps->weights[scale->row - taps->first];
        for (int i = 0; i < size; i++)
            sums[i] += weight * scale->wide[i];
    }
    scale->row++;
}

bool image_scale_take(ImageScale *scale, uint16_t *row)
{
    int size = scale->to.width * scale->samples;
    if (scale->taken >= scale->to.height)
        return false;
    const Taps *taps = &scale->down[scale->taken];
    int32_t *sums = scale->sums[scale->taken % OPEN_ROWS];
    if (scale->row < taps->first + taps->count)
        return false;
    for (int i = 0; i < size; i++) {
        row[i] = bounded(sums[i]);
        sums[i] = 0;
    }
    scale->taken++;
    return true;
}

/* ---- sharper ---- */

struct ImageSharpen {
    ImageSize size;
    int samples, share;
    uint16_t *rows[3];
    int row, taken;
};

ImageSharpen *image_sharpen_new(Arena *arena, ImageSize size, int samples, int share)
{
    ImageSharpen *sharpen = NEW(arena, ImageSharpen);
    *sharpen = (ImageSharpen){.size = size, .samples = samples, .share = share};
    for (int i = 0; i < 3; i++)
        sharpen->rows[i] = NEW_ARRAY(arena, uint16_t, size.width * samples);
    return sharpen;
}

void image_sharpen_put(ImageSharpen *sharpen, const uint16_t *row)
{
    memcpy(sharpen->rows[sharpen->row++ % 3], row, (size_t)(sharpen->size.width * sharpen->samples) * sizeof *row);
}

bool image_sharpen_take(ImageSharpen *sharpen, uint16_t *to)
{
    int y = sharpen->taken, last = sharpen->size.height - 1, width = sharpen->size.width, n = sharpen->samples;
    if (y > last || sharpen->row < (y < last ? y + 2 : y + 1))
        return false;
    const uint16_t *here = sharpen->rows[y % 3], *above = y > 0 ? sharpen->rows[(y - 1) % 3] : here,
                   *below = y < last ? sharpen->rows[(y + 1) % 3] : here;
    for (int x = 0; x < width; x++)
        for (int k = 0; k < n; k++) {
            int at = x * n + k, left = x > 0 ? at - n : at, right = x + 1 < width ? at + n : at;
            int64_t around = (int64_t)above[left] + above[at] + above[right] + here[left] + here[right] + below[left] +
                             below[at] + below[right];
            int64_t value = here[at] + ((int64_t)here[at] * 8 - around) * sharpen->share / (8 * 256);
            to[at] = value < 0 ? 0 : value > 65535 ? 65535 : (uint16_t)value;
        }
    sharpen->taken++;
    return true;
}
