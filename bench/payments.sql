-- Claims in prepared payment orders on top of fill.sql: :claims claims, :per of them an order, and a special account that holds
-- four fifths of what they need. Triggers are off while it runs, so that no claim has to walk its whole way.
\set ON_ERROR_STOP on
set session_replication_role = replica;
insert into tenancy.organisation (pool_id, kind, code, name) values (1, 'treasurer', 'JRZX', '测算金融中心') on conflict do nothing;
update loan.loan set risk_class = 'substandard', npl_since = class_date, library = 'loan' where class_date is not null;
update loan.loan set risk_class = 'substandard', class_date = loan_date + 100, npl_since = loan_date + 100, outstanding_fen = principal_fen where id <= :claims;
insert into compensation.plan (pool_id, number, title, basis, state, total_fen, issued_on, issued_at, documents_due, content, sha256, made_by, made_by_name)
select 1, '测算〔2026〕1号', '测算', '测算', 'issued', 1, '2026-03-01', now(), '2026-03-04', '{}', repeat('0', 64), 1, '甲';
insert into compensation.claim (pool_id, bank_id, loan_id, number, state, hands, made_by, made_by_name, version, applied_on, accepted_at, rulebook, outcome, share_bp,
  basis_fen, amount_fen, approved_fen, approved_on, plan_id)
select 1, bank_id, id, 'BENCH-' || id, 'ordered', '{1}', 1, '甲', 1, '2026-02-01', now(), 'shenzhen-2024', 'eligible', 4000,
  principal_fen, principal_fen / 10 * 4, principal_fen / 10 * 4, '2026-02-20', (select max(id) from compensation.plan)
from loan.loan where id <= :claims;
insert into compensation.payout (pool_id, bank_id, plan_id, state, account_name, account_cipher, account_shown, opening_bank, papers, documents_due, late, hands,
  filed_by, filed_by_name, filed_on, checked_by, checked_by_name, checked_at, payment_due)
select distinct on (bank_id) 1, bank_id, plan_id, 'complete', '测算', '\x00', '****', '测算', '[]'::jsonb, date '2026-03-04', false, '{1}'::int[], 1, '甲', date '2026-03-02', 1, '甲', now(), date '2026-03-12'
from compensation.claim order by bank_id;
create temporary table share as
select c.*, (row_number() over (partition by bank_id order by id) - 1) / :per as part, row_number() over (partition by bank_id order by id) as n from compensation.claim c;
insert into compensation.payment_order (pool_id, bank_id, plan_id, payout_id, number, total_fen, prepared_by, prepared_by_name, hands, prepared_on)
select 1, s.bank_id, s.plan_id, p.id, 'FK-' || s.bank_id || '-' || s.part, sum(s.approved_fen), 1, '甲', '{1}', '2026-03-03'
from share s join compensation.payout p on p.bank_id = s.bank_id group by s.bank_id, s.plan_id, p.id, s.part;
insert into compensation.payment_item (pool_id, bank_id, order_id, n, claim_id, amount_fen)
select 1, s.bank_id, o.id, s.n, s.id, s.approved_fen from share s join compensation.payment_order o on o.bank_id = s.bank_id and o.number = 'FK-' || s.bank_id || '-' || s.part;
insert into ledger.balance (pool_id, account, fen) select 1, 'special', sum(total_fen) * 4 / 5 from compensation.payment_order;
-- The floor: the same sums out of one row, by a conditional update and nothing else.
create table public.bare (id int primary key, fen bigint not null check (fen >= 0));
insert into public.bare select 1, fen from ledger.balance;
grant select, update on public.bare to fundpool_app;
set session_replication_role = origin;
analyze;
select count(*) || ' orders of ' || :per || ' claims' from compensation.payment_order;
