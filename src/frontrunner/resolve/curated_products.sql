-- Grain: curated product x name, with the product's modality.
with named as (
    select product, name from product_claim
    union
    select subject, value from name_claim where starts_with(subject, 'prod:')
), of_kind as (
    select product, mode(modality order by modality) as modality from product_claim group by product
)
select product, name, modality from named left join of_kind using (product)
order by all
