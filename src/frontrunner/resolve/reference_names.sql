-- Grain: one proper name that the row of a biosimilar gives the medicine it is like.
select distinct one.value
from (select unnest(names) as one from approval)
where one.kind = 'reference'
order by all
