# The scripts of deploy/: each does its part of a list.
. tests/cli/lib.sh
for i in 1 2 3 4 5; do
    article "Headline $i" >"$work/$i.xml"
    echo "{\"in\": \"$i.xml\", \"out\": \"$i.pdf\"}"
done >"$work/jobs.jsonl"
for script in deploy/slurm/batch.sh deploy/parallel/batch.sh; do
    check "$script is a shell script" sh -n $script
done
for task in 5 6 7; do # an array needn't begin at 1
    NEWS2PDF="$NEWS2PDF" SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_COUNT=3 SLURM_CPUS_PER_TASK=2 \
        timeout 60 sh deploy/slurm/batch.sh "$work/jobs.jsonl" -s release >"$work/out" 2>"$work/err"
    code=$?
    exits 0 "Slurm's task $task"
done
check "every PDF is there" sh -c "cd '$work' && ls 1.pdf 2.pdf 3.pdf 4.pdf 5.pdf"
check "each by one task" test "$(cat "$work"/jobs.results.*-of-3.jsonl | wc -l)" = 5
if command -v parallel >/dev/null 2>&1; then
    rm -f "$work"/*.pdf "$work"/*.results*
    NEWS2PDF="$NEWS2PDF" timeout 100 sh deploy/parallel/batch.sh "$work/jobs.jsonl" 3 -- -s release >"$work/out" 2>"$work/err"
    code=$?
    exits 0 "GNU parallel"
    check "makes every PDF too" sh -c "cd '$work' && ls 1.pdf 2.pdf 3.pdf 4.pdf 5.pdf"
else
    skip "GNU parallel" "no parallel"
fi
if command -v systemd-analyze >/dev/null 2>&1; then
    mkdir "$work/units"
    for unit in deploy/systemd/*; do
        sed "s|/usr/local/bin/news2pdf|/bin/true|; /^Documentation/d" "$unit" >"$work/units/$(basename "$unit")"
    done
    systemd-analyze verify "$work"/units/*.service "$work"/units/*.timer >"$work/out" 2>&1
    check "systemd finds no fault in the units" sh -c "! grep -q -e 'units/' -e 'Unknown' '$work/out'"
else
    skip "systemd finds no fault in the units" "no systemd"
fi
# The command of the Kubernetes job, for its last pod.
command=$(sed -n "s/.*args: \['exec news2pdf \(.*\)'\].*/\1/p" deploy/kubernetes/job.yaml | sed "s|/data/|$work/|")
rm -f "$work"/*.pdf "$work"/*.results*
for index in 0 1 2 3 4 5 6 7; do
    JOB_COMPLETION_INDEX=$index sh -c "exec '$NEWS2PDF' $command" >/dev/null 2>&1 || echo "pod $index failed" >>"$work/pods"
done
check "the pods of the Kubernetes job make every PDF" sh -c "cd '$work' && [ ! -e pods ] && ls 1.pdf 2.pdf 3.pdf 4.pdf 5.pdf"
