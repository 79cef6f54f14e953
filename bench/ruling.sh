#!/usr/bin/env bash
# `ruling`: 300,000 cases through the command line, JSON in and out, and in one process on one core without start or pipe.
set -euo pipefail
. "$(dirname "$0")/env.sh"
RUNS=${RUNS:-3} CASES=${CASES:-300000}
build src/FundPool.Cli cli
build bench/Workload workload
[[ -s $BENCH_ROOT/files/cases-$CASES.json ]] || workload cases "$CASES" >"$BENCH_ROOT/files/cases-$CASES.json"
piped=() inside=()
for _ in $(seq "$RUNS"); do
    from=$(now_ms)
    dotnet "$BENCH_ROOT/cli/fundpool-cli.dll" ruling --pool shenzhen <"$BENCH_ROOT/files/cases-$CASES.json" | cat >/dev/null
    piped+=("$(awk -v n="$CASES" -v t=$(($(now_ms) - from)) 'BEGIN { printf "%d", n * 1000 / t }')")
    inside+=("$(workload rule "$BENCH_ROOT/files/cases-$CASES.json" | awk '{ print $4 }')")
done
echo "ruling: through the command line ${piped[*]}, in process ${inside[*]} cases/s; load $(cut -d' ' -f1-3 /proc/loadavg)" | tee -a "$BENCH_ROOT/results/all.txt"
say_limit "ruling through the command line, cases/s" "$(med "${piped[@]}")" "" 50000 least
say_limit "ruling in process, cases/s of one core" "$(med "${inside[@]}")" "" 200000 least
