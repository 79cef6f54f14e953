-- Messages to whoever's turn it is (待办) and to whoever ought to know; what of them goes out by mail; and which warnings of a
-- deadline have been given. Most messages are written by the claim's own history, so that no path moves a claim in silence.

set local role fundpool_owner;

-- Addressed to one person, or to whoever of the organisation holds a permission. A message of a claim's history keeps no sentence:
-- its words come from kind, number and count, in the reader's language.
create table tenancy.message (
  pool_id int not null,
  organisation_id int not null,
  id bigint generated always as identity,
  person_id int,
  permission text,                         -- a name of FundPool.Domain.Tenancy.Permission
  kind text not null,
  todo boolean not null default false,     -- somebody has to act; done (closed) when nothing is waited for any more
  waits_for bigint[] not null default '{}', -- the claims that still wait here
  count int not null default 1 check (count > 0),
  number text,                             -- the number of the thing, where it is one
  lacking int,                             -- how many deficiencies a return names
  title_zh text check (length(title_zh) between 1 and 200),
  title_en text check (length(title_en) between 1 and 300),
  note_zh text check (length(note_zh) <= 1000),
  note_en text check (length(note_en) <= 1500),
  href text not null check (href ~ '^/([^/\\]|$)' and length(href) <= 300),
  due date,
  due_provisional boolean not null default false,
  key text not null,                       -- the same thing is told once
  created_at timestamptz not null default tenancy.moment(),
  closed_at timestamptz,
  addressed_at timestamptz,                -- when it was looked at for mail
  primary key (pool_id, organisation_id, id),
  unique (pool_id, organisation_id, key),
  foreign key (pool_id, organisation_id) references tenancy.organisation (pool_id, id),
  check ((title_zh is null) = (title_en is null))
);
create index message_inbox on tenancy.message (pool_id, organisation_id, created_at desc, id desc);
create index message_open on tenancy.message (pool_id, organisation_id, due) where todo and closed_at is null;
create index message_waiting on tenancy.message using gin (waits_for) where closed_at is null;
create index message_unaddressed on tenancy.message (id) where addressed_at is null;

create table tenancy.message_read (
  pool_id int not null,
  organisation_id int not null,
  message_id bigint not null,
  person_id int not null,
  read_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, organisation_id, message_id, person_id),
  foreign key (pool_id, organisation_id, message_id) references tenancy.message (pool_id, organisation_id, id),
  foreign key (pool_id, organisation_id, person_id) references tenancy.person (pool_id, organisation_id, id)
);
create index message_read_person on tenancy.message_read (pool_id, organisation_id, person_id, message_id);

-- Mail that goes out. The row is made in the transaction that looks at the message, and locked while it is sent.
create table tenancy.mail (
  pool_id int not null,
  organisation_id int not null,
  message_id bigint not null,
  person_id int not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'given_up')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  last_error text check (length(last_error) <= 500),
  sent_at timestamptz,
  primary key (pool_id, organisation_id, message_id, person_id),
  foreign key (pool_id, organisation_id, message_id) references tenancy.message (pool_id, organisation_id, id),
  foreign key (pool_id, organisation_id, person_id) references tenancy.person (pool_id, organisation_id, id)
);
create index mail_waiting on tenancy.mail (next_at) where state = 'waiting';

alter table tenancy.person add column mail_on boolean not null default false;

-- Which warning of which deadline was given, once each; the rows of the band 'missed' are the history of what was missed.
-- What belongs to an institution lies under its own number, as its drafts do.
create table compensation.reminder (
  pool_id int not null,
  bank_id int not null,
  code text not null,                      -- a deadline of the rulebook, or 'returned' for a return without an answer
  about text not null check (about in ('loan', 'claim', 'notice', 'quarter')),
  about_id bigint not null,
  due date not null,
  band text not null check (band in ('ten', 'five', 'one', 'missed', 'half_month', 'month')),
  number text not null,
  who text not null,
  given_on date not null,
  primary key (pool_id, bank_id, code, about, about_id, due, band),
  foreign key (pool_id, bank_id) references tenancy.organisation (pool_id, id)
);
create index reminder_missed on compensation.reminder (pool_id, bank_id, given_on desc) where band = 'missed';

-- Fences. A reader sees the messages of the own organisation; the query narrows them to the person and the permissions held.
do $$
declare
  t text;
begin
  foreach t in array array['message', 'message_read']
  loop
    execute format('alter table tenancy.%I enable row level security', t);
    execute format('alter table tenancy.%I force row level security', t);
    execute format('create policy own_organisation on tenancy.%I to fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_platform
      using (pool_id = (select tenancy.pool()) and organisation_id = (select tenancy.organisation()))
      with check (pool_id = (select tenancy.pool()) and organisation_id = (select tenancy.organisation()))', t);
    execute format('create policy internal on tenancy.%I to fundpool_owner using (true) with check (true)', t);
    execute format('grant select on tenancy.%I to fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_platform', t);
  end loop;
end $$;
grant insert on tenancy.message_read to fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_platform;
alter table tenancy.mail enable row level security;
alter table tenancy.mail force row level security;
create policy job on tenancy.mail to fundpool_job using (true) with check (true);
create policy internal on tenancy.mail to fundpool_owner using (true) with check (true);
create policy job on tenancy.message to fundpool_job using (true) with check (true);
create policy job on tenancy.person for select to fundpool_job using (true);
create policy job on tenancy.person_role for select to fundpool_job using (true);
create policy job on tenancy.session to fundpool_job using (true) with check (true);
grant select, insert, update, delete on tenancy.mail to fundpool_job;
grant select, update (addressed_at) on tenancy.message to fundpool_job;
grant select (pool_id, organisation_id, id, email, mail_on, disabled_at) on tenancy.person to fundpool_job;
grant select on tenancy.person_role to fundpool_job;
grant select (ends_at), delete on tenancy.session to fundpool_job;
call tenancy.fence_bank_rows('compensation.reminder');
grant select on compensation.reminder to fundpool_bank, fundpool_pool, fundpool_auditor;
grant insert on compensation.reminder to fundpool_pool;
-- Recomputed due dates of claims, notices and plans are told with their open messages.
create function tenancy.move_due(claim bigint, new_due date, provisional boolean) returns void language sql security definer set search_path = pg_catalog as $$
  update tenancy.message set due = new_due, due_provisional = provisional
  where pool_id = tenancy.pool() and todo and closed_at is null and waits_for = array[claim]
$$;

-- What a use case tells. The pool is always the transaction's own, and a bank reaches itself and the institutions, never another bank.
create function tenancy.tell(receiver int, one_person int, permission text, kind text, todo boolean, waits_for bigint[], count int, number text,
  title_zh text, title_en text, note_zh text, note_en text, href text, due date, due_provisional boolean, key text)
returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tenancy.bank() is not null and tenancy.bank() <> receiver and exists (select from tenancy.organisation o where o.pool_id = tenancy.pool() and o.id = receiver and o.kind = 'bank') then
    raise exception 'a bank does not write to another bank' using errcode = 'insufficient_privilege';
  end if;
  insert into tenancy.message (pool_id, organisation_id, person_id, permission, kind, todo, waits_for, count, number, title_zh, title_en, note_zh, note_en, href, due, due_provisional, key)
  values (tenancy.pool(), receiver, one_person, permission, kind, todo, coalesce(waits_for, '{}'), count, number, title_zh, title_en, note_zh, note_en, href, due, due_provisional, key)
  on conflict on constraint message_pool_id_organisation_id_key_key do nothing;
  return found;
end $$;

-- Done is what nobody waits for any more.
create function tenancy.close_message(receiver int, its_key text) returns void language sql security definer set search_path = pg_catalog as $$
  update tenancy.message set closed_at = tenancy.moment() where pool_id = tenancy.pool() and organisation_id = receiver and key = its_key and closed_at is null
$$;

-- Who is told when a claim comes into a state: the side's kind of organisation, the permission, and whether it is their turn.
create table compensation.turn (
  to_state text not null,
  kind text not null,
  permission text not null,
  todo boolean not null,
  primary key (to_state, kind, permission)
);
insert into compensation.turn values
  ('draft', 'bank', 'MakeClaims', true), ('checking', 'bank', 'CheckClaims', true), ('returned', 'bank', 'MakeClaims', true), ('supplementing', 'bank', 'CheckClaims', true),
  ('submitted', 'reviewer', 'ReviewClaims', true), ('proposed', 'reviewer', 'DecideReviews', true), ('re_review', 'reviewer', 'ReviewClaims', true),
  ('re_proposed', 'reviewer', 'DecideReviews', true), ('objected', 'reviewer', 'ReviewClaims', true), ('re_examined', 'reviewer', 'DecideReviews', true),
  ('approved', 'bank', 'MakeClaims', false), ('approved', 'authority', 'PrepareNotices', true), ('rejected', 'bank', 'MakeClaims', false),
  ('published', 'bank', 'MakeClaims', false), ('objected', 'bank', 'MakeClaims', false), ('clear', 'authority', 'PreparePlans', true), ('clear', 'bank', 'MakeClaims', false),
  ('planned', 'bank', 'FilePaymentDocuments', true), ('filed', 'treasurer', 'PreparePayments', true), ('payable', 'treasurer', 'PreparePayments', true),
  ('payable', 'bank', 'FilePaymentDocuments', false), ('ordered', 'treasurer', 'ReleasePayments', true), ('paid', 'bank', 'ConfirmReceipts', true),
  ('withdrawn', 'reviewer', 'ReviewClaims', false);
grant select on compensation.turn to fundpool_bank, fundpool_pool, fundpool_auditor;

-- Runs when the transaction ends, so that it sees the plan, the deficiencies and the due dates that came with the step. What one
-- transaction moves into one state is one message to each organisation.
create function compensation.tell_step() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  c compensation.claim;
  what text := new.to_state;
  last_day date;
  shaky boolean := false;
  lacks int;
  turn record;
begin
  update tenancy.message set waits_for = array_remove(waits_for, new.claim_id), closed_at = case when waits_for <@ array[new.claim_id] then new.at end
  where pool_id = new.pool_id and closed_at is null and waits_for @> array[new.claim_id];
  select * into c from compensation.claim where pool_id = new.pool_id and bank_id = new.bank_id and id = new.claim_id;
  -- What the same transaction has moved on from was nobody's turn; a draft that was never out of the maker's hands is no news.
  if c.state <> new.to_state or new.from_state is null then return null; end if;
  if new.from_state = 'ordered' and new.to_state = 'payable' or new.from_state = 'batched' and new.to_state = 'approved' then what := new.to_state || '_again'; end if;
  if (new.from_state, new.to_state) in (('supplementing', 'returned'), ('proposed', 'submitted'), ('re_proposed', 're_review'), ('re_examined', 'objected'), ('filed', 'planned')) then
    what := new.to_state || '_again';
  end if;
  if new.to_state in ('submitted', 'proposed') then last_day := c.review_due; shaky := c.review_due_provisional;
  elsif new.to_state in ('re_review', 're_proposed') then last_day := c.re_review_due;
  elsif new.to_state = 'planned' then select p.documents_due into last_day from compensation.plan p where p.pool_id = c.pool_id and p.id = c.plan_id;
  elsif new.to_state = 'paid' then last_day := c.transfer_due;
  elsif what = 'returned' then
    select count(*) into lacks from compensation.deficiency d
    where d.pool_id = c.pool_id and d.bank_id = c.bank_id and d.claim_id = c.id
      and d.review_id = (select max(r.id) from compensation.review r where r.pool_id = c.pool_id and r.bank_id = c.bank_id and r.claim_id = c.id);
  end if;

  for turn in
    select t.permission, t.todo, o.id as receiver
    from compensation.turn t join tenancy.organisation o on o.pool_id = new.pool_id and o.kind = t.kind and (t.kind <> 'bank' or o.id = new.bank_id)
    where t.to_state = new.to_state and o.disabled_at is null
      -- Nobody is told again what stands already, nor of a withdrawal that never reached them.
      and (t.todo or what = new.to_state) and (new.to_state <> 'withdrawn' or new.from_state not in ('draft', 'checking'))
    order by o.id, t.permission
  loop
    insert into tenancy.message as m (pool_id, organisation_id, permission, kind, todo, waits_for, number, lacking, href, due, due_provisional, key)
    values (new.pool_id, turn.receiver, turn.permission, 'claim.' || what, turn.todo, case when turn.todo then array[new.claim_id] else '{}' end, c.number, lacks,
            format('/claims/%s/%s', new.bank_id, new.claim_id), last_day, shaky,
            format('step/%s/%s/%s/%s', what, turn.permission, pg_current_xact_id(), extract(epoch from new.at)))
    on conflict on constraint message_pool_id_organisation_id_key_key do update
    set count = m.count + 1, waits_for = m.waits_for || excluded.waits_for, number = null, lacking = m.lacking + excluded.lacking,
        href = '/claims', due = least(m.due, excluded.due), due_provisional = m.due_provisional or excluded.due_provisional;
  end loop;
  return null;
end $$;
create constraint trigger tell_step after insert on compensation.step deferrable initially deferred for each row execute function compensation.tell_step();

revoke all on function tenancy.tell, tenancy.close_message, tenancy.move_due, compensation.tell_step from public;
grant execute on function tenancy.tell, tenancy.close_message to fundpool_bank, fundpool_pool, fundpool_platform;
grant execute on function tenancy.move_due to fundpool_pool;
reset role;
