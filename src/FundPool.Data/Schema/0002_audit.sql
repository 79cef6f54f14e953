-- The append-only, hash-chained record of every write. Triggers write it, so that no path, not even psql, goes unseen.
-- One chain an organisation (0: the system); hash = sha256(previous hash || the event's canonical text).

set local role fundpool_owner;

create table audit.head (
  chain int primary key,
  seq bigint not null,
  hash bytea not null
);

create table audit.event (
  chain int not null,
  seq bigint not null,
  at timestamptz not null,
  pool_id int,
  bank_id int,
  organisation_id int,
  person_id int,
  person_name text not null,
  action text not null,
  entity text not null,
  entity_id text not null,
  before text,
  after text,
  reason text,
  article text,
  trace_id text,
  hash bytea not null,
  primary key (chain, seq)
);
-- Registrations are found through the loan itself (registered_by, batch); what came after them through this index.
create index event_entity on audit.event (entity, entity_id) where action <> 'RegisterLoans';
create index event_pool_at on audit.event (pool_id, at desc) where action <> 'RegisterLoans';

alter table audit.head enable row level security;
alter table audit.head force row level security;
alter table audit.event enable row level security;
alter table audit.event force row level security;
create policy internal on audit.head to fundpool_owner using (true) with check (true);
create policy internal on audit.event to fundpool_owner using (true) with check (true);
create policy own_bank on audit.event for select to fundpool_bank
  using (pool_id = (select tenancy.pool()) and (bank_id = (select tenancy.bank()) or organisation_id = (select tenancy.bank())));
create policy own_pool on audit.event for select to fundpool_pool using (pool_id = (select tenancy.pool()));
create policy read_pool on audit.event for select to fundpool_auditor using (pool_id = (select tenancy.pool()));
-- The platform's administrators see what was done to organisations, people and reference data, never a loan.
create policy platform on audit.event for select to fundpool_platform
  using (entity like 'tenancy.%' or entity like 'reference.%');
grant select on audit.event to fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_platform;

-- A text with its length in front, so that words can't be moved over the border of two fields and nothing differs from an empty text.
create function audit.sealed(field text) returns text language sql immutable as $$
  select coalesce(octet_length(field)::text || ':' || field, '')
$$;

-- Stable, like the functions in it, so that the planner can put its text in place of the call.
create function audit.canonical(e audit.event) returns bytea language sql stable as $$
  select convert_to(concat_ws('|', e.chain, e.seq, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    coalesce(e.pool_id::text, ''), coalesce(e.bank_id::text, ''), coalesce(e.organisation_id::text, ''),
    coalesce(e.person_id::text, ''), audit.sealed(e.person_name), audit.sealed(e.action), audit.sealed(e.entity), audit.sealed(e.entity_id),
    audit.sealed(e.before), audit.sealed(e.after), audit.sealed(e.reason), audit.sealed(e.article), audit.sealed(e.trace_id)), 'UTF8')
$$;

-- The hash of a link from the one before: over the events in their order, the whole chain in one pass.
create function audit.link(previous bytea, body bytea) returns bytea language plpgsql immutable as $$
begin
  return sha256(previous || body);
end $$;
create aggregate audit.chained(body bytea) (sfunc = audit.link, stype = bytea, initcond = '\x');

-- Appends events to the chain of the acting organisation. ids, befores and afters run in parallel; befores may be null.
create function audit.append(action text, entity text, pools int[], banks int[], ids text[], befores text[], afters text[])
returns void language plpgsql security definer set search_path = pg_catalog, audit as $$
#variable_conflict use_column
declare
  context_chain int := coalesce(tenancy.organisation(), 0);
  head audit.head;
  e audit.event;
begin
  if coalesce(array_length(ids, 1), 0) = 0 then return; end if;
  insert into audit.head values (context_chain, 0, '\x') on conflict do nothing;
  select * into strict head from audit.head h where h.chain = context_chain for update;

  e.at := clock_timestamp();
  e.organisation_id := tenancy.organisation();
  e.person_id := tenancy.person();
  e.person_name := coalesce(nullif(current_setting('app.person_name', true), ''), 'database:' || session_user);
  e.action := coalesce(nullif(current_setting('app.action', true), ''), append.action);
  e.reason := nullif(current_setting('app.reason', true), '');
  e.article := nullif(current_setting('app.article', true), '');
  e.trace_id := nullif(current_setting('app.trace', true), '');

  -- The first link hangs on the head; the aggregate begins with nothing, so the head's hash stands before the first body.
  with added as (
    insert into audit.event
    select context_chain, head.seq + r.i, e.at, r.pool, r.bank, e.organisation_id, e.person_id, e.person_name, e.action, append.entity,
           r.id, r.before, r.after, e.reason, e.article, e.trace_id,
           audit.chained(case when r.i = 1 then head.hash else '\x' end || audit.canonical(row(context_chain, head.seq + r.i, e.at, r.pool, r.bank,
             e.organisation_id, e.person_id, e.person_name, e.action, append.entity, r.id, r.before, r.after, e.reason, e.article, e.trace_id,
             null)::audit.event)) over (order by r.i rows unbounded preceding)
    from unnest(pools, banks, ids, befores, afters) with ordinality as r(pool, bank, id, before, after, i)
    returning seq, hash
  )
  update audit.head h set (seq, hash) = (select a.seq, a.hash from added a order by a.seq desc limit 1) where h.chain = context_chain;
end $$;

-- What happened without a row changing: a sign-in, a file taken out, a personal number looked at in full.
create function audit.note(action text, entity text, entity_id text, detail text)
returns void language sql security definer set search_path = pg_catalog, audit as $$
  select audit.append(action, entity, array[tenancy.pool()], array[tenancy.bank()], array[entity_id], array[null::text], array[detail])
$$;

-- Row trigger for UPDATE and DELETE: the changed columns before and after.
-- Arguments: the columns that name the row, joined by commas; the columns never to be written down, joined by commas.
create function audit.record_change() returns trigger language plpgsql security definer set search_path = pg_catalog, audit as $$
declare
  hidden text[] := string_to_array(coalesce(tg_argv[1], ''), ',');
  old_row jsonb := to_jsonb(old) - hidden;
  new_row jsonb := case when tg_op = 'UPDATE' then to_jsonb(new) - hidden end;
  changed text[];
  row_id text := (select string_agg(old_row ->> k, '/' order by n) from unnest(string_to_array(tg_argv[0], ',')) with ordinality as u(k, n));
begin
  if tg_op = 'UPDATE' then
    select array_agg(o.key) into changed from jsonb_each(old_row) o where new_row -> o.key is distinct from o.value;
    if changed is null then return null; end if;
    old_row := (select jsonb_object_agg(k, to_jsonb(old) -> k) from unnest(changed) k);
    new_row := (select jsonb_object_agg(k, to_jsonb(new) -> k) from unnest(changed) k);
  end if;
  perform audit.append(tg_op, tg_table_schema || '.' || tg_table_name,
    array[(to_jsonb(old) ->> 'pool_id')::int], array[(to_jsonb(old) ->> 'bank_id')::int], array[row_id],
    array[old_row::text], array[new_row::text]);
  return null;
end $$;

-- Statement trigger for INSERT: one event a row, one statement for all of them.
create function audit.record_insert() returns trigger language plpgsql security definer set search_path = pg_catalog, audit as $$
declare
  hidden text[] := string_to_array(coalesce(tg_argv[1], ''), ',');
  keys text[] := string_to_array(tg_argv[0], ',');
  pools int[]; banks int[]; ids text[]; afters text[];
begin
  select array_agg((j ->> 'pool_id')::int), array_agg((j ->> 'bank_id')::int),
         array_agg((select string_agg(j ->> k, '/' order by n) from unnest(keys) with ordinality as u(k, n))),
         array_agg((j - hidden)::text)
  into pools, banks, ids, afters
  from (select to_jsonb(r) as j from new_rows r) rows;
  perform audit.append(tg_op, tg_table_schema || '.' || tg_table_name, pools, banks, ids, null, afters);
  return null;
end $$;

create procedure audit.watch(target regclass, keys text, hidden text default '') language plpgsql as $$
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows
    for each statement execute function audit.record_insert(%L, %L)', target, keys, hidden);
  execute format('create trigger audit_change after update or delete on %s
    for each row execute function audit.record_change(%L, %L)', target, keys, hidden);
end $$;

create function audit.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit record is append-only';
end $$;
create trigger append_only before update or delete or truncate on audit.event
  for each statement execute function audit.refuse();

-- Every place where a chain does not hold: an edited, missing or moved event, or a head that does not match its end.
create function audit.breaks() returns table (chain int, seq bigint, problem text) language sql stable
security definer set search_path = pg_catalog, audit as $$
  with links as (
    select e.chain, e.seq, e.hash, audit.canonical(e) as body,
           lag(e.hash, 1, '\x'::bytea) over w as previous_hash, lag(e.seq, 1, 0::bigint) over w as previous_seq
    from audit.event e window w as (partition by e.chain order by e.seq)
  )
  select l.chain, case when l.seq <> l.previous_seq + 1 then l.previous_seq + 1 else l.seq end,
         case when l.seq <> l.previous_seq + 1 then 'missing' else 'altered' end
  from links l
  where l.seq <> l.previous_seq + 1 or l.hash <> sha256(l.previous_hash || l.body)
  union all
  select coalesce(h.chain, t.chain), case when t.seq is null then 1 else least(h.seq, t.seq) + 1 end, 'head does not match the last event'
  from audit.head h
  full join (select distinct on (e.chain) e.chain, e.seq, e.hash from audit.event e order by e.chain, e.seq desc) t on t.chain = h.chain
  where h.chain is null or coalesce(t.seq, 0) <> h.seq or coalesce(t.hash, '\x'::bytea) <> h.hash
  order by 1, 2, 3
$$;

revoke all on all functions in schema audit from public;
revoke all on all procedures in schema audit from public;
grant execute on function audit.note to fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_platform, fundpool_identity, fundpool_job;
reset role;
