# Every stage can show itself; articles are recognised by what is in them.
. tests/cli/lib.sh
article >"$work/a.xml"

for stage in document style boxes fragments paint; do
    run --dump=$stage "$work/a.xml"
    exits 0 "--dump=$stage"
    check "is XML" "${PYTHON:-python3}" -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$work/out"
    cp "$work/out" "$work/$stage"
    run --dump=$stage "$work/a.xml"
    check "and the same twice" cmp "$work/out" "$work/$stage"
done
run --dump=document "$work/a.xml"
prints 'Ferry swaps diesel' "the document has the headline"
prints 'line="3"\|:3:\|"3:' "and its place"

printf '<!DOCTYPE html><title>T</title><article><h1>Head</h1><p>Text of the story.</p></article>' >"$work/page.xml"
run --dump=document "$work/page.xml"
exits 0 "HTML under the name .xml is HTML"
prints 'Text of the story' "with its text"
cp "$work/a.xml" "$work/a.html"
run --dump=document "$work/a.html"
prints 'Jonas Verhoeven' "NITF under the name .html is NITF"
printf '\357\273\277' | cat - "$work/a.xml" >"$work/bom.xml"
run --dump=document "$work/bom.xml"
prints 'Ferry swaps diesel' "a byte order mark does no harm"
sed 's/UTF-8/UTF-16/' "$work/a.xml" | iconv -f UTF-8 -t UTF-16 >"$work/utf16.xml"
run --dump=document "$work/utf16.xml"
prints 'Ferry swaps diesel' "UTF-16 is read"
printf '<?xml version="1.0" encoding="ISO-8859-1"?><nitf><body><body.content><p>Caf\351</p></body.content></body></nitf>' >"$work/latin1.xml"
run --dump=document "$work/latin1.xml"
prints 'Café' "ISO 8859-1 is read"
printf '<nitf><body><body.content><p>Caf\351</p></body.content></body></nitf>' >"$work/bare.xml"
run --encoding ISO-8859-1 --dump=document "$work/bare.xml"
prints 'Café' "--encoding says what the file does not"

cat >"$work/feed.xml" <<END
<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>
<item><title>First thing</title><guid>id-1</guid><description>Text one.</description></item>
<item><title>Second thing</title><guid>id-2</guid><description>Text two.</description></item>
</channel></rss>
END
run --item 2 --dump=document "$work/feed.xml"
prints 'Second thing' "--item N takes the Nth"
check "and no other" sh -c "! grep -q 'First thing' '$work/out'"
run --item id-1 --dump=document "$work/feed.xml"
prints 'First thing' "--item GUID takes that one"
run --item all --dump=document "$work/feed.xml"
prints 'First thing' "--item all takes the first"
prints 'Second thing' "and the second"
run --item 9 "$work/feed.xml" -o "$work/none.pdf"
exits 1 "an item that is not there fails"
printf '<!DOCTYPE html><p id=p>Plain' >"$work/plain.html"
run --as document --dump=fragments "$work/plain.html"
exits 0 "--as document"
printf '<?xml version="1.0"?><poem><line>Any XML</line><line>with a style</line></poem>' >"$work/poem.xml"
printf 'poem, line { display: block } line { font-size: 20pt }' >"$work/poem.css"
run --as document -s "$work/poem.css" "$work/poem.xml" -o "$work/poem.pdf"
exits 0 "any XML with a style sheet of its own"
check "prints its text" sh -c "pdftotext '$work/poem.pdf' - | grep -q 'with a style'"
cp tests/layout/picture.png "$work/p.png"
printf '<!DOCTYPE html><style>img { width: 60pt; height: 40pt; object-fit: contain; object-position: -30pt 0 }</style><img src="p.png">' >"$work/aside.html"
run --as document --dump=paint "$work/aside.html"
prints '<clip' "a picture that object-position moves out of its box is cropped"
