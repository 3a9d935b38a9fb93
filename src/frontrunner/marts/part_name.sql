-- Grain: name of a product that was alone. known_from: since when the public could know that name.
select part as product, value, min(kind) as kind, 'en' as lang, false as curated, count(*) as mentions,
    min(trial.known_from) as known_from
from tested_name
join product_key using (key)
join trial on trial.interventions_doc = tested_name.doc
where part in (select part from trial_part)
group by all
