-- How staged rows of one table become part of the warehouse: a merge by key.
-- Slots: table, staged, known, same, derived (columns with the expressions that make them), joins, columns, keys.
-- Parameters: :batch, the load batch. Reads and writes retail.<table>, history.<table>, staging.*.
-- Rows that are already there, the same in every column, are left with the batch that brought them; history.<table>_confirmed
-- remembers that they came again. What is done beyond the insert grows with the rows that were there before, so a load
-- of new rows writes each of them once.

-- step: known
create table {{known}} as
select {{t_keys}}
from retail.{{table}} t
join {{staged}} s on {{same_key_ts}};

-- step: same
create table {{same}} as
select {{n_keys}}
from (
  select {{derived}}
  from {{staged}} s
  join {{known}} k on {{same_key_sk}}
  {{joins}}
) n
join retail.{{table}} t on {{same_key_nt}}
where case when {{differs_nt}} then 1 else 0 end = 0;

-- step: confirm
insert into history.{{table}}_confirmed ({{keys}}, batch_id, confirmed_by)
select {{t_keys}}, t.batch_id, :batch
from retail.{{table}} t
join {{same}} m on {{same_key_tm}};

-- step: confirm-gone
insert into history.{{table}}_confirmed ({{keys}}, batch_id, confirmed_by)
select {{h_keys}}, h.replaced_by, :batch
from history.{{table}} h
join (select distinct {{parent}} from {{staged}}) p on p.{{parent}} = h.{{parent}}
left join retail.{{table}} t on {{same_key_th}}
left join {{staged}} s on {{same_key_sh}}
left join history.{{table}} n on {{same_key_nh}} and n.batch_id = h.replaced_by
where t.{{first_key}} is null and s.{{first_key}} is null and n.{{first_key}} is null;

-- step: keep-gone
insert into history.{{table}} ({{columns}}, batch_id, replaced_by)
select {{t_columns}}, t.batch_id, :batch
from retail.{{table}} t
join (select distinct {{parent}} from {{staged}}) p on p.{{parent}} = t.{{parent}}
left join {{staged}} s on {{same_key_ts}}
where s.{{parent}} is null;

-- step: remove-gone
delete from retail.{{table}}
using (
  select {{gone_keys}}
  from retail.{{table}} t
  join (select distinct {{parent}} from {{staged}}) p on p.{{parent}} = t.{{parent}}
  left join {{staged}} s on {{same_key_ts}}
  where s.{{parent}} is null
) c
where {{same_key_table_c}};

-- step: leave-same
delete from {{staged}}
using {{same}} m
where {{same_key_staged_m}};

-- step: only-replaced
delete from {{known}}
using {{same}} m
where {{same_key_known_m}};

-- step: keep-replaced
insert into history.{{table}} ({{columns}}, batch_id, replaced_by)
select {{t_columns}}, t.batch_id, :batch
from retail.{{table}} t
join {{known}} k on {{same_key_tk}};

-- step: remove-replaced
delete from retail.{{table}}
using {{known}} k
where {{same_key_table_k}};

-- step: insert
insert into retail.{{table}} ({{columns}}, batch_id)
select {{derived}}, :batch
from {{staged}} s
{{joins}};

-- step: days
insert into {{days}} (day)
select distinct {{day}} from retail.{{table}} where batch_id = :batch and {{day}} is not null
union
select distinct {{day}} from history.{{table}} where replaced_by = :batch and {{day}} is not null;

-- step: forget-redriven
delete from ops.refused_rows where run_id = :redriven;
