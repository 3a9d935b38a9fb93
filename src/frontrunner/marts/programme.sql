-- Grain: one programme = product x indication x developer: curated, seen in trials, or decided on by a regulator (then
-- also one without an indication, where a licence is dated but not its uses). number: its place by disease, by
-- which milestones are stored, so that a race reads the few blocks that hold its arena.
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
select *, (row_number() over (order by indication, programme))::integer as number from known
