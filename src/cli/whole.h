/* cli/whole.h: has a file arrived whole? */
#ifndef N2P_CLI_WHOLE_H
#define N2P_CLI_WHOLE_H

#include <stdbool.h>

/* A regular file that nobody writes and that has not changed for so many seconds. */
bool file_is_whole(const char *path, double seconds);

#endif
