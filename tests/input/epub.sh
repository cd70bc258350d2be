# Encrypted books are an error that says so; hidden fonts are none. To be sourced by run.sh.
encrypted() { # URI in encryption.xml
    book=${TMPDIR:-/tmp}/encrypted.epub
    "${PYTHON:-python3}" - tests/input/book.epub "$book" "$1" <<'END'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w") as new:
    for item in old.infolist():
        new.writestr(item, old.read(item))
    new.writestr("META-INF/encryption.xml", """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><enc:CipherData><enc:CipherReference URI="%s"/></enc:CipherData></enc:EncryptedData></encryption>""" % sys.argv[3])
END
    "$DUMP" "$book" >"$book.out" 2>&1
}
chapter=$("${PYTHON:-python3}" -c 'import zipfile; print(next(n for n in zipfile.ZipFile("tests/input/book.epub").namelist() if n.endswith("html") and "nav" not in n and "cover" not in n))')
encrypted "$chapter" && echo "not ok - input: an encrypted chapter is an error" || echo "ok - input: an encrypted chapter is an error"
grep -q "error: the book is encrypted: $chapter can't be read \[encrypted\]" "${TMPDIR:-/tmp}/encrypted.epub.out" && echo "ok - input: and is named" || echo "not ok - input: and is named"
encrypted "fonts/a.otf" && echo "ok - input: a book with hidden fonts is read" || echo "not ok - input: a book with hidden fonts is read"
