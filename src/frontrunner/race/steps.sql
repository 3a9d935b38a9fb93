-- Grain: programme x milestone (x phase) x day on which what the public could know of it may have changed; without history
-- the day asked alone. A rung, or an event of the ledger; registered and first_patient also by the phase of the study.
-- Chosen as in reached.sql; a row without a document says that nothing is known of it any more.
with seen as (
    select milestone.*, trial.rung as phase_of_trial
    from milestone
    join arena($indication, $modality, $target, $origin) using (number)
    left join trial on milestone.event = 'registered' and trial.doc = milestone.doc
    where not anticipated
        and ($lane = 'all' or milestone.lane = $lane)
        and ($jurisdiction is null or everywhere or list_contains(jurisdictions, $jurisdiction))
        and case when $clock = 'now' then milestone.known_to is null else milestone.known_from <= $on::date end
), families as (
    select *, unnest([
        {family: 'rung', milestone: rung, phase: null, counts: rung is not null},
        {family: event, milestone: event, phase: null, counts: list_contains($events, event)},
        {family: 'registered_in', milestone: event, phase: phase_of_trial, counts: phase_of_trial is not null},
        {
            family: 'dosed', milestone: 'first_patient', phase: null,
            counts: dosed or event = 'first_patient' or list_contains($phases, rung)
        },
        {family: 'dosed_in', milestone: 'first_patient', phase: rung, counts: list_contains($phases, rung)}
    ], recursive := true)
    from seen
), keyed as (
    select * from families where counts and (len($wanted) = 0 or list_contains($wanted, milestone))
), moments as (
    select number, programme, family,
        unnest(if($history, [known_from, known_to, happened_first, happened_last], [$on::date])) as day
    from keyed
), days as (
    select distinct number, programme, family, day from moments where day <= $on::date
), facts as (
    select keyed.*, days.day,
        max(happened_first) over same > min(happened_last) over same as contested,
        min(happened_first) over same as earliest, max(happened_last) over same as latest,
        row_number() over (
            partition by number, family, days.day, about
            order by status = 'unverified', authority_order, status <> 'proven', happened_last, doc
        ) as preference
    from keyed join days using (number, family)
    where ($clock = 'now' or known_from <= days.day and (known_to is null or known_to > days.day))
    window same as (partition by number, family, days.day, about)
), spans as (
    select *,
        row_number() over (
            partition by number, family, milestone, phase, day, study
            order by status = 'unverified', dosed desc, happened_last, doc
        ) as choice
    from facts where preference = 1
), chosen as (
    select *,
        row_number() over (
            partition by number, family, milestone, phase, day
            order by if(contested, latest, happened_last) > day, status = 'unverified', happened_last, happened_first, doc
        ) as choice_of_step
    from spans where choice = 1
), told as (
    select *,
        status = 'proven' and event <> 'approval' and milestone <> 'registered'
            and $jurisdiction is not null and len(jurisdictions) > 1 as elsewhere,
        event = 'approval' and $jurisdiction = 'UK' and list_contains(jurisdictions, 'EU') as of_union
    from chosen where choice_of_step = 1 and if(contested, earliest, happened_first) <= day
), known as (
    select number, family, milestone, phase, day, happened, kind, authority, doc, place, contested,
        if(contested, earliest, happened_first) as earliest, if(contested, latest, happened_last) as latest,
        if(contested, latest, happened_last) <= day as certain,
        case
            when contested then 'contested'
            when status in ('proven', 'cited') and milestone = 'first_patient' and not dosed then 'implied'
            when elsewhere or of_union then 'implied'
            else status
        end as status,
        concat_ws(
            '; ', because,
            if(
                event = 'trial_start' or milestone = 'first_patient' and not dosed,
                'the start of the study stands in for its first dosing', null
            ),
            if(elsewhere, 'the start of a study in several jurisdictions stands in for the local one', null),
            if(of_union, 'a licence of the Union that was valid there until 2020 and was converted unless its holder declined', null)
        ) as because
    from told
), keys as (
    select distinct number, family, milestone, phase from keyed
)
select days.programme, keys.milestone, keys.phase, days.day, known.* exclude (number, family, milestone, phase, day)
from days
join keys using (number, family)
left join known on known.number = days.number and known.family = days.family and known.day = days.day
    and known.milestone = keys.milestone and known.phase is not distinct from keys.phase
order by days.day, days.programme, keys.milestone, keys.phase
