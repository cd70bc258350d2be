#!/bin/sh
# Sets every sample into build/samples: sh samples/make.sh, after make. One line of the list: source, options.
cd "$(dirname "$0")/.." || exit 1
: "${BUILD:=build}"
mkdir -p "$BUILD/samples"
failed=0
while read -r source name options; do
    case $source in '' | '#'*) continue ;; esac
    # shellcheck disable=SC2086 # the options are words
    if "$BUILD/news2pdf" $options "samples/$source" -o "$BUILD/samples/$name.pdf"; then
        echo "$BUILD/samples/$name.pdf"
    else
        failed=1
    fi
done <<END
daily.nitf.xml       daily
daily.nitf.xml       daily-letter    --set page-size=letter
korean.nitf.xml      korean
german.html          german
six-photos.nitf.xml  six-photos
briefing.rss.xml     briefing        -s briefing --item all
release.xml          release         -s release
german.html          newsletter      -s newsletter
daily.nitf.xml       large-print     -s large-print
korean.nitf.xml      korean-daily    -s korean-daily
END
exit $failed
