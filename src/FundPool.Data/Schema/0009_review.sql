-- What a review keeps beside the opinions: what was missing (told the bank only when the chief has decided), the ruling as it stood at the
-- moment of the proposal, and, for an objection, that it is unfounded.
set local role fundpool_owner;

alter table compensation.review drop constraint review_proposal_check;
alter table compensation.review add constraint review_proposal_check check (proposal in ('approve', 'reject', 'return', 'clear'));
alter table compensation.review
  add column deficiencies jsonb not null default '[]',  -- [{"code","material","note"}]
  add column ruled_fen bigint check (ruled_fen >= 0),    -- what the ruling named on the day of the proposal
  add column ruling jsonb;                               -- the whole ruling of that day
alter table compensation.review add constraint review_clear_check check (proposal <> 'clear' or kind = 're_examination');
alter table compensation.review add constraint review_return_check check (proposal <> 'return' or kind = 'review');

-- Whether a loan note or a borrower is registered in another pool of the installation: the name of the pool and nothing of the loan. It reads
-- past the policies and therefore answers only the institutions of a pool, never a bank.
create function loan.in_other_pools(note text, borrower text) returns table (name text, same_note boolean, same_borrower boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select p.name,
    exists (select from tenancy.organisation o join loan.loan l on l.pool_id = o.pool_id and l.bank_id = o.id and l.note_no = note where o.pool_id = p.id and o.kind = 'bank'),
    exists (select from loan.loan l where l.pool_id = p.id and l.borrower_key = borrower)
  from tenancy.pool p
  where tenancy.pool() is not null and tenancy.bank() is null and p.id not in (0, tenancy.pool())
$$;
revoke all on function loan.in_other_pools from public;
grant execute on function loan.in_other_pools to fundpool_pool, fundpool_auditor;
reset role;
