-- Grain: term of a vocabulary that an arena can be of. weight: the programmes below it.
with held as (
    select 'indication' as vocabulary, indication as id from programme
    union all
    select 'modality', modality from programme join product using (product)
    union all
    select 'target', unnest(string_split(target, '|')) from programme join product using (product)
)
select term.vocabulary, term.id, term.label, term.label_zh, count(held.id) as weight
from term
left join closure on closure.vocabulary = term.vocabulary and closure.ancestor = term.id
left join held on held.vocabulary = term.vocabulary and held.id = coalesce(closure.id, term.id)
where term.vocabulary in ('indication', 'modality', 'target')
group by all
order by all
