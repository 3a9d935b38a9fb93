-- Grain: programme x licence of its product whatever the use, in the scope asked, by the day and clock asked; of several
-- the first. For programmes that have none of their own.
select programme.programme, arg_min(milestone.happened, milestone.happened_last) as happened,
    arg_min(milestone.doc, milestone.happened_last) as doc, arg_min(milestone.place, milestone.happened_last) as place
from programme
join programme as whole on whole.product = programme.product and whole.indication is null
join visible($on::date, $clock) as milestone on milestone.number = whole.number
where programme.programme in (select unnest($programmes))
    and milestone.event = 'approval' and milestone.happened_last <= $on::date
    and ($jurisdiction is null or list_contains(milestone.jurisdictions, $jurisdiction))
group by programme.programme
order by programme.programme
