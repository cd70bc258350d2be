/* XML text made safe before the parser sees it: the doctype is taken out (nothing it names is ever
 * read), its internal entities and HTML's names are put in place within a bound, characters that
 * XML forbids go, stray & and < become text. What was where is kept, for places in messages.
 *   XML 1.0 2.2, 4.1, 4.4; HTML 13.5 for the names. */
#define _GNU_SOURCE
#include "input/internal.h"

#include <stdlib.h>

enum { ENTITY_DEPTH = 20, ENTITY_BYTES = 4 << 20 };

typedef struct {
    const char *name, *value; /* value NULL: external */
    size_t size;
} Entity;

typedef struct {
    Reader *reader;
    const char *text, *end;
    Buffer out;
    VEC(Shift) shifts;
    VEC(Entity) entities;
    Cursor cursor; /* for messages */
    size_t origin; /* place of what an entity puts in; SIZE_MAX: read from the text itself */
    size_t expanded;
    int controls, bare, unknown;
    bool failed, cut;
} Safe;

static Source source_at(Safe *safe, const char *at)
{
    cursor_to(&safe->cursor, safe->origin != SIZE_MAX ? safe->origin : (size_t)(at - safe->text));
    return place(safe->reader, safe->cursor.line, safe->cursor.column);
}

/* From here on the output corresponds to this place of the source. */
static void mark(Safe *safe, const char *at)
{
    if (safe->origin == SIZE_MAX)
        VEC_PUSH(safe->reader->arena, safe->shifts, ((Shift){safe->out.size, (size_t)(at - safe->text)}));
}

static bool name_start(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || c >= 0x80;
}

static bool name_char(unsigned char c)
{
    return name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static bool xml_char(uint32_t c)
{
    return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
           (c >= 0x10000 && c <= 0x10FFFF);
}

/* A run without markup: forbidden characters go, C1 controls are read as windows-1252. */
static void copy_text(Safe *safe, const char *from, const char *to)
{
    const char *start = from;
    while (from < to) {
        unsigned char c = (unsigned char)*from;
        bool control = (c < 0x20 && c != 9 && c != 10 && c != 13) ||
                       (c == 0xC2 && from + 1 < to && (unsigned char)from[1] < 0xA0) ||
                       (c == 0xEF && from + 2 < to && (unsigned char)from[1] == 0xBF && (unsigned char)from[2] >= 0xBE);
        if (!control) {
            from++;
            continue;
        }
        buffer_add(&safe->out, start, (size_t)(from - start));
        if (safe->controls++ == 0)
            diag_warn(safe->reader->diag, "control-character", source_at(safe, from),
                      "control characters are left out");
        uint32_t code = utf8_next(&from, to);
        if (code >= 0x80 && code < 0xA0 && windows_1252(code) != code)
            buffer_utf8(&safe->out, windows_1252(code));
        start = from;
        mark(safe, from);
    }
    buffer_add(&safe->out, start, (size_t)(from - start));
}

static const char *find(const char *at, const char *end, const char *text)
{
    return at < end ? memmem(at, (size_t)(end - at), text, strlen(text)) : NULL;
}

static void not_closed(Safe *safe, const char *at, const char *what)
{
    safe->cut = true;
    diag_warn(safe->reader->diag, "malformed-xml", source_at(safe, at), "%s without an end", what);
}

static void put_code(Safe *safe, uint32_t code)
{
    if (code == '&' || code == '<' || code == '>' || code == '"' || code == '\'')
        buffer_format(&safe->out, "&#%u;", (unsigned)code);
    else
        buffer_utf8(&safe->out, code);
}

/* ---- the doctype ---- */
static const char *skip_space(const char *at, const char *end)
{
    while (at < end && is_space((unsigned char)*at))
        at++;
    return at;
}

static const char *skip_quoted(const char *at, const char *end)
{
    const char *close = at < end ? memchr(at + 1, *at, (size_t)(end - at - 1)) : NULL;
    return close ? close + 1 : end;
}

/* <!ENTITY name "value"> or <!ENTITY name SYSTEM "..">; parameter entities are passed over. */
static void declare(Safe *safe, const char *at, const char *end)
{
    at = skip_space(at, end);
    if (at < end && *at == '%')
        return;
    const char *name = at;
    while (at < end && name_char((unsigned char)*at))
        at++;
    if (at == name)
        return;
    Entity entity = {arena_string(safe->reader->arena, name, (size_t)(at - name)), NULL, 0};
    at = skip_space(at, end);
    if (at < end && (*at == '"' || *at == '\'')) {
        const char *close = skip_quoted(at, end);
        entity.size = close > at + 1 ? (size_t)(close - at - 2) : 0;
        entity.value = arena_string(safe->reader->arena, at + 1, entity.size);
    }
    for (int i = 0; i < safe->entities.count; i++)
        if (strcmp(safe->entities.at[i].name, entity.name) == 0)
            return; /* the first declaration counts */
    VEC_PUSH(safe->reader->arena, safe->entities, entity);
}

/* The end of a doctype whose "<!DOCTYPE" starts at `at`. */
static const char *doctype(Safe *safe, const char *at)
{
    const char *start = at, *end = safe->end;
    int brackets = 0;
    at += 9;
    while (at < end) {
        if (*at == '"' || *at == '\'') {
            at = skip_quoted(at, end);
        } else if (starts_nocase(at, "<!--") || starts_nocase(at, "<?")) {
            const char *close = find(at, end, at[1] == '?' ? "?>" : "-->");
            at = close ? close + (at[1] == '?' ? 2 : 3) : end;
        } else if (brackets && starts_nocase(at, "<!")) {
            const char *close = at + 2;
            while (close < end && *close != '>')
                close = *close == '"' || *close == '\'' ? skip_quoted(close, end) : close + 1;
            if (strncmp(at, "<!ENTITY", 8) == 0)
                declare(safe, at + 8, close);
            at = close < end ? close + 1 : end;
        } else if (*at == '>' && brackets <= 0) {
            return at + 1;
        } else {
            brackets += *at == '[' ? 1 : *at == ']' ? -1 : 0;
            at++;
        }
    }
    not_closed(safe, start, "a doctype");
    return end;
}

/* ---- references ---- */
static void make_safe(Safe *safe, const char *at, const char *end, int depth);

/* "&#...;" from at; returns what follows, NULL: no such reference. */
static const char *numeric(Safe *safe, const char *at, const char *end)
{
    bool hex = at + 2 < end && (at[2] == 'x' || at[2] == 'X');
    const char *digits = at + (hex ? 3 : 2), *to = digits;
    uint32_t code = 0;
    for (; to < end && to - digits < 9; to++) {
        char c = *to;
        int digit = c >= '0' && c <= '9'          ? c - '0'
                    : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                  : -1;
        if (digit < 0)
            break;
        code = code > 0x110000 ? code : code * (hex ? 16 : 10) + (uint32_t)digit;
    }
    if (to == digits || to >= end || *to != ';')
        return NULL;
    code = windows_1252(code);
    if (xml_char(code) && !(code >= 0x80 && code < 0xA0))
        put_code(safe, code);
    else if (safe->controls++ == 0)
        diag_warn(safe->reader->diag, "control-character", source_at(safe, at),
                  "references to control characters are left out");
    return to + 1;
}

static bool expand(Safe *safe, const char *at, const char *name, size_t length, int depth)
{
    for (int i = 0; i < safe->entities.count; i++) {
        Entity *entity = &safe->entities.at[i];
        if (strncmp(entity->name, name, length) != 0 || entity->name[length])
            continue;
        if (!entity->value) {
            diag_warn(safe->reader->diag, "external-entity", source_at(safe, at),
                      "the external entity '%s' is not read", entity->name);
            return true;
        }
        safe->expanded += entity->size + 1;
        if (depth >= ENTITY_DEPTH || safe->expanded > ENTITY_BYTES) {
            if (!safe->failed)
                diag_hint(safe->reader->diag,
                          diag_error(safe->reader->diag, "entity-expansion", source_at(safe, at),
                                     "the entity '%s' expands without bound", entity->name),
                          "the file is broken or hostile");
            safe->failed = true;
            return true;
        }
        size_t origin = safe->origin;
        if (origin == SIZE_MAX)
            safe->origin = (size_t)(at - safe->text);
        make_safe(safe, entity->value, entity->value + entity->size, depth + 1);
        safe->origin = origin;
        return true;
    }
    return false;
}

static const char *reference(Safe *safe, const char *at, const char *end, int depth)
{
    if (at + 1 < end && at[1] == '#') {
        const char *after = numeric(safe, at, end);
        if (after) {
            mark(safe, after);
            return after;
        }
    }
    const char *name = at + 1, *to = name;
    while (to < end && to - name < 64 && name_char((unsigned char)*to))
        to++;
    size_t length = (size_t)(to - name);
    uint32_t second = 0, code = 0;
    if (to < end && *to == ';' && length) {
        /* As numbers: behind a fault the parser drops references by name. */
        static const char *const known[] = {"amp", "lt", "gt", "quot", "apos"};
        static const char codes[] = "&<>\"'";
        for (int i = 0; i < 5; i++)
            if (strncmp(known[i], name, length) == 0 && !known[i][length]) {
                put_code(safe, (unsigned char)codes[i]);
                mark(safe, to + 1);
                return to + 1;
            }
        if (expand(safe, at, name, length, depth)) {
            mark(safe, to + 1);
            return to + 1;
        }
        code = html_entity(name, length, &second);
    }
    if (code) {
        put_code(safe, code);
        if (second)
            put_code(safe, second);
        mark(safe, to + 1);
        return to + 1;
    }
    bool looks = to < end && *to == ';' && length;
    if (looks && safe->unknown++ < 5)
        diag_warn(safe->reader->diag, "unknown-entity", source_at(safe, at), "unknown entity '&%.*s;' stands as text",
                  (int)length, name);
    else if (!looks && safe->bare++ == 0)
        diag_warn(safe->reader->diag, "malformed-xml", source_at(safe, at),
                  "an & that starts no reference stands as text");
    put_code(safe, '&');
    mark(safe, at + 1);
    return at + 1;
}

/* ---- markup ---- */
static const char *cdata(Safe *safe, const char *at, const char *end)
{
    const char *close = find(at + 9, end, "]]>");
    copy_text(safe, at, close ? close : end);
    if (!close)
        not_closed(safe, at, "a CDATA section");
    buffer_text(&safe->out, "]]>");
    return close ? close + 3 : end;
}

/* A start tag: `<` inside a quoted value becomes a reference. */
static const char *tag(Safe *safe, const char *at, const char *end, int depth)
{
    const char *start = at;
    char quote = 0;
    for (at++; at < end && (quote || (*at != '>' && *at != '<')); at++) {
        if (quote && *at == quote)
            quote = 0;
        else if (!quote && (*at == '"' || *at == '\'') && at[-1] != '/' &&
                 (at[-1] == '=' || is_space((unsigned char)at[-1])))
            quote = *at;
        if (*at == '&') {
            copy_text(safe, start, at);
            start = reference(safe, at, end, depth);
            at = start - 1;
        } else if (quote && *at == '<') {
            copy_text(safe, start, at);
            put_code(safe, '<');
            start = at + 1;
            mark(safe, start);
        }
    }
    if (at < end && *at == '>')
        at++;
    copy_text(safe, start, at);
    return at;
}

static const char *markup(Safe *safe, const char *at, const char *end, int depth)
{
    const char *close;
    if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
        if (!(close = find(at + 4, end, "-->")))
            not_closed(safe, at, "a comment");
        at = close ? close + 3 : end;
        mark(safe, at);
        return at;
    }
    if (end - at >= 9 && memcmp(at, "<![CDATA[", 9) == 0)
        return cdata(safe, at, end);
    if (end - at >= 9 && starts_nocase(at, "<!DOCTYPE") && safe->origin == SIZE_MAX) {
        at = doctype(safe, at);
        mark(safe, at);
        return at;
    }
    if (end - at >= 2 && at[1] == '?') {
        if (!(close = find(at, end, "?>")))
            not_closed(safe, at, "a processing instruction");
        const char *after = close ? close + 2 : end;
        bool declaration = end - at > 5 && starts_nocase(at, "<?xml") && !name_char((unsigned char)at[5]);
        if (close && !declaration)
            copy_text(safe, at, after);
        else
            mark(safe, after);
        return after;
    }
    if (end - at >= 2 && (name_start((unsigned char)at[1]) || at[1] == '/'))
        return tag(safe, at, end, depth);
    if (safe->bare++ == 0)
        diag_warn(safe->reader->diag, "malformed-xml", source_at(safe, at), "a < that starts no tag stands as text");
    put_code(safe, '<');
    mark(safe, at + 1);
    return at + 1;
}

static void make_safe(Safe *safe, const char *at, const char *end, int depth)
{
    while (at < end && !safe->failed) {
        const char *start = at;
        while (at < end && *at != '<' && *at != '&')
            at++;
        copy_text(safe, start, at);
        if (at < end)
            at = *at == '<' ? markup(safe, at, end, depth) : reference(safe, at, end, depth);
    }
}

bool xml_make_safe(Reader *reader, const char *text, size_t size, SafeXml *result)
{
    Safe safe = {.reader = reader,
                 .text = text,
                 .end = text + size,
                 .out = {.arena = reader->arena},
                 .cursor = cursor_at_start(text, size),
                 .origin = SIZE_MAX};
    buffer_add(&safe.out, "", 0);
    make_safe(&safe, text, text + size, 0);
    *result = (SafeXml){safe.out.data, safe.out.size, safe.shifts.at, safe.shifts.count, safe.cut};
    return !safe.failed;
}
