#!/bin/bash
# Files for a press: separated by Ghostscript they have the inks that they should have (print-ready.md 11), and their streams say what
# overprints and how thin a line is (P12, P13). Runs from the top folder; speaks TAP; a program that isn't there skips its checks.
set -u
: "${BUILD:=$PWD/build}" "${NEWS2PDF:=$PWD/build/news2pdf}" "${TMPDIR:=/tmp}" "${PYTHON:=python3}"
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
"$PYTHON" tests/press/press.py pictures "$work" && "$BUILD/tests/press/press_pictures" "$work" profiles/news-ifra26s-220.icc
verdict $? "pictures are made"

# separate WHAT TARGET PROFILE LIMIT: $work/WHAT.html for the target has the inks that it should have
separate() {
    "$NEWS2PDF" --as document --target "$2" --bleed 0 --marks none "$work/$1.html" -o "$work/$1.pdf" 2>"$work/$1.said"
    verdict $? "$1 for $2" "$work/$1.said"
    if has gs && has transicc; then
        rm -rf "$work/plates" && mkdir "$work/plates"
        gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=tiffsep -r72 -sCompression=none -sOutputFile="$work/plates/page.tif" "$work/$1.pdf" >"$work/said" 2>&1
        "$PYTHON" tests/press/press.py check "$1" "profiles/$3.icc" "$4" "$work/plates" >"$work/said" 2>&1
        verdict $? "$2: the $1 have their inks within 2 points" "$work/said"
    else
        echo "ok - $2: separations # skip no gs or no transicc"
    fi
}
for what in patches pictures; do
    separate $what print-coated coated-fogra39-300 300
    separate $what print-uncoated uncoated-fogra47-280 280
    separate $what print-news news-ifra26s-220 220
    separate $what print-x1a coated-fogra39-300 300
done

# ---- what overprints, how thin a line is ----
page() { # page NAME TARGET BODY: its streams, to be read, are $work/NAME.txt, what was said $work/NAME.said
    printf '<!DOCTYPE html><html lang=en><title>T</title><style>@page { size: 200pt 200pt; margin: 20pt } body { margin: 0; font: 10pt "Source Serif 4" }</style><body>%s</body></html>\n' "$3" >"$work/$1.html"
    rm -f "$work/$1.pdf"
    "$NEWS2PDF" --as document --target "$2" --plain "$work/$1.html" -o "$work/$1.pdf" 2>"$work/$1.said"
    if [ -e "$work/$1.pdf" ]; then tr -c '[:print:]\n' ' ' <"$work/$1.pdf"; fi >"$work/$1.txt"
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
P13 a rule of 0.4 pt at half its size is 0.5 pt high before|contains| .5 re|<div style="height: 0.4pt; background: #c00; transform: scale(0.5)">
P12 black text of 20 pt at half its size overprints|contains|/OP true|<p style="font-size: 20pt; transform: scale(0.5)">Text
X7 a soft shadow and a gradient have no RGB|lacks|DeviceRGB|<div style="height: 20pt; background: linear-gradient(#c00, rgb(0 0 255 / 0.2)); box-shadow: 2pt 2pt 3pt #888">
X8 transparency is blended in CMYK|contains|/S/Transparency/CS/DeviceCMYK|<div style="height: 20pt; opacity: 0.5; background: #c00">
A11 a spot has its ink and its alternate in CMYK|contains|[/Separation/Gold/DeviceCMYK|<p style="color: -n2p-spot(Gold, 1, #c80)">Text
CASES
cp profiles/news-ifra26s-220.icc profiles/coated-fogra39-300.icc "$work"
page named print-news '<style>@color-profile --news { src: url(news-ifra26s-220.icc) } @color-profile --coated { src: url("coated-fogra39-300.icc") }</style><div style="height: 20pt; background: color(--news .3 .2 .1 .4)"></div><div style="height: 20pt; background: color(--coated 0 0 0 100%)"></div><div style="height: 20pt; background: color(--none 1 0 0)">'
contains "$work/named.txt" ".3 .2 .1 .4 k" "C1 a colour of the target's own profile stays"
contains "$work/named.txt" "0 0 0 1 k" "C3 black of another profile stays black"
contains "$work/named.said" "no @color-profile that can be read is named --none" "a profile that nothing names is told"
page named office '<style>@color-profile --coated { src: url(coated-fogra39-300.icc) }</style><div style="height: 20pt; background: color(--coated .2 .4 .6 .1)">'
printf '20 40 60 10\n' | transicc -n -iprofiles/coated-fogra39-300.icc -t1 -b 2>/dev/null >"$work/wanted"
sed -n 's/^\([0-9. ]*\) rg$/\1/p' "$work/named.txt" | head -n 1 | paste -d' ' - "$work/wanted" | awk '{ for (i = 1; i < 4; i++) { d = $i * 255 - $(i + 3); if (d > 1 || d < -1) exit 1 } n++ } END { exit n != 1 }'
verdict $? "a named profile's inks become light as transicc says" "$work/named.txt"
page thin print-news '<div style="height: 0.1pt; background: #000"></div>'
contains "$work/thin.said" "hairline" "P13 a line that grew is told"
page office office '<p>Text<div style="height: 0.1pt; background: device-cmyk(0 1 1 0)"></div><p style="color: -n2p-spot(Gold, 1, device-cmyk(0 0 1 0))">Text'
lacks "$work/office.txt" "DeviceCMYK" "A8 an office file has no inks"
lacks "$work/office.txt" "/OP true" "an office file does not overprint"
contains "$work/office.txt" "[/Separation/Gold/DeviceRGB" "A8 a spot in an office file looks like light"
contains "$work/office.txt" ".1 re" "an office file keeps a thin line"

# ---- without transparency: PDF/X-1a ----
x1a() { # x1a NAME WANTED BODY: the streams have WANTED, and nothing is transparent
    page flat print-x1a "$3"
    contains "$work/flat.txt" "$2" "X-1a $1"
    ! grep -q -e '/SMask' -e '/Transparency' -e '/ca [0-9.]*[0-9]' "$work/flat.txt"
    verdict $? "X-1a $1: nothing is transparent" "$work/flat.said"
}
refused() { # refused NAME WHY BODY
    page flat print-x1a "$3"
    grep -q 'standard-transparency' "$work/flat.said" && grep -qF -e "$2" "$work/flat.said" && [ ! -e "$work/flat.pdf" ]
    verdict $? "X-1a $1 is an error and no file" "$work/flat.said"
}
x1a "black at half on paper is half black" "0 0 0 .5 k" '<div style="height: 20pt; background: rgb(0 0 0 / 50%)">'
x1a "inks at half on inks are their mean" ".3 .25 0 .1 k" '<div style="background: device-cmyk(.2 .1 0 .2)"><div style="height: 20pt; background: device-cmyk(.4 .4 0 0 / 50%)">'
x1a "a group is mixed with what is below it, not with itself" "0 0 0 .5 k" '<div style="opacity: 0.5"><div style="background: device-cmyk(1 0 0 0); height: 30pt"><p style="font-size: 14pt; margin: 0">Text'
x1a "a gradient that fades is mixed at each stop" "C0[.8 0 0 0]/C1[0 0 0 0]" '<div style="height: 20pt; background: linear-gradient(device-cmyk(.8 0 0 0), device-cmyk(.8 0 0 0 / 0))">'
x1a "a spot at half on paper is half its tint" ".5 scn" '<div style="height: 20pt; background: -n2p-spot(Gold, 1, device-cmyk(0 .2 .6 .1)); opacity: .5">'
x1a "a soft shadow on paper" "re" '<div style="width: 50pt; height: 20pt; background: device-cmyk(0 0 1 0); box-shadow: 2pt 2pt 4pt rgb(0 0 0 / 50%)">'
x1a "a picture with holes lies on paper" "/ColorSpace/DeviceCMYK" '<img src="half.png" style="width: 40pt">'
x1a "a picture with holes lies on a colour" "/ColorSpace/DeviceCMYK" '<div style="background: device-cmyk(1 0 0 0)"><img src="half.png" style="width: 40pt">'
refused "half of a colour over two" "more than one colour" '<div style="position: absolute; width: 50pt; height: 50pt; background: #c00"></div><div style="position: absolute; left: 25pt; width: 50pt; height: 50pt; background: rgb(0 0 0 / 50%)">'
refused "a colour that is blended" "blended" '<div style="mix-blend-mode: multiply; height: 20pt; background: #c00">'
refused "a spot over another colour" "ink of its own" '<div style="background: #c00"><div style="height: 20pt; opacity: .5; background: -n2p-spot(Gold, 1, device-cmyk(0 .2 .6 .1))">'
# One layout, two files: what is mixed for the one stays transparent in the other.
printf '<!DOCTYPE html><html lang=en><title>T</title><div style="height: 20pt; background: rgb(255 0 0 / 50%%)"></div></html>' >"$work/both.html"
"$NEWS2PDF" --as document --target print-x1a,screen --plain "$work/both.html" -o "$work/both.pdf" 2>"$work/said"
tr -c '[:print:]\n' ' ' <"$work/both.screen.pdf" >"$work/both.txt"
contains "$work/both.txt" "/ca .5" "a second target keeps its transparency"
"$NEWS2PDF" --as document --pdfa 1b --plain "$work/both.html" -o "$work/archive.pdf" 2>"$work/said"
tr -c '[:print:]\n' ' ' <"$work/archive.pdf" >"$work/archive.txt"
contains "$work/archive.txt" "1 .5 .5 rg" "PDF/A-1b: light is mixed as a reader would"
lacks "$work/archive.txt" "/ca .5" "PDF/A-1b: nothing is transparent"

# ---- pictures: P1 to P3, P15, C4, stored once ---- (press.py and press_pictures made them)
place() { # place NAME TARGET WIDTH PICTURE ...: each WIDTH wide
    name=$1 target=$2 width=$3
    shift 3
    { echo '<!DOCTYPE html><html lang=en><title>T</title><style>@page { size: 400pt 400pt; margin: 0 } body { margin: 0 } img { display: block }</style><body>'
        for picture in "$@"; do echo "<img src=\"$picture\" alt=\"\" style=\"width: $width\">"; done; } >"$work/$name.html"
    "$NEWS2PDF" --as document --target "$target" --bleed 0 --marks none "$work/$name.html" -o "$work/$name.pdf" 2>"$work/$name.said"
    pdfimages -list "$work/$name.pdf" >"$work/$name.list" 2>&1
}
# stored NAME "WIDTH HEIGHT COLOR ENCODING" COUNT WHAT: so many different pictures of that kind
stored() {
    found=$(awk 'NR > 2 && $3 != "smask" { print $11, $4, $5, $6, $9 }' "$work/$1.list" | sort -u | cut -d' ' -f2- | grep -cx "$2")
    [ "$found" -eq "$3" ]
    verdict $? "$4" "$work/$1.list"
}
if has pdfimages; then
    place aim print-coated 100pt large.jpg # 1152 pixels an inch
    stored aim "417 417 cmyk jpeg" 1 "P15 1152 pixels an inch become 300"
    place near print-coated 300pt large.jpg # 384
    stored near "1600 1600 cmyk jpeg" 1 "P15 384 pixels an inch stay"
    place news print-news 200pt large.jpg # 576
    stored news "556 556 cmyk jpeg" 1 "P15 a newspaper has 200"
    place up print-news 300pt rgb.jpg # 15
    stored up "64 64 cmyk jpeg" 1 "P15 never more pixels than there are"
    contains "$work/up.said" "picture-resolution" "P1 a picture that is too coarse is told"
    contains "$work/up.said" "up.html:2" "P1 it is told where it stands"
    lacks "$work/aim.said" "picture-resolution" "P2 a picture that is fine enough is not"
    place office office 100pt large.jpg rgb.jpg
    stored office "1600 1600 rgb jpeg" 1 "an office file has the picture as it is"
    lacks "$work/office.said" "picture-resolution" "an office file asks for no resolution"
    place light office 40pt cmyk.jpg newsprint.jpg
    stored light "64 64 rgb jpeg" 1 "A8 inks without a profile become light in an office file"
    stored light "64 64 icc jpeg" 1 "A8 inks with a profile stay"
    pdftoppm -r 72 -x 20 -y 20 -W 1 -H 1 "$work/light.pdf" >"$work/pixel.ppm"
    printf '20 40 60 10\n' | transicc -n -iprofiles/coated-fogra39-300.icc -t1 -b 2>/dev/null >"$work/wanted"
    tail -c 3 "$work/pixel.ppm" | od -An -tu1 | paste - "$work/wanted" | awk '{ for (i = 1; i < 4; i++) if ($i - $(i + 3) > 3 || $(i + 3) - $i > 3) exit 1 }' >"$work/said"
    verdict $? "A8 as their profile says" "$work/wanted"
    (cd "$work" && pdfimages -j office.pdf office && cmp office-000.jpg large.jpg) >"$work/said" 2>&1
    verdict $? "an office file has the picture byte for byte" "$work/said"
    place once print-coated 100pt large.jpg large.jpg large.jpg
    stored once "417 417 cmyk jpeg" 1 "a picture that is placed three times is stored once"
    place kinds print-coated 12pt rgb.png gray.png palette.png line.png cmyk.jpg inverted.jpg
    stored kinds "64 64 gray image" 2 "gray pictures are gray, that is black ink"
    stored kinds "64 64 index image" 1 "a palette stays a palette"
    stored kinds "64 64 cmyk jpeg" 2 "pictures of inks stay as they are"
    place alpha print-coated 40pt half.png clear.png
    stored alpha "64 64 cmyk image" 2 "what is transparent is CMYK with a mask"
else
    echo "ok - pictures # skip no pdfimages"
fi
# every kind of picture, damaged ones too, goes into every target
mkdir "$work/kinds" && "$PYTHON" tests/pdf/pictures.py make "$work/kinds" && (cd "$work/kinds" && printf '<img alt="" style="width: 20pt; height: 20pt" src="%s">\n' *.* >all.html)
for target in print-coated print-news print-x1a; do
    "$NEWS2PDF" --as document --target "$target" "$work/kinds/all.html" -o "$work/kinds.pdf" 2>"$work/said" && qpdf --check "$work/kinds.pdf" >>"$work/said" 2>&1
    verdict $? "$target: every kind of picture" "$work/said"
    [ "$(pdfimages -list "$work/kinds.pdf" 2>/dev/null | awk 'NR > 2 && $3 != "smask" && $6 !~ /gray|cmyk|index/' | wc -l)" -eq 0 ]
    verdict $? "$target: they are all ink" "$work/said"
done
if has gs; then
    for target in "print-coated 300" "print-uncoated 280" "print-news 220"; do
        set -- $target
        place cube "$1" 184.32pt cube.jpg # 200 pixels an inch
        rm -rf "$work/plates" && mkdir "$work/plates"
        gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=tiffsep -r200 -sCompression=none -sOutputFile="$work/plates/page.tif" "$work/cube.pdf" >"$work/said" 2>&1
        "$PYTHON" tests/press/press.py ink "$2" "$work/plates" >"$work/said" 2>&1
        verdict $? "P5 $1: all of RGB, coded as JPEG, stays below $2 percent: $(cat "$work/said")" "$work/said"
    done
fi
