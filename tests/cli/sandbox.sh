# A conversion reads in a sandbox (tests/unit/sandbox_test.c tries what is denied); what it needs late still works.
. tests/cli/lib.sh
if [ -n "$SANITIZED" ]; then
    skip "the sandbox" "instrumented code reads and clones as it likes"
    exit 0
fi
mkdir "$work/in" "$work/links" "$work/elsewhere"
article >"$work/a.xml"

# ---- it is on before the first byte: the process that waits for its input has it ----
mkfifo "$work/slow"
status_of() {
    "$NEWS2PDF" -q "$@" - -o "$work/slow.pdf" <"$work/slow" 2>"$work/err" &
    pid=$!
    exec 3>"$work/slow"
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        sleep 0.2
        grep '^Seccomp:\|^NoNewPrivs:' "/proc/$pid/status" >"$work/out.status" 2>/dev/null
        grep -q "$wanted" "$work/out.status" && break
    done
    cat "$work/a.xml" >&3
    exec 3>&-
    wait "$pid"
    code=$?
}
wanted='Seccomp:.*2'
status_of
exits 0 "an article from a pipe"
check "was read under seccomp" grep -q 'Seccomp:.*2' "$work/out.status"
check "with no new privileges" grep -q 'NoNewPrivs:.*1' "$work/out.status"
wanted='Seccomp:.*0'
status_of --no-sandbox
exits 0 "with --no-sandbox it is read"
check "and without seccomp" grep -q 'Seccomp:.*0' "$work/out.status"
run --no-sandbox "$work/a.xml" -o "$work/a.pdf"
says 'note: .*network.* \[no-sandbox\]' "--no-sandbox says what it opens"
run "$work/a.xml" -o "$work/b.pdf"
silent_on 'sandbox' "with the sandbox nothing is said"
check "and the file is the same" cmp "$work/a.pdf" "$work/b.pdf"

# ---- it is the user's to open, not a job's ----
printf '{"in": "a.xml", "out": "j.pdf", "options": {"sandbox": "no"}}\n' >"$work/jobs.jsonl"
run batch "$work/jobs.jsonl"
[ "$code" -ne 0 ] && [ ! -e "$work/j.pdf" ]
verdict $? "a job that asks for no sandbox is not done"

# ---- what it may: late libraries, fonts of the machine, links to outputs, devices, lists ----
run --linearize --target print-coated "$work/a.xml" -o "$work/press.pdf"
exits 0 "colour and linearizing load their libraries in it"
check "and the file is linearized" grep -aq /Linearized "$work/press.pdf"
printf '<!DOCTYPE html><style>p{font-family:"DejaVu Sans","DejaVu Serif",monospace}</style><p>An article \342\231\236' >"$work/font.html"
run --as document "$work/font.html" -o "$work/f1.pdf"
exits 0 "fonts of the machine are found in it"
run --no-sandbox -q --as document "$work/font.html" -o "$work/f2.pdf"
check "and are those found without" cmp "$work/f1.pdf" "$work/f2.pdf"
ln -s ../elsewhere/real.pdf "$work/links/link.pdf"
: >"$work/elsewhere/real.pdf"
run "$work/a.xml" -o "$work/links/link.pdf"
exits 0 "of an output that is a link"
check "the target is replaced" is_pdf "$work/elsewhere/real.pdf"
run "$work/a.xml" -o /dev/null
exits 0 "a device is written"
cd "$work/in" && run ../a.xml -o here.pdf
cd "$top" || exit 1
exits 0 "an output without a folder"
mv "$work/a.xml" "$work/elsewhere/a.xml"
printf '[News]\n../elsewhere/a.xml\n' >"$work/in/day.list"
run --list "$work/in/day.list" -o "$work/list.pdf"
exits 0 "a list names files elsewhere"
check "that are read" sh -c "pdftotext '$work/list.pdf' - | grep -q Marigold"

# ---- a link in a folder that leads out of it ----
article "The secret of the neighbour" >"$work/secret.xml"
ln -s ../secret.xml "$work/in/story.xml"
article >"$work/in/b.xml"
run "$work/in" -o "$work/folder.pdf"
exits 0 "a folder with a link out of it"
says 'story.xml.*outside the folders' "is a warning"
check "and not a byte of what it leads to" sh -c "! pdftotext '$work/folder.pdf' - | grep -q neighbour"
run --no-sandbox "$work/in" -o "$work/folder.pdf"
check "nor without the sandbox" sh -c "! pdftotext '$work/folder.pdf' - | grep -q neighbour"
run --allow-path "$work" "$work/in" -o "$work/folder.pdf"
check "--allow-path lets it be read" sh -c "pdftotext '$work/folder.pdf' - | grep -q neighbour"
