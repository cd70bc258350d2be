/* See handoff.h. */
#include "cli/handoff.h"
#include "cli/commands.h"
#include "cli/output_name.h"

bool copy_file(Arena *arena, const char *path, const char *to, const char **error)
{
    Bytes bytes;
    *error = "it can't be read";
    if (file_map(arena, path, 0, &bytes) != FILE_OK)
        return false;
    Output *output = output_open(arena, to, error);
    return output && output_write(output, bytes.data, bytes.size) && output_commit(output, error);
}

void hand_off(Arena *arena, const char *folder, const char *handoff, Outcome *outcome)
{
    const char *error = "its folder can't be made";
    bool fine = make_folders(arena, folder, arena_format(arena, "%s/", handoff));
    for (int i = 0; fine && i < outcome->files.count; i++) {
        const char *path = outcome->files.at[i].path, *slash = strrchr(path, '/');
        if (outcome->files.at[i].use != NEWS2PDF_WRITTEN)
            continue;
        const char *to = arena_format(arena, "%s/%s/%s", folder, handoff, slash ? slash + 1 : path);
        Arena *own = arena_beside(arena); /* what is not complete goes with it */
        fine = copy_file(own, path, to, &error);
        arena_free(own);
    }
    if (fine)
        return;
    outcome->outcome = "failed";
    outcome->exit = EXIT_FAILED;
    outcome->errors++;
    outcome->code = "handoff-failed";
    outcome->first = arena_format(arena, "the handoff to %s failed: %s", handoff, error);
}
