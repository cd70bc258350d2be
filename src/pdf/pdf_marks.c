/* What a printer cuts and measures by, outside of the bleed. print-ready.md P18: crop and registration marks in all inks,
 * a colour bar, a line that says what this is. They are drawn as any other content, and are artifacts. */
#include "asset/color_profile.h"
#include "pdf/pdf_writer.h"

#define MM(tenths) ((Len)((int64_t)(tenths)*72 * LEN_PT / 254)) /* tenths of a millimetre */
enum { AWAY = MM(30), LONG = MM(50), PATCH = MM(50), FROM_CORNER = MM(100), LINE = LEN_PT / 4, SLUG_SIZE = 6 * LEN_PT };

Len pdf_marks_room(const PdfWriter *writer)
{
    return writer->marks ? AWAY + LONG + MM(10) : 0;
}

static Color all_inks(void)
{
    return (Color){.space = COLOR_SPOT, .c = {65535}, .alpha = 65535, .spot = "All"};
}

static void stroke(PdfWriter *writer, const PathStep *steps, int count)
{
    Path path = {.count = count, .steps = steps};
    PaintOp op = {.kind = OP_STROKE, .artifact = ARTIFACT_MARK, .color = all_inks()};
    op.at.path.path = arena_copy(writer->scratch, &path, sizeof path);
    op.at.path.line_width = LINE;
    pdf_content_op(writer, &op);
}

static void line(PdfWriter *writer, Len x0, Len y0, Len x1, Len y1)
{
    PathStep *steps = NEW_ARRAY(writer->scratch, PathStep, 2);
    steps[0] = (PathStep){PATH_MOVE, {x0, y0}};
    steps[1] = (PathStep){PATH_LINE, {x1, y1}};
    stroke(writer, steps, 2);
}

static void crop(PdfWriter *writer)
{
    Len near = writer->bleed + AWAY, far = near + LONG, width = writer->page->width, height = writer->page->height;
    for (int corner = 0; corner < 4; corner++) {
        bool right = corner & 1, low = corner & 2;
        Len x = right ? width : 0, y = low ? height : 0;
        line(writer, right ? x + near : x - near, y, right ? x + far : x - far, y);
        line(writer, x, low ? y + near : y - near, x, low ? y + far : y - far);
    }
}

/* A circle of four curves with a cross. */
static void target(PdfWriter *writer, Len x, Len y)
{
    Len r = MM(15), k = len_scale(r, 5523, 10000), arm = LONG / 2;
    PathStep *steps = NEW_ARRAY(writer->scratch, PathStep, 6);
    steps[0] = (PathStep){PATH_MOVE, {x + r, y}};
    steps[1] = (PathStep){PATH_CURVE, {x + r, y + k, x + k, y + r, x, y + r}};
    steps[2] = (PathStep){PATH_CURVE, {x - k, y + r, x - r, y + k, x - r, y}};
    steps[3] = (PathStep){PATH_CURVE, {x - r, y - k, x - k, y - r, x, y - r}};
    steps[4] = (PathStep){PATH_CURVE, {x + k, y - r, x + r, y - k, x + r, y}};
    steps[5] = (PathStep){.kind = PATH_CLOSE};
    stroke(writer, steps, 6);
    line(writer, x - arm, y, x + arm, y);
    line(writer, x, y - arm, x, y + arm);
}

static void registration(PdfWriter *writer)
{
    Len middle = writer->bleed + AWAY + LONG / 2, width = writer->page->width, height = writer->page->height;
    target(writer, width / 2, -middle);
    target(writer, width / 2, height + middle);
    target(writer, -middle, height / 2);
    target(writer, width + middle, height / 2);
}

/* Full inks, half inks, and a gray of three: as many as fit before the middle of the foot. */
static void bars(PdfWriter *writer)
{
    static const uint8_t patches[][4] = {{100, 0, 0, 0}, {0, 100, 0, 0}, {0, 0, 100, 0}, {0, 0, 0, 100}, {50, 0, 0, 0},
                                         {0, 50, 0, 0},  {0, 0, 50, 0},  {0, 0, 0, 50},  {50, 40, 40, 0}};
    Len x = FROM_CORNER, y = writer->page->height + writer->bleed + AWAY;
    for (size_t i = 0; i < sizeof patches / sizeof *patches; i++, x += PATCH) {
        if (x + PATCH > writer->page->width / 2 - LONG)
            return;
        PaintOp op = {.kind = OP_RECT, .artifact = ARTIFACT_MARK, .color = {.space = COLOR_CMYK, .alpha = 65535}};
        for (int k = 0; k < 4; k++)
            op.color.c[k] = (uint16_t)(patches[i][k] * 65535 / 100);
        op.at.rect.x = x;
        op.at.rect.y = y;
        op.at.rect.width = op.at.rect.height = PATCH;
        pdf_content_op(writer, &op);
    }
}

/* A line at x in the head's marks, as much of it as stands before the next mark. */
static void write_line(PdfWriter *writer, const char *text, Len x)
{
    Len room = writer->page->width / 2 - LONG - FROM_CORNER;
    ShapeRequest request = {
        .text = text, .size = strlen(text), .to = (uint32_t)strlen(text), .script = 0x4C61746E, .language = "en"};
    Glyph *glyphs;
    GlyphRun run = {.font = writer->facts.slug_font, .size = SLUG_SIZE, .text = text, .to = request.to};
    int count = font_shape(writer->scratch, run.font, run.size, &request, &glyphs);
    while (run.count < count && run.width + glyphs[run.count].advance <= room)
        run.width += glyphs[run.count++].advance;
    if (run.count < count)
        run.to = glyphs[run.count].cluster;
    run.glyphs = glyphs;
    PaintOp op = {.kind = OP_GLYPHS, .artifact = ARTIFACT_MARK, .color = all_inks()};
    op.at.glyphs.run = arena_copy(writer->scratch, &run, sizeof run);
    op.at.glyphs.x = x;
    op.at.glyphs.y = -writer->bleed - AWAY - LONG / 2;
    pdf_content_op(writer, &op);
}

/* What the job is to the left of the middle, what it is printed for to the right. */
static void slug(PdfWriter *writer)
{
    const PdfTarget *aim = &writer->target;
    Buffer job = {.arena = writer->scratch}, press = {.arena = writer->scratch};
    char date[40];
    if (!writer->facts.slug_font)
        return;
    buffer_format(&job, "page %d", writer->page->number);
    if (pdf_file_date(writer, date))
        buffer_format(&job, "   %.4s-%.2s-%.2s", date + 2, date + 6, date + 8);
    buffer_format(&job, "   %s", writer->facts.title);
    const char *profile = aim->profile ? color_profile_name(writer->scratch, aim->profile) : "sRGB";
    buffer_format(&press, "%s   %s", aim->name, profile ? profile : "");
    if (aim->ink_limit)
        buffer_format(&press, "   ink %d %%", aim->ink_limit);
    write_line(writer, job.data, FROM_CORNER);
    write_line(writer, press.data, writer->page->width / 2 + LONG);
}

void pdf_marks(PdfWriter *writer)
{
    if (writer->marks & MARK_CROP)
        crop(writer);
    if (writer->marks & MARK_REGISTER)
        registration(writer);
    if (writer->marks & MARK_BARS)
        bars(writer);
    if (writer->marks & MARK_SLUG)
        slug(writer);
}
