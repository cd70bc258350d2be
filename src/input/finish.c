/* What every story needs, wherever it came from: nothing twice, bylines and datelines where they
 * belong. */
#include "input/internal.h"

static const char *text_of(Reader *reader, const Node *node)
{
    return node ? node_text(reader->arena, node) : "";
}

static char *letters(Reader *reader, const Node *node)
{
    return letters_of(reader->arena, text_of(reader, node));
}

static void drop(NodeList *list, int i)
{
    memmove(list->at + i, list->at + i + 1, sizeof *list->at * (size_t)(list->count - i - 1));
    list->count--;
}

static bool is_heading(const Node *node)
{
    return node && (node_is(node, "h2") || node_is(node, "h3"));
}

static Node *first_paragraph(const Story *story)
{
    for (Node *at = story->body->first; at; at = at->next)
        if (node_is(at, "p"))
            return at;
    return NULL;
}

static bool starts_with(const char *text, const char *part)
{
    return strncmp(text, part, strlen(part)) == 0;
}

/* ---- the headline once; decks that say something new ---- */
static void drop_repeated_headline(Reader *reader, Story *story)
{
    const char *headline = letters(reader, story->headline);
    for (Node *at = story->body->first, *next; at && *headline; at = next) {
        next = at->next;
        if (!is_heading(at) && !node_is(at, "p"))
            continue;
        if (strcmp(letters(reader, at), headline) != 0)
            break;
        node_remove(at);
        /* A heading straight behind the headline is a deck, where the file names none. */
        if (is_heading(next) && !story->decks.count && next->next && !is_heading(next->next)) {
            Node *deck = next;
            next = next->next;
            node_remove(deck);
            VEC_PUSH(reader->arena, story->decks, deck);
        }
    }
}

/* A deck clipped in the middle of a sentence ends in dots. */
static bool repeats(const char *deck, const char *paragraph)
{
    return *deck && (strcmp(deck, paragraph) == 0 || (strlen(deck) >= 60 && strstr(paragraph, deck)));
}

static void tidy_decks(Reader *reader, Story *story)
{
    const char *headline = letters(reader, story->headline);
    for (int i = 0; i < story->decks.count; i++) {
        const char *deck = letters(reader, story->decks.at[i]);
        bool again = !*deck || strcmp(deck, headline) == 0;
        int looked = 0;
        for (Node *at = story->body->first; at && looked < 4 && !again; at = at->next)
            if (node_is(at, "p") && ++looked)
                again = repeats(deck, letters(reader, at));
        for (int k = 0; k < i && !again; k++)
            again = strcmp(deck, letters(reader, story->decks.at[k])) == 0;
        if (again)
            drop(&story->decks, i--);
    }
    for (Node *at = story->body->first; at && is_heading(at);) { /* decks again at the top of the body */
        Node *next = at->next;
        for (int i = 0; i < story->decks.count; i++)
            if (same_letters(reader->arena, text_of(reader, at), text_of(reader, story->decks.at[i]))) {
                node_remove(at);
                break;
            }
        at = next;
    }
}

/* ---- bylines ---- */
static const struct {
    const char *word, *languages; /* languages NULL: all */
} by_words[] = {
    {"by", NULL},     {"from", "en"},   {"von", NULL},      {"par", "fr"},          {"por", "es pt gl"},
    {"di", "it"},     {"da", "it"},     {"de", "fr pt es"}, {"door", "nl"},         {"av", "sv nb no nn"},
    {"af", "da"},     {"przez", "pl"},  {"autor", NULL},    {"autor:", NULL},       {"autore:", NULL},
    {"text:", NULL},  {"texte:", NULL}, {"words:", NULL},   {"kirjoittanut", "fi"}, {"автор", NULL},
    {"автор:", NULL}, {"문", "ko"},     {"글", "ko"},       {"文", NULL},           {"文/", NULL},
    {"撰文", NULL},   {"記者", NULL},   {"记者", NULL},
};

/* The length of a leading "By " (with its space); 0: none. */
size_t by_length(const char *text, const char *language)
{
    for (size_t i = 0; i < sizeof by_words / sizeof *by_words; i++) {
        size_t length = strlen(by_words[i].word);
        bool colon = text[0] && starts_nocase(text, by_words[i].word) && text[length] == ':' && text[length + 1] == ' ';
        if (!starts_nocase(text, by_words[i].word) ||
            (text[length] != ' ' && by_words[i].word[length - 1] != '/' && !colon))
            continue;
        length += colon;
        const char *languages = by_words[i].languages;
        if (!languages ||
            (language && strlen(language) >= 2 && contains_nocase(languages, (char[]){language[0], language[1], 0})))
            return length + (text[length] == ' ');
    }
    return 0;
}

/* "박준석 기자": such a word behind the name does what "By" does before it. */
bool has_reporter_word(const char *text)
{
    static const char *const words[] = {"기자", "특파원", "논설위원", "記者", "记者", "특파", "편집위원", "객원", NULL};
    for (int i = 0; words[i]; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

static bool initials(const char *text)
{
    size_t length = strlen(text);
    for (const char *at = text; *at; at++)
        if (!((*at >= 'a' && *at <= 'z') || *at == '/' || *at == ' '))
            return false;
    return length <= 8 && (length <= 3 || strchr(text, '/'));
}

/* "<>", "()", "[]" that a template left empty. */
static void drop_empty_brackets(Node *node)
{
    for (Node *at = node; at; at = (Node *)node_after(at, node)) {
        if (at->kind != NODE_TEXT)
            continue;
        char *text = (char *)at->text;
        for (char *open = text; *open; open++) {
            char close = *open == '<' ? '>' : *open == '(' ? ')' : *open == '[' ? ']' : 0;
            char *end = open + 1;
            while (*end == ' ')
                end++;
            if (!close || *end != close)
                continue;
            char *from = end + 1;
            while (open > text && open[-1] == ' ')
                open--;
            memmove(open, from, strlen(from) + 1);
            open = text;
            if (!*open)
                break;
        }
        at->text_size = strlen(text);
    }
}

/* "writer@example.com (Writer)" is Writer; an address alone is left. */
static Node *without_address(Reader *reader, Node *byline)
{
    const char *text = text_of(reader, byline);
    const char *open = strchr(text, '('), *close = open ? strchr(open, ')') : NULL, *at = strchr(text, '@');
    if (byline->first != byline->last || !at || !open || !close || at > open || close == open + 1)
        return byline;
    return inline_text(reader, arena_string(reader->arena, open + 1, (size_t)(close - open - 1)), byline->source);
}

/* Some agencies put a subtitle where the byline goes: a sentence, most of its words in small letters. */
static bool is_sentence(const char *text)
{
    int words = 0, small = 0;
    for (const char *at = text; *at;) {
        while (*at == ' ')
            at++;
        words += *at != 0;
        small += *at >= 'a' && *at <= 'z';
        while (*at && *at != ' ')
            at++;
    }
    return words >= 6 && small * 2 > words;
}

static bool has_name(const Node *byline)
{
    for (const Node *at = byline->first; at; at = at->next)
        if (at->kind == NODE_ELEMENT && (node_has_class(at, "name") || node_has_class(at, "role")))
            return true;
    return false;
}

/* The name in a byline without elements: all behind "By". */
static void mark_name(Reader *reader, Node *byline, const char *language)
{
    const char *text = text_of(reader, byline);
    size_t by = by_length(text, language);
    Source source = byline->source;
    while (byline->first)
        node_remove(byline->first);
    if (by)
        node_append_text(reader->arena, byline, text, by, source);
    if (text[by])
        node_append_text(reader->arena, new_element(reader, byline, "span", "name", source), text + by,
                         strlen(text + by), source);
}

static void tidy_bylines(Reader *reader, Story *story)
{
    for (int i = 0; i < story->bylines.count; i++) {
        Node *byline = without_address(reader, story->bylines.at[i]);
        if (byline)
            drop_empty_brackets(byline);
        bool again = !byline || is_blank(text_of(reader, byline), strlen(text_of(reader, byline)));
        for (int k = 0; k < i && !again; k++)
            again = same_letters(reader->arena, text_of(reader, byline), text_of(reader, story->bylines.at[k]));
        if (again) {
            drop(&story->bylines, i--);
            continue;
        }
        if (!has_name(byline) && !by_length(text_of(reader, byline), story->language) &&
            is_sentence(text_of(reader, byline))) {
            VEC_PUSH(reader->arena, story->decks, byline);
            drop(&story->bylines, i--);
            continue;
        }
        if (!has_name(byline))
            mark_name(reader, byline, story->language);
        const char *text = text_of(reader, byline);
        set_attribute(reader, byline, "data-by",
                      by_length(text, story->language) || has_reporter_word(text) || initials(text) ? "file" : "none");
        story->bylines.at[i] = byline;
    }
}

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* What stands before the first br; all of it without one. */
static const char *first_line(Reader *reader, const Node *paragraph)
{
    Buffer line = {.arena = reader->arena};
    buffer_add(&line, "", 0);
    for (const Node *at = paragraph ? paragraph->first : NULL; at && !node_is(at, "br"); at = at->next)
        buffer_text(&line, at->kind == NODE_TEXT ? at->text : node_text(reader->arena, at));
    return clean_text(reader->arena, line.data);
}

static void drop_first_line(Node *paragraph)
{
    while (paragraph->first && !node_is(paragraph->first, "br"))
        node_remove(paragraph->first);
    while (paragraph->first && node_is(paragraph->first, "br"))
        node_remove(paragraph->first);
    if (!paragraph->first)
        node_remove(paragraph);
}

/* A first paragraph or line "By X" is the byline; one that repeats a known byline goes. */
static void lift_byline(Reader *reader, Story *story)
{
    Node *first = first_paragraph(story);
    const char *text = first_line(reader, first);
    if (!*text || characters(text) > 80)
        return;
    for (int i = 0; i < story->bylines.count; i++) {
        const char *known = text_of(reader, story->bylines.at[i]);
        if (same_letters(reader->arena, text, known) ||
            same_letters(reader->arena, text + by_length(text, story->language),
                         known + by_length(known, story->language))) {
            drop_first_line(first);
            return;
        }
    }
    size_t by = by_length(text, story->language);
    bool sentence = strchr(".!?:;", text[strlen(text) - 1]) != NULL;
    bool name = by == 3 && (starts_with(text, "By ") || starts_with(text, "BY ")) && text[3] >= 'A' && text[3] <= 'Z';
    if (!name || sentence || story->bylines.count || characters(text) > 60)
        return;
    VEC_PUSH(reader->arena, story->bylines, inline_text(reader, text, first->source));
    drop_first_line(first);
}

/* ---- datelines ---- */
static const Node *first_text(const Node *node)
{
    for (const Node *at = node; at; at = node_after(at, node))
        if (at->kind == NODE_TEXT && at->text_size)
            return at;
    return NULL;
}

static bool has_dateline(const Node *node)
{
    for (const Node *at = node; at; at = node_after(at, node))
        if (at->kind == NODE_ELEMENT && node_has_class(at, "dateline"))
            return true;
    return false;
}

/* The text of the paragraph starts with the place already: that much of it is the dateline. */
static bool wrap_dateline(Reader *reader, Node *paragraph, const char *place_name)
{
    const Node *first = first_text(paragraph);
    size_t length = strlen(place_name);
    if (!first || first->text_size < length || !starts_nocase(first->text, place_name))
        return starts_with(letters(reader, paragraph), letters_of(reader->arena, place_name));
    Node *text = (Node *)first;
    Node *span = new_element(reader, text->parent, "span", "dateline", text->source);
    node_append_text(reader->arena, span, text->text, length, text->source);
    node_insert_before(span, text);
    text->text += length;
    text->text_size -= length;
    if (!text->text_size)
        node_remove(text);
    return true;
}

static void place_dateline(Reader *reader, Story *story)
{
    Node *paragraph = first_paragraph(story);
    const char *line = NULL;
    for (int i = 0; i < story->datelines.count; i++) {
        const char *part = text_of(reader, story->datelines.at[i]);
        if (*part)
            line = line ? arena_format(reader->arena, "%s, %s", line, part) : part;
    }
    if (!line || !paragraph)
        return;
    const char *first = text_of(reader, story->datelines.at[0]), *opening = letters(reader, paragraph);
    bool known =
        has_dateline(paragraph) || wrap_dateline(reader, paragraph, line) || wrap_dateline(reader, paragraph, first);
    if (!known && strstr(arena_string(reader->arena, opening, strlen(opening) < 60 ? strlen(opening) : 60),
                         letters_of(reader->arena, first)))
        known = true; /* "(ANSA) - Rome, October 11 -" */
    if (known)
        return;
    Node *span = new_element(reader, paragraph, "span", "dateline", story->datelines.at[0]->source);
    node_append_text(reader->arena, span, line, strlen(line), span->source);
    if (paragraph->first != span)
        node_insert_before(span, paragraph->first);
    Node *space = node_append_text(reader->arena, paragraph, " ", 1, span->source);
    if (span->next && span->next != space)
        node_insert_before(space, span->next);
}

/* How many bytes of white space and dashes a text begins with; `at_end`: ends with. */
static size_t dashes(const char *text, size_t size, bool at_end)
{
    static const char *const marks[] = {" ", "\xC2\xA0", "-", "\u2013", "\u2014", "\u2015", "=", NULL};
    size_t found = 0;
    for (int i = 0; marks[i]; i++) {
        size_t length = strlen(marks[i]);
        if (found + length <= size &&
            memcmp(at_end ? text + size - found - length : text + found, marks[i], length) == 0) {
            found += length;
            i = -1;
        }
    }
    return found;
}

/* "AUBURN, Wash. —" alone in the first paragraph. */
static void mark_lone_dateline(Reader *reader, Node *paragraph)
{
    Node *text = paragraph->first;
    if (!text || text != paragraph->last || text->kind != NODE_TEXT || characters(text->text) > 48)
        return;
    size_t size = text->text_size, end = dashes(text->text, size, true);
    if (end < 2 || end == size || is_space((unsigned char)text->text[size - 1]) ||
        !(text->text[0] & 0x80 || (text->text[0] >= 'A' && text->text[0] <= 'Z')))
        return;
    Node *span = new_element(reader, paragraph, "span", "dateline", text->source);
    node_move(text, span);
}

/* A dateline that is a paragraph of its own begins the next one. */
static void join_dateline(Reader *reader, Story *story)
{
    Node *paragraph = first_paragraph(story), *next = paragraph ? paragraph->next : NULL;
    if (next && node_is(next, "p"))
        mark_lone_dateline(reader, paragraph);
    Node *span = paragraph ? paragraph->first : NULL;
    if (!span || !next || !node_is(next, "p") || span->kind != NODE_ELEMENT || !node_has_class(span, "dateline"))
        return;
    for (const Node *at = span->next; at; at = at->next)
        if (at->kind != NODE_TEXT || dashes(at->text, at->text_size, false) < at->text_size)
            return;
    while (span->next)
        node_remove(span->next);
    node_append_text(reader->arena, paragraph, " ", 1, span->source);
    node_move_children(next, paragraph);
    node_remove(next);
}

/* What parts a dateline from the text, a dash or "=", is the style sheet's. */
static void trim_dateline(Reader *reader, Story *story)
{
    Node *span = first_paragraph(story);
    while (span && !(span->kind == NODE_ELEMENT && node_has_class(span, "dateline")))
        span = (Node *)node_after(span, first_paragraph(story));
    if (!span || !span->last || span->last->kind != NODE_TEXT)
        return;
    span->last->text_size -= dashes(span->last->text, span->last->text_size, true);
    Node *after = span->next;
    if (!after || after->kind != NODE_TEXT)
        return;
    size_t skip = dashes(after->text, after->text_size, false);
    after->text += skip;
    after->text_size -= skip;
    node_insert_before(node_append_text(reader->arena, span->parent, " ", 1, after->source), after);
}

/* What a sender says of itself at the end, under a heading that ends with its name: "About the Harbour Authority". */
static void mark_about(Reader *reader, Story *story)
{
    Node *heading = NULL;
    for (Node *at = story->body->first; at; at = at->next)
        if (is_heading(at))
            heading = at;
    const char *name = letters_of(reader->arena, story->publication ? story->publication : "");
    const char *words = letters(reader, heading);
    size_t length = strlen(name), size = strlen(words);
    if (!length || size <= length || strcmp(words + size - length, name) != 0)
        return;
    Node *section = new_element(reader, NULL, "section", "about", heading->source);
    node_insert_before(section, heading);
    for (Node *at = heading, *next; at; at = next) {
        next = at->next;
        node_move(at, section);
    }
}

/* A feed's item ends in a link to the rest: "Read full article >>". */
static void drop_link_to_rest(Reader *reader, Story *story)
{
    Node *last = story->body->last;
    const Node *link = last ? last->first : NULL;
    if (!link || !node_is(last, "p") || !last->previous || !node_is(link, "a") || link != last->last)
        return;
    if (is_furniture_phrase(clean_text(reader->arena, node_text(reader->arena, last))))
        node_remove(last);
}

void story_finish(Reader *reader, Story *story)
{
    if (!story->language)
        story->language = reader->request->language;
    if (!story->language) {
        const char *sample =
            arena_format(reader->arena, "%s %.2000s", text_of(reader, story->headline), text_of(reader, story->body));
        story->language = guess_language(sample);
    }
    if (!story->direction && right_to_left(story->language))
        story->direction = "rtl";
    tidy_decks(reader, story);
    drop_repeated_headline(reader, story);
    tidy_decks(reader, story);
    lift_byline(reader, story);
    drop_link_to_rest(reader, story);
    story_mark_subheads(reader, story);
    tidy_bylines(reader, story);
    story_place_pictures(reader, story);
    story_drop_repeated_pictures(reader, story);
    story_fill_photos(reader, story);
    story_lead_picture(reader, story);
    place_dateline(reader, story);
    join_dateline(reader, story);
    trim_dateline(reader, story);
    for (int i = 0; i < story->copyrights.count; i++)
        for (int k = 0; k < i; k++)
            if (same_letters(reader->arena, text_of(reader, story->copyrights.at[i]),
                             text_of(reader, story->copyrights.at[k]))) {
                drop(&story->copyrights, i--);
                break;
            }
    Node *paragraph = first_paragraph(story);
    if (paragraph)
        set_attribute(reader, paragraph, "class", "lead");
    mark_about(reader, story);
}
