/* Paragraphs that are headings in all but name: short, bold all over, or between dashes, with text behind them. */
#include "input/internal.h"

enum { LONGEST = 90 }; /* characters */

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

bool ends_open(const char *text)
{
    static const char *const ends[] = {".", ":", ";", ",", "…", "。", "、", "：", "؛", "،", "|", ")", "）", "]", NULL};
    size_t size = strlen(text);
    for (int i = 0; ends[i]; i++)
        if (size >= strlen(ends[i]) && strcmp(text + size - strlen(ends[i]), ends[i]) == 0)
            return false;
    return size > 0;
}

static bool all_bold(const Node *paragraph)
{
    for (const Node *at = paragraph->first; at; at = node_after(at, paragraph)) {
        bool bold = false;
        for (const Node *up = at->parent; at->kind == NODE_TEXT && up != paragraph && !bold; up = up->parent)
            bold = node_is(up, "b") || node_is(up, "strong");
        if ((at->kind == NODE_TEXT && !bold && !is_blank(at->text, at->text_size)) || node_is(at, "br"))
            return false;
    }
    return paragraph->first != NULL;
}

/* "- A heading -", as agencies send them in plain text: what stands between the dashes; NULL: no such. */
static const char *between_dashes(Reader *reader, const char *text)
{
    static const char *const dashes[] = {"- ", "– ", "— ", "= ", "* ", NULL};
    size_t size = strlen(text);
    for (int i = 0; dashes[i]; i++) {
        size_t length = strlen(dashes[i]);
        bool closed = size > 2 * length && strncmp(text, dashes[i], length) == 0 && text[size - length] == ' ' &&
                      strncmp(text + size - length + 1, dashes[i], length - 1) == 0;
        if (closed)
            return clean_text(reader->arena, arena_string(reader->arena, text + length, size - 2 * length));
    }
    return NULL;
}

static void make_heading(Reader *reader, Node *paragraph, const char *text)
{
    Node *heading = new_element(reader, paragraph->parent, "h3", "subhead", paragraph->source);
    node_insert_before(heading, paragraph);
    node_remove(paragraph);
    node_append_text(reader->arena, heading, text, strlen(text), paragraph->source);
}

static bool like_a_heading(const Node *paragraph, const char *text)
{
    return node_is(paragraph, "p") && paragraph->previous && paragraph->next && node_is(paragraph->next, "p") &&
           characters(text) >= 3 && characters(text) <= LONGEST;
}

void story_mark_subheads(Reader *reader, Story *story)
{
    NodeList bold = {0};
    int paragraphs = 0;
    for (Node *at = story->body->first, *next; at; at = next) {
        next = at->next;
        const char *text = node_is(at, "p") ? clean_text(reader->arena, node_text(reader->arena, at)) : "";
        paragraphs += node_is(at, "p");
        if (!like_a_heading(at, text))
            continue;
        const char *inside = between_dashes(reader, text);
        if (inside && *inside)
            make_heading(reader, at, inside);
        else if (all_bold(at) && !all_bold(next) && ends_open(text))
            VEC_PUSH(reader->arena, bold, at);
    }
    for (int i = 0; i < bold.count && bold.count * 3 <= paragraphs; i++)
        make_heading(reader, bold.at[i], clean_text(reader->arena, node_text(reader->arena, bold.at[i])));
}
