/* Pictures: found, recognised, shared. See image.h. */
#define _GNU_SOURCE
#include "asset/image.h"

#include "asset/image_format.h"

typedef struct {
    const char *path;
    const Image *image;
} Entry;
struct ImageSet {
    Arena *arena;
    const FileAccess *access;
    const Limits *limits;
    Entry *table; /* by path, open addressing */
    int room, count;
    uint32_t last_id;
};

ImageSet *image_set_open(Arena *arena, const FileAccess *access, const Limits *limits)
{
    ImageSet *set = NEW(arena, ImageSet);
    set->arena = arena;
    set->access = access;
    set->limits = limits ? limits : &default_limits;
    return set;
}

static Entry *slot(ImageSet *set, const char *path)
{
    uint64_t at = hash_bytes(path, strlen(path), 0) >> 20;
    for (;; at++) {
        Entry *entry = &set->table[at % (uint64_t)set->room];
        if (!entry->path || strcmp(entry->path, path) == 0)
            return entry;
    }
}

static void remember(ImageSet *set, const Image *image)
{
    if (set->count * 2 >= set->room) {
        Entry *old = set->table;
        int old_room = set->room;
        set->room = old_room ? old_room * 2 : 64;
        set->table = NEW_ARRAY(set->arena, Entry, set->room);
        for (int i = 0; i < old_room; i++)
            if (old[i].path)
                *slot(set, old[i].path) = old[i];
    }
    *slot(set, image->path) = (Entry){image->path, image};
    set->count++;
}

/* By the first bytes, never by the name. */
static const char *read_head(Arena *arena, Image *image, const char **foreign)
{
    const char *data = image->data.data;
    size_t size = image->data.size;
    if (size >= 3 && memcmp(data, "\xFF\xD8\xFF", 3) == 0)
        return image->kind = IMAGE_JPEG, image_jpeg_head(arena, image);
    if (size >= 8 && memcmp(data, "\x89PNG\r\n\x1A\n", 8) == 0)
        return image->kind = IMAGE_PNG, image_png_head(arena, image);
    if (size >= 6 && (memcmp(data, "GIF87a", 6) == 0 || memcmp(data, "GIF89a", 6) == 0))
        return image->kind = IMAGE_GIF, image_gif_head(arena, image);
    if (size >= 12 && memcmp(data, "RIFF", 4) == 0 && memcmp(data + 8, "WEBP", 4) == 0)
        return image->kind = IMAGE_WEBP, image_webp_head(arena, image);
    *foreign = "an unknown format";
    if (size == 0)
        return *foreign = NULL, "is an empty file";
    if (size >= 4 && (memcmp(data, "II*\0", 4) == 0 || memcmp(data, "MM\0*", 4) == 0))
        *foreign = "TIFF";
    else if (size >= 12 && memcmp(data + 4, "ftyp", 4) == 0)
        *foreign = memcmp(data + 8, "avi", 3) == 0 ? "AVIF" : "HEIF";
    else if (size >= 5 && memcmp(data, "%PDF-", 5) == 0)
        *foreign = "PDF";
    else if (size >= 4 && memcmp(data, "%!PS", 4) == 0)
        *foreign = "PostScript";
    else if (size >= 2 && memcmp(data, "BM", 2) == 0)
        *foreign = "BMP";
    else if (memmem(data, size < 1024 ? size : 1024, "<svg", 4))
        *foreign = "SVG";
    else if (memmem(data, size < 1024 ? size : 1024, "<html", 5) ||
             memmem(data, size < 1024 ? size : 1024, "<!DOCTYPE html", 14))
        *foreign = "HTML, as a server sends in place of a missing picture";
    return NULL;
}

static const Image *report_file(FileStatus status, const char *href, const char *path, Source source, Diag *diag)
{
    switch (status) {
    case FILE_MISSING:
        diag_hint(diag, diag_warn(diag, "photo-missing", source, "there is no picture %s", href), "looked for %s",
                  path ? path : href);
        break;
    case FILE_FORBIDDEN:
        diag_hint(diag,
                  diag_warn(diag, "photo-forbidden", source,
                            "the picture %s is not opened: it is outside the folders that may be read", href),
                  "nothing is fetched from the network; --allow-path opens another folder");
        break;
    case FILE_TOO_LARGE:
        diag_warn(diag, "photo-too-large", source, "the file of the picture %s is too large", href);
        break;
    default: diag_warn(diag, "photo-missing", source, "the picture %s cannot be read", href);
    }
    return NULL;
}

static bool good(const ImageSet *set, const Image *image, const char *href, Source source, Diag *diag,
                 const char *wrong, const char *foreign)
{
    if (foreign) {
        int index = diag_warn(diag, "photo-unknown-format", source, "the picture %s is %s, which cannot be placed",
                              href, foreign);
        diag_hint(diag, index, "save it as JPEG or PNG; WebP and GIF are read too");
        return false;
    }
    if (wrong || image->width <= 0 || image->height <= 0) {
        diag_warn(diag, "photo-damaged", source, "the picture %s %s", href, wrong ? wrong : "has no size");
        return false;
    }
    if ((int64_t)image->width * image->height > set->limits->pixels) {
        int index = diag_warn(diag, "photo-too-large", source, "the picture %s has %d x %d pixels", href, image->width,
                              image->height);
        diag_hint(diag, index, "the limit is %lld pixels", (long long)set->limits->pixels);
        return false;
    }
    return true;
}

/* ---- pictures inside the document: RFC 2397 ---- */

static int base64_digit(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

static Bytes decode_base64(Arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) / 4 * 3 + 4), *to = out;
    uint32_t bits = 0;
    int count = 0;
    for (; *text; text++) {
        int digit = base64_digit(*text);
        if (digit < 0)
            continue; /* white space, padding */
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            *to++ = (char)(bits >> count);
        }
    }
    return (Bytes){out, (size_t)(to - out)};
}

/* The bytes of "data:...;base64,..."; other encodings are for texts, which no picture of ours is. */
static bool read_data_uri(Arena *arena, const char *href, Bytes *bytes)
{
    const char *comma = strchr(href, ',');
    if (!comma || comma - href < 12 || strncmp(comma - 7, ";base64", 7) != 0)
        return false;
    *bytes = decode_base64(arena, comma + 1);
    return true;
}

static bool is_data_uri(const char *href)
{
    char scheme[6] = {0};
    strncpy(scheme, href, 5);
    return text_equal_nocase(scheme, "data:");
}

/* Where the picture is: path names it from now on. */
static FileStatus find(ImageSet *set, const char *directory, const char *href, const char **path)
{
    if (!is_data_uri(href))
        return file_resolve(set->access, set->arena, directory, href, path);
    *path = arena_format(set->arena, "data:%016llx", (unsigned long long)hash_bytes(href, strlen(href), 0));
    return FILE_OK;
}

static FileStatus load(ImageSet *set, const char *path, const char *href, Bytes *bytes)
{
    if (!is_data_uri(href))
        return file_map(set->arena, path, set->limits->input_bytes, bytes);
    return read_data_uri(set->arena, href, bytes) ? FILE_OK : FILE_ERROR;
}

const Image *image_open(ImageSet *set, const char *directory, const char *href, Source source, Diag *diag)
{
    const char *path, *foreign = NULL;
    FileStatus status = find(set, directory, href, &path);
    if (status != FILE_OK)
        return report_file(status, href, path, source, diag);
    if (set->room) {
        const Image *known = slot(set, path)->image;
        if (known)
            return known;
    }
    Image *image = NEW(set->arena, Image);
    status = load(set, path, href, &image->data);
    const char *name = is_data_uri(href) ? "inside the document" : href;
    if (status != FILE_OK)
        return report_file(status, name, path, source, diag);
    image->path = path;
    image->orientation = 1;
    image->bits = 8;
    const char *wrong = read_head(set->arena, image, &foreign);
    if (!good(set, image, name, source, diag, wrong, foreign))
        return NULL;
    bool turned = image->orientation >= 5;
    image->upright_width = turned ? image->height : image->width;
    image->upright_height = turned ? image->width : image->height;
    image->id = ++set->last_id;
    remember(set, image);
    return image;
}

Pixels *image_pixels_new(Arena *arena, const Image *image)
{
    Pixels *pixels = NEW(arena, Pixels);
    pixels->width = image->width;
    pixels->height = image->height;
    pixels->components = image->components;
    pixels->bits = image->bits;
    pixels->alpha = image->alpha;
    pixels->row_bytes = (size_t)image->width * (size_t)(image->components + image->alpha) * (size_t)(image->bits / 8);
    pixels->data = arena_alloc(arena, pixels->row_bytes * (size_t)image->height);
    memset(pixels->data, image->cmyk ? 0 : 0xFF, pixels->row_bytes * (size_t)image->height);
    return pixels;
}

const Pixels *image_pixels(Arena *arena, const Image *image)
{
    switch ((ImageKind)image->kind) {
    case IMAGE_JPEG: return image_jpeg_pixels(arena, image);
    case IMAGE_PNG: return image_png_pixels(arena, image);
    case IMAGE_GIF: return image_gif_pixels(arena, image);
    case IMAGE_WEBP: return image_webp_pixels(arena, image);
    }
    return NULL;
}

int image_exif_orientation(Bytes tiff)
{
    if (tiff.size < 14 || (memcmp(tiff.data, "II*\0", 4) != 0 && memcmp(tiff.data, "MM\0*", 4) != 0))
        return 0;
    bool little = tiff.data[0] == 'I';
#define READ(at, bytes) (little ? read_little(tiff.data + (at), bytes) : read_big(tiff.data + (at), bytes))
    size_t at = READ(4, 4);
    if (at > tiff.size - 2)
        return 0;
    uint32_t count = READ(at, 2);
    at += 2;
    for (; count > 0 && at + 12 <= tiff.size; count--, at += 12)
        if (READ(at, 2) == 0x112) {
            uint32_t kind = READ(at + 2, 2), value = kind == 3 ? READ(at + 8, 2) : kind == 4 ? READ(at + 8, 4) : 0;
            return value >= 1 && value <= 8 ? (int)value : 0;
        }
#undef READ
    return 0;
}

int image_xmp_orientation(Bytes packet)
{
    static const char name[] = "tiff:Orientation";
    if (packet.size == 0)
        return 0;
    const char *at = memmem(packet.data, packet.size, name, sizeof name - 1), *end = packet.data + packet.size;
    if (!at)
        return 0;
    at += sizeof name - 1;
    while (at < end && (*at == '=' || *at == '>' || *at == '"' || *at == '\'' || *at == ' '))
        at++;
    return at + 1 < end && *at >= '1' && *at <= '8' && (at[1] < '0' || at[1] > '9') ? *at - '0' : 0;
}

/* ICC.1:2022 7.2 */
Bytes image_profile(Bytes icc, int components)
{
    if (icc.size < 132 || memcmp(icc.data + 36, "acsp", 4) != 0)
        return (Bytes){0};
    size_t size = read_big(icc.data, 4);
    const char *space = components == 1 ? "GRAY" : components == 3 ? "RGB " : "CMYK";
    if (size < 132 || size > icc.size || memcmp(icc.data + 16, space, 4) != 0)
        return (Bytes){0};
    const char *kind = icc.data + 12;
    if (memcmp(kind, "link", 4) == 0 || memcmp(kind, "abst", 4) == 0 || memcmp(kind, "nmcl", 4) == 0)
        return (Bytes){0};
    return (Bytes){icc.data, size};
}
