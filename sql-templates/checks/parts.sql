-- What several rules need, made once for all of them: sums of the orders that a load touched. `sums` joins them, one row an
-- order, so that a rule is a filter of it; `known_as` is null where the order itself is not loaded.
-- Each part is a common table that rules name as {{part}}; a part may name those before it.
-- parameters: :batch. reads: retail.orders, retail.order_items, retail.payments, retail.refunds

-- step: touched
select order_id from retail.orders where batch_id = :batch
union
select order_id from retail.order_items where batch_id = :batch
union
select order_id from retail.payments where batch_id = :batch
union
select order_id from retail.refunds where batch_id = :batch;

-- step: lines
select
  order_id,
  count(*) as line_count,
  sum(quantity) as pieces,
  sum(gross_amount) as gross,
  sum(net_amount) as net,
  sum(net_amount + tax_amount + shipping_amount) as amount
from retail.order_items
where order_id in (select order_id from {{touched}})
group by order_id;

-- step: paid
select order_id, sum(amount) as amount
from retail.payments
where order_id in (select order_id from {{touched}})
group by order_id;

-- step: refunded
select order_id, sum(amount) as amount
from retail.refunds
where order_id in (select order_id from {{touched}})
group by order_id;

-- step: sums
select
  t.order_id,
  o.order_id as known_as,
  o.items_amount,
  o.total_amount,
  o.stated_items,
  l.line_count,
  l.pieces,
  l.gross,
  l.net,
  l.amount,
  p.amount as paid,
  r.amount as refunded
from {{touched}} t
left join retail.orders o on o.order_id = t.order_id
left join {{lines}} l on l.order_id = t.order_id
left join {{paid}} p on p.order_id = t.order_id
left join {{refunded}} r on r.order_id = t.order_id;
