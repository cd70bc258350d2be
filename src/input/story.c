/* The story form (docs/article.md), which the vocabularies' sheets make, as our model; and who may be printed. */
#include "input/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char *filled(Reader *reader, const Node *node, const char *name)
{
    const char *value = node_attribute(node, name);
    value = value ? clean_text(reader->arena, value) : NULL;
    return value && *value ? value : NULL;
}

/* "EN", "en_us" -> "en", "en-US" (BCP 47 as it is usually written). */
const char *language_tag(Reader *reader, const char *text)
{
    if (!text || !((text[0] | 0x20) >= 'a' && (text[0] | 0x20) <= 'z') || strlen(text) > 35)
        return NULL;
    char *tag = arena_string(reader->arena, text, strlen(text));
    bool first = true;
    for (char *part = tag; *part;) {
        size_t length = 0;
        for (; part[length] && part[length] != '-'; length++) {
            if (part[length] == '_') {
                part[length] = '-';
                break;
            }
            char small = (char)(part[length] >= 'A' && part[length] <= 'Z' ? part[length] | 0x20 : part[length]);
            part[length] = small;
            if (!(small >= 'a' && small <= 'z') && !(small >= '0' && small <= '9'))
                return NULL;
        }
        for (size_t i = 0; !first && length == 2 && i < 2; i++)
            part[i] = (char)(part[i] >= 'a' && part[i] <= 'z' ? part[i] - 32 : part[i]);
        if (!first && length == 4 && part[0] >= 'a')
            part[0] = (char)(part[0] - 32);
        first = false;
        part += length + (part[length] == '-');
    }
    return strlen(tag) >= 2 ? tag : NULL;
}

/* ---- bylines: mixed text, names and roles, with spaces where they would run together ---- */
static bool joins(char c)
{
    return c == ' ' || c == ',' || c == '.' || c == ';' || c == ':' || c == ')' || c == '/';
}

static void byline_part(Reader *reader, Node *byline, const Node *part, const char *class_name)
{
    const char *text = part->kind == NODE_TEXT ? clean_text(reader->arena, part->text)
                                               : clean_text(reader->arena, node_text(reader->arena, part));
    if (!*text)
        return;
    Node *into = byline;
    const char *so_far = node_text(reader->arena, byline);
    char last = *so_far ? so_far[strlen(so_far) - 1] : ' ';
    if (last != ' ' && last != '(' && last != '/' && !joins(text[0]))
        node_append_text(reader->arena, byline, " ", 1, part->source);
    if (class_name)
        into = new_element(reader, byline, "span", class_name, part->source);
    node_append_text(reader->arena, into, text, strlen(text), part->source);
}

static Node *byline_from(Reader *reader, const Node *from)
{
    Node *byline = new_element(reader, NULL, "span", NULL, from->source);
    for (const Node *at = from->first; at; at = at->next) {
        bool name = at->kind == NODE_ELEMENT && (strcmp(at->name, "name") == 0 || strcmp(at->name, "person") == 0);
        bool role = at->kind == NODE_ELEMENT && (strcmp(at->name, "role") == 0 || strcmp(at->name, "byttl") == 0);
        byline_part(reader, byline, at, name ? "name" : role ? "role" : NULL);
    }
    return byline->first ? byline : NULL;
}

static Picture picture_from(Reader *reader, const Node *from)
{
    Picture picture = {.src = filled(reader, from, "src"), .alt = filled(reader, from, "alt"), .source = from->source};
    const char *width = node_attribute(from, "width"), *height = node_attribute(from, "height");
    picture.width = width ? (int)strtol(width, NULL, 10) : 0;
    picture.height = height ? (int)strtol(height, NULL, 10) : 0;
    for (const Node *child = from->first; child; child = child->next) {
        if (node_is(child, "caption") && !picture.caption)
            picture.caption = inline_from(reader, child);
        else if (node_is(child, "credit") && !picture.credit)
            picture.credit = inline_from(reader, child);
    }
    return picture;
}

static void add_inline(Reader *reader, NodeList *list, Node *node)
{
    if (node)
        VEC_PUSH(reader->arena, *list, node);
}

/* br and paragraphs part decks. */
void story_add_decks(Reader *reader, Story *story, const Node *from)
{
    Node *blocks = blocks_from(reader, from, NULL);
    for (Node *block = blocks->first; block; block = block->next) {
        if (!node_is(block, "p"))
            continue;
        Node *deck = new_element(reader, NULL, "span", NULL, block->source);
        for (Node *child = block->first, *next; child; child = next) {
            next = child->next;
            node_remove(child);
            if (node_is(child, "br")) {
                add_inline(reader, &story->decks, inline_from(reader, deck));
                deck = new_element(reader, NULL, "span", NULL, block->source);
            } else {
                Node one = {0};
                one.first = one.last = child;
                child->parent = &one;
                node_move_children(&one, deck);
            }
        }
        add_inline(reader, &story->decks, inline_from(reader, deck));
    }
}

static void read_part(Reader *reader, Story *story, const Node *part)
{
    Arena *arena = reader->arena;
    if (node_is(part, "kicker") && !story->kicker) {
        story->kicker = inline_from(reader, part);
    } else if (node_is(part, "headline") && !story->headline) {
        story->headline = inline_from(reader, part);
    } else if (node_is(part, "deck")) {
        story_add_decks(reader, story, part);
    } else if (node_is(part, "byline")) {
        add_inline(reader, &story->bylines, byline_from(reader, part));
    } else if (node_is(part, "dateline")) {
        add_inline(reader, &story->datelines, inline_from(reader, part));
    } else if (node_is(part, "copyright")) {
        add_inline(reader, &story->copyrights, inline_from(reader, part));
    } else if (node_is(part, "keyword")) {
        const char *word = clean_text(arena, node_text(arena, part));
        if (*word)
            story->keywords = story->keywords ? arena_format(arena, "%s, %s", story->keywords, word) : word;
    } else if (node_is(part, "picture")) {
        Picture picture = picture_from(reader, part);
        if (picture.src)
            VEC_PUSH(arena, story->pictures, picture);
    } else if (node_is(part, "side")) {
        if (story->side)
            node_move_children(blocks_from(reader, part, node_attribute(part, "base")), story->side);
        else
            story->side = blocks_from(reader, part, node_attribute(part, "base"));
    } else if (node_is(part, "body") && !(story->body && story->body->first)) {
        story->body = blocks_from(reader, part, node_attribute(part, "base"));
    }
}

static Story *story_read(Reader *reader, const Node *form)
{
    Story *story = NEW(reader->arena, Story);
    story->source = form->source;
    story->guid = filled(reader, form, "guid");
    story->language = language_tag(reader, filled(reader, form, "lang"));
    story->direction = filled(reader, form, "dir");
    story->urgency = filled(reader, form, "urgency");
    story->status = filled(reader, form, "status");
    for (char *c = (char *)story->status; c && *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c | 0x20 : *c);
    story->section = filled(reader, form, "section");
    story->date = filled(reader, form, "date") ? date_iso(reader->arena, filled(reader, form, "date")) : NULL;
    story->updated = filled(reader, form, "updated") ? date_iso(reader->arena, filled(reader, form, "updated")) : NULL;
    story->embargoed = node_attribute(form, "embargo") != NULL;
    story->embargo = filled(reader, form, "embargo") ? date_iso(reader->arena, filled(reader, form, "embargo")) : NULL;
    if (filled(reader, form, "embargo") && !story->embargo)
        story->embargoed = false; /* not a date: template text such as YYYYMMDD */
    story->publication = filled(reader, form, "publication");
    story->correction = filled(reader, form, "correction");
    story->slug = filled(reader, form, "slug");
    for (const Node *part = form->first; part; part = part->next)
        if (part->kind == NODE_ELEMENT)
            read_part(reader, story, part);
    if (!story->body)
        story->body = new_element(reader, NULL, "div", "body", form->source);
    return story;
}

Edition *edition_read(Reader *reader, const Node *form)
{
    Edition *edition = NEW(reader->arena, Edition);
    edition->title = filled(reader, form, "title");
    edition->publication = filled(reader, form, "publication");
    edition->language = language_tag(reader, filled(reader, form, "lang"));
    edition->date = filled(reader, form, "date") ? date_iso(reader->arena, filled(reader, form, "date")) : NULL;
    edition->copyright = filled(reader, form, "copyright");
    edition->name = filled(reader, form, "name");
    edition->number = filled(reader, form, "number");
    for (const Node *child = form->first; child; child = child->next) {
        if (!node_is(child, "story"))
            continue;
        Story *story = story_read(reader, child);
        if (!story->language)
            story->language = edition->language;
        if (!story->copyrights.count && edition->copyright)
            add_inline(reader, &story->copyrights, inline_text(reader, edition->copyright, child->source));
        VEC_PUSH(reader->arena, edition->stories, story);
    }
    return edition;
}

/* ---- editorial status ---- */
static int64_t now(Reader *reader)
{
    return reader->request->now ? input_date_seconds(reader->request->now) : (int64_t)time(NULL);
}

static bool refuse(Reader *reader, const Story *story, const char *code, const char *text)
{
    if (reader->request->one_of_many && !reader->request->force) {
        diag_hint(reader->diag, diag_warn(reader->diag, code, story->source, "%s; it is left out", text),
                  "--force prints it all the same");
        return true;
    }
    if (reader->request->force) {
        diag_warn(reader->diag, code, story->source, "%s; printed by force", text);
        return false;
    }
    diag_hint(reader->diag, diag_error(reader->diag, code, story->source, "%s", text),
              "--force prints it all the same");
    return true;
}

bool story_may_print(Reader *reader, const Story *story)
{
    bool refused = false;
    const char *status = story->status ? story->status : "";
    if (contains_nocase(status, "cancel") || contains_nocase(status, "kill"))
        refused |= refuse(reader, story, "canceled", "this story is canceled");
    if (contains_nocase(status, "withheld") || (contains_nocase(status, "embargoed") && !story->embargoed))
        refused |=
            refuse(reader, story, "withheld", arena_format(reader->arena, "the status of this story is '%s'", status));
    if (story->embargoed && !story->embargo)
        refused |= refuse(reader, story, "embargoed", "this story is embargoed until further notice");
    else if (story->embargoed && input_date_seconds(story->embargo) > now(reader))
        refused |= refuse(reader, story, "embargoed",
                          arena_format(reader->arena, "this story is embargoed until %s", story->embargo));
    return !refused;
}
