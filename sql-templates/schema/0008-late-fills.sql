-- What rows took from a parent that came after them: the country of an order from its customer, the unit cost of a
-- line from its product. It is taken out again when the parent's batch is undone. line_no is 0 for an order.

create table history.late_fills (
  table_name varchar(32) not null,
  order_id varchar(64) not null,
  line_no integer not null,
  parent_id varchar(64) not null,
  row_batch varchar(40) not null
) diststyle even sortkey (table_name, parent_id);
