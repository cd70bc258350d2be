# Batch: lists of jobs, results that survive everything, a second run that does only what is missing or changed.
. tests/cli/lib.sh
python=${PYTHON:-python3}
b=$work/b
mkdir "$b"
article >"$b/a.xml"
article "Second headline" '<media media-type="image"><media-reference mime-type="image/jpeg" source="photo.jpg"/><media-caption>The quay.</media-caption><media-producer>Ann Smith</media-producer></media>' >"$b/b.xml"
cp tests/cli/photo.jpg "$b/photo.jpg"
printf 'h1 { color: green }\n' >"$b/own.css"
article | sed 's|<head>|<head><docdata management-status="embargoed"/>|' >"$b/later.xml"

# results WORD: how often each outcome stands in the results of $list, as "made:3 failed:1"
outcomes() {
    "$python" - "$1" <<'END'
import collections, json, sys
count = collections.Counter(json.loads(line)["outcome"] for line in open(sys.argv[1]))
print(" ".join(f"{word}:{count[word]}" for word in sorted(count)))
END
}
is_outcomes() { [ "$(outcomes "$1")" = "$2" ]; verdict $? "$3"; }

cat >"$b/jobs.jsonl" <<'END'
{"in": ["a.xml"], "out": "a.pdf", "options": {"style": "release"}}
{"in": "b.xml", "out": "b.pdf", "options": {"style": ["daily", "own.css"], "set": {"accent": "red"}, "threads": 1}}
{"in": ["a.xml", "b.xml"], "out": "ab.pdf", "options": {"title": "Two", "date": "2026-11-24"}}
{"in": "none.xml", "out": "none.pdf"}

{"in": "later.xml", "out": "later.pdf"}
{"in": "a.xml", "out": "x.pdf", "options": {"stile": "daily"}}
{"in": "a.xml", "out": "a.pdf"}
{"in": "a.xml", "out": "y.pdf"
END
run batch "$b/jobs.jsonl" -j 2
exits 1 "a job that fails makes the batch fail"
check "but the others are made" sh -c "cd '$b' && test -s a.pdf && test -s b.pdf && test -s ab.pdf"
is_outcomes "$b/jobs.results.jsonl" "failed:1 made:3 refused:1 wrong:3" "each job has a line with its outcome"
says 'jobs.jsonl:7:1: .*stile.*style' "an unknown option has its line and a suggestion"
says 'another job before it writes a.pdf' "two jobs can't write one file"
says 'jobs.jsonl:9:[0-9]*: ' "what is no JSON has its line"
run -s release "$b/a.xml" -o "$work/a.pdf"
check "a job makes what the command line makes" cmp "$b/a.pdf" "$work/a.pdf"
run -s daily -s "$b/own.css" --set accent=red "$b/b.xml" -o "$work/b.pdf"
check "with all its options" cmp "$b/b.pdf" "$work/b.pdf"
check "a line has what it should" "$python" - "$b/jobs.results.jsonl" <<'END'
import json, sys
lines = {entry["out"]: entry for entry in map(json.loads, open(sys.argv[1]))}
b, none = lines["b.pdf"], lines["none.pdf"]
assert b["outcome"] == "made" and b["exit"] == 0 and b["pages"] == 1 and b["seconds"] > 0 and b["diagnostics"] == [], b
assert any(path.endswith("photo.jpg") for path in b["read"]), b
assert none["exit"] == 1 and none["diagnostics"][0]["code"] == "input-unreadable", none
assert lines["later.pdf"]["exit"] == 4
END

# ---- the second run ----
cat >"$b/jobs.jsonl" <<'END'
{"in": ["a.xml"], "out": "a.pdf", "options": {"style": "release"}}
{"in": "b.xml", "out": "b.pdf", "options": {"style": ["daily", "own.css"], "set": {"accent": "red"}, "threads": 1}}
{"in": ["a.xml", "b.xml"], "out": "ab.pdf", "options": {"title": "Two", "date": "2026-11-24"}}
END
again() { # again N NAME: N jobs are made, the others are unchanged
    before=$(wc -l <"$b/jobs.results.jsonl")
    run batch "$b/jobs.jsonl"
    [ "$code" = 0 ] && [ $(($(wc -l <"$b/jobs.results.jsonl") - before)) = "$1" ]
    verdict $? "$2"
}
again 0 "nothing changed: nothing is done"
touch "$b/a.xml" "$b/photo.jpg"
again 0 "a new time stamp is no change"
rm "$b/a.pdf"
again 1 "a missing PDF is made"
head -c 100 "$b/b.pdf" >"$b/half" && mv "$b/half" "$b/b.pdf"
again 1 "half a PDF is made again"
check "and is whole" cmp "$b/b.pdf" "$work/b.pdf"
printf 'h1 { color: blue }\n' >"$b/own.css"
again 1 "a changed sheet changes who uses it"
printf '\n' >>"$b/photo.jpg"
again 2 "a changed picture too"
rm "$b/photo.jpg"
again 2 "and one that vanished"
cp tests/cli/photo.jpg "$b/photo.jpg"
again 2 "and one that came"
sed -i 's/"Two"/"Three"/' "$b/jobs.jsonl"
again 1 "a changed option changes its job"
printf '{"out":"a.pdf","outcome":"ma' >>"$b/jobs.results.jsonl"
rm "$b/ab.pdf"
run batch "$b/jobs.jsonl"
exits 0 "a torn line at the end is no harm"
check "the next line stands by itself" sh -c "tail -n 1 '$b/jobs.results.jsonl' | grep -q '^{\"out\":\"ab.pdf\",\"outcome\":\"made\"'"
again 0 "and the rest is known"

# ---- CSV, folders, shards ----
printf 'in,out,style,title\r\na.xml,c1.pdf,release,\r\n"a.xml|b.xml",c2.pdf,,"Quay, ""today"""\r\n' >"$b/jobs.csv"
run batch "$b/jobs.csv"
exits 0 "a CSV list"
check "makes its jobs" cmp "$b/c1.pdf" "$b/a.pdf"
check "with quoted fields" sh -c "pdftotext '$b/c2.pdf' - | grep -q 'Quay, \"today\"'"
printf 'in,out,stile\na.xml,c1.pdf,release\n' >"$b/wrong.csv"
run batch "$b/wrong.csv"
exits 2 "a column that is no option is a mistake in usage"
says 'wrong.csv:1:8: .*stile' "with its place"
mkdir "$work/in"
for i in 1 2 3 4 5; do article "Headline $i" >"$work/in/$i.xml"; done
cp "$b/photo.jpg" "$work/in"
run batch "$work/in" -o "$work/outdir" -s release
exits 0 "a folder"
check "each file but pictures is a job" only "$work/outdir" "1.xml.pdf
2.xml.pdf
3.xml.pdf
4.xml.pdf
5.xml.pdf
batch.results.jsonl"
run batch "$work/in"
exits 2 "a folder needs -o"
for i in 1 2 3 4 5 6 7; do echo "{\"in\": \"in/$((i % 5 + 1)).xml\", \"out\": \"s$i.pdf\"}"; done >"$work/shard.jsonl"
for part in 1 2 3; do run batch "$work/shard.jsonl" --shard $part/3; done
check "shards part the list" test "$(cat "$work"/shard.results.*-of-3.jsonl | wc -l)" = 7
check "and every PDF is there" sh -c "cd '$work' && ls s1.pdf s2.pdf s3.pdf s4.pdf s5.pdf s6.pdf s7.pdf"
check "the first has 1, 4 and 7" sh -c "grep -o '^{.out.:.s[0-9]' '$work/shard.results.1-of-3.jsonl' | tr -dc '0-9' | grep -q '^147$'"
run batch "$work/shard.jsonl" --shard 4/3
exits 2 "there is no shard 4 of 3"

# ---- limits: a job that takes too long, one that takes too much ----
{ article | sed '/<.body.content>/,$d'; for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8 9; do printf '<p>'; printf 'The ferry Marigold will sail between the islands. %.0s' $(seq 600); printf '</p>\n'; done; done; echo '</body.content></body></nitf>'; } >"$b/long.xml"
printf '{"in": "long.xml", "out": "long.pdf", "options": {"time": 1}}\n{"in": "a.xml", "out": "short.pdf"}\n' >"$b/time.jsonl"
run batch "$b/time.jsonl"
exits 1 "a job over its time fails"
is_outcomes "$b/time.results.jsonl" "made:1 timeout:1" "with its own outcome, and the next is made"
check "it leaves nothing" sh -c "! ls '$b' | grep -e long.pdf -e part"
if [ -z "$SANITIZED" ]; then
    printf '{"in": "long.xml", "out": "long.pdf", "options": {"memory": "60M"}}\n{"in": "a.xml", "out": "short.pdf"}\n' >"$b/memory.jsonl"
    run batch "$b/memory.jsonl"
    exits 1 "a job over its memory fails"
    check "and harms no other" grep -q '"out":"short.pdf","outcome":"made"' "$b/memory.results.jsonl"
fi

# ---- one batch at a time with one file of results ----
"$python" -c 'import fcntl, sys, time; f = open(sys.argv[1], "a"); fcntl.flock(f, fcntl.LOCK_EX); print("held", flush=True); time.sleep(30)' "$b/jobs.results.jsonl" >"$work/held" &
holder=$!
while [ ! -s "$work/held" ]; do sleep 0.1; done
run batch "$b/jobs.jsonl"
exits 2 "a second batch with the same results waits a little, then refuses"
kill $holder

# ---- killed ten times ----
k=$work/k
mkdir "$k"
i=0
while [ $i -lt 40 ]; do
    article "Headline number $i" >"$k/$i.xml"
    echo "{\"in\": \"$i.xml\", \"out\": \"$i.pdf\"}"
    i=$((i + 1))
done >"$k/jobs.jsonl"
strays=0 kills=0
while [ $kills -lt 10 ]; do
    "$NEWS2PDF" batch "$k/jobs.jsonl" -j 2 >/dev/null 2>&1 &
    batch=$!
    sleep 0.$((kills % 3 + 1))
    children=$(cat /proc/$batch/task/$batch/children 2>/dev/null)
    kill -9 $batch 2>/dev/null
    wait $batch 2>/dev/null
    sleep 0.1
    for child in $children; do
        [ ! -d /proc/$child ] || grep -q '^State:.*Z' /proc/$child/status || strays=$((strays + 1))
    done
    kills=$((kills + 1))
done
check "children end with their parent" test $strays = 0
run batch "$k/jobs.jsonl" -j 2
exits 0 "after ten kills the rest is made"
check "every job once" "$python" - "$k" <<'END'
import collections, json, os, sys
folder = sys.argv[1]
count = collections.Counter()
for line in open(folder + "/jobs.results.jsonl"):
    try:
        entry = json.loads(line)
    except ValueError:
        continue  # what a kill tore
    count[entry["out"]] += 1
    assert entry["outcome"] == "made", entry
assert count == {f"{i}.pdf": 1 for i in range(40)}, count
assert not [name for name in os.listdir(folder) if name.endswith(".part")]
END
wrong=0 i=0
while [ $i -lt 40 ]; do
    if [ $((i % 8)) = 0 ]; then run "$k/$i.xml" -o "$work/k.pdf" && cmp -s "$k/$i.pdf" "$work/k.pdf" || wrong=$((wrong + 1)); fi
    is_pdf "$k/$i.pdf" || wrong=$((wrong + 1))
    i=$((i + 1))
done
check "every PDF right and whole" test $wrong = 0
touch "$k/3.pdf.4711-0.part" "$k/other.pdf.4711-0.part"
rm "$k/3.pdf"
run batch "$k/jobs.jsonl"
check "what a killed batch left is swept" test ! -e "$k/3.pdf.4711-0.part"
check "but not what belongs to nobody here" test -e "$k/other.pdf.4711-0.part"
