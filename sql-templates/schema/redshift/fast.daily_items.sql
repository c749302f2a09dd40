-- What a day sold, by branch, product and kind of line: most questions are sums over days, branches and categories, and
-- Redshift answers them from here by itself (automatic query rewriting) for as long as this is up to date.
create materialized view fast.daily_items
diststyle key distkey (product_id) sortkey (order_date)
auto refresh yes
as
select
  order_date,
  branch_id,
  product_id,
  line_kind,
  sum(quantity) as quantity,
  sum(gross_amount) as gross_amount,
  sum(discount_amount) as discount_amount,
  sum(net_amount) as net_amount,
  sum(tax_amount) as tax_amount,
  sum(cost_amount) as cost_amount,
  sum(returned_quantity) as returned_quantity,
  count(*) as lines
from retail.order_items
group by order_date, branch_id, product_id, line_kind
