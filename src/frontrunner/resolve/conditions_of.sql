-- Grain: a trial record of some rows whose conditions were not read yet.
select doc, conditions, keywords, brief_title, official_title
from trial_version anti join conditions_read using (doc)
where trial_version.rowid between $first and $last
