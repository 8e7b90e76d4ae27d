#!/bin/sh
# One share an array task. FILES and PARTS lie on a file system that all nodes see:
#
#   export FILES=/data/disclosures PARTS=/data/parts SHARDS=32
#   job=$(sbatch --parsable --array=1-$SHARDS deploy/slurm-shards.sh)
#   sbatch --dependency=afterok:"$job" --mem=4G --wrap "perftable-etl load $PARTS --db /data/work.duckdb"
#
# Where tasks were lost, submit these again (--array=3,7): a share goes on where its last part was sealed.
#SBATCH --job-name=perftable-etl
#SBATCH --cpus-per-task=4
#SBATCH --mem=12G
#SBATCH --time=24:00:00
#SBATCH --requeue
set -u

perftable-etl ingest "$FILES" --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" --to "$PARTS" \
    --workers "${SLURM_CPUS_PER_TASK:-1}" --log-format json
code=$?

# 1: some files failed; the manifests of the parts name them.
[ "$code" -eq 1 ] || exit "$code"
