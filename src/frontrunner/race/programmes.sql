-- Grain: programme asked for by number or by id. Its product, indication and developer as of the day asked: of its own,
-- else its product's. Also those of a name that was alone until a later record (programme_part).
with asked as (
    select * from (
        select programme, product, indication, number, product as whole, null as sponsor from programme
        union all
        select programme, product, indication, number, whole, company from programme_part
    )
    where number in (select unnest($numbers::integer[])) or programme in (select unnest($programmes::varchar[]))
), own as (
    select programme, arg_max(company, coalesce(first_day(since), '0001-01-01'::date)) filter (
        (since is null or first_day(since) <= $on::date) and ($clock = 'now' or known_from <= $on::date)
    ) as company
    from curated_role semi join asked using (programme)
    where role = 'developer'
    group by programme
), of_product as (
    select product, arg_max(company, {since: coalesce(first_day(since), '0001-01-01'::date), rank: -rank}) filter (
        (since is null or first_day(since) <= $on::date) and ($clock = 'now' or known_from <= $on::date)
    ) as company
    from product_role semi join asked using (product)
    group by product
), developers as (
    select programme, coalesce(asked.sponsor, if(own.programme is null, of_product.company, own.company)) as company
    from asked left join own using (programme) left join of_product using (product)
)
select asked.programme, asked.number, asked.product, asked.indication, term.label as indication_label,
    product.modality, product.vector, product.target, product.origin, developers.company, company.country
from asked
join product on product.product = asked.whole
left join term on term.vocabulary = 'indication' and term.id = asked.indication
left join developers using (programme)
left join company using (company)
