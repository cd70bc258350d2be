/* What is found, put together: findings of one place, rules of the whole file. */
#include "preflight/internal.h"

#include <stdio.h>

enum { MOST_FINDINGS = 2000 };

static bool same_place(Source a, Source b)
{
    return a.line == b.line && a.column == b.column &&
           (a.file == b.file || (a.file && b.file && strcmp(a.file, b.file) == 0));
}

static void unite(Len box[4], const Len other[4])
{
    Len right = len_max(len_add(box[0], box[2]), len_add(other[0], other[2]));
    Len bottom = len_max(len_add(box[1], box[3]), len_add(other[1], other[3]));
    box[0] = len_min(box[0], other[0]);
    box[1] = len_min(box[1], other[1]);
    box[2] = right - box[0];
    box[3] = bottom - box[1];
}

void found(Preflight *preflight, const char *rule, Level level, int page, const Len box[4], Source source,
           const char *format, ...)
{
    char sentence[400];
    va_list list;
    va_start(list, format);
    vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    for (int i = preflight->findings.count - 1; i >= 0; i--) {
        Finding *at = &preflight->findings.at[i];
        if (at->page != page)
            break;
        if (strcmp(at->rule, rule) != 0 || at->level != level || !same_place(at->source, source) ||
            strcmp(at->sentence, sentence) != 0)
            continue;
        at->times++;
        if (box)
            unite(at->box, box);
        return;
    }
    preflight->counts[level]++;
    if (preflight->findings.count >= MOST_FINDINGS && level < LEVEL_FAIL)
        return;
    Finding made = {.rule = rule, .level = (uint8_t)level, .page = page, .source = source, .times = 1};
    made.sentence = arena_string(preflight->arena, sentence, strlen(sentence));
    if (source.file)
        made.source.file = arena_string(preflight->arena, source.file, strlen(source.file));
    if (box)
        memcpy(made.box, box, sizeof made.box);
    VEC_PUSH(preflight->arena, preflight->findings, made);
}

Preflight *preflight_new(Arena *arena, PdfWriter *writer, const PreflightFacts *facts)
{
    Preflight *preflight = NEW(arena, Preflight);
    *preflight = (Preflight){.arena = arena, .writer = writer, .facts = *facts};
    preflight->target = pdf_target_of(writer);
    preflight->work = work_of(preflight->target);
    preflight->condition = preflight->target->condition ? preflight->target->condition : "sRGB";
    return preflight;
}

/* What only the whole file can answer. */
static void check_file(Preflight *preflight)
{
    const PdfTarget *target = preflight->target;
    const PreflightFacts *facts = &preflight->facts;
    Level ua = target->pdfua ? LEVEL_FAIL : LEVEL_WARN;
    if (target->color == TARGET_COLOR_CMYK && !target->profile)
        found(preflight, "C6", LEVEL_FAIL, 0, NULL, NO_SOURCE, "the output intent has no profile");
    if (!facts->title || !*facts->title)
        found(preflight, "U06", ua, 0, NULL, NO_SOURCE, "the document has no title");
    if (!facts->language || !*facts->language)
        found(preflight, "U11", LEVEL_WARN, 0, NULL, NO_SOURCE, "the document does not say its language");
    if (preflight->work->stitched && preflight->pages.count > 4 && preflight->pages.count % 4)
        found(preflight, "P17", LEVEL_NOTE, 0, NULL, NO_SOURCE,
              "%d pages: stitched work has a multiple of 4, %d more would be empty", preflight->pages.count,
              4 - preflight->pages.count % 4);
    if (target->color == TARGET_COLOR_CMYK)
        for (int i = 0; i < preflight->pages.count; i++)
            if (!preflight->pages.at[i].measured) {
                found(preflight, "P4", LEVEL_WARN, preflight->pages.at[i].number, NULL, NO_SOURCE,
                      "the ink could not be measured");
                break;
            }
}

void preflight_end(Preflight *preflight, const char *file, int64_t size, const char *sha256)
{
    preflight->facts.file = file;
    preflight->size = size;
    preflight->sha256 = sha256;
    if (preflight->writer)
        check_file(preflight);
}

Level rule_level(const Preflight *preflight, const char *id, int *count)
{
    Level worst = LEVEL_PASS;
    *count = 0;
    for (int i = 0; i < preflight->findings.count; i++) {
        const Finding *at = &preflight->findings.at[i];
        if (strcmp(at->rule, id) != 0)
            continue;
        worst = at->level > worst ? at->level : worst;
        ++*count;
    }
    return worst;
}

int preflight_inks(const Preflight *preflight, const char *names[RASTER_PLANES])
{
    int count = 0;
    const PageFacts *last = preflight->pages.count ? &preflight->pages.at[preflight->pages.count - 1] : NULL;
    for (int i = 0; last && i < last->planes; i++) /* the last page knows all inks */
        for (int k = 0; k < preflight->pages.count; k++)
            if (i < preflight->pages.at[k].planes && preflight->pages.at[k].mean[i] > 0) {
                names[count++] = last->names[i];
                break;
            }
    return count;
}

int preflight_count(const Preflight *preflight, Level level)
{
    return preflight->counts[level];
}

int preflight_findings(const Preflight *preflight, const Finding **findings)
{
    *findings = preflight->findings.at;
    return preflight->findings.count;
}
