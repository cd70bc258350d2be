/* Languages as data: languages.txt, read once. The tables live as long as the program. */
#define _GNU_SOURCE
#include "text/language.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { LANGUAGES_MOST = 64 };
static char *data_directory;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Language languages[LANGUAGES_MOST];
static int language_count;
static bool loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

void text_set_data(const char *directory)
{
    pthread_mutex_lock(&lock);
    if (!loaded && directory) {
        free(data_directory);
        data_directory = strdup(directory);
    }
    pthread_mutex_unlock(&lock);
}

/* ---- words ---- */
static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void add_words(WordSet *set, const char *text)
{
    int room = set->count + (int)strlen(text) / 2 + 2;
    uint64_t *hashes = malloc(sizeof *hashes * (size_t)room);
    if (!hashes)
        return;
    if (set->count)
        memcpy(hashes, set->hashes, sizeof *hashes * (size_t)set->count);
    while (*text) {
        size_t length = strcspn(text, " \t");
        if (length)
            hashes[set->count++] = hash_bytes(text, length, 0);
        text += length + strspn(text + length, " \t");
    }
    qsort(hashes, (size_t)set->count, sizeof *hashes, compare_hashes);
    if (!set->shared)
        free(set->hashes);
    set->hashes = hashes;
    set->shared = false;
}

bool word_in(const WordSet *set, const char *word, size_t size)
{
    uint64_t hash;
    if (set->count == 0 || size == 0)
        return false;
    hash = hash_bytes(word, size, 0);
    return bsearch(&hash, set->hashes, (size_t)set->count, sizeof hash, compare_hashes) != NULL;
}

/* ---- the file ---- */
static Language *exact(const char *tag, size_t size)
{
    for (int i = 0; i < language_count; i++)
        if (strlen(languages[i].tag) == size && strncmp(languages[i].tag, tag, size) == 0)
            return &languages[i];
    return NULL;
}

static void read_setting(Language *language, const char *key, const char *value)
{
    const struct {
        const char *key;
        WordSet *set;
    } sets[] = {{"together", &language->together}, {"units", &language->units},       {"numbered", &language->numbered},
                {"late", &language->late},         {"function", &language->function}, {"no-start", &language->no_start},
                {"good-end", &language->good_end}};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (strcmp(sets[i].key, key) == 0)
            add_words(sets[i].set, value);
    if (strcmp(key, "like") == 0) {
        const Language *other = exact(value, strlen(value));
        const char *tag = language->tag;
        if (other)
            *language = *other;
        language->tag = tag;
        for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
            sets[i].set->shared = true;
    } else if (strcmp(key, "patterns") == 0) {
        language->patterns_name = strdup(value);
    } else if (strcmp(key, "hyphenate") == 0) {
        char *at;
        language->word = (int)strtol(value, &at, 10);
        language->before = (int)strtol(at, &at, 10);
        language->after = (int)strtol(at, &at, 10);
    } else if (strcmp(key, "names") == 0) {
        language->names_late = strcmp(value, "late") == 0;
    } else if (strcmp(key, "hangul") == 0) {
        language->hangul = true;
    }
}

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    char *text = malloc(1 << 16);
    size_t size = text ? fread(text, 1, (1 << 16) - 1, file) : 0;
    fclose(file);
    if (text)
        text[size] = 0;
    return text;
}

static void read_file(char *text)
{
    char key[32] = "";
    Language *language = NULL;
    for (char *line = text, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        if (line[0] == '#' || line[0] == 0)
            continue;
        char *value = line;
        if (line[0] != ' ') {
            size_t length = strcspn(line, " ");
            snprintf(key, sizeof key, "%.*s", (int)(length < sizeof key ? length : 0), line);
            value = line + length;
        }
        value += strspn(value, " ");
        if (strcmp(key, "language") == 0 && language_count < LANGUAGES_MOST) {
            language = &languages[language_count++];
            language->tag = strdup(value);
        } else if (language) {
            read_setting(language, key, value);
        }
    }
}

static void load(void)
{
    char path[4096];
    pthread_mutex_lock(&lock);
    loaded = true; /* from here on the directory stays */
    pthread_mutex_unlock(&lock);
    if (!data_directory || snprintf(path, sizeof path, "%s/languages.txt", data_directory) >= (int)sizeof path)
        return;
    char *text = read_whole(path);
    if (text)
        read_file(text);
    free(text);
}

/* ---- looking up ---- */
static bool tag_matches(const char *tag, const char *wanted, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char a = tag[i] >= 'A' && tag[i] <= 'Z' ? (char)(tag[i] + 32) : tag[i],
             b = wanted[i] >= 'A' && wanted[i] <= 'Z' ? (char)(wanted[i] + 32) : wanted[i];
        if (a != b && !(a == '-' && b == '_'))
            return false;
    }
    return tag[size] == 0;
}

const Language *language_find(const char *tag)
{
    if (!tag || !*tag)
        return NULL;
    pthread_once(&once, load);
    for (size_t size = strlen(tag); size > 0;) {
        for (int i = 0; i < language_count; i++)
            if (tag_matches(languages[i].tag, tag, size))
                return &languages[i];
        while (size > 0 && tag[size - 1] != '-' && tag[size - 1] != '_')
            size--;
        size -= size > 0;
    }
    return NULL;
}

const HyphenPatterns *language_patterns(const Language *language)
{
    Language *own = (Language *)language;
    char path[4096];
    if (!language || !language->patterns_name || !data_directory)
        return NULL;
    pthread_mutex_lock(&lock);
    if (!own->patterns_tried && snprintf(path, sizeof path, "%s/hyphenation/%s.hyp", data_directory,
                                         language->patterns_name) < (int)sizeof path)
        own->patterns = hyphen_open(path);
    own->patterns_tried = true;
    pthread_mutex_unlock(&lock);
    return own->patterns;
}
