/* hyphen_compile: hyphenation patterns to a trie that is mapped at run time.
 *
 *   hyphen_compile styles/hyphenation/hyph_en_US.dic build/hyphenation/hyph_en_US.hyp
 *
 * In the Makefile:
 *
 *   PATTERNS = $(patsubst styles/hyphenation/%.dic,$(BUILD)/hyphenation/%.hyp,$(wildcard styles/hyphenation/[a-z]*.dic))
 *   $(BUILD)/hyphen_compile: tools/hyphen_compile.c src/text/hyphen_file.h
 *           $(CC) -Isrc -O2 $(WARNINGS) -o $@ $<
 *   $(BUILD)/hyphenation/%.hyp: styles/hyphenation/%.dic $(BUILD)/hyphen_compile
 *           @mkdir -p $(@D)
 *           $(BUILD)/hyphen_compile $< $@
 *   $(BUILD)/languages.txt: styles/languages.txt
 *           cp $< $@
 *   all: $(PATTERNS) $(BUILD)/languages.txt
 *
 * and text_set_data("<directory with languages.txt and hyphenation/>") at run time. Needs no library.
 *
 * Input: libhyphen's format: the first line names the charset; LEFTHYPHENMIN and the like; patterns "a1b2c";
 * NEXTLEVEL begins the second of two levels (the first finds the seams of compounds). Patterns with a
 * replacement ("/") are refused: none of our files has any. Output: src/text/hyphen_file.h. */
#include "text/hyphen_file.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 512, LETTERS = 64, ALPHABET = 200 };

typedef struct {
    uint8_t code[LETTERS], value[LETTERS + 1];
    int count;
} Pattern;

typedef struct {
    Pattern *at;
    int count, room;
} Level;

typedef struct {
    HyphenFile head;
    uint32_t alphabet[ALPHABET];
    Level levels[2];
    HyphenNode *nodes;
    uint32_t node_count, node_room;
    uint8_t *values;
    uint32_t value_size, value_room;
    uint32_t *value_at;
    uint32_t value_count, value_slots;
} Compiler;

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, "hyphen_compile: %s: %s\n", what, detail);
    exit(1);
}

static void *grow(void *old, size_t size)
{
    void *more = realloc(old, size);
    if (!more)
        fail("memory", "none left");
    return more;
}

/* ---- reading ---- */
static int to_codepoints(iconv_t charset, char *text, uint32_t *out)
{
    char *in = text, *at = (char *)out;
    size_t left = strlen(text), room = sizeof(uint32_t) * LINE;
    iconv(charset, NULL, NULL, NULL, NULL);
    if (iconv(charset, &in, &left, &at, &room) == (size_t)-1)
        return -1;
    return (int)((uint32_t *)(void *)at - out);
}

static int letter_code(Compiler *c, uint32_t letter)
{
    if (letter == '.')
        return HYPHEN_EDGE;
    for (uint32_t i = 0; i < c->head.letters; i++)
        if (c->alphabet[i] == letter)
            return (int)i + HYPHEN_FIRST;
    if (c->head.letters >= ALPHABET)
        fail("alphabet", "more than 200 letters");
    c->alphabet[c->head.letters] = letter;
    return (int)c->head.letters++ + HYPHEN_FIRST;
}

static void add_pattern(Compiler *c, Level *level, const uint32_t *text, int length)
{
    Pattern pattern = {0};
    for (int i = 0; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9')
            pattern.value[pattern.count] = (uint8_t)(text[i] - '0');
        else if (pattern.count < LETTERS)
            pattern.code[pattern.count++] = (uint8_t)letter_code(c, text[i]);
    }
    if (pattern.count == 0)
        return;
    if (level->count == level->room)
        level->at = grow(level->at, sizeof(Pattern) * (size_t)(level->room = level->room ? level->room * 2 : 4096));
    level->at[level->count++] = pattern;
}

static int read_setting(Compiler *c, const char *line)
{
    static const char *const names[] = {"LEFTHYPHENMIN ", "RIGHTHYPHENMIN ", "COMPOUNDLEFTHYPHENMIN ",
                                        "COMPOUNDRIGHTHYPHENMIN "};
    for (int i = 0; i < 4; i++)
        if (strncmp(line, names[i], strlen(names[i])) == 0) {
            c->head.least[i] = (uint8_t)atoi(line + strlen(names[i]));
            return 1;
        }
    return strncmp(line, "NOHYPHEN", 8) == 0;
}

static void read_patterns(Compiler *c, FILE *file, const char *name)
{
    char line[LINE];
    uint32_t text[LINE];
    if (!fgets(line, sizeof line, file))
        fail(name, "empty");
    line[strcspn(line, "\r\n")] = 0;
    iconv_t charset = iconv_open("UTF-32LE", strcmp(line, "microsoft-cp1251") == 0 ? "CP1251" : line);
    if (charset == (iconv_t)-1)
        fail(name, "unknown charset");
    int level = 0;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n\t")] = 0;
        if (line[0] == 0 || line[0] == '#' || line[0] == '%' || read_setting(c, line))
            continue;
        if (strncmp(line, "NEXTLEVEL", 9) == 0) {
            level = 1;
            continue;
        }
        line[strcspn(line, " ")] = 0;
        int length = strchr(line, '/') ? -1 : to_codepoints(charset, line, text);
        if (length < 0)
            fail(line, "not understood");
        add_pattern(c, &c->levels[level], text, length);
    }
    iconv_close(charset);
    if (level == 0) { /* one level only: it is the second */
        c->levels[1] = c->levels[0];
        c->levels[0] = (Level){0};
    }
}

/* ---- the trie ---- */
static int compare_patterns(const void *a, const void *b)
{
    const Pattern *p = a, *q = b;
    int shorter = p->count < q->count ? p->count : q->count, order = memcmp(p->code, q->code, (size_t)shorter);
    return order ? order : p->count - q->count;
}

/* Values from the first that isn't 0 on: how many are left out, how many follow. */
static uint16_t add_value(Compiler *c, const Pattern *pattern)
{
    uint8_t value[LETTERS + 3];
    int first = 0, last = pattern->count;
    while (first <= last && pattern->value[first] == 0)
        first++;
    while (last > first && pattern->value[last] == 0)
        last--;
    if (first > last)
        return 0;
    value[0] = (uint8_t)first;
    value[1] = (uint8_t)(last - first + 1);
    memcpy(value + 2, pattern->value + first, value[1]);
    for (uint32_t i = 0; i < c->value_count; i++)
        if (memcmp(c->values + c->value_at[i], value, value[1] + 2u) == 0)
            return (uint16_t)(i + 1);
    if (c->value_count == 65534)
        fail("values", "too many");
    if (c->value_count == c->value_slots)
        c->value_at =
            grow(c->value_at, sizeof(uint32_t) * (c->value_slots = c->value_slots ? c->value_slots * 2 : 1024));
    if (c->value_size + LETTERS + 3 > c->value_room)
        c->values = grow(c->values, c->value_room = c->value_room ? c->value_room * 2 : 65536);
    c->value_at[c->value_count++] = c->value_size;
    memcpy(c->values + c->value_size, value, value[1] + 2u);
    c->value_size += value[1] + 2u;
    return (uint16_t)c->value_count;
}

static uint32_t add_nodes(Compiler *c, uint32_t count)
{
    if (c->node_count + count > c->node_room)
        c->nodes = grow(c->nodes, sizeof(HyphenNode) * (c->node_room = (c->node_room + count) * 2));
    memset(c->nodes + c->node_count, 0, sizeof(HyphenNode) * count);
    c->node_count += count;
    return c->node_count - count;
}

/* Children of a node: the patterns from .. to share their first `depth` letters. */
static void add_children(Compiler *c, uint32_t node, const Level *level, int from, int to, int depth)
{
    while (from < to && level->at[from].count == depth) {
        uint16_t value = add_value(c, &level->at[from++]);
        c->nodes[node].value = value;
    }
    int children = 0;
    for (int i = from; i < to; i++)
        children += i == from || level->at[i].code[depth] != level->at[i - 1].code[depth];
    if (children == 0)
        return;
    uint32_t first = add_nodes(c, (uint32_t)children), child = first;
    c->nodes[node].first = first;
    c->nodes[node].children = (uint8_t)children;
    for (int i = from; i < to; child++) {
        int end = i;
        while (end < to && level->at[end].code[depth] == level->at[i].code[depth])
            end++;
        c->nodes[child].code = level->at[i].code[depth];
        add_children(c, child, level, i, end, depth + 1);
        i = end;
    }
}

static void write_part(FILE *file, const void *data, size_t size, uint32_t *at)
{
    static const char zeros[8];
    if (size)
        fwrite(data, 1, size, file);
    fwrite(zeros, 1, (8 - size % 8) % 8, file);
    *at += (uint32_t)((size + 7) / 8 * 8);
}

static void write_file(Compiler *c, const char *name)
{
    FILE *file = fopen(name, "wb");
    if (!file)
        fail(name, "can't be written");
    HyphenFile *head = &c->head;
    uint32_t at = 0, end = sizeof *head;
    memcpy(head->magic, HYPHEN_MAGIC, sizeof head->magic);
    head->alphabet = end = (end + 7) / 8 * 8;
    end += (head->letters * 4 + 7) / 8 * 8;
    head->nodes = end;
    end += c->node_count * (uint32_t)sizeof(HyphenNode);
    head->node_count = c->node_count;
    head->value_at = end;
    head->value_count = c->value_count;
    end += (c->value_count * 4 + 7) / 8 * 8;
    head->values = end;
    head->size = end + (c->value_size + 7) / 8 * 8;
    write_part(file, head, sizeof *head, &at);
    write_part(file, c->alphabet, head->letters * 4, &at);
    write_part(file, c->nodes, c->node_count * sizeof(HyphenNode), &at);
    write_part(file, c->value_at, c->value_count * 4, &at);
    write_part(file, c->values, c->value_size, &at);
    if (fclose(file) != 0 || at != head->size)
        fail(name, "can't be written");
}

int main(int count, char **argument)
{
    static Compiler c;
    if (count != 3)
        fail("usage", "hyphen_compile PATTERNS.dic TRIE.hyp");
    FILE *file = fopen(argument[1], "rb");
    if (!file)
        fail(argument[1], "can't be read");
    c.head.least[0] = c.head.least[1] = 2;
    read_patterns(&c, file, argument[1]);
    fclose(file);
    for (int i = 0; i < 2; i++) {
        Level *level = &c.levels[i];
        if (level->count)
            qsort(level->at, (size_t)level->count, sizeof *level->at, compare_patterns);
        c.head.root[i] = add_nodes(&c, 1);
        add_children(&c, c.head.root[i], level, 0, level->count, 0);
    }
    write_file(&c, argument[2]);
    return 0;
}
