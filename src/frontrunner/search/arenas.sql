-- Grain: term of a vocabulary that an arena can be of. names: all it answers to alone. weight: the programmes below it.
with held as (
    select 'indication' as vocabulary, indication as id from programme
    union all
    select 'modality', modality from programme join product using (product)
    union all
    select 'target', unnest(string_split(target, '|')) from programme join product using (product)
), counted as (
    select vocabulary, id, count(*) as programmes from held group by all
), weighed as (
    select vocabulary, coalesce(closure.ancestor, counted.id) as id, sum(programmes)::bigint as weight
    from counted left join closure using (vocabulary, id)
    group by all
), named as (
    select vocabulary, id, list(distinct value order by value) as names
    from term_name where kind <> 'contested' and value is not null
    group by all
)
select term.vocabulary, term.id, term.label as name, term.label_zh as name_zh, coalesce(named.names, []) as names,
    coalesce(weighed.weight, 0) as weight
from term
left join named using (vocabulary, id)
left join weighed using (vocabulary, id)
where term.vocabulary in ('indication', 'modality', 'target')
order by term.vocabulary, term.id
