#!/usr/bin/env bash
# The list page of one bank, 50 rows, signed in, against a bare Razor page with the same query: 32 connections of wrk, both
# servers running, RUNS rounds interleaved. page.sh DATABASE …; given several, the last one's page is compared with the first one's.
set -euo pipefail
. "$(dirname "$0")/env.sh"
RUNS=${RUNS:-3} CONNECTIONS=${CONNECTIONS:-32} SECONDS_EACH=${SECONDS_EACH:-10} PORT=${BENCH_WEB_PORT:-56580}
build src/FundPool.Web web
build bench/FloorApp floor
pids=()
trap 'for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; wait' EXIT
TOKEN=bench-session-of-a-maker
sign_in() { # DATABASE: a maker of the bank with a session of twelve hours, as the sign-in would have opened it
    q -d "$1" -c "set app.pool = '1'; insert into tenancy.person (pool_id, organisation_id, user_name, normalized_user_name, full_name, must_set_password, security_stamp, concurrency_stamp, authenticator_confirmed)
        values (1, 5, 'bench', 'BENCH', '测算员', false, 'x', 'x', true) on conflict (normalized_user_name) do nothing;
        insert into tenancy.person_role select 1, 5, id, 'maker' from tenancy.person where user_name = 'bench' on conflict do nothing;
        delete from tenancy.session where id_hash = sha256('$TOKEN');
        insert into tenancy.session (id_hash, pool_id, organisation_id, person_id, created_at, last_seen_at, ends_at, confirmed_at, address, agent)
        select sha256('$TOKEN'), 1, 5, id, now(), now(), now() + interval '12 hours', now(), '127.0.0.1', 'wrk' from tenancy.person where user_name = 'bench'"
}
n=0 urls=() names=()
q -d postgres -c "alter role fundpool_app password 'bench'"
for db in "$@"; do
    sign_in "$db"
    PORTAL=$((PORT + n)) FLOOR=$((PORT + n + 10))
    (cd "$BENCH_ROOT/web" && exec env ASPNETCORE_ENVIRONMENT=Demonstration ASPNETCORE_URLS="http://127.0.0.1:$PORTAL" \
        FUNDPOOL_APP_DB="Host=$PGHOST;Port=$PGPORT;Username=fundpool_app;Password=bench;Database=$db${EXTRA:-}" dotnet FundPool.Web.dll >"$BENCH_ROOT/web-$db.log" 2>&1) &
    pids+=($!)
    (cd "$BENCH_ROOT/floor" && exec env ASPNETCORE_URLS="http://127.0.0.1:$FLOOR" FLOOR_DB="Host=$PGHOST;Port=$PGPORT;Username=$PGUSER;Database=$db;Maximum Pool Size=32" dotnet FloorApp.dll >"$BENCH_ROOT/floor-$db.log" 2>&1) &
    pids+=($!)
    urls+=("http://127.0.0.1:$FLOOR/Query" "http://127.0.0.1:$PORTAL/loans")
    names+=("floor-$db" "page-$db")
    n=$((n + 1))
done
for i in "${!urls[@]}"; do
    for _ in {1..120}; do curl -sf -H "Cookie: fp=$TOKEN" "${urls[$i]}" -o "$BENCH_ROOT/page.html" && break; sleep 0.5; done
    grep -q 'JJ0' "$BENCH_ROOT/page.html" || { echo "${names[$i]} doesn't show loans" >&2; head -c 600 "$BENCH_ROOT/page.html" >&2; exit 1; }
    echo "${names[$i]}: $(wc -c <"$BENCH_ROOT/page.html") bytes, $(grep -o 'JJ0[0-9]*' "$BENCH_ROOT/page.html" | sort -u | wc -l) loans" >&2
    wrk -t2 -c"$CONNECTIONS" -d"$((SECONDS_EACH / 2 + 1))s" -H "Cookie: fp=$TOKEN" "${urls[$i]}" >/dev/null
done
ms() { awk '{ v = $1; if (v ~ /us$/) v /= 1000; else if (v ~ /ms$/) v += 0; else v *= 1000; print v + 0 }'; }
declare -A P50 P99 RATE
for _ in $(seq "$RUNS"); do
    for i in "${!urls[@]}"; do
        out=$(wrk -t2 -c"$CONNECTIONS" -d"${SECONDS_EACH}s" --timeout 30s --latency -H "Cookie: fp=$TOKEN" "${urls[$i]}")
        grep -E 'Non-2xx|Socket errors' <<<"$out" >&2 || true
        P50[${names[$i]}]+="$(awk '$1 == "50%" { print $2 }' <<<"$out" | ms) "
        P99[${names[$i]}]+="$(awk '$1 == "99%" { print $2 }' <<<"$out" | ms) "
        RATE[${names[$i]}]+="$(awk '/Requests\/sec/ { print $2 }' <<<"$out") "
    done
done
m() { med $1; }
for name in "${names[@]}"; do echo "$name: $(m "${RATE[$name]}") requests/s (runs ${RATE[$name]}), p50 $(m "${P50[$name]}") ms, p99 $(m "${P99[$name]}") ms; load $(cut -d' ' -f1-3 /proc/loadavg)"; done | tee -a "$BENCH_ROOT/results/all.txt"
for db in "$@"; do
    say_ratio "list page, $db, p50" "$(m "${P50[page-$db]}")" "$(m "${P50[floor-$db]}")" ms 1.8
    say_ratio "list page, $db, p99" "$(m "${P99[page-$db]}")" "$(m "${P99[floor-$db]}")" ms 2.5
done
last=${!#}
if (($# > 1)); then say_ratio "list page, $last against $1, p50" "$(m "${P50[page-$last]}")" "$(m "${P50[page-$1]}")" ms 1.2; fi
