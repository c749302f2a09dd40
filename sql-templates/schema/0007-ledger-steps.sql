-- What was done with money records made in Slack: one row per record and step, never changed. 'waiting': somebody else has
-- to approve it; 'approved', 'declined': by whom and why; 'posted': its lines are in retail.ledger_entries.
-- A record waits for approval while it has the step 'waiting' and none of the others.

create table retail.ledger_steps (
  step_id varchar(120) not null,       -- record and step
  record_id varchar(80) not null,      -- the journal of its ledger entries
  step varchar(16) not null,
  stepped_at timestamp not null,
  step_date date not null,
  person varchar(32) not null,         -- Slack's id of who did it
  person_name varchar(200),
  reason varchar(800),
  record_kind varchar(16) not null,    -- expense, income, transfer, refund, reversal
  record_date date not null,           -- of the document
  amount decimal(19,4) not null,       -- gross
  currency char(3) not null,
  account_code varchar(32),
  account_name varchar(200),
  branch_id varchar(64),
  counterparty varchar(200),
  document_no varchar(80),
  text varchar(400),
  reverses_record varchar(80),
  batch_id varchar(40) not null,
  primary key (step_id)
) diststyle all sortkey (step_date);

create table history.ledger_steps diststyle even sortkey (replaced_by) as
select t.*, cast(null as varchar(40)) as replaced_by
from retail.ledger_steps t
where 1 = 0;

create table history.ledger_steps_confirmed (
  step_id varchar(120) not null,
  batch_id varchar(40) not null,
  confirmed_by varchar(40) not null
) diststyle even sortkey (batch_id);
