-- What is kept of an upload beside its rows: who sent it, and what it changed by account, category or the like.
-- Slots: before (a staging table), table, item, amount. Parameters: :batch, :upload, :replaced.

-- step: begin
create table {{before}} (table_name varchar(64), item varchar(400), row_count bigint, amount decimal(19,4));

-- step: replaced-before
insert into {{before}} (table_name, item, row_count, amount)
select '{{table}}', {{item}}, count(*), sum({{amount}})
from retail.{{table}} t
where t.batch_id = :replaced
group by {{item}};

-- step: merged-before
insert into {{before}} (table_name, item, row_count, amount)
select '{{table}}', {{item}}, count(*), sum({{amount}})
from history.{{table}} t
where t.replaced_by = :batch
group by {{item}};

-- step: changes
insert into retail.upload_changes (upload_id, batch_id, table_name, item, rows_before, rows_after, amount_before, amount_after)
select :upload, :batch, '{{table}}', c.item, sum(c.rows_before), sum(c.rows_after), sum(c.amount_before), sum(c.amount_after)
from (
  select b.item, b.row_count as rows_before, 0 as rows_after, b.amount as amount_before, 0 as amount_after
  from {{before}} b
  where b.table_name = '{{table}}'
  union all
  select {{item}} as item, 0 as rows_before, 1 as rows_after, 0 as amount_before, {{amount}} as amount_after
  from retail.{{table}} t
  where t.batch_id = :batch
) c
group by c.item;

-- step: end
drop table {{before}};

-- step: note
insert into retail.uploads (
  upload_id, batch_id, uploaded_by, person_name, confirmed_by, file_name, file_hash, what, period_from, period_to,
  rows_loaded, rows_left_out, uploaded_on, uploaded_at, replaced_batch, replaced_file, undone_at
)
values (
  :upload, :batch, :person, :person_name, :confirmed_by, :file_name, :file_hash, :what, cast(:period_from as date),
  cast(:period_to as date), :rows_loaded, :left_out, cast(:loaded_on as date), cast(:loaded_at as timestamp), :replaced_batch,
  :replaced_file, null
);
