# shellcheck shell=bash
# Shared settings of every measurement. Source it: . "$(dirname "$0")/env.sh"
# What is made (cluster, files, builds) goes under BENCH_ROOT; nothing outside the repository is needed but PostgreSQL 15+, wrk and .NET.
BENCH_DIR=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
REPO=$(dirname -- "$BENCH_DIR")
export BENCH_ROOT=${BENCH_ROOT:-${TMPDIR:-/tmp}/fpbench}
PGBIN=${PGBIN:-$(pg_config --bindir 2>/dev/null || echo /usr/lib/postgresql/15/bin)}
[[ -x $PGBIN/initdb ]] || PGBIN=$(dirname -- "$(find /usr/lib/postgresql -name initdb | sort -V | tail -n 1)")
export PGBIN PGHOST=127.0.0.1 PGPORT=${BENCH_PORT:-56541} PGUSER=postgres PGAPPNAME=bench
export PGOPTIONS='-c client_min_messages=warning'
AS_OF=2026-10-12 # the third quarter of 2026 is open for registration
mkdir -p "$BENCH_ROOT"/{data,files,results}
chmod 755 "$BENCH_ROOT"

q() { psql -X -q -At -v ON_ERROR_STOP=1 "$@"; }
now_ms() { date +%s%3N; }
median() { sort -n | awk '{ a[NR] = $1 } END { if (NR == 0) print "NA"; else if (NR % 2) print a[(NR + 1) / 2]; else print (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }
med() { printf '%s\n' "$@" | median; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# What a result means: the figure, its floor, the ratio and the target, also kept as a line for docs/performance.md.
say_ratio() { # NAME OURS FLOOR UNIT TARGET
    local r verdict
    r=$(ratio "$2" "$3")
    verdict=$(awk -v r="$r" -v t="$5" 'BEGIN { print (r <= t) ? "ok" : "MISSED" }')
    printf '%-52s ours %10s  floor %10s %-4s ratio %6s  target ≤ %s  %s\n' "$1" "$2" "$3" "$4" "$r" "$5" "$verdict" | tee -a "$BENCH_ROOT/results/all.txt"
}
say_limit() { # NAME FIGURE UNIT TARGET least|most
    local verdict
    verdict=$(awk -v f="$2" -v t="$4" -v w="$5" 'BEGIN { print ((w == "most" && f <= t) || (w == "least" && f >= t)) ? "ok" : "MISSED" }')
    printf '%-52s %12s %-8s target %s %s  %s\n' "$1" "$2" "$3" "$([[ $5 == most ]] && echo ≤ || echo ≥)" "$4" "$verdict" | tee -a "$BENCH_ROOT/results/all.txt"
}

# The programs, built once; BENCH_REBUILD=1 builds them again.
build() { # PROJECT NAME
    if [[ -n ${BENCH_REBUILD:-} || ! -d $BENCH_ROOT/$2 ]]; then
        dotnet publish "$REPO/$1" -c Release -p:FundPoolReadyToRun=true -o "$BENCH_ROOT/$2" --nologo -v q -m:1 >"$BENCH_ROOT/$2.log" || { cat "$BENCH_ROOT/$2.log" >&2; exit 1; }
    fi
}
workload() { build bench/Workload workload && dotnet "$BENCH_ROOT/workload/workload.dll" "$@"; }
cli_process() { # on the database DB; takes the place of the shell, so that its memory can be read
    export ASPNETCORE_ENVIRONMENT=Demonstration FUNDPOOL_APP_PASSWORD=bench FUNDPOOL_DATA=$BENCH_ROOT/data
    export FUNDPOOL_DB="Host=$PGHOST;Port=$PGPORT;Username=$PGUSER;Database=$DB"
    exec dotnet "$BENCH_ROOT/cli/fundpool-cli.dll" "$@"
}
cli() { (cli_process "$@"); }

# A database NAME with schema, reference data and 20 banks B001 … B020 (ids 2 … 21 of pool 1) and no loan.
make_database() { # NAME
    build src/FundPool.Cli cli
    q -d postgres -c "drop database if exists $1 with (force)" -c "create database $1"
    local DB=$1
    cli migrate >/dev/null && cli seed --empty >/dev/null
    cli org-add --pool shenzhen --kind bank --code B001 --name 测算银行1 >/dev/null
    q -d "$1" -c "set app.pool = '1'" -c "insert into tenancy.organisation (pool_id, kind, code, name) select 1, 'bank', 'B' || lpad(n::text, 3, '0'), '测算银行' || n from generate_series(2, 20) n"
}
fill() { # DATABASE ROWS [without search grams: none]
    q -d "$1" -v rows="$2" -v grams="${3:-all}" -f "$BENCH_DIR/fill.sql"
}

# Runs a command; sets MS (wall clock), PEAK (MiB, the kernel's high-water mark of the process) and OUT (its standard output).
measure() {
    local from=$(now_ms) pid
    "$@" >"$BENCH_ROOT/out" 2>"$BENCH_ROOT/err" &
    pid=$!
    PEAK=0
    while kill -0 "$pid" 2>/dev/null; do
        local now
        now=$(awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$pid/status" 2>/dev/null || true)
        [[ -n $now ]] && PEAK=$now
        sleep 0.1
    done
    wait "$pid" || { cat "$BENCH_ROOT/out" "$BENCH_ROOT/err" >&2; return 1; }
    MS=$(($(now_ms) - from)) OUT=$(<"$BENCH_ROOT/out")
}
