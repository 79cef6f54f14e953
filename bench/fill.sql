-- Fills loan.loan with :rows made-up loans of 20 banks, evenly, over 2023-08-10 … 2026-09-30, 2 % of them non-performing.
-- Triggers are off while it runs and loan.summary is filled once at the end. :grams none leaves out what only the search needs.
\set ON_ERROR_STOP on
set synchronous_commit = off;
set work_mem = '256MB';
set maintenance_work_mem = '2GB';
set max_parallel_maintenance_workers = 2;
set session_replication_role = replica; -- histories that hang on a loan refuse to be emptied
truncate loan.loan, loan.summary cascade;
set session_replication_role = origin;
alter table loan.loan disable trigger all;
alter table loan.loan drop constraint loan_pool_id_bank_id_note_no_key;
drop index loan.loan_by_date, loan.loan_by_principal, loan.loan_by_maturity, loan.loan_by_borrower, loan.loan_pool_by_date, loan.loan_npl, loan.loan_search;

create temporary table borrower as
with word as (select
  array['深圳市', '深圳', '深圳前海', '深圳龙岗', '深圳南山', '广东', '东莞', '惠州', '广州', '佛山'] as place,
  regexp_split_to_array('安邦宝昌辰诚创达德鼎东丰富广国海航浩恒弘华汇吉佳嘉建金锦京景聚凯康科力立利联隆美明宁鹏普启泰通旺伟新信兴旭亚阳一宜永裕远正志中', '') as mark,
  array['机械制造', '电子科技', '建筑工程', '农业发展', '食品加工', '纺织服装', '物流运输', '医药生物', '环保设备', '信息技术',
        '餐饮管理', '文化传媒', '新能源', '五金制品', '化工材料', '家具装饰', '包装印刷', '汽车配件', '教育咨询', '贸易'] as trade,
  array['有限公司', '有限公司', '有限责任公司', '股份有限公司'] as form)
select n, place[1 + n % 10] || mark[1 + (n * 7 + 3) % 60] || mark[1 + (n / 60) % 60] || case when n % 3 = 0 then mark[1 + (n / 3600) % 60] else '' end
          || trade[1 + (n / 30) % 20] || form[1 + (n / 7) % 4] as name,
       '91440300MA' || lpad(upper(to_hex(n)), 7, '0') || 'X' as code
from generate_series(0, 39999) n, word;
create temporary table bank_borrower as
select bank, n, name, code,
       case when :'grams' = 'none' then '{}'::text[] else array(select distinct bank || ':' || substr(name, i, 2) from generate_series(1, length(name) - 1) i) end as grams
from borrower, generate_series(2, 21) bank where n % 4 = bank % 4 or n < 10000;
create unique index on bank_borrower (bank, n);
analyze bank_borrower;

insert into loan.loan (pool_id, bank_id, id, contract_no, note_no, borrower_name, borrower_key, borrower_id_shown, borrower_kind, industry, employees,
  revenue_fen, total_assets_fen, loan_date, maturity_date, currency, currency_principal, fx_rate, principal_fen, annual_rate, product, purpose, security,
  features, qualifications, total_balance_fen, other_cover, branch, registered_on, registered_at, rulebook, expected_share_bp, warnings, risk_class,
  class_date, npl_since, outstanding_fen, content_hash, search_grams)
overriding system value
select 1, bank, g, note, note, name, code, code, (array['small', 'micro', 'medium'])[1 + g % 3], (array['C3921', 'F5190', 'I6510', 'G5430', 'E4813'])[1 + g % 5], 40 + g % 50,
  1500000000, 600000000, day, day + 180 + (g % 180)::int, 'CNY', fen / 100.0, 1, fen, 0.03 + (g % 100) * 0.0001, 'working_capital', '采购原材料', array['guarantee'],
  case when g % 4 = 0 then array['first_loan'] else '{}' end, case when g % 5 = 0 then array['high_tech'] else '{}' end, fen + 100000000, 'none',
  (array['福田支行', '南山支行', '罗湖支行', '宝安支行', '龙岗支行'])[1 + g % 5], day + 20, day + 20, 'shenzhen-2024', 4000,
  case when g % 50 = 7 then array['rate'] else '{}' end, class, case when class <> 'normal' then day + 100 end, case when class in ('substandard', 'doubtful') then day + 100 end,
  case when class <> 'normal' then fen / 2 end, md5(g::text)::uuid,
  case when :'grams' = 'none' then '{}' else grams || array[bank || ':' || substr(note, 1, 4), bank || ':' || substr(note, 2, 4), bank || ':' || substr(note, 3, 4),
    bank || ':' || substr(note, 4, 4), bank || ':' || substr(note, 5, 4), bank || ':' || substr(note, 6, 4), bank || ':' || substr(note, 7, 4), bank || ':' || substr(note, 8, 4)] end
from (
  select g, 2 + (r1 * 20)::int % 20 as bank, 'JJ' || lpad(g::text, 9, '0') as note, (10 + (r2 * 4790)::bigint) * 1000000 as fen,
         date '2023-08-10' + (g * 1057 / :rows)::int + (r3 * 90)::int as day,
         case when r4 < 0.015 then 'substandard' when r4 < 0.02 then 'doubtful' when r4 < 0.04 then 'special_mention' else 'normal' end as class, (r5 * 9999)::int as n
  from (select g, random() r1, random() r2, random() r3, random() r4, random() r5 from generate_series(1, :rows::bigint) g) dice
) made
join bank_borrower using (bank, n);

select setval(pg_get_serial_sequence('loan.loan', 'id'), :rows + 1);
alter table loan.loan add constraint loan_pool_id_bank_id_note_no_key unique (pool_id, bank_id, note_no);
create index loan_by_date on loan.loan (pool_id, bank_id, loan_date desc, id desc);
create index loan_by_principal on loan.loan (pool_id, bank_id, principal_fen, id);
create index loan_by_maturity on loan.loan (pool_id, bank_id, maturity_date, id);
create index loan_by_borrower on loan.loan (pool_id, borrower_key);
create index loan_pool_by_date on loan.loan (pool_id, loan_date desc, id desc);
create index loan_npl on loan.loan (pool_id, bank_id, npl_since, id) where npl_since is not null;
create index loan_search on loan.loan using gin (search_grams);
alter table loan.loan enable trigger all;
insert into loan.summary select pool_id, bank_id, quarter, library, risk_class, count(*), sum(principal_fen) from loan.loan group by 1, 2, 3, 4, 5;
vacuum (freeze, analyze) loan.loan;
analyze loan.summary;
checkpoint;
select count(*) || ' rows, heap ' || pg_size_pretty(pg_relation_size('loan.loan')) || ', indexes ' || pg_size_pretty(pg_indexes_size('loan.loan')) from loan.loan;
