-- Grain: programme of any arena x jurisdiction with an orphan exclusivity in force on the day, by the clock asked; of
-- several the one that lasts longest. They are few.
select programme.programme, milestone.jurisdictions[1] as jurisdiction, happened, until, milestone.status, because, doc, place
from visible($on::date, $clock) as milestone
join programme using (number)
where event = 'orphan_exclusivity' and until is not null
    and happened_last <= $on::date and last_day_of(until) >= $on::date
    and ($jurisdiction is null or list_contains(milestone.jurisdictions, $jurisdiction))
qualify row_number() over (partition by programme.programme, jurisdictions[1] order by until desc, happened, doc) = 1
order by until desc, programme.programme
