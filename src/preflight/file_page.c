/* A page of a finished file: its boxes, annotations, fonts, and what its content streams draw. */
#include "preflight/content.h"
#include "preflight/file.h"

#include <math.h>
#include <stdlib.h>

enum { DEEPEST = 10, MOST_OPERATORS = 20000000 };

typedef struct {
    double a, b, c, d, e, f;
} Ctm;
typedef struct {
    Ctm ctm;
    double line_width, font_size;
    Inks fill;
} State;
typedef struct {
    PdfInput *in;
    PageFacts *page;
    double trim[4]; /* left bottom right top */
    State state;
    VEC(State) saved;
    Ctm text;
    int depth;
} Reading;

static const Ctm same = {1, 0, 0, 1, 0, 0};

static Ctm multiply(Ctm i, Ctm o)
{
    return (Ctm){i.a * o.a + i.b * o.c, i.a * o.b + i.b * o.d,       i.c * o.a + i.d * o.c,
                 i.c * o.b + i.d * o.d, i.e * o.a + i.f * o.c + o.e, i.e * o.b + i.f * o.d + o.f};
}

static double scale_of(const Ctm *m)
{
    return sqrt(fabs(m->a * m->d - m->b * m->c));
}

static Len len(double points)
{
    return len_clamp((int64_t)(fmin(fmax(points, -1e6), 1e6) * LEN_PT));
}

/* ---- boxes: X6, G4, P17 ---- */

/* A page's own, or one of the nodes above it. */
static qpdf_oh inherited(PdfInput *in, qpdf_oh page, const char *key)
{
    for (int i = 0; i < 60 && is_there(in, page); i++, page = get(in, page, "/Parent"))
        if (is_there(in, get(in, page, key)))
            return get(in, page, key);
    return 0;
}

static bool box_value(PdfInput *in, qpdf_oh array, double box[4])
{
    if (count_of(in, array) != 4)
        return false;
    for (int i = 0; i < 4; i++)
        box[i] = number_value(in, item(in, array, i), 0);
    for (int i = 0; i < 2; i++)
        if (box[i] > box[i + 2]) {
            double swap = box[i];
            box[i] = box[i + 2];
            box[i + 2] = swap;
        }
    return true;
}

static bool inside(const double inner[4], const double outer[4])
{
    return inner[0] >= outer[0] - 0.01 && inner[1] >= outer[1] - 0.01 && inner[2] <= outer[2] + 0.01 &&
           inner[3] <= outer[3] + 0.01;
}

static void check_boxes_x(PdfInput *in, qpdf_oh page, int number, const double *media, const double *trim,
                          const double *bleed)
{
    Preflight *preflight = in->preflight;
    bool art = is_there(in, get(in, page, "/ArtBox"));
    if ((trim != NULL) == art)
        found(preflight, "X6", LEVEL_FAIL, number, NULL, NO_SOURCE, "exactly one of TrimBox and ArtBox is wanted");
    if (trim && bleed && !inside(trim, bleed))
        found(preflight, "X6", LEVEL_FAIL, number, NULL, NO_SOURCE, "the TrimBox is not inside the BleedBox");
    if ((trim && !inside(trim, media)) || (bleed && !inside(bleed, media)))
        found(preflight, "X6", LEVEL_FAIL, number, NULL, NO_SOURCE, "a box is not inside the MediaBox");
    if (is_there(in, inherited(in, page, "/CropBox")))
        found(preflight, "X6", LEVEL_WARN, number, NULL, NO_SOURCE, "the page has a CropBox");
    if (is_there(in, get(in, page, "/UserUnit")))
        found(preflight, "X6", LEVEL_FAIL, number, NULL, NO_SOURCE, "the page has a unit of its own");
}

static void read_boxes(Reading *reading, qpdf_oh page)
{
    PdfInput *in = reading->in;
    PageFacts *facts = reading->page;
    double media[4] = {0, 0, 612, 792}, trim[4], bleed[4];
    box_value(in, inherited(in, page, "/MediaBox"), media);
    bool has_trim = box_value(in, get(in, page, "/TrimBox"), trim),
         has_bleed = box_value(in, get(in, page, "/BleedBox"), bleed);
    memcpy(reading->trim, has_trim ? trim : media, sizeof media);
    facts->width = len(reading->trim[2] - reading->trim[0]);
    facts->height = len(reading->trim[3] - reading->trim[1]);
    if (has_bleed)
        facts->bleed = len(fmin(fmin(reading->trim[0] - bleed[0], reading->trim[1] - bleed[1]),
                                fmin(bleed[2] - reading->trim[2], bleed[3] - reading->trim[3])));
    if (in->x)
        check_boxes_x(in, page, facts->number, media, has_trim ? trim : NULL, has_bleed ? bleed : NULL);
    for (int i = 0; i < 2; i++)
        if (media[i + 2] - media[i] < 3 || media[i + 2] - media[i] > 14400)
            found(in->preflight, "G4", LEVEL_FAIL, facts->number, NULL, NO_SOURCE, "a side of the page is %.0f pt",
                  media[i + 2] - media[i]);
    const PageFacts *first = &in->preflight->pages.at[0];
    if (facts->width / 10 != first->width / 10 || facts->height / 10 != first->height / 10)
        found(in->preflight, "P17", LEVEL_FAIL, facts->number, NULL, NO_SOURCE,
              "the page is %.0f x %.0f pt, page 1 %.0f x %.0f pt", (double)facts->width / LEN_PT,
              (double)facts->height / LEN_PT, (double)first->width / LEN_PT, (double)first->height / LEN_PT);
    Len wanted = in->preflight->target->bleed;
    if (wanted > MM(1) && facts->bleed < wanted - MM(1))
        found(in->preflight, "P16", LEVEL_WARN, facts->number, NULL, NO_SOURCE, "%.1f mm bleed; %.1f mm are wanted",
              (double)facts->bleed / MM(100) * 10, (double)wanted / MM(100) * 10);
}

/* ---- annotations: X9, X10, G9 ---- */

static void place(const Reading *reading, double left, double bottom, double right, double top, Len box[4])
{
    box[0] = len(left - reading->trim[0]);
    box[1] = len(reading->trim[3] - top);
    box[2] = len_max(len(right - left), 1);
    box[3] = len_max(len(top - bottom), 1);
}

static void check_action(Reading *reading, qpdf_oh action, const Len box[4])
{
    static const char *const banned[] = {"/JavaScript", "/Launch",    "/Sound",      "/Movie", "/Hide",
                                         "/SubmitForm", "/ResetForm", "/ImportData", NULL};
    PdfInput *in = reading->in;
    const char *kind = name_value(in, get(in, action, "/S"));
    for (int i = 0; banned[i] && *kind; i++)
        if (strcmp(kind, banned[i]) == 0)
            found(in->preflight, "G9", LEVEL_FAIL, reading->page->number, box, NO_SOURCE, "an action %s", kind + 1);
    if (in->x && *kind)
        found(in->preflight, "X10", LEVEL_FAIL, reading->page->number, box, NO_SOURCE, "an action %s", kind + 1);
}

static void read_annotations(Reading *reading, qpdf_oh page)
{
    PdfInput *in = reading->in;
    qpdf_oh list = get(in, page, "/Annots");
    double edge = (double)reading->page->bleed / LEN_PT;
    for (int i = 0; i < count_of(in, list) && i < 100000; i++) {
        qpdf_oh annotation = item(in, list, i);
        double at[4] = {0};
        Len box[4];
        const char *kind = name_value(in, get(in, annotation, "/Subtype"));
        box_value(in, get(in, annotation, "/Rect"), at);
        place(reading, at[0], at[1], at[2], at[3], box);
        reading->page->links += strcmp(kind, "/Link") == 0;
        bool touches = at[2] > reading->trim[0] - edge && at[0] < reading->trim[2] + edge &&
                       at[3] > reading->trim[1] - edge && at[1] < reading->trim[3] + edge;
        if (in->x && touches && strcmp(kind, "/PrinterMark") != 0 && strcmp(kind, "/TrapNet") != 0)
            found(in->preflight, "X9", LEVEL_FAIL, reading->page->number, box, NO_SOURCE,
                  "an annotation %s in the page", *kind ? kind + 1 : "");
        check_action(reading, get(in, annotation, "/A"), box);
        if (is_there(in, get(in, annotation, "/AA")))
            found(in->preflight, "G9", LEVEL_FAIL, reading->page->number, box, NO_SOURCE, "additional actions (AA)");
    }
}

/* ---- fonts: G8 ---- */

static void read_font(Reading *reading, qpdf_oh font)
{
    PdfInput *in = reading->in;
    Preflight *preflight = in->preflight;
    const char *kind = name_value(in, get(in, font, "/Subtype")), *name = name_value(in, get(in, font, "/BaseFont"));
    qpdf_oh holder = font;
    if (strcmp(kind, "/Type0") == 0 && count_of(in, get(in, font, "/DescendantFonts")) > 0)
        holder = item(in, get(in, font, "/DescendantFonts"), 0);
    qpdf_oh descriptor = get(in, holder, "/FontDescriptor");
    bool embedded = strcmp(kind, "/Type3") == 0 || is_there(in, get(in, descriptor, "/FontFile")) ||
                    is_there(in, get(in, descriptor, "/FontFile2")) || is_there(in, get(in, descriptor, "/FontFile3"));
    bool unicode = is_there(in, get(in, font, "/ToUnicode"));
    const char *shown = arena_string(preflight->arena, *name ? name + 1 : "Type 3", *name ? strlen(name) - 1 : 6);
    for (int i = 0; i < preflight->fonts.count; i++)
        if (strcmp(preflight->fonts.at[i].name, shown) == 0)
            return;
    VEC_PUSH(preflight->arena, preflight->fonts,
             ((FontUse){NULL, shown, embedded, strlen(shown) > 7 && shown[6] == '+', embedded, 0}));
    if (!embedded)
        found(preflight, "G8", LEVEL_FAIL, reading->page->number, NULL, NO_SOURCE, "the font %s is not embedded",
              shown);
    if (!unicode && (in->ua || preflight->target->pdfa == PDFA_2A || preflight->target->pdfa == PDFA_2U) &&
        strcmp(kind, "/Type0") == 0)
        found(preflight, "G8", LEVEL_FAIL, reading->page->number, NULL, NO_SOURCE,
              "the font %s does not say which characters its glyphs are", shown);
}

static void read_fonts(Reading *reading, qpdf_oh resources)
{
    PdfInput *in = reading->in;
    qpdf_oh fonts = get(in, resources, "/Font");
    Keys keys = keys_of(in, fonts, in->scratch);
    for (int i = 0; i < keys.count; i++)
        read_font(reading, get(in, fonts, keys.at[i]));
}

/* ---- colours ---- */

static void note_space(Reading *reading, unsigned bit, bool image)
{
    PdfInput *in = reading->in;
    for (int i = 0; i < 6; i++)
        if (bit == 1u << i && !in->space_page[i])
            in->space_page[i] = reading->page->number;
    if (image)
        in->image_spaces |= bit;
    else
        in->spaces |= bit;
}

/* Which space an object names; spots are told. */
static unsigned space_of(Reading *reading, qpdf_oh space, int depth)
{
    PdfInput *in = reading->in;
    qpdf_oh first = count_of(in, space) > 0 ? item(in, space, 0) : space;
    const char *name = name_value(in, first);
    if (depth > 4)
        return SPACE_OTHER;
    if (strcmp(name, "/DeviceGray") == 0 || strcmp(name, "/G") == 0)
        return SPACE_GRAY;
    if (strcmp(name, "/DeviceRGB") == 0 || strcmp(name, "/RGB") == 0)
        return SPACE_RGB;
    if (strcmp(name, "/DeviceCMYK") == 0 || strcmp(name, "/CMYK") == 0)
        return SPACE_CMYK;
    if (strcmp(name, "/ICCBased") == 0 && count_of(in, space) > 1) {
        int channels = (int)number_value(in, get(in, item(in, space, 1), "/N"), 0);
        return channels == 3 ? SPACE_ICC_RGB : channels == 4 ? SPACE_ICC_CMYK : SPACE_OTHER;
    }
    if ((strcmp(name, "/Indexed") == 0 || strcmp(name, "/I") == 0) && count_of(in, space) > 1)
        return space_of(reading, item(in, space, 1), depth + 1);
    if (strcmp(name, "/Separation") == 0 && count_of(in, space) > 2) {
        const char *spot = name_value(in, item(in, space, 1));
        judge_spot(in->preflight, *spot ? spot + 1 : "", in->preflight->target->color == TARGET_COLOR_CMYK,
                   reading->page->number, NO_SOURCE);
        return space_of(reading, item(in, space, 2), depth + 1);
    }
    if (strcmp(name, "/DeviceN") == 0 && count_of(in, space) > 2) {
        qpdf_oh spots = item(in, space, 1);
        for (int i = 0; i < count_of(in, spots); i++) {
            const char *spot = name_value(in, item(in, spots, i));
            judge_spot(in->preflight, *spot ? spot + 1 : "", in->preflight->target->color == TARGET_COLOR_CMYK,
                       reading->page->number, NO_SOURCE);
        }
        return space_of(reading, item(in, space, 2), depth + 1);
    }
    return SPACE_OTHER;
}

static unsigned named_space(Reading *reading, qpdf_oh resources, const char *name)
{
    PdfInput *in = reading->in;
    if (strcmp(name, "/DeviceGray") == 0)
        return SPACE_GRAY;
    if (strcmp(name, "/DeviceRGB") == 0)
        return SPACE_RGB;
    if (strcmp(name, "/DeviceCMYK") == 0)
        return SPACE_CMYK;
    return space_of(reading, get(in, get(in, resources, "/ColorSpace"), name), 0);
}

static Inks inks_of(const double *v, int count)
{
    Inks inks = {0};
    if (count != 4) {
        double least = 1, most = 0;
        for (int i = 0; i < count; i++) {
            least = fmin(least, v[i]);
            most = fmax(most, v[i]);
        }
        inks.class = least >= 1 ? TEXT_WHITE : most <= 0 || count == 1 ? TEXT_BLACK : TEXT_LIGHT;
        return inks;
    }
    for (int i = 0; i < 4; i++) {
        inks.inks += v[i] > 0;
        inks.sum += v[i] * 100;
    }
    inks.black = v[3] * 100;
    inks.class = inks.inks == 0 ? TEXT_WHITE : inks.inks > 1 ? TEXT_MANY : v[3] > 0 ? TEXT_BLACK : TEXT_ONE;
    return inks;
}

/* ---- content ---- */

static void read_stream(Reading *reading, Bytes stream, qpdf_oh resources);

static void read_picture(Reading *reading, qpdf_oh image, const char *name)
{
    PdfInput *in = reading->in;
    const Ctm *m = &reading->state.ctm;
    double across = hypot(m->a, m->b), down = hypot(m->c, m->d), width = number_value(in, get(in, image, "/Width"), 0),
           height = number_value(in, get(in, image, "/Height"), 0);
    if (across <= 0 || down <= 0 || width < 1 || height < 1)
        return;
    unsigned space = space_of(reading, get(in, image, "/ColorSpace"), 0);
    bool mask = number_value(in, get(in, image, "/BitsPerComponent"), 1) == 1; // NOLINT: exactly one
    if (!mask)
        note_space(reading, space, true);
    static const char *const names[] = {"Gray", "RGB", "CMYK", "ICC RGB", "ICC CMYK", "other"};
    int index = 0;
    while (index < 5 && space != 1u << index)
        index++;
    Picture picture = {.width = (int)width,
                       .height = (int)height,
                       .page = reading->page->number,
                       .ppi = fmin(width * 72 / across, height * 72 / down),
                       .line_art = mask,
                       .profile = space == SPACE_ICC_RGB || space == SPACE_ICC_CMYK,
                       .path = arena_string(in->arena, name + 1, strlen(name) - 1),
                       .space = names[index]};
    double x0 = m->e + fmin(0, m->a) + fmin(0, m->c), y0 = m->f + fmin(0, m->b) + fmin(0, m->d);
    place(reading, x0, y0, x0 + fabs(m->a) + fabs(m->c), y0 + fabs(m->b) + fabs(m->d), picture.box);
    if (is_there(in, get(in, image, "/SMask")))
        reading->page->transparent = true;
    judge_picture(in->preflight, &picture);
}

static void read_form(Reading *reading, qpdf_oh form, qpdf_oh outer)
{
    PdfInput *in = reading->in;
    Bytes stream;
    qpdf_oh matrix = get(in, form, "/Matrix"), resources = get(in, form, "/Resources");
    if (reading->depth >= DEEPEST || !stream_data(in, form, in->scratch, &stream))
        return;
    State before = reading->state;
    int saved = reading->saved.count;
    Ctm own = same;
    if (count_of(in, matrix) == 6)
        own = (Ctm){number_value(in, item(in, matrix, 0), 1), number_value(in, item(in, matrix, 1), 0),
                    number_value(in, item(in, matrix, 2), 0), number_value(in, item(in, matrix, 3), 1),
                    number_value(in, item(in, matrix, 4), 0), number_value(in, item(in, matrix, 5), 0)};
    reading->state.ctm = multiply(own, reading->state.ctm);
    reading->depth++;
    read_fonts(reading, resources);
    read_stream(reading, stream, is_there(in, resources) ? resources : outer);
    reading->depth--;
    reading->saved.count = saved;
    reading->state = before;
}

static void read_object(Reading *reading, const char *name, qpdf_oh resources)
{
    PdfInput *in = reading->in;
    qpdf_oh object = get(in, get(in, resources, "/XObject"), name);
    const char *kind = name_value(in, get(in, object, "/Subtype"));
    if (strcmp(kind, "/Image") == 0)
        read_picture(reading, object, name);
    else if (strcmp(kind, "/Form") == 0)
        read_form(reading, object, resources);
}

static void read_state(Reading *reading, const char *name, qpdf_oh resources)
{
    PdfInput *in = reading->in;
    qpdf_oh state = get(in, get(in, resources, "/ExtGState"), name), mask = get(in, state, "/SMask"),
            blend = get(in, state, "/BM");
    bool seen = number_value(in, get(in, state, "/ca"), 1) < 1 || number_value(in, get(in, state, "/CA"), 1) < 1 ||
                (is_there(in, mask) && strcmp(name_value(in, mask), "/None") != 0) ||
                (is_there(in, blend) && strcmp(name_value(in, blend), "/Normal") != 0 &&
                 strcmp(name_value(in, blend), "/Compatible") != 0);
    reading->page->transparent = reading->page->transparent || seen;
    reading->state.line_width = number_value(in, get(in, state, "/LW"), reading->state.line_width);
}

static void set_color(Reading *reading, const ContentReader *content, int count, unsigned space, bool fill)
{
    double values[4];
    for (int i = 0; i < count; i++)
        values[i] = content_number(content, i);
    note_space(reading, space, false);
    if (fill)
        reading->state.fill = inks_of(values, count);
}

static void show_text(Reading *reading)
{
    Ctm m = multiply(reading->text, reading->state.ctm);
    double size = fabs(reading->state.font_size) * scale_of(&m);
    Len box[4];
    if (size <= 0)
        return;
    place(reading, m.e, m.f, m.e + size, m.f + size, box);
    judge_text(reading->in->preflight, reading->page->number, &reading->state.fill, size * LEN_PT, box, NO_SOURCE);
}

static void draw_line(Reading *reading)
{
    double width = reading->state.line_width * scale_of(&reading->state.ctm);
    note_least(&reading->in->preflight->line, fmax(width * LEN_PT, 1), reading->page->number, NO_SOURCE);
    if (width < 0.25 - 0.001)
        found(reading->in->preflight, "P13", LEVEL_WARN, reading->page->number, NULL, NO_SOURCE,
              "a line of %.2f pt; not under 0.25 pt", width);
}

static void text_operator(Reading *reading, const ContentReader *c)
{
    const char *o = c->operator;
    if (strcmp(o, "BT") == 0)
        reading->text = same;
    else if (strcmp(o, "Tf") == 0)
        reading->state.font_size = content_number(c, 1);
    else if (strcmp(o, "Tm") == 0)
        reading->text = (Ctm){content_number(c, 0), content_number(c, 1), content_number(c, 2),
                              content_number(c, 3), content_number(c, 4), content_number(c, 5)};
    else if (strcmp(o, "Td") == 0 || strcmp(o, "TD") == 0)
        reading->text = multiply((Ctm){1, 0, 0, 1, content_number(c, 0), content_number(c, 1)}, reading->text);
    else if (strcmp(o, "Tj") == 0 || strcmp(o, "TJ") == 0 || strcmp(o, "'") == 0 || strcmp(o, "\"") == 0)
        show_text(reading);
}

static void state_operator(Reading *reading, const ContentReader *c, qpdf_oh resources)
{
    const char *o = c->operator;
    const char *name = c->count > 0 && c->operands[c->count - 1].name ? c->operands[c->count - 1].name : NULL;
    if (strcmp(o, "q") == 0 && reading->saved.count < 10000)
        VEC_PUSH(reading->in->scratch, reading->saved, reading->state);
    else if (strcmp(o, "Q") == 0 && reading->saved.count > 0)
        reading->state = reading->saved.at[--reading->saved.count];
    else if (strcmp(o, "cm") == 0)
        reading->state.ctm = multiply((Ctm){content_number(c, 0), content_number(c, 1), content_number(c, 2),
                                            content_number(c, 3), content_number(c, 4), content_number(c, 5)},
                                      reading->state.ctm);
    else if (strcmp(o, "w") == 0)
        reading->state.line_width = content_number(c, 0);
    else if (strcmp(o, "gs") == 0 && name)
        read_state(reading, name, resources);
    else if (strcmp(o, "Do") == 0 && name)
        read_object(reading, name, resources);
    else if (strcmp(o, "S") == 0 || strcmp(o, "s") == 0 || strcmp(o, "B") == 0 || strcmp(o, "b") == 0)
        draw_line(reading);
}

static void color_operator(Reading *reading, const ContentReader *c, qpdf_oh resources)
{
    PdfInput *in = reading->in;
    const char *o = c->operator, * name = c->count> 0 ? c->operands[0].name : NULL;
    if (strcmp(o, "rg") == 0 || strcmp(o, "RG") == 0)
        set_color(reading, c, 3, SPACE_RGB, *o == 'r');
    else if (strcmp(o, "k") == 0 || strcmp(o, "K") == 0)
        set_color(reading, c, 4, SPACE_CMYK, *o == 'k');
    else if (strcmp(o, "g") == 0 || strcmp(o, "G") == 0)
        set_color(reading, c, 1, SPACE_GRAY, *o == 'g');
    else if ((strcmp(o, "cs") == 0 || strcmp(o, "CS") == 0) && name) {
        note_space(reading, named_space(reading, resources, name), false);
        reading->state.fill = (Inks){.class = TEXT_SPOT, .inks = 1};
    } else if (strcmp(o, "sh") == 0 && name)
        note_space(reading, space_of(reading, get(in, get(in, get(in, resources, "/Shading"), name), "/ColorSpace"), 0),
                   false);
}

static void read_stream(Reading *reading, Bytes stream, qpdf_oh resources)
{
    ContentReader content = content_reader(reading->in->scratch, stream);
    while (content_next(&content) && reading->in->operators++ < MOST_OPERATORS) {
        state_operator(reading, &content, resources);
        color_operator(reading, &content, resources);
        text_operator(reading, &content);
    }
}

static bool page_content(PdfInput *in, qpdf_oh page, Bytes *bytes)
{
    unsigned char *data = NULL;
    size_t size = 0;
    bool fine = !(in->qpdf->oh_get_page_content_data(in->pdf, page, &data, &size) & QPDF_ERRORS) && data;
    if (fine)
        *bytes = (Bytes){arena_copy(in->scratch, data, size), size};
    free(data);
    return fine;
}

void read_page(PdfInput *in, qpdf_oh page, int number)
{
    Preflight *preflight = in->preflight;
    VEC_PUSH(preflight->arena, preflight->pages, ((PageFacts){.number = number}));
    Reading reading = {.in = in, .page = &preflight->pages.at[preflight->pages.count - 1], .text = same};
    reading.state = (State){.ctm = same, .line_width = 1, .fill = {.class = TEXT_BLACK, .inks = 1}};
    qpdf_oh resources = inherited(in, page, "/Resources");
    Bytes stream;
    read_boxes(&reading, page);
    read_annotations(&reading, page);
    read_fonts(&reading, resources);
    if (!page_content(in, page, &stream) || stream.size == 0)
        found(preflight, "P17", LEVEL_WARN, number, NULL, NO_SOURCE, "the page is empty");
    else
        read_stream(&reading, stream, resources);
    if (reading.page->transparent && !preflight->target->transparency && (in->x || preflight->target->pdfa == PDFA_1B))
        found(preflight, "X8", LEVEL_FAIL, number, NULL, NO_SOURCE,
              "the page has transparency, which the standard does not allow");
}
