#!/usr/bin/env bash
# Export of one bank's list of 100,000 loans through the use case: transaction, fences, audit and .xlsx. export.sh [ROWS]
set -euo pipefail
. "$(dirname "$0")/env.sh"
RUNS=${RUNS:-3} ROWS=${1:-100000}
build bench/Workload workload
make_database bench_export >/dev/null 2>&1
q -d bench_export -c "alter role fundpool_app password 'bench'"
fill bench_export $((ROWS * 20)) none >&2 # a twentieth of them is the one bank's
n=$(q -d bench_export -c "select count(*) from loan.loan where bank_id = 5")
times=() peak=0
for _ in $(seq "$RUNS"); do
    measure dotnet "$BENCH_ROOT/workload/workload.dll" export "Host=$PGHOST;Port=$PGPORT;Username=fundpool_app;Password=bench;Database=bench_export" 1 5
    times+=("$(awk '{ print $1 }' <<<"$OUT")")
    ((PEAK > peak)) && peak=$PEAK
done
echo "export of $n rows: ${times[*]} ms, $OUT; load $(cut -d' ' -f1-3 /proc/loadavg)" | tee -a "$BENCH_ROOT/results/all.txt"
say_limit "export of $n rows to .xlsx" "$(med "${times[@]}")" ms 5000 most
say_limit "export of $n rows, peak memory" "$peak" MiB 150 most
q -d postgres -c "drop database bench_export with (force)"
