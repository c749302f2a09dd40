-- What accountants send beside the ledger, as the files state it, and who sent what. Ids are made of the file and the row, so that
-- a file brings the same rows whenever it is loaded.

create table retail.expenses (
  expense_id varchar(80) not null,
  expense_date date not null,
  paid_by varchar(200),                -- personal
  supplier varchar(200),
  category varchar(128),
  account_code varchar(32),
  branch_id varchar(64),
  document_no varchar(80),
  text varchar(400),
  payment_method varchar(64),
  net_amount decimal(19,4),
  tax_amount decimal(19,4),
  amount decimal(19,4) not null,       -- what was paid, tax included where the file says so
  currency char(3) not null,
  batch_id varchar(40) not null,
  primary key (expense_id)
) diststyle even sortkey (expense_date);

create table retail.supplier_invoices (
  invoice_id varchar(80) not null,
  invoice_date date not null,
  due_date date,
  paid_on date,
  supplier varchar(200),
  supplier_id varchar(64),
  document_no varchar(80),
  category varchar(128),
  account_code varchar(32),
  account_name varchar(200),
  branch_id varchar(64),
  text varchar(400),
  net_amount decimal(19,4),
  tax_amount decimal(19,4),
  amount decimal(19,4) not null,       -- as the file states it; net where it states nothing else
  currency char(3) not null,
  batch_id varchar(40) not null,
  primary key (invoice_id)
) diststyle even sortkey (invoice_date);

create table retail.branch_takings (
  takings_id varchar(80) not null,
  takings_date date not null,          -- the first day where the file has months
  branch_id varchar(64) not null,
  cash_amount decimal(19,4),
  card_amount decimal(19,4),
  net_amount decimal(19,4),
  tax_amount decimal(19,4),
  amount decimal(19,4) not null,       -- all that was taken
  transactions integer,
  currency char(3) not null,
  batch_id varchar(40) not null,
  primary key (takings_id)
) diststyle even sortkey (takings_date);

create table retail.account_balances (
  balance_id varchar(80) not null,
  balance_date date not null,          -- the day of the trial balance
  account_code varchar(32) not null,
  account_name varchar(200),
  account_kind varchar(16),            -- asset, liability, equity, income, expense
  branch_id varchar(64),
  debit decimal(19,4) not null,
  credit decimal(19,4) not null,
  amount decimal(19,4) not null,       -- debit - credit
  currency char(3) not null,
  batch_id varchar(40) not null,
  primary key (balance_id)
) diststyle even sortkey (balance_date);

create table retail.bank_transactions (
  transaction_id varchar(80) not null,
  transaction_date date not null,
  value_date date,
  counterparty varchar(200),
  counterparty_account varchar(64),    -- personal
  text varchar(400),
  document_no varchar(80),
  amount decimal(19,4) not null,       -- in is plus, out is minus
  balance decimal(19,4),               -- as the bank states it after the line
  currency char(3) not null,
  batch_id varchar(40) not null,
  primary key (transaction_id)
) diststyle even sortkey (transaction_date);

create table retail.price_lists (
  price_id varchar(80) not null,
  product_id varchar(64),
  product_name varchar(400),
  category varchar(128),
  unit varchar(32),
  valid_from date not null,
  unit_price decimal(19,4) not null,
  unit_cost decimal(19,4),
  tax_rate decimal(19,4),
  currency char(3) not null,
  batch_id varchar(40) not null,
  primary key (price_id)
) diststyle even sortkey (valid_from);

-- One row per upload that was loaded; undone_at is set when its batch is taken back.
create table retail.uploads (
  upload_id varchar(64) not null,
  batch_id varchar(40) not null,
  uploaded_by varchar(64) not null,    -- Slack's number of the person
  person_name varchar(200),
  confirmed_by varchar(200),           -- who pressed Load
  file_name varchar(400) not null,
  file_hash char(64) not null,         -- SHA-256 of the bytes
  what varchar(200) not null,          -- kinds of rows, separated by commas
  period_from date,
  period_to date,
  rows_loaded bigint not null,
  rows_left_out bigint not null,       -- refused when the file was read
  uploaded_on date not null,
  uploaded_at timestamp not null,
  replaced_batch varchar(40),
  replaced_file varchar(400),
  undone_at timestamp,
  primary key (upload_id, batch_id)
) diststyle all sortkey (uploaded_at);

-- What an upload changed, by account, category or whatever else its rows are told apart by.
create table retail.upload_changes (
  upload_id varchar(64) not null,
  batch_id varchar(40) not null,
  table_name varchar(64) not null,
  item varchar(400) not null,
  rows_before bigint not null,
  rows_after bigint not null,
  amount_before decimal(19,4) not null,
  amount_after decimal(19,4) not null,
  primary key (upload_id, batch_id, table_name, item)
) diststyle even sortkey (batch_id);

create table history.expenses diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.expenses t
where 1 = 0;

create table history.supplier_invoices diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.supplier_invoices t
where 1 = 0;

create table history.branch_takings diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.branch_takings t
where 1 = 0;

create table history.account_balances diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.account_balances t
where 1 = 0;

create table history.bank_transactions diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.bank_transactions t
where 1 = 0;

create table history.price_lists diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.price_lists t
where 1 = 0;

create table history.expenses_confirmed (
  expense_id varchar(80) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.supplier_invoices_confirmed (
  invoice_id varchar(80) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.branch_takings_confirmed (
  takings_id varchar(80) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.account_balances_confirmed (
  balance_id varchar(80) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.bank_transactions_confirmed (
  transaction_id varchar(80) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);

create table history.price_lists_confirmed (
  price_id varchar(80) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);
