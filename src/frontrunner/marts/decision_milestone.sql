-- Grain: what one regulator's row says happened in one programme. licence_day: the day is that of the licence and stands
-- for its use. not_after: of an undated use the last day by which it was there. until: how long an exclusivity lasts.
with about as (
    select decision.*, decision_programme.programme, decision_programme.dated,
        decision_programme.indication is null as any_use
    from decision_programme join decision using (doc, position, product)
), standing as (
    -- a list of uses never takes one away: it does not tell which licences stand
    select distinct product, jurisdiction from decision
    where status = 'approved' and ended is null and known_to is null and position = 0 and not indication_dated
), licensed as (
    select distinct product, jurisdiction, programme from about where status = 'approved' and position = 0
), told as (
    select doc, position, programme, 'approval' as event, kind, decided_on as happened, 'decided_on' as place, dated,
        if(not dated, least(try_cast(as_of as date), known_from), null) as not_after, null as until,
        dated and not indication_dated as licence_day, any_use and indication_dated as further_use,
        case
            when not dated then 'the table dates the licence and not this use: not before that day'
            when any_use then 'the day of the licence, whatever the use'
            when not indication_dated then 'the day of the licence: these sources name no other use'
        end as because
    from about
    where status = 'approved' and not supplement
    union all by name
    select doc, position, programme, status as event, decided_on as happened, 'decided_on' as place, dated
    from about
    where status in ('refused', 'application_withdrawn', 'negative_opinion', 'positive_opinion', 'complete_response')
    union all by name
    select doc, position, programme, 'positive_opinion', opinion_on, 'opinion_on', dated
    from about where status = 'approved' and opinion_on is not null
    union all by name
    select doc, position, programme, 'submission_accepted' as event, review_from as happened, 'review_from' as place, dated
    from about where review_from is not null
    union all by name
    select doc, position, licensed.programme, if(ended = 'suspended', 'suspended', 'licence_revoked') as event,
        coalesce(ended_on, as_of, known_from::varchar) as happened, 'ended' as place, true as dated,
        if(ended_on is null, 'the table gives no day: by the day of the table at the latest', null) as because
    from decision anti join standing using (product, jurisdiction)
    join licensed using (product, jurisdiction)
    where ended is not null and position = 0
    union all by name
    select doc, position, programme, 'orphan_exclusivity' as event, decided_on as happened, 'exclusivity_until' as place,
        dated, exclusivity_until as until
    from about where indication_dated and exclusivity_until is not null
    union all by name
    select doc, position, programme, 'orphan_exclusivity' as event, decided_on as happened, 'orphan' as place, dated,
        ((decided_on::date + interval 10 year)::date)::varchar as until,
        'ten years from the authorisation of an orphan medicine (Regulation (EC) No 141/2000)' as because
    from about
    where jurisdiction = 'EU' and status = 'approved' and orphan and length(decided_on) = 10 and position = 0
    union all by name
    select doc, position, programme, designation as event, decided_on as happened, 'designated_on' as place, dated
    from about where status = 'designated'
), events as (
    select told.* replace (
            case event
                when 'refused' then 'refusal' when 'application_withdrawn' then 'withdrawn_application' else event
            end as event
        ),
        decision.jurisdiction, decision.source, decision.authority, decision.number, decision.known_to,
        if(told.dated and told.place = 'decided_on', decision.public_from, decision.known_from) as public_from
    from told
    join decision using (doc, position)
    where happened is not null and (told.dated or event = 'approval')
    qualify row_number() over (
        partition by decision.source, programme, event, decision.jurisdiction, happened, decision.number,
            decision.known_from, decision.known_to
        order by doc
    ) = 1
), earliest as (
    -- of the undated licences for one use that stand today the first counts, and the day by which any table had the use
    select * replace (
        if(
            known_to is null, min(not_after) over (partition by programme, jurisdiction, event, dated, known_to is null), not_after
        ) as not_after
    )
    from events
    qualify dated or event <> 'approval' or known_to is not null
        or row_number() over (partition by programme, jurisdiction, event, dated, known_to is null order by happened, doc) = 1
), claimed as (
    select claim.programme, claim.event, claim.jurisdiction, claim.fact, claim.happened_on
    from milestone_claim as claim join version using (doc)
    where version.known_to is null
), facts as (
    select events.*, arg_min(claimed.fact, abs(date_diff('day', first_day(claimed.happened_on), first_day(happened)))) as claimed_fact
    from earliest as events
    left join claimed on claimed.programme = events.programme and claimed.event = events.event
        and claimed.jurisdiction = events.jurisdiction
        and abs(date_diff('day', first_day(claimed.happened_on), first_day(happened))) <= 120
    group by all
)
select doc, programme, event, kind, happened, place, not_after, until, public_from, coalesce(licence_day, false) as licence_day, authority,
    if(event in ('approval', 'licence_revoked') and jurisdiction = 'EU' and happened < '2021', ['EU', 'UK'], [jurisdiction]) as jurisdictions,
    if(dated, 'proven', 'implied') as status, because,
    case
        when not dated then concat_ws('/', programme, jurisdiction, event, 'undated', number)
        when claimed_fact is not null then claimed_fact
        when not coalesce(further_use, false) and happened = min(happened) filter (dated) over (partition by programme, jurisdiction, event, source)
            then concat_ws('/', programme, jurisdiction, event)
        else concat_ws('/', programme, jurisdiction, event, happened)
    end as fact
from facts
