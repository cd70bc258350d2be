/* From bytes to UTF-8. Order: the user's word, byte order mark, the look of UTF-16, the declaration
 * (XML, meta), held against the bytes: valid UTF-8 wins over a declaration that says otherwise, and
 * bytes that are hardly UTF-8 over one that says it;
 * with no declaration and no UTF-8 the likeliest of the usual charsets is taken.
 * Labels as in the WHATWG's Encoding Standard (unicode_decode knows them). */
#define _GNU_SOURCE
#include "input/internal.h"

#include "base/unicode.h"

typedef struct {
    char label[40]; /* "": none */
    size_t offset;  /* of the label in the file */
} Declaration;

static bool name_char(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-_.:+", c));
}

/* key, blanks, "=", blanks, an optional quote, the label. */
static bool label_after(const char *text, size_t size, size_t from, const char *key, Declaration *found)
{
    size_t length = strlen(key);
    for (size_t i = from; i + length < size; i++) {
        if (!starts_nocase(text + i, key))
            continue;
        size_t at = i + length;
        while (at < size && is_space((unsigned char)text[at]))
            at++;
        if (at >= size || text[at] != '=')
            continue;
        at++;
        while (at < size && (is_space((unsigned char)text[at]) || text[at] == '"' || text[at] == '\''))
            at++;
        size_t start = at;
        while (at < size && name_char((unsigned char)text[at]) && at - start < sizeof found->label - 1)
            at++;
        if (at == start)
            continue;
        memcpy(found->label, text + start, at - start);
        found->label[at - start] = 0;
        found->offset = start;
        return true;
    }
    return false;
}

static Declaration declared(const char *text, size_t size)
{
    Declaration found = {{0}, 0};
    size_t start = 0;
    while (start < size && start < 64 && is_space((unsigned char)text[start]))
        start++;
    char head[4097];
    size_t length = size - start < sizeof head - 1 ? size - start : sizeof head - 1;
    memcpy(head, text + start, length);
    for (size_t i = 0; i < length; i++)
        if (!head[i])
            head[i] = ' ';
    head[length] = 0;
    const char *end = strstr(head, "?>");
    if (length > 5 && memcmp(head, "<?xml", 5) == 0 && end) {
        if (label_after(head, (size_t)(end - head), 0, "encoding", &found)) {
            found.offset += start;
            return found;
        }
    }
    for (const char *meta = head; (meta = strstr(meta, "<")) != NULL; meta++) {
        if (!starts_nocase(meta, "<meta"))
            continue;
        const char *close = strchr(meta, '>');
        if (close && label_after(head, (size_t)(close - head), (size_t)(meta - head), "charset", &found)) {
            found.offset += start;
            return found;
        }
    }
    return found;
}

/* ---- guessing: how much a text looks like each of the usual charsets, by its bytes ---- */
static bool high(unsigned char c)
{
    return c >= 0xA1 && c <= 0xFE;
}

static int score_korean(unsigned char a, unsigned char b)
{
    if (high(a) && high(b))
        return a >= 0xB0 && a <= 0xC8 ? 2 : a <= 0xA3 ? 1 : a >= 0xCA ? -2 : -1;
    return a >= 0x81 && a <= 0xC6 && ((b >= 0x41 && b <= 0x5A) || (b >= 0x61 && b <= 0x7A) || (b >= 0x81 && b <= 0xFE))
               ? -1
               : -8;
}

static int score_chinese(unsigned char a, unsigned char b)
{
    if (high(a) && high(b))
        return a >= 0xB0 && a <= 0xD7 ? 1 : a == 0xA1 || a == 0xA3 ? 1 : a >= 0xD8 && a <= 0xF7 ? 0 : -1;
    return a >= 0x81 && b >= 0x40 && b <= 0xFE && b != 0x7F ? -1 : -8;
}

static int score_euc_jp(unsigned char a, unsigned char b)
{
    if (high(a) && high(b))
        return a == 0xA4 || a == 0xA5 ? 2 : a >= 0xB0 && a <= 0xCF ? 1 : a <= 0xA3 ? 1 : 0;
    return a == 0x8E && b >= 0xA1 && b <= 0xDF ? -1 : -8;
}

static int score_big5(unsigned char a, unsigned char b)
{
    bool trail = (b >= 0x40 && b <= 0x7E) || high(b);
    if (!trail || a < 0xA1 || a > 0xF9)
        return -8;
    return a >= 0xA4 && a <= 0xC6 ? 1 : a <= 0xA3 ? 1 : a >= 0xC9 ? -1 : -4;
}

/* Sets how many bytes were read: half-width katakana are single bytes. */
static int score_shift_jis(unsigned char a, unsigned char b, size_t *step)
{
    if (a >= 0xA1 && a <= 0xDF) {
        *step = 1;
        return -1;
    }
    bool trail = (b >= 0x40 && b <= 0x7E) || (b >= 0x80 && b <= 0xFC);
    if (!trail || a < 0x81 || a == 0xA0 || a > 0xFC)
        return -8;
    if (a == 0x82 || a == 0x83)
        return b >= 0x9F || a == 0x83 ? 2 : 1;
    return a == 0x81 || (a >= 0x88 && a <= 0x97) ? 1 : 0;
}

static bool ascii_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const char *guess(const char *text, size_t size)
{
    enum { KOREAN, CHINESE, JAPANESE, BIG5, SJIS, WESTERN, CYRILLIC, COUNT };
    static const char *const labels[COUNT] = {"euc-kr",    "gb18030",      "euc-jp",      "big5",
                                              "shift_jis", "windows-1252", "windows-1251"};
    int64_t score[COUNT] = {0};
    const unsigned char *s = (const unsigned char *)text;
    size_t limit = size < 262144 ? size : 262144;
    size_t skip[SJIS + 1] = {0};
    for (size_t i = 0; i < limit; i++) {
        if (s[i] < 0x80)
            continue;
        unsigned char before = i ? s[i - 1] : ' ', after = i + 1 < size ? s[i + 1] : ' ';
        for (int c = KOREAN; c <= SJIS; c++) {
            if (i < skip[c])
                continue;
            size_t step = 2;
            score[c] += c == KOREAN     ? score_korean(s[i], after)
                        : c == CHINESE  ? score_chinese(s[i], after)
                        : c == JAPANESE ? score_euc_jp(s[i], after)
                        : c == BIG5     ? score_big5(s[i], after)
                                        : score_shift_jis(s[i], after, &step);
            skip[c] = i + step;
        }
        bool alone = before < 0x80 && after < 0x80;
        score[WESTERN] += alone ? (ascii_letter(before) || ascii_letter(after) || s[i] < 0xA0 ? 2 : 0) : -1;
        score[CYRILLIC] += s[i] >= 0xC0 && !ascii_letter(before) && !ascii_letter(after) ? (s[i] >= 0xE0    ? 1
                                                                                            : before < 0x80 ? 1
                                                                                                            : 0)
                                                                                         : -1;
    }
    int best = WESTERN;
    for (int c = 0; c < COUNT; c++)
        if (score[c] > score[best])
            best = c;
    return labels[best];
}

/* ---- decoding ---- */
static bool is_utf8_label(const char *label)
{
    return text_equal_nocase(label, "utf-8") || text_equal_nocase(label, "utf8") ||
           text_equal_nocase(label, "unicode-1-1-utf-8");
}

static const char *utf16_look(const char *text, size_t size)
{
    const unsigned char *s = (const unsigned char *)text;
    if (size < 4)
        return NULL;
    if (s[0] == 0 && s[1] == '<' && s[2] == 0)
        return "utf-16be";
    return s[0] == '<' && s[1] == 0 && s[3] == 0 ? "utf-16le" : NULL;
}

/* Each bad byte of a UTF-8 text as U+FFFD. */
static char *repair_utf8(Arena *arena, const char *text, size_t size, size_t *out_size)
{
    Buffer out = {.arena = arena};
    buffer_add(&out, "", 0);
    const char *end = text + size;
    while (text < end) {
        const char *start = text;
        while (text < end && (unsigned char)*text < 0x80)
            text++;
        buffer_add(&out, start, (size_t)(text - start));
        if (text < end)
            buffer_utf8(&out, utf8_next(&text, end));
    }
    *out_size = out.size;
    return out.data;
}

/* The first few places where bytes could not be read, and how many there are. */
static void report_bad(Reader *reader, const char *text, size_t size, int bad, const char *charset)
{
    Cursor cursor = cursor_at_start(text, size);
    int shown = 0;
    for (const char *at = text; shown < 3 && (at = memmem(at, (size_t)(text + size - at), "\xEF\xBF\xBD", 3)) != NULL;
         at += 3) {
        cursor_to(&cursor, (size_t)(at - text));
        diag_warn(reader->diag, "undecodable-byte", place(reader, cursor.line, cursor.column),
                  "these bytes are not %s; U+FFFD stands for them", charset);
        shown++;
    }
    if (bad > shown)
        diag_note(reader->diag, "undecodable-byte", place(reader, 0, 0), "%d undecodable places in all", bad);
}

static bool decode_as(Reader *reader, Bytes bytes, const char *label, const char **text, size_t *size)
{
    int bad = 0;
    if (is_utf8_label(label)) {
        if (utf8_valid(bytes.data, bytes.size)) {
            *text = bytes.data;
            *size = bytes.size;
            return true;
        }
        *text = repair_utf8(reader->arena, bytes.data, bytes.size, size);
        report_bad(reader, *text, *size, 1, "UTF-8");
        return true;
    }
    *text = unicode_decode(reader->arena, bytes, label, size, &bad);
    if (*text && bad)
        report_bad(reader, *text, *size, bad, label);
    return *text != NULL;
}

static Source declaration_place(Reader *reader, Bytes bytes, const Declaration *declaration)
{
    Cursor cursor = cursor_at_start(bytes.data, bytes.size);
    cursor_to(&cursor, declaration->offset);
    return place(reader, cursor.line, cursor.column);
}

static bool only_ascii(Bytes bytes)
{
    for (size_t i = 0; i < bytes.size; i++)
        if ((unsigned char)bytes.data[i] >= 0x80)
            return false;
    return true;
}

/* Mostly bytes that are no UTF-8, and not just a few slips; where none is, few are enough. */
static bool hardly_utf8(Bytes bytes)
{
    enum { SOME = 3, MANY = 8 };
    size_t bad = 0, good = 0;
    const char *at = bytes.data, *end = bytes.data + bytes.size;
    while (at < end) {
        const char *start = at;
        bool ascii = (unsigned char)*at < 0x80;
        utf8_next(&at, end);
        bad += !ascii && at == start + 1;
        good += !ascii && at > start + 1;
    }
    return bad > 2 * good && (bad >= MANY || (bad >= SOME && !good));
}

static bool by_declaration(Reader *reader, Bytes bytes, const char **text, size_t *size)
{
    Declaration said = declared(bytes.data, bytes.size);
    bool utf8 = !said.label[0] || is_utf8_label(said.label) || starts_nocase(said.label, "utf-16") ||
                starts_nocase(said.label, "utf-32") || starts_nocase(said.label, "ucs-") ||
                starts_nocase(said.label, "iso-10646");
    bool shifted = starts_nocase(said.label, "iso-2022") || starts_nocase(said.label, "hz");
    if (!(shifted && only_ascii(bytes)) && utf8_valid(bytes.data, bytes.size)) {
        if (!utf8 && !only_ascii(bytes))
            diag_hint(reader->diag,
                      diag_warn(reader->diag, "charset-declaration", declaration_place(reader, bytes, &said),
                                "declared as %s, but the bytes are UTF-8; read as UTF-8", said.label),
                      "correct the declaration, or give --encoding");
        return decode_as(reader, bytes, "utf-8", text, size);
    }
    if (!utf8) {
        if (decode_as(reader, bytes, said.label, text, size))
            return true;
        diag_warn(reader->diag, "charset-unknown", declaration_place(reader, bytes, &said), "unknown charset '%s'",
                  said.label);
    } else if (said.label[0] && !hardly_utf8(bytes)) {
        return decode_as(reader, bytes, "utf-8", text, size);
    }
    const char *guessed = guess(bytes.data, bytes.size);
    diag_hint(reader->diag,
              diag_warn(reader->diag, "charset-guessed", place(reader, 1, 1),
                        "no usable charset is declared and the bytes are not UTF-8; read as %s", guessed),
              "give --encoding if that is wrong");
    return decode_as(reader, bytes, guessed, text, size);
}

static void drop_mark(const char **text, size_t *size)
{
    if (*size >= 3 && memcmp(*text, "\xEF\xBB\xBF", 3) == 0) {
        *text += 3;
        *size -= 3;
    }
}

bool charset_decode(Reader *reader, const char **text, size_t *size)
{
    Bytes bytes = reader->request->bytes;
    const char *label = reader->request->encoding;
    bool known = true;
    if (label) {
        known = decode_as(reader, bytes, label, text, size);
        if (!known)
            diag_hint(reader->diag,
                      diag_error(reader->diag, "charset-unknown", NO_SOURCE, "unknown charset '%s'", label),
                      "names such as utf-8, euc-kr, windows-1252, shift_jis");
    } else if (bytes.size >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0) {
        known = decode_as(reader, bytes, "utf-8", text, size);
    } else if (bytes.size >= 2 && (memcmp(bytes.data, "\xFE\xFF", 2) == 0 || memcmp(bytes.data, "\xFF\xFE", 2) == 0)) {
        known = decode_as(reader, bytes, bytes.data[0] == '\xFE' ? "utf-16be" : "utf-16le", text, size);
    } else if (utf16_look(bytes.data, bytes.size)) {
        known = decode_as(reader, bytes, utf16_look(bytes.data, bytes.size), text, size);
    } else {
        known = by_declaration(reader, bytes, text, size);
    }
    if (known) {
        if (*text == bytes.data) /* a mapped file has no NUL at its end */
            *text = arena_string(reader->arena, *text, *size);
        drop_mark(text, size);
    }
    return known;
}
