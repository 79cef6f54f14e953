# shellcheck shell=bash
# The verbs that the command line answers (src/FundPool.Cli): with a database, or without one.

# What isn't said to be production is not: the programs alone, without this script, start as production.
run_mode() {
    export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Demonstration}
    export DOTNET_ENVIRONMENT=${DOTNET_ENVIRONMENT:-$ASPNETCORE_ENVIRONMENT}
}

verb_pure() { # VERB ARGS…
    build_portal
    run_mode
    trap - EXIT INT TERM HUP
    exec dotnet "$PORTAL/cli/fundpool-cli.dll" "$@"
}

verb_on_database() { # VERB ARGS… [--data DIR]
    local data=$FP_ROOT/.data args=() arg help=
    while (($# > 0)); do
        arg=$1
        shift
        case $arg in
            --data)
                (($# > 0)) || wrong_usage "--data 后面要写目录。" "--data needs a directory after it."
                data=$1
                shift
                ;;
            --data=*) data=${arg#*=} ;;
            *)
                [[ $arg == --help || $arg == -h ]] && help=yes
                args+=("$arg")
                ;;
        esac
    done
    build_portal
    run_mode
    if [[ -n ${FUNDPOOL_DB:-} ]]; then
        # Without a password for the application's role, the superuser steps down to it: row security applies all the
        # same, and no verb changes the password that web nodes sign in with.
        if [[ -z ${FUNDPOOL_APP_DB:-}${FUNDPOOL_APP_PASSWORD:-} ]]; then
            export FUNDPOOL_APP_DB="${FUNDPOOL_DB%;};Options=-c role=$PG_APP"
        fi
    elif [[ -z $help ]]; then
        data_open "$data"
        cluster_use verb
        private_database
        # A cluster made on the way gets its schema, so that any verb may be the first on a fresh machine.
        if [[ -n $CLUSTER_NEW && ${args[0]} != migrate ]]; then cli migrate >&2; fi
    fi
    local status=0
    cli "${args[@]}" || status=$?
    if ((status == 0)) && [[ ${args[0]} == seed && -z ${FUNDPOOL_EXTERNAL:-yes} ]]; then
        remember_seed "$(if [[ " ${args[*]} " == *' --empty '* ]]; then echo empty; else echo demo; fi)"
    fi
    exit "$status"
}

private_database() {
    FUNDPOOL_EXTERNAL=
    export FUNDPOOL_DB=$SUPERUSER_DB FUNDPOOL_APP_DB=$APP_DB FUNDPOOL_APP_PASSWORD=$APP_PASSWORD
    FUNDPOOL_DATA_KEY=${FUNDPOOL_DATA_KEY:-$(secret data-key)}
    export FUNDPOOL_DATA_KEY FUNDPOOL_DATA=$DATA
}

# Runs the command line beside the script, so that the script can tidy up after it, whatever ends it.
cli() { # VERB ARGS…
    local child status=0
    (
        drop_locks USE_FD UP_FD
        umask 077 # error workbooks name borrowers
        exec dotnet "$PORTAL/cli/fundpool-cli.dll" "$@"
    ) <&0 &
    child=$!
    trap 'kill -TERM "$child" 2>/dev/null; wait "$child"; exit 130' INT
    trap 'kill -TERM "$child" 2>/dev/null; wait "$child"; exit 143' TERM HUP
    wait "$child" || status=$?
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
    return "$status"
}

# What the database was filled with, kept inside the cluster: `up` neither repeats it nor mixes demonstration data
# into a portal that was set up without.
remember_seed() { # demo|empty
    (umask 022 && printf '%s %s\n' "${PORTAL##*/}" "$1" >"$PGDIR/fundpool.ready")
}
