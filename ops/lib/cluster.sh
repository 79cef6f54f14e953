# shellcheck shell=bash
# The private PostgreSQL cluster of a data directory: found binaries, initdb, start, stop, and who may stop it.
#
#   DATA/pg            the cluster              DATA/pg.port     the port that it was given on 127.0.0.1
#   DATA/pg.at         where it lives instead, when PostgreSQL's account can't pass through to DATA
#   DATA/secrets/      passwords, 0600          DATA/pg.by       who started it: `up`, or a verb that stops it after
#   DATA/pg.users      shared lock of everyone who works on it; the last verb out stops what a verb started
#
# It listens on 127.0.0.1 only and without a Unix socket, so no path is too long and no other account needs a way in.

# Sets PGHOME and PGDIR from the data directory.
cluster_place() {
    PGHOME=$DATA
    [[ -f $DATA/pg.at ]] && PGHOME=$(<"$DATA/pg.at")
    PGDIR=$PGHOME/pg
}

cluster_make() {
    pg_account
    if ! as_pg test -x "$DATA"; then
        # A checkout under /root, or a 0700 directory: its modes are the user's business, so the cluster goes elsewhere.
        (umask 022 && mkdir -p /var/lib/fundpool)
        PGHOME=$(mktemp -d -- "/var/lib/fundpool/$(printf '%s' "$DATA" | sha256sum | cut -c1-10).XXXXXX")
        chmod 755 -- "$PGHOME"
        printf '%s\n' "$DATA" >"$PGHOME/made-for"
        printf '%s\n' "$PGHOME" >"$DATA/pg.at"
        PGDIR=$PGHOME/pg
        say "$DATA 对数据库用户不可达，集群放在 $PGHOME。" "PostgreSQL's account can't reach $DATA, so the cluster is in $PGHOME."
    fi
    pg_find
    say "正在建立数据库集群(PostgreSQL $PGVER)…" "Making the database cluster (PostgreSQL $PGVER) …"
    cluster_init "$PGDIR.new" "$(secret superuser)" "$PGHOME/initdb.log"
    mv -T -- "$PGDIR.new" "$PGDIR"
}

# Makes a cluster with its superuser and the project's database in DIR.
cluster_init() { # DIR PASSWORD LOG [initdb options…]
    local dir=$1 password=$2 log=$3 word=$1.pw locale=(--locale=C)
    shift 3
    if ((PGVER >= 17)); then
        locale=(--locale=C --locale-provider=builtin --builtin-locale=C.UTF-8)
    elif locale -a 2>/dev/null | grep -qix 'C.utf-\?8'; then
        locale=(--locale=C.UTF-8)
    fi
    rm -rf -- "$dir" "$word"
    (umask 077 && mkdir -- "$dir" && printf '%s\n' "$password" >"$word")
    if ((EUID == 0)); then chown "$PG_UID:$PG_GID" -- "$dir" "$word"; fi
    if ! as_pg "$PGBIN/initdb" -D "$dir" -E UTF8 "${locale[@]}" -U "$PG_SUPERUSER" -A scram-sha-256 --pwfile="$word" \
        --data-checksums "$@" </dev/null >"$log" 2>&1; then
        rm -f -- "$word"
        tail -n 10 "$log" >&2
        die "initdb 失败，请按上面的提示处理后重试（日志：$log）。" "initdb failed; mend what is said above and run this again (log: $log)."
    fi
    rm -f -- "$word"
    cluster_settings >>"$dir/postgresql.conf"
    printf '%s\n' '# Local connections by password only.' \
        'host all         all 127.0.0.1/32 scram-sha-256' \
        'host replication all 127.0.0.1/32 scram-sha-256' >"$dir/pg_hba.conf"
    printf 'CREATE DATABASE %s;\n' "$PG_DATABASE" | as_pg "$PGBIN/postgres" --single -D "$dir" postgres >>"$log" 2>&1 ||
        die "无法建立数据库 ${PG_DATABASE}（日志：$log）。" "The database $PG_DATABASE couldn't be made (log: $log)."
}

# An eighth of the memory for shared buffers, from 128 MB to 2 GB; the rest suits a portal of many small transactions.
cluster_settings() {
    local mib buffers
    mib=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
    buffers=$((mib / 8 < 128 ? 128 : mib / 8 > 2048 ? 2048 : mib / 8))
    cat <<CONF

# FundPool
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
password_encryption = scram-sha-256
max_connections = 200
shared_buffers = ${buffers}MB
effective_cache_size = $((mib / 2))MB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
logging_collector = on
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_truncate_on_rotation = on
log_min_duration_statement = 1000
CONF
}

# A secret of the data directory, made on first use: passwords, and the key that residents' numbers are encrypted with.
secret() { # superuser|app|data-key
    local file=$DATA/secrets/$1
    if [[ ! -s $file ]]; then
        (
            umask 077
            mkdir -p -- "$DATA/secrets"
            if [[ $1 == data-key ]]; then head -c 32 /dev/urandom | base64 -w 0; else random_word; fi >"$file.new"
            mv -- "$file.new" "$file"
        )
    fi
    printf '%s\n' "$(<"$file")"
}

# Sets PGPORT where the cluster runs and takes connections.
cluster_running() {
    local line=()
    [[ -f $PGDIR/postmaster.pid ]] || return 1
    mapfile -t line <"$PGDIR/postmaster.pid"
    [[ ${line[0]:-} =~ ^[0-9]+$ && $(cat "/proc/${line[0]}/comm" 2>/dev/null) == postgres* && ${line[7]:-} == ready* ]] || return 1
    PGPORT=${line[3]}
}

cluster_start() {
    local try
    pg_account "$PGDIR"
    pg_find "$(cat -- "$PGDIR/PG_VERSION")"
    [[ -f $PGHOME/pg.log ]] || install -m 600 /dev/null "$PGHOME/pg.log"
    if ((EUID == 0)); then chown "$PG_UID:$PG_GID" -- "$PGHOME/pg.log"; fi
    PGPORT=$(cat -- "$DATA/pg.port" 2>/dev/null || true)
    for try in 1 2 3 4 5 6 7 8; do
        if [[ -z $PGPORT ]] || port_taken "$PGPORT"; then PGPORT=$((15433 + RANDOM % 16000)); fi
        port_taken "$PGPORT" && continue
        if pg_ctl_start "$PGDIR" "$PGHOME/pg.log" "-p $PGPORT"; then
            printf '%s\n' "$PGPORT" >"$DATA/pg.port"
            return
        fi
        grep -q -i 'address already in use' <(tail -n 20 "$PGHOME/pg.log") || break
        PGPORT=
    done
    tail -n 15 "$PGHOME/pg.log" >&2
    die "PostgreSQL 未能启动，请按上面的日志处理（第 $try 次；$PGHOME/pg.log 和 $PGDIR/log）。" "PostgreSQL didn't start; see the log above and mend it ($PGHOME/pg.log and $PGDIR/log)."
}

# The server must hold none of our locks and none of our pipes.
pg_ctl_start() { # DIR LOG OPTIONS
    (
        drop_locks USE_FD START_FD UP_FD PORTAL_FD TEST_FD
        as_pg "$PGBIN/pg_ctl" -D "$1" -l "$2" -o "$3" -w -t 120 start </dev/null >/dev/null 2>&1
    )
}

# Starts the cluster where it isn't running, makes it where there is none, and says who may stop it: `verb` (the last
# verb that uses it) or `up` (nobody but `down` or the end of that `up`). Sets CLUSTER_NEW to yes for a new one.
# shellcheck disable=SC2034 # what it sets is read by the verbs
cluster_use() { # verb|up
    CLUSTER_NEW=
    cluster_place
    lock USE_FD "$DATA/pg.users" -s
    lock START_FD "$DATA/pg.lock" -x
    at_exit cluster_release
    if [[ ! -f $PGDIR/PG_VERSION ]]; then
        [[ -f $DATA/pg.at && ! -d $PGDIR ]] && rm -f -- "$DATA/pg.at" && cluster_place
        cluster_make
        CLUSTER_NEW=yes
    fi
    if ! cluster_running; then
        cluster_start
        printf '%s\n' "$1" >"$DATA/pg.by"
    elif [[ $1 == up && -f $DATA/pg.by ]]; then
        printf 'up\n' >"$DATA/pg.by"
    fi
    if [[ ! -s $DATA/secrets/superuser ]]; then
        die "$DATA/secrets 里的密码文件丢失，请恢复备份，或停止数据库后运行 ops/rotate-secrets --data $DATA。" \
            "The passwords of this cluster are missing from $DATA/secrets; restore them, or stop the cluster and run ops/rotate-secrets --data $DATA."
    fi
    unlock START_FD
    SUPERUSER_DB="Host=127.0.0.1;Port=$PGPORT;Database=$PG_DATABASE;Username=$PG_SUPERUSER;Password=$(secret superuser)"
    APP_PASSWORD=$(secret app)
    APP_DB="Host=127.0.0.1;Port=$PGPORT;Database=$PG_DATABASE;Username=$PG_APP;Password=$APP_PASSWORD"
}

# Lets go of the cluster; the last verb to do so stops what a verb started. One that `up` or a person runs stays.
cluster_release() {
    [[ -n $USE_FD ]] || return 0
    unlock START_FD
    unlock USE_FD
    [[ $(cat -- "$DATA/pg.by" 2>/dev/null) == verb ]] || return 0
    if lock LAST_FD "$DATA/pg.users" -n -x; then cluster_stop; fi
    unlock LAST_FD
}

cluster_stop() {
    rm -f -- "$DATA/pg.by"
    [[ -f $PGDIR/postmaster.pid ]] || return 0
    pg_account "$PGDIR"
    [[ -n ${PGBIN:-} ]] || pg_find "$(cat -- "$PGDIR/PG_VERSION")"
    as_pg "$PGBIN/pg_ctl" -D "$PGDIR" -m fast -w -t 60 stop </dev/null >/dev/null 2>&1 || true
}

# Hands a cluster that `up` started to whoever still works on it, and stops it where that is nobody.
cluster_hand_over() {
    if [[ $(cat -- "$DATA/pg.by" 2>/dev/null) == up ]]; then printf 'verb\n' >"$DATA/pg.by"; fi
}
