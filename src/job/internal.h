/* job/internal.h: one conversion's state. */
#ifndef N2P_JOB_INTERNAL_H
#define N2P_JOB_INTERNAL_H

#include "base/base.h"
#include "base/unicode.h"
#include "impose/impose.h"
#include "input/input.h"
#include "job/news2pdf.h"
#include "layout/layout.h"
#include "paint/page.h"
#include "pdf/pdf.h"
#include "preflight/preflight.h"
#include "raster/raster.h"

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
    Raster *raster; /* of its pages; NULL: nobody looks at them */
    Preflight *preflight;
    Len width, height, bleed; /* of its first page */
} JobOutput;

typedef struct { /* a file that comes out beside them */
    const char *path;
    Output *output; /* NULL: it is there already */
    const char *sha256;
} Beside;

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
    Bytes list;                 /* of --list, once it is read */
    FileStatus list_status;
    VEC(OpenedSheet) opened;
    VEC(const char *) opened_files; /* first those of the fonts */
    VEC(const char *) files_read;
    int font_files;
    VEC(Beside) beside;     /* what else comes out: proofs, reports */
    VEC(JobSource) sources; /* what the document was read from */
    int pages;
    const char *title, *date; /* of the files */
    PdfFacts facts;
    Imposition imposition;
    VEC(const DisplayPage *) kept; /* pages that wait for their sheets */
} Job;

InputRequest job_request(Job *job, const char *path); /* what the options ask of a file; without its bytes */
bool job_is_edition(const news2pdf_options *options); /* edition.c: more than one article from one file */
bool job_reads(const news2pdf_options *options,
               const char *path);                       /* path is one of the files that are named to be read */
bool job_has_read(const Job *job, const char *path);    /* path is one of the files that were read, whoever named it */
const char *job_input(const news2pdf_options *options); /* path or name of the one input; NULL: none */
bool job_is_order(const char *name);
const Document *job_read_edition(Job *job);
const char *file_status_text(FileStatus status);

/* limits.c: the usual ones, with what the options say; NULL, or the text that is no limit. */
const char *job_limits(const news2pdf_options *options, Limits *limits);
const char *job_folder(Job *job, const char *path);      /* the one it lies in; of a folder itself */
bool job_tell_paths(Job *job);                           /* paths.c; false: somebody objects, which is reported */
const char *job_style_path(Job *job, const char *style); /* of a shipped style's name, or a path */
/* edition.c: each path that a list names; reports nothing. */
void job_list_paths(Job *job, const char *list, void (*found)(void *user, const char *path), void *user);

bool job_read_targets(Job *job);  /* targets.c: fills the outputs but does not open them; reports what clashes */
void job_read_profiles(Job *job); /* what @color-profile names */
/* What goes into a file besides its pages: its sources where the standard is PDF/A-3, and what the user attaches. */
bool job_read_attachments(Job *job);
int job_attachments(Job *job, const PdfTarget *target, const PdfAttachment **attachments);
bool job_open_outputs(Job *job);
bool job_commit_outputs(Job *job);
bool job_commit_beside(Job *job);

/* check.c, proof.c: what is seen of pages as they are printed */
bool job_open_checks(Job *job, const PdfFacts *facts); /* false: reported */
void job_look(Job *job, const DisplayPage *page);
bool job_write_reports(Job *job); /* of files that are whole; false: one could not be written */
int job_verdict(const Job *job);  /* of preflight: 0, 1, or 3 under strict */
/* Of the kind that the path's suffix says. */
bool job_save_report(Job *job, const Preflight *preflight, const char *path);
bool job_check_reports(Job *job); /* every report has a known suffix; false: reported */
/* delivery.c: what becomes of pages */
bool job_read_delivery(Job *job); /* false: reported */
void job_deliver(Job *job, Arena *arena, const DisplayPage *page);
void job_deliver_sheets(Job *job); /* after the last page */

/* handoff.c: the folder for a print shop; its files get their names when the pages are counted */
bool job_open_handoff(Job *job); /* false: reported */
void job_name_handoff(Job *job, JobOutput *file);
bool job_write_handoff(Job *job, const JobOutput *file); /* ticket */
bool job_write_checksums(Job *job);
bool job_make_folder(Job *job, const char *path);
bool job_write_proof(Job *job, const JobOutput *file, const Bitmap *seen, int page);
const char *job_file_of(Arena *arena, const char *output, const char *target); /* n.pdf -> n.screen.pdf */
const char *job_stem(Arena *arena, const char *path);                          /* "a/b.pdf" -> "b" */
bool job_write_beside(Job *job, const char *path, Bytes bytes); /* committed with the outputs; false: reported */

int job_run(const news2pdf_options *options, news2pdf_result *result, int (*work)(Job *job)); /* memory, messages */

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
