# Bleed and printer's marks (print-ready.md P16, P18). A page of 120 x 160 mm: 340.157 x 453.543 pt.
. tests/cli/lib.sh
command -v pdfinfo >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1 || { skip all "no poppler"; exit 0; }
: "${PYTHON:=python3}"
cat >"$work/a.html" <<'END'
<html lang="en"><title>Edges</title><style>@page { size: 120mm 160mm; margin: 15mm; background: #fde }
.x { position: absolute; left: -15mm; top: 40mm; width: 60mm; height: 40mm; background: #08c }</style><p>Words.<div class="x"></div></html>
END
boxes() { pdfinfo -box "$work/$1" | sed -n "s/^$2: *//p" | tr -s ' '; }

run --as document "$work/a.html" --target print-coated -o "$work/b.pdf"
check "3 mm of bleed are all that is added" test "$(boxes b.pdf MediaBox)" = "0.00 0.00 357.17 470.55"
check "the trim keeps its size" test "$(boxes b.pdf TrimBox)" = "8.50 8.50 348.66 462.05"
pdftoppm -r 72 -gray "$work/b.pdf" "$work/b" 2>/dev/null
# pixel X Y: gray at a place, in points from the top left corner of the media
pixel() { "$PYTHON" -c "
import sys
data = open('$work/' + sys.argv[1], 'rb').read()
head = data.split(b'\n', 3) if data[3:4] != b'#' else None
width = int(head[1].split()[0])
print(head[3][int(sys.argv[3]) * width + int(sys.argv[2])])" "$@"; }
check "the page's ground runs to the edge of the bleed" test "$(pixel b-1.pgm 2 2)" -lt 240
check "so does what reaches the trim: blue, not ground" test "$(pixel b-1.pgm 2 180)" -lt 150
check "what does not reach it stays: ground beside the box" test "$(pixel b-1.pgm 190 180)" -gt 200

run --as document "$work/a.html" --target print-coated --marks crop,register,bars,slug --date 2026-03-04 -o "$work/m.pdf"
# 3 mm bleed, 3 mm off, 5 mm long, 1 mm: 12 mm = 34.016 pt
check "marks have room outside of the bleed" test "$(boxes m.pdf TrimBox)" = "34.02 34.02 374.17 487.56"
check "the bleed lies between" test "$(boxes m.pdf BleedBox)" = "25.51 25.51 382.68 496.06"
pdftotext -raw "$work/m.pdf" "$work/out"
prints 'page 1 2026-03-04 Edges' "the slug names page, date and job"
prints 'print-coated FOGRA39L coated 300% TAC' "and what it is printed for"
pdftoppm -r 72 -gray "$work/m.pdf" "$work/m" 2>/dev/null
# crop marks begin 3 mm outside of the bleed: 8.5 pt; they end at 5 mm more
check "nothing stands between bleed and mark" test "$(pixel m-1.pgm 21 34)" -gt 250
check "paper is white around the marks" test "$(pixel m-1.pgm 10 100)" -gt 250
if command -v qpdf >/dev/null 2>&1; then
    qpdf --qdf "$work/m.pdf" "$work/m.qdf" 2>/dev/null
    check "marks are in all inks" grep -qa '/Separation /All\|/Separation$' "$work/m.qdf"
    "$PYTHON" tests/pdf/standards.py "$work/m.pdf" PDF/X-4 PDF/A-2a PDF/UA-1 >"$work/err" 2>&1
    verdict $? "the file with marks keeps its standards"
    "$PYTHON" tests/pdf/walk.py "$work/m.pdf" >"$work/err" 2>&1
    verdict $? "marks are artifacts"
fi
sed 's/@page {/@page { marks: crop cross; bleed: 5mm;/' "$work/a.html" >"$work/css.html"
run --as document "$work/css.html" -o "$work/c.pdf"
silent_on 'not supported' "CSS asks for marks too"
# 5 + 9 mm = 39.685 pt
check "and for their bleed" test "$(boxes c.pdf TrimBox)" = "39.68 39.68 379.84 493.23"
run --as document "$work/a.html" --marks bars -o "$work/x.pdf"
exits 2 "bars of ink in an RGB file clash"
