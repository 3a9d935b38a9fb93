-- Grain: product x name. known_from: since when the public could know that name. A list of designations gives today's
-- proper names and brands beside a day of long ago: known are they since the first licence, else since the list itself.
with licensed as (
    select product, min(public_from) as public_from
    from decision
    where designation is null and status = 'approved'
    group by product
), substance as (
    -- by a code it is that product only where both are cells, genes or viruses, or neither (see substances.sql)
    select unii, min(product) as product
    from substance_name
    join product_key using (key)
    left join product using (product)
    left join living_kind as living using (modality)
    where kind in ('inn', 'brand')
        or kind = 'code' and (product.modality is null or coalesce(substance_name.living = (living.modality is not null), true))
    group by unii
    having count(distinct product) = 1
), names as (
    select subject as product, value, kind, lang, known_from, known_to, true as curated
    from name_claim join version using (doc)
    where starts_with(subject, 'prod:')
    union all
    select product, name, 'usual', 'en', known_from, known_to, true
    from product_claim join version using (doc)
    union all
    select product_key.product, tested_name.value, tested_name.kind, 'en', greatest(trial.known_from, until), null, false
    from tested_name
    join trial on trial.interventions_doc = tested_name.doc
    join product_key using (key)
    union all
    select decision.product, tested_name.value, tested_name.kind, 'en',
        if(
            designation is null or tested_name.kind not in ('inn', 'combination', 'brand'), decision.public_from,
            greatest(decision.public_from, coalesce(licensed.public_from, decision.known_from))
        ),
        null, true
    from decision
    left join licensed using (product)
    join tested_name using (doc, position)
    join product_key on product_key.key = tested_name.key and product_key.product = decision.product
    union all
    -- the register of substances writes everything in capitals; a nonproprietary name is a common noun
    select substance.product, if(kind = 'inn', lower(name), name), kind, 'en', min(version.known_from), null, false
    from substance_name
    join substance using (unii)
    join version using (doc)
    where kind in ('code', 'inn', 'brand') and version.known_to is null
    group by all
), described as (
    select trial_product.product,
        concat_ws(' ', trial_product.target, term.label) || ' of ' || trial.lead_sponsor_name as value,
        min(trial.known_from) as known_from
    from trial_product
    join trial using (doc)
    join term on term.vocabulary = 'modality' and term.id = trial_product.modality
    where trial_product.unnamed
    group by all
), ranked as (
    select product, value, min(kind) as kind, min(lang) as lang, min(known_from) as known_from,
        bool_or(curated) as curated, count(*) as mentions
    from names
    where kind <> 'usual' and known_to is null
    group by product, value
)
select * from ranked
union all
select product, value, 'variant', lang, known_from, true, 1
from names
where kind = 'usual' and known_to is null
    and not exists (from ranked where ranked.product = names.product and ranked.value = names.value)
union all
select product, value, 'variant', 'en', known_from, false, 0 from described
