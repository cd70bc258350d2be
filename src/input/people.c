/* Who wrote a page: the lines that say so, the facts where no line does, and where no mark says it, what looks like a
 * person's name, an agency's line, a signature. No name is known here but those of agencies, which sign with their own. */
#include "base/unicode.h"
#include "input/page.h"

/* The character at *at, which moves behind it. */
static uint32_t next(const char **at)
{
    const unsigned char *p = (const unsigned char *)*at;
    int more = p[0] < 0x80 ? 0 : p[0] < 0xE0 ? 1 : p[0] < 0xF0 ? 2 : 3;
    uint32_t c = more ? p[0] & (0x3Fu >> more) : p[0];
    for (int i = 1; i <= more && p[i]; i++)
        c = c << 6 | (p[i] & 0x3F);
    *at += 1;
    while (((unsigned char)**at & 0xC0) == 0x80)
        *at += 1;
    return c;
}

static bool is_one_of(const char *word, size_t size, const char *const *list)
{
    for (int i = 0; list[i]; i++)
        if (strlen(list[i]) == size && starts_nocase(word, list[i]))
            return true;
    return false;
}

/* Two to five words with capitals, particles aside: "Solveig Grewe", "Ludwig van der Berg", "J. O'Neill". */
static bool looks_like_name(const char *text)
{
    static const char *const particles[] = {"de",  "da",  "do",  "dos", "du",  "del", "della", "di",  "la", "le", "van",
                                            "von", "der", "den", "zu",  "ten", "ter", "al",    "bin", "el", "y",  NULL};
    static const char *const dating[] = {"updated",      "update",   "published", "posted", "last",
                                         "aktualisiert", "erstellt", "stand",     "today",  "breaking",
                                         "news",         "live",     "read",      "min",    NULL};
    int names = 0;
    while (*text) {
        size_t size = strcspn(text, " ");
        const char *at = text, *end = text + size;
        if (is_one_of(text, size, dating))
            return false;
        bool capital = size && unicode_is_upper(next(&at)), particle = is_one_of(text, size, particles);
        while (at < end) {
            uint32_t c = next(&at);
            if (!unicode_is_letter(c) && c != '-' && c != '.' && c != '\'' && c != 0x2019)
                return false;
        }
        if (!capital && !(particle && names))
            return false;
        names += capital;
        text = end + (*end == ' ');
    }
    return names >= 2 && names <= 5;
}

/* "AFP", "AFP, MANILA", "Reuters / Berlin" */
static bool agency_line(const char *text)
{
    static const char *const agencies[] = {
        "AFP",    "AP",  "Reuters", "dpa",   "Xinhua", "ANSA", "EFE", "TASS", "PTI", "ANI", "APA",
        "Yonhap", "CNA", "Kyodo",   "Belga", "Lusa",   "NTB",  "TT",  "PAP",  "DPA", "UPI", "Associated Press",
        NULL};
    for (int i = 0; agencies[i]; i++) {
        size_t size = strlen(agencies[i]);
        if (strncmp(text, agencies[i], size) == 0 &&
            (!text[size] || text[size] == ',' || text[size] == '/' || strncmp(text + size, " /", 2) == 0))
            return strlen(text) < 48 && !strpbrk(text, "0123456789.:");
    }
    return false;
}

/* The name before the house in "Max Lee, World Radio News."; the house is named by its first letters. NULL: no such line. */
static const char *signed_name(Reader *reader, const char *text, const char *house)
{
    const char *comma = strstr(text, ", ");
    if (!comma || !house || comma - text > 60)
        return NULL;
    const char *name = arena_string(reader->arena, text, (size_t)(comma - text));
    char *mine = letters_of(reader->arena, comma);
    if (strlen(mine) < 6)
        return NULL;
    mine[6] = 0;
    return strstr(letters_of(reader->arena, house), mine) && looks_like_name(name) ? name : NULL;
}

/* Does it stand for a person's own page? */
static bool author_link(const Node *node)
{
    static const char *const parts[] = {"/author",    "/autor",  "/auteur",   "/writer",  "/journalist", "/reporter",
                                        "/redakteur", "/byline", "/profile/", "/people/", NULL};
    const char *href = node_is(node, "a") ? node_attribute(node, "href") : NULL;
    for (int i = 0; href && parts[i]; i++)
        if (contains_nocase(href, parts[i]))
            return true;
    return false;
}

/* ---- the lines of a page that say it ---- */
static const char *const author_words[] = {"byline", "author", "reporter", "writer",   "journalist",   "autor",
                                           "auteur", "autore", "firma",    "p-author", "dable-author", NULL};

/* The names that a page's own line must hold to stand for what the facts say. */
static bool holds_names(const Page *page, const char *text)
{
    char *mine = page_letters(page, text);
    for (int i = 0; i < page->facts.authors.count; i++)
        if (!strstr(mine, page_letters(page, page->facts.authors.at[i])))
            return false;
    return true;
}

static void add_part(Reader *reader, Node *line, const char *class_name, const char *text)
{
    node_append_text(reader->arena, new_element(reader, line, "span", class_name, line->source), text, strlen(text),
                     line->source);
}

/* An address that begins with a link: the name, and behind it what the person is. */
static Node *byline_of(Page *page, const Node *node, const char *text)
{
    Reader *reader = page->reader;
    const Node *link = node->first;
    while (link && link->kind == NODE_TEXT && is_blank(link->text, link->text_size))
        link = link->next;
    const char *name = node_is(node, "address") && node_is(link, "a") ? page_text(page, link) : "";
    size_t size = strlen(name);
    if (!size || strncmp(text, name, size) != 0 || text[size] != ' ')
        return inline_text(reader, text, node->source);
    Node *line = new_element(reader, NULL, "span", NULL, node->source);
    add_part(reader, line, "name", name);
    node_append_text(reader->arena, line, " ", 1, line->source);
    add_part(reader, line, "role", text + size + 1);
    return line;
}

static bool fits_byline(const Page *page, const char *text)
{
    size_t length = strlen(text), names = 0;
    for (int i = 0; i < page->facts.authors.count; i++)
        names += strlen(page->facts.authors.at[i]) + 2;
    if (length < 2 || digits_in(text) > 3 || strstr(text, "@") || strstr(text, "http"))
        return false;
    return page->facts.authors.count ? holds_names(page, text) && length <= names + 24 : length <= 90;
}

typedef VEC(Node *) Found;

static bool same_class(const Node *a, const Node *b)
{
    const char *one = node_attribute(a, "class"), *other = node_attribute(b, "class");
    return one && other && strcmp(one, other) == 0;
}

/* "Translation: C" of linked names, in elements like the byline's that follow it. */
static void further_credits(Page *page, const Node *byline, Found *found)
{
    for (Node *at = byline->next; at; at = at->next) {
        if (at->kind == NODE_TEXT && is_blank(at->text, at->text_size))
            continue;
        if (at->kind != NODE_ELEMENT || strcmp(at->name, byline->name) != 0 || !same_class(at, byline))
            return;
        const char *text = page_text(page, at), *colon = strstr(text, ": "), *linked = "";
        for (const Node *in = at->first; in; in = node_after(in, at))
            if (node_is(in, "a"))
                linked = arena_format(page->reader->arena, "%s%s", linked, page_text(page, in));
        if (!colon || strlen(text) > 90 || !same_letters(page->reader->arena, colon, linked))
            return;
        VEC_PUSH(page->reader->arena, page->story->bylines, byline_of(page, at, text));
        VEC_PUSH(page->reader->arena, *found, at);
    }
}

/* "Von: A, B", without a name that says so, between the headline and the text. */
static void spoken_byline(Page *page, Found *found)
{
    int passed = 0;
    for (Node *at = page->headline ? page->headline : page->scope; at && passed < 400;
         at = (Node *)node_after(at, page->scope)) {
        if (at->kind != NODE_ELEMENT || at == page->headline || !node_shown(at) || node_is(at, "ul") ||
            node_is(at, "ol"))
            continue; /* of a list, an item */
        const char *text = page_text(page, at);
        passed += (int)(strlen(text) >= 140 && !at->first ? strlen(text) : 0);
        size_t by = by_length(text, page->story->language);
        if (!by || strlen(text) > 90 || strlen(text) < by + 4 || digits_in(text) > 2 || strchr(text, '.'))
            continue;
        VEC_PUSH(page->reader->arena, page->story->bylines, byline_of(page, at, text));
        VEC_PUSH(page->reader->arena, *found, at);
        further_credits(page, at, found);
        return;
    }
}

/* A date of the story, as a page prints it: short, with a year. */
bool page_dated(const char *text)
{
    int run = 0;
    for (const char *at = text; *at && strlen(text) < 80; at++) {
        run = *at >= '0' && *at <= '9' ? run + 1 : 0;
        if (run == 4 && (strncmp(at - 3, "19", 2) == 0 || strncmp(at - 3, "20", 2) == 0))
            return true;
    }
    return false;
}

static const char *without_marks(const Page *page, const char *text)
{
    static const char *const marks[] = {"|", ",", "·", "•", "-", "/", " ", "\xC2\xA0", NULL};
    size_t size = strlen(text);
    for (int i = 0; marks[i]; i++) {
        size_t length = strlen(marks[i]);
        if (size >= length && memcmp(text + size - length, marks[i], length) == 0) {
            size -= length;
            i = -1;
        }
    }
    return arena_string(page->reader->arena, text, size);
}

/* Without any mark: an agency's line, or a name beside the date, between the headline and the text. */
static void unmarked_byline(Page *page, Found *found)
{
    enum { ROOM = 40 };
    const Node *nodes[ROOM];
    const char *texts[ROOM];
    int count = 0, long_texts = 0;
    for (const Node *at = page->headline; at && count < ROOM; at = node_after(at, page->root)) {
        if (at->kind != NODE_TEXT || !at->parent || is_blank(at->text, at->text_size) ||
            node_inside(at, (const char *const[]){"script", "style", "noscript", "nav", "aside", "button", NULL}) ||
            !node_shown(at->parent))
            continue;
        texts[count] = without_marks(page, clean_text(page->reader->arena, at->text));
        if (!*texts[count])
            continue;
        nodes[count++] = at;
        long_texts += strlen(texts[count - 1]) >= 140;
        if (long_texts == 2) /* the first may be a deck */
            break;
    }
    for (int i = 1; i < count; i++) {
        bool placed =
            i + 2 < count && strlen(texts[i + 1]) < 24 && !digits_in(texts[i + 1]) && page_dated(texts[i + 2]);
        bool beside = (placed || page_dated(texts[i - 1]) || (i + 1 < count && page_dated(texts[i + 1]))) &&
                      looks_like_name(texts[i]) && !node_inside(nodes[i], (const char *const[]){"a", NULL}) &&
                      !same_letters(page->reader->arena, texts[i], page->facts.site ? page->facts.site : "") &&
                      !same_letters(page->reader->arena, texts[i], page->facts.section ? page->facts.section : "");
        if (!beside && !agency_line(texts[i]))
            continue;
        VEC_PUSH(page->reader->arena, page->story->bylines, byline_of(page, nodes[i]->parent, texts[i]));
        for (int k = i - 1; k <= i + 1 && k < count; k++)
            if (k == i || page_dated(texts[k]))
                VEC_PUSH(page->reader->arena, *found, (Node *)nodes[k]);
        Node *line = nodes[i]->parent;
        while (line && page_is_inline(line))
            line = line->parent;
        while (line && line->parent && !node_holds(line->parent, page->headline) &&
               page_dated(page_text(page, line->parent)))
            line = line->parent;
        if (line && line != page->scope && !node_holds(line, page->headline) && page_dated(page_text(page, line)))
            VEC_PUSH(page->reader->arena, *found, line); /* name, date and how long it takes to read */
        return;
    }
}

/* A page that names itself as its author says nothing of who wrote it. */
void page_set_house_aside(Page *page)
{
    PageFacts *facts = &page->facts;
    const char *site = facts->site ? facts->site : "", *title = facts->title ? facts->title : "";
    const char *only = facts->authors.count == 1 ? facts->authors.at[0]
                       : facts->authors.count    ? NULL
                                                 : facts->meta_author;
    if (!only)
        return;
    static const char *const desks[] = {"Redacción", "Redacción web", "Redaktion", "Redazione", "La rédaction",
                                        "Rédaction", "Redactie",      "Redakcja",  "Redação",   "Newsroom",
                                        "News desk", "Newsdesk",      "Staff",     "Admin",     "Editor",
                                        "Web desk",  "Editorial",     NULL};
    char *mine = page_letters(page, only);
    bool house = same_letters(page->reader->arena, only, site) || is_one_of(only, strlen(only), desks) ||
                 (facts->publisher && same_letters(page->reader->arena, only, facts->publisher)) ||
                 (strlen(mine) >= 6 && !looks_like_name(only) &&
                  (strstr(page_letters(page, site), mine) || strstr(page_letters(page, title), mine)));
    if (!house)
        return;
    page->house = only;
    facts->authors.count = 0;
    facts->meta_author = NULL;
}

/* "newsdesk": a login, not a name; a signature says more. */
static void set_login_aside(Page *page)
{
    const char *text = page->story->bylines.count == 1 ? page_text(page, page->story->bylines.at[0]) : "";
    if (!*text || strlen(text) > 24 || strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789 ._-") != strlen(text))
        return;
    page->house = text;
    page->story->bylines.count = 0;
}

/* A link to a person's page that is a line of its own, not a name in a sentence. */
static bool lone_author_link(const Page *page, const Node *node)
{
    if (!author_link(node))
        return false;
    const Node *block = node->parent;
    while (block && page_is_inline(block))
        block = block->parent;
    return block && strlen(page_text(page, block)) <= strlen(page_text(page, node)) + 30;
}

void page_find_bylines(Page *page)
{
    static const char *const outside[] = {"nav",      "aside",  "head",  "figure", "figcaption",
                                          "noscript", "script", "style", NULL};
    Reader *reader = page->reader;
    Found found = {0};
    Node *printed = NULL;
    Node *start = page->scope;
    if (page->headline && !node_holds(page->scope, page->headline) && node_before(page->headline, page->scope))
        start = page->headline;
    for (Node *at = start; at; at = (Node *)node_after(at, start == page->scope ? page->scope : page->root)) {
        if (!node_holds(page->scope, at) && node_before(page->scope, at))
            break;
        const char *rel = at->kind == NODE_ELEMENT ? node_attribute(at, "rel") : NULL;
        bool address = node_is(at, "address") && page->scope != page->root;
        if (at->kind != NODE_ELEMENT ||
            !(named(at, author_words) || (rel && strcmp(rel, "author") == 0) || address ||
              lone_author_link(page, at)) ||
            node_inside(at, outside) || !node_shown(at))
            continue;
        const char *text = page_text(page, at);
        if (!*text || strlen(text) > 160)
            continue;
        VEC_PUSH(reader->arena, found, at);
        bool by = by_length(text, page->story->language) || has_reporter_word(text);
        if (fits_byline(page, text) && (!printed || (by && page->facts.authors.count)) &&
            (by || !page->facts.authors.count) && !printed) {
            VEC_PUSH(reader->arena, page->story->bylines, byline_of(page, at, text));
            printed = at;
        } else if (!page->facts.authors.count && printed && address &&
                   !node_inside(at->parent, (const char *const[]){"address", NULL}) && page->story->bylines.count < 6 &&
                   fits_byline(page, text)) {
            VEC_PUSH(reader->arena, page->story->bylines,
                     byline_of(page, at, text)); /* several addresses: several people */
        }
    }
    if (!page->story->bylines.count && !page->facts.authors.count && !page->facts.meta_author)
        unmarked_byline(page, &found);
    if (!page->story->bylines.count && !page->facts.authors.count && !page->facts.meta_author && !page->house)
        spoken_byline(page, &found);
    bool printed_here = page->story->bylines.count > 0;
    for (int i = 0; !printed_here && i < page->facts.authors.count; i++) {
        Node *line = new_element(reader, NULL, "span", NULL, page->root->source);
        add_part(reader, line, "name", page->facts.authors.at[i]);
        VEC_PUSH(reader->arena, page->story->bylines, line);
    }
    if (!page->story->bylines.count && page->facts.meta_author && strlen(page->facts.meta_author) < 100)
        VEC_PUSH(reader->arena, page->story->bylines, inline_text(reader, page->facts.meta_author, page->root->source));
    for (int i = 0; i < found.count; i++)
        page_mark_deck(page, found.at[i]);
    for (int i = 0; i < found.count; i++)
        node_remove(found.at[i]);
    set_login_aside(page);
}

/* ---- the end of the text ---- */
static bool all_emphasis(const Node *paragraph)
{
    static const char *const names[] = {"em", "i", "b", "strong", NULL};
    for (const Node *at = paragraph->first; at; at = node_after(at, paragraph))
        if (at->kind == NODE_TEXT && !node_inside(at, names))
            return false;
    return true;
}

/* "The Editors", set apart by its letters, with no sentence in it. */
static bool signature(const Page *page, const Node *paragraph, const char *text)
{
    return !page->story->bylines.count && *text && strlen(text) < 50 && !strpbrk(text, ".!?:;@,0123456789") &&
           all_emphasis(paragraph);
}

/* What stands behind a paragraph's last br; all of it without one. */
static const char *last_line(const Page *page, const Node *paragraph)
{
    const char *line = "";
    for (const Node *at = paragraph->first; at; at = node_after(at, paragraph))
        line = node_is(at, "br")       ? ""
               : at->kind == NODE_TEXT ? arena_format(page->reader->arena, "%s%s", line, at->text)
                                       : line;
    return clean_text(page->reader->arena, line);
}

/* Signatures and copyright lines at the end of the text. */
void page_lift_end(Page *page)
{
    Story *story = page->story;
    const char *house = page->facts.site ? page->facts.site : page->facts.title;
    for (int tries = 0; tries < 4 && story->body->last; tries++) {
        Node *last = story->body->last;
        const char *text = page_text(page, last);
        const char *signed_by = node_is(last, "p") ? signed_name(page->reader, last_line(page, last), house) : NULL;
        if (signed_by && !story->bylines.count) {
            VEC_PUSH(page->reader->arena, story->bylines, inline_text(page->reader, signed_by, last->source));
            break; /* it is spoken: it stays */
        }
        if (!node_is(last, "p") || strlen(text) > 240)
            break;
        bool again = false;
        for (int i = 0; i < story->bylines.count && !again; i++)
            again = same_letters(page->reader->arena, text, page_text(page, story->bylines.at[i]));
        const char *editors = strstr(text, "责编")       ? strstr(text, "责编")
                              : strstr(text, "责任编辑") ? strstr(text, "责任编辑")
                                                         : strstr(text, "責任編輯");
        if (editors && strlen(text) < 120) {
            const char *colon = strstr(editors, "：")  ? strstr(editors, "：") + 3
                                : strchr(editors, ':') ? strchr(editors, ':') + 1
                                                       : editors;
            node_remove(last);
            if (!story->bylines.count)
                VEC_PUSH(page->reader->arena, story->bylines,
                         inline_text(page->reader, arena_string(page->reader->arena, colon, strcspn(colon, ")")),
                                     last->source));
        } else if (copyright_text(text)) {
            node_remove(last);
            if (!story->copyrights.count)
                page_add_copyright(page, inline_from(page->reader, last));
        } else if (again || signature(page, last, text) ||
                   (strlen(text) < 60 && has_reporter_word(text) && !strchr(text, '.') && !strstr(text, "다."))) {
            node_remove(last);
            if (!story->bylines.count)
                VEC_PUSH(page->reader->arena, story->bylines, inline_text(page->reader, text, last->source));
        } else {
            break;
        }
    }
}
