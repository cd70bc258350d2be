# Input that means harm, or is broken: a message and a bounded time, never a crash, never a foreign file's byte.
. tests/cli/lib.sh
echo "the secret of the neighbour" >"$work/secret.txt"
mkdir "$work/in"
cp tests/cli/photo.jpg "$work/outside.jpg"

# trap NAME FILE ...: converts or refuses, in time
trap_file() {
    name=$1 file=$2
    shift 2
    run "$@" "$file" -o "$work/trap.pdf"
    [ "$code" -eq 0 ] || [ "$code" -eq 1 ]
    verdict $? "$name: set or refused"
}

cat >"$work/in/xxe.xml" <<END
<?xml version="1.0"?>
<!DOCTYPE nitf [<!ENTITY secret SYSTEM "../secret.txt"><!ENTITY passwd SYSTEM "file:///etc/passwd">]>
<nitf><body><body.content><p>Before &secret; &passwd; after</p></body.content></body></nitf>
END
trap_file "an external entity" "$work/in/xxe.xml"
check "no byte of the entity's file is in the page" sh -c "! pdftotext '$work/trap.pdf' - 2>/dev/null | grep -q 'secret of the\|root:'"

{
    echo '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">'
    last=a
    for next in b c d e f g h i j k; do
        echo "<!ENTITY $next \"&$last;&$last;&$last;&$last;&$last;&$last;&$last;&$last;&$last;&$last;\">"
        last=$next
    done
    echo ']><nitf><body><body.content><p>&k;</p></body.content></body></nitf>'
} >"$work/in/laughs.xml"
rm -f "$work/trap.pdf"
trap_file "entities in entities" "$work/in/laughs.xml"

for href in ../outside.jpg ..%2Foutside.jpg "$work/outside.jpg" "file://$work/outside.jpg" http://example.org/outside.jpg link.jpg; do
    ln -sf ../outside.jpg "$work/in/link.jpg"
    article "A line" "<media media-type=\"image\"><media-reference mime-type=\"image/jpeg\" source=\"$href\"/></media>" >"$work/in/leave.xml"
    run "$work/in/leave.xml" -o "$work/leave.pdf"
    exits 0 "a photo at $href"
    says 'warning: ' "is a warning"
    check "and is not in the bulletin" sh -c "! grep -aq '/Subtype */Image' '$work/leave.pdf'"
done
article "A line" "<media media-type=\"image\"><media-reference mime-type=\"image/jpeg\" source=\"../outside.jpg\"/></media>" >"$work/in/leave.xml"
run --allow-path "$work" "$work/in/leave.xml" -o "$work/leave.pdf"
exits 0 "with --allow-path the photo is read"
check "and is in the bulletin" grep -aq '/Subtype */Image' "$work/leave.pdf"

awk 'BEGIN { printf "<!DOCTYPE html><title>Deep</title><article><h1>Deep</h1>"; for (i = 0; i < 20000; i++) printf "<div>"; print "<p>bottom" }' >"$work/in/deep.html"
trap_file "20,000 nested elements" "$work/in/deep.html"
trap_file "the same as a document" "$work/in/deep.html" --as document
awk 'BEGIN { printf "<nitf><body><body.content>"; for (i = 0; i < 20000; i++) printf "<block>"; print "<p>bottom" }' >"$work/in/deep.xml"
trap_file "20,000 elements that never end" "$work/in/deep.xml"
awk 'BEGIN { printf "<!DOCTYPE html><style>p{width:40px}</style><p>"; for (i = 0; i < 100000; i++) printf "x" }' >"$work/in/word.html"
trap_file "a word of 100,000 letters" "$work/in/word.html" --as document
if [ -z "$SANITIZED" ]; then
    awk 'BEGIN { printf "<!DOCTYPE html><p>"; for (i = 0; i < 300000; i++) printf "word " }' >"$work/in/words.html"
    check "a paragraph of 300,000 words takes a time in proportion" \
        sh -c "ulimit -t 15; '$NEWS2PDF' -q '$work/in/words.html' -o '$work/trap.pdf'"
else
    skip "a paragraph of 300,000 words" "instrumented code is slow"
fi
awk 'BEGIN { printf "<!DOCTYPE html><style>"; for (i = 0; i < 50000; i++) printf "{[("; print "</style><p>x" }' >"$work/in/brackets.html"
trap_file "brackets that never close in a style sheet" "$work/in/brackets.html" --as document
printf '<!DOCTYPE html><style>@import "a.css"; p{color:red}</style><p>x' >"$work/in/import.html"
printf '@import "b.css";' >"$work/in/a.css"
printf '@import "a.css";' >"$work/in/b.css"
trap_file "style sheets that import each other" "$work/in/import.html" --as document
printf '<!DOCTYPE html><style>:root{--a:var(--b);--b:var(--a)}p{color:var(--a)}</style><p>x' >"$work/in/cycle.html"
trap_file "custom properties in a circle" "$work/in/cycle.html" --as document
{
    printf '<!DOCTYPE html><style>:root{--a:x x x x x x x x x x'
    last=a
    for next in b c d e f g h i j k; do
        printf ';--%s:var(--%s) var(--%s) var(--%s) var(--%s) var(--%s) var(--%s) var(--%s) var(--%s)' $next $last $last $last $last $last $last $last $last
        last=$next
    done
    printf '}p{font-family:var(--k)}</style><p>x'
} >"$work/in/variables.html"
trap_file "custom properties that double and double" "$work/in/variables.html" --as document
printf '<!DOCTYPE html><style>@page{size:1px 1px;margin:40px}p{break-before:page;width:9999999mm;margin:-99999px}</style><p>one<p>two' >"$work/in/page.html"
trap_file "a page smaller than its margins" "$work/in/page.html" --as document
head -c 3000 tests/cli/photo.jpg >"$work/in/half.jpg"
printf '\211PNG\r\n\032\n\000\000\000\rIHDR\177\377\377\377\177\377\377\377\010\002\000\000\000' >"$work/in/huge.png"
: >"$work/in/empty.jpg"
mkfifo "$work/in/pipe.jpg"
for photo in half.jpg huge.png empty.jpg pipe.jpg; do
    article "A line" "<media media-type=\"image\"><media-reference mime-type=\"image/jpeg\" source=\"$photo\"/></media>" >"$work/in/photo.xml"
    run "$work/in/photo.xml" -o "$work/trap.pdf"
    exits 0 "a photo that is $photo"
    says 'warning: ' "is a warning"
done
article "A line" '<media media-type="image"><media-reference mime-type="image/jpeg" source="hurt.jpg"/></media>' >"$work/in/photo.xml"
# hurt NAME OFFSET BYTES: a photo whose bytes from there on are others
hurt() {
    cp samples/photos/ferry.jpg "$work/in/hurt.jpg"
    printf "$3" | dd of="$work/in/hurt.jpg" bs=1 seek="$2" conv=notrunc 2>"$work/dd"
    run "$work/in/photo.xml" -o "$work/trap.pdf"
    exits 0 "$1"
    says 'photo-damaged' "is a warning"
    ! has_mutool || check "and what is in the PDF decodes" sh -c "mutool draw -q -r 20 -o '$work/page.pnm' '$work/trap.pdf' 2>&1 | grep -v ICC | { ! grep -q .; }"
}
has_mutool() { command -v mutool >/dev/null 2>&1; }
tables=$(LC_ALL=C grep -obUaP -m 1 '\xFF\xC4' samples/photos/ferry.jpg | head -n 1 | cut -d : -f 1)
hurt "a photo whose code table has another length of codes" $((tables + 8)) '\77'
hurt "a photo with other bytes in its middle" 50000 '\377\101\377\102\377\103'
: >"$work/in/empty.xml"
run "$work/in/empty.xml" -o "$work/none.pdf"
exits 5 "an empty file is refused"
head -c 20000 /dev/urandom >"$work/in/noise"
run "$work/in/noise" -o "$work/none.pdf"
[ "$code" -eq 0 ] || [ "$code" -eq 1 ]
verdict $? "noise is set or refused"
run "$work/in" -o "$work/none.pdf"
exits 0 "a folder of them makes an edition of what can be printed"
printf '<?xml version="1.0"?>\n<nitf><body><body.content><p>One</p><p>two & three</p></body.content></body></nitf>' >"$work/in/broken.xml"
run "$work/in/broken.xml" -o "$work/trap.pdf"
exits 0 "XML that is not well-formed is read as far as it goes"
says 'broken.xml:2:[0-9]*: warning' "with a warning at the place"

# ---- sizes: what grows with the square of the content would not end ----
{ printf "<!DOCTYPE html><style>@page { size: 200pt 200pt } table { float: left }</style><table>"; yes "<tr><td>x<td>y" | head -n 10000; } >"$work/float.html"
run --as document "$work/float.html" -o "$work/float.pdf"
exits 0 "a table of 10,000 rows in a float"
{ printf '<!DOCTYPE html><style>@page { size: 200pt 200pt } i { float: left }</style>'; yes '<i>x</i>' | head -n "$([ -n "$SANITIZED" ] && echo 1000 || echo 10000)"; } >"$work/floats.html"
run --as document "$work/floats.html" -o "$work/floats.pdf"
exits 0 "thousands of floats in one paragraph"
