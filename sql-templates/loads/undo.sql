-- How one table is brought back to what it was without a batch. Versions form a chain in history.<table>:
-- `replaced_by` names the batch whose row came next. A batch in the middle of a chain is cut out of it.
-- Slots: table, columns, keys, changed, days, day. Parameters: :batch.

-- step: changed
create table {{changed}} as
select {{keys}} from retail.{{table}} where batch_id = :batch
union
select {{keys}} from history.{{table}} where replaced_by = :batch;

-- step: days
insert into {{days}} (day)
select distinct {{day}} from retail.{{table}} where batch_id = :batch and {{day}} is not null
union
select distinct {{day}} from history.{{table}} where replaced_by = :batch and {{day}} is not null;

-- step: relink
update history.{{table}}
set replaced_by = x.next_batch
from (select {{keys}}, replaced_by as next_batch from history.{{table}} where batch_id = :batch) x
where history.{{table}}.replaced_by = :batch and {{same_key_history_x}};

-- step: forget-own
delete from history.{{table}} where batch_id = :batch;

-- step: relink-returned
update history.{{table}}
set replaced_by = t.batch_id
from retail.{{table}} t
where history.{{table}}.replaced_by = :batch and t.batch_id <> :batch and {{same_key_history_t}};

-- step: remove
delete from retail.{{table}} where batch_id = :batch;

-- step: restore
insert into retail.{{table}} ({{columns}}, batch_id)
select {{columns}}, batch_id from history.{{table}} where replaced_by = :batch;

-- step: forget-restored
delete from history.{{table}} where replaced_by = :batch;
