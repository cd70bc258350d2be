/* cli/clock.h: what time it is, and what a clock on the wall of a time zone shows.
 * Tests set the time that the program starts at: NEWS2PDF_NOW=2026-11-24T05:00:00Z. */
#ifndef N2P_CLI_CLOCK_H
#define N2P_CLI_CLOCK_H

#include "base/base.h"

#include <time.h>

time_t clock_now(void);
/* All below go by the zone that was set last; UTC at first. NULL or "UTC" is UTC.
 * false: there is no such zone; *meant is one with a like name, or NULL. */
bool clock_set_zone(Arena *arena, const char *name, const char **meant);
const char *clock_iso(Arena *arena, time_t time);     /* 2026-11-24T05:00:00+09:00 */
const char *clock_iso_utc(Arena *arena, time_t time); /* 2026-11-23T20:00:00Z */
/* "2026-11-24", "2026-11-24T05:00:00", with or without Z or an offset; without, of the zone. false: no such time. */
bool clock_read(const char *text, time_t *time);
/* The moment `days` days and `minutes` minutes before: days are the calendar's, a day of 23 or 25 hours is one. */
time_t clock_before(time_t time, int days, int minutes);
time_t clock_at(time_t day, int hour, int minute);         /* on the day of `day`; of two with this name the first */
time_t clock_nearest(time_t now, const char *time_of_day); /* "05:20": the one nearest to now */

#endif
