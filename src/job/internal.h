/* job/internal.h: one conversion's state. */
#ifndef N2P_JOB_INTERNAL_H
#define N2P_JOB_INTERNAL_H

#include "base/base.h"
#include "base/unicode.h"
#include "input/input.h"
#include "job/news2pdf.h"
#include "layout/layout.h"
#include "paint/page.h"
#include "pdf/pdf.h"

/* The page box where no sheet says otherwise: A4. */
#define JOB_PAGE_WIDTH 609562  /* 210 mm */
#define JOB_PAGE_HEIGHT 862095 /* 297 mm */

typedef enum { STAGE_PDF, STAGE_DOCUMENT, STAGE_STYLE, STAGE_BOXES, STAGE_FRAGMENTS, STAGE_PAINT, STAGE_COUNT } Stage;

typedef struct { /* folders of what the program ships */
    const char *styles, *fonts, *text, *profiles;
} DataFolders;

typedef struct { /* one file that comes out */
    PdfTarget target;
    const char *path;
    Output *output, *whole; /* whole: written first, where the output is to be linearized */
    PdfWriter *writer;
} JobOutput;

typedef struct { /* a sheet that was read ahead, with all the files it is of */
    const char *path;
    Origin origin;
    const StyleSheet *sheet;
    int first_file, file_count; /* of the job's opened_files */
} OpenedSheet;

typedef struct { /* a file that was read */
    const char *path;
    Bytes bytes;
} JobSource;

typedef struct Job {
    const news2pdf_options *options;
    Arena *arena;
    Names *names;
    Diag diag;
    Limits limits;
    FileAccess access;
    DataFolders data;
    Stage stage;
    VEC(JobSource) attached; /* --attach */
    VEC(const StyleSheet *) sheets;
    FontSet *fonts;
    ImageSet *images;
    VEC(NamedProfile) profiles; /* that the sheets name */
    VEC(JobOutput) outputs;     /* of one layout; a dump has one */
    VEC(OpenedSheet) opened;
    VEC(const char *) opened_files; /* first those of the fonts */
    int font_files;
    VEC(JobSource) sources; /* what the document was read from */
    int pages;
} Job;

InputRequest job_request(Job *job, const char *path); /* what the options ask of a file; without its bytes */
bool job_is_edition(const news2pdf_options *options); /* edition.c: more than one article from one file */
bool job_reads(const news2pdf_options *options, const char *path); /* path is one of the files that are read */
const char *job_input(const news2pdf_options *options);            /* path or name of the one input; NULL: none */
bool job_is_order(const char *name);
const Document *job_read_edition(Job *job);
const char *file_status_text(FileStatus status);

bool job_read_targets(Job *job);  /* targets.c: fills the outputs but does not open them; reports what clashes */
void job_read_profiles(Job *job); /* what @color-profile names */
/* What goes into a file besides its pages: its sources where the standard is PDF/A-3, and what the user attaches. */
bool job_read_attachments(Job *job);
int job_attachments(Job *job, const PdfTarget *target, const PdfAttachment **attachments);
bool job_open_outputs(Job *job);
bool job_commit_outputs(Job *job);

struct news2pdf_opened { /* opened.c: a job that waits for its document */
    Memory memory;
    Job *job;
};
Job *job_new(Memory *memory);
const StyleSheet *job_opened_sheet(Job *job, const char *path, Origin origin); /* NULL: it was not read ahead */
void job_open_fonts(Job *job);
bool job_read_sheet(Job *job, const char *path, const char *shown,
                    Origin origin); /* pushes it; reports what is wrong */
const char *job_style_path(Job *job, const char *style);

bool find_data(Job *job); /* data.c; reports what is missing */
const char *iso_date(Arena *arena, long long seconds);

#endif
