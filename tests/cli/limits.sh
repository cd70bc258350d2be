# Every limit has a default, an option, a message and an exit code; what passes it leaves no file. Bombs meet them.
. tests/cli/lib.sh
mkdir "$work/d"
article >"$work/a.xml"
echo old >"$work/old.pdf"

# limited NAME=N CODE INPUT: fails with 1 and this message, and the old file is as it was
limited() {
    run --limit "$1" "$3" -o "$work/old.pdf"
    exits 1 "--limit $1"
    says "error: .*\[$2\]" "is $2"
    check "and the old file is untouched" sh -c "[ \$(cat '$work/old.pdf') = old ]"
}
limited bytes=100 input-unreadable "$work/a.xml"
limited nodes=5 too-many-nodes "$work/a.xml"
limited memory=100000 out-of-memory "$work/a.xml"
awk 'BEGIN { print "<nitf><body><body.content>"; for (i = 0; i < 900; i++) print "<p>A ferry sails between the islands on batteries.</p>"; print "</body.content></body></nitf>" }' >"$work/long.xml"
limited pages=2 too-many-pages "$work/long.xml"
run --limit depth=3 "$work/a.xml" -o "$work/depth.pdf"
says 'nesting-depth' "--limit depth=3 is a warning"
check "and the text is kept" sh -c "pdftotext '$work/depth.pdf' - | grep -q Marigold"
cp tests/cli/photo.jpg "$work/photo.jpg"
article "A line" '<media media-type="image"><media-reference mime-type="image/jpeg" source="photo.jpg"/></media>' >"$work/photo.xml"
run --limit pixels=4 "$work/photo.xml" -o "$work/photo.pdf"
exits 0 "--limit pixels=4 leaves the picture out"
says 'warning: ' "with a warning"
run --limit pgaes=4 "$work/a.xml" -o "$work/x.pdf"
exits 2 "an unknown limit is wrong usage"
says 'pages=100000' "and the usual ones are named"
run --limit pages=-4 "$work/a.xml" -o "$work/x.pdf"
exits 2 "so is a limit below 1"

# ---- time, processor time, memory of the process, signals ----
mkfifo "$work/never"
sleep 30 >"$work/never" &
sleeper=$!
timeout 60 "$NEWS2PDF" --time 1 - -o "$work/old.pdf" <"$work/never" >"$work/out" 2>"$work/err"
code=$?
exits 124 "--time: an input that never comes"
says 'error: .*more than 1 seconds \[time-limit\]' "is time-limit"
check "and the old file is untouched" sh -c "[ \$(cat '$work/old.pdf') = old ]"
kill "$sleeper"
{ printf '<!DOCTYPE html><p>'; yes 'word ' | head -c 12000000 | tr -d '\n'; } >"$work/d/words.html"
run --cpu 1 --as document "$work/d/words.html" -o "$work/d/words.pdf"
exits 124 "--cpu: too much work"
says 'more than 1 seconds of a processor \[time-limit\]' "is time-limit"
check "and leaves nothing" only "$work/d" words.html
if [ -z "$SANITIZED" ]; then
    run --memory 150M --as document "$work/d/words.html" -o "$work/d/words.pdf"
    exits 1 "--memory: too little for the work"
    says 'memory' "is said"
    check "and leaves nothing" only "$work/d" words.html
fi
rm -f "$work/d/"*.part
for name in TERM HUP; do
    env --default-signal="$name" "$NEWS2PDF" --cpu 60 --as document "$work/d/words.html" -o "$work/d/words.pdf" 2>"$work/err" &
    pid=$!
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        sleep 0.1
        ls "$work/d" | grep -q part && break
    done
    kill -s "$name" "$pid"
    wait "$pid"
    code=$?
    exits $([ $name = TERM ] && echo 143 || echo 129) "SIG$name ends it"
    check "and leaves nothing" only "$work/d" words.html
done

# ---- bombs: bounded in time and memory, a message or a page ----
seconds=$([ -n "$SANITIZED" ] && echo 60 || echo 20)
# bomb NAME FILE ...: ends by itself with 0, 1 or 5 (nothing to print), within the processor time and 2 GB
bomb() {
    name=$1
    shift
    run --cpu "$seconds" --memory 2G "$@" -o "$work/bomb.pdf"
    [ "$code" -eq 0 ] || [ "$code" -eq 1 ] || [ "$code" -eq 5 ]
    verdict $? "$name"
}
b=$work/bomb.html
page() { printf '<!DOCTYPE html><style>'; awk "$1"; printf '</style><p>x'; }
awk 'BEGIN { printf "<!DOCTYPE html><title>x</title><article>"; for (i = 0; i < 1000000; i++) printf "<b>"; print "x" }' >"$b"
bomb "HTML of 1,000,000 open elements" "$b"
awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "[" }' >"$work/bomb.json"
bomb "JSON of 1,000,000 open brackets" "$work/bomb.json"
awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "<a>" }' >"$work/bomb.xml"
bomb "XML of 1,000,000 open elements" "$work/bomb.xml"
awk 'BEGIN { printf "<a"; for (i = 0; i < 20000; i++) printf " a%d=\"x\"", i; print "/>" }' >"$work/bomb.xml"
bomb "20,000 attributes" "$work/bomb.xml"
[ -n "$SANITIZED" ] || { page 'BEGIN { for (i = 0; i < 1000000; i++) printf ".a%d{color:red}", i }' >"$b"
bomb "1,000,000 selectors" --as document "$b"; }
page 'BEGIN { for (i = 0; i < 200000; i++) printf ":is(a,b"; print "{color:red}" }' >"$b"
bomb "selectors in selectors" --as document "$b"
page 'BEGIN { printf "p{width:"; for (i = 0; i < 200000; i++) printf "calc("; print "1px}" }' >"$b"
bomb "calc() in calc()" --as document "$b"
page 'BEGIN { printf ":root{--a0:x x"; for (i = 1; i < 60; i++) printf ";--a%d:var(--a%d) var(--a%d)", i, i - 1, i - 1; print "}p{font-family:var(--a59)}" }' >"$b"
bomb "var() that doubles 60 times" --as document "$b"
printf '<!DOCTYPE html><style>@page{size:20pt 20pt;margin:0}p{height:1e9pt}</style><p>x' >"$b"
bomb "a box of a billion points on small pages" --limit pages=1000 --as document "$b"
printf '<!DOCTYPE html><style>td{width:1px}</style><table><tr><td colspan=1000000000 rowspan=1000000000>x' >"$b"
bomb "a cell of a billion columns" --as document "$b"
printf '<!DOCTYPE html><style>p{columns:1000000000;grid-template-columns:repeat(1000000000,1px);display:grid}</style><p>x' >"$b"
bomb "a grid of a billion columns" --as document "$b"
"${PYTHON:-python3}" - "$work" <<'END'
import struct, sys, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
def png(width, height, data, more=b""):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + more
            + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b""))
zeros = bytes(60000000)
files = {
    "wide.png": png(19000, 19000, zeros),                       # 1.1 GB of pixels in 60 kB, below the limit
    "huge.png": png(60000, 60000, zeros),
    "profile.png": png(1, 1, b"\0\0\0\0", chunk(b"iCCP", b"x\0\0" + zlib.compress(zeros * 4, 9))),
    "text.png": png(1, 1, b"\0\0\0\0", chunk(b"zTXt", b"x\0\0" + zlib.compress(zeros * 4, 9))),
    "huge.jpg": b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 17, 8, 65535, 65535, 3) + b"\1\x22\0\2\x11\1\3\x11\1\xff\xd9",
    # WOFF 1 of one table that says it is 4 GB
    "bomb.woff": b"wOFF\0\1\0\0" + struct.pack(">IHHIHHIIIII", 0, 1, 0, 0xFFFFFFF0, 1, 0, 0, 0, 0, 0, 0)
                 + b"glyf" + struct.pack(">IIII", 64, 60, 0xFFFFFF00, 0) + zlib.compress(zeros, 9)[:60],
}
for name, data in files.items():
    open(sys.argv[1] + "/" + name, "wb").write(data)
END
for name in wide.png huge.png profile.png text.png huge.jpg; do
    [ -n "$SANITIZED" ] && [ "$name" = wide.png ] && continue
    printf '<!DOCTYPE html><img src="%s" width=100><p>x' "$name" >"$b"
    bomb "a picture that is $name" --as document "$b"
done
printf '<!DOCTYPE html><style>@font-face{font-family:a;src:url(bomb.woff)}p{font-family:a}</style><p>x' >"$b"
bomb "a font that is bomb.woff" --as document "$b"
says 'warning: ' "is a warning"
