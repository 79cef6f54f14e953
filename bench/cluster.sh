#!/usr/bin/env bash
# A private PostgreSQL cluster for measuring: cluster.sh start|stop|drop. Durability as shipped (fsync, full_page_writes,
# synchronous_commit on); memory and checkpoints as for a machine of this size.
set -euo pipefail
. "$(dirname "$0")/env.sh"
D=$BENCH_ROOT/pg
as_pg() { if ((EUID == 0)); then su postgres -c "$1"; else bash -c "$1"; fi; }
case ${1:-start} in
    start)
        if [[ ! -f $D/PG_VERSION ]]; then
            mkdir -p "$D" "$BENCH_ROOT/sock"
            if ((EUID == 0)); then chown postgres "$D" "$BENCH_ROOT/sock"; fi
            chmod 700 "$D"
            as_pg "$PGBIN/initdb -D $D -E UTF8 --locale=C.UTF-8 -A trust -U $PGUSER" >/dev/null
            cat >"$D/bench.conf" <<C
shared_buffers = 2GB
max_wal_size = 8GB
checkpoint_timeout = 15min
work_mem = 32MB
maintenance_work_mem = 512MB
effective_cache_size = 8GB
random_page_cost = 1.1
max_connections = 200
jit = off
C
            if ((EUID == 0)); then chown postgres "$D/bench.conf"; fi
            echo "include = 'bench.conf'" >>"$D/postgresql.conf"
        fi
        as_pg "$PGBIN/pg_ctl -D $D -l $D/server.log -w -o '-c listen_addresses=127.0.0.1 -c port=$PGPORT -c unix_socket_directories=$BENCH_ROOT/sock' start" >/dev/null
        ;;
    stop) as_pg "$PGBIN/pg_ctl -D $D -m fast -w stop" >/dev/null ;;
    drop)
        "$0" stop 2>/dev/null || true
        rm -rf -- "$D"
        ;;
    *) echo "cluster.sh start|stop|drop" >&2; exit 2 ;;
esac
