/* Several files as one edition: old stories left out, versions of one story folded, in order of urgency, section or
 * date. */
#include "input/internal.h"

#include <stdlib.h>

typedef struct {
    Reader *reader; /* of the first file */
    const EditionRequest *request;
    Edition *edition;
    VEC(const char *) letters; /* of each story's headline */
} Merger;

/* ---- pictures: their addresses are relative to the file they come from ---- */
static const char *escaped(Arena *arena, const char *path)
{
    Buffer out = {.arena = arena};
    for (; *path; path++)
        if (*path == '%' || *path == '#' || *path == '?')
            buffer_format(&out, "%%%02X", (unsigned char)*path);
        else
            buffer_add(&out, path, 1);
    return arena_string(arena, out.data, out.size);
}

static void point_pictures(const Reader *reader, const Reader *first, Story *story)
{
    const char *directory = reader->request->directory;
    if (strcmp(directory, first->request->directory) == 0)
        return;
    for (const Node *at = story->body; at; at = node_after(at, story->body)) {
        const char *src = node_is(at, "img") ? node_attribute(at, "src") : NULL;
        if (src && src[0] != '/' && !strstr(src, ":"))
            set_attribute((Reader *)first, (Node *)at, "src",
                          arena_format(first->arena, "%s/%s", escaped(first->arena, directory), src));
    }
}

/* ---- one story of several versions ---- */
static int64_t written(const Story *story)
{
    const char *date = story->updated ? story->updated : story->date;
    return date ? input_date_seconds(date) : INT64_MIN;
}

static bool same_story(const Story *a, const char *a_letters, const Story *b, const char *b_letters)
{
    if (a->guid && b->guid && strcmp(a->guid, b->guid) == 0)
        return true;
    return strlen(a_letters) >= 10 && strcmp(a_letters, b_letters) == 0;
}

/* The newer of two versions stays, in the place of the first; of equally old ones the later. */
static void add_story(Merger *m, Story *story)
{
    Arena *arena = m->reader->arena;
    const char *letters = letters_of(arena, story->headline ? node_text(arena, story->headline) : "");
    for (int i = 0; i < m->edition->stories.count; i++) {
        Story *old = m->edition->stories.at[i];
        if (!same_story(old, m->letters.at[i], story, letters))
            continue;
        bool newer = written(story) >= written(old);
        Story *kept = newer ? story : old, *dropped = newer ? old : story;
        diag_note(m->reader->diag, "story-folded", dropped->source, "another version of this story is printed: %s:%d",
                  kept->source.file, kept->source.line);
        m->edition->stories.at[i] = kept;
        m->letters.at[i] = newer ? letters : m->letters.at[i];
        return;
    }
    VEC_PUSH(arena, m->edition->stories, story);
    VEC_PUSH(arena, m->letters, letters);
}

static bool too_old(Merger *m, const Story *story)
{
    if (!m->request->since)
        return false;
    if (!story->date && !story->updated) {
        diag_note(m->reader->diag, "story-undated", story->source, "this story has no date; it is taken as new");
        return false;
    }
    return written(story) < input_date_seconds(m->request->since);
}

/* ---- order ---- */
static int urgency_of(const Story *story)
{
    int value = story->urgency ? atoi(story->urgency) : 0;
    return value >= 1 && value <= 9 ? value : 5;
}

static int section_rank(const Merger *m, const Story *story)
{
    const char *section = story->section ? story->section : "";
    for (int i = 0; i < m->request->section_count; i++)
        if (text_equal_nocase(m->request->sections[i], section))
            return i;
    for (int i = 0; i < m->edition->stories.count; i++)
        if (strcmp(m->edition->stories.at[i]->section ? m->edition->stories.at[i]->section : "", section) == 0)
            return m->request->section_count + i;
    return 0;
}

static int compare(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_stories(const Merger *m, const Story *a, const int *ranks, int i, int k, const Story *b)
{
    int order = m->request->order == ORDER_SECTION ? compare(ranks[i], ranks[k]) : 0;
    if (!order && m->request->order != ORDER_DATE)
        order = compare(urgency_of(a), urgency_of(b));
    return order ? order : compare(written(b), written(a));
}

/* Stable, so that what compares equal stays as it was given. */
static void sort_stories(Merger *m)
{
    int count = m->edition->stories.count;
    Story **from = m->edition->stories.at, **sorted = NEW_ARRAY(m->reader->arena, Story *, count);
    int *ranks = NEW_ARRAY(m->reader->arena, int, count), *index = NEW_ARRAY(m->reader->arena, int, count);
    for (int i = 0; i < count; i++)
        ranks[i] = section_rank(m, from[i]);
    for (int i = 0; i < count; i++) {
        int at = i;
        while (at > 0 && compare_stories(m, from[i], ranks, i, index[at - 1], from[index[at - 1]]) < 0) {
            index[at] = index[at - 1];
            at--;
        }
        index[at] = i;
    }
    for (int i = 0; i < count; i++)
        sorted[i] = from[index[i]];
    memcpy(from, sorted, sizeof *from * (size_t)count);
}

/* ---- files ---- */
/* One bad file of many is left out: what was said of it becomes a warning. */
static void soften(Diag *diag, int from, const char *name)
{
    for (int i = from; i < diag->list.count; i++)
        if (diag->list.at[i].severity == SEVERITY_ERROR) {
            diag->list.at[i].severity = SEVERITY_WARNING;
            diag->errors--;
            diag->warnings++;
        }
    diag_warn(diag, "input-left-out", (Source){name, 0, 0}, "nothing of this file is printed");
}

/* Front matter, a byline, a dateline, a line of rights: a text about the folder itself has none of them. */
static bool says_whose(const Story *story)
{
    return story->date || story->bylines.count || story->datelines.count || story->copyrights.count || story->embargo;
}

static bool is_news(const InputRequest *request, const Reading *reading)
{
    if (!request->found || !reading->text)
        return true;
    for (int i = 0; i < reading->edition->stories.count; i++)
        if (says_whose(reading->edition->stories.at[i]))
            return true;
    return false;
}

static void add_file(Merger *m, const InputRequest *request)
{
    Diag *diag = m->reader->diag;
    int before = diag->list.count;
    Reader reader = reader_of(m->reader->arena, m->reader->names, request, diag);
    Reading reading;
    bool read = input_find(&reader, &reading);
    if (read && !reading.edition)
        diag_hint(diag,
                  diag_error(diag, "edition-document", (Source){request->name, 1, 1},
                             "this file brings its own page design and can't be one of several"),
                  "--as article reads it as news");
    if (!read || !reading.edition) {
        soften(diag, before, request->name);
        return;
    }
    if (!is_news(request, &reading)) {
        diag_hint(diag,
                  diag_warn(diag, "input-left-out", (Source){request->name, 0, 0},
                            "a text without author, place or date is not printed when it is found in a folder"),
                  "name the file to print it");
        return;
    }
    Edition *edition = reading.edition, *whole = m->edition;
    whole->title = whole->title ? whole->title : edition->title;
    whole->language = whole->language ? whole->language : edition->language;
    for (int i = 0; i < edition->stories.count; i++) {
        Story *story = edition->stories.at[i];
        if (!story->publication)
            story->publication = edition->publication;
        if (request->section)
            story->section = request->section;
        if (too_old(m, story))
            continue;
        point_pictures(&reader, m->reader, story);
        add_story(m, story);
    }
}

/* The paper's name and day: as asked for, else what all stories say, else what the newest says. */
static void name_edition(Merger *m)
{
    Edition *edition = m->edition;
    if (m->request->language)
        edition->language = m->request->language;
    const Story *newest = edition->stories.at[0];
    const char *name = newest->publication;
    for (int i = 1; i < edition->stories.count; i++) {
        const Story *story = edition->stories.at[i];
        if (!name || !story->publication || strcmp(name, story->publication) != 0)
            name = NULL;
        if (written(story) > written(newest))
            newest = story;
    }
    edition->publication = m->request->title ? m->request->title : name ? name : edition->title;
    edition->date = m->request->date ? m->request->date : newest->updated ? newest->updated : newest->date;
    if (!edition->language)
        edition->language = edition->stories.at[0]->language;
}

const Document *input_read_edition(Arena *arena, Names *names, const EditionRequest *request, Diag *diag)
{
    InputRequest whole = request->files[0];
    whole.directory = "."; /* pictures are named from here on from where the program runs */
    Reader first = reader_of(arena, names, &whole, diag);
    Merger merger = {.reader = &first, .request = request, .edition = NEW(arena, Edition)};
    for (int i = 0; i < request->count; i++)
        add_file(&merger, &request->files[i]);
    Edition *edition = merger.edition;
    if (!edition->stories.count) {
        diag_error(diag, "edition-empty", (Source){0}, "there is nothing to print%s%s", request->since ? " since " : "",
                   request->since ? request->since : "");
        return NULL;
    }
    if (request->order != ORDER_GIVEN)
        sort_stories(&merger);
    edition->by_section = request->order == ORDER_SECTION;
    name_edition(&merger);
    return article_write(&first, edition);
}
