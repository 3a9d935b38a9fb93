-- Grain: one product. Curated attributes where a source states them, else what its trials' words say most often.
with labelled as (
    select product, mode(modality) as modality, mode(vector) as vector, mode(target) as target
    from trial_product group by product
), claimed as (
    select distinct on (product) product, modality, vector, target, origin
    from product_claim join version using (doc)
    where known_to is null
    order by product, known_from, doc
)
select product,
    coalesce(claimed.modality, labelled.modality) as modality,
    coalesce(claimed.vector, labelled.vector) as vector,
    coalesce(claimed.target, labelled.target) as target,
    claimed.origin
from labelled full join claimed using (product)
