-- Grain: one source that gave at least one document.
select source, count(*) as documents,
    count(*) filter (doc in (select doc from quarantine)) as quarantined,
    (select count(*) from version where version.source = document.source) as versions,
    (select max(known_from) from version where version.source = document.source) as newest
from document
group by source
order by source
