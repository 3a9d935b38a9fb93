-- Grain: programme of the arena. Its product, indication and developer as of the day asked.
with developers as (
    select programme,
        arg_max(company, {since: coalesce(first_day(since), '0001-01-01'::date), rank: -rank}) filter (
            (since is null or first_day(since) <= $on::date) and ($clock = 'now' or known_from <= $on::date)
        ) as company
    from programme_role
    where role = 'developer' and programme in (select unnest($programmes))
    group by programme
)
select programme.programme, programme.product, programme.indication, term.label as indication_label,
    product.modality, product.vector, product.target, product.origin, developers.company, company.country
from programme
join product using (product)
left join term on term.vocabulary = 'indication' and term.id = programme.indication
left join developers using (programme)
left join company using (company)
where programme.programme in (select unnest($programmes))
