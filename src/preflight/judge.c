/* What both ways of looking ask: of text, pictures and spots, wherever they were found. */
#include "preflight/internal.h"

static double pt(double length)
{
    return length / LEN_PT;
}

void note_least(Least *least, double size, int page, Source source)
{
    Len length = len_clamp((int64_t)size);
    if (least->size == 0 || length < least->size)
        *least = (Least){length, page, source};
}

void judge_text(Preflight *preflight, int page, const Inks *inks, double size, const Len box[4], Source source)
{
    const Work *work = preflight->work;
    bool press = preflight->target->color == TARGET_COLOR_CMYK, colored = size < work->colored_text - 1;
    note_least(&preflight->text[inks->class], size, page, source);
    if (inks->class == TEXT_MANY && colored)
        found(preflight, "P6", LEVEL_WARN, page, box, source,
              "text of %.1f pt in %d inks; in more than one not under %.0f pt", pt(size), inks->inks,
              pt(work->colored_text));
    if (inks->class == TEXT_WHITE && colored && press)
        found(preflight, "P7", LEVEL_WARN, page, box, source, "white text of %.1f pt; not under %.0f pt", pt(size),
              pt(work->colored_text));
    if (inks->class == TEXT_BLACK && size < work->black_text - 1)
        found(preflight, "P11", LEVEL_WARN, page, box, source, "black text of %.1f pt; not under %.0f pt", pt(size),
              pt(work->black_text));
    if (inks->class == TEXT_MANY && inks->black >= 85 && inks->sum > work->rich_black)
        found(preflight, "P8", LEVEL_FAIL, page, box, source, "text in rich black of %.0f %%; at most %d %%", inks->sum,
              work->rich_black);
}

void judge_picture(Preflight *preflight, const Picture *picture)
{
    const Work *work = preflight->work;
    int must = picture->line_art ? work->line_must : work->ppi_must,
        should = picture->line_art ? work->line_should : work->ppi_should;
    bool fails = picture->ppi <= must;
    VEC_PUSH(preflight->arena, preflight->pictures, *picture);
    if (!fails && picture->ppi > should)
        return;
    found(preflight,
          picture->line_art ? "P3"
          : fails           ? "P1"
                            : "P2",
          fails ? LEVEL_FAIL : LEVEL_WARN, picture->page, picture->box, picture->source,
          "the picture %s has %.0f ppi; more than %d %s", picture->path, picture->ppi, fails ? must : should,
          fails ? "are needed" : "are better");
}

void judge_spot(Preflight *preflight, const char *name, bool press, int page, Source source)
{
    static const char *const process[] = {"Cyan", "Magenta", "Yellow", "Black", "All", "None", NULL};
    for (int i = 0; process[i]; i++)
        if (text_equal_nocase(name, process[i]))
            return;
    for (int i = 0; i < preflight->spots.count; i++)
        if (strcmp(preflight->spots.at[i], name) == 0)
            return;
    VEC_PUSH(preflight->arena, preflight->spots, arena_string(preflight->arena, name, strlen(name)));
    if (press)
        found(preflight, "P10", LEVEL_FAIL, page, NULL, source, "the spot colour \"%s\"; 0 are printed", name);
}
