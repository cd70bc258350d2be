/* See clock.h. The zones are the system's: its administrator keeps them up to date. */
#define _GNU_SOURCE
#include "cli/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

time_t clock_now(void)
{
    static time_t shift;
    static bool known;
    time_t real = time(NULL);
    if (!known) {
        const char *pretended = getenv("NEWS2PDF_NOW");
        time_t start;
        known = true;
        shift = pretended && clock_read(pretended, &start) ? start - real : 0;
    }
    return real + shift;
}

/* ---- zones ---- */

static const char *zone_folder(void)
{
    const char *folder = getenv("TZDIR");
    return folder && *folder ? folder : "/usr/share/zoneinfo";
}

static const char *near_zone(Arena *arena, const char *name)
{
    char path[512], line[256], zone[128];
    const char *found = NULL;
    snprintf(path, sizeof path, "%s/tzdata.zi", zone_folder());
    FILE *list = fopen(path, "r");
    int best = 3;
    while (list && fgets(line, sizeof line, list)) {
        bool is_zone = sscanf(line, "Z %127s", zone) == 1 || sscanf(line, "L %*s %127s", zone) == 1;
        int distance = is_zone ? edit_distance(name, zone, 2) : 3;
        if (distance < best) {
            best = distance;
            found = arena_string(arena, zone, strlen(zone));
        }
    }
    if (list)
        fclose(list);
    return found;
}

bool clock_set_zone(Arena *arena, const char *name, const char **meant)
{
    char path[512];
    *meant = NULL;
    bool utc = !name || strcmp(name, "UTC") == 0;
    if (!utc) {
        snprintf(path, sizeof path, "%s/%s", zone_folder(), name);
        if (name[0] == '/' || name[0] == ':' || strstr(name, "..") || !*name || access(path, R_OK) != 0) {
            *meant = near_zone(arena, name);
            return false;
        }
    }
    setenv("TZ", utc ? "UTC0" : arena_format(arena, ":%s", name), 1);
    tzset();
    return true;
}

/* ---- times ---- */

const char *clock_iso(Arena *arena, time_t time)
{
    struct tm tm;
    char text[40];
    localtime_r(&time, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
    long offset = tm.tm_gmtoff / 60;
    if (offset == 0)
        return arena_format(arena, "%sZ", text);
    return arena_format(arena, "%s%c%02ld:%02ld", text, offset < 0 ? '-' : '+', labs(offset) / 60, labs(offset) % 60);
}

const char *clock_iso_utc(Arena *arena, time_t time)
{
    struct tm tm;
    char text[40];
    gmtime_r(&time, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return arena_string(arena, text, strlen(text));
}

/* Of a time that the clock shows twice the first; one that it leaves out is as much after the jump. */
static time_t moment(struct tm tm)
{
    tm.tm_isdst = -1;
    struct tm copy = tm;
    time_t time = mktime(&copy);
    for (int hours = 1; hours <= 2; hours++) {
        time_t earlier = time - hours * 3600;
        struct tm shown;
        localtime_r(&earlier, &shown);
        if (shown.tm_hour == copy.tm_hour && shown.tm_min == copy.tm_min && shown.tm_mday == copy.tm_mday)
            return earlier;
    }
    return time;
}

bool clock_read(const char *text, time_t *time)
{
    struct tm tm = {.tm_mday = 1};
    int used = 0;
    if (sscanf(text, "%4d-%2d-%2d%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &used) != 3 || used != 10)
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon--;
    const char *at = text + used;
    if (*at == 'T') {
        if (sscanf(at, "T%2d:%2d%n", &tm.tm_hour, &tm.tm_min, &used) != 2)
            return false;
        at += used;
        if (*at == ':' && sscanf(at, ":%2d%n", &tm.tm_sec, &used) == 1)
            at += used;
        while (*at == '.' || (*at >= '0' && *at <= '9'))
            at++;
    }
    if (tm.tm_mon > 11 || tm.tm_mon < 0 || tm.tm_mday > 31 || tm.tm_mday < 1 || tm.tm_hour > 24 || tm.tm_min > 59)
        return false;
    int hours = 0, minutes = 0;
    if (!*at) {
        *time = moment(tm);
        return true;
    }
    if (*at != 'Z' && (strchr("+-", *at) == NULL || sscanf(at + 1, "%2d:%2d", &hours, &minutes) < 1))
        return false;
    int offset = hours * 60 + minutes;
    *time = timegm(&tm) - (*at == '-' ? -offset : offset) * 60;
    return true;
}

time_t clock_before(time_t time, int days, int minutes)
{
    struct tm tm;
    localtime_r(&time, &tm);
    tm.tm_mday -= days;
    return (days ? moment(tm) : time) - (time_t)minutes * 60;
}

time_t clock_at(time_t day, int hour, int minute)
{
    struct tm tm;
    localtime_r(&day, &tm);
    tm.tm_hour = hour;
    tm.tm_min = minute;
    tm.tm_sec = 0;
    return moment(tm);
}

time_t clock_nearest(time_t now, const char *time_of_day)
{
    time_t best = 0;
    for (int shift = -1; shift <= 1; shift++) {
        time_t candidate = clock_at(clock_before(now, -shift, 0), atoi(time_of_day), atoi(time_of_day + 3));
        if (shift == -1 || llabs((long long)(candidate - now)) < llabs((long long)(best - now)))
            best = candidate;
    }
    return best;
}
