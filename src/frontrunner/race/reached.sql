-- Grain: programme x rung that may have been reached on the day asked, in the scope asked, by the clock asked; of
-- `numbers`, where they are given, on the `days` beside them.
-- certain: the whole interval, of all statements that contest each other, lies on or before that day. Of the statements
-- about one fact the preferred one counts
-- (authority, then proof); a phase rung goes by each trial's first dosing, else its start, and by the earliest trial;
-- a row that rests on memory counts only where nothing else reaches the rung.
-- What is grouped goes by numbers and hashes, and texts are fetched for the rows that count alone: texts are dear to carry.
with seen as (
    select row, day, number, doc, rung_order, about, study, status = 'unverified' as by_memory,
        status <> 'proven' as unproven, authority_order, not dosed as undosed, happened_first, happened_last
    from followed(
        $indication, $modality, $target, $origin, $on::date, $clock, $numbers::integer[], $days::date[]
    )
    where rung is not null and not anticipated
        and ($lane = 'all' or lane = $lane)
        and ($jurisdiction is null or everywhere or list_contains(jurisdictions, $jurisdiction))
), facts as (
    select day, max(happened_first) > min(happened_last) as contested,
        min(happened_first) as earliest, max(happened_last) as latest,
        arg_min(row, {
            memory: by_memory, authority: authority_order, proof: unproven, happened: happened_last, doc: doc
        }) as row
    from seen
    group by number, day, about
), stated as (
    select seen.*, contested, if(contested, earliest, happened_first) as first, if(contested, latest, happened_last) as last
    from facts join seen using (row, day)
), spans as (
    select day, arg_min(row, {memory: by_memory, dosing: undosed, happened: happened_last, doc: doc}) as row
    from stated
    group by number, day, rung_order, study
), rungs as (
    select day, arg_min(row, {
            ahead: last > day, memory: by_memory, happened: happened_last, begun: happened_first, doc: doc
        }) as row
    from spans join stated using (row, day)
    group by number, day, rung_order
), told as (
    select day, first, last, contested, milestone.*,
        status = 'proven' and event <> 'approval' and $jurisdiction is not null and len(jurisdictions) > 1 as elsewhere,
        event = 'approval' and $jurisdiction = 'UK' and list_contains(jurisdictions, 'EU') as of_union
    from rungs
    join stated using (row, day)
    join milestone on milestone.rowid = rungs.row
    where first <= day
)
select number, day, rung, rung_order, kind, happened, first as earliest, last as latest, last <= day as certain, contested,
    case when contested then 'contested' when elsewhere or of_union then 'implied' else status end as status,
    nullif(concat_ws(
        '; ', because,
        if(event = 'trial_start', 'the start of the study stands in for its first dosing', null),
        if(elsewhere, 'the start of a study in several jurisdictions stands in for the local one', null),
        if(of_union, 'a licence of the Union that was valid there until 2020 and was converted unless its holder declined', null)
    ), '') as because,
    doc, place
from told
order by rung_order desc, number, day
