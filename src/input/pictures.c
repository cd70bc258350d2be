/* The pictures of a story: each once, those that stand outside the text placed, the first in the lead, its credit once. */
#include "input/internal.h"

static const char *letters(Reader *reader, const Node *node)
{
    return node ? letters_of(reader->arena, node_text(reader->arena, node)) : "";
}

static bool has_picture_suffix(const char *path, size_t length)
{
    static const char *const suffixes[] = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t size = strlen(suffixes[i]);
        if (length > size && starts_nocase(path + length - size, suffixes[i]))
            return true;
    }
    return false;
}

/* An address without what asks for a rendition: a query behind a file's name, a size such as "-150x150". */
static const char *picture_key(Arena *arena, const char *src)
{
    size_t length = strcspn(src, "?#");
    if (starts_nocase(src, "data:") || !has_picture_suffix(src, length))
        return src;
    src += strncmp(src, "./", 2) == 0 ? 2 : 0;
    length = strcspn(src, "?#");
    size_t stem = length;
    while (src[stem - 1] != '.')
        stem--;
    size_t cut = --stem;
    bool by = false;
    while (cut > 0 && ((src[cut - 1] >= '0' && src[cut - 1] <= '9') || (src[cut - 1] == 'x' && !by))) {
        by |= src[cut - 1] == 'x';
        cut--;
    }
    if (!by || cut == 0 || (src[cut - 1] != '-' && src[cut - 1] != '_'))
        return arena_string(arena, src, length);
    return arena_format(arena, "%.*s%.*s", (int)(cut - 1), src, (int)(length - stem), src + stem);
}

static const char *figure_src(const Node *figure)
{
    const Node *img = figure->first && node_is(figure->first, "img") ? figure->first : NULL;
    const char *src = img ? node_attribute(img, "src") : NULL;
    return src ? src : "";
}

typedef VEC(Node *) Figures;

static Figures figures_of(Reader *reader, Node *body)
{
    Figures figures = {0};
    for (const Node *at = body->first; at; at = node_after(at, body))
        if (node_is(at, "figure") && node_has_class(at, "picture"))
            VEC_PUSH(reader->arena, figures, (Node *)at);
    return figures;
}

static void detach_part(Node *figure, const char *part, Node **into)
{
    Node *found = figure_part(figure, part);
    if (found && !*into) {
        node_remove(found);
        *into = found;
    }
}

/* What one says of the picture and the other doesn't, said once. */
static void merge_captions(Reader *reader, Node *figure, Node *caption, Node *credit)
{
    Node *own_caption = NULL, *own_credit = NULL;
    detach_part(figure, "caption", &own_caption);
    detach_part(figure, "credit", &own_credit);
    while (figure->last && node_is(figure->last, "figcaption"))
        node_remove(figure->last);
    figure_set_caption(reader, figure, own_caption ? own_caption : caption, own_credit ? own_credit : credit);
}

static bool same_picture(Reader *reader, const char *a, const char *b)
{
    return *a && *b && (strcmp(a, b) == 0 || strcmp(picture_key(reader->arena, a), picture_key(reader->arena, b)) == 0);
}

void story_place_pictures(Reader *reader, Story *story)
{
    Node *top = story->body->first;
    for (int i = 0; i < story->pictures.count; i++) {
        Picture *picture = &story->pictures.at[i];
        Figures figures = figures_of(reader, story->body);
        Node *known = NULL;
        for (int k = 0; k < figures.count && !known; k++)
            known = same_picture(reader, figure_src(figures.at[k]), picture->src) ? figures.at[k] : NULL;
        if (known) {
            merge_captions(reader, known, picture->caption, picture->credit);
            continue;
        }
        Node *figure = figure_new(reader, story->body, picture);
        if (top)
            node_insert_before(figure, top);
    }
}

/* Both have something to say, and not the same: the picture is meant to stand twice. */
static bool said_apart(Reader *reader, Node *a, Node *b)
{
    const char *one = letters(reader, figure_part(a, "caption")), *other = letters(reader, figure_part(b, "caption"));
    return *one && *other && !strstr(one, other) && !strstr(other, one);
}

void report_picture_again(Reader *reader, Source source, const char *src)
{
    diag_note(reader->diag, "picture-again", source, "the picture %.*s stands here again; it is printed once",
              whole_characters(src, 120), src);
}

static const char *without_dot(const char *src)
{
    return src + (strncmp(src, "./", 2) == 0 ? 2 : 0);
}

void story_drop_repeated_pictures(Reader *reader, Story *story)
{
    Figures figures = figures_of(reader, story->body);
    for (int i = 0; i < figures.count; i++)
        for (int k = 0; k < i; k++) {
            if (!figures.at[i] || !figures.at[k] ||
                !same_picture(reader, figure_src(figures.at[i]), figure_src(figures.at[k])) ||
                said_apart(reader, figures.at[i], figures.at[k]))
                continue;
            Node *caption = NULL, *credit = NULL;
            detach_part(figures.at[i], "caption", &caption);
            detach_part(figures.at[i], "credit", &credit);
            merge_captions(reader, figures.at[k], caption, credit);
            if (strcmp(without_dot(figure_src(figures.at[i])), without_dot(figure_src(figures.at[k]))) == 0)
                report_picture_again(reader, figures.at[i]->source, figure_src(figures.at[i]));
            node_remove(figures.at[i]);
            figures.at[i] = NULL;
        }
}

static bool ends_with(const char *text, const char *part)
{
    size_t a = strlen(text), b = strlen(part);
    return b && a >= b && strcmp(text + a - b, part) == 0;
}

static void drop_repeated_credit(Reader *reader, Node *figure)
{
    Node *caption = figure_part(figure, "caption"), *credit = figure_part(figure, "credit");
    if (!caption || !credit)
        return;
    const char *said = letters(reader, caption), *again = letters(reader, credit);
    if (ends_with(said, again)) {
        if (credit->previous && credit->previous->kind == NODE_TEXT)
            node_remove(credit->previous);
        node_remove(credit);
    }
}

/* The first picture leads, unless it stands deep in the text. */
void story_lead_picture(Reader *reader, Story *story)
{
    Figures figures = figures_of(reader, story->body);
    for (int i = 0; i < figures.count; i++)
        drop_repeated_credit(reader, figures.at[i]);
    int before = 0, blocks = 0;
    Node *first = figures.count ? figures.at[0] : NULL;
    for (int i = figures.count - 1; i >= 0; i--)
        first = node_attribute(figures.at[i], "data-missing") ? first : figures.at[i];
    for (Node *at = story->body->first; at; at = at->next) {
        before += first && blocks >= 0 && at == first ? blocks : 0;
        blocks++;
    }
    if (!first || first->parent != story->body || node_attribute(first, "data-missing") ||
        (before > 5 && before * 3 > blocks))
        return;
    set_attribute(reader, first, "class", "picture lead");
    if (story->body->first != first)
        node_insert_before(first, story->body->first);
}
