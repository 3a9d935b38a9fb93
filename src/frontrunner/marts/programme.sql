-- Grain: one programme = product x indication x developer: curated, seen in trials, or decided on by a regulator (then
-- also one without an indication, where a licence is dated but not its uses). number: its place by kind and
-- disease, by which milestones are stored, so that a race reads the few blocks that hold its arena: cells, genes and
-- viruses kind by kind, then what has a target.
with known as (
    select distinct on (programme) programme, product, indication
    from (
        select programme, product, indication, 1 as rank
        from programme_claim join version using (doc)
        where known_to is null
        union all
        select distinct programme, product, indication, 2 from trial_programme where indication is not null
        union all
        select programme, product, indication, 3 from decision_programme where position = 0
    )
    order by programme, rank, product, indication
)
select known.*,
    (row_number() over (order by living.modality, target is null, indication, programme))::integer as number
from known left join product using (product) left join living_kind as living using (modality)
