/* Where styles, fonts and patterns lie: in the build tree, beside an installed program, or where make install put them. */
#define _GNU_SOURCE
#include "job/internal.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef N2P_DATADIR
#define N2P_DATADIR "/usr/local/share/news2pdf"
#endif

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool program_folder(char *out, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", out, size - 1);
    if (length <= 0)
        return false;
    out[length] = 0;
    char *slash = strrchr(out, '/');
    if (!slash)
        return false;
    *slash = 0;
    return true;
}

/* The folder that holds styles/ and fonts/. Test programs of the build tree lie up to three folders below it. */
static bool data_folder(const char *asked, char *out, size_t size)
{
    char program[3000], probe[3200];
    if (asked) {
        snprintf(out, size, "%s", asked);
        return true;
    }
    if (program_folder(program, sizeof program)) {
        static const char *const places[] = {"..", "../share/news2pdf", "../..", "../../.."};
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            snprintf(probe, sizeof probe, "%s/%s/styles/vocabularies", program, places[i]);
            if (is_folder(probe)) {
                snprintf(probe, sizeof probe, "%s/%s", program, places[i]);
                char *real = realpath(probe, NULL);
                snprintf(out, size, "%s", real ? real : probe);
                free(real);
                return true;
            }
        }
    }
    snprintf(out, size, "%s", N2P_DATADIR);
    snprintf(probe, sizeof probe, "%s/styles", out);
    return is_folder(probe);
}

static const char *text_folder(Job *job, const char *data)
{
    char program[3000];
    const char *installed = arena_format(job->arena, "%s/hyphenation", data);
    if (is_folder(installed))
        return data;
    const char *built = arena_format(job->arena, "%s/build", data);
    if (is_folder(arena_format(job->arena, "%s/hyphenation", built)))
        return built;
    if (program_folder(program, sizeof program))
        return arena_string(job->arena, program, strlen(program));
    return data;
}

bool find_data(Job *job)
{
    char data[4096];
    if (!data_folder(job->options->data, data, sizeof data)) {
        int at = diag_error(&job->diag, "data-missing", NO_SOURCE, "the program's styles and fonts are not found");
        diag_hint(&job->diag, at, "install with `make install`, or run build/news2pdf where it was built");
        return false;
    }
    job->data.styles = arena_format(job->arena, "%s/styles", data);
    job->data.fonts = arena_format(job->arena, "%s/fonts", data);
    job->data.profiles = arena_format(job->arena, "%s/profiles", data);
    job->data.text = text_folder(job, arena_string(job->arena, data, strlen(data)));
    return true;
}

/* ---- the shipped styles: every sheet whose first line is a comment "/\* name: description" ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool describe(const char *folder, const char *file, char *description)
{
    char path[4600], line[512];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *stream = fopen(path, "r");
    if (!stream)
        return false;
    bool got = fgets(line, sizeof line, stream) != NULL;
    fclose(stream);
    char *colon = got ? strstr(line, ": ") : NULL;
    if (!colon || strncmp(line, "/* Style ", 9) != 0)
        return false;
    char *end = strstr(colon, " */");
    snprintf(description, 256, "%.*s", end ? (int)(end - colon - 2) : (int)strcspn(colon + 2, "\n"), colon + 2);
    return true;
}

bool news2pdf_style(const char *data, int i, char *name, char *description)
{
    char folder[4096], names[64][64];
    int count = 0;
    if (!data_folder(data, folder, sizeof folder - 8))
        return false;
    strcat(folder, "/styles");
    DIR *dir = opendir(folder);
    if (!dir)
        return false;
    for (struct dirent *entry; (entry = readdir(dir)) && count < 64;) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && length < 60 && strcmp(entry->d_name + length - 4, ".css") == 0 &&
            describe(folder, entry->d_name, description))
            snprintf(names[count++], 64, "%s", entry->d_name);
    }
    closedir(dir);
    if (i >= count)
        return false;
    qsort(names, (size_t)count, sizeof names[0], by_name);
    describe(folder, names[i], description);
    snprintf(name, 256, "%.*s", (int)(strlen(names[i]) - 4), names[i]);
    return true;
}

/* Days since 1970 to a civil date (proleptic Gregorian). */
const char *iso_date(Arena *arena, long long seconds)
{
    long long days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    days += 719468;
    long long era = (days >= 0 ? days : days - 146096) / 146097, day_of_era = days - era * 146097;
    long long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100),
              shifted = (5 * day_of_year + 2) / 153;
    int day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1), month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    return arena_format(arena, "%04lld-%02d-%02dT%02d:%02d:%02dZ", year_of_era + era * 400 + (month <= 2), month, day,
                        (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}
