/* Wire text: IPTC 7901 and ANPA 1312.
 *   SOH header, keywords   STX status lines, headline, byline   text in hard lines   notes to editors ETX time
 * The head of the text ends at a blank or an indented line; "=" or "+" ends a headline. Lines are joined to paragraphs,
 * which a blank line or an indent begins. In ANPA "^" may begin a line of its own, however often it is broken, and "<" or
 * "=" end it. What stands from the notebook on is not for publication. */
#include "input/internal.h"

#include <stdio.h>
#include <stdlib.h>

enum { SOH = 1, STX = 2, ETX = 3, EOT = 4, US = 31 };

typedef struct {
    Reader *reader;
    const char *at, *end;
    int number; /* of the next line */
    Node *story, *body;
    Buffer paragraph;
    Source start;
    bool table; /* the paragraph is one: its lines stay */
} Wire;

bool is_wire(const char *text)
{
    while (is_space((unsigned char)*text) || *text == 0x16) /* SYN */
        text++;
    return *text == SOH && strchr(text, STX) != NULL;
}

static const char *next_line(Wire *wire)
{
    const char *line = wire->at;
    size_t length = plain_line(line, wire->end, &wire->at);
    wire->number++;
    char *copy = arena_string(wire->reader->arena, line, length);
    for (char *c = copy; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    return copy;
}

static Source here(const Wire *wire)
{
    return place(wire->reader, wire->number, 1);
}

static size_t indent_of(const char *line)
{
    return strspn(line, " \t");
}

/* ---- the header ---- */
/* "eca100 3 s 586": the priority is a digit of its own; "u s BC-...": ANPA's is a letter. */
static const char *urgency_of(Arena *arena, const char *line)
{
    static const char letters[] = "fburd";
    const char *space = strchr(line, ' ');
    const char *letter = *line && line[1] == ' ' ? strchr(letters, *line) : NULL;
    if (letter)
        return arena_format(arena, "%d", (int)(letter - letters) + 1);
    if (space && space[1] >= '1' && space[1] <= '8' && space[2] == ' ')
        return arena_string(arena, space + 1, 1);
    return NULL;
}

/* "Germany-football/Munich/Mueller/" */
static void add_keywords(Wire *wire, const char *line)
{
    for (const char *part = line; *part;) {
        size_t length = strcspn(part, "/");
        const char *word = clean_text(wire->reader->arena, arena_string(wire->reader->arena, part, length));
        if (*word)
            form_part(wire->reader, wire->story, "keyword", word, here(wire));
        part += length + (part[length] == '/');
    }
}

static void read_header(Wire *wire)
{
    const char *stop = wire->end;
    wire->end = memchr(wire->at, STX, (size_t)(stop - wire->at));
    const char *urgency = NULL;
    while (wire->at < wire->end) {
        const char *line = next_line(wire);
        line += indent_of(line);
        urgency = urgency ? urgency : urgency_of(wire->reader->arena, line);
        if (strchr(line, '/'))
            add_keywords(wire, line);
    }
    set_attribute(wire->reader, wire->story, "urgency", urgency);
    wire->at = wire->end + 1;
    wire->number -= wire->number > 0 && wire->at[-2] != '\n'; /* the line of STX goes on */
    wire->end = stop;
}

/* ---- the head of the text ---- */
/* "1ST LEAD", "3RD NET", "URGENT", "CORRECTION": capitals only, one of the desk's words. */
static bool is_status(const char *line, const char **correction)
{
    static const struct {
        const char *word, *means;
    } words[] = {{"CORRECT", "correction"},
                 {"REFILE", "correction"},
                 {"LEAD", "update"},
                 {"UPDATE", "update"},
                 {"WRITETHRU", "update"},
                 {"NET", ""},
                 {"URGENT", ""},
                 {"ADV", ""},
                 {"TAKE", ""},
                 {"SNAP", ""},
                 {"FLASH", ""},
                 {"BULLETIN", ""}};
    for (const char *c = line; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            return false;
    for (size_t i = 0; strlen(line) < 40 && i < sizeof words / sizeof *words; i++)
        if (strstr(line, words[i].word)) {
            *correction = *words[i].means ? words[i].means : *correction;
            return true;
        }
    return false;
}

/* Without the sign at its end that says it is complete. */
static char *without_end_sign(Arena *arena, const char *line, bool *ended)
{
    char *text = clean_text(arena, line);
    size_t length = strlen(text);
    *ended = length && (text[length - 1] == '=' || text[length - 1] == '+');
    while (length && (text[length - 1] == '=' || text[length - 1] == '+' || text[length - 1] == ' '))
        text[--length] = 0;
    return text;
}

/* A slug is one word: "BC-Soccer-Emperor's-Cup". */
static bool is_slug(const char *text)
{
    return !strchr(text, ' ') && strchr(text, '-');
}

/* "BC-US--Storm, 1st Ld-Writethru,0123": the cycle it is for, the subject, and which version it is. */
static bool is_cycle_slug(const char *text, const char **correction)
{
    static const char *const cycles[] = {"AM-", "BC-", "PM-"};
    for (size_t i = 0; i < sizeof cycles / sizeof *cycles; i++)
        if (strncmp(text, cycles[i], 3) == 0) {
            if (strstr(text, " Ld") || contains_nocase(text, "writethru"))
                *correction = "update";
            if (contains_nocase(text, "correct"))
                *correction = "correction";
            return true;
        }
    return false;
}

static bool is_note(const char *text)
{
    return starts_nocase(text, "eds:") || starts_nocase(text, "eds.:") || starts_nocase(text, "editors:");
}

/* The whole of a line that "^" begins, without that and "<"; NULL: it begins with none. */
static const char *marked_line(Wire *wire, const char *line)
{
    if (*line != '^')
        return NULL;
    Buffer out = {.arena = wire->reader->arena};
    for (line++;; line = next_line(wire)) {
        char *text = clean_text(wire->reader->arena, line);
        size_t length = strlen(text);
        bool last = length && text[length - 1] == '<';
        text[length - last] = 0;
        if (out.size)
            buffer_text(&out, " ");
        buffer_text(&out, text);
        Wire behind = *wire;
        const char *next = wire->at < wire->end ? next_line(&behind) : "";
        if (last || (length && text[length - 1] == '=') || *next == '^' || indent_of(next) > 1 ||
            is_blank(next, strlen(next)))
            return out.data;
    }
}

/* A line of the head that stands for itself behind the headline: of the byline, what the reporter is; else a deck. */
static void add_marked(Wire *wire, Node *byline, const char *text)
{
    if (!byline) {
        form_part(wire->reader, wire->story, "deck", text, here(wire));
        return;
    }
    Node *name = byline->first;
    if (name == byline->last) { /* so far "By JO DAY" */
        size_t by = by_length(name->text, NULL);
        form_part(wire->reader, byline, "name", name->text + by, name->source);
        name->text = arena_string(wire->reader->arena, name->text, by);
        name->text_size = by;
    }
    node_append_text(wire->reader->arena, byline, ", ", 2, here(wire));
    form_part(wire->reader, byline, "role", text, here(wire));
}

static void read_head(Wire *wire)
{
    const char *headline = NULL, *correction = NULL;
    Node *byline = NULL;
    Source source = here(wire);
    for (bool complete = false; wire->at < wire->end;) {
        Wire before = *wire;
        const char *line = next_line(wire);
        bool ended, blank = is_blank(line, strlen(line));
        if ((blank && headline) || indent_of(line) > 1 || (line[0] == '=' && line[1] == '=')) {
            *wire = before;
            break;
        }
        const char *marked = marked_line(wire, line);
        const char *text = without_end_sign(wire->reader->arena, marked ? marked : line, &ended);
        if (blank || is_note(text) ||
            (!headline && (is_status(text, &correction) || is_slug(text) || is_cycle_slug(text, &correction))))
            continue;
        if (headline && by_length(text, NULL)) {
            byline = form_part(wire->reader, wire->story, "byline", text, here(wire));
            complete = true;
        } else if (complete && marked) {
            add_marked(wire, byline, text);
        } else if (complete) { /* the text begins without a mark */
            *wire = before;
            break;
        } else {
            if (!headline)
                source = here(wire);
            headline = headline ? arena_format(wire->reader->arena, "%s %s", headline, text) : text;
            complete = ended || marked;
        }
    }
    form_part(wire->reader, wire->story, "headline", headline, source);
    set_attribute(wire->reader, wire->story, "correction", correction);
}

/* ---- the text ---- */
static void end_paragraph(Wire *wire)
{
    if (wire->paragraph.size && !is_note(wire->paragraph.data)) {
        Node *block = new_element(wire->reader, wire->body, wire->table ? "pre" : "p", NULL, wire->start);
        node_append_text(wire->reader->arena, block, wire->paragraph.data, wire->paragraph.size, wire->start);
    }
    wire->paragraph = (Buffer){.arena = wire->reader->arena};
    wire->table = false;
}

/* Columns: two gaps of three blanks or more within a line. */
static bool is_table_line(const char *line)
{
    int gaps = 0;
    for (const char *at = line + indent_of(line); (at = strstr(at, "   ")) != NULL;) {
        at += indent_of(at);
        gaps += *at != 0;
    }
    return gaps >= 2;
}

static bool ends_text(const char *line)
{
    return (line[0] == '#' && contains_nocase(line, "note")) || starts_nocase(line, "* * * *");
}

static void add_line(Wire *wire, const char *line)
{
    bool table = is_table_line(line);
    bool begins = !table && (indent_of(line) > 1 || (line[0] == '=' && line[1] == '='));
    if (begins || table != wire->table)
        end_paragraph(wire);
    wire->table = table;
    Buffer *out = &wire->paragraph;
    if (!out->size)
        wire->start = here(wire);
    else if (table)
        buffer_text(out, "\n");
    else if (out->data[out->size - 1] != '-')
        buffer_text(out, " ");
    if (table)
        buffer_text(out, line);
    else
        buffer_text(out, clean_text(wire->reader->arena, line));
}

static void read_text(Wire *wire)
{
    wire->body = form_part(wire->reader, wire->story, "body", NULL, here(wire));
    while (wire->at < wire->end) {
        const char *line = next_line(wire);
        if (ends_text(line))
            break;
        const char *marked = marked_line(wire, line);
        if (marked || is_blank(line, strlen(line)))
            end_paragraph(wire);
        if (marked || !is_blank(line, strlen(line)))
            add_line(wire, marked ? marked : line);
        if (marked)
            end_paragraph(wire);
    }
    end_paragraph(wire);
}

/* "071341 GMT Okt 15" behind ETX: day, hour, minute, zone, month, year. */
static void read_time(Wire *wire, const char *at)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
                                         "Sep", "Oct", "Nov", "Dec", "Mai", "Okt", "Dez", "Mrz"};
    static const int numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 5, 10, 12, 3};
    int day, hour, minute, year;
    char zone[8], month[8];
    if (sscanf(at, "%2d%2d%2d %4[A-Z] %3s %2d", &day, &hour, &minute, zone, month, &year) != 6 ||
        (strcmp(zone, "GMT") != 0 && strcmp(zone, "UTC") != 0))
        return;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (text_equal_nocase(month, months[i]))
            set_attribute(wire->reader, wire->story, "date",
                          arena_format(wire->reader->arena, "20%02d-%02d-%02dT%02d:%02d:00Z", year, numbers[i], day,
                                       hour, minute));
}

Node *wire_read(Reader *reader, const char *text, size_t size)
{
    Source first = place(reader, 1, 1);
    Node *edition = form_part(reader, NULL, "edition", NULL, first);
    Wire wire = {.reader = reader, .at = text, .end = text + size, .number = 0};
    wire.paragraph.arena = reader->arena;
    wire.story = form_part(reader, edition, "story", NULL, first);
    if (memchr(text, STX, size))
        read_header(&wire);
    const char *stop = memchr(wire.at, ETX, (size_t)(wire.end - wire.at));
    if (stop) {
        read_time(&wire, stop + 1);
        wire.end = stop;
    }
    read_head(&wire);
    read_text(&wire);
    return edition;
}
