-- Grain: trial x secondary id that has the form of an id of some registry, with a document that says so.
select trial_id, said, min(doc) as doc
from (select trial_id, doc, unnest(secondary_ids).id as said from trial_version)
where regexp_matches(said, $pattern)
group by trial_id, said
