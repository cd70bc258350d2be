# Every target keeps the standards that it claims (print-ready.md 2 to 5): tests/pdf/standards.py reads the files. An article
# with pictures and a table, and a page whose structure does not hold together.
. tests/cli/lib.sh
: "${PYTHON:=python3}"
command -v qpdf >/dev/null 2>&1 || { skip all "no qpdf"; exit 0; }
cp tests/cli/photo.jpg tests/pdf/structure.html "$work"
article "Ferry & diesel: <em>a</em> swap" '<p>Across: <a href="https://example.org/">a link</a>.</p><table><tr><th>Island</th><th>km</th></tr><tr><td>Texel</td><td>4</td></tr></table>
<media media-type="image"><media-reference source="photo.jpg" mime-type="image/jpeg"/><media-caption>The quay</media-caption></media>' >"$work/a.xml"

# keeps NAME "CLAIM ..." INPUT OPTION ...: the file claims just that, and keeps it
keeps() {
    name=$1 claims=$2 input=$3
    shift 3
    run "$@" "$input" -o "$work/made.pdf"
    exits 0 "$name is made"
    qpdf --check "$work/made.pdf" >"$work/err" 2>&1 && ! grep -q WARNING "$work/err"
    verdict $? "$name: qpdf finds nothing (G5)"
    # shellcheck disable=SC2086 # the claims are words
    "$PYTHON" tests/pdf/standards.py "$work/made.pdf" $claims >"$work/err" 2>&1
    verdict $? "$name keeps ${claims:-no standard}"
    rm -f "$work/made.pdf"
}
keeps "the default" "PDF/A-2a PDF/UA-1" "$work/a.xml"
keeps "screen" "PDF/A-2a PDF/UA-1" "$work/a.xml" --target screen
for target in print-coated print-uncoated print-news; do
    keeps "$target" "PDF/X-4 PDF/A-2a PDF/UA-1" "$work/a.xml" --target "$target"
done
keeps "print-x1a" "PDF/X-1a" "$work/a.xml" --target print-x1a
keeps "X-3" "PDF/X-3" "$work/a.xml" --target print-coated --pdfx x3
keeps "A-1b" "PDF/A-1b PDF/UA-1" "$work/a.xml" --pdfa 1b
for level in 2b 2u 3b 3u 3a; do
    keeps "A-$level" "PDF/A-$level PDF/UA-1" "$work/a.xml" --pdfa "$level"
done
keeps "A-4" "PDF/A-4 PDF/UA-2" "$work/a.xml" --pdfa 4
keeps "no standard" "" "$work/a.xml" --pdfa none --pdfua none
keeps "broken structure" "PDF/A-2a PDF/UA-1" "$work/structure.html" --as document
says 'kept' "and says so"
keeps "broken structure for a press" "PDF/X-4 PDF/A-2a PDF/UA-1" "$work/structure.html" --as document --target print-news
run --as document "$work/structure.html" -o "$work/made.pdf"
says 'note: .*\[alt-missing\]' "a picture that nothing describes is told"
if command -v pdfinfo >/dev/null 2>&1; then
    pdfinfo -struct-text "$work/made.pdf" 2>/dev/null | tr -s ' \n' ' ' >"$work/out"
    prints 'H1 (block) "Third level first" P (block) "Text." H1 (block) "Then first" H2 (block) "Fourth" H2 (block) "Second" H3 (block) "Sixth"' "headings skip no level (U14)"
    prints 'LBody (block) P (block) "item" L (block) LI (block)' "text before a nested list is read before it (U09)"
    prints 'P (block) "Half bold" L (block)' "an inline element belongs to its paragraph (U09)"
    prints 'Figure: /Placement /Block /BBox [^"]*"" Caption "A caption that says it"' "a caption belongs to its figure (U13)"
    prints 'Span (inline) "code"' "a link that reaches nothing is no Link (U28)"
fi

# ---- attachments (A6, A13) ----
if command -v pdfdetach >/dev/null 2>&1; then
    mkdir "$work/b"
    cp "$work/a.xml" "$work/b/photo.txt"
    run "$work/a.xml" --pdfa 3a --attach "$work/photo.jpg" --attach "$work/b/photo.txt" --attach "$work/b/photo.txt" -o "$work/made.pdf"
    exits 0 "PDF/A-3 with attachments"
    check "the source is in it, and what was attached, each by a name of its own" test "$(pdfdetach -list "$work/made.pdf" | sed -n 's/^[0-9]*: //p' | sort | tr '\n' ' ')" = "a.xml photo-2.txt photo.jpg photo.txt "
    pdfdetach -save 1 -o "$work/source" "$work/made.pdf"
    check "the source comes out as it went in" cmp "$work/source" "$work/a.xml"
    "$PYTHON" tests/pdf/standards.py "$work/made.pdf" PDF/A-3a PDF/UA-1 >"$work/err" 2>&1
    verdict $? "and the file keeps PDF/A-3a"
    run "$work/a.xml" -o "$work/made.pdf"
    check "the default has no attachment" test "$(pdfdetach -list "$work/made.pdf")" = "0 embedded files"
    run "$work/a.xml" --attach "$work/photo.jpg" -o "$work/made.pdf"
    exits 2 "PDF/A-2 takes no attachment"
    says '--attach and PDF/A-2a' "and says which two clash"
fi

# ---- artifacts (U18) ----
printf '<html lang="en"><title>Heads</title><style>@page { @top-center { content: "Head" } @bottom-center { content: "Foot" } @left-middle { content: "Side" } }</style><p style="background: #eee">Text</html>' >"$work/heads.html"
run --as document "$work/heads.html" --plain -o "$work/made.pdf"
for kind in '<</Type/Pagination/Subtype/Header/Attached\[/Top\]>>' '<</Type/Pagination/Subtype/Footer/Attached\[/Bottom\]>>' '<</Type/Pagination>>' ' BMC'; do
    check "an artifact is marked $kind" test "$(grep -a -c "/Artifact$kind" "$work/made.pdf")" = 1
done
