-- Which later batches brought a row again, the same in every column. A merge leaves such a row with the batch that
-- brought it first; when that batch is undone the row passes to the next one that brought it, and is not lost.
-- The absence of a line that a batch took out is confirmed in the same way by later files that hold the whole document.
-- One row per key and confirming batch; batch_id is the batch of the version (or of the removal) that is confirmed.

create table history.customers_confirmed (
  customer_id varchar(64) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.branches_confirmed (
  branch_id varchar(64) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.sellers_confirmed (
  seller_id varchar(64) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.products_confirmed (
  product_id varchar(64) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.orders_confirmed (
  order_id varchar(64) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.order_items_confirmed (
  order_id varchar(64) not null,
  line_no integer not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.refunds_confirmed (
  refund_id varchar(80) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.payments_confirmed (
  payment_id varchar(80) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.ledger_entries_confirmed (
  entry_id varchar(80) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.budgets_confirmed (
  budget_id varchar(120) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.stock_counts_confirmed (
  branch_id varchar(64) not null,
  product_id varchar(64) not null,
  counted_on date not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);
