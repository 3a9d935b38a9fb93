-- Grain: programme x company x role x day, as the curated rows in force state it.
select programme, product, coalesce(same, company) as company, role, territory, valid_from as since, known_from, doc
from programme_claim join version using (doc) left join same_company on id = company
where known_to is null
