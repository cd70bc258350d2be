/* What a picture's file says of it: caption, credit, copyright, alt text, instructions, for what the article leaves out.
 * Exif 3.0, XMP and IPTC IIM 4.2, in the order of the Metadata Working Group's guidelines (2.0, 5): Exif; then XMP and IIM,
 * whichever is newer. */
#include "input/photo.h"
#include "base/unicode.h"

/* What cameras and programs write by themselves is nobody's caption. */
static bool by_default(const char *text)
{
    static const char *const words[] = {"olympus digital camera",
                                        "sony dsc",
                                        "exif_jpeg_picture",
                                        "exif jpeg",
                                        "default",
                                        "samsung",
                                        "digital camera",
                                        "dcim",
                                        "kodak digital",
                                        "minolta digital",
                                        "konica minolta",
                                        "created with",
                                        "screenshot",
                                        "untitled",
                                        "picture",
                                        "<ai>",
                                        "dsc_",
                                        "img_",
                                        NULL};
    for (int i = 0; words[i]; i++)
        if (starts_nocase(text, words[i]) && strlen(text) < strlen(words[i]) + 16)
            return true;
    return false;
}

const char *photo_text(Reader *reader, const char *text, size_t size, const char *charset)
{
    while (size && !text[size - 1])
        size--;
    int bad = 0;
    const char *plain = utf8_valid(text, size)
                            ? arena_string(reader->arena, text, size)
                            : unicode_decode(reader->arena, (Bytes){text, size}, charset, &size, &bad);
    plain = plain ? clean_text(reader->arena, plain) : "";
    return *plain && !by_default(plain) ? plain : NULL;
}

/* The first that isn't NULL; a cut-off first gives way to the second that begins with it. */
static const char *first_of(const char *a, const char *b, const char *c)
{
    if (a && b && strncmp(a, b, strlen(a)) == 0)
        return b;
    return a ? a : b ? b : c;
}

/* ---- Exif: a TIFF structure ---- */
static uint32_t number(Bytes tiff, size_t at, int bytes, bool big)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes && at + (size_t)bytes <= tiff.size; i++)
        value = value << 8 | (uint8_t)tiff.data[at + (size_t)(big ? i : bytes - 1 - i)];
    return value;
}

static PhotoFacts read_exif(Reader *reader, Bytes tiff)
{
    PhotoFacts facts = {0};
    bool big = tiff.size >= 8 && tiff.data[0] == 'M';
    size_t at = tiff.size >= 8 ? number(tiff, 4, 4, big) : tiff.size;
    uint32_t count = number(tiff, at, 2, big);
    for (at += 2; count-- && at + 12 <= tiff.size; at += 12) {
        uint32_t tag = number(tiff, at, 2, big), size = number(tiff, at + 4, 4, big);
        size_t start = size <= 4 ? at + 8 : number(tiff, at + 8, 4, big);
        if (tag == 0x0112)
            facts.orientation = (int)number(tiff, at + 8, 2, big);
        if (number(tiff, at + 2, 2, big) != 2 || start > tiff.size || size > tiff.size - start)
            continue;
        const char **into = tag == 0x010E   ? &facts.caption
                            : tag == 0x013B ? &facts.creator
                            : tag == 0x8298 ? &facts.copyright
                                            : NULL;
        const char *end = memchr(tiff.data + start, 0, size); /* photographer NUL editor: the first */
        if (into)
            *into =
                photo_text(reader, tiff.data + start, end ? (size_t)(end - tiff.data) - start : size, "windows-1252");
    }
    return facts;
}

/* ---- IIM: datasets 0x1C, record, number, size ---- */
static PhotoFacts read_iptc(Reader *reader, Bytes iptc, const char *language)
{
    PhotoFacts facts = {0};
    const char *charset = !language                         ? "windows-1252"
                          : strncmp(language, "ko", 2) == 0 ? "euc-kr"
                          : strncmp(language, "ja", 2) == 0 ? "shift_jis"
                          : strncmp(language, "zh", 2) == 0 ? "gb18030"
                                                            : "windows-1252";
    const struct {
        int number;
        const char **into;
    } table[] = {{120, &facts.caption}, {80, &facts.creator},    {110, &facts.credit},
                 {115, &facts.source},  {116, &facts.copyright}, {40, &facts.instructions}};
    for (size_t at = 0; at + 5 <= iptc.size && (uint8_t)iptc.data[at] == 0x1C;) {
        int record = (uint8_t)iptc.data[at + 1], set = (uint8_t)iptc.data[at + 2];
        size_t size = number(iptc, at + 3, 2, true);
        at += 5;
        if (size & 0x8000 || size > iptc.size - at)
            break;
        for (size_t i = 0; record == 2 && i < sizeof table / sizeof *table; i++) {
            const char *text = table[i].number == set ? photo_text(reader, iptc.data + at, size, charset) : NULL;
            if (text) /* by-lines repeat */
                *table[i].into = *table[i].into ? arena_format(reader->arena, "%s, %s", *table[i].into, text) : text;
        }
        at += size;
    }
    return facts;
}

/* Exif first; then XMP and IIM, the newer first: what neither says the other may. */
static PhotoFacts reconciled(Reader *reader, const PhotoBlocks *blocks, const char *language)
{
    PhotoFacts exif = read_exif(reader, blocks->exif), xmp = photo_xmp(reader, blocks->xmp, blocks->xmp_more),
               iptc = read_iptc(reader, blocks->iptc, language);
    const PhotoFacts *first = blocks->iptc_newer ? &iptc : &xmp, *second = blocks->iptc_newer ? &xmp : &iptc;
    return (PhotoFacts){.caption = first_of(exif.caption, first->caption, second->caption),
                        .creator = first_of(exif.creator, first->creator, second->creator),
                        .credit = first_of(NULL, first->credit, second->credit),
                        .source = first_of(NULL, first->source, second->source),
                        .copyright = first_of(exif.copyright, first->copyright, second->copyright),
                        .instructions = first_of(NULL, first->instructions, second->instructions),
                        .alt = xmp.alt,
                        .orientation = exif.orientation,
                        .focus = xmp.focus};
}

/* ---- what is printed ---- */
static bool holds(Reader *reader, const char *text, const char *part)
{
    char *letters = part ? letters_of(reader->arena, part) : "";
    return *letters && strstr(letters_of(reader->arena, text), letters);
}

/* "Photographer/Agency", as agencies sign; else the copyright line. */
static const char *credit_line(Reader *reader, const PhotoFacts *facts)
{
    const char *house = facts->credit ? facts->credit : facts->source;
    if (!facts->creator || !house || holds(reader, house, facts->creator))
        return house ? house : facts->creator ? facts->creator : facts->copyright;
    return holds(reader, facts->creator, house) ? facts->creator
                                                : arena_format(reader->arena, "%s/%s", facts->creator, house);
}

/* A caption that names its source needs no further credit. */
static bool names_a_source(const char *caption)
{
    static const char *const words[] = {
        "©",   "ⓒ",      "(c)",    "photo", "foto", "bild:", "image:", "courtesy", "reuters", "getty", "afp",
        "/ap", "xinhua", "yonhap", "dpa",   "사진", "写真",  "제공",   "图",       "via ",    NULL};
    for (int i = 0; words[i]; i++)
        if (contains_nocase(caption, words[i]))
            return true;
    size_t size = strlen(caption);
    return size && caption[size - 1] == ')';
}

static void report(Reader *reader, Source source, const char *code, const char *text)
{
    if (reader->request->strict_rights)
        diag_error(reader->diag, code, source, "%s", text);
    else
        diag_warn(reader->diag, code, source, "%s", text);
}

static void check_rights(Reader *reader, const Node *image, const PhotoFacts *facts)
{
    static const char *const words[] = {
        "no sale",       "notforresale", "not for resale", "mandatory credit", "one time use", "embargo", "no archive",
        "editorial use", "do not use",   "kill",           "no print",         "out no",       NULL};
    const char *text = facts->instructions ? facts->instructions : "";
    for (int i = 0; words[i]; i++)
        if (contains_nocase(text, words[i])) {
            report(reader, image->source, "photo-rights",
                   arena_format(reader->arena, "the picture %s comes with instructions: %.*s",
                                node_attribute(image, "src"), whole_characters(text, 160), text));
            return;
        }
}

static void fill(Reader *reader, Node *figure, Node *image, const PhotoFacts *facts)
{
    Node *caption = figure_part(figure, "caption"), *credit = figure_part(figure, "credit");
    const char *printed = caption ? node_text(reader->arena, caption) : facts->caption ? facts->caption : "";
    const char *line = credit ? NULL : credit_line(reader, facts);
    bool credited = credit || line || holds(reader, printed, facts->creator) || holds(reader, printed, facts->credit);
    if (line && (holds(reader, printed, line) || holds(reader, printed, facts->creator)))
        line = NULL;
    const char *alt = node_attribute(image, "alt");
    set_attribute(reader, image, "data-focus", photo_focus_words(reader, facts->focus, facts->orientation));
    if (facts->alt && !(alt && *alt))
        set_attribute(reader, image, "alt", facts->alt);
    if (!caption && facts->caption)
        figure_set_caption(reader, figure, inline_text(reader, facts->caption, image->source), NULL);
    if (line)
        figure_set_caption(reader, figure, NULL, inline_text(reader, line, image->source));
    if (!credited && !names_a_source(printed))
        report(reader, image->source, "photo-credit",
               arena_format(reader->arena, "nobody is named as the source of the picture %s",
                            node_attribute(image, "src")));
    check_rights(reader, image, facts);
}

/* Of a picture of which a design would cut away too much. NULL: the shape of a photograph. */
static const char *shape_word(int width, int height)
{
    return 5 * (int64_t)height > 9 * (int64_t)width    ? "tall"
           : 5 * (int64_t)width > 12 * (int64_t)height ? "wide"
                                                       : NULL;
}

void story_fill_photos(Reader *reader, Story *story)
{
    const InputRequest *request = reader->request;
    for (Node *at = story->body->first; request->photo && at; at = (Node *)node_after(at, story->body)) {
        Node *image = node_is(at, "figure") && at->first && node_is(at->first, "img") ? at->first : NULL;
        const char *src = image ? node_attribute(image, "src") : NULL;
        PhotoBlocks blocks = {0};
        if (!src || starts_nocase(src, "data:"))
            continue;
        if (!request->photo(request->photo_user, request->directory, src, &blocks)) {
            set_attribute(reader, at, "data-missing", "yes");
            continue;
        }
        set_attribute(reader, at, "data-shape", blocks.width ? shape_word(blocks.width, blocks.height) : NULL);
        PhotoFacts facts = reconciled(reader, &blocks, story->language);
        fill(reader, at, image, &facts);
    }
}
