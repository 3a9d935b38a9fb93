-- The ledger's own tables. Statement tables (trial_version, milestone_claim, ...) follow from frontrunner.model.
create table if not exists run (run integer, fetched_on date, documents bigint);

-- one row per kept document: who published it and where its bytes lie
create table if not exists document (
    doc ubigint, hash blob, source varchar, key varchar, media_type varchar, size bigint,
    run integer, segment varchar, row_group integer, row_in_group integer
);

-- one row per document and day it was first known or seen; unchanged content is not sighted again
create table if not exists sighting (
    doc ubigint, source varchar, key varchar, known_on date, known_basis varchar, as_of varchar, whole boolean,
    fetched_on date, container varchar, place varchar, run integer
);

-- one row per document that its reader refused: the exact place in the record, and why
create table if not exists quarantine (doc ubigint, source varchar, container varchar, place varchar, why varchar, run integer);

-- the publishers, and where their records hold each column
create table if not exists source (id varchar, title varchar, authority varchar, record_url varchar, editions boolean);
create table if not exists source_place (source varchar, field varchar, place varchar);

-- Versions are derived from sightings, so the order of ingest does not matter. Versions known on one day are ordered by
-- completeness and the publisher's data day; all but the last of them are in force for no time.
-- Of a source that comes in editions, only the last edition speaks.
create or replace view version as
with last_edition as (
    select sighting.source, max(as_of) as as_of
    from sighting join source on source.id = sighting.source and source.editions
    group by sighting.source
), ordered as (
    select sighting.*,
        lag(doc) over (partition by source, key order by known_on, whole, sighting.as_of nulls first, doc) as previous
    from sighting left join last_edition using (source)
    where key is not null and (last_edition.as_of is null or sighting.as_of = last_edition.as_of)
)
select doc, source, key, known_basis, as_of, whole, fetched_on, known_on as known_from,
    lead(known_on) over (partition by source, key order by known_on, whole, as_of nulls first, doc) as known_to
from ordered
where doc is distinct from previous;
