-- The star schema. Text in Redshift's dialect; the embedded engine gets it translated at start.
-- Amounts are decimal(19,4) because some sources price in tenths of a cent. Every fact carries its batch.
-- Timestamps are local to the company (declared per feed); *_date columns are the same instant's day.
-- Keys are the sources' own business keys (no IDENTITY: with COPY of plain CSV it misplaces columns).

create schema if not exists retail;
create schema if not exists ops;
create schema if not exists staging;

create table retail.dates (
  date_day date not null,
  year integer not null,
  quarter integer not null,          -- 1 to 4
  month integer not null,            -- 1 to 12
  month_name varchar(12) not null,
  iso_year integer not null,
  iso_week integer not null,
  iso_weekday integer not null,      -- 1 Monday to 7 Sunday
  weekday_name varchar(12) not null,
  day_of_month integer not null,
  day_of_year integer not null,
  is_weekend boolean not null,
  week_start date not null,          -- Monday
  month_start date not null,
  quarter_start date not null,
  year_start date not null,
  primary key (date_day)
) diststyle all sortkey (date_day);

create table retail.customers (
  customer_id varchar(64) not null,
  person_id varchar(64) not null,    -- one per human; equals customer_id where the source has no other
  name varchar(200),                 -- personal
  email varchar(320),                -- personal
  phone varchar(64),                 -- personal
  segment varchar(64),
  city varchar(128),
  state varchar(64),
  country varchar(64),
  postcode varchar(32),              -- personal
  joined_on date,
  batch_id varchar(40) not null,
  primary key (customer_id)
) diststyle key distkey (customer_id) sortkey (customer_id);

create table retail.products (
  product_id varchar(64) not null,
  sku varchar(64),
  name varchar(400),
  category varchar(128),
  subcategory varchar(128),
  department varchar(128),
  brand varchar(128),
  unit_cost decimal(19,4),
  list_price decimal(19,4),
  weight_g decimal(19,4),
  batch_id varchar(40) not null,
  primary key (product_id)
) diststyle all sortkey (product_id);

create table retail.branches (
  branch_id varchar(64) not null,
  name varchar(200) not null,
  kind varchar(32),                  -- store, web, marketplace
  city varchar(128),
  region varchar(128),
  country varchar(64),
  opened_on date,
  closed_on date,
  batch_id varchar(40) not null,
  primary key (branch_id)
) diststyle all sortkey (branch_id);

create table retail.sellers (
  seller_id varchar(64) not null,    -- marketplace merchants; empty elsewhere
  name varchar(200),
  city varchar(128),
  state varchar(64),
  country varchar(64),
  batch_id varchar(40) not null,
  primary key (seller_id)
) diststyle all sortkey (seller_id);

create table retail.orders (
  order_id varchar(64) not null,
  document_kind varchar(16) not null,  -- sale, cancellation, adjustment
  customer_id varchar(64),
  person_id varchar(64),               -- from customers at load; else customer_id
  branch_id varchar(64),
  channel varchar(32),                 -- store, web, marketplace, phone
  status varchar(32),                  -- as the source says: delivered, shipped, cancelled, returned ...
  country varchar(64),                 -- where the order is for; from the customer when the source does not say
  currency char(3) not null,
  ordered_at timestamp not null,
  order_date date not null,
  approved_at timestamp,
  shipped_at timestamp,
  delivered_at timestamp,
  promised_at timestamp,               -- estimated delivery
  returned_at timestamp,
  items_amount decimal(19,4),          -- as stated by the source; null when it does not say
  discount_amount decimal(19,4),
  shipping_amount decimal(19,4),
  tax_amount decimal(19,4),
  total_amount decimal(19,4),          -- items + tax + shipping - discount, as stated by the source
  stated_items integer,                -- number of items as stated by the source
  coupon varchar(64),
  batch_id varchar(40) not null,
  primary key (order_id)
) diststyle key distkey (order_id) sortkey (order_date);

create table retail.order_items (
  order_id varchar(64) not null,
  line_no integer not null,
  line_kind varchar(16) not null,      -- sale, cancellation, adjustment, free, write-off, service
  product_id varchar(64),
  seller_id varchar(64),
  description varchar(400),
  customer_id varchar(64),             -- from the order at load
  person_id varchar(64),
  branch_id varchar(64),
  order_date date not null,            -- from the order at load
  status varchar(32),
  quantity decimal(19,4) not null,
  unit_price decimal(19,4) not null,   -- before discount, without tax
  gross_amount decimal(19,4) not null, -- quantity * unit_price
  discount_amount decimal(19,4) not null,
  net_amount decimal(19,4) not null,   -- gross - discount: 'revenue'
  tax_amount decimal(19,4) not null,
  shipping_amount decimal(19,4) not null,
  unit_cost decimal(19,4),             -- at the time of sale; product's cost when the source does not say
  cost_amount decimal(19,4),           -- quantity * unit_cost
  returned_quantity decimal(19,4) not null,
  shipped_at timestamp,
  delivered_at timestamp,
  returned_at timestamp,
  batch_id varchar(40) not null,
  primary key (order_id, line_no)
) diststyle key distkey (order_id) sortkey (order_date);

create table retail.refunds (
  refund_id varchar(80) not null,
  order_id varchar(64) not null,
  line_no integer,
  product_id varchar(64),
  customer_id varchar(64),
  branch_id varchar(64),
  refunded_at timestamp not null,
  refund_date date not null,
  order_date date,                     -- of the order refunded
  quantity decimal(19,4) not null,
  amount decimal(19,4) not null,       -- positive
  reason varchar(200),
  method varchar(32),
  batch_id varchar(40) not null,
  primary key (refund_id)
) diststyle key distkey (order_id) sortkey (refund_date);

create table retail.payments (
  payment_id varchar(80) not null,
  order_id varchar(64) not null,
  sequence_no integer not null,
  customer_id varchar(64),
  branch_id varchar(64),
  method varchar(32) not null,
  installments integer,
  paid_at timestamp,
  payment_date date,                   -- the order's date when the source does not say
  amount decimal(19,4) not null,
  batch_id varchar(40) not null,
  primary key (payment_id)
) diststyle key distkey (order_id) sortkey (payment_date);

create table retail.ledger_entries (
  entry_id varchar(80) not null,
  journal_id varchar(80) not null,     -- lines of one journal balance
  entry_date date not null,
  account_code varchar(32) not null,
  account_name varchar(200),
  account_kind varchar(16),            -- asset, liability, equity, income, expense
  branch_id varchar(64),
  counterparty varchar(200),
  document_no varchar(80),
  text varchar(400),
  debit decimal(19,4) not null,
  credit decimal(19,4) not null,
  amount decimal(19,4) not null,       -- debit - credit
  tax_code varchar(32),
  tax_amount decimal(19,4) not null,
  currency char(3) not null,
  reverses varchar(80),
  batch_id varchar(40) not null,
  primary key (entry_id)
) diststyle key distkey (journal_id) sortkey (entry_date);

create table retail.budgets (
  budget_id varchar(120) not null,
  scenario varchar(32) not null,       -- budget, forecast
  month_start date not null,
  account_code varchar(32),
  account_name varchar(200),
  branch_id varchar(64),
  category varchar(128),
  measure varchar(32) not null,        -- revenue, expense
  amount decimal(19,4) not null,
  currency char(3) not null,
  batch_id varchar(40) not null,
  primary key (budget_id)
) diststyle all sortkey (month_start);

create table retail.stock_counts (
  branch_id varchar(64) not null,
  product_id varchar(64) not null,
  counted_on date not null,
  quantity decimal(19,4) not null,
  batch_id varchar(40) not null,
  primary key (branch_id, product_id, counted_on)
) diststyle key distkey (product_id) sortkey (counted_on);

create table ops.load_batches (
  batch_id varchar(40) not null,
  batch_no bigint not null,
  run_id varchar(40) not null,
  feed varchar(80) not null,
  loaded_at timestamp not null,
  undone_at timestamp,
  rows_read bigint not null,
  rows_loaded bigint not null,
  rows_refused bigint not null,
  rows_waiting bigint not null,
  touched_days varchar(65535),         -- JSON array of days
  primary key (batch_id)
) diststyle all sortkey (batch_no);

create table ops.refused_rows (
  run_id varchar(40) not null,
  feed varchar(80) not null,
  file_name varchar(400) not null,
  line_no bigint not null,             -- counted from 1, the header is line 1
  column_name varchar(200),
  value varchar(1000),
  reason varchar(400) not null,
  raw varchar(4000)
) diststyle even sortkey (run_id);

create table ops.findings (
  finding_id varchar(80) not null,
  check_name varchar(80) not null,
  severity varchar(16) not null,       -- info, warning, error
  batch_id varchar(40),
  run_id varchar(40),
  sentence varchar(1000) not null,
  row_count bigint not null,
  amount decimal(19,4),
  examples varchar(4000),              -- JSON array
  query varchar(8000) not null,
  found_at timestamp not null,
  primary key (finding_id)
) diststyle all sortkey (found_at);

create table ops.migrations (
  number integer not null,
  name varchar(200) not null,
  sha256 char(64) not null,
  applied_at timestamp not null,
  primary key (number)
) diststyle all;
