-- Grain: curated product x name.
select product, name from product_claim
union
select subject, value from name_claim where starts_with(subject, 'prod:')
order by all
