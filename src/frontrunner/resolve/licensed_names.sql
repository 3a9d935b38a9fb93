-- Grain: one set of proper name keys that a regulator's row gives one product, with all its keys (brands too).
select distinct proper, keys
from (
    select list(key order by key) filter (kind in ('inn', 'combination')) as proper, list(key order by key) as keys
    from tested_name semi join regulated_product using (doc, position)
    group by doc, position
)
where proper is not null
order by all
