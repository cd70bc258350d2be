/* Names of keywords and properties. See names.h. */
#include "css/names.h"

#include <pthread.h>

#include "css/shorthands.h"

/* ---- rows ---- */
#define AS_ROW(id, css, letter, words, inherited, start, field) {css, #letter[0], inherited, words, start},
const PropertyRow property_rows[PROPERTY_COUNT] = {PROPERTIES(AS_ROW)};

typedef enum {
    MAP_BLOCK_START,
    MAP_BLOCK_END,
    MAP_INLINE_START,
    MAP_INLINE_END,
    MAP_START_START,
    MAP_START_END,
    MAP_END_START,
    MAP_END_END,
    MAP_INLINE_SIZE,
    MAP_BLOCK_SIZE
} LogicalMap;
static const struct {
    const char *name;
    short physical, map;
} logical_rows[] = {
#define AS_LOGICAL(id, css, sibling, how) {css, PROPERTY_##sibling, MAP_##how},
    LOGICAL_PROPERTIES(AS_LOGICAL)};

const PropertyRow *longhand_row(int property)
{
    return &property_rows[property < PROPERTY_COUNT ? property : logical_rows[property - PROPERTY_COUNT].physical];
}

const char *longhand_name(int property)
{
    return property < PROPERTY_COUNT ? property_rows[property].name : logical_rows[property - PROPERTY_COUNT].name;
}

/* Sides as 0 top, 1 right, 2 bottom, 3 left: the order of the rows. css-writing-modes-4 6.4 */
static int block_side(uint16_t mode, bool end)
{
    if (mode == KW_VERTICAL_RL || mode == KW_SIDEWAYS_RL)
        return end ? 3 : 1;
    if (mode == KW_VERTICAL_LR || mode == KW_SIDEWAYS_LR)
        return end ? 1 : 3;
    return end ? 2 : 0;
}

static int inline_side(uint16_t mode, bool rtl, bool end)
{
    bool forward = rtl == end;
    if (mode == KW_HORIZONTAL_TB || mode == 0)
        return forward ? 3 : 1;
    if (mode == KW_SIDEWAYS_LR)
        return forward ? 2 : 0;
    return forward ? 0 : 2;
}

static int corner(int one, int other)
{
    bool right = one == 1 || other == 1, bottom = one == 2 || other == 2;
    return bottom ? (right ? 2 : 3) : right ? 1 : 0;
}

int logical_to_physical(int property, uint16_t mode, uint16_t direction)
{
    if (property < PROPERTY_COUNT)
        return property;
    int first = logical_rows[property - PROPERTY_COUNT].physical, map = logical_rows[property - PROPERTY_COUNT].map;
    bool rtl = direction == KW_RTL, vertical = mode != KW_HORIZONTAL_TB && mode != 0;
    switch (map) {
    case MAP_BLOCK_START:
    case MAP_BLOCK_END: return first + block_side(mode, map == MAP_BLOCK_END);
    case MAP_INLINE_START:
    case MAP_INLINE_END: return first + inline_side(mode, rtl, map == MAP_INLINE_END);
    case MAP_INLINE_SIZE: return first + vertical;
    case MAP_BLOCK_SIZE: return first + !vertical;
    default:
        return first + corner(block_side(mode, map == MAP_END_START || map == MAP_END_END),
                              inline_side(mode, rtl, map == MAP_START_END || map == MAP_END_END));
    }
}

/* ---- aliases: other programs' and older spellings with the standard meaning ---- */
static const char *const aliases[][2] = {
#define WEBKIT(name)         \
    {"-webkit-" name, name}, \
    {                        \
        "-moz-" name, name   \
    }
    {"word-wrap", "overflow-wrap"},
    {"-epub-hyphens", "hyphens"},
    {"-epub-word-break", "word-break"},
    {"-epub-text-align-last", "text-align-last"},
    {"-epub-writing-mode", "writing-mode"},
    {"grid-gap", "gap"},
    {"grid-row-gap", "row-gap"},
    {"grid-column-gap", "column-gap"},
    {"font-width", "font-stretch"},
    WEBKIT("align-content"),
    WEBKIT("align-items"),
    WEBKIT("align-self"),
    WEBKIT("background-clip"),
    WEBKIT("background-origin"),
    WEBKIT("background-size"),
    WEBKIT("border-image"),
    WEBKIT("border-radius"),
    WEBKIT("border-top-left-radius"),
    WEBKIT("border-top-right-radius"),
    WEBKIT("border-bottom-left-radius"),
    WEBKIT("border-bottom-right-radius"),
    WEBKIT("box-decoration-break"),
    WEBKIT("box-shadow"),
    WEBKIT("box-sizing"),
    WEBKIT("clip-path"),
    WEBKIT("column-count"),
    WEBKIT("column-fill"),
    WEBKIT("column-gap"),
    WEBKIT("column-rule"),
    WEBKIT("column-rule-color"),
    WEBKIT("column-rule-style"),
    WEBKIT("column-rule-width"),
    WEBKIT("column-span"),
    WEBKIT("column-width"),
    WEBKIT("columns"),
    WEBKIT("flex"),
    WEBKIT("flex-basis"),
    WEBKIT("flex-direction"),
    WEBKIT("flex-flow"),
    WEBKIT("flex-grow"),
    WEBKIT("flex-shrink"),
    WEBKIT("flex-wrap"),
    WEBKIT("font-feature-settings"),
    WEBKIT("font-kerning"),
    WEBKIT("hyphens"),
    WEBKIT("hyphenate-character"),
    WEBKIT("initial-letter"),
    WEBKIT("justify-content"),
    WEBKIT("line-break"),
    WEBKIT("opacity"),
    WEBKIT("order"),
    WEBKIT("shape-outside"),
    WEBKIT("tab-size"),
    WEBKIT("text-align-last"),
    WEBKIT("text-decoration"),
    WEBKIT("text-decoration-color"),
    WEBKIT("text-decoration-line"),
    WEBKIT("text-decoration-style"),
    WEBKIT("text-orientation"),
    WEBKIT("text-underline-position"),
    WEBKIT("transform"),
    WEBKIT("transform-origin"),
    WEBKIT("writing-mode"),
    {"-webkit-margin-start", "margin-inline-start"},
    {"-webkit-margin-end", "margin-inline-end"},
    {"-webkit-margin-before", "margin-block-start"},
    {"-webkit-margin-after", "margin-block-end"},
    {"-webkit-padding-start", "padding-inline-start"},
    {"-webkit-padding-end", "padding-inline-end"},
    {"-webkit-column-break-before", "page-break-before"},
    {"-webkit-column-break-after", "page-break-after"},
    {"-webkit-column-break-inside", "page-break-inside"},
    {"-ms-hyphens", "hyphens"},
    {"-ms-writing-mode", "writing-mode"},
    {"-ms-word-break", "word-break"},
    {"-o-tab-size", "tab-size"},
    {"-o-object-fit", "object-fit"},
    {"-o-object-position", "object-position"},
    {"-prince-bookmark-level", "bookmark-level"},
    {"-prince-bookmark-label", "bookmark-label"},
    {"-prince-bookmark-state", "bookmark-state"},
    {"prince-bookmark-level", "bookmark-level"},
    {"prince-bookmark-label", "bookmark-label"},
    {"prince-bookmark-state", "bookmark-state"},
    {"-prince-hyphenate-character", "hyphenate-character"},
    {"-prince-hyphenate-limit-lines", "hyphenate-limit-lines"},
    {"prince-hyphenate-limit-lines", "hyphenate-limit-lines"},
    {"-prince-link", "-n2p-link"},
    {"prince-link", "-n2p-link"},
    {"-prince-anchor", "-n2p-anchor"},
    {"-prince-page", "page"},
    {"-prince-bleed", "bleed"},
    {"prince-bleed", "bleed"},
    {"-prince-marks", "marks"},
    {"-prince-image-orientation", "image-orientation"},
    {"-ah-bookmark-level", "bookmark-level"},
    {"-ah-bookmark-label", "bookmark-label"},
    {"-ah-hyphenate-character", "hyphenate-character"},
    {"-ah-hyphens", "hyphens"},
    {"-ah-bleed", "bleed"},
    {"-ah-column-span", "column-span"},
    {"-ah-column-count", "column-count"},
    {"-ah-column-gap", "column-gap"},
    {"-ah-column-fill", "column-fill"},
    {"-ah-text-align-last", "text-align-last"},
    {"-ah-writing-mode", "writing-mode"},
    {"-ah-hanging-punctuation", "hanging-punctuation"},
    {"-ro-bookmark-level", "bookmark-level"},
    {"-ro-bookmark-label", "bookmark-label"},
    {"-ro-bookmark-state", "bookmark-state"},
    {"-ro-link", "-n2p-link"},
    {"-ro-anchor", "-n2p-anchor"},
    {"-ro-marks", "marks"},
    {"-weasy-bookmark-level", "bookmark-level"},
    {"-weasy-bookmark-label", "bookmark-label"},
    {"-weasy-bookmark-state", "bookmark-state"},
    {"-weasy-hyphens", "hyphens"},
    {"-weasy-hyphenate-character", "hyphenate-character"},
    {"-weasy-hyphenate-limit-chars", "hyphenate-limit-chars"},
    {"-weasy-string-set", "string-set"},
    {"-weasy-link", "-n2p-link"},
    {"-weasy-anchor", "-n2p-anchor"},
    {"-weasy-bleed", "bleed"},
    {"-weasy-marks", "marks"},
};

/* Known, and without any meaning on paper. */
static const char *const ignored[] = {
    "accent-color",
    "animation",
    "animation-delay",
    "animation-direction",
    "animation-duration",
    "animation-fill-mode",
    "animation-iteration-count",
    "animation-name",
    "animation-play-state",
    "animation-timing-function",
    "appearance",
    "backface-visibility",
    "caret-color",
    "color-scheme",
    "cursor",
    "-moz-osx-font-smoothing",
    "-webkit-font-smoothing",
    "-webkit-tap-highlight-color",
    "-webkit-text-size-adjust",
    "-ms-text-size-adjust",
    "text-size-adjust",
    "-moz-text-size-adjust",
    "-webkit-appearance",
    "-moz-appearance",
    "-webkit-user-select",
    "-moz-user-select",
    "-ms-user-select",
    "-webkit-overflow-scrolling",
    "forced-color-adjust",
    "image-rendering",
    "interactivity",
    "outline-auto",
    "overflow-anchor",
    "overscroll-behavior",
    "overscroll-behavior-x",
    "overscroll-behavior-y",
    "perspective",
    "perspective-origin",
    "pointer-events",
    "print-color-adjust",
    "-webkit-print-color-adjust",
    "color-adjust",
    "resize",
    "scroll-behavior",
    "scroll-margin",
    "scroll-padding",
    "scroll-snap-align",
    "scroll-snap-stop",
    "scroll-snap-type",
    "scrollbar-color",
    "scrollbar-gutter",
    "scrollbar-width",
    "speak",
    "speak-as",
    "text-rendering",
    "touch-action",
    "transform-style",
    "transition",
    "transition-delay",
    "transition-duration",
    "transition-property",
    "transition-timing-function",
    "-webkit-transition",
    "-moz-transition",
    "-o-transition",
    "-webkit-animation",
    "user-select",
    "will-change",
    "zoom",
    "filter",
    "backdrop-filter",
    "-webkit-filter",
    "container",
    "container-name",
    "container-type",
    "content-visibility",
    "view-transition-name",
    "volume",
    "azimuth",
    "elevation",
    "richness",
    "pitch",
    "pitch-range",
    "stress",
    "voice-family",
    "play-during",
    "cue",
    "cue-before",
    "cue-after",
    "pause",
    "pause-before",
    "pause-after",
    "speech-rate",
    "speak-header",
    "speak-numeral",
    "speak-punctuation",
};

/* ---- the index: open addressing over all names, built once ---- */
typedef struct {
    const char *text;
    uint8_t kind;
    short id; /* alias: row of aliases */
} NameSlot;
enum { SLOTS = 2048, KEYWORD_SLOTS = 2048, NAME_ALIAS = 100 };
static NameSlot name_slots[SLOTS];
static uint16_t keyword_slots[KEYWORD_SLOTS];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *const keyword_texts[KEYWORD_COUNT] = {
    "",
#define KEYWORD(id, text) text,
#include "css/keywords.def"
#undef KEYWORD
};
_Static_assert(KEYWORD_COUNT < KEYWORD_SLOTS / 2, "the keyword index is too small");

const char *keyword_text(uint16_t keyword)
{
    return keyword < KEYWORD_COUNT ? keyword_texts[keyword] : "";
}

bool keyword_is_wide(uint16_t keyword)
{
    return keyword == KW_INHERIT || keyword == KW_INITIAL || keyword == KW_UNSET || keyword == KW_REVERT ||
           keyword == KW_REVERT_LAYER;
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static uint32_t hash_name(const char *text, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ lower(text[i])) * 16777619u;
    return hash ^ hash >> 15;
}

static bool equal_name(const char *known, const char *text, size_t size)
{
    size_t i = 0;
    for (; i < size && known[i] && (unsigned char)known[i] == lower(text[i]); i++)
        ;
    return i == size && known[i] == 0;
}

static void add_name(const char *text, PropertyNameKind kind, int id)
{
    uint32_t at = hash_name(text, strlen(text)) & (SLOTS - 1);
    while (name_slots[at].text) {
        if (strcmp(name_slots[at].text, text) == 0)
            return;
        at = (at + 1) & (SLOTS - 1);
    }
    name_slots[at] = (NameSlot){text, (uint8_t)kind, (short)id};
}

static void build_index(void)
{
    for (int i = 1; i < KEYWORD_COUNT; i++) {
        uint32_t at = hash_name(keyword_texts[i], strlen(keyword_texts[i])) & (KEYWORD_SLOTS - 1);
        while (keyword_slots[at])
            at = (at + 1) & (KEYWORD_SLOTS - 1);
        keyword_slots[at] = (uint16_t)i;
    }
    for (int i = 0; i < LONGHAND_COUNT; i++)
        add_name(longhand_name(i), NAME_LONGHAND, i);
    for (int i = 0; shorthand_row(i); i++)
        add_name(shorthand_row(i)->name, NAME_SHORTHAND, i);
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        add_name(aliases[i][0], (PropertyNameKind)NAME_ALIAS, (int)i);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        add_name(ignored[i], NAME_IGNORED, 0);
}

uint16_t keyword_find(const char *text, size_t size)
{
    pthread_once(&once, build_index);
    uint32_t at = hash_name(text, size) & (KEYWORD_SLOTS - 1);
    for (; keyword_slots[at]; at = (at + 1) & (KEYWORD_SLOTS - 1))
        if (equal_name(keyword_texts[keyword_slots[at]], text, size))
            return keyword_slots[at];
    return 0;
}

PropertyName property_name_find(const char *text, size_t size)
{
    pthread_once(&once, build_index);
    uint32_t at = hash_name(text, size) & (SLOTS - 1);
    for (; name_slots[at].text; at = (at + 1) & (SLOTS - 1)) {
        const NameSlot *slot = &name_slots[at];
        if (!equal_name(slot->text, text, size))
            continue;
        if (slot->kind == NAME_ALIAS)
            return property_name_find(aliases[slot->id][1], strlen(aliases[slot->id][1]));
        return (PropertyName){slot->kind, slot->id};
    }
    return (PropertyName){NAME_UNKNOWN, 0};
}

const char *property_name_suggest(const char *name)
{
    const char *best = NULL;
    int nearest = 3;
    pthread_once(&once, build_index);
    for (int i = 0; i < SLOTS; i++) {
        if (!name_slots[i].text || name_slots[i].kind == NAME_IGNORED)
            continue;
        int distance = edit_distance(name, name_slots[i].text, nearest);
        if (distance < nearest || (distance == nearest && best && strcmp(name_slots[i].text, best) < 0)) {
            nearest = distance;
            best = name_slots[i].text;
        }
    }
    return best;
}
