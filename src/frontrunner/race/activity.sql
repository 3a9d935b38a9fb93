-- Grain: programme of the arena with anything that happened by the day asked, by the clock asked. In the scope asked but
-- for last_sign, which any jurisdiction gives; present: something there is its own, not only what counts everywhere.
-- trials: the registered studies, also those still to start; ended: those of them that were terminated or withdrawn.
with seen as (
    select milestone.*,
        not anticipated and happened_last <= $on::date as done,
        ($lane = 'all' or lane = $lane)
            and (everywhere or $jurisdiction is null or list_contains(jurisdictions, $jurisdiction)) as here
    from visible($on::date, $clock) as milestone
    join arena($indication, $modality, $target, $origin) using (number)
    where happened_first <= $on::date or anticipated
), scoped as (
    select *, unnest(if(len(trials) = 0, [null], trials)) as trial,
        unnest(case
            when len(jurisdictions) = 0 then [null]
            when list_contains(jurisdictions, $jurisdiction) then [$jurisdiction]
            else jurisdictions
        end) as jurisdiction
    from seen
)
select programme,
    bool_or(done and here and ($jurisdiction is null or not everywhere)) as present,
    max(happened_last) filter (done and here and effect = 'stop' and event <> 'terminated') as stopped_on,
    max(happened_first) filter (done and here and effect in ('advance', 'revive')) as moved_on,
    list(distinct jurisdiction) filter (done and here and event = 'approval') as approved_in,
    list(distinct jurisdiction) filter (done and here and effect = 'withdraw_licence') as withdrawn_in,
    max(happened_last) filter (
        done and here and event in ('withdrawn_application', 'refusal', 'negative_opinion', 'complete_response')
    ) as turned_down_on,
    max(happened_last) filter (done and here and effect = 'pause') as paused_on,
    max(happened_last) filter (done and here and effect = 'resume') as resumed_on,
    max(greatest(happened_last, if(known_from <= $on::date, known_from, happened_last))) filter (done) as last_sign,
    list(distinct span) filter (here and event in ('registered', 'trial_start')) as registered,
    list(distinct span) filter (done and here and event = 'terminated') as ended,
    list(distinct trial) filter (done and here and trial is not null) as trials_seen,
    arg_max({doc: doc, place: place, status: status}, happened_last) filter (
        done and here and ($jurisdiction is null or not everywhere)
    ) as last_word
from scoped
group by programme
having present
