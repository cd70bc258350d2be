/* The configuration file: long options and their values in YAML, in $XDG_CONFIG_HOME/news2pdf/config.yaml
 * (~/.config/...) or else in a folder of $XDG_CONFIG_DIRS (/etc/xdg/...). */
#include "cli/messages.h"
#include "cli/settings.h"

#include <stdlib.h>
#include <unistd.h>

static const char *in_folder(Arena *arena, const char *folder, size_t length)
{
    const char *path = arena_format(arena, "%.*s/news2pdf/config.yaml", (int)length, folder);
    return length && folder[0] == '/' && access(path, R_OK) == 0 ? path : NULL;
}

static const char *usual_place(Arena *arena)
{
    const char *own = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME"), *all = getenv("XDG_CONFIG_DIRS");
    if ((!own || !*own) && home)
        own = arena_format(arena, "%s/.config", home);
    const char *found = own ? in_folder(arena, own, strlen(own)) : NULL;
    for (const char *at = all && *all ? all : "/etc/xdg"; !found && *at; at += *at == ':') {
        size_t length = strcspn(at, ":");
        found = in_folder(arena, at, length);
        at += length;
    }
    return found;
}

/* Options of other commands wait for these. */
static bool add_option(Invocation *typed, const Record *entry, const char *folder)
{
    Problem problem = {0};
    const Record *at;
    int row = option_find(entry->key, strlen(entry->key));
    unsigned in = row < 0 ? 0 : option_table[row].in;
    if (in & FOR_SOME && !(in & 1u << (4 + typed->command)))
        return true;
    if (settings_add(typed->arena, &typed->config, entry, folder, &problem, &at))
        return true;
    return message_wrong("config-wrong", at->key ? at->key_source : at->source, problem.message, problem.hint);
}

bool config_read(Invocation *typed, const char *path)
{
    if (path && strcmp(path, "none") == 0)
        return true;
    const char *file = path ? path : usual_place(typed->arena);
    if (!file)
        return true;
    Bytes bytes;
    Diag diag = {.arena = typed->arena};
    if (file_map(typed->arena, file, 1 << 20, &bytes) != FILE_OK)
        return message_wrong("config-wrong", (Source){file, 0, 0}, "the configuration file can't be read", "");
    const Record *root = record_yaml(typed->arena, bytes, file, &diag);
    message_print_all(&diag);
    if (!root)
        return false;
    if (root->kind != RECORD_MAP)
        return message_wrong("config-wrong", root->source, "a configuration file has lines \"option: value\"", "");
    for (const Record *entry = root->first; entry; entry = entry->next)
        if (!add_option(typed, entry, path_directory(typed->arena, file)))
            return false;
    return true;
}
