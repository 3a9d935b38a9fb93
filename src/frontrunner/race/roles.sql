-- Grain: one company's part in a programme, as known on the day.
select company, role, territory, since, doc, place from programme_role
where programme = $programme and (since is null or since <= $on::date::varchar) and ($clock = 'now' or known_from <= $on::date)
order by since nulls first, role, company
