/* EPUB (by libarchive): the chapters of the spine, each a story; their pictures as data URIs.
 *   META-INF/container.xml -> the package: title, creator, rights, language, manifest, spine -> XHTML
 * What comes out of the archive is bounded by the limit on input, whatever the archive says of itself. */
#include "input/internal.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <pthread.h>

enum { ENTRIES = 20000 };
typedef struct {
    const char *path;
    Bytes bytes;
} Entry;
typedef struct {
    Reader *reader;
    VEC(Entry) entries;
    Node *package;
    const char *folder; /* of the package, with a slash behind; "": the top */
    const Node *encryption;
} Book;

bool is_archive(Bytes bytes)
{
    return bytes.size > 4 && memcmp(bytes.data, "PK\3\4", 4) == 0;
}

/* ---- the library: loaded when the first archive comes, for what it brings along doubles the time of a start ---- */
#define ARCHIVE_FUNCTIONS(DO)                    \
    DO(archive_read_new)                         \
    DO(archive_read_free)                        \
    DO(archive_read_support_format_zip_seekable) \
    DO(archive_read_open_memory)                 \
    DO(archive_read_next_header)                 \
    DO(archive_read_data_block) DO(archive_entry_pathname_utf8) DO(archive_entry_filetype) DO(archive_error_string)
#define MEMBER(name) __typeof__(&name) name;
static struct {
    ARCHIVE_FUNCTIONS(MEMBER)
    bool loaded;
} library;

static void load_library(void)
{
    static const char *const names[] = {"libarchive.so.13", "libarchive.so", "libarchive.13.dylib"};
    void *handle = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !handle; i++)
        handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    library.loaded = handle != NULL;
#define FIND(name)                                                           \
    if (library.loaded && !(*(void **)&library.name = dlsym(handle, #name))) \
        library.loaded = false;
    ARCHIVE_FUNCTIONS(FIND)
}

/* ---- out of the archive ---- */
static void close_archive(void *archive)
{
    library.archive_read_free(archive);
}

/* False: too much. */
static bool read_entry(Reader *reader, struct archive *archive, Buffer *out, size_t *left)
{
    const void *block;
    size_t size;
    la_int64_t offset;
    while (library.archive_read_data_block(archive, &block, &size, &offset) == ARCHIVE_OK) {
        if (size > *left) {
            diag_error(reader->diag, "input-too-large", place(reader, 0, 0), "the archive holds more than %zu bytes",
                       reader->request->limits->input_bytes);
            return false;
        }
        *left -= size;
        buffer_add(out, block, size);
    }
    return true;
}

static bool read_archive(Book *book)
{
    Reader *reader = book->reader;
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_library);
    if (!library.loaded) {
        diag_error(reader->diag, "library-missing", place(reader, 0, 0), "to read EPUB libarchive must be installed");
        return false;
    }
    struct archive *archive = library.archive_read_new();
    struct archive_entry *entry;
    arena_at_free(reader->arena, close_archive, archive);
    library.archive_read_support_format_zip_seekable(archive);
    size_t left = reader->request->limits->input_bytes ? reader->request->limits->input_bytes : SIZE_MAX;
    int status = library.archive_read_open_memory(archive, reader->request->bytes.data, reader->request->bytes.size);
    while (status == ARCHIVE_OK && (status = library.archive_read_next_header(archive, &entry)) >= ARCHIVE_WARN &&
           status != ARCHIVE_EOF) {
        const char *path = library.archive_entry_pathname_utf8(entry);
        Buffer out = {.arena = reader->arena};
        buffer_add(&out, "", 0);
        if (!path || library.archive_entry_filetype(entry) != AE_IFREG)
            continue;
        if (book->entries.count >= ENTRIES || !read_entry(reader, archive, &out, &left))
            return false;
        VEC_PUSH(reader->arena, book->entries,
                 (Entry){arena_string(reader->arena, path, strlen(path)), {out.data ? out.data : "", out.size}});
        status = ARCHIVE_OK;
    }
    if (status != ARCHIVE_EOF && status != ARCHIVE_OK)
        diag_warn(reader->diag, "archive-damaged", place(reader, 0, 0), "%s",
                  library.archive_error_string(archive) ? library.archive_error_string(archive)
                                                        : "not readable to its end");
    return book->entries.count > 0;
}

static const Entry *find_entry(const Book *book, const char *path)
{
    for (int i = 0; i < book->entries.count; i++)
        if (strcmp(book->entries.at[i].path, path) == 0)
            return &book->entries.at[i];
    return NULL;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* "OEBPS/text/" and "../img/a%20b.jpg#x" -> "OEBPS/img/a b.jpg" */
static const char *archive_path(Arena *arena, const char *folder, const char *href)
{
    Buffer out = {.arena = arena};
    buffer_text(&out, *href == '/' ? "" : folder);
    for (const char *at = href + (*href == '/'); *at && *at != '#' && *at != '?';) {
        if (strncmp(at, "./", 2) == 0 && (!out.size || out.data[out.size - 1] == '/')) {
            at += 2;
        } else if (strncmp(at, "../", 3) == 0 && (!out.size || out.data[out.size - 1] == '/')) {
            out.size -= out.size > 0;
            while (out.size && out.data[out.size - 1] != '/')
                out.size--;
            at += 3;
        } else if (*at == '%' && hex(at[1]) >= 0 && hex(at[2]) >= 0) {
            char byte = (char)(hex(at[1]) * 16 + hex(at[2]));
            buffer_add(&out, &byte, byte != 0);
            at += 3;
        } else {
            buffer_add(&out, at++, 1);
        }
    }
    return arena_string(arena, out.size ? out.data : "", out.size);
}

static const char *folder_of(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_string(arena, path, (size_t)(slash - path) + 1) : "";
}

/* ---- the package ---- */
static Node *find(const Node *top, const char *name, const char *attribute, const char *value)
{
    for (const Node *at = top; at; at = node_after(at, top)) {
        const char *is = at->kind == NODE_ELEMENT && attribute ? node_attribute(at, attribute) : NULL;
        if (at->kind == NODE_ELEMENT && strcmp(at->name, name) == 0 &&
            (!attribute || (is && (!value || strcmp(is, value) == 0))))
            return (Node *)at;
    }
    return NULL;
}

/* Reads one entry: messages name it behind the archive's name. */
static Node *parse_entry(Book *book, const Entry *entry, bool html)
{
    Reader *reader = book->reader;
    InputRequest request = *reader->request;
    request.name = arena_format(reader->arena, "%s/%s", request.name, entry->path);
    request.bytes = entry->bytes;
    const InputRequest *outer = reader->request;
    reader->request = arena_copy(reader->arena, &request, sizeof request);
    const char *text;
    size_t size;
    XmlTree xml = {0};
    HtmlTree page = {0};
    Node *root = NULL;
    if (charset_decode(reader, &text, &size)) {
        if (xml_parse(reader, text, size, html, &xml) && (!html || !xml.errors))
            root = xml.root;
        else if (html && html_parse(reader, text, size, &page))
            root = page.root;
    }
    reader->request = outer;
    return root;
}

static bool open_package(Book *book)
{
    const Entry *container = find_entry(book, "META-INF/container.xml");
    const Node *root = container ? parse_entry(book, container, false) : NULL;
    const Node *file = root ? find(root, "rootfile", "full-path", NULL) : NULL;
    const char *path = file ? node_attribute(file, "full-path") : NULL;
    const Entry *package = path ? find_entry(book, path) : NULL;
    if (!package) {
        diag_hint(book->reader->diag,
                  diag_error(book->reader->diag, "format-unknown", place(book->reader, 0, 0),
                             "an archive, but no EPUB: it has no package"),
                  "unpack it first");
        return false;
    }
    book->folder = folder_of(book->reader->arena, path);
    book->package = parse_entry(book, package, false);
    return book->package != NULL;
}

/* ---- a chapter ---- */
static const char *data_uri(Arena *arena, Bytes bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *in = (const unsigned char *)bytes.data;
    size_t head = strlen("data:image/*;base64,"), size = head + (bytes.size + 2) / 3 * 4;
    char *uri = arena_alloc(arena, size + 1), *out = uri + head;
    memcpy(uri, "data:image/*;base64,", head);
    for (size_t i = 0; i < bytes.size; i += 3) {
        size_t rest = bytes.size - i;
        unsigned word = (unsigned)in[i] << 16 | (rest > 1 ? (unsigned)in[i + 1] << 8 : 0) | (rest > 2 ? in[i + 2] : 0u);
        *out++ = digits[word >> 18];
        *out++ = digits[word >> 12 & 63];
        *out++ = digits[word >> 6 & 63];
        *out++ = digits[word & 63];
        if (rest < 3)
            out[-1] = '=';
        if (rest < 2)
            out[-2] = '=';
    }
    return uri;
}

/* META-INF/encryption.xml names what is encrypted; fonts may be, by ways of their own that hide them a little. */
static bool is_encrypted(const Book *book, const char *path)
{
    const Node *top = book->encryption;
    for (const Node *at = top; at; at = node_after(at, top)) {
        const Node *reference = at->kind == NODE_ELEMENT && strcmp(at->name, "EncryptedData") == 0
                                    ? find(at, "CipherReference", "URI", NULL)
                                    : NULL;
        if (reference && strcmp(archive_path(book->reader->arena, "", node_attribute(reference, "URI")), path) == 0)
            return true;
    }
    return false;
}

static void take_pictures(Book *book, Node *body, const char *folder)
{
    Arena *arena = book->reader->arena;
    for (Node *at = body, *next; at; at = next) {
        next = (Node *)node_after(at, body);
        const char *src = at->kind == NODE_ELEMENT && strcmp(at->name, "img") == 0 ? node_attribute(at, "src") : NULL;
        if (!src || starts_nocase(src, "data:"))
            continue;
        const char *path = archive_path(arena, folder, src);
        const Entry *picture = find_entry(book, path);
        if (!picture || is_encrypted(book, path)) {
            diag_warn(book->reader->diag, "photo-missing", at->source, "%s is %s", src,
                      picture ? "encrypted" : "not in the archive");
            node_remove(at);
            continue;
        }
        set_attribute(book->reader, at, "src", data_uri(arena, picture->bytes));
    }
}

/* The first heading of the text, taken out; else the page's title. */
static void take_headline(Book *book, Node *story, const Node *page, Node *body)
{
    static const char *const names[] = {"h1", "h2", "h3"};
    Node *heading = NULL;
    for (int i = 0; i < 3 && !heading; i++)
        heading = find(body, names[i], NULL, NULL);
    if (heading) {
        node_remove(heading);
        node_move_children(heading, form_part(book->reader, story, "headline", NULL, heading->source));
    } else {
        const Node *title = find(page, "title", NULL, NULL);
        form_part(book->reader, story, "headline", title ? node_text(book->reader->arena, title) : NULL, story->source);
    }
}

static void add_metadata(Book *book, Node *story)
{
    static const struct {
        const char *element, *part; /* part "@name": an attribute */
    } table[] = {{"creator", "byline"},
                 {"rights", "copyright"},
                 {"subject", "keyword"},
                 {"language", "@lang"},
                 {"date", "@date"}};
    const Node *top = book->package;
    for (const Node *at = top; at; at = node_after(at, top))
        for (size_t i = 0; at->kind == NODE_ELEMENT && i < sizeof table / sizeof *table; i++) {
            const char *text = strcmp(at->name, table[i].element) == 0 ? node_text(book->reader->arena, at) : "";
            if (!*text)
                continue;
            if (*table[i].part != '@')
                form_part(book->reader, story, table[i].part, text, at->source);
            else if (!node_attribute(story, table[i].part + 1))
                set_attribute(book->reader, story, table[i].part + 1, text);
        }
}

static bool has_prose(const Node *body)
{
    return find(body, "p", NULL, NULL) || find(body, "li", NULL, NULL) || find(body, "blockquote", NULL, NULL);
}

static void add_chapter(Book *book, Node *edition, const Node *item)
{
    Reader *reader = book->reader;
    const char *href = node_attribute(item, "href"), *properties = node_attribute(item, "properties");
    if (!href || (properties && strstr(properties, "nav")))
        return;
    const char *path = archive_path(reader->arena, book->folder, href);
    const Entry *entry = find_entry(book, path);
    if (!entry) {
        diag_warn(reader->diag, "content-lost", item->source, "%s is not in the archive", href);
        return;
    }
    if (is_encrypted(book, path)) {
        diag_hint(
            reader->diag,
            diag_error(reader->diag, "encrypted", place(reader, 0, 0), "the book is encrypted: %s can't be read", path),
            "a copy without copy protection (DRM) is needed");
        return;
    }
    Node *page = parse_entry(book, entry, true), *body = page ? find(page, "body", NULL, NULL) : NULL;
    if (!body || !has_prose(body)) /* a cover */
        return;
    Node *story = form_part(reader, edition, "story", NULL, body->source);
    take_pictures(book, body, folder_of(reader->arena, path));
    take_headline(book, story, page, body);
    add_metadata(book, story);
    node_move_children(body, form_part(reader, story, "body", NULL, body->source));
}

Node *epub_read(Reader *reader)
{
    Book book = {.reader = reader};
    if (!read_archive(&book)) {
        if (!reader->diag->errors)
            diag_error(reader->diag, "format-unknown", place(reader, 0, 0), "an archive that can't be read");
        return NULL;
    }
    if (!open_package(&book))
        return NULL;
    const Entry *encryption = find_entry(&book, "META-INF/encryption.xml");
    book.encryption = encryption ? parse_entry(&book, encryption, false) : NULL;
    Node *edition = form_part(reader, NULL, "edition", NULL, place(reader, 0, 0));
    const Node *title = find(book.package, "title", NULL, NULL), *spine = find(book.package, "spine", NULL, NULL);
    set_attribute(reader, edition, "publication", title ? node_text(reader->arena, title) : NULL);
    set_attribute(reader, edition, "title", title ? node_text(reader->arena, title) : NULL);
    for (const Node *ref = spine ? spine->first : NULL; ref && !reader->diag->errors; ref = ref->next) {
        const char *id = ref->kind == NODE_ELEMENT ? node_attribute(ref, "idref") : NULL;
        const char *linear = id ? node_attribute(ref, "linear") : NULL;
        const Node *item = id && !(linear && strcmp(linear, "no") == 0) ? find(book.package, "item", "id", id) : NULL;
        if (item)
            add_chapter(&book, edition, item);
    }
    return reader->diag->errors ? NULL : edition;
}
