-- Grain: one version of one registered study, oldest first; every column of the record. A curated row tells a few of them.
with records as (
    select version.known_from, version.known_to, version.known_basis, version.whole, version.source, version.as_of,
        version.key, source.authority, document.hash, document.media_type, sponsor.company as sponsor_company,
        trial_version.*, false as curated
    from trial_version
    join version using (doc)
    join document using (doc)
    join source on source.id = version.source
    left join sponsor on sponsor.name = trial_version.lead_sponsor_name
    where trial_version.trial_id = $trial
), claims as (
    select version.known_from, version.known_to, version.known_basis, false as whole, version.source, version.as_of,
        version.key, claim.authority, document.hash, document.media_type, claim.doc, claim.trial_id, string_split(claim.phase, '|') as phases, claim.start_date,
        claim.start_date_type, claim.countries, claim.sponsor as lead_sponsor_name, true as curated
    from trial_claim as claim
    join version using (doc)
    join document using (doc)
    where claim.trial_id = $trial
)
select * from records
union all by name
select * from claims
order by known_from, curated desc, whole, as_of nulls first, doc
