-- Grain: one statement of a regulator, of a document that was not read yet, with what it says of its use. position: 0 an
-- approval, 1 a designation. proper: its proper names, where it says nothing of a use.
select doc, 0 as position, areas, indication,
    if(len(areas) = 0 and indication is null, [name.value for name in names if name.kind = 'inn'], []) as proper
from approval anti join uses_read using (doc)
union all
select doc, 1, [], indication, [] from designation anti join uses_read using (doc)
order by doc, position
