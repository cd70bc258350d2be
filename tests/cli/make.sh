# A title's profile: what it says, what is wrong with it, what the command line changes.
. tests/cli/lib.sh
python=${PYTHON:-python3}
d=$work/d

run init "$d"
exits 0 "init"
run make "$d/daily.yaml" --date 2026-11-24
exits 0 "what it writes works at once"
check "under the name that the profile says" is_pdf "$d/out/The-Daily-Example-2026-11-24.pdf"
check "with the sample's stories" sh -c "pdftotext '$d/out/The-Daily-Example-2026-11-24.pdf' - | grep -q Marigold"
check "Harbour comes before Town, as the profile says" sh -c "pdftotext '$d/out/The-Daily-Example-2026-11-24.pdf' - | grep -n -i -e 'ferry sails' -e '^TOWN' | head -n 1 | grep -qi ferry || pdftotext '$d/out/The-Daily-Example-2026-11-24.pdf' - | grep -q HARBOUR"
cp "$d/out/The-Daily-Example-2026-11-24.pdf" "$work/first.pdf"
run make "$d/daily.yaml" --date 2026-11-24
check "the same again is the same" cmp "$work/first.pdf" "$d/out/The-Daily-Example-2026-11-24.pdf"
echo mine >"$d/daily.yaml"
run init "$d"
exits 1 "init writes over nothing"
check "and leaves what is there" test "$(cat "$d/daily.yaml")" = mine
run make "$d/none.yaml"
exits 2 "a profile that is not there"
says 'init' "is answered with init"

# ---- mistakes have line, column and a suggestion ----
mistake() { # mistake NAME PLACE-AND-WORDS HINT: the profile is $work/lines
    cp "$work/lines" "$d/wrong.yaml"
    run make "$d/wrong.yaml"
    exits 2 "$1 is a mistake"
    says "wrong.yaml:$2" "$1: its place"
    says "$3" "$1: what helps"
}
printf 'title: A\nsorces:\n  - stories\n' >"$work/lines"
mistake "an unknown field" '2:1: error: .*sorces' 'did you mean sources'
printf 'title: A\norder: urgencey\nsources: stories\n' >"$work/lines"
mistake "a wrong choice" '2:8: error: .*urgencey' 'did you mean urgency'
printf 'sources:\n  - path: stories\n    sektion: World\n' >"$work/lines"
mistake "an unknown part of a source" '3:5: error: .*sektion' 'section'
printf 'sources: stories\ntimezone: Asia/Soul\n' >"$work/lines"
mistake "an unknown time zone" '2:11: error: .*Asia/Soul' 'did you mean Asia/Seoul'
printf 'sources: stories\nname: "../%%Y.pdf"\n' >"$work/lines"
mistake "a name that leads out of the folder" '2:7: error: ' 'out/'
printf 'sources: stories\nname: "%%Q.pdf"\n' >"$work/lines"
mistake "a name with a date that is none" '2:7: error: .*%Q' '%Y-%m-%d'
printf 'sources: stories\nhandoff: /tmp\n' >"$work/lines"
mistake "a handoff folder elsewhere" '2:10: error: ' 'below\|link'
printf 'sources: stories\nat: 25:00\n' >"$work/lines"
mistake "a time that is none" '2:5: error: .*25:00' '05:00'
printf 'sources: stories\noptions:\n  stirct: yes\n' >"$work/lines"
mistake "an unknown option" '3:3: error: .*stirct' 'did you mean strict'
printf 'sources: [stories\ntitle: A\n' >"$work/lines"
mistake "what is no YAML" '2:[0-9]*: error: ' 'yaml-syntax'
printf 'title: A\ntitle: B\n' >"$work/lines"
mistake "a field twice" '2:1: error: .*title' 'second time'
printf 'sorces: a\nordre: date\n' >"$work/lines"
mistake "the first of two mistakes" '1:1: error: .*sorces' 'sources'
says 'wrong.yaml:2:1: error: .*ordre' "and the second is told too"

# ---- all fields ----
mkdir -p "$work/p/feeds" "$work/p/in"
article "Of the folder" >"$work/p/in/a.xml"
article "Of the world" >"$work/p/feeds/w1.xml"
article "Of the world too" >"$work/p/feeds/w2.xml"
printf 'h1 { color: green }\n' >"$work/p/house.css"
cat >"$work/p/full.yaml" <<'END'
title: The Full
language: de
timezone: Europe/Berlin
at: "05:00"
sources:
  - path: feeds/w*.xml
    section: World
  - in
order: section
sections: [World, Home]
styles: [briefing, house.css]
set:
  accent: "#7A1F1F"
targets: [screen, office]
name: "made/%Y/{title} %d.%m.pdf"
handoff: "handoff/press"
options:
  rights: warn
  threads: 1
END
before=$(find "$work" -newer "$work/p/full.yaml" -type f | sort)
run make "$work/p/full.yaml" --date 2026-11-24
exits 0 "all fields"
check "each target has its file, below the profile's folder, and a copy" test "$(cd "$work/p" && find . -name '*.pdf' | sort)" = "./handoff/press/The-Full 24.11.office.pdf
./handoff/press/The-Full 24.11.screen.pdf
./made/2026/The-Full 24.11.office.pdf
./made/2026/The-Full 24.11.screen.pdf"
check "the copy is the same" cmp "$work/p/handoff/press/The-Full 24.11.office.pdf" "$work/p/made/2026/The-Full 24.11.office.pdf"
pdftotext "$work/p/made/2026/The-Full 24.11.office.pdf" "$work/full.txt"
check "it has the section of its source" grep -qi '^world' "$work/full.txt"
check "and all stories" sh -c "grep -q 'Of the folder' '$work/full.txt' && grep -q 'Of the world too' '$work/full.txt'"
check "and the date in its language" grep -q 'Dienstag, 24. November 2026' "$work/full.txt"
run make "$work/p/full.yaml" --date 2026-11-24 --name again.pdf --target office --style briefing --language en --title Other
exits 0 "the command line"
check "replaces name, targets" is_pdf "$work/p/again.pdf"
pdftotext "$work/p/again.pdf" "$work/again.txt"
check "language and title" sh -c "grep -q 'Tuesday 24 November 2026' '$work/again.txt' && grep -q Other '$work/again.txt'"
run make "$work/p/full.yaml" "$work/p/in/a.xml" --date 2026-11-24 --name one.pdf --target office
check "and the sources" sh -c "pdftotext '$work/p/one.pdf' - | grep -q 'Of the folder' && ! pdftotext '$work/p/one.pdf' - | grep -q 'Of the world'"
run make "$work/p/full.yaml" -o "$work/elsewhere.pdf"
exits 2 "-o outside the profile's folder is refused"
check "and nothing is there" test ! -e "$work/elsewhere.pdf"

# ---- outcomes ----
cat >"$work/p/o.yaml" <<'END'
title: O
sources: o/*.xml
name: today.pdf
END
mkdir "$work/p/o"
echo yesterday >"$work/p/today.pdf"
run make "$work/p/o.yaml"
exits 5 "no source is nothing to print"
check "yesterday's file stays" test "$(cat "$work/p/today.pdf")" = yesterday
article | sed 's|<head>|<head><docdata management-status="embargoed"/>|' >"$work/p/o/a.xml"
run make "$work/p/o.yaml" --no-strict
check "a refused story leaves it too" test "$(cat "$work/p/today.pdf")" = yesterday
printf 'no news' >"$work/p/o/a.xml"
run make "$work/p/o.yaml" --style "$work/none.css"
exits 1 "a missing style is a failure"
check "yesterday's file stays still" test "$(cat "$work/p/today.pdf")" = yesterday
article "A line" '<media media-type="image"><media-reference mime-type="image/jpeg" source="none.jpg"/></media>' >"$work/p/o/a.xml"
run make "$work/p/o.yaml" --strict
exits 3 "warnings under --strict"
check "leave it as well" test "$(cat "$work/p/today.pdf")" = yesterday
run make "$work/p/o.yaml"
exits 6 "made with warnings has a code of its own"
says 'photo-missing' "the warnings are told"
check "today's file is there" is_pdf "$work/p/today.pdf"
article >"$work/p/o/a.xml"
run make "$work/p/o.yaml"
exits 0 "made is 0"
printf 'title: O\nsources: [o, gone.xml]\nname: today.pdf\n' >"$work/p/o.yaml"
run make "$work/p/o.yaml"
exits 6 "a source that is not there is a warning"
says 'o.yaml:2:14: there is no .*gone.xml' "with its place"

# ---- who is told ----
run make "$work/p/o.yaml" --notify "cat >'$work/told'; echo \"\$NEWS2PDF_OUTCOME \$NEWS2PDF_EXIT \$NEWS2PDF_PAGES\" >'$work/words'"
check "--notify: the environment" test "$(cat "$work/words")" = "warnings 6 1"
check "--notify: JSON" "$python" -c 'import json, sys; e = json.load(open(sys.argv[1])); assert e["outcome"] == "warnings" and e["exit"] == 6 and e["missing"] == 1 and e["output"].endswith("today.pdf"), e' "$work/told"
run make "$work/p/o.yaml" --notify "exit 3"
exits 6 "a command that fails changes no outcome"
says 'notify failed' "but is told"
run_with NEWS2PDF_NOW=2026-11-24T05:00:00Z make "$work/p/o.yaml" --log json
check "--log json: every line is an object with time and outcome" "$python" -c '
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert all(e["time"].startswith("2026-11-24T05:00:0") and e["message"] for e in lines), lines
assert lines[-1]["outcome"] == "warnings" and lines[-1]["priority"] == 4, lines
' "$work/err"
"$python" - "$work/journal" >"$work/entries" <<'END' &
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
s.settimeout(20)
for _ in range(2):
    sys.stdout.buffer.write(s.recv(65536) + b"--\n")
    sys.stdout.flush()
END
listener=$!
while [ ! -S "$work/journal" ]; do sleep 0.1; done
run_with NEWS2PDF_JOURNAL="$work/journal" make "$work/p/o.yaml" --log journal
wait $listener
check "--log journal: fields" sh -c "grep -q '^MESSAGE=.*today.pdf' '$work/entries' && grep -q '^PRIORITY=4' '$work/entries' && grep -q '^NEWS2PDF_EXIT=6' '$work/entries' && grep -q '^SYSLOG_IDENTIFIER=news2pdf' '$work/entries'"
run_with NEWS2PDF_JOURNAL="$work/nobody" make "$work/p/o.yaml" --log journal
says '^<4>news2pdf: ' "where there is no journal, standard error with priorities"
