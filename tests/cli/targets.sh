# Targets: which combinations hold, and one layout in several files (print-ready.md 1, 8).
. tests/cli/lib.sh
article >"$work/a.xml"
mkdir "$work/o"

# clash NAME WORD WORD OPTION ...: exit 2, a sentence with both words, no file
clash() {
    name=$1 one=$2 other=$3
    shift 3
    run "$@" "$work/a.xml" -o "$work/o/a.pdf"
    exits 2 "$name ends with 2"
    says "$one.*$other" "$name: the sentence names both"
    check "$name: no file" only "$work/o" ""
}
clash "X-4 in RGB" PDF/X-4 sRGB --pdfx x4
clash "A-4 in an X-4 target" PDF/X-4 PDF/A-4 --target print-coated --pdfa 4
clash "X-1a with UA-1" PDF/X-1a PDF/UA-1 --target print-x1a --pdfua 1
clash "A-2a with UA-2" PDF/A-2a PDF/UA-2 --pdfa 2a --pdfua 2
clash "a condition without its profile" FOGRA51 --output-profile --output-condition FOGRA51
clash "an unknown target" fax office --target fax
clash "an unknown mark" fold register --marks fold
clash "a bleed without unit" bleed 3mm --bleed 3
clash "one target twice" office twice --target office,office
run --target screen,office "$work/a.xml" -o -
exits 2 "several targets do not go to standard output"

run --list-targets
exits 0 "--list-targets"
prints '^print-news ' "names the newspaper's"

run "$work/a.xml" -o "$work/o/a.pdf" --target screen,print-news
exits 0 "two targets"
check "each has a file of its own" only "$work/o" "a.print-news.pdf
a.screen.pdf"
for target in screen print-news; do
    pdftotext -bbox-layout "$work/o/a.$target.pdf" "$work/$target.words" 2>/dev/null
done
check "words were found" grep -q '>Marigold<' "$work/screen.words"
grep -e '<page' -e '<line' -e '<word' "$work/screen.words" >"$work/screen.lines"
grep -e '<page' -e '<line' -e '<word' "$work/print-news.words" >"$work/news.lines"
check "the same lines stand on the same places of the same pages" cmp "$work/screen.lines" "$work/news.lines"
run "$work/a.xml" -o "$work/o/single.pdf" --target screen
check "a target alone makes the same file" cmp "$work/o/single.pdf" "$work/o/a.screen.pdf"
rm -f "$work"/o/*
run "$work/a.xml" -o "$work/o/n" --target screen,office
check "a name without an ending gets one" only "$work/o" "n.office
n.screen"
rm -f "$work"/o/*
cp "$work/a.xml" "$work/o/b.screen.xml"
run "$work/o/b.screen.xml" -o "$work/o/b.xml" --target screen,office
exits 1 "a target's file that would overwrite the input is refused"
check "and the input is as it was" cmp "$work/a.xml" "$work/o/b.screen.xml"
