# The styles that come with the program, with what strains them: narrow pages, long names and notices, odd pictures, wide tables.
. tests/cli/lib.sh

# set_in NAME SOURCE STYLE [OPTIONS]: $work/NAME.pdf, and its words with their places in $work/words
set_in() {
    pdf="$work/$1.pdf"
    source=$2 style=$3
    shift 3
    run "$source" -s "$style" "$@" -o "$pdf"
    pdftotext -bbox "$pdf" "$work/words"
}

# inside: every word lies within its page
inside() {
    awk -F'"' '/<page/ { width = $2; height = $4; pages++ }
        /<word/ && ($2 < 0 || $4 < 0 || $6 > width || $8 > height) { out = 1; print }
        END { exit out || !pages }' "$work/words"
}

set_in release samples/daily.nitf.xml release --set page-size=A5
check "release keeps its notes and its foot on a page of A5" inside
set_in release samples/release.xml release --set page-size=A6
check "release keeps them on a page of A6" inside

# apart WORD WORD: the first word of the page that begins with the one ends before the other begins, or above it (but for the air in the lines)
apart() {
    awk -F'"' -v left=">$1" -v right=">$2" '
        index($0, left) && !has_left { has_left = 1; x = $6; y = $8 }
        index($0, right) && !has_right { has_right = 1; rx = $2; ry = $4 }
        END { exit !(has_left && has_right && (x < rx || y <= ry + 2)) }' "$work/words"
}

for style in daily briefing; do
    for size in A5 A6; do
        set_in "$style" samples/daily.nitf.xml "$style" --set page-size=$size
        silent_on line-overfull "$style: no line is too wide on a page of $size"
        check "$style: the name stands beside the date on a page of $size" apart Daily Tuesday
    done
done
set_in headline samples/daily.nitf.xml daily --set page-size=A6
pdftotext -l 1 "$pdf" - | grep -q crewless
verdict $? "daily: the headline begins on the first page of A6"

# A picture's long caption and what stands under it
cp tests/cli/photo.jpg "$work/"
awk 'BEGIN { for (i = 0; i < 60; i++) words = words "harbour at first light "
    print "---\ntitle: Title\nkicker: Kicked\npublication: P\nimage: {src: photo.jpg, alt: x, caption: \"" words "endmost. Photo: AP\"}\n---\n\nText." }' >"$work/caption.md"
set_in caption "$work/caption.md" newsletter
check "newsletter: a long caption ends above the kicker" apart endmost KICKED

# A long name
cat >"$work/name.md" <<'END'
---
title: Title
publication: The Harbour and Inland Waterways Weekly Gazette and Shipping Intelligencer of the Northern Coast
copyright: "© 2024 Company"
---

Text.
END
for style in daily briefing large-print newsletter release; do
    for size in A4 A5; do
        set_in name "$work/name.md" "$style" --set page-size=$size
        check "$style: a long name stays on a page of $size" inside
    done
done

# A graphic of 1 to 4 or of 10 to 1, white: nothing of it lies outside what is painted.
graphic() { # WIDTH HEIGHT
    python3 - "$1" "$2" >"$work/graphic.png" <<'END'
import struct, sys, zlib
width, height = int(sys.argv[1]), int(sys.argv[2])
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
    chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * width) * height)) + chunk(b"IEND", b""))
END
}
uncropped() { awk '/<image/ { seen = 1; if (before ~ /<clip/) cut = 1 } { before = $0 } END { exit cut || !seen }' "$work/out"; }
echo '<article lang="en"><h1>T</h1><figure><img src="graphic.png" alt="x"></figure><p>Text of the story.</p></article>' >"$work/graphic.html"
for style in daily briefing newsletter release; do
    graphic 400 1600
    run "$work/graphic.html" -s "$style" --dump=paint
    check "$style: a tall graphic is printed whole" uncropped
    graphic 3000 300
    run "$work/graphic.html" -s "$style" --dump=paint
    check "$style: a wide graphic is printed whole" uncropped
done

# A table of ten columns: no word and no number of it is broken.
cat >"$work/table.html" <<'END'
<article lang="en"><h1>T</h1><p>Text of the story.</p><table><tr><th>Pos<th>Team<th>Played<th>Won<th>Drawn<th>Lost<th>Goals for<th>Goals against<th>Difference<th>Points
<tr><td>1<td>Wolverhampton Wanderers<td>38<td>25<td>10<td>3<td>1,234,567<td>22<td>+60<td>85</table><p>More text.</p></article>
END
for style in daily korean-daily briefing newsletter release; do
    set_in table "$work/table.html" "$style"
    whole=0
    for word in Team Played Goals against Difference Points Wolverhampton Wanderers 1,234,567; do
        grep -q ">$word</word>" "$work/words" || whole=1
    done
    verdict $whole "$style: the words and numbers of a wide table stay whole"
    silent_on table-overfull "$style: the table has the room it needs"
done

# same_left WORD WORD: they begin at the same place of the line
same_left() {
    awk -F'"' -v one=">$1<" -v two=">$2<" 'index($0, one) { x = $2 } index($0, two) { y = $2 } END { exit !(x && x == y) }' "$work/words"
}
echo '<article lang="en"><h1>T</h1><p>Text of the story.</p><ul><li>one item<li>two item<ul><li>nested item</ul></ul></article>' >"$work/list.html"
for style in daily korean-daily briefing newsletter large-print release; do
    set_in list "$work/list.html" "$style" --set columns=1
    check "$style: an item that holds a list begins where others do" same_left one two
done
