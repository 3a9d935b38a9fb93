-- Grain: registered study that any run after `after` tells of, as its newest version says it. names: every id and acronym
-- it answers to. weight: 0. held: a version of it is in force, which one of an edition that was replaced is not.
with fresh as (
    select distinct source, key from sighting
    where run > $after
        or source in (
            select sighting.source from sighting join source on source.id = sighting.source and source.editions
            where run > $after
        )
), touched as (
    select distinct trial_id from trial_version join sighting using (doc) semi join fresh using (source, key)
), told as (
    select trial_version.*, if(version.doc is null, null, {known: version.known_from, doc: version.doc}) as place
    from trial_version semi join touched using (trial_id) left join version using (doc)
)
select trial_id as id, coalesce(arg_max(coalesce(brief_title, official_title), place), '') as name,
    null as name_zh, 0 as weight, count(place) > 0 as held,
    list_sort(list_distinct(flatten(
        list([trial_id, acronym] || [other.id for other in coalesce(secondary_ids, [])]) filter (place is not null)
    ))) as names,
    coalesce(arg_max(lead_sponsor_name, place), '') as sponsor,
    coalesce(array_to_string(arg_max(conditions, place), ' '), '') as conditions
from told
where trial_id is not null
group by trial_id
order by id
