-- Papers that the portal made: each once for its subject, with the very bytes that were given out, so that a paper that comes back can be told from another.

set local role fundpool_owner;

create table compensation.paper (
  pool_id int not null,
  bank_id int not null,                    -- whose the subject is; 0: the pool's own and published, a notice or a plan
  kind text not null check (kind in ('claim_form', 'review_opinion', 'notice', 'plan', 'payment_order')),
  subject_id bigint not null,              -- the claim, review, notice, plan, order
  subject_n int not null default 0,        -- the claim's version
  code text not null check (code ~ '^[0-7][0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}$'),
  number text check (length(number) <= 100),
  title text not null check (length(title) <= 500),
  issuer text not null check (length(issuer) <= 200),
  issued_on date not null,
  amount_fen bigint check (amount_fen >= 0),
  content text not null,                   -- JSON: what both forms are made of
  docx bytea not null,
  sha256 text not null check (sha256 = encode(sha256(docx), 'hex')),
  made_at timestamptz not null default tenancy.moment(),
  primary key (pool_id, bank_id, kind, subject_id, subject_n),
  foreign key (pool_id) references tenancy.pool (id),
  check ((bank_id = 0) = (kind in ('notice', 'plan')))
);
create unique index paper_code on compensation.paper (code);

call tenancy.fence_bank_rows('compensation.paper');
-- The pool's own papers are published: its banks and everybody read them, nobody but its institutions makes them.
create policy published on compensation.paper for select to fundpool_public
  using (pool_id = (select tenancy.pool()) and bank_id = 0);
create policy published_to_banks on compensation.paper for select to fundpool_bank
  using (pool_id = (select tenancy.pool()) and bank_id = 0 and (select tenancy.bank()) is not null);
grant select on compensation.paper to fundpool_bank, fundpool_pool, fundpool_auditor, fundpool_public;
grant insert on compensation.paper to fundpool_bank, fundpool_pool;
create trigger append_only before update or delete or truncate on compensation.paper for each statement execute function audit.refuse();
call audit.watch('compensation.paper', 'pool_id,bank_id,kind,subject_id,subject_n', 'content,docx');

-- What everybody who holds a paper may ask by its code: enough to compare, nothing about persons, and no more than the paper itself says.
create function compensation.verify_paper(asked text)
returns table (kind text, number text, title text, issuer text, issued_on date, amount_fen bigint, sha256 text, pool text, pool_name text, pool_name_en text, later text)
language sql stable security definer set search_path = pg_catalog as $$
  select p.kind, p.number, p.title, p.issuer, p.issued_on, p.amount_fen, p.sha256, case when p.bank_id = 0 then o.code end, o.name, o.name_en,
         case p.kind
           when 'notice' then (select coalesce(n.number, '') from compensation.notice n
                               where n.pool_id = p.pool_id and n.replaces_id = p.subject_id and n.state <> 'draft' order by n.id desc limit 1)
           when 'claim_form' then (select '' from compensation.claim c
                                   where c.pool_id = p.pool_id and c.bank_id = p.bank_id and c.id = p.subject_id and c.version > p.subject_n)
           when 'review_opinion' then (select '' from compensation.review r join compensation.review later
                                         on later.pool_id = r.pool_id and later.bank_id = r.bank_id and later.claim_id = r.claim_id and later.id > r.id and later.state = 'decided'
                                       where r.pool_id = p.pool_id and r.bank_id = p.bank_id and r.id = p.subject_id limit 1)
         end
  from compensation.paper p join tenancy.pool o on o.id = p.pool_id
  where p.code = asked
$$;
revoke all on function compensation.verify_paper from public;
grant execute on function compensation.verify_paper to fundpool_public;
reset role;
