/* The rules by name, and what each kind of work asks for (print-ready.md 6, GWG 2022). */
#include "preflight/internal.h"

#include <stdio.h>

const Rule preflight_rules[] = {{"G1", "header and version", RULE_FINISHED},
                                {"G3", "no encryption", RULE_FINISHED},
                                {"G4", "page sides from 3 to 14,400 units", RULE_BOTH},
                                {"G5", "the file is whole", RULE_FINISHED},
                                {"G6", "XMP metadata are there", RULE_FINISHED},
                                {"G7", "metadata agree", RULE_FINISHED},
                                {"G8", "fonts are embedded, every character has a glyph", RULE_BOTH},
                                {"G9", "no script, no action that starts something", RULE_FINISHED},
                                {"C6", "the output intent has a profile", RULE_WRITING},
                                {"X1", "the standards that are asked for are claimed", RULE_FINISHED},
                                {"X3", "trapping is said", RULE_FINISHED},
                                {"X4", "one output intent", RULE_FINISHED},
                                {"X5", "the profile of the output intent", RULE_FINISHED},
                                {"X6", "boxes of the pages", RULE_FINISHED},
                                {"X7", "colours are those of the printing process", RULE_BOTH},
                                {"X8", "transparency is allowed by the standard", RULE_BOTH},
                                {"X9", "nothing can be clicked in a file for a press", RULE_BOTH},
                                {"X10", "no actions in a file for a press", RULE_FINISHED},
                                {"A5", "the text is tagged", RULE_FINISHED},
                                {"A8", "device colours are those of the intent", RULE_FINISHED},
                                {"P1", "picture resolution must exceed", RULE_BOTH},
                                {"P2", "picture resolution should exceed", RULE_BOTH},
                                {"P3", "resolution of line art", RULE_BOTH},
                                {"P4", "mean ink over any square of 15 mm", RULE_WRITING},
                                {"P5", "most ink in one place", RULE_WRITING},
                                {"P6", "text in more than one ink", RULE_BOTH},
                                {"P7", "white text", RULE_BOTH},
                                {"P8", "rich black text", RULE_BOTH},
                                {"P9", "thin lines in white or more than one ink", RULE_WRITING},
                                {"P10", "spot colours", RULE_BOTH},
                                {"P11", "smallest black text", RULE_BOTH},
                                {"P12", "black text and lines overprint", RULE_WRITING},
                                {"P13", "hairlines", RULE_BOTH},
                                {"P16", "bleed and safe area", RULE_BOTH},
                                {"P17", "pages: one size, none empty", RULE_BOTH},
                                {"P19", "fine letters in white", RULE_WRITING},
                                {"U06", "the document has a title", RULE_BOTH},
                                {"U07", "the title is shown", RULE_FINISHED},
                                {"U11", "the document has a language", RULE_BOTH},
                                {"U13", "pictures have a text that stands for them", RULE_WRITING},
                                {NULL, NULL, 0}};

const Rule *next_rule(const Preflight *preflight, const Rule *rule)
{
    for (rule = rule ? rule + 1 : preflight_rules; rule->id; rule++)
        if (rule->asked & (preflight->writer ? RULE_WRITING : RULE_FINISHED))
            return rule;
    return NULL;
}

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

const Work *work_of_file(const PdfTarget *target, const char *condition)
{
    static const struct {
        const char *word;
        int work;
    } known[] = {{"IFRA", 0}, {"JCN", 0}, {"TR 002", 0}, {"FOGRA47", 1}, {"FOGRA52", 1}, {"TR 003", 1}, {"TR 005", 1}};
    for (size_t i = 0; condition && target->color == TARGET_COLOR_CMYK && i < sizeof known / sizeof *known; i++)
        if (strstr(condition, known[i].word))
            return &works[known[i].work];
    return work_of(target);
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
