-- Grain: registered study, as its newest version says it. names: every id and acronym it answers to. weight: 0.
select trial_id as id,
    coalesce(arg_max(coalesce(brief_title, official_title), {known: known_from, doc: doc}), '') as name,
    null as name_zh,
    list_distinct(flatten(list([trial_id, acronym] || [other.id for other in coalesce(secondary_ids, [])]))) as names,
    coalesce(arg_max(lead_sponsor_name, {known: known_from, doc: doc}), '') as sponsor,
    coalesce(array_to_string(arg_max(conditions, {known: known_from, doc: doc}), ' '), '') as conditions
from trial_version
join version using (doc)
where trial_id is not null
group by trial_id
order by id
