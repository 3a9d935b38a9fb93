-- Grain: day between two days on which the standings of an arena may change: something happened, became known or was
-- no longer said, or a programme fell silent (two years without a sign) or was heard of again.
with seen as (
    select milestone.* from milestone join arena($indication, $modality, $target, $origin) using (number)
    where not anticipated and ($lane = 'all' or lane = $lane)
        and case when $clock = 'now' then known_to is null else known_from <= $until::date end
), here as (
    select * from seen
    where $jurisdiction is null or everywhere or list_contains(jurisdictions, $jurisdiction)
), moving as (
    select * from here
    where rung is not null or effect <> 'none'
        or event in ('registered', 'withdrawn_application', 'refusal', 'negative_opinion', 'complete_response')
    union all
    select * from here qualify row_number() over (partition by number order by happened_last, doc) = 1
), signs as (
    select number, happened_last as day from seen
    union
    select number, greatest(happened_last, known_from) from seen
), gaps as (
    select day, day - lag(day) over following as since_last,
        coalesce(lead(day) over following - day, 731) as until_next
    from signs window following as (partition by number order by day)
), days as (
    select unnest(if($clock = 'now', [happened_last], [happened_last, known_from, known_to])) as day from moving
    union
    select unnest([if(since_last > 730, day, null), if(until_next > 730, day + 731, null)]) from gaps
)
select distinct day from days where day > $since::date and day <= $until::date order by day
