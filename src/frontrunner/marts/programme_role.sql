-- Grain: programme x company x role x day. Curated roles; where these name no developer, those of the product by rank.
select programme, company, role, territory, since, known_from, doc, 'company' as place, 0 as rank from curated_role
union all
select programme, company, 'developer', null, since, known_from, doc, place, rank
from programme join product_role using (product)
where programme not in (select programme from curated_role where role = 'developer')
