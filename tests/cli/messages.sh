# Messages have a place, a code, often a hint; --json is for machines; --strict makes warnings count.
. tests/cli/lib.sh
article "A line" '<media media-type="image"><media-reference mime-type="image/jpeg" source="none.jpg"/><media-caption>Nobody sees this.</media-caption></media>' >"$work/photo.xml"
article >"$work/good.xml"

run "$work/good.xml" -o "$work/good.pdf"
exits 0 "a good article exits with 0"
check "and says nothing" test ! -s "$work/err"
run --strict "$work/good.xml" -o "$work/good.pdf"
exits 0 "also under --strict"

run "$work/photo.xml" -o "$work/photo.pdf"
exits 0 "a missing photo is no failure"
says "photo.xml:[0-9][0-9]*:[0-9][0-9]*: warning: .*none.jpg.*\[[a-z-]*\]" "it is a warning with file, line, column and code"
says "photo.xml:7:" "on the line where the photo is named"
check "the bulletin is there" is_pdf "$work/photo.pdf"
rm -f "$work/photo.pdf"
run --strict "$work/photo.xml" -o "$work/photo.pdf"
exits 3 "under --strict a warning exits with 3"

printf 'h1 { colour: red }\np { margin-top: 3 furlongs }\n' >"$work/bad.css"
run -s "$work/bad.css" "$work/good.xml" -o "$work/css.pdf"
exits 0 "a mistake in a style sheet is no failure"
says 'bad.css:1:[0-9]*: warning: .*colour.*\[[a-z-]*\]' "an unknown property is a warning with its place"
says 'hint: .*color' "with the name that was meant as a hint"
says 'bad.css:2:[0-9]*: warning: ' "a value that is no value is a warning with its place"

printf '<?xml version="1.0"?>\n<nitf><body><body.content><p>Private: \364\217\277\275</p></body.content></body></nitf>\n' >"$work/glyph.xml"
run "$work/glyph.xml" -o "$work/glyph.pdf"
exits 0 "a character that no font has is no failure"
says 'glyph.xml:2:[0-9]*: warning: .*10FFFD' "it is a warning that names the character"

cat >"$work/unsupported.css" <<'END'
@page { size: A4 }
.a { float: footnote } .b { float: footnote; float: left }
p::first-letter { initial-letter: 2 }
.c { writing-mode: vertical-rl } .d { writing-mode: horizontal-tb; initial-letter: normal }
@font-face { font-family: Here; src: local("DejaVu Sans") }
@font-face { font-family: Inside; src: url("data:font/woff2;base64,AAAA") }
END
run -s daily -s "$work/unsupported.css" "$work/good.xml" -o "$work/css.pdf"
exits 0 "CSS that isn't done is no failure"
for place in 2:6 3:19 4:6; do
    says "unsupported.css:$place: warning: .*not supported.*\[css-unsupported\]" "it is a warning at $place"
done
check "once for each property" test "$(grep -c 'not supported' "$work/err")" = 3
says 'unsupported.css:5:.*note: .*local().*\[font-local\]' "a font of the machine is refused with a note"
says 'unsupported.css:6:.*warning: .*data: URL' "and one in a data: URL with a warning that says what is wrong"
run --set page-size=banana "$work/good.xml" -o "$work/css.pdf"
says "hint: --page-size is 'banana', from --set" "a value from --set that is none is named"

# Six characters that no font has, each with a mark that none has: who copies them gets all twelve.
printf '<?xml version="1.0"?>\n<nitf><body><body.content><p>%b</p></body.content></body></nitf>\n' \
    '\0364\0217\0277\0260\0360\0236\0243\0220 \0364\0217\0277\0261\0360\0236\0243\0221 \0364\0217\0277\0262\0360\0236\0243\0222 \0364\0217\0277\0263\0360\0236\0243\0223 \0364\0217\0277\0264\0360\0236\0243\0224 \0364\0217\0277\0265\0360\0236\0243\0225' >"$work/glyphs.xml"
run "$work/glyphs.xml" -o "$work/glyphs.pdf"
check "characters without a glyph stay what they are in the file" sh -c "pdftotext '$work/glyphs.pdf' - | grep -q \"\$(sed -n 's/.*<p>\(.*\)<.p>.*/\1/p' '$work/glyphs.xml')\""

printf '<?xml version="1.0" encoding="UTF-8"?>\n<nitf><body><body.content><p>Caf\351</p></body.content></body></nitf>\n' >"$work/bytes.xml"
run "$work/bytes.xml" -o "$work/bytes.pdf"
exits 0 "an undecodable byte is no failure"
says 'bytes.xml:.*warning: ' "it is a warning"

run --json -s "$work/bad.css" "$work/photo.xml" -o "$work/json.pdf"
exits 0 "--json exits the same"
check "every line of --json is an object with severity, code, message, file, line and column" "${PYTHON:-python3}" -c '
import json, sys
lines = open(sys.argv[1]).read().splitlines()
assert len(lines) >= 3, lines
for line in lines:
    entry = json.loads(line)
    assert entry["severity"] in ("note", "warning", "error"), entry
    for key in ("code", "message"):
        assert isinstance(entry[key], str) and entry[key], entry
assert any(e.get("file", "").endswith("photo.xml") and e.get("line") == 7 and e.get("column", 0) > 0 for e in map(json.loads, lines)), lines
' "$work/err"
run --json "$work/none.xml" -o "$work/none.pdf"
exits 1 "--json: a failure exits with 1"
check "and is JSON too" "${PYTHON:-python3}" -c 'import json, sys; [json.loads(line) for line in open(sys.argv[1])]' "$work/err"

# A story whose own status forbids printing has an exit code of its own; a correction says that it is one.
for status in canceled withheld embargoed; do
    article | sed "s|<head>|<head><docdata management-status=\"$status\"/>|" >"$work/$status.xml"
    run "$work/$status.xml" -o "$work/$status.pdf"
    exits 4 "a story that is $status is refused with 4"
    check "and there is no file" test ! -e "$work/$status.pdf"
    run --force "$work/$status.xml" -o "$work/$status.pdf"
    exits 0 "--force prints it"
done
article | sed 's|<head>|<head><docdata management-status="usable" management-idref-status="usable"/>|' >"$work/update.xml"
run "$work/update.xml" -o "$work/update.pdf"
check "an update says so" sh -c "pdftotext '$work/update.pdf' - | grep -q '^Updated version'"
run "$work/good.xml" -o "$work/good.pdf"
check "what is none does not" sh -c "! pdftotext '$work/good.pdf' - | grep -q version"

# A picture that nobody is named for is a warning; --rights=strict makes it a failure.
cp tests/cli/photo.jpg "$work/plain.jpg"
article "A line" '<media media-type="image"><media-reference mime-type="image/jpeg" source="plain.jpg"/><media-caption>The quay.</media-caption></media>' >"$work/nobody.xml"
run "$work/nobody.xml" -o "$work/nobody.pdf"
exits 0 "a picture without credit is no failure"
says 'nobody.xml:7:[0-9]*: warning: .*plain.jpg.*\[photo-credit\]' "it is a warning"
rm -f "$work/nobody.pdf"
run --rights=strict "$work/nobody.xml" -o "$work/nobody.pdf"
exits 1 "under --rights=strict it is a failure"
check "and there is no file" test ! -e "$work/nobody.pdf"
article "A line" '<media media-type="image"><media-reference mime-type="image/jpeg" source="plain.jpg"/><media-caption>The quay.</media-caption><media-producer>Ann Smith</media-producer></media>' >"$work/ann.xml"
run --rights=strict "$work/ann.xml" -o "$work/ann.pdf"
exits 0 "with a credit it is none"

# A page that its margins fill stops the work at once.
printf '<style>@page { size: 100mm 40mm; margin: 19mm }</style><p>one two three<p>four' >"$work/margins.html"
run "$work/margins.html" -o "$work/margins.pdf"
exits 1 "no room between the margins is an error"
check "that says so" grep -q 'page-too-small' "$work/err"
