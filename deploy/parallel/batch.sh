#!/bin/sh
# A list of jobs over machines that share a folder, by GNU parallel and ssh:
#   deploy/parallel/batch.sh /shared/jobs.jsonl 8 --sshloginfile machines [-- OPTIONS OF news2pdf]
# 8 parts, a machine after the other takes one; a part whose machine is lost goes to another (--retries).
set -eu
list=$1 parts=$2
shift 2
own=
while [ $# -gt 0 ] && [ "$1" != -- ]; do own="$own $1"; shift; done
[ $# -eq 0 ] || shift
# shellcheck disable=SC2086 # parallel's own options are words
seq "$parts" | parallel --retries 3 --jobs 1 --line-buffer --tag $own \
    "${NEWS2PDF:-news2pdf}" batch "$list" --shard "{}/$parts" "$@"
