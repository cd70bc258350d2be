#!/bin/bash
# Preflight while writing: rules that hold and rules that don't (print-ready.md 6, 9), inks against Ghostscript's separations (11).
# Runs from the top folder; speaks TAP; a program that isn't there skips its checks.
set -u
: "${NEWS2PDF:=$PWD/build/news2pdf}" "${TMPDIR:=/tmp}" "${PYTHON:=python3}"
work=$(mktemp -d "$TMPDIR/preflight-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
has() { command -v "$1" >/dev/null 2>&1; }
verdict() { # verdict CODE NAME [FILE that tells why]
    [ "$1" -eq 0 ] && { echo "ok - $2"; return; }
    echo "not ok - $2"
    [ -z "${3:-}" ] || head -n 20 "$3" | sed 's/^/# /'
}

# ---- rules ----
page() { # page TARGET BODY [OPTION...]: report $work/case.json and case.txt
    local target=$1 body=$2
    shift 2
    printf '<!DOCTYPE html><html lang=en><title>T</title><style>@page { size: 300pt 300pt; margin: 40pt } body { margin: 0; font: 12pt "Source Serif 4" }</style><body>\n%s\n' "$body" >"$work/case.html"
    "$NEWS2PDF" --as document --allow-path tests --target "$target" "$@" "$work/case.html" -o "$work/case.pdf" --preflight "$work/case.json" --preflight "$work/case.txt" >"$work/said" 2>&1
}
cp tests/cli/photo.jpg "$work/photo.jpg" # 200 x 150 pixels
"$PYTHON" - "$work/line.png" <<'PNG'
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
rows = zlib.compress((b"\0" + b"\xaa" * 50) * 400)  # 400 x 400 pixels of 1 bit
open(sys.argv[1], "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 400, 400, 1, 0, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
PNG
while IFS='|' read -r rule level target name body; do
    page "$target" "$body"
    grep -qE "^$level  $rule +[a-z]" "$work/case.txt" && ! { [ "$level" = PASS ] && grep -qE "^(WARN|FAIL)  $rule " "$work/case.txt"; }
    verdict $? "$rule $level, $target: $name" "$work/case.txt"
done <<'CASES'
P1|FAIL|print-news|a photo of 200 pixels on 150 pt has 96 ppi|<img src=photo.jpg alt=x style="width: 150pt">
P1|PASS|print-news|on 144 pt it has 100|<img src=photo.jpg alt=x style="width: 144pt">
P2|WARN|print-news|on 97 pt it has 148|<img src=photo.jpg alt=x style="width: 97pt">
P2|PASS|print-news|on 96 pt it has 150|<img src=photo.jpg alt=x style="width: 96pt">
P1|FAIL|print-coated|100 are too few on coated paper|<img src=photo.jpg alt=x style="width: 144pt">
P1|PASS|office|and enough for an office|<img src=photo.jpg alt=x style="width: 144pt">
P1|FAIL|print-news|turned and twice as large it has half|<img src=photo.jpg alt=x style="width: 100pt; transform: rotate(30deg) scale(2)">
P3|FAIL|print-news|line art of 400 pixels on 54 pt has 533 ppi|<img src=line.png alt=x style="width: 54pt">
P3|WARN|print-news|on 48 pt it has 600|<img src=line.png alt=x style="width: 48pt">
P3|PASS|print-news|on 36 pt it has 800|<img src=line.png alt=x style="width: 36pt">
P4|FAIL|print-news|three full inks over 15 mm|<div style="width: 60pt; height: 60pt; background: device-cmyk(1 1 0.8 0)">
P4|PASS|print-news|the same on 30 pt is a quarter of a square|<div style="width: 30pt; height: 30pt; background: device-cmyk(1 1 0.8 0)">
P5|WARN|print-news|280 % in one place|<div style="width: 30pt; height: 30pt; background: device-cmyk(1 1 0.8 0)">
P5|PASS|print-news|210 %|<div style="width: 30pt; height: 30pt; background: device-cmyk(1 1 0.1 0)">
P5|PASS|print-news|the darkest colour of light is held below|<div style="width: 90pt; height: 90pt; background: #000014">
P6|WARN|print-news|9 pt in two inks|<p style="font-size: 9pt; color: device-cmyk(0 1 1 0)">Text
P6|PASS|print-news|10 pt in two inks|<p style="font-size: 10pt; color: device-cmyk(0 1 1 0)">Text
P6|PASS|print-coated|8 pt in two inks|<p style="font-size: 8pt; color: device-cmyk(0 1 1 0)">Text
P6|PASS|print-news|6 pt in one|<p style="font-size: 6pt; color: device-cmyk(0 1 0 0)">Text
P6|WARN|print-news|20 pt made half as large|<p style="font-size: 18pt; color: device-cmyk(0 1 1 0); transform: scale(0.5)">Text
P7|WARN|print-news|white text of 9 pt|<p style="font-size: 9pt; background: #000; color: #fff">Text
P7|PASS|print-news|white text of 10 pt|<p style="font-size: 10pt; background: #000; color: #fff">Text
P8|FAIL|print-news|text in 300 % of rich black|<p style="color: device-cmyk(0.7 0.7 0.7 0.9)">Text
P8|PASS|print-news|in 190 %|<p style="color: device-cmyk(0.5 0.3 0.2 0.9)">Text
P10|FAIL|print-coated|an ink that nobody ordered|<p style="color: -n2p-spot('HKS 14', 1, device-cmyk(0 1 0.8 0))">Text
P10|PASS|print-coated|process inks by name|<p style="color: -n2p-spot(Magenta, 1, device-cmyk(0 1 0 0))">Text
P11|WARN|print-news|black text of 5 pt|<p style="font-size: 5pt">Text
P11|PASS|print-coated|on coated paper too|<p style="font-size: 5pt">Text
P12|WARN|print-coated|black text that is told to knock out|<p style="-n2p-overprint: none">Text that is of ten points</p><p style="font-size: 10pt; -n2p-overprint: none">Text
P12|PASS|print-coated|black text by itself|<p style="font-size: 10pt">Text
P13|NOTE|print-coated|a rule of 0.1 pt is raised|<div style="height: 0.1pt; background: #000">
P13|PASS|print-coated|one of 0.25 pt is not|<div style="height: 0.25pt; background: #000">
P16|WARN|print-coated|text 2 mm from the edge|<p style="position: absolute; left: -34pt; margin: 0">Text
P16|PASS|print-coated|text 14 mm from the edge|<p>Text
P19|WARN|print-coated|white text of 7 pt with serifs|<p style="font-size: 7pt; background: #000; color: #fff">Text
P19|PASS|print-coated|without|<p style="font-size: 7pt; background: #000; color: #fff; font-family: 'Source Sans 3'">Text
U13|FAIL|print-coated|a picture without a text for it|<img src=photo.jpg style="width: 50pt">
U13|PASS|print-coated|a picture that is decoration|<img src=photo.jpg alt="" style="width: 50pt">
P17|FAIL|print-coated|pages of two sizes|<style>@page wide { size: 400pt 300pt }</style><p>One<p style="page: wide">Two
P17|WARN|print-coated|an empty page|<p>One<p style="break-before: page; visibility: hidden">Two
X9|NOTE|print-coated|a link is not written for a press|<p><a href="https://example.org/">Link</a>
X9|PASS|office|but for an office|<p><a href="https://example.org/">Link</a>
G8|PASS|print-coated|fonts that may be embedded|<p>Text
CASES

# ---- what a finding says; exit codes ----
holds() { # holds NAME EXPRESSION: of the report as r
    "$PYTHON" -c "import json, sys; r = json.load(open('$work/case.json')); f = r['findings']; sys.exit(0 if $2 else 1)" 2>"$work/why"
    verdict $? "$1" "$work/case.json"
}
page print-news '<p>One<div style="margin: 20pt; width: 60pt; height: 60pt; background: device-cmyk(1 1 0.8 0)"></div>
<img src=photo.jpg alt=x style="width: 150pt">'
code=$?
[ "$code" = 1 ]; verdict $? "exit code 1 where a rule must hold and doesn't"
[ -s "$work/case.pdf" ]; verdict $? "the file is there beside its report"
holds "a finding has its source line" "[x for x in f if x['rule'] == 'P1'][0]['source']['line'] == 3"
holds "and its place: 40 pt from the edge" "[x for x in f if x['rule'] == 'P1'][0]['box'][0] == 40 and abs([x for x in f if x['rule'] == 'P1'][0]['box'][2] - 150) < 0.1"
holds "the worst square lies on the dark one" "all(a - 1 <= b <= c + 1 for a, b, c in [(60, r['pages'][0]['ink']['square_15mm_at'][0], 120 - 42.5)])"
holds "counts are those of the findings" "r['counts']['FAIL'] == sum(x['level'] == 'FAIL' for x in f) > 0"
if has sha256sum; then
    holds "the checksum is the file's" "r['sha256'] == '$(sha256sum "$work/case.pdf" | cut -d' ' -f1)'"
fi
page print-coated '<p>Good text'
[ $? = 0 ]; verdict $? "exit code 0 where all rules hold" "$work/said"
holds "page, trim and bleed are there" "r['pages'][0]['trim_mm'] == [105.83, 105.83]"
holds "fonts are named" "[x['name'] for x in r['fonts']] and all(x['embedded'] for x in r['fonts'])"
page print-coated '<p style="font-size: 5pt; color: device-cmyk(0 1 1 0)">Small' --strict
[ $? = 3 ]; verdict $? "exit code 3 for a warning under --strict" "$work/said"
[ -s "$work/case.txt" ]; verdict $? "and the report is there"
page print-news,office '<p>Two targets'
[ -s "$work/case.print-news.json" ] && [ -s "$work/case.office.json" ]; verdict $? "each target has its report" "$work/said"
"$NEWS2PDF" --as document "$work/case.html" -o "$work/case.pdf" --preflight "$work/case.doc" >"$work/said" 2>&1
[ $? = 1 ] && grep -q "ends in" "$work/said"; verdict $? "a report of no known kind is refused" "$work/said"
"$NEWS2PDF" --as document --target print-news "$work/case.html" -o "$work/case.pdf" --preflight "$work/a.json" --preflight "$work/a.sarif" 2>/dev/null
cp "$work/a.json" "$work/b.json"
"$NEWS2PDF" --as document --target print-news "$work/case.html" -o "$work/case.pdf" --preflight "$work/a.json" 2>/dev/null
cmp -s "$work/a.json" "$work/b.json"; verdict $? "same input, same report"
"$PYTHON" - "$work/a.sarif" <<'SARIF' >"$work/said" 2>&1
import json, sys
log = json.load(open(sys.argv[1]))
assert log["version"] == "2.1.0"
run, = log["runs"]
rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
assert all(r["ruleId"] in rules and r["message"]["text"] and r["level"] in ("none", "note", "warning", "error") for r in run["results"])
SARIF
verdict $? "SARIF 2.1.0: every result names a rule that is there" "$work/said"

# ---- finished files ----
finished() { # finished CASE TARGET RULE LEVEL NAME
    "$PYTHON" tests/preflight/files.py "$1" "$work/finished.pdf"
    "$NEWS2PDF" preflight --target "$2" "$work/finished.pdf" >"$work/case.txt" 2>"$work/said"
    code=$?
    if [ "$4" = good ]; then
        [ "$code" = 0 ] && ! grep -qE "^(WARN|FAIL)  " "$work/case.txt"
    else
        grep -qE "^$4  $3 +[a-z]" "$work/case.txt" && { [ "$4" = WARN ] || [ "$code" = 1 ]; }
    fi
    verdict $? "a finished file: $5${3:+, $3 $4}" "$work/case.txt"
}
while IFS='|' read -r case rule level name; do
    finished "$case" print-coated "$rule" "$level" "$name"
done <<'CASES'
font|G8|FAIL|a font that is not embedded
rgb|X7|FAIL|colours of light
rgb-image|X7|FAIL|a picture of light
script|G9|FAIL|JavaScript
link|X9|FAIL|a link in the page
link|X10|FAIL|an action
art|X6|FAIL|TrimBox and ArtBox
outside|X6|FAIL|a trim outside the bleed
trapped|X3|FAIL|nothing said of trapping
titles|G7|FAIL|two titles
intent|X4|FAIL|no output intent
coarse|P1|FAIL|100 pixels on 100 pt have 72 ppi
small|P11|WARN|black text of 4 pt
small-scaled|P11|WARN|black text of 12 pt, made a quarter
colored|P6|WARN|text of 6 pt in two inks
rich|P8|FAIL|text in rich black
hairline|P13|WARN|a line of no width
spot|P10|FAIL|an ink that nobody ordered
version|G1|FAIL|PDF 1.7 that claims PDF/X-4
bleed|P16|WARN|no bleed
empty|P17|WARN|an empty page
lost|G5|FAIL|a file whose table is not where it says
CASES
"$PYTHON" tests/preflight/files.py good "$work/finished.pdf"
"$NEWS2PDF" preflight "$work/finished.pdf" --preflight "$work/case.json" --preflight "$work/case.txt" >"$work/said" 2>&1
[ $? = 0 ] && ! grep -qE "^(WARN|FAIL)  " "$work/case.txt"; verdict $? "a finished file with nothing wrong" "$work/case.txt"
holds "its picture has 288 ppi" "[(x['ppi'], x['pixels'], x['page']) for x in r['pictures']] == [(288, [400, 400], 1)]"
holds "its bleed is 3 mm" "r['pages'][0]['bleed_mm'] == 3.0 and r['pages'][0]['trim_mm'] == [105.83, 105.83]"
holds "its standard is known" "r['standards'] == 'PDF/X-4' and r['intent']['condition'] == 'FOGRA39'"
if has qpdf; then
    qpdf --encrypt "" owner 256 -- "$work/finished.pdf" "$work/locked.pdf" >/dev/null 2>&1
    "$NEWS2PDF" preflight "$work/locked.pdf" >"$work/case.txt" 2>"$work/said"
    [ $? = 1 ] && grep -qE "^FAIL  G3 " "$work/case.txt"; verdict $? "a finished file: encrypted, G3 FAIL" "$work/case.txt"
    qpdf --encrypt user owner 256 -- "$work/finished.pdf" "$work/locked.pdf" >/dev/null 2>&1
    "$NEWS2PDF" preflight "$work/locked.pdf" >"$work/case.txt" 2>"$work/said"
    [ $? = 1 ] && grep -q "password" "$work/said"; verdict $? "a file with a password is told" "$work/said"
fi
"$NEWS2PDF" preflight README.md >"$work/case.txt" 2>"$work/said"
[ $? = 1 ] && grep -q "pdf-unreadable" "$work/said"; verdict $? "what is no PDF is told" "$work/said"
for target in print-coated print-news office print-x1a; do
    "$NEWS2PDF" --target $target samples/six-photos.nitf.xml -o "$work/own.pdf" >/dev/null 2>&1
    "$NEWS2PDF" preflight --target $target "$work/own.pdf" >"$work/case.txt" 2>"$work/said"
    [ $? = 0 ]; verdict $? "our own file for $target, once more" "$work/case.txt"
done

# ---- inks ----
separate() { # separate TARGET INPUT [OPTION...]: our ink figures beside Ghostscript's
    if ! has gs; then
        echo "ok - inks of $2 for $1 # skip no gs"
        return
    fi
    local target=$1 input=$2
    shift 2
    rm -rf "$work/plates" && mkdir "$work/plates"
    "$NEWS2PDF" "$@" --allow-path tests --target "$target" --bleed 0 --marks none "$input" -o "$work/ink.pdf" --preflight "$work/ink.json" >/dev/null 2>&1
    gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=tiffsep -r100 -sCompression=none -sOutputFile="$work/plates/p%03d.tif" "$work/ink.pdf" >/dev/null 2>&1
    "$PYTHON" tests/preflight/inks.py "$work/ink.json" "$work/plates" >"$work/said" 2>&1
    [ $? -eq 0 ] && echo "ok - inks of $input for $target: $(cat "$work/said")" || verdict 1 "inks of $input for $target" "$work/said"
}
separate print-news samples/six-photos.nitf.xml
separate print-coated samples/daily.nitf.xml
separate print-uncoated tests/raster/page.html --as document
"$PYTHON" tests/press/press.py make "$work/patches.html" 2>/dev/null && separate print-coated "$work/patches.html" --as document
