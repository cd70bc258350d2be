#!/bin/sh
# Runs the CSS reftests of SUITE with our program and compares with tests/conformance/passing.txt, a ratchet:
#   no case of the list may stop passing; cases that pass now and are not listed are added by `UPDATE=1 make conformance`.
# Fails on a lost case, a crash or a time-out. Environment: BUILD, SUITE, PYTHON (with numpy), JOBS, FILTER (comma list),
# ONLY=listed runs the listed cases alone, which is what .ci/run does.
cd "$(dirname "$0")/../.." || exit 2
: "${BUILD:=build}" "${SUITE:=../shared/conformance}" "${PYTHON:=python3}" "${JOBS:=2}" "${FILTER:=}" "${ONLY:=}" "${UPDATE:=}"
list=tests/conformance/passing.txt
work=$BUILD/conformance
[ -f "$SUITE/reftest.py" ] || { echo "no reftests at $SUITE (SUITE=...)" >&2; exit 2; }
mkdir -p "$work"
if [ ! -d "$BUILD/wpt" ]; then
    # Beside its name first: a copy that was cut short is not taken for whole.
    cp -r "$SUITE/wpt" "$BUILD/wpt.part" && mv "$BUILD/wpt.part" "$BUILD/wpt" || exit 2
fi
cases=$SUITE/cases.tsv
if [ "$ONLY" = listed ]; then
    [ -s "$list" ] || { echo "0 passed, 0 failed (conformance: no case is listed yet)"; exit 0; }
    awk -F '\t' 'NR == FNR { listed[$1] = 1; next } $2 in listed' "$list" "$cases" >"$work/cases.tsv"
    cases=$work/cases.tsv
fi
engine="$BUILD/news2pdf --as document --allow-path $BUILD/wpt {in} -o {out}"
"$PYTHON" "$SUITE/reftest.py" run --root "$BUILD/wpt" --list "$cases" --engine "$engine" --name news2pdf --out "$work/results.tsv" \
    --fresh -j "$JOBS" ${FILTER:+--filter "$FILTER"} || exit 2
awk -F '\t' '$3 == "pass" { print $2 }' "$work/results.tsv" | LC_ALL=C sort >"$work/passing.txt"
awk -F '\t' '$3 == "crash" || $3 == "timeout" { print $2 "\t" $3 "\t" $10 }' "$work/results.tsv" >"$work/broken.tsv"
awk -F '\t' 'NR == FNR { ran[$2] = 1; next } $1 in ran' "$work/results.tsv" "$list" | LC_ALL=C sort >"$work/expected.txt"
LC_ALL=C comm -23 "$work/expected.txt" "$work/passing.txt" >"$work/lost.txt"
LC_ALL=C comm -13 "$work/expected.txt" "$work/passing.txt" >"$work/gained.txt"
sed 's/^/LOST  /' "$work/lost.txt"
sed 's/^/BROKE /' "$work/broken.tsv"
gained=$(wc -l <"$work/gained.txt")
if [ -n "$UPDATE" ]; then
    # What is lost stays listed: taking a case out is a change made by hand, with a reason in its commit.
    LC_ALL=C sort -u "$list" "$work/passing.txt" >"$work/new.txt" && mv "$work/new.txt" "$list"
    echo "$gained new passing cases were added to $list"
elif [ "$gained" -gt 0 ] && [ "$ONLY" != listed ]; then
    echo "$gained cases pass that are not listed yet: UPDATE=1 make conformance"
fi
failed=$(sort -u "$work/lost.txt" "$work/broken.tsv" | cut -f 1 | sort -u | wc -l)
echo "$(LC_ALL=C comm -12 "$work/expected.txt" "$work/passing.txt" | wc -l) passed, $failed failed (conformance: listed cases)"
[ "$failed" -eq 0 ]
