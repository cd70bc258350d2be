/* The report for eyes: what the file is, its pages with the findings marked and numbered, the findings as a list. HTML, which
 * the program sets as a PDF of one page where that is enough. */
#include "asset/color_profile.h"
#include "preflight/internal.h"

enum { SHRINK = 2 };

void preflight_show(Preflight *preflight, const Bitmap *seen)
{
    PageFacts *page = &preflight->pages.at[preflight->pages.count - 1];
    int width = seen->width / SHRINK, height = seen->height / SHRINK;
    if (width < 1 || height < 1 || seen->count != 3)
        return;
    Arena *scratch = arena_beside(preflight->arena);
    uint8_t *small = arena_alloc(scratch, (size_t)width * (size_t)height * 3), *to = small;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int i = 0; i < 3; i++) {
                int sum = 0;
                for (int k = 0; k < SHRINK * SHRINK; k++)
                    sum += seen->data[((y * SHRINK + k / SHRINK) * seen->width + x * SHRINK + k % SHRINK) * 3 + i];
                *to++ = (uint8_t)(sum / (SHRINK * SHRINK));
            }
    Bytes png = image_encode_png(scratch, small, width, height, 3, seen->ppi / SHRINK);
    page->picture = (Bytes){arena_copy(preflight->arena, png.data, png.size), png.size};
    arena_free(scratch);
}

static const char style[] =
    "@page { size: 210mm 297mm; margin: 14mm 15mm 12mm; @bottom-right { content: counter(page) \" / \" counter(pages); "
    "font: 7pt 'Source Sans 3' } }\n"
    "body { margin: 0; font: 8pt/10.5pt 'Source Sans 3', sans-serif; color: #000 }\n"
    "h1 { font-size: 17pt; line-height: 20pt; margin: 0 0 1mm } h2 { font-size: 10pt; margin: 4mm 0 1mm }\n"
    ".sum { font-size: 11pt; line-height: 14pt; margin: 0 0 2mm } .FAIL { color: #c00000 } .WARN { color: #a85b00 }\n"
    ".NOTE { color: #00507a } .PASS { color: #1b7a2f } b { font-weight: 600 }\n"
    ".facts { margin: 0; columns: 2; column-gap: 6mm; overflow-wrap: anywhere } .facts div { margin: 0 }\n"
    ".pages { display: flex; flex-wrap: wrap; gap: 4mm; margin: 3mm 0 }\n"
    "figure { position: relative; margin: 0; break-inside: avoid } figcaption { font-size: 7pt }\n"
    ".sheet { position: relative; border: 0.5pt solid #888 } .sheet img { display: block; width: 100%; height: 100% "
    "}\n"
    ".mark { position: absolute; border: 0.9pt solid #c00000 } .mark.WARN { border-color: #e07b00 } .mark.NOTE { "
    "border-color: #0079b8 }\n"
    ".mark span { position: absolute; left: -0.9pt; top: -7.4pt; background: #c00000; color: #fff; font: 600 6pt/7pt "
    "'Source Sans 3'; padding: 0 1.2pt; white-space: nowrap } .mark.WARN span { background: #a85b00 } .mark.NOTE span "
    "{ "
    "background: #0079b8 }\n"
    "table { border-collapse: collapse; width: 100%; font-size: 7.5pt; line-height: 9.5pt } td, th { text-align: left; "
    "vertical-align: top; padding: 0.6mm 2mm 0.6mm 0; border-bottom: 0.25pt solid #bbb }\n"
    "tr { break-inside: avoid } .rules { columns: 3; column-gap: 5mm; margin: 0; font-size: 7pt; line-height: 9pt } "
    ".rules div { break-inside: avoid }\n";

static double mm(Len length)
{
    return (double)length * 25.4 / 72 / LEN_PT;
}

static void put_text(Buffer *out, const char *text)
{
    buffer_xml(out, text, strlen(text));
}

static void put_fact(Buffer *out, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    buffer_format(out, "<div><b>%s</b> ", name);
    put_text(out, value);
    buffer_text(out, "</div>\n");
}

static void put_head(Buffer *out, Arena *arena, const Preflight *preflight)
{
    const PdfTarget *target = preflight->target;
    const PreflightFacts *facts = &preflight->facts;
    const ColorProfile *profile = target->profile ? target->profile : color_profile_srgb();
    buffer_text(out, "<h1>Preflight: ");
    put_text(out, facts->title ? facts->title : "without a title");
    buffer_text(out, "</h1>\n<p class=sum>");
    for (int level = LEVEL_FAIL; level >= LEVEL_NOTE; level--)
        buffer_format(out, "<b class=%s>%d %s</b>%s", level_name(level), preflight->counts[level], level_name(level),
                      level > LEVEL_NOTE ? " · " : "");
    buffer_text(out, "</p>\n<div class=facts>\n");
    put_fact(out, "File", facts->file);
    put_fact(out, "Target", arena_format(arena, "%s (%s)", target->name, preflight->work->name));
    put_fact(out, "Standards", standards_text(arena, target));
    put_fact(out, "Intent", arena_format(arena, "%s, %s", preflight->condition, color_profile_name(arena, profile)));
    if (preflight->pages.count > 0) {
        const PageFacts *page = &preflight->pages.at[0];
        put_fact(out, "Pages",
                 arena_format(arena, "%d, %.1f × %.1f mm, bleed %.1f mm", preflight->pages.count, mm(page->width),
                              mm(page->height), mm(page->bleed)));
    }
    put_fact(out, "Made by", facts->tool);
    put_fact(out, "SHA-256", preflight->sha256);
    buffer_text(out, "</div>\n");
}

/* How wide a page is shown: all in rows on the upper half of the sheet, where they are not too many. */
static double shown_width(const Preflight *preflight)
{
    int count = preflight->pages.count;
    int columns = count <= 1 ? 2 : count <= 2 ? 2 : count <= 6 ? 3 : count <= 12 ? 5 : 7;
    return (180 - 4 * (columns - 1.0)) / columns - 0.2;
}

static void put_marks(Buffer *out, const Preflight *preflight, const PageFacts *page)
{
    double width = mm(page->width) + 2 * mm(page->bleed), height = mm(page->height) + 2 * mm(page->bleed);
    for (int i = 0; i < preflight->findings.count; i++) {
        const Finding *at = &preflight->findings.at[i];
        if (at->page != page->number || at->box[2] <= 0 || width <= 0 || height <= 0)
            continue;
        buffer_format(out, "<div class=\"mark %s\" style=\"left: %.2f%%; top: %.2f%%; width: %.2f%%; height: %.2f%%\">",
                      level_name(at->level), (mm(at->box[0]) + mm(page->bleed)) * 100 / width,
                      (mm(at->box[1]) + mm(page->bleed)) * 100 / height, mm(at->box[2]) * 100 / width,
                      mm(at->box[3]) * 100 / height);
        buffer_format(out, "<span>%d</span></div>", i + 1);
    }
}

static void put_page(Buffer *out, Arena *arena, const Preflight *preflight, const PageFacts *page, double wide)
{
    double width = mm(page->width) + 2 * mm(page->bleed), height = mm(page->height) + 2 * mm(page->bleed);
    if (!page->picture.size || width <= 0)
        return;
    buffer_format(out,
                  "<figure style=\"width: %.1fmm\"><div class=sheet style=\"height: %.1fmm\"><img alt=\"Page %d\" "
                  "src=\"data:image/png;base64,",
                  wide, wide * height / width, page->number);
    buffer_text(out, base64_text(arena, page->picture));
    buffer_text(out, "\">");
    put_marks(out, preflight, page);
    buffer_format(out, "</div><figcaption>Page %d", page->number);
    if (page->measured)
        buffer_format(out, ", ink at most %.0f %%, over 15 mm %.0f %%", page->most, page->square);
    buffer_text(out, "</figcaption></figure>\n");
}

static void put_finding(Buffer *out, const Finding *at, int number)
{
    buffer_format(out, "<tr><td>%d<td class=%s><b>%s</b><td>%s<td>", number, level_name(at->level),
                  level_name(at->level), at->rule);
    if (at->page)
        buffer_format(out, "%d", at->page);
    buffer_text(out, "<td>");
    put_text(out, at->sentence);
    if (at->times > 1)
        buffer_format(out, " (%d times)", at->times);
    buffer_text(out, "<td>");
    if (at->source.file) {
        const char *slash = strrchr(at->source.file, '/');
        put_text(out, slash ? slash + 1 : at->source.file);
        buffer_format(out, ":%d", at->source.line);
    }
    buffer_text(out, "</tr>\n");
}

static void put_rules(Buffer *out, const Preflight *preflight)
{
    buffer_text(out, "<h2>Rules</h2>\n<div class=rules>\n");
    for (const Rule *rule = next_rule(preflight, NULL); rule; rule = next_rule(preflight, rule)) {
        int count;
        Level level = rule_level(preflight, rule->id, &count);
        buffer_format(out, "<div><b class=%s>%s</b> %s ", level_name(level), level_name(level), rule->id);
        put_text(out, rule->title);
        buffer_text(out, "</div>\n");
    }
    buffer_text(out, "</div>\n");
}

Bytes preflight_html(Arena *arena, const Preflight *preflight)
{
    Buffer out = {.arena = arena};
    double wide = shown_width(preflight);
    buffer_text(&out, "<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>Preflight of ");
    put_text(&out, preflight->facts.title ? preflight->facts.title : "a file");
    buffer_format(&out, "</title><style>%s</style></head><body>\n", style);
    put_head(&out, arena, preflight);
    buffer_text(&out, "<div class=pages>\n");
    for (int i = 0; i < preflight->pages.count; i++)
        put_page(&out, arena, preflight, &preflight->pages.at[i], wide);
    buffer_text(&out, "</div>\n");
    if (preflight->findings.count > 0)
        buffer_text(&out, "<h2>Findings</h2>\n<table><thead><tr><th>#<th>Level<th>Rule<th>Page<th>What was "
                          "found<th>Source</tr></thead><tbody>\n");
    for (int i = 0; i < preflight->findings.count; i++)
        put_finding(&out, &preflight->findings.at[i], i + 1);
    if (preflight->findings.count > 0)
        buffer_text(&out, "</tbody></table>\n");
    put_rules(&out, preflight);
    buffer_text(&out, "</body></html>\n");
    return (Bytes){out.data, out.size};
}
