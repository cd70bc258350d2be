#!/bin/sh
# Time, memory and evenness: one bulletin beside an empty program; then, where BENCH is, its cases S, K and M beside the peers
# that are installed, and how evenly case M is set.
cd "$(dirname "$0")/../.." || exit 2
: "${BUILD:=build}" "${BENCH:=../shared/bench}" "${PYTHON:=python3}" "${CASES:=S,K,M}" "${RUNS:=5}" "${PEERS:=news2pdf groff pdflatex xelatex weasyprint}"
"$PYTHON" tests/bench/cost.py --build "$BUILD" || exit 1
[ -f "$BENCH/make_corpus.py" ] || { echo "(no peers' cases at $BENCH: BENCH=folder)"; exit 0; }
[ -d "$BUILD/corpus" ] || "$PYTHON" "$BENCH/make_corpus.py" "$BUILD/corpus" || exit 1
only=
for peer in $PEERS; do only="$only --only $peer"; done
# shellcheck disable=SC2086 # the peers are words
NEWS2PDF=$BUILD/news2pdf NEWS2PDF_ARGS='--as document' "$PYTHON" "$BENCH/peers.py" --corpus "$BUILD/corpus" --cases "$CASES" $only \
    --runs "$RUNS" --out "$BUILD/peers" --tsv "$BUILD/peers.tsv" || exit 1
"$PYTHON" "$BENCH/typestats.py" --size 9.5 --leading 12.5 "$BUILD"/peers/*-M.pdf
