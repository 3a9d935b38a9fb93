-- Grain: concept of a vocabulary whose id is the text as written, which answers to it folded, or which claims it with
-- others (contested); the surest first.
select term.id, term.label, coalesce(term_name.kind = 'contested' and term.id <> $text, false) as contested
from term left join term_name on term_name.vocabulary = term.vocabulary and term_name.id = term.id
    and term_name.name = $folded
where term.vocabulary = $vocabulary and (term.id = $text or term_name.name is not null)
order by term.id = $text desc, term.label, term.id
