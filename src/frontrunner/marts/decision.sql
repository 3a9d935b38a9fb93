-- Grain: one approval, refusal, withdrawn application, opinion, designation or letter, as one version of a regulator's row
-- states it, with the product it is about (null: named by nothing that tells it from others). position: which of the
-- statements of the document. decided_on: the day of `status`; with supplement that of a later strength or form.
-- public_from: since when the public could know it: an official act from its own day on, by the first version that tells
-- of it, else from the day of the version.
with stated as (
    select doc, 0 as position, jurisdiction, status, null as designation, number, applicant, decided_on, supplement,
        review_from, opinion_on, kind, indication, indication_dated, ended, ended_on, orphan, exclusivity_until
    from approval
    union all by name
    select doc, 1 as position, jurisdiction, coalesce(status, 'designated') as status, designation, number,
        sponsor as applicant, coalesce(designated_on, refused_on) as decided_on, indication, ended_on
    from designation
    union all by name
    select doc, 2 as position, jurisdiction, 'complete_response' as status, number, applicant, sent_on as decided_on
    from letter
), named as (
    select doc, position, arg_min(product, {rank: case kind when 'inn' then 0 when 'brand' then 1 else 2 end, key: key})
        as product
    from tested_name semi join stated using (doc, position) join product_key using (key)
    group by doc, position
)
select stated.* replace (coalesce(supplement, false) as supplement, coalesce(indication_dated, false) as indication_dated),
    named.product, sponsor.company,
    version.source, source.authority, version.as_of, version.known_from, version.known_to, version.known_basis,
    if(
        stated.status in ('approved', 'refused', 'application_withdrawn', 'designated') and length(stated.decided_on) = 10
            and version.known_from = first.known_from,
        least(stated.decided_on::date, version.known_from), version.known_from
    ) as public_from
from stated
join version using (doc)
join (
    select source, key, min(known_from) as known_from
    from version semi join (from version semi join stated using (doc)) as told using (source, key)
    group by all
) as first
    on first.source = version.source and first.key = version.key
join source on source.id = version.source
left join named using (doc, position)
left join sponsor on sponsor.name = stated.applicant
where version.known_to is null or version.known_to > version.known_from
