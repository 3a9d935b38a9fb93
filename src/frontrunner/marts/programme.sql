-- Grain: one programme = product x indication x developer: curated, or seen in trials.
select distinct on (programme) programme, product, indication
from (
    select programme, product, indication, 1 as rank
    from programme_claim join version using (doc)
    where known_to is null
    union all
    select programme, product, indication, 2 from trial_programme where indication is not null
)
order by programme, rank, product, indication
