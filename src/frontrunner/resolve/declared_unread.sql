-- Grain: trial x secondary id that was not declared when `registration` was joined last.
select trial_id, said from declared_now anti join declared_id using (trial_id, said)
order by all
