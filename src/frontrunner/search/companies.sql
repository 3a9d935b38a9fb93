-- Grain: company. weight: the programmes that it has a part in.
with developed as (
    -- programmes without a role of their own are counted by product: there are very many
    select product, count(*) as programmes from programme anti join curated_role using (programme) group by product
), parts as (
    select company, count(distinct programme) as weight
    from programme_role semi join curated_role using (programme)
    group by company
    union all
    select company, sum(programmes) from developed join (select distinct product, company from product_role) using (product)
    group by company
), weights as (
    select company, sum(weight)::bigint as weight from parts group by company
)
select company.company as id, any_value(company.name) as name,
    min(value) filter (lang like 'zh%') as name_zh,
    coalesce(list(distinct value order by value) filter (value is not null), []) as names,
    any_value(coalesce(weights.weight, 0)) as weight
from company
left join company_name using (company)
left join weights using (company)
where company.name is not null
group by company.company
order by id
