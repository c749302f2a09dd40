-- name: upload-changes
-- title: What an upload changed
-- question: What the uploads of a period changed, by account, category, supplier or branch.
-- meaning: Before is what the rows that the file took the place of came to; a new file has nothing before. Uploads that were taken back are left out.
-- examples:
--   - what changed since yesterday's upload
--   - what did the last upload change
--   - what changed with the uploads of this week
--   - changes by upload since yesterday
--   - what did yesterday's upload change
--   - what is different since yesterday's upload
--   - which rows came in with today's upload
--   - which figures did the last upload change
-- cues:
--   - [upload, uploads, uploaded]
--   - [changed, change, changes, difference, differences, different, came in]
-- parameters:
--   - { name: period, label: period, type: period, default: this year so far }
-- columns:
--   - { name: uploaded_at, label: Loaded at, type: timestamp }
--   - { name: file_name, label: File, type: text }
--   - { name: what, label: What, type: text }
--   - { name: item, label: Item, type: text }
--   - { name: rows_before, label: Rows before, type: integer, unit: { kind: count, of: rows } }
--   - { name: rows_after, label: Rows after, type: integer, unit: { kind: count, of: rows } }
--   - { name: amount_before, label: Before, type: decimal, unit: { kind: money } }
--   - { name: amount_after, label: After, type: decimal, unit: { kind: money } }
--   - { name: difference, label: Difference, type: decimal, unit: { kind: money } }
-- tables: [uploads, upload_changes]
-- owner: finance
-- notes: ["Of stock counts the amounts are quantities, of price lists the prices."]
select
  u.uploaded_at,
  u.file_name,
  replace(c.table_name, '_', ' ') as what,
  c.item,
  c.rows_before,
  c.rows_after,
  c.amount_before,
  c.amount_after,
  c.amount_after - c.amount_before as difference
from uploads u
join upload_changes c on c.upload_id = u.upload_id and c.batch_id = u.batch_id
where u.undone_at is null
  and u.uploaded_on >= cast(:from as date) and u.uploaded_on < cast(:to as date)
  and (c.amount_after <> c.amount_before or c.rows_after <> c.rows_before)
order by u.uploaded_at desc, abs(c.amount_after - c.amount_before) desc, c.item
