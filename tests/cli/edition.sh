# Several files as one edition: order, versions, age, sections, and what is left out.
. tests/cli/lib.sh

# story FILE HEADLINE DATE [URGENCY [SECTION [ID [STATUS]]]]
story() {
    cat >"$1" <<END
<?xml version="1.0" encoding="UTF-8"?>
<nitf xml:lang="en"><head><docdata management-status="${7:-usable}"><doc-id id-string="${6:-none of $1}"/><urgency ed-urg="${4:-5}"/>
<date.issue norm="$3"/><key-list><keyword key="sea"/></key-list></docdata><pubdata name="The Courier" position.section="${5:-}"/></head>
<body><body.head><hedline><hl1>$2</hl1></hedline></body.head>
<body.content><p>The text of $2 is short.</p></body.content></body></nitf>
END
}
in="$work/in"
mkdir "$in" "$in/sub"
story "$in/a.xml" "Ferry swaps diesel for batteries" 20261124T060000Z 5 Ports id-a
story "$in/b.xml" "Bridge opens again" 20261124T080000Z 1 Roads id-b
story "$in/c.xml" "Old quay closes" 20261101T080000Z 3 Ports id-c
article Fig '<media media-type="image"><media-reference source="p.jpg"/><media-caption>A ferry</media-caption></media>' >"$in/sub/d.xml"
cp tests/cli/photo.jpg "$in/sub/p.jpg"

headlines() { grep -o 'class="headline"[^>]*>[^<]*' "$work/out" | sed 's/.*>//' | paste -sd '|'; }
reads() { [ "$(headlines)" = "$1" ]; verdict $? "$2"; } # reads HEADLINES NAME

run "$in/a.xml" "$in/b.xml" "$in/c.xml" -o "$work/all.pdf"
exits 0 "several files make one PDF"
check "and it holds them all" sh -c "pdftotext '$work/all.pdf' - | tr '\\n' ' ' | grep -o 'is short' | wc -l | grep -qx 3"
run "$in/c.xml" "$in/a.xml" "$in/b.xml" --dump=document
reads "Old quay closes|Ferry swaps diesel for batteries|Bridge opens again" "as given"
run "$in" --dump=document
reads "Ferry swaps diesel for batteries|Bridge opens again|Old quay closes" "a folder's files by name"
printf 'Readme\n\nThese files are sent every hour.\n' >"$in/0-readme.txt"
printf '# How to read this folder\n\nBegin with a.\n' >"$in/0-readme.md"
printf 'Crane moves\n\nBy Ann Smith\n\nThe crane was moved.\n' >"$in/z-crane.txt"
run "$in" --dump=document
reads "Ferry swaps diesel for batteries|Bridge opens again|Old quay closes|Crane moves" "a text in a folder is news where it says who wrote it"
says '0-readme.txt: warning: .*input-left-out' "others are left out, and named"
says '0-readme.md: warning: .*input-left-out' "also as Markdown"
run "$in/0-readme.txt" "$in/a.xml" --dump=document
reads "Readme|Ferry swaps diesel for batteries" "but printed where they are named"
rm "$in/0-readme.txt" "$in/0-readme.md" "$in/z-crane.txt"
run "$in" --order urgency --dump=document
reads "Bridge opens again|Old quay closes|Ferry swaps diesel for batteries" "by urgency"
run "$in" --order date --dump=document
reads "Bridge opens again|Ferry swaps diesel for batteries|Old quay closes" "by date"
run "$in" --order section --dump=document
reads "Old quay closes|Ferry swaps diesel for batteries|Bridge opens again" "by section, within it by urgency"
prints '<h2 class="department-name"[^>]*>Ports</h2>' "a section has its head"
run "$in" --order section --sections "Roads, Ports" --dump=document
reads "Bridge opens again|Old quay closes|Ferry swaps diesel for batteries" "sections in the order asked for"
prints '<span class="keyword"[^>]*>sea</span>' "the index has the keywords"
run "$in" --title "Morning Brief" --date 2026-11-25 --dump=document
prints 'class="publication"[^>]*>Morning Brief<' "--title names it"
prints 'data-date="2026-11-25"' "--date dates it"

run "$in" --since 24h --date 2026-11-25T05:00:00Z --dump=document
reads "Ferry swaps diesel for batteries|Bridge opens again" "--since leaves old stories out"
run "$in" --since 2026-11-24T07:00:00Z --dump=document
reads "Bridge opens again" "--since takes a time"
run "$in" --since yesterday --dump=document
exits 2 "--since wants a span or a date"
says 'since' "and says so"
echo old >"$work/none.pdf"
run "$in" --since 1h --date 2026-12-25 -o "$work/none.pdf"
exits 5 "nothing to print has an exit code of its own"
says 'edition-empty' "and a message"
check "and leaves the old file alone" grep -qx old "$work/none.pdf"

story "$work/v2.xml" "Ferry swaps diesel for hydrogen" 20261124T090000Z 5 Ports id-a
run "$work/v2.xml" "$in/a.xml" --dump=document
reads "Ferry swaps diesel for hydrogen" "of two versions the newer is printed"
says 'story-folded' "and a note says so"
story "$work/twin.xml" "Ferry swaps diesel for batteries" 20261124T050000Z 5 Ports other
run "$in/a.xml" "$work/twin.xml" --dump=document
reads "Ferry swaps diesel for batteries" "the same headline from two sources is printed once"

story "$work/kill.xml" "Withdrawn" 20261124T090000Z 5 Ports id-k canceled
run "$in/a.xml" "$work/kill.xml" --dump=document
exits 0 "a cancelled story of several is left out"
reads "Ferry swaps diesel for batteries" "and only it"
says 'warning.*canceled' "and a warning says so"
echo '<nitf><body>' >"$work/broken.xml"
run "$in/a.xml" "$work/broken.xml" "$work/absent.xml" -o "$work/most.pdf"
exits 0 "what can't be read is left out"
says 'broken.xml.*input-left-out' "with a warning for a broken file"
says 'absent.xml.*input-unreadable' "and for one that is not there"
run "$in/a.xml" "$work/absent.xml" --strict -o "$work/strict.pdf"
exits 3 "which --strict makes a failure"
run "$work/absent.xml" "$work/broken.xml" -o "$work/no.pdf"
exits 5 "nothing readable is nothing to print"

run "$in/a.xml" "$in/sub/d.xml" -o "$work/photo.pdf"
exits 0 "a picture lies beside its own file"
silent_on 'photo-missing' "and is found"
check "and is in the PDF" sh -c "pdfimages -list '$work/photo.pdf' | grep -q jpeg"

mkdir "$work/e1" "$work/e2"
cp "$in/a.xml" "$work/e1/" && cp "$in/sub/d.xml" "$in/sub/p.jpg" "$work/e2/"
(cd "$work" && timeout 60 "$NEWS2PDF" e1/a.xml e2/d.xml -o both.pdf >out 2>err </dev/null)
silent_on 'photo-missing' "also where folders are named from here"

cat >"$in/today.list" <<'END'
# the morning
[Top]
b.xml

[Sea]
a.xml
sub/d.xml
END
run --list "$in/today.list" --dump=document
exits 0 "a list names the files"
reads "Bridge opens again|Ferry swaps diesel for batteries|Fig" "in its order"
prints 'class="department-name"[^>]*>Top<' "under its sections"
printf 'a.xml\n[Sea\n' >"$in/bad.list"
run --list "$in/bad.list" -o "$work/bad.pdf"
exits 1 "a mistake in a list"
says 'bad.list:2:1: error.*list-syntax' "is reported with its line"

# A link in a folder that leads out of it is no story of the folder.
mkdir -p "$work/linked" "$work/outside"
article "Inside" >"$work/linked/a.xml"
article "Outside" >"$work/outside/b.xml"
ln -s "$work/outside/b.xml" "$work/linked/b.xml"
ln -s a.xml "$work/linked/c.xml"
run "$work/linked" -o "$work/linked.pdf"
says 'b\.xml: warning: .*\[input-outside\]' "a link out of the folder is told"
check "and not printed" sh -c "! pdftotext '$work/linked.pdf' - | grep -q Outside"
run --allow-path "$work/outside" "$work/linked" -o "$work/linked.pdf"
silent_on input-outside "unless its folder may be read"
