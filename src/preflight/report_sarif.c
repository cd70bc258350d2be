/* The report as SARIF 2.1.0 (OASIS): editors and code hosts show each finding at the source line that caused it. */
#include "preflight/internal.h"

static void put_rules(Json *json, const Preflight *preflight)
{
    json_begin(json, "rules", '[');
    for (const Rule *rule = next_rule(preflight, NULL); rule; rule = next_rule(preflight, rule)) {
        json_begin(json, NULL, '{');
        json_text(json, "id", rule->id);
        json_begin(json, "shortDescription", '{');
        json_text(json, "text", rule->title);
        json_end(json, '}');
        json_end(json, '}');
    }
    json_end(json, ']');
}

/* RFC 3986: what a path may not have as it is. */
static const char *as_uri(Arena *arena, const char *path)
{
    Buffer out = {.arena = arena};
    buffer_text(&out, "");
    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~/", c);
        buffer_format(&out, plain ? "%c" : "%%%02X", c);
    }
    return out.data;
}

static void put_location(Json *json, Arena *arena, const Preflight *preflight, const Finding *at)
{
    const char *file = at->source.file ? at->source.file : preflight->facts.file;
    json_begin(json, "locations", '[');
    json_begin(json, NULL, '{');
    json_begin(json, "physicalLocation", '{');
    json_begin(json, "artifactLocation", '{');
    json_text(json, "uri", as_uri(arena, file ? file : "output.pdf"));
    json_end(json, '}');
    if (at->source.file && at->source.line > 0) {
        json_begin(json, "region", '{');
        json_number(json, "startLine", at->source.line, 0);
        if (at->source.column > 0)
            json_number(json, "startColumn", at->source.column, 0);
        json_end(json, '}');
    }
    json_end(json, '}');
    json_end(json, '}');
    json_end(json, ']');
}

static void put_result(Json *json, Arena *arena, const Preflight *preflight, const Finding *at)
{
    static const char *const levels[] = {"none", "note", "warning", "error"};
    json_begin(json, NULL, '{');
    json_text(json, "ruleId", at->rule);
    json_text(json, "level", levels[at->level]);
    json_begin(json, "message", '{');
    json_text(json, "text", at->page ? arena_format(arena, "page %d: %s", at->page, at->sentence) : at->sentence);
    json_end(json, '}');
    put_location(json, arena, preflight, at);
    if (at->times > 1)
        json_number(json, "occurrenceCount", at->times, 0);
    json_begin(json, "properties", '{');
    json_number(json, "page", at->page, 0);
    json_begin(json, "box", '[');
    for (int i = 0; i < 4; i++)
        json_number(json, NULL, (double)at->box[i] / LEN_PT, 2);
    json_end(json, ']');
    json_end(json, '}');
    json_end(json, '}');
}

Bytes preflight_sarif(Arena *arena, const Preflight *preflight)
{
    Json json = {.out.arena = arena};
    json_begin(&json, NULL, '{');
    json_text(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_text(&json, "version", "2.1.0");
    json_begin(&json, "runs", '[');
    json_begin(&json, NULL, '{');
    json_begin(&json, "tool", '{');
    json_begin(&json, "driver", '{');
    json_text(&json, "name", "news2pdf");
    if (preflight->facts.tool)
        json_text(&json, "fullName", preflight->facts.tool);
    put_rules(&json, preflight);
    json_end(&json, '}');
    json_end(&json, '}');
    json_begin(&json, "results", '[');
    for (int i = 0; i < preflight->findings.count; i++)
        put_result(&json, arena, preflight, &preflight->findings.at[i]);
    json_end(&json, ']');
    json_end(&json, '}');
    json_end(&json, ']');
    json_end(&json, '}');
    return (Bytes){json.out.data, json.out.size};
}
