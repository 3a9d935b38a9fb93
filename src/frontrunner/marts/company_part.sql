-- Grain: company that has a part in a programme, with the number of these.
with developed as (
    -- programmes without a role of their own are counted by product: there are very many
    select product, count(*) as programmes from programme anti join curated_role using (programme) group by product
), parts as (
    select company, count(distinct programme) as programmes
    from programme_role semi join curated_role using (programme)
    group by company
    union all
    select company, sum(programmes) from developed join (select distinct product, company from product_role) using (product)
    group by company
)
select company, sum(programmes)::bigint as programmes from parts group by company
