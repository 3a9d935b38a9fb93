-- Grain: one substance of the register, with those of its codes, proper names and brands that records or curated rows use
-- and that it shares with no other substance: (proper, all). A salt that has its base's name as well joins nothing by it.
with used as (
    select key from tested_name
    union
    select unnest($curated)
), named as (
    select distinct unii, key, kind from substance_name semi join used using (key)
    where kind in ('code', 'inn', 'brand')
), own as (
    select * from named where key not in (select key from named group by key having count(distinct unii) > 1)
)
select list(distinct key order by key) filter (kind = 'inn') as proper, list(distinct key order by key) as keys
from own
group by unii
having count(distinct key) > 1
order by keys
