-- What a look at the whole by fresh eyes found: a bank read the reviewer's undecided proposals in the record of changes; a file of claims
-- belonged to nothing; and what strangers filled up for a day kept an affected unit from objecting.
set local role fundpool_owner;

-- What others did about its claims a bank reads in the claim's history, which shows opinions from the decision on.
drop policy own_bank on audit.event;
create policy own_bank on audit.event for select to fundpool_bank
  using (pool_id = (select tenancy.pool()) and (organisation_id = (select tenancy.bank()) or bank_id = (select tenancy.bank()) and entity not like 'compensation.%'));

-- A withdrawn claim leaves its batch as it leaves its plan.
grant update (left_at, left_because) on compensation.batch_item to fundpool_bank;

-- A file of claims as it was sent; the claims that came of it are drafts like any other.
create table compensation.claim_file (
  pool_id int not null,
  bank_id int not null,
  file_id bigint not null,
  sent_by int not null,
  sent_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, bank_id, file_id),
  foreign key (pool_id, bank_id, file_id) references loan.file (pool_id, bank_id, id)
);
insert into compensation.claim_file (pool_id, bank_id, file_id, sent_by, sent_at)
select f.pool_id, f.bank_id, f.id, coalesce(f.created_by, 0), f.created_at from loan.file f
join tenancy.organisation o on o.pool_id = f.pool_id and o.id = f.bank_id and o.kind = 'bank'
where not exists (select from loan.document d where d.pool_id = f.pool_id and d.bank_id = f.bank_id and d.file_id = f.id)
  and not exists (select from loan.import_batch b where b.pool_id = f.pool_id and b.bank_id = f.bank_id and f.id in (b.file_id, b.error_file_id))
  and not exists (select from compensation.material m where m.pool_id = f.pool_id and m.bank_id = f.bank_id and m.file_id = f.id)
  and not exists (select from compensation.payout_paper p where p.pool_id = f.pool_id and p.bank_id = f.bank_id and p.file_id = f.id)
  and not exists (select from compensation.bank_status s where s.pool_id = f.pool_id and s.bank_id = f.bank_id and s.file_id = f.id);
call tenancy.fence_bank_rows('compensation.claim_file');
grant select on compensation.claim_file to fundpool_bank, fundpool_pool, fundpool_auditor;
grant insert on compensation.claim_file to fundpool_bank;
call audit.watch('compensation.claim_file', 'pool_id,bank_id,file_id');

-- The unit that the notice names is always heard: what others sent about the notice that day does not count against it.
create or replace function compensation.file_objection(form jsonb, cipher bytea, attachment bytea) returns table (receipt text, retry_at timestamptz)
language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  our_pool int := tenancy.pool();
  this_key uuid := (form ->> 'formKey')::uuid;
  this_kind text := form ->> 'kind';
  this_notice bigint := (form ->> 'notice')::bigint;
  this_year int := extract(year from tenancy.moment() at time zone 'Asia/Shanghai');
  authority int := (select o.id from tenancy.organisation o where o.pool_id = our_pool and o.kind = 'authority' and o.disabled_at is null order by o.id limit 1);
  given text;
  wait timestamptz;
  new_id bigint;
  new_file bigint;
  their_bank int;
  their_claim bigint;
  is_named boolean;
begin
  if our_pool is null or authority is null then raise exception 'there is no authority here' using errcode = 'check_violation'; end if;
  perform pg_advisory_xact_lock(hashtextextended('objection ' || our_pool || this_key, 0));
  select o.receipt into given from compensation.objection o where o.pool_id = our_pool and o.form_key = this_key;
  if found then return query select given, null::timestamptz; return; end if;
  select i.bank_id, i.claim_id, l.borrower_key = form ->> 'unitCode' into their_bank, their_claim, is_named
  from compensation.notice n
  join compensation.batch_item i on i.pool_id = n.pool_id and i.batch_id = n.batch_id and i.n = (form ->> 'item')::int
  join compensation.claim c on c.pool_id = i.pool_id and c.bank_id = i.bank_id and c.id = i.claim_id
  join loan.loan l on l.pool_id = c.pool_id and l.bank_id = c.bank_id and l.id = c.loan_id
  where n.pool_id = our_pool and n.id = this_notice;
  wait := compensation.admit('objection', form ->> 'addressKey', case when is_named then null else this_notice end);
  if wait is not null then return query select null::text, wait; return; end if;

  given := (case this_kind when 'objection' then 'YY' when 'report' then 'JB' else 'TS' end) || '-' || this_year || '-'
    || lpad(compensation.next_number(this_kind, this_year)::text, 4, '0');
  insert into compensation.objection (pool_id, receipt, kind, form_key, notice_id, item, claim_bank_id, claim_id, about, content)
  values (our_pool, given, this_kind, this_key, this_notice, (form ->> 'item')::int, their_bank, their_claim, form ->> 'about', form ->> 'content')
  returning id into new_id;
  if attachment is not null then
    insert into loan.file (pool_id, bank_id, sha256, size, content_type, name)
    values (our_pool, authority, sha256(attachment), length(attachment), form ->> 'fileType', form ->> 'fileName') returning id into new_file;
    insert into loan.file_chunk (pool_id, bank_id, file_id, n, bytes)
    select our_pool, authority, new_file, k, substring(attachment from k * 1048576 + 1 for 1048576) from generate_series(0, (length(attachment) - 1) / 1048576) k;
  end if;
  insert into compensation.objector (pool_id, organisation_id, objection_id, is_unit, name, unit, unit_code, phone_key, phone_cipher, address, file_id)
  values (our_pool, authority, new_id, (form ->> 'isUnit')::boolean, form ->> 'name', form ->> 'unit', form ->> 'unitCode', form ->> 'phoneKey', cipher, form ->> 'address', new_file);
  return query select given, null::timestamptz;
end $$;

-- To decline an objection lets the money go on: one person of the authority proposes it, another decides.
alter table compensation.objection
  add column proposal jsonb,               -- {"ground","opinion","answer"}: to decline, until another person decides
  add column proposed_by int,
  add column proposed_by_name text,
  add column proposed_at timestamptz,
  add constraint declined_by_two check (kind <> 'objection' or state <> 'declined' or (proposed_by is not null and proposed_by <> decided_by)) not valid;

-- What waits for somebody beside the claims (ADR 0028): a row that comes tells whose turn it is, a row that was decided on closes it.
create table tenancy.turn (
  target text not null,                    -- schema.table
  arrives text not null,                   -- the state in which a row waits
  kind text not null,                      -- whose turn it is: the kind of organisation
  permission text not null,
  said text not null,                      -- the kind of the message; its words are the program's
  href text not null,                      -- with %s for the row's number
  primary key (target)
);
insert into tenancy.turn values
  ('compensation.objection', 'received', 'authority', 'HandleObjections', 'objection.received', '/objections/%s'),
  ('compensation.notice', 'draft', 'authority', 'PublishNotices', 'notice.draft', '/notices/%s'),
  ('compensation.plan', 'draft', 'authority', 'IssuePlans', 'plan.draft', '/plans/%s'),
  ('compensation.bank_status', 'proposed', 'authority', 'DecideBankStatus', 'status.proposed', '/members/%s'),
  ('ledger.receipt', 'entered', 'treasurer', 'ApproveReceipts', 'receipt.entered', '/receipts/%s');
grant select on tenancy.turn to fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_platform;

create function tenancy.tell_turn() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  t tenancy.turn := (select r from tenancy.turn r where r.target = tg_table_schema || '.' || tg_table_name);
  j jsonb := to_jsonb(new);
  its_key text := format('turn/%s/%s/%s', t.target, coalesce(j ->> 'bank_id', ''), j ->> 'id');
  -- A bank's change of status is decided on the bank's own page.
  page text := format(t.href, coalesce(case when t.target = 'compensation.bank_status' then j ->> 'bank_id' end, j ->> 'id'));
begin
  if tg_op = 'INSERT' and new.state = t.arrives then
    insert into tenancy.message (pool_id, organisation_id, permission, kind, todo, number, href, key)
    select new.pool_id, o.id, t.permission, t.said, true, coalesce(j ->> 'receipt', j ->> 'document'), page, its_key
    from tenancy.organisation o where o.pool_id = new.pool_id and o.kind = t.kind and o.disabled_at is null order by o.id
    on conflict on constraint message_pool_id_organisation_id_key_key do nothing;
  elsif tg_op = 'UPDATE' and old.state = t.arrives and new.state <> t.arrives then
    update tenancy.message m set closed_at = tenancy.moment() where m.pool_id = new.pool_id and m.key = its_key and m.closed_at is null;
    -- Who entered a receipt learns that it was declined; a bank and the reviewer learn of a status that was decided.
    insert into tenancy.message (pool_id, organisation_id, person_id, permission, kind, number, href, key)
    select new.pool_id, (j ->> 'made_by_unit')::int, (j ->> 'made_by')::int, null, 'receipt.declined', j ->> 'document', page, its_key || '/declined'
    where t.target = 'ledger.receipt' and new.state = 'declined'
    union all
    select new.pool_id, o.id, null, case when o.kind = 'reviewer' then 'ReviewClaims' end, 'status.' || (j ->> 'change'), o.name, '/', its_key || '/decided'
    from (select o.id, o.kind, b.name from tenancy.organisation o join tenancy.organisation b on b.pool_id = o.pool_id and b.id = (j ->> 'bank_id')::int
          where o.pool_id = new.pool_id and o.disabled_at is null and (o.id = b.id or o.kind = 'reviewer')) o
    where t.target = 'compensation.bank_status' and new.state = 'decided'
    on conflict on constraint message_pool_id_organisation_id_key_key do nothing;
  end if;
  return null;
end $$;
create trigger tell_turn after insert or update of state on compensation.objection for each row execute function tenancy.tell_turn();
create trigger tell_turn after insert or update of state on compensation.notice for each row execute function tenancy.tell_turn();
create trigger tell_turn after insert or update of state on compensation.plan for each row execute function tenancy.tell_turn();
create trigger tell_turn after insert or update of state on compensation.bank_status for each row execute function tenancy.tell_turn();
create trigger tell_turn after insert or update of state on ledger.receipt for each row execute function tenancy.tell_turn();

-- A crossing of a threshold of a.17 is told to the bank and to the reviewer.
create function tenancy.tell_crossing() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenancy.message (pool_id, organisation_id, permission, kind, number, href, key)
  select new.pool_id, o.id, case when o.kind = 'reviewer' then 'ReviewClaims' end, 'standing.' || new.standing, b.name, '/standings/' || new.bank_id,
         format('crossing/%s/%s', new.bank_id, new.id)
  from tenancy.organisation o join tenancy.organisation b on b.pool_id = new.pool_id and b.id = new.bank_id
  where o.pool_id = new.pool_id and o.disabled_at is null and (o.id = new.bank_id or o.kind = 'reviewer') order by o.id
  on conflict on constraint message_pool_id_organisation_id_key_key do nothing;
  return null;
end $$;
create trigger tell_crossing after insert on loan.standing for each row execute function tenancy.tell_crossing();

-- A bank that resumes moves the ends of its own claims' reviews, and the open messages follow.
create or replace function tenancy.move_due(claim bigint, new_due date, provisional boolean) returns void language sql security definer set search_path = pg_catalog as $$
  update tenancy.message set due = new_due, due_provisional = provisional
  where pool_id = tenancy.pool() and todo and closed_at is null and waits_for = array[claim]
    and (tenancy.bank() is null or exists (select from compensation.claim c where c.pool_id = tenancy.pool() and c.bank_id = tenancy.bank() and c.id = claim))
$$;
grant execute on function tenancy.move_due to fundpool_bank;

-- A claim taken back late is the authority's and the treasurer's business too.
insert into compensation.turn values ('withdrawn', 'authority', 'PreparePlans', false), ('withdrawn', 'treasurer', 'PreparePayments', false);

-- Locks the head of the acting organisation's chain until the transaction ends.
create function audit.hold() returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into audit.head values (coalesce(tenancy.organisation(), 0), 0, '\x') on conflict do nothing;
  perform from audit.head h where h.chain = coalesce(tenancy.organisation(), 0) for update;
end $$;
revoke all on function audit.hold from public;
create or replace function ledger.post(kind text, booked_on date, memo text, document text, made_by int, made_by_name text, approved_by int, approved_by_name text,
                            reverses bigint, key text, accounts text[], sums bigint[], banks int[], claims bigint[])
returns bigint language plpgsql security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  pool int := tenancy.pool();
  taken bigint := (select -coalesce(sum(s), 0) from unnest(post.accounts, post.sums) as p(a, s) where a = 'special');
  entry bigint;
begin
  -- The head of the audit chain first, as every writer of claims and orders has it before the money: a release and a reversal at the same moment
  -- would wait for each other crosswise.
  perform audit.hold();
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

revoke all on function tenancy.tell_turn, tenancy.tell_crossing from public;
reset role;
