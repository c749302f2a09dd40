-- How one table is brought back to what it was without a batch. Versions form a chain in history.<table>:
-- `replaced_by` names the batch whose row came next. A batch in the middle of a chain is cut out of it.
-- A row that a later batch brought again passes to that batch (its heir) and stays.
-- Slots: gave (of parents: the keys of versions that other rows took something from, though later ones replaced them), table, columns, keys, changed, heirs, days, day. Parameters: :batch.

-- step: unconfirm
delete from history.{{table}}_confirmed where confirmed_by = :batch;

-- step: heirs
create table {{heirs}} as
select {{keys}}, heir
from (
  select {{c_keys}}, c.confirmed_by as heir, row_number() over (partition by {{c_keys}} order by b.batch_no) as place
  from history.{{table}}_confirmed c
  join ops.load_batches b on b.batch_id = c.confirmed_by
  where c.batch_id = :batch
) confirmed
where place = 1;

-- step: inherit-row
update retail.{{table}}
set batch_id = h.heir
from {{heirs}} h
where retail.{{table}}.batch_id = :batch and {{same_key_here_h}};

-- step: inherit-replaced-row
update history.{{table}}
set batch_id = h.heir
from {{heirs}} h
where history.{{table}}.batch_id = :batch and {{same_key_history_h}};

-- step: inherit-replacing
update history.{{table}}
set replaced_by = h.heir
from {{heirs}} h
where history.{{table}}.replaced_by = :batch and {{same_key_history_h}};

-- step: inherit-confirmations
update history.{{table}}_confirmed
set batch_id = h.heir
from {{heirs}} h
where history.{{table}}_confirmed.batch_id = :batch
  and history.{{table}}_confirmed.confirmed_by <> h.heir
  and {{same_key_confirmed_h}};

-- step: forget-confirmations
delete from history.{{table}}_confirmed where batch_id = :batch;

-- step: forget-heirs
drop table {{heirs}};

-- step: changed
create table {{changed}} as
select {{keys}} from retail.{{table}} where batch_id = :batch
union
select {{keys}} from history.{{table}} where replaced_by = :batch{{gave}};

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

-- step: no-parents
create table {{changed_parents}} as
select {{parent}} from retail.{{parents}} where 1 = 0;

-- step: parents
insert into {{changed_parents}} ({{parent}})
select distinct t.{{parent}}
from retail.{{table}} t
join {{changed}} c on {{same_key_tc}}
left join {{changed_parents}} k on k.{{parent}} = t.{{parent}}
where t.{{parent}} is not null and k.{{parent}} is null;
