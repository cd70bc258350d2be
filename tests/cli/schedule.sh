# Dates, zones, changed clocks, midnight; waiting for what is late; a week of mornings.
. tests/cli/lib.sh
python=${PYTHON:-python3}
mkdir -p "$work/p/in"
article >"$work/p/in/a.xml"
if [ ! -e /usr/share/zoneinfo/America/New_York ]; then
    skip "time zones" "no tzdata"
    exit 0
fi

# said FIELD: what the last line of the log has
said() { "$python" -c 'import json, sys; print(json.loads(open(sys.argv[1]).read().splitlines()[-1]).get(sys.argv[2]))' "$work/err" "$1"; }
# day NAME NOW PROFILE-LINES EXPECTED-DATE [EXPECTED-SINCE]: profile lines parted by ;
day() {
    { echo 'sources: in'; echo 'name: "%Y-%m-%d.pdf"'; echo "$3" | tr ';' '\n'; } >"$work/p/p.yaml"
    run_with NEWS2PDF_NOW="$2" make "$work/p/p.yaml" --log json
    [ "$(said date)" = "$4" ]
    verdict $? "$1"
    if [ $# = 5 ]; then [ "$(said since)" = "$5" ]; verdict $? "$1: since"; fi
}
day "Seoul is a day ahead of Greenwich" 2026-11-23T15:30:20Z "timezone: Asia/Seoul" 2026-11-24T00:30:20+09:00
check "and the name says so" is_pdf "$work/p/2026-11-24.pdf"
day "at is a time of that day" 2026-11-23T20:07:00Z "timezone: Asia/Seoul;at: 05:00;since: 24h" 2026-11-24T05:00:00+09:00 2026-11-23T05:00:00+09:00
day "an evening run makes the next day's paper" 2026-12-31T22:50:00Z "timezone: Europe/Berlin;day: tomorrow;at: 05:00" 2027-01-01T05:00:00+01:00
day "before midnight there, after it here" 2026-11-24T03:59:00Z "timezone: America/New_York" 2026-11-23T22:59:00-05:00
# New York: 2026-03-08 has no 02:00 to 03:00 and 23 hours; 2026-11-01 has 01:00 to 02:00 twice and 25 hours.
day "a time that the clock leaves out is after the jump" 2026-03-08T15:00:00Z "timezone: America/New_York;at: 02:30" 2026-03-08T03:30:00-04:00
day "of a time that comes twice the first" 2026-11-01T15:00:00Z "timezone: America/New_York;at: 01:30" 2026-11-01T01:30:00-04:00
day "a day of 23 hours is a day" 2026-03-08T16:00:00Z "timezone: America/New_York;since: 1d" 2026-03-08T12:00:00-04:00 2026-03-07T12:00:00-05:00
day "but 24 hours are 24 hours" 2026-03-08T16:00:00Z "timezone: America/New_York;since: 24h" 2026-03-08T12:00:00-04:00 2026-03-07T11:00:00-05:00
day "a day of 25 hours is a day" 2026-11-01T17:00:00Z "timezone: America/New_York;since: 1d" 2026-11-01T12:00:00-05:00 2026-10-31T12:00:00-04:00
day "a week over a change" 2026-03-10T09:00:00Z "timezone: America/New_York;at: 05:00;since: 1w" 2026-03-10T05:00:00-04:00 2026-03-03T05:00:00-05:00
day "the leap day" 2028-03-01T05:00:00Z "since: 1d" 2028-03-01T05:00:00Z 2028-02-29T05:00:00Z
run make "$work/p/p.yaml" --date 2026-11-24 --timezone Asia/Seoul --log json
check "--date is a day of the profile's zone" test "$(said date)" = 2026-11-24T00:00:00+09:00
run make "$work/p/p.yaml" --date 2026-11-24T05:00:00 --timezone Asia/Seoul --log json
check "so is a time without a zone" test "$(said date)" = 2026-11-24T05:00:00+09:00
run make "$work/p/p.yaml" --date 2026-11-23T20:00:00Z --timezone Asia/Seoul --log json
check "one with a zone is the same moment" test "$(said date)" = 2026-11-24T05:00:00+09:00

# ---- the page's date is the zone's ----
printf 'sources: in\ntitle: Z\nlanguage: en\ntimezone: Asia/Seoul\nname: z.pdf\n' >"$work/p/p.yaml"
run_with NEWS2PDF_NOW=2026-11-23T20:00:00Z make "$work/p/p.yaml"
check "the page has the date of its place" sh -c "pdftotext '$work/p/z.pdf' - | grep -q '24 November 2026'"

# ---- what is late ----
cat >"$work/p/late.yaml" <<'END'
sources: [in, late.xml]
timezone: UTC
name: late.pdf
wait-for: late.xml
until: 05:20
END
article "The late one" >"$work/late"
(sleep 1; cp "$work/late" "$work/p/late.xml") &
run_with NEWS2PDF_NOW=2026-11-24T05:19:50Z make "$work/p/late.yaml"
exits 0 "a late article that comes in time"
check "is in the edition" sh -c "pdftotext '$work/p/late.pdf' - | grep -q 'The late one'"
rm "$work/p/late.xml"
run_with NEWS2PDF_NOW=2026-11-24T05:19:58Z make "$work/p/late.yaml"
exits 6 "one that does not come is a warning"
says 'late.xml had not come by 05:20' "that says so"
check "the edition goes on without it" sh -c "pdftotext '$work/p/late.pdf' - | grep -q Marigold"
begun=$(date +%s)
run_with NEWS2PDF_NOW=2026-11-24T07:00:00Z make "$work/p/late.yaml"
check "when the time has passed nothing is waited for" test $(($(date +%s) - begun)) -lt 10
sed -i 's/05:20/00:00/' "$work/p/late.yaml"
run_with NEWS2PDF_NOW=2026-11-24T23:59:58Z make "$work/p/late.yaml"
says 'had not come by 00:00' "midnight is waited for across the day"
run make "$work/p/late.yaml" --wait-for other.xml
exits 6 "--wait-for replaces the profile's"
says 'other.xml' "and is what is waited for"
mkdir "$work/p/feed"
run_with NEWS2PDF_NOW=2026-11-24T23:59:59Z make "$work/p/late.yaml" --wait-for 'feed/*.xml'
says 'feed/' "a pattern that nothing matches"

# ---- a week: moving dates, one late source, one empty day, one full disk ----
mkdir -p "$work/week/in" "$work/week/out"
cat >"$work/week/w.yaml" <<'END'
title: Week
timezone: Europe/Berlin
at: 05:00
since: 24h
sources: [in]
name: "out/%Y-%m-%d.pdf"
wait-for: in/late-*.xml
until: 05:00
END
week=""
for n in 23 24 25 26 27 28 29; do # a story each day at 04:30 in Berlin, but none on the 26th
    [ $n = 26 ] || article "Of the $n" | sed "s|<head>|<head><docdata><date.issue norm=\"202611${n}T033000Z\"/></docdata>|" >"$work/week/in/$n.xml"
    if [ $n = 25 ]; then rm -f "$work"/week/in/late-*; else article "Late" | sed "s|<head>|<head><docdata><date.issue norm=\"202610${n}T033000Z\"/></docdata>|" >"$work/week/in/late-$n.xml"; fi
    sleep 1.1 # the late one is whole
    if [ $n = 28 ]; then # a file may have no byte: the disk is full
        (ulimit -f 0; trap '' XFSZ; NEWS2PDF_NOW=2026-11-${n}T03:59:59Z timeout 60 "$NEWS2PDF" make "$work/week/w.yaml" 2>/dev/null | cat >/dev/null; exit 0)
        week="$week full"
        [ ! -e "$work/week/out/2026-11-28.pdf" ] || week="$week:written"
        continue
    fi
    run_with NEWS2PDF_NOW=2026-11-${n}T03:59:59Z make "$work/week/w.yaml"
    week="$week $n:$code"
done
check "a week of mornings: $week" test "$week" = " 23:0 24:0 25:6 26:5 27:0 full 29:0"
check "each day has its own story and no older one" sh -c "pdftotext '$work/week/out/2026-11-24.pdf' - | grep -q 'Of the 24' && ! pdftotext '$work/week/out/2026-11-24.pdf' - | grep -q 'Of the 23'"
check "no half file is left" test "$(ls "$work/week/out")" = "2026-11-23.pdf
2026-11-24.pdf
2026-11-25.pdf
2026-11-27.pdf
2026-11-29.pdf"
