/* An edition as article HTML (docs/article.md), with the document's information. */
#include "base/unicode.h"
#include "input/internal.h"

#include <stdlib.h>

static void add_text(Reader *reader, Node *parent, const char *text)
{
    if (text && *text)
        node_append_text(reader->arena, parent, text, strlen(text), parent->source);
}

static Node *add_content(Reader *reader, Node *parent, const char *name, const char *class_name, Node *content)
{
    if (!content)
        return NULL;
    Node *made = new_element(reader, parent, name, class_name, content->source);
    node_move_children(content, made);
    return made;
}

static const char *first_of(const char *a, const char *b)
{
    return a && *a ? a : b && *b ? b : NULL;
}

/* How long a line of display type is, in Latin letters (wide ones count two): a style sheet can't count. `limits`: of
 * short, medium, long. */
static const char *length_word(const char *text, const int limits[3])
{
    int letters = 0;
    for (const char *end = text + strlen(text); text < end;)
        letters += unicode_is_wide(utf8_next(&text, end)) ? 2 : 1;
    return letters <= limits[0] ? "short" : letters <= limits[1] ? "medium" : letters <= limits[2] ? "long" : "huge";
}

static const char *headline_length(Reader *reader, const Story *story)
{
    const char *text = story->headline ? node_text(reader->arena, story->headline) : reader->request->headline;
    return text ? length_word(text, (const int[3]){60, 90, 150}) : NULL;
}

static void write_masthead(Reader *reader, Node *body, const Edition *edition, const Story *first)
{
    const char *publication = first_of(edition->publication, first ? first->publication : NULL);
    const char *date = first_of(edition->date, first ? first_of(first->date, first->updated) : NULL);
    const char *words = date_words(reader->arena, date, first_of(edition->language, first ? first->language : NULL));
    if (!publication && !words && !edition->name && !edition->number)
        return;
    Node *masthead = new_element(reader, body, "header", "masthead", body->source);
    if (publication) {
        Node *name = new_element(reader, masthead, "p", "publication", body->source);
        set_attribute(reader, name, "data-length", length_word(publication, (const int[3]){20, 30, 45}));
        add_text(reader, name, publication);
    }
    if (words) {
        Node *line = new_element(reader, masthead, "p", "date", body->source);
        set_attribute(reader, line, "data-date", date);
        if (strlen(date) >= 16) /* 2026-11-24T06:00 */
            set_attribute(reader, line, "data-time", arena_string(reader->arena, date + 11, 5));
        add_text(reader, line, words);
    }
    if (edition->name || edition->number) {
        Node *line = new_element(reader, masthead, "p", "issue", body->source);
        if (edition->number)
            add_text(reader, new_element(reader, line, "span", "number", body->source), edition->number);
        if (edition->name)
            add_text(reader, new_element(reader, line, "span", "name", body->source), edition->name);
    }
}

static bool same_section(const Story *a, const Story *b)
{
    return a->section == b->section || (a->section && b->section && strcmp(a->section, b->section) == 0);
}

/* A link to story `i`, whose text is `text`. */
static Node *write_link(Reader *reader, Node *parent, const Story *story, int i, const char *text)
{
    Node *link = new_element(reader, parent, "a", NULL, story->source);
    set_attribute(reader, link, "href", arena_format(reader->arena, "#story-%d", i + 1));
    add_text(reader, link, text);
    return link;
}

static void write_contents(Reader *reader, Node *body, const Edition *edition)
{
    Node *nav = new_element(reader, body, "nav", "contents", body->source), *list = NULL;
    for (int i = 0; i < edition->stories.count; i++) {
        const Story *story = edition->stories.at[i];
        bool parted = edition->by_section && (i == 0 || !same_section(story, edition->stories.at[i - 1]));
        if (parted && story->section)
            add_text(reader, new_element(reader, nav, "p", "department-name", story->source), story->section);
        if (parted || !list)
            list = new_element(reader, nav, "ol", NULL, body->source);
        const char *text = story->headline ? node_text(reader->arena, story->headline) : "";
        write_link(reader, new_element(reader, list, "li", NULL, story->source), story, i,
                   *text ? text : arena_format(reader->arena, "%d", i + 1));
    }
}

/* Keywords in order of letters, each with its stories. */
typedef struct {
    const char *word, *letters;
    int story;
} Keyword;

static int by_letters(const void *a, const void *b)
{
    const Keyword *one = a, *other = b;
    int order = strcmp(one->letters, other->letters);
    return order ? order : one->story - other->story;
}

static void write_index(Reader *reader, Node *body, const Edition *edition)
{
    VEC(Keyword) words = {0};
    for (int i = 0; i < edition->stories.count; i++)
        for (const char *at = edition->stories.at[i]->keywords; at && *at;) {
            size_t length = strcspn(at, ",");
            const char *word = clean_text(reader->arena, arena_string(reader->arena, at, length));
            if (*word)
                VEC_PUSH(reader->arena, words, ((Keyword){word, letters_of(reader->arena, word), i}));
            at += length + (at[length] == ',');
        }
    if (!words.count)
        return;
    qsort(words.at, (size_t)words.count, sizeof *words.at, by_letters);
    Node *nav = new_element(reader, body, "nav", "index", body->source);
    Node *list = new_element(reader, nav, "ul", NULL, body->source), *item = NULL;
    for (int i = 0; i < words.count; i++) {
        const Keyword *word = &words.at[i], *last = i ? &words.at[i - 1] : NULL;
        bool known = last && strcmp(word->letters, last->letters) == 0;
        if (known && word->story == last->story)
            continue;
        const Story *story = edition->stories.at[word->story];
        if (!known) {
            item = new_element(reader, list, "li", NULL, story->source);
            add_text(reader, new_element(reader, item, "span", "keyword", story->source), word->word);
        }
        add_text(reader, item, " ");
        write_link(reader, item, story, word->story, arena_format(reader->arena, "%d", word->story + 1));
    }
}

static void write_head(Reader *reader, Node *article, Story *story)
{
    Node *head = new_element(reader, article, "header", "head", story->source);
    if (story->section)
        add_text(reader, new_element(reader, head, "p", "section", story->source), story->section);
    add_content(reader, head, "p", "kicker", story->kicker);
    if (story->headline)
        add_content(reader, head, "h1", "headline", story->headline);
    else if (reader->request->headline)
        add_text(reader, new_element(reader, head, "h1", "headline", story->source), reader->request->headline);
    if (story->decks.count) {
        Node *decks = new_element(reader, head, "div", "decks", story->decks.at[0]->source);
        for (int i = 0; i < story->decks.count; i++)
            add_content(reader, decks, "p", "deck", story->decks.at[i]);
    }
    if (!head->first)
        node_remove(head);
}

static void write_byline(Reader *reader, Node *body, Story *story)
{
    if (!story->bylines.count)
        return;
    Node *line = new_element(reader, body, "p", "byline", story->bylines.at[0]->source);
    const char *by = node_attribute(story->bylines.at[0], "data-by");
    set_attribute(reader, line, "data-by", by ? by : "none");
    for (int i = 0; i < story->bylines.count; i++) {
        if (i)
            add_text(reader, line, ", ");
        node_move_children(story->bylines.at[i], line);
    }
}

static int count_pictures(const Node *body)
{
    int count = 0;
    for (const Node *at = body->first; at; at = node_after(at, body))
        count += node_is(at, "figure") && !node_attribute(at, "data-missing");
    return count;
}

/* For page footers, which are set before the story's own foot is reached. */
static const char *copyright_line(Reader *reader, const Story *story)
{
    const char *line = NULL;
    for (int i = 0; i < story->copyrights.count; i++) {
        const char *text = node_text(reader->arena, story->copyrights.at[i]);
        line = line ? arena_format(reader->arena, "%s %s", line, text) : text;
    }
    return line;
}

static void write_story(Reader *reader, Node *parent, Story *story, int number)
{
    Arena *arena = reader->arena;
    Node *article = new_element(reader, parent, "article", "story", story->source);
    set_attribute(reader, article, "id", arena_format(arena, "story-%d", number));
    set_attribute(reader, article, "lang", story->language);
    set_attribute(reader, article, "dir", story->direction);
    set_attribute(reader, article, "data-urgency", story->urgency);
    set_attribute(reader, article, "data-status", story->status);
    set_attribute(reader, article, "data-section", story->section);
    set_attribute(reader, article, "data-date", story->date);
    set_attribute(reader, article, "data-guid", story->guid);
    set_attribute(reader, article, "data-correction", story->correction);
    set_attribute(reader, article, "data-slug", story->slug);
    set_attribute(reader, article, "data-embargo", story->embargo);
    set_attribute(reader, article, "data-copyright", copyright_line(reader, story));
    set_attribute(reader, article, "data-headline", headline_length(reader, story));
    set_attribute(reader, article, "data-decks", arena_format(arena, "%d", story->decks.count));
    set_attribute(reader, article, "data-pictures", arena_format(arena, "%d", count_pictures(story->body)));
    write_head(reader, article, story);
    Node *body = new_element(reader, article, "div", "body", story->body->source);
    write_byline(reader, body, story);
    node_move_children(story->body, body);
    if (story->side && story->side->first)
        node_move_children(story->side, new_element(reader, body, "aside", "side", story->side->source));
    if (!story->copyrights.count)
        return;
    Node *foot = new_element(reader, article, "footer", "foot", story->copyrights.at[0]->source);
    for (int i = 0; i < story->copyrights.count; i++)
        add_content(reader, foot, "p", "copyright", story->copyrights.at[i]);
}

/* Names, without "By". */
static const char *authors(Reader *reader, const Story *story)
{
    const char *list = NULL;
    for (int i = 0; i < story->bylines.count; i++)
        for (const Node *at = story->bylines.at[i]->first; at; at = at->next) {
            const char *name =
                at->kind == NODE_ELEMENT && node_has_class(at, "name") ? node_text(reader->arena, at) : NULL;
            if (name && *name)
                list = list ? arena_format(reader->arena, "%s; %s", list, name) : name;
        }
    return list;
}

static const char *text_or_null(Reader *reader, const Node *node)
{
    const char *text = node ? node_text(reader->arena, node) : "";
    return *text ? text : NULL;
}

static void write_information(Reader *reader, const Edition *edition, const Story *first, Document *document)
{
    bool one = edition->stories.count == 1;
    document->language = first_of(first->language, edition->language);
    document->title = one ? first_of(text_or_null(reader, first->headline), reader->request->headline)
                          : first_of(edition->title, edition->publication);
    document->authors = one ? authors(reader, first) : NULL;
    document->subject = one && first->decks.count ? text_or_null(reader, first->decks.at[0]) : NULL;
    document->keywords = one ? first->keywords : NULL;
    document->copyright = first->copyrights.count ? text_or_null(reader, first->copyrights.at[0]) : NULL;
    document->date = first_of(edition->date, first_of(first->date, first->updated));
}

Document *new_document(Reader *reader)
{
    Document *document = NEW(reader->arena, Document);
    document->names = reader->names;
    document->file = reader->request->name;
    document->directory = reader->request->directory;
    return document;
}

static int department_size(const Edition *edition, int from)
{
    int end = from + 1;
    while (end < edition->stories.count && same_section(edition->stories.at[from], edition->stories.at[end]))
        end++;
    return end - from;
}

/* Stories in their order; where the edition asks for it, each section's together under its name. */
static void write_stories(Reader *reader, Node *body, const Edition *edition)
{
    Node *department = NULL;
    for (int i = 0; i < edition->stories.count; i++) {
        Story *story = edition->stories.at[i];
        if (edition->by_section && (i == 0 || !same_section(story, edition->stories.at[i - 1]))) {
            department = new_element(reader, body, "section", "department", story->source);
            set_attribute(reader, department, "data-stories",
                          arena_format(reader->arena, "%d", department_size(edition, i)));
            if (story->section)
                add_text(reader, new_element(reader, department, "h2", "department-name", story->source),
                         story->section);
        }
        write_story(reader, department ? department : body, story, i + 1);
    }
}

/* Every story has a section, and those of each of several sections stand together already. */
static bool stands_by_section(const Edition *edition)
{
    int sections = 0;
    for (int i = 0; i < edition->stories.count; i += department_size(edition, i), sections++) {
        if (!edition->stories.at[i]->section)
            return false;
        for (int k = 0; k < i; k++)
            if (same_section(edition->stories.at[k], edition->stories.at[i]))
                return false;
    }
    return sections > 1 && sections < edition->stories.count;
}

Document *article_write(Reader *reader, Edition *edition)
{
    edition->by_section |= stands_by_section(edition);
    Document *document = new_document(reader);
    Story *first = edition->stories.at[0];
    document->kind = DOCUMENT_ARTICLE;
    document->html = true;
    document->stories = edition->stories.count;
    write_information(reader, edition, first, document);
    Node *html = new_element(reader, NULL, "html", NULL, first->source);
    set_attribute(reader, html, "lang", document->language);
    set_attribute(reader, html, "dir", first->direction);
    Node *body = new_element(reader, html, "body", "edition", first->source);
    set_attribute(reader, body, "data-stories", arena_format(reader->arena, "%d", edition->stories.count));
    write_masthead(reader, body, edition, first);
    if (edition->stories.count > 1)
        write_contents(reader, body, edition);
    write_stories(reader, body, edition);
    if (edition->stories.count > 1)
        write_index(reader, body, edition);
    document->root = html;
    document->node_count = document_number(html);
    return document;
}
