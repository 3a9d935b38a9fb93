-- The programmes that a company has a part in, as known on the day.
select distinct programme from programme_role
where company = $company and ($clock = 'now' or known_from <= $on::date)
order by programme
