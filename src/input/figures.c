/* Pictures among blocks: figures, what stands for one, their captions and credits. */
#include "input/blocks.h"

static const char *const caption_words[] = {"caption", "figcaption", "cap",       "legend", "bildunterschrift",
                                            "txt_cap", "img_txt",    "photo_txt", "desc",   "pie",
                                            NULL};
static const char *const picture_words[] = {"hmedia", "image",  "img", "photo",  "picture", "foto",
                                            "bild",   "figure", "pic", "imagen", NULL};
static const char *const credit_words[] = {"credit",       "copyright",   "copy",   "source", "author",
                                           "photographer", "byline",      "quelle", "firma",  "credito",
                                           "fonte",        "attribution", NULL};

const Node *find_image(const Node *in)
{
    for (const Node *at = in; at; at = node_after(at, in))
        if (at->kind == NODE_ELEMENT && (strcmp(at->name, "img") == 0 || strcmp(at->name, "amp-img") == 0))
            return at;
    return NULL;
}

bool holds_text(const Node *in)
{
    for (const Node *at = in; at; at = node_after(at, in))
        if (at->kind == NODE_TEXT && !is_blank(at->text, at->text_size))
            return true;
    return false;
}

static size_t visible(const Node *text)
{
    return is_blank(text->text, text->text_size) ? 0 : text->text_size;
}

/* "Photo: Ann Smith" as an element behind the caption's. */
static bool says_credit(const Node *node)
{
    static const char *const words[] = {"photo:", "photo by ", "photograph:", "photos:", "foto:", "fotos:", "bild:",
                                        "image:", "picture:",  "credit:",     "©",       "(c) ",  NULL};
    const Node *text = node->first;
    while (text && !(text->kind == NODE_TEXT && visible(text)))
        text = node_after(text, node);
    const char *at = text ? text->text : "";
    while (is_space((unsigned char)*at))
        at++;
    for (int i = 0; words[i]; i++)
        if (starts_nocase(at, words[i]))
            return true;
    return false;
}

static const Node *find_credit(const Node *in)
{
    bool words = false;
    for (const Node *at = in->first ? in->first : NULL; at; at = node_after(at, in)) {
        if (at->kind == NODE_ELEMENT && holds_text(at) &&
            (strcmp(at->name, "cite") == 0 || strcmp(at->name, "small") == 0 || named(at, credit_words) ||
             (words && says_credit(at))))
            return at;
        words |= at->kind == NODE_TEXT && visible(at);
    }
    return NULL;
}

static Node *inline_without(Reader *reader, const Node *from, const Node *without, bool caption)
{
    Node *holder = new_element(reader, NULL, "span", NULL, from->source);
    Blocks blocks = {
        .reader = reader, .target = holder, .flat = true, .caption = caption, .text = {.arena = reader->arena}};
    for (const Node *child = from->first; child; child = child->next) {
        const Node *up = without;
        while (up && up != child)
            up = up->parent;
        if (!up) {
            walk(&blocks, child);
        } else if (child != without) {
            Node *rest = inline_without(reader, child, without, caption);
            if (rest)
                walk(&blocks, rest);
        }
    }
    flush(&blocks);
    trim_end(holder, false);
    return blank_block(holder) ? NULL : holder;
}

Node *inline_from(Reader *reader, const Node *from)
{
    return inline_without(reader, from, NULL, false);
}

static void split_caption(Reader *reader, const Node *from, Picture *picture)
{
    const Node *credit = find_credit(from);
    if (credit && !picture->credit)
        picture->credit = inline_from(reader, credit);
    Node *caption = inline_without(reader, from, credit, true);
    if (!picture->caption)
        picture->caption = caption;
}

static const Node *find_named(const Node *in, const char *const *words)
{
    for (const Node *at = in->first; at; at = node_after(at, in))
        if (at->kind == NODE_ELEMENT && named(at, words) && holds_text(at) && !find_image(at))
            return at;
    return NULL;
}

/* The caption: figcaption, else an element called so, else all loose text of a figure. */
static const Node *find_caption(const Node *figure)
{
    for (const Node *at = figure->first; at; at = node_after(at, figure))
        if (at->kind == NODE_ELEMENT && strcmp(at->name, "figcaption") == 0)
            return at;
    return find_named(figure, caption_words);
}

/* whole: all its words are the caption, whatever it is called. */
static void caption_of(Reader *reader, const Node *figure, bool whole, Picture *picture)
{
    const Node *caption = find_caption(figure);
    if (caption)
        split_caption(reader, caption, picture);
    else if ((node_is(figure, "figure") || named(figure, picture_words) || whole) && holds_text(figure))
        split_caption(reader, figure, picture);
    const Node *credit = picture->credit ? NULL : find_named(figure, credit_words);
    if (credit) {
        const Node *up = credit;
        while (up && up != caption)
            up = up->parent;
        if (!up)
            picture->credit = inline_from(reader, credit);
    }
}

static bool picture_with(Reader *reader, const Node *figure, const char *base, bool whole, Picture *picture)
{
    for (const Node *at = figure; at; at = node_after(at, figure))
        if (at->kind == NODE_ELEMENT && treatment(at) == AS_IMAGE && picture_of(reader, at, base, picture)) {
            caption_of(reader, figure, whole, picture);
            return true;
        }
    return false;
}

bool picture_in(Reader *reader, const Node *figure, const char *base, Picture *picture)
{
    return picture_with(reader, figure, base, false, picture);
}

static bool in_noscript(const Node *node)
{
    return node->parent && strcmp(node->parent->name, "noscript") == 0;
}

/* A picture stands before the paragraph that it interrupts; one that comes twice in a row stands once. twin: it is
 * there for readers without scripts. */
static Node *add_picture(Blocks *blocks, const Picture *picture, bool twin)
{
    for (Node *at = blocks->target->last; at; at = at->previous)
        if (at->kind == NODE_ELEMENT && strcmp(at->name, "figure") == 0) {
            const char *src = at->first ? node_attribute(at->first, "src") : NULL;
            if (src && strcmp(src, picture->src) == 0 && !(picture->caption && figure_part(at, "caption"))) {
                if (!twin)
                    report_picture_again(blocks->reader, picture->source, src);
                return at;
            }
            break;
        }
    Node *figure = figure_new(blocks->reader, blocks->target, picture);
    if (blocks->block && !blocks->flat) {
        flush(blocks);
        if (!blank_block(blocks->block))
            node_insert_before(figure, blocks->block);
        else
            block_end(blocks);
    }
    return blocks->last_figure = figure;
}

void image(Blocks *blocks, const Node *node)
{
    static const char *const signs[] = {"emoji", "smiley", NULL};
    const char *alt = node_attribute(node, "alt");
    if (alt && *alt && strlen(alt) <= 16 && named(node, signs)) {
        add_word(blocks, alt, strlen(alt), node->source);
        return;
    }
    Picture picture;
    if (blocks->flat)
        return;
    if (picture_of(blocks->reader, node, blocks->base, &picture))
        add_picture(blocks, &picture, in_noscript(node));
    else if (lacks_address(node))
        diag_warn(blocks->reader->diag, "picture-address", node->source,
                  "the picture \"%s\" has no address here and is left out", alt);
}

bool background(Blocks *blocks, const Node *node)
{
    Picture picture;
    if (blocks->flat || !background_of(blocks->reader, node, blocks->base, &picture))
        return false;
    add_picture(blocks, &picture, false);
    return true;
}

/* Pictures with words of their own below, or with blocks that are no caption, are more than one figure. */
static bool holds_more(const Node *node, const Node *caption)
{
    for (const Node *at = node->first; at; at = node_after(at, node)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        if (strcmp(at->name, "figure") == 0 && find_caption(at))
            return true;
        Treatment as = treatment(at);
        if (as != AS_TABLE && as != AS_QUOTE && as != AS_PRE && as != AS_LIST)
            continue;
        const Node *up = at;
        while (up && up != caption)
            up = up->parent;
        if (!up)
            return true;
    }
    return false;
}

/* What a gallery says of all its pictures stands under the first that has no words, else as text behind them. */
static void caption_gallery(Blocks *blocks, const Node *caption, const Node *before)
{
    Picture said = {0};
    split_caption(blocks->reader, caption, &said);
    for (Node *at = before ? before->next : blocks->target->first; at && said.caption; at = at->next)
        if (node_is(at, "figure") && !figure_part(at, "caption")) {
            figure_set_caption(blocks->reader, at, said.caption, figure_part(at, "credit") ? NULL : said.credit);
            return;
        }
    walk(blocks, caption);
}

static bool holds_figure(const Node *node)
{
    for (const Node *at = node->first; at; at = node_after(at, node))
        if (at->kind == NODE_ELEMENT && strcmp(at->name, "figure") == 0)
            return true;
    return false;
}

static void pictures_apart(Blocks *blocks, const Node *node)
{
    block_end(blocks);
    const Node *before = blocks->target->last, *caption = NULL;
    bool gallery = holds_figure(node);
    for (const Node *at = node->first; at; at = at->next)
        if (gallery && !caption && at->kind == NODE_ELEMENT && strcmp(at->name, "figcaption") == 0)
            caption = at;
        else
            walk(blocks, at);
    block_end(blocks);
    if (caption)
        caption_gallery(blocks, caption, before);
    block_end(blocks);
}

/* A figure of something that paper does not show: film, sound, what a script draws. */
static void report_left_out(const Blocks *blocks, const Node *figure)
{
    Reader *reader = blocks->reader;
    const Node *image = find_image(figure);
    const char *words = clean_text(reader->arena, node_text(reader->arena, figure));
    if (image && lacks_address(image))
        diag_warn(reader->diag, "picture-address", image->source,
                  "the picture \"%s\" has no address here and is left out", node_attribute(image, "alt"));
    else if (*words && !image)
        diag_warn(reader->diag, "figure-left-out", figure->source,
                  "a figure without a picture is left out, with its words: %.*s", whole_characters(words, 80), words);
}

/* A figure with one picture or none; several share its caption, unless each has its own. */
void figure(Blocks *blocks, const Node *node)
{
    if (blocks->flat)
        return;
    if (holds_more(node, find_caption(node))) {
        pictures_apart(blocks, node);
        return;
    }
    Picture picture;
    VEC(Picture) found = {0};
    for (const Node *at = node->first; at; at = node_after(at, node)) {
        bool again = found.count &&
                     (strcmp(node->name, "picture") == 0 || (at->parent && strcmp(at->parent->name, "noscript") == 0));
        if (at->kind != NODE_ELEMENT || treatment(at) != AS_IMAGE || again ||
            !picture_of(blocks->reader, at, blocks->base, &picture) ||
            (found.count && strcmp(picture.src, found.at[0].src) == 0))
            continue;
        VEC_PUSH(blocks->reader->arena, found, picture);
    }
    if (!found.count)
        report_left_out(blocks, node);
    else
        caption_of(blocks->reader, node, strcmp(node->name, "picture") != 0, &found.at[0]);
    for (int i = 0; i < found.count; i++)
        add_picture(blocks, &found.at[i], strcmp(node->name, "noscript") == 0);
}

/* ---- what stands for a figure ---- */
/* "3/12", the place in a gallery. */
bool counter(const Node *text)
{
    size_t at = 0, digits = 0;
    for (; at < text->text_size; at++) {
        bool digit = text->text[at] >= '0' && text->text[at] <= '9';
        if (!digit && text->text[at] != '/' && !is_space((unsigned char)text->text[at]))
            return false;
        digits += digit;
    }
    return digits > 1 && memchr(text->text, '/', text->text_size);
}

/* A name says so: one picture and its caption. */
static bool named_figure(const Node *node)
{
    int images = 0;
    size_t text = 0;
    for (const Node *at = node->first; at; at = node_after(at, node)) {
        if (at->kind == NODE_TEXT)
            text += visible(at);
        else
            images += strcmp(at->name, "img") == 0 && !in_noscript(at);
        if (images > 1 || text > 900)
            return false;
    }
    if (text == 0 || images != 1)
        return false;
    const Node *caption = find_named(node, caption_words);
    if (!caption)
        return named(node, picture_words) && text <= 400;
    size_t inside = 0;
    for (const Node *at = caption; at; at = node_after(at, caption))
        inside += at->kind == NODE_TEXT ? visible(at) : 0;
    return inside * 2 >= text;
}

/* The text stands apart from a paragraph's: small, or leaning. */
static bool set_apart(const Node *text, const Node *paragraph)
{
    for (const Node *at = text->parent; at && at != paragraph; at = at->parent)
        if (strcmp(at->name, "em") == 0 || strcmp(at->name, "i") == 0 || strcmp(at->name, "small") == 0)
            return true;
    return false;
}

static bool short_text(const Node *node)
{
    enum { HEADING = 100 }; /* bytes; longer ones only look like it */
    size_t size = 0;
    for (const Node *at = node->first; at; at = node_after(at, node))
        size += at->kind == NODE_TEXT ? visible(at) : 0;
    return size <= HEADING;
}

/* What parts of a container are neither a picture nor words that could be a caption. */
static bool more_than_caption(const Node *node)
{
    Treatment as = treatment(node);
    return (as == AS_HEADING && short_text(node)) || as == AS_LIST || as == AS_DEFINITIONS || as == AS_QUOTE ||
           as == AS_PRE || strcmp(node->name, "figure") == 0 || strcmp(node->name, "time") == 0 ||
           strcmp(node->name, "form") == 0;
}

/* No name says so, but it is built so: one picture, then a line or two, little of the whole text. */
static bool built_as_figure(Blocks *blocks, const Node *node)
{
    enum { LONGEST = 480, LINES = 2 };
    Picture picture;
    size_t text = 0;
    int images = 0, lines = 0;
    const Node *line = NULL;
    for (const Node *at = node->first; at; at = node_after(at, node)) {
        if (at->kind == NODE_ELEMENT) {
            if (more_than_caption(at) || hidden(at))
                return false;
            images +=
                treatment(at) == AS_IMAGE && !in_noscript(at) && picture_of(blocks->reader, at, blocks->base, &picture);
            continue;
        }
        if (!visible(at) || counter(at))
            continue;
        if (images != 1 || (strcmp(node->name, "p") == 0 && !set_apart(at, node)))
            return false;
        const Node *around = at->parent;
        while (around != node && (treatment(around) == AS_KEPT || treatment(around) == AS_INLINE))
            around = around->parent;
        lines += around != line;
        line = around;
        text += at->text_size;
    }
    return images == 1 && text && text <= LONGEST && lines <= LINES && text * 3 <= blocks->whole &&
           (!picture.width || picture.width >= 120);
}

bool like_a_figure(Blocks *blocks, const Node *node)
{
    return named_figure(node) ||
           (strcmp(node->name, "section") != 0 && strcmp(node->name, "article") != 0 && built_as_figure(blocks, node));
}

bool picture_with_words(Reader *reader, const Node **image, size_t whole, const char *base, Picture *picture)
{
    Blocks blocks = {.reader = reader, .base = base, .whole = whole};
    const Node *around = *image;
    int levels = 0;
    for (const Node *up = around->parent; up && levels < 6; up = up->parent, levels++)
        around = built_as_figure(&blocks, up) ? up : around;
    bool words = around != *image;
    *image = around;
    return picture_with(reader, around, base, words, picture);
}

/* A block behind a figure that is called a caption. */
bool take_caption(Blocks *blocks, const Node *node)
{
    if (!blocks->last_figure || blocks->flat || !named(node, caption_words) || !holds_text(node) || find_image(node) ||
        figure_part(blocks->last_figure, "caption"))
        return false;
    Picture parts = {0};
    split_caption(blocks->reader, node, &parts);
    figure_set_caption(blocks->reader, blocks->last_figure, parts.caption,
                       figure_part(blocks->last_figure, "credit") ? NULL : parts.credit);
    blocks->last_figure = NULL;
    return true;
}
