-- name: first-and-last-sale
-- title: First and last sale
-- question: When a product, category or brand was first and last sold, everywhere or in one branch.
-- meaning: By the day of the order, cancelled lines left out.
-- answer:
--   - "The first sale was on {first.first_sold} and the last on {first.last_sold}: {first.orders} orders in all."
-- examples:
--   - when was the product last sold
--   - when did we last sell the product
--   - when did we first sell the product
--   - when was the product last ordered at the branch
--   - when was the last order of the product
--   - when was the last sale in the branch
--   - what is the date of the last sale of the product
--   - last order date of the product
--   - on which day did the branch last sell the product
-- cues:
--   - [when, date, day]
--   - [last sold, first sold, last sell, first sell, last ordered, first ordered, last bought, first bought, last sale, first sale, last order, first order, latest order, latest sale, most recent order, most recent sale, most recently sold, most recently ordered, earliest order, earliest sale]
-- parameters:
--   - { name: product, label: product, type: dimension, dimension: product, default: all }
--   - { name: product_id, label: product number, type: dimension, dimension: product_id, default: all }
--   - { name: category, label: category, type: dimension, dimension: category, default: all }
--   - { name: subcategory, label: subcategory, type: dimension, dimension: subcategory, default: all }
--   - { name: brand, label: brand, type: dimension, dimension: brand, default: all }
--   - { name: branch, label: branch, type: dimension, dimension: branch, default: all }
-- columns:
--   - { name: first_sold, label: First sold, type: date }
--   - { name: last_sold, label: Last sold, type: date }
--   - { name: orders, label: Orders, type: integer, unit: { kind: count, of: orders } }
--   - { name: units_sold, label: Units sold, type: decimal, unit: { kind: count, of: units } }
-- tables: [order_items, products, branches]
-- owner: operations
select
  min(i.order_date) as first_sold,
  max(i.order_date) as last_sold,
  count(distinct i.order_id) as orders,
  sum(i.quantity) as units_sold
from order_items i
left join products p on p.product_id = i.product_id
left join branches b on b.branch_id = i.branch_id
where i.line_kind = 'sale'
  and (:product = 'all' or coalesce(p.name, i.product_id) = :product)
  and (:product_id = 'all' or i.product_id = :product_id)
  and (:category = 'all' or p.category = :category)
  and (:subcategory = 'all' or p.subcategory = :subcategory)
  and (:brand = 'all' or p.brand = :brand)
  and (:branch = 'all' or coalesce(b.name, i.branch_id) = :branch)
having count(*) > 0
