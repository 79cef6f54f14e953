-- What the identity room needs beside its tables: one call that looks at a session and everything that hangs on it.

set local role fundpool_owner;

-- Runs on every page view, so it is one statement with one round trip and writes at most once a minute.
-- The login role may call it without taking a scope: whoever knows the digest of a session's random id holds the session.
create function tenancy.see_session(session_hash bytea, at timestamptz, idle interval, touch boolean)
returns table (
  state text, pool_id int, pool_code text, pool_name text, pool_name_en text,
  organisation_id int, kind text, organisation_code text, organisation_name text, demonstration boolean,
  person_id int, user_name text, full_name text, roles text[],
  created_at timestamptz, last_seen_at timestamptz, ends_at timestamptz, confirmed_at timestamptz, revoked_by text
) language plpgsql volatile security definer set search_path = pg_catalog, tenancy as $$
declare
  found_state text;
  seen timestamptz;
begin
  select case when s.revoked_at is not null then 'revoked'
              when s.ends_at <= at then 'ended'
              when s.last_seen_at + idle <= at then 'idle'
              when p.disabled_at is not null or o.disabled_at is not null then 'disabled'
              else 'live' end, s.last_seen_at
  into found_state, seen
  from session s
  join person p on p.pool_id = s.pool_id and p.organisation_id = s.organisation_id and p.id = s.person_id
  join organisation o on o.pool_id = s.pool_id and o.id = s.organisation_id
  where s.id_hash = session_hash;
  if not found then return; end if;

  if found_state = 'live' and touch and seen <= at - interval '1 minute' then
    update session s set last_seen_at = at where s.id_hash = session_hash;
  end if;

  return query
  select found_state, s.pool_id, l.code, l.name, l.name_en, s.organisation_id, o.kind, o.code, o.name, o.demonstration,
         s.person_id, p.user_name, p.full_name,
         array(select r.role from person_role r
               where r.pool_id = s.pool_id and r.organisation_id = s.organisation_id and r.person_id = s.person_id order by r.role),
         s.created_at, s.last_seen_at, s.ends_at, s.confirmed_at, s.revoked_by
  from session s
  join person p on p.pool_id = s.pool_id and p.organisation_id = s.organisation_id and p.id = s.person_id
  join organisation o on o.pool_id = s.pool_id and o.id = s.organisation_id
  join pool l on l.id = s.pool_id
  where s.id_hash = session_hash;
end $$;

revoke all on function tenancy.see_session from public;
grant execute on function tenancy.see_session to fundpool_app;
reset role;
grant usage on schema tenancy to fundpool_app;
