-- Grain: one judgement, the oldest first.
select distinct "left", "right", verdict, judged_by, judged_on, because, known_on
from judgement
order by judged_on, known_on, "left", "right", judged_by, verdict
