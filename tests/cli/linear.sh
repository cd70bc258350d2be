# --linearize: the same pages, the first one first (ISO 32000-1 annex F).
. tests/cli/lib.sh
: "${PYTHON:=python3}"
command -v qpdf >/dev/null 2>&1 || { skip all "no qpdf"; exit 0; }
article >"$work/a.xml"
run "$work/a.xml" -o "$work/plain.pdf"
check "without it a file is not linearized" sh -c "! qpdf --check-linearization '$work/plain.pdf' 2>&1 | grep -q 'no linearization errors'"
for options in "--target office" "--pdfa 1b" "--target print-news" "--pdfa 4"; do
    # shellcheck disable=SC2086 # the options are words
    run "$work/a.xml" $options --linearize -o "$work/l.pdf"
    exits 0 "$options --linearize"
    check "$options: qpdf finds it linearized" sh -c "qpdf --check-linearization '$work/l.pdf' | grep -q 'no linearization errors'"
    "$PYTHON" tests/pdf/standards.py "$work/l.pdf" >"$work/err" 2>&1
    verdict $? "$options: it keeps its standards"
    # shellcheck disable=SC2086
    run "$work/a.xml" $options --linearize -o "$work/again.pdf"
    check "$options: the same the second time" cmp "$work/l.pdf" "$work/again.pdf"
done
run "$work/a.xml" --linearize -o "$work/l.pdf"
pdftotext -bbox-layout "$work/plain.pdf" "$work/plain.words"
pdftotext -bbox-layout "$work/l.pdf" "$work/l.words"
check "lines stand where they stood" cmp "$work/plain.words" "$work/l.words"
run "$work/a.xml" --linearize --target screen,print-news -o "$work/n.pdf"
check "every target's file is" sh -c "qpdf --check-linearization '$work/n.screen.pdf' >/dev/null && qpdf --check-linearization '$work/n.print-news.pdf' >/dev/null"
if [ -w /dev/full ]; then
    run "$work/a.xml" --linearize -o /dev/full
    exits 1 "a full disk is noticed"
fi
