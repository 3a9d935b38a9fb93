-- Grain: one document of a trial whose rows may differ from those that were built last: a version of it was sighted
-- since, its sponsor or a name of its product has another identity, or its ids in several registries were joined anew.
with fresh as (
    select doc, source, key from sighting where run > (select runs from built)
), renamed as (
    select name from (from sponsor except from built_sponsor)
    union
    select name from (from built_sponsor except from sponsor)
), rekeyed as (
    select key from (from product_key except from built_product_key)
    union
    select key from (from built_product_key except from product_key)
), rejoined as (
    select id as trial_id from (from registration except from built_registration)
    union
    select id from (from built_registration except from registration)
), trials as (
    select trial_id from trial_version semi join fresh using (doc)
    union
    select trial_id from trial_version join sighting using (doc) semi join fresh using (source, key)
    union
    select trial_id from trial_version join renamed on renamed.name = lead_sponsor_name
    union
    select trial_id from trial_version join tested_name using (doc) semi join rekeyed using (key)
    union
    select trial_id from rejoined
)
select doc from trial_version semi join trials using (trial_id)
