-- Grain: term of a vocabulary that an arena can be of. names: all it answers to alone. weight: the programmes below it.
with held as (
    select 'indication' as vocabulary, indication as id from programme
    union all
    select 'modality', modality from programme join product using (product)
    union all
    select 'target', unnest(string_split(target, '|')) from programme join product using (product)
), named as (
    select vocabulary, id, list(distinct value order by value) as names
    from term_name where kind <> 'contested' and value is not null
    group by all
)
select term.vocabulary, term.id, term.label as name, term.label_zh as name_zh, any_value(coalesce(named.names, [])) as names,
    count(held.id) as weight
from term
left join named on named.vocabulary = term.vocabulary and named.id = term.id
left join closure on closure.vocabulary = term.vocabulary and closure.ancestor = term.id
left join held on held.vocabulary = term.vocabulary and held.id = coalesce(closure.id, term.id)
where term.vocabulary in ('indication', 'modality', 'target')
group by term.vocabulary, term.id, term.label, term.label_zh
order by term.vocabulary, term.id
