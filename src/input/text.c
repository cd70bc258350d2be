/* Characters: places in a text, white space, comparing, references. See internal.h. */
#include "input/internal.h"

#include "base/unicode.h"

#include <gumbo.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>

Cursor cursor_at_start(const char *text, size_t size)
{
    return (Cursor){text, size, 0, 1, 1};
}

void cursor_to(Cursor *cursor, size_t offset)
{
    if (offset > cursor->size)
        offset = cursor->size;
    if (offset < cursor->at)
        *cursor = cursor_at_start(cursor->text, cursor->size);
    for (; cursor->at < offset; cursor->at++) {
        unsigned char c = (unsigned char)cursor->text[cursor->at];
        if (c == '\n') {
            cursor->line++;
            cursor->column = 1;
        } else if ((c & 0xC0) != 0x80) {
            cursor->column++;
        }
    }
}

/* ---- white space ---- */
bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_blank(const char *text, size_t size)
{
    for (const char *end = text + size; text < end;) {
        uint32_t c = utf8_next(&text, end);
        if (!is_space(c) && c != 0xA0 && c != 0xAD && c != 0x200B && c != 0x200C && c != 0x200D && c != 0xFEFF)
            return false;
    }
    return true;
}

char *clean_text(Arena *arena, const char *text)
{
    size_t size = strlen(text);
    text = nfc(arena, text, size, &size);
    char *out = arena_alloc(arena, size + 1), *to = out;
    const char *end = text + size;
    while (end > text && is_space((unsigned char)end[-1]))
        end--;
    for (const char *at = text; at < end; at++) {
        if (!is_space((unsigned char)*at))
            *to++ = *at;
        else if (to > out && to[-1] != ' ')
            *to++ = ' ';
    }
    static const char nbsp[] = "\xC2\xA0";
    while (to - out >= 2 && (memcmp(to - 2, nbsp, 2) == 0 || to[-1] == ' '))
        to -= to[-1] == ' ' ? 1 : 2;
    *to = 0;
    while (memcmp(out, nbsp, 2) == 0 || *out == ' ')
        out += *out == ' ' ? 1 : 2;
    return out;
}

/* Scripts whose texts can only be NFC are passed without a look into ICU's tables. */
static bool surely_nfc(uint32_t c)
{
    return c < 0x300 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x2000 && c < 0x2126) || (c >= 0x2190 && c < 0x2329) ||
           (c >= 0x2500 && c < 0x2ADC) || (c >= 0x2E80 && c < 0x3099 && !(c >= 0x302A && c <= 0x302F)) ||
           (c >= 0x309B && c < 0xA000) || (c >= 0xAC00 && c < 0xD7A4) ||
           (c >= 0x370 && c < 0x480 && c != 0x374 && c != 0x37E && c != 0x387) || (c >= 0xFF00 && c <= 0xFFFD) ||
           (c >= 0x1F300 && c < 0x1FB00);
}

const char *nfc(Arena *arena, const char *text, size_t size, size_t *out)
{
    *out = size;
    for (const char *at = text, *end = text + size; at < end;) {
        if ((unsigned char)*at < 0x80) {
            at++;
        } else if (!surely_nfc(utf8_next(&at, end))) {
            const char *normal = unicode_nfc(arena, text, size);
            if (normal != text)
                *out = strlen(normal);
            return normal;
        }
    }
    return text;
}

/* ---- comparing ---- */
static uint32_t fold(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : c >= 'A' && c <= 'Z' ? c + 32 : 0;
    if (c < 0xC0 || c == 0xD7 || c == 0xF7)
        return 0;
    if (c <= 0xDE || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (c >= 0x100 && c < 0x180 && c != 0x131 && c != 0x178)
        return c < 0x139 || c > 0x148 ? c | 1 : c + (c & 1);
    if ((c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3005) || (c >= 0x3008 && c < 0x3020) || c == 0xFEFF ||
        c == 0xFFFD)
        return 0;
    return (c >= 0xFF00 && c < 0xFF10) || (c >= 0xFF1A && c < 0xFF21) ? 0 : c;
}

char *letters_of(Arena *arena, const char *text)
{
    Buffer out = {.arena = arena};
    buffer_add(&out, "", 0);
    for (const char *end = text + strlen(text); text < end;) {
        uint32_t c = fold(utf8_next(&text, end));
        if (c)
            buffer_utf8(&out, c);
    }
    return out.data;
}

bool same_letters(Arena *arena, const char *a, const char *b)
{
    char *left = letters_of(arena, a);
    return *left && strcmp(left, letters_of(arena, b)) == 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool starts_nocase(const char *text, const char *part)
{
    for (; *part; text++, part++)
        if (lower(*text) != lower(*part))
            return false;
    return true;
}

bool contains_nocase(const char *text, const char *part)
{
    for (; *text; text++)
        if (lower(*text) == lower(*part) && starts_nocase(text, part))
            return true;
    return false;
}

/* ---- character references ---- */
/* The HTML 4 names are libxml2's; all others are asked of gumbo, which knows HTML5's 2231. */
static uint32_t ask_gumbo(const char *name, size_t size, uint32_t *second)
{
    char text[40] = "&";
    memcpy(text + 1, name, size);
    memcpy(text + 1 + size, ";", 2);
    GumboOutput *output = gumbo_parse(text);
    uint32_t found = 0;
    const GumboNode *body = output->root->v.element.children.length
                                ? output->root->v.element.children.data[output->root->v.element.children.length - 1]
                                : NULL;
    if (body && body->v.element.children.length == 1) {
        const GumboNode *node = body->v.element.children.data[0];
        if (node->type == GUMBO_NODE_TEXT && strcmp(node->v.text.text, text) != 0) {
            const char *at = node->v.text.text, *end = at + strlen(at);
            found = at < end ? utf8_next(&at, end) : 0;
            *second = at < end ? utf8_next(&at, end) : 0;
            found = at < end ? 0 : found; /* "&notit;" is "¬it;": not this name */
        }
    }
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    return found;
}

uint32_t html_entity(const char *name, size_t size, uint32_t *second)
{
    *second = 0;
    char copy[33];
    if (size == 0 || size >= sizeof copy)
        return 0;
    memcpy(copy, name, size);
    copy[size] = 0;
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)copy);
    if (strcmp(copy, "apos") == 0)
        return '\'';
    return entity ? entity->value : ask_gumbo(name, size, second);
}

uint32_t windows_1252(uint32_t c)
{
    static const uint16_t table[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                       0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                       0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
    return c >= 0x80 && c < 0xA0 ? table[c - 0x80] : c;
}

int whole_characters(const char *text, size_t most)
{
    size_t size = strlen(text) < most ? strlen(text) : most;
    while (size && ((unsigned char)text[size] & 0xC0) == 0x80)
        size--;
    return (int)size;
}
