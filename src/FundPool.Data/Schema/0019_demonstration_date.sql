-- A demonstration made later than its records reach begins on a day of its own and stays so many days behind the real one (ADR 0031): ahead is
-- negative then. That it only goes forward is the program's rule now. Production never reads it.
set local role fundpool_owner;
alter table reference.demonstration_clock drop constraint demonstration_clock_ahead_check;

-- A correction is proposed at the moment of the call, by the same clock as it is decided on, as in every table made later.
alter table loan.correction alter column proposed_at set default tenancy.moment();
reset role;
