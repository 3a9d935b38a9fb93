-- Grain: one set of proper name keys that a regulator's row gives one product (none: only brands), with all its keys.
select distinct coalesce(proper, []) as proper, keys
from (
    select list(key order by key) filter (kind in ('inn', 'combination')) as proper, list(key order by key) as keys
    from tested_name semi join regulated_product using (doc, position)
    group by doc, position
)
order by all
