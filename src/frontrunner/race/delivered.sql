-- Grain: one label of how gene or cell products are given x its value, of the products under test in the trials of a
-- programme, or in one trial; by the versions known on the day, on clock `now` by those in force.
with told as (
    select distinct trial_product.trial_id, route, route_words, tissue, tissue_words, cell_source, cell_source_words
    from trial_product
    join trial using (doc)
    where ($clock = 'now' and trial.known_to is null or $clock = 'then' and trial.known_from <= $on::date
            and (trial.known_to is null or trial.known_to > $on::date))
        and (trial_product.trial_id = $trial or (doc, product) in (
            select (trial_programme.doc, programme.product)
            from trial_programme join programme using (programme)
            where programme = $programme
        ))
), labels as (
    select trial_id, 'route' as kind, route as value, route_words as words from told
    union all
    select trial_id, 'tissue', tissue, tissue_words from told
    union all
    select trial_id, 'cell_source', unnest(string_split(cell_source, '|')), cell_source_words from told
)
select kind, value, arg_min(words, (trial_id, words)) as words, list(distinct trial_id order by trial_id) as trials
from labels
where value is not null
group by kind, value
order by case kind when 'route' then 1 when 'tissue' then 2 else 3 end, len(trials) desc, value
