#!/bin/sh
# A list of jobs over a cluster:   sbatch --array=1-8 deploy/slurm/batch.sh /shared/jobs.jsonl [OPTIONS]
# Each task does its part and is started again when its node is lost; what is done already is passed over.
#SBATCH --job-name=news2pdf
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --requeue
#SBATCH --open-mode=append
set -eu
list=$1
shift
exec "${NEWS2PDF:-news2pdf}" batch "$list" -j "${SLURM_CPUS_PER_TASK:-1}" \
    --shard "$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1))/$SLURM_ARRAY_TASK_COUNT" "$@"
