-- Grain: programme x rung that may have been reached on the day asked, in the scope asked, by the clock asked; of
-- `numbers`, where they are given, on the `days` beside them.
-- certain: the whole interval, of all statements that contest each other, lies on or before that day. Of the statements
-- about one fact the preferred one counts
-- (authority, then proof); a phase rung goes by each trial's first dosing, else its start, and by the earliest trial;
-- a row that rests on memory counts only where nothing else reaches the rung.
-- Windows go by hashes because they are sorted by them, and texts are dear to sort.
with seen as (
    select *, hash(fact) as about, hash(span) as study, status = 'unverified' as by_memory,
        status = 'proven' and event <> 'approval' and $jurisdiction is not null and len(jurisdictions) > 1 as elsewhere
    from followed(
        $indication, $modality, $target, $origin, $on::date, $clock, $numbers::integer[], $days::date[]
    )
    where rung is not null and not anticipated
        and ($lane = 'all' or lane = $lane)
        and ($jurisdiction is null or everywhere or list_contains(jurisdictions, $jurisdiction))
), facts as (
    select *,
        max(happened_first) over same > min(happened_last) over same as contested,
        min(happened_first) over same as earliest, max(happened_last) over same as latest,
        row_number() over (
            partition by number, day, about
            order by by_memory, authority_order, status <> 'proven', happened_last, doc
        ) as preference
    from seen
    window same as (partition by number, day, about)
), spans as (
    select *,
        row_number() over (
            partition by number, day, rung_order, study order by by_memory, dosed desc, happened_last, doc
        ) as choice
    from facts where preference = 1
), rungs as (
    select *,
        row_number() over (
            partition by number, day, rung_order
            order by if(contested, latest, happened_last) > day, by_memory, happened_last, happened_first, doc
        ) as choice_of_rung
    from spans where choice = 1
)
select number, day, rung, rung_order, kind, happened,
    if(contested, earliest, happened_first) as earliest, if(contested, latest, happened_last) as latest,
    if(contested, latest, happened_last) <= day as certain, contested,
    case when contested then 'contested' when elsewhere then 'implied' else status end as status,
    nullif(concat_ws(
        '; ', because,
        if(elsewhere, 'the start of a study in several jurisdictions stands in for the local one', null)
    ), '') as because,
    doc, place
from rungs
where choice_of_rung = 1 and if(contested, earliest, happened_first) <= day
order by rung_order desc, number, day
