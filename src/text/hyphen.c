/* Hyphenation points from a mapped trie. */
#define _GNU_SOURCE
#include "text/hyphen.h"
#include "text/hyphen_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct HyphenPatterns {
    const HyphenFile *head;
    const HyphenNode *nodes;
    const uint32_t *alphabet, *value_at;
    const uint8_t *values;
    uint32_t value_size;
    uint8_t low[0x600]; /* codes of U+0000 to U+05FF; 0: no letter of the alphabet */
};

static bool parts_fit(const HyphenFile *head, uint64_t size)
{
    return memcmp(head->magic, HYPHEN_MAGIC, sizeof head->magic) == 0 && head->size == size &&
           head->alphabet + 4ull * head->letters <= size && head->letters < 250 &&
           head->nodes + (uint64_t)sizeof(HyphenNode) * head->node_count <= size &&
           head->value_at + 4ull * head->value_count <= size && head->values <= size &&
           head->root[0] < head->node_count && head->root[1] < head->node_count &&
           (head->alphabet | head->nodes | head->value_at) % 8 == 0;
}

static const void *map_file(const char *path, size_t *size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    void *memory = MAP_FAILED;
    if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size >= (off_t)sizeof(HyphenFile)) {
        *size = (size_t)info.st_size;
        memory = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    if (fd >= 0)
        close(fd);
    return memory == MAP_FAILED ? NULL : memory;
}

const HyphenPatterns *hyphen_open(const char *path)
{
    size_t size = 0;
    const char *data = map_file(path, &size);
    const HyphenFile *head = (const void *)data;
    if (!data || !parts_fit(head, size))
        return NULL;
    HyphenPatterns *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->head = head;
    p->alphabet = (const void *)(data + head->alphabet);
    p->nodes = (const void *)(data + head->nodes);
    p->value_at = (const void *)(data + head->value_at);
    p->values = (const uint8_t *)data + head->values;
    p->value_size = head->size - head->values;
    for (uint32_t i = 0; i < head->letters; i++)
        if (p->alphabet[i] < sizeof p->low)
            p->low[p->alphabet[i]] = (uint8_t)(i + HYPHEN_FIRST);
    return p;
}

static uint8_t code_of(const HyphenPatterns *p, uint32_t letter)
{
    if (letter < sizeof p->low)
        return p->low[letter];
    for (uint32_t i = 0; i < p->head->letters; i++)
        if (p->alphabet[i] == letter)
            return (uint8_t)(i + HYPHEN_FIRST);
    return 0;
}

bool hyphen_knows(const HyphenPatterns *p, uint32_t letter)
{
    return code_of(p, letter) != 0;
}

int hyphen_least_before(const HyphenPatterns *p)
{
    return p->head->least[0];
}
int hyphen_least_after(const HyphenPatterns *p)
{
    return p->head->least[1];
}

static const HyphenNode *child_of(const HyphenPatterns *p, const HyphenNode *node, uint8_t code)
{
    uint32_t low = node->first, high = node->first + node->children;
    if (high > p->head->node_count)
        return NULL;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (p->nodes[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < node->first + node->children && p->nodes[low].code == code ? &p->nodes[low] : NULL;
}

static void apply_value(const HyphenPatterns *p, uint16_t value, uint8_t *digits, int start, int count)
{
    if (value == 0 || value > p->head->value_count || p->value_at[value - 1] + 2 > p->value_size)
        return;
    const uint8_t *at = p->values + p->value_at[value - 1];
    if (p->value_at[value - 1] + 2u + at[1] > p->value_size)
        return;
    for (int i = 0; i < at[1]; i++) {
        int place = start + at[0] + i;
        if (place < count && digits[place] < at[2 + i])
            digits[place] = at[2 + i];
    }
}

/* codes: with an edge at both ends. digits[i]: of the place before code i. */
static void apply_patterns(const HyphenPatterns *p, uint32_t root, const uint8_t *codes, int count, uint8_t *digits)
{
    memset(digits, 0, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        const HyphenNode *node = &p->nodes[root];
        for (int k = i; k < count && node->children; k++) {
            node = codes[k] ? child_of(p, node, codes[k]) : NULL;
            if (!node)
                break;
            apply_value(p, node->value, digits, i, count + 1);
        }
    }
}

static void cut_part(const HyphenPatterns *p, const uint8_t *letters, int from, int to, uint8_t *points, int before,
                     int after)
{
    uint8_t codes[HYPHEN_WORD_MOST + 2], digits[HYPHEN_WORD_MOST + 3];
    int count = to - from;
    codes[0] = codes[count + 1] = HYPHEN_EDGE;
    memcpy(codes + 1, letters + from, (size_t)count);
    apply_patterns(p, p->head->root[1], codes, count + 2, digits);
    for (int i = before; i <= count - after; i++)
        if (i > 0 && i < count && digits[i + 1] & 1)
            points[from + i] = 1;
}

void hyphenate(const HyphenPatterns *p, const uint32_t *letters, int count, uint8_t *points)
{
    memset(points, 0, (size_t)(count > 0 ? count : 0));
    if (count < 2 || count > HYPHEN_WORD_MOST)
        return;
    uint8_t codes[HYPHEN_WORD_MOST + 2], digits[HYPHEN_WORD_MOST + 3];
    const uint8_t *least = p->head->least;
    codes[0] = codes[count + 1] = HYPHEN_EDGE;
    for (int i = 0; i < count; i++)
        codes[i + 1] = code_of(p, letters[i]);
    bool compounds = p->nodes[p->head->root[0]].children > 0;
    if (compounds) {
        apply_patterns(p, p->head->root[0], codes, count + 2, digits);
        for (int i = least[0]; i <= count - least[1]; i++)
            if (i > 0 && i < count && digits[i + 1] & 1)
                points[i] = 2;
    }
    for (int from = 0; from < count;) {
        int to = from + 1;
        while (to < count && points[to] != 2)
            to++;
        cut_part(p, codes + 1, from, to, points, from > 0 && least[2] ? least[2] : least[0],
                 to < count && least[3] ? least[3] : least[1]);
        from = to;
    }
}
