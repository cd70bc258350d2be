/* See settings.h. */
#include "cli/settings.h"

bool setting_is_path(const Option *option, const char *value)
{
    static const char *const words[] = {"FILE", "DIR", "FILE.icc", "SOURCE"};
    if (!option->value)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(option->value, words[i]) == 0)
            return true;
    size_t length = strlen(value);
    return strcmp(option->value, "NAME|FILE") == 0 &&
           (strchr(value, '/') || (length > 4 && strcmp(value + length - 4, ".css") == 0));
}

static bool add_text(Arena *arena, Settings *settings, const Option *option, const Record *item, const char *folder)
{
    const char *value = item->text;
    if (folder && setting_is_path(option, value) && strcmp(value, "-") != 0 && strcmp(folder, ".") != 0)
        value = path_join(arena, folder, value);
    VEC_PUSH(arena, *settings, (Setting){option->name, value, item->source});
    return true;
}

/* set: {accent: red} is --set accent=red */
static bool add_pairs(Arena *arena, Settings *settings, const Record *map, Problem *problem, const Record **at)
{
    for (const Record *item = map->first; item; item = item->next) {
        if (item->kind == RECORD_NULL)
            continue;
        if (item->kind != RECORD_TEXT) {
            *at = item;
            problem_set(problem, NULL, "\"%s\" needs a text", item->key);
            return false;
        }
        const char *pair = arena_format(arena, "%s=%s", item->key, item->text);
        VEC_PUSH(arena, *settings, (Setting){"set", pair, item->key_source});
    }
    return true;
}

static bool unknown(const Record *entry, Problem *problem, const Record **at)
{
    CommandLine line = {0};
    *at = entry;
    command_line_set(&line, entry->key, NULL, problem); /* says what was meant */
    return false;
}

bool settings_add(Arena *arena, Settings *settings, const Record *entry, const char *folder, Problem *problem,
                  const Record **at)
{
    int row = option_find(entry->key, strlen(entry->key));
    if (row < 0)
        return unknown(entry, problem, at);
    const Option *option = &option_table[row];
    *at = entry;
    if (option->in & ALONE) {
        problem_set(problem, NULL, "--%s stands only on the command line", option->name);
        return false;
    }
    if (entry->kind == RECORD_MAP && row == OPTION_SET)
        return add_pairs(arena, settings, entry, problem, at);
    for (const Record *item = entry->kind == RECORD_LIST ? entry->first : entry; item; item = item->next) {
        if (item->kind == RECORD_LIST || item->kind == RECORD_MAP) {
            *at = item;
            problem_set(problem, "option: value, or option: [value, value]", "\"%s\" needs a text", entry->key);
            return false;
        }
        if (item->kind == RECORD_TEXT)
            add_text(arena, settings, option, item, folder);
        if (item == entry)
            break;
    }
    return true;
}
