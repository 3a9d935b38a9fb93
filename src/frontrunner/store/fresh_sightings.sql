-- Of the staged sightings, those that tell something new: not yet held, and, where only our own day dates them, not a
-- second look at the document already in force on that day.
insert into fresh_sighting
with staged as (
    select * from staged_rows
    qualify row_number() over (partition by source, key, doc, known_on order by fetched_on, container, place) = 1
)
select staged.*, null as run
from staged
anti join sighting as held
    on held.doc = staged.doc and held.source = staged.source and held.key is not distinct from staged.key
    and (held.known_on = staged.known_on or (staged.key is null and held.container = staged.container))
    and (held.as_of is not distinct from staged.as_of or held.source not in (select id from source where editions))
where staged.known_basis <> 'fetched'
    or staged.doc is distinct from (
        select arg_max(earlier.doc, earlier.known_on) from sighting as earlier
        where earlier.source = staged.source and earlier.key = staged.key and earlier.known_on <= staged.known_on
    )
