-- The loan library (贷款项目库, a.10): loans, classification reports, corrections, imports, documents.
-- Everything here belongs to one bank of one pool, and every key leads with both.

set local role fundpool_owner;

create table loan.file (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  sha256 bytea not null check (length(sha256) = 32),
  size bigint not null check (size >= 0),
  content_type text not null,
  name text not null,
  created_by int,
  created_at timestamptz not null default now(),
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id) references tenancy.organisation (pool_id, id)
);

create table loan.file_chunk (
  pool_id int not null,
  bank_id int not null,
  file_id bigint not null,
  n int not null check (n >= 0),
  bytes bytea not null,
  primary key (pool_id, bank_id, file_id, n),
  foreign key (pool_id, bank_id, file_id) references loan.file (pool_id, bank_id, id)
);

create table loan.import_batch (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('loans', 'classes')),
  state text not null check (state in ('checking', 'checked', 'registering', 'registered', 'cancelled', 'failed')),
  file_id bigint not null,
  as_of date not null,
  legacy_reason text check (length(legacy_reason) between 1 and 500),
  all_or_nothing boolean not null default false,
  rows int,
  accepted int,
  unchanged int,
  rejected int,
  warned int,
  accepted_principal_fen bigint,
  error_file_id bigint,
  failure_zh text,
  failure_en text,
  created_by int,
  created_at timestamptz not null default now(),
  confirmed_by int,
  confirmed_at timestamptz,
  finished_at timestamptz,
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, file_id) references loan.file (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, error_file_id) references loan.file (pool_id, bank_id, id)
);
create index import_batch_waiting on loan.import_batch (pool_id, bank_id, id) where state in ('checking', 'registering');

-- Written by a connection of its own while the work's transaction is open, so that the page can show how far it is.
create table loan.import_progress (
  pool_id int not null,
  bank_id int not null,
  batch_id bigint not null,
  phase text not null check (phase in ('reading', 'comparing', 'writing', 'done')),
  done int not null,
  at timestamptz not null,
  attempts int not null default 1,
  primary key (pool_id, bank_id, batch_id),
  foreign key (pool_id, bank_id, batch_id) references loan.import_batch (pool_id, bank_id, id)
);

-- The first refusals of a batch, for the page; the error workbook holds all of them.
create table loan.import_error (
  pool_id int not null,
  bank_id int not null,
  batch_id bigint not null,
  n int not null,
  row int not null,
  field text not null,
  code text not null,
  message_zh text not null,
  message_en text not null,
  value text,
  primary key (pool_id, bank_id, batch_id, n),
  foreign key (pool_id, bank_id, batch_id) references loan.import_batch (pool_id, bank_id, id)
);

create table loan.loan (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  contract_no text collate "C" not null check (length(contract_no) between 1 and 64),
  note_no text collate "C" not null check (length(note_no) between 1 and 64),
  borrower_name text not null check (length(borrower_name) between 1 and 200),
  borrower_key text collate "C" not null,             -- credit code, or a keyed digest of a resident ID: the same borrower, the same key
  borrower_id_shown text not null,        -- credit code, or the resident ID with its middle masked
  borrower_id_cipher bytea,               -- the resident ID encrypted; null for credit codes
  borrower_kind text not null check (borrower_kind in ('medium', 'small', 'micro', 'owner', 'sole_trader')),
  industry text not null check (industry ~ '^[A-T]([0-9]{2,4})?$'),
  employees int check (employees >= 0),
  revenue_fen bigint check (revenue_fen >= 0),
  total_assets_fen bigint check (total_assets_fen >= 0),
  loan_date date not null,
  quarter int generated always as (extract(year from loan_date)::int * 10 + extract(quarter from loan_date)::int) stored,
  maturity_date date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  currency_principal numeric(20, 2) not null check (currency_principal > 0),
  fx_rate numeric(18, 8) not null check (fx_rate > 0),
  principal_fen bigint not null check (principal_fen > 0),
  annual_rate numeric(10, 8) not null check (annual_rate >= 0),
  product text not null check (product in ('working_capital', 'personal_business')),
  purpose text not null check (length(purpose) between 1 and 200),
  security text[] not null check (cardinality(security) > 0),
  features text[] not null,
  qualifications text[] not null,
  total_balance_fen bigint not null,
  credit_line_fen bigint,
  other_cover text not null check (other_cover in ('none', 'insurance', 'guarantee_company', 'reguarantee', 'other_compensation')),
  branch text check (length(branch) <= 100),
  registered_on date not null,
  registered_by int,
  registered_at timestamptz not null default now(),
  batch_id bigint,
  legacy_reason text,
  rulebook text not null,
  expected_share_bp int not null check (expected_share_bp between 0 and 10000),
  warnings text[] not null default '{}',
  risk_class text not null default 'normal' check (risk_class in ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
  class_date date,
  npl_since date,
  outstanding_fen bigint check (outstanding_fen >= 0),
  overdue_days int check (overdue_days >= 0),
  library text not null default 'loan' check (library in ('loan', 'compensation', 'settlement', 'closed', 'struck_out')),
  content_hash uuid not null,
  search_grams text[] not null,
  version int not null default 1,
  primary key (pool_id, bank_id, id),
  unique (pool_id, bank_id, note_no),
  foreign key (pool_id, bank_id) references tenancy.organisation (pool_id, id),
  foreign key (pool_id, bank_id, batch_id) references loan.import_batch (pool_id, bank_id, id),
  check (maturity_date > loan_date),
  check (total_balance_fen >= principal_fen),
  check (outstanding_fen <= principal_fen),
  check ((risk_class in ('substandard', 'doubtful', 'loss')) = (npl_since is not null)),
  check (borrower_kind not in ('owner', 'sole_trader') or credit_line_fen is not null)
);
create index loan_by_date on loan.loan (pool_id, bank_id, loan_date desc, id desc);
create index loan_by_principal on loan.loan (pool_id, bank_id, principal_fen, id);
create index loan_by_maturity on loan.loan (pool_id, bank_id, maturity_date, id);
create index loan_by_borrower on loan.loan (pool_id, borrower_key);
create index loan_pool_by_date on loan.loan (pool_id, loan_date desc, id desc);
create index loan_npl on loan.loan (pool_id, bank_id, npl_since, id) where npl_since is not null;
create index loan_search on loan.loan using gin (search_grams);

create table loan.classification (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  loan_id bigint not null,
  risk_class text not null check (risk_class in ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
  value_date date not null,
  booked_on date not null,
  outstanding_fen bigint not null check (outstanding_fen >= 0),
  overdue_days int check (overdue_days >= 0),
  reported_by int,
  reported_at timestamptz not null default now(),
  batch_id bigint,
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, loan_id) references loan.loan (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, batch_id) references loan.import_batch (pool_id, bank_id, id),
  check (value_date <= booked_on)
);
create index classification_loan on loan.classification (pool_id, bank_id, loan_id, value_date desc, id desc);

create table loan.correction (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  loan_id bigint not null,
  state text not null default 'proposed' check (state in ('proposed', 'consented', 'refused', 'withdrawn')),
  changes jsonb not null,                 -- [{"field","old","new"}], in the form of the loan file
  facts jsonb not null,                   -- the loan as it would be after the correction
  reason text not null check (length(reason) between 1 and 500),
  loan_version int not null,              -- the loan as the proposer saw it; a later change voids the proposal
  share_before_bp int not null,
  share_after_bp int not null,
  findings_after jsonb not null,
  proposed_by int not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null default now(),
  decided_by int,
  decided_by_name text,
  decided_at timestamptz,
  opinion text check (length(opinion) <= 500),
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, loan_id) references loan.loan (pool_id, bank_id, id),
  check (decided_by is null or decided_by <> proposed_by),
  check ((state in ('consented', 'refused')) = (decided_by is not null))
);
create unique index correction_open on loan.correction (pool_id, bank_id, loan_id) where state = 'proposed';
create index correction_waiting on loan.correction (pool_id, proposed_at) where state = 'proposed';

create table loan.document (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  loan_id bigint not null,
  file_id bigint not null,
  title text not null check (length(title) between 1 and 100),
  uploaded_by int not null,
  uploaded_by_name text not null,
  uploaded_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, loan_id) references loan.loan (pool_id, bank_id, id),
  foreign key (pool_id, bank_id, file_id) references loan.file (pool_id, bank_id, id)
);
create index document_loan on loan.document (pool_id, bank_id, loan_id);

create table loan.draft (
  pool_id int not null,
  bank_id int not null,
  person_id int not null,
  kind text not null check (kind in ('register', 'edit', 'correct')),
  key text not null,
  body jsonb not null,
  version int not null default 1,
  saved_at timestamptz not null default now(),
  primary key (pool_id, bank_id, person_id, kind, key),
  foreign key (pool_id, bank_id) references tenancy.organisation (pool_id, id)
);

-- Sums by bank, quarter and class, kept by trigger in the statement that changes a loan: the ratio of a.17 at any moment.
create table loan.summary (
  pool_id int not null,
  bank_id int not null,
  quarter int not null,
  library text not null,
  risk_class text not null,
  loans bigint not null,
  principal_fen bigint not null,
  primary key (pool_id, bank_id, quarter, library, risk_class),
  foreign key (pool_id, bank_id) references tenancy.organisation (pool_id, id)
);

-- Every crossing of a threshold of a.17, with the figures of that moment.
create table loan.standing (
  pool_id int not null,
  bank_id int not null,
  id bigint generated always as identity,
  standing text not null check (standing in ('good', 'warned', 'suspended')),
  npl_principal_fen bigint not null,
  principal_fen bigint not null,
  npl_loans bigint not null,
  loans bigint not null,
  cause text not null,
  measured_on date not null,
  measured_at timestamptz not null default now(),
  primary key (pool_id, bank_id, id),
  foreign key (pool_id, bank_id) references tenancy.organisation (pool_id, id)
);

-- Sums per statement. The rows of a statement are added up first, in key order, so that two writers never deadlock.
create function loan.summarise() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    insert into loan.summary as s
    select pool_id, bank_id, quarter, library, risk_class, count(*), sum(principal_fen)
    from new_rows group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (pool_id, bank_id, quarter, library, risk_class)
    do update set loans = s.loans + excluded.loans, principal_fen = s.principal_fen + excluded.principal_fen;
  else
    insert into loan.summary as s
    select pool_id, bank_id, quarter, library, risk_class, sum(n), sum(fen)
    from (
      select pool_id, bank_id, quarter, library, risk_class, 1 as n, principal_fen as fen from new_rows
      union all
      select pool_id, bank_id, quarter, library, risk_class, -1, -principal_fen from old_rows
    ) delta
    group by 1, 2, 3, 4, 5 having sum(n) <> 0 or sum(fen) <> 0 order by 1, 2, 3, 4, 5
    on conflict (pool_id, bank_id, quarter, library, risk_class)
    do update set loans = s.loans + excluded.loans, principal_fen = s.principal_fen + excluded.principal_fen;
  end if;
  return null;
end $$;
create trigger summarise_insert after insert on loan.loan referencing new table as new_rows
  for each statement execute function loan.summarise();
create trigger summarise_update after update on loan.loan referencing old table as old_rows new table as new_rows
  for each statement execute function loan.summarise();

-- A registration is written down by its identity and the digest of its content: the row itself holds the rest,
-- and every later change keeps before and after.
create function loan.record_registration() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  pools int[]; banks int[]; ids text[]; afters text[];
begin
  select array_agg(pool_id), array_agg(bank_id), array_agg(pool_id || '/' || bank_id || '/' || id),
         array_agg('{"note_no": ' || to_json(note_no) || ', "principal_fen": ' || principal_fen || ', "registered_on": "' || registered_on
                   || '", "rulebook": "' || rulebook || '", "content": "' || content_hash || '"}')
  into pools, banks, ids, afters from new_rows;
  perform audit.append('RegisterLoans', 'loan.loan', pools, banks, ids, null, afters);
  return null;
end $$;
create trigger audit_insert after insert on loan.loan referencing new table as new_rows
  for each statement execute function loan.record_registration();
create trigger audit_change after update or delete on loan.loan
  for each row execute function audit.record_change('pool_id,bank_id,id', 'search_grams,borrower_id_cipher,version');

-- Search by parts of a name or number. LIKE and array operators are not leakproof, so that under a policy no index
-- serves them; this function runs outside the policies and sets the same fence itself, from the same settings.
-- A borrower's number is found by its beginning. Whether a part is frequent the newest loans tell: one that every tenth
-- has is found by going on through them, newest first; a rarer one through the index of grams (bank:gram).
create function loan.search(term text, grams text[], most int) returns table (bank_id int, id bigint)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  our_pool int := tenancy.pool();
  our_bank int := tenancy.bank();
  pattern text := '%' || replace(replace(replace(term, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  prefix text := upper(term);
  number_of_hits int;
begin
  if our_pool is null then return; end if;
  return query
    select l.bank_id, l.id from loan.loan l
    where l.pool_id = our_pool and l.borrower_key >= prefix and l.borrower_key < prefix || '~'
      and (our_bank is null or l.bank_id = our_bank)
    limit most;
  get diagnostics number_of_hits = row_count;
  if number_of_hits > 0 then return; end if;

  if our_bank is null then
    select count(*) into number_of_hits from (
      select l.borrower_name, l.contract_no, l.note_no from loan.loan l
      where l.pool_id = our_pool order by l.loan_date desc, l.id desc limit 300) n
    where n.borrower_name ilike pattern or n.contract_no ilike pattern or n.note_no ilike pattern;
    if number_of_hits >= 30 or coalesce(cardinality(grams), 0) = 0 then
      return query
        select n.bank_id, n.id from (
          select l.bank_id, l.id, l.borrower_name, l.contract_no, l.note_no from loan.loan l
          where l.pool_id = our_pool order by l.loan_date desc, l.id desc limit 10 * most) n
        where n.borrower_name ilike pattern or n.contract_no ilike pattern or n.note_no ilike pattern limit most;
      return;
    end if;
  else
    select count(*) into number_of_hits from (
      select l.borrower_name, l.contract_no, l.note_no from loan.loan l
      where l.pool_id = our_pool and l.bank_id = our_bank order by l.loan_date desc, l.id desc limit 300) n
    where n.borrower_name ilike pattern or n.contract_no ilike pattern or n.note_no ilike pattern;
    if number_of_hits >= 30 or coalesce(cardinality(grams), 0) = 0 then
      return query
        select n.bank_id, n.id from (
          select l.bank_id, l.id, l.borrower_name, l.contract_no, l.note_no from loan.loan l
          where l.pool_id = our_pool and l.bank_id = our_bank order by l.loan_date desc, l.id desc limit 10 * most) n
        where n.borrower_name ilike pattern or n.contract_no ilike pattern or n.note_no ilike pattern limit most;
      return;
    end if;
  end if;

  -- The grams name the bank already. The fence stands beside them as a sum, so that no plan reads the bank's whole key
  -- only to cross it with the few hits (8.8 of 9.4 ms at 50,000 loans a bank).
  return query
    select hit.bank_id, hit.id
    from (select o.id from tenancy.organisation o
          where o.pool_id = our_pool and o.kind = 'bank' and (our_bank is null or o.id = our_bank)) bank
    cross join lateral (
      select l.bank_id, l.id from loan.loan l
      where l.search_grams @> (select array_agg(bank.id || ':' || g) from unnest(grams) g)
        and l.pool_id + 0 = our_pool and l.bank_id + 0 = bank.id
        and (l.borrower_name ilike pattern or l.contract_no ilike pattern or l.note_no ilike pattern)
      limit most) hit
    limit most;
end $$;

do $$
declare
  t text;
begin
  foreach t in array array['file', 'file_chunk', 'import_batch', 'import_progress', 'import_error', 'loan', 'classification',
                           'correction', 'document', 'draft', 'summary', 'standing']
  loop
    execute format('call tenancy.fence_bank_rows(%L)', 'loan.' || t);
    execute format('grant select on loan.%I to fundpool_bank, fundpool_pool, fundpool_auditor', t);
  end loop;
end $$;

create policy search on loan.loan for select to fundpool_search using (true);
grant select on loan.loan to fundpool_search;
create policy search on tenancy.organisation for select to fundpool_search using (true);
grant select on tenancy.organisation to fundpool_search;
create policy waiting on loan.import_batch for select to fundpool_job using (state in ('checking', 'registering'));
grant select on loan.import_batch to fundpool_job;

grant insert on loan.file, loan.file_chunk, loan.import_batch, loan.import_progress, loan.import_error, loan.loan,
  loan.classification, loan.correction, loan.document, loan.draft, loan.standing to fundpool_bank;
grant update on loan.import_batch, loan.import_progress, loan.loan, loan.correction, loan.document, loan.draft to fundpool_bank;
grant delete on loan.import_error, loan.draft to fundpool_bank;
grant insert on loan.standing to fundpool_pool;
grant update on loan.loan, loan.correction to fundpool_pool;

call audit.watch('loan.file', 'pool_id,bank_id,id');
call audit.watch('loan.import_batch', 'pool_id,bank_id,id');
call audit.watch('loan.classification', 'pool_id,bank_id,loan_id');
call audit.watch('loan.correction', 'pool_id,bank_id,loan_id');
call audit.watch('loan.document', 'pool_id,bank_id,loan_id');
call audit.watch('loan.standing', 'pool_id,bank_id,id');

revoke all on function loan.search, loan.summarise, loan.record_registration from public;
grant execute on function loan.search to fundpool_bank, fundpool_pool, fundpool_auditor;
reset role;
grant fundpool_owner to current_user;
alter function loan.search owner to fundpool_search;
