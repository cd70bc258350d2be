# A hot folder: what comes in whole goes out once, in order, whatever happens on the way.
. tests/cli/lib.sh
python=${PYTHON:-python3}
h=$work/h
mkdir -p "$h/in" "$h/out" "$h/done" "$h/failed" "$work/new"
picture='<media media-type="image"><media-reference mime-type="image/jpeg" source="%s"/><media-caption>The quay.</media-caption><media-producer>Ann Smith</media-producer></media>'
with_picture() { article "$1" "$(printf "$picture" "$2")"; }

server=
serve() { # serve OPTIONS: starts the server; what it says is in $work/log
    "$NEWS2PDF" hotfolder "$h/in" "$h/out" --done "$h/done" --failed "$h/failed" --settle 1 --log json "$@" 2>>"$work/log" &
    server=$!
}
stop() { kill -"${1:-TERM}" $server 2>/dev/null; wait $server 2>/dev/null; }
trap 'stop KILL; rm -rf "$work"' EXIT
# comes PATH: within 40 seconds
comes() { n=0; while [ ! -e "$1" ] && [ $n -lt 200 ]; do sleep 0.2; n=$((n + 1)); done; [ -e "$1" ]; }
made_in_order() { "$python" -c '
import json, sys
print(" ".join(e["message"].split(":")[0] for e in map(json.loads, open(sys.argv[1])) if e.get("outcome") in ("made", "warnings")))' "$work/log"; }

run hotfolder "$h/in" "$h/out"
exits 2 "without --done and --failed it is a mistake in usage"
run hotfolder "$h/in" "$h/none" --done "$h/done" --failed "$h/failed"
exits 2 "a folder that is not there too"
run hotfolder "$h/in" "$h/in" --done "$h/done" --failed "$h/failed"
exits 2 "and one that is read and written"

# ---- once ----
article "Of the first" >"$h/in/a.xml"
printf 'no news \000\001' >"$h/in/bad.xml"
run hotfolder "$h/in" "$h/out" --done "$h/done" --failed "$h/failed" --settle 0 --once -s release
exits 1 "--once says that one failed"
check "an article is made" is_pdf "$h/out/a.xml.pdf"
check "and is done" test -e "$h/done/a.xml"
check "what can't be is failed" test -e "$h/failed/bad.xml"
check "with a report beside" grep -q 'bad.xml.*error' "$h/failed/bad.xml.report.txt"
check "the folder is empty, and nothing else is left" test "$(ls "$h/in")$(ls "$h/out")" = a.xml.pdf
run -s release "$h/done/a.xml" -o "$work/a.pdf"
check "it is what the command line makes" cmp "$h/out/a.xml.pdf" "$work/a.pdf"

# ---- serving ----
serve --patience 5
article "Moved in" >"$work/new/b.xml"
mv "$work/new/b.xml" "$h/in/b.xml"
check "an article that is moved in is made" comes "$h/done/b.xml"
run hotfolder "$h/in" "$h/out" --done "$h/done" --failed "$h/failed"
exits 2 "a second server for the same folder is refused"

article "Slow to come" "<p>$(printf 'Here comes the end of it. %.0s' 1 2 3)</p>" >"$work/new/slow.xml"
"$python" - "$work/new/slow.xml" "$h/in/slow.xml" <<'END' &
import sys, time
data = open(sys.argv[1], "rb").read()
with open(sys.argv[2], "wb") as out:
    out.write(data[:len(data) // 2])
    out.flush()
    time.sleep(3)
    out.write(data[len(data) // 2:])
END
check "a file that arrives in halves is made" comes "$h/done/slow.xml"
check "when it is whole" sh -c "pdftotext '$h/out/slow.xml.pdf' - | grep -q 'the end of it'"
check "and never failed" test ! -e "$h/failed/slow.xml"

with_picture "With a late picture" late.jpg >"$h/in/late.xml"
sleep 2.5
check "an article waits for its picture" test ! -e "$h/out/late.xml.pdf"
cp tests/cli/photo.jpg "$h/in/late.jpg"
check "until it comes" comes "$h/done/late.xml"
check "then it has it" sh -c "pdfimages -list '$h/out/late.xml.pdf' | grep -q -i -e jpeg -e image"
check "and they are done together" comes "$h/done/late.jpg"
with_picture "Without" never.jpg >"$h/in/never.xml"
check "a picture that never comes is waited for no longer than patience" comes "$h/done/never.xml"
check "and is told" grep -q 'never.xml: made with warnings' "$work/log"

stop
: >"$work/log"
for n in 3 1 2 5 4; do
    with_picture "Number $n" shared.jpg >"$h/in/o$n.xml"
    sleep 0.1
done
cp tests/cli/photo.jpg "$h/in/shared.jpg"
serve
check "several are made" comes "$h/done/o4.xml"
check "in the order in which they came" test "$(made_in_order)" = "o3.xml o1.xml o2.xml o5.xml o4.xml"
check "a picture that others want stays for them" sh -c "! grep -q warnings '$work/log'"
sleep 0.5
check "and goes with the last" test ! -e "$h/in/shared.jpg" -a -e "$h/done/shared.jpg"
article "A correction" >"$h/in/b.xml"
check "the same name again" comes "$h/done/b.2.xml"
check "replaces its PDF" sh -c "pdftotext '$h/out/b.xml.pdf' - | grep -q correction"

# ---- a full disk, a share that is away ----
if command -v prlimit >/dev/null 2>&1; then
    prlimit --pid $server --fsize=0:
    article "On a full disk" >"$h/in/full.xml"
    sleep 4
    check "on a full disk nothing is published and nothing lost" test -e "$h/in/full.xml" -a ! -e "$h/out/full.xml.pdf" -a ! -e "$h/failed/full.xml"
    prlimit --pid $server --fsize=unlimited:
    check "when there is room again it is made" comes "$h/done/full.xml"
    check "whole" is_pdf "$h/out/full.xml.pdf"
else
    skip "a full disk" "no prlimit"
fi
mv "$h/in" "$h/gone"
sleep 2
article "After the share came back" >"$h/gone/back.xml"
check "a folder that vanished is no end" kill -0 $server
mv "$h/gone" "$h/in"
check "what is in it when it comes back is made" comes "$h/done/back.xml"
mv "$h/out" "$h/out.gone"
article "While out is away" >"$h/in/away.xml"
sleep 3
check "without the folder for PDFs an article stays" test -e "$h/in/away.xml"
mv "$h/out.gone" "$h/out"
check "until it is back" comes "$h/out/away.xml.pdf"
kill -TERM $server
wait $server
check "a signal ends it with exit code 0" test $? = 0

# ---- killed and started again ----
i=0
while [ $i -lt 12 ]; do
    article "Kill $i" >"$h/in/k$i.xml"
    i=$((i + 1))
done
sleep 1
for n in 1 2 3 4 5; do
    serve
    sleep 0.3
    stop KILL
done
serve
check "after five kills all are made" comes "$h/done/k11.xml"
sleep 0.5
stop
check "each once" test "$(ls "$h/done" | grep -c '^k[0-9]*\.xml$')" = 12 -a "$(ls "$h/done" | grep -c '^k[0-9]*\.[0-9]*\.xml$')" = 0
whole=0
for n in 0 1 2 3 4 5 6 7 8 9 10 11; do is_pdf "$h/out/k$n.xml.pdf" && whole=$((whole + 1)); done
check "each whole" test $whole = 12
check "nothing half is left" test "$(ls "$h/out/.news2pdf")" = lock
