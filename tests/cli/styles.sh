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
