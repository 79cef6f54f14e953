-- How far a demonstration's clock stands before the real one. A notice runs for seven working days; whoever shows the portal
-- goes forward instead of waiting. Production never reads it.

set local role fundpool_owner;

create table reference.demonstration_clock (
  one boolean primary key default true check (one),
  ahead interval not null check (ahead >= interval '0')
);
grant select, insert, update on reference.demonstration_clock to fundpool_identity;
call audit.watch('reference.demonstration_clock', 'one');
reset role;
