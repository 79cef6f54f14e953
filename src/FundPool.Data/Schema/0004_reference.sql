-- Facts that an administrator keeps: working-day calendars and loan prime rates, each with its source.

set local role fundpool_owner;

create table reference.calendar_year (
  year int primary key check (year between 2000 and 2100),
  source text not null,
  loaded_at timestamptz not null default now()
);

create table reference.calendar_day (
  date date primary key,
  kind text not null check (kind in ('holiday', 'workday')),
  name text not null,
  notice_year int not null references reference.calendar_year (year) on delete cascade, -- the notice that lists it
  source text not null
);

create table reference.loan_prime_rate (
  published_on date primary key,
  one_year numeric(7, 6) not null check (one_year > 0),
  five_year numeric(7, 6) not null check (five_year > 0),
  source text not null,
  note text not null
);

-- Which day a job has done its work for, so that two nodes and two runs do it once.
create table reference.job_run (
  job text not null,
  business_date date not null,
  finished_at timestamptz not null default now(),
  primary key (job, business_date)
);

grant select on reference.calendar_year, reference.calendar_day, reference.loan_prime_rate
  to fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_platform, fundpool_identity, fundpool_job;
grant insert, update, delete on reference.calendar_year, reference.calendar_day, reference.loan_prime_rate to fundpool_platform;
grant select, insert on reference.job_run to fundpool_job;

call audit.watch('reference.calendar_year', 'year');
call audit.watch('reference.calendar_day', 'date');
call audit.watch('reference.loan_prime_rate', 'published_on');
reset role;
