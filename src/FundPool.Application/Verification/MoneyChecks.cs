namespace FundPool.Application.Verification;

/// <summary>What must always hold between claims, plans, payment orders and the ledger (domain.md 2, 6).</summary>
internal static class MoneyChecks
{
    public static IReadOnlyList<(string Name, string Sql)> All { get; } =
    [
        ("ledger_entries", """
            select 'entry ' || e.pool_id || '/' || e.id, coalesce('adds up to ' || sum(p.fen) || ' fen over ' || count(p.*) || ' postings', 'has no postings')
            from ledger.entry e left join ledger.posting p on p.pool_id = e.pool_id and p.entry_id = e.id
            group by e.pool_id, e.id having count(p.*) < 2 or sum(p.fen) <> 0
            """),
        ("ledger_balances", """
            select 'account ' || coalesce(b.pool_id, p.pool_id) || '/' || coalesce(b.account, p.account), 'holds ' || coalesce(b.fen, 0) || ' fen, its postings add up to ' || coalesce(p.fen, 0)
            from ledger.balance b full join (select pool_id, account, sum(fen) as fen from ledger.posting group by 1, 2) p using (pool_id, account)
            where coalesce(b.fen, 0) <> coalesce(p.fen, 0)
            """),
        ("special_account", """
            select 'pool ' || pool_id, 'the special account is overdrawn: ' || sum(fen) || ' fen'
            from ledger.posting where account = 'special' group by pool_id having sum(fen) < 0
            """),
        ("paid_claims", """
            select 'claim ' || c.pool_id || '/' || c.bank_id || '/' || c.id,
                   'is ' || c.state || ', approved ' || coalesce(c.approved_fen, 0) || ', paid ' || coalesce(c.paid_fen, 0) || ' fen; the ledger has ' || coalesce(p.n, 0) || ' payments of ' || coalesce(p.fen, 0)
            from compensation.claim c
            left join (select p.pool_id, p.of_bank, p.claim_id, count(*) as n, sum(p.fen) as fen from ledger.posting p
                       join ledger.entry e on e.pool_id = p.pool_id and e.id = p.entry_id
                       where p.account = 'compensation' and e.kind = 'payment' group by 1, 2, 3) p
              on p.pool_id = c.pool_id and p.of_bank = c.bank_id and p.claim_id = c.id
            where (c.state in ('paid', 'compensated')) <> (coalesce(p.n, 0) = 1) or coalesce(p.n, 0) > 1
               or p.n = 1 and (p.fen <> c.approved_fen or c.paid_fen is distinct from p.fen)
            """),
        ("paid_half", """
            select 'loan ' || c.pool_id || '/' || c.bank_id || '/' || c.loan_id, 'was paid ' || sum(p.fen) || ' fen of a principal of ' || l.principal_fen
            from ledger.posting p
            join compensation.claim c on c.pool_id = p.pool_id and c.bank_id = p.of_bank and c.id = p.claim_id
            join loan.loan l on l.pool_id = c.pool_id and l.bank_id = c.bank_id and l.id = c.loan_id
            where p.account = 'compensation'
            group by c.pool_id, c.bank_id, c.loan_id, l.principal_fen having sum(p.fen) > (l.principal_fen + 1) / 2
            """),
        ("paid_half_of_claim", """
            select 'claim ' || pool_id || '/' || bank_id || '/' || id, 'was paid ' || paid_fen || ' fen of a principal of ' || basis_fen
            from compensation.claim where paid_fen > (basis_fen + 1) / 2
            """),
        ("payment_orders", """
            select 'payment order ' || o.pool_id || '/' || o.bank_id || '/' || o.id,
                   'is ' || o.state || ' with ' || o.total_fen || ' fen; its items add up to ' || coalesce(i.fen, 0) || ', its entry to ' || coalesce(p.fen, 0)
            from compensation.payment_order o
            left join (select pool_id, bank_id, order_id, sum(amount_fen) as fen from compensation.payment_item group by 1, 2, 3) i
              on i.pool_id = o.pool_id and i.bank_id = o.bank_id and i.order_id = o.id
            left join (select pool_id, entry_id, -sum(fen) as fen from ledger.posting where account = 'special' group by 1, 2) p
              on p.pool_id = o.pool_id and p.entry_id = o.entry_id
            where coalesce(i.fen, 0) <> o.total_fen or o.state = 'released' and coalesce(p.fen, 0) <> o.total_fen
            """),
        ("plan_totals", """
            select 'plan ' || p.pool_id || '/' || p.id, 'says ' || p.total_fen || ' fen, its items add up to ' || coalesce(sum(i.amount_fen), 0)
            from compensation.plan p left join compensation.plan_item i on i.pool_id = p.pool_id and i.plan_id = p.id
            where p.state = 'issued' group by p.pool_id, p.id having p.total_fen <> coalesce(sum(i.amount_fen), 0)
            """),
        ("in_one_batch", """
            select 'claim ' || pool_id || '/' || bank_id || '/' || claim_id, 'stands in ' || count(*) || ' batches'
            from compensation.batch_item where left_at is null group by pool_id, bank_id, claim_id having count(*) > 1
            """),
        ("in_one_plan", """
            select 'claim ' || pool_id || '/' || bank_id || '/' || claim_id, 'stands in ' || count(*) || ' plans'
            from compensation.plan_item where left_at is null group by pool_id, bank_id, claim_id having count(*) > 1
            """),
        ("in_one_order", """
            select 'claim ' || pool_id || '/' || bank_id || '/' || claim_id, 'stands in ' || count(*) || ' payment orders'
            from compensation.payment_item where left_at is null group by pool_id, bank_id, claim_id having count(*) > 1
            """),
        ("compensation_library", """
            select 'loan ' || l.pool_id || '/' || l.bank_id || '/' || l.id, 'in library ' || l.library || ', its claims of this library: ' || coalesce(c.n, 0)
            from loan.loan l
            left join (select pool_id, bank_id, loan_id, count(*) as n from compensation.claim where state = 'compensated' group by 1, 2, 3) c
              on c.pool_id = l.pool_id and c.bank_id = l.bank_id and c.loan_id = l.id
            where l.library in ('compensation', 'settlement') and coalesce(c.n, 0) = 0 or l.library in ('loan', 'struck_out') and c.n > 0
            """),
        ("claim_steps", """
            select 'claim ' || c.pool_id || '/' || c.bank_id || '/' || c.id, coalesce('goes from ' || s.prior || ' on as ' || s.from_state || ' to ' || s.to_state,
                   case when s.to_state is null then 'has no history' else 'is ' || c.state || ', its history goes from ' || coalesce(s.from_state, 'nothing') || ' to ' || s.to_state end)
            from compensation.claim c
            left join (select pool_id, bank_id, claim_id, from_state, to_state, lag(to_state) over w as prior, row_number() over w as n, lead(id) over w is null as last
                       from compensation.step window w as (partition by pool_id, bank_id, claim_id order by id)) s
              on s.pool_id = c.pool_id and s.bank_id = c.bank_id and s.claim_id = c.id
            where s.to_state is null or s.from_state is distinct from s.prior or s.n = 1 and s.to_state <> 'draft' or s.last and s.to_state <> c.state
               or s.n > 1 and not exists (select from compensation.transition t where t.from_state = s.from_state and t.to_state = s.to_state)
            """),
    ];
}
