-- What follows a write (the record of changes, a claim's history, the messages) is done once a statement instead of once a row: an order
-- of ten claims appended thirty times to one organisation's chain, whose head is locked until the transaction ends.
set local role fundpool_owner;

-- What names a row, out of the row.
create function audit.identity(j jsonb, keys text[]) returns text language sql immutable as $$
  select string_agg(j ->> k, '/' order by n) from unnest(keys) with ordinality as u(k, n)
$$;

-- Statement trigger for UPDATE: of each row the changed columns before and after. Old and new meet by the primary key; a row whose key
-- changed is written down as one that went and one that came.
-- Arguments: the columns that name the row, those never to be written down, those of the primary key; each joined by commas.
create function audit.record_update() returns trigger language plpgsql security definer set search_path = pg_catalog, audit as $$
declare
  keys text[] := string_to_array(tg_argv[0], ',');
  hidden text[] := string_to_array(tg_argv[1], ',');
  primary_key text[] := string_to_array(tg_argv[2], ',');
  pools int[]; banks int[]; ids text[]; befores text[]; afters text[];
begin
  -- Materialized: a row is turned into JSON once, not once a column.
  with o as materialized (select audit.identity(j, primary_key) as key, j from (select to_jsonb(r) as j from old_rows r offset 0) r),
       n as materialized (select audit.identity(j, primary_key) as key, j from (select to_jsonb(r) as j from new_rows r offset 0) r)
  select array_agg((row ->> 'pool_id')::int order by id), array_agg((row ->> 'bank_id')::int order by id), array_agg(id order by id),
         array_agg(before order by id), array_agg(after order by id)
  into pools, banks, ids, befores, afters
  from (
    select coalesce(o.j, n.j) as row, audit.identity(coalesce(o.j, n.j), keys) as id, d.before, d.after
    from o full join n on n.key = o.key
    cross join lateral (
      select case when o.j is not null then jsonb_object_agg(c.key, o.j -> c.key)::text end as before,
             case when n.j is not null then jsonb_object_agg(c.key, n.j -> c.key)::text end as after, count(*) as changed
      from jsonb_object_keys(coalesce(o.j, n.j) - hidden) as c(key) where o.j -> c.key is distinct from n.j -> c.key
    ) d
    where d.changed > 0
    offset 0
  ) rows;
  perform audit.append(tg_op, tg_table_schema || '.' || tg_table_name, pools, banks, ids, befores, afters);
  return null;
end $$;

-- Statement trigger for DELETE: each row as it was.
create function audit.record_delete() returns trigger language plpgsql security definer set search_path = pg_catalog, audit as $$
declare
  keys text[] := string_to_array(tg_argv[0], ',');
  hidden text[] := string_to_array(tg_argv[1], ',');
  pools int[]; banks int[]; ids text[]; befores text[];
begin
  select array_agg((j ->> 'pool_id')::int), array_agg((j ->> 'bank_id')::int), array_agg(audit.identity(j, keys)), array_agg((j - hidden)::text)
  into pools, banks, ids, befores
  from (select to_jsonb(r) as j from old_rows r) rows;
  perform audit.append(tg_op, tg_table_schema || '.' || tg_table_name, pools, banks, ids, befores, null);
  return null;
end $$;

create procedure audit.watch_changes(target regclass, keys text, hidden text) language plpgsql as $$
declare
  primary_key text := (select string_agg(a.attname, ',' order by k.n)
                       from pg_index i cross join unnest(i.indkey) with ordinality as k(attnum, n)
                       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                       where i.indrelid = target and i.indisprimary);
begin
  execute format('create trigger audit_change after update on %s referencing old table as old_rows new table as new_rows
    for each statement execute function audit.record_update(%L, %L, %L)', target, keys, hidden, primary_key);
  execute format('create trigger audit_delete after delete on %s referencing old table as old_rows
    for each statement execute function audit.record_delete(%L, %L)', target, keys, hidden);
end $$;

create or replace procedure audit.watch(target regclass, keys text, hidden text default '') language plpgsql as $$
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows
    for each statement execute function audit.record_insert(%L, %L)', target, keys, hidden);
  call audit.watch_changes(target, keys, hidden);
end $$;

do $$
declare
  t record;
begin
  for t in select tgrelid::regclass as target, string_to_array(encode(tgargs, 'escape'), '\000') as args from pg_trigger where tgname = 'audit_change'
  loop
    execute format('drop trigger audit_change on %s', t.target);
    call audit.watch_changes(t.target, t.args[1], coalesce(t.args[2], ''));
  end loop;
end $$;
drop function audit.record_change();

-- A claim's history, as before: a step for each claim that came into being or moved. What is to be told of it waits for the transaction's
-- end in a setting of this transaction, so that it is told at once and not step by step.
drop trigger record_step on compensation.claim;
drop function compensation.record_step();
create function compensation.record_steps() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  moves jsonb;
  added text;
begin
  -- Only an update has rows from before.
  if tg_op = 'INSERT' then
    select jsonb_agg(jsonb_build_object('pool', n.pool_id, 'bank', n.bank_id, 'claim', n.id, 'after', n.state)) into moves from new_rows n;
  else
    select jsonb_agg(jsonb_build_object('pool', n.pool_id, 'bank', n.bank_id, 'claim', n.id, 'before', o.state, 'after', n.state)) into moves
    from new_rows n join old_rows o on o.pool_id = n.pool_id and o.bank_id = n.bank_id and o.id = n.id where o.state <> n.state;
  end if;
  if moves is null then return null; end if;
  with written as (
    insert into compensation.step (pool_id, bank_id, claim_id, at, from_state, to_state, action, unit_id, unit_name, person_id, person_name, opinion, article)
    select m.pool, m.bank, m.claim, tenancy.moment(), m.before, m.after,
           coalesce(nullif(current_setting('app.action', true), ''), tg_op), tenancy.organisation(),
           coalesce((select o.name from tenancy.organisation o where o.id = tenancy.organisation()), '系统'), tenancy.person(),
           coalesce(nullif(current_setting('app.person_name', true), ''), 'database:' || session_user),
           nullif(current_setting('app.reason', true), ''), nullif(current_setting('app.article', true), '')
    from jsonb_to_recordset(moves) as m(pool int, bank int, claim bigint, before text, after text) order by m.pool, m.bank, m.claim
    returning pool_id, bank_id, id
  )
  select string_agg(format('%s/%s/%s', pool_id, bank_id, id), ',') into added from written;
  perform set_config('compensation.untold', concat_ws(',', nullif(current_setting('compensation.untold', true), ''), added), true);
  return null;
end $$;
create trigger record_step after insert on compensation.claim referencing new table as new_rows
  for each statement execute function compensation.record_steps();
create trigger record_move after update on compensation.claim referencing old table as old_rows new table as new_rows
  for each statement execute function compensation.record_steps();

-- Runs when the transaction ends, so that it sees the plan, the deficiencies and the due dates that came with the steps. What one
-- transaction moves into one state is one message to each organisation. The first step's turn tells of all of them.
drop trigger tell_step on compensation.step;
drop function compensation.tell_step();
create function compensation.tell_steps() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  untold text[] := string_to_array(nullif(current_setting('compensation.untold', true), ''), ',');
  last_steps compensation.step[];
  pools int[];
  moved bigint[];
begin
  if untold is null then return null; end if;
  perform set_config('compensation.untold', '', true);
  -- What the same transaction has moved on from was nobody's turn.
  select array_agg(l.s), array_agg(distinct (l.s).pool_id), array_agg((l.s).claim_id) into last_steps, pools, moved
  from (select distinct on (s.claim_id) s
        from (select string_to_array(u, '/') as k from unnest(untold) as u) u
        join compensation.step s on s.pool_id = k[1]::int and s.bank_id = k[2]::int and s.id = k[3]::bigint
        order by s.claim_id, s.id desc) l;

  -- Whose turn it was, it is no longer; locked in one order, since two transactions may close the same messages.
  perform from tenancy.message m where m.pool_id = any (pools) and m.closed_at is null and m.waits_for && moved order by m.organisation_id, m.id for update;
  update tenancy.message m
  set waits_for = array(select w from unnest(m.waits_for) with ordinality as u(w, n) where w <> all (moved) order by n),
      closed_at = case when m.waits_for <@ moved then new.at end
  where m.pool_id = any (pools) and m.closed_at is null and m.waits_for && moved;

  with news as (
    select s.at, s.from_state, s.to_state, c.pool_id, c.bank_id, c.id, c.number, c.plan_id,
           (select max(i.order_id) from compensation.payment_item i
            where s.to_state in ('ordered', 'paid') and i.pool_id = c.pool_id and i.bank_id = c.bank_id and i.claim_id = c.id and i.left_at is null) as order_id,
           case when (s.from_state, s.to_state) in (('ordered', 'payable'), ('batched', 'approved'), ('supplementing', 'returned'), ('proposed', 'submitted'),
                                                    ('re_proposed', 're_review'), ('re_examined', 'objected'), ('filed', 'planned'))
                then s.to_state || '_again' else s.to_state end as what,
           case when s.to_state in ('submitted', 'proposed') then c.review_due
                when s.to_state in ('re_review', 're_proposed') then c.re_review_due
                when s.to_state = 'planned' then (select p.documents_due from compensation.plan p where p.pool_id = c.pool_id and p.id = c.plan_id)
                when s.to_state in ('payable', 'ordered') then (select max(p.payment_due) from compensation.payout p
                  where p.pool_id = c.pool_id and p.bank_id = c.bank_id and p.plan_id = c.plan_id and p.state = 'complete')
                when s.to_state = 'paid' then c.transfer_due end as last_day,
           s.to_state in ('submitted', 'proposed') and c.review_due_provisional as shaky,
           case when s.to_state = 'returned' and s.from_state <> 'supplementing' then
             (select count(*)::int from compensation.deficiency d
              where d.pool_id = c.pool_id and d.bank_id = c.bank_id and d.claim_id = c.id
                and d.review_id = (select max(r.id) from compensation.review r where r.pool_id = c.pool_id and r.bank_id = c.bank_id and r.claim_id = c.id)) end as lacks
    from unnest(last_steps) s join compensation.claim c on c.pool_id = s.pool_id and c.bank_id = s.bank_id and c.id = s.claim_id
    where s.from_state is not null -- a draft that was never out of the maker's hands is no news
  ), turns as (
    -- The page on which the reader acts, not merely the claim.
    select n.*, o.id as receiver, t.permission, t.todo,
           case when t.kind = 'reviewer' and t.todo then format('/reviews/%s/%s', n.bank_id, n.id)
                when t.permission = 'PrepareNotices' then '/batches'
                when t.permission = 'PreparePlans' and t.todo then '/plans/draft'
                when n.order_id is not null then format('/payment-orders/%s/%s', n.bank_id, n.order_id)
                when n.to_state in ('planned', 'filed', 'payable') then format('/payments/%s/%s', n.bank_id, n.plan_id)
                else format('/claims/%s/%s', n.bank_id, n.id) end as page,
           case when t.kind = 'reviewer' and t.todo then '/reviews' when n.order_id is not null then '/payment-orders' when n.to_state in ('planned', 'filed', 'payable') then '/payments'
                else '/claims' end as list
    from news n
    join compensation.turn t on t.to_state = n.to_state
    join tenancy.organisation o on o.pool_id = n.pool_id and o.kind = t.kind and (t.kind <> 'bank' or o.id = n.bank_id)
    where o.disabled_at is null
      -- Nobody is told again what stands already, nor of a withdrawal that never reached them.
      and (t.todo or n.what = n.to_state) and (n.to_state <> 'withdrawn' or case t.kind when 'authority' then n.from_state in ('approved', 'clear', 'planned') when 'treasurer' then n.from_state in ('filed', 'payable')
                                      else n.from_state not in ('draft', 'checking') end)
  )
  insert into tenancy.message as m (pool_id, organisation_id, permission, kind, todo, waits_for, count, number, lacking, href, due, due_provisional, key)
  select t.pool_id, t.receiver, t.permission, 'claim.' || t.what, t.todo, case when t.todo then array_agg(t.id order by t.id) else '{}' end, count(*),
         case when count(*) = 1 then min(t.number) end, sum(t.lacks),
         case when min(t.page) = max(t.page) then min(t.page) else min(t.list) end, min(t.last_day), bool_or(t.shaky),
         format('step/%s/%s/%s/%s', t.what, t.permission, pg_current_xact_id(), extract(epoch from t.at))
  from turns t
  group by t.pool_id, t.receiver, t.permission, t.todo, t.what, t.at
  order by t.receiver, t.permission, t.what
  on conflict on constraint message_pool_id_organisation_id_key_key do update
  set count = m.count + excluded.count, waits_for = m.waits_for || excluded.waits_for, number = null, lacking = m.lacking + excluded.lacking,
      href = case when m.href = excluded.href then m.href else '/claims' end, due = least(m.due, excluded.due), due_provisional = m.due_provisional or excluded.due_provisional;
  return null;
end $$;
create constraint trigger tell_steps after insert on compensation.step deferrable initially deferred for each row execute function compensation.tell_steps();

revoke all on function compensation.record_steps, compensation.tell_steps from public;
revoke all on function audit.identity, audit.record_update, audit.record_delete from public;
revoke all on procedure audit.watch_changes from public;
reset role;
