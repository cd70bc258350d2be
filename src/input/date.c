/* Dates as files write them, and as readers read them.
 *   ISO 8601 in its extended and basic forms (NITF's norm), RFC 5322's with names of days and zones. */
#include "input/internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

static const char *const months[12] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
static const char *const days[7] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

typedef struct {
    int year, month, day, hour, minute, second, zone; /* zone: minutes east; NONE: not said. hour -1: no time */
} Date;

static int digits(const char **at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!isdigit((unsigned char)(*at)[i]))
            return -1;
        value = value * 10 + (*at)[i] - '0';
    }
    *at += count;
    return value;
}

static int days_in(int year, int month)
{
    static const int length[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return length[month - 1] + (month == 2 && leap);
}

static bool possible(const Date *date)
{
    return date->year >= 1000 && date->month >= 1 && date->month <= 12 && date->day >= 1 &&
           date->day <= days_in(date->year, date->month) && date->hour < 25 && date->minute < 60 && date->second < 61;
}

/* "Z", "+0900", "+09:00", "GMT", "EST". */
static int read_zone(const char *at)
{
    static const struct {
        const char *name;
        int minutes;
    } zones[] = {{"GMT", 0},    {"UTC", 0},    {"UT", 0},     {"Z", 0},      {"EST", -300}, {"EDT", -240},
                 {"CST", -360}, {"CDT", -300}, {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420},
                 {"KST", 540},  {"JST", 540},  {"CET", 60},   {"CEST", 120}};
    while (*at == ' ')
        at++;
    if (*at == '+' || *at == '-') {
        int sign = *at++ == '-' ? -1 : 1, hours = digits(&at, 2);
        at += *at == ':';
        int minutes = digits(&at, 2);
        return hours < 0 || hours > 15 ? NONE : sign * (hours * 60 + (minutes > 0 ? minutes : 0));
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        size_t length = strlen(zones[i].name);
        if (starts_nocase(at, zones[i].name) && !isalpha((unsigned char)at[length]))
            return zones[i].minutes;
    }
    return NONE;
}

static void read_time(const char *at, Date *date)
{
    while (*at == ' ' || *at == 'T' || *at == 't')
        at++;
    date->hour = digits(&at, 2);
    if (date->hour < 0)
        return;
    at += *at == ':';
    date->minute = digits(&at, 2);
    if (date->minute < 0) {
        date->hour = -1;
        date->minute = 0;
        return;
    }
    at += *at == ':';
    date->second = digits(&at, 2);
    date->second = date->second < 0 ? 0 : date->second;
    if (*at == '.')
        for (at++; isdigit((unsigned char)*at);)
            at++;
    date->zone = read_zone(at);
}

static bool read_iso(const char *at, Date *date)
{
    date->year = digits(&at, 4);
    char separator = *at == '-' || *at == '/' || *at == '.' ? *at++ : 0;
    date->month = digits(&at, 2);
    if (separator && *at != separator)
        return false;
    at += separator != 0;
    date->day = digits(&at, 2);
    if (date->year < 0 || date->month < 0 || date->day < 0)
        return false;
    if (*at)
        read_time(at, date);
    return possible(date);
}

static int month_of(const char *at)
{
    for (int i = 0; i < 12; i++)
        if (starts_nocase(at, (char[]){months[i][0], months[i][1], months[i][2], 0}))
            return i + 1;
    return 0;
}

/* "Thu, 29 Feb 2024 09:00:00 +0900", with or without the day's name. */
static bool read_rfc(const char *at, Date *date)
{
    const char *comma = strchr(at, ',');
    at = comma && comma - at < 12 ? comma + 1 : at;
    while (*at == ' ')
        at++;
    char *rest;
    date->day = (int)strtol(at, &rest, 10);
    while (*rest == ' ' || *rest == '-')
        rest++;
    date->month = month_of(rest);
    while (isalpha((unsigned char)*rest))
        rest++;
    while (*rest == ' ' || *rest == '-')
        rest++;
    char *end;
    date->year = (int)strtol(rest, &end, 10);
    if (end - rest == 2)
        date->year += date->year < 70 ? 2000 : 1900;
    if (*end)
        read_time(end, date);
    return possible(date);
}

const char *date_iso(Arena *arena, const char *text)
{
    while (*text == ' ')
        text++;
    Date date = {.hour = -1, .zone = NONE};
    bool known = read_iso(text, &date);
    if (!known) {
        date = (Date){.hour = -1, .zone = NONE};
        known = read_rfc(text, &date);
    }
    if (!known)
        return NULL;
    const char *day = arena_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
    if (date.hour < 0)
        return day;
    const char *zone = date.zone == NONE ? ""
                       : date.zone == 0  ? "Z"
                                         : arena_format(arena, "%c%02d:%02d", date.zone < 0 ? '-' : '+',
                                                        abs(date.zone) / 60, abs(date.zone) % 60);
    return arena_format(arena, "%sT%02d:%02d:%02d%s", day, date.hour, date.minute, date.second, zone);
}

int64_t input_date_seconds(const char *iso)
{
    int y = 0, m = 1, d = 1, hour = 0, minute = 0, second = 0, zone_hour = 0, zone_minute = 0;
    sscanf(iso, "%4d-%2d-%2dT%2d:%2d:%2d", &y, &m, &d, &hour, &minute, &second);
    const char *zone = strlen(iso) > 10 ? iso + 10 + strcspn(iso + 10, "+-") : "";
    if (*zone)
        sscanf(zone + 1, "%2d:%2d", &zone_hour, &zone_minute);
    int64_t year = y - (m <= 2), era = (year >= 0 ? year : year - 399) / 400; /* days from civil */
    int64_t of_era = year - era * 400, day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t count = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + day - 719468;
    int64_t offset = (zone_hour * 60 + zone_minute) * 60 * (*zone == '-' ? -1 : 1);
    return count * 86400 + hour * 3600 + minute * 60 + second - offset;
}

/* 0: Sunday (Sakamoto's method). */
static int day_of_week(int y, int m, int d)
{
    static const int shift[12] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    y -= m < 3;
    return (y + y / 4 - y / 100 + y / 400 + shift[m - 1] + d) % 7;
}

/* ICU's words for the day as its own place counts it: noon UTC, told in UTC. */
static const char *by_icu(Arena *arena, const Date *date, const char *language)
{
    UErrorCode error = U_ZERO_ERROR;
    UDateTimePatternGenerator *generator = udatpg_open(language, &error);
    UChar pattern[128], utc[] = {'U', 'T', 'C', 0}, out[256];
    static const UChar skeleton[] = {'y', 'M', 'M', 'M', 'M', 'E', 'E', 'E', 'E', 'd', 0};
    int32_t length = generator ? udatpg_getBestPattern(generator, skeleton, -1, pattern, 128, &error) : 0;
    udatpg_close(generator);
    UDateFormat *format =
        U_SUCCESS(error) ? udat_open(UDAT_PATTERN, UDAT_PATTERN, language, utc, -1, pattern, length, &error) : NULL;
    int64_t y = date->year - (date->month <= 2), era = y / 400, of_era = y - era * 400;
    int64_t day = (153 * (date->month + (date->month > 2 ? -3 : 9)) + 2) / 5 + date->day - 1;
    int64_t count = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + day - 719468;
    int32_t size = format ? udat_format(format, (UDate)count * 86400000.0 + 43200000.0, out, 256, NULL, &error) : 0;
    if (format)
        udat_close(format);
    if (U_FAILURE(error))
        return NULL;
    char *text = arena_alloc(arena, (size_t)size * 3 + 1);
    u_strToUTF8(text, size * 3 + 1, NULL, out, size, &error);
    return U_SUCCESS(error) ? text : NULL;
}

const char *date_words(Arena *arena, const char *iso, const char *language)
{
    Date date = {.hour = -1, .zone = NONE};
    if (!iso || !read_iso(iso, &date))
        return NULL;
    const char *day = days[day_of_week(date.year, date.month, date.day)], *month = months[date.month - 1];
    bool english = !language || starts_nocase(language, "en");
    const char *words = english ? NULL : by_icu(arena, &date, language);
    if (words)
        return words;
    if (english && language && (text_equal_nocase(language, "en-US") || text_equal_nocase(language, "en-CA")))
        return arena_format(arena, "%s, %s %d, %d", day, month, date.day, date.year);
    return arena_format(arena, "%s %d %s %d", day, date.day, month, date.year);
}
