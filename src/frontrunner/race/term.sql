-- Grain: the concept of a vocabulary with that id, with its synonyms and its ids elsewhere.
select term.id, term.label, term.label_zh,
    coalesce(list(term_name.value order by term_name.value) filter (term_name.kind = 'synonym'), []) as synonyms,
    coalesce(list(term_name.value order by term_name.value) filter (term_name.kind = 'external'), []) as elsewhere
from term left join term_name on term_name.vocabulary = term.vocabulary and term_name.id = term.id
where term.vocabulary = $vocabulary and term.id = $id
group by all
