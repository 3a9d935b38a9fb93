-- Grain: document of some x place in it: the first day on which the public could read a milestone there.
select doc, place, min(known_from) as known_from
from milestone
where doc in (select unnest($docs))
group by doc, place
