/* Files that go into a PDF besides its pages (print-ready.md A6, A13). */
#include "job/internal.h"

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return strcmp(path, "-") == 0 ? "input" : slash ? slash + 1 : path;
}

static const char *mime_of(const JobSource *file)
{
    static const char *const types[][2] = {
        {".xml", "application/xml"},  {".nitf", "application/xml"},  {".rss", "application/xml"},
        {".atom", "application/xml"}, {".html", "text/html"},        {".htm", "text/html"},
        {".xhtml", "text/html"},      {".json", "application/json"}, {".txt", "text/plain"},
        {".md", "text/markdown"},     {".csv", "text/csv"},          {".epub", "application/epub+zip"},
        {".zip", "application/zip"},  {".pdf", "application/pdf"},   {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},      {".png", "image/png"}};
    const char *name = base_name(file->path), *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++)
        if (text_equal_nocase(dot, types[i][0]))
            return types[i][1];
    const char *start = file->bytes.data;
    return file->bytes.size > 5 && strncmp(start, "<?xml", 5) == 0 ? "application/xml" : "application/octet-stream";
}

bool job_read_attachments(Job *job)
{
    for (int i = 0; job->options->attach && job->options->attach[i]; i++) {
        JobSource file = {.path = job->options->attach[i]};
        FileStatus status = file_map(job->arena, file.path, job->limits.input_bytes, &file.bytes);
        if (status != FILE_OK) {
            diag_error(&job->diag, "attachment-unreadable", (Source){file.path, 0, 0}, "%s", file_status_text(status));
            return false;
        }
        VEC_PUSH(job->arena, job->attached, file);
    }
    return true;
}

typedef VEC(PdfAttachment) AttachmentList;

/* Equal names are told apart by a number: a.xml, a-2.xml. */
static const char *own_name(Job *job, const AttachmentList *list, const char *name)
{
    const char *dot = strrchr(name, '.'), *made = name;
    int stem = dot ? (int)(dot - name) : (int)strlen(name);
    for (int number = 2, i = 0; i < list->count; i++)
        if (strcmp(list->at[i].name, made) == 0) {
            made = arena_format(job->arena, "%.*s-%d%s", stem, name, number++, dot ? dot : "");
            i = -1;
        }
    return made;
}

static void add(Job *job, AttachmentList *list, const JobSource *file, bool source)
{
    PdfAttachment made = {.name = own_name(job, list, base_name(file->path)),
                          .mime = mime_of(file),
                          .description = source ? "The source of these pages" : "Attached to these pages",
                          .data = file->bytes,
                          .source = source};
    VEC_PUSH(job->arena, *list, made);
}

int job_attachments(Job *job, const PdfTarget *target, const PdfAttachment **attachments)
{
    AttachmentList list = {0};
    bool archive = target->pdfa == PDFA_3B || target->pdfa == PDFA_3U || target->pdfa == PDFA_3A;
    for (int i = 0; i < job->sources.count && archive; i++)
        add(job, &list, &job->sources.at[i], true);
    for (int i = 0; i < job->attached.count; i++)
        add(job, &list, &job->attached.at[i], false);
    *attachments = list.at;
    return list.count;
}
