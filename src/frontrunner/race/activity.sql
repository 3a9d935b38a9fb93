-- Grain: programme of the arena with anything that happened by the day asked, by the clock asked. In the scope asked but
-- for last_sign, which any jurisdiction gives; present: something there is its own, not only what counts everywhere.
with seen as (
    select milestone.*,
        $lane = 'all' or lane = $lane as in_lane,
        everywhere or $jurisdiction is null or list_contains(jurisdictions, $jurisdiction) as in_place
    from visible($on::date, $clock) as milestone
    join arena($indication, $modality, $target, $origin) using (number)
    where not anticipated and happened_last <= $on::date
), scoped as (
    select *, in_lane and in_place as here, unnest(if(len(trials) = 0, [null], trials)) as trial from seen
)
select programme,
    bool_or(here and ($jurisdiction is null or not everywhere)) as present,
    max(happened_last) filter (here and effect = 'stop' and event <> 'terminated') as stopped_on,
    max(happened_first) filter (here and effect in ('advance', 'revive')) as moved_on,
    max(happened_last) filter (here and effect = 'withdraw_licence') as withdrawn_on,
    max(happened_last) filter (here and effect = 'pause') as paused_on,
    max(happened_last) filter (here and effect = 'resume') as resumed_on,
    max(greatest(happened_last, if(known_from <= $on::date, known_from, happened_last))) as last_sign,
    count(distinct span) filter (here and event = 'trial_start' and rung is not null) as trials,
    count(distinct span) filter (here and event = 'terminated') as trials_stopped,
    list(distinct trial) filter (here and trial is not null) as trials_seen,
    arg_max({doc: doc, place: place, status: status}, happened_last) filter (
        here and ($jurisdiction is null or not everywhere)
    ) as last_word
from scoped
group by programme
having present
