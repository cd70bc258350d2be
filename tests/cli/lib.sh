# What the scripts of tests/cli share. Each runs from the top folder: sh tests/cli/NAME.sh, with NEWS2PDF, TMPDIR
# (empty, its own) and SANITIZED as tests/run sets them, and speaks TAP.
set -u
: "${NEWS2PDF:=$PWD/build/news2pdf}" "${TMPDIR:=/tmp}" "${SANITIZED:=}"
top=$PWD
work=$(mktemp -d "$TMPDIR/cli-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
code=0
export XDG_CONFIG_HOME="$work/config" XDG_CONFIG_DIRS=/nonexistent # no configuration of who runs the tests

# run ARGUMENTS: the program; leaves $code, $work/out, $work/err. More than 60 s is code 124.
run() {
    timeout 60 "$NEWS2PDF" "$@" >"$work/out" 2>"$work/err" </dev/null
    code=$?
}

# run_with NAME=VALUE ARGUMENTS: the same with a variable in the program's environment.
run_with() {
    setting=$1
    shift
    env "$setting" timeout 60 "$NEWS2PDF" "$@" >"$work/out" 2>"$work/err" </dev/null
    code=$?
}

# verdict CODE NAME: ok if CODE is 0; else not ok, and what the last run said.
verdict() {
    if [ "$1" -eq 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        echo "# exit code of the last run: $code"
        [ ! -s "$work/err" ] || head -n 5 "$work/err" | sed 's/^/# /'
    fi
}

exits() { [ "$code" -eq "$1" ]; verdict $? "$2"; }                     # exits CODE NAME
says() { grep -q -e "$1" "$work/err"; verdict $? "$2"; }               # says PATTERN NAME: in the messages
silent_on() { ! grep -q -e "$1" "$work/err"; verdict $? "$2"; }        # silent_on PATTERN NAME
prints() { grep -q -e "$1" "$work/out"; verdict $? "$2"; }             # prints PATTERN NAME: on standard output
check() { name=$1; shift; "$@" >/dev/null 2>&1; verdict $? "$name"; } # check NAME COMMAND ...
skip() { echo "ok - $1 # skip $2"; }

is_pdf() { [ "$(head -c 5 "$1")" = "%PDF-" ] && tail -c 8 "$1" | grep -q '%%EOF'; }
pdf_text() { pdftotext -layout "$1" - 2>/dev/null; }
only() { [ "$(ls -A "$1")" = "$2" ]; } # only FOLDER NAMES: no .part file or other leavings

# A small article; what stands in it may be replaced: article [HEADLINE [MORE]]
article() {
    cat <<END
<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><title>${1:-Ferry swaps diesel for batteries}</title></head>
<body><body.head><hedline><hl1>${1:-Ferry swaps diesel for batteries}</hl1></hedline>
<byline>By <person>Jonas Verhoeven</person></byline></body.head>
<body.content>
<p>The ferry Marigold will sail between the islands on batteries alone from Easter.</p>
${2:-}
<p>A crossing of 38 minutes uses two thirds of the charge.</p>
</body.content></body></nitf>
END
}
