-- Grain: product with a programme. name: what it is called (INN, else code, else brand, English first); weight: its
-- programmes.
select product_name.product as id,
    arg_min(value, {
        other: lang <> 'en', rank: coalesce(list_position(['inn', 'code', 'brand'], kind), 4),
        mentions: -mentions, value: value
    }) as name,
    min(value) filter (lang like 'zh%') as name_zh,
    list(distinct value order by value) as names,
    any_value(programmes.weight) as weight
from product_name
join (select product, count(*) as weight from programme group by product) as programmes using (product)
group by product_name.product
order by id
