-- Grain: company. weight: the programmes that it has a part in.
select company.company as id, any_value(company.name) as name,
    min(value) filter (lang like 'zh%') as name_zh,
    coalesce(list(distinct value order by value) filter (value is not null), []) as names,
    any_value(coalesce(company_part.programmes, 0)) as weight
from company
left join company_name using (company)
left join company_part using (company)
where company.name is not null
group by company.company
order by id
