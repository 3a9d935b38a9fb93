-- Grain: one judgement, the last first.
select distinct "left", "right", verdict, judged_by as "by", judged_on as "on", because, known_on
from judgement
order by "on" desc, known_on desc, "left", "right"
