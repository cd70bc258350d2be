/* Targets by name, what may be changed of them, and what cannot hold together. See target.h.
 * print-ready.md 1 (the table), 7 (conditions), 8 (what can live in one file). */
#include "pdf/target.h"

#include <stdlib.h>

#define MM(tenths) ((Len)((int64_t)(tenths)*72 * LEN_PT / 254)) /* tenths of a millimetre */

typedef struct {
    PdfTarget target;
    const char *description;
} Row;
static const Row rows[] = {
    {{.name = "screen", .pdfa = PDFA_2A, .pdfua = 1, .links = true},
     "to be read on a screen: RGB, links, tags; PDF/A-2a and PDF/UA-1"},
    {{.name = "office", .pdfa = PDFA_2A, .pdfua = 1, .links = true, .black_text = true},
     "for any printer and reader: as screen, black text in gray"},
    {{.name = "print-coated",
      .pdfx = PDFX_4,
      .pdfa = PDFA_2A,
      .pdfua = 1,
      .color = TARGET_COLOR_CMYK,
      .condition = "FOGRA39",
      .ink_limit = 300,
      .black_text = true,
      .picture_ppi = 300,
      .bleed = MM(30)},
     "offset on coated paper: CMYK, bleed 3 mm; PDF/X-4, PDF/A-2a and PDF/UA-1"},
    {{.name = "print-uncoated",
      .pdfx = PDFX_4,
      .pdfa = PDFA_2A,
      .pdfua = 1,
      .color = TARGET_COLOR_CMYK,
      .condition = "FOGRA47",
      .ink_limit = 280,
      .black_text = true,
      .picture_ppi = 266,
      .bleed = MM(30)},
     "offset on uncoated paper: as print-coated"},
    {{.name = "print-news",
      .pdfx = PDFX_4,
      .pdfa = PDFA_2A,
      .pdfua = 1,
      .color = TARGET_COLOR_CMYK,
      .condition = "IFRA26",
      .ink_limit = 220,
      .black_text = true,
      .sharpen = true,
      .picture_ppi = 200},
     "newspaper: CMYK, no bleed; PDF/X-4, PDF/A-2a and PDF/UA-1"},
    {{.name = "print-x1a",
      .pdfx = PDFX_1A,
      .color = TARGET_COLOR_CMYK,
      .condition = "FOGRA39",
      .ink_limit = 300,
      .black_text = true,
      .picture_ppi = 300,
      .bleed = MM(30)},
     "for shops that ask for PDF/X-1a: CMYK, no transparency, bleed 3 mm"},
};
enum { ROWS = sizeof rows / sizeof *rows };

bool pdf_target_list(int i, const char **name, const char **description)
{
    if (i >= ROWS)
        return false;
    *name = rows[i].target.name;
    *description = rows[i].description;
    return true;
}

/* ---- words ---- */

typedef struct {
    const char *word;
    int value;
    const char *standard; /* as messages name it */
} Word;
static const Word x_words[] = {
    {"none", PDFX_NONE, NULL}, {"x1a", PDFX_1A, "PDF/X-1a"}, {"x3", PDFX_3, "PDF/X-3"}, {"x4", PDFX_4, "PDF/X-4"}, {0}};
static const Word a_words[] = {{"none", PDFA_NONE, NULL},   {"1b", PDFA_1B, "PDF/A-1b"},
                               {"2b", PDFA_2B, "PDF/A-2b"}, {"2u", PDFA_2U, "PDF/A-2u"},
                               {"2a", PDFA_2A, "PDF/A-2a"}, {"3b", PDFA_3B, "PDF/A-3b"},
                               {"3u", PDFA_3U, "PDF/A-3u"}, {"3a", PDFA_3A, "PDF/A-3a"},
                               {"4", PDFA_4, "PDF/A-4"},    {0}};
static const Word ua_words[] = {{"none", 0, NULL}, {"1", 1, "PDF/UA-1"}, {"2", 2, "PDF/UA-2"}, {0}};
static const Word mark_words[] = {{"crop", MARK_CROP, NULL},
                                  {"register", MARK_REGISTER, NULL},
                                  {"bars", MARK_BARS, NULL},
                                  {"slug", MARK_SLUG, NULL},
                                  {0}};

static const Word *find_word(const Word *words, const char *text, size_t length)
{
    for (; words->word; words++)
        if (strlen(words->word) == length && strncmp(words->word, text, length) == 0)
            return words;
    return NULL;
}

static const char *standard(const Word *words, int value)
{
    for (; words->word; words++)
        if (words->value == value)
            return words->standard;
    return NULL;
}

static const char *choices(Arena *arena, const char *option, const char *value, const Word *words)
{
    Buffer out = {.arena = arena};
    buffer_format(&out, "--%s can't be \"%s\"; it is one of", option, value);
    for (; words->word; words++)
        buffer_format(&out, " %s", words->word);
    return out.data;
}

static const char *read_word(Arena *arena, const char *option, const char *value, const Word *words, int *to)
{
    const Word *found = value ? find_word(words, value, strlen(value)) : NULL;
    if (found)
        *to = found->value;
    return value && !found ? choices(arena, option, value, words) : NULL;
}

static const char *read_marks(Arena *arena, const char *value, unsigned *marks)
{
    if (!value)
        return NULL;
    *marks = 0;
    if (strcmp(value, "none") == 0)
        return NULL;
    for (const char *at = value;; at++) {
        size_t length = strcspn(at, ",");
        const Word *found = find_word(mark_words, at, length);
        if (!found)
            return choices(arena, "marks", arena_string(arena, at, length), mark_words);
        *marks |= (unsigned)found->value;
        at += length;
        if (!*at)
            return NULL;
    }
}

/* "3mm", "0.125in", "8.5pt", "0": at most 100 mm. */
static const char *read_bleed(Arena *arena, const char *value, Len *bleed)
{
    static const struct {
        const char *name;
        int64_t over; /* 1 unit = 72 * LEN_PT * 10 / over */
    } units[] = {{"mm", 254}, {"in", 10}, {"pt", 720}, {"cm", 0}};
    if (!value)
        return NULL;
    int64_t number = 0, scale = 1;
    const char *at = value;
    bool point = false;
    for (; (*at >= '0' && *at <= '9') || (*at == '.' && !point); at++) {
        if (*at == '.')
            point = true;
        else if (scale < 10000 && number < 100000000) {
            number = number * 10 + (*at - '0');
            scale *= point ? 10 : 1;
        }
    }
    int64_t length = -1;
    if (at > value && *at == 0 && number == 0)
        length = 0;
    for (size_t i = 0; at > value && i < sizeof units / sizeof *units; i++)
        if (strcmp(at, units[i].name) == 0)
            length = units[i].over ? number * 720 * LEN_PT / (units[i].over * scale)
                                   : number * 7200 * LEN_PT / (254 * scale);
    if (length < 0 || length > MM(1000))
        return arena_format(arena, "--bleed needs a length up to 100mm, as 3mm or 0.125in, not \"%s\"", value);
    *bleed = (Len)length;
    return NULL;
}

/* ---- printing conditions (C7) ---- */

static const struct {
    const char *name, *profile; /* NULL: not shipped */
    int ink_limit;
} conditions[] = {{"FOGRA39", "coated-fogra39-300.icc", 300},
                  {"FOGRA47", "uncoated-fogra47-280.icc", 280},
                  {"IFRA26", "news-ifra26s-220.icc", 220},
                  {"FOGRA51", NULL, 0},
                  {"FOGRA52", NULL, 0},
                  {"CGATS TR 002", NULL, 0},
                  {"CGATS TR 003", NULL, 0},
                  {"CGATS TR 005", NULL, 0},
                  {"CGATS TR 006", NULL, 0},
                  {"CGATS21-2-CRPC1", NULL, 0},
                  {"CGATS21-2-CRPC2", NULL, 0},
                  {"CGATS21-2-CRPC3", NULL, 0},
                  {"CGATS21-2-CRPC4", NULL, 0},
                  {"CGATS21-2-CRPC5", NULL, 0},
                  {"CGATS21-2-CRPC6", NULL, 0},
                  {"CGATS21-2-CRPC7", NULL, 0},
                  {"JC200103", NULL, 0},
                  {"JCN2002", NULL, 0}};

bool pdf_target_condition(int i, const char **name)
{
    if (i >= (int)(sizeof conditions / sizeof *conditions))
        return false;
    *name = conditions[i].name;
    return true;
}

const char *pdf_target_profile(const PdfTarget *target)
{
    for (size_t i = 0; target->condition && i < sizeof conditions / sizeof *conditions; i++)
        if (strcmp(conditions[i].name, target->condition) == 0)
            return conditions[i].profile;
    return NULL;
}

static const char *set_condition(Arena *arena, const PdfTargetWords *words, PdfTarget *target)
{
    if (words->profile_channels) {
        target->color = words->profile_channels == 3 ? TARGET_COLOR_RGB : TARGET_COLOR_CMYK;
        target->condition = NULL;
    }
    if (!words->condition)
        return NULL;
    target->condition = words->condition;
    if (words->profile_channels)
        return NULL;
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
        if (conditions[i].profile && strcmp(conditions[i].name, words->condition) == 0) {
            target->color = TARGET_COLOR_CMYK;
            target->ink_limit = conditions[i].ink_limit;
            return NULL;
        }
    return arena_format(arena, "the output condition %s needs --output-profile: its profile is not shipped",
                        words->condition);
}

/* ---- what can live in one file ---- */

static const char *clash(Arena *arena, const char *one, const char *other, const char *why)
{
    return arena_format(arena, "%s and %s can't hold together: %s", one, other, why);
}

static int part(PdfA pdfa)
{
    return pdfa == PDFA_NONE ? 0 : pdfa == PDFA_1B ? 1 : pdfa <= PDFA_2A ? 2 : pdfa <= PDFA_3A ? 3 : 4;
}

static const char *find_clash(Arena *arena, const PdfTarget *target)
{
    const char *x = standard(x_words, (int)target->pdfx), *a = standard(a_words, (int)target->pdfa),
               *ua = standard(ua_words, target->pdfua);
    bool old_x = target->pdfx == PDFX_1A || target->pdfx == PDFX_3;
    if (x && target->color == TARGET_COLOR_RGB)
        return clash(arena, x, "the output intent sRGB",
                     "a press prints CMYK; name a print target or --output-profile");
    if (x && part(target->pdfa) == 4)
        return clash(arena, x, a, "the one is PDF 1.6 at most, the other PDF 2.0");
    if (x && target->pdfua == 2)
        return clash(arena, x, ua, "the one is PDF 1.6 at most, the other PDF 2.0");
    if (old_x && part(target->pdfa) > 1)
        return clash(arena, x, a, "the one is PDF 1.4, the other PDF 1.7");
    if (old_x && ua)
        return clash(arena, x, ua, "the one is PDF 1.4, the other PDF 1.7");
    if (target->pdfx == PDFX_4 && part(target->pdfa) == 1)
        return clash(arena, x, a, "the one is PDF 1.6, the other PDF 1.4");
    if (a && ua && (part(target->pdfa) == 4) != (target->pdfua == 2))
        return clash(arena, a, ua, "only one of them is PDF 2.0");
    if (target->color == TARGET_COLOR_RGB && target->marks & MARK_BARS)
        return clash(arena, "--marks bars", "the output intent sRGB", "the bars are for the inks of a press");
    return NULL;
}

/* A6, 8: which standards take files. */
static const char *find_attachment_clash(Arena *arena, const PdfTarget *target)
{
    const char *x = standard(x_words, (int)target->pdfx), *a = standard(a_words, (int)target->pdfa);
    if (target->pdfx == PDFX_1A || target->pdfx == PDFX_3)
        return clash(arena, "--attach", x, "a press file of PDF 1.4 holds pages only");
    if (a && part(target->pdfa) != 3)
        return clash(arena, "--attach", a, "only PDF/A-3 takes any file; --pdfa 3a does");
    return NULL;
}

/* ---- from words to a target ---- */

static const PdfTarget *named(const char *name)
{
    for (int i = 0; i < ROWS; i++)
        if (strcmp(rows[i].target.name, name) == 0)
            return &rows[i].target;
    return NULL;
}

static const char *unknown_target(Arena *arena, const char *name)
{
    Buffer out = {.arena = arena};
    buffer_format(&out, "--target can't be \"%s\"; it is one of", name);
    for (int i = 0; i < ROWS; i++)
        buffer_format(&out, " %s", rows[i].target.name);
    return out.data;
}

/* What only the named target asks for gives way to what the user asks for. */
static void give_way(const PdfTargetWords *words, PdfTarget *target)
{
    bool old_x = target->pdfx == PDFX_1A || target->pdfx == PDFX_3;
    if (!words->pdfa && old_x && words->pdfx)
        target->pdfa = PDFA_NONE;
    if (!words->pdfua && old_x && words->pdfx)
        target->pdfua = 0;
    if (!words->pdfua && words->pdfa && target->pdfua)
        target->pdfua = target->pdfa == PDFA_4 ? 2 : 1;
    if (!words->pdfa && words->pdfua && target->pdfa)
        target->pdfa = target->pdfua == 2 ? PDFA_4 : target->pdfa;
}

const char *pdf_target_read(Arena *arena, const PdfTargetWords *words, PdfTarget *target)
{
    const char *name = words->name ? words->name : "office", *wrong;
    const PdfTarget *row = named(name);
    int pdfx, pdfa;
    if (!row)
        return unknown_target(arena, name);
    *target = *row;
    pdfx = (int)row->pdfx;
    pdfa = (int)row->pdfa;
    if ((wrong = read_word(arena, "pdfx", words->pdfx, x_words, &pdfx)) ||
        (wrong = read_word(arena, "pdfa", words->pdfa, a_words, &pdfa)) ||
        (wrong = read_word(arena, "pdfua", words->pdfua, ua_words, &target->pdfua)) ||
        (wrong = read_marks(arena, words->marks, &target->marks)) ||
        (wrong = read_bleed(arena, words->bleed, &target->bleed)) || (wrong = set_condition(arena, words, target)))
        return wrong;
    target->pdfx = (PdfX)pdfx;
    target->pdfa = (PdfA)pdfa;
    give_way(words, target);
    bool old_x = pdfx == PDFX_1A || pdfx == PDFX_3;
    target->transparency = !old_x && target->pdfa != PDFA_1B;
    target->links = target->links && target->pdfx == PDFX_NONE; /* X9, X10 */
    target->version = old_x || target->pdfa == PDFA_1B               ? 14
                      : target->pdfx == PDFX_4                       ? 16
                      : target->pdfa == PDFA_4 || target->pdfua == 2 ? 20
                                                                     : 17;
    wrong = find_clash(arena, target);
    return !wrong && words->attach ? find_attachment_clash(arena, target) : wrong;
}
