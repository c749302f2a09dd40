-- name: branches-without
-- title: Branches without
-- question: Which branches had no sale, no refund or no stock of something in a period.
-- meaning: Every branch on file counts that has no such row; 'none in stock' is the last count of zero or less, or no count at all.
-- answer:
--   - "{first.all_branches} branches have none: {first.branch} and the others listed."
--   - "Only {first.only_branch} has none."
-- examples:
--   - branches without sales
--   - branches without any sales last month
--   - which branches had no sales yesterday
--   - which branch had no orders yesterday
--   - which shops sold nothing yesterday
--   - stores with no sales last week
--   - which shops did not sell any boots last month
--   - which branches have not sold any boots
--   - which branches had no refunds last week
--   - shops with no refunds yesterday
--   - branches without refunds
--   - which branches gave no refunds
--   - which branch has none of the product
--   - which branches have no stock of boots
--   - which shops have none left
--   - which shops have no boots in stock
--   - which branches are out of boots
--   - which branches do not have the product in stock
--   - which stores ran out of sandals
-- cues:
--   - [branch, branches, shop, shops, store, stores, outlet, outlets]
--   - [without, no, none, nothing, not, never, out of]
-- parameters:
--   - { name: period, label: period, type: period, default: all time }
--   - { name: category, label: category, type: dimension, dimension: category, default: all }
--   - { name: product, label: product, type: dimension, dimension: product, default: all }
--   - { name: brand, label: brand, type: dimension, dimension: brand, default: all }
--   - { name: region, label: region, type: dimension, dimension: region, default: all }
--   - name: what
--     label: what they lack
--     type: choice
--     choices:
--       - { value: refunds, words: [refund, refunds] }
--       - { value: stock, words: [stock, none of, none left, out of, left, ran out] }
--       - { value: sales, words: [sales, sale, sold, sell, orders, revenue, nothing] }
--     default: null
-- columns:
--   - { name: branch, label: Branch, type: text }
--   - { name: region, label: Region, type: text }
--   - { name: lacking, label: Without, type: text }
--   - { name: all_branches, label: Branches in all, type: integer, unit: { kind: count, of: branches } }
--   - { name: only_branch, label: The only one, type: text }
-- tables: [branches, order_items, refunds, stock_counts, products]
-- owner: operations
with goods as (
  select product_id
  from products
  where (:category = 'all' or category = :category)
    and (:brand = 'all' or brand = :brand)
    and (:product = 'all' or left(name, length(:product)) = :product)
),
sold as (
  select distinct i.branch_id
  from order_items i
  where i.line_kind = 'sale' and :what = 'sales'
    and i.order_date >= cast(:from as date) and i.order_date < cast(:to as date)
    and ((:category = 'all' and :brand = 'all' and :product = 'all') or i.product_id in (select product_id from goods))
),
given_back as (
  select distinct r.branch_id
  from refunds r
  where :what = 'refunds'
    and r.refund_date >= cast(:from as date) and r.refund_date < cast(:to as date)
    and ((:category = 'all' and :brand = 'all' and :product = 'all') or r.product_id in (select product_id from goods))
),
counts as (
  select
    s.branch_id, s.quantity,
    row_number() over (partition by s.branch_id, s.product_id order by s.counted_on desc) as place
  from stock_counts s
  where :what = 'stock' and s.counted_on < cast(:to as date)
    and ((:category = 'all' and :brand = 'all' and :product = 'all') or s.product_id in (select product_id from goods))
),
stocked as (
  select distinct branch_id from counts where place = 1 and quantity > 0
),
lacking as (
  select
    coalesce(b.name, b.branch_id) as branch,
    b.region
  from branches b
  left join sold s on s.branch_id = b.branch_id
  left join given_back g on g.branch_id = b.branch_id
  left join stocked k on k.branch_id = b.branch_id
  where s.branch_id is null and g.branch_id is null and k.branch_id is null
    and (:region = 'all' or b.region = :region)
)
select
  branch,
  region,
  'no ' || :what as lacking,
  nullif(count(*) over (), 1) as all_branches,
  case when count(*) over () = 1 then branch end as only_branch
from lacking
order by branch
limit 1000
