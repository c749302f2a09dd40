-- name: branch-list
-- title: Branches
-- question: Which branches there are, where they stand and since when they are open.
-- meaning: Every branch on file, sold or not; 'oldest' and 'newest' go by the day of opening.
-- answer:
--   - "{first.listed} branches are listed."
--   - "{first.branch} is in {first.city}, {first.region}."
--   - "{first.branch} opened on {first.opened_on}."
-- examples:
--   - list our branches
--   - list all branches
--   - list of all our shops
--   - which branches do we have
--   - what stores do we have
--   - show all our stores
--   - when did the branch open
--   - when was the branch opened
--   - when did branch b open
--   - opening date of the branch
--   - opening dates of all branches
--   - where is the branch
--   - where are our shops
--   - in which city is the branch
--   - in which region is the branch located
--   - what town and region and country is the branch in
--   - address of the branch
--   - when and where did our oldest branch open
--   - what is our newest branch
--   - which branch opened first
--   - which branch opened last
--   - which branch opened most recently
--   - which branch is the oldest
--   - which branches opened after 2015
--   - which shops opened after 2015
--   - which stores opened after 2015
--   - which shops have opened since 2015
--   - which stores have we opened since 2015
--   - which branches have we opened since 2015
--   - shops opened after 2015
--   - which branches have closed
--   - list the branches with their city and region and opening date
--   - list the stores in the region
--   - give me a list of all our shops with their city and region
--   - list all branches with city and region
--   - list of stores with their city
--   - all our stores with their region
--   - branch names and numbers
--   - what is the name of the branch
-- cues:
--   - [branch, branches, shop, shops, store, stores, outlet, outlets, location, locations, where]
--   - [open, opened, opening, oldest, newest, where, list, located, address, region, city, town, country, which, what, show, names, all our]
-- parameters:
--   - { name: period, label: days of opening, type: period, default: all time }
--   - { name: branch, label: branch, type: dimension, dimension: branch, default: all }
--   - { name: branch_id, label: branch number, type: dimension, dimension: branch_id, default: all }
--   - { name: town, label: town, type: dimension, dimension: branch_city, default: all }
--   - { name: region, label: region, type: dimension, dimension: region, default: all }
--   - { name: kind, label: kind of branch, type: dimension, dimension: branch_kind, default: all }
--   - name: age
--     label: oldest or newest
--     type: choice
--     choices:
--       - { value: newest, words: [newest, youngest, most recently, most recent, latest, opened last, open last, last opened, last to open] }
--       - { value: oldest, words: [oldest, opened first, open first, first opened, first to open, first shop, first branch, first store, earliest, longest] }
--       - { value: all, words: [all] }
--     default: all
-- columns:
--   - { name: branch, label: Branch, type: text }
--   - { name: opened_on, label: Opened, type: date }
--   - { name: city, label: City, type: text }
--   - { name: region, label: Region, type: text }
--   - { name: country, label: Country, type: text }
--   - { name: kind, label: Kind, type: text }
--   - { name: branch_id, label: Number, type: text }
--   - { name: closed_on, label: Closed, type: date }
--   - { name: listed, label: Listed, type: integer, unit: { kind: count, of: branches } }
-- tables: [branches]
-- owner: operations
with numbered as (
  select
    coalesce(b.name, b.branch_id) as branch,
    b.opened_on, b.city, b.region, b.country, b.kind, b.branch_id, b.closed_on,
    rank() over (order by b.opened_on) as from_oldest,
    rank() over (order by coalesce(b.opened_on, cast('1800-01-01' as date)) desc) as from_newest
  from branches b
  where (:branch = 'all' or b.name = :branch)
    and (:branch_id = 'all' or b.branch_id = :branch_id)
    and (:town = 'all' or b.city = :town)
    and (:region = 'all' or b.region = :region)
    and (:kind = 'all' or b.kind = :kind)
    and (cast(:from as date) < cast('1950-01-01' as date)
      or (b.opened_on >= cast(:from as date) and b.opened_on < cast(:to as date)))
)
select branch, opened_on, city, region, country, kind, branch_id, closed_on, nullif(count(*) over (), 1) as listed
from numbered
where :age = 'all' or (:age = 'oldest' and from_oldest = 1) or (:age = 'newest' and from_newest = 1)
order by case when :age = 'newest' then from_newest else from_oldest end, branch
limit 1000
