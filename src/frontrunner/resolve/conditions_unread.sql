-- Grain: a trial record whose conditions were not read yet, so many at a time.
select doc, conditions, keywords, brief_title, official_title
from trial_version anti join conditions_read using (doc)
limit $at_once
