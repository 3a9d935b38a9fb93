-- Grain: one statement about one of several programmes, current or not, in the order in which things happened; with `ever`
-- also those that were current on an earlier day.
select milestone.*, precision_of(happened) as precision
from milestone
where number in (select number from programme where programme in (select unnest($programmes)))
    and ($clock = 'now' and known_to is null or $clock = 'then' and known_from <= $on::date
        and ($ever or known_to is null or known_to > $on::date))
order by happened_first, rung_order nulls first, event, fact, doc
