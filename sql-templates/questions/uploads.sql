-- name: uploads
-- title: What was uploaded by whom
-- question: Which spreadsheets people loaded through Slack, who sent them, and what became of them.
-- meaning: One row per file that was loaded; files that nobody confirmed are not here. Rows left out were refused when the file was read.
-- examples:
--   - what was uploaded by whom
--   - which files were uploaded this month
--   - who uploaded spreadsheets last week
--   - show me the uploads of the last 30 days
--   - uploaded files
--   - list of uploads
--   - what did people upload yesterday
--   - which spreadsheets were loaded through Slack this week
--   - what has been loaded since yesterday
--   - who loaded which files
-- cues:
--   - [uploaded, upload, uploads, uploader, spreadsheets loaded]
--   - [what, which, who, whom, show, list, files, spreadsheets, uploads, all, last, recent]
-- parameters:
--   - { name: period, label: period, type: period, default: this year so far }
-- columns:
--   - { name: uploaded_at, label: Loaded at, type: timestamp }
--   - { name: person_name, label: By, type: text }
--   - { name: file_name, label: File, type: text }
--   - { name: what, label: What, type: text }
--   - { name: period_from, label: From, type: date }
--   - { name: period_to, label: To, type: date }
--   - { name: rows_loaded, label: Rows loaded, type: integer, unit: { kind: count, of: rows } }
--   - { name: rows_left_out, label: Rows left out, type: integer, unit: { kind: count, of: rows } }
--   - { name: state, label: State, type: text }
--   - { name: batch_id, label: Batch, type: text }
-- tables: [uploads]
-- owner: finance
select
  uploaded_at,
  person_name,
  file_name,
  what,
  period_from,
  period_to,
  rows_loaded,
  rows_left_out,
  case
    when undone_at is not null then 'taken back'
    when replaced_file is not null then 'in, instead of ' || replaced_file
    else 'in'
  end as state,
  batch_id
from uploads
where uploaded_on >= cast(:from as date) and uploaded_on < cast(:to as date)
order by uploaded_at desc
