#!/usr/bin/env bash
# 32 workers release payment orders at the same moment from a special account that holds four fifths of what they need, against a bare
# conditional update of one row in the same run. payments.sh [CLAIMS] [CLAIMS_AN_ORDER]
set -euo pipefail
. "$(dirname "$0")/env.sh"
CLAIMS=${1:-4000} PER=${2:-10}
build bench/Workload workload
make_database bench_payments >/dev/null 2>&1
q -d bench_payments -c "alter role fundpool_app password 'bench'"
fill bench_payments "$CLAIMS" none >&2
q -d bench_payments -v claims="$CLAIMS" -v per="$PER" -f "$BENCH_DIR/payments.sql" >&2
OUT=$(dotnet "$BENCH_ROOT/workload/workload.dll" payments "Host=$PGHOST;Port=$PGPORT;Username=fundpool_app;Password=bench;Database=bench_payments;Maximum Pool Size=40" 1 32)
echo "payments: $OUT; load $(cut -d' ' -f1-3 /proc/loadavg)" | tee -a "$BENCH_ROOT/results/all.txt"
say_limit "payments at once, claims a second to bare updates" "$(awk '/^ratio/ { print $2 }' <<<"$OUT")" "" 0.4 least
q -d postgres -c "drop database bench_payments with (force)"
