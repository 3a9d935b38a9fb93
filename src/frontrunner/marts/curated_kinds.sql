-- Grain: one product with a curated programme: what decides whether a product without a name is taken for it.
select product, modality, target from product semi join programme_claim using (product)
