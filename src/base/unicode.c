/* Unicode, by ICU's C functions. Only properties that are compiled into the library are used for
 * characters, so that nothing is loaded until a charset or a language's case rules ask for it. */
#include "base/unicode.h"

#include <strings.h>

#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

/* ---- characters ---- */
uint32_t unicode_script(uint32_t codepoint)
{
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)codepoint, &error);
    const char *tag = U_FAILURE(error) ? "Zyyy" : uscript_getShortName(script);
    return (uint32_t)(uint8_t)tag[0] << 24 | (uint32_t)(uint8_t)tag[1] << 16 | (uint32_t)(uint8_t)tag[2] << 8 |
           (uint8_t)tag[3];
}

int unicode_line_break_class(uint32_t codepoint)
{
    return u_getIntPropertyValue((UChar32)codepoint, UCHAR_LINE_BREAK);
}

uint32_t unicode_lower_letter(uint32_t codepoint)
{
    return (uint32_t)u_tolower((UChar32)codepoint);
}

bool unicode_is_letter(uint32_t codepoint)
{
    return u_isUAlphabetic((UChar32)codepoint);
}

bool unicode_is_upper(uint32_t codepoint)
{
    return u_isUUppercase((UChar32)codepoint) || u_istitle((UChar32)codepoint);
}

bool unicode_is_punctuation(uint32_t codepoint)
{
    return (U_GET_GC_MASK((UChar32)codepoint) & U_GC_P_MASK) != 0;
}

bool unicode_is_wide(uint32_t codepoint)
{
    int width = u_getIntPropertyValue((UChar32)codepoint, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

bool unicode_is_mark(uint32_t codepoint)
{
    return codepoint >= 0x300 && (U_GET_GC_MASK((UChar32)codepoint) & U_GC_M_MASK) != 0;
}

bool unicode_is_default_ignorable(uint32_t codepoint)
{
    return codepoint >= 0xAD && u_hasBinaryProperty((UChar32)codepoint, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

uint32_t unicode_mirror(uint32_t codepoint)
{
    return (uint32_t)u_charMirror((UChar32)codepoint);
}

/* UAX #29 3.1.1, by pairs; GB11 and GB12 need what came before. */
typedef struct {
    int before;
    bool pictograph;
    bool odd_flags;
} GraphemeState;

static bool is_pictograph(uint32_t codepoint)
{
    return codepoint >= 0xA9 && u_hasBinaryProperty((UChar32)codepoint, UCHAR_EXTENDED_PICTOGRAPHIC);
}

static bool grapheme_goes_on(const GraphemeState *state, int next, uint32_t codepoint)
{
    int before = state->before;
    if (before == U_GCB_CR)
        return next == U_GCB_LF;
    if (before == U_GCB_LF || before == U_GCB_CONTROL || next == U_GCB_CR || next == U_GCB_LF || next == U_GCB_CONTROL)
        return false;
    if (next == U_GCB_EXTEND || next == U_GCB_ZWJ || next == U_GCB_SPACING_MARK || before == U_GCB_PREPEND)
        return true;
    if (before == U_GCB_L && (next == U_GCB_L || next == U_GCB_V || next == U_GCB_LV || next == U_GCB_LVT))
        return true;
    if ((before == U_GCB_LV || before == U_GCB_V) && (next == U_GCB_V || next == U_GCB_T))
        return true;
    if ((before == U_GCB_LVT || before == U_GCB_T) && next == U_GCB_T)
        return true;
    if (before == U_GCB_ZWJ && state->pictograph && is_pictograph(codepoint))
        return true;
    return before == U_GCB_REGIONAL_INDICATOR && next == U_GCB_REGIONAL_INDICATOR && state->odd_flags;
}

static void grapheme_step(GraphemeState *state, int next, uint32_t codepoint)
{
    if (next != U_GCB_EXTEND && next != U_GCB_ZWJ)
        state->pictograph = is_pictograph(codepoint);
    state->odd_flags = next == U_GCB_REGIONAL_INDICATOR && !state->odd_flags;
    state->before = next;
}

size_t unicode_grapheme_end(const char *text, size_t size, size_t at)
{
    const char *place = text + at, *end = text + size;
    if (place >= end)
        return size;
    if ((uint8_t)place[0] < 0x80 && place[0] != '\r' && (place + 1 == end || (uint8_t)place[1] < 0x80))
        return at + 1;
    uint32_t codepoint = utf8_next(&place, end);
    GraphemeState state = {0};
    grapheme_step(&state, u_getIntPropertyValue((UChar32)codepoint, UCHAR_GRAPHEME_CLUSTER_BREAK), codepoint);
    while (place < end) {
        const char *before = place;
        codepoint = utf8_next(&place, end);
        int next = u_getIntPropertyValue((UChar32)codepoint, UCHAR_GRAPHEME_CLUSTER_BREAK);
        if (!grapheme_goes_on(&state, next, codepoint))
            return (size_t)(before - text);
        grapheme_step(&state, next, codepoint);
    }
    return size;
}

void unicode_dictionary_breaks(Arena *arena, const char *text, size_t size, uint8_t *ends)
{
    if (size > INT32_MAX / 4)
        return;
    UErrorCode error = U_ZERO_ERROR;
    UChar *wide = NEW_ARRAY(arena, UChar, size + 1);
    int32_t length = 0;
    u_strFromUTF8WithSub(wide, (int32_t)size + 1, &length, text, (int32_t)size, 0xFFFD, NULL, &error);
    UBreakIterator *words = ubrk_open(UBRK_LINE, "", wide, length, &error);
    if (U_FAILURE(error))
        return;
    uint32_t *bytes = NEW_ARRAY(arena, uint32_t, length + 1); /* of each UTF-16 unit */
    int32_t unit = 0;
    for (const char *at = text, *end = text + size; at < end && unit < length;) {
        uint32_t start = (uint32_t)(at - text);
        bytes[unit++] = start;
        if (utf8_next(&at, end) > 0xFFFF && unit < length)
            bytes[unit++] = start;
    }
    for (int32_t at = ubrk_first(words); at != UBRK_DONE; at = ubrk_next(words))
        if (at > 0 && at < length)
            ends[bytes[at]] = 1;
    ubrk_close(words);
}

/* ---- case ---- */
static const char *locale_of(const char *language, char out[16])
{
    size_t length = language ? strcspn(language, "-_") : 0;
    if (length == 0 || length > 8)
        return "";
    memcpy(out, language, length);
    out[length] = 0;
    return out;
}

typedef int32_t CaseFunction(const UCaseMap *, char *, int32_t, const char *, int32_t, UErrorCode *);

static char *map_case(Arena *arena, CaseFunction *map, const char *text, size_t size, const char *language)
{
    UErrorCode error = U_ZERO_ERROR;
    char locale[16];
    if (size > INT32_MAX / 4)
        return arena_string(arena, text, size);
    UCaseMap *rules = ucasemap_open(locale_of(language, locale), 0, &error);
    if (U_FAILURE(error))
        return arena_string(arena, text, size);
    int32_t room = (int32_t)size + 16;
    char *out = arena_alloc(arena, (size_t)room + 1);
    int32_t length = map(rules, out, room, text, (int32_t)size, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        error = U_ZERO_ERROR;
        room = length + 1;
        out = arena_alloc(arena, (size_t)room + 1);
        length = map(rules, out, room, text, (int32_t)size, &error);
    }
    ucasemap_close(rules);
    if (U_FAILURE(error))
        return arena_string(arena, text, size);
    out[length] = 0;
    return out;
}

char *unicode_upper(Arena *arena, const char *text, size_t size, const char *language)
{
    return map_case(arena, ucasemap_utf8ToUpper, text, size, language);
}

char *unicode_lower(Arena *arena, const char *text, size_t size, const char *language)
{
    return map_case(arena, ucasemap_utf8ToLower, text, size, language);
}

static bool in_word(uint32_t codepoint)
{
    return u_isalnum((UChar32)codepoint) || unicode_is_mark(codepoint) || codepoint == '\'' || codepoint == 0x2019 ||
           codepoint == '_';
}

/* css-text-4 2.1: the first typographic letter unit of each word to title case; the rest stays. */
char *unicode_title(Arena *arena, const char *text, size_t size, const char *language)
{
    Buffer out = {.arena = arena};
    bool inside = false;
    buffer_add(&out, "", 0);
    for (const char *at = text, *end = text + size; at < end;) {
        const char *start = at;
        uint32_t codepoint = utf8_next(&at, end);
        if (!inside && u_isalpha((UChar32)codepoint)) {
            bool dutch = language && strncmp(language, "nl", 2) == 0 && (codepoint == 'i' || codepoint == 'I') &&
                         at < end && (*at == 'j' || *at == 'J');
            bool turkic = language && (strncmp(language, "tr", 2) == 0 || strncmp(language, "az", 2) == 0);
            uint32_t title = turkic && codepoint == 'i' ? 0x130 : (uint32_t)u_totitle((UChar32)codepoint);
            buffer_utf8(&out, codepoint == 0xDF ? 'S' : title);
            if (codepoint == 0xDF)
                buffer_utf8(&out, 's');
            if (dutch) {
                buffer_utf8(&out, 'J');
                at++;
            }
        } else {
            buffer_add(&out, start, (size_t)(at - start));
        }
        inside = in_word(codepoint);
    }
    return out.data;
}

/* ---- normalisation ---- */
char *unicode_nfc(Arena *arena, const char *text, size_t size)
{
    bool plain = true; /* below U+0300 all is NFC already */
    for (size_t i = 0; i < size && plain; i++)
        plain = (uint8_t)text[i] < 0xCC;
    if (plain || size > INT32_MAX / 4)
        return (char *)text;
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    UChar *wide = NEW_ARRAY(arena, UChar, size + 1);
    int32_t length = 0, done = 0;
    u_strFromUTF8WithSub(wide, (int32_t)size + 1, &length, text, (int32_t)size, 0xFFFD, NULL, &error);
    if (U_FAILURE(error) || (unorm2_quickCheck(nfc, wide, length, &error) == UNORM_YES && U_SUCCESS(error)))
        return (char *)text;
    UChar *normal = NEW_ARRAY(arena, UChar, length * 3 + 1);
    done = unorm2_normalize(nfc, wide, length, normal, length * 3 + 1, &error);
    char *out = arena_alloc(arena, (size_t)done * 3 + 1);
    int32_t bytes = 0;
    u_strToUTF8(out, done * 3 + 1, &bytes, normal, done, &error);
    return U_FAILURE(error) ? (char *)text : out;
}

/* ---- bidi ---- */
static bool only_left_to_right(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) /* the first strong right-to-left character is U+0590: D6 */
        if ((uint8_t)text[i] >= 0xD6 ||
            ((uint8_t)text[i] == 0xE2 && i + 2 < size && (uint8_t)text[i + 1] == 0x80 && (uint8_t)text[i + 2] >= 0x8E))
            return false;
    return true;
}

/* Hangul, Han and kana start with E1 84 .. ED 9F: most of what only_left_to_right can't tell. */
static bool has_right_to_left(const char *text, size_t size)
{
    for (const char *at = text, *end = text + size; at < end;) {
        if ((uint8_t)*at < 0xD6) {
            at++;
            continue;
        }
        uint32_t c = utf8_next(&at, end);
        if ((c >= 0x590 && c < 0x900) || (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
            (c >= 0x2066 && c <= 0x2069) || (c >= 0xFB1D && c < 0xFE00) || (c >= 0xFE70 && c < 0xFF00) ||
            (c >= 0x10800 && c < 0x11000) || (c >= 0x1E800 && c < 0x1F000))
            return true;
    }
    return false;
}

int unicode_bidi(Arena *arena, const char *text, size_t size, int direction, uint8_t *levels)
{
    memset(levels, 0, size);
    if (direction != 1 && (only_left_to_right(text, size) || !has_right_to_left(text, size)))
        return 0;
    if (size > INT32_MAX / 4)
        return 0;
    UErrorCode error = U_ZERO_ERROR;
    UChar *wide = NEW_ARRAY(arena, UChar, size + 1);
    int32_t length = 0;
    u_strFromUTF8WithSub(wide, (int32_t)size + 1, &length, text, (int32_t)size, 0xFFFD, NULL, &error);
    UBiDi *bidi = ubidi_openSized(length, 0, &error);
    UBiDiLevel base = direction == 1 ? 1 : direction == 2 ? UBIDI_DEFAULT_LTR : 0;
    ubidi_setPara(bidi, wide, length, base, NULL, &error);
    const UBiDiLevel *unit = ubidi_getLevels(bidi, &error);
    if (U_FAILURE(error)) {
        ubidi_close(bidi);
        return direction == 1;
    }
    size_t at = 0;
    for (const char *place = text, *end = text + size; place < end;) {
        const char *start = place;
        uint32_t codepoint = utf8_next(&place, end);
        memset(levels + (start - text), at < (size_t)length ? unit[at] : 0, (size_t)(place - start));
        at += codepoint > 0xFFFF ? 2 : 1;
    }
    int paragraph = ubidi_getParaLevel(bidi);
    ubidi_close(bidi);
    return paragraph;
}

/* ---- charsets ---- */
/* Is the word in a list parted by spaces? */
static bool in_list(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; *at; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == length && strncasecmp(at, word, length) == 0)
            return true;
    return false;
}

/* Encoding Standard 4.2: what labels mean on the web; those that ICU takes the same way are left to it. */
static const char *real_charset(const char *label)
{
    static const struct {
        const char *name, *labels;
    } table[] = {
        {"windows-1252",
         "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
         "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined"},
        {"windows-1254",
         "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
         "windows-1254 x-cp1254"},
        {"windows-874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
        {"windows-949", "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
                        "windows-949 cp949 ms949 uhc x-windows-949"}, /* the last four are no labels, but met */
        {"windows-31j", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932"},
        {"gb18030", "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk cp936 ms936"},
        {"big5", "big5 cn-big5 csbig5 x-x-big5 cp950"},
        {"big5-hkscs", "big5-hkscs"},
        {"koi8-r", "cskoi8r koi koi8 koi8-r koi8_r"},
        {"koi8-u", "koi8-ru koi8-u"},
        {"iso-8859-6", "csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i"},
        {"iso-8859-8", "csiso88598e csiso88598i iso-8859-8-e iso-8859-8-i logical visual"},
        {"UTF-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"},
        {"UTF-16LE", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"},
        {"UTF-16BE", "unicodefffe utf-16be"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (in_list(table[i].labels, label))
            return table[i].name;
    return label;
}

static int count_bad(const char *text, size_t size)
{
    int bad = 0;
    for (size_t i = 0; i + 2 < size; i++)
        bad += memcmp(text + i, "\xEF\xBF\xBD", 3) == 0;
    return bad;
}

static char *decode_utf8(Arena *arena, Bytes bytes, size_t *size, int *bad)
{
    const char *at = bytes.data, *end = bytes.data + bytes.size;
    if (bytes.size >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    *bad = 0;
    if (utf8_valid(at, (size_t)(end - at))) {
        *size = (size_t)(end - at);
        return arena_string(arena, at, *size);
    }
    Buffer out = {.arena = arena};
    while (at < end) {
        const char *start = at;
        uint32_t codepoint = utf8_next(&at, end);
        *bad += codepoint == 0xFFFD && at - start == 1;
        buffer_utf8(&out, codepoint);
    }
    *size = out.size;
    return out.data;
}

char *unicode_decode(Arena *arena, Bytes bytes, const char *charset, size_t *size, int *bad)
{
    UErrorCode error = U_ZERO_ERROR;
    const char *name = real_charset(charset);
    if (text_equal_nocase(name, "utf-8"))
        return decode_utf8(arena, bytes, size, bad);
    UConverter *converter = ucnv_open(name, &error);
    if (U_FAILURE(error) || bytes.size > INT32_MAX / 4) {
        if (converter)
            ucnv_close(converter);
        return NULL;
    }
    int32_t room = ucnv_toUChars(converter, NULL, 0, bytes.data, (int32_t)bytes.size, &error);
    error = U_ZERO_ERROR;
    UChar *wide = NEW_ARRAY(arena, UChar, room + 1);
    int32_t length = ucnv_toUChars(converter, wide, room + 1, bytes.data, (int32_t)bytes.size, &error);
    ucnv_close(converter);
    if (length > 0 && wide[0] == 0xFEFF) {
        wide++;
        length--;
    }
    char *out = arena_alloc(arena, (size_t)length * 3 + 1);
    int32_t written = 0;
    u_strToUTF8WithSub(out, length * 3 + 1, &written, wide, length, 0xFFFD, NULL, &error);
    if (U_FAILURE(error))
        return NULL;
    *size = (size_t)written;
    *bad = count_bad(out, *size);
    return out;
}
