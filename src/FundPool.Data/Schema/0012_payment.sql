-- From the issued plan to the money (a.19(3), (4), a.20(3)): the bank's payment documents, the treasurer's payment orders, the queue.
set local role fundpool_owner;

create table compensation.payout (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  plan_id bigint not null,
  state text not null default 'filed' check (state in ('filed', 'complete', 'returned')),
  account_name text not null check (length(account_name) between 1 and 100),
  account_cipher bytea not null,
  account_shown text not null check (length(account_shown) <= 40),      -- the last four
  opening_bank text not null check (length(opening_bank) between 1 and 100),
  papers jsonb not null,                   -- [{"code","file","name","sha256"}]: the documents as filed
  documents_due date not null,
  late boolean not null,
  hands int[] not null,                    -- everybody who uploaded or typed; none of them may confirm the money
  filed_by int not null,
  filed_by_name text not null,
  filed_on date not null,
  filed_at timestamptz not null default tenancy.moment(),
  checked_by int,
  checked_by_name text,
  checked_at timestamptz,
  opinion text check (length(opinion) <= 1000),
  payment_due date,
  payment_due_provisional boolean not null default false,
  row_version int not null default 1,
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, plan_id) references compensation.plan (pool_id, id),
  foreign key (pool_id, bank_id) references tenancy.organisation (pool_id, id),
  check ((state = 'filed') = (checked_by is null)),
  check ((state = 'complete') = (payment_due is not null))
);
create unique index payout_open on compensation.payout (pool_id, bank_id, plan_id) where state = 'filed';

create table compensation.payout_paper (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  plan_id bigint not null,
  code text not null,                      -- a code of the rulebook's checklist
  file_id bigint not null,
  uploaded_by int not null,
  uploaded_by_name text not null,
  uploaded_at timestamptz not null default tenancy.moment(),
  withdrawn_at timestamptz,
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, plan_id) references compensation.plan (pool_id, id),
  foreign key (pool_id, bank_id, file_id) references loan.file (pool_id, bank_id, id)
);
create index payout_paper_plan on compensation.payout_paper (pool_id, bank_id, plan_id);

create table compensation.payment_order (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  plan_id bigint not null,
  payout_id bigint not null,
  number text not null check (length(number) between 1 and 40),
  state text not null default 'prepared' check (state in ('prepared', 'released', 'dropped')),
  total_fen bigint not null check (total_fen > 0),
  prepared_by int not null,
  prepared_by_name text not null,
  hands int[] not null,                    -- everybody who had a hand in it; none of them may release it
  prepared_on date not null,
  prepared_at timestamptz not null default tenancy.moment(),
  released_by int,
  released_by_name text,
  released_on date,
  released_at timestamptz,
  dropped_by int,
  dropped_by_name text,
  dropped_at timestamptz,
  drop_reason text check (length(drop_reason) <= 500),
  entry_id bigint,
  received_on date,
  confirmed_by int,
  confirmed_by_name text,
  confirmed_at timestamptz,
  row_version int not null default 1,
  primary key (pool_id, bank_id, id),
  unique (pool_id, bank_id, number),
  foreign key (pool_id, plan_id) references compensation.plan (pool_id, id),
  foreign key (pool_id, bank_id, payout_id) references compensation.payout (pool_id, bank_id, id),
  foreign key (pool_id, entry_id) references ledger.entry (pool_id, id),
  check (released_by is null or not released_by = any (hands)),
  check ((state = 'released') = (released_by is not null)),
  check ((state = 'released') = (entry_id is not null)),
  check ((state = 'dropped') = (dropped_by is not null)),
  check (confirmed_by is null or state = 'released'),
  check ((confirmed_by is null) = (received_on is null))
);
create index payment_order_state on compensation.payment_order (pool_id, state, id desc);

create table compensation.payment_item (
  pool_id int not null,
  bank_id int not null,
  order_id bigint not null,
  n int not null check (n > 0),
  claim_id bigint not null,
  amount_fen bigint not null check (amount_fen > 0),
  left_at timestamptz,                     -- its order was dropped
  primary key (pool_id, bank_id, order_id, n),
  foreign key (pool_id, bank_id, order_id) references compensation.payment_order (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, claim_id) references compensation.claim (pool_id, bank_id, id)
);
create unique index payment_item_once on compensation.payment_item (pool_id, bank_id, claim_id) where left_at is null;

-- A released or dropped order stays as it was; only the bank's confirmation comes to it.
create function compensation.keep_order() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (old.bank_id, old.plan_id, old.payout_id, old.number, old.total_fen, old.prepared_by) is distinct from
     (new.bank_id, new.plan_id, new.payout_id, new.number, new.total_fen, new.prepared_by)
     or old.state <> 'prepared' and (old.state, old.released_by, old.entry_id, old.dropped_by) is distinct from (new.state, new.released_by, new.entry_id, new.dropped_by) then
    raise exception 'a payment order does not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_order before update on compensation.payment_order for each row execute function compensation.keep_order();

-- The queue for the money (domain.md 6): the payable claims of the whole pool by the moment of their acceptance. A claim is held, and
-- neither takes money nor counts for those behind it, while its loan is not non-performing in the loan library or has had its half.
create function compensation.queue()
returns table (bank_id int, claim_id bigint, plan_id bigint, accepted_at timestamptz, fen bigint, held text) language sql stable security definer set search_path = pg_catalog as $$
  select c.bank_id, c.id, c.plan_id, c.accepted_at, c.approved_fen,
         case when l.library <> 'loan' then 'library' when l.risk_class not in ('substandard', 'doubtful', 'loss') then 'upgraded'
              when coalesce(t.fen, 0) + c.approved_fen > (l.principal_fen + 1) / 2 then 'half' end
  from compensation.claim c
  join loan.loan l on l.pool_id = c.pool_id and l.bank_id = c.bank_id and l.id = c.loan_id
  left join ledger.loan_total t on t.pool_id = c.pool_id and t.bank_id = c.bank_id and t.loan_id = c.loan_id
  where c.pool_id = tenancy.pool() and c.state = 'payable'
$$;

-- What an order can still be prepared for: the special account less the orders that wait for their release.
create function compensation.free_money() returns bigint language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select b.fen from ledger.balance b where b.pool_id = tenancy.pool() and b.account = 'special'), 0)
       - coalesce((select sum(o.total_fen)::bigint from compensation.payment_order o where o.pool_id = tenancy.pool() and o.state = 'prepared'), 0)
$$;

-- The same queue for a bank: its own claims with their place and the sum ahead of them, and nothing of anybody else.
create function compensation.queue_places()
returns table (claim_id bigint, place int, ahead_fen bigint, covered boolean, held text) language sql stable security definer set search_path = pg_catalog as $$
  select w.claim_id, w.place, w.ahead_fen, w.held is null and w.ahead_fen + w.fen <= compensation.free_money(), w.held
  from (select q.bank_id, q.claim_id, q.fen, q.held,
               (count(*) filter (where q.held is null) over before + 1)::int as place,
               coalesce(sum(q.fen) filter (where q.held is null) over before, 0)::bigint as ahead_fen
        from compensation.queue() q
        window before as (order by q.accepted_at, q.bank_id, q.claim_id rows between unbounded preceding and 1 preceding)) w
  where w.bank_id = tenancy.bank()
$$;

do $$
declare
  t text;
begin
  foreach t in array array['payout', 'payout_paper', 'payment_order', 'payment_item']
  loop
    execute format('call tenancy.fence_bank_rows(%L)', 'compensation.' || t);
    execute format('grant select on compensation.%I to fundpool_bank, fundpool_pool, fundpool_auditor', t);
  end loop;
end $$;
grant insert on compensation.payout, compensation.payout_paper to fundpool_bank;
grant update (withdrawn_at) on compensation.payout_paper to fundpool_bank;
grant update on compensation.payout to fundpool_pool;
grant insert, update on compensation.payment_order, compensation.payment_item to fundpool_pool;
grant update (received_on, confirmed_by, confirmed_by_name, confirmed_at, row_version) on compensation.payment_order to fundpool_bank;
revoke all on function compensation.queue, compensation.free_money, compensation.queue_places from public;
grant execute on function compensation.queue, compensation.free_money to fundpool_pool, fundpool_auditor;
grant execute on function compensation.queue_places to fundpool_bank;

call audit.watch('compensation.payout', 'pool_id,bank_id,id', 'account_cipher');
call audit.watch('compensation.payout_paper', 'pool_id,bank_id,plan_id');
call audit.watch('compensation.payment_order', 'pool_id,bank_id,id');
call audit.watch('compensation.payment_item', 'pool_id,bank_id,claim_id');
reset role;
