-- Grain: trial x secondary id of a group that is joined anew.
select trial_id, said, doc
from declared_now
semi join (from declared_node semi join regrouped using (node)) using (trial_id, said)
