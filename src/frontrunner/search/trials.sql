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
    select trial_id, acronym, secondary_ids, lead_sponsor_name, conditions,
        coalesce(brief_title, official_title) as title,
        if(version.doc is null, null, {known: version.known_from, doc: version.doc}) as place
    from trial_version semi join touched using (trial_id) left join version using (doc)
    where trial_id is not null
), several as (
    -- most have one version, of which nothing is to be weighed against another
    select trial_id from trial_version semi join touched using (trial_id) group by trial_id having count(*) > 1
), newest as (
    select trial_id, arg_max(title, place) as title, count(place) > 0 as held, arg_max(lead_sponsor_name, place) as sponsor,
        flatten(list([trial_id, acronym] || [other.id for other in coalesce(secondary_ids, [])]) filter (place is not null))
            as names,
        arg_max(conditions, place) as conditions
    from told semi join several using (trial_id)
    group by trial_id
    union all
    select trial_id, title, place is not null, lead_sponsor_name,
        [trial_id, acronym] || [other.id for other in coalesce(secondary_ids, [])], conditions
    from told anti join several using (trial_id)
)
select trial_id as id, coalesce(title, '') as name, null as name_zh, 0 as weight, held,
    list_sort(list_distinct(names)) as names, coalesce(sponsor, '') as sponsor,
    coalesce(array_to_string(conditions, ' '), '') as conditions
from newest
order by id
