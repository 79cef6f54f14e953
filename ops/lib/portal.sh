# shellcheck shell=bash
# Serving the portal: up and down.
#
#   DATA/web.pid    the pid, alone        DATA/web.run   pid, start time, port, mode: to know that pid again
#   DATA/web.log    what a detached portal says

# The start time of a living process, so that a pid used again by something else isn't taken for ours.
started_at() { # PID
    local stat fields
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    read -r -a fields <<<"${stat##*) }" # past the name, which may hold spaces
    [[ ${fields[0]} != [ZX] ]] && printf '%s\n' "${fields[19]}"
}

# Sets WEB_PID, WEB_PORT and WEB_MODE where the portal of DATA runs.
web_running() {
    local start
    [[ -f $DATA/web.run ]] || return 1
    read -r WEB_PID start WEB_PORT WEB_MODE <"$DATA/web.run" || return 1
    [[ -n $start && $(started_at "$WEB_PID") == "$start" ]]
}

healthy() { # PORT
    local answer=
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf 'GET /healthz HTTP/1.0\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" >&3
    IFS= read -r -t 10 answer <&3
    exec 3<&-
    [[ $answer == HTTP/1.?\ 200* ]]
} 2>/dev/null

portal_up() {
    local port=5080 data=$FP_ROOT/.data want=demo detach=
    while (($# > 0)); do
        case $1 in
            --port=* | --data=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
            --port)
                if [[ ! ${2:-} =~ ^[0-9]{1,5}$ ]] || ((10#$2 < 1 || 10#$2 > 65535)); then
                    wrong_usage "--port 后面要写 1 到 65535 的端口号。" "--port needs a number from 1 to 65535."
                fi
                port=$((10#$2))
                shift 2
                ;;
            --data)
                [[ -n ${2:-} ]] || wrong_usage "--data 后面要写目录。" "--data needs a directory after it."
                data=$2
                shift 2
                ;;
            --empty) want=empty && shift ;;
            --detach) detach=yes && shift ;;
            *) wrong_usage "up 不认识“$1”，请运行 ./fundpool help。" "up doesn't know “$1”; run ./fundpool help." ;;
        esac
    done
    run_mode
    if [[ $want == demo && $ASPNETCORE_ENVIRONMENT == Production ]]; then
        die "正式环境不接受演示数据，请加上 --empty。" "Demonstration data is refused in production; add --empty."
    fi
    data_open "$data"
    if ! lock UP_FD "$DATA/up.lock" -n -x; then
        say "另一个 up 正在启动，等待中…" "Another up is starting here; waiting for it …"
        flock -x "$UP_FD"
    fi
    if web_running; then
        already_up "$port" "$detach"
        return
    fi
    if port_taken "$port"; then
        die "端口 $port 已被占用，请用 --port 另选一个。" "Port $port is in use; choose another with --port."
    fi
    build_portal
    if [[ -n ${FUNDPOOL_DB:-} ]]; then external_database; else
        cluster_use up
        private_database
        at_exit cluster_hand_over
    fi
    fill_database "$want"
    web_start "$port" "$detach"
}

already_up() { # PORT DETACH
    if [[ $WEB_PORT == "$1" && $WEB_MODE == detached && -n $2 ]] && healthy "$1"; then
        say "门户已在运行:http://127.0.0.1:$1" "The portal is running already: http://127.0.0.1:$1"
        printf '%s\n' "$DATA/web.pid"
        return
    fi
    die "这个数据目录的门户已在 http://127.0.0.1:$WEB_PORT 运行（进程 $WEB_PID），请先停止它，或用 --data 另选目录。" \
        "The portal of this data directory runs already on http://127.0.0.1:$WEB_PORT (process $WEB_PID); stop it first, or choose another directory with --data."
}

# Somebody's own database is never given demonstration data unasked.
external_database() {
    FUNDPOOL_EXTERNAL=yes
    if [[ -z ${FUNDPOOL_APP_DB:-} ]]; then
        FUNDPOOL_APP_PASSWORD=${FUNDPOOL_APP_PASSWORD:-$(secret app)}
        FUNDPOOL_APP_DB=$(as_app "$FUNDPOOL_DB" "$FUNDPOOL_APP_PASSWORD")
        export FUNDPOOL_APP_PASSWORD FUNDPOOL_APP_DB
    fi
}

# The same server and database, as the application's role.
as_app() { # CONNECTION PASSWORD
    local part key parts=() IFS=';'
    # shellcheck disable=SC2086 # split at the semicolons
    for part in $1; do
        key=${part%%=*}
        key=${key// /}
        case ${key,,} in
            username | userid | user | uid | password | pwd | psw | passfile) ;;
            *) parts+=("$part") ;;
        esac
    done
    printf '%s;Username=%s;Password=%s\n' "${parts[*]}" "$PG_APP" "$2"
}

# Schema and data, unless this very build has seen to them in this cluster.
fill_database() { # demo|empty
    local want=$1 build='' had=''
    if [[ -n $FUNDPOOL_EXTERNAL ]]; then
        [[ ${FUNDPOOL_DEMO:-} == 1 && $want == demo ]] || want=empty
    elif [[ -f $PGDIR/fundpool.ready ]]; then
        read -r build had <"$PGDIR/fundpool.ready"
        if [[ $had == demo && $want == empty ]]; then
            die "$DATA 里已有演示数据，请用 --data 另选目录建立空的门户。" "$DATA holds demonstration data already; choose another directory with --data for an empty portal."
        fi
        if [[ $had == empty && $want == demo ]]; then
            say "$DATA 建立时不带演示数据，保持不变。" "$DATA was set up without demonstration data and stays so."
        fi
        want=$had
    fi
    FILLED=$want
    [[ $build == "${PORTAL##*/}" ]] && return
    say "正在更新数据库…" "Bringing the database up to date …"
    cli migrate >&2 || die "数据库结构更新失败，请按上面的提示处理。" "The schema couldn't be brought up to date; see what is said above."
    if [[ $want == empty ]]; then cli seed --empty >&2; else cli seed >&2; fi ||
        die "数据写入失败，请按上面的提示处理。" "The reference data couldn't be written; see what is said above."
    [[ -n $FUNDPOOL_EXTERNAL ]] || remember_seed "$want"
}

# The web process gets the application's connection alone, never the owner's.
web_environment() { # PORT
    drop_locks USE_FD UP_FD
    unset FUNDPOOL_DB FUNDPOOL_APP_PASSWORD FUNDPOOL_DEMO
    [[ $FILLED == demo ]] && export FUNDPOOL_DEMO=1
    export FUNDPOOL_APP_DB ASPNETCORE_URLS=http://127.0.0.1:$1 FUNDPOOL_ADDRESS=${FUNDPOOL_ADDRESS:-http://127.0.0.1:$1}
    cd -- "$PORTAL/web" || exit 1
}

web_start() { # PORT DETACH
    local port=$1 detach=$2 mode=foreground
    if [[ -n $detach ]]; then
        mode=detached
        if [[ -f $DATA/web.log && $(stat -c %s -- "$DATA/web.log") -gt 10485760 ]]; then mv -- "$DATA/web.log" "$DATA/web.log.1"; fi
        (umask 077 && : >>"$DATA/web.log")
        (
            web_environment "$port"
            exec setsid dotnet FundPool.Web.dll </dev/null >>"$DATA/web.log" 2>&1
        ) &
    else
        (
            web_environment "$port"
            exec dotnet FundPool.Web.dll </dev/null >&2
        ) &
    fi
    WEB_PID=$!
    at_exit web_stop
    printf '%s\n' "$WEB_PID" >"$DATA/web.pid"
    printf '%s %s %s %s\n' "$WEB_PID" "$(started_at "$WEB_PID")" "$port" "$mode" >"$DATA/web.run"
    web_await "$port" "$detach"
    unlock UP_FD
    say "门户已启动:http://127.0.0.1:$port" "The portal is up: http://127.0.0.1:$port"
    if [[ -n $detach ]]; then
        FP_AT_EXIT=()
        printf '%s\n' "$DATA/web.pid"
        exit 0
    fi
    say "按 Ctrl-C 停止。" "Ctrl-C stops it."
    local status=0
    wait "$WEB_PID" || status=$?
    exit "$status"
}

web_await() { # PORT DETACH
    local _
    for _ in {1..900}; do
        healthy "$1" && return
        if ! kill -0 "$WEB_PID" 2>/dev/null; then
            [[ -n $2 ]] && tail -n 20 -- "$DATA/web.log" >&2
            if port_taken "$1"; then die "端口 $1 已被占用，请用 --port 另选一个。" "Port $1 is in use; choose another with --port."; fi
            die "门户未能启动，请按上面的日志处理。" "The portal didn't start; see the log above and mend it."
        fi
        sleep 0.1
    done
    [[ -n $2 ]] && tail -n 20 -- "$DATA/web.log" >&2
    die "门户 90 秒内没有就绪，请按上面的日志处理。" "The portal wasn't ready within 90 seconds; see the log above and mend it."
}

# Ends the portal of WEB_PID and waits for it, 30 seconds politely.
web_stop() {
    local _
    if kill -TERM "$WEB_PID" 2>/dev/null; then
        for _ in {1..300}; do
            started_at "$WEB_PID" >/dev/null || break
            sleep 0.1
        done
        kill -KILL "$WEB_PID" 2>/dev/null || true
    fi
    rm -f -- "$DATA/web.pid" "$DATA/web.run"
}

portal_down() {
    local data=$FP_ROOT/.data
    while (($# > 0)); do
        case $1 in
            --data=*) set -- --data "${1#*=}" "${@:2}" ;;
            --data)
                [[ -n ${2:-} ]] || wrong_usage "--data 后面要写目录。" "--data needs a directory after it."
                data=$2
                shift 2
                ;;
            *) wrong_usage "down 不认识“$1”，请运行 ./fundpool help。" "down doesn't know “$1”; run ./fundpool help." ;;
        esac
    done
    if [[ ! -d $data ]]; then
        say "$data 没有在运行的门户。" "Nothing runs on $data."
        return
    fi
    data_open "$data"
    cluster_place
    if web_running; then
        if [[ $WEB_MODE == foreground ]]; then
            say "这个门户在另一个终端的前台运行（进程 $WEB_PID），请在那里按 Ctrl-C。" "This portal runs in the foreground of another terminal (process $WEB_PID); press Ctrl-C there."
            return
        fi
        if ! kill -0 "$WEB_PID" 2>/dev/null; then
            die "门户（进程 $WEB_PID）属于其他用户，请以启动它的用户运行。" "The portal (process $WEB_PID) belongs to another user; run this as the one who started it."
        fi
        web_stop
        say "门户已停止。" "The portal has stopped."
    else
        say "$DATA 没有在运行的门户。" "No portal runs on $DATA."
        rm -f -- "$DATA/web.pid" "$DATA/web.run"
    fi
    # A verb that is still at work on the cluster keeps it, and stops it when it ends.
    lock USE_FD "$DATA/pg.users" -s
    cluster_hand_over
    cluster_release
    if cluster_running; then
        say "数据库还有命令在使用，随它结束而停止。" "PostgreSQL is in use by another ./fundpool call and stops when that ends."
    fi
}
