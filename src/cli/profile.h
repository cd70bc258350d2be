/* cli/profile.h: what a title is made of every day.
 *   in    one YAML file
 *   out   its sources, its moment, and settings as the command line has them; paths are relative to the profile's folder */
#ifndef N2P_CLI_PROFILE_H
#define N2P_CLI_PROFILE_H

#include "cli/cli.h"

typedef struct {
    const char *path, *section; /* a path or a pattern with * and ?; section NULL: as the files say */
    Source source;
} ProfileSource;

typedef struct {
    const char *file, *folder;
    VEC(ProfileSource) sources;
    const char *at; /* "05:00": the moment of the edition; NULL: now */
    int day;        /* of the edition: 0 today, 1 tomorrow, -1 yesterday */
    Settings settings;
} Profile;

/* false: a message with line, column and a suggestion has been printed. */
bool profile_read(Profile *profile, Arena *arena, const char *file);
Source profile_place(const Profile *profile, const char *name); /* of a setting; NO_SOURCE: it is not there */

#endif
