/* Writes PDF files from pages made by hand, for tests/pdf/run.sh to look into: pdf_cases CASE OUT.pdf [PICTURE ...].
 * Cases: article, pens (prints places too), graphics, pictures, heads (prints only), bleed, many, book,
 * empty, long. Messages go to standard error, one a line. */
#include <stdio.h>
#include <stdlib.h>

#include "pdf/pdf.h"

typedef struct {
    Arena *arena, *page_arena;
    FontSet *fonts;
    ImageSet *images;
    Diag *diag;
    PdfWriter *writer;
    VEC(PaintOp) ops;
    DisplayPage page;
    const Tag *tag;
    uint64_t order;
    uint32_t last_tag;
} Maker;

static const Color black = {.space = COLOR_RGB, .alpha = 65535};

static Len pt(double points)
{
    return (Len)(points * LEN_PT + (points < 0 ? -0.5 : 0.5));
}

/* ---- pages ---- */

static void begin_page(Maker *maker, double width, double height)
{
    maker->page_arena = arena_beside(maker->arena);
    memset(&maker->ops, 0, sizeof maker->ops);
    int number = maker->page.number + 1;
    maker->page = (DisplayPage){.width = pt(width), .height = pt(height), .number = number};
}

static void end_page(Maker *maker)
{
    maker->page.count = maker->ops.count;
    maker->page.ops = maker->ops.at;
    pdf_page(maker->writer, &maker->page);
    arena_free(maker->page_arena);
}

static PaintOp *add(Maker *maker, OpKind kind)
{
    VEC_PUSH(maker->page_arena, maker->ops,
             ((PaintOp){.kind = (uint8_t)kind, .tag = maker->tag, .order = maker->order++, .color = black}));
    maker->ops.at[maker->ops.count - 1].source = (Source){"case.html", maker->ops.count, 1};
    return &maker->ops.at[maker->ops.count - 1];
}

static Tag *tag(Maker *maker, TagRole role, const Tag *parent)
{
    Tag *made = NEW(maker->arena, Tag);
    *made = (Tag){.id = ++maker->last_tag,
                  .role = (uint8_t)role,
                  .parent = parent,
                  .order = maker->order++,
                  .colspan = 1,
                  .rowspan = 1};
    return made;
}

/* ---- operations ---- */

static Color rgb(int r, int g, int b)
{
    return (Color){
        .space = COLOR_RGB, .c = {(uint16_t)(r * 257), (uint16_t)(g * 257), (uint16_t)(b * 257)}, .alpha = 65535};
}

static void rect(Maker *maker, double x, double y, double width, double height, Color color)
{
    PaintOp *op = add(maker, OP_RECT);
    op->color = color;
    op->at.rect.x = pt(x);
    op->at.rect.y = pt(y);
    op->at.rect.width = pt(width);
    op->at.rect.height = pt(height);
}

static const Path *box_path(Maker *maker, double x, double y, double width, double height)
{
    PathStep *steps = NEW_ARRAY(maker->page_arena, PathStep, 5);
    double corners[4][2] = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
    for (int i = 0; i < 4; i++)
        steps[i] = (PathStep){.kind = i ? PATH_LINE : PATH_MOVE, .x = {pt(corners[i][0]), pt(corners[i][1])}};
    steps[4].kind = PATH_CLOSE;
    Path *path = NEW(maker->page_arena, Path);
    *path = (Path){.count = 5, .steps = steps};
    return path;
}

typedef struct {
    const char *family, *language, *feature;
    uint32_t script;
    int weight;
    bool italic, rtl;
    double size;
    double space; /* added to each space, pt */
    int32_t track, scale;
    bool hyphen;
    const char *actual;
} Style;
static const Style serif = {
    .family = "Source Serif 4", .language = "en", .script = 0x4C61746E, .weight = 400, .size = 11};

static const Font *find_font(Maker *maker, const Style *style)
{
    const char *families[] = {style->family};
    FontRequest request = {.families = families,
                           .family_count = 1,
                           .weight = style->weight,
                           .stretch = RATIO_ONE,
                           .italic = style->italic,
                           .size = pt(style->size),
                           .optical = true,
                           .language = style->language};
    return font_match(maker->fonts, &request);
}

static void reverse(Glyph *glyphs, int count)
{
    for (int i = 0; i < count / 2; i++) {
        Glyph swap = glyphs[i];
        glyphs[i] = glyphs[count - 1 - i];
        glyphs[count - 1 - i] = swap;
    }
}

/* As text_line makes runs: stretch is in the advances already. Returns where the run ends. */
static double text(Maker *maker, double x, double y, Style style, const char *utf8)
{
    Arena *arena = maker->page_arena;
    const char **features = NEW_ARRAY(arena, const char *, 1);
    GlyphRun *run = NEW(arena, GlyphRun);
    Glyph *glyphs;
    features[0] = style.feature;
    ShapeRequest request = {.text = utf8,
                            .size = strlen(utf8),
                            .to = (uint32_t)strlen(utf8),
                            .rtl = style.rtl,
                            .script = style.script,
                            .language = style.language,
                            .features = features,
                            .feature_count = style.feature != NULL};
    run->font = find_font(maker, &style);
    run->size = pt(style.size);
    run->count = font_shape(arena, run->font, run->size, &request, &glyphs);
    if (style.rtl)
        reverse(glyphs, run->count);
    run->text = utf8;
    run->to = request.to;
    run->level = style.rtl;
    run->track = style.track;
    run->scale = style.scale;
    run->hyphen = style.hyphen;
    run->glyphs = glyphs;
    for (int i = 0; i < run->count; i++) {
        bool space = utf8[glyphs[i].cluster] == ' ',
             before_space = i + 1 < run->count && utf8[glyphs[i + 1].cluster] == ' ';
        glyphs[i].advance = len_scale(glyphs[i].advance, 1600 + style.scale, 1600);
        if (space)
            glyphs[i].advance += pt(style.space);
        else if (!before_space && i + 1 < run->count)
            glyphs[i].advance += len_scale(run->size, style.track, 2048);
        run->width = len_add(run->width, glyphs[i].advance);
    }
    PaintOp *op = add(maker, OP_GLYPHS);
    op->at.glyphs.run = run;
    op->at.glyphs.x = pt(x);
    op->at.glyphs.y = pt(y);
    op->text = style.actual;
    return x + (double)run->width / LEN_PT;
}

static void link_to(Maker *maker, double x, double y, double width, double height, const char *href)
{
    PaintOp *op = add(maker, OP_LINK);
    op->at.rect.x = pt(x);
    op->at.rect.y = pt(y);
    op->at.rect.width = pt(width);
    op->at.rect.height = pt(height);
    op->text = href;
}

static void mark(Maker *maker, OpKind kind, const char *words, int level, double x, double y)
{
    PaintOp *op = add(maker, kind);
    op->text = words;
    op->at.mark.x = pt(x);
    op->at.mark.y = pt(y);
    op->at.mark.level = level;
    op->at.mark.open = true;
}

static void picture(Maker *maker, const Image *image, double x, double y, double width, double height)
{
    PaintOp *op = add(maker, OP_IMAGE);
    op->at.rect.x = pt(x);
    op->at.rect.y = pt(y);
    op->at.rect.width = pt(width);
    op->at.rect.height = pt(height);
    op->at.rect.image = image;
}

/* ---- cases ---- */

static void article(Maker *maker, char **pictures, int count)
{
    Style body = serif, head = serif, caps = serif, hangul = serif, stretched = serif, hyphen = serif, hebrew = serif;
    head.size = 30;
    head.weight = 700;
    caps.feature = "smcp";
    hangul.family = "Noto Serif KR";
    hangul.language = "ko";
    hangul.script = 0x48616E67;
    stretched.space = 1.37;
    stretched.track = 25;
    stretched.scale = 12;
    hyphen.hyphen = true;
    hebrew.rtl = true;
    hebrew.family = "DejaVu Sans";
    hebrew.script = 0x48656272;
    Tag *document = tag(maker, TAG_DOCUMENT, NULL), *art = tag(maker, TAG_ART, document);
    begin_page(maker, 300, 420);
    maker->page.label = "i";
    maker->tag = NULL;
    text(maker, 20, 20, body, "Running head, no content");
    rect(maker, 20, 24, 260, 0.5, black);
    maker->tag = tag(maker, TAG_H1, art);
    mark(maker, OP_ANCHOR, "top story", 0, 20, 30);
    mark(maker, OP_BOOKMARK, "Effizient fließt der Fluss", 1, 20, 30);
    text(maker, 20, 60, head, "Efﬁcient AVATAR Test");
    maker->tag = tag(maker, TAG_P, art);
    text(maker, 20, 80, body, "An office affair: five flags, Łódź, Århus, 10 000");
    double x = text(maker, 20, 94, stretched, "Stretched line of words that ends in a hyphen");
    text(maker, x, 94, hyphen, "-");
    text(maker, 20, 108, body, "ation. A well-known hyphen stays one.");
    x = text(maker, 20, 122, caps, "Small Capitals of Nato");
    Tag *paragraph = (Tag *)maker->tag;
    Tag *link = tag(maker, TAG_LINK, paragraph);
    x = text(maker, x, 122, body, " and ");
    maker->tag = link;
    double from = x;
    x = text(maker, x, 122, body, "a link");
    link_to(maker, from, 112, x - from, 14, "https://example.org/ä?q=(1)");
    maker->tag = paragraph;
    text(maker, x, 122, body, " in the middle.");
    maker->tag = tag(maker, TAG_P, art);
    ((Tag *)maker->tag)->language = "ko";
    text(maker, 20, 140, hangul, "대한민국의 국토는 한반도이다.");
    maker->tag = tag(maker, TAG_P, art);
    ((Tag *)maker->tag)->language = "he";
    text(maker, 20, 156, hebrew, "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xD7\xA2\xD7\x95\xD7\x9C\xD7\x9D");
    maker->tag = tag(maker, TAG_P, art);
    Style shout = body;
    shout.actual = "Ministry of Sound";
    text(maker, 20, 172, shout, "MINISTRY OF SOUND");
    if (count > 0) {
        Tag *figure = tag(maker, TAG_FIGURE, art);
        figure->alt = "A dog \xF0\x9F\x90\x95 (Polizeihund) & \"quotes\"";
        figure->bbox[0] = pt(20);
        figure->bbox[1] = pt(190);
        figure->bbox[2] = pt(120);
        figure->bbox[3] = pt(80);
        maker->tag = figure;
        const Image *image = image_open(maker->images, ".", pictures[0], (Source){"case.html", 7, 3}, maker->diag);
        picture(maker, image, 20, 190, 120, 80);
        picture(maker, image, 150, 190, 60, 40);
        maker->tag = tag(maker, TAG_CAPTION, figure);
        text(maker, 20, 280, body, "Caption of the picture");
    }
    Tag *table = tag(maker, TAG_TABLE, art), *row = tag(maker, TAG_TR, table);
    maker->tag = tag(maker, TAG_TH, row);
    ((Tag *)maker->tag)->colspan = 2;
    text(maker, 20, 300, body, "Head cell");
    row = tag(maker, TAG_TR, table);
    maker->tag = tag(maker, TAG_TD, row);
    text(maker, 20, 314, body, "one");
    maker->tag = tag(maker, TAG_TD, row);
    text(maker, 100, 314, body, "two");
    Tag *note = tag(maker, TAG_NOTE, art);
    maker->tag = note;
    text(maker, 20, 340, body, "A note that goes to ");
    maker->tag = tag(maker, TAG_LINK, note);
    text(maker, 120, 340, body, "section two");
    link_to(maker, 120, 330, 60, 14, "#two");
    link_to(maker, 120, 350, 60, 14, "#missing");
    link_to(maker, 120, 370, 60, 14, "javascript:alert(1)");
    end_page(maker);
    begin_page(maker, 300, 420);
    maker->page.label = "ii";
    maker->tag = paragraph;
    text(maker, 20, 40, body, "The paragraph goes on here.");
    maker->tag = tag(maker, TAG_H2, art);
    mark(maker, OP_ANCHOR, "two", 0, 20, 60);
    mark(maker, OP_BOOKMARK, "Section two", 2, 20, 60);
    text(maker, 20, 80, head, "Two");
    mark(maker, OP_BOOKMARK, "Deep", 4, 20, 60);
    mark(maker, OP_BOOKMARK, "Another story \xF0\x9F\x93\xB0", 1, 20, 100);
    end_page(maker);
    begin_page(maker, 300, 420);
    maker->page.label = "1";
    maker->tag = tag(maker, TAG_P, art);
    text(maker, 20, 40, body, "Last page");
    end_page(maker);
}

/* Lines with stretch of every kind; prints where each glyph is to stand, and w where a word begins. */
static void pens(Maker *maker)
{
    static const char words[] = "AVATAR: the office, Toy. Wafers fly; \"Yes\", To Vary 1989 Effizienz";
    begin_page(maker, 1000, 1000);
    maker->tag = tag(maker, TAG_P, NULL);
    for (int i = 0; i < 30; i++) {
        Style style = serif;
        style.size = 6 + i * 0.37 + (i > 25 ? 20 : 0);
        style.space = i % 5 * 0.613 - 0.5;
        style.track = i % 3 * 17;
        style.scale = i % 4 * 13 - 20;
        style.italic = i % 7 == 3;
        text(maker, 20.001 + i * 0.17, 30 + i * 31.003, style, words);
        const PaintOp *op = &maker->ops.at[maker->ops.count - 1];
        int64_t x = op->at.glyphs.x;
        for (int g = 0; g < op->at.glyphs.run->count; g++) {
            const Glyph *glyph = &op->at.glyphs.run->glyphs[g];
            bool starts = g == 0 || words[glyph->cluster - 1] == ' ';
            printf("%.4f %s\n", (double)(x + glyph->dx) / LEN_PT,
                   words[glyph->cluster] == ' ' ? "s"
                   : starts                     ? "w"
                                                : "-");
            x += glyph->advance;
        }
    }
    end_page(maker);
}

static void gradient(Maker *maker, double x, double y, Gradient made, const GradientStop *stops, int count)
{
    PaintOp *op = add(maker, OP_FILL);
    Gradient *kept = arena_copy(maker->page_arena, &made, sizeof made);
    kept->stops = arena_copy(maker->page_arena, stops, sizeof *stops * (size_t)count);
    kept->count = count;
    op->at.path.path = box_path(maker, x, y, 60, 40);
    op->at.path.gradient = kept;
}

static void restore(Maker *maker)
{
    add(maker, OP_RESTORE);
}

static void graphics(Maker *maker)
{
    Color red = rgb(200, 0, 0), half = rgb(0, 0, 200), clear = rgb(255, 255, 0);
    half.alpha = 32768;
    clear.alpha = 0;
    Color cmyk = {.space = COLOR_CMYK, .c = {0, 65535, 65535, 0}, .alpha = 65535};
    Color spot = {.space = COLOR_SPOT, .c = {49151}, .alpha = 65535, .spot = "HKS 14 (é) #1"};
    begin_page(maker, 400, 400);
    maker->tag = NULL;
    rect(maker, 10, 10, 40, 40, red);
    rect(maker, 50, 10, 40, 40, red);
    rect(maker, 30, 30, 40, 40, half);
    rect(maker, 100, 10, 40, 40, cmyk);
    rect(maker, 150, 10, 40, 40, spot);
    PaintOp *op = add(maker, OP_STROKE);
    op->at.path.path = box_path(maker, 200, 10, 40, 40);
    op->at.path.line_width = pt(2);
    op->at.path.dash[0] = 1;
    op->at.path.dash[1] = pt(4);
    op->at.path.round = true;
    op->color = red;
    GradientStop two[] = {{red, 0}, {rgb(0, 160, 0), RATIO_ONE}};
    GradientStop hard[] = {
        {red, 0}, {red, RATIO_ONE / 2}, {rgb(0, 0, 255), RATIO_ONE / 2}, {rgb(0, 0, 255), RATIO_ONE}};
    GradientStop fade[] = {{red, 0}, {clear, RATIO_ONE}};
    GradientStop mixed[] = {{cmyk, 0}, {rgb(0, 0, 255), RATIO_ONE}};
    Gradient linear = {.x0 = pt(10), .y0 = pt(80), .x1 = pt(70), .y1 = pt(80)};
    gradient(maker, 10, 80, linear, two, 2);
    linear.x0 = pt(80), linear.x1 = pt(140);
    gradient(maker, 80, 80, linear, hard, 4);
    linear.x0 = pt(150), linear.x1 = pt(210);
    gradient(maker, 150, 80, linear, fade, 2);
    linear.x0 = pt(220), linear.x1 = pt(235), linear.repeat = true;
    gradient(maker, 220, 80, linear, two, 2);
    Gradient radial = {.radial = true, .x0 = pt(320), .y0 = pt(100), .x1 = pt(320), .y1 = pt(100), .r1 = pt(20)};
    gradient(maker, 290, 80, radial, mixed, 2);
    radial.x0 = radial.x1 = pt(40), radial.y0 = radial.y1 = pt(160), radial.r1 = pt(8), radial.repeat = true;
    gradient(maker, 10, 140, radial, two, 2);
    radial.x0 = radial.x1 = radial.y0 = radial.y1 = 0, radial.r1 = pt(20), radial.repeat = false;
    radial.matrix = (Matrix){RATIO_ONE * 3 / 2, 0, 0, RATIO_ONE, pt(110), pt(160)};
    gradient(maker, 80, 140, radial, two, 2);
    op = add(maker, OP_GROUP);
    op->at.group.opacity = RATIO_ONE / 2;
    rect(maker, 10, 200, 40, 40, red);
    rect(maker, 30, 220, 40, 40, rgb(0, 0, 255));
    maker->tag = tag(maker, TAG_P, NULL);
    text(maker, 12, 236, serif, "In a group");
    op = add(maker, OP_GROUP);
    op->at.group.opacity = RATIO_ONE;
    op->at.group.blend = KW_MULTIPLY;
    rect(maker, 30, 230, 60, 10, rgb(255, 255, 0));
    restore(maker);
    restore(maker);
    maker->tag = NULL;
    op = add(maker, OP_CLIP);
    op->at.path.path = box_path(maker, 110, 200, 20, 20);
    rect(maker, 100, 190, 40, 40, red);
    restore(maker);
    op = add(maker, OP_TRANSFORM); /* a quarter turn clockwise around 200, 220 */
    op->at.matrix = (Matrix){0, RATIO_ONE, -RATIO_ONE, 0, pt(420), pt(20)};
    rect(maker, 200, 220, 40, 10, rgb(0, 128, 0));
    link_to(maker, 200, 220, 40, 10, "#");
    mark(maker, OP_ANCHOR, "turned", 0, 200, 220);
    restore(maker);
    restore(maker);           /* one too many: ignored */
    op = add(maker, OP_CLIP); /* never restored: closed at the end */
    op->at.path.path = box_path(maker, 0, 0, 400, 400);
    Style bold = serif;
    bold.weight = 400;
    text(maker, 10, 300, bold, "(back\\slash) \xC2\xA0no-break");
    maker->ops.at[maker->ops.count - 1].at.glyphs.slant_bold = pt(0.4);
    end_page(maker);
}

static void pictures_case(Maker *maker, char **paths, int count)
{
    for (int i = 0; i < count; i++) {
        const Image *image = image_open(maker->images, ".", paths[i], (Source){"case.html", i + 1, 1}, maker->diag);
        if (!image)
            continue;
        double scale =
            image->upright_width > image->upright_height ? 200.0 / image->upright_width : 200.0 / image->upright_height;
        begin_page(maker, 220, 220);
        maker->tag = NULL;
        rect(maker, 0, 0, 220, 220, rgb(200, 220, 255));
        picture(maker, image, 10, 10, image->upright_width * scale, image->upright_height * scale);
        end_page(maker);
    }
}

/* What the heads say: name, stored size, orientation, upright size. */
static void heads(Maker *maker, char **paths, int count)
{
    for (int i = 0; i < count; i++) {
        const Image *image = image_open(maker->images, ".", paths[i], NO_SOURCE, maker->diag);
        const char *name = strrchr(paths[i], '/');
        if (image)
            printf("%s\t%d\t%d\t%d\t%d\t%d\n", name ? name + 1 : paths[i], image->width, image->height,
                   image->orientation, image->upright_width, image->upright_height);
    }
}

static void bleed(Maker *maker)
{
    begin_page(maker, 200, 300);
    maker->page.bleed = pt(8.504);
    maker->tag = tag(maker, TAG_P, NULL);
    rect(maker, -8.504, -8.504, 217.008, 50, rgb(0, 100, 200));
    text(maker, 10, 100, serif, "With bleed");
    end_page(maker);
}

static void many(Maker *maker, int pages)
{
    Tag *art = tag(maker, TAG_ART, NULL);
    for (int i = 0; i < pages; i++) {
        begin_page(maker, 200, 300);
        maker->tag = tag(maker, TAG_P, art);
        rect(maker, 10, 10, 1 + i % 100, 10, black);
        text(maker, 10, 50, serif, "Page");
        if (i % 100 == 0)
            mark(maker, OP_ANCHOR, arena_format(maker->page_arena, "p%d", i), 0, 10, 10);
        end_page(maker);
    }
}

/* Pages full of text, shaped once: what writing alone costs. */
static void book(Maker *maker, int pages)
{
    static const char words[] = "The ferry Marigold will sail between the islands on batteries alone from Easter, said";
    Tag *art = tag(maker, TAG_ART, NULL);
    begin_page(maker, 595, 842);
    for (int i = 0; i < 64; i++) {
        Style style = serif;
        style.size = 9.5;
        style.space = i % 8 * 0.11;
        style.track = i % 2 * 9;
        text(maker, i < 32 ? 40 : 310, 60 + i % 32 * 12, style, words + i % 9);
    }
    maker->page.count = maker->ops.count;
    maker->page.ops = maker->ops.at;
    for (int i = 0; i < pages; i++) {
        maker->page.number = i + 1;
        for (int k = 0; k < maker->ops.count; k++) {
            if (k % 4 == 0)
                maker->tag = tag(maker, TAG_P, art);
            maker->ops.at[k].tag = maker->tag;
        }
        pdf_page(maker->writer, &maker->page);
    }
    arena_free(maker->page_arena);
}

/* Strings and names longer than any limit. */
static void long_case(Maker *maker)
{
    char *words = arena_alloc(maker->arena, 200001);
    for (int i = 0; i < 200000; i++)
        words[i] = i % 7 ? (char)('a' + i % 26) : ' ';
    begin_page(maker, 200, 300);
    maker->tag = tag(maker, TAG_FIGURE, NULL);
    ((Tag *)maker->tag)->alt = arena_format(maker->arena, "\xF0\x9F\x90\x95%s", words);
    ((Tag *)maker->tag)->title = words;
    rect(maker, 10, 10, 10, 10, (Color){.space = COLOR_SPOT, .c = {65535}, .alpha = 65535, .spot = words});
    mark(maker, OP_BOOKMARK, words, 1, 0, 0);
    mark(maker, OP_ANCHOR, words, 0, 0, 0);
    maker->page.label = words;
    end_page(maker);
}

static int run(Memory *memory, char **arguments, int count)
{
    Arena *arena = arena_new(memory);
    Diag diag = {.arena = arena};
    const char *error = NULL, *name = arguments[0];
    FileAccess access = {.arena = arena};
    file_allow(&access, "/");
    Maker maker = {.arena = arena, .diag = &diag};
    maker.fonts = font_set_open(arena, "fonts", true, &diag);
    maker.images = image_set_open(arena, &access, &default_limits);
    Output *output = output_open(arena, arguments[1], &error);
    if (!output) {
        fprintf(stderr, "%s: %s\n", arguments[1], error);
        return 2;
    }
    PdfFacts facts = {.title = "Tägliche <News> & \"more\"",
                      .author = "A. Uthor",
                      .subject = "Subject",
                      .keywords = "news, pdf",
                      .language = "en",
                      .producer = "news2pdf",
                      .date = "2024-05-17T08:30:00+02:00",
                      .compress = !getenv("PLAIN")};
    maker.writer = pdf_begin(arena, output, &facts, &diag);
    if (strcmp(name, "article") == 0)
        article(&maker, arguments + 2, count - 2);
    else if (strcmp(name, "graphics") == 0)
        graphics(&maker);
    else if (strcmp(name, "pictures") == 0)
        pictures_case(&maker, arguments + 2, count - 2);
    else if (strcmp(name, "pens") == 0)
        pens(&maker);
    else if (strcmp(name, "heads") == 0)
        heads(&maker, arguments + 2, count - 2);
    else if (strcmp(name, "bleed") == 0)
        bleed(&maker);
    else if (strcmp(name, "many") == 0)
        many(&maker, count > 2 ? atoi(arguments[2]) : 40000);
    else if (strcmp(name, "book") == 0)
        book(&maker, count > 2 ? atoi(arguments[2]) : 1000);
    else if (strcmp(name, "long") == 0)
        long_case(&maker);
    bool good = pdf_end(maker.writer) && output_commit(output, &error);
    for (int i = 0; i < diag.list.count; i++)
        fprintf(stderr, "%s:%d: %s: %s\n", diag.list.at[i].source.file ? diag.list.at[i].source.file : "",
                diag.list.at[i].source.line, diag.list.at[i].code, diag.list.at[i].message);
    if (error)
        fprintf(stderr, "%s: %s\n", arguments[1], error);
    return good ? 0 : 1;
}

int main(int count, char **arguments)
{
    static Memory memory;
    if (count < 3 || setjmp(memory.out)) {
        fprintf(stderr, count < 3 ? "usage: pdf_cases CASE OUT.pdf [PICTURE ...]\n" : "memory ran out\n");
        memory_free_all(&memory);
        return 2;
    }
    int code = run(&memory, arguments + 1, count - 1);
    memory_free_all(&memory);
    return code;
}
