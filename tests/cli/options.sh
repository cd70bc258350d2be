# One option table: commands, flags and their opposites, suggestions, completion, manual, configuration, colour.
. tests/cli/lib.sh
article >"$work/a.xml"
python=${PYTHON:-python3}

run bacth "$work/a.xml"
exits 2 "a mistyped command is a mistake in usage"
says 'did you mean news2pdf batch' "and answered with the right one"
run --order datte "$work/a.xml" -o "$work/a.pdf"
exits 2 "a mistyped value is a mistake in usage"
says 'did you mean date?' "and answered with the right one"
run --format nift "$work/a.xml" -o "$work/a.pdf"
says 'did you mean nitf' "a mistyped format too"
run -s dialy "$work/a.xml" -o "$work/a.pdf"
says 'did you mean "daily"' "a mistyped style too"
run --jobs 2 "$work/a.xml" -o "$work/a.pdf"
exits 2 "an option of another command is a mistake in usage"
says 'option of news2pdf batch' "that says whose it is"
for command in make init batch hotfolder; do
    run $command --help
    exits 0 "$command --help"
    prints "news2pdf $command" "names the command"
done
article "A line" '<media media-type="image"><media-reference mime-type="image/jpeg" source="none.jpg"/></media>' >"$work/photo.xml"
run --strict --no-strict "$work/photo.xml" -o "$work/a.pdf"
exits 0 "--no-strict undoes --strict"
run --strict=no "$work/photo.xml" -o "$work/a.pdf"
exits 0 "so does --strict=no"
run --strict=perhaps "$work/photo.xml" -o "$work/a.pdf"
exits 2 "a flag takes yes and no"

# ---- completion: what bash offers ----
run --completion bash
cp "$work/out" "$work/completion"
ln -s "$(command -v "$NEWS2PDF")" "$work/news2pdf"
offers() { # offers "WORDS" EXPECTED NAME: the last word is completed
    check "$3" bash -c '
        cd "$1"; . "$1/completion"
        read -ra COMP_WORDS <<<"$2"; [ "${2% }" = "$2" ] || COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _news2pdf; printf "%s\n" "${COMPREPLY[@]}" | grep -qx -e "$3"' bash "$work" "$1" "$2"
}
offers "$work/news2pdf --outp" --output "bash completes an option"
offers "$work/news2pdf --order ur" urgency "and a choice"
offers "$work/news2pdf -s brief" briefing "and a style"
offers "$work/news2pdf --target print-n" print-news "and a target"
offers "$work/news2pdf hot" hotfolder "and a command"
offers "$work/news2pdf photo" photo.xml "and a file"
for shell in zsh fish; do
    run --completion $shell
    exits 0 "--completion $shell"
    if command -v $shell >/dev/null 2>&1; then
        check "$shell reads it" $shell -n "$work/out"
    else
        skip "$shell reads it" "no $shell"
    fi
done
run --completion tcsh
exits 2 "a shell that is not known is a mistake in usage"

# ---- the manual has every option ----
run --manual
cp "$work/out" "$work/manual"
run --help-all
check "--help-all and the manual name the same options" sh -c "
    grep -o '^ .*--[a-z-]*' '$work/out' | grep -o -e '--[a-z-]*' | sort -u >'$work/help.names'
    sed 's/\\\\-/-/g' '$work/manual' | grep -A1 '^\.TP' | grep -o '^.fB--[a-z-]*\|, .fB--[a-z-]*' | grep -o -e '--[a-z-]*' | sort -u >'$work/manual.names'
    [ -s '$work/help.names' ] && cmp '$work/help.names' '$work/manual.names'"

# ---- the configuration file ----
mkdir -p "$work/config/news2pdf"
printf 'style: release\nstrict: no\njobs: 2\n' >"$work/config/news2pdf/config.yaml"
run "$work/a.xml" -o "$work/configured.pdf"
exits 0 "a configuration file"
run --config none -s release "$work/a.xml" -o "$work/release.pdf"
check "sets the style" cmp "$work/configured.pdf" "$work/release.pdf"
run -s daily "$work/a.xml" -o "$work/daily.pdf"
run --config none "$work/a.xml" -o "$work/default.pdf"
check "the command line replaces it" cmp "$work/daily.pdf" "$work/default.pdf"
printf 'title: The Quay\nstile: daily\n' >"$work/own.yaml"
run --config "$work/own.yaml" "$work/a.xml" -o "$work/b.pdf"
exits 2 "a mistake in it is one in usage"
says 'own.yaml:2:1: error: .*stile' "with its place"
says 'did you mean style' "and what was meant"
printf 'order: [urgency\n' >"$work/own.yaml"
run --config "$work/own.yaml" "$work/a.xml" -o "$work/b.pdf"
says 'own.yaml:[0-9]*:[0-9]*: error: ' "what is no YAML has a place too"
check "none of them leaves a file" test ! -e "$work/b.pdf"
rm -r "$work/config"

# ---- colour and progress: on a terminal only ----
run "$work/photo.xml" -o "$work/a.pdf"
silent_on "$(printf '\033')" "no colour where there is no terminal"
run --color always "$work/photo.xml" -o "$work/a.pdf"
says "$(printf '\033')" "--color=always"
on_terminal() { # on_terminal ARGUMENTS: what a terminal shows, in $work/seen
    "$python" - "$work/seen" "$NEWS2PDF" "$@" <<'END'
import os, pty, sys
out = open(sys.argv[1], "wb")
os.environ["TERM"] = "xterm"
def read(fd):
    data = os.read(fd, 65536)
    out.write(data)
    return data
pty.spawn(sys.argv[2:], read)
END
}
on_terminal "$work/photo.xml" -o "$work/a.pdf" >/dev/null 2>&1
check "a terminal has colours" grep -q "$(printf '\033')\[33mwarning" "$work/seen"
check "and links" grep -q "8;;file://.*photo.xml" "$work/seen"
{ article | sed '/<.body.content>/,$d'; i=0; while [ $i -lt 400 ]; do printf '<p>%s</p>\n' "$(printf 'The ferry Marigold will sail between the islands on batteries alone. %.0s' 1 2 3 4 5 6 7 8 9 10 11 12)"; i=$((i + 1)); done; } >"$work/part"
{ i=0; while [ $i -lt 2 ]; do if [ $i = 0 ]; then cat "$work/part"; else grep '^<p>' "$work/part"; fi; i=$((i + 1)); done; echo '</body.content></body></nitf>'; } >"$work/long.xml"
on_terminal "$work/long.xml" -o "$work/long.pdf" >/dev/null 2>&1
check "long work shows its pages and time" grep -q '[0-9] pages, [0-9]* s' "$work/seen"
run "$work/long.xml" -o "$work/long.pdf"
silent_on 'pages' "but not where there is no terminal"
