-- Grain: trial version x programme. A curated link wins, under whichever of its trial's ids, also for a product under a
-- name not curated; else the curated programme of that product whose indication is the trial's or the nearest above it
-- (the sponsor's own before another's); else, for a product without a name, the sponsor's only curated one of that kind
-- in that disease; else a programme of its own. A follow-up of several products in several diseases does not say which
-- of them is for which: it gives none its own.
with linked as (
    select distinct coalesce(registered.id, trial_claim.trial_id) as trial_id, trial_claim.programme, programme_claim.product
    from trial_claim
    join version using (doc)
    join programme_claim using (programme)
    left join registration as own on own.id = trial_claim.trial_id
    left join registration as registered on registered.trial = own.trial
    where version.known_to is null
), pairs as (
    select distinct trial.doc, trial.trial_id, trial.sponsor_company, trial_product.product, trial_product.follow_up,
        trial_product.unnamed, trial_product.modality, trial_product.target, trial_indication.indication
    from trial
    join trial_product using (doc)
    join trial_indication on trial_indication.doc = trial.conditions_doc
), mixed as (
    select doc from pairs where follow_up group by doc having count(distinct product) > 1 and count(distinct indication) > 1
), curated as (
    select programme, product, indication, list(distinct company) as companies, bool_and(territory is null) as everywhere
    from programme_claim join version using (doc)
    where known_to is null
    group by all
), offered as (
    select pairs.doc, pairs.product, pairs.indication, curated.programme, curated.product as of_product,
        row_number() over (
            partition by pairs.doc, pairs.product, pairs.indication
            order by list_contains(curated.companies, pairs.sponsor_company) desc, curated.everywhere desc,
                above.distance, curated.programme
        ) as choice
    from pairs
    join closure as above on above.vocabulary = 'indication' and above.id = pairs.indication
    join curated on curated.product = pairs.product and curated.indication = above.ancestor
), adopted as (
    select pairs.doc, pairs.product, pairs.indication,
        min(curated.programme) as programme, min(curated.product) as of_product
    from pairs
    join product on product.modality = pairs.modality and product.target is not distinct from pairs.target
    join curated on curated.product = product.product and curated.indication = pairs.indication
        and list_contains(curated.companies, pairs.sponsor_company)
    where pairs.unnamed
    group by all
    having count(distinct curated.programme) = 1
), found as (
    select doc, product, indication, programme, of_product from offered where choice = 1
    union all
    select * from adopted
)
select distinct trial.doc, linked.programme, linked.product, null as indication,
    coalesce(trial_product.follow_up, false) as follow_up
from trial
join linked using (trial_id)
left join trial_product on trial_product.doc = trial.doc and trial_product.product = linked.product
union
select distinct pairs.doc,
    coalesce(found.programme, 'prog:' || replace(pairs.product, 'prod:', '') || '/' || term.slug) as programme,
    coalesce(found.of_product, pairs.product) as product,
    if(found.programme is null, pairs.indication, null) as indication,
    pairs.follow_up
from pairs
join term on term.vocabulary = 'indication' and term.id = pairs.indication
left join found on found.doc = pairs.doc and found.product = pairs.product and found.indication = pairs.indication
where not (found.programme is null and pairs.follow_up and pairs.doc in (from mixed)) and not exists (
    from linked
    where linked.trial_id = pairs.trial_id
        and (linked.product = pairs.product or pairs.product not in (select product from product_claim))
)
