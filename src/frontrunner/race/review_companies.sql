-- Grain: one company, with its names, and how many programmes and trials rest on it.
with sponsored as (
    select sponsor_company as company, count(distinct trial_id) as trials from trial group by sponsor_company
), named as (
    select company, list(distinct value order by value) as names from company_name group by company
)
select company as id, company.name, kind, country, parent, names,
    coalesce(programmes, 0) as programmes, coalesce(trials, 0) as trials
from company
join named using (company)
left join company_part using (company)
left join sponsored using (company)
order by company
