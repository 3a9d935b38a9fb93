-- Grain: trial version x product under test. A product without a name of its own is its sponsor's, by modality and target.
with tested as (
    select trial.doc, trial.trial_id, trial.sponsor_company, tested_product.* exclude (doc)
    from trial join tested_product on tested_product.doc = trial.interventions_doc
), named as (
    select distinct trial.doc, tested_name.position, product_key.product
    from trial
    join tested_name on tested_name.doc = trial.interventions_doc
    join product_key using (key)
)
select distinct on (tested.doc, product)
    tested.doc, tested.trial_id, tested.position, tested.place, tested.follow_up,
    tested.modality, tested.vector, tested.target, tested.words, named.product is null as unnamed,
    tested.route, tested.route_words, tested.tissue, tested.tissue_words, tested.cell_source, tested.cell_source_words,
    coalesce(
        named.product,
        'prod:' || concat_ws('-', replace(sponsor_company, 'org:', ''), lower(tested.target), tested.modality)
    ) as product
from tested
left join named on named.doc = tested.doc and named.position = tested.position
where named.product is not null
    or (tested.generic and tested.modality is not null and sponsor_company is not null)
order by tested.doc, product, tested.position
