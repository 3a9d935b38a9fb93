-- Grain: one trial id that a record or a curated row is about.
select trial_id from trial_version
union
select trial_id from trial_claim
