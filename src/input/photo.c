/* What a picture's file says of it: caption, credit, copyright, alt text, instructions, for what the article leaves out.
 * Exif 3.0, XMP and IPTC IIM 4.2, in the order of the Metadata Working Group's guidelines (2.0, 5): Exif, XMP, IIM. */
#include "base/unicode.h"
#include "input/internal.h"

typedef struct {
    const char *caption, *creator, *credit, *source, *copyright, *instructions, *alt; /* NULL: not said */
} Facts;

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

static const char *text_of(Reader *reader, const char *text, size_t size, const char *charset)
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

static Facts read_exif(Reader *reader, Bytes tiff)
{
    Facts facts = {0};
    bool big = tiff.size >= 8 && tiff.data[0] == 'M';
    size_t at = tiff.size >= 8 ? number(tiff, 4, 4, big) : tiff.size;
    uint32_t count = number(tiff, at, 2, big);
    for (at += 2; count-- && at + 12 <= tiff.size; at += 12) {
        uint32_t tag = number(tiff, at, 2, big), size = number(tiff, at + 4, 4, big);
        size_t start = size <= 4 ? at + 8 : number(tiff, at + 8, 4, big);
        if (number(tiff, at + 2, 2, big) != 2 || start > tiff.size || size > tiff.size - start)
            continue;
        const char **into = tag == 0x010E   ? &facts.caption
                            : tag == 0x013B ? &facts.creator
                            : tag == 0x8298 ? &facts.copyright
                                            : NULL;
        const char *end = memchr(tiff.data + start, 0, size); /* photographer NUL editor: the first */
        if (into)
            *into = text_of(reader, tiff.data + start, end ? (size_t)(end - tiff.data) - start : size, "windows-1252");
    }
    return facts;
}

/* ---- IIM: datasets 0x1C, record, number, size ---- */
static Facts read_iptc(Reader *reader, Bytes iptc, const char *language)
{
    Facts facts = {0};
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
            const char *text = table[i].number == set ? text_of(reader, iptc.data + at, size, charset) : NULL;
            if (text) /* by-lines repeat */
                *table[i].into = *table[i].into ? arena_format(reader->arena, "%s, %s", *table[i].into, text) : text;
        }
        at += size;
    }
    return facts;
}

/* ---- XMP ---- */
#define DC "http://purl.org/dc/elements/1.1/"
#define PHOTOSHOP "http://ns.adobe.com/photoshop/1.0/"
#define IPTC_CORE "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"

static bool is(Name name, Name ns, const char *local, const char *uri)
{
    return strcmp(name, local) == 0 && ns && strcmp(ns, uri) == 0;
}

/* Of an alternative the default language; of a list all. */
static const char *list_text(Reader *reader, const Node *property)
{
    const char *all = NULL, *usual = NULL;
    for (const Node *at = property->first; at; at = node_after(at, property)) {
        if (at->kind != NODE_ELEMENT || strcmp(at->name, "li") != 0)
            continue;
        const char *text = node_text(reader->arena, at);
        bool alternative = strcmp(at->parent->name, "Alt") == 0;
        for (int i = 0; i < at->attribute_count; i++)
            if (strcmp(at->attributes[i].name, "lang") == 0 && strcmp(at->attributes[i].value, "x-default") == 0)
                usual = text;
        all = !all ? text : alternative ? all : arena_format(reader->arena, "%s, %s", all, text);
    }
    return usual ? usual : all ? all : node_text(reader->arena, property);
}

static const char *xmp_value(Reader *reader, const Node *root, const char *local, const char *uri)
{
    for (const Node *at = root; at; at = node_after(at, root)) {
        if (at->kind != NODE_ELEMENT)
            continue;
        const char *text = is(at->name, at->ns, local, uri) ? list_text(reader, at) : NULL;
        for (int i = 0; i < at->attribute_count && !text; i++)
            if (is(at->attributes[i].name, at->attributes[i].ns, local, uri))
                text = at->attributes[i].value;
        if (text && (text = text_of(reader, text, strlen(text), "utf-8")))
            return text;
    }
    return NULL;
}

static Facts read_xmp(Reader *reader, Bytes packet)
{
    InputRequest request = {.name = reader->request->name, .bytes = packet, .limits = reader->request->limits};
    Diag quiet = {.arena = reader->arena}; /* what is wrong in a packet is no one's to mend here */
    Reader inner = reader_of(reader->arena, reader->names, &request, &quiet);
    XmlTree tree = {0};
    const char *text;
    size_t size;
    if (!packet.size || !charset_decode(&inner, &text, &size) || !xml_parse(&inner, text, size, true, &tree) ||
        !tree.root)
        return (Facts){0};
    const Node *root = tree.root;
    return (Facts){.caption = xmp_value(reader, root, "description", DC),
                   .creator = xmp_value(reader, root, "creator", DC),
                   .credit = xmp_value(reader, root, "Credit", PHOTOSHOP),
                   .source = xmp_value(reader, root, "Source", PHOTOSHOP),
                   .copyright = xmp_value(reader, root, "rights", DC),
                   .instructions = xmp_value(reader, root, "Instructions", PHOTOSHOP),
                   .alt = xmp_value(reader, root, "AltTextAccessibility", IPTC_CORE)};
}

static Facts reconciled(Reader *reader, const PhotoBlocks *blocks, const char *language)
{
    Facts exif = read_exif(reader, blocks->exif), xmp = read_xmp(reader, blocks->xmp),
          iptc = read_iptc(reader, blocks->iptc, language);
    return (Facts){first_of(exif.caption, xmp.caption, iptc.caption),
                   first_of(exif.creator, xmp.creator, iptc.creator),
                   first_of(NULL, xmp.credit, iptc.credit),
                   first_of(NULL, xmp.source, iptc.source),
                   first_of(exif.copyright, xmp.copyright, iptc.copyright),
                   first_of(NULL, xmp.instructions, iptc.instructions),
                   xmp.alt};
}

/* ---- what is printed ---- */
static bool holds(Reader *reader, const char *text, const char *part)
{
    char *letters = part ? letters_of(reader->arena, part) : "";
    return *letters && strstr(letters_of(reader->arena, text), letters);
}

/* "Photographer/Agency", as agencies sign; else the copyright line. */
static const char *credit_line(Reader *reader, const Facts *facts)
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

static void check_rights(Reader *reader, const Node *image, const Facts *facts)
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

static void fill(Reader *reader, Node *figure, Node *image, const Facts *facts)
{
    Node *caption = figure_part(figure, "caption"), *credit = figure_part(figure, "credit");
    const char *printed = caption ? node_text(reader->arena, caption) : facts->caption ? facts->caption : "";
    const char *line = credit ? NULL : credit_line(reader, facts);
    bool credited = credit || line || holds(reader, printed, facts->creator) || holds(reader, printed, facts->credit);
    if (line && (holds(reader, printed, line) || holds(reader, printed, facts->creator)))
        line = NULL;
    const char *alt = node_attribute(image, "alt");
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

void story_fill_photos(Reader *reader, Story *story)
{
    const InputRequest *request = reader->request;
    for (Node *at = story->body->first; request->photo && at; at = (Node *)node_after(at, story->body)) {
        Node *image = node_is(at, "figure") && at->first && node_is(at->first, "img") ? at->first : NULL;
        const char *src = image ? node_attribute(image, "src") : NULL;
        PhotoBlocks blocks = {0};
        if (!src || !request->photo(request->photo_user, request->directory, src, &blocks))
            continue;
        Facts facts = reconciled(reader, &blocks, story->language);
        fill(reader, at, image, &facts);
    }
}
