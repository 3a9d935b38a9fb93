-- Grain: programme x company x role x day. Curated roles; else the product's curated developer; else the sponsor of
-- its furthest trial, companies before hospitals (undated: a registry does not say since when).
with claimed as (
    select programme, product, company, role, territory, valid_from as since, known_from, doc, 'company' as place
    from programme_claim join version using (doc)
    where known_to is null
), of_product as (
    select distinct on (product) product, company, since, known_from, doc, place
    from claimed
    where role = 'developer' and territory is null
    order by product, since desc nulls last, programme
), sponsors as (
    select distinct on (trial_programme.product)
        trial_programme.product, trial.sponsor_company as company, trial.known_from, trial.doc
    from trial_programme
    join trial using (doc)
    left join term as rung on rung.vocabulary = 'rung' and rung.id = trial.rung
    where trial.known_to is null and trial.sponsor_company is not null
    order by trial_programme.product, trial.lane = 'registrational' desc, rung.sort desc nulls last,
        trial.known_from desc, trial.trial_id
)
select programme, company, role, territory, since, known_from, doc, place from claimed
union all
select programme.programme, coalesce(of_product.company, sponsors.company), 'developer', null, of_product.since,
    coalesce(of_product.known_from, sponsors.known_from), coalesce(of_product.doc, sponsors.doc),
    coalesce(of_product.place, 'lead_sponsor_name')
from programme
left join of_product using (product)
left join sponsors using (product)
where not exists (from claimed where claimed.programme = programme.programme and claimed.role = 'developer')
    and coalesce(of_product.company, sponsors.company) is not null
