-- Grain: one company: curated, or as a registry spells its sponsor. country: curated, else that which all of its names
-- that tell one tell. name: of a firm that is not curated the shortest spelling, as that of a branch says more
-- (`Alnylam Netherlands B.V.`).
with claimed as (
    select distinct on (company) coalesce(same, company) as company, name, kind, country, parent
    from company_claim join version using (doc) left join same_company on id = company
    where known_to is null
    order by company, same is not null, known_from, doc
), sponsors as (
    select company, if(
            mode(kind order by kind) = 'company',
            first(name order by regexp_matches(name, 'Compan|ubsidiary|Europ|UK|U\.K|USA|Ireland|Netherlands'), length(name), name),
            min(name)
        ) as name,
        mode(kind order by kind) as kind,
        mode(parent order by parent) as parent, if(min(country) = max(country), min(country), null) as country
    from sponsor group by company
)
select company, coalesce(claimed.name, sponsors.name) as name, coalesce(claimed.kind, sponsors.kind) as kind,
    coalesce(claimed.country, sponsors.country) as country,
    coalesce(claimed.parent, sponsors.parent) as parent
from claimed full join sponsors using (company)
