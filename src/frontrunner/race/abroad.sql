-- Grain: programme of the arena with a study outside the country of its product: the first one that the public could see.
-- A study that is only registered counts: who goes abroad asks a regulator there first.
select programme, event as milestone, null as phase, happened, null as kind, happened_first as earliest,
    happened_last as latest, true as certain, false as contested, status, because, authority, doc, place
from visible($on::date, $clock) as milestone
join arena($indication, $modality, $target, $origin) using (number)
where event in ('registered', 'trial_start', 'first_patient') and not anticipated and happened_last <= $on::date
    and ($lane = 'all' or lane = $lane)
    and len(jurisdictions) > len(list_intersect(jurisdictions, [$origin]))
qualify row_number() over (partition by programme order by happened_last, happened_first, doc) = 1
order by happened_last, programme
