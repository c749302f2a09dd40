-- Row versions that a later batch replaced: what undoing that batch puts back, and what undoing the earlier one takes out.
-- Same columns as the table of the same name, and the batch that did the replacing.

create schema if not exists history;

create table history.customers diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.customers t
where 1 = 0;

create table history.products diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.products t
where 1 = 0;

create table history.branches diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.branches t
where 1 = 0;

create table history.sellers diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.sellers t
where 1 = 0;

create table history.orders diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.orders t
where 1 = 0;

create table history.order_items diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.order_items t
where 1 = 0;

create table history.refunds diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.refunds t
where 1 = 0;

create table history.payments diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.payments t
where 1 = 0;

create table history.ledger_entries diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.ledger_entries t
where 1 = 0;

create table history.budgets diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.budgets t
where 1 = 0;

create table history.stock_counts diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.stock_counts t
where 1 = 0;
