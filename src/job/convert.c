/* One conversion, from bytes to pages: the pipeline, stage by stage. */
#define _GNU_SOURCE
#include "job/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifndef N2P_VERSION
#define N2P_VERSION "0"
#endif

bool news2pdf_format(int i, const char **name, const char **description)
{
    return input_format(i, name, description);
}

const char *news2pdf_version(void)
{
    return N2P_VERSION;
}

const char *file_status_text(FileStatus status)
{
    switch (status) {
    case FILE_OK: return "no error";
    case FILE_MISSING: return "no such file";
    case FILE_FORBIDDEN: return "outside the folders that may be read";
    case FILE_TOO_LARGE: return "larger than the limit";
    case FILE_ERROR: return "can't be read";
    }
    return "";
}

/* ---- sheets ---- */

static const char *load_sheet(void *user, const char *base, const char *href, Source source, const char **real)
{
    Job *job = user;
    const char *path;
    Bytes bytes;
    FileStatus status = file_resolve(&job->access, job->arena, base, href, &path);
    if (status == FILE_OK)
        status = file_map(job->arena, path, job->limits.input_bytes, &bytes);
    if (status != FILE_OK) {
        int at = diag_warn(&job->diag, status == FILE_FORBIDDEN ? "sheet-forbidden" : "sheet-missing", source,
                           "style sheet \"%s\": %s", href, file_status_text(status));
        if (status == FILE_FORBIDDEN && !strstr(href, ":"))
            diag_hint(&job->diag, at, "--allow-path DIR opens another folder");
        return NULL;
    }
    *real = path;
    size_t size;
    int bad = 0;
    const char *text = utf8_valid(bytes.data, bytes.size)
                           ? arena_string(job->arena, bytes.data, bytes.size)
                           : unicode_decode(job->arena, bytes, "windows-1252", &size, &bad);
    return text && (unsigned char)text[0] == 0xEF && (unsigned char)text[1] == 0xBB && (unsigned char)text[2] == 0xBF
               ? text + 3
               : text;
}

static CssContext css_context(Job *job)
{
    return (CssContext){load_sheet, job, "print", JOB_PAGE_WIDTH, JOB_PAGE_HEIGHT};
}

static void add_sheet(Job *job, const char *text, size_t size, Source first, const char *base, Origin origin)
{
    CssContext context = css_context(job);
    const StyleSheet *sheet = css_read(job->arena, job->names, text, size, first, base, origin, &context, &job->diag);
    VEC_PUSH(job->arena, job->sheets, sheet);
}

/* A sheet of the program or the user, by path. */
bool job_read_sheet(Job *job, const char *path, const char *shown, Origin origin)
{
    Bytes bytes;
    const StyleSheet *opened = job_opened_sheet(job, path, origin);
    if (opened) {
        VEC_PUSH(job->arena, job->sheets, opened);
        return true;
    }
    FileStatus status = file_map(job->arena, path, job->limits.input_bytes, &bytes);
    if (status != FILE_OK) {
        diag_error(&job->diag, "style-missing", NO_SOURCE, "style \"%s\": %s", shown, file_status_text(status));
        return false;
    }
    add_sheet(job, bytes.data, bytes.size, (Source){shown, 1, 1}, path_directory(job->arena, path), origin);
    return true;
}

const char *job_style_path(Job *job, const char *style)
{
    bool is_file = strchr(style, '/') || (strlen(style) > 4 && strcmp(style + strlen(style) - 4, ".css") == 0);
    return is_file ? style : arena_format(job->arena, "%s/%s.css", job->data.styles, style);
}

static void suggest_style(Job *job, const char *style)
{
    char name[256], text[256];
    for (int i = 0; news2pdf_style(job->options->data, i, name, text); i++)
        if (edit_distance(style, name, 3) <= 3) {
            diag_hint(&job->diag, job->diag.list.count - 1, "did you mean \"%s\"?", name);
            return;
        }
    diag_hint(&job->diag, job->diag.list.count - 1,
              "--list-styles names the styles; a path needs a \"/\" or ends in .css");
}

static bool add_user_styles(Job *job, const char *const *styles)
{
    for (; *styles; styles++) {
        const char *path = job_style_path(job, *styles);
        file_allow(&job->access, path_directory(job->arena, path));
        if (!job_read_sheet(job, path, path == *styles ? *styles : arena_format(job->arena, "%s.css", *styles),
                            ORIGIN_AUTHOR)) {
            if (path != *styles)
                suggest_style(job, *styles);
            return false;
        }
    }
    return true;
}

static void add_document_sheets(Job *job, const Document *document)
{
    CssContext context = css_context(job);
    for (int i = 0; i < document->sheet_count; i++) {
        const DocumentSheet *sheet = &document->sheets[i];
        if (sheet->alternate || (sheet->media && !css_media_matches(sheet->media, &context)))
            continue;
        const char *real = document->directory, *text = sheet->text;
        if (!text)
            text = load_sheet(job, document->directory, sheet->href, sheet->source, &real);
        if (!text)
            continue;
        Source first =
            sheet->text ? sheet->source : (Source){arena_string(job->arena, sheet->href, strlen(sheet->href)), 1, 1};
        add_sheet(job, text, strlen(text), first, sheet->text ? document->directory : path_directory(job->arena, real),
                  ORIGIN_AUTHOR);
    }
}

static bool read_sheets(Job *job, const Document *document)
{
    static const char *const bulletin[] = {"daily", NULL}, *const edition[] = {"briefing", NULL};
    if (!job_read_sheet(job, arena_format(job->arena, "%s/html.css", job->data.styles), "html.css", ORIGIN_AGENT))
        return false;
    if (document->kind == DOCUMENT_PLAIN)
        add_document_sheets(job, document);
    bool has_styles = job->options->styles && job->options->styles[0];
    if (!has_styles && document->kind == DOCUMENT_PLAIN)
        return true;
    return add_user_styles(job, has_styles ? job->options->styles : document->stories > 1 ? edition : bulletin);
}

/* ---- fonts ---- */

static void add_font_face(Job *job, const FontFace *face)
{
    for (int i = 0; i < face->source_count; i++) {
        FontDescriptor font = {.family = face->family,
                               .weight_min = face->weight_min,
                               .weight_max = face->weight_max,
                               .stretch_min = face->stretch_min,
                               .stretch_max = face->stretch_max,
                               .italic = face->italic,
                               .optical_min = face->optical_min,
                               .optical_max = face->optical_max,
                               .ranges = face->ranges,
                               .range_count = face->range_count};
        const char *path;
        if (strncmp(face->sources[i], "local:", 6) ==
            0) /* what this machine has installed changes no page: the next source */
            continue;
        FileStatus status = file_resolve(&job->access, job->arena, face->base, face->sources[i], &path);
        if (status == FILE_OK) {
            font.path = path;
            font_set_add(job->fonts, &font);
            return;
        }
        diag_warn(&job->diag, "font-missing", face->source, "font \"%s\": %s", face->sources[i],
                  file_status_text(status));
    }
}

static void add_font_faces(Job *job)
{
    for (int i = 0; i < job->sheets.count; i++) {
        const FontFace *faces;
        int count = css_font_faces(job->sheets.at[i], &faces);
        for (int k = 0; k < count; k++)
            add_font_face(job, &faces[k]);
    }
}

/* What ex, ch, cap and ic are worth in the first available font. */
static void measure_font(void *user, const StyleFont *font, Len size, Len units[4])
{
    StyleFont sized = *font;
    sized.size = (Size){.len = size};
    StyleText text = {0};
    Style style = {.font = &sized, .text = &text};
    FontMetrics metrics = font_metrics(box_first_font(user, &style), size);
    const Len measured[4] = {metrics.x_height, metrics.zero_advance, metrics.cap_height, metrics.ideograph_advance};
    for (int i = 0; i < 4; i++)
        units[i] = measured[i] > 0 ? measured[i] : units[i];
}

/* Nothing can be measured or set without one. */
static bool has_font(Job *job)
{
    static const char *const families[] = {"serif"};
    const FontRequest any = {
        .families = families, .family_count = 1, .weight = 400, .stretch = RATIO_ONE, .size = 12 * LEN_PT};
    if (font_match(job->fonts, &any))
        return true;
    diag_error(&job->diag, "fonts-missing", NO_SOURCE,
               "no font can be read, neither of the program nor of the machine");
    return false;
}

/* ---- input ---- */

/* The one input's path or name. */
const char *job_input(const news2pdf_options *options)
{
    return options->input                          ? options->input
           : options->inputs && options->inputs[0] ? options->inputs[0]
           : options->bytes                        ? "input"
                                                   : NULL;
}

static bool read_bytes(Job *job, Bytes *bytes)
{
    const news2pdf_options *options = job->options;
    if (options->bytes) {
        *bytes = (Bytes){options->bytes, options->size};
        return true;
    }
    bool stdin_input = strcmp(job_input(options), "-") == 0;
    FileStatus status = stdin_input ? file_read_stdin(job->arena, job->limits.input_bytes, bytes)
                                    : file_map(job->arena, job_input(options), job->limits.input_bytes, bytes);
    if (status != FILE_OK)
        diag_error(&job->diag, "input-unreadable", (Source){job_input(options), 0, 0}, "%s", file_status_text(status));
    return status == FILE_OK;
}

static bool photo_blocks(void *user, const char *directory, const char *href, PhotoBlocks *blocks)
{
    Job *job = user;
    const char *path;
    Bytes file;
    if (file_resolve(&job->access, job->arena, directory, href, &path) != FILE_OK)
        return false; /* which is said where the picture is placed */
    FileStatus status = file_map(job->arena, path, job->limits.input_bytes, &file);
    if (status != FILE_OK) {
        diag_warn(&job->diag, "photo-unreadable", (Source){path, 0, 0},
                  "what the picture says of itself is not known: %s", file_status_text(status));
        return false;
    }
    ImageMeta meta = image_metadata(job->arena, file);
    *blocks = (PhotoBlocks){meta.exif, meta.xmp, meta.iptc, meta.xmp_more, meta.iptc_newer};
    return true;
}

InputRequest job_request(Job *job, const char *path)
{
    const news2pdf_options *options = job->options;
    return (InputRequest){.name = path,
                          .directory = path_directory(job->arena, path),
                          .as = (uint8_t)options->as,
                          .encoding = options->encoding,
                          .vocabularies = arena_format(job->arena, "%s/vocabularies", job->data.styles),
                          .format = options->format,
                          .map = options->map,
                          .item = options->item,
                          .limits = &job->limits,
                          .has_style = options->styles && options->styles[0],
                          .force = options->force,
                          .photo = photo_blocks,
                          .photo_user = job,
                          .strict_rights = options->strict_rights,
                          .headline = options->headline,
                          .language = options->language,
                          .now = options->date};
}

static const Document *read_document(Job *job)
{
    if (job_is_edition(job->options))
        return job_read_edition(job);
    InputRequest request = job_request(job, job_input(job->options));
    if (!read_bytes(job, &request.bytes))
        return NULL;
    VEC_PUSH(job->arena, job->sources, ((JobSource){job_input(job->options), request.bytes}));
    return input_read(job->arena, job->names, &request, &job->diag);
}

/* ---- pages ---- */

static const char *const *custom_properties(Job *job)
{
    int count = 0;
    while (job->options->set && job->options->set[count])
        count++;
    const char **custom = NEW_ARRAY(job->arena, const char *, 2 * count + 1);
    for (int i = 0; i < count; i++) {
        const char *text = job->options->set[i], *equals = strchr(text, '=');
        size_t length = equals ? (size_t)(equals - text) : strlen(text);
        custom[2 * i] = strncmp(text, "--", 2) == 0 ? arena_string(job->arena, text, length)
                                                    : arena_format(job->arena, "--%.*s", (int)length, text);
        custom[2 * i + 1] = equals ? equals + 1 : "";
    }
    return custom;
}

static const char *file_date(Job *job, const Document *document)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (job->options->date)
        return job->options->date;
    if (epoch && *epoch) {
        long long seconds = atoll(epoch);
        return iso_date(job->arena, seconds);
    }
    return document->date;
}

typedef struct { /* what happens to each page */
    Job *job;
    const Document *document;
    Buffer *dump;
    Arena *arena; /* of one page */
} Printer;

static void print_page(void *user, const PageArea *page)
{
    Printer *printer = user;
    Job *job = printer->job;
    ArenaMark mark = arena_mark(printer->arena);
    PaintContext paint = {job->fonts, job->images, printer->document, &job->diag};
    if (job->stage == STAGE_FRAGMENTS)
        layout_dump(page, printer->arena, printer->dump);
    else if (job->stage == STAGE_PAINT)
        paint_dump(paint_page(printer->arena, page, &paint), printer->dump);
    else
        job_deliver(job, printer->arena, paint_page(printer->arena, page, &paint));
    if (!job->options->impose) /* sheets need all pages */
        arena_rewind(printer->arena, mark);
    job->pages++;
    if (job->options->page)
        job->options->page(job->options->user, job->pages);
}

/* Facts known only after layout are put in and laid out again, five times at most; then the pages are printed. */
static void lay_out(Job *job, const StyleTree *styles, Printer *printer)
{
    PageFacts facts = {0};
    PageSink sink = {print_page, printer};
    for (bool settled = false;;) {
        BoxContext context = {job->arena, styles, job->fonts, job->images, &facts, &job->diag};
        const Box *root = box_build(&context);
        if (job->stage == STAGE_BOXES) {
            box_dump(root, printer->dump);
            return;
        }
        LayoutRequest request = {job->arena, styles,       root,           job->fonts,     job->images,
                                 &job->diag, &job->limits, JOB_PAGE_WIDTH, JOB_PAGE_HEIGHT};
        bool print = settled || !(root->has & BOX_HAS_PAGE_FACT);
        Pages pages = layout_pages(&request, &facts, print ? &sink : NULL, &sink);
        if (print || (pages.settled && pages.count == 1))
            return;
        settled = pages.settled;
        if (!settled && facts.round >= 4) {
            diag_warn(&job->diag, "pages-unsettled", NO_SOURCE,
                      "page references still move after 5 rounds; the last are printed");
            settled = true;
        }
        facts = pages.facts;
    }
}

/* A document without a title goes by the name of its file (U06). */
static const char *title_of(const Job *job, const Document *document)
{
    const char *path = job_input(job->options), *slash = path ? strrchr(path, '/') : NULL;
    return document->title && *document->title ? document->title : slash ? slash + 1 : path;
}

static bool begin_files(Job *job, const Document *document)
{
    static const char *const families[] = {"Source Sans 3"};
    FontRequest slug = {
        .families = families, .family_count = 1, .weight = 400, .stretch = RATIO_ONE, .size = 6 * LEN_PT};
    job_read_profiles(job);
    PdfFacts facts = {.title = title_of(job, document),
                      .author = document->authors,
                      .subject = document->subject,
                      .keywords = document->keywords,
                      .language = document->language,
                      .producer = arena_format(job->arena, "news2pdf %s", N2P_VERSION),
                      .date = file_date(job, document),
                      .slug_font = font_match(job->fonts, &slug),
                      .compress = !job->options->plain,
                      .profiles = job->profiles.at,
                      .profile_count = job->profiles.count};
    if (job->options->impose)
        facts.title = arena_format(job->arena, "%s (imposed: %s)", facts.title, job->options->impose);
    job->facts = facts;
    for (int i = 0; i < job->outputs.count; i++) {
        JobOutput *file = &job->outputs.at[i];
        facts.target = &file->target;
        facts.attachment_count = job_attachments(job, &file->target, &facts.attachments);
        file->writer = pdf_begin(job->arena, file->whole ? file->whole : file->output, &facts, &job->diag);
    }
    return job_open_checks(job, &facts);
}

static bool linearize(Job *job, JobOutput *file)
{
    Bytes whole;
    return !file->whole ||
           (output_read(file->whole, job->arena, &whole) && pdf_linearize(whole, file->output, &job->diag));
}

static bool end_files(Job *job)
{
    bool fine = true;
    for (int i = 0; i < job->outputs.count; i++)
        fine = pdf_end(job->outputs.at[i].writer) && linearize(job, &job->outputs.at[i]) && fine;
    return fine && job_write_reports(job);
}

/* Every stage in order; a dump ends after its stage. */
static bool run(Job *job)
{
    Output *output = job->outputs.at[0].output;
    Buffer dump = {.arena = job->arena};
    const Document *document = read_document(job);
    if (!document)
        return false;
    if (job->stage == STAGE_DOCUMENT) {
        document_dump(document, &dump);
        return output_write(output, dump.data, dump.size);
    }
    if (!read_sheets(job, document))
        return false;
    job_open_fonts(job);
    add_font_faces(job);
    if (!has_font(job))
        return false;
    job->images = image_set_open(job->arena, &job->access, &job->limits);
    text_set_data(job->data.text);
    StyleContext context = {JOB_PAGE_WIDTH, JOB_PAGE_HEIGHT, custom_properties(job), "print"};
    StyleMetrics metrics = {measure_font, job->fonts};
    const StyleTree *styles =
        style_resolve_measured(job->arena, document, job->sheets.at, job->sheets.count, &context, &metrics, &job->diag);
    if (job->stage == STAGE_STYLE) {
        style_dump(styles, &dump);
        return output_write(output, dump.data, dump.size);
    }
    Printer printer = {job, document, &dump, arena_beside(job->arena)};
    if (job->stage == STAGE_PDF && !begin_files(job, document))
        return false;
    if (job->stage != STAGE_PDF && job->stage != STAGE_BOXES)
        buffer_text(&dump, "<pages>\n");
    lay_out(job, styles, &printer);
    job_deliver_sheets(job);
    if (job->stage == STAGE_PDF)
        return end_files(job);
    if (job->stage != STAGE_BOXES)
        buffer_text(&dump, "</pages>\n");
    return output_write(output, dump.data, dump.size);
}

/* ---- the job ---- */

static Stage stage_of(const char *name)
{
    static const char *const names[] = {"pdf", "document", "style", "boxes", "fragments", "paint"};
    for (int i = 0; name && i < STAGE_COUNT; i++)
        if (strcmp(name, names[i]) == 0)
            return (Stage)i;
    return STAGE_PDF;
}

static void tell(const Job *job)
{
    for (int i = 0; job->options->message && i < job->diag.list.count; i++) {
        const Diagnostic *d = &job->diag.list.at[i];
        news2pdf_message message = {(news2pdf_severity)d->severity,
                                    d->code,
                                    d->source.file,
                                    d->source.line,
                                    d->source.column,
                                    d->message,
                                    d->hint,
                                    d->times};
        job->options->message(job->options->user, &message);
    }
}

static bool reported(const Job *job, const char *code)
{
    for (int i = 0; i < job->diag.list.count; i++)
        if (job->diag.list.at[i].severity == SEVERITY_ERROR && strcmp(job->diag.list.at[i].code, code) == 0)
            return true;
    return false;
}

static bool same_file(const char *a, const char *b)
{
    struct stat one, other;
    return a && b && stat(a, &one) == 0 && stat(b, &other) == 0 && S_ISREG(one.st_mode) && one.st_ino == other.st_ino &&
           one.st_dev == other.st_dev;
}

/* The output would overwrite what is read. */
bool job_reads(const news2pdf_options *options, const char *path)
{
    bool same = (!options->bytes && same_file(path, options->input)) || same_file(path, options->list) ||
                same_file(path, options->map) || same_file(path, options->profile);
    for (int i = 0; options->attach && options->attach[i]; i++)
        same |= same_file(path, options->attach[i]);
    for (int i = 0; options->inputs && options->inputs[i]; i++)
        same |= same_file(path, options->inputs[i]);
    for (int i = 0; options->styles && options->styles[i]; i++)
        same |= same_file(path, options->styles[i]);
    return same;
}

bool job_has_read(const Job *job, const char *path)
{
    struct stat there;
    if (stat(path, &there) != 0)
        return false;
    for (int i = 0; i < job->files_read.count; i++)
        if (same_file(path, job->files_read.at[i]))
            return true;
    return false;
}

static const char *wrong_options(const news2pdf_options *options)
{
    if (!options->output && !options->handoff)
        return "no output is named";
    if (!options->input && !options->bytes && !(options->inputs && options->inputs[0]) && !options->list)
        return "no input is named";
    if (options->dump && stage_of(options->dump) == STAGE_PDF)
        return "there is no such stage to dump";
    if (options->order && !job_is_order(options->order))
        return "there is no such order";
    return NULL;
}

static int convert(Job *job)
{
    const news2pdf_options *options = job->options;
    const char *wrong = wrong_options(options);
    if (wrong) {
        diag_error(&job->diag, "options-wrong", (Source){options->output, 0, 0}, "%s", wrong);
        return 1;
    }
    job->stage = stage_of(options->dump);
    if (!find_data(job))
        return 1;
    if (!job_tell_paths(job))
        return 1;
    if (!job_read_targets(job) || !job_read_delivery(job))
        return 2;
    if (!job_read_attachments(job))
        return 1;
    if (job_input(options))
        file_allow(&job->access, job_folder(job, job_input(options)));
    file_allow(&job->access, job->data.styles);
    for (int i = 0; options->allow && options->allow[i]; i++)
        file_allow(&job->access, options->allow[i]);
    if (options->handoff && !job_open_handoff(job))
        return 1;
    if (!job_open_outputs(job))
        return 1;
    if (!run(job) || job->diag.errors > 0) {
        if (reported(job, "edition-empty") || reported(job, "nothing-to-print"))
            return 5;
        if (reported(job, "embargoed") || reported(job, "withheld") || reported(job, "canceled"))
            return 4;
        if (reported(job, "standard-transparency"))
            return 2;
        if (job->diag.errors == 0)
            diag_error(&job->diag, "output-failed", (Source){options->output, 0, 0}, "the file could not be written");
        return 1;
    }
    int verdict = job_verdict(job);
    if (options->strict && job->diag.warnings > 0)
        verdict = verdict ? verdict : 3;
    bool whole = !options->pages; /* of single pages the file of all was only for looking */
    if (verdict != 3 && whole && !job_commit_outputs(job))
        return 1;
    return job_commit_beside(job) ? verdict : 1;
}

static void on_file(void *user, const char *path, FileUse use)
{
    Job *job = user;
    if (use == FILE_READ)
        VEC_PUSH(job->arena, job->files_read, arena_string(job->arena, path, strlen(path)));
    if (job->options->file)
        job->options->file(job->options->user, path, (news2pdf_use)use);
}

int job_run(const news2pdf_options *options, news2pdf_result *result, int (*work)(Job *job))
{
    Limits limits;
    const char *bad_limit = job_limits(options, &limits);
    Memory own = {0};
    Memory *memory = options->opened ? &options->opened->memory : &own;
    memory->limit = limits.memory;
    memory->stop = options->stop;
    Job *volatile job = NULL;
    volatile int status = 1;
    memory->files = (FileWatch){0};
    if (setjmp(memory->out) == 0) {
        job = options->opened ? options->opened->job : job_new(memory);
        job->options = options;
        job->limits = limits;
        memory->files = (FileWatch){on_file, job};
        if (bad_limit)
            diag_error(&job->diag, "options-wrong", NO_SOURCE, "there is no limit \"%s\"", bad_limit);
        status = bad_limit ? 1 : work(job);
        tell(job);
    } else if (options->message && !(options->stop && *options->stop)) {
        news2pdf_message message = {
            NEWS2PDF_ERROR, "out-of-memory", options->input, 0, 0, "memory ran out, or its limit was passed", NULL, 1};
        options->message(options->user, &message);
        status = 1;
    }
    if (result)
        *result =
            job ? (news2pdf_result){job->pages, job->diag.errors, job->diag.warnings} : (news2pdf_result){0, 1, 0};
    memory_free_all(memory);
    free(options->opened);
    return status;
}

int news2pdf_convert(const news2pdf_options *options, news2pdf_result *result)
{
    return job_run(options, result, convert);
}
