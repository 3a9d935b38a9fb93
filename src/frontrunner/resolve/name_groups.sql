-- Grain: one set of name keys that some record gives one intervention, with the first day on which one did; none where
-- no publisher dates the records.
select keys, min(known_on) filter (known_basis <> 'fetched') as day
from (select doc, list_sort(list(key)) as keys from tested_name group by doc, position)
join sighting using (doc)
group by keys
order by keys
