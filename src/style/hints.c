/* Presentational attributes as declarations (HTML, "Rendering"), and style attributes. Blocks are made once for each text. */
#include <stdio.h>
#include <stdlib.h>

#include "css/color.h"
#include "style/cascade.h"

/* ---- blocks by text ---- */
typedef struct {
    const char *text;
    size_t size;
    uint64_t hash;
    const DeclarationBlock *block;
} CacheSlot;
struct TextCache {
    Arena *arena;
    CacheSlot *slots;
    uint32_t room, count;
};

TextCache *text_cache_new(Arena *arena)
{
    TextCache *cache = NEW(arena, TextCache);
    cache->arena = arena;
    cache->room = 64;
    cache->slots = NEW_ARRAY(arena, CacheSlot, cache->room);
    return cache;
}

static CacheSlot *find_slot(TextCache *cache, uint64_t hash, const char *text, size_t size)
{
    uint32_t at = (uint32_t)hash & (cache->room - 1);
    while (cache->slots[at].text && !(cache->slots[at].hash == hash && cache->slots[at].size == size &&
                                      memcmp(cache->slots[at].text, text, size) == 0))
        at = (at + 1) & (cache->room - 1);
    return &cache->slots[at];
}

const DeclarationBlock **text_cache_slot(TextCache *cache, const char *text, size_t size, bool *known)
{
    if (cache->count * 2 >= cache->room) {
        TextCache old = *cache;
        cache->room *= 2;
        cache->slots = NEW_ARRAY(cache->arena, CacheSlot, cache->room);
        for (uint32_t i = 0; i < old.room; i++)
            if (old.slots[i].text)
                *find_slot(cache, old.slots[i].hash, old.slots[i].text, old.slots[i].size) = old.slots[i];
    }
    uint64_t hash = hash_bytes(text, size, 3);
    CacheSlot *slot = find_slot(cache, hash, text, size);
    *known = slot->text != NULL;
    if (!*known) {
        cache->count++;
        *slot = (CacheSlot){arena_string(cache->arena, text, size), size, hash, NULL};
    }
    return &slot->block;
}

static const DeclarationBlock *parse_block(Cascade *cascade, const char *text, Source source, Diag *diag)
{
    Reader *reader = cascade->reader;
    const char *file = reader->file;
    Diag *old = reader->diag;
    TokenList tokens = {0};
    reader->file = source.file;
    reader->diag = diag;
    reader->base = NULL;
    reader->suggestions = 20;
    Tokenizer tokenizer =
        tokenizer_start(cascade->arena, css_preprocess(cascade->arena, text, strlen(text)), source.line, source.column);
    tokens_read(&tokenizer, &tokens);
    const DeclarationBlock *block = declarations_read(reader, (TokenRange){tokens.at, tokens.at + tokens.count});
    reader->file = file;
    reader->diag = old;
    return block->count ? block : NULL;
}

const DeclarationBlock *inline_block(Cascade *cascade, const Node *node)
{
    const char *text = NULL;
    bool known;
    Name style = cascade->hint_names[0];
    for (int i = 0; i < node->attribute_count && !text; i++)
        if (node->attributes[i].name == style && !node->attributes[i].ns)
            text = node->attributes[i].value;
    if (!text || !*text)
        return NULL;
    const DeclarationBlock **slot = text_cache_slot(cascade->inline_blocks, text, strlen(text), &known);
    if (!known)
        *slot = parse_block(cascade, arena_string(cascade->arena, text, strlen(text)), node->source, cascade->diag);
    return *slot;
}

/* ---- the text of an element's hints ---- */
typedef struct {
    char text[2048];
    size_t size;
} Hints;

__attribute__((format(printf, 2, 3))) static void hint(Hints *h, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(h->text + h->size, sizeof h->text - h->size, format, list);
    va_end(list);
    if (length > 0 && h->size + (size_t)length < sizeof h->text)
        h->size += (size_t)length;
    h->text[h->size] = 0;
}

static bool is_any(const Node *node, const char *names)
{
    return word_in_list(names, node->name, strlen(node->name));
}

/* A dimension: digits, perhaps a fraction, perhaps %. */
static bool dimension(const char *value, char *out, size_t room, bool percent)
{
    value += strspn(value, " \t\n\f\r+");
    size_t digits = strspn(value, "0123456789"), all = digits;
    if (value[all] == '.')
        all += 1 + strspn(value + all + 1, "0123456789");
    if (!digits || all > 12)
        return false;
    snprintf(out, room, "%.*s%s", (int)all, value, percent && value[all] == '%' ? "%" : "px");
    return true;
}

static void size_hint(Hints *h, const char *property, const char *value)
{
    char text[32];
    if (value && dimension(value, text, sizeof text, true))
        hint(h, "%s:%s;", property, text);
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* HTML's rules for parsing a legacy colour value. */
static bool legacy_color(const char *value, char out[8])
{
    char digits[160];
    int count = 0;
    while (*value == ' ' || *value == '\t' || *value == '\n')
        value++;
    size_t size = strlen(value);
    while (size && (value[size - 1] == ' ' || value[size - 1] == '\n'))
        size--;
    int32_t named = color_named(value, size);
    if (!size || (size == 11 && strncmp(value, "transparent", 11) == 0))
        return false;
    if (named >= 0) {
        snprintf(out, 8, "#%06x", (unsigned)named & 0xFFFFFF);
        return true;
    }
    if (size == 4 && value[0] == '#' && hex(value[1]) >= 0 && hex(value[2]) >= 0 && hex(value[3]) >= 0) {
        snprintf(out, 8, "#%c%c%c%c%c%c", value[1], value[1], value[2], value[2], value[3], value[3]);
        return true;
    }
    for (size_t i = value[0] == '#'; i < size && count < 128; i++)
        digits[count++] = hex(value[i]) >= 0 ? value[i] : '0';
    while (count == 0 || count % 3)
        digits[count++] = '0';
    int part = count / 3, skip = part > 8 ? part - 8 : 0, keep = part - skip;
    while (keep > 2 && digits[skip] == '0' && digits[part + skip] == '0' && digits[2 * part + skip] == '0') {
        skip++;
        keep--;
    }
    out[0] = '#';
    for (int i = 0; i < 3; i++) {
        out[1 + 2 * i] = keep > 1 ? digits[i * part + skip] : '0';
        out[2 + 2 * i] = keep > 1 ? digits[i * part + skip + 1] : digits[i * part + skip];
    }
    out[7] = 0;
    return true;
}

static void color_hint(Hints *h, const char *property, const char *value)
{
    char text[8];
    if (value && legacy_color(value, text))
        hint(h, "%s:%s;", property, text);
}

/* url() with the characters escaped that would end it. */
static void url_hint(Hints *h, const char *property, const char *value)
{
    if (!value || !*value || strlen(value) > 900)
        return;
    hint(h, "%s:url(\"", property);
    for (const char *c = value; *c; c++) {
        bool special = *c == '"' || *c == '\\' || *c == '\n';
        hint(h, special ? "\\%x " : "%c", *c);
    }
    hint(h, "\");");
}

static void font_size_hint(Hints *h, const char *value)
{
    static const char *const sizes[] = {"x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"};
    if (!value)
        return;
    value += strspn(value, " \t\n");
    bool more = *value == '+', less = *value == '-';
    int size = atoi(value + (more || less));
    if (size == 0 && value[more || less] != '0')
        return;
    size = size > 7 ? 7 : size < -7 ? -7 : size;
    size = more ? 3 + size : less ? 3 - size : size;
    hint(h, "font-size:%s;", sizes[size < 1 ? 0 : size > 7 ? 6 : size - 1]);
}

static void align_text(Hints *h, const char *value)
{
    if (!value)
        return;
    if (text_equal_nocase(value, "center") || text_equal_nocase(value, "middle"))
        hint(h, "text-align:-webkit-center;");
    else if (text_equal_nocase(value, "left") || text_equal_nocase(value, "right"))
        hint(h, "text-align:-webkit-%s;", text_equal_nocase(value, "left") ? "left" : "right");
    else if (text_equal_nocase(value, "justify"))
        hint(h, "text-align:justify;");
}

static void align_cell(Hints *h, const char *value)
{
    if (value && (text_equal_nocase(value, "center") || text_equal_nocase(value, "middle")))
        hint(h, "text-align:center;");
    else if (value && (text_equal_nocase(value, "left") || text_equal_nocase(value, "right") ||
                       text_equal_nocase(value, "justify")))
        hint(h, "text-align:%s;",
             text_equal_nocase(value, "left")    ? "left"
             : text_equal_nocase(value, "right") ? "right"
                                                 : "justify");
}

static void valign(Hints *h, const char *value)
{
    static const char *const words[] = {"top", "middle", "bottom", "baseline"};
    for (int i = 0; value && i < 4; i++)
        if (text_equal_nocase(value, words[i]))
            hint(h, "vertical-align:%s;", words[i]);
}

static void image_hints(Hints *h, const Node *node)
{
    const char *align = node_attribute(node, "align"), *border = node_attribute(node, "border");
    char text[32];
    size_hint(h, "width", node_attribute(node, "width"));
    size_hint(h, "height", node_attribute(node, "height"));
    const char *space = node_attribute(node, "hspace");
    size_hint(h, "margin-left", space);
    size_hint(h, "margin-right", space);
    space = node_attribute(node, "vspace");
    size_hint(h, "margin-top", space);
    size_hint(h, "margin-bottom", space);
    if (border && is_any(node, "img object") && dimension(border, text, sizeof text, false))
        hint(h, "border:%s solid;", text);
    if (!align)
        return;
    if (text_equal_nocase(align, "left") || text_equal_nocase(align, "right"))
        hint(h, "float:%s;", text_equal_nocase(align, "left") ? "left" : "right");
    else if (text_equal_nocase(align, "top"))
        hint(h, "vertical-align:top;");
    else if (text_equal_nocase(align, "middle") || text_equal_nocase(align, "absmiddle") ||
             text_equal_nocase(align, "center"))
        hint(h, "vertical-align:middle;");
    else if (text_equal_nocase(align, "bottom") || text_equal_nocase(align, "baseline"))
        hint(h, "vertical-align:baseline;");
}

static void table_hints(Hints *h, const Node *node)
{
    const char *align = node_attribute(node, "align"), *border = node_attribute(node, "border");
    char text[32];
    size_hint(h, "width", node_attribute(node, "width"));
    size_hint(h, "height", node_attribute(node, "height"));
    size_hint(h, "border-spacing", node_attribute(node, "cellspacing"));
    color_hint(h, "background-color", node_attribute(node, "bgcolor"));
    color_hint(h, "border-color", node_attribute(node, "bordercolor"));
    url_hint(h, "background-image", node_attribute(node, "background"));
    if (border)
        hint(h, "border-width:%s;border-style:outset;", dimension(border, text, sizeof text, false) ? text : "1px");
    if (align && text_equal_nocase(align, "center"))
        hint(h, "margin-left:auto;margin-right:auto;");
    else if (align && (text_equal_nocase(align, "left") || text_equal_nocase(align, "right")))
        hint(h, "float:%s;", text_equal_nocase(align, "left") ? "left" : "right");
}

static const Node *table_of(const Node *cell)
{
    const Node *node = cell->parent;
    for (int i = 0; node && i < 3 && !node_is(node, "table"); i++)
        node = node->parent;
    return node && node_is(node, "table") ? node : NULL;
}

static void cell_hints(Hints *h, const Node *node)
{
    const Node *table = table_of(node);
    const char *border = table ? node_attribute(table, "border") : NULL;
    char text[32];
    if (table)
        size_hint(h, "padding", node_attribute(table, "cellpadding"));
    if (border && !(dimension(border, text, sizeof text, false) && strspn(text, "0.") == strcspn(text, "p")))
        hint(h, "border:1px inset;");
    size_hint(h, "width", node_attribute(node, "width"));
    size_hint(h, "height", node_attribute(node, "height"));
    if (node_attribute(node, "nowrap"))
        hint(h, "white-space:nowrap;");
}

static void row_hints(Hints *h, const Node *node)
{
    align_cell(h, node_attribute(node, "align"));
    valign(h, node_attribute(node, "valign"));
    color_hint(h, "background-color", node_attribute(node, "bgcolor"));
    url_hint(h, "background-image", node_attribute(node, "background"));
    if (is_any(node, "tr thead tbody tfoot"))
        size_hint(h, "height", node_attribute(node, "height"));
}

static void list_hints(Hints *h, const Node *node)
{
    const char *type = node_attribute(node, "type"), *start = node_attribute(node, "start"),
               *value = node_attribute(node, "value");
    static const char *const numbers[][2] = {
        {"1", "decimal"}, {"a", "lower-alpha"}, {"A", "upper-alpha"}, {"i", "lower-roman"}, {"I", "upper-roman"}};
    for (int i = 0; type && i < 5; i++)
        if (strcmp(type, numbers[i][0]) == 0)
            hint(h, "list-style-type:%s;", numbers[i][1]);
    if (type && (text_equal_nocase(type, "disc") || text_equal_nocase(type, "circle") ||
                 text_equal_nocase(type, "square") || text_equal_nocase(type, "none")))
        hint(h, "list-style-type:%s;", type);
    bool reversed = node_is(node, "ol") && node_attribute(node, "reversed");
    char *end;
    long first = start ? strtol(start, &end, 10) : 0;
    bool valid = start && end != start && first > -1000000000 && first < 1000000000;
    if (node_is(node, "ol") && reversed && !valid)
        hint(h, "counter-reset:reversed(list-item);");
    else if (node_is(node, "ol") && valid)
        hint(h, "counter-reset:%s %ld;", reversed ? "reversed(list-item)" : "list-item",
             reversed ? first + 1 : first - 1);
    first = value ? strtol(value, &end, 10) : 0;
    if (node_is(node, "li") && value && end != value && first > -1000000000 && first < 1000000000)
        hint(h, "counter-set:list-item %ld;", first);
}

static void rule_hints(Hints *h, const Node *node)
{
    const char *align = node_attribute(node, "align"), *size = node_attribute(node, "size"),
               *color = node_attribute(node, "color");
    size_hint(h, "width", node_attribute(node, "width"));
    if (color)
        color_hint(h, "color", color);
    if (color || node_attribute(node, "noshade")) {
        hint(h, "border-style:solid;");
        if (size && atoi(size) > 0)
            hint(h, "border-width:calc(%dpx / 2);", atoi(size)); /* no %g: its point is the locale's */
    } else if (size && atoi(size) == 1) {
        hint(h, "border-bottom-width:0;");
    } else if (size && atoi(size) > 1) {
        hint(h, "height:%dpx;", atoi(size) - 2);
    }
    if (align && text_equal_nocase(align, "left"))
        hint(h, "margin-left:0;margin-right:auto;");
    else if (align && text_equal_nocase(align, "right"))
        hint(h, "margin-left:auto;margin-right:0;");
}

static void body_hints(Hints *h, const Node *node)
{
    static const char *const margins[][2] = {{"marginheight", "margin-top"}, {"marginheight", "margin-bottom"},
                                             {"marginwidth", "margin-left"}, {"marginwidth", "margin-right"},
                                             {"topmargin", "margin-top"},    {"bottommargin", "margin-bottom"},
                                             {"leftmargin", "margin-left"},  {"rightmargin", "margin-right"}};
    color_hint(h, "background-color", node_attribute(node, "bgcolor"));
    color_hint(h, "color", node_attribute(node, "text"));
    url_hint(h, "background-image", node_attribute(node, "background"));
    for (int i = 0; i < 8; i++)
        size_hint(h, margins[i][1], node_attribute(node, margins[i][0]));
}

static void font_hints(Hints *h, const Node *node)
{
    const char *face = node_attribute(node, "face");
    color_hint(h, "color", node_attribute(node, "color"));
    font_size_hint(h, node_attribute(node, "size"));
    if (face && *face && strlen(face) < 400 && !strpbrk(face, ";{}()\\"))
        hint(h, "font-family:%s;", face);
}

static void caption_hint(Hints *h, const char *align)
{
    if (align && text_equal_nocase(align, "bottom"))
        hint(h, "caption-side:bottom;");
}

static void break_hint(Hints *h, const char *clear)
{
    if (clear &&
        (text_equal_nocase(clear, "left") || text_equal_nocase(clear, "right") || text_equal_nocase(clear, "both")))
        hint(h, "clear:%s;",
             text_equal_nocase(clear, "left")    ? "left"
             : text_equal_nocase(clear, "right") ? "right"
                                                 : "both");
    else if (clear && text_equal_nocase(clear, "all"))
        hint(h, "clear:both;");
}

static void collect(Hints *h, const Node *node)
{
    if (is_any(node, "img object iframe video embed canvas input svg"))
        image_hints(h, node);
    else if (is_any(node, "td th")) {
        cell_hints(h, node);
        row_hints(h, node);
    } else if (is_any(node, "tr tbody thead tfoot"))
        row_hints(h, node);
    else if (node_is(node, "table"))
        table_hints(h, node);
    else if (is_any(node, "col colgroup"))
        size_hint(h, "width", node_attribute(node, "width"));
    else if (is_any(node, "ol ul li"))
        list_hints(h, node);
    else if (is_any(node, "p div h1 h2 h3 h4 h5 h6"))
        align_text(h, node_attribute(node, "align"));
    else if (node_is(node, "hr"))
        rule_hints(h, node);
    else if (node_is(node, "body"))
        body_hints(h, node);
    else if (node_is(node, "font") || node_is(node, "basefont"))
        font_hints(h, node);
    else if (node_is(node, "caption"))
        caption_hint(h, node_attribute(node, "align"));
    else if (node_is(node, "br"))
        break_hint(h, node_attribute(node, "clear"));
}

/* Does any attribute look like a hint? Cells may get theirs from the table. */
static bool may_have_hints(const Cascade *cascade, const Node *node)
{
    if (node->ns_kind != NS_HTML && !(cascade->document->html && node->ns_kind == NS_NONE))
        return false;
    const Name *names = cascade->hint_names;
    if (node->name == names[1] || node->name == names[2])
        return true;
    for (int i = 0; i < node->attribute_count; i++)
        for (const Name *n = &names[3]; *n; n++)
            if (node->attributes[i].name == *n)
                return true;
    return false;
}

const DeclarationBlock *hints_block(Cascade *cascade, const Node *node)
{
    Hints h;
    bool known;
    if (!may_have_hints(cascade, node))
        return NULL;
    h.size = 0;
    h.text[0] = 0;
    collect(&h, node);
    if (!h.size)
        return NULL;
    const DeclarationBlock **slot = text_cache_slot(cascade->hint_blocks, h.text, h.size, &known);
    if (!known)
        *slot = parse_block(cascade, arena_string(cascade->arena, h.text, h.size), NO_SOURCE, NULL);
    return *slot;
}
