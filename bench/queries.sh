#!/usr/bin/env bash
# Every query that the application's pages send, once as the scope role under its policies and once as the owner of the
# cluster, whom no policy holds: queries.sh DATABASE [limits]. A figure is the lower decile of the single executions of a
# pgbench run of one client (others at work on the machine lengthen the rest, not these), and of that the median of TIMES
# interleaved runs. `limits` leaves the comparison out and measures only what has a limit in milliseconds.
set -euo pipefail
. "$(dirname "$0")/env.sh"
DBNAME=${1:-bench_1m} ONLY=${2:-} TIMES=${TIMES:-5}
BANK=5 W=$BENCH_ROOT/query-$$.sql
q -d "$DBNAME" -c "select count(*) || ' loans' from loan.loan" | tee -a "$BENCH_ROOT/results/all.txt"
LOAN=$(q -d "$DBNAME" -c "select id from loan.loan where pool_id = 1 and bank_id = $BANK order by loan_date desc limit 1")
ROW="bank_id, id, note_no, contract_no, borrower_name, borrower_id_shown, borrower_kind, loan_date, maturity_date, principal_fen, annual_rate, expected_share_bp, risk_class, npl_since, library, registered_on, branch, cardinality(warnings) > 0"
one() { # ROLE TIMES
    local role=''
    [[ $1 == owner ]] || role="-c role=fundpool_$1"
    [[ $1 == bank ]] && role+=" -c app.bank=$BANK -c app.organisation=$BANK"
    rm -f "$BENCH_ROOT/latency-$$".*
    PGOPTIONS="-c app.pool=1 $role" pgbench -n -M extended -l --log-prefix="$BENCH_ROOT/latency-$$" -f "$W" -t "$2" "$DBNAME" >/dev/null 2>&1 || return 0
    cat "$BENCH_ROOT/latency-$$".* | awk '{ print $3 / 1000 }' | sort -n | awk '{ a[NR] = $1 } END { print a[int(NR / 10) + 1] }'
}
worst=0 worst_name=''
pair() { # NAME SCOPE SQL
    [[ $ONLY != limits ]] || return 0
    local first n on=() off=() a b r
    printf '%s\n' "$3;" >"$W"
    first=$(one "$2" 3)
    [[ -n $first ]] || { echo "$1: the query failed" >&2; PGOPTIONS="-c app.pool=1 -c role=fundpool_$2 -c app.bank=$BANK" psql -d "$DBNAME" -f "$W" 2>&1 | head -5 >&2; return; }
    n=$(awk -v l="$first" 'BEGIN { n = int(250 / l); print (n < 5) ? 5 : (n > 600) ? 600 : n }')
    for _ in $(seq "$TIMES"); do
        off+=("$(one owner "$n")")
        on+=("$(one "$2" "$n")")
    done
    a=$(med "${off[@]}") b=$(med "${on[@]}") r=$(ratio "$b" "$a")
    printf '%-58s off %9.3f  on %9.3f ms  ratio %5.2f  %s\n' "$1" "$a" "$b" "$r" "$(awk -v r="$r" 'BEGIN { print (r <= 1.25) ? "ok" : "MISSED" }')" | tee -a "$BENCH_ROOT/results/all.txt"
    if awk -v r="$r" -v w="$worst" 'BEGIN { exit !(r > w) }'; then worst=$r worst_name=$1; fi
}
B="pool_id = 1 and bank_id = $BANK"
list() { echo "select $ROW from loan.loan where $1 order by ${2:-loan_date desc, id desc} limit 51"; }
counted() { echo "select count(*), coalesce(sum(principal_fen), 0)::bigint from (select principal_fen from loan.loan where $1 limit 100001) counted"; }
found() { echo "(bank_id, id) in (select s.bank_id, s.id from loan.search('$1', string_to_array('$2', ','), 1000) s)"; }
pair "list, newest first" bank "$(list "$B")"
pair "list, a page in the middle" bank "$(list "$B and (loan_date, id) < ('2025-03-31', 500000)")"
pair "list, oldest first" bank "$(list "$B" "loan_date, id")"
pair "list, largest first" bank "$(list "$B" "principal_fen desc, id desc")"
pair "list, matures first" bank "$(list "$B" "maturity_date, id")"
pair "list, one quarter" bank "$(list "$B and loan_date between '2025-01-01' and '2025-03-31'")"
pair "list, one class" bank "$(list "$B and risk_class = 'substandard'")"
pair "list, non-performing" bank "$(list "$B and npl_since is not null and library not in ('closed', 'struck_out')")"
pair "list, borrower kind" bank "$(list "$B and borrower_kind = 'medium'")"
pair "list, branch" bank "$(list "$B and branch = '南山支行'")"
pair "list, amounts between" bank "$(list "$B and principal_fen >= 100000000 and principal_fen <= 200000000")"
pair "list, with warnings" bank "$(list "$B and cardinality(warnings) > 0")"
pair "list, claim due" bank "$(list "$B and npl_since between '2026-07-01' and '2026-07-15' and library = 'loan'")"
pair "list, closure due" bank "$(list "$B and maturity_date between '2026-07-01' and '2026-07-15' and npl_since is null and library = 'loan'")"
pair "list, search 2 characters" bank "$(list "$B and $(found 安邦 安邦)")"
pair "list, search 4 characters" bank "$(list "$B and $(found 邦昌机械 邦昌,昌机,机械)")"
pair "totals from the sums" bank "select coalesce(sum(loans), 0)::bigint, coalesce(sum(principal_fen), 0)::bigint from loan.summary where $B"
pair "totals counted, class and kind" bank "$(counted "$B and risk_class = 'substandard' and borrower_kind = 'medium'")"
pair "totals counted, branch" bank "$(counted "$B and branch = '南山支行'")"
pair "totals counted, search 2 characters" bank "$(counted "$B and $(found 安邦 安邦)")"
pair "one loan" bank "select * from loan.loan where $B and id = $LOAN"
pair "one loan, its record" bank "select * from audit.event where entity = 'loan.loan' and entity_id = '1/$BANK/$LOAN' and action <> 'RegisterLoans' order by at desc limit 50"
pair "one loan, its classes" bank "select * from loan.classification where $B and loan_id = $LOAN order by value_date desc, id desc"
pair "is the note taken" bank "select id from loan.loan where $B and note_no = 'JJ000000007'"
pair "standing of the bank" bank "select * from loan.summary where $B"
pair "last crossing" bank "select standing from loan.standing where $B order by id desc limit 1"
pair "home, turned bad lately" bank "select count(*), sum(principal_fen) from loan.loan where $B and npl_since >= '2026-09-01'"
pair "home, open claims" bank "select count(*) from loan.loan where $B and npl_since >= '2026-07-10' and library = 'loan'"
pair "home, nearest claims" bank "select id, note_no, borrower_name, principal_fen, npl_since from loan.loan where $B and npl_since >= '2026-07-10' and library = 'loan' order by npl_since, id limit 5"
pair "imports" bank "select b.*, f.name, o.name from loan.import_batch b join loan.file f on f.pool_id = b.pool_id and f.bank_id = b.bank_id and f.id = b.file_id join tenancy.organisation o on o.pool_id = b.pool_id and o.id = b.bank_id where b.pool_id = 1 and b.bank_id = $BANK order by b.id desc limit 51"
pair "audit list" bank "select * from audit.event where pool_id = 1 and (bank_id = $BANK or organisation_id = $BANK) and action <> 'RegisterLoans' order by at desc, chain desc, seq desc limit 51"
pair "pool: list, newest first" pool "$(list "pool_id = 1")"
pair "pool: list, one bank" pool "$(list "$B")"
pair "pool: list, non-performing" pool "$(list "pool_id = 1 and npl_since is not null and library not in ('closed', 'struck_out')")"
pair "pool: list, search 2 characters" pool "$(list "pool_id = 1 and $(found 安邦 安邦)")"
pair "pool: list, search 4 characters" pool "$(list "pool_id = 1 and $(found 邦昌机械 邦昌,昌机,机械)")"
pair "pool: totals from the sums" pool "select coalesce(sum(loans), 0)::bigint, coalesce(sum(principal_fen), 0)::bigint from loan.summary where pool_id = 1"
pair "pool: every bank's figures" pool "select * from loan.summary where pool_id = 1"
pair "pool: corrections waiting" pool "select * from loan.correction where pool_id = 1 and state = 'proposed' order by proposed_at limit 51"
pair "auditor: list, newest first" auditor "$(list "pool_id = 1")"
pair "auditor: audit list" auditor "select * from audit.event where pool_id = 1 and action <> 'RegisterLoans' order by at desc, chain desc, seq desc limit 51"
[[ $ONLY == limits ]] || printf '%s: the worst ratio of row-level security is %s (%s); load %s\n' "$DBNAME" "$worst" "$worst_name" "$(cut -d' ' -f1-3 /proc/loadavg)" | tee -a "$BENCH_ROOT/results/all.txt"
single() { # NAME SCOPE SQL TARGET-MS
    local t=()
    printf '%s\n' "$3;" >"$W"
    one "$2" 20 >/dev/null
    for _ in 1 2 3 4 5; do t+=("$(one "$2" 100)"); done
    say_limit "$DBNAME: $1" "$(med "${t[@]}")" ms "$4" most
}
single "NPL ratio of one bank" bank "select sum(principal_fen) filter (where library <> 'closed' and risk_class in ('substandard', 'doubtful', 'loss'))::numeric / sum(principal_fen) from loan.summary where $B and library <> 'struck_out'" 1
single "NPL ratio of every bank" pool "select bank_id, sum(principal_fen) filter (where library <> 'closed' and risk_class in ('substandard', 'doubtful', 'loss'))::numeric / sum(principal_fen) from loan.summary where pool_id = 1 and library <> 'struck_out' group by 1" 1
single "search 2 characters, one bank" bank "select * from loan.search('安邦', '{安邦}', 1000)" 3
single "search 4 characters, one bank" bank "select * from loan.search('邦昌机械', '{邦昌,昌机,机械}', 1000)" 3
single "search 2 characters, whole pool" pool "select * from loan.search('安邦', '{安邦}', 1000)" 3
single "search 4 characters, whole pool" pool "select * from loan.search('邦昌机械', '{邦昌,昌机,机械}', 1000)" 3
single "search part of a note number, one bank" bank "select * from loan.search('0004711', '{0004,0047,0471,4711}', 1000)" 3
single "page of 50 by search of 2 characters, one bank" bank "$(list "$B and $(found 安邦 安邦)")" 3
single "page of 50 by search of 4 characters, one bank" bank "$(list "$B and $(found 邦昌机械 邦昌,昌机,机械)")" 3
