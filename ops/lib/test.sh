# shellcheck shell=bash
# `./fundpool test`: builds everything with warnings as errors and runs every test project on a private PostgreSQL.
# The last line is `N passed, N failed` (with `, N skipped` where there are any); a project that doesn't build, or that
# ends without a result, counts as one failure.

TEST_PASSED=0 TEST_FAILED=0 TEST_SKIPPED=0

test_all() {
    local only=''
    while (($# > 0)); do
        case $1 in
            --only=*) only=${1#*=} && shift ;;
            --only)
                [[ -n ${2:-} ]] || wrong_usage "--only 后面要写测试项目名的一部分。" "--only needs a part of a test project's name."
                only=$2
                shift 2
                ;;
            *) wrong_usage "test 不认识“$1”，请运行 ./fundpool help。" "test doesn't know “$1”; run ./fundpool help." ;;
        esac
    done
    if ! mkdir -p -- "$FP_ROOT/artifacts" 2>/dev/null; then
        die "无法写入 $FP_ROOT/artifacts，请以该目录的所有者运行，或使用自己的一份代码。" "$FP_ROOT/artifacts isn't writable for $(id -un); run as its owner, or from a clone of your own."
    fi
    RESULTS=$FP_ROOT/artifacts/tests
    rm -rf -- "$RESULTS"
    mkdir -p -- "$RESULTS"

    FP_ON_DIE=test_stops
    # What the caller set up for a portal of their own is none of the tests' business.
    unset FUNDPOOL_DB FUNDPOOL_APP_DB FUNDPOOL_APP_PASSWORD FUNDPOOL_DATA_KEY FUNDPOOL_DEMO FUNDPOOL_PROXIES
    unset ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT ASPNETCORE_URLS
    need_dotnet
    build_assets
    build_tests
    if wants FundPool.Web.Tests "$only"; then need_browser || test_stops; fi
    test_database
    local project
    for project in "$FP_ROOT"/tests/*/*.csproj; do
        if grep -q 'Microsoft\.NET\.Test\.Sdk' "$project" && wants "$(basename "$project" .csproj)" "$only"; then
            test_project "$project"
        fi
    done
    test_scripts "$only"
    closing_line
}

wants() { [[ -z $2 || ${1,,} == *"${2,,}"* ]]; } # PROJECT ONLY

# What keeps the tests from running at all is a failure like another.
test_stops() {
    TEST_FAILED=$((TEST_FAILED + 1))
    closing_line
}

closing_line() {
    local skipped=''
    ((TEST_SKIPPED == 0)) || skipped=", $TEST_SKIPPED skipped"
    printf '%s\n' "$TEST_PASSED passed, $TEST_FAILED failed$skipped"
    ((TEST_FAILED == 0 && TEST_PASSED > 0)) && exit 0
    exit 1
}

build_tests() {
    local log=$RESULTS/build.log project name
    say "正在构建全部项目…" "Building everything …"
    if dotnet build "$FP_ROOT/FundPool.sln" -c Release -nologo -v:q -m -nr:false -p:UseSharedCompilation=false \
        </dev/null >"$log" 2>&1; then return; fi
    : >"$RESULTS/said"
    # Each project by itself, so that one that is broken doesn't hide what the others can still show.
    for project in "$FP_ROOT"/src/*/*.csproj "$FP_ROOT"/tests/*/*.csproj; do
        name=$(basename "$project" .csproj)
        log=$RESULTS/build.$name.log
        if ! dotnet build "$project" -c Release -nologo -v:q -nr:false -p:UseSharedCompilation=false \
            </dev/null >"$log" 2>&1; then
            TEST_FAILED=$((TEST_FAILED + 1))
            : >"$RESULTS/$name.broken"
            say "构建失败：$name" "$name doesn't build."
            # What another project has said already isn't said again.
            grep -E 'error|warning' "$log" | sed 's/ \[[^]]*\]$//' | sort -u | grep -v -x -F -f "$RESULTS/said" | head -n 20 | tee -a "$RESULTS/said" >&2 || true
        fi
    done
}

# The tests' own server: FUNDPOOL_TEST_PG where somebody gives one, else a cluster for this run, in memory's haste
# (no fsync: it is thrown away).
test_database() {
    [[ -n ${FUNDPOOL_TEST_PG:-} ]] && return
    local word try
    pg_account
    if [[ -z ${FUNDPOOL_PGBIN:-} ]] && ! pg_system && can_apt; then install_postgresql || true; fi
    pg_find
    forget_killed_runs
    PG_TEST=$(mktemp -d /tmp/fundpool-test.XXXXXX)
    chmod 755 -- "$PG_TEST"
    lock TEST_FD "$PG_TEST/by" -x
    at_exit test_database_gone
    word=$(random_word)
    cluster_init "$PG_TEST/pg" "$word" "$PG_TEST/initdb.log" --no-sync
    cat >>"$PG_TEST/pg/postgresql.conf" <<'CONF'
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum_naptime = 1h
max_connections = 400
shared_buffers = 256MB
logging_collector = off
log_min_duration_statement = -1
CONF
    : >"$PG_TEST/pg.log"
    if ((EUID == 0)); then chown "$PG_UID:$PG_GID" -- "$PG_TEST/pg.log"; fi
    for try in 1 2 3 4 5; do
        PGPORT=$((15433 + RANDOM % 16000))
        port_taken "$PGPORT" && continue
        if pg_ctl_start "$PG_TEST/pg" "$PG_TEST/pg.log" "-p $PGPORT"; then
            export FUNDPOOL_TEST_PG="Host=127.0.0.1;Port=$PGPORT;Database=postgres;Username=$PG_SUPERUSER;Password=$word"
            say "测试数据库:PostgreSQL $PGVER,端口 $PGPORT" "The tests' database: PostgreSQL $PGVER on port $PGPORT"
            return
        fi
    done
    tail -n 15 "$PG_TEST/pg.log" >&2
    die "测试用的 PostgreSQL 未能启动（第 $try 次），请查看上面的日志。" "The tests' PostgreSQL didn't start (try $try); see the log above."
}

test_database_gone() { # [DIR]
    local dir=${1:-$PG_TEST}
    as_pg "$PGBIN/pg_ctl" -D "$dir/pg" -m immediate -w stop </dev/null >/dev/null 2>&1 || true
    rm -rf -- "$dir"
}

# Clusters of runs that were killed: their lock is free.
forget_killed_runs() {
    local dir
    for dir in /tmp/fundpool-test.*; do
        [[ -O $dir && -f $dir/by ]] || continue
        if lock LAST_FD "$dir/by" -n -x; then test_database_gone "$dir"; fi
        unlock LAST_FD
    done
}

test_project() { # PROJECT
    local name trx log status=0 total executed passed failed began=$SECONDS
    name=$(basename "$1" .csproj)
    trx=$RESULTS/$name.trx log=$RESULTS/$name.log
    [[ -f $RESULTS/$name.broken ]] && return
    say "正在测试 $name …" "Testing $name …"
    (
        drop_locks TEST_FD
        timeout --kill-after=30 "${FUNDPOOL_TEST_MINUTES:-25}m" dotnet test "$1" -c Release --no-build --nologo -v q \
            --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$RESULTS" </dev/null >"$log" 2>&1
    ) || status=$?
    if [[ -f $trx ]]; then
        total=$(counter "$trx" total) executed=$(counter "$trx" executed) passed=$(counter "$trx" passed)
        failed=$((executed - passed))
        TEST_PASSED=$((TEST_PASSED + passed)) TEST_SKIPPED=$((TEST_SKIPPED + total - executed))
    else
        passed=0 failed=0
        if ((status == 0)) && grep -q -i 'no test is available' "$log"; then return; fi
    fi
    if ((status != 0 && failed == 0)); then failed=1; fi
    TEST_FAILED=$((TEST_FAILED + failed))
    if ((failed > 0)); then
        # What failed and why, without the noise of the runner.
        grep -v -E '^\s*$|^Results File|^Test run for' "$log" | head -n 120 >&2 || true
        if ((status == 124)); then say "$name 超过时限被终止。" "$name ran out of time and was ended."; fi
    fi
    say "$name:通过 $passed,失败 $failed(${began:+$((SECONDS - began))} 秒)" "$name: $passed passed, $failed failed ($((SECONDS - began)) s)"
}

counter() { # TRX NAME
    local text
    text=$(grep -o -m1 '<Counters [^>]*' "$1") || true
    [[ $text =~ \ $2=\"([0-9]+)\" ]] && printf '%s\n' "${BASH_REMATCH[1]}" || printf '0\n'
}

# The house's own quick checks: the script's refusals, and shellcheck where it is installed.
test_scripts() { # ONLY
    wants FundPool.Ops "$1" || return 0
    local log=$RESULTS/FundPool.Ops.log passed failed
    say "正在测试 ops …" "Testing ops …"
    bash "$FP_ROOT/ops/selftest" --quick </dev/null >"$log" 2>&1 || true
    passed=$(grep -c '^ok ' "$log" || true) failed=$(grep -c '^not ok ' "$log" || true)
    if ((passed + failed == 0)); then failed=1; fi
    ((failed == 0)) || cat -- "$log" >&2
    TEST_PASSED=$((TEST_PASSED + passed)) TEST_FAILED=$((TEST_FAILED + failed))
    say "ops:通过 $passed,失败 $failed" "ops: $passed passed, $failed failed"
}
