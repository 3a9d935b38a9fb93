-- Grain: one company: curated, or as a registry spells its sponsor.
with claimed as (
    select distinct on (company) company, name, kind, country, parent
    from company_claim join version using (doc)
    where known_to is null
    order by company, known_from, doc
), sponsors as (
    select company, mode(name) as name, mode(kind) as kind, mode(parent) as parent from sponsor group by company
)
select company, coalesce(claimed.name, sponsors.name) as name, coalesce(claimed.kind, sponsors.kind) as kind, country,
    coalesce(claimed.parent, sponsors.parent) as parent
from claimed full join sponsors using (company)
