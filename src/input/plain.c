/* Plain text as paragraphs, and as an article. */
#include "input/internal.h"

/* The line at `at` without its end; *next: behind it. */
size_t plain_line(const char *at, const char *end, const char **next)
{
    const char *stop = at;
    while (stop < end && *stop != '\n' && *stop != '\r')
        stop++;
    *next = stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n' ? stop + 2 : stop < end ? stop + 1 : stop;
    return (size_t)(stop - at);
}

static bool has_blank_line(const char *text, const char *end)
{
    bool begun = false, blank = false;
    while (text < end) {
        const char *line = text;
        size_t length = plain_line(line, end, &text);
        bool empty = is_blank(line, length);
        if (begun && blank && !empty)
            return true;
        begun |= !empty;
        blank = empty;
    }
    return false;
}

static void end_paragraph(Reader *reader, Node *holder, Buffer *text, Source source)
{
    if (text->size) {
        Node *p = new_element(reader, holder, "p", NULL, source);
        node_append_text(reader->arena, p, text->data, text->size, source);
    }
    *text = (Buffer){.arena = reader->arena};
}

Node *text_paragraphs(Reader *reader, const char *text, size_t size, Source source)
{
    Node *holder = new_element(reader, NULL, "div", NULL, source);
    const char *end = text + size;
    bool by_blank_lines = has_blank_line(text, end);
    Buffer paragraph = {.arena = reader->arena};
    int line_number = source.line;
    Source start = source;
    for (; text < end; line_number++) {
        const char *line = text;
        size_t length = plain_line(line, end, &text);
        bool empty = is_blank(line, length);
        if (empty || !by_blank_lines)
            end_paragraph(reader, holder, &paragraph, start);
        if (empty)
            continue;
        if (!paragraph.size)
            start = source.column == 1 ? (Source){source.file, line_number, 1} : source;
        if (paragraph.size)
            buffer_text(&paragraph, " ");
        buffer_add(&paragraph, line, length);
    }
    end_paragraph(reader, holder, &paragraph, start);
    return holder;
}

Node *form_part(Reader *reader, Node *story, const char *name, const char *text, Source source)
{
    Node *part = new_element(reader, story, name, NULL, source);
    if (text && *text)
        node_append_text(reader->arena, part, text, strlen(text), source);
    return part;
}

/* "© 2024 The Daily", "<Copyright ...>": a short line that claims rights. */
bool is_copyright_line(const char *text)
{
    return strlen(text) < 240 && (strstr(text, "©") || strstr(text, "ⓒ") || strstr(text, "저작권") ||
                                  starts_nocase(text, "(c) ") || contains_nocase(text, "copyright "));
}

static bool is_title(const char *text)
{
    size_t length = strlen(text);
    return length && length <= 250 && text[length - 1] != '.' && text[length - 1] != ':';
}

/* The first line is the headline, where it is short and no sentence; a last line with a copyright is that. A byline
 * behind the headline is found as in every other article. */
Node *plain_read(Reader *reader, const char *text, size_t size)
{
    Source source = place(reader, 1, 1);
    const char *end = text + size, *rest = text, *line = text;
    size_t length = 0;
    int lines = 0;
    for (; rest < end && is_blank(line, length); lines++) {
        line = rest;
        length = plain_line(line, end, &rest);
    }
    Node *edition = form_part(reader, NULL, "edition", NULL, source),
         *story = form_part(reader, edition, "story", NULL, source);
    const char *first = clean_text(reader->arena, arena_string(reader->arena, line, length));
    source.line = lines > 0 ? lines : 1;
    if (is_title(first)) {
        form_part(reader, story, "headline", first, source);
        source.line++;
    } else {
        rest = line;
    }
    Node *body = form_part(reader, story, "body", NULL, source);
    node_move_children(text_paragraphs(reader, rest, (size_t)(end - rest), source), body);
    const char *last = body->last ? node_text(reader->arena, body->last) : "";
    if (is_copyright_line(last)) {
        form_part(reader, story, "copyright", last, body->last->source);
        node_remove(body->last);
    }
    return edition;
}
