/* What --dump=paint prints for each operation. */
#include "test.h"

#include "paint/paint.h"

static const Tag paragraph = {.id = 7, .role = TAG_P};

static const char *dump(Arena *arena, const PaintOp *ops, int count)
{
    DisplayPage page = {
        .width = 100 * LEN_PT, .height = 200 * LEN_PT, .number = 3, .label = "iii", .count = count, .ops = ops};
    Buffer out = {.arena = arena};
    paint_dump(&page, &out);
    return out.data;
}

static void rectangles_have_places_and_colours(void **state)
{
    PaintOp ops[] = {
        {.kind = OP_RECT,
         .color = {.space = COLOR_RGB, .c = {65535, 0, 0x3333}, .alpha = 65535},
         .at.rect = {LEN_PT / 2, -LEN_PT, 10 * LEN_PT + 1, 1}},
        {.kind = OP_RECT,
         .overprint = OVERPRINT_ALL,
         .tag = &paragraph,
         .order = 12,
         .source = {"a&b.xml", 4, 5},
         .color = {.space = COLOR_CMYK, .c = {0, 65535, 32768, 0}, .alpha = 32768}},
    };
    assert_string_equal(
        dump(*state, ops, 2),
        "<page number=\"3\" label=\"iii\" width=\"100\" height=\"200\">\n"
        " <rect x=\"0.5\" y=\"-1\" width=\"10.001\" height=\"0.001\" color=\"#ff0033\" source=\"Artifact\"/>\n"
        " <rect x=\"0\" y=\"0\" width=\"0\" height=\"0\" color=\"device-cmyk(0 1 0.5 0) / 0.5\" "
        "overprint=\"all\" source=\"P#7/12 "
        "a&amp;b.xml:4:5\"/>\n"
        "</page>\n");
}

static void what_is_inside_is_indented(void **state)
{
    PathStep steps[] = {{PATH_MOVE, {0}}, {PATH_CURVE, {LEN_PT, 0, LEN_PT, LEN_PT, 0, LEN_PT}}, {PATH_CLOSE, {0}}};
    Path path = {3, steps, true};
    GradientStop stops[] = {{{.space = COLOR_RGB, .alpha = 65535}, 0},
                            {{.space = COLOR_RGB, .c = {65535, 65535, 65535}, .alpha = 65535}, RATIO_ONE / 4}};
    Gradient gradient = {.x1 = LEN_PT, .repeat = true, .count = 2, .stops = stops};
    PaintOp ops[] = {{.kind = OP_CLIP, .at.path.path = &path},
                     {.kind = OP_TRANSFORM, .at.matrix = {RATIO_ONE, 0, 0, -RATIO_ONE, 0, LEN_PT}},
                     {.kind = OP_FILL, .at.path = {.path = &path, .gradient = &gradient}},
                     {.kind = OP_RESTORE},
                     {.kind = OP_RESTORE}};
    assert_string_equal(dump(*state, ops, 5),
                        "<page number=\"3\" label=\"iii\" width=\"100\" height=\"200\">\n"
                        " <clip path=\"M0 0 C1 0 1 1 0 1 Z\" rule=\"evenodd\" source=\"Artifact\"/>\n"
                        "  <transform matrix=\"1 0 0 -1 0 1\" source=\"Artifact\"/>\n"
                        "   <fill path=\"M0 0 C1 0 1 1 0 1 Z\" rule=\"evenodd\" source=\"Artifact\"><gradient "
                        "kind=\"repeating-linear\" x0=\"0\" y0=\"0\" x1=\"1\" y1=\"0\">"
                        "<stop at=\"0\" color=\"#000000\"/><stop at=\"0.25\" color=\"#ffffff\"/></gradient></fill>\n"
                        "  <restore/>\n"
                        " <restore/>\n"
                        "</page>\n");
}

static void text_is_text(void **state)
{
    Arena *arena = *state;
    Diag diag = {.arena = arena};
    const char *families[] = {"Source Serif 4"};
    FontRequest request = {
        .families = families, .family_count = 1, .weight = 400, .stretch = RATIO_ONE, .size = 10 * LEN_PT};
    const Font *font = font_match(font_set_open(arena, "fonts", false, &diag), &request);
    Glyph glyphs[] = {{.glyph = 5, .advance = 5 * LEN_PT},
                      {.glyph = 6, .cluster = 1, .advance = LEN_PT / 4, .dx = LEN_PT, .dy = -LEN_PT}};
    GlyphRun run = {.font = font,
                    .size = 10 * LEN_PT,
                    .text = "<b",
                    .to = 2,
                    .count = 2,
                    .glyphs = glyphs,
                    .width = 21 * LEN_PT / 4,
                    .track = 3};
    PaintOp ops[] = {{.kind = OP_GLYPHS,
                      .color = {.space = COLOR_RGB, .alpha = 65535},
                      .at.glyphs = {.run = &run, .x = LEN_PT, .y = 2 * LEN_PT}},
                     {.kind = OP_LINK, .text = "#a\"b", .at.rect = {0, 0, LEN_PT, LEN_PT}},
                     {.kind = OP_BOOKMARK, .text = "B", .at.mark = {0, LEN_PT, 2, true}}};
    assert_string_equal(dump(arena, ops, 3),
                        "<page number=\"3\" label=\"iii\" width=\"100\" height=\"200\">\n"
                        " <glyphs x=\"1\" y=\"2\" width=\"5.25\" font=\"SourceSerif4-Regular\" size=\"10\" "
                        "color=\"#000000\" track=\"3\" glyphs=\"5:5 6:0.25:1:-1\" source=\"Artifact\">&lt;b</glyphs>\n"
                        " <link x=\"0\" y=\"0\" width=\"1\" height=\"1\" href=\"#a&quot;b\" source=\"Artifact\"/>\n"
                        " <bookmark x=\"0\" y=\"1\" text=\"B\" level=\"2\" open=\"yes\" source=\"Artifact\"/>\n"
                        "</page>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(rectangles_have_places_and_colours), TEST(what_is_inside_is_indented),
                                       TEST(text_is_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
