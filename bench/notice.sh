#!/usr/bin/env bash
# The public page of a notice with 500 items, not signed in, 32 connections of wrk, against the bare Razor page with one query of 50 rows
# in the same run. notice.sh [ITEMS]; RUNS rounds interleaved.
set -euo pipefail
. "$(dirname "$0")/env.sh"
ITEMS=${1:-500} RUNS=${RUNS:-3} CONNECTIONS=${CONNECTIONS:-32} SECONDS_EACH=${SECONDS_EACH:-10} PORT=${BENCH_WEB_PORT:-56590} DB=bench_notice
build src/FundPool.Web web
build bench/FloorApp floor
make_database $DB >/dev/null 2>&1
q -d postgres -c "alter role fundpool_app password 'bench'"
fill $DB 10000 none >&2
q -d $DB -v items="$ITEMS" -f "$BENCH_DIR/notice.sql" >&2
pids=()
trap 'for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; wait; q -d postgres -c "drop database if exists $DB with (force)"' EXIT
(cd "$BENCH_ROOT/web" && exec env ASPNETCORE_ENVIRONMENT=Demonstration ASPNETCORE_URLS="http://127.0.0.1:$PORT" FUNDPOOL_PUBLIC_LIMIT=0 \
    FUNDPOOL_APP_DB="Host=$PGHOST;Port=$PGPORT;Username=fundpool_app;Password=bench;Database=$DB" dotnet FundPool.Web.dll >"$BENCH_ROOT/web-$DB.log" 2>&1) &
pids+=($!)
(cd "$BENCH_ROOT/floor" && exec env ASPNETCORE_URLS="http://127.0.0.1:$((PORT + 1))" FLOOR_DB="Host=$PGHOST;Port=$PGPORT;Username=$PGUSER;Database=$DB;Maximum Pool Size=32" dotnet FloorApp.dll >"$BENCH_ROOT/floor-$DB.log" 2>&1) &
pids+=($!)
NOTICE=$(q -d $DB -c "select max(id) from compensation.notice")
declare -A URL=([floor]="http://127.0.0.1:$((PORT + 1))/Query" [notice]="http://127.0.0.1:$PORT/public/shenzhen/notices/$NOTICE") P50 P99 RATE
for name in floor notice; do
    for _ in {1..120}; do curl -sf "${URL[$name]}" -o "$BENCH_ROOT/page.html" && break; sleep 0.5; done
    echo "$name: $(wc -c <"$BENCH_ROOT/page.html") bytes" >&2
    wrk -t2 -c"$CONNECTIONS" -d"${SECONDS_EACH}s" "${URL[$name]}" >/dev/null
done
grep -q "测算${ITEMS}精密" "$BENCH_ROOT/page.html" || { echo "the notice doesn't show its last item" >&2; exit 1; }
ms() { awk '{ v = $1; if (v ~ /us$/) v /= 1000; else if (v ~ /ms$/) v += 0; else v *= 1000; print v + 0 }'; }
for _ in $(seq "$RUNS"); do
    for name in floor notice; do
        out=$(wrk -t2 -c"$CONNECTIONS" -d"${SECONDS_EACH}s" --timeout 30s --latency "${URL[$name]}")
        grep -E 'Non-2xx|Socket errors' <<<"$out" >&2 || true
        P50[$name]+="$(awk '$1 == "50%" { print $2 }' <<<"$out" | ms) "
        P99[$name]+="$(awk '$1 == "99%" { print $2 }' <<<"$out" | ms) "
        RATE[$name]+="$(awk '/Requests\/sec/ { print $2 }' <<<"$out") "
    done
done
for name in floor notice; do echo "notice bench, $name: $(med ${RATE[$name]}) requests/s, p50 $(med ${P50[$name]}) ms, p99 $(med ${P99[$name]}) ms (runs ${P99[$name]}); load $(cut -d' ' -f1-3 /proc/loadavg)"; done | tee -a "$BENCH_ROOT/results/all.txt"
echo "public notice, $ITEMS items, p99 to the floor's: $(ratio "$(med ${P99[notice]})" "$(med ${P99[floor]})")" | tee -a "$BENCH_ROOT/results/all.txt"
