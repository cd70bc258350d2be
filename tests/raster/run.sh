#!/bin/bash
# Pictures of pages against what other engines make of our PDF. Runs from the top folder; speaks TAP; an engine that isn't there skips.
set -u
: "${NEWS2PDF:=$PWD/build/news2pdf}" "${TMPDIR:=/tmp}" "${PYTHON:=python3}"
work=$(mktemp -d "$TMPDIR/raster-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
has() { command -v "$1" >/dev/null 2>&1; }
verdict() { # verdict CODE NAME FILE that tells why
    [ "$1" -eq 0 ] && echo "ok - $2: $(tail -n 1 "$3")" || { echo "not ok - $2"; sed 's/^/# /' "$3" | head; }
}
draw() { # draw NAME ARGUMENTS...: NAME.pdf and its proofs
    local name=$1
    shift
    "$NEWS2PDF" --allow-path tests "$@" --proofs "$work/proofs" -o "$work/$name.pdf" >"$work/said" 2>&1
}
compare() { # compare NAME PAGE: with poppler and Ghostscript, whose pixels are a quarter: they put edges on whole ones
    if has pdftoppm; then
        pdftoppm -r 400 -f "$2" -l "$2" -singlefile "$work/$1.pdf" "$work/poppler"
        "$PYTHON" tests/raster/compare.py "$work/proofs/$1_p00$2.png" "$work/poppler.ppm" >"$work/said" 2>&1
        verdict $? "$1 page $2 as poppler draws it" "$work/said"
    else
        echo "ok - $1 page $2 # skip no pdftoppm"
    fi
    if has gs; then
        gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=ppmraw -r400 -dUseFastColor=true -dFirstPage="$2" -dLastPage="$2" -sOutputFile="$work/gs.ppm" "$work/$1.pdf" >/dev/null 2>&1
        "$PYTHON" tests/raster/compare.py "$work/proofs/$1_p00$2.png" "$work/gs.ppm" >"$work/said" 2>&1
        verdict $? "$1 page $2 as Ghostscript draws it" "$work/said"
    else
        echo "ok - $1 page $2 # skip no gs"
    fi
}

draw everything --as document tests/raster/page.html
verdict $? "a proof of everything" "$work/said"
compare everything 1
draw six samples/six-photos.nitf.xml
compare six 1
draw korean samples/korean.nitf.xml
compare korean 1
