/* How much ink lies where: the mean of each ink over the page and in strips of 15 mm, the most in one place, and the square of
 * 15 mm with the most in the mean (P4, P5). Measured inside the trim. */
#include "preflight/internal.h"

enum { ROUNDING = 2 /* percent: samples of 8 bits, four and more of them */ };

typedef struct {
    int left, top, width, height; /* of the trim, in pixels of the bitmap */
    const Bitmap *map;
} Area;

static Area trim_of(const PageFacts *page, const Bitmap *map)
{
    int64_t unit = 72 * LEN_PT;
    Area area = {.map = map};
    area.left = area.top = (int)(((int64_t)map->margin * map->ppi + unit / 2) / unit);
    area.width = (int)((int64_t)page->width * map->ppi / unit);
    area.height = (int)((int64_t)page->height * map->ppi / unit);
    if (area.left + area.width > map->width)
        area.width = map->width - area.left;
    if (area.top + area.height > map->height)
        area.height = map->height - area.top;
    return area;
}

static const uint8_t *row_of(const Area *area, int y)
{
    const Bitmap *map = area->map;
    return map->data + ((size_t)(area->top + y) * (size_t)map->width + (size_t)area->left) * (size_t)map->count;
}

static Len len_of(const Bitmap *map, int64_t pixels)
{
    return len_clamp(pixels * 72 * LEN_PT / map->ppi);
}

/* Sums of everything above and to the left: any square is then four look-ups. */
static uint32_t *make_table(Arena *arena, const Area *area)
{
    size_t wide = (size_t)area->width + 1;
    uint32_t *table = NEW_ARRAY(arena, uint32_t, wide * ((size_t)area->height + 1));
    for (int y = 0; y < area->height; y++) {
        const uint8_t *from = row_of(area, y);
        uint32_t *above = table + wide * (size_t)y, *row = above + wide, sum = 0;
        for (int x = 0; x < area->width; x++, from += area->map->count) {
            for (int i = 0; i < area->map->count; i++)
                sum += from[i];
            row[x + 1] = above[x + 1] + sum;
        }
    }
    return table;
}

static double percent(double sum, double count)
{
    return count > 0 ? sum * 100 / 255 / count : 0;
}

static void measure_square(PageFacts *page, const Area *area, const uint32_t *table)
{
    int64_t side = (int64_t)MM(150) * area->map->ppi / (72 * LEN_PT);
    int across = side < area->width ? (int)side : area->width, down = side < area->height ? (int)side : area->height;
    size_t wide = (size_t)area->width + 1;
    uint32_t most = 0;
    int at_x = 0, at_y = 0;
    for (int y = 0; y + down <= area->height; y++) {
        const uint32_t *top = table + wide * (size_t)y, *bottom = top + wide * (size_t)down;
        for (int x = 0; x + across <= area->width; x++) {
            uint32_t sum = bottom[x + across] - bottom[x] - top[x + across] + top[x];
            if (sum > most) {
                most = sum;
                at_x = x;
                at_y = y;
            }
        }
    }
    page->square = percent(most, (double)across * down);
    page->square_box[0] = len_of(area->map, at_x);
    page->square_box[1] = len_of(area->map, at_y);
    page->square_box[2] = len_of(area->map, across);
    page->square_box[3] = len_of(area->map, down);
}

static void measure_most(PageFacts *page, const Area *area)
{
    int most = 0, count = area->map->count;
    for (int y = 0; y < area->height; y++) {
        const uint8_t *at = row_of(area, y);
        for (int x = 0; x < area->width; x++, at += count) {
            int sum = 0;
            for (int i = 0; i < count; i++)
                sum += at[i];
            if (sum > most) {
                most = sum;
                page->most_at[0] = len_of(area->map, x);
                page->most_at[1] = len_of(area->map, y);
            }
        }
    }
    page->most = percent(most, 1);
}

static void measure_means(Arena *arena, PageFacts *page, const Area *area)
{
    int count = area->map->count;
    int64_t strip = (int64_t)MM(150) * area->map->ppi / (72 * LEN_PT);
    page->zone_count = (int)((area->width + strip - 1) / strip);
    page->zones = NEW_ARRAY(arena, double, page->zone_count *count);
    for (int y = 0; y < area->height; y++) {
        const uint8_t *from = row_of(area, y);
        for (int x = 0; x < area->width; x++, from += count)
            for (int i = 0; i < count; i++)
                page->zones[x / strip * count + i] += from[i];
    }
    for (int z = 0; z < page->zone_count; z++)
        for (int i = 0; i < count; i++) {
            double *zone = &page->zones[z * count + i];
            int64_t wide = area->width - z * strip < strip ? area->width - z * strip : strip;
            page->mean[i] += percent(*zone, (double)area->width * area->height);
            *zone = percent(*zone, (double)wide * area->height);
        }
}

void measure_inks(Preflight *preflight, PageFacts *page, const Bitmap *inks)
{
    const Work *work = preflight->work;
    Area area = trim_of(page, inks);
    if (!inks->press || area.width < 1 || area.height < 1)
        return;
    page->measured = true;
    page->planes = inks->count;
    for (int i = 0; i < inks->count; i++)
        page->names[i] = arena_string(preflight->arena, inks->names[i], strlen(inks->names[i]));
    Arena *scratch = arena_beside(preflight->arena);
    measure_means(preflight->arena, page, &area);
    measure_square(page, &area, make_table(scratch, &area));
    measure_most(page, &area);
    arena_free(scratch);
    if (work->ink_mean && page->square > work->ink_mean)
        found(preflight, "P4", LEVEL_FAIL, page->number, page->square_box, NO_SOURCE,
              "%.0f %% ink in the mean of a square of 15 mm; at most %d %%", page->square, work->ink_mean);
    int limit = preflight->target->ink_limit ? preflight->target->ink_limit : work->ink_most;
    Len at[4] = {page->most_at[0], page->most_at[1], LEN_PT, LEN_PT};
    if (page->most > limit + ROUNDING)
        found(preflight, "P5", LEVEL_WARN, page->number, at, NO_SOURCE, "%.0f %% ink in one place; at most %d %%",
              page->most, limit);
}
