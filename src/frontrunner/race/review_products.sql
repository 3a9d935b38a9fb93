-- Grain: one product that races or is in trials, with its names, and how many programmes and trials rest on it. kind: its
-- modality; country: its origin; parent: the company that most of its trials have as their sponsor.
with parts as (
    select product, count(*) as programmes from programme group by product
), tried as (
    select trial_product.product, count(distinct trial.trial_id) as trials,
        mode(trial.sponsor_company order by trial.sponsor_company) as sponsor
    from trial_product join trial using (doc)
    where not trial_product.follow_up
    group by trial_product.product
), named as (
    select product, list(distinct value order by value) as names,
        list(distinct kind order by kind) as kinds,
        arg_min(value, {rank: case kind when 'inn' then 0 when 'code' then 1 else 2 end, long: length(value), name: value})
            as name
    from product_name
    where lang = 'en'
    group by product
)
select product as id, named.name, modality as kind, origin as country, sponsor as parent, names, kinds, target,
    coalesce(programmes, 0) as programmes, coalesce(trials, 0) as trials
from product
join named using (product)
left join parts using (product)
left join tried using (product)
where programmes > 0 or trials > 0
order by product
