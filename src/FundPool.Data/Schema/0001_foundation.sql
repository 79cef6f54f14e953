-- Roles, schemas and the session settings that every policy reads.
-- The login role fundpool_app owns nothing, bypasses nothing and inherits nothing: each transaction takes exactly one
-- of the scope roles with SET LOCAL ROLE, so that a request without a scope sees no table at all.

do $$
declare
  scope text;
begin
  foreach scope in array array['fundpool_owner', 'fundpool_bank', 'fundpool_pool', 'fundpool_auditor', 'fundpool_platform',
                               'fundpool_identity', 'fundpool_job', 'fundpool_search']
  loop
    begin
      execute format('create role %I nologin nosuperuser nobypassrls noinherit', scope);
    exception when duplicate_object or unique_violation then null; -- roles are shared by all databases of a cluster
    end;
  end loop;
  begin
    create role fundpool_app login nosuperuser nobypassrls noinherit;
  exception when duplicate_object or unique_violation then null;
  end;
end $$;

grant fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_platform, fundpool_identity, fundpool_job to fundpool_app;
revoke create on schema public from public;

create schema tenancy authorization fundpool_owner;
create schema audit authorization fundpool_owner;
create schema reference authorization fundpool_owner;
create schema loan authorization fundpool_owner;
create schema compensation authorization fundpool_owner;
create schema settlement authorization fundpool_owner;
create schema ledger authorization fundpool_owner;

grant usage on schema tenancy, audit, reference, loan
  to fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_platform, fundpool_identity, fundpool_job;
grant usage on schema tenancy, loan to fundpool_search;

set local role fundpool_owner;

-- The transaction's own settings. Unset or empty means null, and null matches no row.
create function tenancy.pool() returns int language sql stable as
  $$ select nullif(current_setting('app.pool', true), '')::int $$;
create function tenancy.bank() returns int language sql stable as
  $$ select nullif(current_setting('app.bank', true), '')::int $$;
create function tenancy.organisation() returns int language sql stable as
  $$ select nullif(current_setting('app.organisation', true), '')::int $$;
create function tenancy.person() returns int language sql stable as
  $$ select nullif(current_setting('app.person', true), '')::int $$;

-- The fences of a table whose rows belong to one bank of one pool. Policies are one per scope role: a single policy
-- with OR over the roles costs up to 140 times as much (docs/adr/0004-row-level-security.md).
create procedure tenancy.fence_bank_rows(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_bank on %s to fundpool_bank
    using (pool_id = (select tenancy.pool()) and bank_id = (select tenancy.bank()))
    with check (pool_id = (select tenancy.pool()) and bank_id = (select tenancy.bank()))', target);
  execute format('create policy own_pool on %s to fundpool_pool
    using (pool_id = (select tenancy.pool())) with check (pool_id = (select tenancy.pool()))', target);
  execute format('create policy read_pool on %s for select to fundpool_auditor
    using (pool_id = (select tenancy.pool()))', target);
  execute format('create policy internal on %s to fundpool_owner using (true) with check (true)', target);
end $$;

reset role;
