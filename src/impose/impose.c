/* Which page lies where, and the sheet that is drawn. See impose.h. */
#include "impose/impose.h"

#include <stdlib.h>

#define MM(tenths) ((Len)((int64_t)(tenths)*72 * LEN_PT / 254)) /* tenths of a millimetre */
enum { MOST_CELLS = 16 };

/* ---- what is asked for ---- */

static bool read_creep(const char *words, Len *creep)
{
    char *end;
    double value = words ? strtod(words, &end) : 0;
    if (!words)
        return true;
    double unit = strcmp(end, "mm") == 0 ? 72 / 25.4 : strcmp(end, "pt") == 0 ? 1 : 0;
    *creep = (Len)(value * unit * LEN_PT);
    return end > words && unit > 0 && value >= 0 && value <= 10;
}

const char *impose_read(Arena *arena, const char *words, const char *creep, Imposition *imposition)
{
    *imposition = (Imposition){.columns = 2, .rows = 1};
    if (!read_creep(creep, &imposition->creep))
        return arena_format(arena, "--creep needs the thickness of the paper, as 0.1mm, not \"%s\"", creep);
    if (strcmp(words, "booklet") == 0) {
        imposition->booklet = true;
        return NULL;
    }
    if (strcmp(words, "2up") == 0)
        return NULL;
    if (strcmp(words, "4up") == 0) {
        imposition->rows = 2;
        return NULL;
    }
    if (strncmp(words, "nup:", 4) == 0) {
        char *end;
        long columns = strtol(words + 4, &end, 10), rows = *end == 'x' ? strtol(end + 1, &end, 10) : 0;
        imposition->columns = (int)columns;
        imposition->rows = (int)rows;
        if (*end == 0 && columns >= 1 && rows >= 1 && columns <= MOST_CELLS && rows <= MOST_CELLS)
            return NULL;
    }
    return arena_format(arena, "--impose can't be \"%s\"; it is booklet, 2up, 4up or nup:CxR", words);
}

/* ---- which page lies where ---- */

int impose_sides(const Imposition *imposition, int pages)
{
    int cells = imposition->columns * imposition->rows;
    return imposition->booklet ? (pages + 3) / 4 * 2 : (pages + cells - 1) / cells;
}

/* From 0; a booklet's are counted after it is padded to a multiple of 4. */
static int page_at(const Imposition *imposition, int pages, int side, int cell)
{
    int padded = (pages + 3) / 4 * 4, sheet = side / 2;
    if (!imposition->booklet)
        return side * imposition->columns * imposition->rows + cell;
    if (side % 2 == 0)
        return cell == 0 ? padded - 1 - 2 * sheet : 2 * sheet;
    return cell == 0 ? 2 * sheet + 1 : padded - 2 - 2 * sheet;
}

/* ---- the sheet ---- */

typedef struct {
    Arena *arena;
    VEC(PaintOp) ops;
    Len cell_width, cell_height, gap; /* between trims */
    Len margin;                       /* around all of them, for the marks */
} Sheet;

static const Path *rectangle(Arena *arena, Len left, Len top, Len right, Len bottom)
{
    const Len corners[4][2] = {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
    PathStep *steps = NEW_ARRAY(arena, PathStep, 5);
    Path *path = NEW(arena, Path);
    for (int i = 0; i < 4; i++)
        steps[i] = (PathStep){.kind = i ? PATH_LINE : PATH_MOVE, .x = {corners[i][0], corners[i][1]}};
    steps[4].kind = PATH_CLOSE;
    *path = (Path){.count = 5, .steps = steps};
    return path;
}

static void put_op(Sheet *sheet, PaintOp op)
{
    VEC_PUSH(sheet->arena, sheet->ops, op);
}

/* What the page paints; what it means stays behind. */
static void put_ops(Sheet *sheet, const DisplayPage *page)
{
    int open = 0;
    for (int i = 0; i < page->count; i++) {
        PaintOp op = page->ops[i];
        if (op.kind == OP_LINK || op.kind == OP_ANCHOR || op.kind == OP_BOOKMARK)
            continue;
        open += op.kind == OP_CLIP || op.kind == OP_GROUP || op.kind == OP_TRANSFORM;
        open -= op.kind == OP_RESTORE;
        op.tag = NULL;
        put_op(sheet, op);
    }
    for (; open > 0; open--)
        put_op(sheet, (PaintOp){.kind = OP_RESTORE});
}

/* The page at its place, with its bleed as far as the neighbour's trim lets it. */
static void put_page(Sheet *sheet, const Imposition *imposition, const DisplayPage *page, int cell, Len shift)
{
    int column = cell % imposition->columns, row = cell / imposition->columns;
    Len x = sheet->margin + column * (sheet->cell_width + sheet->gap),
        y = sheet->margin + row * (sheet->cell_height + sheet->gap);
    Len left = x - page->bleed, right = x + page->width + page->bleed;
    if (imposition->booklet && column == 0)
        right = x + page->width;
    if (imposition->booklet && column == 1)
        left = x;
    const Path *room = rectangle(sheet->arena, left, y - page->bleed, right, y + page->height + page->bleed);
    put_op(sheet, (PaintOp){.kind = OP_CLIP, .at.path.path = room});
    put_op(sheet, (PaintOp){.kind = OP_TRANSFORM, .at.matrix = {RATIO_ONE, 0, 0, RATIO_ONE, x + shift, y}});
    put_ops(sheet, page);
    put_op(sheet, (PaintOp){.kind = OP_RESTORE});
    put_op(sheet, (PaintOp){.kind = OP_RESTORE});
}

/* ---- marks: 0.25 pt, 5 mm, in all inks (P18) ---- */

static void put_mark(Sheet *sheet, Len x0, Len y0, Len x1, Len y1, bool dashed)
{
    PathStep *steps = NEW_ARRAY(sheet->arena, PathStep, 2);
    Path *path = NEW(sheet->arena, Path);
    steps[0] = (PathStep){.kind = PATH_MOVE, .x = {x0, y0}};
    steps[1] = (PathStep){.kind = PATH_LINE, .x = {x1, y1}};
    *path = (Path){.count = 2, .steps = steps};
    PaintOp op = {.kind = OP_STROKE, .color = {.space = COLOR_SPOT, .c = {65535}, .alpha = 65535, .spot = "All"}};
    op.at.path.path = path;
    op.at.path.line_width = LEN_PT / 4;
    op.at.path.dash[0] = op.at.path.dash[1] = dashed ? 2 * LEN_PT : 0;
    put_op(sheet, op);
}

static void put_marks(Sheet *sheet, const Imposition *imposition, Len width, Len height)
{
    Len length = MM(50), offset = sheet->margin - length - MM(20);
    offset = offset < 0 ? 0 : offset;
    for (int column = 0; column < imposition->columns; column++)
        for (int edge = 0; edge < 2; edge++) {
            Len x = sheet->margin + column * (sheet->cell_width + sheet->gap) + edge * sheet->cell_width;
            bool fold = imposition->booklet && ((column == 0 && edge == 1) || (column == 1 && edge == 0));
            put_mark(sheet, x, offset, x, offset + length, fold);
            put_mark(sheet, x, height - offset, x, height - offset - length, fold);
        }
    for (int row = 0; row < imposition->rows; row++)
        for (int edge = 0; edge < 2; edge++) {
            Len y = sheet->margin + row * (sheet->cell_height + sheet->gap) + edge * sheet->cell_height;
            put_mark(sheet, offset, y, offset + length, y, false);
            put_mark(sheet, width - offset, y, width - offset - length, y, false);
        }
}

const DisplayPage *impose_side(Arena *arena, const Imposition *imposition, const DisplayPage *const *pages, int count,
                               int i)
{
    Sheet sheet = {.arena = arena, .cell_width = pages[0]->width, .cell_height = pages[0]->height};
    DisplayPage *made = NEW(arena, DisplayPage);
    Len bleed = pages[0]->bleed;
    sheet.gap = imposition->booklet ? 0 : 2 * bleed;
    sheet.margin = bleed + MM(20) + MM(50) + MM(20);
    made->width = 2 * sheet.margin + imposition->columns * sheet.cell_width + (imposition->columns - 1) * sheet.gap;
    made->height = 2 * sheet.margin + imposition->rows * sheet.cell_height + (imposition->rows - 1) * sheet.gap;
    made->number = i + 1;
    for (int cell = 0; cell < imposition->columns * imposition->rows; cell++) {
        int page = page_at(imposition, count, i, cell);
        Len shift = imposition->booklet ? (Len)(i / 2) * imposition->creep : 0;
        if (page < count)
            put_page(&sheet, imposition, pages[page], cell, cell == 0 ? shift : -shift);
    }
    put_marks(&sheet, imposition, made->width, made->height);
    made->ops = sheet.ops.at;
    made->count = sheet.ops.count;
    return made;
}
