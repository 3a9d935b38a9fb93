-- Grain: programme x company x role x day. Curated roles; else the product's curated developer; else its trials'
-- sponsors, undated, by rank: of versions in force, companies before hospitals, the furthest trial's, the latest.
with claimed as (
    select programme, product, coalesce(same, company) as company, role, territory, valid_from as since, known_from, doc,
        'company' as place
    from programme_claim join version using (doc) left join same_company on id = company
    where known_to is null
), of_product as (
    select distinct on (product) product, company, since, known_from, doc, place
    from claimed
    where role = 'developer' and territory is null
    order by product, since desc nulls last, programme
), sponsors as (
    select trial_programme.product, trial.sponsor_company as company, min(trial.known_from) as known_from,
        first(trial.doc order by trial.known_from, trial.doc) as doc,
        row_number() over (
            partition by trial_programme.product
            order by bool_or(trial.known_to is null) desc, bool_or(trial.lane = 'registrational') desc,
                max(rung.sort) desc nulls last, max(trial.known_from) desc, trial.sponsor_company
        ) as rank
    from trial_programme
    join trial using (doc)
    left join term as rung on rung.vocabulary = 'rung' and rung.id = trial.rung
    where trial.sponsor_company is not null
    group by trial_programme.product, trial.sponsor_company
), applicants as (
    select product, company, min(public_from) as known_from, first(doc order by public_from, doc) as doc,
        row_number() over (partition by product order by min(decided_on) nulls last, company) as rank
    from decision
    where position = 0 and product is not null and company is not null
    group by product, company
), undeveloped as (
    select programme, product from programme
    where not exists (from claimed where claimed.programme = programme.programme and claimed.role = 'developer')
)
select programme, company, role, territory, since, known_from, doc, place, 0 as rank from claimed
union all
select programme, company, 'developer', null, since, known_from, doc, place, 0
from undeveloped join of_product using (product)
union all
select programme, company, 'developer', null, null, known_from, doc, 'applicant', rank
from undeveloped join applicants using (product)
where not exists (from of_product where of_product.product = undeveloped.product)
union all
select programme, company, 'developer', null, null, known_from, doc, 'lead_sponsor_name', 1000 + rank
from undeveloped join sponsors using (product)
where not exists (from of_product where of_product.product = undeveloped.product)
