#!/usr/bin/env bash
# import-loans of 100,000 valid rows (.csv, .xlsx) against COPY of the same rows, as they stand in the table afterwards, into
# the same table with its indexes and foreign keys and without its triggers. The table holds BENCH_FILLED loans before.
# Each round works on fresh copies of one database; the three measurements of a round follow one another. RUNS=3.
set -euo pipefail
. "$(dirname "$0")/env.sh"
RUNS=${RUNS:-3} ROWS=${ROWS:-100000} FILLED=${BENCH_FILLED:-200000}
COLUMNS="pool_id, bank_id, id, contract_no, note_no, borrower_name, borrower_key, borrower_id_shown, borrower_id_cipher, borrower_kind, industry, employees,
 revenue_fen, total_assets_fen, loan_date, maturity_date, currency, currency_principal, fx_rate, principal_fen, annual_rate, product, purpose, security,
 features, qualifications, total_balance_fen, credit_line_fen, other_cover, branch, registered_on, registered_by, registered_at, batch_id, legacy_reason,
 rulebook, expected_share_bp, warnings, risk_class, class_date, npl_since, outstanding_fen, overdue_days, library, content_hash, search_grams, version"
COLUMNS=${COLUMNS//$'\n'/}
if [[ -n ${BENCH_REFILL:-} ]] || ! q -d bench_base -c "select 1 from loan.loan limit 1" >/dev/null 2>&1; then
    make_database bench_base
    fill bench_base "$FILLED"
fi
fresh() {
    q -d postgres -c "drop database if exists bench_run with (force)" -c "create database bench_run template bench_base" -c checkpoint
    sync
}
files() { for kind in csv xlsx; do [[ -f $BENCH_ROOT/files/$1-$ROWS.$kind ]] || workload loans "$ROWS" "$1" "$BENCH_ROOT/files/$1-$ROWS.$kind"; done; }
import() { # FILE
    fresh
    DB=bench_run measure cli_process import-loans --pool shenzhen --bank B001 --file "$1" --as-of "$AS_OF" --json
    [[ $OUT == *"\"accepted\":$ROWS"* ]] || { echo "not all rows were accepted: ${OUT:0:300}" >&2; exit 1; }
    SECONDS_SAID=$(sed -E 's/.*"seconds":([0-9.]+).*/\1/' <<<"$OUT")
}
build src/FundPool.Cli cli
build bench/Workload workload
csv=() xlsx=() copy=() csv_said=() xlsx_said=() peak_csv=0 peak_xlsx=0
for run in $(seq "$RUNS"); do
    files "$run"
    import "$BENCH_ROOT/files/$run-$ROWS.csv"
    csv+=("$MS") csv_said+=("$SECONDS_SAID")
    ((PEAK > peak_csv)) && peak_csv=$PEAK
    q -d bench_run -c "\\copy (select $COLUMNS from loan.loan where batch_id is not null order by id) to '$BENCH_ROOT/files/copy.csv' csv"
    fresh
    q -d bench_run -c "set session_replication_role = replica" \
        -c "insert into loan.file (pool_id, bank_id, id, sha256, size, content_type, name) overriding system value values (1, 2, 1, sha256(''), 0, '', '')" \
        -c "insert into loan.import_batch (pool_id, bank_id, id, kind, state, file_id, as_of) overriding system value values (1, 2, 1, 'loans', 'registered', 1, '$AS_OF')" \
        -c "alter table loan.loan disable trigger user"
    from=$(now_ms)
    q -d bench_run -c "\\copy loan.loan ($COLUMNS) from '$BENCH_ROOT/files/copy.csv' csv"
    copy+=($(($(now_ms) - from)))
    if [[ -z ${CSV_ONLY:-} ]]; then
        import "$BENCH_ROOT/files/$run-$ROWS.xlsx"
        xlsx+=("$MS") xlsx_said+=("$SECONDS_SAID")
        ((PEAK > peak_xlsx)) && peak_xlsx=$PEAK
    fi
    echo "round $run: csv ${csv[-1]} ms (${csv_said[-1]} s by its own clock), copy ${copy[-1]} ms, xlsx ${xlsx[*]:+${xlsx[-1]}} ms" >&2
done
echo "import of $ROWS rows into $(q -d bench_base -c 'select count(*) from loan.loan'): csv [${csv[*]}] xlsx [${xlsx[*]}] copy [${copy[*]}] ms; load $(cut -d' ' -f1-3 /proc/loadavg)" | tee -a "$BENCH_ROOT/results/all.txt"
say_ratio "import-loans $ROWS rows .csv" "$(med "${csv[@]}")" "$(med "${copy[@]}")" ms 2
say_limit "import-loans $ROWS rows .csv, peak memory" "$peak_csv" MiB 300 most
if [[ -z ${CSV_ONLY:-} ]]; then
    say_ratio "import-loans $ROWS rows .xlsx" "$(med "${xlsx[@]}")" "$(med "${copy[@]}")" ms 2.5
    say_limit "import-loans $ROWS rows .xlsx, peak memory" "$peak_xlsx" MiB 300 most
fi
q -d postgres -c "drop database bench_run with (force)"
