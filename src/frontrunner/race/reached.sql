-- Grain: programme x rung that may have been reached on the day asked, in the scope asked, by the clock asked.
-- certain: the whole interval, of all statements that contest each other, lies on or before that day. Of the statements
-- about one fact the preferred one counts
-- (authority, then proof); a phase rung goes by each trial's first dosing, else its start, and by the earliest trial;
-- a row that rests on memory counts only where nothing else reaches the rung.
with seen as (
    select milestone.* from visible($on::date, $clock) as milestone
    join arena($indication, $modality, $target, $origin) using (number)
    where rung is not null and not anticipated
        and ($lane = 'all' or lane = $lane)
        and ($jurisdiction is null or everywhere or list_contains(jurisdictions, $jurisdiction))
), facts as (
    select *,
        max(happened_first) over same > min(happened_last) over same as contested,
        min(happened_first) over same as earliest, max(happened_last) over same as latest,
        row_number() over (
            partition by programme, fact
            order by status = 'unverified', authority_order, status <> 'proven', happened_last, doc
        ) as preference
    from seen
    window same as (partition by programme, fact)
), spans as (
    select *,
        row_number() over (
            partition by programme, rung, span
            order by status = 'unverified', dosed desc, happened_last, doc
        ) as choice
    from facts where preference = 1
), rungs as (
    select *,
        row_number() over (
            partition by programme, rung
            order by if(contested, latest, happened_last) > $on::date, status = 'unverified',
                happened_last, happened_first, doc
        ) as choice_of_rung
    from spans where choice = 1
)
select programme, rung, rung_order, kind, happened,
    if(contested, earliest, happened_first) as earliest, if(contested, latest, happened_last) as latest,
    if(contested, latest, happened_last) <= $on::date as certain, contested,
    case
        when contested then 'contested'
        when status = 'proven' and event <> 'approval' and $jurisdiction is not null and len(jurisdictions) > 1 then 'implied'
        else status
    end as status,
    concat_ws(
        '; ', because,
        if(status = 'proven' and event <> 'approval' and $jurisdiction is not null and len(jurisdictions) > 1,
            'the start of a study in several jurisdictions stands in for the local one', null)
    ) as because,
    doc, place
from rungs
where choice_of_rung = 1 and if(contested, earliest, happened_first) <= $on::date
order by rung_order desc, programme
