#!/bin/bash
# Our colours against the reference tool of Little CMS (transicc) and, where it is installed, against ArgyllCMS (print-ready.md C5).
# Runs from the top folder; speaks TAP.
set -u
: "${BUILD:=$PWD/build}" "${TMPDIR:=/tmp}" "${PYTHON:=python3}"
cases=$BUILD/tests/color/color_cases
work=$(mktemp -d "$TMPDIR/color-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
has() { command -v "$1" >/dev/null 2>&1; }
verdict() { # verdict CODE NAME FILE that tells why
    [ "$1" -eq 0 ] && echo "ok - $2: $(tail -n 1 "$3")" || { echo "not ok - $2"; sed 's/^/# /' "$3" | head; }
}

for profile in profiles/*.icc; do
    name=$(basename "$profile" .icc)
    for way in "perceptual plain" "relative plain" "relative compensate"; do
        set -- $way
        intent=$([ "$1" = relative ] && echo 1 || echo 0)
        if has transicc; then
            "$cases" "$profile" "$1" "$2" exact >"$work/ours"
            cut -d' ' -f1-3 "$work/ours" | transicc -n -o"$profile" -t"$intent" $([ "$2" = compensate ] && echo -b) >"$work/theirs" 2>/dev/null
            "$PYTHON" tests/color/compare.py inks "$work/ours" "$work/theirs" >"$work/said" 2>&1
            verdict $? "C5 $name $way: as transicc" "$work/said"
        else
            echo "ok - C5 $name $way # skip no transicc"
        fi
    done
    for way in "perceptual p exact" "relative r exact" "perceptual p table" "relative r table"; do
        set -- $way
        if has xicclu; then
            "$cases" "$profile" "$1" plain "$3" >"$work/ours"
            "$PYTHON" tests/color/compare.py looks "$work/ours" "$profile" "$2" >"$work/said" 2>&1
            verdict $? "C5 $name $1 $3: as ArgyllCMS" "$work/said"
        else
            echo "ok - C5 $name $1 $3 # skip no xicclu"
        fi
    done
done
