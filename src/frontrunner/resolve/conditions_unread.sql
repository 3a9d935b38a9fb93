-- Grain: one row: the first and the last row among the trial records whose conditions were not read yet; null without any.
select min(trial_version.rowid), max(trial_version.rowid)
from trial_version anti join conditions_read using (doc)
