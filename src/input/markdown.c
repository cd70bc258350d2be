/* Markdown (CommonMark, by cmark), with the fields of an article as YAML front matter (by libyaml). */
#include "input/internal.h"

#include <cmark.h>
#include <stdlib.h>
#include <yaml.h>

/* ---- the text ---- */
/* data-sourcepos="3:1-4:20" to the place of the element; lines count from `first`. */
static void take_places(Node *top, Source first)
{
    for (Node *at = top->first; at; at = (Node *)node_after(at, top)) {
        const char *position = at->kind == NODE_ELEMENT ? node_attribute(at, "data-sourcepos") : NULL;
        char *rest;
        long line = position ? strtol(position, &rest, 10) : 0;
        if (line > 0 && first.column == 1 && *rest == ':')
            at->source = (Source){first.file, first.line + (int)line - 1, (int)strtol(rest + 1, NULL, 10)};
        else if (at->parent && at->parent != top)
            at->source = at->parent->source;
    }
}

Node *markdown_blocks(Reader *reader, const char *text, size_t size, Source source)
{
    char *html = cmark_markdown_to_html(text, size, CMARK_OPT_UNSAFE | CMARK_OPT_SOURCEPOS | CMARK_OPT_VALIDATE_UTF8);
    const char *copy = arena_string(reader->arena, html, strlen(html));
    free(html);
    Node *holder = html_fragment(reader, copy, strlen(copy), source);
    take_places(holder, source);
    return holder;
}

/* ---- the fields ---- */
static const struct {
    const char *key, *part; /* part "@name": an attribute of the story; "picture@name": of the picture */
} fields[] = {
    {"title", "headline"},
    {"headline", "headline"},
    {"subtitle", "deck"},
    {"deck", "deck"},
    {"decks", "deck"},
    {"description", "deck"},
    {"summary", "deck"},
    {"standfirst", "deck"},
    {"kicker", "kicker"},
    {"author", "byline"},
    {"authors", "byline"},
    {"byline", "byline"},
    {"dateline", "dateline"},
    {"location", "dateline"},
    {"place", "dateline"},
    {"copyright", "copyright"},
    {"rights", "copyright"},
    {"tags", "keyword"},
    {"keywords", "keyword"},
    {"categories", "@section"},
    {"category", "@section"},
    {"section", "@section"},
    {"date", "@date"},
    {"published", "@date"},
    {"updated", "@updated"},
    {"lastmod", "@updated"},
    {"modified", "@updated"},
    {"lang", "@lang"},
    {"language", "@lang"},
    {"publication", "@publication"},
    {"status", "@status"},
    {"embargo", "@embargo"},
    {"urgency", "@urgency"},
    {"priority", "@urgency"},
    {"correction", "@correction"},
    {"guid", "@guid"},
    {"id", "@guid"},
    {"image", "picture@src"},
    {"photo", "picture@src"},
    {"cover", "picture@src"},
    {"picture", "picture@src"},
    {"alt", "picture@alt"},
    {"caption", "caption"},
    {"credit", "credit"},
};

static Node *picture_part(Reader *reader, Node *story, Source source)
{
    for (Node *child = story->first; child; child = child->next)
        if (node_is(child, "picture"))
            return child;
    return form_part(reader, story, "picture", NULL, source);
}

/* Keys of a mapping within a field name the part too: author: {name: ...}, image: {src: ..., caption: ...}. */
static void take_field(Reader *reader, Node *story, const char *outer, const char *key, const char *value,
                       Source source)
{
    const char *part = NULL;
    bool picture = outer && (strcmp(outer, "image") == 0 || strcmp(outer, "photo") == 0 ||
                             strcmp(outer, "cover") == 0 || strcmp(outer, "picture") == 0);
    if (picture && (strcmp(key, "src") == 0 || strcmp(key, "url") == 0 || strcmp(key, "path") == 0 ||
                    strcmp(key, "image") == 0 || strcmp(key, "file") == 0))
        part = "picture@src";
    if (outer && !picture)
        key = strcmp(key, "name") == 0 ? outer : "";
    for (size_t i = 0; !part && i < sizeof fields / sizeof *fields; i++)
        if (text_equal_nocase(key, fields[i].key))
            part = fields[i].part;
    if (!part || !*value)
        return;
    const char *at = strchr(part, '@');
    if (at == part) {
        if (!node_attribute(story, at + 1))
            set_attribute(reader, story, at + 1, value);
    } else if (at) {
        set_attribute(reader, picture_part(reader, story, source), at + 1, value);
    } else {
        bool inside = strcmp(part, "caption") == 0 || strcmp(part, "credit") == 0;
        form_part(reader, inside ? picture_part(reader, story, source) : story, part, value, source);
    }
}

typedef struct {
    Reader *reader;
    Node *story;
    yaml_parser_t parser;
    int first_line; /* of the front matter in the file */
    char *keys[2];  /* the mapping's key, and one of a mapping within it */
    int depth, lists;
    bool value; /* the next scalar is a value */
} Front;

static void on_scalar(Front *front, const yaml_event_t *event)
{
    char *text = arena_string(front->reader->arena, (const char *)event->data.scalar.value, event->data.scalar.length);
    if (front->depth < 1 || front->depth > 2)
        return;
    if (!front->value) {
        front->keys[front->depth - 1] = text;
        front->value = true;
        return;
    }
    Source source =
        place(front->reader, front->first_line + (int)event->start_mark.line, (int)event->start_mark.column + 1);
    bool inner = front->depth == 2;
    take_field(front->reader, front->story, inner ? front->keys[0] : NULL, front->keys[front->depth - 1], text, source);
    front->value = front->lists > 0;
}

enum { FRONT_DEPTH = 40 }; /* libyaml takes time by the square of the depth */

/* True while there is more. */
static bool front_event(Front *front)
{
    yaml_event_t event;
    if (!yaml_parser_parse(&front->parser, &event)) {
        diag_warn(front->reader->diag, "front-matter",
                  place(front->reader, front->first_line + (int)front->parser.problem_mark.line,
                        (int)front->parser.problem_mark.column + 1),
                  "%s", front->parser.problem ? front->parser.problem : "not readable as YAML");
        return false;
    }
    switch (event.type) {
    case YAML_SCALAR_EVENT: on_scalar(front, &event); break;
    case YAML_MAPPING_START_EVENT:
        front->depth++;
        front->value = false;
        break;
    case YAML_MAPPING_END_EVENT:
        front->depth--;
        front->value = front->lists > 0;
        break;
    case YAML_SEQUENCE_START_EVENT:
        front->lists++;
        front->value = true;
        break;
    case YAML_SEQUENCE_END_EVENT:
        front->lists--;
        front->value = false;
        break;
    default: break;
    }
    bool more = event.type != YAML_STREAM_END_EVENT && front->depth + front->lists < FRONT_DEPTH;
    yaml_event_delete(&event);
    return more;
}

static void close_front(void *parser)
{
    yaml_parser_delete(parser);
}

static void read_front(Reader *reader, Node *story, const char *text, size_t size)
{
    Front *front = NEW(reader->arena, Front);
    *front = (Front){.reader = reader, .story = story, .first_line = 2};
    if (!yaml_parser_initialize(&front->parser))
        return;
    arena_at_free(reader->arena, close_front, &front->parser);
    yaml_parser_set_input_string(&front->parser, (const unsigned char *)text, size);
    while (front_event(front))
        continue;
}

/* "---" on the first line to "---" or "..." on a line: what stands between. NULL: none. */
static const char *front_matter(const char *text, const char *end, size_t *size, const char **rest)
{
    const char *next;
    if (plain_line(text, end, &next) < 3 || strncmp(text, "---", 3) != 0 ||
        !is_blank(text + 3, plain_line(text + 3, end, &next)))
        return NULL;
    for (const char *start = next, *line; next < end;) {
        line = next;
        size_t length = plain_line(line, end, &next);
        if (length >= 3 && (strncmp(line, "---", 3) == 0 || strncmp(line, "...", 3) == 0) &&
            is_blank(line + 3, length - 3)) {
            *size = (size_t)(line - start);
            *rest = next;
            return start;
        }
    }
    return NULL;
}

/* ---- recognising ---- */
/* Front matter, a heading, a picture or a link that no plain text has. */
bool is_markdown(const char *text)
{
    const char *end = text + strlen(text), *rest;
    size_t size;
    if (front_matter(text, end, &size, &rest))
        return true;
    for (const char *line = text; line < end; line = rest) {
        size_t length = plain_line(line, end, &rest), marks = strspn(line, "#");
        if ((marks >= 1 && marks <= 6 && line[marks] == ' ') || strncmp(line, "![", 2) == 0)
            return true;
        const char *link = memchr(line, ']', length);
        while (link && link[1] != '(')
            link = memchr(link + 1, ']', (size_t)(line + length - link - 1));
        if (link)
            return true;
    }
    return false;
}

static int lines_between(const char *from, const char *to)
{
    int lines = 0;
    for (const char *at = from; at < to; at++)
        lines += *at == '\n';
    return lines;
}

Node *markdown_read(Reader *reader, const char *text, size_t size)
{
    const char *end = text + size, *rest = text;
    size_t length;
    Source first = place(reader, 1, 1);
    Node *edition = form_part(reader, NULL, "edition", NULL, first),
         *story = form_part(reader, edition, "story", NULL, first);
    const char *front = front_matter(text, end, &length, &rest);
    if (front)
        read_front(reader, story, front, length);
    first.line += lines_between(text, rest);
    Node *blocks = markdown_blocks(reader, rest, (size_t)(end - rest), first), *top = blocks->first;
    while (top && top->kind == NODE_TEXT)
        top = top->next;
    bool titled = false;
    for (const Node *part = story->first; part; part = part->next)
        titled |= node_is(part, "headline");
    if (top && node_is(top, "h1") && !titled) {
        Node *headline = form_part(reader, story, "headline", NULL, top->source);
        node_remove(top);
        node_move_children(top, headline);
    }
    node_move_children(blocks, form_part(reader, story, "body", NULL, first));
    return edition;
}
