#!/bin/bash
# Files that tests/pdf_cases.c writes, looked into by other programs: qpdf, MuPDF, Poppler, Ghostscript and our own walk over
# all references. Runs from the top folder; speaks TAP; a program that isn't there skips its checks.
set -u
: "${NEWS2PDF:=$PWD/build/news2pdf}" "${TMPDIR:=/tmp}" "${SANITIZED:=}" "${PYTHON:=python3}"
cases=$(dirname "$NEWS2PDF")/tests/pdf_cases
images=${CORPUS:-../shared/corpus}/images
work=$(mktemp -d "$TMPDIR/pdf-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

verdict() { # verdict CODE NAME [FILE that tells why]
    if [ "$1" -eq 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        [ -z "${3:-}" ] || head -n 12 "$3" | sed 's/^/# /'
    fi
}
has() { command -v "$1" >/dev/null 2>&1; }
skip() { echo "ok - $1 # skip $2"; }
contains() { grep -qF -e "$2" "$1"; verdict $? "$3" "$1"; } # contains FILE TEXT NAME

# sound FILE NAME: no program finds anything wrong with it
sound() {
    if has qpdf; then
        qpdf --check "$1" >"$work/said" 2>&1 && ! grep -q WARNING "$work/said"
        verdict $? "$2: qpdf finds nothing" "$work/said"
        "$PYTHON" tests/pdf/walk.py "$1" >"$work/said" 2>&1
        verdict $? "$2: every reference, tag and mark holds" "$work/said"
    else
        skip "$2: references" "no qpdf"
    fi
    if has mutool; then
        mutool draw -q -r 20 -o "$work/page.pnm" "$1" 1-9 >"$work/said" 2>&1
        code=$?
        grep -v -e 'ICC support' -e 'undefined link destination' "$work/said" >"$work/rest"
        [ $code -eq 0 ] && [ ! -s "$work/rest" ]
        verdict $? "$2: MuPDF draws it without a word" "$work/said"
    fi
    if has gs; then
        gs -q -dNOPAUSE -dBATCH -dSAFER -dPDFSTOPONERROR -dLastPage=9 -sDEVICE=nullpage "$1" >"$work/said" 2>&1 &&
            ! grep -v 'Corrupt JPEG data' "$work/said" | grep -q .
        verdict $? "$2: Ghostscript runs it" "$work/said"
    fi
    if has pdfinfo; then
        pdfinfo -struct "$1" >"$work/said" 2>&1 && ! grep -q -i error "$work/said"
        verdict $? "$2: Poppler reads its structure" "$work/said"
    fi
}

# make NAME CASE [PICTURE ...]: twice, and the two are the same
make_case() {
    name=$1
    shift
    "$cases" "$1" "$work/$name.pdf" "${@:2}" 2>"$work/$name.said"
    verdict $? "$name is written" "$work/$name.said"
    "$cases" "$1" "$work/again.pdf" "${@:2}" 2>/dev/null
    cmp -s "$work/$name.pdf" "$work/again.pdf"
    verdict $? "$name is the same the second time"
}

[ -x "$cases" ] || { skip "all" "$cases is not built"; exit 0; }

# ---- an article ----
make_case article article tests/cli/photo.jpg
sound "$work/article.pdf" article
contains "$work/article.said" "link-target-missing" "a link that goes nowhere is told"
contains "$work/article.said" "link-forbidden" "a link that runs code is left out"
if has pdftotext; then
    pdftotext -raw "$work/article.pdf" "$work/text"
    for words in "An office affair: five flags, Łódź, Århus, 10 000" "Small Capitals of Nato and a link in the middle." \
        "대한민국의 국토는 한반도이다." "Ministry of Sound" "A well-known hyphen stays one." "Caption of the picture" "The paragraph goes on here."; do
        contains "$work/text" "$words" "text comes back: $words"
    done
    contains "$work/text" "ends in a hyphen$(printf '\302\255')" "a hyphen made by a break is a soft hyphen"
    ! grep -q 'MINISTRY' "$work/text"
    verdict $? "actual text stands for what is drawn"
    pdffonts "$work/article.pdf" | tail -n +3 >"$work/fonts"
    ! awk '{ if ($(NF-4) != "yes" || $(NF-3) != "yes" || $(NF-2) != "yes") print }' "$work/fonts" | grep -q .
    verdict $? "every font is embedded, a subset, and knows its characters" "$work/fonts"
    pdfinfo -struct-text "$work/article.pdf" >"$work/tree" 2>&1
    tr -s ' \n' ' ' <"$work/tree" >"$work/flat"
    contains "$work/flat" 'Nato and " Link (inline) "a link" Object' "a link stands in its paragraph, with its annotation"
    contains "$work/flat" '" in the middle." "The paragraph goes on here."' "a paragraph goes on over pages"
    contains "$work/flat" 'Figure: /Placement /Block /BBox [20 150 140 230] "" Caption "Caption of the picture"' "a figure has its box and caption"
    contains "$work/flat" 'TH: /Scope /Column /ColSpan 2 "Head cell"' "a head cell has its scope and span"
    pdfinfo -dests "$work/article.pdf" >"$work/dests" 2>&1
    contains "$work/dests" '"top story"' "an anchor is a named destination"
    pdfinfo -url "$work/article.pdf" >"$work/urls" 2>&1
    contains "$work/urls" 'https://example.org/%C3%A4?q=(1)' "a link's address is ASCII"
    pdfinfo "$work/article.pdf" >"$work/info"
    contains "$work/info" 'Tägliche <News> & "more"' "the title is in Info"
    contains "$work/info" 'Tagged:          yes' "the file is tagged"
    pdfinfo -meta "$work/article.pdf" >"$work/meta"
    contains "$work/meta" 'Tägliche &lt;News&gt; &amp; &quot;more&quot;' "the title is in XMP, escaped"
    contains "$work/meta" '<xmp:CreateDate>2024-05-17T08:30:00+02:00' "the date is in XMP"
fi
if has mutool; then
    mutool show "$work/article.pdf" outline 2>/dev/null | sed 's/#.*//' >"$work/outline"
    printf '%s\n' 'Effizient fließt der Fluss' 'Section two' 'Deep' 'Another story 📰' >"$work/wanted"
    grep -o '"[^"]*"' "$work/outline" | tr -d '"' | cmp -s - "$work/wanted"
    verdict $? "the outline has every bookmark, in order" "$work/outline"
    mutool show "$work/article.pdf" trailer/Root/PageLabels 2>/dev/null | tr -d ' \n' >"$work/labels"
    contains "$work/labels" '0<</S/r>>2<</S/D>>' "page labels: i, ii, 1"
fi

if has qpdf; then
    qpdf --qdf --object-streams=disable "$work/article.pdf" "$work/plain.pdf" 2>/dev/null
    grep -a -i '/Alt <' "$work/plain.pdf" >"$work/alt"
    contains "$work/alt" 'feff004100200064006f00670020d83ddc15' "alternative text has its emoji"
fi

# ---- where glyphs stand: the reader's pen against ours ----
"$cases" pens "$work/pens.pdf" >"$work/ours" 2>"$work/said"
verdict $? "lines with stretch are written" "$work/said"
sound "$work/pens.pdf" "lines with stretch"
if has mutool; then
    mutool trace "$work/pens.pdf" 2>/dev/null | grep 'glyph=' | sed -n 's/.*<g .* x="\([^"]*\)" y=.*/\1/p' >"$work/theirs"
    [ "$(wc -l <"$work/ours")" -eq "$(wc -l <"$work/theirs")" ] && paste "$work/ours" "$work/theirs" | awk '
        { off = $1 - $3; if (off < 0) off = -off; most = $2 == "w" ? 0.012 : $2 == "s" ? 3 : 0.08 }
        off > most { print "glyph " NR ": at " $3 ", should be at " $1; bad = 1 }
        END { exit bad }' >"$work/said"
    verdict $? "every word begins where it should" "$work/said"
fi

# ---- drawing ----
make_case graphics graphics
sound "$work/graphics.pdf" graphics
make_case bleed bleed
sound "$work/bleed.pdf" bleed
if has pdfinfo; then
    pdfinfo -box "$work/bleed.pdf" >"$work/info"
    contains "$work/info" 'TrimBox:             8.50     8.50   208.50   308.50' "the trim box lies inside the bleed"
    contains "$work/info" 'BleedBox:            0.00     0.00   217.01   317.01' "the bleed box is all of the page"
fi
make_case long long
sound "$work/long.pdf" "long strings"
make_case empty empty
sound "$work/empty.pdf" "no pages"

# ---- pictures ----
mkdir "$work/pictures"
if "$PYTHON" tests/pdf/pictures.py make "$work/pictures"; then
    mapfile -t list < <("$PYTHON" tests/pdf/pictures.py list "$work/pictures")
    make_case small pictures "${list[@]}"
    sound "$work/small.pdf" "small pictures"
    contains "$work/small.said" "vector.svg is SVG" "SVG is named"
    contains "$work/small.said" "empty.png is an empty file" "an empty file is named"
    contains "$work/small.said" "photo-damaged" "a picture without rows is damaged"
    if has mutool; then
        mutool draw -q -r 72 -o "$work/small-%d.ppm" "$work/small.pdf" 2>/dev/null
        "$PYTHON" tests/pdf/pictures.py check "$work/pictures" "$work/small" >"$work/said" 2>&1
        verdict $? "every picture arrives, the right way up" "$work/said"
    fi
    if has pdfimages; then
        [ "$(pdfimages -list "$work/small.pdf" 2>/dev/null | awk '$8 == 8 && $6 == "rgb" { print $11 }' | sort -u | wc -l)" -gt 0 ]
        verdict $? "rows of a PNG go in as they are"
    fi
fi
if [ -d "$images" ]; then
    make_case corpus pictures "$images"/*.*
    sound "$work/corpus.pdf" "pictures from agencies"
    # what the heads say, against the corpus's own list
    "$cases" heads /dev/null "$images"/*.* 2>/dev/null | sort >"$work/heads"
    awk -F'\t' 'NR > 1 && $13 == "yes" && $2 != "TIFF" { o = $8 == "" ? 1 : $8; print $1 "\t" $3 "\t" $4 "\t" o "\t" $9 "\t" $10 }' \
        "$images/expected-images.tsv" | sort >"$work/wanted"
    comm -13 "$work/heads" "$work/wanted" >"$work/said"
    [ ! -s "$work/said" ]
    verdict $? "sizes and orientations are as the corpus has them" "$work/said"
else
    skip "pictures from agencies" "no $images"
fi

# ---- limits ----
"$cases" article /dev/full tests/cli/photo.jpg 2>"$work/said"
[ $? -eq 1 ] && grep -q 'No space left' "$work/said"
verdict $? "a full disk is noticed" "$work/said"
if [ -z "$SANITIZED" ]; then
    "$cases" many "$work/many.pdf" 40000 2>"$work/said"
    verdict $? "40,000 pages are written" "$work/said"
    has pdfinfo && { pdfinfo "$work/many.pdf" 2>/dev/null | grep -q '^Pages: *40000$'; verdict $? "Poppler counts them"; }
    has qpdf && { qpdf --check "$work/many.pdf" >"$work/said" 2>&1 && ! grep -q WARNING "$work/said"; verdict $? "qpdf reads them" "$work/said"; }
fi
make_case hundreds many 300
sound "$work/hundreds.pdf" "300 pages"
