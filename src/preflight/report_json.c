/* The report as JSON: everything that print-ready.md 9 lists. Lengths are points, places x y width height from the trim's corner. */
#include "asset/color_profile.h"
#include "preflight/internal.h"

static double pt(Len length)
{
    return (double)length / LEN_PT;
}

static double mm(Len length)
{
    return (double)length * 25.4 / 72 / LEN_PT;
}

static void put_box(Json *json, const char *name, const Len box[4])
{
    json_begin(json, name, '[');
    for (int i = 0; i < 4; i++)
        json_number(json, NULL, pt(box[i]), 2);
    json_end(json, ']');
}

static void put_source(Json *json, Source source)
{
    if (!source.file)
        return;
    json_begin(json, "source", '{');
    json_text(json, "file", source.file);
    if (source.line) {
        json_number(json, "line", source.line, 0);
        json_number(json, "column", source.column, 0);
    }
    json_end(json, '}');
}

static void put_intent(Json *json, const Preflight *preflight, Arena *arena)
{
    const PdfTarget *target = preflight->target;
    const ColorProfile *profile = target->profile ? target->profile : color_profile_srgb();
    Bytes icc = color_profile_bytes(profile);
    json_begin(json, "intent", '{');
    json_text(json, "condition", preflight->condition);
    json_text(json, "profile", color_profile_name(arena, profile));
    json_text(json, "sha256", icc.size ? sha256_hex(arena, icc) : NULL);
    json_end(json, '}');
}

static void put_page(Json *json, const PageFacts *page)
{
    json_begin(json, NULL, '{');
    json_number(json, "number", page->number, 0);
    if (page->label)
        json_text(json, "label", page->label);
    json_begin(json, "trim_mm", '[');
    json_number(json, NULL, mm(page->width), 2);
    json_number(json, NULL, mm(page->height), 2);
    json_end(json, ']');
    json_number(json, "bleed_mm", mm(page->bleed), 2);
    json_bool(json, "transparency", page->transparent);
    json_number(json, "links", page->links - page->links_left_out, 0);
    if (page->measured) {
        json_begin(json, "ink", '{');
        json_begin(json, "mean", '{');
        for (int i = 0; i < page->planes; i++)
            json_number(json, page->names[i], page->mean[i], 2);
        json_end(json, '}');
        json_number(json, "most", page->most, 1);
        json_begin(json, "most_at", '[');
        json_number(json, NULL, pt(page->most_at[0]), 1);
        json_number(json, NULL, pt(page->most_at[1]), 1);
        json_end(json, ']');
        json_number(json, "square_15mm", page->square, 1);
        put_box(json, "square_15mm_at", page->square_box);
        json_begin(json, "zones_15mm", '{');
        for (int i = 0; i < page->planes; i++) {
            json_begin(json, page->names[i], '[');
            for (int z = 0; z < page->zone_count; z++)
                json_number(json, NULL, page->zones[z * page->planes + i], 1);
            json_end(json, ']');
        }
        json_end(json, '}');
        json_end(json, '}');
    }
    json_end(json, '}');
}

static void put_pictures(Json *json, const Preflight *preflight)
{
    json_begin(json, "pictures", '[');
    for (int i = 0; i < preflight->pictures.count; i++) {
        const Picture *picture = &preflight->pictures.at[i];
        json_begin(json, NULL, '{');
        json_text(json, "file", picture->path);
        json_number(json, "page", picture->page, 0);
        put_box(json, "box", picture->box);
        json_begin(json, "pixels", '[');
        json_number(json, NULL, picture->width, 0);
        json_number(json, NULL, picture->height, 0);
        json_end(json, ']');
        json_number(json, "ppi", picture->ppi, 1);
        json_text(json, "space", picture->space);
        json_bool(json, "profile", picture->profile);
        put_source(json, picture->source);
        json_end(json, '}');
    }
    json_end(json, ']');
}

static void put_fonts(Json *json, const Preflight *preflight)
{
    json_begin(json, "fonts", '[');
    for (int i = 0; i < preflight->fonts.count; i++) {
        json_begin(json, NULL, '{');
        json_text(json, "name", preflight->fonts.at[i].name);
        json_bool(json, "embedded", preflight->fonts.at[i].embedded);
        json_bool(json, "subset", preflight->fonts.at[i].subset);
        json_bool(json, "may_be_embedded", preflight->fonts.at[i].embeddable);
        json_number(json, "glyphs", (double)preflight->fonts.at[i].glyphs, 0);
        json_end(json, '}');
    }
    json_end(json, ']');
    json_begin(json, "spots", '[');
    for (int i = 0; i < preflight->spots.count; i++)
        json_text(json, NULL, preflight->spots.at[i]);
    json_end(json, ']');
}

static void put_least(Json *json, const char *name, const Least *least)
{
    if (!least->size)
        return;
    json_begin(json, name, '{');
    json_number(json, "pt", pt(least->size), 2);
    json_number(json, "page", least->page, 0);
    put_source(json, least->source);
    json_end(json, '}');
}

static void put_small(Json *json, const Preflight *preflight)
{
    json_begin(json, "smallest_text", '{');
    for (int i = 0; i < TEXT_CLASSES; i++)
        put_least(json, text_class_names[i], &preflight->text[i]);
    json_end(json, '}');
    put_least(json, "thinnest_line", &preflight->line);
    json_begin(json, "overprint", '{');
    json_number(json, "texts", preflight->overprinted_texts, 0);
    json_number(json, "lines", preflight->overprinted_lines, 0);
    json_number(json, "knocked_out", preflight->knocked_out, 0);
    json_end(json, '}');
}

static void put_findings(Json *json, const Preflight *preflight)
{
    json_begin(json, "findings", '[');
    for (int i = 0; i < preflight->findings.count; i++) {
        const Finding *at = &preflight->findings.at[i];
        json_begin(json, NULL, '{');
        json_text(json, "rule", at->rule);
        json_text(json, "level", level_name(at->level));
        if (at->page)
            json_number(json, "page", at->page, 0);
        if (at->box[2] > 0)
            put_box(json, "box", at->box);
        put_source(json, at->source);
        json_text(json, "message", at->sentence);
        if (at->times > 1)
            json_number(json, "times", at->times, 0);
        json_end(json, '}');
    }
    json_end(json, ']');
}

static void put_rules(Json *json, const Preflight *preflight)
{
    json_begin(json, "rules", '[');
    for (const Rule *rule = next_rule(preflight, NULL); rule; rule = next_rule(preflight, rule)) {
        int count;
        json_begin(json, NULL, '{');
        json_text(json, "id", rule->id);
        json_text(json, "title", rule->title);
        json_text(json, "level", level_name(rule_level(preflight, rule->id, &count)));
        json_number(json, "findings", count, 0);
        json_end(json, '}');
    }
    json_end(json, ']');
}

static void put_settings(Json *json, const Preflight *preflight)
{
    json_begin(json, "settings", '{');
    for (const char *const *at = preflight->facts.settings; at && at[0]; at += 2)
        json_text(json, at[0], at[1]);
    json_end(json, '}');
}

Bytes preflight_json(Arena *arena, const Preflight *preflight)
{
    const PreflightFacts *facts = &preflight->facts;
    Json json = {.out.arena = arena};
    json_begin(&json, NULL, '{');
    json_text(&json, "tool", facts->tool);
    json_text(&json, "file", facts->file);
    json_text(&json, "sha256", preflight->sha256);
    json_number(&json, "bytes", (double)preflight->size, 0);
    json_text(&json, "title", facts->title);
    json_text(&json, "language", facts->language);
    json_text(&json, "target", preflight->target->name);
    json_text(&json, "standards", standards_text(arena, preflight->target));
    json_text(&json, "work", preflight->work->name);
    json_number(&json, "ink_limit", preflight->target->ink_limit, 0);
    put_intent(&json, preflight, arena);
    json_begin(&json, "counts", '{');
    for (int level = LEVEL_FAIL; level >= LEVEL_NOTE; level--)
        json_number(&json, level_name(level), preflight->counts[level], 0);
    json_end(&json, '}');
    put_rules(&json, preflight);
    put_findings(&json, preflight);
    json_begin(&json, "pages", '[');
    for (int i = 0; i < preflight->pages.count; i++)
        put_page(&json, &preflight->pages.at[i]);
    json_end(&json, ']');
    put_pictures(&json, preflight);
    put_fonts(&json, preflight);
    put_small(&json, preflight);
    put_settings(&json, preflight);
    json_end(&json, '}');
    return (Bytes){json.out.data, json.out.size};
}
