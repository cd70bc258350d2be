/* The handoff to a print shop: one folder with the file, its preflight, proofs, the job ticket and checksums, under names that
 * say what is in them (print-ready.md 10: H1 to H3). */
#include "asset/color_profile.h"
#include "base/digest.h"
#include "base/json.h"
#include "job/internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the order says: H2 ---- */

static const char *const ticket_keys[] = {"job",      "edition", "quantity", "paper", "weight", "binding",
                                          "delivery", "address", "contact",  "proof", NULL};

static const char *ticket(const Job *job, const char *key)
{
    size_t length = strlen(key);
    for (const char *const *at = job->options->ticket; at && *at; at++)
        if (strncmp(*at, key, length) == 0 && (*at)[length] == '=')
            return *at + length + 1;
    return NULL;
}

static bool is_known(const char *pair)
{
    size_t length = strcspn(pair, "=");
    for (int i = 0; ticket_keys[i]; i++)
        if (strlen(ticket_keys[i]) == length && strncmp(ticket_keys[i], pair, length) == 0)
            return pair[length] == '=';
    return false;
}

bool job_open_handoff(Job *job)
{
    for (const char *const *at = job->options->ticket; at && *at; at++) {
        if (is_known(*at))
            continue;
        Buffer known = {.arena = job->arena};
        for (int i = 0; ticket_keys[i]; i++)
            buffer_format(&known, "%s%s", i ? " " : "", ticket_keys[i]);
        int place = diag_error(&job->diag, "options-wrong", NO_SOURCE, "the ticket knows nothing of \"%s\"", *at);
        diag_hint(&job->diag, place, "KEY=VALUE, of %s", known.data);
        return false;
    }
    return job_make_folder(job, job->options->handoff);
}

/* ---- names: H1 ---- */

/* "Six mornings, 24/7" -> "six-mornings-24-7": ASCII, at most `most` bytes, cut between words. */
static const char *plain_name(Arena *arena, const char *text, size_t most, const char *otherwise)
{
    Buffer out = {.arena = arena};
    size_t whole = 0; /* up to the last word that is complete */
    buffer_text(&out, "");
    for (; text && *text; text++) {
        char c = *text >= 'A' && *text <= 'Z' ? (char)(*text + 32) : *text;
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter) {
            buffer_add(&out, &c, 1);
        } else if (out.size && out.data[out.size - 1] != '-' && c != '\'' && !((unsigned char)c & 0x80)) {
            whole = out.size;
            buffer_add(&out, "-", 1);
        }
        if (out.size > most)
            return arena_string(arena, out.data, whole ? whole : most);
    }
    while (out.size && out.data[out.size - 1] == '-')
        out.size--;
    return out.size ? arena_string(arena, out.data, out.size) : otherwise;
}

static const char *date_name(const Job *job)
{
    Buffer out = {.arena = job->arena};
    buffer_text(&out, "");
    for (int i = 0; job->date && i < 10 && job->date[i]; i++)
        if (job->date[i] != '-')
            buffer_add(&out, &job->date[i], 1);
    return out.size == 8 ? out.data : "undated";
}

/* Millimetres as they are called: "210", "3", "3.2". */
static const char *mm_name(Arena *arena, Len length)
{
    int tenths = (int)(((int64_t)length * 254 + 36 * LEN_PT) / (72 * LEN_PT));
    return tenths % 10 ? arena_format(arena, "%d.%d", tenths / 10, tenths % 10)
                       : arena_format(arena, "%d", tenths / 10);
}

static const char *final_stem(Job *job, const JobOutput *file)
{
    Arena *arena = job->arena;
    const char *stem =
        arena_format(arena, "%s_%s_%s_%dpp_%sx%smm_%smm", plain_name(arena, job->title, 40, "job"), date_name(job),
                     plain_name(arena, ticket(job, "edition"), 20, "1"), job->pages, mm_name(arena, file->width),
                     mm_name(arena, file->height), mm_name(arena, file->bleed));
    return job->outputs.count > 1 ? arena_format(arena, "%s_%s", stem, file->target.name) : stem;
}

/* "DIR/job_p001.png" becomes "DIR/<stem>_p001.png". */
void job_name_handoff(Job *job, JobOutput *file)
{
    size_t length = strlen(file->path) - strlen(".pdf");
    const char *before = arena_string(job->arena, file->path, length);
    const char *stem = arena_format(job->arena, "%s/%s", job->options->handoff, final_stem(job, file));
    for (int i = 0; i < job->beside.count; i++) {
        Beside *beside = &job->beside.at[i];
        if (strncmp(beside->path, before, length) != 0 || beside->path[length] != '_' || !beside->output)
            continue;
        beside->path = arena_format(job->arena, "%s%s", stem, beside->path + length);
        output_rename(beside->output, beside->path);
    }
    file->path = arena_format(job->arena, "%s.pdf", stem);
    output_rename(file->output, file->path);
}

/* ---- the ticket ---- */

static const char *page_file(Job *job, const JobOutput *file, int page)
{
    return arena_format(job->arena, "%s_p%03d.pdf", job_stem(job->arena, file->path), page);
}

static const char *name_of_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *binding_of(const Job *job)
{
    const char *said = ticket(job, "binding");
    return said ? said : job->pages > 4 && job->pages % 4 == 0 ? "SaddleStitch" : "None";
}

static void put_order(Json *json, const Job *job)
{
    json_begin(json, "order", '{');
    for (int i = 0; ticket_keys[i]; i++)
        json_text(json, ticket_keys[i], ticket(job, ticket_keys[i]));
    json_end(json, '}');
}

static Bytes ticket_json(Job *job, const JobOutput *file)
{
    const char *inks[RASTER_PLANES];
    int count = preflight_inks(file->preflight, inks);
    Json json = {.out.arena = job->arena};
    json_begin(&json, NULL, '{');
    json_begin(&json, "files", '[');
    for (int page = 1; job->options->pages && page <= job->pages; page++)
        json_text(&json, NULL, page_file(job, file, page));
    if (!job->options->pages)
        json_text(&json, NULL, name_of_path(file->path));
    json_end(&json, ']');
    json_text(&json, "title", job->title);
    json_text(&json, "date", job->date);
    json_number(&json, "pages", job->pages, 0);
    json_begin(&json, "trim_mm", '[');
    json_number(&json, NULL, (double)file->width * 25.4 / 72 / LEN_PT, 1);
    json_number(&json, NULL, (double)file->height * 25.4 / 72 / LEN_PT, 1);
    json_end(&json, ']');
    json_number(&json, "bleed_mm", (double)file->bleed * 25.4 / 72 / LEN_PT, 1);
    json_text(&json, "colors", count ? arena_format(job->arena, "%d/%d", count, job->pages > 1 ? count : 0) : NULL);
    json_begin(&json, "inks", '[');
    for (int i = 0; i < count; i++)
        json_text(&json, NULL, inks[i]);
    json_end(&json, ']');
    json_text(&json, "target", file->target.name);
    json_text(&json, "condition", file->target.condition ? file->target.condition : "sRGB");
    json_text(&json, "layout", "single pages in reading order");
    put_order(&json, job);
    json_end(&json, '}');
    return (Bytes){json.out.data, json.out.size};
}

static void put(Buffer *out, const char *before, const char *value, const char *after)
{
    if (!value || !*value)
        return;
    buffer_text(out, before);
    buffer_xml(out, value, strlen(value));
    buffer_text(out, after);
}

static void put_colors(Buffer *out, Job *job, const JobOutput *file)
{
    const char *inks[RASTER_PLANES];
    int count = preflight_inks(file->preflight, inks);
    if (!count)
        return;
    buffer_text(out, "      <Intent Name=\"ColorIntent\">\n        <ColorIntent>\n");
    for (int side = 0; side < (job->pages > 1 ? 2 : 1); side++) {
        buffer_format(out, "          <SurfaceColor Surface=\"%s\" ColorsUsed=\"", side ? "Back" : "Front");
        for (int i = 0; i < count; i++) { /* a list of names: no spaces in them */
            const char *name = inks[i];
            buffer_text(out, i ? " " : "");
            for (; *name; name++)
                buffer_xml(out, *name == ' ' ? "_" : name, 1);
        }
        buffer_text(out, "\"/>\n");
    }
    buffer_text(out, "        </ColorIntent>\n      </Intent>\n");
}

static void put_product(Buffer *out, Job *job, const JobOutput *file)
{
    const char *quantity = ticket(job, "quantity"), *weight = ticket(job, "weight"), *paper = ticket(job, "paper");
    buffer_format(out, "  <ProductList>\n    <Product ID=\"Product\" IsRoot=\"true\" Amount=\"%d\" ProductType=\"%s\"",
                  quantity && atoi(quantity) > 0 ? atoi(quantity) : 1,
                  strcmp(file->target.name, "print-news") == 0 ? "Newspaper" : "Brochure");
    put(out, " DescriptiveName=\"", job->title, "\"");
    buffer_text(out, ">\n      <Intent Name=\"BindingIntent\">\n        <BindingIntent");
    put(out, " BindingType=\"", binding_of(job), "\"");
    buffer_text(out, "/>\n      </Intent>\n");
    put_colors(out, job, file);
    buffer_format(
        out,
        "      <Intent Name=\"LayoutIntent\">\n        <LayoutIntent Pages=\"%d\" FinishedDimensions=\"%.2f %.2f "
        "0\" Sides=\"%s\"/>\n      </Intent>\n",
        job->pages, (double)file->width / LEN_PT, (double)file->height / LEN_PT,
        job->pages > 1 ? "TwoSidedHeadToHead" : "OneSided");
    buffer_text(out, "      <Intent Name=\"MediaIntent\">\n        <MediaIntent MediaType=\"Paper\"");
    put(out, " MediaQuality=\"", paper, "\"");
    if (weight && atoi(weight) > 0)
        buffer_format(out, " Weight=\"%d\"", atoi(weight));
    buffer_text(out, "/>\n      </Intent>\n    </Product>\n  </ProductList>\n");
}

static void put_delivery(Buffer *out, const Job *job)
{
    const char *address = ticket(job, "address"), *contact = ticket(job, "contact"), *day = ticket(job, "delivery");
    if (address || contact) {
        buffer_text(out, "  <ResourceSet Name=\"Contact\" Usage=\"Input\">\n    <Resource>\n      <Part "
                         "ContactType=\"Delivery\"/>\n      <Contact>\n");
        put(out, "        <Address><AddressLine>", address, "</AddressLine></Address>\n");
        put(out, "        <Person DescriptiveName=\"", contact, "\"/>\n");
        buffer_text(out, "      </Contact>\n    </Resource>\n  </ResourceSet>\n");
    }
    buffer_text(out, "  <ResourceSet Name=\"DeliveryParams\" Usage=\"Input\">\n    <Resource>\n      <DeliveryParams");
    if (day && strlen(day) == 10)
        put(out, " Required=\"", day, "T12:00:00Z\"");
    buffer_text(out, ">\n        <DropItem ItemRef=\"Product\"/>\n      </DeliveryParams>\n    </Resource>\n  "
                     "</ResourceSet>\n");
}

static void put_run(Buffer *out, const char *name, int page, int count)
{
    buffer_text(out, "    <Resource>\n");
    if (page)
        buffer_format(out, "      <Part RunIndex=\"%d %d\"/>\n", page - 1, page - 1);
    buffer_format(out, "      <RunList NPage=\"%d\">\n        <FileSpec MimeType=\"application/pdf\"", count);
    put(out, " URL=\"", name, "\"/>\n      </RunList>\n    </Resource>\n");
}

static void put_files(Buffer *out, Job *job, const JobOutput *file)
{
    buffer_text(out, "  <ResourceSet Name=\"RunList\" Usage=\"Input\">\n");
    for (int page = 1; job->options->pages && page <= job->pages; page++)
        put_run(out, page_file(job, file, page), page, 1);
    if (!job->options->pages)
        put_run(out, name_of_path(file->path), 0, job->pages);
    buffer_text(out, "  </ResourceSet>\n");
}

static Bytes ticket_xjdf(Job *job, const JobOutput *file)
{
    Buffer out = {.arena = job->arena};
    const char *id = ticket(job, "job");
    buffer_text(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XJDF xmlns=\"http://www.CIP4.org/JDFSchema_2_0\" "
                      "Version=\"2.1\" Types=\"Product\"");
    put(&out, " JobID=\"", id ? id : job_stem(job->arena, file->path), "\"");
    put(&out, " DescriptiveName=\"", job->title, "\"");
    buffer_text(&out, ">\n");
    put_product(&out, job, file);
    put_delivery(&out, job);
    buffer_text(&out,
                "  <ResourceSet Name=\"Media\" Usage=\"Input\">\n    <Resource>\n      <Media MediaType=\"Paper\"");
    if (ticket(job, "weight") && atoi(ticket(job, "weight")) > 0)
        buffer_format(&out, " Weight=\"%d\"", atoi(ticket(job, "weight")));
    buffer_text(&out, "/>\n    </Resource>\n  </ResourceSet>\n");
    put_files(&out, job, file);
    buffer_text(&out, "</XJDF>\n");
    return (Bytes){out.data, out.size};
}

bool job_write_handoff(Job *job, const JobOutput *file)
{
    const char *stem = arena_string(job->arena, file->path, strlen(file->path) - strlen(".pdf"));
    return job_save_report(job, file->preflight, arena_format(job->arena, "%s_preflight.json", stem)) &&
           job_save_report(job, file->preflight, arena_format(job->arena, "%s_preflight.pdf", stem)) &&
           job_write_beside(job, arena_format(job->arena, "%s_ticket.json", stem), ticket_json(job, file)) &&
           job_write_beside(job, arena_format(job->arena, "%s_ticket.xjdf", stem), ticket_xjdf(job, file));
}

/* ---- checksums, as sha256sum -c reads them ---- */

bool job_write_checksums(Job *job)
{
    Buffer out = {.arena = job->arena};
    for (int i = 0; i < job->outputs.count && !job->options->pages; i++) {
        const JobOutput *file = &job->outputs.at[i];
        Bytes bytes;
        if (file_map_own(job->arena, output_written(file->output), &bytes) == FILE_OK)
            buffer_format(&out, "%s  %s\n", sha256_hex(job->arena, bytes), name_of_path(file->path));
    }
    size_t length = strlen(job->options->handoff);
    for (int i = 0; i < job->beside.count; i++)
        if (strncmp(job->beside.at[i].path, job->options->handoff, length) == 0)
            buffer_format(&out, "%s  %s\n", job->beside.at[i].sha256, name_of_path(job->beside.at[i].path));
    return job_write_beside(job, arena_format(job->arena, "%s/SHA256SUMS", job->options->handoff),
                            (Bytes){out.data, out.size});
}
