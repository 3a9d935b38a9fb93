-- Grain: programme x day between two days on which its standing in an arena may change: something happened, became known
-- or was no longer said, or it fell silent (two years without a sign) or was heard of again.
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
    select number, day, day - lag(day) over following as since_last,
        coalesce(lead(day) over following - day, 731) as until_next
    from signs window following as (partition by number order by day)
), days as (
    select number, unnest(if($clock = 'now', [happened_last], [happened_last, known_from, known_to])) as day from moving
    union
    select number, unnest([if(since_last > 730, day, null), if($clock = 'then' or until_next > 730, day + 731, null)]) from gaps
    union
    -- a sign that is no longer said leaves the one before it the last
    select number, known_to from seen where $clock = 'then'
)
select distinct number, day from days where day > $since::date and day <= $until::date order by day, number
