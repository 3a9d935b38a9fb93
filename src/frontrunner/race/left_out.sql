-- How many facts of the arena the day's public could not know only because we fetched them later without a date.
select count(*) as left_out
from milestone
join arena($indication, $modality, $target, $origin) using (number)
where known_basis = 'fetched' and known_from > $on::date and happened_first <= $on::date
    and ($lane = 'all' or lane = $lane)
    and ($jurisdiction is null or everywhere or list_contains(jurisdictions, $jurisdiction))
