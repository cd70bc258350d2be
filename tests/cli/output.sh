# A failed job leaves nothing and touches nothing; what is no regular file is written through.
. tests/cli/lib.sh
article >"$work/a.xml"
mkdir "$work/o"
printf '\000\001\002 no news' >"$work/bad.xml"

run "$work/none.xml" -o "$work/o/new.pdf"
exits 1 "a missing input fails"
says 'none.xml' "and the message names it"
check "a failed job leaves no file" only "$work/o" ""

echo yesterday >"$work/o/old.pdf"
run "$work/none.xml" -o "$work/o/old.pdf"
exits 1 "a failed job over an older file fails"
check "the older file is untouched" test "$(cat "$work/o/old.pdf")" = yesterday
run -s "$work/none.css" "$work/a.xml" -o "$work/o/old.pdf"
check "a missing style is no success" test "$code" -ne 0
check "the older file is still untouched" test "$(cat "$work/o/old.pdf")" = yesterday
check "and alone" only "$work/o" "old.pdf"

run "$work/a.xml" -o "$work/no/such/folder/a.pdf"
exits 1 "a folder that is not there fails"
run "$work/a.xml" -o "$work/o"
exits 1 "a folder as output fails"
check "the folder is as it was" only "$work/o" "old.pdf"

if [ -w /dev/full ]; then
    run "$work/a.xml" -o /dev/full
    exits 1 "a full device fails"
    check "/dev/full is still a device" test -c /dev/full
    timeout 60 "$NEWS2PDF" "$work/a.xml" -o - >/dev/full 2>"$work/err"
    code=$?
    exits 1 "a full standard output fails"
else
    skip "a full device" "no /dev/full"
fi
run "$work/a.xml" -o /dev/null
exits 0 "/dev/null takes it"
check "/dev/null is still a device" test -c /dev/null

run "$work/a.xml" -o "$work/o/a.pdf"
exits 0 "a new file"
run "$work/a.xml" -o -
check "- is standard output" cmp "$work/out" "$work/o/a.pdf"
timeout 60 "$NEWS2PDF" - -o "$work/o/stdin.pdf" <"$work/a.xml" 2>"$work/err"
code=$?
exits 0 "- is standard input"
check "what comes from standard input is set" is_pdf "$work/o/stdin.pdf"

mkfifo "$work/pipe"
cat "$work/pipe" >"$work/through.pdf" &
reader=$!
run "$work/a.xml" -o "$work/pipe"
wait $reader
exits 0 "a named pipe"
check "is written through" cmp "$work/through.pdf" "$work/o/a.pdf"
check "and stays a pipe" test -p "$work/pipe"

ln -s old.pdf "$work/o/link.pdf"
run "$work/a.xml" -o "$work/o/link.pdf"
exits 0 "a symbolic link"
check "its target is replaced" cmp "$work/o/old.pdf" "$work/o/a.pdf"
check "and the link stays" test -L "$work/o/link.pdf"
ln -s new-target.pdf "$work/o/dangling.pdf"
run "$work/a.xml" -o "$work/o/dangling.pdf"
exits 0 "a link whose target is not there yet"
check "sets a whole PDF" is_pdf "$work/o/dangling.pdf"

chmod 640 "$work/o/old.pdf"
run "$work/a.xml" -o "$work/o/old.pdf"
check "the mode of a replaced file stays" test "$(stat -c %a "$work/o/old.pdf")" = 640
mkdir "$work/dir"
(cd "$work/dir" && timeout 60 "$NEWS2PDF" ../a.xml -o here.pdf >/dev/null 2>&1)
check "a name without a folder is written here" cmp "$work/dir/here.pdf" "$work/o/a.pdf"
check "no leavings" test -z "$(find "$work" -name '*.part')"

# The last line of a justified paragraph may fit only when its spaces are set tight: then they are.
cat >"$work/tight.html" <<'END'
<style>@page { size: 300pt 300pt; margin: 20pt } body { margin: 6pt } p { font: 9.3pt/12pt "Source Serif 4"; text-align: justify; width: 150pt; margin: 0 }</style>
<p>The text of Old quay closes is short.</p>
END
run --as document "$work/tight.html" -o "$work/tight.pdf"
silent_on 'line-overfull' "a tight last line is not too wide"
check "and ends at its column's edge" sh -c "pdftotext -bbox '$work/tight.pdf' - | grep '>short.<' | sed 's/.*xMax=\"\([0-9]*\).*/\1/' | grep -qx 175"

# What is read is not written over.
article >"$work/same.xml"
cp "$work/same.xml" "$work/kept.xml"
run "$work/same.xml" -o "$work/same.xml"
exits 1 "the output can't be the input"
check "and the input is as it was" cmp "$work/same.xml" "$work/kept.xml"
echo 'p { color: black }' >"$work/own.css"
run -s daily -s "$work/own.css" "$work/same.xml" -o "$work/own.css"
exits 1 "nor a style sheet"
run --date 2026-02-30 "$work/same.xml" -o "$work/date.pdf"
exits 2 "--date wants a day that there is"

# Nor what the input itself names: a picture, a sheet that a sheet imports, a story of a folder or of a list.
cp tests/cli/photo.jpg "$work/photo.jpg"
cp "$work/photo.jpg" "$work/kept.jpg"
echo '<article><h1>Head</h1><p>Text of the story.</p><img src=photo.jpg></article>' >"$work/pictured.html"
run "$work/pictured.html" -o "$work/photo.jpg"
exits 1 "nor a picture"
check "which is as it was" cmp "$work/photo.jpg" "$work/kept.jpg"
echo '@import "own.css";' >"$work/imports.css"
run -s daily -s "$work/imports.css" "$work/same.xml" -o "$work/own.css"
exits 1 "nor an imported sheet"
mkdir "$work/inbox"
cp "$work/same.xml" "$work/inbox/one.xml"
run "$work/inbox" -o "$work/inbox/one.xml"
exits 1 "nor a story of a folder"
echo same.xml >"$work/day.list"
run --list "$work/day.list" -o "$work/same.xml"
exits 1 "nor one of a list"
check "none was touched" sh -c "cmp '$work/same.xml' '$work/kept.xml' && cmp '$work/inbox/one.xml' '$work/kept.xml'"
run "$work/inbox" -o "$work/inbox/day.pdf"
run "$work/inbox" -o "$work/inbox/day.pdf"
exits 0 "a folder's edition may stand in it, again and again"
run "$work/same.xml" -o ''
check "an output needs a name" test "$code" -ne 0
