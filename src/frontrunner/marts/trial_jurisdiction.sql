-- Grain: one trial version. The jurisdictions where it has sites, and whether they are one.
select doc, list(distinct jurisdiction order by jurisdiction) as jurisdictions
from (select doc, unnest(countries) as country from trial)
join country_jurisdiction using (country)
group by doc
