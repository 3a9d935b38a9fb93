-- Grain: two names of a product that one record gives one medicine, as known on the day, with the oldest such record and
-- how many there are.
with said as (
    select tested_name.doc, position, key, value
    from tested_name semi join (from product_key where product = $product) as own using (key)
), pairs as (
    select one.key, other.key as other_key, one.value as name, other.value as other, version.key as record, version.source,
        version.known_from
    from said as one
    join said as other on other.doc = one.doc and other.position = one.position and other.key > one.key
    join version on version.doc = one.doc
    where $clock = 'now' or version.known_from <= $on::date
)
select mode(name order by name) as name, mode(other order by other) as other,
    arg_min(record, {since: known_from, record: record}) as record,
    arg_min(source, {since: known_from, record: record}) as source,
    count(distinct record) as records
from pairs
group by key, other_key
order by records desc, key, other_key
limit 8
