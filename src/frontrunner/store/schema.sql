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

-- the publishers, how many records their whole sets have, and where these hold each column
create table if not exists source (
    id varchar, title varchar, authority varchar, record_url varchar, editions boolean, publisher varchar,
    homepage varchar, licence varchar, attribution varchar, fewest bigint, most bigint
);
-- the least share of a source's records that must say a column
create table if not exists source_filled (source varchar, statement varchar, field varchar, at_least double);
create table if not exists source_place (source varchar, media_type varchar, field varchar, place varchar);

-- Versions are derived from sightings, so the order of ingest does not matter. Versions known on one day are ordered by
-- completeness and the publisher's data day. Where two whole ones differ the publisher changed the record without
-- dating it, so the later is known only from its data day; any other but the last is in force for no time.
-- Of a source that comes in editions, only the last edition speaks. Where another `sighting` stands before that of `main` on
-- the search path, with all the sightings of some records, these are the versions of those records.
create or replace macro derived_version() as table
with last_edition as (
    select sighting.source, max(as_of) as as_of
    from main.sighting join source on source.id = sighting.source and source.editions
    group by sighting.source
), ordered as (
    select sighting.*, lag(doc) over chain as before, lag(known_on) over chain as before_known_on,
        lag(whole) over chain as before_whole, lag(sighting.as_of) over chain as before_as_of
    from sighting left join last_edition using (source)
    where key is not null and (last_edition.as_of is null or sighting.as_of = last_edition.as_of)
    window chain as (partition by source, key order by known_on, whole, sighting.as_of nulls first, doc)
), dated as (
    select *, if(
        whole and before_whole and before_known_on = known_on and as_of > before_as_of,
        greatest(known_on, try_cast(as_of as date)), known_on
    ) as known_from
    from ordered
    where doc is distinct from before
)
select doc, source, key, known_basis, as_of, whole, fetched_on, known_from,
    lead(known_from) over (partition by source, key order by known_on, whole, as_of nulls first, doc) as known_to
from dated;
