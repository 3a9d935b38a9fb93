-- Grain: concept of a vocabulary one step above or below (`below`) the one with that id.
select distinct closure.ancestor = $id as below, term.id, term.label, term.label_zh
from closure join term on term.vocabulary = closure.vocabulary
    and term.id = if(closure.ancestor = $id, closure.id, closure.ancestor)
where closure.vocabulary = $vocabulary and closure.distance = 1 and $id in (closure.ancestor, closure.id)
order by term.label, term.id
