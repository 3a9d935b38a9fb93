-- Grain: one statement, by one document, that something dated happened (or is expected) in one programme.
-- fact: what it is about; statements about one fact may contest each other. study: the trial whose first dosing or start
-- a phase rung goes by, whatever registries it is in; a copy of a record that is here says nothing. Questions group by
-- facts and studies, so about and study are hashes: texts that nearly every row has of its own are dear to read.
-- trials: ids separated by |. jurisdictions: where it counts (everywhere: in all of them). place: where the document
-- says it.
with claims as (
    select claim.doc, claim.programme, claim.event, claim.fact, coalesce(claim.rung, event.rung, if(claim.event = 'first_patient', 'phase_1', null)) as rung, claim.kind,
        case
            when claim.jurisdiction = 'GLOBAL' then []
            when claim.jurisdiction = 'EU' and claim.event in ('approval', 'licence_revoked') and claim.happened_on < '2021'
                then ['EU', 'UK']
            else [claim.jurisdiction]
        end as jurisdictions,
        event.everywhere and claim.jurisdiction = 'GLOBAL' as everywhere,
        claim.happened_on as happened, false as anticipated, claim.lane, array_to_string(claim.trials, '|') as trials,
        if(len(claim.trials) > 0, claim.trials[1], claim.fact) as span,
        claim.event in ('first_patient', 'iit_start') as dosed,
        case
            when not claim.verified then 'unverified'
            when claim.event = 'first_patient' and claim.rung is null then 'implied'
            else 'cited'
        end as status,
        if(
            claim.event = 'first_patient' and claim.rung is null,
            'the phase of the study is not stated: taken as phase 1', null
        ) as because,
        claim.authority, 'happened_on' as place, event.effect, null::date as not_after, null as until, null::date as public_from,
        false as licence_day
    from milestone_claim as claim
    join event on event.id = claim.event
), places as (
    select doc, list(distinct jurisdiction order by jurisdiction) as jurisdictions
    from (select doc, unnest(countries) as country from trial_claim) join country_jurisdiction using (country)
    group by doc
), curated_starts as (
    select claim.doc, claim.programme, 'trial_start' as event, claim.trial_id || '/start' as fact,
        rung_of(string_split(claim.phase, '|')) as rung, null as kind, coalesce(places.jurisdictions, []) as jurisdictions,
        false as everywhere, claim.start_date as happened, coalesce(claim.start_date_type, '') = 'ESTIMATED' as anticipated,
        claim.lane, claim.trial_id as trials, claim.trial_id as span, false as dosed,
        if(claim.verified, 'cited', 'unverified') as status,
        if(claim.start_date_type is null, 'the start has no type', null) as because,
        claim.authority, 'start_date' as place, 'advance' as effect
    from trial_claim as claim left join places using (doc)
    where claim.start_date is not null
), placed as (
    -- what the public took for another product until a later record joined them is that product's until then
    select trial_programme.*, joined_on, null::date as parted_on
    from trial_programme
    left join (
        select doc, whole as programme, max(until) as joined_on from trial_part group by all
    ) using (doc, programme)
    union all by name
    select trial_part.doc, trial_part.programme, follow_up, null::date as joined_on, until as parted_on
    from trial_part join trial_programme on trial_programme.doc = trial_part.doc and trial_programme.programme = whole
), begun as (
    select trial.*, placed.programme, placed.follow_up, joined_on, parted_on,
        coalesce(trial_jurisdiction.jurisdictions, []) as jurisdictions, source.authority, document.media_type,
        coalesce(registration.trial, trial.trial_id) as span,
        greatest(trial.known_from, joined_on) as told_from, least(trial.known_to, parted_on) as told_to
    from trial
    join placed using (doc)
    join source on source.id = trial.source
    join document using (doc)
    left join trial_jurisdiction using (doc)
    left join registration on registration.id = trial.trial_id
    where (source.authority <> 'registry_copy' or not exists (
            from trial as own join source as of_own on of_own.id = own.source
            where own.trial_id = trial.trial_id and of_own.authority <> 'registry_copy'
        ))
        and (joined_on is null or trial.known_to is null or trial.known_to > joined_on)
        and (parted_on is null or parted_on > trial.known_from)
), starts as (
    select doc, programme, 'trial_start' as event, trial_id || '/start' as fact,
        if(follow_up, null, rung) as rung, jurisdictions, start_date as happened,
        overall_status = 'WITHDRAWN' or not (begun or coalesce(start_date_type, '') = 'ACTUAL')
            or coalesce(start_date_type, '') = 'ESTIMATED' as anticipated,
        concat_ws(
            '; ',
            if(phase_implied and not follow_up, 'the record states no phase (NA): taken as phase 1', null),
            if(start_date_type is null and begun, 'the start has no type: actual because the study has begun', null)
        ) as because,
        if(phase_implied, 'implied', 'proven') as status, 'start_date' as field, lane, trial_id, span, authority, source, media_type, told_from, told_to, known_basis
    from begun where start_date is not null
), others as (
    select doc, programme, jurisdictions, lane, trial_id, span, authority, source, media_type, told_from, told_to, known_basis,
        unnest([
            {event: 'registered', happened: study_first_post_date, field: 'study_first_post_date', because: null},
            {
                event: 'primary_completion',
                happened: if(primary_completion_date_type = 'ACTUAL', primary_completion_date, null),
                field: 'primary_completion_date', because: null
            },
            {event: 'results_posted', happened: results_first_post_date, field: 'results_first_post_date', because: null},
            {
                event: case overall_status when 'SUSPENDED' then 'suspended' else 'terminated' end,
                happened: case
                    when overall_status in ('TERMINATED', 'WITHDRAWN') and completion_date_type = 'ACTUAL' then completion_date
                    when overall_status in ('TERMINATED', 'WITHDRAWN', 'SUSPENDED') then known_from::varchar
                end,
                field: 'overall_status',
                because: if(
                    overall_status = 'SUSPENDED' or coalesce(completion_date_type, '') <> 'ACTUAL',
                    'the record gives no day: not later than its posting', 'dated by the completion of the study'
                )
            }
        ], recursive := true)
    from begun
), registry as (
    select doc, programme, event, fact, rung, null as kind, jurisdictions, false as everywhere, happened, anticipated, lane,
        trial_id as trials, span, false as dosed, status, nullif(because, '') as because, authority, field as place, source,
        media_type, told_from as known_from, told_to as known_to, known_basis
    from starts
    union all
    select doc, programme, event, trial_id || '/' || event, null, null, jurisdictions, false, happened, false, lane,
        trial_id, span, false, 'proven', because, authority, field, source, media_type, told_from, told_to, known_basis
    from others where happened is not null
), stated as (
    select * from claims
    union all by name
    select * from curated_starts
    union all by name
    select decided.*, event.rung, false as everywhere, false as anticipated, 'registrational' as lane, '' as trials,
        decided.fact as span, false as dosed, event.effect
    from decision_milestone as decided join event on event.id = decided.event
), facts as (
    select stated.* exclude (public_from) replace (coalesce(registration.trial, stated.span) as span),
        version.source, document.media_type, coalesce(public_from, version.known_from) as known_from, version.known_to,
        if(public_from < version.known_from, 'act', version.known_basis) as known_basis
    from stated
    join version on version.doc = stated.doc and (version.known_to is null or version.known_to > version.known_from)
    join document on document.doc = stated.doc
    left join registration on registration.id = stated.span
    union all by name
    select registry.*, event.effect from registry join event on event.id = registry.event
)
select facts.* exclude (span, place, not_after, licence_day, source, media_type, known_from, known_to, known_basis),
    hash(facts.fact) as about, hash(facts.span) as study,
    programme.number,
    first_day(facts.happened) as happened_first,
    greatest(last_day_of(facts.happened), facts.not_after) as happened_last,
    -- the day of a use goes before that of a licence
    rung.sort as rung_order, authority.sort + if(facts.licence_day, 1.5, 0) as authority_order,
    facts.source, facts.known_from, facts.known_to, facts.known_basis, coalesce(source_place.place, facts.place) as place
from facts
left join term as rung on rung.vocabulary = 'rung' and rung.id = facts.rung
left join term as authority on authority.vocabulary = 'authority' and authority.id = facts.authority
join (
    select programme, number from programme
    union all
    select programme, number from programme_part
) as programme on programme.programme = facts.programme
left join source_place on source_place.source = facts.source
    and source_place.media_type = facts.media_type and source_place.field = facts.place
order by programme.number, happened_first, facts.doc
