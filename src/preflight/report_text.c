/* The report as text: one screen for a person. */
#include "asset/color_profile.h"
#include "preflight/internal.h"

static double mm(Len length)
{
    return (double)length * 25.4 / 72 / LEN_PT;
}

static void put_head(Buffer *out, Arena *arena, const Preflight *preflight)
{
    const PdfTarget *target = preflight->target;
    const PreflightFacts *facts = &preflight->facts;
    const ColorProfile *profile = target->profile ? target->profile : color_profile_srgb();
    buffer_format(out, "Preflight of %s\n\n", facts->file ? facts->file : "standard output");
    if (facts->title)
        buffer_format(out, "Title      %s\n", facts->title);
    buffer_format(out, "Target     %s (%s)\n", target->name, preflight->work->name);
    buffer_format(out, "Standards  %s\n", standards_text(arena, target));
    buffer_format(out, "Intent     %s, %s\n", preflight->condition, color_profile_name(arena, profile));
    if (preflight->pages.count > 0)
        buffer_format(out, "Pages      %d, %.1f x %.1f mm, bleed %.1f mm\n", preflight->pages.count,
                      mm(preflight->pages.at[0].width), mm(preflight->pages.at[0].height),
                      mm(preflight->pages.at[0].bleed));
    if (preflight->sha256)
        buffer_format(out, "SHA-256    %s\n", preflight->sha256);
    buffer_format(out, "Made by    %s\n\n%d FAIL, %d WARN, %d NOTE\n\n", facts->tool, preflight->counts[LEVEL_FAIL],
                  preflight->counts[LEVEL_WARN], preflight->counts[LEVEL_NOTE]);
}

static void put_finding(Buffer *out, const Finding *at)
{
    buffer_format(out, "%s  %-4s", level_name(at->level), at->rule);
    if (at->page)
        buffer_format(out, "page %d", at->page);
    if (at->page && at->box[2] > 0)
        buffer_format(out, " at %.0f,%.0f mm", mm(at->box[0]), mm(at->box[1]));
    buffer_format(out, "%s%s", at->page ? ": " : "", at->sentence);
    if (at->times > 1)
        buffer_format(out, " (%d times)", at->times);
    if (at->source.file)
        buffer_format(out, " [%s:%d]", at->source.file, at->source.line);
    buffer_text(out, "\n");
}

static void put_inks(Buffer *out, const Preflight *preflight)
{
    for (int i = 0; i < preflight->pages.count; i++) {
        const PageFacts *page = &preflight->pages.at[i];
        if (!page->measured)
            continue;
        buffer_format(out, "%sPage %d:", i == 0 ? "\nInk\n" : "", page->number);
        for (int k = 0; k < page->planes; k++)
            buffer_format(out, " %s %.1f %%,", page->names[k], page->mean[k]);
        buffer_format(out, " most %.0f %%, square of 15 mm %.0f %%\n", page->most, page->square);
    }
}

Bytes preflight_text(Arena *arena, const Preflight *preflight)
{
    Buffer out = {.arena = arena};
    put_head(&out, arena, preflight);
    for (int level = LEVEL_FAIL; level >= LEVEL_NOTE; level--)
        for (int i = 0; i < preflight->findings.count; i++)
            if (preflight->findings.at[i].level == level)
                put_finding(&out, &preflight->findings.at[i]);
    buffer_text(&out, preflight->findings.count ? "\n" : "");
    for (const Rule *rule = next_rule(preflight, NULL); rule; rule = next_rule(preflight, rule)) {
        int count;
        buffer_format(&out, "%s  %-4s%s\n", level_name(rule_level(preflight, rule->id, &count)), rule->id, rule->title);
    }
    put_inks(&out, preflight);
    return (Bytes){out.data, out.size};
}
