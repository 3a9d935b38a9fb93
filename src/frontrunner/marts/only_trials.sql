-- Grain: one row: whether this edition of the code built the marts, and all that was sighted since are records of trials
-- that do not come in editions. Then only the rows of touched documents can differ.
select count(*) = 1 and not exists (
    from sighting
    where run > (select runs from built) and key is not null
        and (doc not in (select doc from trial_version) or source in (select id from source where editions))
)
from built where edition = $edition
