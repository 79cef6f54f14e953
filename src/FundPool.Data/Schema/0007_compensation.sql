-- Claims (a.19(2)) with everything that was said about them on the way to the compensation library, and the batches, public
-- notices and funding plans (a.20(2)) that carry them. A claim's state only moves along compensation.transition, and each move
-- writes the claim's history (流程轨迹) itself, so that no path, not even psql, leaves a hole in it.

-- Whoever is not signed in reads what was published, and nothing else.
do $$
begin
  create role fundpool_public nologin nosuperuser nobypassrls noinherit;
exception when duplicate_object or unique_violation then null;
end $$;
grant fundpool_public to fundpool_app;
grant usage on schema tenancy, compensation, reference to fundpool_public;
grant usage on schema compensation to fundpool_bank, fundpool_pool, fundpool_auditor;

set local role fundpool_owner;

-- Rows of a pool that are no bank's: its institutions see and write them, banks never do.
create procedure tenancy.fence_pool_rows(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_pool on %s to fundpool_pool
    using (pool_id = (select tenancy.pool())) with check (pool_id = (select tenancy.pool()))', target);
  execute format('create policy read_pool on %s for select to fundpool_auditor
    using (pool_id = (select tenancy.pool()))', target);
  execute format('create policy internal on %s to fundpool_owner using (true) with check (true)', target);
end $$;

-- The moment by the clock of the call, so that a history loaded for demonstration or a test reads as it would have been.
create function tenancy.moment() returns timestamptz language sql stable as
  $$ select coalesce(nullif(current_setting('app.at', true), '')::timestamptz, now()) $$;

-- Which state may follow which, and on whose side; equal to the domain's table ClaimFlow, and a test holds them equal.
create table compensation.transition (
  from_state text not null,
  to_state text not null,
  side text not null check (side in ('bank', 'pool')),
  primary key (from_state, to_state, side)
);
insert into compensation.transition values
  ('draft', 'checking', 'bank'), ('checking', 'draft', 'bank'), ('checking', 'submitted', 'bank'),
  ('draft', 'withdrawn', 'bank'), ('checking', 'withdrawn', 'bank'), ('submitted', 'withdrawn', 'bank'), ('returned', 'withdrawn', 'bank'),
  ('supplementing', 'withdrawn', 'bank'), ('approved', 'withdrawn', 'bank'), ('clear', 'withdrawn', 'bank'), ('planned', 'withdrawn', 'bank'),
  ('filed', 'withdrawn', 'bank'), ('payable', 'withdrawn', 'bank'),
  ('submitted', 'proposed', 'pool'), ('proposed', 'submitted', 'pool'), ('proposed', 'approved', 'pool'), ('proposed', 'rejected', 'pool'), ('proposed', 'returned', 'pool'),
  ('returned', 'supplementing', 'bank'), ('supplementing', 'returned', 'bank'), ('supplementing', 'submitted', 'bank'),
  ('rejected', 're_review', 'bank'), ('approved', 're_review', 'bank'),
  ('re_review', 're_proposed', 'pool'), ('re_proposed', 're_review', 'pool'), ('re_proposed', 'approved', 'pool'), ('re_proposed', 'rejected', 'pool'),
  ('approved', 'batched', 'pool'), ('batched', 'approved', 'pool'), ('batched', 'published', 'pool'),
  ('published', 'objected', 'pool'), ('published', 'clear', 'pool'),
  ('objected', 're_examined', 'pool'), ('re_examined', 'objected', 'pool'), ('re_examined', 'clear', 'pool'), ('re_examined', 'approved', 'pool'), ('re_examined', 'rejected', 'pool'),
  ('clear', 'planned', 'pool'),
  ('planned', 'filed', 'bank'), ('filed', 'planned', 'pool'), ('filed', 'payable', 'pool'),
  ('payable', 'ordered', 'pool'), ('ordered', 'payable', 'pool'), ('ordered', 'paid', 'pool'),
  ('paid', 'compensated', 'bank');

create table compensation.claim (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  loan_id bigint not null,
  number text not null check (length(number) between 1 and 40),
  state text not null default 'draft' check (state in ('draft', 'checking', 'submitted', 'proposed', 'returned', 'supplementing', 'approved', 'rejected',
    're_review', 're_proposed', 'batched', 'published', 'objected', 're_examined', 'clear', 'planned', 'filed', 'payable', 'ordered', 'paid', 'compensated', 'withdrawn')),
  state_since timestamptz not null default tenancy.moment(),
  -- What the bank states.
  risk_class text check (risk_class in ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
  npl_date date,
  credit_report_on date,
  outstanding_fen bigint check (outstanding_fen > 0),
  npl_principal_fen bigint check (npl_principal_fen > 0),
  statement text check (length(statement) <= 1000),
  hands int[] not null default '{}',       -- everybody who entered or edited it since it was last submitted; none of them may check it
  made_by int not null,
  made_by_name text not null,
  checked_by int,
  checked_by_name text,
  -- The submission that is being looked at.
  version int not null default 0,          -- how often it was submitted
  applied_on date,                         -- the day of the first submission, on which its windows are ruled
  accepted_at timestamptz,                 -- its moment: the place in the queue when money is short
  rulebook text,
  outcome text check (outcome in ('eligible', 'halted', 'undetermined', 'ineligible')),
  share_bp int check (share_bp between 0 and 10000),
  basis_fen bigint,
  amount_fen bigint check (amount_fen >= 0),
  -- The reviewer's clock.
  review_due date,
  review_due_provisional boolean not null default false,
  stops jsonb not null default '[]',       -- [{"from","to"}]: the days on which the claim lay with the bank; the last may be open
  re_review_due date,
  re_reviewed boolean not null default false,
  -- What was decided.
  approved_fen bigint check (approved_fen >= 0),
  approved_on date,
  rejected_on date,
  -- On the way to the money.
  batch_id bigint,
  plan_id bigint,
  paid_fen bigint check (paid_fen >= 0),
  paid_on date,
  received_on date,
  transfer_due date,
  transferred_on date,
  row_version int not null default 1,
  created_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, bank_id, id),
  unique (pool_id, bank_id, number),
  foreign key (pool_id, bank_id, loan_id) references loan.loan (pool_id, bank_id, id),
  check (approved_fen is null or amount_fen is null or approved_fen <= amount_fen),
  check (paid_fen is null or paid_fen = approved_fen),
  check (checked_by is null or checked_by <> made_by)
);
create unique index claim_open on compensation.claim (pool_id, bank_id, loan_id) where state not in ('rejected', 'withdrawn', 'compensated');
create index claim_state on compensation.claim (pool_id, state, accepted_at, id);
create index claim_bank_state on compensation.claim (pool_id, bank_id, state, id desc);
create index claim_loan on compensation.claim (pool_id, bank_id, loan_id);

-- A submission as it was: what was stated, the case that was ruled on, every step, the materials. Enough to rule again and compare.
create table compensation.claim_version (
  pool_id int not null,
  bank_id int not null,
  claim_id bigint not null,
  n int not null check (n > 0),
  stated jsonb not null,                   -- the form's fields by name
  ruled_case jsonb not null,               -- in the form of contract.md section 3
  ruling jsonb not null,                   -- in the form of contract.md section 3
  facts_hash text not null,                -- the reference data it rested on: reference.snapshot
  materials jsonb not null,                -- [{"code","file","name","sha256"}]
  submitted_by int not null,
  submitted_by_name text not null,
  submitted_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, bank_id, claim_id, n),
  foreign key (pool_id, bank_id, claim_id) references compensation.claim (pool_id, bank_id, id)
);

-- Calendar and prime rates as they stood when something was ruled; one row a distinct state, so that a past ruling can be replayed.
create table reference.snapshot (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  content jsonb not null,
  taken_at timestamptz not null default tenancy.moment()
);

create table compensation.material (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  claim_id bigint not null,
  code text not null,                      -- a code of the rulebook's checklist
  file_id bigint not null,
  uploaded_by int not null,
  uploaded_by_name text not null,
  uploaded_at timestamptz not null default tenancy.moment(),
  withdrawn_at timestamptz,
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, claim_id) references compensation.claim (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, file_id) references loan.file (pool_id, bank_id, id)
);
create index material_claim on compensation.material (pool_id, bank_id, claim_id);

-- A round of review: an officer proposes, a chief decides, and they are two people.
create table compensation.review (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  claim_id bigint not null,
  kind text not null check (kind in ('review', 're_review', 're_examination')),
  claim_version int not null,
  state text not null default 'proposed' check (state in ('proposed', 'decided', 'sent_back')),
  proposal text not null check (proposal in ('approve', 'reject', 'return')),
  approved_fen bigint check (approved_fen >= 0),
  deductions jsonb not null default '[]',  -- [{"code","amountFen","reason"}]
  marks jsonb not null default '[]',       -- [{"code","verdict":"confirmed"|"doubted","note"}]: the ruling's steps as the officer saw them
  grounds jsonb not null default '[]',     -- [{"article","code","note"}]: why rejected
  officer_opinion text not null check (length(officer_opinion) between 1 and 1000),
  officer int not null,
  officer_name text not null,
  proposed_at timestamptz not null default tenancy.moment(),
  chief int,
  chief_name text,
  chief_opinion text check (length(chief_opinion) <= 1000),
  decided_at timestamptz,
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, claim_id) references compensation.claim (pool_id, bank_id, id),
  check (chief is null or chief <> officer),
  check ((state = 'proposed') = (chief is null))
);
create unique index review_open on compensation.review (pool_id, bank_id, claim_id) where state = 'proposed';
create index review_claim on compensation.review (pool_id, bank_id, claim_id, id);

-- What is missing or wrong, told the bank in one go (一次性告知).
create table compensation.deficiency (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  claim_id bigint not null,
  review_id bigint not null,
  code text not null,                      -- a code of the rulebook's deficiencies
  material_code text,
  note text not null check (length(note) between 1 and 500),
  answer text check (length(answer) <= 500),
  raised_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, claim_id) references compensation.claim (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, review_id) references compensation.review (pool_id, bank_id, id)
);
create index deficiency_claim on compensation.deficiency (pool_id, bank_id, claim_id);

-- 流程轨迹: written by trigger alone.
create table compensation.step (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  claim_id bigint not null,
  at timestamptz not null,
  from_state text,
  to_state text not null,
  action text not null,
  unit_id int,
  unit_name text not null,
  person_id int,
  person_name text not null,
  opinion text,
  article text,
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, claim_id) references compensation.claim (pool_id, bank_id, id)
);
create index step_claim on compensation.step (pool_id, bank_id, claim_id, id);

-- Batches, notices and plans belong to the pool; their items to the banks.
create table compensation.batch (
  pool_id int not null,
  id bigint generated always as identity,
  name text not null check (length(name) between 1 and 100),
  state text not null default 'gathering' check (state in ('gathering', 'published', 'over')),
  made_by int not null,
  made_by_name text not null,
  hands int[] not null default '{}',       -- everybody who put in or took out an item; none of them may publish it
  row_version int not null default 1,
  created_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, id),
  foreign key (pool_id) references tenancy.pool (id)
);

create table compensation.batch_item (
  pool_id int not null,
  bank_id int not null,
  batch_id bigint not null,
  claim_id bigint not null,
  amount_fen bigint not null check (amount_fen > 0),
  left_at timestamptz,                     -- taken out before publication, or objected to after it
  left_because text check (length(left_because) <= 500),
  primary key (pool_id, bank_id, batch_id, claim_id),
  foreign key (pool_id, batch_id) references compensation.batch (pool_id, id),
  foreign key (pool_id, bank_id, claim_id) references compensation.claim (pool_id, bank_id, id)
);
create unique index batch_item_once on compensation.batch_item (pool_id, bank_id, claim_id) where left_at is null;

create table compensation.notice (
  pool_id int not null,
  id bigint generated always as identity,
  batch_id bigint not null,
  number text,                             -- given at publication
  title text not null check (length(title) between 1 and 200),
  basis text not null check (length(basis) between 1 and 1000),
  consult text not null check (length(consult) between 1 and 500),     -- 业务咨询: office, telephone, address
  object text not null check (length(object) between 1 and 500),       -- 异议受理: office, telephone, address
  working_days int not null check (working_days between 7 and 60),
  state text not null default 'draft' check (state in ('draft', 'published', 'replaced')),
  replaces_id bigint,                      -- the notice that this one corrects
  correction_reason text check (length(correction_reason) <= 500),
  published_on date,
  published_at timestamptz,
  ends_on date,                            -- the last day of the period
  ends_provisional boolean not null default false,
  content text,                            -- JSON, frozen at publication: everything that the public page and its files show, the very text that was hashed
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  over_at timestamptz,                     -- when the period was found to be over and the rest of the items clear
  made_by int not null,
  made_by_name text not null,
  hands int[] not null default '{}',
  published_by int,
  published_by_name text,
  row_version int not null default 1,
  created_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, id),
  unique (pool_id, number),
  foreign key (pool_id, batch_id) references compensation.batch (pool_id, id),
  foreign key (pool_id, replaces_id) references compensation.notice (pool_id, id),
  check (published_by is null or not published_by = any (hands)),
  check ((state = 'draft') = (sha256 is null))
);
create index notice_running on compensation.notice (pool_id, ends_on) where state = 'published' and over_at is null;

create table compensation.plan (
  pool_id int not null,
  id bigint generated always as identity,
  number text,                             -- 深工信〔2026〕12号, given at issue
  title text not null check (length(title) between 1 and 200),
  basis text not null check (length(basis) between 1 and 1000),
  state text not null default 'draft' check (state in ('draft', 'issued', 'dropped')),
  total_fen bigint not null default 0 check (total_fen >= 0),
  issued_on date,
  issued_at timestamptz,
  documents_due date,                      -- a.19(3)
  content text,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  made_by int not null,
  made_by_name text not null,
  hands int[] not null default '{}',
  issued_by int,
  issued_by_name text,
  row_version int not null default 1,
  created_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, id),
  unique (pool_id, number),
  foreign key (pool_id) references tenancy.pool (id),
  check (issued_by is null or not issued_by = any (hands)),
  check ((state = 'issued') = (sha256 is not null))
);

create table compensation.plan_item (
  pool_id int not null,
  bank_id int not null,
  plan_id bigint not null,
  claim_id bigint not null,
  n int not null check (n > 0),
  amount_fen bigint not null check (amount_fen > 0),
  left_at timestamptz,
  primary key (pool_id, bank_id, plan_id, claim_id),
  unique (pool_id, bank_id, plan_id, n),
  foreign key (pool_id, plan_id) references compensation.plan (pool_id, id),
  foreign key (pool_id, bank_id, claim_id) references compensation.claim (pool_id, bank_id, id)
);
create unique index plan_item_once on compensation.plan_item (pool_id, bank_id, claim_id) where left_at is null;

alter table compensation.claim add foreign key (pool_id, batch_id) references compensation.batch (pool_id, id);
alter table compensation.claim add foreign key (pool_id, plan_id) references compensation.plan (pool_id, id);

-- Numbers of papers without a hole: the row is locked until the transaction that took the number ends.
create table compensation.number (
  pool_id int not null,
  series text not null,
  year int not null,
  last int not null,
  primary key (pool_id, series, year),
  foreign key (pool_id) references tenancy.pool (id)
);
create function compensation.next_number(series text, year int) returns int language sql security definer set search_path = pg_catalog as $$
  insert into compensation.number as n (pool_id, series, year, last) values (tenancy.pool(), series, year, 1)
  on conflict (pool_id, series, year) do update set last = n.last + 1 returning last
$$;

-- A move that the table does not know is refused, and so is one of the other side; whoever maintains the database directly is no side.
create function compensation.guard_move() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  our_side text := case current_user when 'fundpool_bank' then 'bank' when 'fundpool_pool' then 'pool' end;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then raise exception 'a claim begins as a draft, not as %', new.state using errcode = 'check_violation'; end if;
    return new;
  end if;
  if old.state is distinct from new.state then
    if not exists (select from compensation.transition t
                   where t.from_state = old.state and t.to_state = new.state and (our_side is null or t.side = our_side)) then
      raise exception 'a claim does not move from % to % on the side of %', old.state, new.state, coalesce(our_side, 'anybody') using errcode = 'check_violation';
    end if;
    new.state_since := tenancy.moment();
  end if;
  return new;
end $$;
create trigger guard_move before insert or update on compensation.claim for each row execute function compensation.guard_move();

create function compensation.record_step() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'UPDATE' and old.state = new.state then return null; end if;
  insert into compensation.step (pool_id, bank_id, claim_id, at, from_state, to_state, action, unit_id, unit_name, person_id, person_name, opinion, article)
  select new.pool_id, new.bank_id, new.id, tenancy.moment(), case when tg_op = 'UPDATE' then old.state end, new.state,
         coalesce(nullif(current_setting('app.action', true), ''), tg_op), tenancy.organisation(),
         coalesce((select o.name from tenancy.organisation o where o.id = tenancy.organisation()), '系统'), tenancy.person(),
         coalesce(nullif(current_setting('app.person_name', true), ''), 'database:' || session_user),
         nullif(current_setting('app.reason', true), ''), nullif(current_setting('app.article', true), '');
  return null;
end $$;
create trigger record_step after insert or update of state on compensation.claim for each row execute function compensation.record_step();

-- What was published and issued stays as it was; a mistake is corrected by a new notice.
create function compensation.keep_frozen() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.sha256 is not null and (old.content, old.sha256, old.number, old.title) is distinct from (new.content, new.sha256, new.number, new.title) then
    raise exception 'what was published does not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_frozen before update on compensation.notice for each row execute function compensation.keep_frozen();
create trigger keep_frozen before update on compensation.plan for each row execute function compensation.keep_frozen();
create trigger append_only before update or delete or truncate on compensation.step for each statement execute function audit.refuse();
create trigger append_only before update or delete or truncate on compensation.claim_version for each statement execute function audit.refuse();

do $$
declare
  t text;
begin
  foreach t in array array['claim', 'claim_version', 'material', 'review', 'deficiency', 'step', 'batch_item', 'plan_item']
  loop
    execute format('call tenancy.fence_bank_rows(%L)', 'compensation.' || t);
    execute format('grant select on compensation.%I to fundpool_bank, fundpool_pool, fundpool_auditor', t);
  end loop;
  foreach t in array array['batch', 'notice', 'plan', 'number']
  loop
    execute format('call tenancy.fence_pool_rows(%L)', 'compensation.' || t);
    execute format('grant select on compensation.%I to fundpool_pool, fundpool_auditor', t);
  end loop;
end $$;

-- What was published and issued everybody may read; a bank reads the papers of its pool the same way.
create policy published on compensation.notice for select to fundpool_public, fundpool_bank
  using (pool_id = (select tenancy.pool()) and state <> 'draft');
create policy issued on compensation.plan for select to fundpool_public, fundpool_bank
  using (pool_id = (select tenancy.pool()) and state = 'issued');
grant select on compensation.notice, compensation.plan to fundpool_public, fundpool_bank;
grant select on tenancy.pool, reference.calendar_year, reference.calendar_day to fundpool_public;
-- The periods that may be over: found by the job runner, ended in the pool's scope.
create policy running on compensation.notice for select to fundpool_job using (state = 'published' and over_at is null);
grant usage on schema compensation to fundpool_job;
grant select on compensation.notice to fundpool_job;

grant select on compensation.transition to fundpool_bank, fundpool_pool, fundpool_auditor;
grant select, insert on reference.snapshot to fundpool_bank, fundpool_pool;
grant select on reference.snapshot to fundpool_auditor;
grant insert, update on compensation.claim, compensation.material to fundpool_bank;
grant update on compensation.claim to fundpool_pool;
grant insert on compensation.claim_version to fundpool_bank;
grant insert, update on compensation.review to fundpool_pool;
grant insert on compensation.deficiency to fundpool_pool;
grant update (answer) on compensation.deficiency to fundpool_bank;
grant insert, update on compensation.batch, compensation.notice, compensation.plan, compensation.batch_item to fundpool_pool;
grant insert, update, delete on compensation.plan_item to fundpool_pool;
grant update (left_at) on compensation.plan_item to fundpool_bank;
revoke all on function compensation.next_number, compensation.record_step from public;
grant execute on function compensation.next_number to fundpool_bank, fundpool_pool;

-- An institution keeps files and drafts of its own beside the banks': they lie under its own number.
grant insert on loan.file, loan.file_chunk to fundpool_pool;
grant insert, update, delete on loan.draft to fundpool_pool;
alter table loan.draft drop constraint draft_kind_check;
alter table loan.draft add constraint draft_kind_check check (kind in ('register', 'edit', 'correct', 'claim', 'review', 'notice', 'plan', 'payout'));

call audit.watch('compensation.claim', 'pool_id,bank_id,id');
call audit.watch('compensation.claim_version', 'pool_id,bank_id,claim_id,n', 'ruling,ruled_case');
call audit.watch('compensation.material', 'pool_id,bank_id,claim_id');
call audit.watch('compensation.review', 'pool_id,bank_id,claim_id');
call audit.watch('compensation.deficiency', 'pool_id,bank_id,claim_id');
call audit.watch('compensation.batch', 'pool_id,id');
call audit.watch('compensation.batch_item', 'pool_id,bank_id,claim_id');
call audit.watch('compensation.notice', 'pool_id,id');
call audit.watch('compensation.plan', 'pool_id,id');
call audit.watch('compensation.plan_item', 'pool_id,bank_id,claim_id');
reset role;
