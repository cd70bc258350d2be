/* The option table, its reader and its help. */
#include "cli/cli.h"

#include "base/base.h"

#include <stdlib.h>
#include <string.h>

typedef enum {
    OPTION_OUTPUT,
    OPTION_TARGET,
    OPTION_PDFX,
    OPTION_PDFA,
    OPTION_PDFUA,
    OPTION_PROFILE,
    OPTION_CONDITION,
    OPTION_MARKS,
    OPTION_BLEED,
    OPTION_TARGETS,
    OPTION_STYLE,
    OPTION_SET,
    OPTION_AS,
    OPTION_FORMAT,
    OPTION_MAP,
    OPTION_ITEM,
    OPTION_LIST,
    OPTION_TITLE,
    OPTION_ORDER,
    OPTION_SECTIONS,
    OPTION_SINCE,
    OPTION_ENCODING,
    OPTION_DATE,
    OPTION_HEADLINE,
    OPTION_ALLOW,
    OPTION_PREFLIGHT,
    OPTION_PAGES,
    OPTION_IMPOSE,
    OPTION_CREEP,
    OPTION_PROOFS,
    OPTION_HANDOFF,
    OPTION_TICKET,
    OPTION_DUMP,
    OPTION_JSON,
    OPTION_STRICT,
    OPTION_FORCE,
    OPTION_RIGHTS,
    OPTION_PLAIN,
    OPTION_QUIET,
    OPTION_THREADS,
    OPTION_STYLES,
    OPTION_FORMATS,
    OPTION_VERSION,
    OPTION_HELP
} OptionId;

static const struct {
    OptionId id;
    char twin;
    const char *name, *value, *help;
} table[] = {
    {OPTION_OUTPUT, 'o', "output", "FILE", "the PDF to write; - is standard output"},
    {OPTION_STYLE, 's', "style", "NAME|FILE",
     "a shipped style or a CSS file; repeatable, later wins (daily; several stories: briefing)"},
    {OPTION_SET, 0, "set", "NAME=VALUE", "sets a custom property of the style, as --set nameplate='\"My Daily\"'"},
    {OPTION_AS, 0, "as", "article|document", "read HTML as an article, or as a document with its own sheets"},
    {OPTION_FORMAT, 0, "format", "NAME", "the input's format, where it is not to be found out"},
    {OPTION_MAP, 0, "map", "FILE", "field = path: how to read XML or JSON of one's own"},
    {OPTION_ITEM, 0, "item", "N|ID|all", "which item of a feed (1)"},
    {OPTION_LIST, 0, "list", "FILE", "an edition's files, a path a line, \"[Section]\" above those of a section"},
    {OPTION_TITLE, 0, "title", "TEXT", "the name of an edition"},
    {OPTION_ORDER, 0, "order", "given|urgency|section|date", "how an edition's stories follow each other (given)"},
    {OPTION_SECTIONS, 0, "sections", "A,B,...", "an edition's sections in their order"},
    {OPTION_SINCE, 0, "since", "24h|DATE", "leaves older stories out; spans (90m, 24h, 2d, 1w) count back from --date"},
    {OPTION_ENCODING, 0, "encoding", "NAME", "the input's character encoding"},
    {OPTION_DATE, 0, "date", "DATE", "the file's date, ISO 8601"},
    {OPTION_HEADLINE, 0, "headline", "TEXT", "for an article that has none"},
    {OPTION_ALLOW, 0, "allow-path", "DIR", "another folder that may be read; repeatable"},
    {OPTION_TARGET, 0, "target", "NAME,...", "what the file is for (office); several make a file each, of one layout"},
    {OPTION_PDFX, 0, "pdfx", "x4|x1a|x3|none", "the printing standard, instead of the target's"},
    {OPTION_PDFA, 0, "pdfa", "1b|2b|2u|2a|3b|3u|3a|4|none", "the archive standard, instead of the target's"},
    {OPTION_PDFUA, 0, "pdfua", "1|2|none", "the accessibility standard, instead of the target's"},
    {OPTION_PROFILE, 0, "output-profile", "FILE.icc", "the printer's own colour profile"},
    {OPTION_CONDITION, 0, "output-condition", "NAME", "the printing condition, as FOGRA39"},
    {OPTION_MARKS, 0, "marks", "crop,register,bars,slug", "printer's marks around the page"},
    {OPTION_BLEED, 0, "bleed", "LENGTH", "how far colour runs over the page's edge, as 3mm"},
    {OPTION_PAGES, 0, "pages", "single", "a file for each page, as newspapers want them: n_p001.pdf ..."},
    {OPTION_IMPOSE, 0, "impose", "booklet|2up|4up|nup:CxR", "pages on sheets, with crop and fold marks; untagged"},
    {OPTION_CREEP, 0, "creep", "LENGTH", "of a booklet: how thick its paper is, as 0.1mm"},
    {OPTION_PREFLIGHT, 0, "preflight", "FILE",
     "a report of what a print shop would find, by its suffix: .json .sarif .txt .html .pdf; repeatable"},
    {OPTION_PROOFS, 0, "proofs", "DIR", "a picture of each page as it will look, PNG"},
    {OPTION_HANDOFF, 0, "handoff", "DIR",
     "all that a print shop gets: the file, its preflight, proofs, ticket and checksums"},
    {OPTION_TICKET, 0, "ticket", "KEY=VALUE",
     "what the order says: job edition quantity paper weight binding delivery address contact proof"},
    {OPTION_DUMP, 0, "dump", "STAGE", "document, style, boxes, fragments or paint as XML instead of PDF"},
    {OPTION_JSON, 0, "json", NULL, "messages as JSON lines"},
    {OPTION_STRICT, 0, "strict", NULL, "warnings are failures: exit code 3, no file"},
    {OPTION_FORCE, 0, "force", NULL, "print what is embargoed, withheld or cancelled"},
    {OPTION_RIGHTS, 0, "rights", "warn|strict", "strict: a picture without credit, or with instructions, is a failure"},
    {OPTION_PLAIN, 0, "plain", NULL, "do not compress the file"},
    {OPTION_QUIET, 'q', "quiet", NULL, "no notes"},
    {OPTION_THREADS, 0, "threads", "N", "processors to use (all)"},
    {OPTION_TARGETS, 0, "list-targets", NULL, "names the targets"},
    {OPTION_STYLES, 0, "list-styles", NULL, "names the shipped styles"},
    {OPTION_FORMATS, 0, "list-formats", NULL, "names the formats that are read"},
    {OPTION_VERSION, 'V', "version", NULL, "prints the version"},
    {OPTION_HELP, 'h', "help", NULL, "prints this"},
};
enum { OPTION_ROWS = sizeof table / sizeof *table };

void command_line_help(FILE *out)
{
    fprintf(
        out,
        "Usage: news2pdf [OPTIONS] FILE... -o OUT.pdf\n"
        "Turns news (NITF, NewsML, ninjs, RSS, HTML ...) into a print-ready PDF bulletin; several files, or a folder\n"
        "of them, into one edition.\n"
        "       news2pdf preflight [--target NAME] [--preflight REPORT] FILE.pdf\n"
        "Looks at a finished file as a print shop would.\n\n");
    for (int i = 0; i < OPTION_ROWS; i++) {
        char left[64];
        char twin[8] = "    ";
        if (table[i].twin)
            snprintf(twin, sizeof twin, "-%c, ", table[i].twin);
        snprintf(left, sizeof left, "%s--%s%s%s", twin, table[i].name, table[i].value ? " " : "",
                 table[i].value ? table[i].value : "");
        fprintf(out, "  %-34s %s\n", left, table[i].help);
    }
    fprintf(out, "\nFILE may be - for standard input. Exit codes: 0 made, 1 failed, 2 wrong usage, 3 warnings under "
                 "--strict, 4 embargoed, withheld or cancelled, 5 nothing to print.\n");
}

static int find_long(const char *name, size_t length)
{
    for (int i = 0; i < OPTION_ROWS; i++)
        if (strlen(table[i].name) == length && strncmp(table[i].name, name, length) == 0)
            return i;
    return -1;
}

static int find_short(char twin)
{
    for (int i = 0; i < OPTION_ROWS; i++)
        if (table[i].twin == twin && twin)
            return i;
    return -1;
}

static void unknown_option(const char *text)
{
    char name[64];
    size_t length = strcspn(text, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < 63 ? length : 63), text);
    fprintf(stderr, "news2pdf: unknown option %s\n", name);
    const char *bare = name + strspn(name, "-");
    for (int i = 0; i < OPTION_ROWS; i++)
        if (edit_distance(bare, table[i].name, 2) <= 2) {
            fprintf(stderr, "  hint: did you mean --%s?\n", table[i].name);
            return;
        }
    fprintf(stderr, "  hint: news2pdf --help lists the options\n");
}

static bool push(const char **list, int room, const char *value, const char *what)
{
    int count = 0;
    while (list[count])
        count++;
    if (count >= room - 1) {
        fprintf(stderr, "news2pdf: more than %d times %s\n", room - 1, what);
        return false;
    }
    list[count] = value;
    return true;
}

static bool one_of(const char *option, const char *value, const char *const *choices)
{
    for (int i = 0; choices[i]; i++)
        if (strcmp(choices[i], value) == 0)
            return true;
    fprintf(stderr, "news2pdf: --%s can't be \"%s\"\n  hint: one of", option, value);
    for (int i = 0; choices[i]; i++)
        fprintf(stderr, " %s", choices[i]);
    fprintf(stderr, "\n");
    return false;
}

static bool set_custom(CommandLine *line, const char *value)
{
    if (!strchr(value, '=') || value[0] == '=') {
        fprintf(stderr, "news2pdf: --set needs NAME=VALUE, not \"%s\"\n", value);
        return false;
    }
    return push(line->set, 129, value, "--set");
}

static bool is_format(const char *value)
{
    const char *name, *description;
    for (int i = 0; news2pdf_format(i, &name, &description); i++)
        if (strcmp(name, value) == 0)
            return true;
    fprintf(stderr, "news2pdf: --format can't be \"%s\"\n  hint: --list-formats names the formats\n", value);
    return false;
}

static bool apply(CommandLine *line, OptionId id, const char *value)
{
    static const char *const as[] = {"article", "document", NULL}, *const stages[] = {"document",  "style", "boxes",
                                                                                      "fragments", "paint", NULL};
    static const char *const rights[] = {"warn", "strict", NULL};
    static const char *const orders[] = {"given", "urgency", "section", "date", NULL};
    news2pdf_options *o = &line->options;
    switch (id) {
    case OPTION_OUTPUT: o->output = value; return true;
    case OPTION_TARGET: o->target = value; return true;
    case OPTION_PDFX: o->pdfx = value; return true;
    case OPTION_PDFA: o->pdfa = value; return true;
    case OPTION_PDFUA: o->pdfua = value; return true;
    case OPTION_PROFILE: o->profile = value; return true;
    case OPTION_CONDITION: o->condition = value; return true;
    case OPTION_MARKS: o->marks = value; return true;
    case OPTION_BLEED: o->bleed = value; return true;
    case OPTION_STYLE: return push(line->styles, 33, value, "--style");
    case OPTION_SET: return set_custom(line, value);
    case OPTION_AS:
        o->as = strcmp(value, "article") == 0 ? NEWS2PDF_AS_ARTICLE : NEWS2PDF_AS_DOCUMENT;
        return one_of("as", value, as);
    case OPTION_FORMAT: o->format = value; return is_format(value);
    case OPTION_MAP: o->map = value; return true;
    case OPTION_ITEM: o->item = value; return true;
    case OPTION_LIST: o->list = value; return true;
    case OPTION_TITLE: o->title = value; return true;
    case OPTION_ORDER: o->order = value; return one_of("order", value, orders);
    case OPTION_SECTIONS: o->sections = value; return true;
    case OPTION_SINCE: o->since = value; return true;
    case OPTION_ENCODING: o->encoding = value; return true;
    case OPTION_DATE: o->date = value; return true;
    case OPTION_HEADLINE: o->headline = value; return true;
    case OPTION_ALLOW: return push(line->allow, 33, value, "--allow-path");
    case OPTION_PREFLIGHT: return push(line->preflight, 9, value, "--preflight");
    case OPTION_PROOFS: o->proofs = value; return true;
    case OPTION_HANDOFF: o->handoff = value; return true;
    case OPTION_TICKET: return push(line->ticket, 17, value, "--ticket");
    case OPTION_PAGES: o->pages = value; return true;
    case OPTION_IMPOSE: o->impose = value; return true;
    case OPTION_CREEP: o->creep = value; return true;
    case OPTION_DUMP: o->dump = value; return one_of("dump", value, stages);
    case OPTION_JSON: line->json = true; return true;
    case OPTION_STRICT: o->strict = true; return true;
    case OPTION_FORCE: o->force = true; return true;
    case OPTION_RIGHTS: o->strict_rights = strcmp(value, "strict") == 0; return one_of("rights", value, rights);
    case OPTION_PLAIN: o->plain = true; return true;
    case OPTION_QUIET: line->quiet = true; return true;
    case OPTION_THREADS:
        o->threads = atoi(value);
        if (o->threads > 0)
            return true;
        fprintf(stderr, "news2pdf: --threads needs a number from 1, not \"%s\"\n", value);
        return false;
    case OPTION_TARGETS:
    case OPTION_STYLES:
    case OPTION_FORMATS:
    case OPTION_VERSION:
    case OPTION_HELP: return true;
    }
    return false;
}

static bool is_date(const char *text)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    bool real = month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] && (month != 2 || day < 29 || leap);
    return real && (text[10] == 0 || text[10] == 'T');
}

static bool is_span(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits && digits < 9 && strchr("mhdw", text[digits]) && text[digits] && !text[digits + 1];
}

static Command finish(CommandLine *line, int inputs)
{
    news2pdf_options *o = &line->options;
    if (inputs == 0 && !o->list) {
        fprintf(stderr, "news2pdf: no input file\n  hint: news2pdf article.xml -o bulletin.pdf\n");
        return COMMAND_WRONG;
    }
    o->preflight = line->preflight;
    if (line->finished)
        return COMMAND_PREFLIGHT;
    if (!o->output && o->dump)
        o->output = "-";
    if (!o->output && !o->handoff) {
        fprintf(stderr, "news2pdf: no output file\n  hint: -o bulletin.pdf\n");
        return COMMAND_WRONG;
    }
    if (o->date && !is_date(o->date)) {
        fprintf(stderr, "news2pdf: --date needs YYYY-MM-DD or YYYY-MM-DDThh:mm:ss, not \"%s\"\n", o->date);
        return COMMAND_WRONG;
    }
    if (o->since && !is_span(o->since) && !is_date(o->since)) {
        fprintf(stderr, "news2pdf: --since needs a span such as 24h, 90m, 2d or 1w, or a date, not \"%s\"\n", o->since);
        return COMMAND_WRONG;
    }
    o->styles = line->styles[0] ? line->styles : NULL;
    o->set = line->set;
    o->allow = line->allow;
    o->ticket = line->ticket;
    return COMMAND_CONVERT;
}

static Command command_of(OptionId id)
{
    return id == OPTION_HELP      ? COMMAND_HELP
           : id == OPTION_VERSION ? COMMAND_VERSION
           : id == OPTION_STYLES  ? COMMAND_STYLES
           : id == OPTION_TARGETS ? COMMAND_TARGETS
           : id == OPTION_FORMATS ? COMMAND_FORMATS
                                  : COMMAND_CONVERT;
}

Command command_line_read(CommandLine *line, int argc, char **argv)
{
    int inputs = 0;
    bool only_files = false;
    line->finished = argc > 1 && strcmp(argv[1], "preflight") == 0;
    for (int i = line->finished ? 2 : 1; i < argc; i++) {
        const char *word = argv[i], *value = NULL;
        int row;
        if (only_files || word[0] != '-' || word[1] == 0) {
            argv[inputs++] = argv[i]; /* what is read is not asked for again */
            continue;
        }
        if (strcmp(word, "--") == 0) {
            only_files = true;
            continue;
        }
        if (word[1] == '-') {
            size_t length = strcspn(word + 2, "=");
            row = find_long(word + 2, length);
            value = word[2 + length] == '=' ? word + 3 + length : NULL;
        } else {
            row = find_short(word[1]);
            value = word[2] ? word + 2 : NULL;
        }
        if (row < 0 || (value && !table[row].value && word[1] != '-')) {
            unknown_option(word);
            return COMMAND_WRONG;
        }
        if (table[row].value && !value) {
            if (i + 1 >= argc) {
                fprintf(stderr, "news2pdf: --%s needs %s\n", table[row].name, table[row].value);
                return COMMAND_WRONG;
            }
            value = argv[++i];
        } else if (!table[row].value && value) {
            fprintf(stderr, "news2pdf: --%s takes no value\n", table[row].name);
            return COMMAND_WRONG;
        }
        if (command_of(table[row].id) != COMMAND_CONVERT)
            return command_of(table[row].id);
        if (!apply(line, table[row].id, value))
            return COMMAND_WRONG;
    }
    argv[inputs] = NULL;
    line->options.input = argv[0];
    line->options.inputs = (const char *const *)argv;
    return finish(line, inputs);
}
