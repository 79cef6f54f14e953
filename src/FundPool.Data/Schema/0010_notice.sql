-- What the public says about a notice: objections (异议), reports (举报) and complaints (投诉), kept apart from who said it; the limits
-- that hold across web nodes; and what is decided about a bank's standing in the pool (a.24, a.30).

set local role fundpool_owner;

-- The number under which an item stands in its batch's notice, given at publication; objections name it.
alter table compensation.batch_item add column n int check (n > 0);

create table compensation.objection (
  pool_id int not null,
  id bigint generated always as identity,
  receipt text not null,                   -- what the sender quotes: YY-2026-0001
  kind text not null check (kind in ('objection', 'report', 'complaint')),
  form_key uuid not null,                  -- of the form that it was sent with: sent twice is kept once
  notice_id bigint,
  item int check (item > 0),
  claim_bank_id int,
  claim_id bigint,
  about text check (length(about) <= 200), -- the applicant of a report, the office or person of a complaint
  content text not null check (length(content) between 1 and 2000),
  state text not null default 'received' check (state in ('received', 'taken_up', 'declined', 'answered')),
  ground text check (ground in ('late', 'anonymous', 'not_an_item', 'no_facts', 'other')),
  opinion text check (length(opinion) <= 1000),
  answer text check (length(answer) <= 1000),
  received_at timestamptz not null default tenancy.moment(),
  decided_by int,
  decided_by_name text,
  decided_at timestamptz,
  answered_by int,
  answered_by_name text,
  answered_at timestamptz,
  row_version int not null default 1,
  primary key (pool_id, id),
  unique (pool_id, receipt),
  unique (pool_id, form_key),
  foreign key (pool_id) references tenancy.pool (id),
  foreign key (pool_id, notice_id) references compensation.notice (pool_id, id),
  foreign key (pool_id, claim_bank_id, claim_id) references compensation.claim (pool_id, bank_id, id),
  check ((kind = 'objection') = (notice_id is not null and item is not null)),
  check ((state = 'received') = (decided_by is null)),
  check ((state = 'answered') = (answered_by is not null)),
  check ((state = 'declined') = (ground is not null))
);
create index objection_open on compensation.objection (pool_id, state, id);
create index objection_claim on compensation.objection (pool_id, claim_bank_id, claim_id);

-- Who said it. Behind the fence of the organisation that handles it: no other institution of the pool sees it, not even in SQL.
create table compensation.objector (
  pool_id int not null,
  organisation_id int not null,
  objection_id bigint not null,
  is_unit boolean not null,
  name text not null check (length(name) between 1 and 60),
  unit text check (length(unit) between 1 and 200),
  unit_code text check (length(unit_code) between 1 and 18),
  phone_key text not null,
  phone_cipher bytea not null,
  address text not null check (length(address) between 1 and 200),
  file_id bigint,
  primary key (pool_id, organisation_id, objection_id),
  foreign key (pool_id, organisation_id) references tenancy.organisation (pool_id, id),
  foreign key (pool_id, objection_id) references compensation.objection (pool_id, id),
  foreign key (pool_id, organisation_id, file_id) references loan.file (pool_id, bank_id, id),
  check (is_unit = (unit is not null))
);

-- What strangers did lately, by a keyed digest of their address; trimmed after two days.
create table compensation.public_attempt (
  pool_id int not null,
  id bigint generated always as identity,
  at timestamptz not null,
  kind text not null check (kind in ('objection', 'lookup')),
  address_key text not null,
  notice_id bigint,
  primary key (pool_id, id),
  foreign key (pool_id) references tenancy.pool (id)
);
create index public_attempt_address on compensation.public_attempt (pool_id, kind, address_key, at);
create index public_attempt_notice on compensation.public_attempt (pool_id, notice_id, at) where notice_id is not null;

-- What the authority decides about a bank: an officer proposes, a chief decides, and they are two people.
create table compensation.bank_status (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  change text not null check (change in ('list', 'delist', 'remove', 'readmit')),
  from_on date not null,
  until_on date,
  reason text not null check (length(reason) between 1 and 1000),
  file_id bigint,                          -- the evidence, under the bank's own number: the bank may read what it rests on
  state text not null default 'proposed' check (state in ('proposed', 'decided', 'refused')),
  proposed_by int not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null default tenancy.moment(),
  decided_by int,
  decided_by_name text,
  decided_at timestamptz,
  opinion text check (length(opinion) <= 1000),
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id) references tenancy.organisation (pool_id, id),
  foreign key (pool_id, bank_id, file_id) references loan.file (pool_id, bank_id, id),
  check (decided_by is null or decided_by <> proposed_by),
  check ((state = 'proposed') = (decided_by is null)),
  check (until_on is null or (change = 'list' and until_on >= from_on))
);
create unique index bank_status_open on compensation.bank_status (pool_id, bank_id) where state = 'proposed';

-- Null when the stranger may, and that is written down; else the moment from which the next try is let in.
create function compensation.admit(what text, address text, notice bigint) returns timestamptz
language plpgsql security definer set search_path = pg_catalog as $$
declare
  our_pool int := tenancy.pool();
  now_at timestamptz := tenancy.moment();
  most int := case what when 'lookup' then 10 else 3 end;
  span interval := case what when 'lookup' then interval '1 minute' else interval '1 hour' end;
  day_began timestamptz := date_trunc('day', now_at at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai';
  tries timestamptz[];
begin
  -- In this order everywhere: those who press together wait for each other instead of all passing the count.
  perform pg_advisory_xact_lock(hashtextextended('public ' || our_pool || what || address, 0));
  select array_agg(a.at order by a.at) into tries from compensation.public_attempt a
  where a.pool_id = our_pool and a.kind = what and a.address_key = address and a.at > now_at - span;
  if cardinality(tries) >= most then return tries[cardinality(tries) - most + 1] + span; end if;
  if notice is not null then
    perform pg_advisory_xact_lock(hashtextextended('public notice ' || our_pool || '/' || notice, 0));
    if (select count(*) from compensation.public_attempt a where a.pool_id = our_pool and a.notice_id = notice and a.at >= day_began) >= 20 then
      return day_began + interval '1 day';
    end if;
  end if;
  insert into compensation.public_attempt (pool_id, at, kind, address_key, notice_id) values (our_pool, now_at, what, address, notice);
  delete from compensation.public_attempt where pool_id = our_pool and id in (
    select a.id from compensation.public_attempt a where a.pool_id = our_pool and a.at < now_at - interval '2 days' order by a.id limit 100);
  return null;
end $$;

-- Keeps what the public form says; the receipt, or the moment from which a further one is let in. The same form again: the same receipt.
create function compensation.file_objection(form jsonb, cipher bytea, attachment bytea) returns table (receipt text, retry_at timestamptz)
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
begin
  if our_pool is null or authority is null then raise exception 'there is no authority here' using errcode = 'check_violation'; end if;
  perform pg_advisory_xact_lock(hashtextextended('objection ' || our_pool || this_key, 0));
  select o.receipt into given from compensation.objection o where o.pool_id = our_pool and o.form_key = this_key;
  if found then return query select given, null::timestamptz; return; end if;
  wait := compensation.admit('objection', form ->> 'addressKey', this_notice);
  if wait is not null then return query select null::text, wait; return; end if;

  given := (case this_kind when 'objection' then 'YY' when 'report' then 'JB' else 'TS' end) || '-' || this_year || '-'
    || lpad(compensation.next_number(this_kind, this_year)::text, 4, '0');
  insert into compensation.objection (pool_id, receipt, kind, form_key, notice_id, item, claim_bank_id, claim_id, about, content)
  select our_pool, given, this_kind, this_key, this_notice, (form ->> 'item')::int, i.bank_id, i.claim_id, form ->> 'about', form ->> 'content'
  from (select 1) one
  left join compensation.notice n on n.pool_id = our_pool and n.id = this_notice
  left join compensation.batch_item i on i.pool_id = our_pool and i.batch_id = n.batch_id and i.n = (form ->> 'item')::int
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

-- What became of it, for whoever knows the receipt and the telephone number; nothing for any other pair.
create function compensation.objection_status(asked text, phone text)
returns table (kind text, state text, received_at timestamptz, notice_number text, item int, answer text, decided_at timestamptz, answered_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select o.kind, o.state, o.received_at, n.number, o.item, o.answer, o.decided_at, o.answered_at
  from compensation.objection o
  join compensation.objector w on w.pool_id = o.pool_id and w.objection_id = o.id
  left join compensation.notice n on n.pool_id = o.pool_id and n.id = o.notice_id
  where o.pool_id = tenancy.pool() and o.receipt = asked and w.phone_key = phone
$$;

call tenancy.fence_pool_rows('compensation.objection');
call tenancy.fence_pool_rows('compensation.public_attempt');
call tenancy.fence_organisation_rows('compensation.objector');
call tenancy.fence_bank_rows('compensation.bank_status');
grant select on compensation.objection to fundpool_pool, fundpool_auditor;
grant update on compensation.objection to fundpool_pool;
grant select on compensation.objector to fundpool_pool;
grant select on compensation.bank_status to fundpool_bank, fundpool_pool, fundpool_auditor;
grant insert, update on compensation.bank_status to fundpool_pool;

call audit.watch('compensation.objection', 'pool_id,id', 'content,form_key');
call audit.watch('compensation.objector', 'pool_id,objection_id', 'name,unit,unit_code,phone_key,phone_cipher,address');
call audit.watch('compensation.bank_status', 'pool_id,bank_id,id');

revoke all on function compensation.admit, compensation.file_objection, compensation.objection_status from public;
grant execute on function compensation.admit, compensation.file_objection, compensation.objection_status to fundpool_public;
reset role;
