/* cli/settings.h: options out of a record (a profile, a job, the configuration file) as settings. */
#ifndef N2P_CLI_SETTINGS_H
#define N2P_CLI_SETTINGS_H

#include "cli/cli.h"
#include "record/record.h"

/* option: value, or a list of values; for "set" also a map. Paths are relative to `folder`.
 * false: *problem says why; *at is the record that is wrong. */
bool settings_add(Arena *arena, Settings *settings, const Record *entry, const char *folder, Problem *problem,
                  const Record **at);
bool setting_is_path(const Option *option, const char *value); /* the value is a path of a file or folder */

#endif
