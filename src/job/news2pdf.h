/* news2pdf.h: news articles to print-ready PDF. The library's one header.
 *   in    an article (NITF, NewsML, ninjs, RSS, HTML, wire text, Markdown ...) as a file or as bytes; style sheets; options
 *   out   a PDF file, or any stage of the work as XML; messages as data
 * No call exits, prints, or keeps state between calls. Strings are UTF-8, owned by the caller, and needed only during
 * the call. Several threads may convert at the same time. */
#ifndef NEWS2PDF_H
#define NEWS2PDF_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { NEWS2PDF_NOTE, NEWS2PDF_WARNING, NEWS2PDF_ERROR } news2pdf_severity;

typedef struct {
    news2pdf_severity severity;
    const char *code;           /* stable, as "photo-missing" */
    const char *file;           /* NULL: no place */
    int line, column;           /* from 1; 0: not known */
    const char *message, *hint; /* hint may be NULL */
    int times;                  /* how often the same was found at this place */
} news2pdf_message;

/* What a job did with a file: read it; looked for it and did not find it; wrote it whole. */
typedef enum { NEWS2PDF_READ, NEWS2PDF_SOUGHT, NEWS2PDF_WRITTEN } news2pdf_use;

/* Sheets and fonts that were opened ahead of a conversion, which uses them up: for a process that forks for each. */
typedef struct news2pdf_opened news2pdf_opened;

typedef enum { NEWS2PDF_AS_AUTO, NEWS2PDF_AS_ARTICLE, NEWS2PDF_AS_DOCUMENT } news2pdf_as;

typedef struct {
    const char *input; /* path; "-": standard input */
    const void *bytes; /* not NULL: the input itself; `input` then only names it and its folder */
    size_t size;
    const char *const *inputs; /* several files or folders make one edition; NULL-terminated; NULL: `input` alone */
    const char *list;          /* a file that names further files, by section; NULL: none */
    const char *title;         /* of an edition; NULL: as its files say */
    const char *order;    /* "given", "urgency", "section", "date"; NULL: as given, or by section with `sections` */
    const char *sections; /* names in their order, with commas; NULL: as they come */
    const char *since;    /* "24h", "2d", or an ISO 8601 time: older stories are left out; NULL: none is */
    const char *output;   /* path; "-": standard output */
    const char
        *target; /* "screen", "office", "print-coated" ...: news2pdf_target names them; several with commas make a file
                             each, n.pdf as n.screen.pdf and so on; NULL: "office" */
    const char *pdfx, *pdfa,
        *pdfua;            /* "x4", "2a", "1", "none" ...: instead of the target's; NULL: as the target has it */
    const char *profile;   /* path of an ICC profile, for the output intent; NULL: the target's */
    const char *condition; /* name of a printing condition, "FOGRA39"; NULL: the target's */
    const char *marks;     /* "crop,register,bars,slug", "none"; NULL: the target's */
    const char *const
        *attach;       /* files that go with the pages; NULL-terminated; NULL: none, but the sources in PDF/A-3 */
    const char *bleed; /* "3mm"; NULL: the target's */
    const char *const *styles; /* names of shipped styles or paths of sheets; later win; NULL-terminated; NULL: "daily",
                               or "briefing" for several stories */
    const char *const *set;    /* "name=value": custom properties; NULL-terminated; NULL: none */
    news2pdf_as as;
    const char *format;       /* a name of news2pdf_format; NULL: found out from the content */
    const char *map;          /* path of a mapping file for XML or JSON of one's own; NULL: none */
    const char *item;         /* of a feed: a number from 1, an id, "all"; NULL: the first */
    const char *encoding;     /* NULL: found out */
    const char *date;         /* ISO 8601, of the file or edition; NULL: the article's */
    const char *language;     /* of a story that does not say its own, and of an edition; NULL: as the files say */
    const char *headline;     /* for an article without one; NULL: none */
    const char *const *allow; /* further folders that may be read; NULL-terminated; NULL: none */
    const char *dump;         /* "document", "style", "boxes", "fragments", "paint"; NULL: PDF */
    const char *data;         /* folder with styles/, fonts/ ...; NULL: found beside the program */
    const char *const
        *preflight;     /* reports: paths that end in .json, .sarif, .txt, .html or .pdf; NULL-terminated; NULL: none */
    const char *proofs; /* folder for a PNG of each page as it will look; NULL: none */
    const char *handoff; /* folder for all that a print shop gets, instead of `output`; NULL: none */
    const char *const
        *ticket;        /* "quantity=500": what the order says, for the handoff; NULL-terminated; NULL: nothing */
    const char *pages;  /* "single": a file for each page, n.pdf as n_p001.pdf and so on; NULL: one file */
    const char *impose; /* "booklet", "2up", "4up", "nup:3x2": pages on sheets; NULL: page by page */
    const char *creep;  /* of a booklet: the paper's thickness, "0.1mm"; NULL: none */
    const char *const *limits; /* "pages=500": news2pdf_limit names them; NULL-terminated; NULL: the usual ones */
    bool linearize;            /* in the order in which the web wants it: the first page first */
    bool force;                /* print what its status forbids */
    bool strict_rights;        /* a picture without credit, or not for sale, is a failure */
    bool strict;               /* warnings are failures */
    bool plain;                /* streams not compressed */
    news2pdf_opened *opened;   /* of news2pdf_open with the same `data`; NULL: none. Closed by the conversion */
    int threads;               /* 0: as many as there are processors */
    void (*message)(void *user, const news2pdf_message *message); /* NULL: not told */
    void (*page)(void *user, int pages);                          /* after each page; NULL: not told */
    void (*file)(void *user, const char *path, news2pdf_use use); /* of every file that is opened; NULL: not told */
    /* Before the first byte of input is read: what this job may read, and the folders it writes in; NULL-terminated. A
     * program can give up everything else now. Returns NULL, or why the job must not go on. NULL: not asked. */
    const char *(*paths)(void *user, const char *const *reads, const char *const *writes);
    void *user;
    const volatile int *stop; /* once this is not 0 the job fails soon, without a message; NULL: it runs to its end */
} news2pdf_options;

typedef struct {
    int pages, errors, warnings;
} news2pdf_result;

/* 0: made. 1: failed; no output was left and an older one is as it was; or, where preflight was asked for, the file and its
 * reports are there, but a print shop would not take it. 2: what is asked for cannot hold together, or the
 * document has what its standard forbids; no output. 3: warnings, under strict; no output but reports.
 * 4: its own status forbids printing it (embargoed, withheld, canceled) and `force` is not set; no output.
 * 5: nothing to print: the files hold no story, or none that is new; no output. */
int news2pdf_convert(const news2pdf_options *options, news2pdf_result *result);

/* Looks at a finished PDF file, `input`, as a print shop would: for the work of `target`, or as the file itself claims. Reports
 * go where `preflight` says, or as text to standard output. 0: nothing must be changed. 1: something must, or the file can't be
 * read. 2: there is no such target. 3: warnings, under strict. */
int news2pdf_preflight(const news2pdf_options *options, news2pdf_result *result);

/* Opens fonts, the program's own sheets and these styles (NULL-terminated) as far as they are without fault; what cannot be
 * opened is left to the conversion. NULL: nothing could be. */
news2pdf_opened *news2pdf_open(const char *data, const char *const *styles);
void news2pdf_close(news2pdf_opened *opened);

const char *news2pdf_version(void);
/* Name and one-line description of shipped style i from 0; false: there are no more. Buffers of 256 bytes. */
bool news2pdf_style(const char *data, int i, char *name, char *description);
/* Name and one-line description of target i from 0; false: there are no more. Constant strings. */
bool news2pdf_target(int i, const char **name, const char **description);
/* Name and one-line description of input format i from 0; false: there are no more. Constant strings. */
bool news2pdf_format(int i, const char **name, const char **description);

/* Name and usual value of limit i from 0; false: there are no more. Constant strings. */
bool news2pdf_limit(int i, const char **name, long long *usual);

#ifdef __cplusplus
}
#endif
#endif
