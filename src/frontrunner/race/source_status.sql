-- Grain: one source that gave at least one document.
select source, count(*) as documents,
    count(*) filter (doc in (select doc from quarantine)) as quarantined,
    (select count(*) from version where version.source = document.source) as versions,
    (select count(distinct key) from version where version.source = document.source and known_to is null) as current,
    (select max(known_from) from version where version.source = document.source) as newest,
    (select max(fetched_on) from sighting where sighting.source = document.source) as fetched_on,
    publisher, homepage, licence, attribution, fewest, most
from document join source on source.id = document.source
group by all
order by source
