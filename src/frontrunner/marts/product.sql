-- Grain: one product. Curated attributes where a source states them, else what regulators call it by its own name, else
-- what its trials' words say most often: a kind that they tell more exactly than the regulator stands. A target that fewer
-- than half of its trials tell is that of something given beside it.
with labelled as (
    select product, mode(modality order by modality) as modality, mode(vector order by vector) as vector,
        if(2 * count(target) >= count(*), mode(target order by target), null) as target
    from trial_product group by product
), regulated as (
    select decision.product, mode(regulated_product.modality order by regulated_product.modality) as modality,
        mode(regulated_product.vector order by regulated_product.vector) as vector,
        mode(regulated_product.target order by regulated_product.target) as target
    from decision join regulated_product using (doc, position)
    where decision.product is not null
    group by decision.product
    having bool_or(decision.position = 0)
), claimed as (
    select distinct on (product) product, modality, vector, target, origin
    from product_claim join version using (doc)
    where known_to is null
    order by product, known_from, doc
), finer as (
    select labelled.product, labelled.modality
    from labelled
    join regulated using (product)
    join closure on closure.vocabulary = 'modality' and closure.id = labelled.modality
        and closure.ancestor = regulated.modality
)
select product,
    coalesce(claimed.modality, finer.modality, regulated.modality, labelled.modality) as modality,
    coalesce(claimed.vector, regulated.vector, labelled.vector) as vector,
    coalesce(claimed.target, regulated.target, labelled.target) as target,
    claimed.origin
from labelled full join claimed using (product) full join regulated using (product) left join finer using (product)
