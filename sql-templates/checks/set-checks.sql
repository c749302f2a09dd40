-- What can only be judged over a whole set of files: keys given twice, and references to what nobody knows.
-- Each step fills {{refused}} (a staging table of the run) or empties staged rows that were refused.
-- Slots: table, staged, refused, files, rejected, keys, key_name, key_text, column, value_text, waits ...

-- step: only-waiting
delete from {{staged}}
where not exists (
  select 1
  from ops.refused_rows r
  join {{files}} f on f.file_name = r.file_name
  where r.run_id = :redriven and f.file_no = {{staged}}.file_no and r.line_no = {{staged}}.source_line
);

-- step: duplicates
insert into {{refused}} (table_name, file_no, source_line, column_name, value, reason, waits)
with repeated as (
  select {{keys}} from {{staged}} group by {{keys}} having count(*) > 1
), numbered as (
  select s.*, row_number() over (partition by {{s_keys}} order by s.file_no, s.source_line) as occurrence
  from {{staged}} s
  join repeated r on {{same_key_sr}}
)
select '{{table}}', n.file_no, n.source_line, '{{key_name}}', {{key_text}},
  case when n.occurrence = 1
    then 'The same key comes again with other values in this set of files.'
    else 'The same key came before in this set of files.' end, 0
from numbered n
where n.occurrence > 1
   or exists (
     select 1 from numbered d where {{same_key_dn}} and d.occurrence > 1 and ({{differs_dn}})
   );

-- step: keep-one
delete from {{staged}}
using (
  with repeated as (
    select {{keys}} from {{staged}} group by {{keys}} having count(*) > 1
  )
  select {{s_keys}}, s.file_no, s.source_line,
    row_number() over (partition by {{s_keys}} order by s.file_no {{direction}}, s.source_line {{direction}}) as occurrence
  from {{staged}} s
  join repeated r on {{same_key_sr}}
) c
where c.occurrence > 1 and c.file_no = {{staged}}.file_no and c.source_line = {{staged}}.source_line
  and {{same_key_staged_c}};

-- step: newer
insert into {{refused}} (table_name, file_no, source_line, column_name, value, reason, waits)
select '{{table}}', s.file_no, s.source_line, '{{key_name}}', {{key_text_s}},
  'A newer version of this row came with batch ' || b.batch_id || '.', 0
from {{staged}} s
join retail.{{table}} t on {{same_key_st}}
join ops.load_batches b on b.batch_id = t.batch_id and b.batch_no > :as_of and position(b.run_id in :own_runs) = 0;

-- step: newer-parents
insert into {{refused}} (table_name, file_no, source_line, column_name, value, reason, waits)
select '{{table}}', s.file_no, s.source_line, '{{key_name}}', {{key_text_s}},
  'A newer version of this row came with batch ' || n.batch_id || '.', 0
from {{staged}} s
join (
  select t.{{parent}}, max(b.batch_id) as batch_id
  from retail.{{table}} t
  join ops.load_batches b on b.batch_id = t.batch_id and b.batch_no > :as_of and position(b.run_id in :own_runs) = 0
  group by t.{{parent}}
) n on n.{{parent}} = s.{{parent}};

-- step: reference
insert into {{refused}} (table_name, file_no, source_line, column_name, value, reason, waits)
select '{{table}}', s.file_no, s.source_line, '{{column}}', {{value_text}}, :reason, {{waits}}
from {{staged}} s
left join retail.{{parent}} w on {{same_parent_w}}
{{staged_parent_join}}
where {{all_stated}} and w.{{parent_key}} is null {{staged_parent_absent}};

-- step: no-day
insert into {{refused}} (table_name, file_no, source_line, column_name, value, reason, waits)
select '{{table}}', s.file_no, s.source_line, 'order_id', cast(s.order_id as varchar(1000)), :reason, 1
from {{staged}} s
left join retail.orders w on w.order_id = s.order_id
{{staged_parent_join}}
where s.order_date is null and w.order_id is null {{staged_parent_absent}};

-- step: closed-month
insert into {{refused}} (table_name, file_no, source_line, column_name, value, reason, waits)
select 'ledger_entries', s.file_no, s.source_line, 'entry_date', cast(s.entry_date as varchar(10)), :reason, 0
from {{staged}} s
left join retail.ledger_entries t on t.entry_id = s.entry_id
where (
    (s.entry_date >= cast(:from as date) and s.entry_date < cast(:to as date))
    or (t.entry_date >= cast(:from as date) and t.entry_date < cast(:to as date))
  )
  and (t.entry_id is null or {{differs_st}});

-- step: take-out
delete from {{staged}}
using {{refused}} r
where r.table_name = '{{table}}' and r.file_no = {{staged}}.file_no and r.source_line = {{staged}}.source_line;

-- step: tell-refused
insert into ops.refused_rows (run_id, feed, file_name, line_no, column_name, value, reason, raw)
select :run, f.feed, f.file_name, r.source_line, r.column_name, r.value, r.reason, cast(null as varchar(4000))
from {{refused}} r
join {{files}} f on f.file_no = r.file_no;

-- step: tell-rejected
insert into ops.refused_rows (run_id, feed, file_name, line_no, column_name, value, reason, raw)
select :run, f.feed, f.file_name, r.line_no, substring(r.column_name, 1, 200), substring(r.value, 1, 1000),
  substring(r.reason, 1, 400), substring(r.raw, 1, 4000)
from {{rejected}} r
join {{files}} f on f.file_name = substring(r.file_name, 1, 400);

-- step: counts
select f.file_no, f.refused_lines, f.waiting_lines
from (
  select file_no,
    sum(case when waits = 0 then 1 else 0 end) as refused_lines,
    sum(waits) as waiting_lines
  from (
    select file_no, source_line, min(waits) as waits
    from {{refused}}
    group by file_no, source_line
  ) by_line
  group by file_no
) f
order by f.file_no;

-- step: newer-lines
select file_no, count(*) as newer_lines
from (
  select file_no, source_line
  from {{refused}}
  group by file_no, source_line
  having min(case when reason like 'A newer version of this row came%' then 1 else 0 end) = 1
) by_line
group by file_no
order by file_no;

-- step: kept
select s.file_no, count(*) as kept_lines
from ({{all_staged}}) s
left join (select distinct file_no, source_line from {{refused}}) r
  on r.file_no = s.file_no and r.source_line = s.source_line
where r.file_no is null
group by s.file_no
order by s.file_no;

-- step: tally
select r.reason, count(*) as row_count,
  min(f.file_name || ', line ' || cast(r.source_line as varchar(20)) || ', ' || r.column_name || ' ' || coalesce(r.value, '')) as example
from {{refused}} r
join {{files}} f on f.file_no = r.file_no
group by r.reason
order by 2 desc;
