-- Grain: trial version x product under test. A product without a name of its own is its sponsor's, by modality and target.
with named as (
    select distinct doc, position, product_key.product from tested_name join product_key using (key)
), tested as (
    select trial.doc, trial.trial_id, trial.interventions_doc, tested_product.position, named.product is null as unnamed,
        coalesce(
            named.product,
            'prod:' || concat_ws('-', replace(sponsor_company, 'org:', ''), lower(tested_product.target), tested_product.modality)
        ) as product
    from trial
    join tested_product on tested_product.doc = trial.interventions_doc
    left join named on named.doc = tested_product.doc and named.position = tested_product.position
    where named.product is not null
        or (tested_product.generic and tested_product.modality is not null and sponsor_company is not null)
), one as (
    -- of what a trial tests twice, the first
    select distinct on (doc, product) * from tested order by doc, product, position
)
select one.doc, one.trial_id, one.position, tested_product.place, tested_product.follow_up,
    modality, vector, target, words, unnamed,
    route, route_words, tissue, tissue_words, cell_source, cell_source_words,
    product
from one join tested_product on tested_product.doc = one.interventions_doc and tested_product.position = one.position
