-- Grain: concept of a vocabulary whose best name looks like a folded one or holds it, best first, a few.
select term.label
from term_name join term using (vocabulary, id)
where vocabulary = $vocabulary and kind in ('label', 'label_zh', 'synonym')
    and (contains(name, $folded) or jaro_winkler_similarity(name, $folded) > 0.85)
group by term.label
order by max(greatest(
    jaro_winkler_similarity(name, $folded),
    if(contains(name, $folded), 0.8 + 0.2 * length($folded) / length(name), 0)
)) desc, length(term.label), term.label
limit 5
