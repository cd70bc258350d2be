# Formats: listed, forced with --format, mapped with --map; mistakes in a mapping have their place.
. tests/cli/lib.sh

run --list-formats
exits 0 "--list-formats exits with 0"
for format in nitf newsml-1 newsml-g2 rss atom jats docbook ninjs schema-org apple-news html epub wire markdown text; do
    prints "^$format " "--list-formats names $format"
done

printf 'A line\n\n# not a heading here\n' >"$work/a.txt"
run --format=text --dump=document "$work/a.txt"
exits 0 "--format text reads it"
prints '># not a heading here<' "and as plain text"
run --format=markdown --dump=document "$work/a.txt"
prints '<h2[^>]*>not a heading here<' "--format markdown reads the same as Markdown"
run --format=nitff --dump=document "$work/a.txt"
exits 2 "an unknown format is a mistake in usage"
says 'list-formats' "and the hint says where they are named"
run --format=epub --dump=document "$work/a.txt"
exits 1 "a format that it is not is an error"
cp tests/input/ninjs-1.json "$work/a.xml"
run --dump=document "$work/a.xml"
prints 'Harbour opens' "the content is believed, not the file's name"
printf '{"a": [1, }' >"$work/a.json"
run --dump=document "$work/a.json"
exits 1 "malformed JSON is an error"
says 'a.json:1:1[01]: error' "with its place"

cp tests/input/book.epub "$work/a"
run "$work/a" -o "$work/a.pdf"
exits 0 "an EPUB is set"
check "with its picture" sh -c "pdfimages -list '$work/a.pdf' | grep -q image"
head -c 900 tests/input/book.epub >"$work/cut.epub"
run --dump=document "$work/cut.epub"
exits 1 "a cut archive is an error"
check "an archive that unpacks to 300 MB is made" python3 - "$work/bomb.epub" <<'END'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
    with z.open("META-INF/container.xml", "w") as f:
        for _ in range(300):
            f.write(bytes(1 << 20))
END
run --dump=document "$work/bomb.epub"
exits 1 "it is an error"
says 'input-too-large' "that says why"

run --map=tests/input/own.map --dump=document tests/input/own.xml
exits 0 "a mapping is applied"
prints 'Short title' "and gives the headline"
run --map="$work/none.map" --dump=document tests/input/own.xml
exits 1 "a missing mapping is an error"
printf 'headline = TITEL\n  hedline = TITEL\nbody ABS\ndeck = UNTER, KURZ[\nbyline =\n' >"$work/bad.map"
run --map="$work/bad.map" --dump=document tests/input/own.xml
exits 1 "a bad mapping is an error"
says 'bad.map:2:3: error: there is no field' "an unknown field, with line and column"
says 'did you mean headline' "and a guess"
says 'bad.map:3:1: error' "a line without ="
says 'bad.map:4:2[0-9]: error' "a path that is none, at the place in it"
says 'bad.map:5:[0-9]*: error' "a field without a path"

# What is no text is no news.
run samples/photos/ferry.jpg -o "$work/binary.pdf"
exits 1 "a picture is no article"
says 'format-unknown' "and is not read as text"
