-- Grain: programme x day as in activity.sql: the last thing that happened to it in the scope asked, by the clock asked.
select number, day, unnest(arg_max(
    {doc: doc, place: place, status: status}, {happened: happened_last, doc: doc, place: place}
))
from followed(
    $indication, $modality, $target, $origin, $on::date, $clock, $numbers::integer[], $days::date[]
)
where not anticipated and happened_last <= day
    and ($lane = 'all' or lane = $lane)
    and ($jurisdiction is null or list_contains(jurisdictions, $jurisdiction))
group by number, day
order by number, day
