/* cli/output_name.h: names with dates in them. */
#ifndef N2P_CLI_OUTPUT_NAME_H
#define N2P_CLI_OUTPUT_NAME_H

#include "cli/cli.h"

#include <time.h>

/* "out/{title}-%Y-%m-%d.pdf": %Y %y %m %d %j %H %M %V %G %u %a %b %A %B %e, %%, and {title}; by the zone that is set.
 * NULL: *problem says why. */
const char *output_name(Arena *arena, const char *pattern, const char *title, time_t date, Problem *problem);
bool stays_below(const char *path);                                    /* a relative path without ".." */
bool make_folders(Arena *arena, const char *folder, const char *path); /* of folder/path, those above its last name */

#endif
