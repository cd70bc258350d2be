/* The rules by name, and what each kind of work asks for (print-ready.md 6, GWG 2022). */
#include "preflight/internal.h"

#include <stdio.h>

const Rule preflight_rules[] = {{"G4", "page sides from 3 to 14,400 units"},
                                {"G8", "fonts can be embedded, every character has a glyph"},
                                {"C6", "the output intent has a profile"},
                                {"X7", "colours are those of the printing process"},
                                {"X8", "transparency is allowed by the standard"},
                                {"X9", "nothing can be clicked in a file for a press"},
                                {"P1", "picture resolution must exceed"},
                                {"P2", "picture resolution should exceed"},
                                {"P3", "resolution of line art"},
                                {"P4", "mean ink over any square of 15 mm"},
                                {"P5", "most ink in one place"},
                                {"P6", "text in more than one ink"},
                                {"P7", "white text"},
                                {"P8", "rich black text"},
                                {"P9", "thin lines in white or more than one ink"},
                                {"P10", "spot colours"},
                                {"P11", "smallest black text"},
                                {"P12", "black text and lines overprint"},
                                {"P13", "hairlines"},
                                {"P16", "bleed and safe area"},
                                {"P17", "pages: one size, none empty"},
                                {"P19", "fine letters in white"},
                                {"U06", "the document has a title"},
                                {"U11", "the document has a language"},
                                {"U13", "pictures have a text that stands for them"},
                                {NULL, NULL}};

static const Work works[] = {
    {.name = "newspaper",
     .ppi_must = 99,
     .ppi_should = 149,
     .line_must = 549,
     .line_should = 799,
     .ink_mean = 245,
     .ink_most = 220,
     .colored_text = 10 * LEN_PT,
     .rich_black = 220,
     .black_text = 6 * LEN_PT,
     .safe = MM(100)},
    {.name = "magazine",
     .ppi_must = 149,
     .ppi_should = 224,
     .line_must = 549,
     .line_should = 799,
     .ink_mean = 305,
     .ink_most = 300,
     .colored_text = 9 * LEN_PT,
     .rich_black = 280,
     .black_text = 5 * LEN_PT,
     .safe = MM(30),
     .stitched = true},
    {.name = "coated sheet",
     .ppi_must = 149,
     .ppi_should = 224,
     .line_must = 549,
     .line_should = 799,
     .ink_mean = 320,
     .ink_most = 300,
     .colored_text = 8 * LEN_PT,
     .rich_black = 280,
     .black_text = 5 * LEN_PT,
     .safe = MM(30),
     .stitched = true},
    {.name = "digital",
     .ppi_must = 95,
     .ppi_should = 149,
     .line_must = 349,
     .line_should = 599,
     .ink_most = 300,
     .colored_text = 5 * LEN_PT,
     .rich_black = 280,
     .black_text = 5 * LEN_PT},
};

const Work *work_of(const PdfTarget *target)
{
    if (target->color != TARGET_COLOR_CMYK)
        return &works[3];
    if (strcmp(target->name, "print-news") == 0)
        return &works[0];
    return strcmp(target->name, "print-uncoated") == 0 ? &works[1] : &works[2];
}

const char *rule_title(const char *id)
{
    for (const Rule *rule = preflight_rules; rule->id; rule++)
        if (strcmp(rule->id, id) == 0)
            return rule->title;
    return "";
}

const char *level_name(Level level)
{
    static const char *const names[] = {"PASS", "NOTE", "WARN", "FAIL"};
    return names[level];
}

const char *const text_class_names[TEXT_CLASSES] = {"black", "one ink", "several inks", "white", "spot", "light"};

const char *standards_text(Arena *arena, const PdfTarget *target)
{
    static const char *const x[] = {NULL, "PDF/X-1a:2003", "PDF/X-3:2003", "PDF/X-4"};
    static const char *const a[] = {NULL,       "PDF/A-1b", "PDF/A-2b", "PDF/A-2u", "PDF/A-2a",
                                    "PDF/A-3b", "PDF/A-3u", "PDF/A-3a", "PDF/A-4"};
    Buffer out = {.arena = arena};
    buffer_text(&out, "");
    if (x[target->pdfx])
        buffer_text(&out, x[target->pdfx]);
    if (a[target->pdfa])
        buffer_format(&out, "%s%s", out.size ? ", " : "", a[target->pdfa]);
    if (target->pdfua)
        buffer_format(&out, "%sPDF/UA-%d", out.size ? ", " : "", target->pdfua);
    return out.data;
}
