#!/bin/bash
# Files for a press: separated by Ghostscript they have the inks that they should have (print-ready.md 11), and their streams say what
# overprints and how thin a line is (P12, P13). Runs from the top folder; speaks TAP; a program that isn't there skips its checks.
set -u
: "${NEWS2PDF:=$PWD/build/news2pdf}" "${TMPDIR:=/tmp}" "${PYTHON:=python3}"
work=$(mktemp -d "$TMPDIR/press-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
has() { command -v "$1" >/dev/null 2>&1; }
verdict() { # verdict CODE NAME [FILE that tells why]
    [ "$1" -eq 0 ] && { echo "ok - $2"; return; }
    echo "not ok - $2"
    [ -z "${3:-}" ] || head -n 20 "$3" | sed 's/^/# /'
}
contains() { grep -qF -e "$2" "$1"; verdict $? "$3" "$1"; }
lacks() { ! grep -qF -e "$2" "$1"; verdict $? "$3" "$1"; }

"$PYTHON" tests/press/press.py make "$work/patches.html"
for target in "print-coated coated-fogra39-300 300" "print-uncoated uncoated-fogra47-280 280" "print-news news-ifra26s-220 220"; do
    set -- $target
    "$NEWS2PDF" --as document --target "$1" --bleed 0 --marks none "$work/patches.html" -o "$work/$1.pdf" 2>"$work/said"
    verdict $? "patches for $1" "$work/said"
    if has gs && has transicc; then
        mkdir "$work/$1"
        gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=tiffsep -r72 -sCompression=none -dGraphicsAlphaBits=1 -sOutputFile="$work/$1/page.tif" "$work/$1.pdf" >"$work/said" 2>&1
        "$PYTHON" tests/press/press.py check "profiles/$2.icc" "$3" "$work/$1" >"$work/said" 2>&1
        verdict $? "$1: every patch has its inks within 2 points" "$work/said"
    else
        echo "ok - $1: separations # skip no gs or no transicc"
    fi
done

# ---- what overprints, how thin a line is ----
page() { # page NAME TARGET BODY: its streams, to be read, are $work/NAME.txt, what was said $work/NAME.said
    printf '<!DOCTYPE html><html lang=en><title>T</title><style>@page { size: 200pt 200pt; margin: 20pt } body { margin: 0; font: 10pt "Source Serif 4" }</style><body>%s</body></html>\n' "$3" >"$work/$1.html"
    "$NEWS2PDF" --as document --target "$2" --plain "$work/$1.html" -o "$work/$1.pdf" 2>"$work/$1.said"
    tr -c '[:print:]\n' ' ' <"$work/$1.pdf" >"$work/$1.txt"
}
while IFS='|' read -r name verb text body; do
    page case print-coated "$body"
    $verb "$work/case.txt" "$text" "$name"
done <<'CASES'
P12 black text below 12 pt overprints|contains|/OP true/op true/OPM 1|<p>Text
P12 black text of 14 pt knocks out|lacks|/OP true|<p style="font-size: 14pt">Text
P12 gray text knocks out|lacks|/OP true|<p style="color: #444">Text
P12 text that is nearly black knocks out|lacks|/OP true|<p style="color: #000010">Text
P12 text is black alone|contains|0 0 0 1 k|<p>Text
P12 a black rule of 1 pt overprints|contains|/OP true|<hr style="border: 0; height: 1pt; background: #000">
P12 a black border of 1 pt overprints|contains|/OP true|<div style="border: 1pt solid; height: 9pt">
P12 a black rule of 3 pt knocks out|lacks|/OP true|<hr style="border: 0; height: 3pt; background: #000">
P12 a black rule of 1 pt that is half transparent knocks out|lacks|/OP true|<hr style="border: 0; height: 1pt; background: rgb(0 0 0 / 50%)">
P12 what comes after black text knocks out|contains|/OP false/op false|<p>Text<p style="color: #c00">Text
-n2p-overprint: all overprints large text|contains|/OP true|<p style="font-size: 14pt; -n2p-overprint: all">Text
-n2p-overprint: all overprints a spot|contains|/OP true|<p style="color: -n2p-spot(Gold, 1, device-cmyk(0 .2 .6 .1)); -n2p-overprint: all">Text
-n2p-overprint: all never overprints white|lacks|/OP true|<p style="color: #fff; -n2p-overprint: all">Text
-n2p-overprint: none knocks black text out|lacks|/OP true|<p style="-n2p-overprint: none">Text
P13 a rule of 0.1 pt is 0.25 pt high|contains| .25 re|<div style="height: 0.1pt; background: #000">
P13 a dashed border of 0.1 pt is 0.25 pt wide|contains|.25 w|<div style="border: 0.1pt dashed #c00; height: 9pt">
X7 a soft shadow and a gradient have no RGB|lacks|DeviceRGB|<div style="height: 20pt; background: linear-gradient(#c00, rgb(0 0 255 / 0.2)); box-shadow: 2pt 2pt 3pt #888">
X8 transparency is blended in CMYK|contains|/S/Transparency/CS/DeviceCMYK|<div style="height: 20pt; opacity: 0.5; background: #c00">
A11 a spot has its ink and its alternate in CMYK|contains|[/Separation/Gold/DeviceCMYK|<p style="color: -n2p-spot(Gold, 1, #c80)">Text
CASES
page thin print-news '<div style="height: 0.1pt; background: #000"></div>'
contains "$work/thin.said" "hairline" "P13 a line that grew is told"
page office office '<p>Text<div style="height: 0.1pt; background: device-cmyk(0 1 1 0)"></div><p style="color: -n2p-spot(Gold, 1, device-cmyk(0 0 1 0))">Text'
lacks "$work/office.txt" "DeviceCMYK" "A8 an office file has no inks"
lacks "$work/office.txt" "/OP true" "an office file does not overprint"
contains "$work/office.txt" "[/Separation/Gold/DeviceRGB" "A8 a spot in an office file looks like light"
contains "$work/office.txt" ".1 re" "an office file keeps a thin line"
