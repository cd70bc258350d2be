/* See wait.h. It looks twice a second: shares tell nobody what comes. */
#define _GNU_SOURCE
#include "cli/wait.h"
#include "cli/child.h"
#include "cli/clock.h"
#include "cli/whole.h"

#include <dirent.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool folder_has_whole_file(const char *folder)
{
    DIR *dir = opendir(folder);
    bool found = false;
    for (struct dirent *entry; dir && !found && (entry = readdir(dir));) {
        char *path = NULL;
        if (entry->d_name[0] != '.' && asprintf(&path, "%s/%s", folder, entry->d_name) >= 0)
            found = file_is_whole(path, 1);
        free(path);
    }
    if (dir)
        closedir(dir);
    return found;
}

static bool has_come(const char *pattern)
{
    glob_t found;
    bool come = false;
    struct stat info;
    if (glob(pattern, 0, NULL, &found) != 0)
        return false;
    for (size_t i = 0; i < found.gl_pathc && !come; i++) {
        const char *path = found.gl_pathv[i];
        bool folder = stat(path, &info) == 0 && S_ISDIR(info.st_mode);
        come = folder ? folder_has_whole_file(path) : file_is_whole(path, 1);
    }
    globfree(&found);
    return come;
}

bool wait_for(const char *pattern, time_t until)
{
    for (;;) {
        if (has_come(pattern))
            return true;
        if (child_stop || clock_now() >= until)
            return false;
        nanosleep(&(struct timespec){0, 500000000}, NULL);
    }
}
