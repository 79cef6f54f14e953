-- A published notice with :items items, its frozen content as PublishNotice writes it. Triggers are off while it runs, so that no claim has to walk its way.
\set ON_ERROR_STOP on
set session_replication_role = replica;
insert into compensation.batch (pool_id, name, state, made_by, made_by_name) values (1, '测算', 'published', 1, '甲');
with items as (
  select jsonb_agg(jsonb_build_object('n', n, 'bank', '测算银行' || n % 20 + 1, 'borrower', '深圳市测算' || n || '精密电子有限公司', 'principalFen', 90000000 + n, 'shareBp', 4000,
    'amountFen', 36000000 + n * 4 / 10) order by n) as list, sum(36000000 + n * 4 / 10)::bigint as total
  from generate_series(1, :items) n
), frozen as (
  select jsonb_build_object('pool', '深圳市中小微企业银行贷款风险补偿资金池', 'number', '测算〔2026〕1号', 'title', '关于测算的公示', 'addressee', '各有关单位：', 'basis', '实施细则第二十条',
    'paragraphs', jsonb_build_array(repeat('现予以公示，向社会广泛征求意见。', 8), repeat('公示期为7个工作日。', 4), repeat('匿名异议不予受理。', 10)), 'consult', '测算处', 'object', '测算处',
    'office', '深圳市中小企业服务局', 'publishedOn', current_date, 'endsOn', current_date + 20, 'workingDays', 7, 'replaces', null, 'correctionReason', null,
    'items', list, 'totalFen', total)::text as content
  from items
)
insert into compensation.notice (pool_id, batch_id, number, title, basis, consult, object, working_days, state, published_on, published_at, ends_on, content, sha256, made_by, made_by_name, published_by, published_by_name)
select 1, (select max(id) from compensation.batch), '测算〔2026〕1号', '关于测算的公示', '实施细则第二十条', '测算处', '测算处', 7, 'published', current_date, now(), current_date + 20,
  content, encode(sha256(convert_to(content, 'UTF8')), 'hex'), 1, '甲', 2, '乙'
from frozen;
set session_replication_role = origin;
analyze;
