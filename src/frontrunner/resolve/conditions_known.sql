-- Grain: one text of some rows of trial records that was read before.
select text, indication, because
from condition_concept
semi join (select unnest(conditions || keywords) as text from trial_version where rowid between $first and $last) using (text)
