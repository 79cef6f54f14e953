# shellcheck shell=bash
# How the script speaks, and what it does on the way out.

# Errors are said in both languages; progress in Chinese where the locale or FUNDPOOL_LANG asks for it.
case ${FUNDPOOL_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
    zh*) FP_LANG=zh ;;
    *) FP_LANG=en ;;
esac

say() { # ZH EN
    if [[ $FP_LANG == zh ]]; then printf '%s\n' "$1" >&2; else printf '%s\n' "$2" >&2; fi
}

die() { # ZH EN
    printf '%s\n%s\n' "$1" "$2" >&2
    if [[ -n ${FP_ON_DIE:-} ]]; then "$FP_ON_DIE"; fi
    exit 1
}

wrong_usage() { # ZH EN
    printf '%s\n%s\n' "$1" "$2" >&2
    exit 2
}

FP_AT_EXIT=()
at_exit() { FP_AT_EXIT=("$1" "${FP_AT_EXIT[@]}"); }

run_at_exit() {
    local status=$? each
    trap - EXIT
    trap '' INT TERM HUP
    for each in "${FP_AT_EXIT[@]}"; do "$each" || true; done
    exit "$status"
}
trap run_at_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# Descriptors of the locks that are held, by name; drop_locks closes them in a child that must not keep them.
# shellcheck disable=SC2034 # by name
USE_FD='' START_FD='' UP_FD='' BUILD_FD='' LAST_FD='' PORTAL_FD='' TEST_FD=''

# Opens FILE and locks it; the descriptor's number lands in the variable named VAR. Whoever is started with the
# descriptor open keeps the lock.
lock() { # VAR FILE [flock options…]
    local -n fd_of=$1
    local file=$2
    shift 2
    if ! { exec {fd_of}>>"$file"; } 2>/dev/null; then
        die "$file 属于其他用户，请以 $(stat -c %U -- "$file" 2>/dev/null) 运行。" "$file belongs to another user; run this as $(stat -c %U -- "$file" 2>/dev/null)."
    fi
    flock "$@" "$fd_of"
}

unlock() { # VAR
    local -n fd_of=$1
    [[ -n ${fd_of:-} ]] && exec {fd_of}>&-
    fd_of=
}

drop_locks() { # VAR…
    local each
    for each in "$@"; do unlock "$each"; done
}

random_word() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Where --data points: an absolute path that exists and can be written.
data_open() { # DIR
    local dir=$1
    if [[ ! -d $dir ]]; then
        if ! mkdir -p -- "$dir" 2>/dev/null; then
            die "无法创建数据目录 $dir,请用 --data 指定可写的目录。" "The data directory $dir can't be made; name a writable one with --data."
        fi
        # PostgreSQL's own account must be able to pass through; what is secret inside has modes of its own.
        chmod 755 -- "$dir"
    fi
    if [[ ! -w $dir ]]; then
        die "数据目录 $dir 不可写，请换一个用户运行，或用 --data 指定其他目录。" "The data directory $dir isn't writable for $(id -un); run as its owner, or name another with --data."
    fi
    DATA=$(cd -- "$dir" && pwd -P)
}
