-- The pool's money in double entry (domain.md 6): whole fen, entries that are never edited, balances kept by trigger. Nobody of the
-- portal writes postings by hand: ledger.post is the one door, and it never takes more from the special account than lies there.
-- A posting for a claim names the bank as of_bank and not as bank_id, because its row is the pool's and not the bank's: banks read
-- no ledger at all.
grant usage on schema ledger to fundpool_pool, fundpool_auditor;
set local role fundpool_owner;

create table ledger.entry (
  pool_id int not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('appropriation', 'interest', 'payment', 'reversal')),
  booked_on date not null,
  memo text not null check (length(memo) between 1 and 200),
  document text not null check (length(document) between 1 and 100),   -- the paper behind it: 文号, 回单号, the payment order's number
  made_by int not null,
  made_by_name text not null,
  approved_by int not null,
  approved_by_name text not null,
  reverses_id bigint,
  key text not null check (length(key) between 1 and 100),              -- what it is posted for; one thing is posted once
  posted_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, id),
  unique (pool_id, key),
  unique (pool_id, reverses_id),
  foreign key (pool_id) references tenancy.pool (id),
  foreign key (pool_id, reverses_id) references ledger.entry (pool_id, id),
  check (made_by <> approved_by),
  check ((kind = 'reversal') = (reverses_id is not null))
);
create index entry_day on ledger.entry (pool_id, booked_on, id);

-- Signed: what comes into an account is positive, what leaves it negative, so that each entry adds up to nothing.
create table ledger.posting (
  pool_id int not null,
  entry_id bigint not null,
  n int not null check (n > 0),
  account text not null check (account in ('special', 'appropriations', 'interest', 'compensation', 'recoveries_due', 'recoveries_received',
    'upgrades_due', 'sanctions_due', 'equity')),
  fen bigint not null check (fen <> 0),
  of_bank int,
  claim_id bigint,
  primary key (pool_id, entry_id, n),
  foreign key (pool_id, entry_id) references ledger.entry (pool_id, id),
  foreign key (pool_id, of_bank, claim_id) references compensation.claim (pool_id, bank_id, id),
  check ((claim_id is null) = (of_bank is null)),
  check (claim_id is not null or account <> 'compensation')
);
create index posting_claim on ledger.posting (pool_id, of_bank, claim_id) where claim_id is not null;
create index posting_account on ledger.posting (pool_id, account, entry_id);

create table ledger.balance (
  pool_id int not null,
  account text not null,
  fen bigint not null default 0,
  row_version int not null default 1,
  primary key (pool_id, account),
  foreign key (pool_id) references tenancy.pool (id),
  constraint never_overdrawn check (account <> 'special' or fen >= 0)
);

-- What was paid for a claim and, over all its claims, for a loan: not above what was approved, and not above one half, rounded half up (a.16(4)).
create table ledger.claim_total (
  pool_id int not null,
  bank_id int not null,
  claim_id bigint not null,
  approved_fen bigint not null,
  basis_fen bigint not null,
  fen bigint not null default 0,
  primary key (pool_id, bank_id, claim_id),
  foreign key (pool_id, bank_id, claim_id) references compensation.claim (pool_id, bank_id, id),
  constraint paid_once check (fen between 0 and approved_fen),
  constraint paid_half_of_claim check (fen <= (basis_fen + 1) / 2)
);
create table ledger.loan_total (
  pool_id int not null,
  bank_id int not null,
  loan_id bigint not null,
  principal_fen bigint not null,
  fen bigint not null default 0,
  primary key (pool_id, bank_id, loan_id),
  foreign key (pool_id, bank_id, loan_id) references loan.loan (pool_id, bank_id, id),
  constraint paid_half_of_loan check (fen between 0 and (principal_fen + 1) / 2)
);

-- What is entered as received, and its reversal: a paper until the treasurer's chief approves it, an entry from then on.
create table ledger.receipt (
  pool_id int not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('appropriation', 'interest', 'reversal')),
  fen bigint not null check (fen > 0),
  received_on date not null,
  document text not null check (length(document) between 1 and 100),
  memo text not null check (length(memo) between 1 and 200),
  reverses_id bigint,
  state text not null default 'entered' check (state in ('entered', 'posted', 'declined', 'dropped')),
  made_by int not null,
  made_by_name text not null,
  made_by_unit int not null,
  made_at timestamptz not null default tenancy.moment(),
  decided_by int,
  decided_by_name text,
  decided_at timestamptz,
  opinion text check (length(opinion) <= 500),
  entry_id bigint,
  row_version int not null default 1,
  primary key (pool_id, id),
  foreign key (pool_id) references tenancy.pool (id),
  foreign key (pool_id, reverses_id) references ledger.receipt (pool_id, id),
  foreign key (pool_id, entry_id) references ledger.entry (pool_id, id),
  check ((kind = 'reversal') = (reverses_id is not null)),
  check ((state = 'posted') = (entry_id is not null)),
  check (state not in ('posted', 'declined') or decided_by <> made_by)
);
create unique index receipt_reversed on ledger.receipt (pool_id, reverses_id) where state in ('entered', 'posted');
create index receipt_state on ledger.receipt (pool_id, state, id desc);

-- One press of a button is one deed: the key comes with the form, its row is written in the deed's own transaction.
create table ledger.once (
  pool_id int not null,
  key text not null check (length(key) between 8 and 64),
  action text not null,
  digest text not null,                    -- of what was asked for
  answer bigint,
  at timestamptz not null default tenancy.moment(),
  primary key (pool_id, key),
  foreign key (pool_id) references tenancy.pool (id)
);

create function ledger.keep_totals() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from new_rows n group by n.pool_id, n.entry_id
             having sum(n.fen) <> 0 or count(*) <> (select count(*) from ledger.posting p where p.pool_id = n.pool_id and p.entry_id = n.entry_id)) then
    raise exception 'an entry is written whole, and adds up to nothing' using errcode = 'check_violation';
  end if;
  -- The special account first and the others by name, always: two entries never wait for each other crosswise.
  insert into ledger.balance (pool_id, account)
  select pool_id, account from (select distinct pool_id, account from new_rows) a order by pool_id, account <> 'special', account
  on conflict do nothing;
  perform from ledger.balance b where exists (select from new_rows n where n.pool_id = b.pool_id and n.account = b.account)
  order by b.pool_id, b.account <> 'special', b.account for update;
  update ledger.balance b set fen = b.fen + s.fen, row_version = b.row_version + 1
  from (select pool_id, account, sum(fen)::bigint as fen from new_rows group by 1, 2) s
  where b.pool_id = s.pool_id and b.account = s.account;

  if not exists (select from new_rows where account = 'compensation') then return null; end if;
  insert into ledger.claim_total (pool_id, bank_id, claim_id, approved_fen, basis_fen)
  select c.pool_id, c.bank_id, c.id, c.approved_fen, c.basis_fen from compensation.claim c
  where exists (select from new_rows n where n.account = 'compensation' and n.pool_id = c.pool_id and n.of_bank = c.bank_id and n.claim_id = c.id)
  order by c.pool_id, c.bank_id, c.id on conflict do nothing;
  update ledger.claim_total t set fen = t.fen + s.fen
  from (select pool_id, of_bank, claim_id, sum(fen)::bigint as fen from new_rows where account = 'compensation' group by 1, 2, 3) s
  where t.pool_id = s.pool_id and t.bank_id = s.of_bank and t.claim_id = s.claim_id;
  insert into ledger.loan_total (pool_id, bank_id, loan_id, principal_fen)
  select l.pool_id, l.bank_id, l.id, l.principal_fen from loan.loan l
  where exists (select from new_rows n join compensation.claim c on c.pool_id = n.pool_id and c.bank_id = n.of_bank and c.id = n.claim_id
                where n.account = 'compensation' and c.pool_id = l.pool_id and c.bank_id = l.bank_id and c.loan_id = l.id)
  order by l.pool_id, l.bank_id, l.id on conflict do nothing;
  update ledger.loan_total t set fen = t.fen + s.fen, principal_fen = s.principal_fen
  from (select l.pool_id, l.bank_id, l.id, l.principal_fen, sum(n.fen)::bigint as fen
        from new_rows n join compensation.claim c on c.pool_id = n.pool_id and c.bank_id = n.of_bank and c.id = n.claim_id
        join loan.loan l on l.pool_id = c.pool_id and l.bank_id = c.bank_id and l.id = c.loan_id
        where n.account = 'compensation' group by 1, 2, 3, 4) s
  where t.pool_id = s.pool_id and t.bank_id = s.bank_id and t.loan_id = s.id;
  return null;
end $$;
create trigger keep_totals after insert on ledger.posting referencing new table as new_rows
  for each statement execute function ledger.keep_totals();

-- An entry without postings, or with sides that differ, does not survive the end of its transaction.
create function ledger.balanced() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if (select count(*) < 2 or sum(p.fen) <> 0 from ledger.posting p where p.pool_id = new.pool_id and p.entry_id = new.id) then
    raise exception 'entry %/% does not balance', new.pool_id, new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger balanced after insert on ledger.entry deferrable initially deferred
  for each row execute function ledger.balanced();
create trigger append_only before update or delete or truncate on ledger.entry for each statement execute function audit.refuse();
create trigger append_only before update or delete or truncate on ledger.posting for each statement execute function audit.refuse();

-- Posts an entry into the pool of the transaction and answers its id; null, and nothing written, where the special account holds too
-- little. The conditional update takes the row's lock and looks again after waiting, so that pressing together never overdraws.
create function ledger.post(kind text, booked_on date, memo text, document text, made_by int, made_by_name text, approved_by int, approved_by_name text,
                            reverses bigint, key text, accounts text[], sums bigint[], banks int[], claims bigint[])
returns bigint language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  pool int := tenancy.pool();
  taken bigint := (select -coalesce(sum(s), 0) from unnest(post.accounts, post.sums) as p(a, s) where a = 'special');
  entry bigint;
begin
  if taken > 0 then
    update ledger.balance b set row_version = b.row_version + 1 where b.pool_id = pool and b.account = 'special' and b.fen >= taken;
    if not found then return null; end if;
  end if;
  insert into ledger.entry (pool_id, kind, booked_on, memo, document, made_by, made_by_name, approved_by, approved_by_name, reverses_id, key)
  values (pool, post.kind, post.booked_on, post.memo, post.document, post.made_by, post.made_by_name, post.approved_by, post.approved_by_name, post.reverses, post.key)
  returning id into entry;
  insert into ledger.posting (pool_id, entry_id, n, account, fen, of_bank, claim_id)
  select pool, entry, p.n, p.account, p.fen, p.bank, p.claim
  from unnest(post.accounts, post.sums, post.banks, post.claims) with ordinality as p(account, fen, bank, claim, n);
  return entry;
end $$;

call tenancy.fence_bank_rows('ledger.claim_total');
call tenancy.fence_bank_rows('ledger.loan_total');
call tenancy.fence_pool_rows('ledger.entry');
call tenancy.fence_pool_rows('ledger.posting');
call tenancy.fence_pool_rows('ledger.balance');
call tenancy.fence_pool_rows('ledger.receipt');
call tenancy.fence_pool_rows('ledger.once');
grant select on ledger.entry, ledger.posting, ledger.balance, ledger.receipt, ledger.claim_total, ledger.loan_total to fundpool_pool, fundpool_auditor;
grant insert, update on ledger.receipt to fundpool_pool;
grant select, insert on ledger.once to fundpool_pool;
grant update (answer) on ledger.once to fundpool_pool;
revoke all on function ledger.post, ledger.keep_totals, ledger.balanced from public;
grant execute on function ledger.post to fundpool_pool;

call audit.watch('ledger.entry', 'pool_id,id');
call audit.watch('ledger.posting', 'pool_id,entry_id,n');
call audit.watch('ledger.receipt', 'pool_id,id');
reset role;
