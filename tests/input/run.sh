#!/bin/sh
# What is read out of each small document here, against its .dump: sh tests/input/run.sh (TAP).
# (The file is named as the dump, or as the list below says.) After a wanted change look at the new dump, then: UPDATE=1 sh tests/input/run.sh
DUMP=${BUILD:-build}/tests/input/dump
for dump in tests/input/*.dump; do
    name=$(basename "$dump" .dump)
    options=
    case $name in
    rss-all) file=tests/input/rss.xml options=--item=all ;;
    page-document) file=tests/input/page.html options=--as=document ;;
    newsml-g2-package) file=tests/input/$name.xml options=--item=all ;;
    book-all) file=tests/input/book.epub options=--item=all ;;
    own) file=tests/input/own.xml options=--map=tests/input/own.map ;;
    *) for file in tests/input/"$name".[!d]* ; do break; done ;;
    esac
    "$DUMP" $options "$file" >"${TMPDIR:-/tmp}/$name.out" 2>&1
    [ -z "$UPDATE" ] || cp "${TMPDIR:-/tmp}/$name.out" "$dump"
    if diff -u "$dump" "${TMPDIR:-/tmp}/$name.out" >"${TMPDIR:-/tmp}/$name.diff"; then
        echo "ok - input: $name"
    else
        echo "not ok - input: $name"
        sed 's/^/# /' "${TMPDIR:-/tmp}/$name.diff"
    fi
done
. tests/input/notes.sh
. tests/input/phrases.sh
. tests/input/epub.sh
"${PYTHON:-python3}" tests/input/furniture_test.py "$DUMP"
