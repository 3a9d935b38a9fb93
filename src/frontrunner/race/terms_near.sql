-- Grain: concept of a vocabulary whose best name looks like a folded one, holds it, or stands in it as whole words (of
-- `severe eosinophilic asthma` asthma), best first, a few.
with near as (
    select term.label, jaro_winkler_similarity(name, $folded) as likeness,
        contains(name, $folded) as holds,
        length(name) > 2 and contains(' ' || $folded || ' ', ' ' || name || ' ') as held,
        least(length(name), length($folded)) / greatest(length(name), length($folded)) as share
    from term_name join term using (vocabulary, id)
    where vocabulary = $vocabulary and kind in ('label', 'label_zh', 'synonym')
)
select label from near
where likeness > 0.85 or holds or held
group by label
order by max(greatest(likeness, if(holds or held, 0.8 + 0.2 * share, 0))) desc, length(label), label
limit 5
