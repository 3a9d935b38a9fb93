-- Grain: one trial id that a record or a curated row is about and that some record declares, or that declares one.
select distinct trial_id as id
from (select trial_id from trial_version union all select trial_id from trial_claim)
where regexp_replace(trial_id, $form, '\1') in (select node from declared_node)
