-- Grain: one company's part in a programme in which the company asked for has a part too, as known on the day.
select programme, company, role, territory, since, doc, place from programme_role
where (since is null or since <= $on::date::varchar) and ($clock = 'now' or known_from <= $on::date)
    and programme in (
        select programme from programme_role where company = $company and ($clock = 'now' or known_from <= $on::date)
    )
order by programme, since nulls first, role, company
