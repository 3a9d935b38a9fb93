-- Grain: one version of one registered study, oldest first; every column of the record.
select version.known_from, version.known_to, version.known_basis, version.whole, version.source, document.hash, trial_version.*
from trial_version
join version using (doc)
join document using (doc)
where trial_version.trial_id = $trial
order by version.known_from, version.whole, version.as_of nulls first, version.doc
