-- Grain: one statement about a programme, current or not, in the order in which things happened.
select *, precision_of(happened) as precision
from milestone
where number = (
        select number from programme where programme = $programme
        union all
        select number from programme_part where programme = $programme and programme not in (select programme from programme)
    )
    and ($clock = 'now' and known_to is null or $clock = 'then' and known_from <= $on::date
        and (known_to is null or known_to > $on::date))
order by happened_first, rung_order nulls first, event, fact, doc
