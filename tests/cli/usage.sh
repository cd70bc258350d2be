# Options, exit codes, and what the program says of itself.
. tests/cli/lib.sh
article >"$work/a.xml"

run --help
exits 0 "--help exits with 0"
prints 'Usage: news2pdf' "--help shows the usage"
check "--help fits a screen of 80 by 24" awk 'length($0) > 80 { bad = 1 } END { exit bad || NR > 24 }' "$work/out"
run --help-all
exits 0 "--help-all exits with 0"
for option in --output --style --set --as --item --encoding --date --headline --allow-path --json --strict --force --dump --threads --list-styles --list-formats --format --map --version; do
    prints "$option" "--help-all names $option"
done
run --version
exits 0 "--version exits with 0"
prints '^news2pdf [0-9]' "--version prints name and number"
run --list-styles
exits 0 "--list-styles exits with 0"
for style in daily briefing release newsletter large-print korean-daily; do prints "$style" "--list-styles names $style"; done

run
exits 2 "no argument is a mistake in usage"
says 'news2pdf' "and the message says so"
run --no-such-option "$work/a.xml" -o "$work/a.pdf"
exits 2 "an unknown option is a mistake in usage"
says 'no-such-option' "and the message names it"
run "$work/a.xml" -o
exits 2 "an option without its value is a mistake in usage"
run --as poem "$work/a.xml" -o "$work/a.pdf"
exits 2 "an unknown value of --as is a mistake in usage"
run --dump=soup "$work/a.xml"
exits 2 "an unknown stage of --dump is a mistake in usage"
run --threads many "$work/a.xml" -o "$work/a.pdf"
exits 2 "--threads wants a number"
run --set accent "$work/a.xml" -o "$work/a.pdf"
exits 2 "--set wants NAME=VALUE"
run --date yesterday "$work/a.xml" -o "$work/a.pdf"
exits 2 "--date wants a date"
run --ouptut "$work/a.pdf" "$work/a.xml"
says 'hint: .*--output' "a misspelt option is answered with the right one"
run "$work/a.xml"
exits 2 "an input without an output is a mistake in usage"
check "no mistake in usage leaves a file" test ! -e "$work/a.pdf"

run "$work/a.xml" -o "$work/a.pdf"
exits 0 "an article is set"
check "the output is a whole PDF" is_pdf "$work/a.pdf"
check "nothing is left beside it" test "$(ls "$work" | grep -c part)" = 0
run --output="$work/b.pdf" -- "$work/a.xml"
exits 0 "--output=FILE and -- are understood"
check "both spellings make the same file" cmp "$work/a.pdf" "$work/b.pdf"
for style in daily briefing release; do
    run -s "$style" "$work/a.xml" -o "$work/$style.pdf"
    exits 0 "-s $style"
done
check "styles differ" sh -c "! cmp -s '$work/daily.pdf' '$work/release.pdf'"
check "daily is the default" cmp "$work/daily.pdf" "$work/a.pdf"
run --set accent=red --set page-size=Letter "$work/a.xml" -o "$work/letter.pdf"
exits 0 "--set NAME=VALUE"
printf 'h1 { color: green }\n' >"$work/own.css"
run -s daily -s "$work/own.css" "$work/a.xml" -o "$work/own.pdf"
exits 0 "-s FILE after -s NAME"
printf '<nitf><body><body.content><p>Nobody gave this a headline.</p></body.content></body></nitf>' >"$work/bare.xml"
run --headline "Quite another line" "$work/bare.xml" -o "$work/line.pdf"
exits 0 "--headline"
check "--headline serves an article that has none" sh -c "pdftotext '$work/line.pdf' - | tr '\n' ' ' | grep -q 'Quite another line'"
run --date 2026-11-24 "$work/a.xml" -o "$work/date.pdf"
exits 0 "--date"
