-- Grain: one set of name keys that some record gives one intervention.
select distinct keys
from (select list(key order by key) as keys from tested_name group by doc, position)
order by keys
