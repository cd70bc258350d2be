# What a print shop gets: the folder of the handoff (print-ready.md H1 to H3), single pages (H5), sheets (H4).
. tests/cli/lib.sh

cat >"$work/book.html" <<'END'
<!DOCTYPE html><html lang=en><title>Seven Days, a Review</title><style>@page { size: 148mm 210mm; margin: 15mm }
body { margin: 0; font: 12pt "Source Serif 4" } p { break-before: page; font-size: 40pt }</style><body><p>one<p>two<p>three<p>four<p>five<p>six<p>seven</body></html>
END
book="--as document --date 2026-11-24 $work/book.html"

# ---- the folder ----
hand=$work/hand
run $book --target print-coated --handoff "$hand" --ticket quantity=500 --ticket "edition=Late 2" --ticket "address=1 Quay <East>" --ticket weight=90 --ticket delivery=2026-12-01
exits 0 "a handoff"
stem=seven-days-a-review_20261124_late-2_7pp_148x210mm_0mm
for name in "$stem.pdf" "${stem}_preflight.json" "${stem}_preflight.pdf" "${stem}_ticket.json" "${stem}_ticket.xjdf" "${stem}_p001.png" "${stem}_p007.png" SHA256SUMS; do
    check "H1 $name is there" test -s "$hand/$name"
done
check "H1 names are ASCII, without spaces" sh -c "! ls '$hand' | LC_ALL=C grep -q '[^A-Za-z0-9._-]'"
check "nothing else is there" sh -c "[ \$(ls -A '$hand' | wc -l) = 13 ]"
check "H1 checksums" sh -c "cd '$hand' && sha256sum -c SHA256SUMS"
check "every file but the sums has one" sh -c "[ \$(wc -l <'$hand/SHA256SUMS') = 12 ]"
cat >"$work/ticket.py" <<'END'
import json, sys, xml.etree.ElementTree as tree
stem = sys.argv[1]
facts = json.load(open(stem + "_ticket.json"))
assert facts["pages"] == 7 and facts["trim_mm"] == [148.0, 210.0] and facts["colors"] == "1/1", facts
assert facts["order"]["quantity"] == "500" and facts["order"]["address"] == "1 Quay <East>"
root = tree.parse(stem + "_ticket.xjdf").getroot()
ns = "{http://www.CIP4.org/JDFSchema_2_0}"
assert root.tag == ns + "XJDF" and root.get("Types") == "Product"
product = root.find(f"{ns}ProductList/{ns}Product")
assert product.get("Amount") == "500"
assert {intent.get("Name") for intent in product} == {"BindingIntent", "ColorIntent", "LayoutIntent", "MediaIntent"}
assert product.find(f".//{ns}SurfaceColor").get("ColorsUsed") == "Black"
assert product.find(f".//{ns}LayoutIntent").get("Pages") == "7"
sets = {entry.get("Name"): entry for entry in root.findall(f"{ns}ResourceSet")}
assert {"Contact", "DeliveryParams", "Media", "RunList"} <= set(sets)
assert sets["RunList"].find(f".//{ns}FileSpec").get("URL") == stem.split("/")[-1] + ".pdf"
assert sets["Contact"].find(f".//{ns}AddressLine").text == "1 Quay <East>"
report = json.load(open(stem + "_preflight.json"))
assert report["file"] == stem.split("/")[-1] + ".pdf" and report["counts"]["FAIL"] == 0
END
check "H2, H3 the tickets carry what was ordered" "${PYTHON:-python3}" "$work/ticket.py" "$hand/$stem"
run $book --target print-coated --handoff "$work/hand2" --ticket quantity=500 --ticket "edition=Late 2" --ticket "address=1 Quay <East>" --ticket weight=90 --ticket delivery=2026-12-01
check "same input, same handoff" cmp "$hand/SHA256SUMS" "$work/hand2/SHA256SUMS"
run $book --handoff "$work/hand3" --ticket color=red
exits 1 "a ticket knows its words"
says "knows nothing" "and says so"

# ---- H5: a file for each page ----
run $book --target print-news --pages single -o "$work/n.pdf"
exits 0 "single pages"
check "H5 a file for each page" sh -c "[ \$(ls '$work'/n_p00[1-7].pdf | wc -l) = 7 ] && [ ! -e '$work/n.pdf' ]"
if command -v pdftotext >/dev/null 2>&1; then
    check "H5 page 3 is in the third" sh -c "[ \"\$(pdftotext '$work/n_p003.pdf' - | head -n 1)\" = three ] && [ \$(pdfinfo '$work/n_p003.pdf' | sed -n 's/^Pages: *//p') = 1 ]"
fi
if command -v qpdf >/dev/null 2>&1; then
    check "each is a whole file" qpdf --check "$work/n_p007.pdf"
fi

# ---- H4: sheets ----
run $book --target print-coated --impose booklet -o "$work/b.pdf"
exits 0 "a booklet"
if command -v pdftotext >/dev/null 2>&1; then
    words() { pdftotext -f "$2" -l "$2" -layout "$1" - | tr -s ' \n\f' ' ' | sed 's/^ //; s/ $//'; }
    order() { [ "$(words "$work/$1.pdf" "$2")" = "$3" ]; }
    check "H4 8 pages: 8-1 (page 8 is empty)" order b 1 "one"
    check "H4 8 pages: 2-7" order b 2 "two seven"
    check "H4 8 pages: 6-3" order b 3 "six three"
    check "H4 8 pages: 4-5" order b 4 "four five"
    check "a sheet is not tagged" sh -c "pdfinfo '$work/b.pdf' | grep -q 'Tagged: *no'"
    check "and says that it is imposed" sh -c "pdfinfo '$work/b.pdf' | grep -q 'imposed: booklet'"
    run $book --target print-coated --impose nup:3x2 -o "$work/six.pdf"
    check "six on a sheet" order six 1 "one two three four five six"
    check "the seventh on the next" order six 2 "seven"
    run $book --target print-coated --impose 2up -o "$work/two.pdf"
    check "two on a sheet" order two 2 "three four"
fi
run $book --target print-coated --impose booklet --creep 1mm -o "$work/c.pdf"
check "creep moves inner pages" sh -c "! cmp -s '$work/b.pdf' '$work/c.pdf'"

# ---- what cannot hold together ----
run $book --impose booklet --pages single -o "$work/x.pdf"
exits 2 "single pages on sheets"
run $book --impose booklet --handoff "$work/hand4"
exits 2 "a handoff of sheets"
run $book --impose 7up -o "$work/x.pdf"
exits 2 "a way of imposing that nobody knows"
run $book --impose booklet --creep thick -o "$work/x.pdf"
exits 2 "a creep without a unit"
run $book --pages single -o -
exits 2 "single pages into a pipe"
